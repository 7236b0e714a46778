import App
import Connectors
import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("backfill from a Chatwoot")
struct ChatwootBackfillTests {
    /// What was delivered, how long was waited, and when to break off.
    private final class Log: Sendable {
        struct Stop: Error {}
        private let state = Mutex((bodies: [[UInt8]](), pauses: [Duration](), stopsAfter: Int.max))

        init(stopsAfter: Int = .max) { state.withLock { $0.stopsAfter = stopsAfter } }
        var bodies: [[UInt8]] { state.withLock { $0.bodies } }
        var pauses: [Duration] { state.withLock { $0.pauses } }
        func add(_ body: [UInt8]) throws {
            try state.withLock {
                guard $0.bodies.count < $0.stopsAfter else { throw Stop() }
                $0.bodies.append(body)
            }
        }
        func add(_ pause: Duration) { state.withLock { $0.pauses.append(pause) } }
        var events: [DeskEvent] {
            bodies.flatMap { ChatwootWebhook.decode($0, receivedAt: Instant(seconds: 0)) }.compactMap { event in
                if case .desk(let event) = event { event } else { nil }
            }
        }
        var ids: Set<String> { Set(events.map(\.id)) }
    }

    private static func backfill(
        _ address: String, _ state: URL, _ log: Log, token: String = FakeChatwoot.token
    ) throws -> ChatwootBackfill {
        try ChatwootBackfill(
            ChatwootConnection(address: address, account: "1", token: token, requestsPerSecond: 1_000),
            stateFile: state,
            // No test waits for a pause; how long it would have been is what matters. Those of the pace are
            // milliseconds.
            pause: { duration in if duration >= .seconds(1) { log.add(duration) } },
            now: { Instant(seconds: 0) }, deliver: { body, _ in try log.add(body) })
    }

    /// Serves `fake`, runs one backfill after another, each with a log of its own and the same state file.
    private static func run(_ fake: FakeChatwoot, _ logs: Log...) async throws -> ChatwootBackfill.Progress {
        try await withDirectory { directory in
            let state = directory.appending(path: "state")
            return try await fake.serve { address in
                var progress = ChatwootBackfill.Progress()
                for log in logs {
                    var backfill = try Self.backfill(address, state, log)
                    do { progress = try await backfill.run() } catch is Log.Stop { continue }
                }
                return progress
            }
        }
    }

    /// Every event that the account holds, from its own books.
    private func expected(_ fake: FakeChatwoot, withRatings: Bool = true) -> Set<String> {
        var ids: Set<String> = []
        for conversation in fake.conversations where conversation.channel == "Channel::Whatsapp" {
            for message in conversation.messages where !message.isPrivate { ids.insert("message/\(message.id)") }
            if conversation.isResolved {
                ids.insert("conversation/1/\(conversation.id)/status/resolved/\(conversation.activity * 1000)")
            }
            if withRatings, conversation.id < 1_000 {
                ids.insert("message/\(conversation.id * 1000)/rated/\(1 + conversation.id % 5)")
            }
        }
        return ids
    }

    @Test func everythingIsReadOnce() async throws {
        let fake = FakeChatwoot(conversations: 60)
        let log = Log()
        let progress = try await Self.run(fake, log)
        #expect(log.ids == expected(fake))
        #expect(log.events.count == log.ids.count)
        #expect(log.pauses.isEmpty)
        #expect(progress.conversations == 60)
        #expect(progress.conversationsTotal == 60)
        // The count is of what was read, notes to colleagues included.
        let messages = fake.conversations.filter { $0.id != 7 }.map(\.messages.count).reduce(0, +)
        #expect(progress.messages == Int64(messages))
        #expect(progress.ratings == 59)
        let first = log.events.first { $0.id == "message/1000" }
        #expect(first?.conversation.contact == Party(phone: FakeChatwoot.phone(1)))
        #expect(first?.conversation.line.displayPhoneNumber == "6281100000000")
        #expect(first?.at == Instant(seconds: 31_536_000 + 10_000))
        #expect(!log.bodies.contains { String(decoding: $0, as: UTF8.self).contains("the last one again") })
    }

    @Test func aBusyServerIsAskedAgain() async throws {
        let fake = FakeChatwoot(conversations: 30)
        fake.behave {
            $0.busyEvery = 5
            $0.brokenEvery = 7
        }
        let log = Log()
        _ = try await Self.run(fake, log)
        #expect(log.ids == expected(fake))
        #expect(log.pauses.contains(.seconds(3)))
        #expect(log.pauses.contains(.seconds(1)))
        #expect(log.pauses.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(3) })
    }

    @Test(arguments: [0, 1, 7, 40, 77])
    func whatWasInterruptedGoesOn(_ deliveries: Int) async throws {
        let fake = FakeChatwoot(conversations: 60)
        let first = Log(stopsAfter: deliveries)
        let second = Log()
        _ = try await Self.run(fake, first, second)
        #expect(first.bodies.count == deliveries)
        #expect(first.ids.union(second.ids) == expected(fake))
        // Only the conversation that was cut off is read again, and by the same ids.
        let later = Dictionary(second.events.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let again = first.events.filter { later[$0.id] != nil }
        #expect(Set(again.map(\.conversation.id)).count <= 1)
        for event in again { #expect(later[event.id] == event) }
    }

    @Test func interruptedTimeAndAgain() async throws {
        let fake = FakeChatwoot(conversations: 40)
        // Conversations of up to four pages: with five deliveries a run always gets on.
        let logs = (0..<40).map { _ in Log(stopsAfter: 5) } + [Log()]
        try await withDirectory { directory in
            try await fake.serve { address in
                for log in logs {
                    var backfill = try Self.backfill(address, directory.appending(path: "state"), log)
                    _ = try? await backfill.run()
                }
            }
        }
        #expect(logs.reduce(into: Set<String>()) { $0.formUnion($1.ids) } == expected(fake))
    }

    @Test func laterRunsFetchWhatIsNew() async throws {
        let fake = FakeChatwoot(conversations: 30)
        let (first, second) = (Log(), Log())
        try await withDirectory { directory in
            let state = directory.appending(path: "state")
            try await fake.serve { address in
                var backfill = try Self.backfill(address, state, first)
                _ = try await backfill.run()
                fake.forgetRequests()
                // 3 * 13 + 1 = 40 messages were two pages; only the newest is needed now.
                fake.write(in: 3)
                fake.write(in: 1_001)
                var again = try Self.backfill(address, state, second)
                _ = try await again.run()
            }
        }
        #expect(first.ids.union(second.ids) == first.ids.union(expected(fake)))
        #expect(second.ids.contains("message/3040") && second.ids.contains("message/1001000"))
        let messages = fake.requests.filter { $0.contains("/messages") }
        #expect(messages.sorted() == ["conversations/1001/messages", "conversations/3/messages"])
    }

    /// People go on writing while it reads, and an old Chatwoot puts their conversations on pages already read.
    @Test func aListThatShiftsLosesNothing() async throws {
        let fake = FakeChatwoot(conversations: 80)
        fake.behave { $0.sortsByActivity = true }
        fake.before { fake, number in
            // Conversation 2 is on the last page, 60 on the first; all of this happens during the first pass.
            if number < 100, number % 9 == 0 { fake.write(in: Int64(2 + number % 50)) }
            if number == 50 { fake.write(in: 1_001) }
        }
        let log = Log()
        _ = try await Self.run(fake, log)
        let missing = expected(fake).filter { $0.hasPrefix("message/") }.subtracting(log.ids)
        #expect(missing.isEmpty)
    }

    @Test func ratingsNeedAnAdministrator() async throws {
        let fake = FakeChatwoot(conversations: 3)
        fake.behave { $0.hidesRatings = true }
        let log = Log()
        let progress = try await Self.run(fake, log)
        #expect(progress.areRatingsRefused)
        #expect(log.ids == expected(fake, withRatings: false))
    }

    @Test func aWrongTokenIsSaid() async throws {
        let fake = FakeChatwoot(conversations: 3)
        let failure = await Self.failure(fake, token: "salah")
        #expect(failure?.code == .unauthorised)
        #expect(failure?.message.en.contains("salah") == false)
        #expect(fake.requests.count == 1)
    }

    @Test(
        arguments: [
            (301, "", Failure.Code.misconfigured), (403, "", .forbidden), (404, "", .notFound),
            (422, "", .unprocessable), (200, "<html>", .misconfigured), (200, #"{"data":{}}"#, .misconfigured),
        ] as [(Int, String, Failure.Code)])
    func answersOfAnotherKind(_ status: Int, _ body: String, _ code: Failure.Code) async throws {
        let fake = FakeChatwoot(conversations: 3)
        fake.behave {
            $0.always = .init(status: status, headers: [("location", "http://127.0.0.1:1/")], body: Array(body.utf8))
        }
        #expect(await Self.failure(fake)?.code == code)
    }

    @Test func patienceEnds() async throws {
        let fake = FakeChatwoot(conversations: 3)
        fake.behave { $0.always = .init(status: 503) }
        let log = Log()
        #expect(await Self.failure(fake, log: log)?.code == .unavailable)
        #expect(fake.requests.count == 8)
        #expect(log.pauses == [1, 2, 4, 8, 16, 32, 64].map { Duration.seconds($0) })
        fake.behave { $0.always = .init(status: 429, headers: [("retry-after", "86400")]) }
        let long = Log()
        _ = await Self.failure(fake, log: long)
        // The server may ask for a day; ten minutes are enough.
        #expect(long.pauses.allSatisfy { $0 == .seconds(600) })
    }

    @Test func oneBrokenConversationDoesNotHoldBackTheOthers() async throws {
        let fake = FakeChatwoot(conversations: 12)
        fake.behave { $0.broken = [5, 6, 11] }
        let log = Log()
        let progress = try await Self.run(fake, log)
        #expect(progress.conversationsBroken == 3)
        // Ids are the conversation's number and three more digits; of these three, none is resolved.
        let broken = ["message/5", "message/6", "message/11"]
        #expect(log.ids == expected(fake).filter { id in !broken.contains { id.hasPrefix($0) } })
        fake.behave { $0.broken = Set(1...12) }
        #expect(await Self.failure(fake)?.code == .unavailable)
    }

    private static func failure(
        _ fake: FakeChatwoot, token: String = FakeChatwoot.token, log: Log = Log()
    ) async -> Failure? {
        do {
            try await withDirectory { directory in
                try await fake.serve { address in
                    var backfill = try Self.backfill(address, directory.appending(path: "state"), log, token: token)
                    _ = try await backfill.run()
                }
            }
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test func thePaceIsKept() async throws {
        let fake = FakeChatwoot(conversations: 5)
        let start = ContinuousClock.now
        try await withDirectory { directory in
            try await fake.serve { address in
                var backfill = try ChatwootBackfill(
                    ChatwootConnection(
                        address: address, account: "1", token: FakeChatwoot.token, requestsPerSecond: 50),
                    stateFile: directory.appending(path: "state"), now: { Instant(seconds: 0) }, deliver: { _, _ in })
                _ = try await backfill.run()
            }
        }
        let gaps = fake.requests.count - 1
        #expect(gaps > 10)
        #expect(ContinuousClock.now - start >= .seconds(Double(gaps) / 50))
    }

    @Test func aDamagedStateIsReadAsFarAsItGoes() async throws {
        let fake = FakeChatwoot(conversations: 4)
        let log = Log()
        try await withDirectory { directory in
            let state = directory.appending(path: "state")
            // Conversation 1 was read; then nonsense, pages beyond all, and a line that was cut off.
            try Data("c 1 99999999999 9\nx\nc 2\np 9223372036854775807\nd\nr -4\nc 2 99999999999 9".utf8).write(
                to: state)
            try await fake.serve { address in
                var backfill = try Self.backfill(address, state, log)
                _ = try await backfill.run()
            }
            let lines = try String(contentsOf: state, encoding: .utf8)
            #expect(lines.hasPrefix("c 1 99999999999 9\nx\nc 2\np 9223372036854775807\nd\nr -4\nc 2 "))
            #expect(lines.hasSuffix("\n"))
        }
        let unread = expected(fake).filter { !$0.hasPrefix("message/1") || $0.contains("rated") }
        #expect(log.ids == unread)
    }

    @Test(arguments: [
        ("chat.example.com", "1", "t"), ("ftp://chat.example.com", "1", "t"), ("https://", "1", "t"),
        ("https://a@chat.example.com", "1", "t"), ("https://chat.example.com?x=1", "1", "t"),
        ("https://chat.example.com", "", "t"), ("https://chat.example.com", "1/../2", "t"),
        ("https://chat.example.com", "1", " "), ("https://chat.example.com", "1", "a\nb"),
    ])
    func connectionsThatCannotBe(_ address: String, _ account: String, _ token: String) {
        #expect(throws: Failure.self) {
            try ChatwootConnection(address: address, account: account, token: token)
        }
    }

    @Test func connections() throws {
        let connection = try ChatwootConnection(address: " https://chat.example.com/ ", account: "3", token: "t\n")
        #expect(connection.address == "https://chat.example.com")
        let file = connection.stateFile(in: URL(fileURLWithPath: "/data"))
        #expect(file.lastPathComponent == "chatwoot-chat.example.com-3.state")
        let odd = try ChatwootConnection(
            address: "https://chat.example.com", account: "3", token: "t", requestsPerSecond: .nan)
        #expect(odd.requestsPerSecond == 1)
    }
}
