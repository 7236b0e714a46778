import Domain

/// Random but plausible histories: few persons, few messages, everything that can happen to them, with times that
/// often collide. Small worlds find more than large ones.
package struct Happenings {
    var dice: Dice
    /// 2026-06-01T00:00:00Z
    package static let start = Instant(seconds: 1_780_272_000)

    package init(seed: UInt64) { dice = Dice(seed: seed) }

    static let people: [Party] = [
        Party(phone: "6281200000001", userID: "ID.a1"),
        Party(phone: "6281200000002", userID: "ID.b2", parentUserID: "ID.P2"),
        Party(userID: "MY.c3"),
    ]
    static let lines = [
        Line(account: "waba-1", phoneNumber: "pn-1", displayPhoneNumber: "6211"),
        Line(account: "waba-2", phoneNumber: "pn-2", displayPhoneNumber: "6222"),
    ]

    package mutating func events(count: Int) -> [Event] { (0..<count).map { _ in event() } }

    /// A shuffled copy with some events repeated.
    package mutating func disturbed(_ events: [Event]) -> [Event] {
        var events = events
        for event in events where dice.one(in: 4) { events.append(event) }
        events.shuffle(using: &dice)
        return events
    }

    /// Pieces of random length that together are the whole.
    package mutating func batches<T>(_ all: [T]) -> [[T]] {
        var rest = all[...]
        var pieces: [[T]] = []
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, min(rest.count, 12)), using: &dice)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private mutating func event() -> Event {
        switch Int.random(in: 0..<20, using: &dice) {
        case 0..<8: .status(status())
        case 8..<11: .send(send())
        case 11..<14: .inbound(inbound())
        case 14: .echo(echo())
        case 15: .identity(link())
        case 16:
            .preference(
                PreferenceChange(
                    person: name(of: person()), line: dice.pick(Self.lines), category: "marketing_messages",
                    wish: dice.one(in: 3) ? .resume : .stop, at: time()))
        case 17: .account(account())
        case 18: .status(groupStatus())
        default: dice.one(in: 6) ? .handover(handover()) : .desk(deskEvent())
        }
    }

    // MARK: Service

    private mutating func handover() -> Handover {
        let message = message()
        return Handover(
            person: name(of: recipient(message)), line: line(message), at: time(),
            newOwnerRole: dice.pick(["customer_service", "ai_agent", "marketing"]))
    }

    /// One conversation of a desk for each person; its messages are often Meta's too.
    private mutating func deskEvent() -> DeskEvent {
        let message = message()
        let person = recipient(message)
        var conversation = DeskConversation(id: "c\(person)", contact: dice.one(in: 3) ? Party() : name(of: person))
        if dice.one(in: 8) { conversation.line = line(message) }
        let at = time()
        let kind: DeskEvent.Kind
        switch Int.random(in: 0..<12, using: &dice) {
        case 0..<6: kind = .message(deskMessage(message))
        case 6: kind = .status(dice.pick(DeskStatus.allCases), by: dice.one(in: 2) ? dice.pick([.bot, .human]) : nil)
        case 7: kind = .assigned(agent: dice.one(in: 4) ? nil : dice.pick(["7", "8"]), team: dice.pick(["cs", nil]))
        case 8: kind = .handoff
        case 9: kind = .priority(dice.pick(["urgent", nil]))
        case 10: kind = .ratingAsked
        default: kind = .rated(Int.random(in: 1...5, using: &dice))
        }
        return DeskEvent(
            desk: "desk", id: "\(person).\(at.seconds).\(dice.next() % 3)", conversation: conversation, at: at,
            kind: kind)
    }

    private mutating func deskMessage(_ message: Int) -> DeskMessage {
        let isInbound = dice.one(in: 2)
        let id = isInbound ? inboundID(message) : id(message)
        return DeskMessage(
            id: "d.\(id.value)", message: dice.one(in: 2) ? id : nil, isInbound: isInbound,
            author: dice.pick([.bot, .human, .unknown]), agent: dice.one(in: 2) ? "7" : nil,
            team: dice.one(in: 3) ? "cs" : nil, isTemplate: dice.one(in: 6))
    }

    mutating func inboundID(_ message: Int) -> MessageID { MessageID("wamid.I\(message).\(dice.next() % 12)") }

    mutating func person() -> Int { Int.random(in: 0..<Self.people.count, using: &dice) }

    /// A payload often names a person by only one of the names.
    mutating func name(of person: Int) -> Party {
        let whole = Self.people[person]
        switch Int.random(in: 0..<3, using: &dice) {
        case 0 where whole.phone != nil: return Party(phone: whole.phone)
        case 1: return Party(userID: whole.userID)
        default: return whole
        }
    }

    mutating func time() -> Instant {
        // Minutes over six days, so that windows of 24 and 72 hours are met, missed and met exactly.
        Self.start.adding(seconds: Int64.random(in: 0..<145, using: &dice) * 3_600)
    }

    mutating func message() -> Int { Int.random(in: 0..<7, using: &dice) }

    func id(_ message: Int) -> MessageID { MessageID("wamid.M\(message)") }
    /// A message always goes to the same person from the same number.
    func recipient(_ message: Int) -> Int { message % Self.people.count }
    func line(_ message: Int) -> Line { Self.lines[message % 2] }

    private mutating func tags() -> SendTags {
        SendTags(
            template: dice.one(in: 2) ? "promo" : nil, category: dice.one(in: 3) ? "marketing" : nil,
            campaign: dice.one(in: 3) ? "11.11" : nil, variant: dice.one(in: 3) ? dice.pick(["A", "B"]) : nil,
            senderKind: dice.one(in: 3) ? dice.pick([.bot, .human]) : nil)
    }

    private mutating func status() -> MessageStatus {
        let message = message()
        let word = dice.pick(["sent", "sent", "delivered", "delivered", "read", "failed", "played", "held"])
        var status = MessageStatus(
            message: id(message), line: line(message), recipient: name(of: recipient(message)),
            status: DeliveryStatus(word), at: time())
        if word == "failed" { status.errors = [ErrorNote(code: dice.pick([131_026, 131_049, 131_050]))] }
        if dice.one(in: 3) {
            status.pricing = Pricing(
                model: "PMP", type: dice.pick(["regular", "free_customer_service"]),
                category: dice.pick(["marketing", "utility", "authentication"]))
        }
        if dice.one(in: 3) { status.tags = tags() }
        return status
    }

    private mutating func groupStatus() -> MessageStatus {
        let word = dice.pick(["delivered", "read", "sent"])
        var status = MessageStatus(
            message: "wamid.G1", line: Self.lines[0], recipient: Party(), group: "group-1",
            status: DeliveryStatus(word), at: time())
        if word != "sent" { status.recipient = Party(userID: Self.people[person()].userID) }
        return status
    }

    private mutating func send() -> SendRecord {
        let message = message()
        if dice.one(in: 6) {
            return SendRecord(
                message: MessageID("own-\(message)"), isRejected: true, line: line(message),
                recipient: name(of: recipient(message)), sentAt: time(), tags: tags(),
                errors: [ErrorNote(code: 131_056)])
        }
        // A group's message is to nobody in particular: one message to several people would make them one person.
        let isGroup = dice.one(in: 8)
        return SendRecord(
            message: isGroup ? "wamid.G1" : id(message), line: isGroup ? Self.lines[0] : line(message),
            recipient: !isGroup && dice.one(in: 2) ? name(of: recipient(message)) : Party(), sentAt: time(),
            messageType: dice.one(in: 2) ? "template" : nil, tags: tags(),
            timeToLiveSeconds: dice.one(in: 5) ? 3_600 : nil)
    }

    private mutating func inbound() -> InboundMessage {
        let message = message()
        let isTap = dice.one(in: 3)
        let kind: InboundMessage.Kind =
            isTap ? .tap(payload: dice.pick(["Beli", "STOP"])) : dice.one(in: 5) ? .system("x") : .content
        return InboundMessage(
            message: inboundID(message), line: line(message),
            sender: name(of: recipient(message)), at: time(), kind: kind, type: "text",
            repliesTo: isTap || dice.one(in: 4) ? id(message) : nil)
    }

    private mutating func echo() -> EchoedMessage {
        let message = message()
        return EchoedMessage(
            message: MessageID("wamid.E\(message)"), line: line(message), recipient: name(of: recipient(message)),
            at: time(), type: "text", origin: .businessApp)
    }

    private mutating func link() -> IdentityLink {
        // Person 0 gets a new number, person 2 turns out to have one.
        dice.one(in: 2)
            ? IdentityLink(
                a: Party(phone: "6281200000001"), b: Party(phone: "6281200000009"), reason: .changedNumber)
            : IdentityLink(a: Party(userID: "MY.c3"), b: Party(phone: "60123456789"), reason: .changedUserID)
    }

    private mutating func account() -> AccountEvent {
        AccountEvent(
            field: "message_template_status_update", account: "waba-1",
            subject: .template(id: "1", name: "promo", language: "id"), event: dice.pick(["PAUSED", "APPROVED"]),
            at: time())
    }
}
