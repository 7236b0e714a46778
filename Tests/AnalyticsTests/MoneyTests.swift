import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Answers about money")
struct MoneyTests {
    private let later = "2026-12-31T00:00:00Z"
    private let noon = "2026-10-06T05:00:00Z"

    private func ask(
        _ store: ListStore, _ metrics: [String], _ dimensions: [Dimension] = [], _ filters: [Filter] = [],
        compare: Query.Comparison? = nil, order: [Query.Order] = []
    ) async throws -> Answer {
        try await analyst(store, now: later).ask(
            Query(
                metrics: metrics, dimensions: dimensions, filters: filters,
                range: try dates("2026-10-05", "2026-10-12"), compare: compare, order: order))
    }

    @Test func sumsAreExactDecimals() async throws {
        // Ten times a tenth is one; in binary fractions it is not.
        let store = try ListStore(entries: (0..<10).map { _ in try charge(100_000, "USD", at: noon) })
        let answer = try await ask(store, ["cost", "messages_charged"])
        #expect(answer.rows == [[.decimal(1_000_000), .int(10)]])
        #expect(answer.columns.map(\.currency) == ["USD", nil])
        let json = String(decoding: answer.json(language: .english), as: UTF8.self)
        #expect(json.contains(#"{"name":"cost","kind":"metric","unit":"money","currency":"USD"}"#))
        #expect(json.contains(#""rows":[[1,10]],"totals":[1,10]"#))
        #expect(!json.contains("\"currencies\""))
    }

    @Test func trailingZerosAreCut() async throws {
        // 41 100.5 = 3 × 13 700 + 0.5.
        let store = try ListStore(
            entries: try (0..<3).map { _ in try charge(13_700_000_000, at: noon) } + [charge(500_000, at: noon)])
        let answer = try await ask(store, ["cost", "cost_per_delivered"])
        #expect(answer.rows == [[.decimal(41_100_500_000), .double(10_275.125)]])
        #expect(answer.csv() == "cost,cost_per_delivered\r\n41100.5,10275.125\r\n")
    }

    @Test func nothingIsNothingOfTheWorkspacesCurrency() async throws {
        let answer = try await ask(try ListStore(), ["cost", "cost_per_delivered", "outcome_value", "return_on_spend"])
        #expect(answer.rows == [[.decimal(0), .null, .decimal(0), .null]])
        #expect(answer.columns.map(\.currency) == ["IDR", "IDR", "IDR", nil])
    }

    @Test func currenciesAreNeverAddedUp() async throws {
        let store = try ListStore(entries: [
            try charge(600_000_000, "IDR", at: noon, [.waba: "1"]),
            try charge(41_100, "USD", at: noon, [.waba: "2"]),
            try charge(0, "EUR", at: noon, [.waba: "2"]),
        ])
        let mixed = try await ask(store, ["cost", "cost_per_delivered", "messages_charged"])
        #expect(mixed.rows == [[.null, .null, .int(2)]])
        // What is free is in no currency's way.
        let note = try #require(mixed.meta.notes.first { $0.en.contains("several currencies") })
        #expect(note.en.contains("(IDR, USD)") && note.id.contains("(IDR, USD)"))

        let split = try await ask(store, ["cost"], [.currency])
        #expect(split.rows == [[.text("IDR"), .decimal(600_000_000)], [.text("USD"), .decimal(41_100)]])
        #expect(split.totals == [.null, .null])

        let accounts = try await ask(store, ["cost"], [.waba])
        #expect(accounts.rows == [[.text("1"), .decimal(600_000_000)], [.text("2"), .decimal(41_100)]])
        #expect(accounts.columns.map(\.currency) == [nil, nil])
        #expect((0...1).map { accounts.currency($0, "cost") } == ["IDR", "USD"])
        let json = try JSON.parse(accounts.json(language: .english))
        #expect(json["currencies"]?["cost"]?.elements.map(\.string) == ["IDR", "USD"])
        #expect(json["columns"]?.elements.map { $0["currency"]?.string } == [nil, nil])

        let dollars = Filter(dimension: .currency, op: .isIn, values: ["USD"])
        let filtered = try await ask(store, ["cost"], [], [dollars])
        #expect(filtered.rows == [[.decimal(41_100)]])
        #expect(filtered.columns.map(\.currency) == ["USD"])
        #expect(filtered.meta.notes == [])
    }

    @Test func anotherCurrencyBeforeIsNoChange() async throws {
        let store = try ListStore(entries: [
            try charge(600_000_000, "IDR", at: noon), try charge(41_100, "USD", at: "2026-09-29T05:00:00Z"),
        ])
        let answer = try await ask(store, ["cost", "messages_charged"], compare: .previousPeriod)
        #expect(answer.comparison?.rows == [[.decimal(41_100), .int(1)]])
        #expect(answer.columns[0].currency == nil)
        #expect(answer.change(0, "cost") == .none)
        #expect(answer.totalChange("cost") == .none)
        #expect(answer.change(0, "messages_charged") == .relative(0))
        let same = try ListStore(entries: [
            try charge(600_000_000, at: noon), try charge(400_000_000, at: "2026-09-29T05:00:00Z"),
        ])
        let other = try await ask(same, ["cost"], compare: .previousPeriod)
        #expect(other.change(0, "cost") == .relative(0.5))
        #expect(other.columns[0].currency == "IDR")
    }

    @Test func unknownPricesAreNoZeros() async throws {
        let store = try ListStore(
            entries: try (0..<99).map { _ in try charge(350_000_000, at: noon, [.template: "a"]) }
                + [charge(nil, at: noon, [.template: "a"]), charge(350_000_000, at: noon, [.template: "b"])]
                + [charge(nil, at: noon, [.template: "b"]), charge(nil, at: noon, [.template: "c"])])
        let answer = try await ask(
            store, ["cost", "cost_per_delivered", "cost_unknown"], [.template],
            order: [Query.Order(by: "template")])
        #expect(
            answer.rows == [
                // 1 of 100 is not more than 1 %: 99 × 350 over 100.
                [.text("a"), .decimal(34_650_000_000), .double(346.5), .int(1)],
                [.text("b"), .decimal(350_000_000), .null, .int(1)],
                [.text("c"), .null, .null, .int(1)],
            ])
        // 3 of 103.
        #expect(answer.totals == [.null, .decimal(35_000_000_000), .null, .int(3)])
        #expect(answer.meta.notes.contains { $0.en.contains("3 delivered messages is not known") })
    }

    @Test func costsAreSharedOutOverOtherFacts() async throws {
        // 4 × 500 = 2 000; three read, two credits of 1 and ½ outcome worth 10 000 in all.
        let day: [Dimension: String] = [.template: "a"]
        let store = try ListStore(
            messages(4, delivered: 4, read: 3, at: noon, day),
            entries: try (0..<4).map { _ in try charge(500_000_000, at: noon, day) }
                + credits([.lastTouch: 1_000_000], value: 8_000_000_000, at: noon, day, seconds: 20)
                + credits([.lastTouch: 500_000], value: 4_000_000_000, at: noon, day, seconds: 20))
        let answer = try await ask(
            store,
            [
                "cost_per_read", "cost_per_outcome", "cost_per_reply", "outcomes_credited", "value_credited",
                "value_per_message", "return_on_spend", "conversion_rate", "time_to_outcome_p50",
            ], [.template])
        #expect(
            answer.rows == [
                [
                    .text("a"), .double(2_000.0 / 3), .double(2_000.0 / 1.5), .null, .decimal(1_500_000),
                    .decimal(10_000_000_000), .double(2_500), .double(5), .double(0.5), .double(20),
                ]
            ])
        #expect(answer.samples["cost_per_read"] == [3])
        // Rows, not millionths: two credits, four charged messages.
        #expect(answer.samples["cost_per_outcome"] == [2])
        #expect(answer.samples["return_on_spend"] == [4])
        #expect(answer.samples["value_credited"] == nil)
    }

    @Test func returnNeedsOneCurrency() async throws {
        let store = try ListStore(
            messages(1, delivered: 1, at: noon),
            entries: try [charge(41_100, "USD", at: noon)]
                + credits([.lastTouch: 1_000_000], value: 250_000_000_000, "IDR", at: noon))
        let answer = try await ask(store, ["cost", "value_credited", "return_on_spend", "value_per_message"])
        #expect(answer.rows == [[.decimal(41_100), .decimal(250_000_000_000), .null, .double(250_000)]])
        #expect(answer.columns.map(\.currency) == ["USD", "IDR", nil, "IDR"])
        #expect(answer.meta.notes.contains { $0.en.contains("(IDR, USD)") && $0.en.contains("exchange rate") })
    }

    @Test func wasteIsAShareOfAnAmount() async throws {
        let judged: [ChargeMeasure: Int64] = [.judged: 1, .judgedCost: 500_000_000]
        let wasted: [ChargeMeasure: Int64] = [
            .judged: 1, .judgedCost: 500_000_000, .wasted: 1, .wastedCost: 500_000_000,
        ]
        let store = try ListStore(entries: [
            try charge(500_000_000, at: noon, [.wasteReason: "duplicate"], more: wasted),
            try charge(500_000_000, at: noon, more: judged), try charge(500_000_000, at: noon, more: judged),
            try charge(500_000_000, at: noon),
        ])
        let answer = try await ask(store, ["cost_wasted", "cost_wasted_share", "messages_wasted"])
        #expect(answer.rows == [[.decimal(500_000_000), .double(1.0 / 3), .int(1)]])
        #expect(answer.intervals["cost_wasted_share"] == nil)
        #expect(answer.samples["cost_wasted_share"] == [3])
        let reasons = try await ask(store, ["cost_wasted", "messages_wasted"], [.wasteReason])
        #expect(reasons.rows == [[.text("duplicate"), .decimal(500_000_000), .int(1)]])
    }

    @Test func outcomesByTheirOwnTime() async throws {
        let store = try ListStore(entries: [
            try outcome(250_000_000_000, at: noon, [.kind: "payment_confirmed"]),
            try outcome(
                50_000_000_000, at: noon, [.kind: "payment_confirmed"], more: [.refunded: 1, .refundedValue: 7]),
            try outcome(nil, nil, at: noon, [.kind: "lead"], more: [.unattributed: 1, .unmatched: 1]),
            try outcome(nil, nil, at: noon, [.kind: "lead"]),
        ])
        let answer = try await ask(
            store,
            [
                "outcomes", "outcome_value", "outcome_value_mean", "refunded_value", "outcomes_refunded",
                "attribution_rate", "outcomes_unmatched",
            ], [.kind], order: [Query.Order(by: "outcome_value", isDescending: true)])
        #expect(
            answer.rows == [
                [
                    .text("payment_confirmed"), .int(2), .decimal(300_000_000_000), .double(150_000), .decimal(7),
                    .int(1), .double(1), .int(0),
                ],
                [.text("lead"), .int(2), .decimal(0), .null, .decimal(0), .int(0), .double(0.5), .int(1)],
            ])
        #expect(answer.totals[1] == .int(4) && answer.totals[6] == .double(0.75))
        let json = String(decoding: answer.json(language: .english), as: UTF8.self)
        #expect(json.contains("300000,150000,0.000007,1,1,0]"))
    }

    @Test func orderGoesByAmount() async throws {
        let store = try ListStore(entries: [
            try charge(9_000_000, at: noon, [.template: "a"]), try charge(100_000_000, at: noon, [.template: "b"]),
            try charge(0, at: noon, [.template: "c"]), try charge(nil, at: noon, [.template: "d"]),
        ])
        let answer = try await ask(
            store, ["cost", "cost_unknown", "messages_free"], [.template],
            order: [Query.Order(by: "cost", isDescending: true)])
        #expect(answer.rows.map { $0[0].text } == ["b", "a", "c", "d"])
    }

    @Test func whatDoesNotFitIsNull() {
        var amounts = Amounts()
        amounts.add(.max, "IDR")
        #expect(amounts.only == .max)
        amounts.add(1, "IDR")
        #expect(amounts.only == nil)
        amounts.add(-5, "IDR")
        #expect(amounts.only == nil && amounts.currencies == ["IDR"])
        var cancelled = Amounts()
        cancelled.add(7, "USD")
        cancelled.add(-7, "USD")
        #expect(cancelled == Amounts() && cancelled.only == 0)
    }
}

/// Random charges, every split: the parts are the whole, to the last millionth.
@Suite("Money adds up")
struct MoneyRecountTests {
    @Test func anySplit() async throws {
        var generator = RecountTests.Generator(state: 5)
        let start = try instant("2026-10-05T17:00:00Z")
        let values: [(Dimension, [String])] = [
            (.template, ["a", "b", "c"]), (.category, ["marketing", "utility"]), (.country, ["ID", "MY"]),
            (.agent, ["x", "y"]), (.waba, ["1", "2"]), (.market, ["Indonesia", "Malaysia"]),
        ]
        for _ in 0..<60 {
            let entries = try (0..<200).map { _ in
                var dimensions: [Dimension: String] = [:]
                for (dimension, words) in values where Bool.random(using: &generator) {
                    dimensions[dimension] = words.randomElement(using: &generator)
                }
                let currency = ["IDR", "USD"].randomElement(using: &generator) ?? "IDR"
                var entry = try charge(
                    Int64.random(in: 1...999_999_999_999, using: &generator), currency, at: "2026-10-06T00:00:00Z",
                    dimensions)
                entry.at = start.adding(seconds: Int64.random(in: 0..<4 * 86_400, using: &generator))
                return entry
            }
            let hand = entries.reduce(into: [String: Int64]()) {
                $0[$1.dimensions[.currency] ?? "", default: 0] += $1.sums[.charge(.cost)] ?? 0
            }
            let split = values.map(\.0).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            let grain = [Grain.total, .day, .hour, .week].randomElement(using: &generator) ?? .total
            let answer = try await analyst(try ListStore(entries: entries), now: "2026-12-31T00:00:00Z").ask(
                Query(
                    metrics: ["cost"], dimensions: [.currency] + split,
                    range: .instants(from: start, to: start.adding(seconds: 4 * 86_400)), grain: grain))
            let column = try #require(answer.index(of: "currency"))
            let found = answer.rows.reduce(into: [String: Int64]()) { sums, row in
                guard case .decimal(let micros)? = row.last else { return }
                sums[row[column].text ?? "", default: 0] += micros
            }
            #expect(found == hand)
            let dollars = Filter(dimension: .currency, op: .isIn, values: ["USD"])
            let one = try await analyst(try ListStore(entries: entries), now: "2026-12-31T00:00:00Z").ask(
                Query(
                    metrics: ["cost"], dimensions: split, filters: [dollars],
                    range: .instants(from: start, to: start.adding(seconds: 4 * 86_400)), limit: 3))
            #expect(one.totals.last == .decimal(hand["USD"] ?? 0))
        }
    }
}
