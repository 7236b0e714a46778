import Catalogue
import Domain
import Storage

/// How one source of deliveries is doing.
package struct SourceHealth: Hashable, Sendable {
    package enum Light: String, Hashable, Sendable, CaseIterable {
        /// It is as lively as it was at this time in the weeks before.
        case good
        /// Nothing came for longer than usual at this time.
        case late
        /// Nothing came, where much always did.
        case silent
        /// It comes too seldom for silence to mean anything.
        case occasional
    }
    package struct Day: Hashable, Sendable {
        package var date: LocalDate
        package var counts: Receipts.Counts
        package init(date: LocalDate, counts: Receipts.Counts) {
            self.date = date
            self.counts = counts
        }
    }
    /// How late new events came, in steps that people think in.
    package struct Lateness: Hashable, Sendable {
        /// Upper bounds in seconds; the last step has none.
        package static let bounds: [Double] = [10, 60, 600, 3_600, 86_400]
        /// One more than the bounds.
        package var counts: [Int64]
        package var median: Double?
        package var p99: Double?
        package var total: Int64 { counts.reduce(0, &+) }

        package init(_ histogram: Histogram) {
            counts = Array(repeating: 0, count: Self.bounds.count + 1)
            for (bin, count) in histogram.counts {
                let seconds = Histogram.value(bin: bin)
                counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] &+= count
            }
            median = histogram.quantile(0.5)
            p99 = histogram.quantile(0.99)
        }
    }

    package var source: ReceiptSource
    package var light: Light
    package var lastAt: Instant
    package var firstAt: Instant
    /// Deliveries that came in the same hours of the weeks (or days) before as those since the last one: nil when there
    /// are none to compare with.
    package var usual: Double?
    package var total: Receipts.Counts
    /// Each day of the time told about since the first delivery, today last.
    package var days: [Day]
    package var lateness: Lateness

    package init(_ received: Receipts.Source, now: Instant, clock: ZoneClock, days: Int) {
        source = received.source
        lastAt = received.lastAt
        firstAt = received.firstAt
        total = received.total
        lateness = Lateness(received.lateness)
        self.days = Self.days(received, now: now, clock: clock, count: days)
        (light, usual) = Silence(received, now: now).judged
    }

    private static func days(_ received: Receipts.Source, now: Instant, clock: ZoneClock, count: Int) -> [Day] {
        var sums: [Int64: Receipts.Counts] = [:]
        for quarter in received.quarters {
            sums[clock.date(of: quarter.quarter.start).day, default: .init()] += quarter.counts
        }
        let today = clock.date(of: now).day
        let first = max(today - Int64(count) + 1, clock.date(of: received.firstAt).day)
        guard first <= today else { return [] }
        return (first...today).map { Day(date: LocalDate(day: $0), counts: sums[$0] ?? .init()) }
    }

    /// The sum of the last `count` days, today included.
    package func recent(_ count: Int) -> Receipts.Counts {
        days.suffix(count).reduce(into: Receipts.Counts()) { $0 += $1.counts }
    }
}

/// Whether it means anything that nothing has come for a while: the same hours of the weeks before tell, so that a
/// night or a Sunday is no alarm.
private struct Silence {
    let received: Receipts.Source
    let now: Instant
    private let quarters: [Int64: Int64]

    private static let day: Int64 = 96
    private static let week = day * 7
    /// Silence of less than this says nothing.
    private static let patienceQuarters: Int64 = 2
    /// Days with deliveries in four weeks below which a source is occasional.
    private static let daysMin = 5
    /// Deliveries usual in the time of silence from which on silence is a fault rather than chance: when 10 are
    /// expected, none comes by chance once in 22,000 times.
    private static let faultMin = 10.0

    init(_ received: Receipts.Source, now: Instant) {
        self.received = received
        self.now = now
        quarters = Dictionary(
            received.quarters.map { ($0.quarter.index, $0.counts.deliveries) }, uniquingKeysWith: { $0 &+ $1 })
    }

    var judged: (SourceHealth.Light, Double?) {
        let last = QuarterHour(containing: received.lastAt).index
        let current = QuarterHour(containing: now).index
        let recent = quarters.filter { $0.key > last - 28 * Self.day && $0.value > 0 }
        let daysWithAny = Set(recent.keys.map { $0.flooredDivision(by: Self.day) }).count
        let silence = current - last
        guard daysWithAny >= Self.daysMin else {
            // Of a source that has just begun nothing is usual yet.
            let isNew = current - QuarterHour(containing: received.firstAt).index < Self.week
            return (isNew && silence <= Self.day ? .good : .occasional, nil)
        }
        guard silence > Self.patienceQuarters else { return (.good, nil) }
        if silence >= Self.week { return (.silent, nil) }
        let weeks = counts(last, current, shift: Self.week, times: 4)
        let compared = weeks.count >= 2 ? weeks : counts(last, current, shift: Self.day, times: 7)
        guard !compared.isEmpty else { return (.good, nil) }
        let usual = Double(compared.reduce(0, &+)) / Double(compared.count)
        guard compared.allSatisfy({ $0 > 0 }) else { return (.good, usual) }
        return (usual >= Self.faultMin ? .silent : .late, usual)
    }

    /// Deliveries in the quarter hours of the silence, so many weeks or days before; as far back as the source goes.
    private func counts(_ last: Int64, _ current: Int64, shift: Int64, times: Int64) -> [Int64] {
        let first = QuarterHour(containing: received.firstAt).index
        return (1...times).compactMap { time in
            let from = last + 1 - time * shift
            guard from >= first, from + (current - last) - 1 <= last else { return nil }
            return (from..<(from + current - last - 1)).reduce(Int64(0)) { $0 &+ (quarters[$1] ?? 0) }
        }
    }
}
