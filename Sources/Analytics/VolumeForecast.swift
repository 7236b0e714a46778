import Catalogue
import Domain
import Insights
import Storage

/// How a count is to go on, hour by hour.
package struct ForecastQuestion: Hashable, Sendable {
    /// Id of a metric that counts.
    package var metric: String
    package var filters: [Filter]
    /// Local days ahead, today's rest included in the first.
    package var days: Int
    /// Days on which a campaign is to be sent.
    package var planned: [LocalDate]

    package init(
        metric: String = "messages_inbound", filters: [Filter] = [], days: Int = 14, planned: [LocalDate] = []
    ) {
        self.metric = metric
        self.filters = filters
        self.days = days
        self.planned = planned
    }

    package static let daysMax = 28
    package static let plannedMax = 60
}

/// The forecast of a count for the next days, with what it stands on.
package struct VolumeForecast: Sendable {
    package struct Hour: Hashable, Sendable {
        package var start: Instant
        package var point: Forecast.Point
    }
    /// A local day. What has passed of today is counted, only its rest is forecast.
    package struct Day: Hashable, Sendable {
        package var date: LocalDate
        package var point: Forecast.Point
    }
    package struct Past: Hashable, Sendable {
        package var start: Instant
        package var value: Double
    }
    package struct PastDay: Hashable, Sendable {
        package var date: LocalDate
        package var value: Double
    }
    /// The week before, forecast from what was known before it.
    package struct Trial: Hashable, Sendable {
        /// Sum of absolute errors by the hour over the sum of what came; and of repeating the week before.
        package var error: Double
        package var naiveError: Double
        /// The same by the day.
        package var dayError: Double
        package var naiveDayError: Double
        /// Share of its hours inside the two intervals.
        package var inside80: Double
        package var inside95: Double
    }

    package var metric: Metric
    package var filters: [Filter]
    package var clock: ZoneClock
    /// When it was made; the first hour forecast is the one that this lies in.
    package var now: Instant
    package var past: [Past]
    package var pastDays: [PastDay]
    /// Empty when the history is too short.
    package var hours: [Hour]
    package var days: [Day]
    package var effects: [Forecast.Effect]
    /// Nil when the history is too short to hold a week out.
    package var trial: Trial?
    /// Local days of history that it was learnt from.
    package var historyDays: Int
    package var notes: [Text]

    /// Without so much history an hour of the week is known once at most.
    package static let daysMin = 7
    package static let daysUsed: Int64 = 182
    package static let countMin = 50.0
}

extension Analyst {
    /// Throws a `Failure` that says what to change when the question makes no sense. A history that is too short is
    /// none: the forecast is empty then and says so.
    package func forecast(_ question: ForecastQuestion) async throws -> VolumeForecast {
        try check(question)
        let clock = try ZoneClock.named(workspace.timeZone)
        let asked = now()
        let thisHour = Instant(seconds: asked.seconds - (asked.seconds % 3600 + 3600) % 3600)
        let today = clock.date(of: asked)
        let from = clock.instant(of: today.adding(days: -VolumeForecast.daysUsed))
        let answer = try await ask(
            Query(
                metrics: [question.metric], filters: question.filters,
                range: .instants(from: from, to: thisHour.adding(seconds: 3600)), grain: .hour,
                limit: Limits.answerRowsMax))
        guard let metric = Catalogue.metric(question.metric) else { throw ForecastQuestion.uncountable }
        var series = HourSeries(answer, metric: metric.id, end: thisHour, freshTo: answer.meta.freshTo)
        series.trim()
        let historyDays = series.values.count / 24
        var forecast = VolumeForecast(
            metric: metric, filters: answer.meta.query.filters, clock: clock, now: asked, past: series.past,
            pastDays: series.days(clock, before: today), hours: [], days: [], effects: [], trial: nil,
            historyDays: historyDays, notes: series.notes)
        guard historyDays >= VolumeForecast.daysMin, series.total >= VolumeForecast.countMin else {
            forecast.notes.append(VolumeForecast.tooShort(historyDays, series.total))
            return forecast
        }
        if historyDays < 21 { forecast.notes.append(VolumeForecast.short(historyDays)) }
        let end = clock.instant(of: today.adding(days: Int64(question.days)))
        let horizon = Int((end.seconds - thisHour.seconds + 3599) / 3600)
        let calendar = SpecialDays(
            holidays: holidays, calendars: try await store.serviceSettings().calendars,
            campaigns: try await campaignDays(question.filters, from: from, clock: clock), planned: question.planned)
        let marks = calendar.marks(
            from: series.start, hours: series.values.count + horizon, known: series.values.count, clock: clock)
        let made = try Forecaster.forecast(
            ForecastRequest(values: series.values, seasons: [24, 168], horizon: horizon, marks: marks))
        forecast.hours = made.points.enumerated().map {
            .init(start: thisHour.adding(seconds: Int64($0.offset) * 3600), point: $0.element)
        }
        forecast.effects = made.effects
        forecast.days = try DayTotals(series, forecast.hours, calendar, clock: clock, today: today).days
        forecast.trial = try Self.trial(series, marks, clock: clock)
        if !question.planned.isEmpty, !made.effects.contains(where: { $0.kind == SpecialDays.campaign }) {
            forecast.notes.append(VolumeForecast.campaignUnknown)
        }
        return forecast
    }

    private func check(_ question: ForecastQuestion) throws(Failure) {
        guard let metric = Catalogue.metric(question.metric), metric.unit == .count,
            case .sum = metric.expression
        else { throw ForecastQuestion.uncountable }
        guard (1...ForecastQuestion.daysMax).contains(question.days) else {
            throw Failure(
                .unprocessable, id: "Perkiraan paling jauh \(ForecastQuestion.daysMax) hari ke depan.",
                en: "A forecast reaches 1 to \(ForecastQuestion.daysMax) days ahead.")
        }
        guard question.planned.count <= ForecastQuestion.plannedMax else {
            throw Failure(
                .unprocessable, id: "Paling banyak \(ForecastQuestion.plannedMax) tanggal kampanye.",
                en: "At most \(ForecastQuestion.plannedMax) dates of campaigns.")
        }
    }

    /// Local days on which far more campaign messages than usual were sent.
    private func campaignDays(_ filters: [Filter], from: Instant, clock: ZoneClock) async throws -> [LocalDate] {
        let allowed: Set<Dimension> = [.phoneNumber, .waba, .campaign, .country]
        let sent = try await ask(
            Query(
                metrics: ["messages"],
                filters: filters.filter { allowed.contains($0.dimension) && $0.dimension != .campaign }
                    + [Filter(dimension: .campaign, op: .notNull, values: [])],
                range: .instants(from: from, to: now()), grain: .day))
        let counts = sent.rows.indices.map { sent.cell($0, "messages").number ?? 0 }
        // Campaigns of every week are part of its shape; where there are few, each counts.
        let sending = counts.filter { $0 > 0 }.sorted()
        let isRare = sending.count * 10 <= counts.count
        let usual = isRare ? 0 : sending[sending.count / 2]
        return sent.rows.indices.compactMap { row in
            guard counts[row] >= max(50, 2 * usual) else { return nil }
            return sent.cell(row, "time").text.flatMap(RFC3339.parse).map { clock.date(of: $0) }
        }
    }

    /// Holds the last week out and forecasts it from what came before.
    private static func trial(
        _ series: HourSeries, _ marks: [ForecastMark], clock: ZoneClock
    ) throws -> VolumeForecast.Trial? {
        let week = 168
        guard series.values.count >= 4 * week else { return nil }
        let known = series.values.count - week
        let before = Array(series.values[..<known])
        let points = try Forecaster.forecast(
            ForecastRequest(values: before, seasons: [24, 168], horizon: week, marks: marks)
        ).points
        var (error, naive, real) = (0.0, 0.0, 0.0)
        var (inside80, inside95, count) = (0.0, 0.0, 0.0)
        var days: [Int64: (real: Double, made: Double, naive: Double)] = [:]
        for (step, point) in points.enumerated() {
            guard let value = series.values[known + step], let repeated = series.values[known + step - week] else {
                continue
            }
            error += abs(point.mean - value)
            naive += abs(repeated - value)
            real += value
            count += 1
            if (point.low80...max(point.low80, point.high80)).contains(value) { inside80 += 1 }
            if (point.low95...max(point.low95, point.high95)).contains(value) { inside95 += 1 }
            let day = clock.date(of: series.start.adding(seconds: Int64(known + step) * 3600)).day
            let sums = days[day] ?? (0, 0, 0)
            days[day] = (sums.real + value, sums.made + point.mean, sums.naive + repeated)
        }
        guard real > 0, count >= Double(week) * 0.8 else { return nil }
        return VolumeForecast.Trial(
            error: error / real, naiveError: naive / real,
            dayError: days.values.reduce(0) { $0 + abs($1.made - $1.real) } / real,
            naiveDayError: days.values.reduce(0) { $0 + abs($1.naive - $1.real) } / real,
            inside80: inside80 / count, inside95: inside95 / count)
    }
}

extension ForecastQuestion {
    static let uncountable = Failure(
        .unprocessable,
        id: "Yang dapat diperkirakan hanya hitungan, misalnya messages_inbound, conversations, atau waits.",
        en: "Only counts can be forecast, such as messages_inbound, conversations or waits.")
}

extension VolumeForecast {
    static func tooShort(_ days: Int, _ total: Double) -> Text {
        days < daysMin
            ? Text(
                id: "Riwayat baru \(days) hari. Perkiraan per jam perlu sedikitnya \(daysMin) hari, dan baru mantap "
                    + "setelah tiga minggu.",
                en: "There are only \(days) days of history. An hourly forecast needs at least \(daysMin) days, and is "
                    + "sound after three weeks.")
            : Text(
                id: "Terlalu sedikit yang terhitung (\(Int(total))) untuk diperkirakan per jam.",
                en: "Too little was counted (\(Int(total))) to forecast it by the hour.")
    }

    static func short(_ days: Int) -> Text {
        Text(
            id: "Baru \(days) hari riwayat: anggap perkiraan ini kasar.",
            en: "Only \(days) days of history: take this forecast as rough.")
    }

    static let campaignUnknown = Text(
        id: "Belum ada hari kampanye besar dalam riwayat, jadi kampanye yang direncanakan belum dapat diperhitungkan.",
        en: "There is no day of a large campaign in the history, so planned ones cannot be taken into account yet.")

    /// How good it was, in a sentence; nil without a week held out.
    package var trialSentence: Text? {
        guard let trial else { return nil }
        let error = Figure.percent(trial.error)
        let naive = Figure.percent(trial.naiveError)
        let day = Figure.percent(trial.dayError)
        let inside = Figure.percent(trial.inside80)
        return Text(
            id: "Dicoba pada tujuh hari terakhir: meleset \(error.id) per jam dan \(day.id) per hari; mengulang minggu "
                + "sebelumnya begitu saja meleset \(naive.id) per jam. \(inside.id) jamnya ada di dalam selang "
                + "80\u{A0}%.",
            en: "Tried on the last seven days: off by \(error.en) by the hour and \(day.en) by the day; simply "
                + "repeating the week before is off by \(naive.en) by the hour. \(inside.en) of the hours lay inside "
                + "the 80% interval.")
    }
}
