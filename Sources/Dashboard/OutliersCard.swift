import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Which answers took far longer than usual?
struct OutliersCard: Card {
    struct Model: Sendable {
        var total: Int64
        var outliers: [Outlier]
        var hasWaits: Bool
    }
    static let rowsMax = 20

    let name = "outliers"
    let title = Text(id: "Jawaban luar biasa lama", en: "Unusually slow answers")

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(["response_outliers", "waits"])
        let found = try await scope.analyst.outliers(
            answer.meta.from..<answer.meta.to, filters: scope.filters.conditions(among: Dimension.stored(.wait)),
            limit: Self.rowsMax)
        return Model(
            total: Int64(answer.total("response_outliers") ?? 0), outliers: found,
            hasWaits: (answer.total("waits") ?? 0) > 0)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total > 0 else { return "" }
        let total = scope.figures.integer(model.total)
        let words =
            Int(clamping: model.total) > model.outliers.count
            ? scope.say("\(Self.rowsMax) terlama dari \(total)", "the \(Self.rowsMax) longest of \(total)")
            : scope.say("\(total) jawaban", model.total == 1 ? "1 answer" : "\(total) answers")
        return "<p>\(words) \(About.metric("response_outliers", scope))</p>"
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
        return """
            <div class="table"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(model.outliers.map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ outlier: Outlier, _ heads: [String], _ scope: Scope) -> HTML {
        let (wait, figures) = (outlier.wait, scope.figures)
        let responder = wait.dimensions[.responder].flatMap(Responder.init(rawValue:))?.name(scope.language) ?? "–"
        let holder = [wait.dimensions[.agent], wait.dimensions[.team]].compactMap { $0 }.joined(separator: " · ")
        let beneath: HTML = holder.isEmpty ? "" : "<span class=\"interval\">\(holder)</span>"
        return """
            <tr><th scope="row"><a href="\(ConversationPage.url(wait.conversation))">\(figures.time(wait.startedAt))</a></th>\
            <td data-label="\(heads[1])"><strong>\(figures.duration(Double(wait.responseMicroseconds) / 1_000_000))</strong></td>\
            <td data-label="\(heads[2])">\(figures.duration(outlier.fenceSeconds))</td>\
            <td data-label="\(heads[3])"><div>\(responder)\(beneath)</div></td>\
            <td data-label="\(heads[4])">\(figures.integer(wait.messages))</td></tr>

            """
    }
}
