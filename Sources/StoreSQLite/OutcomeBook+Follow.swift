import Domain
import GRDB
import Ledgers

/// What follows from what changed: credits, values, and what is known of messages.
extension OutcomeBook {
    /// Brings everything up to date that rests on what was noted since the last call.
    /// - Parameter change: changes the flags of a message's row.
    func follow(change: (_ row: Int64, (MessageFlags) -> MessageFlags) throws -> Void, _ db: Database) throws {
        try settleArrivals()
        let (stretches, loose) = takeTouched()
        for id in loose {
            guard let row = try table.row(id), row.person == 0 else { continue }
            let new = try table.counted(
                row.state, isMatched: false, credits: [], lastTouch: nil, convert: convert)
            try table.replace(row.counted, by: new, row: id)
        }
        for (person, stretch) in stretches { try refold(person, stretch, change, db) }
    }

    private func refold(
        _ person: Int64, _ touched: Stretch,
        _ change: (Int64, (MessageFlags) -> MessageFlags) throws -> Void, _ db: Database
    ) throws {
        var stretch = touched
        var opened = try followClicks(of: person, &stretch)
        opened.formUnion(stretch.released)
        for row in opened { try markOpened(row, change) }
        var inner = stretch.outcomes
        if let changes = stretch.touches {
            let affected = AttributionLedger.affected(by: changes, settings.attribution)
            inner.extend(to: affected.lowerBound)
            inner.extend(to: affected.upperBound)
        }
        guard let inner else { return }
        // A message far from any outcome: neither a credit nor a mark can change.
        guard try stretch.outcomes != nil || table.hasAny(of: person, from: inner.lowerBound, to: inner.upperBound)
        else { return }
        let outer = AttributionLedger.neighbourhood(of: inner, settings.attribution)
        var near = try table.neighbours(of: person, from: outer.lowerBound, to: outer.upperBound)
        near.sort { ($0.at, $0.hash) < ($1.at, $1.hash) }
        try credit(near, inner, stretch.released, of: person, db)
        try markFollowed(person, stretch, change)
    }

    // MARK: Credits

    private struct Settled {
        var row: OutcomeTable.Neighbour
        /// Nil for those that only share messages with what changed.
        var state: OutcomeState?
        var lastTouch: Touch?
    }

    /// Shares the outcomes of a stretch anew, and says which of them, or of their neighbours, converted each message.
    private func credit(
        _ near: [OutcomeTable.Neighbour], _ inner: ClosedRange<Instant>, _ released: Set<Int64>, of person: Int64,
        _ db: Database
    ) throws {
        var settled = near.map { Settled(row: $0) }
        var credits = near.map { $0.counted?.credits ?? [] }
        var messages = released
        var changed: [Int] = []
        for index in near.indices where inner.contains(near[index].at) {
            messages.formUnion(credits[index].compactMap { $0.touch.message?.row })
            settled[index].state = try table.row(near[index].id)?.state
            changed.append(index)
        }
        let touches = try touches(for: changed.compactMap { settled[$0].state }, of: person, db)
        for index in changed {
            credits[index] = []
            guard let state = settled[index].state, state.standing == .confirmed else { continue }
            let outcome = ledgerOutcome(state, hash: near[index].hash)
            settled[index].lastTouch = AttributionLedger.touches(before: outcome, among: touches).last
            credits[index] = AttributionLedger.credits(of: outcome, touches: touches).map {
                var credit = $0
                credit.touch.key = 0
                return credit
            }
            messages.formUnion(credits[index].compactMap { $0.touch.message?.row })
        }
        AttributionLedger.markConverted(&credits, of: messages)
        for index in near.indices {
            var new = near[index].counted
            if let state = settled[index].state {
                new = try table.counted(
                    state, isMatched: true, credits: credits[index], lastTouch: settled[index].lastTouch,
                    convert: convert)
            } else {
                new?.credits = credits[index]
            }
            try table.replace(near[index].counted, by: new, row: near[index].id)
        }
    }

    private func ledgerOutcome(_ state: OutcomeState, hash: Int64) -> AttributionLedger.Outcome {
        AttributionLedger.Outcome(
            at: state.at, key: hash, lookbackSeconds: settings.attribution.lookback(for: state.kind?.value ?? ""))
    }

    private func touches(for states: [OutcomeState], of person: Int64, _ db: Database) throws -> [Touch] {
        let counted = states.filter { $0.standing == .confirmed }.map(\.at)
        guard let first = counted.min(), let last = counted.max() else { return [] }
        let from = first.adding(seconds: -settings.attribution.longestLookback)
        return try reader.touches(of: person, from: from, to: last, db)
    }

    // MARK: Messages

    /// Says of messages whether an outcome came within a week of them.
    private func markFollowed(
        _ person: Int64, _ stretch: Stretch, _ change: (Int64, (MessageFlags) -> MessageFlags) throws -> Void
    ) throws {
        let week = AttributionLedger.followSeconds
        var sent = stretch.touches
        if let outcomes = stretch.outcomes {
            sent.extend(to: outcomes.lowerBound.adding(seconds: -week))
            sent.extend(to: outcomes.upperBound)
        }
        guard let sent else { return }
        let messages = try reader.messages(of: person, from: sent.lowerBound, to: sent.upperBound)
        guard !messages.isEmpty else { return }
        let outcomes = try table.times(
            of: person, from: sent.lowerBound, to: sent.upperBound.adding(seconds: week))
        for message in messages {
            let isFollowed = AttributionLedger.isFollowed(sentAt: message.cohortAt, by: outcomes)
            guard isFollowed != message.flags.contains(.outcomeFollowed) else { continue }
            try change(message.row) {
                (isFollowed ? $0.union(.outcomeFollowed) : $0.subtracting(.outcomeFollowed)).settled
            }
        }
    }

    private func markOpened(
        _ row: Int64, _ change: (Int64, (MessageFlags) -> MessageFlags) throws -> Void
    ) throws {
        guard let message = try places.message(row: row) else { return }
        let isOpened = try clicks.isOpened(message: row, by: message.person)
        guard isOpened != message.flags.contains(.linkOpenedByPerson) else { return }
        try change(row) {
            (isOpened ? $0.union(.linkOpenedByPerson) : $0.subtracting(.linkOpenedByPerson)).settled
        }
    }

    /// Finds the messages of openings that name only a campaign; widens the stretch by those that changed. Returns the
    /// messages that gained or lost one.
    private func followClicks(of person: Int64, _ stretch: inout Stretch) throws -> Set<Int64> {
        var changed: Set<Int64> = []
        guard let touches = stretch.touches else { return [] }
        let to = touches.upperBound.adding(seconds: Touch.messageSecondsMax)
        for click in try clicks.clicks(of: person, from: touches.lowerBound, to: to) {
            // A message that came, or whose flags were just made anew, is told again that it was opened.
            if let row = click.message { changed.insert(row) }
            let link = try clicks.link(click.code)
            guard click.click.message == nil, link?.link.message == nil else { continue }
            let campaign = click.click.campaign ?? link?.link.campaign
            let found = try campaign.flatMap { try message(of: MessageFact.label($0), before: click.click.at, person) }
            guard found != click.message else { continue }
            try clicks.settle(click.row, person: click.person, message: found)
            changed.formUnion([click.message, found].compactMap { $0 })
            stretch.touches.extend(to: click.click.at)
        }
        return changed
    }

    private func message(of campaign: String, before at: Instant, _ person: Int64) throws -> Int64? {
        let from = at.adding(seconds: -Touch.messageSecondsMax)
        let delivered = try reader.messages(of: person, from: from, to: at).compactMap { message in
            message.reachedAt.flatMap { reachedAt in
                reader.campaign(message) == campaign
                    ? AttributionLedger.Delivered(
                        row: message.row, key: message.hash, cohortAt: message.cohortAt, reachedAt: reachedAt) : nil
            }
        }
        return AttributionLedger.message(clickedAt: at, among: delivered)?.row
    }
}
