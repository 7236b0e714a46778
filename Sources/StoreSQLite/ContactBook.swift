import Domain
import GRDB
import Ledgers

/// Keeps for each thread the days on which something was said in it, and from that how many people were in touch when.
final class ContactBook {
    /// Stands for all business numbers together, where a person counts once.
    static let anyLine: Int64 = -1

    private struct Cell: Hashable {
        var line: Int64
        /// A day's start, or a quarter hour.
        var at: Int64
        var previous: Int64
    }

    private var days: [Cell: Int64] = [:]
    private var quarters: [Cell: Int64] = [:]
    private let read: Statement
    private let write: Statement
    private let delete: Statement
    private let said: Statement
    private let cells: [(add: Statement, sweep: Statement)]
    private let dayStart: (QuarterHour) -> QuarterHour
    /// Most messages of a batch are of one day.
    private var lastDay: (start: Int64, end: Int64)?

    /// - Parameter dayStart: of the reporting zone.
    init(_ db: Database, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        self.dayStart = dayStart
        read = try Statement(db, "SELECT line, days FROM contact WHERE person = ?")
        write = try Statement(db, "INSERT OR REPLACE INTO contact (person, line, days) VALUES (?, ?, ?)")
        delete = try Statement(db, "DELETE FROM contact WHERE person = ? AND line = ?")
        said = try Statement(
            db,
            """
            SELECT cohort_at, 1 FROM message
            WHERE person = ?1 AND line = ?2 AND cohort_at >= ?3 AND cohort_at < ?4
            UNION ALL SELECT cohort_at, -1 FROM message INDEXED BY message_unsaid
            WHERE \(Schema.isUnsaid) AND person = ?1 AND line = ?2 AND cohort_at >= ?3 AND cohort_at < ?4
            UNION ALL SELECT at, 1 FROM thread_entry
            WHERE person = ?1 AND line = ?2 AND at >= ?3 AND at < ?4 AND kind IN (\(Schema.spokenKinds))
            """)
        cells = try Schema.contactCells.map { table in
            (
                try Statement(
                    db,
                    """
                    INSERT INTO \(table) (line, at, previous, people) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET people = people + excluded.people
                    """),
                try Statement(db, "DELETE FROM \(table) WHERE line = ? AND at = ? AND previous = ? AND people = 0")
            )
        }
    }

    /// Something in a stretch of a thread came, went or changed.
    func follow(_ thread: ThreadBook.Thread, _ stretch: ThreadBook.Stretch) throws {
        guard thread.person > 0, thread.line >= 0 else { return }
        let known = try known(of: thread.person)
        let old = known.first { $0.line == thread.line }?.days ?? ContactDays()
        var new = old
        let first = QuarterHour(containing: stretch.from)
        let isOneDay = Self.isDated(stretch.from) && Self.isDated(stretch.to)
        if stretch.isFresh, isOneDay, start(of: first) == start(of: QuarterHour(containing: stretch.to)) {
            guard new.add(.init(start: start(of: first), first: first.index)) else { return }
        } else {
            let from = Self.isDated(stretch.from) ? start(of: first) : Int64.min
            let to = Self.isDated(stretch.to) ? end(of: QuarterHour(containing: stretch.to)) : Int64.max
            new.replace(from..<to, by: try spoken(in: thread, from..<to))
        }
        guard new != old else { return }
        try store(new, in: thread)
        change(old, to: new, line: thread.line)
        var others = ContactDays()
        for row in known where row.line != thread.line { others.formUnion(row.days) }
        var (before, after) = (others, others)
        before.formUnion(old)
        after.formUnion(new)
        change(before, to: after, line: Self.anyLine)
    }

    /// A person turned out to be another: what they said is looked at again where it is now.
    func forget(person: Int64) throws {
        var all = ContactDays()
        for row in try known(of: person) {
            all.formUnion(row.days)
            change(row.days, to: ContactDays(), line: row.line)
            try store(ContactDays(), in: .init(person: person, line: row.line))
        }
        change(all, to: ContactDays(), line: Self.anyLine)
    }

    func flush() throws {
        for (cells, statements) in zip([days, quarters], cells) {
            for (cell, people) in cells where people != 0 {
                for statement in people < 0 ? [statements.add, statements.sweep] : [statements.add] {
                    statement.bind(cell.line, at: 1)
                    statement.bind(cell.at, at: 2)
                    statement.bind(cell.previous, at: 3)
                    if statement === statements.add { statement.bind(people, at: 4) }
                    try statement.run()
                }
            }
        }
        days.removeAll(keepingCapacity: true)
        quarters.removeAll(keepingCapacity: true)
    }

    // MARK: Parts

    private func known(of person: Int64) throws -> [(line: Int64, days: ContactDays)] {
        read.bind(person, at: 1)
        return try read.all { row in (row.int(0), row.withBlob(1) { ContactDays($0) }) }
    }

    private func store(_ days: ContactDays, in thread: ThreadBook.Thread) throws {
        let statement = days.isEmpty ? delete : write
        statement.bind(thread)
        if !days.isEmpty { statement.bind(days.bytes, at: 3) }
        try statement.run()
    }

    private func change(_ old: ContactDays, to new: ContactDays, line: Int64) {
        let (gone, come) = old.changes(to: new)
        for (steps, sign) in [(gone, Int64(-1)), (come, 1)] {
            for step in steps {
                days[Cell(line: line, at: step.day.start, previous: step.previous), default: 0] += sign
                quarters[Cell(line: line, at: step.day.first, previous: step.previous), default: 0] += sign
            }
        }
    }

    /// The days of a stretch on which something was said: messages that reached nobody do not count.
    private func spoken(in thread: ThreadBook.Thread, _ stretch: Range<Int64>) throws -> [ContactDays.Day] {
        said.bind(thread)
        said.bind(QuarterHour(index: stretch.lowerBound).start.microseconds, at: 3)
        said.bind(QuarterHour(index: stretch.upperBound).start.microseconds, at: 4)
        var counts: [Int64: Int64] = [:]
        defer { said.reset() }
        while try said.step() {
            counts[QuarterHour(containing: Instant(microseconds: said.int(0))).index, default: 0] += said.int(1)
        }
        return ContactRecount.days(counts, dayStart: start(of:))
    }

    private func start(of quarter: QuarterHour) -> Int64 {
        if let lastDay, lastDay.start <= quarter.index, quarter.index < lastDay.end { return lastDay.start }
        let start = dayStart(quarter).index
        lastDay = (start, dayStart(QuarterHour(index: start + 100)).index)
        return start
    }

    /// 25 hours after its beginning every day is over.
    private func end(of quarter: QuarterHour) -> Int64 {
        dayStart(QuarterHour(index: start(of: quarter) + 100)).index
    }

    /// Not the end of time.
    private static func isDated(_ instant: Instant) -> Bool {
        (-60_000_000_000...60_000_000_000).contains(instant.seconds)
    }
}
