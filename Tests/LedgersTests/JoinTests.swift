import Catalogue
import Domain
import Ledgers
import TestSupport
import Testing

/// The ledgers are joins: any order, any repetition, any division gives the same states.
@Suite struct JoinTests {
    @Test(arguments: 0..<200) func shuffledAndRepeated(seed: Int) {
        var happenings = Happenings(seed: UInt64(seed) &+ 100_000)
        let events = happenings.events(count: 40)
        let expected = Self.states(events)
        for _ in 0..<20 { #expect(Self.states(happenings.disturbed(events)) == expected) }
    }

    @Test(arguments: 0..<50) func everyFactIsConsistent(seed: Int) {
        var happenings = Happenings(seed: UInt64(seed) &+ 200_000)
        let asOf = Happenings.start.adding(seconds: 4 * 86_400)
        for state in Self.states(happenings.events(count: 60)).values {
            guard let fact = MessageFact(state, asOf: asOf) else { continue }
            let measures = fact.flags.measures
            #expect(measures.contains(.attempted) || measures.isEmpty)
            #expect(!measures.contains(.read) || measures.contains(.delivered))
            #expect(!measures.contains(.delivered) || measures.contains(.accepted))
            #expect(!measures.contains(.failed) || measures.contains(.accepted))
            #expect(!(measures.contains(.rejected) && measures.contains(.accepted)))
            // An accepted message is in exactly one of: final, pending, expired.
            if measures.contains(.accepted) {
                let isFinal = measures.contains(.delivered) || measures.contains(.failed)
                #expect([isFinal, measures.contains(.pending), measures.contains(.expired)].filter { $0 }.count == 1)
            }
            #expect(measures.contains(.pending) == (fact.expiresAt != nil))
            #expect((fact.timeToDeliver ?? 0) >= 0 && (fact.timeToRead ?? 0) >= 0)
        }
    }

    @Test func identityKeepsTheOldestPersonWhateverTheOrder() {
        #expect(IdentityLedger.resolve([]) == .new)
        #expect(IdentityLedger.resolve([nil, nil]) == .new)
        #expect(IdentityLedger.resolve([nil, 4, 4]) == .known(4))
        #expect(IdentityLedger.resolve([9, nil, 4]) == .merge(into: 4, from: [9]))
        #expect(IdentityLedger.resolve([4, 9, 7]) == IdentityLedger.resolve([7, 9, 4]))
        let names = IdentityLedger.names(of: Party(phone: "62812", userID: "62812", parentUserID: "62812"))
        #expect(Set(names).count == 3, "a phone number never equals a user id")
    }

    @Test func accountMarksAreRecognised() {
        var event = AccountEvent(
            field: "message_template_status_update", account: "waba-1",
            subject: .template(id: "1", name: "promo", language: "id"), event: "PAUSED", at: Happenings.start)
        let key = AccountLedger.key(of: event, receivedAt: Happenings.start)
        #expect(AccountLedger.key(of: event, receivedAt: .distantFuture) == key)
        event.event = "APPROVED"
        #expect(AccountLedger.key(of: event, receivedAt: Happenings.start) != key)
        // Without a time of its own the same words on one day are one mark, on the next day another.
        event.at = nil
        let noon = Instant(seconds: 1_780_272_000 + 12 * 3_600)
        #expect(
            AccountLedger.key(of: event, receivedAt: noon)
                == AccountLedger.key(of: event, receivedAt: noon.adding(seconds: 3_600)))
        #expect(
            AccountLedger.key(of: event, receivedAt: noon)
                != AccountLedger.key(of: event, receivedAt: noon.adding(seconds: 86_400)))
    }

    /// Folds without a store: what each event does to the state that it names.
    private static func states(_ events: [Event]) -> [MessageLedger.Key: MessageState] {
        var states: [MessageLedger.Key: MessageState] = [:]
        func change(_ key: MessageLedger.Key, _ join: (inout MessageState) -> Void) {
            join(&states[key, default: MessageState(id: key.id, participant: key.participant)])
        }
        for event in events {
            switch event {
            case .status(let status): change(MessageLedger.key(of: status)) { MessageLedger.join(status, into: &$0) }
            case .send(let send):
                change(.init(id: send.message)) {
                    MessageLedger.join(send, receivedAt: Happenings.start, into: &$0)
                }
            case .echo(let echo): change(.init(id: echo.message)) { MessageLedger.join(echo, into: &$0) }
            case .inbound(let inbound):
                if let key = MessageLedger.key(answeredBy: inbound) {
                    change(key) { MessageLedger.join(answer: inbound, into: &$0) }
                }
            default: break
            }
        }
        return states
    }
}
