import Catalogue
import Domain
import Insights
import Storage

/// When webhooks arrived, by the quarter hour: whether they arrive now as they use to.
struct WatchArrivals: Sendable {
    private static let days: Int64 = 21
    /// Fewest deliveries that must be missing.
    private static let missingMin = 20.0
    /// Fewest quarter hours without them.
    private static let quartersMin = 2

    /// Deliveries of Meta, and of everybody else, by quarter hours since the epoch.
    private var meta: [Int64: Int64] = [:]
    private var others: [Int64: Int64] = [:]
    /// The usual count of Meta's deliveries by quarter hour of the local day.
    private var usual: [Double] = []
    private var usualOthers: [Double] = []
    private var learntOn: Int64?
    private var now = QuarterHour(index: 0)

    mutating func read(from store: any AnalyticsStore, clock: ZoneClock, now instant: Instant) async throws {
        now = QuarterHour(containing: instant)
        let today = clock.date(of: instant)
        let isNewDay = learntOn != today.day
        let since = isNewDay ? instant.adding(seconds: -Self.days * 86_400) : instant.adding(seconds: -8 * 3600)
        let first = QuarterHour(containing: since).index
        for index in first...max(first, now.index) {
            meta[index] = nil
            others[index] = nil
        }
        for source in try await store.receipts(since: QuarterHour(index: first).start).sources {
            for quarter in source.quarters where quarter.quarter < now && quarter.quarter.index >= first {
                switch source.source.source {
                case .metaWebhook: meta[quarter.quarter.index, default: 0] += quarter.counts.deliveries
                case .settings, .rateCard, .links: continue
                default: others[quarter.quarter.index, default: 0] += quarter.counts.deliveries
                }
            }
        }
        guard isNewDay else { return }
        learntOn = today.day
        usual = medians(of: meta, clock: clock, before: clock.startOfDay(instant))
        usualOthers = medians(of: others, clock: clock, before: clock.startOfDay(instant))
    }

    /// Medians over the days, so that neither a campaign nor an outage counts as usual. Empty when days are too few.
    private func medians(of counts: [Int64: Int64], clock: ZoneClock, before today: Instant) -> [Double] {
        guard let first = counts.keys.min() else { return [] }
        let end = QuarterHour(containing: today).index
        let start = max(first, end - Self.days * 96)
        guard end - start >= 5 * 96 else { return [] }
        var bySlot = [[Int64]](repeating: [], count: 96)
        for index in start..<end {
            let second = clock.local(QuarterHour(index: index).start).second
            bySlot[Int(second / 900) % 96].append(counts[index] ?? 0)
        }
        return bySlot.map { list in
            let sorted = list.sorted()
            return sorted.isEmpty ? 0 : Double(sorted[(sorted.count - 1) / 2])
        }
    }

    /// What is missing now, if so much is that it cannot be chance.
    func sighting(now instant: Instant, clock: ZoneClock) -> Sighting? {
        guard usual.count == 96 else { return nil }
        var missing = 0.0
        var othersDue = 0.0
        var othersCame = 0.0
        var index = now.index - 1
        var points: [Evidence.Point] = []
        while index > now.index - 8 * 96 {
            let slot = Int(clock.local(QuarterHour(index: index).start).second / 900) % 96
            let due = usual[slot]
            let came = Double(meta[index] ?? 0)
            // Deliveries come together; below a tenth of what is due is silence, and so is nothing at night.
            guard came <= 0.1 * due || (came == 0 && due < 1) else { break }
            points.append(
                Evidence.Point(at: QuarterHour(index: index).start, value: came, expected: due, sample: Int64(came)))
            missing += due - came
            othersDue += usualOthers.count == 96 ? usualOthers[slot] : 0
            othersCame += Double(others[index] ?? 0)
            index -= 1
        }
        guard points.count >= Self.quartersMin, missing >= Self.missingMin else { return nil }
        let play = Playbook.webhooksLate(
            missing: missing, minutes: Double(points.count) * 15,
            othersArrive: othersDue >= 5 ? othersCame > 0.2 * othersDue : nil)
        return Sighting(
            kind: .webhooksLate, metric: "messages", segment: .everything, severity: play.severity,
            since: QuarterHour(index: index + 1).start, seenAt: now.start, title: play.title, causes: play.causes,
            impact: play.impact, action: play.action,
            evidence: Evidence(
                points: points.reversed(), value: points.reduce(0) { $0 + ($1.value ?? 0) },
                expected: missing, sample: Int64(missing),
                surprise: Surprise.exponent(ofScore: (2 * missing).squareRoot())))
    }
}
