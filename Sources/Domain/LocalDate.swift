/// A day of the proleptic Gregorian calendar, without a zone. Years 1 to 9999.
package struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let day: Int64

    /// 0001-01-01 and 9999-12-31.
    package static let days: ClosedRange<Int64> = -719_162...2_932_896

    /// Clamped to years 1 … 9999, so that arithmetic on dates never leaves the calendar.
    package init(day: Int64) {
        self.day = min(max(day, Self.days.lowerBound), Self.days.upperBound)
    }

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days from civil (Howard Hinnant): years begin in March, so that the leap day is the last of the year.
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.flooredDivision(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.day = era * 146_097 + dayOfEra - 719_468
        guard self.day >= Self.days.lowerBound, civil == (year, month, day) else { return nil }
    }

    /// `2026-10-01`; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var numbers: [Int] = []
        for range in [0..<4, 5..<7, 8..<10] {
            var number = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            }
            numbers.append(number)
        }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// Year, month 1 … 12, day 1 … 31.
    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
    }

    /// ISO weekday: 1 Monday … 7 Sunday.
    package var weekday: Int {
        let sinceMonday = day + 3  // 1970-01-01 was a Thursday.
        return Int(sinceMonday - sinceMonday.flooredDivision(by: 7) * 7) + 1
    }

    package func adding(days: Int64) -> LocalDate {
        let (sum, overflow) = day.addingReportingOverflow(days)
        return LocalDate(day: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The Monday of its week.
    package var startOfWeek: LocalDate { adding(days: Int64(1 - weekday)) }

    /// The first day of its month.
    package var startOfMonth: LocalDate { adding(days: Int64(1 - civil.day)) }

    /// The first day of the month after.
    package var startOfNextMonth: LocalDate { startOfMonth.adding(days: 31).startOfMonth }

    package var description: String {
        let (year, month, day) = civil
        return Self.padded(year, to: 4) + "-" + Self.padded(month, to: 2) + "-" + Self.padded(day, to: 2)
    }

    package static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    package static func < (a: LocalDate, b: LocalDate) -> Bool { a.day < b.day }
}
