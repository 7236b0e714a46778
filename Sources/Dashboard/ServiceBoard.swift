import Catalogue
import Domain
import Web

extension Board {
    /// How long customers wait, for whom, and what comes of it.
    static let service = Board(
        Navigation.service,
        about: Text(
            id: "Siapa yang menunggu, berapa lama, dan apa hasilnya.",
            en: "Who waits, how long, and what comes of it."),
        dimensions: [.phoneNumber, .team, .agent],
        cards: [
            WaitingCard(), ResponseTimeCard(), ResponderCard(responder: .bot), ResponderCard(responder: .human),
            ResponseByDayCard(), DistributionCard(), OutliersCard(), ServiceHoursCard(), WaitTimesCard(),
            PromiseCard(), AgentsCard(), RepeatCard(), ConversationsCard(),
        ])
}
