import Analytics
import Catalogue
import Domain
import Web

/// The hours of the week, Monday first: when something happens, or when it is worse. A table whose cells are graded,
/// so that it reads without the picture too.
struct Heatmap: Sendable {
    /// By weekday and hour of the day, as the reporting zone's clocks show them.
    let answer: Answer
    let metric: String
    let scope: Scope
    /// A cell leads to this page, narrowed to its weekday and hour; nil for no link.
    var path: String?

    init(_ answer: Answer, _ metric: String, _ scope: Scope, path: String? = nil) {
        self.answer = answer
        self.metric = metric
        self.scope = scope
        self.path = path
    }

    static let steps = 8

    private var unit: Metric.Unit { Catalogue.metric(metric)?.unit ?? .count }

    var html: HTML {
        let rows = rowsByHour
        let grades = Grades(rows.values.compactMap { answer.cell($0, metric).number }, unit)
        let name = Catalogue.metric(metric)?.name(scope.language) ?? metric
        let caption = scope.say("\(name) menurut hari dan jam", "\(name) by weekday and hour")
        let heads = (0..<24).map { "<th scope=\"col\">\($0 < 10 ? "0" : "")\($0)</th>" as HTML }
        let body = (1...7).map { weekday -> HTML in
            let cells = (0..<24).map { cell(rows[HourOfWeek(weekday: weekday, hour: $0)], weekday, $0, grades) }
            return "<tr><th scope=\"row\">\(scope.figures.weekday(weekday))</th>\(cells)</tr>\n"
        }
        return """
            <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table class="heat">\
            <caption class="unseen">\(caption)</caption>
            <thead><tr><th scope="col"><span class="unseen">\(scope.say("Hari", "Day"))</span></th>\(heads)</tr></thead>
            <tbody>\(body)</tbody></table></div>
            \(scale(grades))
            """
    }

    // MARK: Cells

    private struct HourOfWeek: Hashable {
        /// 1 is Monday.
        var weekday: Int
        var hour: Int
    }

    private var rowsByHour: [HourOfWeek: Int] {
        answer.rows.indices.reduce(into: [:]) { rows, row in
            guard let weekday = answer.cell(row, "weekday").text.flatMap({ Int($0) }),
                let hour = answer.cell(row, "hour_of_day").text.flatMap({ Int($0.prefix(2)) })
            else { return }
            rows[HourOfWeek(weekday: weekday, hour: hour)] = row
        }
    }

    private func cell(_ row: Int?, _ weekday: Int, _ hour: Int, _ grades: Grades) -> HTML {
        let hours = scope.figures.hours(from: hour, to: hour + 1)
        let place = "\(scope.figures.weekday(weekday)) \(hours)"
        guard let row, let value = answer.cell(row, metric).number else {
            // Nothing happened is a number where things are counted, and none where a rate or time is told.
            let words = unit == .count ? "0" : scope.say("tidak ada", "none")
            return """
                <td class="\(unit == .count ? "q0" : "none")" title="\(place): \(words)">\
                <span class="unseen">\(words)</span></td>
                """
        }
        let sample = scope.sample(answer, row, metric)
        let isSmall = sample?.isSmall ?? false
        var words = "\(place): \(scope.figures.cell(answer, row, metric))"
        if let sample { words += scope.say(" · sampel ", " · sample ") + scope.figures.integer(sample.count) }
        if isSmall { words += scope.say(" (kecil)", " (small)") }
        let inside: HTML = """
            <span class="unseen">\(scope.number(answer, row, metric))\
            \(isSmall ? scope.say(", sampel kecil", ", small sample") : "")</span>\
            <span aria-hidden="true">\(scope.figures.brief(value, unit))</span>
            """
        let link: HTML =
            path.map { path in
                let filters = scope.filters.setting(.weekday, to: [answer.cell(row, "weekday").text])
                    .setting(.hourOfDay, to: [answer.cell(row, "hour_of_day").text])
                return "<a href=\"\(filters.url(path: path))\">\(inside)</a>"
            } ?? inside
        return "<td class=\"q\(grades.step(value))\(isSmall ? " few" : "")\" title=\"\(words)\">\(link)</td>"
    }

    // MARK: Scale

    /// Which of the eight steps a value is in: even steps for counts and shares; for times, which differ by orders of
    /// magnitude, as many cells in each.
    struct Grades: Sendable {
        private let bounds: [Double]
        let least: Double?
        let most: Double?

        init(_ values: [Double], _ unit: Metric.Unit) {
            let sorted = values.filter { $0.isFinite }.sorted()
            least = sorted.first
            most = sorted.last
            guard let most = sorted.last, most > 0 else {
                bounds = []
                return
            }
            bounds = (1..<Heatmap.steps).map { step in
                let share = Double(step) / Double(Heatmap.steps)
                guard unit == .seconds else { return most * share }
                return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
            }
        }

        /// 0 for nothing, 1 … 8.
        func step(_ value: Double) -> Int {
            guard value > 0 else { return 0 }
            return 1 + bounds.count { value > $0 }
        }
    }

    private func scale(_ grades: Grades) -> HTML {
        guard let least = grades.least, let most = grades.most else { return "" }
        let figures = scope.figures
        let currency = answer.index(of: metric).flatMap { answer.columns[$0].currency }
        let steps = (1...Self.steps).map { "<i class=\"q\($0)\"></i>" as HTML }
        return """
            <p class="scale"><span>\(figures.value(least, unit, currency: currency))</span>\
            <span class="steps-row" aria-hidden="true">\(steps)</span>\
            <span>\(figures.value(most, unit, currency: currency))</span>\
            <span>· \(figures.zone(at: scope.now))</span></p>
            """
    }
}

extension Figures {
    /// `08.00–09.00`
    func hours(from: Int, to: Int) -> String {
        let text = { (hour: Int) in "\(hour < 10 ? "0" : "")\(hour)\(language == .indonesian ? "." : ":")00" }
        return "\(text(from))–\(text(to))"
    }

    /// As few signs as a small place holds: `12`, `1,2rb`, `45%`, `3m`.
    func brief(_ value: Double, _ unit: Metric.Unit) -> String {
        switch unit {
        case .ratio: return decimal(value * 100, places: 0) + "%"
        case .seconds:
            let units: [(Double, String)] = [
                (86_400, Text(id: "h", en: "d")(language)), (3600, Text(id: "j", en: "h")(language)), (60, "m"),
            ]
            guard let unit = units.first(where: { value >= $0.0 }) else {
                return decimal(value, places: 0) + Text(id: "d", en: "s")(language)
            }
            return decimal(value / unit.0, places: 0) + unit.1
        case .count, .number, .money:
            let size = abs(value)
            let units: [(Double, String)] = [
                (1e6, Text(id: "jt", en: "M")(language)), (1e3, Text(id: "rb", en: "k")(language)),
            ]
            guard let unit = units.first(where: { size >= $0.0 }) else { return decimal(value, places: 0) }
            return decimal(value / unit.0, places: size / unit.0 < 10 ? 1 : 0) + unit.1
        }
    }

    /// One cell of an answer in its metric's unit.
    func cell(_ answer: Answer, _ row: Int, _ metric: String) -> String {
        Catalogue.metric(metric).map { cell(answer, row, $0) } ?? "–"
    }
}
