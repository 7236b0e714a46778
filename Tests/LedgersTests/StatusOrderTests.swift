import Catalogue
import Domain
import Ledgers
import Testing

/// Statuses come late, twice, in any order and with gaps. What counts is what happened, never what came first.
@Suite struct StatusOrderTests {
    private static let words = ["sent", "delivered", "read", "failed", "played"]
    private static let start = Instant(seconds: 1_780_272_000)
    private static let later = start.adding(seconds: 90 * 86_400)

    private struct Told {
        var word: String
        var at: Instant
    }

    /// Every choice of the five words, every order in which they happened, every order in which they arrive.
    @Test func everySubsetInEveryOrderOfTimeAndArrival() throws {
        var cases = 0
        for subset in Self.subsets(Self.words) where !subset.isEmpty {
            for happened in Self.permutations(subset) {
                let told = happened.enumerated().map { Told(word: $1, at: Self.start.adding(seconds: Int64($0) * 60)) }
                for arrived in Self.permutations(Array(told.indices)) {
                    let fact = try #require(Self.fact(arrived.map { told[$0] }))
                    expectFirstPrinciples(fact, told)
                    cases += 1
                }
            }
        }
        // The sum over k of C(5, k) · k! · k!.
        #expect(cases == 17_685)
    }

    /// What the definitions say about a set of statuses at distinct times, worked out from the set alone.
    private func expectFirstPrinciples(_ fact: MessageFact, _ told: [Told]) {
        func time(_ words: String...) -> Instant? { told.filter { words.contains($0.word) }.map(\.at).min() }
        var expected: Set<MessageMeasure> = [.attempted, .accepted]
        let reached = time("delivered", "read", "played")
        let opened = time("read", "played")
        if reached != nil { expected.insert(.delivered) }
        if opened != nil { expected.insert(.read) }
        let failed = time("failed")
        let lastSuccess = told.filter { ["delivered", "read", "played"].contains($0.word) }.map(\.at).max()
        let isFailed = failed.map { failed in lastSuccess.map { $0 < failed } ?? true } ?? false
        if isFailed { expected.insert(.failed) }
        // 90 days on, a message of which only `sent` is known has run out of time.
        if reached == nil, failed == nil { expected.insert(.expired) }
        let order = told.map(\.word).joined(separator: " ")
        #expect(fact.flags.measures == expected, "\(order)")
        #expect(fact.cohortAt == told.map(\.at).min(), "\(order)")
        #expect(fact.timeToDeliver == reached.map { $0.microseconds(since: fact.cohortAt) }, "\(order)")
        let toRead = time("delivered").flatMap { delivered in opened.map { max(0, $0.microseconds(since: delivered)) } }
        #expect(fact.timeToRead == toRead, "\(order)")
        #expect(fact.dimensions[Dimension.errorCode.place] == (isFailed ? "131026" : nil), "\(order)")
    }

    // MARK: Field cases by hand

    @Test("Sent that arrives after delivered does not take the delivery back")
    func sentAfterDelivered() throws {
        let fact = try #require(
            Self.fact([.init(word: "delivered", at: Self.at(5)), .init(word: "sent", at: Self.at(0))]))
        #expect(fact.flags.measures == [.attempted, .accepted, .delivered])
        #expect(fact.cohortAt == Self.at(0))
        #expect(fact.timeToDeliver == 5_000_000)
    }

    @Test("Delivered that arrives after read does not take the reading back")
    func deliveredAfterRead() throws {
        let fact = try #require(
            Self.fact([
                .init(word: "sent", at: Self.at(0)), .init(word: "read", at: Self.at(9)),
                .init(word: "delivered", at: Self.at(4)),
            ]))
        #expect(fact.flags.measures == [.attempted, .accepted, .delivered, .read])
        #expect(fact.timeToRead == 5_000_000)
    }

    @Test("Delivered without sent, read without delivered: the message counts as accepted and delivered")
    func gaps() throws {
        let delivered = try #require(Self.fact([.init(word: "delivered", at: Self.at(3))]))
        #expect(delivered.flags.measures == [.attempted, .accepted, .delivered])
        #expect(delivered.timeToDeliver == 0)
        let read = try #require(
            Self.fact([.init(word: "sent", at: Self.at(0)), .init(word: "read", at: Self.at(7))]))
        #expect(read.flags.measures == [.attempted, .accepted, .delivered, .read])
        #expect(read.timeToDeliver == 7_000_000)
        // When it was delivered was not observed, so how long it lay unread is not known.
        #expect(read.timeToRead == nil)
    }

    @Test("The same status twice is one status")
    func twice() throws {
        let sent = Told(word: "sent", at: Self.at(0))
        let delivered = Told(word: "delivered", at: Self.at(1))
        #expect(Self.state([sent, delivered]) == Self.state([delivered, sent, delivered, delivered, sent]))
    }

    @Test("Failed, later delivered: delivered counts, and the error stays in the story")
    func failedThenDelivered() throws {
        let told = [Told(word: "failed", at: Self.at(1)), Told(word: "delivered", at: Self.at(2))]
        for order in [told, told.reversed()] {
            let state = Self.state(order)
            let fact = try #require(MessageFact(state, asOf: Self.later))
            #expect(fact.flags.measures == [.attempted, .accepted, .delivered])
            #expect(state.errors == [.init(at: Self.at(1), code: 131_026)])
            #expect(fact.dimensions[Dimension.errorCode.place] == nil)
        }
    }

    @Test("Delivered, later failed: both are counted and the error is named")
    func deliveredThenFailed() throws {
        let told = [Told(word: "delivered", at: Self.at(1)), Told(word: "failed", at: Self.at(2))]
        for order in [told, told.reversed()] {
            let fact = try #require(Self.fact(order))
            #expect(fact.flags.measures == [.attempted, .accepted, .delivered, .failed])
            #expect(fact.dimensions[Dimension.errorCode.place] == "131026")
        }
    }

    @Test("Failed and delivered in the same second: the delivery is the last word")
    func failedAndDeliveredTogether() throws {
        let told = [Told(word: "delivered", at: Self.at(1)), Told(word: "failed", at: Self.at(1))]
        for order in [told, told.reversed()] {
            #expect(try #require(Self.fact(order)).flags.measures == [.attempted, .accepted, .delivered])
        }
    }

    @Test("Of several errors the latest is in force, and all are kept")
    func severalErrors() throws {
        var state = MessageState(id: "wamid.A")
        for (second, code) in [(3, 131_049), (1, 131_026), (2, 130_472)] {
            var status = Self.status(.init(word: "failed", at: Self.at(Int64(second))))
            status.errors = [ErrorNote(code: code)]
            MessageLedger.join(status, into: &state)
        }
        let fact = try #require(MessageFact(state, asOf: Self.later))
        #expect(fact.dimensions[Dimension.errorCode.place] == "131049")
        #expect(Set(state.errors.map(\.code)) == [131_049, 131_026, 130_472])
        #expect(fact.cohortAt == Self.at(1))
    }

    @Test("A word that is not known counts as accepted and is kept as it came")
    func unknownWord() throws {
        let state = Self.state([Told(word: "held_for_review", at: Self.at(4))])
        #expect(state.otherStatuses == ["held_for_review": Self.at(4)])
        let fact = try #require(MessageFact(state, asOf: Self.at(5)))
        #expect(fact.flags.measures == [.attempted, .accepted, .pending])
    }

    // MARK: Parts

    private static func at(_ seconds: Int64) -> Instant { start.adding(seconds: seconds) }

    private static func status(_ told: Told) -> MessageStatus {
        MessageStatus(
            message: "wamid.A", line: Line(), recipient: Party(phone: "6281200000001"), status: .init(told.word),
            at: told.at, errors: told.word == "failed" ? [ErrorNote(code: 131_026)] : [])
    }

    private static func state(_ told: [Told]) -> MessageState {
        var state = MessageState(id: "wamid.A")
        for one in told { MessageLedger.join(status(one), into: &state) }
        return state
    }

    private static func fact(_ told: [Told]) -> MessageFact? { MessageFact(state(told), asOf: later) }

    private static func subsets<T>(_ all: [T]) -> [[T]] {
        (0..<(1 << all.count)).map { mask in all.indices.filter { mask >> $0 & 1 == 1 }.map { all[$0] } }
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

extension Dimension {
    /// Where a fact's `dimensions` hold it.
    var place: Int { Dimension.stored(.message).firstIndex(of: self) ?? -1 }
}
