import Catalogue

extension Metric {
    /// Whether `Analyst.why` can say what accounts for its changes.
    package var canBeExplained: Bool { WhyFigure(self) != nil }
}
