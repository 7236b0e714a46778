import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("How times are spread")
struct DistributionTests {
    private func line(_ seconds: [Double]) -> Distribution.Line {
        Distribution.Line(key: nil, histogram(seconds: seconds))
    }

    private func counts(_ line: Distribution.Line) -> [Double: Int64] {
        line.bins.reduce(into: [:]) { $0[$1.fromSeconds] = $1.count == 0 ? nil : $1.count }
    }

    @Test func timesAreCountedBetweenTheirBounds() {
        // In the middle of bins, where the 1 % of a kept duration decides nothing.
        let line = line([0.2, 1.2, 3, 7, 7, 20, 45, 90, 450, 5000, 100_000, 9_000_000])
        #expect(
            counts(line) == [
                0: 1, 1: 1, 2: 1, 5: 2, 10: 1, 30: 1, 60: 1, 300: 1, 3600: 1, 86_400: 1, 604_800: 1,
            ])
        #expect(line.count == 12)
        #expect(line.bins.last?.toSeconds == nil)
    }

    @Test func nothingIsLostWhateverTheTimes() {
        let many = (0..<5000).map { Double(($0 * 7919) % 1_000_003) / 3 }
        #expect(line(many).count == 5000)
        #expect(line([]).count == 0 && line([]).median == nil)
    }

    @Test func boundsAscendAndEachBinEndsWhereTheNextBegins() {
        let bins = line([]).bins
        #expect(bins.map(\.fromSeconds) == bins.map(\.fromSeconds).sorted())
        #expect(bins.dropLast().map(\.toSeconds) == bins.dropFirst().map { Optional($0.fromSeconds) })
        for (index, bin) in bins.enumerated() { #expect(Distribution.bin(of: bin.fromSeconds) == index) }
        #expect(Distribution.bin(of: -1) == 0 && Distribution.bin(of: 1e12) == bins.count - 1)
    }

    @Test func aTimeIsNamedByItselfOrByAnyOfItsMetrics() throws {
        for name in ["response_time", "response_time_p90", "response_time_mean", "response_time_max"] {
            #expect(try Catalogue.requireTimeFamily(name).id == "response_time")
        }
        #expect(try Catalogue.requireTimeFamily("response_time_last_p50").id == "response_time_last")
        #expect(Set(Catalogue.timeFamilies.map(\.id)).isSuperset(of: ["time_to_deliver", "resolution_time"]))
        #expect(throws: Failure.self) { try Catalogue.requireTimeFamily("messages") }
    }

    /// Waits of bots and people, an open one, one outside the range.
    private func store() throws -> ListStore {
        let at = try instant("2026-10-06T03:00:00Z")
        let bots = (0..<30).map { index in
            Wait(at: at.adding(seconds: 60 * Int64(index)), ending: .answered(4), dimensions: [.responder: "bot"])
        }
        let people = [90.0, 400, 400, 5000].map { seconds in
            Wait(at: at, ending: .answered(seconds), dimensions: [.responder: "human", .team: "cs-1"])
        }
        let early = Wait(
            at: try instant("2026-09-01T03:00:00Z"), ending: .answered(4), dimensions: [.responder: "bot"])
        return try ListStore(waits: bots + people + [Wait(at: at, dimensions: [.responder: "none"]), early])
    }

    private func ask(
        _ filters: [Filter] = [], by dimension: Dimension? = nil, limit: Int = 50
    ) async throws -> Distribution {
        try await analyst(try store(), now: "2026-10-31T00:00:00Z").distribution(
            of: "response_time", by: dimension, filters: filters, range: try dates("2026-10-05", "2026-10-12"),
            limit: limit)
    }

    @Test func countsAddUpToTheTimesBehindThePercentiles() async throws {
        let found = try await ask(by: .responder)
        let answer = try await analyst(try store(), now: "2026-10-31T00:00:00Z").ask(
            Query(
                metrics: ["waits_answered", "response_time_p50", "response_time_p90"], dimensions: [.responder],
                range: try dates("2026-10-05", "2026-10-12")))
        #expect(found.total.count == 34 && found.lines.reduce(0) { $0 + $1.count } == 34)
        #expect(found.lines.map(\.key) == ["bot", "human"])
        #expect(answer.totals[1].number == 34)
        for line in found.lines {
            let row = try #require(answer.rows.indices.first { answer.cell($0, "responder").text == line.key })
            #expect(Double(line.count) == answer.cell(row, "waits_answered").number)
            #expect(line.median == answer.cell(row, "response_time_p50").number)
            #expect(line.p90 == answer.cell(row, "response_time_p90").number)
        }
        #expect(counts(found.lines[1]) == [60: 1, 300: 2, 3600: 1])
    }

    @Test func filtersAndLimitsHold() async throws {
        let found = try await ask([Filter(dimension: .team, op: .isIn, values: ["cs-1"])])
        #expect(found.total.count == 4 && found.lines.isEmpty)
        let first = try await ask(by: .responder, limit: 1)
        #expect(first.lines.map(\.key) == ["bot"] && first.total.count == 34)
        await #expect(throws: Failure.self) { _ = try await ask(by: .errorCode) }
    }
}
