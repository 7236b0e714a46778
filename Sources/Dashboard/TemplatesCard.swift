import Analytics
import Catalogue
import Domain
import Web

/// Which template works?
struct TemplatesCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var amounts: Answer
        /// Messages by template and day, for the small pictures.
        var days: Answer
        var search: String?
        /// Rows whose name holds what is looked for.
        var rows: [Int]
    }
    static let metrics = [
        "messages", "delivery_rate", "read_rate_floor", "read_rate_expected", "reply_rate", "click_rate",
        "opt_out_rate", "cost_per_outcome", "value_credited",
    ]
    static let asked = 500
    static let rowsMax = 60

    let name = "templates"
    let title = Text(id: "Templat dan hasilnya", en: "Templates and what they bring")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        let order = Self.order(scope)
        async let answer = scope.ask(Self.metrics, by: [.template], order: [order], limit: Self.asked)
        async let amounts = scope.ask(["value_credited"], by: [.template, .currency])
        async let days = scope.ask(["messages"], by: [.template], grain: scope.seriesGrain)
        let search = scope.filters.option(.search)
        let found = try await answer
        let rows = found.rows.indices.filter { row in
            guard let search else { return true }
            return found.cell(row, "template").text?.lowercased().contains(search.lowercased()) ?? false
        }
        return try await Model(
            answer: found, amounts: amounts, days: days, search: search, rows: Array(rows.prefix(Self.rowsMax)))
    }

    /// `sort=delivery_rate`: worst first for what should be high, so that one click shows what needs work.
    static func order(_ scope: Scope) -> Query.Order {
        let word = scope.filters.option(.sort) ?? ""
        let isAscending = word.hasPrefix("-")
        let id = isAscending ? String(word.dropFirst()) : word
        guard metrics.contains(id) else { return Query.Order(by: "messages", isDescending: true) }
        return Query.Order(by: id, isDescending: !isAscending)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.answer.rowCount > 0 else { return "" }
        let (shown, all) = (model.rows.count, model.answer.rowCount)
        let total = scope.figures.integer(all)
        if shown < all {
            let some = scope.figures.integer(shown)
            return "<p>\(scope.say("\(some) dari \(total) templat", "\(some) of \(total) templates"))</p>"
        }
        return "<p>\(scope.say("\(total) templat", all == 1 ? "1 template" : "\(total) templates"))</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.answer.rows.isEmpty else { return Empty.messages(scope) }
        let note = scope.say(
            "Di bawah tiap tingkat: selang 95\u{A0}%, lalu perubahan dari periode pembanding. Angka pudar: sampelnya "
                + "terlalu kecil untuk disimpulkan.",
            "Below each rate: its 95% interval, then the change against the compared period. Pale numbers: the sample "
                + "is too small to conclude from.")
        guard !model.rows.isEmpty else {
            return search(model, scope)
                + scope.sentence(
                    "Tidak ada templat dengan nama seperti itu pada rentang ini.",
                    "No template of this range has such a name.")
        }
        let lines = Self.lines(model.days)
        let shown = Set(model.rows)
        let table = MetricTable(
            dimension: .template, metrics: Self.metrics, answer: model.answer, scope: scope, amounts: model.amounts,
            target: { value in value.map { scope.url("/template", .template, $0) } },
            sorting: { id in
                let order = Self.order(scope)
                let word = order.by == id && order.isDescending ? "-" + id : id
                return scope.url(scope.filters.setting(.sort, to: word))
            },
            picture: { row in
                Sparkline(
                    lines[model.answer.cell(row, "template").text ?? ""] ?? [], .volume,
                    label: scope.say("Pesan per hari", "Messages by day"), isInline: true
                ).html
            }, isShown: shown.contains)
        let compare = scope.say("Bandingkan templat atau varian", "Compare templates or variants")
        return search(model, scope)
            + "<p class=\"muted small\">\(note) <a href=\"\(scope.url("/compare"))\">\(compare)</a></p>" + table.html
            + scope.notes(model.answer.meta.notes)
    }

    private func search(_ model: Model, _ scope: Scope) -> HTML {
        let label = scope.say("Cari templat", "Find a template")
        let hidden = scope.filters.setting(.search, to: nil).query.items.map { item -> HTML in
            "<input type=\"hidden\" name=\"\(item.name)\" value=\"\(item.value)\">"
        }
        return """
            <form class="search" method="get" action="\(scope.path)" role="search">\(hidden)\
            <label><span class="unseen">\(label)</span>\
            <input type="search" name="q" value="\(model.search ?? "")" placeholder="\(label)"></label> \
            <button type="submit">\(scope.say("Cari", "Find"))</button></form>

            """
    }

    /// Messages of each template in order of time.
    private static func lines(_ answer: Answer) -> [String: [Double]] {
        var times: [String: Int] = [:]
        for row in answer.rows.indices {
            guard let time = answer.cell(row, "time").text, times[time] == nil else { continue }
            times[time] = times.count
        }
        let order = Dictionary(
            uniqueKeysWithValues: times.keys.sorted().enumerated().map { ($0.element, $0.offset) })
        var lines: [String: [Double]] = [:]
        for row in answer.rows.indices {
            guard let time = answer.cell(row, "time").text, let place = order[time] else { continue }
            let template = answer.cell(row, "template").text ?? ""
            lines[template, default: Array(repeating: 0, count: order.count)][place] =
                answer.cell(row, "messages").number ?? 0
        }
        return lines
    }
}
