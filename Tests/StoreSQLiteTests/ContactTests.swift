import Catalogue
import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@testable import StoreSQLite

/// People counted by day, without going through what they wrote.
@Suite struct ContactTests {
    /// 2026-06-04, 00:00 in Jakarta.
    private static let start = Instant(seconds: 1_780_531_200 - 7 * 3_600)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")

    private static func inbound(
        _ id: String, hour: Double, from person: String = "6281200000001", line: Line = line
    ) -> Event {
        .inbound(
            InboundMessage(
                message: MessageID(id), line: line, sender: Party(phone: person), at: at(hour), kind: .content,
                type: "text"))
    }

    private static func at(_ hour: Double) -> Instant { start.adding(seconds: Int64(hour * 3_600)) }

    private func told(
        _ store: SQLiteStore, _ days: ClosedRange<Int64>, endingAt hour: Double? = nil, filters: [Filter] = []
    ) async throws -> [Int64] {
        let lastDay = Self.start.adding(seconds: days.upperBound * 86_400)
        let plan = Plan(
            fact: .conversation, source: .contacts(lastDay: lastDay),
            boundaries: [
                Self.start.adding(seconds: days.lowerBound * 86_400), hour.map { Self.at($0) } ?? lastDay,
            ],
            measures: [.conversation(.contactsActive), .conversation(.contactsNew)], filters: filters)
        let rows = try await store.run(plan).rows
        return rows.reduce([0, 0]) { [$0[0] + $1.sums[0], $0[1] + $1.sums[1]] }
    }

    private func fill(_ store: SQLiteStore, _ batches: [[Event]]) async throws {
        for events in batches {
            let items = events.map {
                ProjectionBatch.Item(event: $0, receivedAt: Self.start, source: .metaWebhook)
            }
            try await store.apply(
                ProjectionBatch(
                    items: items, cursor: try await store.cursor() + 1, receivedAt: Self.start,
                    asOf: Self.at(24 * 30)))
        }
    }

    private func withStore(zone: String = "Asia/Jakarta", _ body: (SQLiteStore, String) async throws -> Void)
        async throws
    {
        try await withDirectory { directory in
            let path = directory.appending(path: "one.sqlite").path
            let store = try SQLiteStore(path: path, zone: zone)
            try await store.migrate()
            try await body(store, path)
        }
    }

    /// A person is new on the day of the first message, also when that one comes last.
    @Test func anEarlierMessageThatComesLateMovesTheFirstDay() async throws {
        try await withStore { store, _ in
            try await fill(store, [[Self.inbound("a", hour: 24 * 3 + 1)]])
            #expect(try await told(store, 3...4) == [1, 1])
            try await fill(store, [[Self.inbound("b", hour: 24 + 5)], [Self.inbound("b", hour: 24 + 5)]])
            #expect(try await told(store, 3...4) == [1, 0])
            #expect(try await told(store, 1...2) == [1, 1])
            #expect(try await told(store, 0...10) == [1, 1])
            #expect(try await store.auditCells() == [])
        }
    }

    /// Of the day within which a range ends those count who wrote before its end.
    @Test func aRangeThatEndsWithinADay() async throws {
        try await withStore { store, _ in
            try await fill(
                store,
                [
                    [Self.inbound("a", hour: 34, from: "62811"), Self.inbound("b", hour: 46, from: "62812")],
                    [Self.inbound("c", hour: 3, from: "62812"), Self.inbound("d", hour: 32, from: "62811")],
                ])
            #expect(try await told(store, 1...1, endingAt: 32) == [0, 0])
            #expect(try await told(store, 1...1, endingAt: 32.25) == [1, 1])
            #expect(try await told(store, 1...1, endingAt: 46.25) == [2, 1])
            #expect(try await told(store, 0...1, endingAt: 40) == [2, 2])
        }
    }

    /// Who writes to two numbers is one person in all, and one of each.
    @Test func severalNumbers() async throws {
        let other = Line(account: "waba-1", phoneNumber: "pn-2")
        let third = Line(account: "waba-1", phoneNumber: "pn-3")
        func of(_ numbers: String...) -> [Filter] { [Filter(dimension: .phoneNumber, op: .isIn, values: numbers)] }
        try await withStore { store, _ in
            try await fill(
                store,
                [
                    [Self.inbound("a", hour: 1), Self.inbound("b", hour: 30, line: other)],
                    [Self.inbound("c", hour: 50, from: "62812", line: third)],
                ])
            #expect(try await told(store, 0...5) == [2, 2])
            #expect(try await told(store, 1...5) == [2, 1])
            #expect(try await told(store, 1...5, filters: of("pn-2")) == [1, 1])
            #expect(try await told(store, 0...5, filters: of("pn-1", "pn-2")) == [1, 1])
            #expect(try await told(store, 1...5, filters: of("pn-1", "pn-2")) == [1, 0])
            #expect(try await told(store, 1...5, filters: of("pn-9")) == [0, 0])
        }
    }

    /// A file of before is counted from its threads, and another zone has other days.
    @Test func countedAnew() async throws {
        try await withStore { store, path in
            // 23:00 in Jakarta on one day, 02:00 on the next: 16:00 and 19:00 of one day in London.
            try await fill(store, [[Self.inbound("a", hour: 23), Self.inbound("b", hour: 26)]])
            #expect(try await told(store, 1...2) == [1, 0])
            try await store.pool.write { db in
                for table in Schema.contactTables { try db.execute(sql: "DROP TABLE \(table)") }
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '3 people by day'")
            }
            try await store.migrate()
            #expect(try await told(store, 1...2) == [1, 0])
            #expect(try await store.auditCells() == [])
            let london = try SQLiteStore(path: path, zone: "Europe/London")
            try await london.migrate()
            #expect(try await london.auditCells() == [])
            // What was wrong is found.
            try await london.pool.write { try $0.execute(sql: "UPDATE contact_day SET people = people + 1") }
            #expect(try await london.auditCells().contains { $0.place == "contact_day" })
        }
    }

    // MARK: Days

    /// What is taken out and put in is the difference, whatever the days.
    @Test(arguments: 0..<50) func changesAreTheDifference(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        func some() -> ContactDays {
            var days = ContactDays()
            for _ in 0..<Int.random(in: 0...12, using: &dice) {
                let start = Int64.random(in: -10...10, using: &dice) * 96
                _ = days.add(.init(start: start, first: start + Int64.random(in: 0..<100, using: &dice)))
            }
            return days
        }
        let (old, new) = (some(), some())
        let (gone, come) = old.changes(to: new)
        var steps = Set(old.steps)
        for step in gone { #expect(steps.remove(step) != nil) }
        for step in come { #expect(steps.insert(step).inserted) }
        #expect(steps == Set(new.steps))
        #expect(new.bytes.withUnsafeBytes { ContactDays($0) } == new)
        var both = old
        both.formUnion(new)
        #expect(Set(both.days.map(\.start)) == Set((old.days + new.days).map(\.start)))
        for day in both.days {
            #expect(day.first == (old.days + new.days).filter { $0.start == day.start }.map(\.first).min())
        }
    }

    @Test func damagedBytesGiveFewerDays() {
        let bytes: [UInt8] = [0x80, 0x80]
        #expect(bytes.withUnsafeBytes { ContactDays($0) }.isEmpty)
    }
}
