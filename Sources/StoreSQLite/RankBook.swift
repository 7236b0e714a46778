import Domain
import GRDB
import Ledgers

/// The order of messages in groups whose prices depend on it (`RankGroup`): on which step each message is.
///
/// A step begins at a rank. For every step a group remembers the first message on it. A message that comes late, or
/// goes, shifts all after it by one, and so moves exactly one message over each later bound: that is all that has to be
/// priced anew, however large the group is.
final class RankBook {
    /// Where a message stands.
    struct Place: Hashable {
        var group: Int64
        var at: Instant
    }

    private struct Position: Comparable {
        var at: Int64
        var key: Int64
        var row: Int64
        static func < (a: Position, b: Position) -> Bool { (a.at, a.key, a.row) < (b.at, b.key, b.row) }
    }

    private final class Group {
        let thresholds: [Int64]
        var count: Int64 = 0
        /// The message of rank `thresholds[i]`; nil while there is none.
        var marks: [Position?]

        init(thresholds: [Int64]) {
            self.thresholds = thresholds
            marks = thresholds.map { _ in nil }
        }

        /// How many steps begin at or before a message.
        func step(of position: Position) -> Int {
            marks.reduce(0) { $0 + ($1.map { $0 <= position } == true ? 1 : 0) }
        }
    }

    /// Rows whose step has changed since the last `takeMoved`.
    private var moved: Set<Int64> = []
    /// Bounded: emptied when full, since loading a group is one scan of its own rows.
    private var groups: [Int64: Group] = [:]
    private static let groupsMax = 20_000

    private let insert: Statement
    private let delete: Statement
    private let before: Statement
    private let after: Statement
    private let nth: Statement
    private let size: Statement
    private let readGroup: Statement
    private let writeGroup: Statement

    init(_ db: Database) throws {
        insert = try Statement(db, "INSERT INTO rank_entry (grp, at, key, row) VALUES (?, ?, ?, ?)")
        delete = try Statement(db, "DELETE FROM rank_entry WHERE grp = ? AND at = ? AND key = ? AND row = ?")
        before = try Statement(
            db,
            """
            SELECT at, key, row FROM rank_entry WHERE grp = ?1 AND (at, key, row) < (?2, ?3, ?4)
            ORDER BY at DESC, key DESC, row DESC LIMIT 1
            """)
        after = try Statement(
            db,
            """
            SELECT at, key, row FROM rank_entry WHERE grp = ?1 AND (at, key, row) > (?2, ?3, ?4)
            ORDER BY at, key, row LIMIT 1
            """)
        nth = try Statement(
            db, "SELECT at, key, row FROM rank_entry WHERE grp = ? ORDER BY at, key, row LIMIT 1 OFFSET ?")
        size = try Statement(db, "SELECT count(*) FROM rank_entry WHERE grp = ?")
        readGroup = try Statement(db, "SELECT thresholds FROM rank_group WHERE id = ?")
        writeGroup = try Statement(
            db,
            """
            INSERT OR IGNORE INTO rank_group (id, kind, thresholds, month, phone_number, portfolio, market, category)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    /// The number of a group: a stable hash of what it is, so that it is the same in every order of arrival.
    static func id(of group: RankGroup) -> Int64 {
        var hash = StableHash()
        hash.combine("\(group.kind)")
        hash.combine(group.key)
        for threshold in group.thresholds { hash.combine(String(threshold)) }
        return Int64(bitPattern: hash.value)
    }

    /// Puts a message into its group, takes it out of the one before, or both; returns its step.
    func move(
        row: Int64, key: Int64, from old: Place?, to new: (place: Place, group: RankGroup)?
    ) throws -> Int {
        if let old, old != new?.place {
            try remove(Position(at: old.at.microseconds, key: key, row: row), from: old.group)
        }
        guard let new else { return 0 }
        let position = Position(at: new.place.at.microseconds, key: key, row: row)
        let group = try group(new.place.group, new.group)
        if old != new.place { try add(position, to: new.place.group, group) }
        return group.step(of: position)
    }

    func takeMoved() -> Set<Int64> {
        defer { moved = [] }
        return moved
    }

    // MARK: Changes

    private func add(_ position: Position, to id: Int64, _ group: Group) throws {
        bind(position, id, to: insert)
        try insert.run()
        group.count += 1
        for (index, threshold) in group.thresholds.enumerated() {
            if let mark = group.marks[index] {
                guard position < mark, let first = try neighbour(before, of: mark, in: id) else { continue }
                group.marks[index] = first
                if first != position { moved.insert(first.row) }
            } else if group.count == threshold + 1, let last = try last(in: id, count: group.count) {
                group.marks[index] = last
                if last != position { moved.insert(last.row) }
            }
        }
    }

    private func remove(_ position: Position, from id: Int64) throws {
        // A group that is not in memory is loaded with its marks as they are before the change.
        let group = try loaded(id)
        bind(position, id, to: delete)
        try delete.run()
        guard let group else { return }
        group.count -= 1
        for (index, mark) in group.marks.enumerated() {
            guard let mark, position <= mark else { continue }
            group.marks[index] = try neighbour(after, of: mark, in: id)
            if mark != position { moved.insert(mark.row) }
        }
    }

    private func bind(_ position: Position, _ group: Int64, to statement: Statement) {
        statement.bind(group, at: 1)
        statement.bind(position.at, at: 2)
        statement.bind(position.key, at: 3)
        statement.bind(position.row, at: 4)
    }

    private func neighbour(_ statement: Statement, of position: Position, in group: Int64) throws -> Position? {
        bind(position, group, to: statement)
        return try Self.position(statement)
    }

    private func last(in group: Int64, count: Int64) throws -> Position? {
        try neighbour(before, of: Position(at: .max, key: .max, row: .max), in: group)
    }

    private static func position(_ statement: Statement) throws -> Position? {
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return Position(at: statement.int(0), key: statement.int(1), row: statement.int(2))
    }

    // MARK: Groups

    private func group(_ id: Int64, _ described: RankGroup) throws -> Group {
        if let known = groups[id] { return known }
        writeGroup.bind(id, at: 1)
        writeGroup.bind("\(described.kind)", at: 2)
        writeGroup.bind(described.thresholds.map(String.init).joined(separator: " "), at: 3)
        writeGroup.bind(described.month?.day, at: 4)
        writeGroup.bind(described.phoneNumber?.value, at: 5)
        writeGroup.bind(described.portfolio, at: 6)
        writeGroup.bind(described.market, at: 7)
        writeGroup.bind(described.category, at: 8)
        try writeGroup.run()
        return try load(id, thresholds: described.thresholds)
    }

    /// Nil when the group is not known (a damaged page): then there is nothing to keep in order.
    private func loaded(_ id: Int64) throws -> Group? {
        if let known = groups[id] { return known }
        readGroup.bind(id, at: 1)
        guard try readGroup.step() else {
            readGroup.reset()
            return nil
        }
        let thresholds = readGroup.text(0) ?? ""
        readGroup.reset()
        return try load(id, thresholds: thresholds.split(separator: " ").compactMap { Int64($0) })
    }

    private func load(_ id: Int64, thresholds: [Int64]) throws -> Group {
        if groups.count >= Self.groupsMax { groups.removeAll(keepingCapacity: true) }
        let group = Group(thresholds: thresholds)
        size.bind(id, at: 1)
        if try size.step() { group.count = size.int(0) }
        size.reset()
        for (index, threshold) in thresholds.enumerated() where threshold < group.count {
            nth.bind(id, at: 1)
            nth.bind(threshold, at: 2)
            group.marks[index] = try Self.position(nth)
        }
        groups[id] = group
        return group
    }
}
