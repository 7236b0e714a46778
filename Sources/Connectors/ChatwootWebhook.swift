import Domain

/// Chatwoot's webhooks (`POST /webhooks/chatwoot`) and pages of its API in the same clothes → events. Total: whatever
/// the bytes are, the answer is a list of events, where what was not understood has an event of its own. The same bytes
/// always give the same events, and a fact that is told several times (created, updated, delivered twice, read from the
/// API) has the same id each time.
package enum ChatwootWebhook {
    /// Value of `DeskEvent.desk`.
    package static let desk = "chatwoot"

    /// Names of the two events that Chatwoot does not send: pages of its API (see `ChatwootPage`).
    static let messagesPage = "backfill_messages"
    static let ratingsPage = "backfill_ratings"

    /// `receivedAt` stands in for times that the body does not tell.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> [Event] {
        do {
            let root = try JSON.parse(body)
            return decode(root, receivedAt: receivedAt)
        } catch .tooDeep {
            return [notUnderstood(nil, .tooDeep)]
        } catch {
            return [notUnderstood(nil, .notJSON)]
        }
    }

    private static func decode(_ root: JSON.Value, receivedAt: Instant) -> [Event] {
        guard root.isObject else { return [notUnderstood(nil, .notAnObject)] }
        guard let name = root["event"]?.word else { return [notUnderstood(nil, .missingKey)] }
        switch name {
        case "message_created", "message_updated":
            let conversation = ChatwootConversation(ofMessage: root)
            let telling: ChatwootMessage.Telling = name == "message_created" ? .created : .updated
            return events(name) { () throws(ChatwootFault) in
                try ChatwootMessage(root, in: conversation, telling: telling, receivedAt: receivedAt).events()
            }
        case "conversation_created", "conversation_updated", "conversation_status_changed", "conversation_opened",
            "conversation_resolved":
            let change = ChatwootChange(root, event: name, receivedAt: receivedAt)
            return events(name) { () throws(ChatwootFault) in try change.events() }
        case messagesPage: return messages(ofPage: root, receivedAt: receivedAt)
        case ratingsPage: return ratings(ofPage: root, receivedAt: receivedAt)
        default:
            let isKnown = silent.contains(name) || name.hasPrefix("automation_event")
            return isKnown ? [] : [notUnderstood(name, .unknownField)]
        }
    }

    /// Understood, and nothing that is measured.
    private static let silent: Set<String> = [
        "contact_created", "contact_updated", "inbox_created", "inbox_updated", "webwidget_triggered",
        "conversation_typing_on", "conversation_typing_off",
    ]

    // MARK: Pages of the API

    private static func messages(ofPage root: JSON.Value, receivedAt: Instant) -> [Event] {
        guard let value = root["conversation"], value.isObject, let list = root["messages"], list.isArray else {
            return [notUnderstood(messagesPage, .missingKey)]
        }
        let conversation = ChatwootConversation(value, account: root["account"]?["id"]?.word, inbox: root["inbox"])
        var found: [Event] = []
        for message in list.elements {
            found += events(messagesPage) { () throws(ChatwootFault) in
                guard message.isObject else { throw .init(.notAnObject) }
                return try ChatwootMessage(
                    message, in: conversation, telling: .page, receivedAt: receivedAt
                ).events()
            }
        }
        if root["is_newest"]?.bool == true {
            found += events(messagesPage) { () throws(ChatwootFault) in try conversation.lastState() }
        }
        return found
    }

    private static func ratings(ofPage root: JSON.Value, receivedAt: Instant) -> [Event] {
        guard let list = root["ratings"], list.isArray else { return [notUnderstood(ratingsPage, .missingKey)] }
        let account = root["account"]?["id"]?.word
        return list.elements.flatMap { row in
            events(ratingsPage) { () throws(ChatwootFault) in
                guard row.isObject else { throw .init(.notAnObject) }
                return [try ChatwootMessage.rating(row, account: account, receivedAt: receivedAt)]
            }
        }
    }

    // MARK: What was not understood

    private static func events(
        _ name: String, _ read: () throws(ChatwootFault) -> [DeskEvent]
    ) -> [Event] {
        do throws(ChatwootFault) {
            return try read().map { .desk($0) }
        } catch {
            return [notUnderstood(name, error.reason)]
        }
    }

    private static func notUnderstood(_ event: String?, _ reason: NotUnderstood.Reason) -> Event {
        let field = event.map { "\(desk).\($0)".cut(toBytes: Limits.labelBytesMax) } ?? desk
        return .notUnderstood(NotUnderstood(field: field, reason: reason))
    }
}

/// Why a payload could not be read.
struct ChatwootFault: Error {
    let reason: NotUnderstood.Reason
    init(_ reason: NotUnderstood.Reason) { self.reason = reason }
}

extension JSON.Value {
    /// A scalar with something in it besides white space.
    var word: String? {
        guard let text = string?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    /// A word that may become a dimension value: cut where those are cut.
    var label: String? { word?.cut(toBytes: Limits.labelBytesMax) }

    /// A time: seconds (also with a fraction) or milliseconds since 1970, RFC 3339, or `2026-11-22 03:10:00 UTC` as
    /// Ruby has it. Nil for zero, which is how desks say "never", and for what is not a time.
    var instant: Instant? {
        if let number = double {
            guard number > 0 else { return nil }
            // Milliseconds from 1e11 on: as seconds that would be the year 5138.
            let seconds = number > 1e11 ? number / 1000 : number
            return seconds <= 1e11 ? Instant(microseconds: Int64((seconds * 1e6).rounded())) : nil
        }
        guard let word else { return nil }
        return RFC3339.parse(word.hasSuffix(" UTC") ? String(word.dropLast(4)) + "Z" : word)
    }
}
