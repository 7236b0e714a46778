import Analytics
import Catalogue
import Domain
import Web

/// At which hours do customers wait long, and when do they come?
struct ServiceHoursCard: Card {
    let name = "service-hours"
    let title = Text(id: "Waktu jawab menurut hari dan jam", en: "Response time by weekday and hour")
    let height = CardHeight(16, narrow: 18)

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(["response_time_p50", "waits"], by: [.weekday, .hourOfDay])
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        return scope.heading(Text(id: "Median waktu jawab", en: "Median response time"))
            + Heatmap(answer, "response_time_p50", scope, path: scope.path).html
            + scope.heading(Text(id: "Penantian yang dimulai", en: "Waits that began"))
            + Heatmap(answer, "waits", scope, path: scope.path).html
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }
}

/// When do customers write?
struct InboundHoursCard: Card {
    let name = "inbound-hours"
    let title = Text(id: "Pesan masuk menurut hari dan jam", en: "Inbound messages by weekday and hour")
    let height = CardHeight(9, narrow: 10)

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(["messages_inbound"], by: [.weekday, .hourOfDay])
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("messages_inbound") ?? 0) > 0 else { return Empty.waits(scope) }
        return Heatmap(answer, "messages_inbound", scope, path: scope.path).html
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }
}
