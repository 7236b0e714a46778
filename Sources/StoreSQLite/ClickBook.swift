import Domain
import GRDB
import Ledgers

/// Short links and who opened them.
final class ClickBook {
    struct Link {
        var link: TrackedLink
        var person: Int64
    }
    struct Click {
        var row: Int64
        var person: Int64
        /// Hash of its link.
        var code: Int64
        /// Row of the message that it belongs to.
        var message: Int64?
        var isRobot: Bool
        /// Of its id.
        var hash: Int64
        var click: TrackedClick
    }

    private let findLink: Statement
    private let writeLink: Statement
    private let find: Statement
    private let read: Statement
    private let insert: Statement
    private let update: Statement
    private let ofPerson: Statement
    private let ofMessage: Statement
    private var next: Int64

    private static let columns = "id, person, at, code, message, is_robot, record, hash"

    init(_ db: Database) throws {
        findLink = try Statement(db, "SELECT person, record FROM tracked_link WHERE hash = ?")
        writeLink = try Statement(db, "INSERT OR REPLACE INTO tracked_link (hash, person, record) VALUES (?, ?, ?)")
        find = try Statement(db, "SELECT \(Self.columns) FROM link_click WHERE hash = ?")
        read = try Statement(db, "SELECT \(Self.columns) FROM link_click WHERE id = ?")
        insert = try Statement(
            db,
            """
            INSERT INTO link_click (id, hash, person, at, code, message, is_robot, record)
            VALUES (?, ?, 0, ?, ?, NULL, ?, ?)
            """)
        update = try Statement(db, "UPDATE link_click SET person = ?, message = ? WHERE id = ?")
        ofPerson = try Statement(
            db,
            """
            SELECT \(Self.columns) FROM link_click WHERE person = ? AND person > 0 AND at >= ? AND at <= ?
            """)
        ofMessage = try Statement(db, "SELECT 1 FROM link_click WHERE message = ? AND person = ? LIMIT 1")
        next = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM link_click") ?? 0)
    }

    static func hash(ofLink code: String) -> Int64 { ThreadEntry.key("link", code) }

    // MARK: Links

    func link(_ code: Int64) throws -> Link? {
        findLink.bind(code, at: 1)
        defer { findLink.reset() }
        guard try findLink.step(), let link = findLink.withBlob(1, ActionRecord.decodeLink) else { return nil }
        return Link(link: link, person: findLink.int(0))
    }

    /// Notes a link; false when that says nothing new. Of two that contradict each other the same is kept in either
    /// order.
    func put(_ link: TrackedLink, person: Int64) throws -> Bool {
        let hash = Self.hash(ofLink: link.code)
        let record = ActionRecord.encode(link)
        if let known = try self.link(hash), !record.lexicographicallyPrecedes(ActionRecord.encode(known.link)) {
            return false
        }
        writeLink.bind(hash, at: 1)
        writeLink.bind(person, at: 2)
        writeLink.bind(record, at: 3)
        try writeLink.run()
        return true
    }

    // MARK: Clicks

    /// Notes an opening; nil when it was known.
    func put(_ click: TrackedClick) throws -> Click? {
        let hash = ThreadEntry.key("opening", click.id)
        find.bind(hash, at: 1)
        let isKnown = try find.step()
        find.reset()
        guard !isKnown else { return nil }
        let code = Self.hash(ofLink: click.code)
        insert.bind(next, at: 1)
        insert.bind(hash, at: 2)
        insert.bind(click.at.microseconds, at: 3)
        insert.bind(code, at: 4)
        insert.bind(click.isRobot ? 1 : 0, at: 5)
        insert.bind(ActionRecord.encode(click), at: 6)
        try insert.run()
        next += 1
        return Click(
            row: next - 1, person: 0, code: code, message: nil, isRobot: click.isRobot, hash: hash,
            click: click)
    }

    func click(_ row: Int64) throws -> Click? {
        read.bind(row, at: 1)
        defer { read.reset() }
        guard try read.step() else { return nil }
        return click(read)
    }

    /// A person's openings of a stretch, both ends included.
    func clicks(of person: Int64, from: Instant, to: Instant) throws -> [Click] {
        ofPerson.bind(person, at: 1)
        ofPerson.bind(from.microseconds, at: 2)
        ofPerson.bind(to.microseconds, at: 3)
        defer { ofPerson.reset() }
        var found: [Click] = []
        while try ofPerson.step() {
            if let click = click(ofPerson), !click.isRobot { found.append(click) }
        }
        return found
    }

    private func click(_ rows: Statement) -> Click? {
        let at = Instant(microseconds: rows.int(2))
        guard let click = rows.withBlob(6, { ActionRecord.decodeClick($0, at: at) }) else { return nil }
        return Click(
            row: rows.int(0), person: rows.int(1), code: rows.int(3), message: rows.optionalInt(4),
            isRobot: rows.int(5) == 1, hash: rows.int(7), click: click)
    }

    func settle(_ row: Int64, person: Int64, message: Int64?) throws {
        update.bind(person, at: 1)
        update.bind(message, at: 2)
        update.bind(row, at: 3)
        try update.run()
    }

    /// Whether a message's own person opened its link.
    func isOpened(message: Int64, by person: Int64) throws -> Bool {
        ofMessage.bind(message, at: 1)
        ofMessage.bind(person, at: 2)
        defer { ofMessage.reset() }
        return try ofMessage.step()
    }
}
