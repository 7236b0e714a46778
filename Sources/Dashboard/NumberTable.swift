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

    var html: HTML {
        let heads = metrics.map { id -> HTML in
            let name = Catalogue.metric(id)?.name(scope.language) ?? id
            return "<th scope=\"col\" class=\"number\">\(name) \(About.metric(id, scope))</th>"
        }
        return """
            <div class="table spaced"><table class="stack two">
            <thead><tr><th scope="col">\(dimension.name(scope.language))</th>\(heads)</tr></thead>
            <tbody>\(answer.rows.indices.filter(isShown).map(row))</tbody></table></div>\(rest)
            """
    }

    /// Says that there are more rows than are shown.
    private var rest: HTML {
        guard answer.rowCount > answer.rows.count else { return "" }
        let (shown, all) = (scope.figures.integer(answer.rows.count), scope.figures.integer(answer.rowCount))
        let words = scope.say("Menampilkan \(shown) dari \(all).", "Showing \(shown) of \(all).")
        return "<p class=\"muted small\">\(words)</p>"
    }

    private func row(_ row: Int) -> HTML {
        let cells = metrics.map { id -> HTML in
            guard let metric = Catalogue.metric(id) else { return "<td></td>" }
            let sample = scope.sample(answer, row, id)
            return """
                <td class="number\(sample?.isSmall ?? false ? " faint" : "")" \
                data-label="\(metric.name(scope.language))"><div><strong>\(value(row, metric))</strong>\
                \(beneath(row, metric, sample))</div></td>
                """
        }
        return "<tr><th scope=\"row\" class=\"name\">\(title(row))</th>\(cells)</tr>\n"
    }

    /// A change where the number can be believed, its interval and sample where it cannot.
    private func beneath(_ row: Int, _ metric: Metric, _ sample: (count: Int64, isSmall: Bool)?) -> HTML {
        if let sample, sample.isSmall, answer.cell(row, metric.id).number != nil {
            let interval = scope.interval(answer, row, metric.id).map { "\($0) · " } ?? ""
            return "<span class=\"interval\">\(interval)n = \(scope.figures.integer(sample.count))</span>"
        }
        let change = answer.hasBefore ? scope.figures.change(answer.change(row, metric.id), metric.direction) : ""
        return change.isEmpty ? "" : "<span class=\"interval\">\(change)</span>"
    }

    private func value(_ row: Int, _ metric: Metric) -> HTML {
        guard metric.unit == .money, answer.cell(row, metric.id) == .null, let amounts else {
            return scope.number(answer, row, metric.id)
        }
        let key = answer.cell(row, dimension.rawValue)
        return "\(scope.figures.sums(amounts, metric.id) { amounts.cell($0, dimension.rawValue) == key })"
    }

    private func title(_ row: Int) -> HTML {
        guard let value = answer.cell(row, dimension.rawValue).text else {
            return "<span class=\"muted\">\(none)</span>"
        }
        return scope.link(dimension, value, dimension.word(value, scope))
    }
}

extension Scope {
    /// The totals of some metrics, each with its definition and its change against the period before.
    /// - Parameter amounts: the same sums of money split by currency, for when they are of several.
    func headline(_ metrics: [String], _ answer: Answer, amounts: Answer? = nil) -> HTML {
        let parts = metrics.compactMap(Catalogue.metric).map { metric -> HTML in
            let change = answer.hasBefore ? figures.change(answer.totalChange(metric.id), metric.direction) : ""
            let beside: HTML = change.isEmpty ? "" : "<span class=\"beside\">\(change)</span>"
            // Amounts of money can be wider than their place.
            let size: HTML = figures.total(answer, metric, amounts: amounts).count > 12 ? " class=\"long\"" : ""
            return """
                <div><dt>\(metric.name(language)) \(About.metric(metric.id, self))</dt>\
                <dd\(size)>\(total(answer, metric.id, amounts: amounts))\(beside)</dd></div>
                """
        }
        return "<dl class=\"figures\">\(parts)</dl>"
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
