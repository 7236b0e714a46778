import Catalogue
import Domain
import Ledgers

/// One outcome for lists and stories. It names no person.
package struct OutcomeRow: Hashable, Sendable {
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case confirmed, pending, failed, cancelled
    }
    package var source: String
    package var id: String
    package var kind: String
    package var standing: Standing
    package var at: Instant
    /// Net of what went back; nil when it has none.
    package var value: Money?
    package var refunded: Money?
    /// A person is known whose outcome it is.
    package var isMatched: Bool
    /// By what it was looked for: `contact`, `user_id`, `message_id`, `conversation_id`, `link`, `click_id`.
    package var hints: [String]
    /// The thread's conversation at the time, for `GET /api/v1/conversations/{id}`; nil when there is none.
    package var conversation: String?
    package var credits: [CreditRow]

    package init(
        source: String, id: String, kind: String, standing: Standing, at: Instant, value: Money? = nil,
        refunded: Money? = nil, isMatched: Bool, hints: [String] = [], conversation: String? = nil,
        credits: [CreditRow] = []
    ) {
        self.source = source
        self.id = id
        self.kind = kind
        self.standing = standing
        self.at = at
        self.value = value
        self.refunded = refunded
        self.isMatched = isMatched
        self.hints = hints
        self.conversation = conversation
        self.credits = credits
    }
}

/// One touch before an outcome and its share in each model.
package struct CreditRow: Hashable, Sendable {
    package var touch: TouchKind
    package var at: Instant
    package var message: MessageID?
    /// Of the touch's message.
    package var dimensions: [Dimension: String]
    /// In millionths; models that give it nothing are left out.
    package var shares: [AttributionModel: Int64]

    package init(
        touch: TouchKind, at: Instant, message: MessageID? = nil, dimensions: [Dimension: String] = [:],
        shares: [AttributionModel: Int64]
    ) {
        self.touch = touch
        self.at = at
        self.message = message
        self.dimensions = dimensions
        self.shares = shares
    }
}

/// Which outcomes a list is of.
package struct OutcomeSelection: Hashable, Sendable {
    package enum Group: String, Hashable, Sendable, CaseIterable {
        case all
        /// Nobody is known whose outcome it could be.
        case unmatched
        /// Confirmed, with a person, and no touch in the window.
        case unattributed
    }
    package var range: Range<Instant>
    package var group: Group
    package var kind: String?
    package var source: String?
    /// Most rows, the newest first.
    package var limit: Int

    package init(range: Range<Instant>, group: Group = .all, kind: String? = nil, source: String? = nil, limit: Int) {
        self.range = range
        self.group = group
        self.kind = kind
        self.source = source
        self.limit = limit
    }
}

/// How often one short link was opened.
package struct LinkOpenings: Hashable, Sendable {
    package var clicks: Int64
    /// Different persons among those of whom it is known who they are.
    package var people: Int64
    /// Previews and scanners: no clicks.
    package var robots: Int64

    package init(clicks: Int64 = 0, people: Int64 = 0, robots: Int64 = 0) {
        self.clicks = clicks
        self.people = people
        self.robots = robots
    }
}

/// What outcomes are made and credited by.
package struct OutcomeSettings: Hashable, Sendable {
    package var rules: [OutcomeRule]
    package var attribution: AttributionSettings
    /// Share of the outcomes that a change of these has been counted into, 0 … 1; 1 when all are.
    package var recounted: Double

    package init(
        rules: [OutcomeRule] = OutcomeRule.standard, attribution: AttributionSettings = AttributionSettings(),
        recounted: Double = 1
    ) {
        self.rules = rules
        self.attribution = attribution
        self.recounted = recounted
    }
}

/// One person's message behind a number: the only answer that names people.
package struct Recipient: Hashable, Sendable {
    package var message: MessageID
    /// Digits; nil when Meta hides it.
    package var phone: String?
    package var userID: String?
    package var sentAt: Instant
    package var measures: Set<MessageMeasure>
    package var dimensions: [Dimension: String]

    package init(
        message: MessageID, phone: String?, userID: String?, sentAt: Instant, measures: Set<MessageMeasure>,
        dimensions: [Dimension: String]
    ) {
        self.message = message
        self.phone = phone
        self.userID = userID
        self.sentAt = sentAt
        self.measures = measures
        self.dimensions = dimensions
    }
}

/// Which recipients are listed.
package struct RecipientSelection: Hashable, Sendable {
    package var range: Range<Instant>
    /// Dimensions of `message` and `charge`; all must hold.
    package var filters: [Filter]
    /// Those whose messages count in this measure (`failed`, `wasted`, …); nil for all.
    package var measure: Measure?
    package var limit: Int

    package init(range: Range<Instant>, filters: [Filter], measure: Measure?, limit: Int) {
        self.range = range
        self.filters = filters
        self.measure = measure
        self.limit = limit
    }
}

/// Both sides of an experiment with a control group: persons counted once each.
package struct LiftCounts: Hashable, Sendable {
    /// Persons who were sent the campaign and had it delivered or not: as they were chosen, not as it went.
    package var treated: Int64
    package var treatedConverted: Int64
    package var heldOut: Int64
    package var heldOutConverted: Int64

    package init(treated: Int64, treatedConverted: Int64, heldOut: Int64, heldOutConverted: Int64) {
        self.treated = treated
        self.treatedConverted = treatedConverted
        self.heldOut = heldOut
        self.heldOutConverted = heldOutConverted
    }
}
