import Analytics
import Catalogue
import Domain
import Insights
import Web

/// The numbers behind a finding: what was measured, and what was to be expected, over time.
struct FindingChart {
    let finding: Finding
    let scope: Scope

    private func say(_ id: String, _ en: String) -> String { scope.say(id, en) }
    private var metric: Metric? { Catalogue.metric(finding.metric) }
    private var unit: Metric.Unit { metric?.unit ?? .number }

    var card: HTML {
        let name = metric?.name(scope.language) ?? finding.metric
        let evidence = finding.evidence
        let about: HTML = metric.map { " \(About.metric($0.id, scope))" } ?? ""
        let facts = [
            fact(name, evidence.value, beside: sample),
            fact(say("Yang diharapkan", "To be expected"), evidence.expected, beside: ""),
        ]
        let figure: HTML =
            evidence.points.count > 1
            ? chart(name).html
            : """
            <p class="muted">\(say(
                "Temuan ini tidak berasal dari deret waktu, jadi tidak ada grafik.",
                "This finding does not come from a series, so there is no chart."))</p>
            """
        return """
            <section class="card full" aria-labelledby="title-evidence"><div class="card-head">\
            <h2 id="title-evidence">\(say("Buktinya", "The evidence"))</h2><p>\(name), \
            \(finding.segment.words(scope.language))\(about)</p></div>
            <dl class="figures">\(facts)</dl>\(figure)\
            \(QueryFold(query: evidence.query, scope: scope, title: say("Kueri di balik bukti ini", "The query behind this")).html)
            </section>

            """
    }

    private var sample: String {
        let count = finding.evidence.sample
        return count > 0 ? "n = \(scope.figures.integer(count))" : ""
    }

    private func fact(_ name: String, _ value: Double?, beside: String) -> HTML {
        let below: HTML = beside.isEmpty ? "" : " <span class=\"beside\">\(beside)</span>"
        return "<div><dt>\(name)</dt><dd>\(words(value))\(below)</dd></div>"
    }

    private func words(_ value: Double?) -> String {
        scope.figures.value(value, unit, currency: finding.impact.currency ?? scope.currency)
    }

    private func chart(_ name: String) -> Chart {
        let points = finding.evidence.points
        let gap = zip(points, points.dropFirst()).map { $1.at.seconds - $0.at.seconds }.filter { $0 > 0 }.min() ?? 3600
        let places = points.map { point -> Chart.Place in
            let full = scope.figures.shortTime(point.at)
            let date = scope.figures.shortDate(scope.figures.clock.date(of: point.at))
            return gap >= 86_400
                ? Chart.Place(short: date, name: date) : Chart.Place(short: full, name: full)
        }
        let measured = points.map { point -> Chart.Point in
            var shown = Chart.Point(value: point.value, words: "\(words(point.value))")
            shown.sample = point.sample > 0 ? point.sample : nil
            shown.isSmall = unit != .count && unit != .money && point.sample < Self.sampleMin
            return shown
        }
        let expected = points.map { point -> Chart.Point in
            var shown = Chart.Point(value: point.expected, words: "\(words(point.expected))")
            if let band = band(point) {
                shown.interval = band
                shown.intervalWords = "\(words(band.lower))–\(words(band.upper))"
            }
            return shown
        }
        let currency = unit == .money ? finding.impact.currency ?? scope.currency : nil
        var series = [
            Chart.Series(name: name, thing: tone, unit: unit, currency: currency, points: measured)
        ]
        if expected.contains(where: { $0.value != nil }) {
            series.append(
                Chart.Series(
                    name: say("Yang diharapkan", "To be expected"), thing: .before, unit: unit, currency: currency,
                    points: expected))
        }
        return Chart(
            kind: .line, title: say("\(name) dan yang diharapkan", "\(name) and what was to be expected"),
            axis: gap >= 86_400 ? say("Hari", "Day") : say("Jam", "Hour"), places: places, series: series,
            marks: marks(points.map(\.at), gap: gap), language: scope.language)
    }

    /// Below it chance alone makes a rate jump.
    private static let sampleMin: Int64 = 30

    /// What was to be expected; of a rate without a band of its own, what as many messages would show by chance.
    private func band(_ point: Evidence.Point) -> Interval? {
        if let lower = point.lower, let upper = point.upper { return Interval(lower: lower, upper: upper) }
        guard unit == .ratio, point.sample > 0, let expected = point.expected, (0...1).contains(expected) else {
            return nil
        }
        let count = Int64((expected * Double(point.sample)).rounded())
        return Interval.wilson(min(count, point.sample), of: point.sample)
    }

    private var tone: Palette {
        switch metric?.fact {
        case .wait?: .human
        case .conversation?: .volume
        case .charge?: .cost
        case .outcome?, .credit?: .outcome
        default: finding.metric.hasPrefix("read") ? .read : .delivered
        }
    }

    /// Its beginning and end, and what happened to the account.
    private func marks(_ starts: [Instant], gap: Int64) -> [Chart.Mark] {
        var marks: [(at: Instant, words: String, tone: Chart.Mark.Tone)] = [
            (finding.since, say("Mulai", "It began"), finding.kind.isGoodNews ? .good : .bad)
        ]
        if let until = finding.until { marks.append((until, say("Terakhir terlihat", "Last seen"), .good)) }
        for cause in finding.causes {
            if let at = cause.at { marks.append((at, cause.text(scope.language), .warn)) }
        }
        return marks.compactMap { mark in
            guard let index = starts.lastIndex(where: { $0 <= mark.at }) else { return nil }
            let within = Double(mark.at.seconds - starts[index].seconds) / Double(gap)
            guard index + 1 < starts.count || within <= 1 else { return nil }
            return Chart.Mark(
                position: Double(index) + min(1, within), time: scope.figures.shortTime(mark.at), words: mark.words,
                tone: mark.tone)
        }
    }
}
