/// One normalised thing that happened at a point in time, from any source.
///
/// An event holds what analysis needs and nothing more: no message text, no profile name, no media. Phone
/// numbers appear only inside `Party`, because they are how a person is recognised.
package enum Event: Hashable, Sendable {
    /// Something Meta said about an outbound message.
    case status(MessageStatus)
    /// What the business knows about a message it sent (send log or proxy).
    case send(SendRecord)
    /// A message from a customer.
    case inbound(InboundMessage)
    /// A message that left by another door: the WhatsApp Business app, another app that owns the thread, history.
    case echo(EchoedMessage)
    /// Two names of one person.
    case identity(IdentityLink)
    /// A person's wish about marketing messages.
    case preference(PreferenceChange)
    /// A link tapped in a marketing message; Meta names neither message nor person.
    case linkClick(LinkClick)
    /// Template, number, account, flow, group, hand-over, payment set-up: one mark on the account timeline.
    case account(AccountEvent)
    case call(CallEvent)
    case payment(PaymentStatus)
    /// Meta's own guess of a lead or purchase after an ad.
    case automatic(AutomaticEvent)
    /// Bytes that were not understood: kept raw in the inbox, counted by field, shown.
    case notUnderstood(NotUnderstood)
}

/// A person as named by one payload. At least one of the three is known, or the party is anonymous.
package struct Party: Hashable, Sendable {
    /// Phone number: digits, no `+` (Meta's `wa_id`).
    package var phone: String?
    /// Business-scoped user id, `CC.…`.
    package var userID: String?
    /// The same person across linked business portfolios.
    package var parentUserID: String?

    package init(phone: String? = nil, userID: String? = nil, parentUserID: String? = nil) {
        self.phone = phone
        self.userID = userID
        self.parentUserID = parentUserID
    }
    package var isAnonymous: Bool { phone == nil && userID == nil && parentUserID == nil }
}

/// The business's end of a thread.
package struct Line: Hashable, Sendable {
    package var account: AccountID?
    package var phoneNumber: PhoneNumberID?
    /// Digits as displayed; shown to users of the dashboard, since it is the business's own number.
    package var displayPhoneNumber: String?

    package init(account: AccountID? = nil, phoneNumber: PhoneNumberID? = nil, displayPhoneNumber: String? = nil) {
        self.account = account
        self.phoneNumber = phoneNumber
        self.displayPhoneNumber = displayPhoneNumber
    }
}

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
        message: MessageID, isRejected: Bool = false, line: Line = Line(), recipient: Party = Party(),
        group: GroupID? = nil, sentAt: Instant? = nil, messageType: String? = nil, tags: SendTags = SendTags(),
        errors: [ErrorNote] = [], timeToLiveSeconds: Int64? = nil
    ) {
        self.message = message
        self.isRejected = isRejected
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

/// A message from a customer. The text is not here: it is not needed to measure, so it is not kept.
package struct InboundMessage: Hashable, Sendable {
    package var message: MessageID
    package var line: Line
    package var sender: Party
    package var group: GroupID?
    package var at: Instant
    package var kind: Kind
    /// Meta's `type` as it came (`text`, `image`, `interactive`, …).
    package var type: String
    /// The quoted message, or the one whose button was tapped.
    package var repliesTo: MessageID?
    package var isForwarded: Bool
    package var referral: Referral?
    package var errors: [ErrorNote]
    /// The other app owned the thread when this came (field `standby`).
    package var isStandby: Bool
    /// Came before this system listened (field `history`): nobody could answer it through here at the time.
    package var isHistory: Bool
    /// The catalogue product asked about (`context.referred_product.product_retailer_id`).
    package var referredProduct: String?

    package enum Kind: Hashable, Sendable {
        /// Text, media, location, contacts: words to a person.
        case content
        /// Quick reply, list or reply button. The id or payload is the business's own text.
        case tap(payload: String?)
        /// A completed flow or address form: which, never what was typed.
        case form(name: String?, token: String?)
        /// An order from the catalogue: items and their total in millionths of the currency.
        case order(items: Int, totalMicros: Int64, currency: String?)
        /// Reaction to a message; nil emoji means removed.
        case reaction(to: MessageID?, isRemoved: Bool)
        case edit(of: MessageID?)
        case revoke(of: MessageID?)
        case callPermission(isGranted: Bool)
        /// Number or identity changed. Not words of the customer.
        case system(String?)
        /// Meta could not show it to a business.
        case unsupported(String?)
        /// The customer opened the chat.
        case welcome
        /// A type that is not known here, kept as it came.
        case other
    }

    package init(
        message: MessageID, line: Line, sender: Party, group: GroupID? = nil, at: Instant, kind: Kind, type: String,
        repliesTo: MessageID? = nil, isForwarded: Bool = false, referral: Referral? = nil, errors: [ErrorNote] = [],
        isStandby: Bool = false, isHistory: Bool = false, referredProduct: String? = nil
    ) {
        self.message = message
        self.line = line
        self.sender = sender
        self.group = group
        self.at = at
        self.kind = kind
        self.type = type
        self.repliesTo = repliesTo
        self.isForwarded = isForwarded
        self.referral = referral
        self.errors = errors
        self.isStandby = isStandby
        self.isHistory = isHistory
        self.referredProduct = referredProduct
    }
}

/// The ad or post that brought a customer. The ad's id is not the click's id: they are kept apart.
package struct Referral: Hashable, Sendable {
    /// Ad or post id.
    package var sourceID: String?
    /// `ad` or `post`.
    package var sourceType: String?
    package var sourceURL: String?
    package var headline: String?
    /// Click id; absent for ads in WhatsApp Status.
    package var clickID: String?
    package var ref: String?
    package init(
        sourceID: String? = nil, sourceType: String? = nil, sourceURL: String? = nil, headline: String? = nil,
        clickID: String? = nil, ref: String? = nil
    ) {
        self.sourceID = sourceID
        self.sourceType = sourceType
        self.sourceURL = sourceURL
        self.headline = headline
        self.clickID = clickID
        self.ref = ref
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

/// Two names of one person: learned from a payload that carries both, or from a change of number or id.
package struct IdentityLink: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable { case together, changedNumber, changedUserID }
    package var a: Party
    package var b: Party
    package var reason: Reason
    package var at: Instant?
    package init(a: Party, b: Party, reason: Reason, at: Instant? = nil) {
        self.a = a
        self.b = b
        self.reason = reason
        self.at = at
    }
}

package struct PreferenceChange: Hashable, Sendable {
    package enum Wish: Hashable, Sendable {
        case stop, resume, signup(id: String?)
        case other(String)
    }
    package var person: Party
    package var line: Line
    package var category: String?
    package var wish: Wish
    package var at: Instant
    package init(person: Party, line: Line, category: String? = nil, wish: Wish, at: Instant) {
        self.person = person
        self.line = line
        self.category = category
        self.wish = wish
        self.at = at
    }
}

package struct LinkClick: Hashable, Sendable {
    package var line: Line
    package var at: Instant
    /// `cta` or `body`.
    package var component: String?
    package var clickID: String?
    package var trackingToken: String?
    package var productID: String?
    package init(
        line: Line, at: Instant, component: String? = nil, clickID: String? = nil, trackingToken: String? = nil,
        productID: String? = nil
    ) {
        self.line = line
        self.at = at
        self.component = component
        self.clickID = clickID
        self.trackingToken = trackingToken
        self.productID = productID
    }
}

/// One mark on the account timeline.
package struct AccountEvent: Hashable, Sendable {
    /// What the mark is about.
    package enum Subject: Hashable, Sendable {
        case template(id: TemplateID?, name: String?, language: String?)
        case phoneNumber(id: PhoneNumberID?, display: String?)
        case account
        case flow(id: String?)
        case group(GroupID?)
        /// A thread that changed owner.
        case thread(Party)
        case paymentConfiguration(String?)
        case other(String?)
    }
    /// Meta's field, e.g. `message_template_status_update`.
    package var field: String
    package var account: AccountID?
    package var subject: Subject
    /// Meta's event word, or the new value: `PAUSED`, `RED`, `TIER_10K`.
    package var event: String
    /// The earlier value where Meta tells it.
    package var previous: String?
    /// Every further scalar that the payload told, flat, keys as Meta spells them, joined with dots
    /// (`other_info.title`). No personal data.
    package var details: [String: String]
    package var at: Instant?

    package init(
        field: String, account: AccountID?, subject: Subject, event: String, previous: String? = nil,
        details: [String: String] = [:], at: Instant? = nil
    ) {
        self.field = field
        self.account = account
        self.subject = subject
        self.event = event
        self.previous = previous
        self.details = details
        self.at = at
    }
}

/// Field `calls`: an event of a call or a status of one. Never a message status.
package struct CallEvent: Hashable, Sendable {
    package var call: CallID
    package var line: Line
    package var party: Party
    /// `connect`, `terminate`, … or for statuses `RINGING`, `ACCEPTED`, `REJECTED`.
    package var event: String
    /// True when it came in `statuses[]`.
    package var isStatus: Bool
    /// `BUSINESS_INITIATED` or `USER_INITIATED`.
    package var direction: String?
    /// `COMPLETED` or `FAILED` on terminate.
    package var outcome: String?
    package var durationSeconds: Int64?
    package var errors: [ErrorNote]
    package var at: Instant
    /// `biz_opaque_callback_data` of a call that the business made.
    package var tags: SendTags?
    /// What the business put behind the call button or link that was tapped (`cta_payload`, `deeplink_payload`).
    package var payload: String?

    package init(
        call: CallID, line: Line, party: Party, event: String, isStatus: Bool, direction: String? = nil,
        outcome: String? = nil, durationSeconds: Int64? = nil, errors: [ErrorNote] = [], at: Instant,
        tags: SendTags? = nil, payload: String? = nil
    ) {
        self.call = call
        self.line = line
        self.party = party
        self.event = event
        self.isStatus = isStatus
        self.direction = direction
        self.outcome = outcome
        self.durationSeconds = durationSeconds
        self.errors = errors
        self.at = at
        self.tags = tags
        self.payload = payload
    }
}

/// `statuses[]` of type `payment` (India, Brazil).
package struct PaymentStatus: Hashable, Sendable {
    package var message: MessageID
    package var line: Line
    package var payer: Party
    package var referenceID: String?
    /// `pending`, `captured`, `failed`.
    package var status: String
    /// In millionths of the currency.
    package var amountMicros: Int64?
    package var currency: String?
    package var transactionID: String?
    package var refundedMicros: Int64
    package var at: Instant

    package init(
        message: MessageID, line: Line, payer: Party, referenceID: String? = nil, status: String,
        amountMicros: Int64? = nil, currency: String? = nil, transactionID: String? = nil, refundedMicros: Int64 = 0,
        at: Instant
    ) {
        self.message = message
        self.line = line
        self.payer = payer
        self.referenceID = referenceID
        self.status = status
        self.amountMicros = amountMicros
        self.currency = currency
        self.transactionID = transactionID
        self.refundedMicros = refundedMicros
        self.at = at
    }
}

/// Field `automatic_events`.
package struct AutomaticEvent: Hashable, Sendable {
    package var message: MessageID?
    package var line: Line
    /// `LeadSubmitted`, `Purchase`.
    package var name: String
    package var clickID: String?
    package var valueMicros: Int64?
    package var currency: String?
    package var at: Instant

    package init(
        message: MessageID?, line: Line, name: String, clickID: String? = nil, valueMicros: Int64? = nil,
        currency: String? = nil, at: Instant
    ) {
        self.message = message
        self.line = line
        self.name = name
        self.clickID = clickID
        self.valueMicros = valueMicros
        self.currency = currency
        self.at = at
    }
}

/// Something that was not understood. The bytes stay in the inbox; this says where and why.
package struct NotUnderstood: Hashable, Sendable {
    /// Meta's field, or the source (`sends`), or `body` when the whole delivery is not JSON.
    package var field: String
    package var reason: Reason
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case notJSON, tooDeep, notAnObject, unknownField, missingKey, badValue, emptyChange
    }
    package init(field: String, reason: Reason) {
        self.field = field
        self.reason = reason
    }
}
