import Catalogue
import Domain
import Insights
import Web

extension Board {
    /// What has been found, what came of it, and what is still to be done.
    static let findings = Board(
        Navigation.findings,
        about: Text(
            id: "Apa yang berubah, mengapa, apa dampaknya, dan apa yang perlu dilakukan.",
            en: "What changed, why, what it costs, and what to do."),
        dimensions: [], cards: [FindingListCard()], hasFilters: false)
}

/// All findings, narrowed by state, kind and severity.
struct FindingListCard: Card {
    struct Model: Sendable {
        /// Nil where nobody watches.
        var now: FindingsNow?
        var findings: [Finding]
        var count: Int
    }
    /// What is not over, whatever people said of it.
    private static let lasting: [FindingState] = [.open, .acknowledged, .muted]
    static let rowsMax = 100

    let name = "findings"
    let title = Text(id: "Temuan", en: "What was found")
    let isLive = true
    let height = CardHeight(10, narrow: 16)

    func load(_ scope: Scope) async throws -> Model {
        guard let findings = scope.data.findings, let now = try await FindingsNow(scope) else {
            return Model(now: nil, findings: [], count: 0)
        }
        let states: [FindingState] =
            switch scope.filters.option(.state) {
            case nil: Self.lasting
            case "all"?: []
            case let word?: FindingState(rawValue: word).map { [$0] } ?? Self.lasting
            }
        let kind = scope.filters.option(.about).flatMap(FindingKind.init(rawValue:))
        let severity = scope.filters.option(.severity).flatMap(Severity.init(word:))
        var found = try await findings.all(states).filter { finding in
            (kind == nil || finding.kind == kind) && (severity == nil || finding.severity == severity)
        }
        if states == Self.lasting { found = found.worstFirst }
        return Model(now: now, findings: found, count: found.count)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard model.now != nil else { return [] }
        let columns = [
            "id", "kind", "severity", "state", "since", "until", "metric", "segment", "title", "cause", "share",
            "messages_per_day", "people_per_day", "money_per_day", "currency", "action",
        ]
        let clock = scope.figures.clock
        let rows = model.findings.map { finding -> [ExportTable.Value] in
            let cause = finding.likeliest
            let number = { (value: Double?) in value.map(ExportTable.Value.number) ?? .none }
            return [
                .words(finding.id), .words(finding.kind.rawValue), .words(finding.severity.word),
                .words(finding.state.rawValue), .words(clock.rfc3339(finding.since)),
                finding.until.map { .words(clock.rfc3339($0)) } ?? .none, .words(finding.metric),
                .words(finding.segment.key), .words(finding.title(scope.language)),
                cause.map { .words($0.text(scope.language)) } ?? .none, number(cause?.share),
                number(finding.impact.messages), number(finding.impact.people), number(finding.impact.money),
                finding.impact.currency.map { .words($0) } ?? .none, .words(finding.action(scope.language)),
            ]
        }
        let state = scope.filters.option(.state).flatMap(FindingState.init(rawValue:))
        return [
            .table(
                ExportTable(
                    columns: columns, rows: rows,
                    api: "/api/v1/findings" + (state.map { "?state=\($0.rawValue)" } ?? ""),
                    command: "pantau findings" + (state.map { " --state \($0.rawValue)" } ?? "")))
        ]
    }

    // MARK: Drawing

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard let now = model.now else { return Self.unwatched(scope) }
        return """
            \(form(scope))
            \(model.findings.isEmpty ? empty(now, scope) : list(model, scope))
            <p class="aside">\(now.watching(scope))</p>
            """
    }

    static func unwatched(_ scope: Scope) -> HTML {
        """
        <div class="empty"><p>\(scope.say(
            "Data ini tidak diawasi, jadi tidak ada temuan. Pengawasan berjalan bersama server.",
            "These data are not watched, so there are no findings. The watch runs with the server."))</p></div>
        """
    }

    private func empty(_ now: FindingsNow, _ scope: Scope) -> HTML {
        let isNarrowed = [.state, .about, .severity].contains { scope.filters.option($0) != nil }
        if isNarrowed {
            let all = scope.filters.withoutOptions.setting(.state, to: "all").url(path: scope.path)
            return """
                <div class="empty"><p>\(scope.say(
                    "Tidak ada temuan yang cocok.", "No finding matches.")) \
                <a href="\(all)">\(scope.say("Lihat semuanya", "See all of them"))</a></p></div>
                """
        }
        let pill: HTML =
            now.isLearning || now.watchedTo == nil
            ? "<span class=\"pill waiting\">\(scope.say("Sedang belajar", "Still learning"))</span>"
            : "<span class=\"pill good\">\(scope.say("Aman", "All well"))</span>"
        let words =
            now.isLearning || now.watchedTo == nil
            ? scope.say("Belum ada yang dapat disimpulkan.", "Nothing can be concluded yet.")
            : scope.say("Tidak ada yang tidak biasa.", "Nothing is out of the ordinary.")
        return "<div class=\"empty\"><p>\(pill) \(words)</p></div>"
    }

    private func list(_ model: Model, _ scope: Scope) -> HTML {
        let items = model.findings.prefix(Self.rowsMax).map { FindingItem(finding: $0, scope: scope).html }
        let rest: HTML =
            model.count > Self.rowsMax
            ? """
            <p class="muted small">\(scope.say(
                "Menampilkan \(scope.figures.integer(Self.rowsMax)) dari \(scope.figures.integer(model.count)).",
                "Showing \(scope.figures.integer(Self.rowsMax)) of \(scope.figures.integer(model.count))."))</p>
            """ : ""
        return "<ul class=\"findings\">\(items)</ul>\(rest)"
    }

    private func form(_ scope: Scope) -> HTML {
        let language = scope.language
        let all = scope.say("semua", "all")
        let state = FormChoice(
            name: "state", label: scope.say("Keadaan", "State"),
            options: [("", scope.say("berlangsung", "lasting"))]
                + FindingState.allCases.map { ($0.rawValue, $0.name(language).lowercased()) } + [("all", all)],
            chosen: scope.filters.option(.state) ?? "")
        let kind = FormChoice(
            name: "about", label: scope.say("Jenis", "Kind"),
            options: [("", all)] + FindingKind.allCases.map { ($0.rawValue, $0.name(language)) },
            chosen: scope.filters.option(.about) ?? "")
        let severity = FormChoice(
            name: "severity", label: scope.say("Kegawatan", "Severity"),
            options: [("", all)]
                + Severity.allCases.reversed().map { ($0.word, FindingWords.name($0)(language)) },
            chosen: scope.filters.option(.severity) ?? "")
        let kept = scope.filters.withoutOptions.query.items.map { item -> HTML in
            "<input type=\"hidden\" name=\"\(item.name)\" value=\"\(item.value)\">"
        }
        return """
            <form method="get" action="\(scope.path)" class="actions narrowing">\(kept)\(state.html)\(kind.html)\
            \(severity.html)<button type="submit">\(scope.say("Terapkan", "Apply"))</button></form>
            """
    }
}

/// One finding in a list: what, why, what it costs, what to do.
struct FindingItem {
    let finding: Finding
    let scope: Scope
    /// On the first page: the rest is one click away.
    var isBrief = false

    var html: HTML {
        let words = FindingWords(finding, scope)
        let place = words.place
        let action = finding.action(scope.language)
        let state: HTML = finding.state == .open ? "" : " \(words.statePill)"
        return """
            <li><p>\(words.severityPill)\(state) <a href="\(words.url)"><strong>\(finding.title(scope.language))</strong></a> \
            <span class="muted small">\(words.time)</span></p>
            <div class="told">\(words.causeLine(isBrief: isBrief))\(words.impactLine)
            <p><span class="muted">\(scope.say("Langkah", "To do")):</span> \(isBrief ? FindingWords.first(action) : action) \
            <a href="\(place.url)">\(place.title)</a></p></div></li>

            """
    }
}
