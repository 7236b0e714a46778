import Analytics
import Catalogue
import Domain
import Web

/// Money as a reader of the language writes it: `Rp 1.250.000`, `US$ 0,0411`.
extension Figures {
    private static let signs = [
        "IDR": "Rp", "USD": "US$", "EUR": "€", "GBP": "£", "INR": "₹", "MYR": "RM", "SGD": "S$", "BRL": "R$",
    ]

    func money(_ amount: Money?) -> String {
        guard let amount else { return "–" }
        return signed(amount.micros < 0, micros: amount.micros.magnitude, amount.currency)
    }

    /// A number that is no exact amount: a mean, a cost of each.
    func money(_ value: Double?, _ currency: String?) -> String {
        guard let value, value.isFinite, abs(value) < 9e11 else { return "–" }
        return signed(value < 0, micros: UInt64((abs(value) * 1_000_000).rounded()), currency)
    }

    private func signed(_ isNegative: Bool, micros: UInt64, _ currency: String?) -> String {
        let places = Self.places(micros, currency)
        let unit: UInt64 = [1_000_000, 100_000, 10_000, 1_000, 100][places]
        let rounded = micros / unit + (micros % unit >= unit - unit / 2 ? 1 : 0)
        let text = decimal(rounded, places: places)
        let sign = currency.map { (Self.signs[$0] ?? $0) + "\u{A0}" } ?? ""
        return (isNegative && rounded > 0 ? "−" : "") + sign + text
    }

    /// Rupiah have no cents worth reading; prices of single messages have up to four decimals.
    private static func places(_ micros: UInt64, _ currency: String?) -> Int {
        if micros == 0 { return 0 }
        if micros < 1_000_000 { return 4 }
        if currency == "IDR", micros >= 1_000_000_000 || micros % 1_000_000 == 0 { return 0 }
        return 2
    }

    private func decimal(_ scaled: UInt64, places: Int) -> String {
        let scale = (0..<places).reduce(UInt64(1)) { scale, _ in scale * 10 }
        let whole = integer(Int64(clamping: scaled / scale))
        guard places > 0 else { return whole }
        let rest = String(scaled % scale)
        let point = language == .indonesian ? "," : "."
        return whole + point + String(repeating: "0", count: places - rest.count) + rest
    }

    /// The sums of some rows of an answer that is split by currency, each currency by itself.
    func sums(_ answer: Answer, _ metric: String, where isPart: (Int) -> Bool) -> String {
        var sums: [String: Int64] = [:]
        for amount in answer.rows.indices.filter(isPart).compactMap({ answer.money($0, metric) }) {
            let (sum, overflow) = sums[amount.currency, default: 0].addingReportingOverflow(amount.micros)
            sums[amount.currency] = overflow ? .max : sum
        }
        let parts = sums.filter { $0.value != 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !parts.isEmpty else { return "–" }
        return parts.map { money(Money(micros: $0.value, currency: $0.key)) }.joined(separator: " + ")
    }

    /// One cell of an answer in its metric's unit.
    func cell(_ answer: Answer, _ row: Int, _ metric: Metric) -> String {
        value(answer.cell(row, metric.id).number, metric.unit, currency: answer.currency(row, metric.id))
    }

    /// The total of a metric in its unit. Where it would be of several currencies, each by itself as `amounts` has it
    /// split by currency; a dash where that says nothing.
    func total(_ answer: Answer, _ metric: Metric, amounts: Answer? = nil) -> String {
        guard let column = answer.index(of: metric.id) else { return "–" }
        if metric.unit == .money, answer.totals[column] == .null, let amounts {
            let text = sums(amounts, metric.id) { _ in true }
            if text != "–" { return text }
        }
        return value(answer.totals[column].number, metric.unit, currency: answer.columns[column].currency)
    }
}
