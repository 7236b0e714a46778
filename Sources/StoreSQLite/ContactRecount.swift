import Domain
import GRDB

/// Goes through all threads in order of persons and tells on which days something was said in them: to fill the
/// tables of `ContactBook` anew, and to prove them.
struct ContactRecount {
    struct Row: Hashable {
        var person: Int64
        var line: Int64
        var days: ContactDays
    }
    struct Cell: Hashable {
        var line: Int64
        var at: Int64
        var previous: Int64
    }

    /// How many people, by table of `Schema.contactCells`.
    private(set) var cells: [[Cell: Int64]] = [[:], [:]]

    /// Everything that was said, and with −1 again what reached nobody: `person, line, at, sign` by person.
    static let said = """
        SELECT person, line, cohort_at, 1 FROM message WHERE person > 0 AND line >= 0
        UNION ALL SELECT person, line, cohort_at, -1 FROM message INDEXED BY message_unsaid
          WHERE \(Schema.isUnsaid) AND person > 0 AND line >= 0
        UNION ALL SELECT person, line, at, 1 FROM thread_entry WHERE person > 0 AND kind IN (\(Schema.spokenKinds))
        ORDER BY 1
        """

    /// Days with something left in them, from counts by quarter hour.
    static func days(_ counts: [Int64: Int64], dayStart: (QuarterHour) -> Int64) -> [ContactDays.Day] {
        var days: [ContactDays.Day] = []
        for quarter in counts.filter({ $0.value > 0 }).keys.sorted() {
            let start = dayStart(QuarterHour(index: quarter))
            if days.last?.start != start { days.append(.init(start: start, first: quarter)) }
        }
        return days
    }

    /// - Parameter row: is told the rows in order of person and line.
    init(_ db: Database, clock: ZoneClock, row: (Row) throws -> Void) throws {
        var starts: [Int64: Int64] = [:]
        func dayStart(_ quarter: QuarterHour) -> Int64 {
            if let known = starts[quarter.index] { return known }
            let start = clock.startOfDay(quarter).index
            starts[quarter.index] = start
            return start
        }
        var person: Int64 = 0
        var counts: [Int64: [Int64: Int64]] = [:]
        func finish(_ cells: inout [[Cell: Int64]]) throws {
            var all = ContactDays()
            for (line, counts) in counts.sorted(by: { $0.key < $1.key }) {
                let days = ContactDays(Self.days(counts, dayStart: dayStart))
                guard !days.isEmpty else { continue }
                try row(Row(person: person, line: line, days: days))
                Self.count(days, line: line, into: &cells)
                all.formUnion(days)
            }
            Self.count(all, line: ContactBook.anyLine, into: &cells)
            counts.removeAll(keepingCapacity: true)
        }
        let rows = try Statement(db, Self.said)
        while try rows.step() {
            if rows.int(0) != person {
                try finish(&cells)
                person = rows.int(0)
            }
            let quarter = QuarterHour(containing: Instant(microseconds: rows.int(2)))
            counts[rows.int(1), default: [:]][quarter.index, default: 0] += rows.int(3)
        }
        try finish(&cells)
    }

    private static func count(_ days: ContactDays, line: Int64, into cells: inout [[Cell: Int64]]) {
        for step in days.steps {
            cells[0][Cell(line: line, at: step.day.start, previous: step.previous), default: 0] += 1
            cells[1][Cell(line: line, at: step.day.first, previous: step.previous), default: 0] += 1
        }
    }
}

extension ContactRecount {
    /// Fills the tables anew: for another reporting zone, or where a file had none.
    static func rebuild(_ db: Database, clock: ZoneClock) throws {
        for table in Schema.contactTables { try db.execute(sql: "DELETE FROM \(table)") }
        let insert = try Statement(db, "INSERT INTO contact (person, line, days) VALUES (?, ?, ?)")
        let recount = try ContactRecount(db, clock: clock) { row in
            insert.bind(row.person, at: 1)
            insert.bind(row.line, at: 2)
            insert.bind(row.days.bytes, at: 3)
            try insert.run()
        }
        for (table, cells) in zip(Schema.contactCells, recount.cells) {
            let insert = try Statement(db, "INSERT INTO \(table) (line, at, previous, people) VALUES (?, ?, ?, ?)")
            for (cell, people) in cells {
                insert.bind(cell.line, at: 1)
                insert.bind(cell.at, at: 2)
                insert.bind(cell.previous, at: 3)
                insert.bind(people, at: 4)
                try insert.run()
            }
        }
    }

    /// Where the tables differ from what the threads say.
    static func audit(_ db: Database, clock: ZoneClock, limit: Int) throws -> [Difference] {
        var differences: [Difference] = []
        func differ(_ place: String, _ key: String, _ stored: Int64, _ recounted: Int64) {
            guard stored != recounted, differences.count < limit else { return }
            differences.append(
                Difference(place: place, key: key, stored: "\(stored)", recounted: "\(recounted)"))
        }
        let stored = try Statement(db, "SELECT person, line, days FROM contact ORDER BY person, line")
        func next() throws -> Row? {
            guard try stored.step() else { return nil }
            return Row(
                person: stored.int(0), line: stored.int(1), days: stored.withBlob(2) { ContactDays($0) })
        }
        var row = try next()
        let recount = try ContactRecount(db, clock: clock) { expected in
            while let found = row, (found.person, found.line) < (expected.person, expected.line) {
                differ("contact", "person \(found.person) line \(found.line)", Int64(found.days.days.count), 0)
                row = try next()
            }
            guard let found = row, found.person == expected.person, found.line == expected.line else {
                return differ(
                    "contact", "person \(expected.person) line \(expected.line)", 0, Int64(expected.days.days.count))
            }
            if found != expected {
                differences.append(
                    Difference(
                        place: "contact", key: "person \(found.person) line \(found.line)",
                        stored: "\(found.days.days.count) days", recounted: "\(expected.days.days.count) days"))
            }
            row = try next()
        }
        while let found = row {
            differ("contact", "person \(found.person) line \(found.line)", Int64(found.days.days.count), 0)
            row = try next()
        }
        for (table, cells) in zip(Schema.contactCells, recount.cells) {
            var left = cells
            let rows = try Statement(db, "SELECT line, at, previous, people FROM \(table)")
            while try rows.step() {
                let cell = Cell(line: rows.int(0), at: rows.int(1), previous: rows.int(2))
                let expected = left.removeValue(forKey: cell) ?? 0
                differ(table, "line \(cell.line) bucket \(cell.at) after \(cell.previous)", rows.int(3), expected)
            }
            for (cell, people) in left {
                differ(table, "line \(cell.line) bucket \(cell.at) after \(cell.previous)", 0, people)
            }
        }
        return differences
    }
}
