import Domain

/// To which numbers of a question a dimension applies. This is the only place of the rule.
///
/// A dimension applies to the facts that carry it, and as a rule every fact of every metric asked has to. Three things
/// are needed beyond that, because costs, messages and results are asked together:
///
/// - **What only results have** (`Dimension.ofResults`) as a *filter* constrains the facts that carry it and leaves the
///   others as they are, as long as one metric of the question rests on a fact that does: `conversion_rate` of kind
///   `payment_confirmed` is messages that led to a payment over *all* delivered messages. As a *grouping* every fact
///   has to carry it: delivered messages have no kind.
/// - **`model`** applies to fact `credit` alone, also as a grouping: what is no credit is the same for each model. A
///   question that rests on credits and does not mention it goes by `AttributionModel.standard`. Models do not add up.
/// - **`currency`** belongs to an amount. It is left out where money of fact `charge` is shared out over rows of other
///   facts, which would be those paid in any currency.
extension Dimension {
    /// Dimensions of facts `outcome` and `credit` that no message has by itself.
    package static let ofResults: Set<Dimension> = [.kind, .sourceSystem, .model, .touch, .ad]
}

extension Fact {
    package func carries(_ dimension: Dimension) -> Bool { Dimension.all(of: self).contains(dimension) }
}

extension Expression {
    /// Those that it is computed from, in their order.
    package var facts: [Fact] {
        let used = Set(measures.map(\.fact) + durations.map(\.fact))
        return used.isEmpty ? [fact] : Fact.allCases.filter(used.contains)
    }

    /// What it may be split by.
    var groupings: [Dimension] {
        guard !measures.contains(where: \.isDistinct) else { return [.phoneNumber] }
        let facts = facts
        let all = facts.max { Dimension.all(of: $0).count < Dimension.all(of: $1).count } ?? fact
        return Dimension.all(of: all).filter { dimension in
            if dimension == .currency, isSharedOut { return false }
            return facts.allSatisfy { $0.carries(dimension) } || (dimension == .model && facts.contains(.credit))
        }
    }

    /// What it may be filtered by: the groupings, and what constrains a part of it.
    var conditions: [Dimension] {
        let groupings = groupings
        let facts = facts
        let partial = Dimension.allCases.filter { dimension in
            guard !groupings.contains(dimension), facts.contains(where: { $0.carries(dimension) }) else { return false }
            return Dimension.ofResults.contains(dimension) || (dimension == .currency && !facts.contains(.charge))
        }
        return groupings + partial
    }

    /// Costs shared out over what is counted elsewhere.
    private var isSharedOut: Bool {
        measures.contains { $0.fact == .charge } && measures.contains { $0.fact != .charge && !$0.isMoney }
    }
}

extension Catalogue {
    /// What a question about all of these metrics may be filtered by.
    package static func conditions(common ids: [String]) -> [Dimension] {
        let metrics = ids.compactMap { metric($0) }
        return Dimension.allCases.filter { dimension in
            let takers = metrics.filter { $0.conditions.contains(dimension) }
            return takers.count == metrics.count || (!takers.isEmpty && Dimension.ofResults.contains(dimension))
        }
    }
}

extension Query {
    /// Throws when a metric cannot be split or filtered as asked.
    func checkScope(of metrics: [Metric]) throws(Failure) {
        for metric in metrics {
            for dimension in dimensions where !metric.dimensions.contains(dimension) {
                if dimension == .model, metrics.contains(where: \.restsOnCredit) { continue }
                throw Self.impossible(metric, dimension, among: metric.dimensions)
            }
            for dimension in filters.map(\.dimension) where !metric.conditions.contains(dimension) {
                if Dimension.ofResults.contains(dimension),
                    metrics.contains(where: { $0.conditions.contains(dimension) })
                {
                    continue
                }
                throw Self.impossible(metric, dimension, among: metric.conditions)
            }
        }
    }

    private static func impossible(_ metric: Metric, _ dimension: Dimension, among possible: [Dimension]) -> Failure {
        let allowed = Catalogue.nearest(to: dimension.rawValue, among: possible.map(\.rawValue), count: 5)
            .joined(separator: ", ")
        return Failure(
            .unprocessable,
            id: "\"\(metric.id)\" tidak dapat dirinci menurut \"\(dimension.rawValue)\". Yang bisa: \(allowed).",
            en: "\"\(metric.id)\" cannot be split by \"\(dimension.rawValue)\". Possible: \(allowed).")
    }

    /// The models that credits are told by, in their order; empty when nothing asked rests on credits. Throws when
    /// there are none, or several that are not kept apart.
    func resolvedModels(of metrics: [Metric]) throws(Failure) -> [String] {
        guard metrics.contains(where: \.restsOnCredit) else { return [] }
        let conditions = filters.filter { $0.dimension == .model }
        let models = AttributionModel.allCases.map(\.rawValue).filter { model in
            conditions.allSatisfy { $0.matches(model) }
        }
        if dimensions.contains(.model), !models.isEmpty { return models }
        if conditions.isEmpty { return [AttributionModel.standard.rawValue] }
        guard models.count == 1 else {
            let all = AttributionModel.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .unprocessable,
                id: "Angka antarmodel tidak dapat dijumlahkan: sebutkan satu model di filter \"model\", atau rinci "
                    + "menurut \"model\". Pilihannya: \(all).",
                en: "Models do not add up: name one in the filter on \"model\", or split by \"model\". Choices: \(all)."
            )
        }
        return models
    }
}

extension Planner.Order {
    /// The dimensions and conditions of the order that apply to a fact; its model is chosen when nothing else chooses.
    func scope(of fact: Fact) -> (dimensions: [Dimension], filters: [Filter]) {
        let stored = dimensions.filter { !$0.isTemporal && fact.carries($0) }
        var conditions = filters.filter { !$0.dimension.isTemporal && fact.carries($0.dimension) }
        if fact == .credit, !stored.contains(.model), !conditions.contains(where: { $0.dimension == .model }) {
            conditions.append(.standardModel)
        }
        return (stored, conditions)
    }
}

extension Filter {
    /// What a question that rests on credits goes by when it does not say.
    package static let standardModel = Filter(
        dimension: .model, op: .isIn, values: [AttributionModel.standard.rawValue])
}
