import Domain

/// Which column of a rate card file means what.
struct RateCardColumns {
    /// Place of the header among the records.
    var header: Int
    var market: Int
    var effectiveFrom: Int?
    var currency: Int?
    var category: Int?
    var rate: Int?
    var from: Int?
    var to: Int?
    /// Bounds are `tier_from`, `tier_to` of the plain form; else Meta's, whose first and last message are both inside.
    var hasPlainBounds = false
    /// List prices: one column for each category.
    var categories: [(column: Int, category: String)] = []

    /// Lines above the header in which Meta may say what the file is.
    private static let titleLinesMax = 40

    /// Nil when no line is a header.
    init?(_ records: [SeparatedValues.Record]) {
        for (index, record) in records.prefix(Self.titleLinesMax).enumerated() {
            guard let columns = Self(header: index, record.cells) else { continue }
            self = columns
            return
        }
        return nil
    }

    private init?(header: Int, _ cells: [String]) {
        let names = cells.map { cell in
            String(cell.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        }
        func column(_ known: String...) -> Int? { names.firstIndex { known.contains($0) } }
        guard let market = column("market", "pasar") else { return nil }
        self.header = header
        self.market = market
        effectiveFrom = column("effective_from", "effective_date")
        currency = column("currency")
        category = column("category", "message_category", "message_type")
        rate = column("rate", "price")
        hasPlainBounds = column("tier_from") != nil
        from = column("tier_from", "from", "volume_from", "from_volume")
        to = column("tier_to", "to", "volume_to", "to_volume")
        if category == nil || rate == nil {
            categories = names.enumerated().compactMap { index, name in
                RateCardFile.category(name).map { (index, $0) }
            }
            guard !categories.isEmpty else { return nil }
        }
    }
}

/// Reads the lines of one rate card file.
struct RateCardReading {
    let columns: RateCardColumns
    let effectiveFrom: LocalDate?
    let currency: String?
    /// `0,0411`: what a spreadsheet writes where the comma is the decimal point.
    let hasDecimalComma: Bool

    private var lines: [RateTiers.Line] = []

    init(columns: RateCardColumns, effectiveFrom: LocalDate?, currency: String?, hasDecimalComma: Bool) {
        self.columns = columns
        self.effectiveFrom = effectiveFrom
        self.currency = currency
        self.hasDecimalComma = hasDecimalComma
    }

    /// Complaints that are told at once; the others are counted.
    private static let problemsMax = 5

    mutating func entries(_ records: [SeparatedValues.Record]) throws(Failure) -> [RateEntry] {
        var problems: [Text] = []
        for record in records.dropFirst(columns.header + 1) where !isRemark(record) {
            do throws(Failure) {
                for entry in try entries(record) { lines.append(.init(place: Self.place(record.line), entry: entry)) }
            } catch {
                problems.append(error.message)
            }
        }
        if !columns.hasPlainBounds { lines = Self.joinedBounds(lines) }
        if problems.isEmpty, let problem = RateTiers.problem(lines) { problems.append(problem) }
        if problems.isEmpty, lines.isEmpty {
            problems.append(
                Text(id: "berkas tidak berisi harga di bawah judulnya", en: "the file has no prices below its header"))
        }
        if lines.count > CostSettingsDelivery.ratesMax {
            let most = CostSettingsDelivery.ratesMax
            problems.append(Text(id: "paling banyak \(most) harga", en: "at most \(most) prices"))
        }
        guard problems.isEmpty else { throw Self.failure(problems) }
        return lines.map(\.entry)
    }

    private static func failure(_ problems: [Text]) -> Failure {
        let told = problems.prefix(problemsMax)
        let more = problems.count - told.count
        return Failure(
            .unprocessable,
            id: told.map(\.id).joined(separator: "; ") + (more > 0 ? "; dan \(more) masalah lain." : "."),
            en: told.map(\.en).joined(separator: "; ") + (more > 0 ? "; and \(more) more problems." : "."))
    }

    private static func place(_ line: Int) -> Text { Text(id: "Baris \(line)", en: "Line \(line)") }

    /// A blank line, a comment, or a note of Meta's below the prices: words without any price.
    private func isRemark(_ record: SeparatedValues.Record) -> Bool {
        if record.isEmpty || record.cells.first?.hasPrefix("#") == true { return true }
        let isAlone = record.cells.filter { !$0.isEmpty }.count == 1
        return isAlone && Market.named(record.cells.first ?? "") == nil && record.cells.first?.isEmpty == false
    }

    // MARK: One line

    private func entries(_ record: SeparatedValues.Record) throws(Failure) -> [RateEntry] {
        func cell(_ column: Int?) -> String {
            column.flatMap { record.cells.indices.contains($0) ? record.cells[$0] : nil } ?? ""
        }
        func failure(_ text: Text) -> Failure {
            let place = Self.place(record.line)
            return Failure(.unprocessable, id: "\(place.id): \(text.id)", en: "\(place.en): \(text.en)")
        }
        var entry = RateEntry(
            effectiveFrom: try day(cell(columns.effectiveFrom), failure),
            currency: try currency(cell(columns.currency), failure),
            market: try RateCardFile.market(cell(columns.market), failure: failure), category: "", rateMicros: nil)
        guard let category = columns.category, let rate = columns.rate else {
            var entries: [RateEntry] = []
            for column in columns.categories {
                entry.category = column.category
                entry.rateMicros = try micros(cell(column.column), failure)
                entries.append(entry)
            }
            return entries
        }
        guard let known = RateCardFile.category(cell(category)), RateCardFile.categories.contains(known) else {
            let list = RateCardFile.categories.joined(separator: ", ")
            throw failure(Text(id: "category harus salah satu dari: \(list)", en: "category must be one of: \(list)"))
        }
        entry.category = known
        entry.rateMicros = try micros(cell(rate), failure)
        entry.tierFrom = try bound(cell(columns.from), failure) ?? 0
        entry.tierTo = try bound(cell(columns.to), failure)
        return [entry]
    }

    private func day(_ text: String, _ failure: (Text) -> Failure) throws(Failure) -> LocalDate {
        if text.isEmpty, let effectiveFrom { return effectiveFrom }
        guard let day = LocalDate(text) else {
            throw failure(
                text.isEmpty
                    ? Text(
                        id: "berkas ini tidak menyebut mulai kapan harganya berlaku; sebutkan tanggalnya "
                            + "(effective-from) saat mengimpor",
                        en: "this file does not say from when its prices hold; name the date (effective-from) when "
                            + "importing")
                    : Text(
                        id: "effective_from harus tanggal seperti 2026-10-01",
                        en: "effective_from must be a date such as 2026-10-01"))
        }
        return day
    }

    private func currency(_ text: String, _ failure: (Text) -> Failure) throws(Failure) -> String {
        if text.isEmpty, let currency { return currency }
        let code = text.uppercased()
        guard Money.isCurrencyCode(code) else {
            throw failure(
                text.isEmpty
                    ? Text(
                        id: "berkas ini tidak menyebut mata uangnya; sebutkan (currency) saat mengimpor",
                        en: "this file does not say its currency; name it (currency) when importing")
                    : Text(
                        id: "currency harus kode tiga huruf seperti IDR atau USD",
                        en: "currency must be a code of three letters such as IDR or USD"))
        }
        if let currency, code != currency {
            throw failure(
                Text(
                    id: "harga ini dalam \(code), padahal yang diminta \(currency); impor tiap mata uang sendiri",
                    en: "this price is in \(code), but \(currency) was asked for; import each currency by itself"))
        }
        return code
    }

    /// Nil for `n/a`. A sign of the currency before the number and commas between thousands are left out.
    private func micros(_ text: String, _ failure: (Text) -> Failure) throws(Failure) -> Int64? {
        guard !RateCardFile.isNone(text) else { return nil }
        let sign = text.prefix { !$0.isNumber && $0 != "." && $0 != "-" && $0 != "," }
        var number = String(text.dropFirst(sign.count)).trimmed
        if number.contains(",") {
            if number.contains(".") {
                number = number.replacing(",", with: "")
            } else if hasDecimalComma {
                number = number.replacing(",", with: ".")
            }
        }
        if number.hasPrefix(".") { number = "0" + number }
        guard sign.count <= 4, let micros = Money.micros(number), CostSettingsDelivery.rateMicros.contains(micros)
        else {
            let word = text.cut(toBytes: 32)
            throw failure(
                Text(
                    id: "harga \"\(word)\" bukan angka seperti 0.0411, atau n/a bila tidak ada",
                    en: "the price \"\(word)\" is not a number such as 0.0411, or n/a for none"))
        }
        return micros
    }

    /// Nil for no end.
    private func bound(_ text: String, _ failure: (Text) -> Failure) throws(Failure) -> Int64? {
        let word = text.lowercased().replacing(",", with: "").replacing(" ", with: "")
        if RateCardFile.isNone(word) || ["max", "unlimited", "∞", "+"].contains(word) { return nil }
        guard let bound = Int64(word), (0...CostSettingsDelivery.tierMax).contains(bound) else {
            throw failure(
                Text(
                    id:
                        "batas tingkat \"\(text.cut(toBytes: 32))\" harus bilangan bulat, atau kosong untuk tanpa "
                        + "akhir",
                    en: "the tier bound \"\(text.cut(toBytes: 32))\" must be a whole number, or empty for no end"))
        }
        return bound
    }

    // MARK: Meta's bounds

    /// Meta prints the first and the last message of a tier (`0` to `100000`, then `100001` to …): message 100 000 has
    /// rank 99 999, so that a tier ends where the last one's number is, and the next begins there.
    private static func joinedBounds(_ lines: [RateTiers.Line]) -> [RateTiers.Line] {
        var lines = lines
        let tiers = Dictionary(grouping: lines.indices) { lines[$0].entry.price }
        for indices in tiers.values {
            var end: Int64 = 0
            for index in indices.sorted(by: { lines[$0].entry.tierFrom < lines[$1].entry.tierFrom }) {
                if lines[index].entry.tierFrom == end + 1 { lines[index].entry.tierFrom = end }
                end = lines[index].entry.tierTo ?? end
            }
        }
        return lines
    }
}
