import Domain
import Testing

@testable import Catalogue

@Suite("Plans")
struct PlannerTests {
    private let jakarta: ZoneClock
    private let planner: Planner

    init() throws {
        jakarta = try ZoneClock.named("Asia/Jakarta")
        planner = Planner(reporting: jakarta)
    }

    private func midnight(_ date: String, _ clock: ZoneClock? = nil) throws -> Instant {
        (clock ?? jakarta).instant(of: try #require(LocalDate(date)))
    }

    private func parts(
        _ boundaries: [Instant], _ dimensions: [Dimension] = [], _ filters: [Filter] = [],
        durations: Set<FactDuration> = [], measures: Set<Measure> = [.message(.accepted)]
    ) -> [Planner.Part] {
        planner.parts(
            Planner.Order(
                boundaries: boundaries, measures: measures, durations: durations, dimensions: dimensions,
                filters: filters))
    }

    @Test func wholeDaysOfTheReportingZoneComeFromDayCells() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02"), try midnight("2026-10-03")]
        let parts = parts(bounds, [.template])
        #expect(parts.count == 1)
        #expect(parts[0].plan.source == .cells(.delivery, .day))
        #expect(parts[0].plan.boundaries == bounds)
        #expect(parts[0].buckets == [0, 1])
    }

    @Test func daysOfAnotherZoneComeFromQuarterHours() throws {
        let makassar = try ZoneClock.named("Asia/Makassar")
        let bounds = [try midnight("2026-10-01", makassar), try midnight("2026-10-02", makassar)]
        #expect(parts(bounds).map(\.plan.source) == [.cells(.delivery, .quarterHour)])
    }

    @Test func equalOffsetsAreNotEqualZones() throws {
        // Lagos and Berlin agree in winter; across the change of clocks their midnights part.
        let (berlin, lagos) = (try ZoneClock.named("Europe/Berlin"), try ZoneClock.named("Africa/Lagos"))
        let planner = Planner(reporting: berlin)
        let days = { (dates: [String]) in try dates.map { try self.midnight($0, lagos) } }
        let source = { (bounds: [Instant]) in
            planner.parts(Planner.Order(boundaries: bounds, measures: [.message(.accepted)]))
                .map(\.plan.source)
        }
        #expect(source(try days(["2026-01-10", "2026-01-11"])) == [.cells(.delivery, .day)])
        #expect(source(try days(["2026-07-10", "2026-07-11"])) == [.cells(.delivery, .quarterHour)])
    }

    @Test func raggedEndsComeFromQuarterHours() throws {
        let from = try midnight("2026-10-01").adding(seconds: 3600)
        let to = try midnight("2026-10-05").adding(seconds: 900)
        let parts = parts([from, to])
        #expect(
            parts.map(\.plan.source) == [
                .cells(.delivery, .quarterHour), .cells(.delivery, .day), .cells(.delivery, .quarterHour),
            ])
        #expect(
            parts.map(\.plan.boundaries) == [
                [from, try midnight("2026-10-02")], [try midnight("2026-10-02"), try midnight("2026-10-05")],
                [try midnight("2026-10-05"), to],
            ])
        #expect(parts.map(\.buckets) == [[0], [0], [0]])
    }

    @Test func bucketsKeepTheirNumbers() throws {
        let bounds = [
            try midnight("2026-10-01"), try midnight("2026-10-02"), try midnight("2026-10-03"),
            try midnight("2026-10-03").adding(seconds: 7200),
        ]
        let parts = parts(bounds)
        #expect(parts.map(\.buckets) == [[0, 1], [2]])
    }

    @Test func hoursComeFromQuarterHours() throws {
        let start = try midnight("2026-10-01")
        let bounds = (0...24).map { start.adding(seconds: Int64($0) * 3600) }
        #expect(parts(bounds).map(\.plan.source) == [.cells(.delivery, .quarterHour)])
    }

    @Test func oddMinutesAreCountedFromFacts() throws {
        let start = try midnight("2026-10-01")
        #expect(parts([start, start.adding(seconds: 60)]).map(\.plan.source) == [.facts])
    }

    @Test func theFirstCubeThatHasAll() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02")]
        let country = Filter(dimension: .country, op: .isIn, values: ["ID"])
        #expect(parts(bounds, [.useCase]).map(\.plan.source) == [.cells(.delivery, .day)])
        #expect(parts(bounds, [.template]).map(\.plan.source) == [.cells(.delivery, .day)])
        #expect(parts(bounds, [.agent]).map(\.plan.source) == [.cells(.sender, .day)])
        #expect(parts(bounds, [.errorCode]).map(\.plan.source) == [.cells(.failure, .day)])
        #expect(parts(bounds, [.campaign]).map(\.plan.source) == [.cells(.delivery, .day)])
        #expect(parts(bounds, [.template], [country]).map(\.plan.source) == [.cells(.failure, .day)])
        #expect(parts(bounds, [.agent], [country]).map(\.plan.source) == [.facts])
        #expect(parts(bounds, durations: [.message(.timeToRead)]).map(\.plan.source) == [.cells(.delivery, .day)])
        #expect(parts(bounds, [.country], durations: [.message(.timeToRead)]).map(\.plan.source) == [.facts])
    }

    @Test func cubesOfWaits() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02")]
        let source = { (dimensions: [Dimension], durations: Set<FactDuration>) in
            self.parts(bounds, dimensions, durations: durations, measures: [.wait(.waits)]).map(\.plan.source)
        }
        #expect(source([.responder], [.wait(.responseLast)]) == [.cells(.response, .day)])
        #expect(source([.agent], [.wait(.response)]) == [.cells(.responder, .day)])
        // The cube of agents keeps no time from the last message, and that of causes keeps no times at all.
        #expect(source([.agent], [.wait(.responseLast)]) == [.facts])
        #expect(source([.country], []) == [.cells(.cause, .day)])
        #expect(source([.country], [.wait(.response)]) == [.facts])
        #expect(source([.shift], []) == [.cells(.response, .day)])
    }

    @Test func everyFactHasItsOwnPlan() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02")]
        let plans = parts(
            bounds, [.phoneNumber], durations: [.conversation(.resolution)],
            measures: [.wait(.answered), .message(.accepted), .wait(.waits)]
        ).map(\.plan)
        #expect(plans.map(\.fact) == [.message, .wait, .conversation])
        #expect(
            plans.map(\.measures) == [
                [.message(.accepted)], [.wait(.waits), .wait(.answered)], [.conversation(.conversations)],
            ])
        #expect(plans.map(\.durations) == [[], [], [.conversation(.resolution)]])
    }

    @Test func whatCellsCannotHoldIsCountedAlone() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02"), try midnight("2026-10-03")]
        let order = Planner.Order(
            boundaries: bounds,
            measures: [.conversation(.contactsActive), .conversation(.conversations), .wait(.answered)],
            durations: [.wait(.response), .wait(.openFor)], dimensions: [.phoneNumber], asOf: Instant(seconds: 7))
        let plans = planner.parts(order).map(\.plan)
        #expect(
            plans.map(\.source) == [
                .cells(.response, .day), .facts, .cells(.conversation, .day), .contacts(lastDay: bounds[2]),
            ])
        #expect(
            plans.map(\.measures) == [
                [.wait(.answered)], [], [.conversation(.conversations)], [.conversation(.contactsActive)],
            ])
        #expect(plans.map(\.durations) == [[.wait(.response)], [.wait(.openFor)], [], []])
        #expect(plans.allSatisfy { $0.boundaries == bounds && $0.asOf == Instant(seconds: 7) })
    }

    @Test func temporalDimensionsStayWithTheCaller() throws {
        let bounds = [try midnight("2026-10-01"), try midnight("2026-10-02")]
        let monday = Filter(dimension: .weekday, op: .isIn, values: ["1"])
        let parts = parts(bounds, [.weekday, .template], [monday])
        #expect(parts[0].plan.dimensions == [.template])
        #expect(parts[0].plan.filters.isEmpty)
    }

    @Test func allSourcesCoverTheRangeOnce() throws {
        let clock = try ZoneClock.named("Asia/Kathmandu")
        for hours in [1, 5, 23, 49, 200] {
            let from = Instant(seconds: 1_780_000_200 / 900 * 900)
            let to = from.adding(seconds: Int64(hours) * 3600)
            let bounds = try #require(clock.boundaries(of: from..<to, grain: .day, max: 1000))
            let parts = parts(bounds)
            var at = from
            for part in parts {
                #expect(part.plan.boundaries.first == at)
                #expect(part.buckets.count == part.plan.boundaries.count - 1)
                at = try #require(part.plan.boundaries.last)
            }
            #expect(at == to)
        }
    }
}
