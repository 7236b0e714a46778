import Domain
import Testing

@testable import Catalogue

@Suite("Metrics of waits and conversations")
struct ServiceCatalogueTests {
    private static let families = [
        "response_time", "response_time_last", "first_response_time", "handoff_response_time", "response_time_business",
        "response_time_last_business", "first_response_time_business", "resolution_time",
    ]
    private static let waits = [
        "waits", "waits_answered", "waits_open", "waits_abandoned", "response_outliers", "repeat_rate",
        "extra_messages_per_wait", "sla_attainment", "sla_breaches", "unanswered_rate", "response_time_km_p50",
        "waiting_time_bot_mean", "waiting_time_queue_mean", "waiting_time_agent_mean", "waiting_time_closed_mean",
    ]
    private static let conversations = [
        "conversations", "conversations_active", "contacts_active", "contacts_new", "messages_inbound",
        "messages_outbound", "resolution_rate", "reopen_rate", "bot_containment_rate", "handoff_rate", "csat_mean",
        "csat_response_rate", "conversation_conversion_rate",
    ]

    @Test func theContractIsKept() {
        for id in Self.waits { #expect(Catalogue.metric(id)?.fact == .wait, "\(id)") }
        for id in Self.conversations { #expect(Catalogue.metric(id)?.fact == .conversation, "\(id)") }
        for family in Self.families {
            for kind in ["mean", "p50", "p90", "p95", "p99", "max"] {
                let metric = Catalogue.metric("\(family)_\(kind)")
                #expect(metric?.unit == .seconds && metric?.direction == .lowerIsBetter, "\(family)_\(kind)")
            }
        }
    }

    @Test func dimensionsAreThoseOfTheFact() throws {
        let waits = try Catalogue.requireMetric("waits").dimensions
        #expect(
            waits == [
                .phoneNumber, .responder, .agent, .team, .desk, .entry, .template, .campaign, .country, .priority,
                .shift, .weekday, .hourOfDay,
            ])
        #expect(try Catalogue.requireMetric("conversations").dimensions.contains(.handledBy))
        #expect(!waits.contains(.handledBy) && !waits.contains(.waba))
        #expect(try !Catalogue.requireMetric("messages").dimensions.contains(.shift))
        for id in ["conversations_active", "contacts_active", "contacts_new"] {
            #expect(try Catalogue.requireMetric(id).dimensions == [.phoneNumber])
        }
    }

    @Test func definitionsDiffer() {
        #expect(Set(Catalogue.metrics.map(\.definition.en)).count == Catalogue.metrics.count)
        #expect(Set(Catalogue.metrics.map(\.definition.id)).count == Catalogue.metrics.count)
    }

    @Test func factsAreThoseOfEveryMeasureAndDuration() {
        for metric in Catalogue.metrics {
            #expect(metric.facts.contains(metric.fact), "\(metric.id)")
            #expect(metric.expression.measures.allSatisfy { metric.facts.contains($0.fact) }, "\(metric.id)")
            #expect(metric.expression.durations.allSatisfy { metric.facts.contains($0.fact) }, "\(metric.id)")
            // Only costs and results are shared out over what other facts count.
            #expect(metric.facts.count == 1 || [.charge, .credit].contains(metric.fact), "\(metric.id)")
        }
    }

    @Test func whatIsNotSharedIsRefused() {
        let failure = #expect(throws: Failure.self) {
            try Query(metrics: ["messages", "waits"], dimensions: [.responder])
                .resolved(now: Instant(seconds: 1_790_000_000), workspace: Workspace())
        }
        #expect(failure?.message.en.contains("\"messages\" cannot be split by \"responder\"") == true)
    }
}

@Suite("Shifts")
struct ShiftTests {
    @Test func containment() throws {
        let night = try #require(Shift(name: "malam", from: 23 * 60, to: 7 * 60))
        #expect(night.contains(minute: 23 * 60) && night.contains(minute: 0) && night.contains(minute: 7 * 60 - 1))
        #expect(!night.contains(minute: 7 * 60) && !night.contains(minute: 23 * 60 - 1))
        let allDay = try #require(Shift(name: "24", from: 0, to: 0))
        #expect((0..<1_440).allSatisfy { allDay.contains(minute: $0) })
        // Every minute of the day is in one of the three shifts.
        for minute in 0..<1_440 { #expect(Shift.threeShifts.filter { $0.contains(minute: minute) }.count == 1) }
    }

    @Test(arguments: [("", 0, 60), ("x", 10, 60), ("x", 0, 1_440), ("x", -15, 60)])
    func wrongOnes(_ name: String, _ from: Int, _ to: Int) { #expect(Shift(name: name, from: from, to: to) == nil) }

    @Test func boundsAreTheChangesOfShift() throws {
        let clock = try ZoneClock.named("Asia/Jakarta")
        let from = try #require(RFC3339.parse("2026-10-01T00:00:00+07:00"))
        let to = try #require(RFC3339.parse("2026-10-02T12:00:00+07:00"))
        let fine = FineTime([.shift], shifts: Shift.threeShifts)
        let bounds = try #require(fine.boundaries(of: from..<to, clock: clock, max: 100)).sorted()
        #expect(
            bounds.map { String(clock.rfc3339($0).dropFirst(8).prefix(8)) } == [
                "01T00:00", "01T07:00", "01T15:00", "01T23:00", "02T07:00", "02T12:00",
            ])
        #expect(FineTime([.team], shifts: Shift.threeShifts).boundaries(of: from..<to, clock: clock, max: 9) == [])
        #expect(fine.boundaries(of: from..<to, clock: clock, max: 3) == nil)
    }

    @Test func clocksThatGoBackShowAMinuteTwice() throws {
        // In Berlin 03:00 becomes 02:00 on 2026-10-25: 02:30 comes at 00:30Z and at 01:30Z.
        let clock = try ZoneClock.named("Europe/Berlin")
        let from = try #require(RFC3339.parse("2026-10-25T00:00:00Z"))
        let bounds = try #require(
            clock.boundaries(of: from..<from.adding(seconds: 7200), atMinutes: [150], max: 100))
        let after = bounds.map { ($0.seconds - from.seconds) / 60 }
        #expect(after == [0, 30, 60, 90, 120])
    }

    @Test func boundsAreWholeMinutesWhereverTheRangeBegins() throws {
        let from = Instant(microseconds: 1_500_000)
        let bounds = try #require(
            ZoneClock.utc.boundaries(of: from..<Instant(seconds: 3600), atMinutes: [15], max: 9))
        #expect(bounds == [from, Instant(seconds: 900), Instant(seconds: 3600)])
    }

    @Test func unknownShiftsAreRefused() {
        let query = Query(metrics: ["waits"], filters: [Filter(dimension: .shift, op: .isIn, values: ["sore"])])
        let failure = #expect(throws: Failure.self) {
            try query.resolved(now: Instant(seconds: 1_790_000_000), workspace: Workspace())
        }
        #expect(failure?.message.en.contains("pagi, siang, malam") == true)
    }
}
