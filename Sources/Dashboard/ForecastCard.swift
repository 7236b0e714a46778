import Analytics
import Catalogue
import Domain
import Insights
import Web

/// How many will write in the next two weeks?
struct ForecastCard: Card {
    let name = "forecast"
    let title = Text(id: "Perkiraan 14 hari", en: "The next 14 days")
    let height = CardHeight(24, narrow: 24)

    static let metrics = ["messages_inbound", "conversations", "waits"]
    /// Past days beside the forecast ones, and hours of the closer look.
    private static let pastDays = 14
    private static let pastHours = 24
    private static let hours = 72

    static func metric(_ scope: Scope) -> String {
        scope.filters.option(.forecast).flatMap { metrics.contains($0) ? $0 : nil } ?? metrics[0]
    }

    static func planned(_ scope: Scope) -> [LocalDate] {
        (scope.filters.option(.planned) ?? "").split(separator: ",").prefix(ForecastQuestion.plannedMax)
            .compactMap { LocalDate(String($0.filter { $0 != " " })) }
    }

    func load(_ scope: Scope) async throws -> VolumeForecast {
        let metric = Self.metric(scope)
        return try await scope.analyst.forecast(
            ForecastQuestion(
                metric: metric, filters: scope.filters.conditions(for: [metric]), planned: Self.planned(scope)))
    }

    func view(_ forecast: VolumeForecast, _ scope: Scope) -> HTML {
        let choices = Self.metrics.enumerated().map { index, id in
            (word: index == 0 ? "" : id, title: Catalogue.metric(id)?.name(scope.language) ?? id)
        }
        let metric = Self.metric(scope)
        let tabs = Tabs(
            option: .forecast, label: scope.say("Yang diperkirakan", "What is forecast"), choices: choices,
            current: metric == Self.metrics[0] ? "" : metric, scope: scope
        ).html
        let notes = forecast.notes.map { "<p class=\"muted small\">\($0(scope.language))</p>" as HTML }
        guard !forecast.hours.isEmpty else { return tabs + "\(notes)" }
        return tabs + statement(forecast, scope) + days(forecast, scope).html
            + scope.heading(Text(id: "Per jam, tiga hari ke depan", en: "By the hour, the next three days"))
            + hours(forecast, scope).html + planForm(scope) + effects(forecast, scope)
            + (forecast.trialSentence.map { "<p class=\"muted small\">\($0(scope.language))</p>" as HTML } ?? "")
            + "\(notes)"
    }

    private func planForm(_ scope: Scope) -> HTML {
        let label = scope.say("Kampanye direncanakan pada", "A campaign is planned on")
        return AskForm(
            card: name,
            fields: [
                .init(
                    option: .planned, label: label, value: Self.planned(scope).first?.description ?? "", type: "date")
            ], button: scope.say("Hitung ulang", "Forecast again"), scope: scope
        ).html
    }

    private func statement(_ forecast: VolumeForecast, _ scope: Scope) -> HTML {
        guard forecast.days.count > 1 else { return "" }
        let figures = scope.figures
        let next = forecast.days[1]
        let week = forecast.days.dropFirst().prefix(7)
        let busiest = week.max { $0.point.mean < $1.point.mean }
        let mean = figures.count(next.point.mean)
        let span = "\(figures.count(next.point.low80))–\(figures.count(next.point.high80))"
        let name = forecast.metric.name(scope.language).lowercased()
        let peak =
            busiest.map { day in
                let when = figures.weekdayDate(day.date)
                let count = figures.count(day.point.mean)
                return scope.say(
                    " Hari tersibuk tujuh hari ke depan: \(when), sekitar \(count).",
                    " The busiest of the next seven days: \(when), about \(count).")
            } ?? ""
        return """
            <p class="statement spaced">\(scope.say(
                "Besok sekitar \(mean) \(name); delapan dari sepuluh kali antara \(span).",
                "Tomorrow about \(mean) \(name); eight times out of ten between \(span)."))\(peak)</p>
            """
    }

    // MARK: Charts

    private func days(_ forecast: VolumeForecast, _ scope: Scope) -> Chart {
        let figures = scope.figures
        let past = forecast.pastDays.suffix(Self.pastDays)
        var places = past.map {
            Chart.Place(short: figures.shortDate($0.date), name: figures.weekdayDate($0.date))
        }
        var points = past.map { Chart.Point(value: $0.value, words: "\(figures.count($0.value))") }
        for day in forecast.days {
            places.append(
                Chart.Place(
                    short: figures.shortDate(day.date), name: figures.weekdayDate(day.date), isPartial: true))
            points.append(point(day.point, scope))
        }
        return chart(
            forecast, places, points, scope.say("Hari", "Day"),
            scope.say("14 hari terakhir dan 14 hari ke depan", "The last 14 days and the next 14"), scope)
    }

    private func hours(_ forecast: VolumeForecast, _ scope: Scope) -> Chart {
        let past = forecast.past.suffix(Self.pastHours)
        var places = past.map { place($0.start, scope) }
        var points = past.map { Chart.Point(value: $0.value, words: "\(scope.figures.count($0.value))") }
        for hour in forecast.hours.prefix(Self.hours) {
            var place = place(hour.start, scope)
            place.isPartial = true
            places.append(place)
            points.append(point(hour.point, scope))
        }
        return chart(
            forecast, places, points, scope.say("Jam", "Hour"),
            scope.say("24 jam terakhir dan 72 jam ke depan", "The last 24 hours and the next 72"), scope)
    }

    private func place(_ start: Instant, _ scope: Scope) -> Chart.Place {
        let time = scope.figures.time(start)
        let clock = time.split(separator: " ").last.map(String.init) ?? time
        let date = scope.figures.weekdayDate(scope.figures.clock.date(of: start))
        return Chart.Place(short: clock, name: "\(date) \(clock)")
    }

    private func point(_ point: Forecast.Point, _ scope: Scope) -> Chart.Point {
        let figures = scope.figures
        var made = Chart.Point(
            value: point.mean, words: "\(figures.count(point.mean))",
            interval: Interval(lower: point.low95, upper: point.high95))
        made.intervalWords = "\(figures.count(point.low95))–\(figures.count(point.high95))"
        return made
    }

    private func chart(
        _ forecast: VolumeForecast, _ places: [Chart.Place], _ points: [Chart.Point], _ axis: String,
        _ title: String, _ scope: Scope
    ) -> Chart {
        let name = forecast.metric.name(scope.language)
        var chart = Chart(
            kind: .line, title: "\(name): \(title)", axis: axis, places: places,
            series: [Chart.Series(name: name, thing: .volume, unit: .count, points: points)],
            language: scope.language)
        chart.isForecast = true
        chart.note = scope.say(
            "Di bawah sebuah perkiraan: selang 95\u{A0}%.", "Below a forecast: its 95% interval.")
        return chart
    }

    // MARK: What it took into account

    private static let kinds: [String: Text] = [
        "holiday": Text(id: "hari libur", en: "public holidays"),
        "joint_leave": Text(id: "cuti bersama", en: "joint leave"),
        "lebaran": Text(id: "Idulfitri", en: "Eid al-Fitr"),
        "ramadan": Text(id: "bulan Ramadan", en: "Ramadan"),
        "special": Text(id: "masa khusus di kalender", en: "special periods of the calendar"),
        "payday": Text(id: "tanggal gajian", en: "paydays"),
        "campaign": Text(id: "hari kampanye besar", en: "days of large campaigns"),
    ]

    private func effects(_ forecast: VolumeForecast, _ scope: Scope) -> HTML {
        let parts = forecast.effects.sorted { $0.kind < $1.kind }.map { effect -> String in
            let change = effect.factor - 1
            let percent = scope.figures.percent(abs(change), places: 0)
            let kind = Self.kinds[effect.kind]?(scope.language) ?? effect.kind
            return "\(kind) \(change < 0 ? "−" : "+")\(percent) (\(effect.occasions)×)"
        }
        guard !parts.isEmpty else { return "" }
        return """
            <p class="muted small">\(scope.say("Dipelajari dari riwayat: ", "Learnt from history: "))\
            \(parts.joined(separator: ", ")).</p>
            """
    }

    func exports(_ forecast: VolumeForecast, _ scope: Scope) -> [Export] {
        guard !forecast.hours.isEmpty else { return [] }
        let conditions = scope.filters.conditions(for: [forecast.metric.id])
        let flags = conditions.map { filter in
            " --filter \(filter.dimension.rawValue)=\(filter.values.joined(separator: ","))"
        }
        let planned = Self.planned(scope)
        let command =
            "pantau forecast --metric \(forecast.metric.id)\(flags.joined())"
            + planned.map { " --planned \($0)" }.joined()
        var address = URLQuery(
            [("metric", forecast.metric.id)] + planned.map { ("planned", $0.description) }
                + conditions.flatMap { filter in filter.values.map { (filter.dimension.rawValue, $0) } }
        ).url(path: "/api/v1/forecast")
        if conditions.contains(where: { $0.op == .isNull }) { address = "" }
        let row = { (label: String, point: Forecast.Point) -> [ExportTable.Value] in
            [.words(label)] + VolumeForecast.numbers(point).map { .number($0) }
        }
        let hours = ExportTable(
            columns: VolumeForecast.columns,
            rows: forecast.hours.map { row(forecast.clock.rfc3339($0.start), $0.point) },
            api: address.isEmpty ? nil : address, command: command)
        let days = ExportTable(
            columns: ["date"] + VolumeForecast.columns.dropFirst(),
            rows: forecast.days.map { row($0.date.description, $0.point) })
        return [
            .table(hours, title: Text(id: "Per jam", en: "By the hour")),
            .table(days, name: "days", title: Text(id: "Per hari", en: "By the day")),
        ]
    }
}
