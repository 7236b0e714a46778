import Domain

/// Weekly hours as people write them: `{"mon-fri": ["08:00-12:00", "13:00-17:00"], "sat": ["09:00-13:00"]}`.
enum Weekdays {
    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Hours by ISO weekday. A day that is not named is closed.
    static func read(_ element: SettingsReading.Element) throws(Failure) -> [Int: [WorkCalendar.Interval]] {
        guard element.value.isObject else {
            throw element.failure(
                .malformed, id: "harus berupa objek seperti {\"mon-fri\": [\"08:00-17:00\"]}",
                en: "must be an object such as {\"mon-fri\": [\"08:00-17:00\"]}")
        }
        var weekly: [Int: [WorkCalendar.Interval]] = [:]
        var seen: Set<Int> = []
        for (key, value) in element.value.members {
            guard let days = days(key) else {
                throw element.failure(
                    id: "hari \"\(key.cut(toBytes: 32))\" tidak dikenal; pakai \(list), atau rentang seperti mon-fri",
                    en: "unknown day \"\(key.cut(toBytes: 32))\"; use \(list), or a range such as mon-fri")
            }
            let place = SettingsReading.Element(value: value, path: "\(element.path).\(key)")
            let intervals = value.isNull ? [] : try intervals(place)
            for day in days {
                guard seen.insert(day).inserted else {
                    throw place.failure(
                        id: "\(names[day - 1]) disebut dua kali", en: "\(names[day - 1]) is named twice")
                }
                if !intervals.isEmpty { weekly[day] = intervals }
            }
        }
        return weekly
    }

    private static var list: String { names.joined(separator: ", ") }

    /// ISO weekdays of `mon` or `mon-fri`.
    private static func days(_ key: String) -> ClosedRange<Int>? {
        let numbers = key.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { name in
            names.firstIndex(of: String(name).trimmed).map { $0 + 1 }
        }
        guard numbers.count <= 2, let first = numbers.first ?? nil, let last = numbers.last ?? nil, first <= last else {
            return nil
        }
        return first...last
    }

    /// A list of intervals, or one.
    private static func intervals(_ element: SettingsReading.Element) throws(Failure) -> [WorkCalendar.Interval] {
        guard element.value.isArray else { return [try interval(element)] }
        var intervals: [WorkCalendar.Interval] = []
        for element in try element.list() { intervals.append(try interval(element)) }
        return intervals.sorted()
    }

    /// `08:00-12:00`; also `8:00 – 12:00` and `08.00-12.00`, as hours are often written.
    private static func interval(_ element: SettingsReading.Element) throws(Failure) -> WorkCalendar.Interval {
        let text = element.value.kind == .string ? element.value.string ?? "" : ""
        let parts = text.replacing("–", with: "-").split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = minute(String(parts[0]).trimmed), let to = minute(String(parts[1]).trimmed)
        else {
            throw element.failure(
                id: "harus rentang jam seperti \"08:00-17:00\"; 24:00 boleh menjadi akhir",
                en: "must be hours such as \"08:00-17:00\"; 24:00 may be the end")
        }
        return WorkCalendar.Interval(from: from, to: to)
    }

    /// Minutes after midnight; 24:00 is the last.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = digits(parts[0]), let minute = digits(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}

/// A length of time as people write it: `90`, `"90s"`, `"15m"`, `"1h30m"`, `"2d"`.
enum WaitLength {
    /// Longest promise: 90 days.
    static let secondsMax: Int64 = 90 * 86_400

    private static let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    static func read(_ element: SettingsReading.Element) throws(Failure) -> Int64 {
        let seconds = element.value.int64 ?? (element.value.kind == .string ? element.value.string.flatMap(parse) : nil)
        guard let seconds, (1...secondsMax).contains(seconds) else {
            throw element.failure(
                id: "harus lama waktu seperti \"15m\", \"1h30m\", atau jumlah detik, paling lama 90 hari",
                en: "must be a length of time such as \"15m\", \"1h30m\" or a number of seconds, at most 90 days")
        }
        return seconds
    }

    /// Units from the largest to the smallest, each once; nil for anything else.
    static func parse(_ text: String) -> Int64? {
        var rest = Substring(text.trimmed.lowercased())
        var units = units[...]
        var sum: Int64 = 0
        guard !rest.isEmpty, rest.utf8.count <= 32 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            guard let count = Int64(digits), let letter = rest.first,
                let unit = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: units[unit].seconds)
            let (total, carry) = sum.addingReportingOverflow(product)
            guard !overflow, !carry else { return nil }
            sum = total
            units = units[(unit + 1)...]
            rest = rest.dropFirst().drop { $0 == " " }
        }
        return sum
    }

    /// The shortest spelling that reads back as the same.
    static func text(_ seconds: Int64) -> String {
        guard seconds > 0 else { return String(seconds) + "s" }
        var left = seconds
        var text = ""
        for unit in units where left >= unit.seconds {
            text += String(left / unit.seconds) + String(unit.letter)
            left %= unit.seconds
        }
        return text
    }
}
