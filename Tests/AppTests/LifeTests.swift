import Domain
import Foundation
import TestSupport
import Testing

/// Starting, stopping, and two at once: whole processes.
@Suite struct LifeTests {
    private static let at: Int64 = 1_780_272_000

    @Test(.timeLimit(.minutes(10))) func terminationDrainsAndExitsWithZero() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            let acknowledged = await withTaskGroup(of: Int.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var count = 0
                        while let answer = try? await server.deliver(
                            Webhook.status("wamid.\(worker)-\(count)", "sent", at: Self.at)), answer.status == 200
                        {
                            count += 1
                        }
                        return count
                    }
                }
                // In the midst of it, however fast the machine is.
                let first = try? await server.deliver(Webhook.status("wamid.first", "sent", at: Self.at))
                program.send(SIGTERM)
                return await group.reduce(first?.status == 200 ? 1 : 0, +)
            }
            #expect(try await program.waitForEnd() == .code(0))
            #expect(acknowledged > 0)
            // What was acknowledged up to the last moment is there, and counted at the next start.
            let (again, restarted) = try await Program.serve(data)
            #expect(try await restarted.counted(atLeast: Int64(acknowledged)) >= Int64(acknowledged))
            again.send(SIGINT)
            #expect(try await again.waitForEnd() == .code(0))
        }
    }

    @Test(.timeLimit(.minutes(10))) func slowClientsHoldUpNobody() async throws {
        try await withDirectory { directory in
            let (program, server) = try await Program.serve(directory.appending(path: "data"))
            let slow = try (0..<150).map { _ in try HalfRequest(port: server.port) }
            for number in 0..<50 {
                let body = Webhook.status("wamid.\(number)", "sent", at: Self.at)
                #expect(try await server.deliver(body).status == 200)
            }
            #expect(try await server.counted(atLeast: 50) == 50)
            // Nor do they keep the server from stopping.
            program.send(SIGTERM)
            #expect(try await program.waitForEnd(seconds: 40) == .code(0))
            withExtendedLifetime(slow) {}
        }
    }

    @Test(.timeLimit(.minutes(10))) func aSecondServerOnOneDirectoryIsRefused() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            let second = try await Program.run(["serve", "--data-dir", data.path, "--port", "0"], in: directory)
            #expect(second.exit == .code(1))
            #expect(second.errors.contains("Another Pantau is running on this data directory"))
            // Nor may a replay pull the facts from under it.
            let replay = try await Program.run(["replay", "--data-dir", data.path], in: directory)
            #expect(replay.exit == .code(1))
            #expect(try await server.deliver(Webhook.status("wamid.1", "sent", at: Self.at)).status == 200)
            #expect(try await server.counted(atLeast: 1) == 1)
            program.send(SIGKILL)
            try await program.waitForEnd()
            // The right is given back however the first one ended.
            let (third, _) = try await Program.serve(data)
            third.send(SIGTERM)
            #expect(try await third.waitForEnd() == .code(0))
        }
    }

    @Test(.timeLimit(.minutes(10))) func aDirectoryThatCannotBeWrittenIsNamed() async throws {
        try await withDirectory { directory in
            // A file where a directory should be: even the superuser cannot write there.
            let file = directory.appending(path: "a-file")
            try Data().write(to: file)
            for path in [file.path, file.appending(path: "below").path] {
                let run = try await Program.run(["serve", "--data-dir", path, "--port", "0"], in: directory)
                #expect(run.exit == .code(1), "\(run.exit)")
                #expect(run.errors.contains(path), "\(run.errors)")
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func usageErrorsExitWithTwo() async throws {
        try await withDirectory { directory in
            for arguments in [
                ["serve", "--no-such-flag"], ["query", "--metrics", "no_such_metric"], ["query"],
                ["key", "create", "--role", "king"], ["no-such-command"],
            ] {
                let run = try await Program.run(arguments, in: directory)
                #expect(run.exit == .code(2), "\(arguments): \(run.exit) \(run.errors)")
                #expect(!run.errors.isEmpty)
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func aPortInUseIsAClearFailure() async throws {
        try await withDirectory { directory in
            let (program, server) = try await Program.serve(directory.appending(path: "one"))
            let other = directory.appending(path: "two")
            let second = try await Program.run(
                ["serve", "--data-dir", other.path, "--port", "\(server.port)"], in: directory)
            #expect(second.exit == .code(1), "\(second.exit) \(second.errors)")
            #expect(second.errors.contains("\(server.port)"))
            withExtendedLifetime(program) {}
        }
    }
}

/// A connection that says what it is going to send, sends half of it, and then nothing more.
private final class HalfRequest {
    private let descriptor: Int32
    struct Failed: Error {
        var number: Int32
    }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failed(number: errno) }
        let head = "POST /webhooks/meta HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
        let bytes = Array(head.utf8) + [UInt8](repeating: UInt8(ascii: "{"), count: 500)
        guard send(descriptor, bytes, bytes.count, 0) == bytes.count else { throw Failed(number: errno) }
    }

    deinit { close(descriptor) }
}
