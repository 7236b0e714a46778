import Catalogue
import Domain
import Storage
import Synchronization

/// How fast receipts of delivery and of reading come in this workspace.
struct Curves: Sendable {
    var delivery: DelayCurve
    /// From delivery to reading. Ages are counted from the send, which is close: most deliveries take seconds.
    var read: DelayCurve

    /// Learns from the receipts of the last 28 days: whole days from day cells, the last two days by the hour.
    static func learn(from store: any AnalyticsStore, planner: Planner, now: Instant) async throws -> Curves {
        let zone = planner.reporting
        let end = QuarterHour(index: QuarterHour(containing: now).index &+ 1).start
        let today = zone.date(of: now)
        let days = (-28 ... -2).map { zone.instant(of: today.adding(days: Int64($0))) }
        guard let recent = days.last, recent < end else {
            return Curves(delivery: DelayCurve([]), read: DelayCurve([]))
        }
        let hours = zone.boundaries(of: recent..<end, grain: .hour, max: 100) ?? [recent, end]
        let boundaries = days.dropLast() + hours
        let order = Planner.Order(
            boundaries: Array(boundaries), measures: [.message(.delivered)],
            durations: Set(FactDuration.all(of: .message)), asOf: now)
        var delivery: [DelayCurve.Cohort] = []
        var read: [DelayCurve.Cohort] = []
        for part in planner.parts(order) {
            for row in try await store.run(part.plan).rows where row.bucket + 1 < part.plan.boundaries.count {
                let age = now.microseconds(since: part.plan.boundaries[row.bucket + 1])
                guard row.histograms.count == MessageDuration.allCases.count else { continue }
                delivery.append(DelayCurve.Cohort(age: age, delays: row.histograms[0]))
                read.append(DelayCurve.Cohort(age: age, delays: row.histograms[1]))
            }
        }
        return Curves(delivery: DelayCurve(delivery), read: DelayCurve(read))
    }
}

/// Keeps what was learned while it is good: as long as the data do not change, and for ten minutes when so much was
/// learned from that a few receipts more change nothing.
final class CurveCache: Sendable {
    private struct Entry: Sendable {
        var curves: Curves
        var version: Int64
        var learnedAt: Instant
    }
    private let entry = Mutex<Entry?>(nil)

    private static let plenty: Int64 = 20_000
    private static let ageMax: Int64 = 600 * 1_000_000

    func curves(from store: any AnalyticsStore, planner: Planner, now: Instant) async throws -> Curves {
        let version = try await store.version()
        let known = entry.withLock { $0 }
        if let known {
            let age = now.microseconds(since: known.learnedAt)
            let isRecent = (0...Self.ageMax).contains(age)
            let isSettled = known.curves.delivery.count >= Self.plenty && version >= known.version
            if isRecent, known.version == version || isSettled { return known.curves }
        }
        let curves = try await Curves.learn(from: store, planner: planner, now: now)
        entry.withLock { $0 = Entry(curves: curves, version: version, learnedAt: now) }
        return curves
    }
}
