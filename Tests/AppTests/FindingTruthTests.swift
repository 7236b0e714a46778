import App
import Domain
import Foundation
import Insights
import Testing

/// Simulated businesses that are watched as they live, against what the simulator knows it made happen.
@Suite struct FindingTruthTests {
    private func play(_ bench: FindingBench) async throws -> FindingBench.Result {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pantau-watch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try await bench.run(in: directory.path)
    }

    @Test(arguments: [1] as [UInt64]) func everyTroubleIsFound(seed: UInt64) async throws {
        var bench = FindingBench.troubled(seed: seed, messagesPerDay: 1_500)
        bench.stepSeconds = 7_200
        let result = try await play(bench)
        #expect(result.missed == [])
        for found in result.found { #expect(found.isRightCause, "\(found.trouble)") }
        let told = result.wrong.map { "\($0.kind.rawValue) \($0.segment.key)" }
        #expect(Double(result.wrong.count) < result.weeks, "\(told)")
    }

    @Test(arguments: [2] as [UInt64]) func quietWeeksAreQuiet(seed: UInt64) async throws {
        var bench = FindingBench.quiet(seed: seed, messagesPerDay: 600)
        bench.stepSeconds = 10_800
        let result = try await play(bench)
        let told = result.wrong.map { "\($0.kind.rawValue) \($0.segment.key)" }
        #expect(Double(result.wrong.count) < result.weeks, "\(told)")
    }
}
