import Analytics
import Catalogue
import Domain
import Web

/// How do conversations end, and who brings them there?
struct ConversationsCard: Card {
    struct Model: Sendable {
        var all: Answer
        var byHandler: Answer
    }
    static let overall: [Breakdown.Column] = [
        .init("conversations"), .init("resolution_rate"), .init("resolution_time_p50"), .init("reopen_rate"),
        .init("bot_containment_rate"), .init("handoff_rate"), .init("csat_mean"), .init("csat_response_rate"),
        .init("conversation_conversion_rate"),
    ]
    static let handled: [Breakdown.Column] = [
        .init("conversations"), .init("resolution_rate"), .init("reopen_rate"), .init("csat_mean"),
        .init("conversation_conversion_rate", Text(id: "Jadi hasil", en: "Led to outcomes")),
    ]

    let name = "conversations"
    let title = Text(id: "Percakapan dan akhirnya", en: "Conversations and how they end")
    let height = CardHeight(15, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.overall.map(\.metric))
        async let byHandler = scope.ask(
            Self.handled.map(\.metric), by: [.handledBy],
            order: [Query.Order(by: "conversations", isDescending: true)])
        return try await Model(all: all, byHandler: byHandler)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.all.total("conversations") ?? 0) > 0 else { return Empty.waits(scope) }
        let table = Breakdown(
            dimension: .handledBy, columns: Self.handled, answer: model.byHandler, scope: scope,
            none: Text(id: "belum dijawab", en: "nobody yet"))
        return scope.totals(Self.overall, model.all) + table.html
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.all, title: Text(id: "Semua", en: "All")),
            .answer(model.byHandler, name: "handled_by", title: Dimension.handledBy.name),
        ]
    }
}
