import App
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// The server is killed without warning, again and again, while webhooks arrive. What it acknowledged is counted once.
@Suite struct CrashTests {
    private static let rounds = 50
    private static let start: Int64 = 1_780_272_000

    /// What was sent so far, and what of it a 200 came for.
    private final class Ledger: Sendable {
        struct State {
            var next = 0
            /// Sent and not acknowledged: a sender like Meta brings these again.
            var waiting: [Int: [UInt8]] = [:]
            var acknowledged: Set<Int> = []
        }
        let state = Mutex(State())

        func begin() -> (number: Int, body: [UInt8]) {
            state.withLock { state in
                let number = state.next
                state.next += 1
                let body = CrashTests.body(number)
                state.waiting[number] = body
                return (number, body)
            }
        }
        func acknowledge(_ number: Int) {
            state.withLock { state in
                state.waiting[number] = nil
                state.acknowledged.insert(number)
            }
        }
        var waiting: [Int: [UInt8]] { state.withLock { $0.waiting } }
        var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
    }

    @Test(.timeLimit(.minutes(10))) func fiftyKills() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let ledger = Ledger()
            var dice = Dice(seed: 50)
            for _ in 0..<Self.rounds {
                let (program, server) = try await Program.serve(data)
                let pause = Int.random(in: 0..<90, using: &dice)
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<6 { group.addTask { await Self.send(to: server, ledger) } }
                    try? await Task.sleep(for: .milliseconds(pause))
                    program.send(SIGKILL)
                }
                #expect(try await program.waitForEnd() == .init(code: SIGKILL, isSignal: true))
            }
            // The sender brings what was never acknowledged once more, as Meta does.
            let (program, server) = try await Program.serve(data)
            for (number, body) in ledger.waiting {
                #expect(try await server.deliver(body).status == 200)
                ledger.acknowledge(number)
            }
            let received = try await server.counted(atLeast: Int64(ledger.acknowledged.count))
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            try await expectCounts(data, ledger.acknowledged, received)
            let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
            #expect(verify.exit == .code(0), "\(verify.output)\(verify.errors)")
        }
    }

    /// Sends one after another until the server is gone.
    private static func send(to server: Caller, _ ledger: Ledger) async {
        while true {
            let (number, body) = ledger.begin()
            guard let answer = try? await server.deliver(body), answer.status == 200 else { return }
            ledger.acknowledge(number)
        }
    }

    /// Three webhooks make a message: sent, delivered, read.
    private static func body(_ number: Int) -> [UInt8] {
        let word = ["sent", "delivered", "read"][number % 3]
        return Webhook.status("wamid.C\(number / 3)", word, at: start + Int64(number))
    }

    private func expectCounts(_ data: URL, _ acknowledged: Set<Int>, _ received: Int64) async throws {
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
        let stored = try await installation.inbox.read(after: 0, bytesMax: .max)
        #expect(stored.map(\.sequence) == Array(1...received))
        // Everything acknowledged is in the inbox. A body may be there twice when it was stored, not acknowledged
        // because of the kill, and brought again; never more, since nothing is brought a third time.
        var copies: [[UInt8]: Int] = [:]
        for delivery in stored { copies[delivery.body, default: 0] += 1 }
        for number in acknowledged { #expect(copies[Self.body(number)] != nil, "lost: \(number)") }
        #expect(copies.values.allSatisfy { $0 <= 2 })
        #expect(copies.count == acknowledged.count)
        // …and counted exactly once: messages, not deliveries.
        let numbers = Set(acknowledged.map { $0 / 3 })
        let status = try await installation.store.projectionStatus()
        #expect(status.messages == Int64(numbers.count))
        #expect(status.projected == received)
        #expect(status.notUnderstood == 0)
        for message in numbers {
            let story = try #require(try await installation.store.message(MessageID("wamid.C\(message)")))
            let words = (0..<3).filter { acknowledged.contains(message * 3 + $0) }
            #expect(story.steps.map(\.name) == words.map { ["sent", "delivered", "read"][$0] })
        }
        await installation.close()
    }
}
