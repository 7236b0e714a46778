import Catalogue
import Domain
import GRDB
import Ledgers

import enum Catalogue.Dimension

/// Numbers that something may depend on, as bits: asked for every message, so that it must cost nothing. Never says no
/// when it ought to say yes.
struct NumberFilter {
    private var words: [UInt64]
    private let mask: UInt64

    /// - Parameter bits: a power of two; numbers that agree in as many low bits are taken for each other.
    init(bits: Int) {
        words = Array(repeating: 0, count: max(bits / 64, 1))
        mask = UInt64(max(bits, 64)) - 1
    }

    mutating func insert(_ number: Int64) {
        let bit = UInt64(bitPattern: number) & mask
        words[Int(bit >> 6)] |= 1 << (bit & 63)
    }

    func mayContain(_ number: Int64) -> Bool {
        let bit = UInt64(bitPattern: number) & mask
        return words[Int(bit >> 6)] & (1 << (bit & 63)) != 0
    }
}

/// Who waits for a message, link, ad click or conversation that is not known, or whose person may change.
final class HintBook {
    /// What waits. The raw value is stored: never renumber.
    enum Kind: Int64 {
        case outcome = 0
        case click
        /// Everything that names a link.
        case link
    }

    private var filter = NumberFilter(bits: 1 << 24)
    private let insert: Statement
    private let read: Statement

    init(_ db: Database) throws {
        insert = try Statement(db, "INSERT OR IGNORE INTO outcome_hint (hash, kind, target) VALUES (?, ?, ?)")
        read = try Statement(db, "SELECT kind, target FROM outcome_hint WHERE hash = ?")
        let all = try Statement(db, "SELECT hash FROM outcome_hint")
        while try all.step() { filter.insert(all.int(0)) }
    }

    func put(_ hash: Int64, _ kind: Kind, _ target: Int64) throws {
        insert.bind(hash, at: 1)
        insert.bind(kind.rawValue, at: 2)
        insert.bind(target, at: 3)
        try insert.run()
        filter.insert(hash)
    }

    func mayWait(for hash: Int64) -> Bool { filter.mayContain(hash) }

    func waiting(for hash: Int64) throws -> [(kind: Kind, target: Int64)] {
        guard filter.mayContain(hash) else { return [] }
        read.bind(hash, at: 1)
        return try read.all { row in Kind(rawValue: row.int(0)).map { (kind: $0, target: row.int(1)) } }
    }
}

/// Where messages and conversations are, by the hash of their name.
final class PlaceFinder {
    struct Message {
        var row: Int64
        var hash: Int64
        var person: Int64
        var cohortAt: Instant
        var segment: Int64
        var flags: MessageFlags
    }

    private let byHash: Statement
    private let byRow: Statement
    private let inbound: Statement
    private let conversation: Statement

    init(_ db: Database) throws {
        let columns = "m.id, m.hash, m.person, m.cohort_at, m.segment, m.flags"
        byHash = try Statement(
            db, "SELECT \(columns) FROM message_key k JOIN message m ON m.id = k.message WHERE k.hash = ?")
        byRow = try Statement(db, "SELECT \(columns) FROM message m WHERE m.id = ?")
        // What only a desk tells moves with its conversation: it is found by that.
        inbound = try Statement(db, "SELECT person FROM inbound_key WHERE hash = ? AND is_meta = 1")
        conversation = try Statement(db, "SELECT person FROM desk_conversation WHERE hash = ?")
    }

    func message(hash: Int64) throws -> Message? { try message(byHash, hash) }
    func message(row: Int64) throws -> Message? { try message(byRow, row) }

    private func message(_ statement: Statement, _ number: Int64) throws -> Message? {
        statement.bind(number, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return Message(
            row: statement.int(0), hash: statement.int(1), person: statement.int(2),
            cohortAt: Instant(microseconds: statement.int(3)), segment: statement.int(4),
            flags: MessageFlags(rawValue: statement.int(5)))
    }

    /// Whose message or conversation it is; nil when it is not known, or a group's.
    func person(of hash: Int64) throws -> Int64? {
        if let message = try message(hash: hash), message.person > 0 { return message.person }
        return try person(inbound, hash) ?? person(conversation, hash)
    }

    private func person(_ statement: Statement, _ hash: Int64) throws -> Int64? {
        statement.bind(hash, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        let person = statement.int(0)
        return person > 0 ? person : nil
    }

    static func hash(ofConversation id: String, desk: String) -> Int64 {
        ThreadEntry.key("desk conversation", desk, id)
    }
}

/// Dimension values of single segments, looked up one by one: a list of few needs few.
final class SegmentReader {
    private let read: Statement
    private let count: Int
    private var known: [Int64: [String?]] = [:]

    init(_ fact: Fact, _ db: Database) throws {
        count = Dimension.stored(fact).count
        read = try Statement(db, "SELECT * FROM \(Schema.segmentTable(fact)) WHERE id = ?")
    }

    /// Values in the order of `Dimension.stored`; empty where there are none.
    func dimensions(_ id: Int64) throws -> [String?] {
        if let found = known[id] { return found }
        read.bind(id, at: 1)
        defer { read.reset() }
        let values = try read.step() ? (0..<count).map { read.text(Int32($0 + 1)) } : []
        known[id] = values
        return values
    }
}
