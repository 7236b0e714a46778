import Domain

/// A moment of the simulated business as its clocks on the wall show it: WIB, UTC+7, which has no summer time.
struct WallClock: Hashable, Sendable {
    static let offsetSeconds: Int64 = 7 * 3600
    static let secondsPerDay: Int64 = 86_400

    var year: Int
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int
    var hour: Int
    var minute: Int
    var second: Int

    init(seconds: Int64, offset: Int64 = WallClock.offsetSeconds) {
        let local = seconds &+ offset
        let dayNumber = local.flooredDivision(by: Self.secondsPerDay)
        let secondOfDay = Int(local &- dayNumber &* Self.secondsPerDay)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        // 1970-01-01 was a Thursday.
        weekday = Int((dayNumber &+ 4) &- (dayNumber &+ 4).flooredDivision(by: 7) &* 7)
        (year, month, day) = Self.date(dayNumber: dayNumber)
    }

    /// Days since 1970-01-01 to a Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms").
    static func date(dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber &+ 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = Int(shifted &- era &* 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (Int(era) * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    /// Sorts and groups by calendar month.
    var monthIndex: Int { year * 12 + month - 1 }
}
