import Domain

/// Exact sums of money, each currency by itself: amounts of different currencies are never added up.
struct Amounts: Hashable, Sendable {
    /// In millionths, by ISO 4217 code; nil where the sum does not fit.
    private var micros: [String: Int64?] = [:]

    /// The code for amounts of which nobody says in what currency they are.
    static let noCurrency = "XXX"

    mutating func add(_ amount: Int64, _ currency: String?) {
        guard amount != 0 else { return }
        join(amount, currency ?? Self.noCurrency)
    }

    mutating func add(_ other: Amounts) {
        for (currency, amount) in other.micros { join(amount, currency) }
    }

    private mutating func join(_ amount: Int64?, _ currency: String) {
        guard let before = micros[currency, default: 0], let amount else {
            micros[currency] = .some(nil)
            return
        }
        let (sum, overflow) = before.addingReportingOverflow(amount)
        if sum == 0, !overflow {
            // What cancels out is no amount of that currency.
            micros.removeValue(forKey: currency)
        } else {
            micros[currency] = .some(overflow ? nil : sum)
        }
    }

    /// Of the currencies with an amount.
    var currencies: Set<String> { Set(micros.keys) }

    /// The amount in millionths: 0 when there is none, nil when there are several currencies or it does not fit.
    var only: Int64? {
        guard let first = micros.first else { return 0 }
        return micros.count == 1 ? first.value : nil
    }

    /// In one currency, in millionths; nil when it does not fit.
    func micros(in currency: String) -> Int64? { micros[currency, default: 0] }
}
