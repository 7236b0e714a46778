import Catalogue
import Domain
import Insights
import Storage

/// Looks at what is stored and says what is wrong now. It holds what it has read, so that the next look is cheap; it
/// keeps no findings (`FindingBook` does).
package struct Watch: Sendable {
    /// What one look saw, and what it could tell of at all.
    package struct Look: Sendable {
        package var sightings: [Sighting]
        /// Kinds that could be judged; others are left as they are.
        package var judged: Set<FindingKind>
    }

    let store: any AnalyticsStore
    let workspace: Workspace
    let planner: Planner
    /// What failed and where.
    var sends = WatchFeed(
        WatchSource(
            measures: [.message(.attempted), .message(.rejected), .message(.failed)],
            dimensions: [.template, .category, .country, .phoneNumber]))
    /// What became of what was sent.
    var reads = WatchFeed(
        WatchSource(
            measures: [
                .message(.accepted), .message(.delivered), .message(.read), .message(.failed), .message(.clicked),
            ],
            dimensions: [.template, .category, .campaign, .phoneNumber]))
    /// Who waits, for whom, how long.
    var waits = WatchFeed(
        WatchSource(
            measures: [.wait(.waits), .wait(.answered), .wait(.repeated)], durations: [.wait(.response)],
            dimensions: [.phoneNumber, .responder, .team], hourlyDays: WatchFeed.days))
    /// What conversations come from, and what comes of them.
    var talks = WatchFeed(
        WatchSource(
            measures: [.conversation(.withCustomer), .conversation(.converted)],
            dimensions: [.entry, .campaign, .template, .phoneNumber], hourlyDays: 9))
    /// Outcomes by the touch that led to them.
    var results = WatchFeed(
        WatchSource(
            measures: [.outcome(.outcomes)], dimensions: [.touch, .campaign, .template, .kind], hourlyDays: 9))
    var charges = WatchFeed(
        WatchSource(
            measures: [.charge(.messages), .charge(.charged), .charge(.cost)],
            dimensions: [.template, .category, .currency]))
    var arrivals = WatchArrivals()
    var habits = WaitHabits()
    /// The hour whose slower looks have been done.
    var hourDone: Int64?
    /// What the slower looks saw last: it counts until they look again.
    var held: [Sighting] = []
    /// Until when a silent bot explains slow replies.
    var botSilentUntil = Instant.distantPast
    var slowUntil = Instant.distantPast

    package init(store: any AnalyticsStore, workspace: Workspace) throws(Failure) {
        self.store = store
        self.workspace = workspace
        planner = Planner(reporting: try ZoneClock.named(workspace.timeZone))
    }

    var clock: ZoneClock { planner.reporting }

    /// One look, as of `now`: nothing that was sent or received later counts.
    package mutating func look(at now: Instant) async throws -> Look {
        try await arrivals.read(from: store, clock: clock, now: now)
        if let late = arrivals.sighting(now: now, clock: clock) {
            // What has not arrived says nothing of the business.
            return Look(sightings: [late], judged: [.webhooksLate])
        }
        let hour = now.seconds.flooredDivision(by: 3600)
        let isFullLook = hourDone != hour
        try await sends.read(from: store, planner: planner, now: now, rereadHours: isFullLook ? 30 : 3)
        try await waits.read(from: store, planner: planner, now: now, rereadHours: isFullLook ? 30 : 3)
        habits.learn(from: waits, today: clock.date(of: now).day, clock: clock)
        var sightings = try await deliverySightings(at: now)
        let silent = try await botSightings(at: now)
        if !silent.isEmpty { botSilentUntil = now.adding(seconds: 4 * 3600) }
        sightings += silent
        if botSilentUntil <= now {
            let slow = try await responseSightings(at: now)
            if !slow.isEmpty { slowUntil = now.adding(seconds: 24 * 3600) }
            sightings += slow
        }
        sightings += try await markSightings(at: now)
        if isFullLook {
            try await reads.read(from: store, planner: planner, now: now, rereadHours: 30)
            try await talks.read(from: store, planner: planner, now: now, rereadHours: 60)
            try await results.read(from: store, planner: planner, now: now, rereadHours: 60)
            try await charges.read(from: store, planner: planner, now: now, rereadHours: 30)
            held = try await costSightings(at: now) + outcomeSightings(at: now) + readSightings(at: now)
            held += try await repeatSightings(at: now)
            hourDone = hour
        }
        return Look(sightings: sightings + held, judged: Set(FindingKind.allCases))
    }

    /// The query behind a sentence, as `POST /api/v1/query` takes it.
    func query(
        _ metrics: [String], by dimensions: [Dimension] = [], of segment: Segment, _ range: Range<Instant>,
        grain: Grain = .total
    ) -> String {
        Query(
            metrics: metrics, dimensions: dimensions, filters: segment.filters,
            range: .instants(from: range.lowerBound, to: range.upperBound), grain: grain
        ).json(clock: clock)
    }

    static func hours(_ count: Int64, endingAt now: Instant) -> Range<Int64> {
        let end = now.seconds.flooredDivision(by: 3600) + 1
        return (end - count)..<end
    }

    static func range(_ hours: Range<Int64>) -> Range<Instant> {
        Instant(seconds: hours.lowerBound * 3600)..<Instant(seconds: hours.upperBound * 3600)
    }
}
