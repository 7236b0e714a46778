import Domain

/// Why a message's cost was wasted. The raw value is the value of dimension `waste_reason`. In order of precedence: a
/// message has the first that holds.
package enum WasteReason: String, CaseIterable, Hashable, Sendable {
    /// The message before could not be delivered to its person, or ran out of time.
    case unreachable
    /// A marketing message to a person who had stopped marketing.
    case optedOut = "opted_out"
    /// Messages reached its person before, who has never read, tapped or written anything.
    case neverActive = "never_active"
    /// The same template had reached its person within the 24 hours before.
    case duplicate
    /// A template while the person's customer service window was open and free text cost less.
    case freeTextCheaper = "free_text_cheaper"
    /// It costs more because Meta raised the template's category.
    case categoryRaised = "category_raised"
    /// None of these: it was paid for, arrived and changed nothing.
    case noEffect = "no_effect"
}

/// Whether the cost of a message was wasted, and why.
///
/// A message is *judged* seven days after its send: until then an effect may still come. It is *wasted* when it was
/// delivered and charged and has nothing to show: neither read, replied to, clicked, nor followed by an outcome. An
/// effect that becomes known later takes the waste back.
package enum WasteLedger {
    /// How long a message has to show an effect.
    package static let judgedAfterSeconds: Int64 = 7 * 86_400
    /// How far back earlier messages to the same person tell anything about this one.
    package static let lookbackSeconds: Int64 = 30 * 86_400
    /// The same template again within this time is a duplicate.
    package static let duplicateSeconds: Int64 = 24 * 3600
    /// A customer service window is open for this long after the customer's last message.
    package static let windowSeconds: Int64 = 24 * 3600

    /// Messages sent before this instant are judged. Moves by whole hours (UTC), so that looking often costs nothing.
    package static func judgedTo(asOf: Instant) -> Instant {
        let hour = asOf.seconds.flooredDivision(by: 3600)
        return Instant(seconds: hour &* 3600).adding(seconds: -judgedAfterSeconds)
    }

    package static func isJudged(cohortAt: Instant, asOf: Instant) -> Bool { cohortAt < judgedTo(asOf: asOf) }

    /// Whether a charged message has nothing to show; says nothing about whether it is judged yet.
    package static func isWithoutEffect(_ flags: MessageFlags) -> Bool {
        flags.contains(.delivered) && flags.isDisjoint(with: [.read, .proven, .clicked, .followed])
    }

    /// A message that was charged and has nothing to show.
    package struct Candidate: Hashable, Sendable {
        package var sentAt: Instant
        /// The template's name; nil when it is none or not known.
        package var template: String?
        package var isTemplate: Bool
        /// Priced as marketing.
        package var isMarketing: Bool
        package var micros: Int64
        package var raisedMicros: Int64?
        /// What free text would have cost in its place (`CostBook.servicePrice`), in the same currency; nil when that
        /// is not known.
        package var serviceMicros: Int64?

        package init(
            sentAt: Instant, template: String?, isTemplate: Bool, isMarketing: Bool, micros: Int64,
            raisedMicros: Int64? = nil, serviceMicros: Int64? = nil
        ) {
            self.sentAt = sentAt
            self.template = template
            self.isTemplate = isTemplate
            self.isMarketing = isMarketing
            self.micros = micros
            self.raisedMicros = raisedMicros
            self.serviceMicros = serviceMicros
        }
    }

    /// Another message to the same person from any number of the business. Those that are not earlier, or by more than
    /// 30 days, are passed over.
    package struct Earlier: Hashable, Sendable {
        package var at: Instant
        package var template: String?
        package var isReached: Bool
        /// Failed because the person cannot be reached (`ErrorClass.recipient`), or ran out of time without a word.
        package var isUnreachable: Bool

        package init(at: Instant, template: String?, isReached: Bool, isUnreachable: Bool) {
            self.at = at
            self.template = template
            self.isReached = isReached
            self.isUnreachable = isUnreachable
        }
    }

    /// What is known of the person before the message was sent.
    package struct Marks: Hashable, Sendable {
        /// The latest message of the customer to the same number of the business, however long ago.
        package var lastInboundAt: Instant?
        /// Had stopped marketing, and not allowed it again.
        package var hasStopped: Bool
        /// Had ever written, or read or tapped any message.
        package var hasEverActed: Bool

        package init(lastInboundAt: Instant? = nil, hasStopped: Bool = false, hasEverActed: Bool = false) {
            self.lastInboundAt = lastInboundAt
            self.hasStopped = hasStopped
            self.hasEverActed = hasEverActed
        }
    }

    /// The first reason that holds, in the order of `WasteReason`.
    package static func reason(of message: Candidate, earlier: [Earlier], marks: Marks) -> WasteReason {
        let from = message.sentAt.adding(seconds: -lookbackSeconds)
        let before = earlier.filter { $0.at < message.sentAt && $0.at >= from }
        if isUnreachable(before) { return .unreachable }
        if message.isMarketing, marks.hasStopped { return .optedOut }
        if !marks.hasEverActed, marks.lastInboundAt == nil, before.contains(where: \.isReached) { return .neverActive }
        if isDuplicate(message, before) { return .duplicate }
        if isFreeTextCheaper(message, marks) { return .freeTextCheaper }
        if let raised = message.raisedMicros, raised > 0 { return .categoryRaised }
        return .noEffect
    }

    /// The latest message whose fate is known did not arrive. Of several at one instant, one that arrived is enough.
    private static func isUnreachable(_ before: [Earlier]) -> Bool {
        let known = before.filter { $0.isReached || $0.isUnreachable }
        guard let last = known.map(\.at).max() else { return false }
        return known.allSatisfy { $0.at < last || !$0.isReached }
    }

    private static func isDuplicate(_ message: Candidate, _ before: [Earlier]) -> Bool {
        guard message.isTemplate, let template = message.template else { return false }
        let from = message.sentAt.adding(seconds: -duplicateSeconds)
        return before.contains { $0.isReached && $0.template == template && $0.at >= from }
    }

    private static func isFreeTextCheaper(_ message: Candidate, _ marks: Marks) -> Bool {
        guard message.isTemplate, let last = marks.lastInboundAt, last <= message.sentAt,
            let service = message.serviceMicros, service < message.micros
        else { return false }
        return message.sentAt < last.adding(seconds: windowSeconds)
    }
}
