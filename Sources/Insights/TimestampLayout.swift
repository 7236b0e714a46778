import Domain

/// How a series spells its times, so that a forecast can go on in the same spelling.
struct TimestampLayout: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// Seconds, milliseconds or a plain running number; how many of them make a second.
        case number(decimals: Int)
        case date(separator: String, hasDay: Bool)
        /// `mark` between date and time; `zone` as written, such as `Z` or `+07:00`.
        case moment(separator: String, mark: String, hasSeconds: Bool, decimals: Int, zone: String)
    }

    let form: Form
    /// East of UTC.
    let offset: Double

    /// The time in seconds (for a number: the number), and how it was spelled. Nil when it is no time.
    static func read(_ text: String) -> (time: Double, layout: TimestampLayout)? {
        let bytes = Array(text.utf8)
        if let number = Double(text), number.isFinite, !bytes.isEmpty,
            bytes.allSatisfy({ "0123456789.-".utf8.contains($0) })
        {
            let decimals = bytes.firstIndex(of: UInt8(ascii: ".")).map { bytes.count - $0 - 1 } ?? 0
            return (number, TimestampLayout(form: .number(decimals: decimals), offset: 0))
        }
        var scanner = Scanner(bytes)
        guard let year = scanner.digits(4), let separator = scanner.one(of: "-/."), let month = scanner.digits(1, 2),
            (1...12).contains(month)
        else { return nil }
        var day = 1
        let hasDay = scanner.one(of: separator) != nil
        if hasDay {
            guard let digits = scanner.digits(1, 2) else { return nil }
            day = digits
        }
        guard let date = LocalDate(year: year, month: month, day: day) else { return nil }
        let start = Double(date.day) * 86_400
        if scanner.isAtEnd {
            return (start, TimestampLayout(form: .date(separator: separator, hasDay: hasDay), offset: 0))
        }
        guard hasDay, let mark = scanner.one(of: "Tt "), let hour = scanner.digits(1, 2), hour <= 24,
            scanner.one(of: ":") != nil, let minute = scanner.digits(2), minute <= 59
        else { return nil }
        var seconds = 0.0
        var decimals = 0
        var hasSeconds = false
        if scanner.one(of: ":") != nil {
            guard let whole = scanner.digits(2), whole <= 60 else { return nil }
            hasSeconds = true
            seconds = Double(whole)
            if scanner.one(of: ".,") != nil {
                let fraction = scanner.allDigits()
                decimals = fraction.count
                seconds += Double("0." + fraction) ?? 0
            }
        }
        let zone = scanner.rest
        guard let offset = offset(zone) else { return nil }
        let time = start + Double(hour) * 3_600 + Double(minute) * 60 + seconds
        let form = Form.moment(
            separator: separator, mark: mark, hasSeconds: hasSeconds, decimals: decimals, zone: zone)
        return (time - offset, TimestampLayout(form: form, offset: offset))
    }

    private static func offset(_ zone: String) -> Double? {
        let trimmed = String(zone.drop { $0 == " " })
        if trimmed.isEmpty || ["Z", "z", "UTC"].contains(trimmed) { return 0 }
        var scanner = Scanner(Array(trimmed.utf8))
        guard let sign = scanner.one(of: "+-"), let hours = scanner.digits(2), hours <= 23 else { return nil }
        _ = scanner.one(of: ":")
        let minutes = scanner.digits(2) ?? 0
        guard scanner.isAtEnd, minutes <= 59 else { return nil }
        return (sign == "-" ? -1 : 1) * Double(hours * 3_600 + minutes * 60)
    }

    func write(_ time: Double) -> String {
        guard abs(time) < 1e17 else { return "" }
        switch form {
        case .number(let decimals):
            return Self.decimal(time, decimals)
        case .date(let separator, let hasDay):
            let date = LocalDate(day: Int64((time / 86_400).rounded(.down)))
            let text = hasDay ? date.description : String(date.description.prefix(7))
            return text.split(separator: "-").joined(separator: separator)
        case .moment(let separator, let mark, let hasSeconds, let decimals, let zone):
            // Rounded to what is shown first, so that 59.9999 does not show as 60.
            let unit = hasSeconds ? pow10(decimals) : 1
            let local = ((time + offset) * unit).rounded() / unit
            let days = (local / 86_400).rounded(.down)
            let second = local - days * 86_400
            let date = LocalDate(day: Int64(days)).description.split(separator: "-").joined(separator: separator)
            let whole = Int(second)
            var text = date + mark + LocalDate.padded(whole / 3_600, to: 2) + ":"
            text += LocalDate.padded(whole / 60 % 60, to: 2)
            if hasSeconds {
                text += ":" + LocalDate.padded(whole % 60, to: 2)
                if decimals > 0 {
                    let fraction = Int(((second - Double(whole)) * unit).rounded())
                    text += "." + LocalDate.padded(min(fraction, Int(unit) - 1), to: decimals)
                }
            }
            return text + zone
        }
    }

    private func pow10(_ digits: Int) -> Double { (0..<min(digits, 9)).reduce(1.0) { power, _ in power * 10 } }

    private static func decimal(_ value: Double, _ decimals: Int) -> String {
        guard decimals > 0 else { return String(Int64(value.rounded())) }
        let digits = min(decimals, 9)
        let unit = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        guard abs(value * unit) < 9e18 else { return String(value) }
        let scaled = Int64((value * unit).rounded())
        let text = LocalDate.padded(Int(abs(scaled)), to: digits + 1)
        return (scaled < 0 ? "-" : "") + text.dropLast(digits) + "." + text.suffix(digits)
    }

    private struct Scanner {
        private let bytes: [UInt8]
        private var at = 0
        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { at >= bytes.count }
        var rest: String { String(decoding: bytes[min(at, bytes.count)...], as: UTF8.self) }

        mutating func digits(_ least: Int, _ most: Int? = nil) -> Int? {
            var value = 0
            var count = 0
            while at < bytes.count, count < most ?? least, (0x30...0x39).contains(bytes[at]) {
                value = value * 10 + Int(bytes[at] - 0x30)
                at += 1
                count += 1
            }
            return count >= least ? value : nil
        }

        mutating func allDigits() -> String {
            let start = at
            while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }

        mutating func one(of choices: String) -> String? {
            guard at < bytes.count, choices.utf8.contains(bytes[at]) else { return nil }
            at += 1
            return String(decoding: bytes[(at - 1)..<at], as: UTF8.self)
        }
    }
}
