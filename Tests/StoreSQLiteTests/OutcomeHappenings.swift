import Domain
import Ledgers
import TestSupport

/// Random but plausible results beside `Happenings`: the same few people and messages, with outcomes, links, clicks
/// and deeds in the chat that name them in every way there is.
struct OutcomeHappenings {
    private var dice: Dice
    private var happenings: Happenings

    init(seed: UInt64) {
        dice = Dice(seed: seed &+ 77_000_000)
        happenings = Happenings(seed: seed)
    }

    private static let people: [Party] = [
        Party(phone: "6281200000001", userID: "ID.a1"),
        Party(phone: "6281200000002", userID: "ID.b2", parentUserID: "ID.P2"),
        Party(userID: "MY.c3"),
    ]

    mutating func events(count: Int) -> [Event] {
        (0..<count).map { _ in dice.one(in: 2) ? happenings.events(count: 1)[0] : event() }
    }

    mutating func disturbed(_ events: [Event]) -> [Event] { happenings.disturbed(events) }
    mutating func batches(_ events: [Event]) -> [[Event]] { happenings.batches(events) }

    private mutating func number(_ range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &dice) }
    private mutating func time() -> Instant { Happenings.start.adding(seconds: number(0..<145) * 3_600) }

    private mutating func event() -> Event {
        switch number(0..<12) {
        case 0..<5: .outcome(outcome())
        case 5: .link(link(Int(number(0..<4))))
        case 6..<8: .click(click(Int(number(0..<12))))
        case 8..<11: .inbound(deed(Int(number(0..<8))))
        default: .automatic(automatic())
        }
    }

    private mutating func outcome() -> OutcomeEvent {
        let money = Money(micros: number(0..<1_000) * 333_333, currency: dice.pick(["IDR", "IDR", "USD"]))
        let change: OutcomeEvent.Change
        switch number(0..<10) {
        case 0..<6: change = .confirmed
        case 6: change = .pending
        case 7: change = .cancelled
        case 8: change = .refunded(id: dice.pick([nil, "r1"]), amount: dice.one(in: 4) ? nil : money, isTotal: false)
        default: change = .chargedBack(id: nil, amount: money, isReversed: dice.one(in: 2))
        }
        var event = OutcomeEvent(
            source: dice.pick(["shop", "crm"]), id: "o\(number(0..<5))", kind: dice.pick([nil, "lead", "booking"]),
            change: change, at: time(), revisedAt: dice.one(in: 2) ? time() : nil, value: dice.one(in: 3) ? nil : money)
        event.identity = identity()
        return event
    }

    private mutating func identity() -> OutcomeIdentity {
        let message = Int(number(0..<7))
        switch number(0..<7) {
        case 0..<2: return OutcomeIdentity(party: name(of: message % 3))
        case 2: return OutcomeIdentity(message: MessageID("wamid.M\(message)"))
        case 3: return OutcomeIdentity(message: MessageID("wamid.J\(message)"))
        case 4: return OutcomeIdentity(link: "L\(message % 4)")
        case 5: return OutcomeIdentity(clickID: "clid\(message % 3)")
        default:
            let key = UInt64(bitPattern: ThreadEntry.key(of: MessageID("wamid.M\(message)")))
            let digits = String(key, radix: 16)
            return OutcomeIdentity(conversation: String(repeating: "0", count: 16 - digits.count) + digits)
        }
    }

    private mutating func name(of person: Int) -> Party {
        let whole = Self.people[person]
        switch number(0..<3) {
        case 0 where whole.phone != nil: return Party(phone: whole.phone)
        case 1: return Party(userID: whole.userID)
        default: return whole
        }
    }

    /// One for each message, for a person, or for a campaign.
    private mutating func link(_ code: Int) -> TrackedLink {
        var link = TrackedLink(code: "L\(code)", createdAt: Happenings.start)
        switch code {
        case 0: link.message = "wamid.M0"
        case 1: link.recipient = Party(phone: Self.people[1].phone)
        case 2: link.campaign = "11.11"
        default: link.message = dice.pick([nil, "wamid.M4", "wamid.M5"])
        }
        return link
    }

    /// Everything of an opening follows from its id: an opening is told the same every time.
    private func click(_ number: Int) -> TrackedClick {
        var dice = Dice(seed: UInt64(number))
        var click = TrackedClick(
            id: "k\(number)", code: "L\(number % 4)",
            at: Happenings.start.adding(seconds: Int64.random(in: 0..<145, using: &dice) * 3_600),
            isRobot: dice.one(in: 6))
        if number % 4 == 2 { click.person = Party(phone: Self.people[number % 2].phone) }
        if number == 8 { click.message = "wamid.M0" }
        return click
    }

    private mutating func deed(_ number: Int) -> InboundMessage {
        let person = number % 3
        let kind: InboundMessage.Kind =
            switch number % 4 {
            case 0: .tap(payload: dice.pick(["BOOK", "NO"]))
            case 1: .form(name: "f", token: dice.pick(["lead-1", nil]))
            case 2: .order(items: 1, totalMicros: self.number(0..<9), currency: "IDR")
            default: .content
            }
        let ad = Referral(sourceID: "ad-\(number % 2)", sourceType: "ad", clickID: "clid\(person)")
        return InboundMessage(
            message: MessageID("wamid.J\(number)"), line: Line(account: "waba-1", phoneNumber: "pn-1"),
            sender: name(of: person), at: time(), kind: kind, type: "interactive",
            repliesTo: number % 4 == 0 ? MessageID("wamid.M\(person)") : nil,
            referral: number % 4 == 3 || dice.one(in: 5) ? ad : nil)
    }

    private mutating func automatic() -> AutomaticEvent {
        AutomaticEvent(
            message: dice.one(in: 2) ? MessageID("wamid.J\(number(0..<8))") : nil, line: Line(),
            name: dice.pick(["LeadSubmitted", "Purchase"]), clickID: "clid\(number(0..<3))", valueMicros: 1_000_000,
            currency: "IDR", at: time())
    }
}
