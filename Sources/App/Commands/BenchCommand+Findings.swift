import ArgumentParser
import Domain
import Foundation
import Insights

extension BenchCommand {
    struct Findings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "findings",
            abstract: "Simulated businesses with known troubles, and the same without: what the watch finds, and when.")
        @Option(help: "Seeds, one business with troubles and a quiet one of each.") var seeds = 5
        @Option(help: "The first seed.") var first = 1
        @Option(help: "Messages a day.") var messages = 1_500
        @Option(help: "Minutes between looks.") var minutes: Int64 = 60

        func validate() throws {
            if !(1...100).contains(seeds) || !(1...1_000_000).contains(first) || !(100...100_000).contains(messages)
                || !(15...360).contains(minutes)
            {
                throw ValidationError(
                    "--seeds is 1 to 100, --first 1 to 1000000, --messages 100 to 100000, --minutes 15 to 360.")
            }
        }

        func run() async throws {
            for seed in UInt64(first)..<UInt64(first + seeds) {
                try await play("troubled", .troubled(seed: seed, messagesPerDay: messages), seed)
                try await play("quiet", .quiet(seed: seed, messagesPerDay: messages), seed)
            }
        }

        private func play(_ name: String, _ business: FindingBench, _ seed: UInt64) async throws {
            var bench = business
            bench.stepSeconds = minutes * 60
            let directory = FileManager.default.temporaryDirectory.appending(path: "pantau-bench-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: directory) }
            let result = try await bench.run(in: directory.path)
            print("\(name) business, seed \(seed): \(result.looks) looks, \(result.lookTime / result.looks) each")
            for found in result.found {
                let cause = found.isRightCause ? "right cause first" : "another cause first"
                print("  found    \(found.trouble) after \(found.delaySeconds / 60) min, \(cause)")
            }
            for name in result.missed { print("  missed   \(name)") }
            for finding in result.wrong {
                print("  false    \(RFC3339.format(finding.openedAt)) \(finding.kind.rawValue): \(finding.title.en)")
            }
        }
    }
}
