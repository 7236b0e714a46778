import Catalogue
import Domain

/// Words for time: "kemarin", "last 30 days", "antara 1 dan 7 Oktober", "sejak Senin".
struct QuestionTime {
    let now: Instant
    let clock: ZoneClock
    /// Days in numbers, `1/10`: the day first, unless the month comes first (English).
    var today: LocalDate { clock.date(of: now) }

    enum Unit: Hashable {
        case hour, day, week, month, year
    }

    struct Span: Hashable {
        var range: QueryRange
        var meaning: Text
        var unit: Unit?
        /// Words that it took.
        var length: Int
        var other: Other?
    }

    /// Another reading of the same words.
    enum Other: Hashable {
        case range(QueryRange, Text)
        /// That weekday in every week.
        case weekday(Int)
    }

    static let units: [String: Unit] = [
        "jam": .hour, "hour": .hour, "hours": .hour, "hari": .day, "day": .day, "days": .day, "minggu": .week,
        "pekan": .week, "week": .week, "weeks": .week, "bulan": .month, "month": .month, "months": .month,
        "tahun": .year, "year": .year, "years": .year,
    ]
    static let numbers: [String: Int] = [
        "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
        "sepuluh": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10,
    ]
    static let weekdays: [String: Int] = [
        "senin": 1, "selasa": 2, "rabu": 3, "kamis": 4, "jumat": 5, "jum'at": 5, "sabtu": 6, "ahad": 7, "monday": 1,
        "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    static let months: [String: Int] = {
        let names = [
            ["januari", "january", "jan"], ["februari", "february", "feb", "pebruari"], ["maret", "march", "mar"],
            ["april", "apr"], ["mei", "may"], ["juni", "june", "jun"], ["juli", "july", "jul"],
            ["agustus", "august", "aug", "agu"], ["september", "sep", "sept"], ["oktober", "october", "okt", "oct"],
            ["november", "nov", "nopember"], ["desember", "december", "des", "dec"],
        ]
        return Dictionary(
            names.enumerated().flatMap { index, words in words.map { ($0, index + 1) } },
            uniquingKeysWith: { a, _ in a })
    }()
    private static let ones: [String: Unit] = [
        "sejam": .hour, "sehari": .day, "seminggu": .week, "sepekan": .week, "sebulan": .month, "setahun": .year,
    ]
    static let lastBefore: Set<String> = ["last", "past", "previous", "terakhir"]
    static let lastAfter: Set<String> = ["terakhir", "belakangan", "kebelakang"]
    static let ago: Set<String> = ["lalu", "ago", "kemarin"]
    static let since: Set<String> = ["sejak", "since", "mulai", "semenjak"]
    static let from: Set<String> = ["antara", "between", "dari", "from"]
    static let until: Set<String> = ["sampai", "hingga", "s/d", "sd", "to", "until", "till", "through"]
    static let and: Set<String> = ["dan", "and", "&"]

    /// Everything that a slip of the fingers may have meant.
    static let vocabulary: [String] = {
        let fixed = [
            "hari", "ini", "kemarin", "today", "yesterday", "before", "lusa", "this", "sebelumnya", "tanggal",
        ]
        let sets = lastBefore.union(lastAfter).union(ago).union(since).union(from).union(until)
        let words = fixed + Array(units.keys) + Array(weekdays.keys) + Array(months.keys) + Array(ones.keys)
        return Array(Set(words + sets)).sorted()
    }()

    /// The time that begins at a word; nil when none does.
    func span(_ words: [String], at index: Int) -> Span? {
        bounded(words, index) ?? relative(words, index) ?? counted(words, index) ?? single(words, index)
    }

    // MARK: From … until …

    private func bounded(_ words: [String], _ index: Int) -> Span? {
        guard let first = word(words, index) else { return nil }
        if Self.since.contains(first) {
            guard let start = plain(words, index + 1) else { return nil }
            return dates(start.from, today.adding(days: 1), length: 1 + start.length)
        }
        let hasFrom = Self.from.contains(first)
        var at = index + (hasFrom ? 1 : 0)
        if ["tanggal", "tgl"].contains(word(words, at) ?? "") { at += 1 }
        let start = plain(words, at)
        var day: Int?
        if start == nil { day = number(words, at).flatMap { (1...31).contains($0) ? $0 : nil } }
        // `1-7 oktober`
        if start == nil, day == nil, !hasFrom, let both = pair(words, at), let end = date(words, at + 1, day: both.1),
            both.0 <= both.1
        {
            return dates(end.from.adding(days: Int64(both.0 - both.1)), end.to, length: at + 1 + end.length - index)
        }
        guard let length = start?.length ?? day.map({ _ in 1 }), let middle = word(words, at + length),
            Self.until.contains(middle) || (hasFrom && Self.and.contains(middle))
        else { return nil }
        var after = at + length + 1
        if ["tanggal", "tgl"].contains(word(words, after) ?? "") { after += 1 }
        if let day {
            guard let end = plain(words, after), end.precision == .day,
                let first = LocalDate(year: end.from.civil.year, month: end.from.civil.month, day: day),
                first <= end.from
            else { return nil }
            return dates(first, end.to, length: after + end.length - index)
        }
        guard let start else { return nil }
        if let end = plain(words, after) {
            guard end.to > start.from else { return nil }
            return dates(start.from, end.to, length: after + end.length - index)
        }
        if start.precision == .day, let last = number(words, after),
            let end = LocalDate(year: start.from.civil.year, month: start.from.civil.month, day: last),
            end >= start.from
        {
            return dates(start.from, end.adding(days: 1), length: after + 1 - index)
        }
        return nil
    }

    // MARK: Today, last week

    private func relative(_ words: [String], _ index: Int) -> Span? {
        let (a, b, c) = (word(words, index) ?? "", word(words, index + 1) ?? "", word(words, index + 2) ?? "")
        switch (a, b) {
        case ("hari", "ini"): return preset(.today, 2, .day)
        case ("today", _): return preset(.today, 1, .day)
        case ("kemarin", "lusa"), ("kemarin", "dulu"): return day(-2, 2)
        case ("kemarin", _), ("yesterday", _): return preset(.yesterday, 1, .day)
        case ("day", "before") where c == "yesterday": return day(-2, 3)
        case ("month", "to") where c == "date": return preset(.monthToDate, 3, .month)
        case ("mtd", _): return preset(.monthToDate, 1, .month)
        default: break
        }
        if let unit = Self.units[a], unit != .hour {
            // "minggu terakhir" are seven days; "minggu lalu" is the week from Monday to Sunday.
            if b == "ini" { return current(unit, 2) }
            if Self.ago.contains(b) || b == "sebelumnya", unit != .day { return past(unit, 1, 2) }
            if Self.lastAfter.contains(b) { return last(1, unit, 2) }
        }
        if let unit = Self.units[b], unit != .hour, !b.hasSuffix("s") {
            if a == "this" { return current(unit, 2) }
            if a == "last" || a == "previous", unit != .day { return past(unit, 1, 2) }
            if a == "past" { return last(1, unit, 2) }
        }
        if let unit = Self.ones[a] { return last(1, unit, Self.lastAfter.contains(b) || b == "lalu" ? 2 : 1) }
        return nil
    }

    /// "7 hari terakhir", "last 30 days", "3 hari lalu", "2 weeks ago", "7d".
    private func counted(_ words: [String], _ index: Int) -> Span? {
        guard let first = word(words, index) else { return nil }
        if Self.lastBefore.contains(first), let count = number(words, index + 1),
            let unit = word(words, index + 2).flatMap({ Self.units[$0] })
        {
            return last(count, unit, 3)
        }
        if let count = Int(first.dropLast()), let unit = ["d": Unit.day, "w": .week][first.suffix(1)], first.count <= 4
        {
            return last(count, unit, 1)
        }
        guard let count = number(words, index), let unit = word(words, index + 1).flatMap({ Self.units[$0] }) else {
            return nil
        }
        let next = word(words, index + 2) ?? ""
        if next == "yang", word(words, index + 3) == "lalu" { return ago(count, unit, 4) }
        if next == "ke", word(words, index + 3) == "belakang" { return last(count, unit, 4) }
        if Self.lastAfter.contains(next) { return last(count, unit, 3) }
        if Self.ago.contains(next) { return ago(count, unit, 3) }
        return last(count, unit, 2)
    }

    private func ago(_ count: Int, _ unit: Unit, _ length: Int) -> Span? {
        guard (1...3_650).contains(count) else { return nil }
        if unit == .day { return day(-Int64(count), length) }
        return unit == .hour ? nil : past(unit, count, length)
    }

    // MARK: A date, a month, a weekday

    private func single(_ words: [String], _ index: Int) -> Span? {
        var at = index
        if ["tanggal", "tgl", "bulan"].contains(word(words, at) ?? "") { at += 1 }
        if let span = year(words, index) { return span }
        if let date = date(words, at) {
            var span = dates(date.from, date.to, length: at + date.length - index)
            if let other = date.other {
                span.other = .range(.dates(from: other, to: other.adding(days: 1)), told(other, other))
            }
            return span
        }
        return weekday(words, index)
    }

    /// "2026", "tahun 2026": until today, when it is this one.
    private func year(_ words: [String], _ index: Int) -> Span? {
        let at = index + (["tahun", "year"].contains(word(words, index) ?? "") ? 1 : 0)
        guard let text = word(words, at), text.count == 4, let year = Int(text),
            (2_009...today.civil.year).contains(year),
            let from = LocalDate(year: year, month: 1, day: 1), let next = LocalDate(year: year + 1, month: 1, day: 1)
        else { return nil }
        var span = dates(from, min(next, today.adding(days: 1)), length: at + 1 - index)
        span.unit = .year
        return span
    }

    /// "Senin", "hari Minggu", "Senin lalu", "last Monday": the latest there was.
    private func weekday(_ words: [String], _ index: Int) -> Span? {
        var at = index
        var isPast = false
        if word(words, at) == "last" {
            at += 1
            isPast = true
        } else if word(words, at) == "hari" || word(words, at) == "on" {
            at += 1
        }
        let name = word(words, at) ?? ""
        guard let weekday = Self.weekdays[name] ?? (name == "minggu" && at > index ? 7 : nil) else { return nil }
        at += 1
        if ["lalu", "kemarin"].contains(word(words, at) ?? "") {
            at += 1
            isPast = true
        }
        var back = (today.weekday - weekday + 7) % 7
        if back == 0, isPast { back = 7 }
        guard var span = day(-Int64(back), at - index) else { return nil }
        if !isPast { span.other = .weekday(weekday) }
        return span
    }

    private enum Precision {
        case day, month, other
    }

    private struct Dated {
        var from: LocalDate
        var to: LocalDate
        var precision: Precision
        var length: Int
        var other: LocalDate?
    }

    /// A date, or any other time that has a first and a last day.
    private func plain(_ words: [String], _ index: Int) -> Dated? {
        var at = index
        if ["tanggal", "tgl"].contains(word(words, at) ?? "") { at += 1 }
        if var date = date(words, at) {
            date.length += at - index
            return date
        }
        guard let span = relative(words, at) ?? counted(words, at) ?? weekday(words, at) else { return nil }
        let (from, to) = span.range.resolved(now: now, clock: clock)
        return Dated(
            from: clock.date(of: from), to: clock.date(of: to.adding(seconds: -1)).adding(days: 1), precision: .other,
            length: span.length + at - index)
    }

    /// `2026-10-01`, `1/10/2026`, `1 Oktober 2026`, `October 1`, `Oktober`.
    /// - Parameter day: when it stands in the word before.
    private func date(_ words: [String], _ index: Int, day given: Int? = nil) -> Dated? {
        guard let first = word(words, index) else { return nil }
        if given == nil {
            if let date = LocalDate(first.split(separator: " ").joined(separator: "-")) {
                return one(date, 1)
            }
            if let date = slashed(first) { return date }
        }
        var at = index
        var day = given
        if day == nil, let number = ordinal(first), let next = word(words, index + 1), Self.months[next] != nil {
            day = number
            at += 1
        }
        guard let month = word(words, at).flatMap({ Self.months[$0] }) else { return nil }
        at += 1
        if day == nil, let number = word(words, at).flatMap(ordinal), (1...31).contains(number),
            // "October 1 to …" is a date; "may 2 templates" is no question either.
            word(words, at + 1).flatMap({ Self.units[$0] }) == nil
        {
            day = number
            at += 1
        }
        var year: Int?
        if let number = word(words, at).flatMap({ Int($0) }), (2_009...2_100).contains(number) {
            year = number
            at += 1
        }
        let civil = today.civil
        if let day {
            guard let date = LocalDate(year: year ?? civil.year, month: month, day: day) else { return nil }
            if year == nil, date > today, let before = LocalDate(year: civil.year - 1, month: month, day: day) {
                return one(before, at - index)
            }
            return one(date, at - index)
        }
        guard
            let start = LocalDate(
                year: year ?? (month > civil.month ? civil.year - 1 : civil.year), month: month, day: 1)
        else { return nil }
        let end = min(start.startOfNextMonth, max(start.adding(days: 1), today.adding(days: 1)))
        return Dated(from: start, to: end, precision: .month, length: at - index)
    }

    private func one(_ date: LocalDate, _ length: Int) -> Dated {
        Dated(from: date, to: date.adding(days: 1), precision: .day, length: length)
    }

    /// The day first, as Indonesian has it; the other order is told when it makes a date too.
    private func slashed(_ word: String) -> Dated? {
        let parts = word.split(separator: "/").compactMap { Int($0) }
        guard word.contains("/"), (2...3).contains(parts.count), word.split(separator: "/").count == parts.count else {
            return nil
        }
        let make = { (day: Int, month: Int) -> LocalDate? in
            if parts.count == 3 {
                return LocalDate(year: parts[2] < 100 ? 2_000 + parts[2] : parts[2], month: month, day: day)
            }
            let year = today.civil.year
            guard let date = LocalDate(year: year, month: month, day: day) else { return nil }
            return date > today ? LocalDate(year: year - 1, month: month, day: day) : date
        }
        let (dayFirst, monthFirst) = (make(parts[0], parts[1]), make(parts[1], parts[0]))
        guard let date = dayFirst ?? monthFirst else { return nil }
        var dated = one(date, 1)
        if dayFirst != nil, monthFirst != date { dated.other = monthFirst }
        return dated
    }

    // MARK: Parts

    private func word(_ words: [String], _ index: Int) -> String? {
        words.indices.contains(index) ? words[index] : nil
    }

    private func number(_ words: [String], _ index: Int) -> Int? {
        word(words, index).flatMap { Int($0) ?? Self.numbers[$0] }.flatMap { (1...3_650).contains($0) ? $0 : nil }
    }

    /// `1st`, `2nd`, `7`.
    private func ordinal(_ word: String) -> Int? {
        let digits = ["st", "nd", "rd", "th"].contains(String(word.suffix(2))) ? String(word.dropLast(2)) : word
        return Int(digits).flatMap { (1...31).contains($0) ? $0 : nil }
    }

    /// `1-7`, whose hyphen has become a space.
    private func pair(_ words: [String], _ index: Int) -> (Int, Int)? {
        let parts = (word(words, index) ?? "").split(separator: " ").compactMap { Int($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    // MARK: Spans

    private func preset(_ preset: QueryRange.Preset, _ length: Int, _ unit: Unit) -> Span {
        let (from, to) = QueryRange.preset(preset).resolved(now: now, clock: clock)
        return Span(
            range: .preset(preset), meaning: told(clock.date(of: from), clock.date(of: to).adding(days: -1)),
            unit: unit, length: length)
    }

    private func day(_ offset: Int64, _ length: Int) -> Span? {
        var span = dates(today.adding(days: offset), today.adding(days: offset + 1), length: length)
        span.unit = .day
        return span
    }

    private func last(_ count: Int, _ unit: Unit, _ length: Int) -> Span? {
        let days: Int
        switch unit {
        case .hour:
            guard count <= 24 * 366 else { return nil }
            return Span(
                range: .instants(from: now.adding(seconds: -Int64(count) * 3_600), to: now),
                meaning: Text(id: "\(count) jam terakhir", en: "the last \(count) hours"), unit: .hour, length: length)
        case .day: days = count
        case .week: days = count * 7
        case .month: days = count * 30
        case .year: days = count * 365
        }
        guard (1...3_650).contains(days) else { return nil }
        let range: QueryRange =
            switch days {
            case 7: .preset(.last7Days)
            case 28: .preset(.last28Days)
            case 90: .preset(.last90Days)
            default: .lastDays(days)
            }
        return Span(
            range: range, meaning: told(today.adding(days: Int64(1 - days)), today), unit: unit, length: length)
    }

    private func current(_ unit: Unit, _ length: Int) -> Span? {
        switch unit {
        case .hour: return nil
        case .day: return preset(.today, length, .day)
        case .month: return preset(.monthToDate, length, .month)
        case .week, .year:
            let start = unit == .week ? today.startOfWeek : startOfYear(back: 0)
            var span = dates(start, today.adding(days: 1), length: length)
            span.unit = unit
            return span
        }
    }

    /// The whole week, month or year, so many before this one.
    private func past(_ unit: Unit, _ count: Int, _ length: Int) -> Span? {
        var span: Span
        switch unit {
        case .hour, .day: return nil
        case .week:
            let start = today.startOfWeek.adding(days: -7 * Int64(count))
            span = dates(start, start.adding(days: 7), length: length)
            if count == 1 {
                span.other = .range(
                    .preset(.last7Days), Text(id: "7 hari terakhir", en: "the last 7 days"))
            }
        case .month:
            var start = today.startOfMonth
            for _ in 0..<min(count, 240) { start = start.adding(days: -1).startOfMonth }
            span = dates(start, start.startOfNextMonth, length: length)
        case .year: span = dates(startOfYear(back: count), startOfYear(back: count - 1), length: length)
        }
        span.unit = unit
        return span
    }

    private func startOfYear(back: Int) -> LocalDate {
        LocalDate(year: today.civil.year - back, month: 1, day: 1) ?? today
    }

    private func dates(_ from: LocalDate, _ to: LocalDate, length: Int) -> Span {
        Span(range: .dates(from: from, to: to), meaning: told(from, to.adding(days: -1)), unit: nil, length: length)
    }

    /// First and last day.
    func told(_ from: LocalDate, _ to: LocalDate) -> Text {
        from == to
            ? Text(id: "tanggal \(from)", en: "the day \(from)")
            : Text(id: "\(from) s.d. \(to)", en: "\(from) to \(to)")
    }
}
