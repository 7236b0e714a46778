import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite("Lift over a control group")
struct LiftTests {
    private func lift(_ a: Int64, _ n: Int64, _ b: Int64, _ m: Int64) -> Lift {
        Lift(LiftCounts(treated: n, treatedConverted: a, heldOut: m, heldOutConverted: b))
    }

    /// Newcombe 1998, table II, method 10.
    @Test(arguments: [
        (Int64(56), Int64(70), Int64(48), Int64(80), 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062), (5, 56, 0, 29, -0.0381, 0.1926), (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775), (10, 10, 0, 20, 0.6791, 1), (10, 10, 0, 10, 0.6075, 1),
    ])
    func publishedIntervals(_ a: Int64, _ n: Int64, _ b: Int64, _ m: Int64, _ low: Double, _ high: Double) throws {
        let interval = try #require(lift(a, n, b, m).interval)
        #expect(abs(interval.lower - low) < 0.00006)
        #expect(abs(interval.upper - high) < 0.00006)
    }

    @Test func byHand() throws {
        // 56/70 = 0.8 and 48/80 = 0.6. Pooled 104/150 = 0.69333; its deviation
        // √(0.69333 × 0.30667 × (1/70 + 1/80)) = √0.0056952 = 0.075467; z = 0.2/0.075467 = 2.6502;
        // 2(1 − Φ(z)) = 0.00804.
        let lift = lift(56, 70, 48, 80)
        #expect(abs((lift.difference ?? 0) - 0.2) < 1e-12)
        #expect(abs((lift.relative ?? 0) - 1.0 / 3) < 1e-12)
        #expect(abs((lift.pValue ?? 0) - 0.00804) < 0.00002)
        #expect(abs((lift.extra ?? 0) - 14) < 1e-9)
        #expect(lift.isEnough && lift.note == nil)
    }

    @Test func small() {
        // 3 of 20 converted in all: 10 × 0.15 = 1.5 expected in each group.
        let small = lift(2, 10, 1, 10)
        #expect(!small.isEnough)
        #expect(small.note?.en.contains("too small") == true)
        let none = lift(5, 100, 0, 0)
        #expect(none.interval == nil && none.difference == nil && none.pValue == nil)
        #expect(none.note?.en.contains("Nobody was held out") == true)
        #expect(lift(0, 100, 0, 100).pValue == nil)
        #expect(lift(5, 100, 0, 100).relative == nil)
        // What cannot be is brought back to what can.
        #expect(lift(9, 5, -1, 5).treatedRate == 1)
    }

    @Test func asked() async throws {
        let counts = LiftCounts(treated: 900, treatedConverted: 90, heldOut: 100, heldOutConverted: 5)
        let analyst = try analyst(try ListStore(liftCounts: counts), now: "2026-10-31T00:00:00Z")
        let campaign = Filter(dimension: .campaign, op: .isIn, values: ["10.10"])
        let lift = try await analyst.lift(filters: [campaign], range: try dates("2026-10-01", "2026-10-12"))
        #expect(lift.counts == counts)
        #expect(abs((lift.difference ?? 0) - 0.05) < 1e-12)
        await #expect(throws: Failure.self) {
            try await analyst.lift(
                filters: [Filter(dimension: .kind, op: .notNull)], range: try dates("2026-10-01", "2026-10-12"))
        }
        await #expect(throws: Failure.self) {
            try await analyst.lift(range: try dates("2026-10-01", "2026-10-12"), windowSeconds: 0)
        }
    }
}
