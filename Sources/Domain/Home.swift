/// Where a business is at home: how phone numbers and amounts are read that do not say where they are from.
///
/// What was read once stays as it is: a change holds for facts that are counted anew (`pantau replay`).
package struct Home: Hashable, Sendable {
    package var country: Country
    /// ISO 4217.
    package var currency: String

    package init(country: Country = Country(code: "ID"), currency: String = "IDR") {
        self.country = country
        self.currency = currency
    }

    /// `ID IDR`.
    package var text: String { "\(country.code) \(currency)" }

    /// Nil for anything that `text` does not give.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2, Money.isCurrencyCode(words[1]), Country(code: words[0]).isKnown else { return nil }
        self.init(country: Country(code: words[0]), currency: words[1])
    }
}
