/// Something that a business, a payment or booking provider, or Meta told about one business result.
///
/// Told more than once, in any order, what is known joins; the outcome itself is identified by `source` and `id`.
package struct OutcomeEvent: Hashable, Sendable {
    /// The system that told it, in lower case: `midtrans`, `stripe`, `shop`, … Value of dimension `source_system`.
    package var source: String
    /// What makes it the same outcome when it is told again, together with `source`: the order's, booking's or
    /// ticket's id at the source.
    package var id: String
    /// `ticket_resolved`, `cta_click`, `payment_confirmed`, `booking`, `lead`, or the business's own word. Nil when
    /// the telling does not say (a refund names only its order).
    package var kind: String?
    package var change: Change
    /// When that happened at the source.
    package var at: Instant
    /// Orders tellings of the same thing that contradict each other: the source's own time of change, else nil and the
    /// time of receipt decides.
    package var revisedAt: Instant?
    /// Gross value, when this telling says it.
    package var value: Money?
    package var identity: OutcomeIdentity

    package enum Change: Hashable, Sendable {
        /// The result is there: paid, booked, resolved.
        case confirmed
        /// Begun, not there yet: an unpaid order, a requested booking.
        case pending
        /// Ended without a result: denied, expired. Says nothing against a confirmation.
        case failed
        /// Called off after it was confirmed or before: it counts no more.
        case cancelled
        /// Money given back: `amount` is what was given back in this refund, or up to now when `isTotal`; nil means
        /// all of it. `id` tells refunds of one outcome apart.
        case refunded(id: String?, amount: Money?, isTotal: Bool)
        /// Money taken back by the payer's bank; nil amount means all of it. Won back when `isReversed`.
        case chargedBack(id: String?, amount: Money?, isReversed: Bool)
    }

    package init(
        source: String, id: String, kind: String?, change: Change = .confirmed, at: Instant, revisedAt: Instant? = nil,
        value: Money? = nil, identity: OutcomeIdentity = OutcomeIdentity()
    ) {
        self.source = source
        self.id = id
        self.kind = kind
        self.change = change
        self.at = at
        self.revisedAt = revisedAt
        self.value = value
        self.identity = identity
    }
}

/// Everything in a telling that may say whose outcome it is. Any of it may be missing, and several may be there.
package struct OutcomeIdentity: Hashable, Sendable {
    package var party: Party
    /// Messages of ours or of the customer's.
    package var message: MessageID?
    /// Conversation: an id of `GET /api/v1/conversations/{id}`, or of a desk's conversation.
    package var conversation: String?
    /// Code of a tracked link.
    package var link: String?
    /// Click id of an ad (`ctwa_clid`) or of a marketing message (`click_id`).
    package var clickID: String?
    package var line: Line

    package init(
        party: Party = Party(), message: MessageID? = nil, conversation: String? = nil, link: String? = nil,
        clickID: String? = nil, line: Line = Line()
    ) {
        self.party = party
        self.message = message
        self.conversation = conversation
        self.link = link
        self.clickID = clickID
        self.line = line
    }

    package var isEmpty: Bool {
        party.isAnonymous && message == nil && conversation == nil && link == nil && clickID == nil
    }
}

/// The kinds of outcome that Pantau itself makes; a business may use its own words beside them.
package enum OutcomeKind {
    package static let ticketResolved = "ticket_resolved"
    package static let click = "cta_click"
    package static let payment = "payment_confirmed"
    package static let booking = "booking"
    package static let lead = "lead"
    /// An order sent from the catalogue: not paid yet.
    package static let order = "order"
    /// Meta's guess of a purchase after an ad: a word of its own, since a payment provider may tell the same one.
    package static let purchaseDetected = "purchase_detected"
}

/// A rule of the business that makes an outcome of what a customer did in the chat.
package struct OutcomeRule: Hashable, Sendable {
    package enum Trigger: Hashable, Sendable {
        /// A completed flow: its `flow_token` begins with this text; nil means any.
        case flow(tokenPrefix: String?)
        /// A tapped quick reply, button or list row whose payload or id begins with this text.
        case tap(payloadPrefix: String)
        /// An order sent from the catalogue; its total is the value.
        case order
        /// Meta's automatic event of this name (`LeadSubmitted`, `Purchase`); its value is the value.
        case automatic(name: String)
    }
    package var trigger: Trigger
    package var kind: String
    /// Value of each, when the event itself has none.
    package var value: Money?

    package init(trigger: Trigger, kind: String, value: Money? = nil) {
        self.trigger = trigger
        self.kind = kind
        self.value = value
    }

    /// In force until the business writes its own.
    package static let standard = [
        OutcomeRule(trigger: .order, kind: OutcomeKind.order),
        OutcomeRule(trigger: .automatic(name: "LeadSubmitted"), kind: OutcomeKind.lead),
        OutcomeRule(trigger: .automatic(name: "Purchase"), kind: OutcomeKind.purchaseDetected),
    ]
}

/// How one outcome's credit is shared among the touches before it.
package enum AttributionModel: String, CaseIterable, Sendable, Codable, Hashable {
    case lastTouch = "last_touch"
    case firstTouch = "first_touch"
    case linear
    /// 40 % first, 40 % last, 20 % shared by those between; 50/50 for two.
    case position
    /// 2^(−age / half-life), half-life 7 days.
    case timeDecay = "time_decay"
    /// The last click; an outcome without any click has no credit in this model.
    case lastClick = "last_click"

    package static let standard = AttributionModel.lastTouch
}

/// What kind of touch a credit went to. The raw value is the value of dimension `touch`.
package enum TouchKind: String, CaseIterable, Sendable, Hashable {
    /// A message that was delivered: a view.
    case message
    /// A quick reply, list row or tracked link that was tapped.
    case click
    /// The customer answered a message.
    case reply
    /// A person of the business wrote.
    case agentReply = "agent_reply"
    /// An ad or post brought the customer.
    case ad
}

/// Choices of the business about attribution.
package struct AttributionSettings: Hashable, Sendable {
    /// How far back a touch may lie, for kinds without a window of their own.
    package var lookbackSeconds: Int64
    /// By kind of outcome.
    package var lookbackByKind: [String: Int64]

    package init(lookbackSeconds: Int64 = 7 * 86_400, lookbackByKind: [String: Int64] = [:]) {
        self.lookbackSeconds = lookbackSeconds
        self.lookbackByKind = lookbackByKind
    }

    /// Longest window that can be set.
    package static let lookbackSecondsMax: Int64 = 90 * 86_400

    package func lookback(for kind: String) -> Int64 { lookbackByKind[kind] ?? lookbackSeconds }
    package var longestLookback: Int64 { max(lookbackSeconds, lookbackByKind.values.max() ?? 0) }
}
