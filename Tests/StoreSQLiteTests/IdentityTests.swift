import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

/// Field case 18: inbound with a business-scoped id only, later with a phone number, later another number. One person,
/// and everything that was said in the person's thread is looked at again.
@Suite struct IdentityTests {
    private static let start = Instant(seconds: 1_780_272_000)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")
    private static let firstPhone = Party(phone: "6281200000001")
    private static let secondPhone = Party(phone: "6281200000009")
    private static let userID = Party(userID: "ID.a1")

    @Test func oneThingAfterAnother() async throws {
        try await withStore { store in
            try await store.add(Self.delivered("wamid.1", to: Self.firstPhone, hours: 0))
            try await store.add(Self.inbound(Self.userID, hours: 1))
            // Nobody has said yet that the two are one.
            #expect(try await store.measures("wamid.1").isDisjoint(with: [.replied, .proven]))
            try await store.add(Self.inbound(Party(phone: "6281200000001", userID: "ID.a1"), hours: 30))
            #expect(try await store.measures("wamid.1").isSuperset(of: [.replied, .proven]))
            // A message to the id alone, sent before the answer: the answer is that one's.
            try await store.add(Self.delivered("wamid.2", to: Self.userID, hours: 0.5))
            #expect(try await !store.measures("wamid.1").contains(.replied))
            #expect(try await store.measures("wamid.2").contains(.replied))
            // Another number of nobody known, answered by the id: not connected yet.
            try await store.add(Self.delivered("wamid.3", to: Self.secondPhone, hours: 40))
            try await store.add(Self.inbound(Self.userID, hours: 41))
            try await store.add(Self.stop(Self.userID, hours: 50))
            #expect(try await store.measures("wamid.3").isDisjoint(with: [.replied, .optedOut]))
            try await store.add(
                .identity(IdentityLink(a: Self.firstPhone, b: Self.secondPhone, reason: .changedNumber)))
            #expect(try await store.measures("wamid.3").isSuperset(of: [.replied, .optedOut]))
            // The stop came 50 hours after the first two as well.
            #expect(try await store.measures("wamid.1").contains(.optedOut))
            #expect(try await store.measures("wamid.2").contains(.optedOut))
            #expect(try await store.auditCells() == [])
        }
    }

    /// The same seven things in every order.
    @Test func everyOrder() async throws {
        let events: [Event] = [
            Self.delivered("wamid.1", to: Self.firstPhone, hours: 0),
            Self.inbound(Self.userID, hours: 1),
            Self.inbound(Party(phone: "6281200000001", userID: "ID.a1"), hours: 30),
            Self.delivered("wamid.2", to: Self.secondPhone, hours: 40),
            Self.inbound(Self.secondPhone, hours: 41),
            .identity(IdentityLink(a: Self.firstPhone, b: Self.secondPhone, reason: .changedNumber)),
        ]
        try await withStore { store in
            for order in Self.permutations(events) {
                try await store.reset()
                for event in order { try await store.add(event) }
                #expect(try await store.measures("wamid.1").isSuperset(of: [.delivered, .replied]))
                #expect(try await store.measures("wamid.2").isSuperset(of: [.delivered, .replied]))
                #expect(try await store.auditCells() == [])
            }
        }
    }

    @Test("Two people stay two: an answer of one is none of the other's")
    func strangers() async throws {
        try await withStore { store in
            try await store.add(Self.delivered("wamid.1", to: Self.firstPhone, hours: 0))
            try await store.add(Self.delivered("wamid.2", to: Self.secondPhone, hours: 0))
            try await store.add(Self.inbound(Self.secondPhone, hours: 1))
            #expect(try await !store.measures("wamid.1").contains(.replied))
            #expect(try await store.measures("wamid.2").contains(.replied))
        }
    }

    @Test("One person at two of our numbers has two threads")
    func twoLines() async throws {
        try await withStore { store in
            try await store.add(Self.delivered("wamid.1", to: Self.firstPhone, hours: 0))
            var other = Self.message(Self.firstPhone, hours: 1)
            other.line.phoneNumber = "pn-2"
            try await store.add(.inbound(other))
            #expect(try await !store.measures("wamid.1").contains(.replied))
        }
    }

    /// Random names, links and times, against the definition worked out from scratch over all pairs.
    @Test(arguments: 0..<25) func generated(seed: Int) async throws {
        var world = IdentityWorld(seed: UInt64(seed) &+ 18_000)
        let events = world.events()
        let expected = world.expectedMeasures()
        try await withStore { store in
            for _ in 0..<6 {
                try await store.reset()
                for batch in world.divided(events) { try await store.add(batch) }
                for (id, measures) in expected {
                    let found = try await store.measures(id).intersection([.replied, .optedOut])
                    #expect(found == measures, "\(id.value)")
                }
                #expect(try await store.auditCells() == [])
            }
        }
    }

    // MARK: Parts

    private func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore(path: directory.appending(path: "pantau.sqlite").path, zone: "Asia/Jakarta")
            try await store.migrate()
            try await body(store)
        }
    }

    private static func at(_ hours: Double) -> Instant { start.adding(seconds: Int64(hours * 3_600)) }

    private static func delivered(_ id: MessageID, to recipient: Party, hours: Double) -> Event {
        .status(MessageStatus(message: id, line: line, recipient: recipient, status: .delivered, at: at(hours)))
    }

    private static func message(_ sender: Party, hours: Double) -> InboundMessage {
        InboundMessage(
            message: MessageID("wamid.I\(hours)"), line: line, sender: sender, at: at(hours), kind: .content,
            type: "text")
    }

    private static func inbound(_ sender: Party, hours: Double) -> Event { .inbound(message(sender, hours: hours)) }

    private static func stop(_ person: Party, hours: Double) -> Event {
        .preference(
            PreferenceChange(
                person: person, line: line, category: "marketing_messages", wish: .stop, at: at(hours)))
    }

    private static func permutations<T>(_ all: [T]) -> [[T]] {
        guard all.count > 1 else { return [all] }
        return all.indices.flatMap { index in
            var rest = all
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}

/// A few people with several names each, what was sent to them and what they said.
private struct IdentityWorld {
    private struct Said {
        var person: Int
        var at: Instant
        var isStop: Bool
    }
    private struct Sent {
        var id: MessageID
        var person: Int
        var at: Instant
    }
    private static let start = Instant(seconds: 1_780_272_000)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")
    private var dice: Dice
    /// The names of each person, in a chain: name k is linked with name k + 1 by some event.
    private let names: [[Party]] = [
        [Party(phone: "628111"), Party(userID: "ID.a"), Party(phone: "628112"), Party(parentUserID: "ID.Pa")],
        [Party(userID: "ID.b"), Party(phone: "628221"), Party(phone: "628222")],
        [Party(phone: "628331")],
    ]
    private var sent: [Sent] = []
    private var said: [Said] = []

    init(seed: UInt64) { dice = Dice(seed: seed) }

    mutating func events() -> [Event] {
        var events: [Event] = []
        for person in names.indices {
            for (a, b) in zip(names[person], names[person].dropFirst()) {
                events.append(.identity(IdentityLink(a: a, b: b, reason: .together)))
            }
        }
        // Distinct times, so that nothing depends on how a tie is settled.
        var hours = Array(Int64(0)..<150)
        hours.shuffle(using: &dice)
        for (index, hour) in hours.prefix(30).enumerated() {
            let person = Int.random(in: names.indices, using: &dice)
            let name = dice.pick(names[person])
            let at = Self.start.adding(seconds: hour * 3_600)
            switch Int.random(in: 0..<5, using: &dice) {
            case 0, 1:
                let id = MessageID("wamid.\(index)")
                sent.append(Sent(id: id, person: person, at: at))
                events.append(
                    .status(
                        MessageStatus(message: id, line: Self.line, recipient: name, status: .delivered, at: at)))
            case 2, 3:
                said.append(Said(person: person, at: at, isStop: false))
                events.append(
                    .inbound(
                        InboundMessage(
                            message: MessageID("wamid.I\(index)"), line: Self.line, sender: name, at: at,
                            kind: .content, type: "text")))
            default:
                said.append(Said(person: person, at: at, isStop: true))
                events.append(
                    .preference(PreferenceChange(person: name, line: Self.line, wish: .stop, at: at)))
            }
        }
        return events
    }

    func expectedMeasures() -> [MessageID: Set<MessageMeasure>] {
        var expected: [MessageID: Set<MessageMeasure>] = [:]
        for message in sent {
            let next = sent.filter { $0.person == message.person && $0.at > message.at }.map(\.at).min()
            let close = min(message.at.adding(seconds: 86_400), next ?? .distantFuture)
            let theirs = said.filter { $0.person == message.person && $0.at >= message.at }
            var measures: Set<MessageMeasure> = []
            if theirs.contains(where: { !$0.isStop && $0.at < close }) { measures.insert(.replied) }
            let stopEnd = message.at.adding(seconds: 72 * 3_600)
            if theirs.contains(where: { $0.isStop && $0.at <= stopEnd }) { measures.insert(.optedOut) }
            expected[message.id] = measures
        }
        return expected
    }

    /// In some order, some of it twice, in pieces.
    mutating func divided(_ events: [Event]) -> [[Event]] {
        var all = events + events.filter { _ in dice.one(in: 5) }
        all.shuffle(using: &dice)
        var pieces: [[Event]] = []
        while !all.isEmpty {
            let count = min(all.count, Int.random(in: 1...15, using: &dice))
            pieces.append(Array(all.prefix(count)))
            all.removeFirst(count)
        }
        return pieces
    }
}

extension SQLiteStore {
    /// Projects as one delivery of its own.
    fileprivate func add(_ event: Event) async throws { try await add([event]) }

    fileprivate func add(_ events: [Event]) async throws {
        let at = Instant(seconds: 1_780_272_000)
        try await apply(
            ProjectionBatch(
                items: events.map { .init(event: $0, receivedAt: at, source: .metaWebhook) },
                cursor: cursor() + 1, receivedAt: at, asOf: at))
    }

    fileprivate func measures(_ id: MessageID) async throws -> Set<MessageMeasure> {
        try await message(id)?.measures ?? []
    }
}
