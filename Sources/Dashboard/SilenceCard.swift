import Analytics
import Catalogue
import Domain
import Web

/// Which messages vanish without a word?
struct SilenceCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byTemplate: Answer
    }
    static let metrics = ["messages_pending", "messages_expired", "expired_rate"]
    static let rowsMax = 8

    let name = "silence"
    let title = Text(id: "Menunggu dan hilang tanpa kabar", en: "Pending, and lost in silence")
    let width = CardWidth.half
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(["messages"] + Self.metrics)
        async let byTemplate = scope.ask(
            ["messages_expired", "expired_rate", "messages_pending"], by: [.template],
            order: [
                Query.Order(by: "messages_expired", isDescending: true),
                Query.Order(by: "messages_pending", isDescending: true),
            ], limit: Self.rowsMax)
        return try await Model(total: total, byTemplate: byTemplate)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.total, title: title),
            .answer(model.byTemplate, name: "template", title: Dimension.template.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.total.cell(0, "messages").number ?? 0) > 0 else { return Empty.messages(scope) }
        let note = scope.say(
            "Meta tidak memberi tahu bila sebuah pesan kedaluwarsa: ponsel yang mati atau tidak daring sampai masa "
                + "berlakunya habis hanya terlihat dari diamnya. Porsi yang naik pada satu templat atau negara berarti "
                + "gangguan yang tidak tercatat sebagai kegagalan.",
            "Meta does not tell when a message expires: a phone that is off or offline until its time to live is over "
                + "shows only by its silence. A growing share for one template or country is trouble that no failure "
                + "tells of.")
        let table: HTML =
            model.byTemplate.rows.isEmpty
            ? ""
            : MetricTable(
                dimension: .template, metrics: ["messages_expired", "expired_rate", "messages_pending"],
                answer: model.byTemplate, scope: scope,
                target: { value in value.map { scope.url("/template", .template, $0) } },
                isShown: { row in
                    ["messages_expired", "messages_pending"].contains {
                        (model.byTemplate.cell(row, $0).number ?? 0) > 0
                    }
                }
            ).html
        return """
            \(scope.figures(model.total, Self.metrics))
            <p class="muted small spaced">\(note) \(MessagesPage.link(scope, "expired", scope.say(
                "Lihat pesan yang kedaluwarsa", "Show the expired messages")))</p>
            \(table)
            """
    }
}
