import Domain

/// Where a business result stands. The raw value is stored: never renumber.
package enum OutcomeStanding: Int64, Hashable, Sendable, CaseIterable {
    /// Begun, not there yet.
    case pending = 0
    /// There: it counts.
    case confirmed
    /// Ended without a result.
    case failed
    /// Called off: it counts no more.
    case cancelled
}

/// Everything known about one business result: a join of what each telling said.
///
/// As with `MessageState`, no field depends on the order in which the tellings came or on how often.
package struct OutcomeState: Hashable, Sendable {
    package let source: String
    package let id: String

    /// What one telling said, with what decides between contradictions: what was said with more authority wins, then
    /// what was said later, then the greater value.
    package struct Told<Value: Hashable & Comparable & Sendable>: Hashable, Comparable, Sendable {
        /// A confirmation (1) outweighs what was said beside one (0): an order's amount is not what was paid.
        package var weight: Int64
        /// The source's own time of change, else the receipt.
        package var revision: Instant
        package var value: Value

        package init(weight: Int64 = 0, revision: Instant, value: Value) {
            self.weight = weight
            self.revision = revision
            self.value = value
        }

        package static func < (a: Self, b: Self) -> Bool {
            (a.weight, a.revision, a.value) < (b.weight, b.revision, b.value)
        }
    }

    /// Money that went back under one id, or in all.
    package struct Returned: Hashable, Sendable {
        /// The greatest amount told; nil when none was.
        package var amount: Amount?
        /// All of it, whatever it was.
        package var isWhole: Bool
        /// Taken back, and won again.
        package var isReversed: Bool

        package init(amount: Amount? = nil, isWhole: Bool = false, isReversed: Bool = false) {
            self.amount = amount
            self.isWhole = isWhole
            self.isReversed = isReversed
        }
    }

    /// Money in a total order.
    package struct Amount: Hashable, Comparable, Sendable {
        package var currency: String
        package var micros: Int64

        package init(_ money: Money) {
            currency = money.currency
            micros = money.micros
        }
        package var money: Money { Money(micros: micros, currency: currency) }
        package static func < (a: Self, b: Self) -> Bool { (a.currency, a.micros) < (b.currency, b.micros) }
    }

    /// The names of one person as one telling gave them: tellings are never mixed, since a corrected phone number must
    /// not be taken for another name of the person that it was corrected from.
    package struct Names: Hashable, Comparable, Sendable {
        package var party: Party

        package init(_ party: Party) { self.party = party }
        package static func < (a: Self, b: Self) -> Bool { a.order < b.order }
        private var order: (String, String, String) {
            (party.phone ?? "", party.userID ?? "", party.parentUserID ?? "")
        }
    }

    /// Begun or ended without a result, and when.
    package struct Unfinished: Hashable, Comparable, Sendable {
        package var at: Instant
        package var isFailed: Bool

        package init(at: Instant, isFailed: Bool) {
            self.at = at
            self.isFailed = isFailed
        }
        package static func < (a: Self, b: Self) -> Bool {
            (a.at, a.isFailed ? 1 : 0) < (b.at, b.isFailed ? 1 : 0)
        }
    }

    /// Who brought the result about, when the one who told it knows better than the last touch.
    package struct Handler: Hashable, Sendable {
        package var agent: String?
        package var team: String?
        package var desk: String?

        package init(agent: String? = nil, team: String? = nil, desk: String? = nil) {
            self.agent = agent
            self.team = team
            self.desk = desk
        }
    }

    package var kind: Told<String>?
    package var value: Told<Amount>?
    /// The earliest confirmation of a source that tells when it changed its mind: a capture, then a settlement.
    package var confirmedAt: Instant?
    /// The latest confirmation of a source that does not: its last word is the corrected one.
    package var restatedAt: Told<Instant>?
    /// The latest time of change of a confirmation.
    package var confirmedRevision: Instant?
    package var unfinished: Told<Unfinished>?
    package var isCancelled = false
    /// The latest time of change of a cancellation.
    package var cancelledRevision: Instant?
    /// A cancellation came without a time of change: nothing revives it.
    package var isCancelledForGood = false

    package var names: Told<Names>?
    package var message: Told<MessageID>?
    package var conversation: Told<String>?
    package var link: Told<String>?
    package var clickID: Told<String>?
    package var account: Told<AccountID>?
    package var phoneNumber: Told<PhoneNumberID>?

    /// By the refund's id; "" for those without one.
    package var refunds: [String: Returned] = [:]
    /// What was given back up to now, as far as a source tells it so.
    package var refundedTotal = Returned()
    /// By the chargeback's id.
    package var chargebacks: [String: Returned] = [:]
    /// The earliest time of any telling.
    package var firstAt: Instant?
    package var handler: Handler?

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    // MARK: What follows

    private var confirmation: Instant? { restatedAt?.value ?? confirmedAt }

    /// Called off, and not confirmed anew since by a source that tells when it changed its mind.
    private var isOff: Bool {
        guard isCancelled else { return false }
        if isCancelledForGood { return true }
        guard let confirmedRevision, let cancelledRevision else { return true }
        return confirmedRevision <= cancelledRevision
    }

    package var standing: OutcomeStanding {
        if isOff { return .cancelled }
        if confirmation != nil { return .confirmed }
        return unfinished?.value.isFailed == true ? .failed : .pending
    }

    /// Confirmed at some time, whether called off since or not: it has a place in the numbers.
    package var isCounted: Bool { confirmation != nil }

    /// When it came about; for what is no result (yet), when it was begun.
    package var at: Instant { confirmation ?? unfinished?.value.at ?? firstAt ?? Instant(microseconds: 0) }

    /// Whether any money went back.
    package var isRefunded: Bool {
        !refunds.isEmpty || refundedTotal.isWhole || refundedTotal.amount != nil
            || chargebacks.values.contains { !$0.isReversed }
    }

    /// Gross value and what went back of it, in the currency it was told in: never more than the value. An amount that
    /// went back in another currency is not known in this one, and takes nothing off.
    package var amounts: (gross: Money, returned: Int64)? {
        guard let gross = value?.value.money else { return nil }
        let taken = chargebacks.values.filter { !$0.isReversed }
        if refundedTotal.isWhole || refunds.values.contains(where: \.isWhole) || taken.contains(where: \.isWhole) {
            return (gross, gross.micros)
        }
        func micros(_ returned: Returned) -> Int64 {
            guard let amount = returned.amount, amount.currency == gross.currency else { return 0 }
            return max(0, amount.micros)
        }
        func sum(_ amounts: some Sequence<Returned>) -> Int64 {
            amounts.reduce(0) { min($0 &+ min(micros($1), gross.micros), gross.micros) }
        }
        let refunded = max(sum(refunds.values), min(micros(refundedTotal), gross.micros))
        return (gross, min(refunded &+ sum(taken), gross.micros))
    }

    package var identity: OutcomeIdentity {
        OutcomeIdentity(
            party: names?.value.party ?? Party(), message: message?.value, conversation: conversation?.value,
            link: link?.value, clickID: clickID?.value,
            line: Line(account: account?.value, phoneNumber: phoneNumber?.value))
    }

    /// Whether another state says the same, at whatever time it was told.
    package func says(sameAs other: Self) -> Bool { undated == other.undated }

    private var undated: Self {
        var state = self
        for path in [\Self.kind, \.conversation, \.link, \.clickID] { state[keyPath: path]?.revision = .distantPast }
        state.value?.revision = .distantPast
        state.restatedAt?.revision = .distantPast
        state.unfinished?.revision = .distantPast
        state.names?.revision = .distantPast
        state.message?.revision = .distantPast
        state.account?.revision = .distantPast
        state.phoneNumber?.revision = .distantPast
        return state
    }

    /// Tells outcomes of one instant apart, the same in every process.
    package var key: Int64 { Self.key(source: source, id: id) }
    package static func key(source: String, id: String) -> Int64 { ThreadEntry.key("outcome", source, id) }
}
