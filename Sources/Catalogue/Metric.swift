import Domain

/// A named number with one definition, declared once. The API, the pages, the command line, exports and the docs
/// are driven by it.
package struct Metric: Hashable, Sendable, Identifiable {
    package enum Unit: String, Sendable, CaseIterable, Codable {
        case count
        /// 0 … 1.
        case ratio
        case seconds
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
    package let expression: Expression
    /// What it may be split and filtered by.
    package let dimensions: [Dimension]
    package let maturity: Maturity
    /// Raised when the definition changes; the change is listed in the docs.
    package let definitionVersion: Int
    /// Below this many (of the denominator, or of durations) the number is shown with a warning.
    package let minimumSample: Int64

    package init(
        id: String, name: Text, definition: Text, formula: String, unit: Unit, direction: Direction,
        fact: Fact = .message, expression: Expression, dimensions: [Dimension] = Dimension.allCases,
        maturity: Maturity, definitionVersion: Int = 1, minimumSample: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.definition = definition
        self.formula = formula
        self.unit = unit
        self.direction = direction
        self.fact = fact
        self.expression = expression
        self.dimensions = dimensions
        self.maturity = maturity
        self.definitionVersion = definitionVersion
        self.minimumSample = minimumSample
    }
}

/// How a metric is computed from sums of measures and histograms of durations, as data.
package enum Expression: Hashable, Sendable {
    /// A measure added to or taken from a numerator.
    package struct Term: Hashable, Sendable {
        package var measure: MessageMeasure
        package var isSubtracted: Bool
        package static func plus(_ measure: MessageMeasure) -> Term { Term(measure: measure, isSubtracted: false) }
        package static func minus(_ measure: MessageMeasure) -> Term { Term(measure: measure, isSubtracted: true) }
    }

    case sum(MessageMeasure)
    /// Null when the denominator is 0.
    case ratio([Term], over: MessageMeasure)
    /// 0 < q < 1, in seconds; null when nothing was timed.
    case quantile(MessageDuration, Double)
    /// Delivered over accepted, corrected for receipts that are still on their way.
    case expectedDelivery
    /// Read over delivered, corrected for readers who hide receipts (capture and recapture by replies and taps).
    case expectedRead

    /// The measures that it is computed from.
    package var measures: [MessageMeasure] {
        switch self {
        case .sum(let measure): [measure]
        case .ratio(let terms, let denominator): terms.map(\.measure) + [denominator]
        case .quantile: []
        case .expectedDelivery: [.delivered, .accepted]
        case .expectedRead: [.read, .proven, .provenRead, .delivered]
        }
    }

    package var duration: MessageDuration? {
        if case .quantile(let duration, _) = self { duration } else { nil }
    }

    /// Whose sum is the sample that the number rests on; nil for counts and durations.
    package var denominator: MessageMeasure? {
        switch self {
        case .sum, .quantile: nil
        case .ratio(_, let denominator): denominator
        case .expectedDelivery: .accepted
        case .expectedRead: .delivered
        }
    }
}
