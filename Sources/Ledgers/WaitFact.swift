import Catalogue
import Domain

/// One row of fact `wait`: one time that a customer waited for an answer. Durations are microseconds.
package struct WaitFact: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case answered(Instant)
        case open
        case abandoned(Instant)
    }
    /// Time spent waiting for each; closed hours (by the calendar in force) are apart from all three. They add up to
    /// the whole wait: until the answer, the abandonment, or for an open wait nothing yet (all zero).
    package struct Split: Hashable, Sendable {
        package var bot: Int64
        /// For people, nobody in particular.
        package var queue: Int64
        /// For the assigned agent.
        package var agent: Int64
        package var closed: Int64
        package init(bot: Int64 = 0, queue: Int64 = 0, agent: Int64 = 0, closed: Int64 = 0) {
            self.bot = bot
            self.queue = queue
            self.agent = agent
            self.closed = closed
        }
    }
    package enum TargetState: Hashable, Sendable {
        /// No target applies.
        case none
        /// Open; passes at this instant.
        case due(Instant)
        case met
        case missed
    }

    /// First customer message.
    package var startedAt: Instant
    /// Key of the entry of its first message: with `startedAt` its identity in the thread.
    package var key: Int64
    /// First message → each further one, ascending; empty when there is one message.
    package var repeats: [Int64]
    package var ending: Ending
    /// `none` unless answered.
    package var responder: Responder
    package var isFirstInConversation: Bool
    package var handoffAt: Instant?
    /// The first reply of a person after the hand-off, within the conversation.
    package var handoffReplyAt: Instant?
    package var split: Split
    /// Open time between start and reply; nil without a reply or a calendar.
    package var businessMicroseconds: Int64?
    /// Open time between the last message and the reply; nil where the one above is.
    package var businessLastMicroseconds: Int64?
    package var target: TargetState
    /// When time alone changes it next: its target passes, or it is given up. Nil unless open.
    package var dueAt: Instant?
    /// Values in the order of `Dimension.stored(.wait)`.
    package var dimensions: [String?]

    package init(
        startedAt: Instant, key: Int64, repeats: [Int64] = [], ending: Ending, responder: Responder,
        isFirstInConversation: Bool, handoffAt: Instant? = nil, handoffReplyAt: Instant? = nil, split: Split = Split(),
        businessMicroseconds: Int64? = nil, businessLastMicroseconds: Int64? = nil, target: TargetState = .none,
        dueAt: Instant? = nil, dimensions: [String?]
    ) {
        self.startedAt = startedAt
        self.key = key
        self.repeats = repeats
        self.ending = ending
        self.responder = responder
        self.isFirstInConversation = isFirstInConversation
        self.handoffAt = handoffAt
        self.handoffReplyAt = handoffReplyAt
        self.split = split
        self.businessMicroseconds = businessMicroseconds
        self.businessLastMicroseconds = businessLastMicroseconds
        self.target = target
        self.dueAt = dueAt
        self.dimensions = dimensions
    }

    package var lastMessageAt: Instant {
        Instant(microseconds: startedAt.microseconds &+ (repeats.last ?? 0))
    }
    /// Nil while it is open.
    package var endedAt: Instant? {
        switch ending {
        case .answered(let at), .abandoned(let at): at
        case .open: nil
        }
    }
    /// A bot gave it to people, and no person has replied yet.
    package var isHandoffOpen: Bool { handoffAt != nil && handoffReplyAt == nil }
}

/// One row of fact `conversation`: one thread's session. Durations are microseconds.
package struct ConversationFact: Hashable, Sendable {
    /// Messages of one quarter hour.
    package struct Activity: Hashable, Sendable {
        package var quarter: QuarterHour
        package var inbound: Int64
        package var outbound: Int64
        package init(quarter: QuarterHour, inbound: Int64, outbound: Int64) {
            self.quarter = quarter
            self.inbound = inbound
            self.outbound = outbound
        }
    }

    package var startedAt: Instant
    /// Key of its first entry: with `startedAt` its identity in the thread.
    package var key: Int64
    /// Its last message.
    package var lastAt: Instant
    package var resolvedAt: Instant?
    package var isReopened: Bool
    /// Resolved, or silent for long enough by `asOf`.
    package var isOver: Bool
    /// When time alone makes it over; nil when it is, and for a lone message.
    package var dueAt: Instant?
    /// Ascending; every message once.
    package var activity: [Activity]
    package var isAnswered: Bool
    package var hasBot: Bool
    package var hasHuman: Bool
    package var isHandedOff: Bool
    package var isRatingAsked: Bool
    /// An outcome of the person, other than the conversation's own resolution, came within 7 days of its start and
    /// before the next conversation. Not known from the thread: whoever keeps outcomes says so.
    package var isConverted = false
    package var rating: Int?
    /// Values in the order of `Dimension.stored(.conversation)`.
    package var dimensions: [String?]

    package init(
        startedAt: Instant, key: Int64, lastAt: Instant, resolvedAt: Instant? = nil, isReopened: Bool = false,
        isOver: Bool, dueAt: Instant? = nil, activity: [Activity], isAnswered: Bool, hasBot: Bool, hasHuman: Bool,
        isHandedOff: Bool = false, isRatingAsked: Bool = false, rating: Int? = nil, dimensions: [String?]
    ) {
        self.startedAt = startedAt
        self.key = key
        self.lastAt = lastAt
        self.resolvedAt = resolvedAt
        self.isReopened = isReopened
        self.isOver = isOver
        self.dueAt = dueAt
        self.activity = activity
        self.isAnswered = isAnswered
        self.hasBot = hasBot
        self.hasHuman = hasHuman
        self.isHandedOff = isHandedOff
        self.isRatingAsked = isRatingAsked
        self.rating = rating
        self.dimensions = dimensions
    }
}

/// What a fact adds to the numbers: measures by place and durations, each in its bucket.
package struct ServiceContribution: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var quarter: QuarterHour
        /// Place of the measure → amount; zeros are left out.
        package var measures: [Int: Int64]
        /// Key of the duration → microseconds, each occurrence.
        package var durations: [Int: [Int64]]
        package init(quarter: QuarterHour, measures: [Int: Int64] = [:], durations: [Int: [Int64]] = [:]) {
            self.quarter = quarter
            self.measures = measures
            self.durations = durations
        }
    }
    package var parts: [Part]
    package init(parts: [Part]) { self.parts = parts }
}
