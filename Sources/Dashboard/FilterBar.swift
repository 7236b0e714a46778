import Catalogue
import Domain
import Storage
import Web

/// The bar of filters above every page of cards: range, comparison, and what the page is narrowed to.
struct FilterBar {
    let board: Board
    let scope: Scope
    let known: FilterValues

    private var filters: Filters { scope.filters }

    func html() async -> HTML {
        var choices: [HTML] = []
        for dimension in board.dimensions { choices.append(await select(dimension)) }
        let more = filters.query.setting("page", to: board.path).setting("lang", to: scope.language.rawValue)
        return """
            <form class="filters" id="filters" method="get" action="\(board.path)" data-send-on-change \
            aria-label="\(scope.say("Filter", "Filters"))">
            \(range)\(comparison)\(choices)\(kept)
            <details class="more-filters" data-load="\(more.url(path: "/filters"))"><summary>\
            \(scope.say("Filter lain", "More filters"))</summary><div></div></details>
            <button type="submit" class="unseen-with-scripts">\(scope.say("Terapkan", "Apply"))</button>
            </form>
            \(chips)
            """
    }

    // MARK: Time

    private var range: HTML {
        let language = scope.language
        let isCustom = if case .dates = filters.span { true } else { false }
        let options = Filters.presets.map { preset -> HTML in
            let chosen: HTML = filters.span == .preset(preset) ? " selected" : ""
            return "<option value=\"\(preset.rawValue)\"\(chosen)>\(preset.name(language))</option>"
        }
        let (from, to) = filters.dates(now: scope.now, clock: scope.figures.clock)
        let custom = scope.say("Pilih tanggal…", "Choose dates…")
        return """
            <span class="range">\(step(-1, "prev", "[", scope.say("Rentang sebelumnya", "Range before"), "‹"))\
            <label><span class="unseen">\(scope.say("Rentang", "Range"))</span><select name="range" data-range>\
            \(options)<option value=""\(isCustom ? " selected" as HTML : "")>\(custom)</option></select></label>\
            <span class="dates"\(isCustom ? "" : " hidden" as HTML)>\
            <label><span class="unseen">\(scope.say("Dari", "From"))</span>\
            <input type="date" name="from" value="\(from.description)"\(isCustom ? "" : " disabled" as HTML)></label>–\
            <label><span class="unseen">\(scope.say("Sampai", "To"))</span>\
            <input type="date" name="to" value="\(to.adding(days: -1).description)"\
            \(isCustom ? "" : " disabled" as HTML)></label></span>\
            \(step(1, "next", "]", scope.say("Rentang berikutnya", "Range after"), "›"))</span>
            """
    }

    private func step(_ steps: Int64, _ rel: HTML, _ key: String, _ label: String, _ sign: HTML) -> HTML {
        guard let moved = filters.moved(steps, now: scope.now, clock: scope.figures.clock) else {
            return "<span class=\"step\" aria-hidden=\"true\">\(sign)</span>"
        }
        return """
            <a class="step" rel="\(rel)" data-key="\(key)" href="\(moved.url(path: board.path))" title="\(label)" \
            aria-label="\(label)">\(sign)</a>
            """
    }

    private var comparison: HTML {
        let choices: [(Query.Comparison?, String)] = [
            (.previousPeriod, scope.say("dibanding sebelumnya", "against the time before")),
            (.lastYear, scope.say("dibanding tahun lalu", "against last year")),
            (nil, scope.say("tanpa pembanding", "no comparison")),
        ]
        let options = choices.map { choice, words -> HTML in
            let chosen: HTML = choice == filters.compare ? " selected" : ""
            return "<option value=\"\(choice?.rawValue ?? "none")\"\(chosen)>\(words)</option>"
        }
        return """
            <label><span class="unseen">\(scope.say("Pembanding", "Comparison"))</span>\
            <select name="compare">\(options)</select></label>
            """
    }

    // MARK: Dimensions

    /// Selects for everything else that pages can be narrowed by: fetched when they are opened.
    func further() async -> HTML {
        var selects: [HTML] = []
        for dimension in board.furtherDimensions { selects.append(await select(dimension)) }
        return "\(selects)"
    }

    /// Chooses one more value of a dimension. A store that fails leaves it out; the cards say what is wrong.
    private func select(_ dimension: Dimension) async -> HTML {
        let values = await known.values(of: dimension, scope)
        guard !values.isEmpty else { return "" }
        let chosen: Set<String> = if case .values(let list)? = scope.filters[dimension] { Set(list) } else { [] }
        let name = dimension.name(scope.language)
        let options = values.filter { !chosen.contains($0) }.map { value -> HTML in
            "<option value=\"\(value)\">\(dimension.word(value, scope))</option>"
        }
        let all = chosen.isEmpty ? scope.say("\(name): semua", "\(name): all") : scope.say("+ \(name)", "＋ \(name)")
        return """
            <label><span class="unseen">\(name)</span><select name="\(dimension.rawValue)">\
            <option value="">\(all)</option>\(options)</select></label>
            """
    }

    /// What is chosen goes along when the form is sent.
    private var kept: [HTML] {
        let options = Filters.Option.allCases.compactMap { option -> HTML? in
            guard option != .after, let value = filters.option(option) else { return nil }
            return "<input type=\"hidden\" name=\"\(option.rawValue)\" value=\"\(value)\">"
        }
        return options
            + filters.dimensions.flatMap { dimension -> [HTML] in
                switch filters[dimension] {
                case .values(let values)?:
                    values.map { "<input type=\"hidden\" name=\"\(dimension.rawValue)\" value=\"\($0)\">" }
                case Filters.Choice.none?: ["<input type=\"hidden\" name=\"none\" value=\"\(dimension.rawValue)\">"]
                case nil: []
                }
            }
    }

    /// What the page is narrowed to, each with a way to take it back.
    private var chips: HTML {
        let narrowed = filters.dimensions.filter { $0 != board.subject }
        guard !narrowed.isEmpty else { return "" }
        let chips = narrowed.flatMap { dimension -> [HTML] in
            switch filters[dimension] {
            case .values(let values)?:
                return values.map { value in
                    chip(dimension, dimension.word(value, scope), values.filter { $0 != value })
                }
            case Filters.Choice.none?: return [chip(dimension, scope.say("tanpa", "none"), [])]
            case nil: return []
            }
        }
        var bare = filters.cleared
        if let subject = board.subject, let value = filters.only(subject) { bare = bare.setting(subject, to: [value]) }
        let all = scope.say("Hapus semua filter", "Clear all filters")
        return """
            <ul class="chips" aria-label="\(scope.say("Filter yang berlaku", "Filters in force"))">\(chips)\
            <li><a href="\(bare.url(path: board.path))">\(all)</a></li></ul>

            """
    }

    private func chip(_ dimension: Dimension, _ words: String, _ rest: [String]) -> HTML {
        let name = dimension.name(scope.language)
        let label = scope.say("Hapus filter \(name): \(words)", "Remove the filter \(name): \(words)")
        let url = filters.setting(dimension, to: rest).url(path: board.path)
        return "<li class=\"chip\">\(name): \(words) <a href=\"\(url)\" aria-label=\"\(label)\">×</a></li>"
    }
}

extension QueryRange.Preset {
    var name: Text {
        switch self {
        case .today: Text(id: "Hari ini", en: "Today")
        case .yesterday: Text(id: "Kemarin", en: "Yesterday")
        case .last7Days: Text(id: "7 hari terakhir", en: "Last 7 days")
        case .last28Days: Text(id: "28 hari terakhir", en: "Last 28 days")
        case .last90Days: Text(id: "90 hari terakhir", en: "Last 90 days")
        case .monthToDate: Text(id: "Bulan ini", en: "This month")
        }
    }
}
