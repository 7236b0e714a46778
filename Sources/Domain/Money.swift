/// An amount of money: whole millionths of a currency's unit, so that sums are exact. Never a binary fraction.
package struct Money: Hashable, Sendable {
    /// Millionths of the currency's major unit (one rupiah is 1 000 000).
    package var micros: Int64
    /// ISO 4217, upper case.
    package var currency: String

    package init(micros: Int64, currency: String) {
        self.micros = micros
        self.currency = currency
    }

    /// Largest amount of one outcome: a hundred thousand million units, so that sums of many stay whole numbers.
    package static let outcomeMicrosMax: Int64 = 100_000_000_000 * 1_000_000

    /// Micros of a decimal number as text (`250000`, `-0.0411`, `24145.00`); nil for anything else, for more than six
    /// digits after the point that are not 0, and for what does not fit.
    package static func micros(_ text: some StringProtocol) -> Int64? {
        var micros: Int64 = 0
        var isNegative = false
        var decimals: Int?
        var digits = 0
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: ".") where decimals == nil && digits > 0: decimals = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if let places = decimals {
                    decimals = places + 1
                    if places >= 6 {
                        guard byte == UInt8(ascii: "0") else { return nil }
                        continue
                    }
                }
                guard let next = appending(byte, to: micros) else { return nil }
                micros = next
            default: return nil
            }
        }
        guard digits > 0, decimals != 0 else { return nil }
        for _ in min(decimals ?? 0, 6)..<6 {
            let (product, overflow) = micros.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            micros = product
        }
        return isNegative ? -micros : micros
    }

    private static func appending(_ digit: UInt8, to number: Int64) -> Int64? {
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
        guard !isTooLarge else { return nil }
        let (sum, overflow) = product.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
        return overflow ? nil : sum
    }

    /// The amount as a decimal number without exponent or trailing zeros: `250000`, `-0.0411`.
    package var decimal: String { Self.decimal(micros) }

    package static func decimal(_ micros: Int64) -> String {
        let magnitude = micros.magnitude
        let whole = magnitude / 1_000_000
        var fraction = String(magnitude % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return (micros < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// `amount` × `numerator` / `denominator`, rounded half away from zero; nil when it does not fit or the
    /// denominator is not positive. Exact in between: the product has 128 bits.
    package static func scaled(_ amount: Int64, by numerator: Int64, over denominator: Int64) -> Int64? {
        guard denominator > 0 else { return nil }
        let isNegative = (amount < 0) != (numerator < 0)
        let product = amount.magnitude.multipliedFullWidth(by: numerator.magnitude)
        let divisor = UInt64(denominator)
        guard product.high < divisor else { return nil }
        let (quotient, remainder) = divisor.dividingFullWidth(product)
        let (rounded, overflow) = quotient.addingReportingOverflow(remainder >= divisor - remainder ? 1 : 0)
        guard !overflow, rounded <= UInt64(Int64.max) else { return nil }
        return isNegative ? -Int64(rounded) : Int64(rounded)
    }

    /// True for three upper-case letters.
    package static func isCurrencyCode(_ code: String) -> Bool {
        code.utf8.count == 3 && code.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
