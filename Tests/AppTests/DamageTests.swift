import App
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// Files overwritten while the server is stopped, and clocks that jump.
@Suite struct DamageTests {
    private static let at: Int64 = 1_780_272_000

    /// Where in `pantau.sqlite` the bytes are overwritten: the head, the middle, everything behind the head.
    @Test(.timeLimit(.minutes(10)), arguments: ["head", "middle", "all"])
    func damagedFactsDoNotStopTheIntake(place: String) async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            try await filled(data, count: 300)
            try overwrite(data.appending(path: "pantau.sqlite"), place)

            let doctor = try await Program.run(["doctor", "--data-dir", data.path], in: directory)
            #expect(doctor.exit == .code(1), "\(doctor.output)\(doctor.errors)")
            #expect(doctor.output.contains("pantau.sqlite is damaged"), "\(doctor.output)")
            #expect(doctor.output.contains("inbox.sqlite is sound"), "\(doctor.output)")

            let (program, server) = try await Program.serve(data)
            for number in 0..<20 {
                let body = Webhook.status("wamid.L\(number)", "sent", at: Self.at)
                #expect(try await server.deliver(body).status == 200)
            }
            #expect(try await server.call("GET", "/healthz").status == 200)
            if place != "middle" {
                // The damaged file made room: everything is counted again, without a hand.
                try await server.counted(atLeast: 320)
                #expect(program.errors.contains("pantau.sqlite.damaged-1"))
                #expect(FileManager.default.fileExists(atPath: data.appending(path: "pantau.sqlite.damaged-1").path))
            }
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))

            // The remedy that the doctor names: everything is rebuilt from the inbox.
            for name in ["pantau.sqlite", "pantau.sqlite-wal", "pantau.sqlite-shm"] {
                try? FileManager.default.removeItem(at: data.appending(path: name))
            }
            let replay = try await Program.run(["replay", "--data-dir", data.path], in: directory)
            #expect(replay.exit == .code(0), "\(replay.errors)")
            let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
            #expect(try await installation.store.projectionStatus().messages == 320)
            #expect(try await Verifier.differences(installation, zone: "Asia/Jakarta") == [])
            await installation.close()
        }
    }

    @Test(.timeLimit(.minutes(10))) func aDamagedInboxIsTold() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            try await filled(data, count: 300)
            try overwrite(data.appending(path: "inbox.sqlite"), "all")
            let doctor = try await Program.run(["doctor", "--data-dir", data.path], in: directory)
            #expect(doctor.exit == .code(1))
            #expect(doctor.output.contains("inbox.sqlite is damaged"), "\(doctor.output)")
            // Serving without a place to put deliveries would lose them: it either refuses to start, or refuses them.
            let program = try Program(["serve", "--data-dir", data.path, "--port", "0"], in: directory)
            try await eventually("the server ends or listens") {
                program.exit != nil || program.errors.contains("listening") ? true : nil
            }
            program.send(SIGTERM)
            let exit = try await program.waitForEnd()
            #expect(!exit.isSignal, "\(exit)\n\(program.errors)")
        }
    }

    /// The inbox is gone, the facts are not: what arrives from then on is counted behind what was.
    @Test(.timeLimit(.minutes(10))) func aLostInbox() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            try await filled(data, count: 300)
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(at: data.appending(path: "inbox.sqlite" + suffix))
            }
            let (program, server) = try await Program.serve(data)
            for number in 0..<10 {
                let body = Webhook.status("wamid.N\(number)", "sent", at: Self.at)
                #expect(try await server.deliver(body).status == 200)
            }
            try await server.counted(atLeast: 310)
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
            #expect(try await installation.store.projectionStatus().messages == 310)
            await installation.close()
        }
    }

    @Test(.timeLimit(.minutes(10))) func aClockThatIsSetBack() async throws {
        let clock = Hand(Instant(seconds: Self.at))
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            try await InProcess.with(data, now: { clock.time }) { server async throws in
                let login = Webhook.statuses([.init("wamid.otp", "sent", at: Self.at, category: "authentication")])
                #expect(try await server.caller.deliver(login).status == 200)
                try await server.caller.counted(atLeast: 1)
                // The ten minutes of an authentication message are over…
                clock.time = Instant(seconds: Self.at + 3_600)
                try await eventually("the message expires") {
                    try await server.installation.store.message("wamid.otp")?.measures.contains(.expired) == true
                        ? true : nil
                }
                // …and stay over when the clock goes back.
                clock.time = Instant(seconds: Self.at - 86_400)
                for number in 0..<30 {
                    let body = Webhook.status("wamid.\(number)", "delivered", at: Self.at)
                    #expect(try await server.caller.deliver(body).status == 200)
                }
                #expect(try await server.caller.counted(atLeast: 31) == 31)
                #expect(
                    try await server.installation.store.message("wamid.otp")?.measures == [
                        .attempted, .accepted, .expired,
                    ])
                let stored = try await server.installation.inbox.read(after: 0, bytesMax: .max)
                #expect(stored.map(\.sequence) == Array(1...31))
                #expect(try await server.installation.store.projectionStatus().messages == 31)
                // Time that goes on from there lets others expire as before.
                let late = Webhook.statuses([.init("wamid.otp2", "sent", at: Self.at, category: "authentication")])
                #expect(try await server.caller.deliver(late).status == 200)
                try await server.caller.counted(atLeast: 32)
                clock.time = Instant(seconds: Self.at + 7_200)
                try await eventually("the second message expires") {
                    try await server.installation.store.message("wamid.otp2")?.measures.contains(.expired) == true
                        ? true : nil
                }
                #expect(
                    try await Verifier.differences(server.installation, zone: server.installation.zone) == [])
            }
        }
    }

    // MARK: Parts

    /// A data directory with that many messages, closed so that everything is in the files themselves.
    private func filled(_ data: URL, count: Int) async throws {
        try await take(count, into: data)
        let replay = try await Program.run(["replay", "--data-dir", data.path], in: data.deletingLastPathComponent())
        #expect(replay.exit == .code(0), "\(replay.errors)")
    }

    private func take(_ count: Int, into data: URL) async throws {
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
        for number in 0..<count {
            let body = Webhook.status("wamid.\(number)", "delivered", at: Self.at + Int64(number) * 60)
            try await installation.inbox.append(
                body, source: .metaWebhook, receivedAt: Instant(seconds: Self.at + Int64(number) * 60))
        }
        await installation.close()
    }

    private func overwrite(_ file: URL, _ place: String) throws {
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: file.path + suffix))
        }
        var bytes = try Data(contentsOf: file)
        #expect(bytes.count > 60_000)
        let range =
            switch place {
            case "head": 0..<4_096
            case "middle": (bytes.count / 2)..<(bytes.count / 2 + 8_192)
            default: 8_192..<bytes.count
            }
        for offset in range { bytes[offset] = UInt8(truncatingIfNeeded: offset &* 31 &+ 7) }
        try bytes.write(to: file)
    }
}

/// A clock in a test's hand.
private final class Hand: Sendable {
    private let state: Mutex<Instant>
    init(_ time: Instant) { state = Mutex(time) }
    var time: Instant {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
