/// A set of dimensions for which cells of one fact are kept. Several narrow cubes beat one wide one: the number of
/// cells is the product of what varies independently, so what varies together (template, category, campaign) shares a
/// cube, and what multiplies it (country, error, agent) has one of its own.
package enum Cube: Int, CaseIterable, Sendable, Codable {
    /// What was sent: the overview, templates, campaigns.
    case delivery = 0
    /// Where it went and why it failed.
    case failure
    /// Who sent it.
    case sender
    /// How long customers wait, and where.
    case response
    /// For whom they wait.
    case responder
    /// What made them write.
    case cause
    /// How conversations go.
    case conversation
    /// Who handles them.
    case handler
    /// What they come from.
    case origin
    /// What messages cost, by what they are.
    case spend
    /// By where they went.
    case spendPlace
    /// By who sent them.
    case spendSender
    /// What was achieved, and through what.
    case result
    /// Through whom.
    case resultHandler
    /// What each model credits.
    case credit
    /// Whom each model credits.
    case creditHandler

    /// Part of table names.
    package var name: String { snakeCased("\(self)") }

    package var fact: Fact {
        switch self {
        case .delivery, .failure, .sender: .message
        case .response, .responder, .cause: .wait
        case .conversation, .handler, .origin: .conversation
        case .spend, .spendPlace, .spendSender: .charge
        case .result, .resultHandler: .outcome
        case .credit, .creditHandler: .credit
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
        case .response: [.phoneNumber, .responder, .team, .desk, .entry, .priority]
        case .responder: [.phoneNumber, .responder, .agent, .team]
        case .cause: [.phoneNumber, .responder, .entry, .template, .campaign, .country]
        case .conversation: [.phoneNumber, .openedBy, .handledBy, .team, .desk, .entry, .priority]
        case .handler: [.phoneNumber, .handledBy, .responder, .agent, .team]
        case .origin: [.phoneNumber, .openedBy, .handledBy, .entry, .template, .campaign, .country]
        case .spend:
            [
                .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType, .useCase, .campaign,
                .variant, .pricingType, .currency, .wasteReason,
            ]
        case .spendPlace:
            [.waba, .phoneNumber, .template, .category, .useCase, .country, .market, .pricingType, .currency]
        case .spendSender: [.waba, .phoneNumber, .useCase, .senderKind, .agent, .team, .source, .currency]
        case .result: Self.resultDimensions
        case .resultHandler: Self.handlerDimensions
        case .credit: [.model] + Self.resultDimensions
        case .creditHandler: [.model] + Self.handlerDimensions
        }
    }

    private static let resultDimensions: [Dimension] = [
        .kind, .sourceSystem, .currency, .touch, .ad, .waba, .phoneNumber, .template, .templateLanguage, .category,
        .messageType, .useCase, .campaign, .variant,
    ]
    private static let handlerDimensions: [Dimension] = [
        .kind, .sourceSystem, .currency, .touch, .phoneNumber, .template, .useCase, .senderKind, .agent, .team, .desk,
        .country,
    ]

    /// The durations whose histograms the cells carry.
    package var durations: [FactDuration] {
        switch self {
        case .delivery: FactDuration.all(of: .message)
        case .response:
            WaitDuration.allCases.filter { $0 != .openFor }.map(FactDuration.wait)
        case .responder:
            [
                .wait(.response), .wait(.firstResponse), .wait(.handoffResponse), .wait(.businessResponse),
                .wait(.firstBusinessResponse),
            ]
        case .conversation: [.conversation(.resolution)]
        case .credit: FactDuration.all(of: .credit)
        case .failure, .sender, .cause, .handler, .origin, .spend, .spendPlace, .spendSender, .result, .resultHandler,
            .creditHandler:
            []
        }
    }

    /// The cubes of a fact, in the order in which a planner tries them.
    package static func all(of fact: Fact) -> [Cube] { allCases.filter { $0.fact == fact } }
}

/// The width of a stored cell.
package enum CellGrain: String, Sendable, Codable, CaseIterable {
    /// 15 minutes, UTC.
    case quarterHour = "quarter_hour"
    /// A day in the workspace's reporting zone.
    case day
}
