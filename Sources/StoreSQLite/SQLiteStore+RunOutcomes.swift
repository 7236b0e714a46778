import Catalogue
import Domain
import GRDB
import Ledgers

/// Answers from single outcomes and their credits: where no cells do.
extension PlanRunner {
    func sumOutcomeFacts(into groups: inout [Group: Sums]) throws {
        let outcomes = try SegmentReader(.outcome, db)
        // A credit counts when its touch was, which is earlier than its outcome: by how much at most is known.
        let reach = plan.fact == .credit ? AttributionSettings.lookbackSecondsMax + Touch.messageSecondsMax : 0
        let rows = try Statement(
            db, "SELECT segment, counted FROM outcome WHERE at >= ? AND at < ? AND segment > 0")
        let slack = plan.fact == .credit ? Touch.skewSecondsMax : 0
        bind(
            [from.adding(seconds: -slack).microseconds, to.adding(seconds: reach).microseconds], [], to: rows)
        let messages = try plan.fact == .credit ? SegmentReader(.message, db) : nil
        let names = Dimension.stored(plan.fact)
        while try rows.step() {
            let segment = rows.int(0)
            let dimensions = try outcomes.dimensions(segment)
            let counted = rows.withBlob(1) {
                OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
            }
            guard let counted else { continue }
            guard let messages else {
                for part in counted.fact.contribution.parts { add(part, dimensions, names, into: &groups) }
                continue
            }
            try OutcomeTally.each(counted) { part, place, touch in
                let message = try messages.dimensions(touch.segment)
                add(part, CreditCells.dimensions(place, counted.fact.head, touch, message), names, into: &groups)
            }
        }
    }

    private func add(
        _ part: ServiceContribution.Part, _ values: [String?], _ names: [Dimension], into groups: inout [Group: Sums]
    ) {
        func value(_ dimension: Dimension) -> String? { names.firstIndex(of: dimension).flatMap { values[$0] } }
        guard part.quarter.start < to, let bucket = bucket(of: max(part.quarter.start, from)),
            part.quarter.start.adding(seconds: 900) > from,
            plan.filters.allSatisfy({ $0.matches(value($0.dimension)) })
        else { return }
        let group = Group(bucket: bucket, key: plan.dimensions.map(value))
        var sums = groups[group] ?? empty
        for (index, measure) in plan.measures.enumerated() { sums.sums[index] += part.measures[measure.index] ?? 0 }
        for (index, duration) in plan.durations.enumerated() {
            for value in part.durations[duration.index] ?? [] {
                sums.histograms[index].add(1, bin: Histogram.bin(microseconds: value))
            }
        }
        groups[group] = sums
    }
}
