import Catalogue
import Domain
import Insights
import Storage

/// What shows only over a day or more: reading, repeated questions, messages that nothing is heard of.
extension Watch {
    private static let unread = WatchRate(
        bad: { Double($0[1] &- $0[2]) }, base: { Double($0[1]) })
    private static let hanging = WatchRate(
        bad: { Double($0[0] &- $0[1] &- $0[3]) }, base: { Double($0[0]) })
    private static let repeated = WatchRate(
        bad: { Double($0[2]) }, base: { Double($0[0]) })

    /// Messages take a day to be read, and longer for a word to come of phones that are off.
    private static let readHours: Int64 = 20
    private static let hangHours: Int64 = 40

    func readSightings(at now: Instant) async throws -> [Sighting] {
        var sightings: [Sighting] = []
        let limits = RateScan.Limits(excessMin: 20, ratioMin: 1.35, riseMin: 0.15, scoreMin: 5, depth: 2)
        if let (shift, window) = worst(Self.unread, older: Self.readHours, limits, at: now) {
            let range = Self.range(window.hours)
            let query = query(["read_rate", "messages_delivered"], of: shift.segment, range, grain: .day)
            let play = Playbook.reading(shift, hours: Double(window.hours.count), query: query)
            var sighting = sighting(.readDown, "read_rate", shift, window, play, query)
            sighting.evidence.value = 1 - shift.rate
            sighting.evidence.expected = 1 - shift.expectedRate
            sightings.append(sighting)
        }
        let hanging = RateScan.Limits(excessMin: 15, ratioMin: 2, riseMin: 0.10, scoreMin: 5, depth: 2)
        if let (shift, window) = worst(Self.hanging, older: Self.hangHours, hanging, at: now) {
            let range = Self.range(window.hours)
            let query = query(["messages_pending", "messages_expired", "messages"], of: shift.segment, range)
            let play = Playbook.silentFailure(shift, hours: Double(window.hours.count), query: query)
            sightings.append(sighting(.silentFailure, "messages_pending", shift, window, play, query))
        }
        return sightings
    }

    func repeatSightings(at now: Instant) async throws -> [Sighting] {
        // Whoever waits long writes again: that is told of the waiting.
        guard botSilentUntil <= now, slowUntil <= now else { return [] }
        let window = WatchWindow(
            feed: waits, rate: Self.repeated, hours: Self.hours(48, endingAt: now), kin: .responder, clock: clock)
        guard window.daysKnown >= Self.daysMin else { return [] }
        let table = window.table()
        let scan = RateScan(
            RateScan.Limits(excessMin: 15, ratioMin: 1.6, riseMin: 0.15, scoreMin: 5.5, depth: 2))
        guard let shift = scan.worst(of: table, spread: { window.spread($0, table: table, floor: 0.05) }) else {
            return []
        }
        let query = query(["repeat_rate", "waits"], of: shift.segment, Self.range(window.hours), grain: .day)
        let play = Playbook.repeats(shift, hours: 48, query: query)
        return [sighting(.repeatsUp, "repeat_rate", shift, window, play, query)]
    }

    /// A day's messages, old enough to say, against the weeks before.
    private func worst(
        _ rate: WatchRate, older hours: Int64, _ limits: RateScan.Limits, at now: Instant
    ) -> (SegmentShift, WatchWindow)? {
        let end = now.seconds.flooredDivision(by: 3600) - hours
        let window = WatchWindow(
            feed: reads, rate: rate, hours: (end - 24)..<end, kin: .category, clock: clock)
        guard window.daysKnown >= Self.daysMin else { return nil }
        let table = window.table()
        let scan = RateScan(limits)
        return scan.worst(of: table, spread: { window.spread($0, table: table, floor: 0.02) }).map { ($0, window) }
    }

    private func sighting(
        _ kind: FindingKind, _ metric: String, _ shift: SegmentShift, _ window: WatchWindow, _ play: Play,
        _ query: String
    ) -> Sighting {
        let points = window.points(shift.segment, expectedRate: shift.expectedRate, hoursBefore: 24)
        let since =
            WatchWindow.onset(points, expectedRate: shift.expectedRate)
            ?? Instant(seconds: window.hours.lowerBound * 3600)
        return Sighting(
            kind: kind, metric: metric, segment: shift.segment, severity: play.severity, since: since,
            seenAt: Instant(seconds: window.hours.upperBound * 3600), title: play.title, causes: play.causes,
            impact: play.impact, action: play.action,
            evidence: Evidence(
                points: points, value: shift.rate, expected: shift.expectedRate, sample: Int64(shift.base),
                surprise: Surprise.exponent(ofScore: shift.score), query: query))
    }
}
