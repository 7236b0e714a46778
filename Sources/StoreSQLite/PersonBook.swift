import Domain
import GRDB
import Ledgers

/// Which person each name belongs to: the stored side of `IdentityLedger`.
final class PersonBook {
    /// Persons that turned out to be one since the last `takeMerges`.
    struct Merge {
        var from: Int64
        var into: Int64
    }

    private let find: Statement
    private let insert: Statement
    private let repoint: Statement
    private var next: Int64
    /// Recently used names. Bounded: emptied when full, since refilling is one look-up a name.
    private var cache: [String: Int64] = [:]
    private static let cacheMax = 300_000
    /// Where merged persons went, for rows that are still in memory.
    private var forwarding: [Int64: Int64] = [:]
    private var merges: [Merge] = []

    init(_ db: Database) throws {
        find = try Statement(db, "SELECT person, name FROM person_name WHERE hash = ?")
        insert = try Statement(db, "INSERT INTO person_name (hash, person, name) VALUES (?, ?, ?)")
        repoint = try Statement(db, "UPDATE person_name SET person = ? WHERE person = ?")
        next = 1 + (try Int64.fetchOne(db, sql: "SELECT max(person) FROM person_name") ?? 0)
    }

    /// The person with these names, made new when nobody has them; joins persons that share them. 0 when the
    /// party is anonymous.
    func person(_ party: Party) throws -> Int64 {
        let names = IdentityLedger.names(of: party)
        guard !names.isEmpty else { return 0 }
        let known = try names.map { try lookup($0.key) }
        let person: Int64
        switch IdentityLedger.resolve(known) {
        case .known(let only):
            person = only
        case .new:
            person = next
            next += 1
        case .merge(let into, let from):
            for other in from { try merge(other, into: into) }
            person = into
        }
        for (name, old) in zip(names, known) where old == nil { try add(name.key, person) }
        return person
    }

    /// Makes two parties one person.
    func join(_ a: Party, _ b: Party) throws {
        let known = try person(a)
        let second = try person(b)
        // Resolving b may itself have merged a's person.
        let first = current(known)
        guard first > 0, second > 0, first != second else { return }
        try merge(max(first, second), into: min(first, second))
    }

    /// The person that `person` has become.
    func current(_ person: Int64) -> Int64 {
        var person = person
        while let next = forwarding[person] { person = next }
        return person
    }

    func takeMerges() -> [Merge] {
        defer { merges = [] }
        return merges
    }

    private func merge(_ from: Int64, into: Int64) throws {
        repoint.bind(into, at: 1)
        repoint.bind(from, at: 2)
        try repoint.run()
        forwarding[from] = into
        merges.append(Merge(from: from, into: into))
        cache.removeAll(keepingCapacity: true)
    }

    private func lookup(_ name: String) throws -> Int64? {
        if let cached = cache[name] { return cached }
        guard let person = try slot(name).person else { return nil }
        remember(name, person)
        return person
    }

    private func add(_ name: String, _ person: Int64) throws {
        let slot = try slot(name)
        insert.bind(slot.hash, at: 1)
        insert.bind(person, at: 2)
        insert.bind(name, at: 3)
        try insert.run()
        remember(name, person)
    }

    /// The row of a name, or the free one next to those that share its hash.
    private func slot(_ name: String) throws -> (hash: Int64, person: Int64?) {
        var stable = StableHash()
        stable.combine(name)
        var hash = Int64(bitPattern: stable.value)
        while true {
            find.bind(hash, at: 1)
            defer { find.reset() }
            guard try find.step() else { return (hash, nil) }
            if find.text(1) == name { return (hash, find.int(0)) }
            hash &+= 1
        }
    }

    private func remember(_ name: String, _ person: Int64) {
        if cache.count >= Self.cacheMax { cache.removeAll(keepingCapacity: true) }
        cache[name] = person
    }
}
