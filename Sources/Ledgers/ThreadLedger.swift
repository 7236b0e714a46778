import Domain

/// What the rest of a thread (business number × person) says about each outbound message in it: was it
/// answered, and did the person leave after it?
package enum ThreadLedger {
    /// A free-typed answer counts for this long after the message.
    package static let replyWindowSeconds: Int64 = 24 * 3600
    /// A stop of marketing counts against what was sent this long before it.
    package static let optOutWindowSeconds: Int64 = 72 * 3600

    package enum MarkKind: Int64, Hashable, Sendable {
        /// A message of the customer.
        case inbound = 1
        /// The customer stopped marketing.
        case stop = 2
    }

    /// One thing that a person did in a thread.
    package struct Mark: Hashable, Sendable {
        package var at: Instant
        package var kind: MarkKind
        package init(at: Instant, kind: MarkKind) {
            self.at = at
            self.kind = kind
        }
    }

    /// One outbound message in its thread. `id` settles the order of two sent at the same instant.
    package struct Outbound: Hashable, Sendable {
        package var id: Int64
        package var at: Instant
        package init(id: Int64, at: Instant) {
            self.id = id
            self.at = at
        }
    }

    /// The thread bits of each outbound message, in the order given.
    ///
    /// A message sent at s is answered when an inbound lies in [s, min(s + 24 h, next outbound)); the last message
    /// before an answer gets it, so that one answer is not counted for every message of a campaign series.
    /// - Parameters:
    ///   - outbound: ascending by time; must hold every outbound that follows one of them within 24 h.
    ///   - marks: ascending by time; must hold every mark within 72 h after the first outbound's time.
    package static func flags(of outbound: [Outbound], marks: [Mark]) -> [MessageFlags] {
        outbound.indices.map { index in
            let start = outbound[index].at
            let window = start.adding(seconds: replyWindowSeconds)
            let next = index + 1 < outbound.count ? outbound[index + 1].at : .distantFuture
            let end = min(window, next)
            let stopEnd = start.adding(seconds: optOutWindowSeconds)
            var flags: MessageFlags = []
            for mark in marks[firstIndex(in: marks, notBefore: start)...] {
                if mark.at > stopEnd { break }
                switch mark.kind {
                case .inbound: if mark.at < end { flags.insert(.windowReply) }
                case .stop: flags.insert(.stopped)
                }
            }
            return flags
        }
    }

    private static func firstIndex(in marks: [Mark], notBefore start: Instant) -> Int {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].at < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
