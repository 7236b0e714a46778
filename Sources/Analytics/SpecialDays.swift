import Domain
import Insights

/// Days that are not like others: public holidays, Lebaran, Ramadan, paydays, campaigns.
package struct SpecialDays: Sendable {
    static let campaign = "campaign"
    static let payday = "payday"
    private var kinds: [String: Set<Int64>] = [:]

    /// Days that Ramadan lasts before the first day of Idul Fitri, a day more or less.
    private static let ramadanDays: Int64 = 29
    /// Wages are paid on the 25th as a rule; the days after it are those of spending.
    private static let paydays = 25...27

    /// - Parameter calendars: days off and special periods of the business's own.
    init(holidays: [PublicHoliday], calendars: [WorkCalendar], campaigns: [LocalDate], planned: [LocalDate]) {
        var lebaran: [Int64] = []
        for holiday in holidays {
            let isLebaran = holiday.name.id.contains("Idul Fitri") || holiday.name.id.contains("Idulfitri")
            if isLebaran { lebaran.append(holiday.date.day) }
            kinds[isLebaran ? "lebaran" : holiday.isJointLeave ? "joint_leave" : "holiday", default: []].insert(
                holiday.date.day)
        }
        // The first of each year's days.
        for day in lebaran.sorted() where !lebaran.contains(where: { $0 < day && day - $0 < 60 }) {
            kinds["ramadan", default: []].formUnion(day - Self.ramadanDays..<day)
        }
        let named = Set(kinds.values.joined())
        for calendar in calendars where calendar.scope == .workspace {
            for day in calendar.holidays where !named.contains(day.date.day) {
                kinds["holiday", default: []].insert(day.date.day)
            }
            for special in calendar.specials where special.to.day - special.from.day < 400 {
                let kind = special.name.lowercased().contains("ramadan") ? "ramadan" : "special"
                kinds[kind, default: []].formUnion(special.from.day...max(special.from.day, special.to.day))
            }
        }
        let sent = campaigns + planned
        if !sent.isEmpty { kinds[Self.campaign] = Set(sent.map(\.day)) }
    }

    /// Marks on a series by the hour. A kind that never was in what is known teaches nothing and is left out.
    func marks(from start: Instant, hours: Int, known: Int, clock: ZoneClock) -> [ForecastMark] {
        let first = clock.date(of: start)
        let last = clock.date(of: start.adding(seconds: Int64(hours) * 3600))
        let step = { (day: Int64) in
            Int((clock.instant(of: LocalDate(day: day)).seconds - start.seconds) / 3600)
        }
        return runs(first.day...last.day).map { kind, days in
            ForecastMark(kind: kind, steps: max(0, step(days.lowerBound))..<max(0, step(days.upperBound)))
        }.filter { $0.steps.lowerBound < hours }.taught(by: known)
    }

    /// Marks on a series by the day.
    func marks(ofDaysFrom first: LocalDate, count: Int, known: Int) -> [ForecastMark] {
        runs(first.day...first.day + Int64(max(0, count - 1))).map { kind, days in
            ForecastMark(kind: kind, steps: Int(days.lowerBound - first.day)..<Int(days.upperBound - first.day))
        }.taught(by: known)
    }

    /// Days in a row of each kind.
    private func runs(_ days: ClosedRange<Int64>) -> [(kind: String, days: Range<Int64>)] {
        var all = kinds
        all[Self.payday] = Set(days.filter { Self.paydays.contains(LocalDate(day: $0).civil.day) })
        return all.sorted { $0.key < $1.key }.flatMap { kind, marked -> [(String, Range<Int64>)] in
            var runs: [Range<Int64>] = []
            for day in marked.filter(days.contains).sorted() {
                if let last = runs.last, last.upperBound == day {
                    runs[runs.count - 1] = last.lowerBound..<day + 1
                } else {
                    runs.append(day..<day + 1)
                }
            }
            return runs.map { (kind, $0) }
        }
    }
}

extension [ForecastMark] {
    /// Those of kinds that were seen at least once; paydays, which are weak and come every month, twice.
    fileprivate func taught(by known: Int) -> [ForecastMark] {
        let seen = Dictionary(grouping: filter { $0.steps.upperBound <= known && !$0.steps.isEmpty }, by: \.kind)
        return filter { (seen[$0.kind]?.count ?? 0) >= ($0.kind == SpecialDays.payday ? 2 : 1) }
    }
}
