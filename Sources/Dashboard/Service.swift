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
    var title: Text { self == .overview ? Overview.title : Service.title }
    var cards: [any Card] { self == .overview ? Overview.cards : Service.cards }
    func banner(_ scope: Scope) -> HTML? { self == .overview ? Overview.banner(scope) : nil }
}
