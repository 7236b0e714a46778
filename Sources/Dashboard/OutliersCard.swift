import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Which answers took far longer than usual?
struct OutliersCard: Card {
    struct Model: Sendable {
        /// The number that the list is behind.
        var answer: Answer
        var outliers: [Outlier]
        var total: Int64 { Int64(answer.total("response_outliers") ?? 0) }
        var hasWaits: Bool { (answer.total("waits") ?? 0) > 0 }
    }
    static let rowsMax = 20

    let name = "outliers"
    let title = Text(id: "Jawaban luar biasa lama", en: "Unusually slow answers")
    let height = CardHeight(8, narrow: 15)

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(["response_outliers", "waits"])
        let found = try await scope.analyst.outliers(
            answer.meta.from..<answer.meta.to, filters: scope.filters.conditions(among: Dimension.stored(.wait)),
            limit: Self.rowsMax)
        return Model(answer: answer, outliers: found)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total > 0 else { return "" }
        let total = scope.total(model.answer, "response_outliers")
        let about = About.metric("response_outliers", scope)
        guard Int(clamping: model.total) > model.outliers.count else {
            let words = scope.say("jawaban", model.total == 1 ? "answer" : "answers")
            return "<p>\(total) \(words) \(about)</p>"
        }
        let words = scope.say("\(Self.rowsMax) terlama dari", "the \(Self.rowsMax) longest of")
        return "<p>\(words) \(total) \(about)</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.hasWaits else { return Empty.waits(scope) }
        guard !model.outliers.isEmpty else {
            let good = scope.say(
                "Tidak ada jawaban yang jauh lebih lama dari biasanya pada rentang ini.",
                "No answer took far longer than usual in this range.")
            return "<div class=\"empty\"><p>\(good)</p></div>"
        }
        let heads = [
            scope.say("Mulai menunggu", "Began to wait"), scope.say("Dijawab setelah", "Answered after"),
            scope.say("Batas minggu itu", "Threshold that week"), scope.say("Dijawab oleh", "Answered by"),
            scope.say("Pesan pelanggan", "Customer messages"),
        ]
        let about = scope.say(
            "Jauh di atas kebiasaan penjawab yang sama di minggu yang sama. Buka satu untuk melihat apa yang terjadi.",
            "Far above what is usual for the same kind of responder in the same week. Open one to see what happened.")
        return """
            <p class="muted small">\(about)</p>
            <div class="table tall"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(model.outliers.map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ outlier: Outlier, _ heads: [String], _ scope: Scope) -> HTML {
        let (wait, figures) = (outlier.wait, scope.figures)
        let responder = wait.dimensions[.responder].flatMap(Responder.init(rawValue:))?.name(scope.language) ?? "–"
        return """
            <tr><th scope="row">\(scope.conversation(wait.conversation, figures.time(wait.startedAt)))</th>\
            <td data-label="\(heads[1])"><strong>\(figures.duration(Double(wait.responseMicroseconds) / 1_000_000))</strong></td>\
            <td data-label="\(heads[2])">\(figures.duration(outlier.fenceSeconds))</td>\
            <td data-label="\(heads[3])"><div>\(responder)\(scope.holder(wait.dimensions))</div></td>\
            <td data-label="\(heads[4])">\(figures.integer(wait.messages))</td></tr>

            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        let rows = model.outliers.map { outlier -> [ExportTable.Value] in
            let wait = outlier.wait
            return [
                .words(wait.conversation), .words(RFC3339.format(wait.startedAt)),
                .number(Double(wait.responseMicroseconds) / 1_000_000), .number(outlier.fenceSeconds),
                .whole(Int64(wait.messages)), .text(wait.dimensions[.responder]), .text(wait.dimensions[.agent]),
                .text(wait.dimensions[.team]),
            ]
        }
        let table = ExportTable(
            columns: [
                "conversation", "started_at", "response_seconds", "threshold_seconds", "messages", "responder", "agent",
                "team",
            ], rows: rows, api: scope.api("/api/v1/waits/outliers", among: Dimension.stored(.wait)))
        return [
            .answer(model.answer, title: Text(id: "Jumlahnya", en: "How many")),
            .table(table, name: "waits", title: Text(id: "Daftarnya", en: "The list")),
        ]
    }
}

extension ExportTable.Value {
    /// Words, if there are any.
    static func text(_ words: String?) -> ExportTable.Value { words.map { .words($0) } ?? .none }
}

extension Scope {
    /// A link to a conversation for those who may open one.
    func conversation(_ id: String, _ words: String) -> HTML {
        guard viewer.may(.conversations) else { return "\(words)" }
        let url = filters.query.setting("back", to: path).url(path: ConversationPage.url(id))
        return "<a href=\"\(url)\">\(words)</a>"
    }

    /// Whose a wait is, beneath the kind of responder.
    func holder(_ dimensions: [Dimension: String]) -> HTML {
        var holder: HTML = ""
        for dimension in [Dimension.agent, .team] {
            guard let value = dimensions[dimension] else { continue }
            holder += holder.isEmpty ? link(dimension, value, value) : " · \(link(dimension, value, value))"
        }
        return holder.isEmpty ? "" : "<span class=\"interval\">\(holder)</span>"
    }
}
