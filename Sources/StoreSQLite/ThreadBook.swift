import Domain
import GRDB
import Ledgers

/// What happened in threads beside the messages that the table `message` holds, and which stretches of which threads
/// must be looked at again.
final class ThreadBook {
    struct Thread: Hashable {
        /// Negative: a group.
        var person: Int64
        var line: Int64
        /// Whether anybody can be told apart in it.
        var exists: Bool { person != 0 && line >= 0 }
    }
    /// A stretch of one thread that must be looked at again, both ends included.
    struct Stretch {
        var from: Instant
        var to: Instant
        /// Nothing happened there but that new messages came, each taken to stand alone.
        var isFresh: Bool
    }
    /// A message whose bits of its thread are now these.
    struct Update {
        var row: Int64
        var flags: MessageFlags
    }

    private(set) var touched: [Thread: Stretch] = [:]
    private let insert: Statement
    private let update: Statement
    private let find: Statement
    private let delete: Statement
    private let any: Statement
    private let marks: Statement
    private let outbound: Statement
    private let take: Statement
    private let linesOf: Statement
    private let entryLines: Statement

    init(_ db: Database) throws {
        insert = try Statement(
            db, "INSERT INTO thread_entry (person, line, at, key, kind, data) VALUES (?, ?, ?, ?, ?, ?)")
        update = try Statement(
            db, "UPDATE thread_entry SET data = ? WHERE person = ? AND line = ? AND at = ? AND key = ?")
        find = try Statement(
            db, "SELECT kind, data FROM thread_entry WHERE person = ? AND line = ? AND at = ? AND key = ?")
        delete = try Statement(
            db, "DELETE FROM thread_entry WHERE person = ? AND line = ? AND at = ? AND key = ?")
        any = try Statement(db, "SELECT 1 FROM thread_entry WHERE person = ? AND line = ? LIMIT 1")
        marks = try Statement(
            db,
            """
            SELECT at, kind FROM thread_entry
            WHERE person = ? AND line = ? AND at >= ? AND at <= ? AND kind <= 2 ORDER BY at
            """)
        outbound = try Statement(
            db,
            """
            SELECT id, cohort_at, flags, hash FROM message
            WHERE person = ? AND line = ? AND cohort_at >= ? AND cohort_at <= ? ORDER BY cohort_at, hash
            """)
        take = try Statement(db, "SELECT line, at, key, kind, data FROM thread_entry WHERE person = ?")
        entryLines = try Statement(db, "SELECT DISTINCT line FROM thread_entry WHERE person = ?")
        linesOf = try Statement(
            db,
            """
            SELECT DISTINCT line FROM thread_entry WHERE person = ?1
            UNION SELECT DISTINCT line FROM message WHERE person = ?1 AND line >= 0
            """)
    }

    // MARK: Entries

    /// Notes something that happened; repeating it changes nothing, and what a second telling adds joins. False when
    /// all of it was known.
    @discardableResult
    func put(_ entry: ThreadEntry, in thread: Thread) throws -> Bool {
        guard thread.exists else { return true }
        if let known = try known(entry, in: thread) {
            let joined = ThreadEntry.join(known, entry.kind)
            guard joined != known else { return false }
            update.bind(ServiceRecord.encode(joined), at: 1)
            bind(entry.at, entry.key, thread, to: update, from: 2)
            try update.run()
        } else {
            bind(entry.at, entry.key, thread, to: insert, from: 1)
            insert.bind(ServiceRecord.kind(of: entry.kind).rawValue, at: 5)
            insert.bind(ServiceRecord.encode(entry.kind), at: 6)
            try insert.run()
        }
        touch(thread, entry.at)
        return true
    }

    /// Takes an entry away, and returns what it was; nil when there was none.
    @discardableResult
    func remove(at: Instant, key: Int64, from thread: Thread) throws -> ThreadEntry.Kind? {
        let entry = ThreadEntry(at: at, key: key, kind: .stop)
        guard thread.exists, let known = try known(entry, in: thread) else { return nil }
        bind(at, key, thread, to: delete, from: 1)
        try delete.run()
        touch(thread, at)
        return known
    }

    private func known(_ entry: ThreadEntry, in thread: Thread) throws -> ThreadEntry.Kind? {
        bind(entry.at, entry.key, thread, to: find, from: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        return find.withBlob(1) { ServiceRecord.decode(find.int(0), $0) }
    }

    private func bind(_ at: Instant, _ key: Int64, _ thread: Thread, to statement: Statement, from position: Int32) {
        statement.bind(thread.person, at: position)
        statement.bind(thread.line, at: position + 1)
        statement.bind(at.microseconds, at: position + 2)
        statement.bind(key, at: position + 3)
    }

    func hasEntries(_ thread: Thread) throws -> Bool {
        any.bind(thread)
        defer { any.reset() }
        return try any.step()
    }

    // MARK: What changed

    /// Something at `at` happened to a person that is in none of their threads, and matters to those in which they
    /// wrote.
    func touch(person: Int64, _ at: Instant) throws {
        for line in try lines(entryLines, of: person) { touch(Thread(person: person, line: line), at) }
    }

    private func lines(_ statement: Statement, of person: Int64) throws -> [Int64] {
        statement.bind(person, at: 1)
        return try statement.all { $0.int(0) }
    }

    /// Notes that something at `at` came, went or changed.
    /// - Parameter isFresh: it is a new message that is taken to stand alone.
    func touch(_ thread: Thread, _ at: Instant, isFresh: Bool = false) {
        guard thread.exists else { return }
        guard let known = touched[thread] else {
            touched[thread] = Stretch(from: at, to: at, isFresh: isFresh)
            return
        }
        touched[thread] = Stretch(
            from: min(known.from, at), to: max(known.to, at), isFresh: known.isFresh && isFresh)
    }

    func touchAll(_ thread: Thread) {
        touch(thread, .distantPast)
        touch(thread, .distantFuture)
    }

    /// The stretches to look at again, neighbours in the index of threads together; they are forgotten here.
    func takeTouched() -> [(Thread, Stretch)] {
        defer { touched = [:] }
        return touched.sorted { ($0.key.person, $0.key.line) < ($1.key.person, $1.key.line) }.map { ($0, $1) }
    }

    /// Two persons turned out to be one: their threads join, and all of them is looked at again. Returns the messages
    /// of the customer that moved.
    func merge(_ merge: PersonBook.Merge) throws -> [(key: Int64, thread: Thread)] {
        var moved: [(line: Int64, entry: ThreadEntry)] = []
        take.bind(merge.from, at: 1)
        while try take.step() {
            guard let kind = take.withBlob(4, { ServiceRecord.decode(take.int(3), $0) }) else { continue }
            let at = Instant(microseconds: take.int(1))
            moved.append((take.int(0), ThreadEntry(at: at, key: take.int(2), kind: kind)))
        }
        take.reset()
        for (line, entry) in moved {
            try remove(at: entry.at, key: entry.key, from: Thread(person: merge.from, line: line))
            try put(entry, in: Thread(person: merge.into, line: line))
        }
        for line in try lines(linesOf, of: merge.into) {
            touched[Thread(person: merge.from, line: line)] = nil
            touchAll(Thread(person: merge.into, line: line))
        }
        return moved.compactMap { line, entry in
            guard case .inbound = entry.kind else { return nil }
            return (entry.key, Thread(person: merge.into, line: line))
        }
    }

    // MARK: Answers to messages

    /// The messages of a stretch whose bits of answer and opt-out have changed. Bounded by the stretch, not the
    /// thread.
    func answers(in thread: Thread, _ stretch: Stretch) throws -> [Update] {
        // What came up to 72 h before may change its answer; what follows within 24 h ends reply windows.
        let from = stretch.from.adding(seconds: -ThreadLedger.optOutWindowSeconds)
        let to = stretch.to
        outbound.bind(thread)
        outbound.bind(from.microseconds, at: 3)
        outbound.bind(to.adding(seconds: ThreadLedger.replyWindowSeconds).microseconds, at: 4)
        var messages: [ThreadLedger.Outbound] = []
        var old: [MessageFlags] = []
        while try outbound.step() {
            let flags = MessageFlags(rawValue: outbound.int(2))
            guard flags.contains(.outbound) else { continue }
            messages.append(.init(id: outbound.int(0), at: Instant(microseconds: outbound.int(1))))
            old.append(flags)
        }
        outbound.reset()
        guard let first = messages.first else { return [] }
        let found = try marks(of: thread, from: first.at, to: to.adding(seconds: ThreadLedger.optOutWindowSeconds))
        let new = ThreadLedger.flags(of: messages, marks: found)
        var updates: [Update] = []
        for index in messages.indices where messages[index].at <= to {
            if old[index].intersection([.windowReply, .stopped]) != new[index] {
                updates.append(Update(row: messages[index].id, flags: new[index]))
            }
        }
        return updates
    }

    private func marks(of thread: Thread, from: Instant, to: Instant) throws -> [ThreadLedger.Mark] {
        marks.bind(thread)
        marks.bind(from.microseconds, at: 3)
        marks.bind(to.microseconds, at: 4)
        defer { marks.reset() }
        var found: [ThreadLedger.Mark] = []
        while try marks.step() {
            guard let kind = ThreadLedger.MarkKind(rawValue: marks.int(1)) else { continue }
            found.append(.init(at: Instant(microseconds: marks.int(0)), kind: kind))
        }
        return found
    }
}
