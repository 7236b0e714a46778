import Domain

/// One time that a customer waited for an answer, as a perfect observer of the deliveries would tell it at an instant.
/// Durations are microseconds.
package struct TrueWait: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case answered(Instant)
        case open
        case abandoned(Instant)
    }
    package enum Entry: String, Hashable, Sendable, CaseIterable {
        case organic, ad
        /// The customer quoted a template or tapped its button, or the business last spoke with one, less than 24 hours
        /// before.
        case templateReply = "template_reply"
    }
    /// Who was owed the answer, by the desk's word: over answered and abandoned waits; all zero while open.
    package struct Split: Hashable, Sendable {
        package var bot: Int64 = 0
        package var queue: Int64 = 0
        package var agent: Int64 = 0
    }

    /// Number of the person in the scenario; the same before and after a change of number or id.
    package var person: Int
    package var account: AccountID
    package var phoneNumber: PhoneNumberID
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// First customer message.
    package var startedAt: Instant
    /// First message → each further one before the end, ascending.
    package var repeats: [Int64]
    package var ending: Ending
    /// `none` unless answered.
    package var responder: Responder
    /// Of the reply, where anybody said so.
    package var replyAgent: String?
    package var replyTeam: String?
    /// Who was responsible at the end (an open wait: now), by the desk's word; so is `priority`.
    package var assignedAgent: String?
    package var assignedTeam: String?
    package var priority: String?
    /// The desk that told of a message of the thread up to the end.
    package var desk: String?
    package var entry: Entry
    /// Of a template reply, where the business said which.
    package var template: String?
    package var campaign: String?
    /// The first wait of its conversation.
    package var isFirstInConversation: Bool
    /// Its first message is the first of its conversation.
    package var beginsConversation: Bool
    /// The first time that a bot gave it to people, from its start on and before the next wait of the conversation.
    package var handoffAt: Instant?
    /// The first reply after that which is no bot's, in the conversation.
    package var handoffReplyAt: Instant?
    package var split: Split

    /// Values of the dimensions: who replied; of an unanswered wait, who should have. A reply whose team nobody told is
    /// the assigned team's.
    package var agent: String? { responder == .none ? assignedAgent : replyAgent }
    package var team: String? { replyTeam ?? assignedTeam }

    package var endedAt: Instant? {
        switch ending {
        case .answered(let at), .abandoned(let at): at
        case .open: nil
        }
    }
    package var lastMessageAt: Instant { Instant(microseconds: startedAt.microseconds + (repeats.last ?? 0)) }
    package var messages: Int { 1 + repeats.count }
    /// First message → reply; nil unless answered.
    package var responseTime: Int64? {
        if case .answered(let at) = ending { at.microseconds(since: startedAt) } else { nil }
    }
    /// Last message before the reply → reply; nil unless answered.
    package var responseTimeLast: Int64? {
        if case .answered(let at) = ending { at.microseconds(since: lastMessageAt) } else { nil }
    }
}

/// One session of a thread.
package struct TrueConversation: Hashable, Sendable {
    package enum OpenedBy: String, Hashable, Sendable, CaseIterable { case customer, business }
    package enum HandledBy: String, Hashable, Sendable, CaseIterable { case bot, human, both, none }

    package var person: Int
    package var account: AccountID
    package var phoneNumber: PhoneNumberID
    package var country: String
    package var startedAt: Instant
    package var openedBy: OpenedBy
    /// Times of the messages, ascending: from the customer (reactions are none), and to the customer: templates
    /// included, failures left out.
    package var inbound: [Instant]
    package var outbound: [Instant]
    /// Who ended the first of its waits that was answered; `none` when none was.
    package var firstResponder: Responder
    /// Took part: wrote something that is no template.
    /// A bot that passes a customer on without a word took part too; who wrote without a name counts as a person.
    package var hasBot: Bool
    package var hasHuman: Bool
    package var isHandedOff: Bool
    /// The last resolution.
    package var resolvedAt: Instant?
    package var resolvedBy: SenderKind?
    /// Resolved, and taken up again: by the desk before anything was said, or by the customer within 7 days.
    package var isReopened: Bool
    /// Resolved and not reopened, or silent for 24 hours.
    package var isOver: Bool
    package var isRatingAsked: Bool
    package var rating: Int?
    /// The last person who wrote with a name, else who was assigned in the end.
    package var agent: String?
    package var team: String?
    /// At the end, in the desk's word.
    package var priority: String?
    /// The desk that told of a message of the thread up to the end.
    package var desk: String?
    /// Of its first wait; nil without one.
    package var entry: TrueWait.Entry?
    /// Of the template that opened it, or that its first wait answers.
    package var template: String?
    package var campaign: String?

    package var handledBy: HandledBy {
        switch (hasBot, hasHuman) {
        case (true, true): .both
        case (true, false): .bot
        case (false, true): .human
        case (false, false): .none
        }
    }
    package var isAnswered: Bool { firstResponder != .none }
    package var lastAt: Instant { max(inbound.last ?? startedAt, outbound.last ?? startedAt) }
    /// Start → resolution in microseconds; nil unless resolved.
    package var resolutionTime: Int64? { resolvedAt.map { $0.microseconds(since: startedAt) } }
}

/// Sums over waits.
package struct TrueWaitTotals: Hashable, Sendable {
    package var waits = 0
    package var answered = 0
    package var open = 0
    package var abandoned = 0
    /// Two or more customer messages.
    package var repeated = 0
    package var messages = 0
    package var extraMessages = 0
    /// Microseconds of the answered waits by responder, in no particular order.
    package var responseTimes: [Responder: [Int64]] = [:]
    package var responseTimesLast: [Responder: [Int64]] = [:]

    package init() {}

    package init(_ waits: some Sequence<TrueWait>) {
        for wait in waits { add(wait) }
    }

    package mutating func add(_ wait: TrueWait) {
        waits += 1
        switch wait.ending {
        case .answered: answered += 1
        case .open: open += 1
        case .abandoned: abandoned += 1
        }
        repeated += wait.repeats.isEmpty ? 0 : 1
        messages += wait.messages
        extraMessages += wait.repeats.count
        if let time = wait.responseTime { responseTimes[wait.responder, default: []].append(time) }
        if let time = wait.responseTimeLast { responseTimesLast[wait.responder, default: []].append(time) }
    }

    /// Ascending; of all responders unless one is named.
    package func sortedResponseTimes(_ responder: Responder? = nil) -> [Int64] {
        guard let responder else { return responseTimes.values.flatMap { $0 }.sorted() }
        return (responseTimes[responder] ?? []).sorted()
    }
}

/// Sums over conversations.
package struct TrueConversationTotals: Hashable, Sendable {
    package var conversations = 0
    package var withCustomer = 0
    package var inbound = 0
    package var outbound = 0
    package var resolved = 0
    package var reopened = 0
    /// Over, with a message of the customer in it.
    package var closed = 0
    /// Closed with an answer, and no person took part.
    package var contained = 0
    package var withBot = 0
    /// A bot took part and gave it to people.
    package var handedOff = 0
    package var ratingAsked = 0
    package var rated = 0
    /// Sum of ratings.
    package var rating = 0
    /// Microseconds, in no particular order.
    package var resolutionTimes: [Int64] = []

    package init() {}

    package init(_ conversations: some Sequence<TrueConversation>) {
        for conversation in conversations { add(conversation) }
    }

    package mutating func add(_ conversation: TrueConversation) {
        let hasCustomer = !conversation.inbound.isEmpty
        let isClosed = conversation.isOver && hasCustomer
        conversations += 1
        withCustomer += hasCustomer ? 1 : 0
        inbound += conversation.inbound.count
        outbound += conversation.outbound.count
        resolved += conversation.resolvedAt == nil ? 0 : 1
        reopened += conversation.isReopened ? 1 : 0
        closed += isClosed ? 1 : 0
        contained += isClosed && conversation.isAnswered && !conversation.hasHuman ? 1 : 0
        withBot += conversation.hasBot ? 1 : 0
        handedOff += conversation.hasBot && conversation.isHandedOff ? 1 : 0
        ratingAsked += conversation.isRatingAsked ? 1 : 0
        rated += conversation.rating == nil ? 0 : 1
        rating += conversation.rating ?? 0
        if let time = conversation.resolutionTime { resolutionTimes.append(time) }
    }
}
