/// Times as RFC 3339 spells them: `2026-11-22T10:10:00.25+07:00`.
package enum RFC3339 {
    /// Reads a date, a time and an offset. Lenient where it cannot be mistaken: a space or small `t` between date and
    /// time, a small `z`, an offset without colon (`+0700`, as Graph writes it), a comma before the fraction. A text
    /// without an offset is not an instant: nil. Digits beyond the microsecond are dropped.
    package static func parse(_ text: String) -> Instant? {
        var cursor = Cursor(Array(text.utf8.prefix(64)))
        guard let year = cursor.digits(4), cursor.skip("-"), let month = cursor.digits(2), cursor.skip("-"),
            let day = cursor.digits(2), cursor.skip("T", "t", " "), let hour = cursor.digits(2), cursor.skip(":"),
            let minute = cursor.digits(2), cursor.skip(":"), let second = cursor.digits(2)
        else { return nil }
        // 60 is a leap second; it counts as the first second of the next minute.
        guard hour <= 23, minute <= 59, second <= 60, CivilDate.isValid(year: year, month: month, day: day) else {
            return nil
        }
        guard let fraction = cursor.fractionMicroseconds(), let offset = cursor.offsetSeconds(), cursor.isAtEnd else {
            return nil
        }
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        let seconds = days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second &- offset
        return Instant(microseconds: seconds &* 1_000_000 &+ fraction)
    }

    /// Writes an instant, at `offsetSeconds` east of UTC (whole minutes; `Z` for zero). The fraction appears only when
    /// there is one. Instants outside the years 0 to 9999 are written as the nearest end of that range.
    package static func format(_ instant: Instant, offsetSeconds: Int64 = 0) -> String {
        let offset = min(max(offsetSeconds, -86_340), 86_340) / 60 * 60
        let local = min(max(instant.microseconds, earliest), latest) &+ offset &* 1_000_000
        let micros = min(max(local, earliest), latest)
        let seconds = micros.flooredDivision(by: 1_000_000)
        let fraction = micros &- seconds &* 1_000_000
        let days = seconds.flooredDivision(by: 86_400)
        let second = seconds &- days &* 86_400
        let date = CivilDate(daysSinceEpoch: days)
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
        text += "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        if fraction != 0 {
            var digits = padded(fraction, 6)
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        guard offset != 0 else { return text + "Z" }
        let minutes = abs(offset) / 60
        return text + (offset < 0 ? "-" : "+") + "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    /// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z.
    private static let earliest: Int64 = -62_167_219_200_000_000
    private static let latest: Int64 = 253_402_300_799_999_999

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private struct Cursor {
        private let bytes: [UInt8]
        private var at = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { at == bytes.count }
        private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

        mutating func skip(_ choices: Unicode.Scalar...) -> Bool {
            guard let next, choices.contains(where: { $0.value == UInt32(next) }) else { return false }
            at += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int64? {
            guard at + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for _ in 0..<count {
                let digit = bytes[at] &- UInt8(ascii: "0")
                guard digit <= 9 else { return nil }
                value = value * 10 + Int64(digit)
                at += 1
            }
            return value
        }

        mutating func fractionMicroseconds() -> Int64? {
            guard skip(".", ",") else { return 0 }
            var value: Int64 = 0
            var count = 0
            while let next, next &- UInt8(ascii: "0") <= 9 {
                if count < 6 { value = value * 10 + Int64(next &- UInt8(ascii: "0")) }
                count += 1
                at += 1
            }
            guard count > 0 else { return nil }
            while count < 6 {
                value *= 10
                count += 1
            }
            return value
        }

        mutating func offsetSeconds() -> Int64? {
            if skip("Z", "z") { return 0 }
            let isWest = next == UInt8(ascii: "-")
            guard skip("+", "-"), let hours = digits(2) else { return nil }
            _ = skip(":")
            guard let minutes = digits(2), hours <= 23, minutes <= 59 else { return nil }
            return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
    }
}

/// A day of the proleptic Gregorian calendar and its distance from 1970-01-01, by integer arithmetic over the
/// 400-year cycle of 146 097 days, with years that begin in March so that the leap day comes last.
struct CivilDate: Hashable {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let cycle = shifted.flooredDivision(by: 146_097)
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let cycle = marchYear.flooredDivision(by: 400)
        let yearOfCycle = marchYear - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }

    static func isValid(year: Int64, month: Int64, day: Int64) -> Bool {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let longest: Int64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        return day <= longest
    }
}
