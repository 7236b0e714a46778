import Catalogue
import Domain
import Storage

/// How messages did in the days before something happened and in the days after: what moved, not what moved it.
package struct MarkEffect: Hashable, Sendable {
    /// One of the two sides: whole cohorts by the time of the send.
    package struct Side: Hashable, Sendable {
        package var value: Double?
        /// What it rests on: the denominator.
        package var sample: Int64?
        package var interval: Interval?
        package var currency: String?
        package init(value: Double?, sample: Int64? = nil, interval: Interval? = nil, currency: String? = nil) {
            self.value = value
            self.sample = sample
            self.interval = interval
            self.currency = currency
        }
    }
    package struct Line: Hashable, Sendable {
        package var metric: Metric
        package var before: Side
        package var after: Side
        /// Of rates: after less before, 0.02 is two percentage points (Newcombe 1998, method 10); nil when one side has
        /// none, and of estimates and amounts.
        package var difference: Interval?

        package var change: Change { Change(from: before.value, to: after.value, unit: metric.unit) }
        /// A rate whose difference is more than chance would make of it.
        package var isClear: Bool { difference.map { $0.lower > 0 || $0.upper < 0 } ?? false }
        /// One side rests on too little to conclude from.
        package var isSmall: Bool {
            [before, after].contains { ($0.sample ?? 0) < metric.minimumSample }
        }
    }
    /// Half-open, on quarter hours.
    package var before: Range<Instant>
    package var after: Range<Instant>
    package var messagesBefore: Int64
    package var messagesAfter: Int64
    package var lines: [Line]
    /// The days after are over.
    package var isOver: Bool
    /// Share of what the messages after will show that is known by now; nil when it cannot be told.
    package var maturity: Double?
    /// Other marks of the same subject in either window: with them, no single one can be held to have done it.
    package var neighbours: Int

    package static let days: Int64 = 7
    package static let metrics = [
        "delivery_rate", "read_rate", "reply_rate", "click_rate", "conversion_rate", "cost_per_delivered",
    ]

    /// The windows around an instant: cohorts that straddle it (a quarter hour at most) are in neither.
    package static func windows(around at: Instant) -> (before: Range<Instant>, after: Range<Instant>) {
        let floor = QuarterHour(containing: at).start
        let ceiling = floor == at ? at : QuarterHour(index: QuarterHour(containing: at).index + 1).start
        return (
            floor.adding(seconds: -days * 86_400)..<floor, ceiling..<ceiling.adding(seconds: days * 86_400)
        )
    }
}

extension Analyst {
    /// The same metrics in the seven days before and after an instant.
    /// - Parameter neighbours: times of other marks of the same subject.
    package func effect(
        around at: Instant, filters: [Filter], neighbours: [Instant] = []
    ) async throws -> MarkEffect {
        let windows = MarkEffect.windows(around: at)
        let ask = { (range: Range<Instant>) in
            try await self.ask(
                Query(
                    metrics: ["messages"] + MarkEffect.metrics, filters: filters,
                    range: .instants(from: range.lowerBound, to: range.upperBound)))
        }
        let before = try await ask(windows.before)
        let after = try await ask(windows.after)
        let lines = MarkEffect.metrics.compactMap { id -> MarkEffect.Line? in
            guard let metric = Catalogue.metric(id) else { return nil }
            let (then, later) = (before.side(id), after.side(id))
            return MarkEffect.Line(
                metric: metric, before: then, after: later, difference: Self.difference(metric, then, later))
        }
        let whole = windows.before.lowerBound..<windows.after.upperBound
        let asked = now()
        return MarkEffect(
            before: windows.before, after: windows.after, messagesBefore: Int64(before.cell(0, "messages").number ?? 0),
            messagesAfter: Int64(after.cell(0, "messages").number ?? 0), lines: lines,
            isOver: windows.after.upperBound <= asked, maturity: after.meta.maturity,
            neighbours: neighbours.count { whole.contains($0) && $0 != at })
    }

    /// A rate is a share of its sample, so that its numerator can be told from both.
    private static func difference(_ metric: Metric, _ before: MarkEffect.Side, _ after: MarkEffect.Side) -> Interval? {
        guard case .ratio = metric.expression, let then = before.value, let later = after.value,
            let trialsThen = before.sample, let trialsLater = after.sample
        else { return nil }
        let count = { (share: Double, trials: Int64) in Int64((share * Double(trials)).rounded()) }
        return Interval.difference(
            count(later, trialsLater), of: trialsLater, minus: count(then, trialsThen), of: trialsThen)
    }
}

extension Answer {
    /// The single row of an answer without dimensions.
    fileprivate func side(_ id: String) -> MarkEffect.Side {
        MarkEffect.Side(
            value: cell(0, id).number, sample: samples[id]?.first, interval: intervals[id]?.first ?? nil,
            currency: currency(0, id))
    }
}
