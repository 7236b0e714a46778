import Catalogue
import Web

/// Rates by day as lines over bars of volume, drawn on the server. Days that are not complete are dashed and hollow.
struct DayChart {
    let days: [DeliveryByDayCard.Day]
    let scope: Scope

    /// A wide drawing for desks and a narrow one for phones, so that words keep their size on both.
    private enum Format {
        case wide, narrow
        var width: Double { self == .wide ? 960 : 400 }
        var height: Double { self == .wide ? 280 : 250 }
        /// Most dates along the axis.
        var labelsMax: Int { self == .wide ? 7 : 4 }
        /// Beyond this many days dots would touch; only those of incomplete days are drawn.
        var dotsMax: Int { self == .wide ? 31 : 10 }
        var name: HTML { self == .wide ? "wide" : "narrow" }
    }
    private let format: Format

    private static let left = 52.0
    private static let right = 12.0
    private static let top = 12.0
    private static let bottom = 30.0

    init(days: [DeliveryByDayCard.Day], scope: Scope) { self.init(days, scope, .wide) }

    private init(_ days: [DeliveryByDayCard.Day], _ scope: Scope, _ format: Format) {
        self.days = days
        self.scope = scope
        self.format = format
    }

    private var plotWidth: Double { format.width - Self.left - Self.right }
    private var plotHeight: Double { format.height - Self.top - Self.bottom }
    private var step: Double { plotWidth / Double(max(1, days.count)) }
    private var messagesMax: Int64 { max(1, days.map(\.messages).max() ?? 1) }

    private func x(_ index: Int) -> Double { Self.left + (Double(index) + 0.5) * step }
    private func y(_ ratio: Double) -> Double { Self.top + (1 - min(max(ratio, 0), 1)) * plotHeight }

    /// A coordinate with one decimal, as SVG wants it whatever the reader's language.
    private func at(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }

    var html: HTML {
        "<figure>\(drawing)\(DayChart(days, scope, .narrow).drawing)\(legend)</figure>"
    }

    private var drawing: HTML {
        let title = scope.say(
            "Tingkat sampai dan tingkat dibaca per hari, dengan jumlah pesan",
            "Delivery and read rate by day, with volume")
        return """
            <svg class="chart \(format.name)" viewBox="0 0 \(Int(format.width)) \(Int(format.height))" role="img" \
            aria-label="\(title)">
            \(grid)\(bars)\(line("b", \.read))\(line("a", \.delivered))\(dates)\(hovers)
            </svg>
            """
    }

    private var grid: [HTML] {
        [0, 0.25, 0.5, 0.75, 1].map { ratio in
            let label = scope.figures.percent(ratio, places: 0)
            return """
                <line class="grid" x1="\(at(Self.left))" x2="\(at(format.width - Self.right))" y1="\(at(y(ratio)))" \
                y2="\(at(y(ratio)))"/>\
                <text x="\(at(Self.left - 8))" y="\(at(y(ratio) + 4))" text-anchor="end">\(label)</text>
                """
        }
    }

    /// Volume fills the lower half at most, so that it stays behind the lines.
    private var bars: [HTML] {
        days.enumerated().map { index, day in
            let tall = Double(day.messages) / Double(messagesMax) * plotHeight * 0.5
            let wide = max(1, step * 0.62)
            let part: HTML = day.isPartial ? " part" : ""
            return """
                <rect class="volume\(part)" x="\(at(x(index) - wide / 2))" y="\(at(format.height - Self.bottom - tall))" \
                width="\(at(wide))" height="\(at(tall))" rx="1.5"/>
                """
        }
    }

    /// A day without messages has no rate: the line is broken there, not drawn through zero.
    private func line(_ series: String, _ value: (DeliveryByDayCard.Day) -> Double?) -> HTML {
        var html: HTML = ""
        var solid = ""
        for index in days.indices {
            guard let now = value(days[index]) else { continue }
            let point = "\(at(x(index))) \(at(y(now)))"
            guard index > 0, let before = value(days[index - 1]) else {
                solid += "M\(point)"
                continue
            }
            if days[index].isPartial {
                let start = "\(at(x(index - 1))) \(at(y(before)))"
                html += "<path class=\"line part \(series)\" d=\"M\(start)L\(point)\"/>"
                solid += "M\(point)"
            } else {
                solid += "L\(point)"
            }
        }
        let dots = days.indices.map { index -> HTML in
            guard let ratio = value(days[index]), days[index].isPartial || days.count <= format.dotsMax else {
                return ""
            }
            let open: HTML = days[index].isPartial ? " open" : ""
            return "<circle class=\"dot \(series)\(open)\" cx=\"\(at(x(index)))\" cy=\"\(at(y(ratio)))\" r=\"3\"/>"
        }
        return "<path class=\"line \(series)\" d=\"\(solid)\"/>\(html)\(dots)"
    }

    private var dates: [HTML] {
        let every = max(1, (days.count + format.labelsMax - 1) / format.labelsMax)
        return days.indices.filter { (days.count - 1 - $0) % every == 0 }.map { index in
            // The outermost labels turn inwards, so that none is cut.
            let anchor = x(index) > format.width - 50 ? "end" : x(index) < Self.left + 20 ? "start" : "middle"
            let place = anchor == "end" ? format.width - Self.right : x(index)
            return """
                <text x="\(at(place))" y="\(at(format.height - 8))" text-anchor="\(anchor)">\
                \(scope.figures.shortDate(days[index].date))</text>
                """
        }
    }

    private var hovers: [HTML] {
        days.enumerated().map { index, day in
            let figures = scope.figures
            var words = [
                figures.weekdayDate(day.date), "\(figures.integer(day.messages)) \(scope.say("pesan", "messages"))",
                "\(scope.say("sampai", "delivered")) \(figures.percent(day.delivered))",
                "\(scope.say("dibaca", "read")) \(figures.percent(day.read))",
            ]
            if day.isPartial { words.append(scope.say("belum lengkap", "not complete yet")) }
            return """
                <g><title>\(words.joined(separator: " · "))</title><rect class="day" x="\(at(x(index) - step / 2))" \
                y="\(at(Self.top))" width="\(at(step))" height="\(at(plotHeight))"/></g>
                """
        }
    }

    private var legend: HTML {
        let most = scope.figures.integer(messagesMax)
        let entries: [(sign: HTML, words: String)] = [
            ("<path class=\"line a\" d=\"M1 5H21\"/>", scope.say("Tingkat sampai", "Delivery rate")),
            ("<path class=\"line b\" d=\"M1 5H21\"/>", scope.say("Tingkat dibaca", "Read rate")),
            (
                "<rect class=\"volume\" x=\"6\" width=\"10\" height=\"10\"/>",
                scope.say("Pesan (tertinggi \(most))", "Messages (most \(most))")
            ),
            ("<path class=\"line a part\" d=\"M1 5H21\"/>", scope.say("Belum lengkap", "Not complete yet")),
        ]
        let items = entries.map { sign, words -> HTML in
            """
            <li><svg width="22" height="10" aria-hidden="true"><g class="chart">\(sign)</g></svg>\(words)</li>

            """
        }
        return "<ul class=\"legend\">\n\(items)</ul>"
    }
}
