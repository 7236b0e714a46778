import Catalogue
import Domain
import Storage

/// A template that Meta put into a dearer category, and what its messages cost before and after.
package struct CategoryRaiseEffect: Hashable, Sendable {
    /// The messages sent in one of the two stretches of time.
    package struct Side: Hashable, Sendable {
        package var range: Range<Instant>
        /// Delivered, priced or not.
        package var messages: Int64
        package var charged: Int64
        /// Without a known price: not in `cost`.
        package var unknownPrices: Int64
        /// Nil when it is of several currencies, or no price is known.
        package var cost: Money?
        /// Cost over all delivered messages; nil where it cannot be told.
        package var costEach: Double?
        /// What the messages cost more than they would have in the category before.
        package var raised: Money?
    }
    package var template: String
    package var language: String?
    package var at: Instant
    /// Categories in lower case.
    package var from: String
    package var to: String
    /// Fourteen days up to the change.
    package var before: Side
    /// Fourteen days from the change on, or as many as have passed.
    package var after: Side

    /// Length of a side.
    package static let sideSeconds: Int64 = 14 * 86_400
    /// Most raises of one answer, the latest.
    package static let countMax = 50

    /// Whether Meta charges more for the second: marketing costs more than utility and authentication, and service the
    /// least. False for categories that are not known.
    static func isRaise(from before: String, to after: String) -> Bool {
        let ranks = ["service": 0, "utility": 1, "authentication": 1, "marketing": 2]
        guard let low = ranks[before], let high = ranks[after] else { return false }
        return high > low
    }
}

extension Analyst {
    /// Templates whose category Meta raised in a range, the latest first.
    package func categoryRaiseEffects(range: QueryRange, timezone: String? = nil) async throws -> [CategoryRaiseEffect]
    {
        let asked = now()
        let resolved = try Query(metrics: ["cost"], range: range, timezone: timezone)
            .resolved(now: asked, workspace: workspace)
        var seen: Set<[String]> = []
        var raises: [CategoryRaiseEffect] = []
        for mark in try await store.timeline(resolved.from..<resolved.to, limit: 10_000).reversed() {
            let event = mark.event
            guard event.field == "template_category_update", case .template(_, let name?, let language) = event.subject,
                let from = event.previous?.lowercased(),
                CategoryRaiseEffect.isRaise(from: from, to: event.event.lowercased()), mark.at <= asked,
                // Told once for each account that has the template.
                seen.insert([name, language ?? "", "\(mark.at.seconds)"]).inserted,
                raises.count < CategoryRaiseEffect.countMax
            else { continue }
            let sides = try await sides(of: name, language: language, at: mark.at, asked: asked)
            raises.append(
                CategoryRaiseEffect(
                    template: name, language: language, at: mark.at, from: from, to: event.event.lowercased(),
                    before: sides.before, after: sides.after))
        }
        return raises
    }

    private func sides(
        of template: String, language: String?, at: Instant, asked: Instant
    ) async throws -> (before: CategoryRaiseEffect.Side, after: CategoryRaiseEffect.Side) {
        // Quarter hours, so that cells can answer.
        let change = QuarterHour(containing: at).start
        let soon = QuarterHour(index: QuarterHour(containing: asked).index &+ 1).start
        let bounds = [
            change.adding(seconds: -CategoryRaiseEffect.sideSeconds), change,
            min(change.adding(seconds: CategoryRaiseEffect.sideSeconds), soon),
        ]
        var filters = [Filter(dimension: .template, op: .isIn, values: [template])]
        if let language { filters.append(Filter(dimension: .templateLanguage, op: .isIn, values: [language])) }
        let order = Planner.Order(
            boundaries: bounds,
            measures: [
                .charge(.messages), .charge(.charged), .charge(.unknown), .charge(.cost), .charge(.raisedCost),
            ], filters: filters, asOf: asked)
        var sums = [Sums(), Sums()]
        for part in try planner.parts(order) {
            for row in try await store.run(part.plan).rows where part.buckets.indices.contains(row.bucket) {
                sums[part.buckets[row.bucket]].add(row, of: part.plan)
            }
        }
        let side = { (index: Int) in
            try CategoryRaiseEffect.Side(
                range: bounds[index]..<bounds[index + 1], sums: sums[index], currency: workspace.currency)
        }
        return (try side(0), try side(1))
    }
}

extension CategoryRaiseEffect.Side {
    init(range: Range<Instant>, sums: Sums, currency: String) throws(Failure) {
        self.range = range
        messages = sums[.charge(.messages)]
        charged = sums[.charge(.charged)]
        unknownPrices = sums[.charge(.unknown)]
        cost = try Catalogue.requireMetric("cost").money(sums, fallback: currency)
        costEach = try Catalogue.requireMetric("cost_per_delivered").cell(sums).number
        raised = try Catalogue.requireMetric("cost_raised").money(sums, fallback: currency)
    }
}
