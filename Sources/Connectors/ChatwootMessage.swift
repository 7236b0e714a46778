import Domain

/// One message of Chatwoot's while it is being read.
struct ChatwootMessage {
    enum Telling {
        case created
        /// Its own facts are those of `created`, but the conversation around it may have moved on.
        case updated
        /// From the API, where the conversation is that of the reading.
        case page
    }

    private let value: JSON.Value
    private let conversation: ChatwootConversation
    private let telling: Telling
    private let receivedAt: Instant

    init(_ value: JSON.Value, in conversation: ChatwootConversation, telling: Telling, receivedAt: Instant) {
        self.value = value
        self.conversation = conversation
        self.telling = telling
        self.receivedAt = receivedAt
    }

    private enum Direction {
        case incoming, outgoing
        /// Chatwoot's own greeting, out-of-office note, question for a rating; not a template of WhatsApp's.
        case automatic
        /// "Assigned to …": nobody but the desk sees it.
        case activity
    }

    func events() throws(ChatwootFault) -> [DeskEvent] {
        let direction = try direction()
        guard direction != .activity, !isPrivate else { return [] }
        guard let id = value["id"]?.label else { throw .init(.missingKey) }
        // In case of doubt it is the same conversation that other payloads name.
        if telling != .page, value["conversation"] == nil { throw .init(.missingKey) }
        let desk = try deskConversation(isInbound: direction == .incoming)
        guard conversation.mayBeWhatsApp else { return [] }
        let at = value["created_at"]?.instant ?? receivedAt
        func event(_ suffix: String, at: Instant, _ kind: DeskEvent.Kind) -> DeskEvent {
            DeskEvent(
                desk: ChatwootWebhook.desk, id: "message/\(id)\(suffix)", conversation: desk, at: at, kind: kind)
        }
        var events: [DeskEvent] = []
        if !(isRefused && direction != .incoming) {
            events.append(event("", at: at, .message(message(id: id, direction))))
        }
        // Whom it now waits for: told again with every message, so that a lost event heals.
        if telling == .created, direction == .incoming, conversation.tellsAssignment {
            events.append(
                event("/assigned", at: at, .assigned(agent: conversation.agent, team: conversation.team)))
        }
        if value["content_type"]?.equals("input_csat") == true {
            events.append(event("/rating-asked", at: at, .ratingAsked))
            if let told = Self.rating(value) {
                let rating = try Self.checked(told)
                events.append(event("/rated/\(rating)", at: changedAt(id: id), .rated(rating)))
            }
        }
        return events
    }

    private func deskConversation(isInbound: Bool) throws(ChatwootFault) -> DeskConversation {
        var desk = try conversation.desk()
        if isInbound, desk.contact.isAnonymous { desk.contact = ChatwootConversation.party(value["sender"]) }
        return desk
    }

    // MARK: What it is

    /// A word in webhooks, a number in the API.
    private func direction() throws(ChatwootFault) -> Direction {
        guard let told = value["message_type"] else { throw .init(.missingKey) }
        switch told.word?.lowercased() {
        case "incoming", "0": return .incoming
        case "outgoing", "1": return .outgoing
        case "activity", "2": return .activity
        case "template", "3": return .automatic
        default: throw .init(.badValue)
        }
    }

    /// A note to colleagues. What cannot be read as public is taken as private.
    private var isPrivate: Bool {
        guard let told = value["private"] else { return false }
        return told.bool != false
    }

    /// It did not leave: Meta never had it.
    private var isRefused: Bool {
        guard value["source_id"]?.word == nil, let status = value["status"]?.word?.lowercased() else { return false }
        return status == "failed" || status == "3"
    }

    private func message(id: String, _ direction: Direction) -> DeskMessage {
        let author = direction == .incoming ? SenderKind.unknown : author(isAutomatic: direction == .automatic)
        let hasTemplate = value["additional_attributes"]?["template_params"]?.isObject ?? false
        return DeskMessage(
            id: id, message: metaID, isInbound: direction == .incoming, author: author, agent: agent(author),
            team: telling == .created && author == .human ? conversation.team : nil,
            isTemplate: hasTemplate && direction != .incoming)
    }

    /// Other channels and gateways put ids of their own there.
    private var metaID: MessageID? {
        guard let id = value["source_id"]?.word, id.hasPrefix("wamid."), id.utf8.count <= Limits.labelBytesMax else {
            return nil
        }
        return MessageID(id)
    }

    // MARK: Who wrote it

    /// `user`, `agent_bot`, `captain_assistant`, and `User`, `AgentBot`, `Captain::Assistant` in the API.
    private var senderKind: String? {
        let told = value["sender"]?["type"]?.word ?? value["sender_type"]?.word
        return told?.lowercased().filter(\.isLetter)
    }

    private func author(isAutomatic: Bool) -> SenderKind {
        if isAutomatic { return .system }
        let attributes = value["content_attributes"]
        // Typed in the WhatsApp Business app; Chatwoot heard of it from Meta.
        if attributes?["external_echo"]?.bool == true { return .human }
        switch senderKind {
        case "user": return .human
        case "agentbot", "captainassistant": return .bot
        case nil where attributes?["automation_rule_id"] != nil, nil where hasCampaign: return .system
        default: return .unknown
        }
    }

    private var hasCampaign: Bool { value["additional_attributes"]?["campaign_id"] != nil }

    /// The desk's number of a person, never the name. Bots count from 1 too, so theirs says that it is one.
    private func agent(_ author: SenderKind) -> String? {
        guard let id = (value["sender"]?["id"] ?? value["sender_id"])?.label else { return nil }
        switch (author, senderKind) {
        case (.human, "user"): return id
        case (.bot, "agentbot"): return "bot-\(id)"
        case (.bot, _): return "assistant-\(id)"
        default: return nil
        }
    }

    // MARK: Ratings

    private static func rating(_ message: JSON.Value) -> JSON.Value? {
        message["content_attributes"]?["submitted_values"]?["csat_survey_response"]?["rating"]
    }

    private static func checked(_ rating: JSON.Value) throws(ChatwootFault) -> Int {
        guard let rating = rating.int64.flatMap(Int.init(exactly:)), (1...5).contains(rating) else {
            throw .init(.badValue)
        }
        return rating
    }

    /// The message itself does not tell when it was answered, but its twin in the conversation may.
    private func changedAt(id: String) -> Instant {
        if let told = value["updated_at"]?.instant { return told }
        let twin = conversation.value["messages"]?.elements.first { $0["id"]?.label == id }
        return twin?["updated_at"]?.instant ?? receivedAt
    }

    /// A row of `csat_survey_responses`: the same fact that `message_updated` tells, with a better time.
    static func rating(_ row: JSON.Value, account: String?, receivedAt: Instant) throws(ChatwootFault) -> DeskEvent {
        let account = account ?? row["account_id"]?.word
        guard let message = row["message_id"]?.label, let told = row["rating"],
            let id = ChatwootConversation.id(account: account, display: row["conversation_id"]?.word)
        else { throw .init(.missingKey) }
        let rating = try checked(told)
        return DeskEvent(
            desk: ChatwootWebhook.desk, id: "message/\(message)/rated/\(rating)",
            conversation: DeskConversation(id: id, contact: ChatwootConversation.party(row["contact"])),
            at: row["created_at"]?.instant ?? receivedAt, kind: .rated(rating))
    }
}
