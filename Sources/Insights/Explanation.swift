/// One combination of dimension values, such as `template=promo & country=ID`, in the order of the table's columns.
package struct ExplanationElement: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
        package let dimension: String
        package let value: String
        package init(dimension: String, value: String) {
            self.dimension = dimension
            self.value = value
        }
    }

    package let pairs: [Pair]
    package init(_ pairs: [Pair]) { self.pairs = pairs }
}

/// Something that accounts for a change: one or several elements over the same dimensions.
package struct ExplanationCause: Hashable, Sendable {
    package let elements: [ExplanationElement]
    /// Part of the whole change that it accounts for, 0 … 1.
    package let share: Double
    /// What was counted above (below, when negative) what was expected; in the unit of the table.
    package let deviation: Double
    /// What was counted in its leaves, and what was expected there. For a ratio: of the bad events.
    package let inside: Level
    /// The same for all other leaves.
    package let outside: Level
    /// For a ratio: what its leaves did to the ratio of all, by their own rates and by their weight.
    package let effects: MixAndRate.Part?
    /// Rows of the table behind it.
    package let leafCount: Int
    /// How far beyond chance, as a log likelihood ratio (nats).
    package let evidence: Double

    /// Counted and expected. A ratio also has its rates, after and before.
    package struct Level: Hashable, Sendable {
        package let real: Double
        package let expected: Double
        /// Sample of the rates: the base now and before; nil for a sum.
        package let base: Double?
        package let expectedBase: Double?
        package let rate: Double?
        package let expectedRate: Double?
    }
}

/// Why a figure changed.
package struct Explanation: Hashable, Sendable {
    /// The verdict: everything that applies, largest first. Empty when nothing stands out.
    package let causes: [ExplanationCause]
    /// Single explanations ranked, best first, whether or not the verdict holds them.
    package let alternatives: [ExplanationCause]
    package let total: ExplanationCause.Level
    /// For a ratio: how much of its change came from the leaves' own rates and how much from who they are.
    package let effects: MixAndRate?
    /// Leaves with anything counted or expected.
    package let leafCount: Int
}
