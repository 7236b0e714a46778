import Domain
import Foundation
import GRDB
import Ledgers

/// Calendars, service targets and rules by which waits and conversations are counted, and what a change of them has
/// made stale.
///
/// A change is counted into the past little by little, person by person, between the batches: years of waits are not
/// recounted in one transaction, and what arrives meanwhile is not held up.
final class ServiceSettingsBook {
    private(set) var hours: HoursBook
    private(set) var targets: [ServiceTarget]
    let rules: ServiceRules
    /// A change is still to be counted into the past.
    private(set) var hasStale: Bool
    private let threads: ThreadBook
    private let writeStale: Statement
    private let nextPersons: Statement
    private let staleWaits: Statement
    private let linesOf: Statement

    /// Persons whose waits are recounted in one step.
    private static let personsAtOnce = 400

    init(_ db: Database, threads: ThreadBook, rules: ServiceRules) throws {
        self.threads = threads
        self.rules = rules
        hours = HoursBook(try Self.calendars(db))
        targets = try Self.targets(db)
        hasStale = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM stale)") ?? false
        writeStale = try Statement(
            db,
            """
            INSERT OR REPLACE INTO stale (id, next_person, from_at, to_at, is_whole) VALUES (1, ?, ?, ?, ?)
            """)
        nextPersons = try Statement(
            db,
            """
            SELECT person FROM (
              SELECT person FROM (SELECT DISTINCT person FROM wait WHERE person >= ?1 ORDER BY person LIMIT ?2)
              UNION SELECT person FROM (
                SELECT DISTINCT person FROM message WHERE ?3 AND person >= ?1 AND line >= 0 ORDER BY person LIMIT ?2)
              UNION SELECT person FROM (
                SELECT DISTINCT person FROM thread_entry WHERE ?3 AND person >= ?1 ORDER BY person LIMIT ?2)
            ) ORDER BY person LIMIT ?2
            """)
        staleWaits = try Statement(
            db,
            """
            SELECT line, started_at FROM wait
            WHERE person = ? AND started_at < ? AND coalesce(ended_at, ?2) >= ?
            """)
        linesOf = try Statement(
            db,
            """
            SELECT line FROM thread_entry WHERE person = ?1
            UNION SELECT line FROM message WHERE person = ?1 AND line >= 0
            """)
        try db.execute(
            sql: "UPDATE progress SET rules = ? WHERE rules = ''", arguments: [Self.text(rules)])
        let stored = try String.fetchOne(db, sql: "SELECT rules FROM progress")
        if let stored, stored != Self.text(rules) {
            try stale(from: .distantPast, to: .distantFuture, isWhole: true, db)
            try db.execute(sql: "UPDATE progress SET rules = ?", arguments: [Self.text(rules)])
        }
    }

    static func text(_ rules: ServiceRules) -> String {
        let bot = rules.botReplySeconds.map(String.init) ?? "-"
        return "\(rules.abandonSeconds) \(rules.silenceSeconds) \(rules.templatesAnswer) \(bot)"
    }

    static func rules(_ text: String) -> ServiceRules? {
        let words = text.split(separator: " ")
        guard words.count == 4, let abandon = Int64(words[0]), let silence = Int64(words[1]) else { return nil }
        return ServiceRules(
            abandonSeconds: abandon, silenceSeconds: silence, templatesAnswer: words[2] == "true",
            botReplySeconds: Int64(words[3]))
    }

    // MARK: Changes

    func apply(_ change: CalendarChange, _ db: Database) throws {
        let new = hours.applying(change)
        guard new != hours else { return }
        let difference = HoursDifference(from: hours, to: new, over: try span(db))
        hours = new
        try db.execute(sql: "DELETE FROM calendar")
        for (position, calendar) in new.calendars.enumerated() {
            try db.execute(
                sql: "INSERT INTO calendar (scope, record) VALUES (?, ?)",
                arguments: [String(position), Data(CalendarRecord.encode(calendar))])
        }
        let spans = difference.spans
        guard let first = spans.first, let last = spans.last else { return }
        try stale(from: first.lowerBound, to: last.upperBound, isWhole: false, db)
    }

    func apply(_ new: [ServiceTarget], _ db: Database) throws {
        guard new != targets else { return }
        targets = new
        try db.execute(sql: "DELETE FROM service_target")
        for (position, target) in new.enumerated() {
            try db.execute(
                sql: "INSERT INTO service_target (position, record) VALUES (?, ?)",
                arguments: [position, Data(CalendarRecord.encode(target))])
        }
        try stale(from: .distantPast, to: .distantFuture, isWhole: false, db)
    }

    /// From the first wait on to as far ahead as an open wait may be due.
    private func span(_ db: Database) throws -> Range<Instant> {
        let ends = try Row.fetchOne(db, sql: "SELECT min(started_at), max(coalesce(ended_at, started_at)) FROM wait")
        guard let ends, let first: Int64 = ends[0], let last: Int64 = ends[1] else {
            return Instant(seconds: 0)..<Instant(seconds: 1)
        }
        let ahead = Instant(microseconds: last).adding(seconds: Int64(OpenHours.daysAheadMax) * 86_400)
        return Instant(microseconds: first)..<ahead
    }

    private func stale(from: Instant, to: Instant, isWhole: Bool, _ db: Database) throws {
        var (from, to, isWhole) = (from, to, isWhole)
        // What another change has left to do is done again with this one.
        if let row = try Row.fetchOne(db, sql: "SELECT from_at, to_at, is_whole FROM stale") {
            from = min(from, Instant(microseconds: row[0]))
            to = max(to, Instant(microseconds: row[1]))
            isWhole = isWhole || row[2]
        }
        try write(next: .min, from: from, to: to, isWhole: isWhole)
    }

    private func write(next: Int64, from: Instant, to: Instant, isWhole: Bool) throws {
        hasStale = true
        writeStale.bind(next, at: 1)
        writeStale.bind(from.microseconds, at: 2)
        writeStale.bind(to.microseconds, at: 3)
        writeStale.bind(isWhole ? 1 : 0, at: 4)
        try writeStale.run()
    }

    // MARK: Recounting

    /// Touches the next threads that are stale; false when there are none.
    func touchStale(_ db: Database) throws -> Bool {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT next_person, from_at, to_at, is_whole FROM stale"))
        else { return false }
        let (from, to) = (Instant(microseconds: row[1]), Instant(microseconds: row[2]))
        let isWhole: Bool = row[3]
        let persons = try persons(from: row[0], isWhole: isWhole)
        guard let last = persons.last else {
            try db.execute(sql: "DELETE FROM stale")
            hasStale = false
            return false
        }
        for person in persons {
            if isWhole { try touchAll(person) } else { try touchWaits(of: person, from: from, to: to) }
        }
        try write(next: last + 1, from: from, to: to, isWhole: isWhole)
        return true
    }

    private func persons(from: Int64, isWhole: Bool) throws -> [Int64] {
        nextPersons.bind(from, at: 1)
        nextPersons.bind(Int64(Self.personsAtOnce), at: 2)
        nextPersons.bind(isWhole ? 1 : 0, at: 3)
        defer { nextPersons.reset() }
        var found: [Int64] = []
        while try nextPersons.step() { found.append(nextPersons.int(0)) }
        return found
    }

    private func touchAll(_ person: Int64) throws {
        linesOf.bind(person, at: 1)
        defer { linesOf.reset() }
        while try linesOf.step() { threads.touchAll(.init(person: person, line: linesOf.int(0))) }
    }

    private func touchWaits(of person: Int64, from: Instant, to: Instant) throws {
        staleWaits.bind(person, at: 1)
        staleWaits.bind(to.microseconds, at: 2)
        staleWaits.bind(from.microseconds, at: 3)
        defer { staleWaits.reset() }
        while try staleWaits.step() {
            threads.touch(.init(person: person, line: staleWaits.int(0)), Instant(microseconds: staleWaits.int(1)))
        }
    }

    // MARK: Reading

    static func calendars(_ db: Database) throws -> [WorkCalendar] {
        try Data.fetchAll(db, sql: "SELECT record FROM calendar ORDER BY scope").compactMap { data in
            data.withUnsafeBytes(CalendarRecord.decodeCalendar)
        }
    }

    static func targets(_ db: Database) throws -> [ServiceTarget] {
        try Data.fetchAll(db, sql: "SELECT record FROM service_target ORDER BY position").compactMap { data in
            data.withUnsafeBytes(CalendarRecord.decodeTarget)
        }
    }

    /// Share of the persons whose figures are up to date, 0 … 1.
    static func recounted(_ db: Database) throws -> Double {
        guard let row = try Row.fetchOne(db, sql: "SELECT next_person, is_whole FROM stale") else { return 1 }
        let next: Int64 = row[0]
        let isWhole: Bool = row[1]
        let last = try Int64.fetchOne(db, sql: "SELECT max(person) FROM \(isWhole ? "message" : "wait")") ?? 1
        return min(max(Double(max(next, 0)) / Double(max(last, 1)), 0), 0.999)
    }
}
