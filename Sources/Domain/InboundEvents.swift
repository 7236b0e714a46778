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
