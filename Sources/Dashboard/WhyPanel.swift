import Analytics
import Catalogue
import Domain
import Insights
import Web

/// Why a number changed between the page's time and what it is compared with: the segments, error codes and events
/// behind it. Shown in a dialog over the chart, or as a page of its own.
struct WhyPanel {
    static let path = "/why"
    private static let alternativesMax = 5
    private static let codesMax = 5

    let metric: Metric
    /// Nil when there is nothing that could be asked.
    let answer: WhyAnswer?
    let failure: Failure?
    /// The other metrics of the chart.
    let choices: [Metric]
    let card: String?
    let scope: Scope

    private var language: Language { scope.language }
    private func say(_ id: String, _ en: String) -> String { scope.say(id, en) }

    static func url(_ metric: String, _ scope: Scope, card: String? = nil, filters: Filters? = nil) -> String {
        (filters ?? scope.filters.withoutOptions).query.setting("metric", to: metric).setting("card", to: card)
            .setting("page", to: scope.path).url(path: path)
    }

    var title: Text {
        Text(
            id: "Mengapa \(metric.name.id.lowercased()) berubah?", en: "Why did \(metric.name.en.lowercased()) change?")
    }

    /// - Parameter heading: `h1` on a page of its own, `h2` in a dialog.
    func html(isDialog: Bool) -> HTML {
        let title = title(language)
        let heading: HTML =
            isDialog ? "<h2 id=\"why-title\" tabindex=\"-1\">\(title)</h2>" : "<h1 id=\"why-title\">\(title)</h1>"
        return """
            \(heading)\(switcher)
            \(answer.map(told) ?? untold)
            """
    }

    private var switcher: HTML {
        guard choices.count > 1 else { return "" }
        let links = choices.map { choice -> HTML in
            let current: HTML = choice.id == metric.id ? " aria-current=\"true\"" : ""
            return """
                <a href="\(Self.url(choice.id, scope, card: card))" data-why\(current)>\(choice.name(language))</a>
                """
        }
        return "<nav class=\"choice\" aria-label=\"\(say("Angka", "Number"))\">\(links)</nav>"
    }

    private var untold: HTML {
        let text = failure?.message(language) ?? say("Belum dapat dijelaskan.", "It cannot be explained yet.")
        return "<p class=\"statement\">\(HTML(prose: text))</p>"
    }

    // MARK: The answer

    private func told(_ answer: WhyAnswer) -> HTML {
        """
        \(headline(answer))
        \(effects(answer))
        \(causes(answer))\(codes(answer))\(marks(answer))\(alternatives(answer))\(same(answer))
        """
    }

    private func value(_ value: Double?, _ answer: WhyAnswer) -> String {
        scope.figures.value(value, metric.unit, currency: answer.currency)
    }

    private func headline(_ answer: WhyAnswer) -> HTML {
        let change = Change(from: answer.valueBefore, to: answer.value, unit: metric.unit)
        return """
            <dl class="figures"><div><dt>\(span(answer.range))</dt><dd>\(value(answer.value, answer)) \
            <span class="beside">\(scope.figures.change(change, metric.direction))</span></dd></div>
            <div><dt>\(span(answer.before))</dt><dd>\(value(answer.valueBefore, answer))</dd></div></dl>
            \(answer.notes.map { "<p class=\"muted\">\($0(language))</p>" as HTML })
            """
    }

    /// `27 Okt – 23 Nov 2026`, with the time of day where it is no whole day.
    private func span(_ range: Range<Instant>) -> String {
        let figures = scope.figures
        let clock = figures.clock
        if range.upperBound.seconds - range.lowerBound.seconds < 2 * 86_400 {
            return "\(figures.shortTime(range.lowerBound)) – \(figures.shortTime(range.upperBound))"
        }
        let last = clock.date(of: range.upperBound.adding(seconds: -1))
        return "\(figures.shortDate(clock.date(of: range.lowerBound))) – \(figures.date(last))"
    }

    private func effects(_ answer: WhyAnswer) -> HTML {
        guard let rate = answer.rateEffect, let mix = answer.mixEffect, rate.isFinite, mix.isFinite else { return "" }
        let points = { (value: Double) -> String in
            let sign = value > 0 ? "+" : value < 0 ? "−" : ""
            let unit = Text(id: "poin", en: "pts")(scope.language)
            return "\(sign)\(scope.figures.decimal(abs(value) * 100, places: 1)) \(unit)"
        }
        let bad = Self.badEvents(metric)(language)
        return """
            <dl class="terms"><dt>\(say("Angkanya sendiri berubah", "Rates themselves changed"))</dt>\
            <dd><strong>\(points(rate))</strong> \(bad)</dd>
            <dt>\(say("Bauran bergeser", "The mix shifted"))</dt><dd><strong>\(points(mix))</strong> \(bad) \
            <span class="muted">\(say(
                "(lebih banyak atau lebih sedikit dari segmen yang memang lain angkanya)",
                "(more or less of segments whose rate is different anyway)"))</span></dd></dl>
            """
    }

    /// What is counted where a rate is split: of good things, those that did not happen.
    static func badEvents(_ metric: Metric) -> Text {
        if case .quantile = metric.expression {
            return Text(id: "lebih lambat dari biasanya", en: "slower than usual")
        }
        guard metric.direction == .higherIsBetter else {
            return Text(id: metric.name.id.lowercased(), en: metric.name.en.lowercased())
        }
        switch metric.id {
        case "delivery_rate": return Text(id: "tidak sampai", en: "not delivered")
        case "read_rate", "read_rate_floor": return Text(id: "tidak terbukti dibaca", en: "not known to be read")
        case "reply_rate": return Text(id: "tidak dibalas", en: "not replied to")
        case "click_rate": return Text(id: "tidak diklik", en: "not clicked")
        case "conversion_rate", "conversation_conversion_rate":
            return Text(id: "tanpa hasil", en: "without an outcome")
        case "sla_attainment": return Text(id: "lewat dari target", en: "beyond the target")
        default:
            return Text(
                id: "yang bukan \(metric.name.id.lowercased())", en: "that are not \(metric.name.en.lowercased())")
        }
    }

    private func causes(_ answer: WhyAnswer) -> HTML {
        guard !answer.causes.isEmpty else { return "" }
        let items = answer.causes.map { reason($0, answer, isCause: true) }
        return "<h3>\(say("Penyebabnya", "What accounts for it"))</h3><ol class=\"causes\">\(items)</ol>"
    }

    private func alternatives(_ answer: WhyAnswer) -> HTML {
        let rest = answer.alternatives.filter { !answer.causes.contains($0) }.prefix(Self.alternativesMax)
        guard !rest.isEmpty else { return "" }
        let items = rest.map { reason($0, answer, isCause: false) }
        let title = say("Kemungkinan lain, satu per satu", "Other explanations, one at a time")
        let open: HTML = answer.causes.isEmpty ? " open" : ""
        return """
            <details class="fold"\(open)><summary>\(title)</summary><ol class="causes">\(items)</ol></details>
            """
    }

    private func reason(_ reason: WhyAnswer.Reason, _ answer: WhyAnswer, isCause: Bool) -> HTML {
        let links = reason.segments.map { segment -> HTML in
            "<a href=\"\(rows(segment))\"><strong>\(segment.words(language))</strong></a>"
        }
        let joined = links.dropFirst().reduce(links.first ?? "") { "\($0); \($1)" as HTML }
        let fold: HTML = isCause ? QueryFold(query: reason.query, scope: scope).html : ""
        return """
            <li>\(ShareBar(share: reason.share, scope: scope).html)<div><p>\(joined)</p>\
            \(beforeAndAfter(reason))\(fold)</div></li>
            """
    }

    private func beforeAndAfter(_ reason: WhyAnswer.Reason) -> HTML {
        let figures = scope.figures
        if let now = reason.rate, reason.rateBefore == nil {
            let (here, bad) = (figures.percent(now), Self.badEvents(metric)(language))
            let text = say(
                "Di sana \(here) \(bad); pada masa pembanding belum ada.",
                "There \(here) \(bad); there was nothing of it in the period before.")
            return "<p class=\"muted small\">\(text)</p>"
        }
        if let now = reason.rate, let then = reason.rateBefore {
            let bad = Self.badEvents(metric)(language)
            let (here, was) = (figures.percent(now), figures.percent(then))
            var text = say("Di sana \(here) \(bad), sebelumnya \(was).", "There \(here) \(bad), before \(was).")
            if let out = reason.outsideRate, let outBefore = reason.outsideRateBefore {
                let (there, earlier) = (figures.percent(out), figures.percent(outBefore))
                text += say(
                    " Di luar itu \(there), sebelumnya \(earlier).", " Elsewhere \(there), before \(earlier).")
            }
            return "<p class=\"muted small\">\(text)</p>"
        }
        let unit: Metric.Unit = metric.unit == .money ? .money : .count
        let real = figures.value(reason.real, unit, currency: answer?.currency)
        let expected = figures.value(reason.expected, unit, currency: answer?.currency)
        return """
            <p class="muted small">\(say(
                "Di sana \(real); menurut masa pembanding \(expected).",
                "There \(real); by the period before \(expected)."))</p>
            """
    }

    /// Where the rows behind it are: the page of the metric, narrowed.
    private func rows(_ segment: Segment) -> String {
        let entry = Navigation.entry(of: metric.fact)
        let path = Board.at(scope.path).map { $0.hasFilters && $0.path != "/" ? $0.path : entry.path } ?? entry.path
        return FindingWords.narrowed(scope.filters.withoutOptions, to: segment).url(path: path)
    }

    private func codes(_ answer: WhyAnswer) -> HTML {
        guard !answer.codes.isEmpty else { return "" }
        let items = answer.codes.prefix(Self.codesMax).map { code -> HTML in
            let (count, expected) = (scope.figures.count(code.count), scope.figures.count(code.expected))
            let words = say("\(count) kali, biasanya \(expected)", "\(count) times, usually \(expected)")
            return ErrorCodeItem(code: code.code, scope: scope, counts: "<span class=\"muted\">\(words)</span>").html
        }
        return """
            <h3>\(say("Kode kesalahan yang bertambah", "Error codes that grew"))</h3><ul class="codes">\(items)</ul>
            """
    }

    private func marks(_ answer: WhyAnswer) -> HTML {
        guard !answer.marks.isEmpty else { return "" }
        let items = answer.marks.map { mark -> HTML in
            let time: HTML =
                mark.at.map { "<time datetime=\"\(RFC3339.format($0))\">\(scope.figures.shortTime($0))</time>" } ?? ""
            return "<li>\(time)<span>\(mark.text(language))</span></li>"
        }
        return """
            <h3>\(say("Kejadian di sekitar waktu itu", "What happened around that time"))</h3>\
            <ul class="story">\(items)</ul>
            """
    }

    // MARK: The same elsewhere

    private func same(_ answer: WhyAnswer) -> HTML {
        let title = say("Sama lewat API atau terminal", "The same by API or command line")
        let command: HTML = Self.command(metric, answer.query).map { "<p class=\"small\"><code>\($0)</code></p>" } ?? ""
        return """
            <details class="fold query"><summary>\(title)</summary>\
            <p class="small"><code>POST /api/v1/why</code> <code>\(Self.request(metric, answer.query))</code></p>\
            \(command)</details>
            """
    }

    /// The query as the body of `POST /api/v1/why`.
    static func request(_ metric: Metric, _ query: String) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("metric", metric.id)
            guard let value = try? JSON.parse(query) else { return }
            for key in ["filters", "range", "compare", "timezone"] {
                guard let member = value.member(named: key), !member.isNull else { continue }
                writer.key(key)
                writer.value(member)
            }
        }
        return writer.text
    }

    /// Nil when a shell could not say it.
    static func command(_ metric: Metric, _ query: String) -> String? {
        guard let query = try? Query.parse(Array(query.utf8)), let segment = Segment(filters: query.filters) else {
            return nil
        }
        var words = ["pantau", "why", metric.id]
        for element in segment.elements {
            guard let value = element.value, !value.contains(",") else { return nil }
            words += ["--segment", "\(element.dimension.rawValue)=\(value)"]
        }
        switch query.range {
        case .preset(let preset): words += ["--last", preset.rawValue]
        case .lastDays(let days): words += ["--last", "\(days)d"]
        case .dates(let from, let to): words += ["--from", from.description, "--to", to.description]
        case .instants(let from, let to):
            words += ["--from", ZoneClock.utc.rfc3339(from), "--to", ZoneClock.utc.rfc3339(to)]
        }
        if let compare = query.compare, compare != .previousPeriod { words += ["--compare", compare.rawValue] }
        return words.map(Query.shellWord).joined(separator: " ")
    }
}
