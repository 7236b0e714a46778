import Domain
import Web

/// The days along a chart and the frame around them, in two drawings: a wide one for desks and a narrow one for
/// phones, so that words keep their size on both.
struct DayAxis {
    enum Format {
        case wide, narrow
        var width: Double { self == .wide ? 960 : 400 }
        var height: Double { self == .wide ? 280 : 250 }
        /// Most dates along the axis.
        var labelsMax: Int { self == .wide ? 7 : 4 }
        /// Beyond this many days dots would touch; only those of incomplete days are drawn.
        var dotsMax: Int { self == .wide ? 31 : 10 }
        var name: HTML { self == .wide ? "wide" : "narrow" }
    }
    let dates: [LocalDate]
    let figures: Figures
    let format: Format

    static let left = 60.0
    static let right = 12.0
    static let top = 12.0
    static let bottom = 30.0

    var plotWidth: Double { format.width - Self.left - Self.right }
    var plotHeight: Double { format.height - Self.top - Self.bottom }
    var step: Double { plotWidth / Double(max(1, dates.count)) }

    func x(_ index: Int) -> Double { Self.left + (Double(index) + 0.5) * step }
    /// Of a share of the plot's height, 0 at the foot.
    func y(_ share: Double) -> Double { Self.top + (1 - min(max(share, 0), 1)) * plotHeight }

    /// A coordinate with one decimal, as SVG wants it whatever the reader's language.
    func at(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }

    /// The whole drawing with its dates.
    func drawing(_ title: String, _ inside: HTML) -> HTML {
        """
        <svg class="chart \(format.name)" viewBox="0 0 \(Int(format.width)) \(Int(format.height))" role="img" \
        aria-label="\(title)">
        \(inside)\(labels)
        </svg>
        """
    }

    /// A line across with its value at the left.
    func rule(_ share: Double, _ label: String) -> HTML {
        """
        <line class="grid" x1="\(at(Self.left))" x2="\(at(format.width - Self.right))" y1="\(at(y(share)))" \
        y2="\(at(y(share)))"/>\
        <text x="\(at(Self.left - 8))" y="\(at(y(share) + 4))" text-anchor="end">\(label)</text>
        """
    }

    /// A line over the days. A day without a value breaks it: it is not drawn through zero. Days that are not complete
    /// are dashed and hollow.
    func line(_ series: String, isPartial: [Bool], _ share: (Int) -> Double?) -> HTML {
        var html: HTML = ""
        var solid = ""
        for index in dates.indices {
            guard let now = share(index) else { continue }
            let point = "\(at(x(index))) \(at(y(now)))"
            guard index > 0, let before = share(index - 1) else {
                solid += "M\(point)"
                continue
            }
            if isPartial[index] {
                let start = "\(at(x(index - 1))) \(at(y(before)))"
                html += "<path class=\"line part \(series)\" d=\"M\(start)L\(point)\"/>"
                solid += "M\(point)"
            } else {
                solid += "L\(point)"
            }
        }
        let dots = dates.indices.map { index -> HTML in
            guard let value = share(index), isPartial[index] || dates.count <= format.dotsMax else { return "" }
            let open: HTML = isPartial[index] ? " open" : ""
            return "<circle class=\"dot \(series)\(open)\" cx=\"\(at(x(index)))\" cy=\"\(at(y(value)))\" r=\"3\"/>"
        }
        return "<path class=\"line \(series)\" d=\"\(solid)\"/>\(html)\(dots)"
    }

    /// Bars of volume. They fill the lower half at most, so that they stay behind the lines.
    func bars(isPartial: [Bool], _ volume: (Int) -> Int64) -> [HTML] {
        let most = max(1, dates.indices.map(volume).max() ?? 1)
        return dates.indices.map { index in
            let tall = Double(volume(index)) / Double(most) * plotHeight * 0.5
            let wide = max(1, step * 0.62)
            let part: HTML = isPartial[index] ? " part" : ""
            return """
                <rect class="volume\(part)" x="\(at(x(index) - wide / 2))" y="\(at(format.height - Self.bottom - tall))" \
                width="\(at(wide))" height="\(at(tall))" rx="1.5"/>
                """
        }
    }

    /// What is said of a day when it is pointed at.
    func hovers(_ words: (Int) -> [String]) -> [HTML] {
        dates.indices.map { index in
            """
            <g><title>\(words(index).joined(separator: " · "))</title><rect class="day" x="\(at(x(index) - step / 2))" \
            y="\(at(Self.top))" width="\(at(step))" height="\(at(plotHeight))"/></g>
            """
        }
    }

    private var labels: [HTML] {
        let every = max(1, (dates.count + format.labelsMax - 1) / format.labelsMax)
        return dates.indices.filter { (dates.count - 1 - $0) % every == 0 }.map { index in
            // The outermost labels turn inwards, so that none is cut.
            let anchor = x(index) > format.width - 50 ? "end" : x(index) < Self.left + 20 ? "start" : "middle"
            let place = anchor == "end" ? format.width - Self.right : x(index)
            return """
                <text x="\(at(place))" y="\(at(format.height - 8))" text-anchor="\(anchor)">\
                \(figures.shortDate(dates[index]))</text>
                """
        }
    }

    /// The signs of a chart in words.
    static func legend(_ entries: [(sign: HTML, words: String)]) -> HTML {
        let items = entries.map { sign, words -> HTML in
            """
            <li><svg width="22" height="10" aria-hidden="true"><g class="chart">\(sign)</g></svg>\(words)</li>

            """
        }
        return "<ul class=\"legend\">\n\(items)</ul>"
    }
}
