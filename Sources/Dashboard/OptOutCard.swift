import Analytics
import Catalogue
import Domain
import Web

/// Which messages make people leave?
struct OptOutCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byTemplate: Answer
    }
    static let rowsMax = 10

    let name = "opt_outs"
    let title = Text(id: "Orang yang berhenti", en: "People who left")
    let width = CardWidth.half
    let height = CardHeight(10, narrow: 11)

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(["messages_opted_out", "opt_out_rate"])
        async let byTemplate = scope.ask(
            ["messages_opted_out", "opt_out_rate"], by: [.template],
            order: [Query.Order(by: "messages_opted_out", isDescending: true)], limit: Self.rowsMax)
        return try await Model(total: total, byTemplate: byTemplate)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.total, title: title),
            .answer(model.byTemplate, name: "template", title: Dimension.template.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let answer = model.byTemplate
        guard let rate = model.total.cell(0, "opt_out_rate").number else { return Empty.messages(scope) }
        let figures = scope.figures(model.total, ["messages_opted_out", "opt_out_rate"])
        let rows = answer.rows.indices.filter { (answer.cell($0, "messages_opted_out").number ?? 0) > 0 }
        guard !rows.isEmpty else {
            return figures
                + scope.sentence(
                    "Tidak ada yang berhenti setelah pesan pada rentang ini.",
                    "Nobody left after a message of this range.")
        }
        // Its whole interval lies above what is usual: chance alone does not do that.
        let watched = rows.filter { row in
            guard let list = answer.intervals["opt_out_rate"], list.indices.contains(row) else { return false }
            return list[row].map { $0.lower > rate } ?? false
        }
        let warning: HTML = watched.isEmpty ? "" : Self.warning(watched, answer, scope)
        let list = MetricTable(
            dimension: .template, metrics: ["messages_opted_out", "opt_out_rate"], answer: answer, scope: scope,
            target: { value in value.map { scope.url("/template", .template, $0) } },
            beneath: { row in
                watched.contains(row)
                    ? "<span class=\"pill warn\">\(scope.say("di atas biasanya", "above usual"))</span>" : ""
            }, isShown: { rows.contains($0) })
        return figures + warning + list.html
            + """
            <p class="muted small spaced">\(MessagesPage.link(
                scope, "opted_out", scope.say("Lihat pesannya", "Show the messages")))</p>
            """
    }

    private static func warning(_ rows: [Int], _ answer: Answer, _ scope: Scope) -> HTML {
        let names = rows.compactMap { answer.cell($0, "template").text }.joined(separator: ", ")
        guard !names.isEmpty else { return "" }
        return """
            <p class="spaced">\(scope.say(
                "Perhatikan \(names): lebih banyak orang berhenti daripada biasanya. Kurangi frekuensinya, persempit "
                    + "penerimanya, atau ubah isinya sebelum mutu nomor turun.",
                "Watch \(names): more people leave than usual. Send it less often, to fewer people, or change its "
                    + "content before the number's quality falls."))</p>
            """
    }
}
