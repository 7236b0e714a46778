import Analytics
import Catalogue
import Domain
import Web

/// A table of an answer that is split by one dimension: its values down, metrics across. Each number stands with what
/// makes it believable: interval, change against the period before, and paler where its sample is small.
struct MetricTable {
    let dimension: Dimension
    let metrics: [String]
    let answer: Answer
    let scope: Scope
    /// The same sums of money split by currency, for when a row's are of several.
    var amounts: Answer?
    /// Where a value leads; nil for nowhere.
    var target: (String?) -> String? = { _ in nil }
    /// The address that sorts by a column; nil where sorting is not offered.
    var sorting: ((String) -> String)?
    /// What stands under the value of a row.
    var beneath: (Int) -> HTML = { _ in "" }
    /// What stands under the first number of a row.
    var picture: ((Int) -> HTML)?
    var isShown: (Int) -> Bool = { _ in true }

    var html: HTML {
        """
        <div class="table spaced"><table class="stack two dense">
        <thead><tr><th scope="col">\(dimension.name(scope.language))</th>\(metrics.map(head))</tr></thead>
        <tbody>\(answer.rows.indices.filter(isShown).map(row))</tbody></table></div>
        """
    }

    private func head(_ id: String) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "<th></th>" }
        let name = metric.shortName(scope.language)
        guard let sorting else {
            return "<th scope=\"col\" class=\"number\">\(name) \(About.metric(id, scope))</th>"
        }
        let order = answer.meta.query.order.first
        let isCurrent = order?.by == id
        let label = scope.say("Urutkan menurut \(name)", "Sort by \(name)")
        let sort: HTML =
            isCurrent ? " aria-sort=\"\(order?.isDescending == true ? "descending" : "ascending")\"" : ""
        let arrow: HTML = isCurrent ? (order?.isDescending == true ? " ↓" : " ↑") : ""
        return """
            <th scope="col" class="number"\(sort)><a href="\(sorting(id))" title="\(label)">\(name)\(arrow)</a> \
            \(About.metric(id, scope))</th>
            """
    }

    private func row(_ row: Int) -> HTML {
        """
        <tr><th scope="row" class="name">\(title(row))\(beneath(row))</th>\(metrics.map { cell(row, $0) })</tr>

        """
    }

    private func title(_ row: Int) -> HTML {
        let value = answer.cell(row, dimension.rawValue).text
        let words = value.map { dimension.word($0, scope) } ?? scope.none(dimension)
        guard let url = target(value) else {
            return value == nil ? "<span class=\"muted\">\(words)</span>" : HTML(breaking: words)
        }
        return "<a href=\"\(url)\">\(HTML(breaking: words))</a>"
    }

    private func cell(_ row: Int, _ id: String) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "<td></td>" }
        let sample = scope.sample(answer, row, id)
        var beneath: HTML = ""
        if let interval = scope.interval(answer, row, id) {
            beneath += "<span class=\"interval\">\(interval)</span>"
        }
        if let sample, sample.isSmall, sample.count > 0 {
            let of = scope.figures.integer(sample.count)
            beneath += "<span class=\"interval\">\(scope.say("hanya dari \(of)", "from only \(of)"))</span>"
        } else if answer.hasBefore {
            let change = scope.figures.change(answer.change(row, id), metric.direction)
            if !change.isEmpty { beneath += "<span class=\"interval\">\(change)</span>" }
        }
        if id == metrics.first, let picture { beneath += picture(row) }
        return """
            <td class="number\(sample?.isSmall == true ? " faint" : "")" data-label="\(metric.shortName(scope.language))">\
            <div><strong>\(value(row, metric))</strong>\(beneath)</div></td>
            """
    }

    private func value(_ row: Int, _ metric: Metric) -> HTML {
        guard metric.unit == .money, answer.cell(row, metric.id) == .null, let amounts else {
            return scope.number(answer, row, metric.id)
        }
        let key = answer.cell(row, dimension.rawValue)
        return "\(scope.figures.sums(amounts, metric.id) { amounts.cell($0, dimension.rawValue) == key })"
    }
}

extension Scope {
    /// What rows without a value of a dimension are called.
    func none(_ dimension: Dimension) -> String {
        let name = dimension.name(language).lowercased()
        return say("tanpa \(name)", "no \(name)")
    }

    /// How many rows of how many are shown.
    func shown(_ answer: Answer) -> HTML {
        guard answer.rowCount > answer.rows.count else { return "" }
        let (some, all) = (figures.integer(answer.rows.count), figures.integer(answer.rowCount))
        return "<p>\(say("\(some) terbanyak dari \(all)", "the \(some) largest of \(all)"))</p>"
    }

    /// Figures of an answer's totals, each with its definition, sample and change.
    func figures(_ answer: Answer, _ metrics: [String], amounts: Answer? = nil) -> HTML {
        let parts = metrics.compactMap { id -> HTML? in
            guard let metric = Catalogue.metric(id) else { return nil }
            var beside: [HTML] = []
            if answer.hasBefore {
                let change = figures.change(answer.totalChange(id), metric.direction)
                if !change.isEmpty { beside.append(change) }
            }
            // One row without dimensions: its interval and sample are those of the total.
            if answer.rows.count == 1, answer.columns.allSatisfy({ $0.kind == .metric }) {
                if let interval = interval(answer, 0, id) { beside.append("<span>\(interval)</span>") }
                if let sample = sample(answer, 0, id), sample.isSmall, sample.count > 0 {
                    let of = figures.integer(sample.count)
                    beside.append("<span>\(say("hanya dari \(of)", "from only \(of)"))</span>")
                }
            }
            let line: HTML = beside.isEmpty ? "" : "<span class=\"beside\">\(beside.joined())</span>"
            let isLong: HTML =
                figures.total(answer, metric, amounts: amounts).count > 11 ? " class=\"long\"" : ""
            return """
                <div><dt>\(metric.name(language)) \(About.metric(id, self))</dt>\
                <dd\(isLong)>\(total(answer, id, amounts: amounts))\(line)</dd></div>
                """
        }
        return "<dl class=\"figures\">\(parts)</dl>"
    }
}

extension HTML {
    /// A name that may go on in a new line after `_`, as names of templates do.
    init(breaking name: String) {
        self = name.split(separator: "_", omittingEmptySubsequences: false).enumerated().reduce("") {
            $0 + ($1.offset == 0 ? "\($1.element)" : "_<wbr>\($1.element)")
        }
    }
}

extension [HTML] {
    /// One behind the other, with a point between.
    fileprivate func joined() -> HTML {
        enumerated().reduce("") { $0 + ($1.offset == 0 ? $1.element : " · " + $1.element) }
    }
}

extension Metric {
    /// Where a column has little room and the table says the rest.
    func shortName(_ language: Language) -> String { Self.short[id]?(language) ?? Self.bare[id] ?? name(language) }

    /// The same in both languages.
    private static let bare = [
        "time_to_deliver_p50": "p50", "time_to_deliver_p90": "p90", "time_to_deliver_p99": "p99",
        "time_to_read_p50": "p50", "time_to_read_p90": "p90",
    ]

    private static let short = [
        "delivery_rate": Text(id: "Sampai", en: "Delivered"),
        "messages_delivered": Text(id: "Sampai", en: "Delivered"),
        "delivery_rate_expected": Text(id: "Perkiraan sampai", en: "Expected"),
        "failure_rate": Text(id: "Gagal", en: "Failed"),
        "read_rate": Text(id: "Tanda dibaca", en: "Read receipts"),
        "read_rate_floor": Text(id: "Terbukti dibaca", en: "Proven read"),
        "read_rate_expected": Text(id: "Perkiraan dibaca", en: "Expected read"),
        "reply_rate": Text(id: "Dibalas", en: "Replied to"),
        "click_rate": Text(id: "Diklik", en: "Clicked"),
        "opt_out_rate": Text(id: "Berhenti", en: "Opted out"),
        "messages_opted_out": Text(id: "Orang", en: "People"),
        "conversion_rate": Text(id: "Konversi", en: "Converted"),
        "messages_expired": Text(id: "Kedaluwarsa", en: "Expired"),
        "expired_rate": Text(id: "Porsi", en: "Share"),
        "messages_pending": Text(id: "Menunggu", en: "Pending"),
        "value_credited": Text(id: "Nilai", en: "Value"),
    ]
}
