import Domain

/// Everything known about one outbound message: a join of what each event told.
///
/// Every field joins by a rule that does not care about order or repetition (the earliest time, the union, the
/// smallest value, the word of the latest status), so that any permutation and any number of duplicates of the
/// events give the same state.
package struct MessageState: Hashable, Sendable {
    package var id: MessageID
    /// Set for one participant's copy of a group message.
    package var participant: String?

    // When each thing happened first, in microseconds; nil when it never did.
    /// The send log's time.
    package var loggedAt: Instant?
    package var sentAt: Instant?
    package var deliveredAt: Instant?
    package var readAt: Instant?
    package var playedAt: Instant?
    /// The latest success (delivered, read or played): a failure before it is not the last word.
    package var succeededAt: Instant?
    /// The latest failure: its time decides whether `failed` is the last word.
    package var failedAt: Instant?
    /// Words that are not known here, with the earliest time of each.
    package var otherStatuses: [String: Instant] = [:]
    /// Every error ever told, with the time of its status: a later success does not wipe it.
    package var errors: Set<TimedError> = []

    /// Known through the send log as accepted.
    package var isLogged = false
    /// Known through the send log as rejected by Meta.
    package var isRejected = false
    /// Known through the send log as not sent on purpose, to a control group. Whatever says that it left after all
    /// (a status, a record that it was accepted) wins, see `isControl`.
    package var isHeldOut = false
    /// How an echo left, when no API call of ours sent it.
    package var echo: EchoedMessage.Origin?
    /// When we heard of it: the echo's time, or the receipt of a send record without a time. Used when nothing
    /// better dates the message.
    package var heardAt: Instant?

    package var line = Line()
    package var recipient = Party()
    package var group: GroupID?
    /// Group messages: the participants with a copy of their own; the group's row then counts nothing itself.
    package var participants: Set<String> = []
    package var messageType: String?
    /// From the send log.
    package var loggedTags = SendTags()
    /// From `biz_opaque_callback_data`.
    package var callbackTags: SendTags?
    /// Who wrote it, from an agent desk; nil when no desk told of it.
    package var deskTags: SendTags?
    /// The desk's name.
    package var desk: String?
    /// The desk's conversation that holds it: a key of the store.
    package var deskConversation: Int64?
    package var templateID: TemplateID?
    package var timeToLiveSeconds: Int64?
    /// As told by the latest status that carried one.
    package var pricing: TimedPricing?
    /// Meta's id of the 24-hour conversation that the message was part of; kept only where conversations were what was
    /// paid for (`pricing_model` `CBP`, until 30 Jun 2025).
    package var conversationID: String?
    /// Earliest quote of the message by its recipient.
    package var quotedAt: Instant?
    /// The latest quote: what the message turns out to be matters to conversations until then.
    package var lastQuotedAt: Instant?
    /// Earliest tap on one of its buttons or rows.
    package var tappedAt: Instant?
    /// Earliest opening of its tracked link by a person.
    package var linkOpenedAt: Instant?

    package init(id: MessageID, participant: String? = nil) {
        self.id = id
        self.participant = participant
    }

    package struct TimedError: Hashable, Comparable, Sendable {
        package var at: Instant
        package var code: Int
        /// Stands for the time of an error that came without one: fixed, so that the same record told again is the
        /// same error. It dates nothing.
        package static let untold = Instant(microseconds: 0)
        package init(at: Instant, code: Int) {
            self.at = at
            self.code = code
        }
        package static func < (a: Self, b: Self) -> Bool { (a.at, a.code) < (b.at, b.code) }
    }

    package struct TimedPricing: Hashable, Sendable {
        package var at: Instant
        package var pricing: Pricing
        package init(at: Instant, pricing: Pricing) {
            self.at = at
            self.pricing = pricing
        }
        /// A total order over everything that is kept, so that the later of two is the same whichever came first.
        static func < (a: Self, b: Self) -> Bool {
            if a.at != b.at { return a.at < b.at }
            let (x, y) = (a.pricing, b.pricing)
            let words = (x.category ?? "", x.type ?? "", x.model ?? "", x.costCurrency ?? "")
            let others = (y.category ?? "", y.type ?? "", y.model ?? "", y.costCurrency ?? "")
            if words != others { return words < others }
            return (billableRank(x), x.estimatedCostMicros ?? .min) < (billableRank(y), y.estimatedCostMicros ?? .min)
        }

        private static func billableRank(_ pricing: Pricing) -> Int { pricing.billable.map { $0 ? 2 : 1 } ?? 0 }
    }

    /// Any status exists, also one whose word is unknown.
    package var hasStatus: Bool {
        sentAt != nil || deliveredAt != nil || readAt != nil || playedAt != nil || failedAt != nil
            || !otherStatuses.isEmpty
    }
    /// The latest time that a status told, as far as it is kept: of several of one kind mostly the first.
    package var lastStatusAt: Instant? {
        let told = latest(latest(latest(sentAt, deliveredAt), latest(readAt, playedAt)), latest(succeededAt, failedAt))
        return otherStatuses.isEmpty ? told : latest(told, otherStatuses.values.max())
    }
    /// Accepted by Meta: has a message id from the send log, or any status.
    package var isAccepted: Bool { (isLogged || hasStatus) && !isGroupHeader }
    /// Not sent, on purpose: its person is in a control group.
    package var isControl: Bool { isHeldOut && !isRejected && !isOutbound }
    /// The row of a group message whose participants have rows of their own.
    package var isGroupHeader: Bool { !participants.isEmpty }
    /// Something left towards the person: it ends the reply window of what came before.
    package var isOutbound: Bool { isAccepted || echo != nil || deskTags != nil || isGroupHeader }

    /// Earliest of delivered, read, played: Meta skips `delivered` when the chat is open.
    package var reachedAt: Instant? { earliest(deliveredAt, earliest(readAt, playedAt)) }
    package var openedAt: Instant? { earliest(readAt, playedAt) }

    /// The time that decides the cohort: the send log's, else the earliest status, else when we heard of it.
    package var cohortAt: Instant? {
        loggedAt ?? earliest(
            earliest(sentAt, reachedAt), earliest(earliest(failedAt, firstErrorAt), otherStatuses.values.min()))
            ?? heardAt
    }
    private var firstErrorAt: Instant? { errors.lazy.map(\.at).filter { $0 != TimedError.untold }.min() }
    /// `failed` is the last word: no success at or after it.
    package var isFailed: Bool {
        guard let failedAt else { return false }
        return succeededAt.map { $0 < failedAt } ?? true
    }
    /// The code of the failure in force: the latest, the smallest code of several told together.
    package var errorCode: Int? {
        guard isFailed || (isRejected && !isAccepted) else { return nil }
        guard let last = errors.max()?.at else { return nil }
        return errors.filter { $0.at == last }.map(\.code).min()
    }
}

/// The earlier of two times; nil only when both are.
package func earliest(_ a: Instant?, _ b: Instant?) -> Instant? {
    guard let a else { return b }
    guard let b else { return a }
    return min(a, b)
}

/// The later of two times; nil only when both are.
package func latest(_ a: Instant?, _ b: Instant?) -> Instant? {
    guard let a else { return b }
    guard let b else { return a }
    return max(a, b)
}

/// The smaller of two values: an arbitrary choice between contradictions, but the same one in every order.
func settled<T: Comparable>(_ a: T?, _ b: T?) -> T? {
    guard let a else { return b }
    guard let b else { return a }
    return min(a, b)
}
