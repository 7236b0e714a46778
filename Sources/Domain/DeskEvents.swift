/// Something that an agent desk told about one of its conversations.
///
/// Desks relabel everything; this is what they have in common. A desk never replaces what Meta says: its messages
/// join Meta's by message id, and what only a desk knows (who is assigned, when it was resolved) is added.
package struct DeskEvent: Hashable, Sendable {
    /// Which desk, in lower case: `chatwoot`, `qiscus`, `zendesk`, or the business's own word. Value of dimension
    /// `desk`.
    package var desk: String
    /// What makes it the same event when it is told again, together with `desk`.
    package var id: String
    package var conversation: DeskConversation
    package var at: Instant
    package var kind: Kind

    package enum Kind: Hashable, Sendable {
        /// A message in the conversation. Private notes and activity lines are none.
        case message(DeskMessage)
        /// The conversation's state from here on, and who set it, when the desk says so.
        case status(DeskStatus, by: SenderKind?)
        /// Who is responsible from here on; nil means nobody.
        case assigned(agent: String?, team: String?)
        /// The bot gave the conversation to people.
        case handoff
        /// Urgency from here on, in the desk's word (`urgent`, `high`, …); nil when it was taken away.
        case priority(String?)
        /// The customer was asked how it went.
        case ratingAsked
        /// The customer's answer: 1 … 5.
        case rated(Int)
    }

    package init(desk: String, id: String, conversation: DeskConversation, at: Instant, kind: Kind) {
        self.desk = desk
        self.id = id
        self.conversation = conversation
        self.at = at
        self.kind = kind
    }
}

/// A conversation as a desk knows it, and how it is tied to a thread.
package struct DeskConversation: Hashable, Sendable {
    /// Unique within the desk (for Chatwoot: account and display id).
    package var id: String
    package var contact: Party
    /// The business number, when the desk says which; else it is learned from messages that Meta knows too.
    package var line: Line

    package init(id: String, contact: Party = Party(), line: Line = Line()) {
        self.id = id
        self.contact = contact
        self.line = line
    }
}

package enum DeskStatus: String, Hashable, Sendable, CaseIterable {
    /// With people.
    case open
    /// With the bot.
    case pending
    /// Put aside for later.
    case snoozed
    case resolved
}

/// One message as a desk told it. Told more than once, what is known joins: the earliest time, the first id.
package struct DeskMessage: Hashable, Sendable {
    /// The desk's own id.
    package var id: String
    /// Meta's id, once the desk knows it.
    package var message: MessageID?
    package var isInbound: Bool
    /// Who wrote it; `unknown` when the desk does not say.
    package var author: SenderKind
    package var agent: String?
    package var team: String?
    /// A WhatsApp template.
    package var isTemplate: Bool

    package init(
        id: String, message: MessageID? = nil, isInbound: Bool, author: SenderKind = .unknown, agent: String? = nil,
        team: String? = nil, isTemplate: Bool = false
    ) {
        self.id = id
        self.message = message
        self.isInbound = isInbound
        self.author = author
        self.agent = agent
        self.team = team
        self.isTemplate = isTemplate
    }
}

/// A thread changed hands between apps on one number (field `messaging_handovers`).
package struct Handover: Hashable, Sendable {
    package var person: Party
    package var line: Line
    package var at: Instant
    /// Meta's role of the new owner: `customer_service`, `marketing`, `utility`, `ctwa`, `ai_agent`, `escalation`.
    package var newOwnerRole: String?
    package var previousOwnerRole: String?

    package init(
        person: Party, line: Line, at: Instant, newOwnerRole: String? = nil, previousOwnerRole: String? = nil
    ) {
        self.person = person
        self.line = line
        self.at = at
        self.newOwnerRole = newOwnerRole
        self.previousOwnerRole = previousOwnerRole
    }
}
