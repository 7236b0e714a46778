import Catalogue
import Domain
import Insights
import Storage

/// A change that somebody asks about.
package struct WhyQuestion: Sendable, Hashable {
    /// Id of the metric.
    package var metric: String
    package var filters: [Filter]
    /// The time of the change.
    package var range: QueryRange
    package var compare: Query.Comparison
    package var timezone: String?

    package init(
        metric: String, filters: [Filter] = [], range: QueryRange, compare: Query.Comparison = .previousPeriod,
        timezone: String? = nil
    ) {
        self.metric = metric
        self.filters = filters
        self.range = range
        self.compare = compare
        self.timezone = timezone
    }
}

/// Which segments account for a change, what Meta's codes and marks say to it, and the queries behind it.
package struct WhyAnswer: Sendable {
    package var metric: Metric
    package var range: Range<Instant>
    package var before: Range<Instant>
    /// Of the metric, in the two ranges.
    package var value: Double?
    package var valueBefore: Double?
    package var currency: String?
    /// What stands out, the largest first.
    package var causes: [Reason]
    /// Single explanations, best first, whether or not they stand out.
    package var alternatives: [Reason]
    /// Of a ratio: what the segments' own rates did, and what their weights did. In bad events over base.
    package var rateEffect: Double?
    package var mixEffect: Double?
    /// Error codes of failures that are too many.
    package var codes: [Playbook.Code]
    /// Marks of the account timeline in and shortly before the range.
    package var marks: [Cause]
    package var leafCount: Int
    package var query: String
    /// Said when it is true.
    package var notes: [Text]

    package struct Reason: Sendable, Hashable {
        package var segments: [Segment]
        package var share: Double
        /// Counted above what was expected (below, when negative).
        package var deviation: Double
        package var real: Double
        package var expected: Double
        /// Of ratios: inside, now and before.
        package var rate: Double?
        package var rateBefore: Double?
        package var outsideRate: Double?
        package var outsideRateBefore: Double?
        package var text: Text
        package var query: String
    }
}

extension Analyst {
    /// Why a metric changed; throws a `Failure` that says what to change when the question makes no sense.
    package func why(_ question: WhyQuestion) async throws -> WhyAnswer {
        let asked = now()
        let query = Query(
            metrics: [question.metric], filters: question.filters, range: question.range,
            timezone: question.timezone, compare: question.compare)
        let resolved = try query.resolved(now: asked, workspace: workspace)
        guard let metric = resolved.metrics.first, let figure = WhyFigure(metric) else {
            throw Failure(
                .unprocessable,
                id: "Metrik ini tidak dapat dipecah menurut segmen. Coba jumlah, rasio, atau waktu respons.",
                en: "This metric cannot be split by segment. Try a count, a rate or a response time.")
        }
        let answer = try await ask(query)
        let range = answer.meta.from..<min(answer.meta.to, max(asked, answer.meta.from.adding(seconds: 900)))
        guard let comparison = answer.comparison, comparison.from < comparison.to else {
            throw Failure(
                .unprocessable, id: "Tidak ada masa pembanding. Pilih rentang lain.",
                en: "There is no period to compare with. Choose another range.")
        }
        let before = comparison.from..<comparison.to
        var best: (explanation: Explanation, columns: [Dimension])?
        for columns in figure.tables(filters: question.filters.map(\.dimension)) {
            guard let table = try await leaves(figure, columns, question.filters, range, before, asked) else {
                continue
            }
            let explanation = Explainer.explain(table)
            let evidence = { (found: Explanation) in found.causes.first?.evidence ?? 0 }
            if best == nil || evidence(explanation) > 1.1 * evidence(best?.explanation ?? explanation) {
                best = (explanation, columns)
            }
        }
        let explanation = best?.explanation
        let clock = resolved.clock
        let reasons = { (causes: [ExplanationCause]) in
            causes.map { self.reason($0, metric, question.filters, range, clock: clock) }
        }
        let segment = Segment(filters: question.filters) ?? .everything
        let watch = try Watch(store: store, workspace: workspace)
        var notes: [Text] = []
        if explanation?.causes.isEmpty ?? true { notes.append(Playbook.notEnoughData.text) }
        if answer.totals.first?.number == nil {
            notes.append(
                Text(id: "Tidak ada data dalam rentang ini.", en: "There is nothing to count in this range."))
        }
        let isFailure =
            metric.fact == .message && question.metric.contains(where: { $0 == "_" })
            && ["delivery_rate", "failure_rate", "messages_failed", "acceptance_rate", "messages_delivered"]
                .contains(metric.id)
        return WhyAnswer(
            metric: metric, range: range, before: before, value: answer.totals.first?.number,
            valueBefore: comparison.totals.first?.number, currency: answer.columns.first?.currency,
            causes: reasons(explanation?.causes ?? []), alternatives: reasons(explanation?.alternatives ?? []),
            rateEffect: explanation?.effects?.rateEffect, mixEffect: explanation?.effects?.mixEffect,
            codes: isFailure ? try await codes(question.filters, range, before, asked) : [],
            marks: try await watch.marks(near: range, about: segment), leafCount: explanation?.leafCount ?? 0,
            query: query.json(clock: clock), notes: notes)
    }

    private func reason(
        _ cause: ExplanationCause, _ metric: Metric, _ filters: [Filter], _ range: Range<Instant>, clock: ZoneClock
    ) -> WhyAnswer.Reason {
        let segments = cause.elements.map { element in
            Segment(
                element.pairs.compactMap { pair in
                    Dimension(rawValue: pair.dimension).map {
                        Segment.Element($0, pair.value.isEmpty ? nil : pair.value)
                    }
                })
        }
        let all = filters + (segments.count == 1 ? segments[0].filters : [])
        let query = Query(
            metrics: [metric.id], dimensions: segments.count == 1 ? [] : (segments.first?.dimensions ?? []),
            filters: all, range: .instants(from: range.lowerBound, to: range.upperBound), grain: .day)
        let places = segments.map(\.words)
        let place = Text(
            id: places.map(\.id).joined(separator: "; "), en: places.map(\.en).joined(separator: "; "))
        let share = Figure.percent(min(1, abs(cause.share)))
        var text = Text(
            id: "\(share.id) dari perubahannya ada di \(place.id).", en: "\(share.en) of the change is in \(place.en).")
        if let rate = cause.inside.rate, let before = cause.inside.expectedRate {
            let (now, then) = (Figure.percent(rate), Figure.percent(before))
            text = Text(
                id: text.id + " Kejadian buruk di sana \(now.id), sebelumnya \(then.id).",
                en: text.en + " Bad events there: \(now.en), before \(then.en).")
        }
        return WhyAnswer.Reason(
            segments: segments, share: cause.share, deviation: cause.deviation, real: cause.inside.real,
            expected: cause.inside.expected, rate: cause.inside.rate, rateBefore: cause.inside.expectedRate,
            outsideRate: cause.outside.rate, outsideRateBefore: cause.outside.expectedRate, text: text,
            query: query.json(clock: clock))
    }

    /// The finest segments in both ranges; nil when there is nothing to count.
    private func leaves(
        _ figure: WhyFigure, _ columns: [Dimension], _ filters: [Filter], _ range: Range<Instant>,
        _ before: Range<Instant>, _ asked: Instant
    ) async throws -> LeafTable? {
        var leaves: [[String?]: [Double]] = [:]
        var histograms: [[String?]: (Histogram, Histogram)] = [:]
        for (part, isNow) in [(before, false), (range, true)] {
            let order = Planner.Order(
                boundaries: [part.lowerBound, part.upperBound], measures: figure.measures,
                durations: figure.durations, dimensions: columns, filters: filters, asOf: asked)
            for piece in try planner.parts(order) {
                let plan = piece.plan
                let places = columns.map { plan.dimensions.firstIndex(of: $0) }
                for row in try await store.run(plan).rows {
                    let key = places.map { place in place.flatMap { row.key[$0] } }
                    var sums = Sums()
                    sums.add(row, of: plan)
                    if let duration = figure.durations.first {
                        var pair = histograms[key] ?? (Histogram(), Histogram())
                        if isNow { pair.0.add(sums[duration]) } else { pair.1.add(sums[duration]) }
                        histograms[key] = pair
                        continue
                    }
                    var numbers = leaves[key] ?? [0, 0, 0, 0]
                    numbers[isNow ? 0 : 2] += figure.events(sums)
                    numbers[isNow ? 1 : 3] += figure.base?(sums) ?? 0
                    leaves[key] = numbers
                }
            }
        }
        if !histograms.isEmpty { leaves = Self.slow(histograms, quantile: figure.quantile) }
        let length = Double(range.upperBound.seconds - range.lowerBound.seconds)
        let lengthBefore = Double(max(1, before.upperBound.seconds - before.lowerBound.seconds))
        let keys = leaves.keys.sorted { $0.lexicographicallyPrecedes($1, by: { ($0 ?? "") < ($1 ?? "") }) }
        guard !keys.isEmpty, !columns.isEmpty else { return nil }
        let number = { (place: Int) in keys.map { leaves[$0]?[place] ?? 0 } }
        let table = columns.enumerated().map { place, dimension in
            LeafTable.Column(name: dimension.rawValue, texts: keys.map { $0[place] ?? "" })
        }
        let isRatio = figure.base != nil || !figure.durations.isEmpty
        return try LeafTable(
            columns: table,
            figures: isRatio
                ? .ratio(events: number(0), base: number(1), expectedEvents: number(2), expectedBase: number(3))
                : .sums(real: number(0), expected: number(2).map { $0 * length / lengthBefore }))
    }

    /// Of times: those beyond the quantile of the range before count as bad.
    private static func slow(
        _ histograms: [[String?]: (Histogram, Histogram)], quantile: Double
    ) -> [[String?]: [Double]] {
        var all = Histogram()
        for (_, before) in histograms.values { all.add(before) }
        let bin = all.bin(atQuantile: max(0.5, quantile)) ?? 0
        return histograms.mapValues { now, before in
            [
                Double(now.count(above: bin)), Double(now.total), Double(before.count(above: bin)),
                Double(before.total),
            ]
        }
    }

    private func codes(
        _ filters: [Filter], _ range: Range<Instant>, _ before: Range<Instant>, _ asked: Instant
    ) async throws -> [Playbook.Code] {
        var counts: [Int: (now: Double, before: Double)] = [:]
        var bases = (now: 0.0, before: 0.0)
        for (part, isNow) in [(before, false), (range, true)] {
            let order = Planner.Order(
                boundaries: [part.lowerBound, part.upperBound],
                measures: [.message(.attempted), .message(.failed), .message(.rejected)],
                dimensions: [.errorCode], filters: filters, asOf: asked)
            for piece in try planner.parts(order) {
                guard let place = piece.plan.dimensions.firstIndex(of: .errorCode) else { continue }
                for row in try await store.run(piece.plan).rows {
                    var sums = Sums()
                    sums.add(row, of: piece.plan)
                    let bad = Double(sums[.message(.failed)] &+ sums[.message(.rejected)])
                    let base = Double(sums[.message(.attempted)])
                    if isNow { bases.now += base } else { bases.before += base }
                    guard let code = row.key[place].flatMap({ Int($0) }) else { continue }
                    var count = counts[code] ?? (0, 0)
                    if isNow { count.now += bad } else { count.before += bad }
                    counts[code] = count
                }
            }
        }
        return counts.map { code, count in
            Playbook.Code(
                code: code, count: count.now, expected: bases.before > 0 ? count.before / bases.before * bases.now : 0)
        }.filter { $0.count > 1.2 * $0.expected && $0.count - $0.expected >= 3 }
            .sorted { ($0.count - $0.expected, $1.code) > ($1.count - $1.expected, $0.code) }
    }
}

/// How a metric becomes events, and what they are counted out of.
struct WhyFigure: Sendable {
    let fact: Fact
    let measures: Set<Measure>
    let durations: Set<FactDuration>
    let quantile: Double
    let events: @Sendable (Sums) -> Double
    /// Nil for sums.
    let base: (@Sendable (Sums) -> Double)?

    /// Nil for metrics that no sum over segments explains.
    init?(_ metric: Metric) {
        fact = metric.fact
        var quantile = 0.5
        switch metric.expression {
        case .sum(let measure) where !measure.isDistinct:
            measures = [measure]
            durations = []
            let isMillionths = measure.isMillionths
            events = { Double($0.whole(measure) ?? 0) / (isMillionths ? 1_000_000 : 1) }
            base = nil
        case .ratio(let terms, let denominators):
            guard terms.allSatisfy({ $0.measure.fact == metric.fact && !$0.measure.isDistinct }),
                denominators.allSatisfy({ $0.fact == metric.fact && !$0.isDistinct })
            else { return nil }
            measures = Set(terms.map(\.measure) + denominators)
            durations = []
            let isGood = metric.direction == .higherIsBetter
            let count = { @Sendable (sums: Sums) in
                terms.reduce(0.0) { $0 + ($1.isSubtracted ? -1 : 1) * Double(sums.whole($1.measure) ?? 0) }
            }
            let all = { @Sendable (sums: Sums) in denominators.reduce(0.0) { $0 + Double(sums.whole($1) ?? 0) } }
            // What explains a falling rate is its bad events.
            events = { max(0, isGood ? all($0) - count($0) : count($0)) }
            base = { max(0, all($0)) }
        case .quantile(let duration, let q):
            measures = []
            durations = [duration]
            quantile = q
            events = { _ in 0 }
            base = nil
        default: return nil
        }
        self.quantile = quantile
    }

    /// Sets of dimensions by which cells keep what is needed, without those that are fixed or say nothing.
    func tables(filters: [Dimension]) -> [[Dimension]] {
        var silent: Set<Dimension> = [
            .waba, .templateLanguage, .messageType, .source, .errorCode, .errorClass, .currency, .model, .priority,
            .wasteReason, .variant,
        ]
        // Meta names the category with the price, so a message that failed has none: what follows explains nothing.
        if fact == .message { silent.insert(.category) }
        let held = Set(filters)
        return Cube.all(of: fact).filter { cube in
            held.isSubset(of: cube.dimensions + [.weekday, .hourOfDay, .shift])
                && durations.isSubset(of: cube.durations)
        }.map { cube in cube.dimensions.filter { !silent.contains($0) && !held.contains($0) } }
            .filter { !$0.isEmpty }
    }
}

extension Watch {
    /// Marks in a range and the two days before it that have to do with a segment.
    func marks(near range: Range<Instant>, about segment: Segment) async throws -> [Cause] {
        let from = range.lowerBound.adding(seconds: -2 * 86_400)
        let fitting = try await store.timeline(from..<range.upperBound, limit: 500).filter { mark in
            guard let place = Self.segment(of: mark.event.subject) else { return true }
            return place.elements.allSatisfy { element in
                segment[element.dimension].map { $0 == element.value } ?? true
            }
        }
        return fitting.suffix(10).map { Self.cause(of: $0) }
    }
}
