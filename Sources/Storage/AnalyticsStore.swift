import Catalogue
import Domain
import Ledgers

/// The only seam between what Pantau knows and the engine that keeps it.
///
/// An engine keeps facts and cells, and answers one question shape (`run`). The folds live in `Ledgers`; an
/// engine loads the states that a batch touches, folds, and writes facts, cell deltas and the cursor as one unit.
package protocol AnalyticsStore: Sendable {
    /// Creates or upgrades tables. Idempotent.
    func migrate() async throws
    /// Sequence of the last delivery whose events are in the facts; 0 before the first.
    func cursor() async throws -> Int64
    /// Folds the events and commits facts, cell deltas and cursor together. Applying the same batch again changes
    /// nothing but the counters of the batch.
    func apply(_ batch: ProjectionBatch) async throws
    /// Sums of measures by dimensions and bucket.
    func run(_ plan: Plan) async throws -> Table
    /// Forgets facts, cells, cursor and counters, so that they can be rebuilt from the inbox.
    func reset() async throws

    /// The data version: grows with every commit that changed facts. Answers may be cached under it.
    func version() async throws -> Int64
    /// What has been counted so far and how fresh it is.
    func projectionStatus() async throws -> ProjectionStatus
    /// What has been received by source: totals, and quarter hours since `instant`.
    func receipts(since instant: Instant) async throws -> Receipts
    /// Everything known about one message; nil when it is not known.
    func message(_ id: MessageID) async throws -> MessageStory?
    /// Marks of the account timeline in a range, oldest first.
    func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark]
    /// All marks of one template, in every language, oldest first: the newest `limit` of them.
    func timeline(ofTemplate name: String, limit: Int) async throws -> [TimelineMark]
    /// Single messages, the newest first. They name no person.
    func messages(_ selection: MessageSelection) async throws -> [MessageRow]
    /// The values of a stored dimension, most messages in the last 90 days first.
    func values(of dimension: Dimension, limit: Int) async throws -> [String]

    /// Who waits now, the longest first.
    func openWaits(matching filters: [Filter], limit: Int) async throws -> [OpenWait]
    /// Answered waits that began in a range and whose response time lies in a higher bin (`Histogram`) than
    /// `aboveBin` says for their responder; the longest first.
    func answeredWaits(
        in range: Range<Instant>, aboveBin: [Responder: Int32], matching filters: [Filter], limit: Int
    ) async throws -> [AnsweredWait]
    /// The conversation with this id, or the one that holds the message with this id; nil when there is none.
    func conversation(_ id: String) async throws -> ConversationStory?
    /// The phone number, digits without `+`, of the customer of the conversation or message with this id; nil when
    /// it is not known. Personal data: for people who may see it, each time noted.
    func phone(of id: String) async throws -> String?
    /// Calendars and service targets in force.
    func serviceSettings() async throws -> ServiceSettings
    /// Counts a part of what a change of calendars, targets or rules has made stale; false when nothing is left.
    func recountStale() async throws -> Bool

    /// Rate cards, accounts, exchange rates, assumptions and budgets in force.
    func costSettings() async throws -> CostSettings
    /// Free quotas and volume tiers of the month of each account that holds an instant.
    func quotas(at instant: Instant) async throws -> [QuotaStanding]
    /// Links that Meta counted in marketing messages, most first.
    func linkClicks(in range: Range<Instant>) async throws -> [LinkClickCount]
    /// How often the short link of a code was opened.
    func linkOpenings(code: String) async throws -> LinkOpenings
    /// Rules and windows by which outcomes are made and credited.
    func outcomeSettings() async throws -> OutcomeSettings
    /// Outcomes, the newest first.
    func outcomes(_ selection: OutcomeSelection) async throws -> [OutcomeRow]
    /// One outcome with the touches that it is credited to; nil when it is not known.
    func outcome(source: String, id: String) async throws -> OutcomeRow?
    /// Outcomes of which a message has a share in any model, the oldest first.
    func outcomes(creditedTo message: MessageID) async throws -> [OutcomeRow]
    /// Persons behind a number, in order of time. Personal data: for roles that may see it.
    func recipients(_ selection: RecipientSelection) async throws -> [Recipient]
    /// Persons with a message of the range that passes the filters, and those held out from it; each counts as
    /// converted when an outcome of one of the kinds (any when empty) followed within `windowSeconds` of the first.
    func lift(
        in range: Range<Instant>, matching filters: [Filter], kinds: [String], windowSeconds: Int64
    ) async throws -> LiftCounts
}

/// Events of consecutive deliveries, to be committed as one unit.
package struct ProjectionBatch: Sendable {
    package struct Item: Sendable {
        package var event: Event
        package var receivedAt: Instant
        package var source: DeliverySource
        package init(event: Event, receivedAt: Instant, source: DeliverySource) {
            self.event = event
            self.receivedAt = receivedAt
            self.source = source
        }
    }
    package var items: [Item]
    /// The deliveries that the items are from, and those that told nothing.
    package var receipts: ReceiptTally
    /// The cursor after the batch.
    package var cursor: Int64
    /// Receipt time of the last delivery in the batch.
    package var receivedAt: Instant
    /// The time up to which messages may expire (watermark): never moves back.
    package var asOf: Instant

    package init(
        items: [Item], receipts: ReceiptTally = ReceiptTally(), cursor: Int64, receivedAt: Instant, asOf: Instant
    ) {
        self.items = items
        self.receipts = receipts
        self.cursor = cursor
        self.receivedAt = receivedAt
        self.asOf = asOf
    }
}

package struct ProjectionStatus: Hashable, Sendable {
    /// Deliveries folded.
    package var projected: Int64
    /// Pieces that were not understood, in all.
    package var notUnderstood: Int64
    package var notUnderstoodByField: [FieldCount]
    /// Receipt time of the newest delivery that is counted; nil when there is none.
    package var freshTo: Instant?
    package var messages: Int64
    /// First and last cohort time with facts.
    package var firstMessageAt: Instant?
    package var lastMessageAt: Instant?

    package struct FieldCount: Hashable, Sendable {
        package var field: String
        package var reason: String
        package var count: Int64
        /// Receipt time of the latest.
        package var lastAt: Instant
        package init(field: String, reason: String, count: Int64, lastAt: Instant) {
            self.field = field
            self.reason = reason
            self.count = count
            self.lastAt = lastAt
        }
    }

    package init(
        projected: Int64, notUnderstood: Int64, notUnderstoodByField: [FieldCount], freshTo: Instant?, messages: Int64,
        firstMessageAt: Instant?, lastMessageAt: Instant?
    ) {
        self.projected = projected
        self.notUnderstood = notUnderstood
        self.notUnderstoodByField = notUnderstoodByField
        self.freshTo = freshTo
        self.messages = messages
        self.firstMessageAt = firstMessageAt
        self.lastMessageAt = lastMessageAt
    }
}

/// One message's whole story, for people. It names no person: the recipient's country is all that is told.
package struct MessageStory: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        /// `accepted`, `sent`, `delivered`, `read`, `played`, `failed`, `replied`, `tapped`, `expired`, or Meta's word.
        package var name: String
        package var at: Instant
        /// For `failed`: Meta's error code.
        package var errorCode: Int?
        package init(name: String, at: Instant, errorCode: Int? = nil) {
            self.name = name
            self.at = at
            self.errorCode = errorCode
        }
    }
    package var id: MessageID
    package var cohortAt: Instant
    package var measures: Set<MessageMeasure>
    package var dimensions: [Dimension: String]
    /// In order of time.
    package var steps: [Step]
    package var pricing: Pricing?
    package var tags: [String: String]
    /// What it cost; nil when it was not delivered.
    package var charge: ChargeStory?

    package init(
        id: MessageID, cohortAt: Instant, measures: Set<MessageMeasure>, dimensions: [Dimension: String],
        steps: [Step], pricing: Pricing?, tags: [String: String], charge: ChargeStory? = nil
    ) {
        self.id = id
        self.cohortAt = cohortAt
        self.measures = measures
        self.dimensions = dimensions
        self.steps = steps
        self.pricing = pricing
        self.tags = tags
        self.charge = charge
    }
}

/// What one delivered message cost.
package struct ChargeStory: Hashable, Sendable {
    /// Nil when no price is known.
    package var amount: Money?
    /// Of it: because Meta raised the template's category.
    package var raised: Money?
    /// `pricing_type`, `market`, `currency`, `waste_reason`.
    package var dimensions: [Dimension: String]

    package init(amount: Money?, raised: Money?, dimensions: [Dimension: String]) {
        self.amount = amount
        self.raised = raised
        self.dimensions = dimensions
    }
}

/// One mark on the account timeline.
package struct TimelineMark: Hashable, Sendable {
    package var at: Instant
    package var event: AccountEvent
    package init(at: Instant, event: AccountEvent) {
        self.at = at
        self.event = event
    }
}
