import Analytics
import Catalogue
import Domain
import Web

/// Numbers as a picture, with a table of all of them behind it. A value that knows no page: `html` is the figure,
/// which the scripts of the page draw (`ChartAssets`).
struct Chart: Sendable {
    enum Kind: String, Sendable { case line, bar, stacked, horizontal, histogram }
    enum Size: String, Sendable { case low, normal, high }

    /// One place along the chart.
    struct Place: Sendable, Hashable {
        /// Along the axis, and in full where there is room.
        var short: String
        var name: String
        /// Its numbers will still change: drawn dashed and hollow, told in words.
        var isPartial = false
        /// What its numbers are made of.
        var href: String?
    }

    /// One number of a series.
    struct Point: Sendable {
        var value: Double?
        /// As it is read in the table.
        var words: HTML = "–"
        var interval: Interval?
        /// Under the number in the table, when there is an interval.
        var intervalWords: String?
        var sample: Int64?
        var isSmall = false
        /// Of money, where places differ.
        var currency: String?
        /// The same place in the compared period.
        var before: Double?
        var beforeWords: HTML = "–"
    }

    struct Series: Sendable {
        var name: String
        var thing: Palette
        var unit: Metric.Unit
        var currency: String?
        /// Bars behind the lines, on a scale of their own that is not shown: how much the rates rest on.
        var isVolume = false
        var points: [Point]

        var hasBefore: Bool { points.contains { $0.before != nil } }
        var hasIntervals: Bool { points.contains { $0.interval != nil } }
    }

    /// Something that happened and may explain what the lines do.
    struct Mark: Sendable, Hashable {
        enum Tone: String, Sendable { case neutral, good, warn, bad }
        /// In places from the left: 3.5 is the middle of the fourth.
        var position: Double
        var time: String
        var words: String
        var tone = Tone.neutral
    }

    var kind: Kind
    /// What it shows, in a sentence: read aloud in place of the picture.
    var title: String
    /// What stands along the axis, as the head of the table's first column.
    var axis: String
    var places: [Place]
    var series: [Series]
    var marks: [Mark] = []
    /// Times and prices span orders of magnitude: even steps are then even factors.
    var isLogarithmic = false
    var size = Size.normal
    var language: Language
    /// Whether what is dashed and hollow has not been yet.
    var isForecast = false
    /// Under the table: what the reader should know of its numbers.
    var note: String?

    /// What is dashed and hollow.
    var partialWords: String {
        isForecast ? say("Perkiraan", "Forecast") : say("Belum lengkap", "Not complete yet")
    }

    private func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(language) }

    var html: HTML {
        let size: HTML = size == .normal ? "" : " \(size.rawValue)"
        let without = say(
            "Grafik tidak dapat digambar: pasang paket libjs-chart.js di server, lalu jalankan ulang Pantau. Semua "
                + "angkanya ada di tabel.",
            "Charts cannot be drawn: install the package libjs-chart.js on the server and restart Pantau. All numbers "
                + "are in the table.")
        return """
            <figure class="chart-figure">
            <p class="without" hidden>\(without)</p>
            <div class="plot\(size)"><canvas role="img" aria-label="\(title)" data-chart="\(json)"></canvas></div>
            \(legend)\(markList)\(ChartTable(chart: self).html)
            </figure>

            """
    }

    // MARK: Legend

    private var legend: HTML {
        let items = series.enumerated().map { index, series -> HTML in
            let name: HTML = "\(sign(series))\(series.name)"
            guard self.series.count > 1 else { return "<li class=\"\(series.thing.name)\">\(name)</li>" }
            return """
                <li class="\(series.thing.name)"><button type="button" aria-pressed="true" data-series="\(index)">\
                \(name)</button></li>
                """
        }
        return
            "<ul class=\"legend\">\(items)\(signs.map { "<li class=\"\($0.tone)\">\($0.sign)\($0.words)</li>" })</ul>"
    }

    private func sign(_ series: Series) -> HTML {
        kind == .line && !series.isVolume ? Self.sign("<path class=\"stroke\" d=\"M1 5H21\"/>") : Self.square
    }

    private static let square = sign("<rect class=\"fill\" x=\"5\" width=\"11\" height=\"10\" rx=\"2\"/>", width: 18)

    private static func sign(_ inside: HTML, width: Int = 22) -> HTML {
        "<svg class=\"sign\" width=\"\(width)\" height=\"10\" aria-hidden=\"true\">\(inside)</svg>"
    }

    /// What dashes, bands and hollow dots mean, where there are any.
    private var signs: [(sign: HTML, words: String, tone: HTML)] {
        var signs: [(sign: HTML, words: String, tone: HTML)] = []
        let lines = kind == .line
        if series.contains(where: \.hasBefore) {
            let sign: HTML =
                lines
                ? "<path class=\"stroke\" stroke-dasharray=\"2 3\" d=\"M1 5H21\"/>"
                : "<rect class=\"soft\" x=\"5\" width=\"11\" height=\"10\" rx=\"2\"/>"
            signs.append((Self.sign(sign), say("Periode pembanding", "Compared period"), "t-before"))
        }
        if places.contains(where: \.isPartial) {
            let sign: HTML =
                lines
                ? "<path class=\"stroke dashed\" d=\"M1 5H21\"/><circle class=\"hollow\" cx=\"11\" cy=\"5\" r=\"3\"/>"
                : "<rect class=\"hollow\" x=\"5\" y=\"1\" width=\"10\" height=\"8\" rx=\"2\"/>"
            signs.append((Self.sign(sign), partialWords, "t-muted"))
        }
        if lines, series.contains(where: \.hasIntervals) {
            let sign: HTML = "<rect class=\"soft\" x=\"1\" width=\"20\" height=\"10\"/>"
            signs.append((Self.sign(sign), say("Selang 95\u{A0}%", "95% interval"), "t-muted"))
        }
        return signs
    }

    private var markList: HTML {
        guard !marks.isEmpty else { return "" }
        let items = marks.map { mark -> HTML in
            "<li class=\"\(mark.tone.rawValue)\"><time>\(mark.time)</time><span>\(mark.words)</span></li>"
        }
        return "<ul class=\"marks\" aria-label=\"\(say("Kejadian", "What happened"))\">\(items)</ul>"
    }
}
