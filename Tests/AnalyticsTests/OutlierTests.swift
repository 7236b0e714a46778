import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Unusually slow answers")
struct OutlierTests {
    /// Monday 2026-10-05 to Sunday 2026-10-11 in Jakarta.
    private func waits(
        _ seconds: [Double], _ responder: String, at: String = "2026-10-06T03:00:00Z", team: String? = nil
    ) throws -> [Wait] {
        var dimensions: [Dimension: String] = [.responder: responder]
        dimensions[.team] = team
        let at = try instant(at)
        return seconds.map { Wait(at: at, ending: .answered($0), dimensions: dimensions) }
    }

    /// Quartiles at ranks 2.25 and 6.75 of ten, rounded down: 10 and 20 s. The fence is 20 · (20 ÷ 10)³ = 160 s.
    private func people() throws -> [Wait] {
        try waits([10, 10, 10, 10, 20, 20, 20, 20, 150], "human", team: "a") + waits([170], "human", team: "b")
    }

    @Test func theFenceWorkedByHand() async throws {
        let store = try ListStore(waits: try people() + waits(Array(repeating: 2, count: 9) + [170], "bot"))
        let analyst = try analyst(store, now: "2026-10-31T00:00:00Z")
        let answer = try await analyst.ask(
            Query(
                metrics: ["response_outliers", "waits_answered"], dimensions: [.responder],
                range: try dates("2026-10-05", "2026-10-12")))
        #expect(
            answer.rows == [
                [.text("bot"), .int(1), .int(10)], [.text("human"), .int(1), .int(10)],
            ])
        #expect(answer.totals == [.null, .int(2), .int(20)])
        let week = try instant("2026-10-04T17:00:00Z")..<instant("2026-10-11T17:00:00Z")
        let thresholds = try await analyst.outlierThresholds(week)
        #expect(thresholds.all.map(\.responder) == ["bot", "human"])
        #expect(thresholds.all.map(\.count) == [10, 10])
        #expect(thresholds.all.allSatisfy { $0.week == week })
        // All bots answer after 2 s, which clocks tell to the second: a spread of one second gives 2 · (3 ÷ 2)³ = 6.75
        // s.
        #expect(abs(thresholds.all[0].seconds - 6.75) < 0.05 * 6.75)
        #expect(abs(thresholds.all[1].seconds - 160) < 0.05 * 160)
        // The list behind the number uses the same fence.
        let listed = store.waits.filter { wait in
            guard case .answered(let seconds) = wait.ending else { return false }
            return thresholds.isOutlier(
                startedAt: wait.at, responder: wait.dimensions[.responder], microseconds: Int64(seconds * 1e6))
        }
        #expect(listed.count == 2)
        #expect(
            thresholds.fences(in: week).map(\.aboveBin) == [
                [.bot: thresholds.all[0].bin, .human: thresholds.all[1].bin]
            ])
    }

    @Test func theFenceIsThatOfAllWhateverTheQuestion() async throws {
        let store = try ListStore(waits: try people())
        let analyst = try analyst(store, now: "2026-10-31T00:00:00Z")
        // One day of one team: too little to learn from, but the fence comes from the whole week.
        let answer = try await analyst.ask(
            Query(
                metrics: ["response_outliers"], dimensions: [.team],
                filters: [Filter(dimension: .team, op: .isIn, values: ["b"])],
                range: try dates("2026-10-06", "2026-10-07"),
                grain: .hour))
        #expect(answer.rows == [[.text("2026-10-06T10:00:00+07:00"), .text("b"), .int(1)]])
    }

    @Test func everyWeekHasItsOwn() async throws {
        // The week after, 170 s are usual; and in the week after that there is too little to say.
        let store = try ListStore(
            waits: try people() + waits(Array(repeating: 170, count: 10), "human", at: "2026-10-13T03:00:00Z")
                + waits([5, 5, 5, 5, 5, 5, 9_000], "human", at: "2026-10-20T03:00:00Z"))
        let answer = try await analyst(store, now: "2026-10-31T00:00:00Z").ask(
            Query(metrics: ["response_outliers"], range: try dates("2026-10-06", "2026-10-26"), grain: .week))
        #expect(answer.rows.map { $0[1] } == [.int(1), .int(0), .int(0)])
        let total = try await analyst(store, now: "2026-10-31T00:00:00Z").ask(
            Query(metrics: ["response_outliers"], range: try dates("2026-10-06", "2026-10-26")))
        #expect(total.rows == [[.int(1)]])
    }
}
