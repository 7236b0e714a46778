import Analytics
import Catalogue
import Domain
import Web

/// At which hour is a message best sent?
struct SendingHoursCard: Card {
    static let metrics = ["messages_delivered", "read_rate_floor", "reply_rate"]

    let name = "sending_hours"
    let title = Text(id: "Jam kirim dan tanggapannya", en: "Hours of sending, and what came of it")
    let height = CardHeight(9, narrow: 10)

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(
            Self.metrics, by: [.weekday, .hourOfDay],
            order: [Query.Order(by: "weekday"), Query.Order(by: "hour_of_day")])
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard !answer.rows.isEmpty else { return Empty.messages(scope) }
        return ""
    }
}
