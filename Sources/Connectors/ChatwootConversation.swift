import Domain

/// The conversation object that stands in every payload of Chatwoot's: whose it is, and who is responsible.
struct ChatwootConversation {
    let value: JSON.Value
    let account: String?
    let inbox: JSON.Value?

    init(_ value: JSON.Value, account: String?, inbox: JSON.Value?) {
        self.value = value
        self.account = account
        self.inbox = inbox
    }

    init(ofMessage root: JSON.Value) {
        // A message without its conversation fails later, for want of an id.
        let conversation = root["conversation"] ?? root
        self.init(
            conversation, account: Self.account(root) ?? Self.account(conversation), inbox: root["inbox"]
        )
    }

    /// Most versions leave the account out of conversation events; the last message in them has it.
    static func account(_ value: JSON.Value) -> String? {
        (value["account"]?["id"] ?? value["account_id"] ?? value["messages"]?.elements.first?["account_id"])?.word
    }

    // MARK: Identity

    /// Display ids count up within an account.
    func desk() throws(ChatwootFault) -> DeskConversation {
        guard let id = Self.id(account: account, display: value["id"]?.word) else { throw .init(.missingKey) }
        return DeskConversation(id: id, contact: contact, line: line)
    }

    static func id(account: String?, display: String?) -> String? {
        guard let display else { return nil }
        return (account.map { "\($0)/\(display)" } ?? display).cut(toBytes: Limits.labelBytesMax)
    }

    private var channel: String? { (value["channel"] ?? value["meta"]?["channel"])?.word }

    /// False for inboxes of other channels: a person's e-mails are no part of their WhatsApp thread. API inboxes count,
    /// since gateways use them; so does what does not name its channel.
    var mayBeWhatsApp: Bool {
        // Forks have group conversations, whose contact is not one person.
        if value["group"]?.bool == true { return false }
        switch channel {
        case nil, "Channel::Whatsapp", "Channel::Api": return true
        case "Channel::TwilioSms": return isTwilioWhatsApp
        default: return false
        }
    }

    private static let twilioPrefix = "whatsapp:"
    private var sourceID: String? { value["contact_inbox"]?["source_id"]?.word }
    private var isTwilioWhatsApp: Bool {
        sourceID?.hasPrefix(Self.twilioPrefix) ?? (inbox?["medium"]?.equals("whatsapp") ?? false)
    }

    private var contact: Party {
        let told = Self.party(value["meta"]?["sender"])
        guard let sourceID else { return told }
        var source = Party(
            named: isTwilioWhatsApp ? String(sourceID.dropFirst(Self.twilioPrefix.count)) : sourceID)
        // Meta's own name of the person wins in a WhatsApp inbox; elsewhere the source may be any number.
        if channel != "Channel::Whatsapp", !isTwilioWhatsApp, told.phone != nil { source.phone = told.phone }
        if let phone = source.phone, phone.utf8.count < Self.phoneDigitsMin { source.phone = nil }
        return Party(phone: source.phone ?? told.phone, userID: source.userID ?? told.userID)
    }

    /// Shorter ones are no phone number with a country code.
    private static let phoneDigitsMin = 7

    static func party(_ contact: JSON.Value?) -> Party {
        let named = contact?["identifier"]?.word.flatMap { Party.isUserID($0) ? $0 : nil }
        return Party(phone: contact?["phone_number"]?.word.flatMap(Party.digits), userID: named)
    }

    /// Webhooks do not tell the business number; pages of the API do.
    private var line: Line {
        let settings = inbox?["provider_config"]
        return Line(
            account: (inbox?["business_account_id"] ?? settings?["business_account_id"])?.label.map { AccountID($0) },
            phoneNumber: (inbox?["phone_number_id"] ?? settings?["phone_number_id"])?.label.map { PhoneNumberID($0) },
            displayPhoneNumber: inbox?["phone_number"]?.word.flatMap(Party.digits)
        )
    }

    // MARK: Who is responsible

    /// The id of a person: names are their own business. A bot is nobody who could be asked to hurry.
    var agent: String? {
        let kind = value["meta"]?["assignee_type"]?.word ?? value["meta"]?["assignee"]?["type"]?.word
        if let kind, kind.lowercased() != "user" { return nil }
        return value["meta"]?["assignee"]?["id"]?.label
    }

    /// By name as long as the payload tells it: calendars and targets name teams.
    var team: String? {
        let team = value["meta"]?["team"]
        return team?["name"]?.label ?? team?["id"]?.label
    }

    /// Whether the payload says who is responsible, if only that it is nobody.
    var tellsAssignment: Bool {
        value["meta"]?.members.contains { $0.key == "assignee" || $0.key == "team" } ?? false
    }

    // MARK: State

    /// A word, or the number that the database has for it.
    static func status(_ value: JSON.Value?) -> DeskStatus? {
        switch value?.word?.lowercased() {
        case "open", "0": .open
        case "resolved", "1": .resolved
        case "pending", "2": .pending
        case "snoozed", "3": .snoozed
        default: nil
        }
    }

    static func priority(_ value: JSON.Value?) -> String? {
        switch value?.label?.lowercased() {
        case "0": "low"
        case "1": "medium"
        case "2": "high"
        case "3": "urgent"
        case let word: word
        }
    }

    func statusEvent(_ status: DeskStatus, at: Instant) throws(ChatwootFault) -> DeskEvent {
        try event("status/\(status.rawValue)", at: at, kind: .status(status, by: nil))
    }

    func event(_ fact: String, at: Instant, kind: DeskEvent.Kind) throws(ChatwootFault) -> DeskEvent {
        let desk = try desk()
        // To the millisecond: some payloads tell the same time with six digits, some with three.
        let milliseconds = at.microseconds.flooredDivision(by: 1000)
        return DeskEvent(
            desk: ChatwootWebhook.desk, id: "conversation/\(desk.id)/\(fact)/\(milliseconds)", conversation: desk,
            at: Instant(microseconds: milliseconds &* 1000), kind: kind)
    }

    /// What the API says of a conversation that has come to rest. It tells the present state only, and not since when;
    /// the last activity of a resolved conversation is nearly always the note of its resolution. Open and pending ones
    /// have been so for an unknown time, so they say nothing here.
    func lastState() throws(ChatwootFault) -> [DeskEvent] {
        guard mayBeWhatsApp, let status = Self.status(value["status"]), status == .resolved || status == .snoozed,
            let at = (value["last_activity_at"] ?? value["timestamp"])?.instant
        else { return [] }
        return [try statusEvent(status, at: at)]
    }
}

/// An event about a conversation itself: what changed, and when.
struct ChatwootChange {
    private let conversation: ChatwootConversation
    private let event: String
    private let receivedAt: Instant
    private let changes: [String: JSON.Value]

    init(_ root: JSON.Value, event: String, receivedAt: Instant) {
        // The conversation is the root; automation and bots have been seen to wrap it.
        let value = root["id"] == nil ? root["conversation"] ?? root : root
        conversation = ChatwootConversation(
            value, account: ChatwootConversation.account(root) ?? ChatwootConversation.account(value),
            inbox: root["inbox"])
        self.event = event
        self.receivedAt = receivedAt
        var changes: [String: JSON.Value] = [:]
        let told = root["changed_attributes"]
        for object in told.map({ $0.isArray ? Array($0.elements) : [$0] }) ?? [] {
            for (name, change) in object.members where changes[name] == nil { changes[name] = change }
        }
        self.changes = changes
    }

    func events() throws(ChatwootFault) -> [DeskEvent] {
        _ = try conversation.desk()
        guard conversation.mayBeWhatsApp else { return [] }
        switch event {
        case "conversation_created": return try created()
        case "conversation_opened": return [try conversation.statusEvent(.open, at: time)]
        case "conversation_resolved": return [try conversation.statusEvent(.resolved, at: time)]
        case "conversation_status_changed":
            guard let status = changes["status"].flatMap(Self.current) ?? conversation.value["status"] else {
                throw .init(.missingKey)
            }
            return [try statusEvent(status)]
        default: return try updated()
        }
    }

    private func created() throws(ChatwootFault) -> [DeskEvent] {
        let at = conversation.value["created_at"]?.instant ?? time
        var events: [DeskEvent] = []
        if let told = conversation.value["status"] {
            guard let status = ChatwootConversation.status(told) else { throw .init(.badValue) }
            events.append(try conversation.statusEvent(status, at: at))
        }
        if conversation.agent != nil || conversation.team != nil { events.append(try assigned(at: at)) }
        if let priority = ChatwootConversation.priority(conversation.value["priority"]) {
            events.append(try conversation.event("priority", at: at, kind: .priority(priority)))
        }
        return events
    }

    private func updated() throws(ChatwootFault) -> [DeskEvent] {
        var events: [DeskEvent] = []
        if let change = changes["status"] { events.append(try statusEvent(Self.current(change))) }
        if !Self.assignmentKeys.isDisjoint(with: changes.keys), conversation.tellsAssignment {
            events.append(try assigned(at: time))
        }
        if let change = changes["priority"] {
            let priority = ChatwootConversation.priority(Self.current(change))
            events.append(try conversation.event("priority", at: time, kind: .priority(priority)))
        }
        return events
    }

    private static let assignmentKeys: Set<String> = ["assignee_id", "assignee_agent_bot_id", "team_id"]

    private func assigned(at: Instant) throws(ChatwootFault) -> DeskEvent {
        try conversation.event(
            "assigned", at: at, kind: .assigned(agent: conversation.agent, team: conversation.team))
    }

    private func statusEvent(_ value: JSON.Value?) throws(ChatwootFault) -> DeskEvent {
        guard let status = ChatwootConversation.status(value) else { throw .init(.badValue) }
        return try conversation.statusEvent(status, at: time)
    }

    /// `{"previous_value", "current_value"}`, or the pair that Rails itself makes of a change.
    private static func current(_ change: JSON.Value) -> JSON.Value? {
        change.isArray ? change.elements.dropFirst().first { _ in true } : change["current_value"]
    }

    /// When the change was saved. The conversation may have been saved again since, until its payload was made.
    private var time: Instant {
        let value = conversation.value
        return changes["updated_at"].flatMap(Self.current)?.instant ?? value["updated_at"]?.instant
            ?? value["timestamp"]?.instant ?? value["last_activity_at"]?.instant ?? receivedAt
    }
}
