import Domain
import GRDB
import Ledgers

/// What customers did that may be an outcome or a touch, by message.
final class ActionBook {
    struct Known {
        var action: CustomerAction
        var person: Int64
    }

    private let find: Statement
    private let write: Statement
    private let ofPerson: Statement
    private let ofClick: Statement
    private let after: Statement

    init(_ db: Database) throws {
        find = try Statement(db, "SELECT person, at, record FROM customer_action WHERE key = ?")
        write = try Statement(
            db,
            "INSERT OR REPLACE INTO customer_action (key, person, at, click, record) VALUES (?, ?, ?, ?, ?)")
        ofPerson = try Statement(
            db, "SELECT key, at, record FROM customer_action WHERE person = ? AND person > 0 AND at >= ? AND at <= ?")
        ofClick = try Statement(
            db, "SELECT person FROM customer_action WHERE click = ? AND person > 0 ORDER BY at, key LIMIT 1")
        after = try Statement(
            db, "SELECT key, at, record FROM customer_action WHERE key >= ? ORDER BY key LIMIT ?")
    }

    static func hash(ofClick id: String) -> Int64 { ThreadEntry.key("click id", id) }

    /// Notes an action; nil when that told nothing new.
    /// - Parameter person: whose names these are.
    func put(_ action: CustomerAction, person: (Party) throws -> Int64) throws -> (old: Known?, new: Known)? {
        let old = try known(action.key)
        let joined = old.map { CustomerAction.join($0.action, action) } ?? action
        let new = Known(action: joined, person: try person(joined.identity.party))
        if let old, old.action == joined, old.person == new.person { return nil }
        write.bind(action.key, at: 1)
        write.bind(new.person, at: 2)
        write.bind(joined.at.microseconds, at: 3)
        write.bind(joined.ad?.clickID.map(Self.hash(ofClick:)), at: 4)
        write.bind(ActionRecord.encode(joined), at: 5)
        try write.run()
        return (old, new)
    }

    private func known(_ key: Int64) throws -> Known? {
        find.bind(key, at: 1)
        defer { find.reset() }
        let at = try find.step() ? Instant(microseconds: find.int(1)) : nil
        guard let at, let action = find.withBlob(2, { ActionRecord.decodeAction($0, at: at) }) else { return nil }
        return Known(action: action, person: find.int(0))
    }

    /// Whether a message is a tap on a button or row.
    func isTap(_ key: Int64) throws -> Bool {
        if case .tap = try known(key)?.action.deed { true } else { false }
    }

    /// A person's actions of a stretch, both ends included.
    func actions(of person: Int64, from: Instant, to: Instant) throws -> [(key: Int64, action: CustomerAction)] {
        ofPerson.bind(person, at: 1)
        ofPerson.bind(from.microseconds, at: 2)
        ofPerson.bind(to.microseconds, at: 3)
        return try all(ofPerson)
    }

    /// Some actions, in the order of their keys.
    func actions(after key: Int64, limit: Int) throws -> [(key: Int64, action: CustomerAction)] {
        after.bind(key, at: 1)
        after.bind(Int64(limit), at: 2)
        return try all(after)
    }

    private func all(_ rows: Statement) throws -> [(key: Int64, action: CustomerAction)] {
        defer { rows.reset() }
        var found: [(key: Int64, action: CustomerAction)] = []
        while try rows.step() {
            let at = Instant(microseconds: rows.int(1))
            guard let action = rows.withBlob(2, { ActionRecord.decodeAction($0, at: at) }) else { continue }
            found.append((rows.int(0), action))
        }
        return found
    }

    /// Whom an ad's click brought; of several the first.
    func person(ofClick id: String) throws -> Int64? {
        ofClick.bind(Self.hash(ofClick: id), at: 1)
        defer { ofClick.reset() }
        return try ofClick.step() ? ofClick.optionalInt(0) : nil
    }
}
