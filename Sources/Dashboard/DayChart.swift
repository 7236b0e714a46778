import Web

/// Rates by day as lines over bars of volume, drawn on the server. Days that are not complete are dashed and hollow.
struct DayChart {
    let days: [DeliveryByDayCard.Day]
    let scope: Scope

    var html: HTML { "<figure>\(drawing(.wide))\(drawing(.narrow))\(legend)</figure>" }

    private func drawing(_ format: DayAxis.Format) -> HTML {
        let axis = DayAxis(dates: days.map(\.date), figures: scope.figures, format: format)
        let isPartial = days.map(\.isPartial)
        let rules = [0, 0.25, 0.5, 0.75, 1].map { axis.rule($0, scope.figures.percent($0, places: 0)) }
        let title = scope.say(
            "Tingkat sampai dan tingkat dibaca per hari, dengan jumlah pesan",
            "Delivery and read rate by day, with volume")
        return axis.drawing(
            title,
            """
            \(rules)\(axis.bars(isPartial: isPartial) { days[$0].messages })\
            \(axis.line("b", isPartial: isPartial) { days[$0].read })\
            \(axis.line("a", isPartial: isPartial) { days[$0].delivered })\(axis.hovers(words))
            """)
    }

    private func words(_ index: Int) -> [String] {
        let (day, figures) = (days[index], scope.figures)
        var words = [
            figures.weekdayDate(day.date), "\(figures.integer(day.messages)) \(scope.say("pesan", "messages"))",
            "\(scope.say("sampai", "delivered")) \(figures.percent(day.delivered))",
            "\(scope.say("dibaca", "read")) \(figures.percent(day.read))",
        ]
        if day.isPartial { words.append(scope.say("belum lengkap", "not complete yet")) }
        return words
    }

    private var legend: HTML {
        let most = scope.figures.integer(max(1, days.map(\.messages).max() ?? 1))
        return DayAxis.legend([
            ("<path class=\"line a\" d=\"M1 5H21\"/>", scope.say("Tingkat sampai", "Delivery rate")),
            ("<path class=\"line b\" d=\"M1 5H21\"/>", scope.say("Tingkat dibaca", "Read rate")),
            (
                "<rect class=\"volume\" x=\"6\" width=\"10\" height=\"10\"/>",
                scope.say("Pesan (tertinggi \(most))", "Messages (most \(most))")
            ),
            ("<path class=\"line a part\" d=\"M1 5H21\"/>", scope.say("Belum lengkap", "Not complete yet")),
        ])
    }
}
