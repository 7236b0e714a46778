import Connectors
import Domain
import Hummingbird
import Ledgers
import Storage
import Web

/// What Meta charges: the lines in force, where they are from, and new ones.
extension Surfaces {
    private static let path = "/api/v1/rate-cards"
    private static let columns = RateCardFile.header.joined(separator: ",")

    var rateCards: Operation {
        Operation(
            .get, Self.path, access: Self.moneyReaders, group: .settings,
            summary: Text(id: "Kartu tarif yang berlaku", en: "Rate cards in force"),
            detail: Text(
                id: "Tarif hari ini menurut mata uang, pasar, dan kategori, dengan tingkat volume dan asalnya; changes "
                    + "menyebut perubahan yang diketahui. rate null: kartunya menyebut n/a, bukan gratis.",
                en:
                    "Today's prices by currency, market and category, with volume tiers and where they are from; "
                    + "changes lists the changes known. rate null: the card says n/a, which is not free."),
            parameters: [
                .query("currency", .string, Text(id: "Kode ISO 4217.", en: "ISO 4217 code.")),
                .query(
                    "market", .string, Text(id: "Pasar Meta atau kode negara.", en: "Meta's market or a country.")),
                .query("category", .string, Text(id: "Kategori.", en: "The category.")),
                .query(
                    "date", .formatted("date"),
                    Text(id: "Hari lain; bawaan hari ini.", en: "Another day; today by default.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Tarif", en: "Prices"), .reference("RateCards"), example: MoneyExamples.rateCards),
                .problem(400, Text(id: "Parameter tidak terbaca", en: "A parameter cannot be read")),
            ]
        ) { [store, now, workspace] request, _ in
            let query = request.urlQuery
            _ = try URLConditions.read(query, [], others: ["currency", "market", "category", "date"])
            let day = try query.day("date") ?? ZoneClock.named(workspace.timeZone).date(of: now())
            let settings = try await store.costSettings()
            let lines = RateCard.inForce(settings.rates, on: day).filter { line in
                query.word("currency").map { $0.uppercased() == line.currency } ?? true
                    && query.word("market").map { $0.lowercased() == line.market.lowercased() } ?? true
                    && query.word("category").map { $0.lowercased() == line.category } ?? true
            }
            var writer = JSONWriter(reservingBytes: 4096 + 256 * lines.count)
            writer.object {
                $0.member("date", day.description)
                $0.member("lines", array: { for line in lines { $0.object { line.write(to: &$0) } } })
                $0.member("shipped_source", RateCard.source)
                $0.member(
                    "changes", array: { for change in RateCard.changes { $0.object { change.write(to: &$0) } } })
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    var addRateCard: Operation {
        Operation(
            .post, Self.path, access: .roles([.admin]), group: .settings,
            summary: Text(id: "Tambah kartu tarif", en: "Add a rate card"),
            detail: Text(
                id: "CSV bentuk biasa (\(Self.columns)) atau CSV unduhan dari Meta, dengan effective_from dan "
                    + "currency di URL. Baris untuk tanggal, mata uang, pasar, dan kategori yang sama diganti; yang "
                    + "lain tetap. Biaya dihitung ulang.",
                en: "A plain CSV (\(Self.columns)) or the CSV that Meta offers, with effective_from and currency "
                    + "in the URL. Lines of the same date, currency, market and category are replaced; others stay. "
                    + "Costs are recounted."),
            parameters: [
                .query(
                    "effective_from", .formatted("date"),
                    Text(
                        id: "Hari pertama, bila berkasnya tidak menyebut.",
                        en: "The first day, where the file does not say.")),
                .query(
                    "currency", .string,
                    Text(
                        id: "Mata uang, bila berkasnya tidak menyebut.",
                        en: "The currency, where the file does not say.")),
            ],
            body: Accepted(type: "text/csv", schema: .string, example: MoneyExamples.rateCardFile),
            answers: [
                .json(202, Self.storedAnswer, .reference("SettingsStored"), example: MoneyExamples.rateCardStored)
            ] + Self.refusals
        ) { request, _ in
            let query = request.urlQuery
            _ = try URLConditions.read(query, [], others: ["effective_from", "currency"])
            let date = try query.day("effective_from")
            let body = try await request.bytes(upTo: RateCardFile.bytesMax)
            let entries = try RateCardFile.read(
                body, effectiveFrom: date, currency: query.word("currency")?.uppercased())
            // In the plain form, which says by itself what the URL said beside Meta's.
            return try await keep(RateCardFile.encode(entries), as: .rateCard, lines: entries.count)
        }
    }
}

extension URLQuery {
    /// A local date; nil when it is absent.
    func day(_ name: String) throws -> LocalDate? {
        guard let text = word(name) else { return nil }
        guard let date = LocalDate(text) else {
            throw Failure(
                .malformed, id: "\(name) harus tanggal seperti 2026-10-01.",
                en: "\(name) must be a date such as 2026-10-01.")
        }
        return date
    }
}

extension RateCard.Price {
    package func write(to writer: inout JSONWriter) {
        writer.member("currency", currency)
        writer.member("market", market)
        writer.member("category", category)
        writer.member("effective_from", effectiveFrom.description)
        writer.member("source", isImported ? "imported" : "shipped")
        writer.member(
            "tiers",
            array: {
                for tier in tiers {
                    $0.object {
                        $0.member("from", tier.tierFrom)
                        $0.member("to", tier.tierTo)
                        $0.key("rate")
                        if let micros = tier.rateMicros { $0.raw(Money.decimal(micros)) } else { $0.null() }
                    }
                }
            })
    }
}

extension RateCard.Change {
    package func write(to writer: inout JSONWriter) {
        writer.member("effective_from", effectiveFrom.description)
        writer.member("what", what)
        writer.member("source", source)
    }
}
