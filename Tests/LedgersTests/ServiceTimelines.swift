import Domain
import Ledgers
import TestSupport

/// Short words for timelines written by hand. Times are microseconds since the epoch.
enum Tell {
    static let second: Int64 = 1_000_000
    static let minute = 60 * second
    static let hour = 60 * minute
    static let day = 24 * hour
    /// Monday 2026-06-01T00:00:00Z.
    static let monday = 20_605 * day

    static func entry(_ at: Int64, _ kind: ThreadEntry.Kind, key: Int64? = nil) -> ThreadEntry {
        ThreadEntry(at: Instant(microseconds: at), key: key ?? at, kind: kind)
    }
    static func customer(_ at: Int64, _ inbound: ThreadEntry.Inbound = .init()) -> ThreadEntry {
        entry(at, .inbound(inbound))
    }
    static func bot(_ at: Int64) -> ThreadEntry { entry(at, .outbound(.init(author: .bot))) }
    static func human(_ at: Int64, _ agent: String? = nil, team: String? = nil) -> ThreadEntry {
        entry(at, .outbound(.init(author: .human, agent: agent, team: team)))
    }
    static func template(_ at: Int64, _ name: String, campaign: String? = nil) -> ThreadEntry {
        entry(at, .outbound(.init(isTemplate: true, template: name, campaign: campaign, author: .system)))
    }
    static func status(_ at: Int64, _ status: DeskStatus, by: SenderKind? = nil) -> ThreadEntry {
        entry(at, .status(status, by: by))
    }
    static func assigned(_ at: Int64, _ agent: String?, team: String? = nil) -> ThreadEntry {
        entry(at, .assigned(agent: agent, team: team))
    }

    static func fold(
        _ entries: [ThreadEntry], _ context: ServiceContext, carry: ServiceCarry = .none
    ) -> [ServiceSession] {
        var ledger = ServiceLedger(context: context, carry: carry)
        var sessions = entries.sorted().compactMap { ledger.take($0) }
        if let last = ledger.finish() { sessions.append(last) }
        return sessions
    }
}

extension ServiceContext {
    /// Judged long after everything.
    static func late(
        rules: ServiceRules = ServiceRules(), hours: HoursBook = HoursBook(), targets: [ServiceTarget] = []
    ) -> ServiceContext {
        ServiceContext(
            rules: rules, hours: hours, targets: targets, phoneNumber: "1055",
            asOf: Instant(microseconds: Tell.monday + 400 * Tell.day))
    }
}

extension WorkCalendar {
    /// Monday to Friday, UTC.
    static func office(_ intervals: [(Int, Int)], scope: Scope = .workspace) -> WorkCalendar {
        let day = intervals.map { Interval(from: $0.0 * 60, to: $0.1 * 60) }
        return WorkCalendar(
            scope: scope, timeZone: "UTC", weekly: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, day) }))
    }
}

/// Timelines by chance: a thread with everything that may happen in it, ties and exact limits included.
struct TimelineMaker {
    private var dice: Dice
    private var now = Tell.monday + 8 * Tell.hour
    private var keys: [Int64] = []

    init(seed: Int) { dice = Dice(seed: UInt64(seed) &+ 77_000) }

    mutating func entries() -> [ThreadEntry] {
        (0..<Int.random(in: 1...40, using: &dice)).map { _ in
            now += step()
            let key = Int64.random(in: .min ... .max, using: &dice)
            let kind = kind()
            if case .outbound = kind { keys.append(key) }
            return Tell.entry(now, kind, key: key)
        }.sorted()
    }

    private mutating func step() -> Int64 {
        let steps: [Int64] = [
            0, 0, 1, 20 * Tell.second, 30 * Tell.second, 60 * Tell.second, 5 * Tell.minute, 5 * Tell.minute,
            20 * Tell.minute, Tell.hour, Tell.hour, 6 * Tell.hour, 6 * Tell.hour + 1, 18 * Tell.hour, Tell.day,
            Tell.day + 1, 36 * Tell.hour, 48 * Tell.hour, 8 * Tell.day,
        ]
        return dice.one(in: 3) ? dice.pick(steps) : dice.pick(steps.prefix(11))
    }

    private mutating func kind() -> ThreadEntry.Kind {
        switch Int.random(in: 0..<24, using: &dice) {
        case 0..<8:
            .inbound(
                .init(
                    isContent: !dice.one(in: 8), isFromAd: dice.one(in: 12), isFromLink: dice.one(in: 12),
                    repliesTo: dice.one(in: 3) && !keys.isEmpty ? dice.pick(keys) : nil,
                    quoted: dice.one(in: 20) ? .init(template: "old", campaign: "winter") : nil,
                    country: maybe("ID"), desk: maybe("chatwoot")))
        case 8..<15:
            .outbound(
                .init(
                    author: dice.pick(SenderKind.allCases), agent: maybe(dice.pick(["ani", "budi"])),
                    team: maybe("sales"), country: maybe("ID"), desk: maybe("qiscus")))
        case 15..<17:
            .outbound(
                .init(
                    isTemplate: true, template: maybe(dice.pick(["promo", "otp"])), campaign: maybe("june"),
                    author: dice.pick(SenderKind.allCases), agent: maybe("citra"), team: maybe("growth")))
        case 17: .status(.resolved, by: dice.pick([.bot, .human, nil]))
        case 18: .status(dice.pick(DeskStatus.allCases), by: dice.pick([.bot, .human, .system, nil]))
        case 19: .assigned(agent: maybe(dice.pick(["ani", "budi"])), team: maybe("sales"))
        case 20: dice.one(in: 2) ? .handoff : .status(.pending, by: nil)
        case 21: dice.pick([.botTookOver, .stop, .ratingAsked])
        case 22: .priority(maybe("urgent"))
        default: .rated(Int.random(in: 0...6, using: &dice))
        }
    }

    private mutating func maybe(_ word: String) -> String? { dice.one(in: 2) ? word : nil }

    /// Rules, hours and targets by chance, judged a while after the last entry.
    mutating func context(after entries: [ThreadEntry]) -> ServiceContext {
        let rules = ServiceRules(
            abandonSeconds: dice.pick([6, 24, 24, 48]) * 3_600, silenceSeconds: dice.pick([1, 24, 24, 36]) * 3_600,
            templatesAnswer: dice.one(in: 3), botReplySeconds: dice.pick([nil, nil, 30]))
        let calendars: [WorkCalendar] = [
            .office([(9, 12), (13, 17)]), .office([(6, 22)], scope: .team("sales")),
        ]
        let last = entries.last?.at.microseconds ?? Tell.monday
        return ServiceContext(
            rules: rules, hours: HoursBook(Array(calendars.prefix(Int.random(in: 0...2, using: &dice)))),
            targets: targets(), phoneNumber: "1055", asOf: Instant(microseconds: last + step()))
    }

    private mutating func targets() -> [ServiceTarget] {
        (0..<Int.random(in: 0...5, using: &dice)).map { _ in
            ServiceTarget(
                responder: dice.pick([nil, .bot, .human]), phoneNumber: dice.pick([nil, "1055", "1056"]),
                team: maybe("sales"), priority: maybe("urgent"), seconds: dice.pick([30, 300, 3_600, 90_000]),
                clock: dice.pick(ServiceTarget.Clock.allCases))
        }
    }
}
