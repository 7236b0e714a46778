import Connectors
import Domain
import Testing

@Suite("Rate cards as files")
struct RateCardFileTests {
    private func read(_ text: String, from: String? = nil, currency: String? = nil) throws -> [RateEntry] {
        try RateCardFile.read(
            Array(text.utf8), effectiveFrom: try from.map { try #require(LocalDate($0)) }, currency: currency)
    }

    private func failure(_ text: String, from: String? = nil, currency: String? = nil) -> Failure? {
        do throws(Failure) {
            _ = try RateCardFile.read(
                Array(text.utf8), effectiveFrom: from.flatMap { LocalDate($0) }, currency: currency)
            return nil
        } catch {
            return error
        }
    }

    private func entry(
        _ market: String, _ category: String, _ micros: Int64?, from: Int64 = 0, to: Int64? = nil,
        currency: String = "USD", day: String = "2026-10-01"
    ) throws -> RateEntry {
        RateEntry(
            effectiveFrom: try #require(LocalDate(day)), currency: currency, market: market, category: category,
            tierFrom: from, tierTo: to, rateMicros: micros)
    }

    private static let header = "effective_from,currency,market,category,tier_from,tier_to,rate\n"

    // MARK: The plain form

    @Test func plain() throws {
        let text =
            Self.header + """
                # Kartu Oktober
                2026-10-01,USD,indonesia,utility,0,100000,0.0250
                2026-10-01,usd,Indonesia,Utility,100000,,0.0237

                2026-10-01,USD,ID,authentication-international,,,n/a
                2026-10-01,USD,"Rest of Central & Eastern Europe",marketing,0,,0.0860
                2026-10-01,IDR,th,service,0,,
                """
        #expect(
            try read(text) == [
                entry("Indonesia", "utility", 25_000, to: 100_000),
                entry("Indonesia", "utility", 23_700, from: 100_000),
                entry("ID", "authentication_international", nil),
                entry("Rest of Central & Eastern Europe", "marketing", 86_000),
                entry("TH", "service", nil, currency: "IDR"),
            ])
    }

    @Test("As spreadsheets save it: byte order mark, semicolons, decimal commas, other order of columns")
    func spreadsheets() throws {
        let text = "\u{FEFF}market;category;rate;currency;effective_from\r\nIndonesia;utility;0,0250;USD;2026-10-01\r\n"
        #expect(try read(text) == [entry("Indonesia", "utility", 25_000)])
        let tabs = "market\tcategory\trate\tcurrency\teffective_from\nIndonesia\tutility\t0.025\tUSD\t2026-10-01"
        #expect(try read(tabs) == [entry("Indonesia", "utility", 25_000)])
    }

    @Test("What is written reads back as the same, and is what the inbox keeps")
    func roundTrip() throws {
        let entries = try [
            entry("Indonesia", "utility", 25_000, to: 100_000), entry("Indonesia", "utility", 23_700, from: 100_000),
            entry("ID", "authentication_international", nil), entry("Rest of Africa", "marketing", 0),
        ]
        let bytes = RateCardFile.encode(entries)
        #expect(
            String(decoding: bytes, as: UTF8.self) == Self.header + """
                2026-10-01,USD,Indonesia,utility,0,100000,0.025
                2026-10-01,USD,Indonesia,utility,100000,,0.0237
                2026-10-01,USD,ID,authentication_international,0,,n/a
                2026-10-01,USD,Rest of Africa,marketing,0,,0

                """)
        #expect(RateCardFile.decode(bytes, receivedAt: Instant(seconds: 0)) == [.cost(.rates(entries))])
        #expect(
            RateCardFile.decode(Array("{}".utf8), receivedAt: Instant(seconds: 0))
                == [.notUnderstood(NotUnderstood(field: "rate_card", reason: .badValue))])
    }

    // MARK: Meta's files

    @Test("Meta's list prices: a title above, a column for each category, a note below")
    func list() throws {
        let text = """
            "WhatsApp Business Platform, USD list rates
            effective October 1, 2026"

            Market,Currency,Marketing,Utility,Authentication,Authentication-International,Service
            Indonesia,USD,$0.0411,0.0250,.0250,0.1360,0.0250
            Argentina,USD,0.0618,0.0260,0.0260,n/a,0.0260
            "Note: rates do not include taxes"
            """
        let expected = try [
            entry("Indonesia", "marketing", 41_100), entry("Indonesia", "utility", 25_000),
            entry("Indonesia", "authentication", 25_000), entry("Indonesia", "authentication_international", 136_000),
            entry("Indonesia", "service", 25_000), entry("Argentina", "marketing", 61_800),
            entry("Argentina", "utility", 26_000), entry("Argentina", "authentication", 26_000),
            entry("Argentina", "authentication_international", nil), entry("Argentina", "service", 26_000),
        ]
        #expect(try read(text, from: "2026-10-01") == expected)
        #expect(try read(text, from: "2026-10-01", currency: "usd") == expected)
        #expect(failure(text)?.message.en.contains("Line 5: this file does not say from when") == true)
        #expect(
            failure(text, from: "2026-10-01", currency: "IDR")?.message.en.contains("in USD, but IDR was asked for")
                == true)
    }

    @Test("Meta's list without a currency column takes it from the option")
    func listCurrency() throws {
        let text = "Market,Marketing\nIndonesia,\"1,586.33\"\n"
        #expect(
            try read(text, from: "2026-10-01", currency: "IDR")
                == [entry("Indonesia", "marketing", 1_586_330_000, currency: "IDR")])
        #expect(failure(text, from: "2026-10-01")?.message.en.contains("name it (currency)") == true)
        #expect(failure(text, from: "2026-10-01", currency: "Rupiah")?.code == .unprocessable)
    }

    @Test("Meta's tiers name their first and last message")
    func tiers() throws {
        let text = """
            Volume tiers
            Market,Category,From,To,Rate
            Indonesia,Utility,0,"100,000",0.0250
            Indonesia,Utility,"100,001",500000,0.0240
            Indonesia,Utility,500001,MAX,0.0230
            Brazil,Authentication,1,250000,0.0068
            Brazil,Authentication,250000,,0.0065
            """
        #expect(
            try read(text, from: "2026-10-01", currency: "USD") == [
                entry("Indonesia", "utility", 25_000, to: 100_000),
                entry("Indonesia", "utility", 24_000, from: 100_000, to: 500_000),
                entry("Indonesia", "utility", 23_000, from: 500_000),
                entry("Brazil", "authentication", 6_800, to: 250_000),
                entry("Brazil", "authentication", 6_500, from: 250_000),
            ])
    }

    // MARK: Complaints

    @Test("Every complaint names its line and what to do")
    func complaints() {
        let cases: [(line: String, en: String, id: String)] = [
            (
                "2026-10-01,USD,Indonesai,utility,0,,1",
                "Line 2: unknown market \"Indonesai\"; did you mean \"Indonesia\"?",
                "Baris 2: pasar \"Indonesai\" tidak dikenal; maksudnya \"Indonesia\"?"
            ),
            ("2026-10-01,USD,Thailand,utility,0,,1", "did you mean \"TH\"?", "maksudnya \"TH\"?"),
            (
                "2026-10-01,USD,qqqqqqqq,utility,0,,1", "use Meta's name of a market or an ISO country code",
                "pakai nama pasar Meta"
            ),
            ("1 Oct 2026,USD,Indonesia,utility,0,,1", "Line 2: effective_from must be a date", "harus tanggal"),
            ("2026-10-01,US,Indonesia,utility,0,,1", "Line 2: currency must be a code", "kode tiga huruf"),
            ("2026-10-01,USD,Indonesia,promo,0,,1", "Line 2: category must be one of", "category harus salah satu"),
            ("2026-10-01,USD,Indonesia,utility,0,,free", "Line 2: the price \"free\" is not a number", "bukan angka"),
            ("2026-10-01,USD,Indonesia,utility,0,,-1", "Line 2: the price \"-1\"", "harga \"-1\""),
            ("2026-10-01,USD,Indonesia,utility,0,,\"0,025\"", "Line 2: the price \"0,025\"", "harga \"0,025\""),
            ("2026-10-01,USD,Indonesia,utility,x,,1", "Line 2: the tier bound \"x\"", "batas tingkat \"x\""),
            (
                "2026-10-01,USD,Indonesia,utility,5,,1", "Line 2: tier_from of Indonesia utility 2026-10-01 must be 0",
                "harus 0"
            ),
            ("2026-10-01,USD,Indonesia,utility,0,5,1", "Line 2: the last tier must have no end", "kosongkan tier_to"),
            ("2026-10-01,USD,Indonesia,utility,0,0,1", "Line 2: tier_to must be above tier_from", "di atas tier_from"),
            (
                "2026-10-01,USD,Indonesia,utility,0,,1\n2026-10-01,USD,Indonesia,utility,0,,2",
                "Line 3: the price of Indonesia utility 2026-10-01 is named twice", "Baris 3: harga"
            ),
            (
                "2026-10-01,USD,Indonesia,utility,0,5,1\n2026-10-01,USD,Indonesia,utility,6,,2",
                "Line 3: tier_from of Indonesia utility 2026-10-01 must be 5", "harus 5"
            ),
            (
                "2026-10-01,USD,Indonesia,utility,0,,1\n2026-10-01,USD,Indonesia,utility,6,,2",
                "Line 3: the tier before of Indonesia utility 2026-10-01 has no end", "tidak berakhir"
            ),
            ("", "the file has no prices below its header", "tidak berisi harga"),
            ("2026-10-01,USD,\"Indonesia,utility,0,,1", "Line 2: a quotation mark is not closed", "tanda kutip"),
        ]
        for (line, en, id) in cases {
            let told = failure(Self.header + line)
            #expect(told?.code == .unprocessable, "\(line)")
            #expect(told?.message.en.contains(en) == true, "\(line): \(told?.message.en ?? "accepted")")
            #expect(told?.message.id.contains(id) == true, "\(line): \(told?.message.id ?? "accepted")")
        }
        #expect(failure("a,b\n1,2")?.message.en.contains("no header line") == true)
        #expect(failure("")?.message.en.contains("no header line") == true)
    }

    @Test("Several complaints are told at once, but not without end")
    func several() {
        let lines = (0..<8).map { "2026-10-01,USD,Indonesia,promo\($0),0,,1" }.joined(separator: "\n")
        let told = failure(Self.header + lines)?.message.en
        #expect(told?.contains("Line 2:") == true)
        #expect(told?.contains("Line 6:") == true)
        #expect(told?.contains("Line 7:") == false)
        #expect(told?.hasSuffix("and 3 more problems.") == true)
    }

    @Test("Any bytes are read or refused", arguments: 0..<200)
    func anyBytes(seed: Int) {
        // A small linear congruential generator: the same bytes in every run.
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let pieces = [
            "market", ",", "\n", "\"", "rate", "category", "0.5", "-", "Indonesia", ";", "utility", "from", "to",
            "\u{FEFF}",
            "99999999999999999999", "2026-10-01", "USD", "\r", "effective_from", "currency", "n/a", "é",
        ]
        var text = ""
        for _ in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += pieces[Int(state >> 33) % pieces.count]
        }
        _ = failure(text, from: "2026-10-01", currency: "USD")
        _ = failure(Self.header + text)
    }
}
