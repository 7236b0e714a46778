import Catalogue
import Domain
import Insights
import Web

/// A finding as it is written on pages.
struct FindingWords {
    let finding: Finding
    let scope: Scope

    init(_ finding: Finding, _ scope: Scope) {
        self.finding = finding
        self.scope = scope
    }

    static let root = Navigation.findings.path

    static func path(_ id: String) -> String { "\(root)/\(PercentCoding.encode(id))" }

    var url: String { scope.filters.withoutOptions.url(path: Self.path(finding.id)) }

    // MARK: Severity and state

    static func name(_ severity: Severity) -> Text {
        switch severity {
        case .critical: Text(id: "mendesak", en: "urgent")
        case .warning: Text(id: "segera", en: "soon")
        case .notice: Text(id: "perlu diketahui", en: "worth knowing")
        }
    }

    var severityPill: HTML {
        if finding.kind.isGoodNews {
            return "<span class=\"pill good\">\(scope.say("kabar baik", "good news"))</span>"
        }
        let tone: HTML =
            switch finding.severity {
            case .critical: " bad"
            case .warning: " warn"
            case .notice: ""
            }
        return "<span class=\"pill\(tone)\">\(Self.name(finding.severity)(scope.language))</span>"
    }

    var statePill: HTML {
        let tone: HTML = finding.state == .resolved ? " good" : " plain"
        return "<span class=\"pill\(tone)\">\(finding.state.name(scope.language).lowercased())</span>"
    }

    /// `sejak 22 Nov 10.15 · 3 jam`, and until when once it is over.
    var time: String {
        let figures = scope.figures
        let since = figures.shortTime(finding.since)
        if let until = finding.until {
            let lasted = figures.age(Double(max(0, until.seconds - finding.since.seconds)))
            return "\(since) – \(figures.shortTime(until)) (\(lasted))"
        }
        let age = figures.age(Double(max(0, scope.now.seconds - finding.since.seconds)))
        return scope.say("sejak \(since) (\(age))", "since \(since) (\(age))")
    }

    // MARK: Cause and impact

    /// - Parameter isBrief: only what comes first is said.
    func causeLine(isBrief: Bool = false) -> HTML {
        guard let cause = finding.likeliest else { return "" }
        let text = cause.text(scope.language)
        let label =
            cause.kind == .notEnoughData
            ? scope.say("Sebabnya", "Why") : scope.say("Paling mungkin", "Likeliest cause")
        // Most sentences begin with it.
        let isSaid = text.contains("%")
        let share: HTML =
            cause.share.flatMap { isSaid ? nil : " <span class=\"muted\">(\(Self.share($0, scope)))</span>" } ?? ""
        return "<p><span class=\"muted\">\(label):</span> \(isBrief ? Self.first(text) : text)\(share)</p>"
    }

    /// The first sentence.
    static func first(_ text: String) -> String {
        text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
    }

    static func share(_ share: Double, _ scope: Scope) -> String {
        let part = scope.figures.percent(min(1, abs(share)), places: 0)
        return scope.say("\(part) perubahannya", "\(part) of the change")
    }

    /// What it costs a day: name and number.
    var impacts: [(name: String, value: String)] {
        let impact = finding.impact
        var list: [(String, String)] = []
        if let messages = impact.messages {
            list.append((scope.say("pesan per hari", "messages a day"), scope.figures.count(messages)))
        }
        if let people = impact.people {
            list.append((scope.say("orang per hari", "people a day"), scope.figures.count(people)))
        }
        if let money = impact.money {
            list.append((scope.say("uang per hari", "money a day"), scope.figures.money(money, impact.currency)))
        }
        return list
    }

    var impactLine: HTML {
        let impact = finding.impact
        if let text = impact.text, impacts.isEmpty {
            return "<p><span class=\"muted\">\(scope.say("Dampak", "Impact")):</span> \(text(scope.language))</p>"
        }
        guard !impacts.isEmpty else { return "" }
        var parts: [String] = []
        if let messages = impact.messages {
            let count = scope.figures.count(messages)
            parts.append(scope.say("\(count) pesan", "\(count) messages"))
        }
        if let people = impact.people {
            let count = scope.figures.count(people)
            parts.append(scope.say("\(count) orang", "\(count) people"))
        }
        if let money = impact.money { parts.append(scope.figures.money(money, impact.currency)) }
        let day = scope.say("per hari", "a day")
        return """
            <p><span class="muted">\(scope.say("Dampak", "Impact")):</span> \
            <strong>\(parts.joined(separator: " · "))</strong> \(day)</p>
            """
    }

    // MARK: Where its numbers are

    /// The page that shows it, narrowed to its segment and its days.
    var place: (title: String, url: String) {
        let entry = entry
        var filters = Self.narrowed(scope.filters.withoutOptions.cleared, to: finding.segment)
        filters = Self.narrowed(filters, from: finding.since, to: finding.until ?? scope.now, scope)
        if entry == Navigation.templates, finding.segment[.template] != nil {
            return (scope.say("Buka templatnya", "Open the template"), filters.url(path: "/template"))
        }
        let title = entry.title(scope.language)
        return (scope.say("Buka \(title)", "Open \(title)"), filters.url(path: entry.path))
    }

    private var entry: Navigation.Entry {
        switch finding.kind {
        case .deliveryDown, .silentFailure, .limitNear: Navigation.delivery
        case .templatePaused, .categoryRaised, .qualityFalling: Navigation.templates
        case .responseSlow, .botSilent, .repeatsUp: Navigation.service
        case .volumeWithoutOutcomes, .outcomesDown: Navigation.outcomes
        case .costUp: Navigation.costs
        case .readDown: Navigation.engagement
        case .webhooksLate: Navigation.health
        case .volumeUp, .volumeDown: Navigation.volume
        case .improving, .rule: Navigation.entry(of: Catalogue.metric(finding.metric)?.fact)
        }
    }

    static func narrowed(_ filters: Filters, to segment: Segment) -> Filters {
        segment.elements.reduce(filters) { $0.setting($1.dimension, to: [$1.value]) }
    }

    /// Whole days, as many of the last as a page can show.
    static func narrowed(_ filters: Filters, from: Instant, to: Instant, _ scope: Scope) -> Filters {
        let clock = scope.figures.clock
        let end = clock.date(of: max(from, to)).adding(days: 1)
        let start = max(clock.date(of: from), end.adding(days: -Filters.daysMax + 1))
        return filters.setting(.dates(from: start, to: end))
    }
}

extension Navigation {
    /// The page on which facts of a kind are shown.
    static func entry(of fact: Fact?) -> Entry {
        switch fact {
        case .message?: delivery
        case .wait?: service
        case .conversation?: volume
        case .charge?: costs
        case .outcome?, .credit?: outcomes
        default: overview
        }
    }
}

/// The query behind a sentence, for those who want to check it.
struct QueryFold {
    /// As `POST /api/v1/query` takes it.
    let query: String?
    let scope: Scope
    var title: String?

    var html: HTML {
        guard let query else { return "" }
        let title = title ?? scope.say("Kueri di balik kalimat ini", "The query behind this sentence")
        let command = (try? Query.parse(Array(query.utf8)))?.commandLine
        return """
            <details class="fold query"><summary>\(title)</summary>
            <p class="small"><code>POST /api/v1/query</code> <code>\(query)</code></p>
            \(command.map { "<p class=\"small\"><code>\($0)</code></p>" as HTML } ?? "")</details>
            """
    }
}
