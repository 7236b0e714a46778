import Domain

/// Rate cards as files: Meta's own (one file of list prices and one of volume tiers per currency) and the plain form
/// that holds everything a line needs.
///
/// ```
/// effective_from,currency,market,category,tier_from,tier_to,rate
/// 2026-10-01,USD,Indonesia,utility,0,100000,0.0250
/// 2026-10-01,USD,Indonesia,utility,100000,,0.0237
/// 2026-10-01,USD,Indonesia,authentication_international,0,,n/a
/// ```
///
/// A market is one of Meta's, or the ISO 3166-1 code of a country. Tiers are counted from 0; `tier_to` is the first
/// message that is no longer inside, empty for no end.
package enum RateCardFile {
    package static let header = ["effective_from", "currency", "market", "category", "tier_from", "tier_to", "rate"]
    /// Longest file that is read; all of Meta's cards together are a tenth of it.
    package static let bytesMax = 4 * 1024 * 1024

    /// Categories that cards have prices for.
    package static let categories = [
        "marketing", "marketing_lite", "utility", "authentication", "authentication_international", "service",
    ]
    /// Those and the ones of groups: the values of dimension `category` that cost something.
    package static let countedCategories = categories + ["group_marketing", "group_utility", "group_service"]

    /// The lines of a file of any of the three forms. Throws `unprocessable` with what is wrong on which line.
    /// - Parameters:
    ///   - effectiveFrom: first day of the prices, where the file does not say it: Meta's own do not.
    ///   - currency: of the prices, where the file does not say it.
    package static func read(
        _ text: [UInt8], effectiveFrom: LocalDate? = nil, currency: String? = nil
    ) throws(Failure) -> [RateEntry] {
        guard text.count <= bytesMax else {
            throw Failure(
                .tooLarge, id: "Berkas kartu tarif lebih besar dari 4 MiB.",
                en: "The rate card file is larger than 4 MiB.")
        }
        var currency = currency?.trimmed.uppercased()
        if let told = currency, !Money.isCurrencyCode(told) {
            throw Failure(
                .unprocessable, id: "Mata uang harus kode tiga huruf seperti IDR atau USD.",
                en: "The currency must be a code of three letters such as IDR or USD.")
        }
        if currency?.isEmpty == true { currency = nil }
        for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            let file = SeparatedValues(text, separator: separator)
            guard let columns = RateCardColumns(file.records) else { continue }
            if let line = file.openQuote {
                throw Failure(
                    .unprocessable, id: "Baris \(line): tanda kutip tidak ditutup.",
                    en: "Line \(line): a quotation mark is not closed.")
            }
            var reading = RateCardReading(
                columns: columns, effectiveFrom: effectiveFrom, currency: currency,
                hasDecimalComma: separator != UInt8(ascii: ","))
            return try reading.entries(file.records)
        }
        throw Failure(
            .unprocessable,
            id: "Ini bukan kartu tarif: tidak ada baris judul. Pakai \(header.joined(separator: ",")), atau berkas CSV "
                + "Meta dengan kolom Market.",
            en: "This is no rate card: it has no header line. Use \(header.joined(separator: ",")), or a CSV file of "
                + "Meta's with a column Market.")
    }

    /// The plain form.
    package static func encode(_ entries: [RateEntry]) -> [UInt8] {
        var text = header.joined(separator: ",") + "\n"
        for entry in entries {
            let cells = [
                entry.effectiveFrom.description, entry.currency, quoted(entry.market), entry.category,
                String(entry.tierFrom), entry.tierTo.map(String.init) ?? "",
                entry.rateMicros.map(Money.decimal) ?? "n/a",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    /// What a stored body says. Never throws: a body that makes no sense to this version is an event of its own.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> [Event] {
        do throws(Failure) {
            return [.cost(.rates(try read(body)))]
        } catch {
            return [.notUnderstood(NotUnderstood(field: "rate_card", reason: .badValue))]
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    // MARK: Words

    /// A category however it is written (`Authentication-International`); nil when there is none of that name.
    static func category(_ text: String) -> String? {
        let spelling = String(text.trimmed.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
        return countedCategories.contains(spelling) ? spelling : nil
    }

    /// Meta's market or the ISO code of a country; throws with the nearest when it is neither.
    static func market(_ text: String, failure: (Text) -> Failure) throws(Failure) -> String {
        if let market = Market.named(text) { return market }
        let code = text.trimmed.uppercased()
        if code.utf8.count == 2, Country(code: code).isKnown { return code }
        let word = text.cut(toBytes: 64)
        let nearest = Market.nearest(to: text)
        throw failure(
            Text(
                id: "pasar \"\(word)\" tidak dikenal; "
                    + (nearest.map { "maksudnya \"\($0)\"?" } ?? "pakai nama pasar Meta atau kode negara ISO"),
                en: "unknown market \"\(word)\"; "
                    + (nearest.map { "did you mean \"\($0)\"?" }
                        ?? "use Meta's name of a market or an ISO country code")))
    }

    /// The card says that there is no such price.
    static func isNone(_ text: String) -> Bool {
        ["", "n/a", "na", "n.a.", "-", "–", "none", "null"].contains(text.trimmed.lowercased())
    }
}
