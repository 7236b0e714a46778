import Domain

/// What each attribution model credits the touches of one person with, and what follows from it for messages.
package enum AttributionLedger {
    /// A confirmed outcome that was not called off.
    package struct Outcome: Hashable, Sendable {
        package var at: Instant
        /// Tells outcomes of one instant apart.
        package var key: Int64
        /// Of its kind.
        package var lookbackSeconds: Int64

        package init(at: Instant, key: Int64, lookbackSeconds: Int64) {
            self.at = at
            self.key = key
            self.lookbackSeconds = lookbackSeconds
        }
    }

    /// The models in the order of a credit's shares: append only.
    package static let models: [AttributionModel] = [
        .lastTouch, .firstTouch, .linear, .position, .timeDecay, .lastClick,
    ]

    /// What one touch is credited with.
    package struct Credit: Hashable, Sendable {
        package var touch: Touch
        /// By place of the model in `models`, in millionths.
        package var shares: SIMD8<Int64>
        /// The models, as bits by place, for which this is the message's first credit.
        package var converted: UInt8

        package init(touch: Touch, shares: SIMD8<Int64>, converted: UInt8 = 0) {
            self.touch = touch
            self.shares = shares
            self.converted = converted
        }
    }

    /// The times of outcomes that a change of a touch, or of the message that one is about, can change.
    package static func affected(
        by changes: ClosedRange<Instant>, _ settings: AttributionSettings
    ) -> ClosedRange<Instant> {
        let later = changes.upperBound.adding(seconds: Touch.messageSecondsMax)
        return changes.lowerBound.adding(
            seconds: -Touch.skewSecondsMax)...later.adding(seconds: settings.longestLookback)
    }

    /// The times of all outcomes that can be credited to the same message as one of a stretch.
    package static func neighbourhood(
        of outcomes: ClosedRange<Instant>, _ settings: AttributionSettings
    ) -> ClosedRange<Instant> {
        let reach = settings.longestLookback + Touch.messageSecondsMax + Touch.skewSecondsMax
        return outcomes.lowerBound.adding(seconds: -reach)...outcomes.upperBound.adding(seconds: reach)
    }

    /// A message sent so long before an outcome was followed by it.
    package static let followSeconds: Int64 = 7 * 86_400

    // MARK: Credits

    /// What each outcome credits, in the order of the outcomes; each credit with at least one share, in the order of
    /// the touches. An outcome without touches has none.
    /// - Parameter touches: ascending; all of the person's from the earliest look-back on.
    package static func fold(outcomes: [Outcome], touches: [Touch]) -> [[Credit]] {
        var credits = outcomes.map { self.credits(of: $0, touches: touches) }
        let order = outcomes.indices.sorted {
            (outcomes[$0].at, outcomes[$0].key) < (outcomes[$1].at, outcomes[$1].key)
        }
        var ordered = order.map { credits[$0] }
        markConverted(&ordered)
        for (place, index) in order.enumerated() { credits[index] = ordered[place] }
        return credits
    }

    /// The touches that may be credited with an outcome: at or before it, inside its window.
    package static func touches(before outcome: Outcome, among touches: [Touch]) -> [Touch] {
        let from = outcome.at.adding(seconds: -outcome.lookbackSeconds)
        // Nothing arrives before it was sent, so that what lies before the window cannot be in it.
        let low = firstIndex(in: touches) { $0.at >= from }
        let high = firstIndex(in: touches) { $0.at > outcome.at }
        guard low < high else { return [] }
        let found = touches[low..<high].filter { $0.windowAt >= from }
        guard found.count > Touch.countMax else { return found }
        return Array(found.prefix(1)) + found.suffix(Touch.countMax - 1)
    }

    /// Shares alone: which messages they convert depends on the person's other outcomes.
    package static func credits(of outcome: Outcome, touches all: [Touch]) -> [Credit] {
        let touches = touches(before: outcome, among: all)
        guard !touches.isEmpty else { return [] }
        var credits = touches.map { Credit(touch: $0, shares: .zero) }
        for (place, model) in models.enumerated() {
            for (index, share) in Attribution.shares(model, of: touches, at: outcome.at).enumerated() {
                credits[index].shares[place] = share
            }
        }
        return credits.filter { $0.shares != .zero }
    }

    /// The value of each credit by model: for every model with a share they add up to the whole value.
    package static func values(of credits: [Credit], total: Int64) -> [SIMD8<Int64>] {
        var values = credits.map { _ in SIMD8<Int64>.zero }
        guard total > 0 else { return values }
        for place in models.indices {
            let weights = credits.map { UInt64(max(0, $0.shares[place])) }
            for (index, value) in Attribution.apportioned(total, by: weights).enumerated() {
                values[index][place] = value
            }
        }
        return values
    }

    // MARK: Messages

    /// Marks each message's first credit in each model, so that it is counted as converted once.
    /// - Parameters:
    ///   - credits: of outcomes in the order of their time and key.
    ///   - messages: the rows to mark; the others keep their marks. Nil for all.
    package static func markConverted(_ credits: inout [[Credit]], of messages: Set<Int64>? = nil) {
        var seen: [Int64: UInt8] = [:]
        for outcome in credits.indices {
            for index in credits[outcome].indices {
                guard let row = credits[outcome][index].touch.message?.row, messages?.contains(row) ?? true else {
                    continue
                }
                var new: UInt8 = 0
                for place in models.indices where credits[outcome][index].shares[place] > 0 { new |= 1 << UInt8(place) }
                credits[outcome][index].converted = new & ~seen[row, default: 0]
                seen[row, default: 0] |= new
            }
        }
    }

    /// Whether a message was followed by an outcome.
    /// - Parameter outcomes: times of the person's counted outcomes, ascending.
    package static func isFollowed(sentAt: Instant, by outcomes: [Instant]) -> Bool {
        var low = 0
        var high = outcomes.count
        while low < high {
            let middle = (low + high) / 2
            if outcomes[middle] < sentAt { low = middle + 1 } else { high = middle }
        }
        return low < outcomes.count && outcomes[low] <= sentAt.adding(seconds: followSeconds)
    }

    /// A delivered message of a campaign, when it was sent and when it arrived.
    package struct Delivered: Hashable, Sendable {
        package var row: Int64
        package var key: Int64
        package var cohortAt: Instant
        package var reachedAt: Instant

        package init(row: Int64, key: Int64, cohortAt: Instant, reachedAt: Instant) {
            self.row = row
            self.key = key
            self.cohortAt = cohortAt
            self.reachedAt = reachedAt
        }
    }

    /// The message that a click belongs to which names only a campaign: the campaign's latest that had arrived.
    package static func message(clickedAt: Instant, among messages: [Delivered]) -> Delivered? {
        let from = clickedAt.adding(seconds: -Touch.messageSecondsMax)
        return messages.filter { $0.reachedAt <= clickedAt && $0.cohortAt >= from }
            .max { ($0.cohortAt, $0.key) < ($1.cohortAt, $1.key) }
    }

    /// The first touch of which something holds that holds of all after it.
    private static func firstIndex(in touches: [Touch], _ holds: (Touch) -> Bool) -> Int {
        var low = 0
        var high = touches.count
        while low < high {
            let middle = (low + high) / 2
            if holds(touches[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
