/// The word of one status. Unknown words are kept as they came.
package enum DeliveryStatus: Hashable, Sendable {
    case sent, delivered, read, played, failed
    case other(String)

    package init(_ word: String) {
        switch word.lowercased() {
        case "sent": self = .sent
        case "delivered": self = .delivered
        case "read": self = .read
        case "played": self = .played
        case "failed": self = .failed
        default: self = .other(word)
        }
    }
    package var word: String {
        switch self {
        case .sent: "sent"
        case .delivered: "delivered"
        case .read: "read"
        case .played: "played"
        case .failed: "failed"
        case .other(let word): word
        }
    }
}

/// `statuses[]` of the field `messages` (and of `standby`).
package struct MessageStatus: Hashable, Sendable {
    package var message: MessageID
    package var line: Line
    package var recipient: Party
    /// Set for group messages: one message has a status per participant.
    package var group: GroupID?
    package var status: DeliveryStatus
    package var at: Instant
    package var pricing: Pricing?
    /// The conversation id: only in free entry point windows since v24, per message before.
    package var conversation: ConversationNote?
    package var errors: [ErrorNote]
    /// `biz_opaque_callback_data`, decoded; nil when the business set none.
    package var tags: SendTags?
    /// Direct Send only.
    package var template: TemplateID?

    package init(
        message: MessageID, line: Line, recipient: Party, group: GroupID? = nil, status: DeliveryStatus, at: Instant,
        pricing: Pricing? = nil, conversation: ConversationNote? = nil, errors: [ErrorNote] = [], tags: SendTags? = nil,
        template: TemplateID? = nil
    ) {
        self.message = message
        self.line = line
        self.recipient = recipient
        self.group = group
        self.status = status
        self.at = at
        self.pricing = pricing
        self.conversation = conversation
        self.errors = errors
        self.tags = tags
        self.template = template
    }
}

/// Meta's `pricing` object. Never an amount of money (but for max-price marketing).
package struct Pricing: Hashable, Sendable {
    /// `PMP`, `CBP`, `NBP`.
    package var model: String?
    /// `regular`, `free_customer_service`, `free_entry_point`, `free_group_customer_service`.
    package var type: String?
    /// Normalised: lower case, `authentication-international` spelt with an underscore.
    package var category: String?
    /// Will be dropped by Meta; `type` and `category` decide.
    package var billable: Bool?
    /// Max-price marketing only: Meta's estimate of the price, in millionths of `costCurrency`.
    package var estimatedCostMicros: Int64?
    package var costCurrency: String?

    package init(
        model: String? = nil, type: String? = nil, category: String? = nil, billable: Bool? = nil,
        estimatedCostMicros: Int64? = nil, costCurrency: String? = nil
    ) {
        self.model = model
        self.type = type
        self.category = category
        self.billable = billable
        self.estimatedCostMicros = estimatedCostMicros
        self.costCurrency = costCurrency
    }
}

package struct ConversationNote: Hashable, Sendable {
    package var id: String?
    package var origin: String?
    package var expiresAt: Instant?
    package init(id: String? = nil, origin: String? = nil, expiresAt: Instant? = nil) {
        self.id = id
        self.origin = origin
        self.expiresAt = expiresAt
    }
}

/// One entry of Meta's `errors[]`. Titles and details are Meta's text, not the customer's; only the code is relied on.
package struct ErrorNote: Hashable, Sendable {
    package var code: Int
    package var title: String?
    package var details: String?
    package init(code: Int, title: String? = nil, details: String? = nil) {
        self.code = code
        self.title = title
        self.details = details
    }
}

/// Who wrote an outbound message.
package enum SenderKind: String, Hashable, Sendable, CaseIterable {
    case bot, human, system, unknown
}

/// What the business attached to a send: in the send log or in `biz_opaque_callback_data`.
package struct SendTags: Hashable, Sendable {
    package var template: String?
    package var templateLanguage: String?
    /// As declared at the send; the category as priced comes with the statuses and wins.
    package var category: String?
    package var useCase: String?
    package var campaign: String?
    package var variant: String?
    package var senderKind: SenderKind?
    package var agent: String?
    package var team: String?
    /// Unknown extra keys, kept as they came.
    package var other: [String: String]

    package init(
        template: String? = nil, templateLanguage: String? = nil, category: String? = nil, useCase: String? = nil,
        campaign: String? = nil, variant: String? = nil, senderKind: SenderKind? = nil, agent: String? = nil,
        team: String? = nil, other: [String: String] = [:]
    ) {
        self.template = template
        self.templateLanguage = templateLanguage
        self.category = category
        self.useCase = useCase
        self.campaign = campaign
        self.variant = variant
        self.senderKind = senderKind
        self.agent = agent
        self.team = team
        self.other = other
    }
}

/// One record of the send log (`POST /api/v1/sends`).
package struct SendRecord: Hashable, Sendable {
    /// `message_id`, or the caller's own id for a rejected send.
    package var message: MessageID
    /// True when Meta answered the send with an error: there is no wamid and never will be a status.
    package var isRejected: Bool
    /// True when nothing was sent on purpose: the person is in the control group of a campaign, and what they do shows
    /// what the others would have done without it.
    package var isHeldOut: Bool
    package var line: Line
    package var recipient: Party
    package var group: GroupID?
    package var sentAt: Instant?
    /// `template`, `text`, `image`, `interactive`…
    package var messageType: String?
    package var tags: SendTags
    package var errors: [ErrorNote]
    /// Time-to-live in seconds when the send set one.
    package var timeToLiveSeconds: Int64?

    package init(
        message: MessageID, isRejected: Bool = false, isHeldOut: Bool = false, line: Line = Line(),
        recipient: Party = Party(), group: GroupID? = nil, sentAt: Instant? = nil, messageType: String? = nil,
        tags: SendTags = SendTags(), errors: [ErrorNote] = [], timeToLiveSeconds: Int64? = nil
    ) {
        self.message = message
        self.isRejected = isRejected
        self.isHeldOut = isHeldOut
        self.line = line
        self.recipient = recipient
        self.group = group
        self.sentAt = sentAt
        self.messageType = messageType
        self.tags = tags
        self.errors = errors
        self.timeToLiveSeconds = timeToLiveSeconds
    }
}

/// An outbound message that did not leave through the business's own API call.
package struct EchoedMessage: Hashable, Sendable {
    package enum Origin: String, Hashable, Sendable {
        /// Typed by a person in the WhatsApp Business app (`smb_message_echoes`).
        case businessApp
        /// Sent by the app that owns the thread (`standby.message_echoes`).
        case otherApp
        /// Sent before this system listened (`history`).
        case history
    }
    package var message: MessageID
    package var line: Line
    package var recipient: Party
    package var at: Instant
    package var type: String
    package var origin: Origin
    /// Only in history: the last status then known, lower case.
    package var lastStatus: String?
    package var template: String?

    package init(
        message: MessageID, line: Line, recipient: Party, at: Instant, type: String, origin: Origin,
        lastStatus: String? = nil, template: String? = nil
    ) {
        self.message = message
        self.line = line
        self.recipient = recipient
        self.at = at
        self.type = type
        self.origin = origin
        self.lastStatus = lastStatus
        self.template = template
    }
}
