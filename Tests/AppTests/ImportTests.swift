import App
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

/// `pantau import`: history from files.
@Suite struct ImportTests {
    private static let at: Int64 = 1_780_272_000

    @Test(.timeLimit(.minutes(10))) func plainAndCompressedFilesGiveTheSame() async throws {
        try await withDirectory { directory in
            let lines = (0..<300).map { Webhook.status("wamid.\($0 / 2)", $0 % 2 == 0 ? "sent" : "read", at: Self.at) }
            let plain = try write(lines, to: directory.appending(path: "plain.ndjson"))
            let gz = try await compress(plain)
            for (name, file) in [("a", plain), ("b", gz)] {
                let data = directory.appending(path: name)
                let run = try await importing(file, "meta-webhooks", data)
                #expect(run.exit == .code(0), "\(run.errors)")
                let status = try await look(data) { try await $0.store.projectionStatus() }
                #expect(status.messages == 150)
                #expect(status.projected == 300)
            }
            let digests = try await [
                look(directory.appending(path: "a")) { try await $0.store.factDigests() },
                look(directory.appending(path: "b")) { try await $0.store.factDigests() },
            ]
            #expect(digests[0] == digests[1])
        }
    }

    @Test(.timeLimit(.minutes(10))) func badLinesAreNamedAndTheRestIsTaken() async throws {
        try await withDirectory { directory in
            let file = try write(
                [
                    Webhook.status("wamid.1", "sent", at: Self.at), Array("not json".utf8),
                    Webhook.status("wamid.2", "sent", at: Self.at), [], Array("[1]".utf8),
                    Webhook.status("wamid.3", "sent", at: Self.at), Array(#"{"entry":["#.utf8),
                ], to: directory.appending(path: "some.ndjson"))
            let data = directory.appending(path: "data")
            let run = try await importing(file, "meta-webhooks", data)
            #expect(run.exit == .code(1))
            for line in [2, 5, 7] { #expect(run.errors.contains("some.ndjson:\(line): "), "\(run.errors)") }
            for line in [1, 3, 4, 6] { #expect(!run.errors.contains("some.ndjson:\(line): "), "\(run.errors)") }
            #expect(try await look(data) { try await $0.store.projectionStatus() }.messages == 3)
        }
    }

    @Test(.timeLimit(.minutes(10))) func importingTwiceChangesNothing() async throws {
        try await withDirectory { directory in
            let lines = (0..<100).map { Webhook.status("wamid.\($0)", "delivered", at: Self.at + Int64($0)) }
            let file = try write(lines, to: directory.appending(path: "some.ndjson"))
            let data = directory.appending(path: "data")
            #expect(try await importing(file, "meta-webhooks", data).exit == .code(0))
            let before = try await look(data) { try await $0.store.factDigests() }
            #expect(before.count == 100)
            #expect(try await importing(file, "meta-webhooks", data).exit == .code(0))
            #expect(try await look(data) { try await $0.store.factDigests() } == before)
            let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
            #expect(verify.exit == .code(0), "\(verify.output)")
        }
    }

    /// The send log may come before the statuses or after them.
    @Test(.timeLimit(.minutes(10))) func sendsBeforeAndAfterStatuses() async throws {
        try await withDirectory { directory in
            let statuses = try write(
                (0..<50).map { Webhook.status("wamid.\($0)", "delivered", at: Self.at + 5) },
                to: directory.appending(path: "statuses.ndjson"))
            let sends = try write(
                (0..<50).map { number in
                    Array(
                        (#"{"message_id":"wamid.\#(number)","sent_at":"2026-06-01T00:00:00Z","to":"6281234567890","#
                            + #""type":"template","template":{"name":"promo","category":"marketing"},"campaign":"juni"}"#)
                            .utf8)
                }, to: directory.appending(path: "sends.ndjson"))
            var facts: [[Int64: UInt64]] = []
            let files = [(statuses, "meta-webhooks"), (sends, "sends")]
            for order in [files, files.reversed()] {
                let data = directory.appending(path: "data-\(facts.count)")
                for (file, format) in order { #expect(try await importing(file, format, data).exit == .code(0)) }
                facts.append(try await look(data) { try await $0.store.factDigests() })
                let story = try #require(try await look(data) { try await $0.store.message("wamid.7") })
                #expect(story.cohortAt == Instant(seconds: Self.at))
                #expect(story.dimensions[.template] == "promo")
                #expect(story.dimensions[.useCase] == "broadcast")
                #expect(story.measures == [.attempted, .accepted, .delivered])
            }
            #expect(facts[0] == facts[1])
            #expect(facts[0].count == 50)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aRunningServerCountsWhatIsImported() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            let file = try write(
                (0..<500).map { Webhook.status("wamid.\($0)", "sent", at: Self.at) },
                to: directory.appending(path: "some.ndjson"))
            // Webhooks go on arriving meanwhile.
            async let arriving: Void = deliver(100, to: server)
            let run = try await importing(file, "meta-webhooks", data)
            try await arriving
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try await server.counted(atLeast: 600) == 600)
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            #expect(try await look(data) { try await $0.store.projectionStatus() }.messages == 600)
            let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
            #expect(verify.exit == .code(0), "\(verify.output)")
        }
    }

    /// Killed in the middle, begun again: everything is there, and the second run does not begin at the first line.
    @Test(.timeLimit(.minutes(10))) func goesOnWhereItWasInterrupted() async throws {
        try await withDirectory { directory in
            let count = 30_000
            let lines = (0..<count).map { Webhook.status("wamid.\($0)", "sent", at: Self.at + Int64($0)) }
            let file = try write(lines, to: directory.appending(path: "some.ndjson"))
            let data = directory.appending(path: "data")
            let arguments = ["import", "--format", "meta-webhooks", "--data-dir", data.path, file.path]
            let first = try Program(arguments, in: directory)
            // The note of how far it came is written as it goes.
            try await eventually("the import has begun") {
                if first.exit != nil { return true }
                return FileManager.default.fileExists(atPath: data.appending(path: "imports.json").path) ? true : nil
            }
            first.send(SIGKILL)
            #expect(try await first.waitForEnd().isSignal)
            let stored = try await look(data, as: .guest) { try await $0.inbox.lastSequence() }
            #expect(stored > 0 && stored < count)
            #expect(try await importing(file, "meta-webhooks", data).exit == .code(0))
            let (received, status) = try await look(data) {
                (try await $0.inbox.lastSequence(), try await $0.store.projectionStatus())
            }
            #expect(status.messages == Int64(count))
            #expect(status.projected == received)
            // At most the lines of the commit that was under way are there twice.
            #expect(received < stored + Int64(count))
            #expect(received <= Int64(count + 4_000))
        }
    }

    @Test(.timeLimit(.minutes(10))) func aMissingOrDamagedFileIsNamed() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let missing = try await importing(directory.appending(path: "nowhere.ndjson"), "meta-webhooks", data)
            #expect(missing.exit == .code(1), "\(missing.exit)")
            #expect(missing.errors.contains("nowhere.ndjson"))
            let plain = try write(
                (0..<5_000).map { Webhook.status("wamid.\($0)", "sent", at: Self.at) },
                to: directory.appending(path: "some.ndjson"))
            let gz = try await compress(plain)
            let bytes = try Data(contentsOf: gz)
            try bytes.prefix(bytes.count / 2).write(to: gz)
            let cut = try await importing(gz, "meta-webhooks", data)
            #expect(!cut.exit.isSignal && cut.exit != .code(0), "\(cut.exit) \(cut.errors)")
        }
    }

    // MARK: Parts

    private func deliver(_ count: Int, to server: Caller) async throws {
        for number in 0..<count {
            let body = Webhook.status("wamid.live\(number)", "sent", at: Self.at)
            #expect(try await server.deliver(body).status == 200)
        }
    }

    private func importing(
        _ file: URL, _ format: String, _ data: URL
    ) async throws -> (exit: Program.Exit, output: String, errors: String) {
        try await Program.run(
            ["import", "--format", format, "--data-dir", data.path, file.path], in: data.deletingLastPathComponent(),
            seconds: 120)
    }

    private func write(_ lines: [[UInt8]], to file: URL) throws -> URL {
        try Data(lines.joined(separator: [UInt8(ascii: "\n")])).write(to: file)
        return file
    }

    private func compress(_ file: URL) async throws -> URL {
        let gzip = try await Program.run(
            ["--keep", file.path], in: file.deletingLastPathComponent(), executable: "/bin/gzip")
        #expect(gzip.exit == .code(0), "\(gzip.errors)")
        return URL(fileURLWithPath: file.path + ".gz")
    }

    private func look<T>(
        _ data: URL, as role: Installation.Role = .owner, _ body: (Installation) async throws -> T
    ) async throws -> T {
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta", as: role)
        let result = try await body(installation)
        await installation.close()
        return result
    }
}
