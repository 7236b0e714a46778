import Domain

/// A named number with one definition, declared once. The API, the pages, the command line, exports and the docs
/// are driven by it.
package struct Metric: Hashable, Sendable, Identifiable {
    package enum Unit: String, Sendable, CaseIterable, Codable {
        case count
        /// 0 … 1.
        case ratio
        case seconds
        /// A mean of what is no time (messages for each wait, a rating of 1 … 5), or a sum of shares.
        case number
        /// Units of a currency, which stands beside the number.
        case money
    }

    /// Which way is good.
    package enum Direction: String, Sendable, CaseIterable, Codable {
        case higherIsBetter = "higher_is_better"
        case lowerIsBetter = "lower_is_better"
        case neutral
    }

    /// What a young cohort still waits for.
    package enum Maturity: String, Sendable, CaseIterable, Codable {
        /// Known at once.
        case none
        /// Receipts of delivery.
        case delivery
        /// Receipts of reading, replies and taps.
        case read
        /// What customers do within seven days of the send.
        case outcome
    }

    /// Its id in the contract: fixed for ever.
    package let id: String
    package let name: Text
    /// One or two sentences for a manager: what is counted, and what it is not.
    package let definition: Text
    /// The arithmetic, in ids of measures and metrics.
    package let formula: String
    package let unit: Unit
    package let direction: Direction
    package let fact: Fact
    /// All that it rests on; more than one when what one fact counts is shared out over another's rows.
    package let facts: [Fact]
    package let expression: Expression
    /// Those of its measures that are money: they must be of one currency.
    package let amounts: [Measure]
    /// Whether it depends on an attribution model.
    package let restsOnCredit: Bool
    /// What it may be split by.
    package let dimensions: [Dimension]
    /// What it may be filtered by: `dimensions`, and those that constrain a part of it (`Scope.swift`).
    package let conditions: [Dimension]
    package let maturity: Maturity
    /// Raised when the definition changes; the change is listed in the docs.
    package let definitionVersion: Int
    /// Below this many (of the denominator, or of durations) the number is shown with a warning.
    package let minimumSample: Int64

    package init(
        id: String, name: Text, definition: Text, formula: String, unit: Unit, direction: Direction,
        expression: Expression, maturity: Maturity = .none, definitionVersion: Int = 1, minimumSample: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.definition = definition
        self.formula = formula
        self.unit = unit
        self.direction = direction
        self.expression = expression
        fact = expression.fact
        facts = expression.facts
        amounts = expression.measures.filter(\.isMoney)
        restsOnCredit = facts.contains(.credit)
        dimensions = expression.groupings
        conditions = expression.conditions
        self.maturity = maturity
        self.definitionVersion = definitionVersion
        self.minimumSample = minimumSample
    }
}
