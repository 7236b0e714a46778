/// A set of dimensions for which cells are kept. Several narrow cubes beat one wide one: the number of cells
/// is the product of what varies independently, so what varies together (template, category, campaign) shares a
/// cube, and what multiplies it (country, error, agent) has one of its own.
package enum Cube: Int, CaseIterable, Sendable, Codable {
    /// What was sent: the overview, templates, campaigns.
    case delivery = 0
    /// Where it went and why it failed.
    case failure
    /// Who sent it.
    case sender

    package var name: String {
        switch self {
        case .delivery: "delivery"
        case .failure: "failure"
        case .sender: "sender"
        }
    }

    package var dimensions: [Dimension] {
        switch self {
        case .delivery:
            [
                .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType, .useCase, .campaign,
                .variant,
            ]
        case .failure: [.waba, .phoneNumber, .template, .category, .useCase, .country, .errorCode, .errorClass]
        case .sender: [.waba, .phoneNumber, .useCase, .senderKind, .agent, .team, .source]
        }
    }

    /// Whether the cells carry histograms of the durations.
    package var hasDurations: Bool { self == .delivery }
}

/// The width of a stored cell.
package enum CellGrain: String, Sendable, Codable, CaseIterable {
    /// 15 minutes, UTC.
    case quarterHour = "quarter_hour"
    /// A day in the workspace's reporting zone.
    case day
}
