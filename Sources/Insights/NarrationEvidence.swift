import Domain

/// A number that the findings of a day rest on, as it is shown to people.
package struct NarrationEvidence: Hashable, Sendable {
    package enum Unit: Hashable, Sendable {
        case count
        /// 0 … 1, shown in percent.
        case ratio
        /// A difference of rates, 0 … 1, shown in percentage points.
        case points
        case seconds
        /// By its ISO 4217 code.
        case money(String)
        /// Of any other kind: messages for each wait, a rating.
        case number
    }

    package enum Value: Hashable, Sendable {
        case number(Double, Unit)
        case date(LocalDate)
        /// Minutes after midnight.
        case time(Int)
    }

    /// What it is, for the prompt: "delivery rate of promo_11_11 yesterday". Never a person.
    package let name: String
    package let value: Value

    package init(name: String, value: Value) {
        self.name = name
        self.value = value
    }

    package init(name: String, _ number: Double, _ unit: Unit) {
        self.init(name: name, value: .number(number, unit))
    }

    /// As the prompt tells it, which the prose may repeat or round.
    package func shown(_ language: Language) -> String {
        switch value {
        case .date(let date): return "\(date)"
        case .time(let minute):
            let separator = language == .indonesian ? "." : ":"
            return LocalDate.padded(minute / 60, to: 2) + separator + LocalDate.padded(minute % 60, to: 2)
        case .number(let number, let unit):
            switch unit {
            case .count: return Self.decimal(number, 0, language)
            case .ratio: return Self.decimal(number * 100, 1, language) + (language == .indonesian ? " %" : "%")
            case .points:
                return Self.decimal(number * 100, 1, language) + (language == .indonesian ? " poin" : " points")
            case .number: return Self.decimal(number, 2, language)
            case .money(let currency):
                let digits = currency == "IDR" ? 0 : 2
                return (currency == "IDR" ? "Rp " : currency + " ") + Self.decimal(number, digits, language)
            case .seconds: return Self.duration(number, language)
            }
        }
    }

    private static func duration(_ seconds: Double, _ language: Language) -> String {
        let (second, minute, hour) = language == .indonesian ? ("dtk", "mnt", "jam") : ("s", "min", "h")
        let size = abs(seconds)
        if size < 120 { return decimal(seconds, 0, language) + " " + second }
        if size < 7_200 { return decimal(seconds / 60, 0, language) + " " + minute }
        return decimal(seconds / 3_600, 1, language) + " " + hour
    }

    /// Grouped by thousands, without a locale.
    static func decimal(_ value: Double, _ digits: Int, _ language: Language) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((abs(value) * scale).rounded())
        let (group, point) = language == .indonesian ? (".", ",") : (",", ".")
        let whole = LimitProjection.grouped(scaled / Int(scale), group)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + whole }
        return sign + whole + point + LocalDate.padded(scaled % Int(scale), to: digits)
    }
}
