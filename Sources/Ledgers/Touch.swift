import Domain

/// One thing between the business and a person that may have led to what the person did later.
package struct Touch: Hashable, Sendable {
    /// The message that a touch is, or is about.
    package struct Message: Hashable, Sendable {
        /// The store's number of it.
        package var row: Int64
        /// When it was sent: the bucket in which it counts.
        package var cohortAt: Instant

        package init(row: Int64, cohortAt: Instant) {
            self.row = row
            self.cohortAt = cohortAt
        }
    }
    package var kind: TouchKind
    /// When it reached the person, or when somebody did something.
    package var at: Instant
    /// Tells touches of one instant and kind apart, the same in every order of arrival.
    package var key: Int64
    package var message: Message?
    /// What stands for its dimensions; the caller's dictionary knows them.
    package var segment: Int64
    /// Meta's id of the ad or post.
    package var ad: String?

    package init(
        kind: TouchKind, at: Instant, key: Int64, message: Message? = nil, segment: Int64 = 0, ad: String? = nil
    ) {
        self.kind = kind
        self.at = at
        self.key = key
        self.message = message
        self.segment = segment
        self.ad = ad
    }

    /// The time by which its credit counts: of the send when it belongs to a message.
    package var cohortAt: Instant { message?.cohortAt ?? at }
    /// The time that must lie in the look-back window: a message's own send, whenever it arrived.
    package var windowAt: Instant { isOwnMessage ? cohortAt : at }
    private var isOwnMessage: Bool { kind == .message || kind == .agentReply }

    /// An answer or a click belongs to a message no older than this; to an older one it is a touch by itself.
    package static let messageSecondsMax: Int64 = 30 * 86_400
    /// How much earlier than its message an answer may seem to be, by clocks that disagree.
    package static let skewSecondsMax: Int64 = 86_400

    /// Whether an answer or a click can belong to a message.
    package static func belongs(at: Instant, sentAt: Instant) -> Bool {
        at >= sentAt.adding(seconds: -skewSecondsMax) && at <= sentAt.adding(seconds: messageSecondsMax)
    }

    /// Most touches of one outcome that share its credit: the first and the latest. More have nobody to tell them
    /// apart.
    package static let countMax = 200
}

extension Touch: Comparable {
    /// Of what happened at one instant, the order in which it makes sense.
    private var rank: Int {
        switch kind {
        case .ad: 0
        case .message: 1
        case .agentReply: 2
        case .reply: 3
        case .click: 4
        }
    }

    package static func < (a: Touch, b: Touch) -> Bool { (a.at, a.rank, a.key) < (b.at, b.rank, b.key) }
}

extension TouchKind {
    /// Its number in a stored record: append only.
    package var number: UInt8 {
        switch self {
        case .message: 0
        case .click: 1
        case .reply: 2
        case .agentReply: 3
        case .ad: 4
        }
    }

    package init?(number: UInt8) {
        guard let found = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = found
    }
}

/// Which message of a thread each word of the customer answers.
package enum AnswerLedger {
    package struct Sent: Hashable, Sendable {
        package var at: Instant
        /// Settles the order of two sent at one instant.
        package var key: Int64
        package var index: Int

        package init(at: Instant, key: Int64, index: Int) {
            self.at = at
            self.key = key
            self.index = index
        }
    }

    /// For each inbound, ascending, the message that it answers without quoting one: the last before it, sent within
    /// 24 h, when it is the first inbound since. As `ThreadLedger` says it.
    package static func answered(by inbound: [Instant], among sent: [Sent]) -> [Int?] {
        var next = 0
        var last: Sent?
        return inbound.map { at in
            while next < sent.count, sent[next].at <= at {
                last = sent[next]
                next += 1
            }
            guard let message = last else { return nil }
            last = nil
            return at < message.at.adding(seconds: ThreadLedger.replyWindowSeconds) ? message.index : nil
        }
    }
}
