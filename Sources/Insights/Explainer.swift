import Domain

/// Finds why a figure changed: `Explainer.explain(table)`.
package enum Explainer {
    package static let alternativesMax = 10

    package static func explain(_ table: LeafTable) -> Explanation {
        var search = ExplanationSearch(table)
        let effects = effects(table)
        let ledger = LeafLedger(table, search, effects?.parts)
        let hits = search.causes()
        let verdict = grouped(hits, search)
        let drawn = verdict.map {
            ledger.draft(cuboid: $0[0].cuboid, groups: $0.map(\.group), $0.map(\.gain).reduce(0, +))
        }
        let choices = alternatives(table, search, hits)
        let drafts = choices.map { ledger.draft(cuboid: $0.cuboid, groups: $0.groups, $0.gain) }
        let whole = max(abs(ledger.deviation), drawn.reduce(0) { $0 + abs($1.deviation) })
        return Explanation(
            causes: drawn.map { ledger.cause($0, whole: whole) }
                .enumerated().sorted { ($0.element.share, $1.offset) > ($1.element.share, $0.offset) }.map(\.element),
            alternatives: drafts.map { ledger.cause($0, whole: whole) },
            total: ledger.total, effects: effects, leafCount: search.leaves.count)
    }

    /// Elements over the same dimensions that moved alike belong to one cause.
    private static func grouped(
        _ hits: [ExplanationSearch.Hit], _ search: ExplanationSearch
    ) -> [[ExplanationSearch.Hit]] {
        var causes: [[ExplanationSearch.Hit]] = []
        for hit in hits {
            let place = causes.firstIndex { $0[0].cuboid == hit.cuboid && isAlike($0[0], hit) }
            if let place { causes[place].append(hit) } else { causes.append([hit]) }
        }
        return causes
    }

    private static func isAlike(_ a: ExplanationSearch.Hit, _ b: ExplanationSearch.Hit) -> Bool {
        guard (a.deviation < 0) == (b.deviation < 0) else { return false }
        let spread = (1 / a.information + 1 / b.information).squareRoot()
        return abs(a.deviation - b.deviation) <= max(3 * spread, 0.25 * max(abs(a.deviation), abs(b.deviation)))
    }

    private static func alternatives(
        _ table: LeafTable, _ search: ExplanationSearch, _ hits: [ExplanationSearch.Hit]
    ) -> [AlternativeSearch.Choice] {
        var real = 0.0
        var expected = 0.0
        for leaf in search.leaves {
            real += search.real[leaf]
            expected += search.expected[leaf]
        }
        let isCount = if case .ratio = table.figures { true } else { false }
        // The direction of what stands out, else that of the total; bad events are asked about because they rose,
        // unless they clearly fell.
        var leading = hits.max { $0.gain < $1.gain }?.deviation ?? real - expected
        if isCount, hits.isEmpty, PoissonGain.of(real, expected) < 3 { leading = 1 }
        let sign = leading < 0 ? -1.0 : 1.0
        let first = AlternativeSearch(isCount: isCount, sign: sign, search: search).ranked(limit: alternativesMax)
        if first.count >= 5 { return first }
        let other = AlternativeSearch(isCount: isCount, sign: -sign, search: search)
        return first + other.ranked(limit: alternativesMax - first.count)
    }

    private static func effects(_ table: LeafTable) -> MixAndRate? {
        guard case .ratio(let events, let base, let eventsBefore, let baseBefore) = table.figures else { return nil }
        return MixAndRate(events: events, base: base, eventsBefore: eventsBefore, baseBefore: baseBefore)
    }
}

/// The figures behind causes: what they hold, what is outside of them.
struct LeafLedger {
    struct Draft {
        let elements: [ExplanationElement]
        let sums: Sums
        let evidence: Double
        var deviation: Double { sums.real - sums.expected }
    }

    /// What was counted, what was expected; for a ratio also its four numbers.
    struct Sums {
        var leaves = 0
        var real = 0.0
        var expected = 0.0
        var base = 0.0
        var eventsBefore = 0.0
        var baseBefore = 0.0
        var rateEffect = 0.0
        var mixEffect = 0.0
    }

    private let table: LeafTable
    private let leaves: [Int]
    private let cuboids: [Cuboid]
    private let real: [Double]
    private let expected: [Double]
    private let effects: [MixAndRate.Part]?
    private let whole: Sums

    init(_ table: LeafTable, _ search: ExplanationSearch, _ effects: [MixAndRate.Part]?) {
        self.table = table
        self.effects = effects
        leaves = search.leaves
        cuboids = search.cuboids
        if case .sums(let real, let expected) = table.figures {
            // As given: negative numbers are part of the total.
            self.real = real
            self.expected = expected
        } else {
            real = search.real
            expected = search.expected
        }
        var whole = Sums()
        for leaf in real.indices { Self.add(leaf, table, real, expected, to: &whole) }
        whole.leaves = search.leaves.count
        self.whole = whole
    }

    var deviation: Double { whole.real - whole.expected }
    var total: ExplanationCause.Level { level(whole) }

    func draft(cuboid: Int, groups: [Int], _ evidence: Double) -> Draft {
        let cuboid = cuboids[cuboid]
        let wanted = Set(groups.map { Int32($0) })
        var sums = Sums()
        for place in leaves.indices where wanted.contains(cuboid.groupOf[place]) {
            Self.add(leaves[place], table, real, expected, to: &sums)
            if let effects {
                sums.rateEffect += effects[leaves[place]].rateEffect
                sums.mixEffect += effects[leaves[place]].mixEffect
            }
        }
        let elements = groups.map { group in
            let leaf = leaves[Int(cuboid.example[group])]
            return ExplanationElement(
                cuboid.dimensions.map {
                    let column = table.columns[$0]
                    return .init(dimension: column.name, value: column.values[Int(column.codes[leaf])])
                })
        }
        return Draft(elements: elements, sums: sums, evidence: evidence)
    }

    func cause(_ draft: Draft, whole total: Double) -> ExplanationCause {
        var outside = whole
        outside.real -= draft.sums.real
        outside.expected -= draft.sums.expected
        outside.base -= draft.sums.base
        outside.eventsBefore -= draft.sums.eventsBefore
        outside.baseBefore -= draft.sums.baseBefore
        return ExplanationCause(
            elements: draft.elements, share: total > 0 ? min(1, abs(draft.deviation) / total) : 0,
            deviation: draft.deviation, inside: level(draft.sums), outside: level(outside),
            effects: effects.map { _ in
                .init(rateEffect: draft.sums.rateEffect, mixEffect: draft.sums.mixEffect)
            },
            leafCount: draft.sums.leaves, evidence: draft.evidence)
    }

    private func level(_ sums: Sums) -> ExplanationCause.Level {
        guard case .ratio = table.figures else {
            return .init(
                real: sums.real, expected: sums.expected, base: nil, expectedBase: nil, rate: nil, expectedRate: nil)
        }
        return .init(
            real: sums.real, expected: sums.expected, base: sums.base, expectedBase: sums.baseBefore,
            rate: sums.base > 0 ? sums.real / sums.base : nil,
            expectedRate: sums.baseBefore > 0 ? sums.eventsBefore / sums.baseBefore : nil)
    }

    private static func add(
        _ leaf: Int, _ table: LeafTable, _ real: [Double], _ expected: [Double], to sums: inout Sums
    ) {
        sums.leaves += 1
        sums.real += real[leaf]
        sums.expected += expected[leaf]
        if case .ratio(_, let base, let eventsBefore, let baseBefore) = table.figures {
            sums.base += base[leaf]
            sums.eventsBefore += eventsBefore[leaf]
            sums.baseBefore += baseBefore[leaf]
        }
    }
}
