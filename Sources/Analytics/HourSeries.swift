import Catalogue
import Domain
import Insights

/// A count by the hour, from the first hour in which anything was counted up to the last whole one.
struct HourSeries: Sendable {
    var start: Instant
    /// Nil where it is not known.
    var values: [Double?]
    var notes: [Text] = []

    /// Nothing received for so long is silence and not zero.
    private static let silenceSeconds: Int64 = 24 * 3600

    init(_ answer: Answer, metric: String, end: Instant, freshTo: Instant?) {
        start = answer.meta.from
        let count = max(0, Int((end.seconds - start.seconds) / 3600))
        values = Array(repeating: 0, count: count)
        for row in answer.rows.indices {
            guard let at = answer.cell(row, "time").text.flatMap(RFC3339.parse) else { continue }
            let place = Int((at.seconds - start.seconds) / 3600)
            if values.indices.contains(place) { values[place] = answer.cell(row, metric).number ?? 0 }
        }
        guard let freshTo, end.seconds - freshTo.seconds > Self.silenceSeconds else { return }
        let known = max(0, Int((freshTo.seconds - start.seconds) / 3600))
        for place in values.indices where place >= known { values[place] = nil }
        notes.append(
            Text(
                id: "Tidak ada data masuk lebih dari sehari; jam-jam itu dianggap tidak diketahui, bukan nol.",
                en: "Nothing was received for more than a day; those hours count as unknown, not as zero."))
    }

    var total: Double { values.reduce(0) { $0 + ($1 ?? 0) } }

    /// Takes away what lies before the first count.
    mutating func trim() {
        let first = values.firstIndex { ($0 ?? 0) > 0 } ?? values.count
        start = start.adding(seconds: Int64(first) * 3600)
        values.removeFirst(first)
    }

    func time(_ place: Int) -> Instant { start.adding(seconds: Int64(place) * 3600) }

    var past: [VolumeForecast.Past] {
        values.indices.compactMap { place in values[place].map { .init(start: time(place), value: $0) } }
    }

    /// Whole local days before a day, the first left out when it began within it.
    func days(_ clock: ZoneClock, before today: LocalDate) -> [VolumeForecast.PastDay] {
        var sums: [Int64: (sum: Double, hours: Int)] = [:]
        for place in values.indices {
            guard let value = values[place] else { continue }
            let day = clock.date(of: time(place)).day
            let so = sums[day] ?? (0, 0)
            sums[day] = (so.sum + value, so.hours + 1)
        }
        return sums.filter { $0.key < today.day && $0.value.hours >= 23 }.sorted { $0.key < $1.key }.map {
            VolumeForecast.PastDay(date: LocalDate(day: $0.key), value: $0.value.sum)
        }
    }
}

/// Hours of a forecast added up to local days.
///
/// Hours of one day err together, so their intervals cannot be added. How far a day's total may lie from its mean is
/// taken from a forecast of the daily totals; the mean is the sum of the hours.
struct DayTotals {
    let days: [VolumeForecast.Day]

    init(
        _ series: HourSeries, _ hours: [VolumeForecast.Hour], _ calendar: SpecialDays, clock: ZoneClock,
        today: LocalDate
    ) throws {
        var means: [Int64: Double] = [:]
        for hour in hours { means[clock.date(of: hour.start).day, default: 0] += hour.point.mean }
        let past = series.days(clock, before: today)
        // What has passed of today already is certain.
        let counted = series.values.indices.reduce(0.0) { sum, place in
            clock.date(of: series.time(place)) == today ? sum + (series.values[place] ?? 0) : sum
        }
        guard let first = past.first?.date, let last = past.last?.date else {
            days = []
            return
        }
        var values = [Double?](repeating: nil, count: Int(last.day - first.day) + 1)
        for day in past { values[Int(day.date.day - first.day)] = day.value }
        let final = means.keys.max() ?? today.day
        let horizon = max(1, Int(final - last.day))
        let marks = calendar.marks(ofDaysFrom: first, count: values.count + horizon, known: values.count)
        let points = try Forecaster.forecast(
            ForecastRequest(values: values, seasons: [7], horizon: horizon, marks: marks)
        ).points
        days = means.keys.sorted().map { day in
            let sure = day == today.day ? counted : 0
            let mean = means[day] ?? 0
            let place = Int(day - last.day) - 1
            guard points.indices.contains(place), points[place].mean > 0 else {
                return .init(
                    date: LocalDate(day: day),
                    point: .init(mean: sure + mean, low80: sure, high80: sure + mean, low95: sure, high95: sure + mean))
            }
            let point = points[place]
            let scaled = { (bound: Double) in sure + mean * max(0, bound) / point.mean }
            return .init(
                date: LocalDate(day: day),
                point: .init(
                    mean: sure + mean, low80: min(sure + mean, scaled(point.low80)),
                    high80: max(sure + mean, scaled(point.high80)), low95: min(sure + mean, scaled(point.low95)),
                    high95: max(sure + mean, scaled(point.high95))))
        }
    }
}
