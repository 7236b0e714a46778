/// What a change of calendars changes: for whom, and when. Waits outside of it keep their figures.
package struct HoursDifference: Hashable, Sendable {
    private let old: HoursBook
    private let new: HoursBook
    private let byPassage: [Passage: [Range<Instant>]]

    /// From whose hours to whose. Many numbers and teams share one.
    private struct Passage: Hashable, Sendable {
        var old: WorkCalendar.Scope?
        var new: WorkCalendar.Scope?
    }

    /// Differences closer together than this are one span: when Mondays change, so does the whole time.
    private static let gapMicroseconds: Int64 = 8 * 86_400 * 1_000_000

    /// Looks at `range` only: from the first wait on, until `OpenHours.daysAheadMax` days from now, since the time by
    /// which an open wait is due may lie that far ahead.
    package init(from old: HoursBook, to new: HoursBook, over range: Range<Instant>) {
        self.old = old
        self.new = new
        var teams: Set<String?> = [nil]
        var numbers: Set<PhoneNumberID?> = [nil]
        for calendar in old.calendars + new.calendars {
            switch calendar.scope {
            case .workspace: break
            case .phoneNumber(let number): numbers.insert(number)
            case .team(let team): teams.insert(team)
            }
        }
        var spans: [Passage: [Range<Instant>]] = [:]
        for team in teams {
            for number in numbers {
                let passage = Passage(
                    old: old.scope(phoneNumber: number, team: team), new: new.scope(phoneNumber: number, team: team))
                guard spans[passage] == nil else { continue }
                spans[passage] = Self.spans(
                    from: passage.old.flatMap { old.hours(of: $0) }, to: passage.new.flatMap { new.hours(of: $0) },
                    over: range)
            }
        }
        byPassage = spans
    }

    package var isEmpty: Bool { byPassage.values.allSatisfy(\.isEmpty) }

    /// When open time differs for a wait at this number and team: ascending, few, and never less than what differs.
    package func spans(phoneNumber: PhoneNumberID?, team: String?) -> [Range<Instant>] {
        let passage = Passage(
            old: old.scope(phoneNumber: phoneNumber, team: team), new: new.scope(phoneNumber: phoneNumber, team: team))
        return byPassage[passage] ?? []
    }

    /// Whether the figures of a wait over this time may differ. An open wait lasts until `distantFuture`.
    package func touches(from: Instant, to: Instant, phoneNumber: PhoneNumberID?, team: String?) -> Bool {
        spans(phoneNumber: phoneNumber, team: team).contains { $0.lowerBound < to && from < $0.upperBound }
    }

    /// When anybody's open time differs: ascending, few.
    package var spans: [Range<Instant>] { Self.merged(byPassage.values.flatMap { $0 }) }

    private static func spans(
        from old: OpenHours?, to new: OpenHours?, over range: Range<Instant>
    ) -> [Range<Instant>] {
        guard old != new, !range.isEmpty else { return [] }
        // With hours where there were none, and the other way round, every figure appears or goes.
        guard let old, let new else { return [range] }
        let edges = [old, new].flatMap { hours in
            hours.openIntervals(from: range.lowerBound, to: range.upperBound).flatMap {
                [$0.lowerBound, $0.upperBound]
            }
        }
        // Each edge turns "one of the two is open, the other is not" over; two at one instant cancel out.
        var spans: [Range<Instant>] = []
        var start: Instant?
        for edge in edges.sorted() {
            if let from = start {
                if from < edge { spans.append(from..<edge) }
                start = nil
            } else {
                start = edge
            }
        }
        return merged(spans)
    }

    private static func merged(_ spans: [Range<Instant>]) -> [Range<Instant>] {
        var merged: [Range<Instant>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound.microseconds(since: last.upperBound) < gapMicroseconds {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}
