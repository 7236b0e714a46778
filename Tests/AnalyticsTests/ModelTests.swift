import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Answers by attribution model")
struct ModelTests {
    private let noon = "2026-10-06T05:00:00Z"

    /// Two templates, ten delivered messages each; two payments and a lead, all after a message of either.
    private func store() throws -> ListStore {
        let a: [Dimension: String] = [.template: "a", .kind: "payment_confirmed", .touch: "message"]
        let b: [Dimension: String] = [.template: "b", .kind: "payment_confirmed", .touch: "click"]
        var lead = a
        lead[.kind] = "lead"
        return try ListStore(
            messages(10, delivered: 10, at: noon, [.template: "a"])
                + messages(10, delivered: 10, at: noon, [.template: "b"]),
            entries: try [
                charge(600_000_000, at: noon, [.template: "a"]), charge(400_000_000, at: noon, [.template: "b"]),
            ]
                + credits([.firstTouch: 1_000_000, .linear: 500_000], value: 100_000_000, at: noon, a)
                + credits(
                    [.lastTouch: 1_000_000, .linear: 500_000, .lastClick: 1_000_000], value: 100_000_000, at: noon, b)
                + credits([.lastTouch: 1_000_000, .firstTouch: 1_000_000, .linear: 1_000_000], at: noon, lead)
                + [outcome(100_000_000, at: noon, [.kind: "payment_confirmed", .touch: "click", .template: "b"])])
    }

    private func ask(
        _ metrics: [String], _ dimensions: [Dimension] = [], _ filters: [Filter] = [], order: [Query.Order] = []
    ) async throws -> Answer {
        try await analyst(try store(), now: "2026-12-31T00:00:00Z").ask(
            Query(
                metrics: metrics, dimensions: dimensions, filters: filters,
                range: try dates("2026-10-05", "2026-10-12"), order: order))
    }

    @Test func theDefaultIsTheLastTouch() async throws {
        let answer = try await ask(["outcomes_credited", "value_credited", "conversion_rate"], [.template])
        #expect(
            answer.rows == [
                [.text("a"), .decimal(1_000_000), .decimal(0), .double(0.1)],
                [.text("b"), .decimal(1_000_000), .decimal(100_000_000), .double(0.1)],
            ])
        #expect(answer.totals == [.null, .decimal(2_000_000), .decimal(100_000_000), .double(0.1)])
        #expect(answer.meta.query.filters == [.standardModel])
    }

    @Test func aFilterChoosesTheModel() async throws {
        let linear = Filter(dimension: .model, op: .isIn, values: ["linear"])
        let answer = try await ask(["messages", "outcomes_credited", "return_on_spend"], [.template], [linear])
        #expect(
            answer.rows == [
                // 50 of 600, 50 of 400.
                [.text("a"), .int(10), .decimal(1_500_000), .double(50.0 / 600)],
                [.text("b"), .int(10), .decimal(500_000), .double(0.125)],
            ])
        #expect(answer.meta.query.filters == [linear])
    }

    @Test func whatIsNoCreditStandsBesideEachModel() async throws {
        let answer = try await ask(
            ["messages", "cost", "outcomes", "outcomes_credited", "conversion_rate"], [.model],
            order: [Query.Order(by: "model")])
        let shared: [Cell] = [.int(20), .decimal(1_000_000_000), .int(1)]
        #expect(
            answer.rows == [
                [.text("first_touch")] + shared + [.decimal(2_000_000), .double(0.1)],
                [.text("last_click")] + shared + [.decimal(1_000_000), .double(0.05)],
                [.text("last_touch")] + shared + [.decimal(2_000_000), .double(0.1)],
                [.text("linear")] + shared + [.decimal(2_000_000), .double(0.15)],
                [.text("position")] + shared + [.decimal(0), .double(0)],
                [.text("time_decay")] + shared + [.decimal(0), .double(0)],
            ])
        // Models do not add up, messages are counted once.
        #expect(answer.totals == [.null] + shared + [.null, .null])
    }

    @Test func modelsThatPassTheFilterStandBesideEachOther() async throws {
        let two = Filter(dimension: .model, op: .isIn, values: ["last_touch", "first_touch"])
        let answer = try await ask(
            ["messages", "value_credited"], [.template, .model], [two],
            order: [Query.Order(by: "template"), Query.Order(by: "model")])
        #expect(
            answer.rows == [
                [.text("a"), .text("first_touch"), .int(10), .decimal(100_000_000)],
                [.text("a"), .text("last_touch"), .int(10), .decimal(0)],
                [.text("b"), .text("first_touch"), .int(10), .decimal(0)],
                [.text("b"), .text("last_touch"), .int(10), .decimal(100_000_000)],
            ])
        #expect(answer.totals == [.null, .null, .int(20), .null])
        let one = Filter(dimension: .model, op: .isIn, values: ["last_touch"])
        #expect(try await ask(["messages", "value_credited"], [.model], [one]).totals[2] == .decimal(100_000_000))
    }

    /// A question by model says of everything but credits what the same question says without it.
    @Test(arguments: [[Dimension.template], [.weekday], [.template, .hourOfDay], []])
    func eachModelStandsBesideTheSameNumbers(_ dimensions: [Dimension]) async throws {
        let metrics = ["messages", "messages_delivered", "cost", "outcomes"]
        let alone = try await ask(metrics, dimensions)
        let beside = try await ask(metrics + ["outcomes_credited"], dimensions + [.model])
        let width = dimensions.count
        for model in AttributionModel.allCases {
            let rows = beside.rows.filter { $0[width].text == model.rawValue }
            #expect(Set(rows.map { Array($0[..<width] + $0[(width + 1)...].dropLast()) }) == Set(alone.rows))
        }
        #expect(beside.totals[(width + 1)...].dropLast() == alone.totals[width...])
    }

    @Test func aKindIsAConditionOnResultsAlone() async throws {
        let paid = Filter(dimension: .kind, op: .isIn, values: ["payment_confirmed"])
        let answer = try await ask(["messages_delivered", "conversion_rate", "outcomes"], [.template], [paid])
        #expect(
            answer.rows == [
                [.text("a"), .int(10), .double(0), .int(0)], [.text("b"), .int(10), .double(0.1), .int(1)],
            ])
        let note = try #require(answer.meta.notes.first { $0.en.contains("filter on kind") })
        #expect(note.en.hasSuffix("Not filtered by it: Messages delivered."))
    }

    @Test func resultsAreSplitByWhatTheyCarry() async throws {
        let answer = try await ask(["outcomes_credited", "value_credited"], [.kind, .touch])
        #expect(
            Set(answer.rows) == [
                [.text("lead"), .text("message"), .decimal(1_000_000), .decimal(0)],
                [.text("payment_confirmed"), .text("click"), .decimal(1_000_000), .decimal(100_000_000)],
            ])
    }
}

@Suite("How much of the results is known")
struct OutcomeMaturityTests {
    @Test func messagesOlderThanSevenDays() async throws {
        let (old, new) = ("2026-10-01T05:00:00Z", "2026-10-08T05:00:00Z")
        let wasted: [ChargeMeasure: Int64] = [.wasted: 1, .wastedCost: 500_000_000]
        let store = try ListStore(
            messages(10, delivered: 10, at: old, [.template: "a"])
                + messages(40, delivered: 30, at: new, [.template: "b"]),
            entries: [
                try charge(500_000_000, at: old, [.template: "a", .wasteReason: "no_effect"], more: wasted),
                try charge(500_000_000, at: old, [.template: "a", .wasteReason: "duplicate"], more: wasted),
            ] + credits([.lastTouch: 1_000_000], at: new, [.template: "b"]))
        let ask = { (metrics: [String], dimensions: [Dimension]) in
            try await analyst(store, now: "2026-10-09T05:00:00Z").ask(
                Query(metrics: metrics, dimensions: dimensions, range: try dates("2026-10-01", "2026-10-10")))
        }
        let answer = try await ask(["conversion_rate", "outcomes_credited"], [.template])
        #expect(answer.rows.map { $0[0].text } == ["b", "a"])
        #expect(answer.maturities == [0, 1])
        #expect(answer.meta.maturity == 0.25)
        #expect(answer.meta.notes.contains { $0.en.contains("Only 25 % of the delivered messages are older than 7") })
        // Messages have no reason: all of them stand behind each.
        let reasons = try await ask(["cost_wasted"], [.wasteReason])
        #expect(reasons.maturities == [0.25, 0.25])
        #expect(reasons.rows.map { $0[1] } == [.decimal(500_000_000), .decimal(500_000_000)])
        // Outcomes count at their own time: nothing is waited for.
        #expect(try await ask(["outcomes"], []).meta.maturity == 1)
    }
}
