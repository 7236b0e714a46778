import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension
import struct Catalogue.Table

/// Any order, any repetition, any division into batches: the same facts, cells and answers.
@Suite struct PermutationTests {
    @Test(arguments: 0..<40) func orderAndRepetitionChangeNothing(seed: Int) async throws {
        try await withDirectory { directory in
            var happenings = Happenings(seed: UInt64(seed))
            let events = happenings.events(count: 60)
            let first = try await store(directory, "first")
            try await fill(first, [events])
            let expected = try await Snapshot(first)
            #expect(try await first.auditCells() == [])
            let second = try await store(directory, "second")
            for _ in 0..<15 {
                try await second.reset()
                let disturbed = happenings.disturbed(events)
                try await fill(second, happenings.batches(disturbed))
                #expect(try await Snapshot(second) == expected)
                #expect(try await second.auditCells() == [])
                #expect(try await first.auditFacts(against: second) == [])
            }
        }
    }

    /// The same with prices that depend on the order of a month, and outcomes credited to what came before them.
    @Test(arguments: 0..<10) func orderAndRepetitionChangeNoMoney(seed: Int) async throws {
        try await withDirectory { directory in
            var happenings = Happenings(seed: 1_000 + UInt64(seed))
            let events = Happenings.tradeSettings + happenings.events(count: 40) + happenings.tradeEvents(count: 60)
            let end = Happenings.start.adding(seconds: (seed % 3 == 0 ? 8 : 40) * 86_400)
            let first = try await store(directory, "first")
            try await fill(first, [events], asOf: end)
            let expected = try await Snapshot(first)
            #expect(try await first.auditCells() == [])
            let second = try await store(directory, "second")
            for _ in 0..<6 {
                try await second.reset()
                let disturbed = happenings.disturbed(events)
                try await fill(second, happenings.batches(disturbed), asOf: end)
                #expect(try await Snapshot(second) == expected)
                #expect(try await second.auditCells() == [])
                #expect(try await first.auditFacts(against: second) == [])
            }
        }
    }

    /// A day that is replayed on top of itself leaves every number as it was (field case 20).
    @Test func replayOnTopChangesNothing() async throws {
        try await withDirectory { directory in
            var happenings = Happenings(seed: 99)
            let events = happenings.events(count: 200)
            let store = try await store(directory, "one")
            try await fill(store, happenings.batches(events))
            let before = try await Snapshot(store)
            try await fill(store, happenings.batches(events), after: 10_000)
            #expect(try await Snapshot(store) == before)
            #expect(try await store.auditCells() == [])
        }
    }

    /// Time passing turns silence into `expired`; when it is noticed does not matter.
    @Test func expiryDoesNotDependOnWhenItIsNoticed() async throws {
        try await withDirectory { directory in
            var happenings = Happenings(seed: 7)
            let events = happenings.events(count: 150)
            let end = Happenings.start.adding(seconds: 60 * 86_400)
            let early = try await store(directory, "early")
            try await fill(early, [events], asOf: Happenings.start)
            try await sweep(early, asOf: Happenings.start.adding(seconds: 3 * 86_400))
            try await sweep(early, asOf: end)
            let late = try await store(directory, "late")
            try await fill(late, happenings.batches(happenings.disturbed(events)), asOf: end)
            #expect(try await Snapshot(early) == Snapshot(late))
            #expect(try await early.auditCells() == [])
            #expect(try await early.auditFacts(against: late) == [])
        }
    }

    // MARK: Parts

    private func store(_ directory: URL, _ name: String) async throws -> SQLiteStore {
        let store = try SQLiteStore(path: directory.appending(path: "\(name).sqlite").path, zone: "Asia/Jakarta")
        try await store.migrate()
        return store
    }

    private func fill(
        _ store: SQLiteStore, _ batches: [[Event]], after: Int64 = 0,
        asOf: Instant = Happenings.start.adding(seconds: 10 * 86_400)
    ) async throws {
        var cursor = max(after, try await store.cursor())
        for batch in batches {
            cursor += 1
            // Every event keeps its receipt time whatever its place, as a delivery does in the inbox.
            let items = batch.map {
                ProjectionBatch.Item(event: $0, receivedAt: Happenings.start, source: .metaWebhook)
            }
            try await store.apply(
                ProjectionBatch(items: items, cursor: cursor, receivedAt: Happenings.start, asOf: asOf))
        }
        while try await store.recountStale() {}
    }

    private func sweep(_ store: SQLiteStore, asOf: Instant) async throws {
        try await store.apply(
            ProjectionBatch(items: [], cursor: store.cursor(), receivedAt: Happenings.start, asOf: asOf))
    }
}

/// Everything that a store answers, without the numbers that depend on the order of arrival.
struct Snapshot: Equatable {
    var facts: [Fact: [Int64: UInt64]] = [:]
    var answers: [Set<Table.Row>]
    var timeline: [TimelineMark]

    init(_ store: SQLiteStore) async throws {
        for fact in Fact.allCases { facts[fact] = try await store.factDigests(fact) }
        answers = []
        let start = Happenings.start
        let days = (-1...8).map { start.adding(seconds: Int64($0) * 86_400 - 7 * 3_600) }
        for cube in Cube.allCases {
            for source in [Plan.Source.cells(cube, .day), .cells(cube, .quarterHour), .facts] {
                let plan = Plan(
                    fact: cube.fact, source: source, boundaries: days,
                    measures: Measure.all(of: cube.fact).filter { !$0.isDistinct }, durations: cube.durations,
                    dimensions: cube.dimensions)
                answers.append(Set(try await store.run(plan).rows.filter { !$0.sums.allSatisfy { $0 == 0 } }))
            }
            // Day cells, quarter-hour cells and facts tell the same.
            let last = answers.suffix(3)
            #expect(last.allSatisfy { $0 == last.first })
        }
        answers += try await Self.contacts(store)
        timeline = try await store.timeline(.distantPast..<(.distantFuture), limit: 10_000)
    }

    /// People by days, which are those that the threads themselves tell; also where the range ends within a day.
    private static func contacts(_ store: SQLiteStore) async throws -> [Set<Table.Row>] {
        let midnight = Happenings.start.adding(seconds: -7 * 3_600)
        func day(_ number: Int64) -> Instant { midnight.adding(seconds: number * 86_400) }
        let numbers = [
            Filter(dimension: .phoneNumber, op: .isIn, values: ["pn-1"]),
            Filter(dimension: .phoneNumber, op: .notIn, values: ["pn-1"]),
            Filter(dimension: .phoneNumber, op: .notNull),
        ]
        // The last bound, where it is not a midnight, and the start of its day.
        let within = (day(5).adding(seconds: 11 * 3_600 + 900), day(5))
        var questions: [(boundaries: [Instant], lastDay: Instant, filters: [Filter], split: [Dimension])] = []
        questions.append(((-1...8).map(day), day(8), [], []))
        questions.append(([day(1), day(3), day(6)], day(6), [], [.phoneNumber]))
        questions.append(([day(2), day(4), within.0], within.1, [], []))
        questions.append(([day(5), within.0], within.1, [], [.phoneNumber]))
        for number in numbers { questions.append(([day(3), within.0], within.1, [number], [])) }
        var answers: [Set<Table.Row>] = []
        for (boundaries, lastDay, filters, dimensions) in questions {
            var told: [Set<Table.Row>] = []
            for source in [Plan.Source.contacts(lastDay: lastDay), .facts] {
                let plan = Plan(
                    fact: .conversation, source: source, boundaries: boundaries,
                    measures: [.conversation(.contactsActive), .conversation(.contactsNew)], dimensions: dimensions,
                    filters: filters)
                told.append(Set(try await store.run(plan).rows.filter { !$0.sums.allSatisfy { $0 == 0 } }))
            }
            #expect(told[0] == told[1])
            answers.append(told[0])
        }
        return answers
    }
}
