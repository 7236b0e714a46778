import Analytics
import Catalogue
import Domain
import Storage

/// The buckets of an answer with a time column, as places along a chart. Those that have not begun are left out.
struct TimeBuckets {
    let starts: [Instant]
    /// The first row of each bucket.
    let rows: [Int?]
    private let isPartial: [Bool]
    private let startOfRow: [Instant?]
    private let ends: [Instant]
    private let grain: Grain
    private let scope: Scope

    /// - Parameter open: a count; a bucket where it is not 0 is not complete.
    init(_ answer: Answer, _ scope: Scope, open: String? = nil) {
        self.scope = scope
        grain = answer.meta.query.grain
        let startOfRow = answer.rows.indices.map { answer.cell($0, "time").text.flatMap(RFC3339.parse) }
        self.startOfRow = startOfRow
        let now = scope.now
        let starts = Set(startOfRow.compactMap { $0 }.filter { $0 <= now }).sorted()
        let all = Set(startOfRow.compactMap { $0 }).sorted()
        let ends = starts.map { start in all.first { $0 > start } ?? max(answer.meta.to, start) }
        let rowsByStart = Dictionary(grouping: answer.rows.indices) { row in startOfRow[row] }
        rows = starts.map { rowsByStart[$0]?.first }
        isPartial = zip(starts, ends).map { start, end in
            if end > now || Self.isToday(start, end, scope) { return true }
            return (rowsByStart[start] ?? []).contains { row in
                let maturity = answer.maturities.indices.contains(row) ? answer.maturities[row] : nil
                if (maturity ?? 1) < Chart.maturityMin { return true }
                return open.map { (answer.cell(row, $0).number ?? 0) > 0 } ?? false
            }
        }
        self.starts = starts
        self.ends = ends
    }

    /// The last bucket ends where the question did, which may be now: its day is not over all the same.
    private static func isToday(_ start: Instant, _ end: Instant, _ scope: Scope) -> Bool {
        end.microseconds(since: start) < 86_400_000_000 && end.microseconds(since: scope.now) > -1_000_000
    }

    func start(ofRow row: Int) -> Instant? { startOfRow.indices.contains(row) ? startOfRow[row] : nil }

    /// The head of the table's first column.
    var axis: String {
        switch grain {
        case .quarterHour, .hour: scope.say("Jam", "Hour")
        case .day, .total: scope.say("Hari", "Day")
        case .week: scope.say("Minggu sejak", "Week from")
        case .month: scope.say("Bulan", "Month")
        }
    }

    /// - Parameter path: of the page that a bucket of at least a day leads to; nil for the page of the chart.
    func places(_ path: String?) -> [Chart.Place] {
        starts.indices.map { index in
            let (short, name) = names(starts[index])
            return Chart.Place(short: short, name: name, isPartial: isPartial[index], href: href(index, path))
        }
    }

    private func href(_ index: Int, _ path: String?) -> String? {
        guard grain == .day || grain == .week || grain == .month, starts.count > 1 else { return nil }
        let clock = scope.figures.clock
        let from = clock.date(of: starts[index])
        let to = clock.date(of: ends[index].adding(seconds: -1)).adding(days: 1)
        return scope.filters.setting(.dates(from: from, to: to)).url(path: path ?? scope.path)
    }

    private func names(_ start: Instant) -> (short: String, name: String) {
        let figures = scope.figures
        let date = figures.clock.date(of: start)
        switch grain {
        case .quarterHour, .hour:
            let time = figures.time(start)
            let clock = time.split(separator: " ").last.map(String.init) ?? time
            return (clock, "\(figures.weekdayDate(date)) \(clock)")
        case .day, .total: return (figures.shortDate(date), figures.weekdayDate(date))
        case .week: return (figures.shortDate(date), figures.date(date))
        case .month:
            let name = figures.date(date).split(separator: " ").dropFirst().joined(separator: " ")
            return (name, name)
        }
    }

    /// Where things that happened stand along the chart; what lies outside is left out.
    func marks(_ marks: [TimelineMark]) -> [Chart.Mark] {
        marks.compactMap { mark in
            guard let index = starts.lastIndex(where: { $0 <= mark.at }), mark.at < ends[index] else { return nil }
            let whole = Double(max(1, ends[index].microseconds(since: starts[index])))
            let words = TimelineWords(mark.event, scope.language)
            return Chart.Mark(
                position: Double(index) + Double(mark.at.microseconds(since: starts[index])) / whole,
                time: scope.figures.shortTime(mark.at), words: words.sentence, tone: words.tone)
        }
    }
}

extension Scope {
    /// What happened to the account while an answer's messages were sent, newest last.
    func marks(_ answer: Answer) async throws -> [TimelineMark] {
        try await store.timeline(answer.meta.from..<answer.meta.to, limit: 50).sorted { $0.at < $1.at }
    }
}
