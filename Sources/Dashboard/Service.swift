import Domain
import Web

/// How long customers wait, for whom, and what comes of it.
enum Service {
    static let title = Text(id: "Layanan", en: "Service")
    static let cards: [any Card] = [
        WaitingCard(), ResponseTimeCard(), ResponseByDayCard(), PromiseCard(), OutliersCard(), RepeatCard(),
        ConversationsCard(),
    ]
}

extension Filters.Board {
    var title: Text {
        switch self {
        case .overview: Overview.title
        case .service: Service.title
        case .outcomes: OutcomesPage.title
        case .costs: CostsPage.title
        }
    }
    var cards: [any Card] {
        switch self {
        case .overview: Overview.cards
        case .service: Service.cards
        case .outcomes: OutcomesPage.cards
        case .costs: CostsPage.cards
        }
    }
    func banner(_ scope: Scope) -> HTML? { self == .overview ? Overview.banner(scope) : nil }
}
