import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite("Funnels")
struct FunnelTests {
    private let noon = "2026-10-06T05:00:00Z"

    private func message(_ template: String, _ measures: [MessageMeasure]) throws -> Message {
        Message(
            at: try instant(noon), measures: Set([.attempted, .accepted] + measures), dimensions: [.template: template])
    }

    /// Template a: 5 sent, 4 delivered, 2 with receipts, 2 engaged (one of them without a receipt): 3 read. b: 1 sent.
    private func store() throws -> ListStore {
        try ListStore(
            [
                message("a", []), message("a", [.delivered]), message("a", [.delivered, .read]),
                message("a", [.delivered, .read, .proven, .provenRead, .replied]),
                message("a", [.delivered, .proven, .clicked]), message("b", [.delivered]),
            ],
            entries: try (0..<4).map { _ in try charge(300_000_000, at: noon, [.template: "a"]) }
                + [charge(nil, at: noon, [.template: "b"])]
                + credits([.lastTouch: 1_000_000], value: 4_800_000_000, at: noon, [.template: "a", .kind: "booking"])
                + credits([.lastTouch: 500_000], at: noon, [.template: "b", .kind: "lead"]))
    }

    private func funnel(_ dimension: Dimension?, _ filters: [Filter] = []) async throws -> Funnel {
        try await analyst(try store(), now: "2026-12-31T00:00:00Z").funnel(
            by: dimension, filters: filters, range: try dates("2026-10-05", "2026-10-12"))
    }

    @Test func byTemplate() async throws {
        let funnel = try await funnel(.template)
        #expect(funnel.lines.map(\.key) == ["a", "b"])
        let a = funnel.lines[0]
        #expect(a.stages.map(\.step) == Funnel.Step.allCases)
        #expect(a.stages.map(\.count) == [5, 4, 3, 2, 1])
        #expect(a.stages.map(\.ofBefore) == [nil, 0.8, 0.75, 2.0 / 3, 0.5])
        #expect(a.stages.map(\.ofFirst) == [1, 0.8, 0.6, 0.4, 0.2])
        // 4 × 300 = 1 200 over each step; over one outcome.
        #expect(a.stages.map(\.costEach) == [240, 300, 400, 600, 1_200])
        #expect(a.cost == Money(micros: 1_200_000_000, currency: "IDR"))
        #expect(a.value == Money(micros: 4_800_000_000, currency: "IDR"))
        #expect(a.returnOnSpend == 4)
        #expect(a.outcomes == 1_000_000 && a.unknownPrices == 0)
        let b = funnel.lines[1]
        // An outcome without a reply or click before it is no share of those.
        #expect(b.stages.map(\.count) == [1, 1, 0, 0, 1])
        #expect(b.stages.map(\.ofBefore) == [nil, 1, 0, nil, nil])
        #expect(b.cost == nil && b.unknownPrices == 1)
        #expect(b.stages.allSatisfy { $0.costEach == nil })
        #expect(funnel.total.stages.map(\.count) == [6, 5, 3, 2, 2])
        // One price of five is not known.
        #expect(funnel.total.stages.allSatisfy { $0.costEach == nil })
        #expect(funnel.total.cost == Money(micros: 1_200_000_000, currency: "IDR"))
    }

    @Test func aKindIsTheLastStep() async throws {
        let funnel = try await funnel(nil, [Filter(dimension: .kind, op: .isIn, values: ["lead"])])
        #expect(funnel.lines.count == 1)
        #expect(funnel.lines[0].stages.map(\.count) == [6, 5, 3, 2, 1])
        #expect(funnel.lines[0].outcomes == 500_000)
        await #expect(throws: Failure.self) { try await self.funnel(.kind) }
        await #expect(throws: Failure.self) { try await self.funnel(.errorCode) }
    }

    @Test func byModel() async throws {
        let funnel = try await funnel(.model)
        #expect(funnel.lines.count == 6)
        #expect(funnel.lines.allSatisfy { $0.stages[0].count == 6 })
        #expect(funnel.lines.first { $0.key == "last_touch" }?.outcomes == 1_500_000)
        #expect(funnel.total.outcomes == nil)
        #expect(funnel.total.stages[0].count == 6)
    }

    @Test func nothing() async throws {
        let funnel = try await analyst(try ListStore(), now: "2026-12-31T00:00:00Z")
            .funnel(range: try dates("2026-10-05", "2026-10-12"))
        #expect(funnel.total.stages.map(\.count) == [0, 0, 0, 0, 0])
        #expect(funnel.total.stages.allSatisfy { $0.ofFirst == nil && $0.costEach == nil })
        #expect(funnel.total.cost == Money(micros: 0, currency: "IDR"))
    }
}

@Suite("Raised categories, before and after")
struct CategoryRaiseEffectTests {
    @Test func fourteenDaysOnEachSide() async throws {
        let at = try instant("2026-10-10T03:07:00Z")
        let mark = { (event: String, previous: String?, name: String) in
            TimelineMark(
                at: at,
                event: AccountEvent(
                    field: "template_category_update", account: nil,
                    subject: .template(id: nil, name: name, language: "id"), event: event, previous: previous, at: at))
        }
        let bill: [Dimension: String] = [.template: "bill", .templateLanguage: "id"]
        let raised: [ChargeMeasure: Int64] = [.raised: 1, .raisedCost: 250_000_000]
        let store = try ListStore(
            entries: [
                // Fifteen days before, one side's end before, and in another language: not in it.
                try charge(1, at: "2026-09-25T03:00:00Z", bill),
                try charge(350_000_000, at: "2026-09-26T03:00:00Z", bill),
                try charge(350_000_000, at: "2026-10-10T02:59:00Z", bill),
                try charge(600_000_000, at: "2026-10-10T03:00:00Z", bill, more: raised),
                try charge(600_000_000, at: "2026-10-12T03:00:00Z", bill, more: raised),
                try charge(0, at: "2026-10-12T03:00:00Z", bill),
                try charge(9, at: "2026-10-12T03:00:00Z", [.template: "bill", .templateLanguage: "en"]),
            ],
            marks: [
                mark("MARKETING", "UTILITY", "bill"), mark("MARKETING", "UTILITY", "bill"),
                mark("IMPENDING", "UTILITY", "soon"), mark("UTILITY", "MARKETING", "cheaper"),
            ])
        let effects = try await analyst(store, now: "2026-10-13T00:00:00Z")
            .categoryRaiseEffects(range: try dates("2026-10-01", "2026-10-14"))
        #expect(effects.count == 1)
        let effect = try #require(effects.first)
        #expect(effect.template == "bill" && effect.from == "utility" && effect.to == "marketing" && effect.at == at)
        #expect(effect.before.messages == 2 && effect.before.charged == 2)
        #expect(effect.before.cost == Money(micros: 700_000_000, currency: "IDR"))
        #expect(effect.before.costEach == 350 && effect.before.raised == Money(micros: 0, currency: "IDR"))
        #expect(effect.after.messages == 3 && effect.after.charged == 2)
        #expect(effect.after.cost == Money(micros: 1_200_000_000, currency: "IDR"))
        #expect(effect.after.costEach == 400)
        #expect(effect.after.raised == Money(micros: 500_000_000, currency: "IDR"))
        #expect(effect.after.range.upperBound == (try instant("2026-10-13T00:15:00Z")))
    }
}
