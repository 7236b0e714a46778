import Analytics
import Catalogue
import Domain
import Web

/// Which template works?
struct TemplatesCard: Card {
    static let metrics = ["messages", "delivery_rate", "read_rate", "failure_rate"]
    static let rowsMax = 50

    let name = "templates"
    let title = Text(id: "Pengiriman per templat", en: "Delivery by template")

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(
            Self.metrics, by: [.template], order: [Query.Order(by: "messages", isDescending: true)], limit: Self.rowsMax
        )
    }

    func lead(_ answer: Answer, _ scope: Scope) -> HTML {
        guard answer.rowCount > 0 else { return "" }
        let total = scope.figures.integer(answer.rowCount)
        guard answer.rowCount > answer.rows.count else {
            return "<p>\(scope.say("\(total) templat", answer.rowCount == 1 ? "1 template" : "\(total) templates"))</p>"
        }
        let shown = scope.figures.integer(answer.rows.count)
        return "<p>\(scope.say("\(shown) terbanyak dari \(total)", "the \(shown) largest of \(total)"))</p>"
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard !answer.rows.isEmpty else { return Empty.messages(scope) }
        let heads = Self.metrics.map { id -> HTML in
            let name = Catalogue.metric(id)?.name(scope.language) ?? id
            return "<th scope=\"col\" class=\"number\">\(name) \(About.metric(id, scope))</th>"
        }
        let note = scope.say(
            "Di bawah tiap persen: selang kepercayaan 95\u{A0}%, lalu perubahan dari periode sebelumnya bila ada. "
                + "Baris pudar: sampelnya terlalu kecil untuk disimpulkan.",
            "Below each percentage: its 95% interval, then the change against the previous period if there was one. "
                + "Pale rows: the sample is too small to conclude from.")
        return """
            <p class="muted small note">\(note)</p>
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(Dimension.template.name(scope.language))</th>\(heads)</tr></thead>
            <tbody>\(answer.rows.indices.map { row($0, answer, scope) })</tbody></table></div>
            """
    }

    private func row(_ row: Int, _ answer: Answer, _ scope: Scope) -> HTML {
        let cells = Self.metrics.map { cell(row, $0, answer, scope) }
        let isSmall = Self.isSmall(row, answer)
        let few: HTML = isSmall ? " class=\"few\"" : ""
        let note: HTML =
            isSmall ? "<span class=\"interval\">\(scope.say("sampel kecil", "small sample"))</span>" : ""
        let title: HTML
        if let template = answer.cell(row, "template").text {
            title = scope.link(.template, template, template)
        } else {
            title = "<span class=\"muted\">\(scope.say("tanpa templat", "no template"))</span>"
        }
        return "<tr\(few)><th scope=\"row\">\(title)\(note)</th>\(cells)</tr>\n"
    }

    static func isSmall(_ row: Int, _ answer: Answer) -> Bool {
        guard let metric = Catalogue.metric("delivery_rate"), let samples = answer.samples["delivery_rate"],
            samples.indices.contains(row)
        else { return false }
        return samples[row] < metric.minimumSample
    }

    private func cell(_ row: Int, _ id: String, _ answer: Answer, _ scope: Scope) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "<td></td>" }
        let figures = scope.figures
        let value = figures.value(answer.cell(row, id).number, metric.unit)
        var beneath: HTML = ""
        if let intervals = answer.intervals[id], intervals.indices.contains(row), let interval = intervals[row] {
            beneath += "<span class=\"interval\">\(figures.interval(interval))</span>"
        }
        let change = answer.hasBefore ? figures.change(answer.change(row, id), metric.direction) : ""
        if !change.isEmpty { beneath += "<span class=\"interval\">\(change)</span>" }
        return """
            <td class="number" data-label="\(metric.name(scope.language))"><div><strong>\(value)</strong>\(beneath)</div></td>
            """
    }
}
