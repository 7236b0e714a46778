import Domain

/// Numbers as both languages write them, for sentences.
package enum Figure {
    private static func digits(_ value: Double, decimals: Int) -> (whole: String, part: String) {
        guard value.isFinite, abs(value) < 1e15 else { return ("–", "") }
        var scale: Int64 = 1
        for _ in 0..<max(0, decimals) { scale *= 10 }
        let number = Int64((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && number > 0 ? "-" : ""
        let part = decimals > 0 ? String(number % scale) : ""
        let zeros = String(repeating: "0", count: max(0, decimals - part.count))
        return (sign + String(number / scale), decimals > 0 ? zeros + part : "")
    }

    private static func grouped(_ whole: String, by mark: Character) -> String {
        let isNegative = whole.first == "-"
        let digits = Array(isNegative ? whole.dropFirst() : whole[...])
        var text = isNegative ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(mark) }
            text.append(digit)
        }
        return text
    }

    package static func number(_ value: Double, decimals: Int = 0) -> Text {
        let (whole, part) = digits(value, decimals: decimals)
        return Text(
            id: grouped(whole, by: ".") + (part.isEmpty ? "" : "," + part),
            en: grouped(whole, by: ",") + (part.isEmpty ? "" : "." + part))
    }

    /// `93,4%` and `93.4%`; whole per cent from ten on where the part is nothing.
    package static func percent(_ share: Double) -> Text {
        let decimals = abs(share) < 0.0995 ? 1 : 0
        let number = number(share * 100, decimals: decimals)
        return Text(id: number.id + "%", en: number.en + "%")
    }

    /// `3,5×`.
    package static func times(_ factor: Double) -> Text {
        let number = number(factor, decimals: factor < 9.95 ? 1 : 0)
        return Text(id: number.id + "×", en: number.en + "×")
    }

    /// Two units at most: `18 detik`, `4 menit`, `2 jam 10 menit`, `3 hari`.
    package static func duration(_ seconds: Double) -> Text {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return Text(id: "–", en: "–") }
        let whole = Int64(seconds.rounded())
        if whole < 90 { return Text(id: "\(whole) detik", en: "\(whole) seconds") }
        let minutes = (whole + 30) / 60
        if minutes < 60 { return Text(id: "\(minutes) menit", en: "\(minutes) minutes") }
        if minutes < 48 * 60 {
            let (hours, rest) = (minutes / 60, minutes % 60)
            let hour = Text(id: "\(hours) jam", en: hours == 1 ? "1 hour" : "\(hours) hours")
            guard rest > 0, hours < 10 else { return hour }
            return Text(id: hour.id + " \(rest) menit", en: hour.en + " \(rest) minutes")
        }
        let days = (minutes + 720) / 1_440
        return Text(id: "\(days) hari", en: "\(days) days")
    }

    /// `Rp 1.250.000`, `USD 12.40`.
    package static func money(_ amount: Double, _ currency: String) -> Text {
        if currency == "IDR" {
            let number = number(amount)
            return Text(id: "Rp " + number.id, en: "Rp " + number.en)
        }
        let number = number(amount, decimals: 2)
        return Text(id: currency + " " + number.id, en: currency + " " + number.en)
    }
}
