import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

import struct Catalogue.Table

/// Outcomes, credits and what they say of messages: the same in any order, and as a fold of everything gives them.
@Suite struct OutcomePermutationTests {
    private static let rules = [
        OutcomeRule(trigger: .tap(payloadPrefix: "BOOK"), kind: "booking"),
        OutcomeRule(trigger: .flow(tokenPrefix: "lead"), kind: "lead", value: Money(micros: 7, currency: "IDR")),
        OutcomeRule(trigger: .order, kind: "order"),
        OutcomeRule(trigger: .automatic(name: "Purchase"), kind: "purchase_detected"),
    ]
    /// Short windows among few days, so that they are met and missed.
    private static let windows = AttributionSettings(
        lookbackSeconds: 2 * 86_400, lookbackByKind: ["lead": 12 * 3_600, "booking": 5 * 86_400])

    @Test(arguments: 0..<24) func orderAndRepetitionChangeNothing(seed: Int) async throws {
        try await withDirectory { directory in
            var happenings = OutcomeHappenings(seed: UInt64(seed))
            let events = happenings.events(count: 90)
            let first = try await store(directory, "first")
            try await fill(first, [events])
            let expected = try await OutcomeSnapshot(first)
            #expect(try await first.auditCells() == [])
            #expect(try await first.auditCredits() == [])
            let second = try await store(directory, "second")
            for _ in 0..<5 {
                try await second.reset()
                try await fill(second, happenings.batches(happenings.disturbed(events)))
                let differences = try await OutcomeSnapshot(second).differences(from: expected)
                #expect(differences == [])
                #expect(try await second.auditCells() == [])
                #expect(try await second.auditCredits() == [])
            }
        }
    }

    /// Rules and windows that change afterwards give the same as if they had always held.
    @Test(arguments: 0..<12) func settingsAreCountedIntoThePast(seed: Int) async throws {
        try await withDirectory { directory in
            var happenings = OutcomeHappenings(seed: UInt64(seed) &+ 900)
            let events = happenings.events(count: 80)
            let first = try await store(directory, "first")
            try await fill(first, [events])
            let late = try await store(directory, "late")
            try await fill(late, happenings.batches(happenings.disturbed(events)), settings: false)
            try await fill(late, [[.outcomeRules(Self.rules), .attribution(Self.windows)]], settings: false)
            while try await late.recountStale() {}
            let differences = try await OutcomeSnapshot(late).differences(from: OutcomeSnapshot(first))
            #expect(differences == [])
            #expect(try await late.auditCells() == [])
        }
    }

    // MARK: Parts

    private func store(_ directory: URL, _ name: String) async throws -> SQLiteStore {
        let store = try SQLiteStore(path: directory.appending(path: "\(name).sqlite").path, zone: "Asia/Jakarta")
        try await store.migrate()
        return store
    }

    private func fill(_ store: SQLiteStore, _ batches: [[Event]], settings: Bool = true) async throws {
        var all = batches
        if settings { all.insert([.outcomeRules(Self.rules), .attribution(Self.windows)], at: 0) }
        var cursor = try await store.cursor()
        for batch in all {
            cursor += 1
            let items = batch.map {
                ProjectionBatch.Item(event: $0, receivedAt: Happenings.start, source: .metaWebhook)
            }
            try await store.apply(
                ProjectionBatch(
                    items: items, cursor: cursor, receivedAt: Happenings.start,
                    asOf: Happenings.start.adding(seconds: 10 * 86_400)))
        }
        while try await store.recountStale() {}
    }
}

/// What a store tells of outcomes, without the numbers that depend on the order of arrival.
struct OutcomeSnapshot: Equatable {
    var outcomes: [Int64: UInt64]
    var messages: [Int64: UInt64]
    var rows: [OutcomeRow]
    var answers: [Set<Table.Row>] = []

    init(_ store: SQLiteStore) async throws {
        outcomes = try await store.factDigests(.outcome)
        messages = try await store.factDigests(.message)
        rows = try await store.outcomes(
            OutcomeSelection(range: .distantPast..<(.distantFuture), limit: 1_000)
        ).sorted { ($0.source, $0.id) < ($1.source, $1.id) }
        let days = (-1...8).map { Happenings.start.adding(seconds: Int64($0) * 86_400 - 7 * 3_600) }
        for cube in Cube.allCases where cube.fact == .outcome || cube.fact == .credit {
            for source in [Plan.Source.cells(cube, .day), .cells(cube, .quarterHour), .facts] {
                let plan = Plan(
                    fact: cube.fact, source: source, boundaries: days, measures: Measure.all(of: cube.fact),
                    durations: cube.durations, dimensions: cube.dimensions)
                answers.append(Set(try await store.run(plan).rows.filter { !$0.sums.allSatisfy { $0 == 0 } }))
            }
            let last = answers.suffix(3)
            #expect(last.allSatisfy { $0 == last.first })
        }
    }

    /// What differs, in few words.
    func differences(from other: OutcomeSnapshot) -> [String] {
        var found: [String] = []
        for (mine, theirs) in zip(rows, other.rows) where mine != theirs { found.append("\(mine) is not \(theirs)") }
        if rows.count != other.rows.count { found.append("\(rows.count) rows, not \(other.rows.count)") }
        if outcomes != other.outcomes { found.append("outcomes") }
        if messages != other.messages { found.append("messages") }
        if answers != other.answers { found.append("answers") }
        return found
    }
}
