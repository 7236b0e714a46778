import Catalogue
import Domain
import Ledgers
import TestSupport
import Testing

/// Which message got the answer, and after which one did the person leave?
@Suite struct ThreadTests {
    private static let start = Instant(seconds: 1_780_272_000)
    private static let hour: Int64 = 3_600

    @Test("A typed answer counts for 24 hours, the last microsecond included, the end excluded")
    func replyWindow() {
        let day = 24 * Self.hour * 1_000_000
        #expect(flags(sent: [0], inbound: [-1]) == [[]])
        #expect(flags(sent: [0], inbound: [0]) == [.windowReply])
        #expect(flags(sent: [0], inbound: [day - 1]) == [.windowReply])
        #expect(flags(sent: [0], inbound: [day]) == [[]])
    }

    @Test("The last message before the answer gets it, and only that one")
    func nextOutbound() {
        #expect(flags(sent: [0, 100], inbound: [50]) == [.windowReply, []])
        #expect(flags(sent: [0, 100], inbound: [150]) == [[], .windowReply])
        #expect(flags(sent: [0, 100], inbound: [50, 150]) == [.windowReply, .windowReply])
        // An answer in the same instant as the next message is an answer to that one.
        #expect(flags(sent: [0, 100], inbound: [100]) == [[], .windowReply])
    }

    @Test("Two messages in one instant: one of them gets the answer, always the same")
    func tie() {
        #expect(flags(sent: [0, 0], inbound: [10]) == [[], .windowReply])
    }

    @Test("A stop counts against everything sent in the 72 hours before it, the limit included")
    func optOutWindow() {
        let limit = 72 * Self.hour * 1_000_000
        #expect(flags(sent: [0], stops: [limit]) == [.stopped])
        #expect(flags(sent: [0], stops: [limit + 1]) == [[]])
        #expect(flags(sent: [0], stops: [-1]) == [[]])
        #expect(flags(sent: [0], stops: [0]) == [.stopped])
        // Unlike an answer it is not the last message's alone.
        #expect(flags(sent: [0, 100, 300], stops: [200]) == [.stopped, .stopped, []])
    }

    @Test("A stop is no answer, an answer is no stop")
    func kindsStayApart() {
        #expect(flags(sent: [0], inbound: [5], stops: [9]) == [[.windowReply, .stopped]])
        #expect(flags(sent: [0], inbound: [5]) == [.windowReply])
        #expect(flags(sent: [0], stops: [5]) == [.stopped])
    }

    /// Against the definition, spelt out over all pairs.
    @Test(arguments: 0..<300) func generated(seed: Int) {
        var dice = Dice(seed: UInt64(seed) &+ 5_000)
        func times(_ count: Int) -> [Int64] {
            (0..<count).map { _ in Int64.random(in: 0..<60, using: &dice) * 3 * Self.hour * 1_000_000 }.sorted()
        }
        let sent = times(Int.random(in: 0...8, using: &dice))
        let inbound = times(Int.random(in: 0...8, using: &dice))
        let stops = times(Int.random(in: 0...3, using: &dice))
        let expected = sent.indices.map { index -> MessageFlags in
            let start = sent[index]
            let end = start + 24 * Self.hour * 1_000_000
            let next = sent.dropFirst(index + 1).first
            var flags: MessageFlags = []
            let close = min(end, next ?? end)
            if inbound.contains(where: { $0 >= start && $0 < close }) { flags.insert(.windowReply) }
            if stops.contains(where: { $0 >= start && $0 - start <= 72 * Self.hour * 1_000_000 }) {
                flags.insert(.stopped)
            }
            return flags
        }
        #expect(flags(sent: sent, inbound: inbound, stops: stops) == expected)
    }

    // MARK: Evidence and what follows from it

    @Test("An answer counts only for a message that was delivered")
    func undelivered() {
        let evidence: MessageFlags = [.accepted, .quoted, .tappedByName, .stopped]
        #expect(evidence.settled.measures == [.accepted])
        #expect(
            evidence.union(.delivered).settled.measures
                == [.accepted, .delivered, .replied, .tapped, .clicked, .proven, .optedOut])
        #expect(
            evidence.union([.delivered, .read]).settled.measures
                == [.accepted, .delivered, .read, .replied, .tapped, .clicked, .proven, .provenRead, .optedOut])
    }

    @Test("A quote counts at any time, and a tap counts as an answer and as a tap")
    func quotes() throws {
        var state = MessageState(id: "wamid.A")
        let delivered = MessageStatus(
            message: "wamid.A", line: Line(), recipient: Party(phone: "6281200000001"), status: .delivered,
            at: Self.start)
        MessageLedger.join(delivered, into: &state)
        var quote = Self.inbound(.content)
        quote.at = Self.start.adding(seconds: 20 * 86_400)
        MessageLedger.join(answer: quote, into: &state)
        #expect(try #require(MessageFact(state, asOf: Self.start)).flags.measures.contains(.replied))
        #expect(try !#require(MessageFact(state, asOf: Self.start)).flags.measures.contains(.tapped))
        MessageLedger.join(answer: Self.inbound(.tap(payload: "BUY")), into: &state)
        #expect(
            try #require(MessageFact(state, asOf: Self.start)).flags.measures.isSuperset(of: [.replied, .tapped]))
    }

    @Test("What answers and what does not")
    func kinds() {
        let answers: [InboundMessage.Kind] = [
            .content, .tap(payload: nil), .form(name: nil, token: nil), .order(items: 1, totalMicros: 0, currency: nil),
            .unsupported(nil), .other,
        ]
        let others: [InboundMessage.Kind] = [
            .reaction(to: nil, isRemoved: false), .edit(of: nil), .revoke(of: nil), .callPermission(isGranted: true),
            .system(nil), .welcome,
        ]
        for kind in answers { #expect(MessageLedger.key(answeredBy: Self.inbound(kind)) == .init(id: "wamid.A")) }
        for kind in others { #expect(MessageLedger.key(answeredBy: Self.inbound(kind)) == nil) }
        #expect(InboundMessage.Kind.tap(payload: "stop").isOptOut)
        #expect(InboundMessage.Kind.tap(payload: "Berhenti berlangganan").isOptOut)
        #expect(!InboundMessage.Kind.tap(payload: "Beli").isOptOut)
        #expect(!InboundMessage.Kind.content.isOptOut)
    }

    // MARK: Parts

    private static func inbound(_ kind: InboundMessage.Kind) -> InboundMessage {
        InboundMessage(
            message: "wamid.I", line: Line(), sender: Party(phone: "6281200000001"), at: start, kind: kind,
            type: "text", repliesTo: "wamid.A")
    }

    /// Times in microseconds from the start, ascending.
    private func flags(sent: [Int64], inbound: [Int64] = [], stops: [Int64] = []) -> [MessageFlags] {
        func at(_ offset: Int64) -> Instant { Instant(microseconds: Self.start.microseconds + offset) }
        let marks =
            inbound.map { ThreadLedger.Mark(at: at($0), kind: .inbound) }
            + stops.map { ThreadLedger.Mark(at: at($0), kind: .stop) }
        return ThreadLedger.flags(
            of: sent.enumerated().map { .init(id: Int64($0), at: at($1)) }, marks: marks.sorted { $0.at < $1.at })
    }
}
