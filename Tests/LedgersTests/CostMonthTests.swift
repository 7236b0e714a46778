import Domain
import Ledgers
import TestSupport
import Testing

/// One month worked out by hand: all categories, a tier crossed, the free messages used up, a price change in its
/// middle, two zones, two currencies.
@Suite("A worked month of costs")
struct CostMonthTests {
    /// A workspace in Jakarta that counts in rupiah; its accounts are billed in US dollars. A dollar was worth nothing
    /// known until 30 September, 16 000 rupiah from 1 October and 16 500 from 15 October (Jakarta).
    private func book() throws -> CostBook {
        func line(_ from: String, _ category: String, _ tier: Range<Int64>?, from start: Int64 = 0, _ rate: Int64)
            throws
            -> RateEntry
        {
            RateEntry(
                effectiveFrom: try CostTimes.day(from), currency: "USD", market: "Indonesia", category: category,
                tierFrom: tier?.lowerBound ?? start, tierTo: tier?.upperBound, rateMicros: rate)
        }
        return CostBook(
            rates: [
                // From 1 October utility costs 0.0250, from the fourth message 0.0240, from the sixth 0.0230.
                try line("2026-10-01", "utility", 0..<3, 25_000), try line("2026-10-01", "utility", 3..<5, 24_000),
                try line("2026-10-01", "utility", nil, from: 5, 23_000),
                // From 16 October 0.0300, from the fourth 0.0200; marketing 0.0500 instead of the shipped 0.0411.
                try line("2026-10-16", "utility", 0..<3, 30_000),
                try line("2026-10-16", "utility", nil, from: 3, 20_000),
                try line("2026-10-16", "marketing", nil, 50_000),
            ],
            accounts: [
                AccountTerms(account: "waba-a", timeZone: "Asia/Jakarta", currency: "USD", portfolio: "main"),
                AccountTerms(account: "waba-b", timeZone: "America/Sao_Paulo", currency: "USD", portfolio: "main"),
                AccountTerms(account: "waba-c", timeZone: "Asia/Jakarta", currency: "USD", portfolio: "other"),
            ],
            exchange: [
                ExchangeRate(
                    effectiveFrom: try CostTimes.day("2026-10-01"), from: "USD", to: "IDR",
                    rateMicros: 16_000_000_000),
                ExchangeRate(
                    effectiveFrom: try CostTimes.day("2026-10-15"), from: "USD", to: "IDR",
                    rateMicros: 16_500_000_000),
            ],
            assumptions: CostAssumptions(), timeZone: try ZoneClock.named("Asia/Jakarta"), currency: "IDR", raises: [])
    }

    private func message(
        _ id: String, _ at: String, zone: String = "Asia/Jakarta", account: AccountID = "waba-a",
        number: PhoneNumberID = "P1", phone: String = "6281200000001", group: GroupID? = nil, _ pricing: Pricing?
    ) throws -> CostMessage {
        CostMessage(
            id: MessageID(id), account: account, number: number, phone: phone, group: group,
            deliveredAt: try CostTimes.at(at, zone), pricing: pricing)
    }

    private static let mexico = "5215500000001"

    private func marketing() throws -> [CostMessage] {
        let saoPaulo = "America/Sao_Paulo"
        return [
            // The card of July says 0.0411, too; no exchange rate yet: USD 0.0411.
            try message("m0", "2026-09-30T23:30", .regular("marketing")),
            // 0.0411 × 16 000 = IDR 657.60
            try message("m1", "2026-10-01T00:30", .regular("marketing")),
            // Still September in São Paulo: Mexico at 0.0305, but the dollar of 1 October in Jakarta: IDR 488.00
            try message(
                "m2", "2026-09-30T23:30", zone: saoPaulo, account: "waba-b", number: "P2", phone: Self.mexico,
                .regular("marketing")),
            // An hour later it is October there: 0.0397 × 16 000 = IDR 635.20
            try message(
                "m3", "2026-10-01T00:30", zone: saoPaulo, account: "waba-b", number: "P2", phone: Self.mexico,
                .regular("marketing")),
            // The new price and the new dollar: 0.0500 × 16 500 = IDR 825.00
            try message("m4", "2026-10-20T10:00", .regular("marketing")),
            // In an entry point window: free.
            try message("m5", "2026-10-20T11:00", .free("free_entry_point", "referral_conversion")),
            // Meta's own estimate: 0.0300 × 16 000 = IDR 480.00; without one as marketing: IDR 657.60
            try message(
                "m6", "2026-10-10T09:00",
                Pricing(
                    model: "PMP", type: "regular", category: "marketing_lite", billable: true,
                    estimatedCostMicros: 30_000, costCurrency: "USD")),
            try message("m7", "2026-10-10T09:01", .regular("marketing_lite")),
            // A group: each participant by the own country. IDR 657.60 + 635.20
            try message("g1", "2026-10-10T10:00", group: "G", .regular("group_marketing")),
            try message("g1", "2026-10-10T10:00", phone: Self.mexico, group: "G", .regular("group_marketing")),
        ]
    }

    private func utilityAndAuthentication() throws -> [CostMessage] {
        [
            // 0.0250 × 16 000 = IDR 400.00 and 0.1360 × 16 000 = IDR 2 176.00
            try message("a1", "2026-10-05T08:00", .regular("authentication")),
            try message("a2", "2026-10-05T08:01", .regular("authentication-international")),
            // Messages 1 to 3 of the portfolio: 3 × 0.0250 × 16 000 = IDR 1 200.00
            try message("u1", "2026-10-02T08:00", .regular("utility")),
            try message("u2", "2026-10-03T08:00", .regular("utility")),
            try message("u3", "2026-10-04T08:00", .regular("utility")),
            // Free ones are not counted.
            try message("u0", "2026-10-03T09:00", .free("free_entry_point", "utility")),
            // 4 and 5, one of them by the other account of the portfolio: 2 × 0.0240 × 16 000 = IDR 768.00
            try message(
                "u4", "2026-10-06T08:00", zone: "America/Sao_Paulo", account: "waba-b", number: "P2",
                .regular("utility")),
            try message("u5", "2026-10-07T08:00", .regular("utility")),
            // 6 and 7 by the card of 16 October, on whose second tier they are: 2 × 0.0200 × 16 500 = IDR 660.00
            try message("u6", "2026-10-16T00:00", .regular("utility")),
            try message("u7", "2026-10-17T08:00", .regular("utility")),
            // The first of another portfolio: 0.0300 × 16 500 = IDR 495.00
            try message("u8", "2026-10-18T08:00", account: "waba-c", number: "P3", .regular("utility")),
        ]
    }

    private func service() throws -> [CostMessage] {
        // 1 002 of one number on 25 October: 1 000 are free, 2 × 0.0250 × 16 500 = IDR 825.00
        let start = try CostTimes.at("2026-10-25T08:00")
        var messages = (0..<1_002).map { index in
            CostMessage(
                id: MessageID("s\(10_000 + index)"), deliveredAt: start.adding(seconds: Int64(index)),
                pricing: .regular("service"))
        }
        // Another number has 1 000 of its own, November begins anew, and September counts nothing.
        messages.append(
            try message(
                "s2", "2026-10-25T20:00", zone: "America/Sao_Paulo", account: "waba-b", number: "P2",
                .regular("service")))
        messages.append(try message("s3", "2026-11-01T00:10", .regular("service")))
        messages.append(try message("s4", "2026-09-30T23:59", .free("free_customer_service", "service")))
        return messages
    }

    private func month() throws -> [CostMessage] {
        try marketing() + utilityAndAuthentication() + service() + [
            // No price is known for these two: they add nothing.
            try message("x1", "2026-10-12T08:00", .regular("general_purpose_ai")),
            try message("x2", "2026-10-12T08:00", nil),
        ]
    }

    @Test("Every message by hand, and the sum of the month")
    func worked() throws {
        let ranker = CostRanker(book: try book(), states: try month().map(\.state))
        let expected: [(MessageID, Int64?)] = [
            ("m0", 41_100), ("m1", 657_600_000), ("m2", 488_000_000), ("m3", 635_200_000), ("m4", 825_000_000),
            ("m5", 0), ("m6", 480_000_000), ("m7", 657_600_000), ("a1", 400_000_000), ("a2", 2_176_000_000),
            ("u0", 0), ("u1", 400_000_000), ("u2", 400_000_000), ("u3", 400_000_000), ("u4", 384_000_000),
            ("u5", 384_000_000), ("u6", 330_000_000), ("u7", 330_000_000), ("u8", 495_000_000), ("s10000", 0),
            ("s10999", 0), ("s11000", 412_500_000), ("s11001", 412_500_000), ("s2", 0), ("s3", 0), ("s4", 0),
            ("x1", nil), ("x2", nil),
        ]
        for (id, micros) in expected {
            let charge = try #require(ranker.charge(of: id), "\(id)")
            #expect(charge.micros == micros, "\(id)")
            #expect(charge.currency == (id == "m0" || id == "s4" ? "USD" : "IDR"), "\(id)")
        }
        // 657.6 + 488 + 635.2 + 825 + 480 + 657.6 + (657.6 + 635.2)     marketing       5 036.2
        // + 400 + 2 176                                                 authentication  2 576
        // + 1 200 + 768 + 660 + 495                                     utility         3 123
        // + 825                                                         service           825
        #expect(ranker.totals == ["IDR": 11_560_200_000, "USD": 41_100])
    }

    @Test("What makes each of them free or charged")
    func types() throws {
        let ranker = CostRanker(book: try book(), states: try month().map(\.state))
        let expected: [(MessageID, String, String?)] = [
            ("m1", "regular", "Indonesia"), ("m2", "regular", "Mexico"), ("m5", "free_entry_point", "Indonesia"),
            ("s10999", "free_quota", "Indonesia"), ("s11000", "regular", "Indonesia"),
            ("s4", "free_customer_service", "Indonesia"), ("x1", "regular", "Indonesia"),
            ("x2", "unknown", "Indonesia"),
        ]
        for (id, type, market) in expected {
            let charge = try #require(ranker.charge(of: id), "\(id)")
            #expect(charge.pricingType == type, "\(id)")
            #expect(charge.market == market, "\(id)")
        }
    }

    @Test("Statuses in any order, told once or often, cost the same", arguments: 0..<20)
    func permutations(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed) &+ 900_000)
        // Enough service messages to pass the free ones; the rest of the month as it is.
        let messages = try month()
        let told = messages.flatMap { message in message.statuses.map { (message: message, status: $0) } }
        let again = told.filter { _ in Int.random(in: 0..<5, using: &dice) == 0 }
        var states: [MessageLedger.Key: MessageState] = [:]
        for (_, status) in (told + again).shuffled(using: &dice) {
            let key = MessageLedger.key(of: status)
            var state = states[key] ?? MessageState(id: key.id, participant: key.participant)
            MessageLedger.join(status, into: &state)
            states[key] = state
        }
        let ranker = CostRanker(book: try book(), states: Array(states.values).shuffled(using: &dice))
        #expect(ranker.totals == ["IDR": 11_560_200_000, "USD": 41_100])
    }

    @Test("Generated months: what each rank costs adds up, whatever message holds it", arguments: 0..<60)
    func generated(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed) &+ 910_000)
        let start = try CostTimes.at("2026-10-01T00:00")
        let middle = try CostTimes.at("2026-10-16T00:00")
        let end = try CostTimes.at("2026-11-01T00:00")
        let seconds = end.microseconds(since: start) / 1_000_000
        // Several at one instant, so that their order is settled by their names.
        let times = (0..<Int.random(in: 0...12, using: &dice)).map { _ in
            start.adding(seconds: Int64.random(in: 0..<seconds, using: &dice) / 86_400 * 86_400)
        }
        let messages = times.enumerated().map { index, at in
            CostMessage(id: MessageID("u\(index)"), deliveredAt: at, pricing: .regular("utility"))
        }.shuffled(using: &dice)
        var expected: Int64 = 0
        for (rank, at) in times.sorted().enumerated() {
            let isNew = at >= middle
            let micros: Int64 = isNew ? (rank < 3 ? 30_000 : 20_000) : (rank < 3 ? 25_000 : rank < 5 ? 24_000 : 23_000)
            // 15 October is a day before the new card.
            let isDearer = at >= middle.adding(seconds: -86_400)
            expected += micros * (isDearer ? 16_500 : 16_000)
        }
        let ranker = CostRanker(book: try book(), states: messages.map(\.state))
        #expect(ranker.totals["IDR"] ?? 0 == expected)
    }
}
