import Analytics
import Catalogue
import Domain
import Web

/// A table of an answer's rows: one dimension down, metrics across, each with its definition.
struct NumberTable {
    let dimension: Dimension
    let metrics: [String]
    let answer: Answer
    let scope: Scope
    /// What the rows without a value are called.
    let none: String
    /// The same sums of money split by currency too, for when a row's are of several.
    var amounts: Answer?
    var isShown: (Int) -> Bool = { _ in true }
    /// A value as people call it.
    var named: (String) -> String = { $0 }

    var html: HTML {
        let heads = metrics.map { id -> HTML in
            let name = Catalogue.metric(id)?.name(scope.language) ?? id
            return "<th scope=\"col\" class=\"number\">\(name) \(About.metric(id, scope))</th>"
        }
        return """
            <div class="table spaced"><table class="stack two">
            <thead><tr><th scope="col">\(dimension.name(scope.language))</th>\(heads)</tr></thead>
            <tbody>\(answer.rows.indices.filter(isShown).map(row))</tbody></table></div>
            """
    }

    private func row(_ row: Int) -> HTML {
        let cells = metrics.map { id -> HTML in
            guard let metric = Catalogue.metric(id) else { return "<td></td>" }
            let sample = answer.samples[id].flatMap { $0.indices.contains(row) ? $0[row] : nil }
            let isSmall = sample.map { $0 < metric.minimumSample } ?? false
            let change = answer.hasBefore ? scope.figures.change(answer.change(row, id), metric.direction) : ""
            let beneath: HTML = change.isEmpty ? "" : "<span class=\"interval\">\(change)</span>"
            return """
                <td class="number\(isSmall ? " faint" : "")" data-label="\(metric.name(scope.language))"><div>\
                <strong>\(value(row, metric))</strong>\(beneath)</div></td>
                """
        }
        return "<tr><th scope=\"row\">\(title(row))</th>\(cells)</tr>\n"
    }

    private func value(_ row: Int, _ metric: Metric) -> String {
        guard metric.unit == .money, answer.cell(row, metric.id) == .null, let amounts else {
            return scope.figures.cell(answer, row, metric)
        }
        let key = answer.cell(row, dimension.rawValue)
        return scope.figures.sums(amounts, metric.id) { amounts.cell($0, dimension.rawValue) == key }
    }

    private func title(_ row: Int) -> HTML {
        guard let value = answer.cell(row, dimension.rawValue).text else {
            return "<span class=\"muted\">\(none)</span>"
        }
        return scope.link(dimension, value, named(value))
    }
}

extension Scope {
    /// What a reader should know before believing an answer.
    func notes(_ notes: [Text]) -> HTML {
        notes.isEmpty ? "" : "<p class=\"muted small spaced\">\(notes.map { $0(language) }.joined(separator: " "))</p>"
    }

    /// A sentence that fills a card.
    func sentence(_ id: String, _ en: String) -> HTML {
        "<div class=\"empty\"><p>\(HTML(prose: say(id, en)))</p></div>"
    }

    /// A length in proportion to a whole, drawn.
    /// - Parameter isCalm: more is not worse.
    func bar(_ share: Double, isCalm: Bool = false) -> HTML {
        let width = Int((min(1, max(0, share.isFinite ? share : 0)) * 84).rounded())
        return """
            <span class="bar\(isCalm ? " calm" : "")"><svg width="84" height="6" aria-hidden="true">\
            <rect width="\(max(1, width))" height="6"/></svg></span>
            """
    }
}
