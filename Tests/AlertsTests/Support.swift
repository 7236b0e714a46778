import Alerts
import Domain

/// Monday 23 November 2026, 12:00 in Jakarta.
let noon = Instant(seconds: 1_795_410_000)
let jakarta = (try? ZoneClock.named("Asia/Jakarta")) ?? .utc
let base = "https://pantau.example"
let links = AlertLinks(base: base, mutes: MuteLinks(key: Secret("a key of more than sixteen bytes")))

func alert(
    _ key: String, kind: String = "delivery_down", family: AlertFamily = .business,
    severity: AlertSeverity = .warning, title: String? = nil, at: Instant = noon, resolved: Bool = false,
    acknowledged: Bool = false, segment: [String: String] = [:], source: String? = "meta", group: String? = nil
) -> Alert {
    Alert(
        key: key, kind: kind, family: family, severity: severity,
        title: Text(id: title ?? "Temuan \(key)", en: title ?? "Finding \(key)"),
        lines: [Text(id: "Terkirim 61 %.", en: "61 % delivered.")],
        action: Text(id: "Jeda kampanyenya.", en: "Pause the campaign."), link: "\(base)/findings/\(key)", at: at,
        isResolved: resolved, isAcknowledged: acknowledged, segment: segment, source: source, group: group)
}

func webhook(
    _ id: String = "ops", language: Language = .indonesian, selection: AlertSelection = AlertSelection(),
    quiet: QuietHours? = nil, perHour: Int = 100, grouping: Int64 = 0, repeats: Int64? = 86_400, resolved: Bool = true,
    digests: [DigestSchedule] = []
) -> AlertRoute {
    AlertRoute(
        id: id, name: "Tim operasional", channel: .webhook(url: "https://toko.example/hook"), language: language,
        selection: selection, quietHours: quiet, perHourMax: perHour, groupingSeconds: grouping,
        repeatSeconds: repeats, tellsResolved: resolved, digests: digests)
}

extension AlertState {
    /// One step, as decisions by key.
    @discardableResult
    mutating func tick(_ alerts: [Alert], _ route: AlertRoute, at now: Instant) -> [String: AlertDecision.Outcome] {
        let decisions = step(AlertScene(alerts: alerts, routes: [route], now: now))
        return Dictionary(decisions.map { ($0.key, $0.outcome) }) { first, _ in first }
    }

    /// Sends everything that is due and says what it was: keys and reasons by message.
    mutating func drain(at now: Instant) -> [[String]] {
        var sent: [[String]] = []
        while true {
            let due = due(now: now)
            if due.isEmpty { return sent }
            for dispatch in due {
                sent.append(dispatch.told)
                record(.delivered, of: dispatch, now: now)
            }
        }
    }
}

extension Dispatch {
    var told: [String] {
        guard case .notice(let notice) = content else { return [] }
        return notice.items.map { "\($0.alert.key):\($0.reason.rawValue)" }
    }
}

func minutes(_ count: Int64) -> Instant { noon.adding(seconds: count * 60) }

/// Small numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension String {
    func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }

    func count(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
