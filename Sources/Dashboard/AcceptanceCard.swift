import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Which sends does Meta turn down before they leave?
struct AcceptanceCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byCode: Answer
        /// Sends are told by the business itself: only then are rejected ones known.
        var hasSendLog: Bool
    }
    static let rowsMax = 12

    let name = "acceptance"
    let title = Text(id: "Ditolak saat dikirim", en: "Turned down at once")
    let width = CardWidth.half
    let height = CardHeight(12, narrow: 18)

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(["messages_attempted", "acceptance_rate", "messages_rejected"])
        async let byCode = scope.ask(
            ["messages_rejected"], by: [.errorCode],
            order: [Query.Order(by: "messages_rejected", isDescending: true)], limit: Self.rowsMax)
        async let sources = scope.store.values(of: .source, limit: 20)
        return try await Model(total: total, byCode: byCode, hasSendLog: sources.contains("send_log"))
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.total, title: title),
            .answer(model.byCode, name: "error_code", title: Dimension.errorCode.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.total.cell(0, "messages_attempted").number ?? 0) > 0 else { return Empty.messages(scope) }
        guard model.hasSendLog else {
            return scope.sentence(
                "Penolakan belum dapat dilihat: webhook Meta hanya bercerita tentang pesan yang sudah diterimanya. "
                    + "Kirim catatan pengiriman ke `POST /api/v1/sends`, termasuk yang ditolak, lihat Dokumentasi API.",
                "Rejections cannot be seen yet: Meta's webhooks only tell of messages that it took in. Send your send "
                    + "log to `POST /api/v1/sends`, rejected sends included; see the API docs.")
        }
        let figures = scope.figures(model.total, ["acceptance_rate", "messages_rejected"])
        let rows = model.byCode.rows.indices.filter { (model.byCode.cell($0, "messages_rejected").number ?? 0) > 0 }
        guard !rows.isEmpty else {
            return figures
                + scope.sentence(
                    "Meta menerima semua pengiriman pada rentang ini.", "Meta accepted every send in this range.")
        }
        let heads = [
            scope.say("Kesalahan", "Error"), scope.say("Tindakan", "Remedy"), scope.say("Pesan", "Messages"),
        ]
        return figures + """
            <div class="table spaced"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            <th scope="col">\(heads[1])</th><th scope="col" class="number">\(heads[2])</th></tr></thead>
            <tbody>\(rows.map { row($0, model.byCode, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ row: Int, _ answer: Answer, _ heads: [String], _ scope: Scope) -> HTML {
        let count = scope.number(answer, row, "messages_rejected")
        guard let code = answer.cell(row, "error_code").text.flatMap({ Int($0) }) else {
            return """
                <tr><th scope="row">\(scope.say("Tanpa kode", "No code"))</th><td data-label="\(heads[1])">–</td>\
                <td class="number" data-label="\(heads[2])">\(count)</td></tr>
                """
        }
        let error = ErrorCatalogue[code]
        let link = MessagesPage.link(scope, "rejected", nil, narrowed: (.errorCode, String(code)), html: count)
        return """
            <tr><th scope="row">\(error.title(scope.language))<span class="interval"><code>\(code)</code></span></th>\
            <td class="remedy" data-label="\(heads[1])">\(error.remedy(scope.language))</td>\
            <td class="number" data-label="\(heads[2])">\(link)</td></tr>
            """
    }
}
