import Domain

/// Times and values put on even steps: sorted, gaps left empty, several values of one step averaged.
struct EvenSeries: Sendable {
    enum Step: Hashable, Sendable {
        case seconds(Double)
        /// Months are not all as long; `isLastDay` when all times are the last of their months.
        case months(Int, isLastDay: Bool)
    }

    let values: [Double?]
    let step: Step
    private let start: Double
    private let layout: TimestampLayout

    /// More gaps than this for each value, and the times are taken for wrong: then the rows follow each other.
    private static let gapsMax = 50

    init(_ rows: [(time: Double, value: Double?)], layout: TimestampLayout) {
        let sorted = rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
            \.element)
        let times = sorted.map(\.time)
        self.layout = layout
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.sorted()
        let usual = gaps.isEmpty ? Self.stepOfOne(layout) : gaps[gaps.count / 2]
        let step = Self.months(times, usual, layout) ?? .seconds(usual)
        self.step = step
        let places = times.map { Self.place($0, from: times.first ?? 0, step, layout) }
        let last = places.last ?? 0
        guard last < (rows.count + 10) * Self.gapsMax else {
            values = sorted.map(\.value)
            start = (times.last ?? 0) - usual * Double(max(0, times.count - 1))
            return
        }
        start = times.first ?? 0
        var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: last + 1)
        for (place, row) in zip(places, sorted) {
            guard let value = row.value else { continue }
            sums[place].sum += value
            sums[place].count += 1
        }
        values = sums.map { $0.count > 0 ? $0.sum / $0.count : nil }
    }

    /// The spelling of a place in the series; places past the end go on.
    func timestamp(_ place: Int) -> String {
        switch step {
        case .seconds(let seconds): return layout.write(start + Double(place) * seconds)
        case .months(let months, let isLastDay):
            let local = start + layout.offset
            let days = (local / 86_400).rounded(.down)
            let date = LocalDate(day: Int64(days))
            let month = date.civil.year * 12 + date.civil.month - 1 + place * months
            guard let first = LocalDate(year: month / 12, month: month % 12 + 1, day: 1) else { return "" }
            let longest = Int(first.startOfNextMonth.day - first.day)
            let day = isLastDay ? longest : min(date.civil.day, longest)
            return layout.write(Double(first.day + Int64(day - 1)) * 86_400 + (local - days * 86_400) - layout.offset)
        }
    }

    /// The seasons that steps of this length usually have.
    var usualSeasons: [Int] {
        switch step {
        case .months(let months, _): return months < 12 && 12 % months == 0 ? [12 / months] : []
        case .seconds(let seconds):
            if case .number = layout.form, start < 1e8 { return [] }
            // Unix times in milliseconds.
            let unit = start > 1e11 ? seconds / 1_000 : seconds
            if unit <= 0 { return [] }
            if unit < 86_400 {
                let day = Int((86_400 / unit).rounded())
                return abs(Double(day) * unit - 86_400) < 1 && (2...1_440).contains(day) ? [day, 7 * day] : []
            }
            return abs(unit - 86_400) < 4_000 ? [7] : abs(unit - 604_800) < 4_000 ? [52] : []
        }
    }

    private static func stepOfOne(_ layout: TimestampLayout) -> Double {
        switch layout.form {
        case .number: 1
        case .date: 86_400
        case .moment: 3_600
        }
    }

    private static func months(_ times: [Double], _ usual: Double, _ layout: TimestampLayout) -> Step? {
        if case .number = layout.form { return nil }
        guard usual >= 27.9 * 86_400, times.count > 1 else { return nil }
        let dates = times.map { LocalDate(day: Int64((($0 + layout.offset) / 86_400).rounded(.down))) }
        let months = (usual / (30.436_875 * 86_400)).rounded()
        guard months >= 1, months <= 1_200 else { return nil }
        if dates.allSatisfy({ $0.civil.day == $0.startOfNextMonth.adding(days: -1).civil.day }) {
            return .months(Int(months), isLastDay: true)
        }
        let day = dates.map(\.civil.day).max() ?? 1
        guard dates.allSatisfy({ $0.civil.day == min(day, $0.startOfNextMonth.adding(days: -1).civil.day) }) else {
            return nil
        }
        return .months(Int(months), isLastDay: false)
    }

    private static func place(_ time: Double, from start: Double, _ step: Step, _ layout: TimestampLayout) -> Int {
        switch step {
        case .seconds(let seconds):
            let place = seconds > 0 ? ((time - start) / seconds).rounded() : 0
            return place < 1e9 ? Int(place) : .max
        case .months(let months, _):
            let dates = [start, time].map {
                LocalDate(day: Int64((($0 + layout.offset) / 86_400).rounded(.down))).civil
            }
            return ((dates[1].year - dates[0].year) * 12 + dates[1].month - dates[0].month) / months
        }
    }
}
