import Domain

extension Truth {
    /// One business result, or one that was begun and came to nothing, as the truth keeps it.
    struct OutcomeStory: Sendable {
        /// One thing that the source says of it, and when somebody told us first.
        struct Telling: Sendable {
            enum Change: Hashable, Sendable {
                case pending, confirmed, failed, cancelled
                /// Micros given back up to now.
                case refunded(Int64)
            }
            var change: Change
            /// Seconds since the epoch.
            var at: Int64
            /// Microseconds since the epoch.
            var knownAt = Int64.max
            /// The id that the source has for it from here on, when that is another than before.
            var newID: String?
        }
        var source: String
        var id: String
        var kind: String
        /// Index of the person; nil for somebody whom the channel does not know.
        var person: Int?
        /// The message without which it would not have come.
        var cause: String?
        var causeCampaign: String?
        var link: String?
        var toldBy: TrueOutcome.ToldBy
        var value: Money?
        var tellings: [Telling]
    }

    /// A tracked link that was opened.
    struct Opening: Sendable {
        var id: String
        var code: String
        var person: Int
        var line: Int
        var at: Int64
        var message: String
        var campaign: String?
        var isRobot: Bool
        var knownAt = Int64.max
    }

    /// A message that was not sent because its recipient is in the control group.
    struct HeldOut: Sendable {
        var person: Int
        var template: Int
        var campaign: String
        var at: Int64
        var knownAt = Int64.max
    }
}

extension Truth.OutcomeStory {
    /// Its ids up to an instant (microseconds), the one in force last, and when it got that one; nil when it is the
    /// first.
    func ids(asOf known: Int64) -> (all: [String], movedAt: Int64?) {
        let moves = tellings.filter { $0.newID != nil && $0.knownAt <= known }.sorted { $0.at < $1.at }
        return ([id] + moves.compactMap(\.newID), moves.last?.at)
    }

    /// What can be known of it at an instant (microseconds); nil before the first telling.
    func standing(asOf known: Int64) -> (standing: TrueOutcome.Standing, at: Int64, givenBack: Int64)? {
        let heard = tellings.filter { $0.knownAt <= known }
        guard let first = heard.map(\.at).min() else { return nil }
        func time(_ change: Telling.Change) -> Int64? { heard.filter { $0.change == change }.map(\.at).min() }
        let confirmedAt = time(.confirmed)
        let givenBack = heard.reduce(Int64(0)) { sum, telling in
            if case .refunded(let total) = telling.change { max(sum, total) } else { sum }
        }
        let at = confirmedAt ?? first
        if time(.cancelled) != nil { return (.cancelled, at, givenBack) }
        if confirmedAt != nil { return (.confirmed, at, givenBack) }
        if time(.failed) != nil { return (.failed, at, givenBack) }
        return (.pending, at, givenBack)
    }
}
