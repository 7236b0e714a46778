import Analytics
import Catalogue
import Domain
import Web

/// A table of an answer's rows, one dimension down and metrics across. Each name leads to the page narrowed to it; what
/// rests on too little is pale and says on how much.
struct Breakdown {
    struct Column {
        var metric: String
        /// Where the table's title says the rest.
        var name: Text?
        /// The same in both languages.
        var word: String?

        init(_ metric: String, _ name: Text? = nil) {
            self.metric = metric
            self.name = name
        }

        init(_ metric: String, word: String) {
            self.metric = metric
            self.word = word
        }

        func title(_ language: Language) -> String {
            word ?? name?(language) ?? Catalogue.metric(metric)?.name(language) ?? metric
        }
    }
    let dimension: Dimension
    let columns: [Column]
    let answer: Answer
    let scope: Scope
    /// What the rows without a value are called.
    let none: Text
    var isShown: (Int) -> Bool = { _ in true }

    private var rows: [Int] { answer.rows.indices.filter(isShown) }

    var isEmpty: Bool { rows.isEmpty }

    var html: HTML {
        let heads = columns.map { column -> HTML in
            let title = column.title(scope.language)
            return "<th scope=\"col\" class=\"number\">\(title) \(About.metric(column.metric, scope))</th>"
        }
        return """
            <div class="table spaced"><table class="stack two">
            <thead><tr><th scope="col">\(dimension.name(scope.language))</th>\(heads)</tr></thead>
            <tbody>\(rows.map(row))</tbody></table></div>\(rest)
            """
    }

    /// Says that there are more rows than are shown.
    private var rest: HTML {
        guard answer.rowCount > answer.rows.count else { return "" }
        let (shown, all) = (scope.figures.integer(answer.rows.count), scope.figures.integer(answer.rowCount))
        return """
            <p class="muted small">\(scope.say(
                "Menampilkan \(shown) dari \(all).", "Showing \(shown) of \(all)."))</p>
            """
    }

    private func row(_ row: Int) -> HTML {
        "<tr><th scope=\"row\">\(title(row))</th>\(columns.map { cell(row, $0) })</tr>\n"
    }

    private func title(_ row: Int) -> HTML {
        guard let value = answer.cell(row, dimension.rawValue).text else {
            return scope.link(dimension, nil, none(scope.language))
        }
        return scope.link(dimension, value, dimension.word(value, scope))
    }

    private func cell(_ row: Int, _ column: Column) -> HTML {
        let sample = scope.sample(answer, row, column.metric)
        let isSmall = sample?.isSmall ?? false
        return """
            <td class="number\(isSmall ? " faint" : "")" data-label="\(column.title(scope.language))"><div>\
            <strong>\(scope.number(answer, row, column.metric))</strong>\(beneath(row, column.metric, sample?.count, isSmall))\
            </div></td>
            """
    }

    /// A change where the number can be believed, its interval and sample where it cannot.
    private func beneath(_ row: Int, _ metric: String, _ sample: Int64?, _ isSmall: Bool) -> HTML {
        if isSmall, let sample, answer.cell(row, metric).number != nil {
            let interval = scope.interval(answer, row, metric).map { "\($0) · " } ?? ""
            return "<span class=\"interval\">\(interval)n = \(scope.figures.integer(sample))</span>"
        }
        guard answer.hasBefore, let definition = Catalogue.metric(metric) else { return "" }
        let change = scope.figures.change(answer.change(row, metric), definition.direction)
        return change.isEmpty ? "" : "<span class=\"interval\">\(change)</span>"
    }
}

extension Scope {
    /// The totals of some metrics, each with its change against the period before.
    func totals(_ columns: [Breakdown.Column], _ answer: Answer) -> HTML {
        let items = columns.map { column -> HTML in
            guard let metric = Catalogue.metric(column.metric) else { return "" }
            let change = answer.hasBefore ? figures.change(answer.totalChange(column.metric), metric.direction) : ""
            let beside: HTML = change.isEmpty ? "" : "<span class=\"beside\">\(change)</span>"
            return """
                <div><dt>\(column.title(language)) \(About.metric(column.metric, self))</dt>\
                <dd>\(total(answer, column.metric))\(beside)</dd></div>
                """
        }
        return "<dl class=\"figures\">\(items)</dl>"
    }

    /// A small heading inside a card.
    func heading(_ words: Text) -> HTML { "<h3 class=\"spaced\">\(words(language))</h3>" }

    /// An address of the API that is narrowed as this page is, for what is no question of the query language.
    func api(_ path: String, among dimensions: [Dimension], hasRange: Bool = true) -> String {
        var items: [(String, String)] = []
        switch filters.span {
        case .preset(let preset) where hasRange: items.append(("preset", preset.rawValue))
        case .dates(let from, let to) where hasRange: items += [("from", from.description), ("to", to.description)]
        default: break
        }
        for condition in filters.conditions(among: dimensions) {
            if condition.op == .isIn { items += condition.values.map { (condition.dimension.rawValue, $0) } }
        }
        return URLQuery(items).url(path: path)
    }
}
