import Domain
import GRDB
import Ledgers

/// The stored side of `ThreadLedger`: what persons did in their threads, and which messages that touches.
final class ThreadBook {
    struct Thread: Hashable {
        var person: Int64
        var line: Int64
    }
    /// A stretch of one thread that must be looked at again, both ends included.
    struct Stretch {
        var from: Instant
        var to: Instant
    }
    /// A message whose thread bits are now these.
    struct Update {
        var row: Int64
        var flags: MessageFlags
    }

    private(set) var touched: [Thread: Stretch] = [:]
    private let insertMark: Statement
    private let anyMark: Statement
    private let marks: Statement
    private let outbound: Statement
    private let moveMarks: Statement
    private let dropMarks: Statement
    private let linesOf: Statement

    init(_ db: Database) throws {
        insertMark = try Statement(
            db, "INSERT OR IGNORE INTO thread_mark (person, line, at, kind) VALUES (?, ?, ?, ?)")
        anyMark = try Statement(db, "SELECT 1 FROM thread_mark WHERE person = ? AND line = ? LIMIT 1")
        marks = try Statement(
            db,
            "SELECT at, kind FROM thread_mark WHERE person = ? AND line = ? AND at >= ? AND at <= ? ORDER BY at")
        outbound = try Statement(
            db,
            """
            SELECT id, cohort_at, flags, hash FROM message
            WHERE person = ? AND line = ? AND cohort_at >= ? AND cohort_at <= ? ORDER BY cohort_at, hash
            """)
        moveMarks = try Statement(db, "UPDATE OR IGNORE thread_mark SET person = ? WHERE person = ?")
        dropMarks = try Statement(db, "DELETE FROM thread_mark WHERE person = ?")
        linesOf = try Statement(db, "SELECT DISTINCT line FROM thread_mark WHERE person = ?")
    }

    /// Notes that a person did something; repeating it changes nothing.
    func mark(_ thread: Thread, _ mark: ThreadLedger.Mark) throws {
        guard thread.person > 0, thread.line >= 0 else { return }
        insertMark.bind(thread.person, at: 1)
        insertMark.bind(thread.line, at: 2)
        insertMark.bind(mark.at.microseconds, at: 3)
        insertMark.bind(mark.kind.rawValue, at: 4)
        try insertMark.run()
        if insertMark.changes > 0 { touch(thread, mark.at) }
    }

    /// Notes that an outbound message at `at` came, went or moved.
    func touch(_ thread: Thread, _ at: Instant) {
        guard thread.person > 0, thread.line >= 0 else { return }
        let known = touched[thread]
        touched[thread] = Stretch(from: min(known?.from ?? at, at), to: max(known?.to ?? at, at))
    }

    /// Two persons turned out to be one: their threads join, and all of them is looked at again.
    func merge(_ merge: PersonBook.Merge) throws {
        moveMarks.bind(merge.into, at: 1)
        moveMarks.bind(merge.from, at: 2)
        try moveMarks.run()
        dropMarks.bind(merge.from, at: 1)
        try dropMarks.run()
        for (thread, stretch) in touched where thread.person == merge.from {
            touched[thread] = nil
            let joined = Thread(person: merge.into, line: thread.line)
            touch(joined, stretch.from)
            touch(joined, stretch.to)
        }
        linesOf.bind(merge.into, at: 1)
        defer { linesOf.reset() }
        while try linesOf.step() {
            let thread = Thread(person: merge.into, line: linesOf.int(0))
            touch(thread, .distantPast)
            touch(thread, .distantFuture)
        }
    }

    /// The messages of the touched stretches whose bits have changed. Bounded by the stretch, not the thread.
    func takeUpdates() throws -> [Update] {
        defer { touched = [:] }
        var updates: [Update] = []
        for (thread, stretch) in touched where try hasMarks(thread) {
            try look(thread, stretch, &updates)
        }
        return updates
    }

    private func hasMarks(_ thread: Thread) throws -> Bool {
        anyMark.bind(thread.person, at: 1)
        anyMark.bind(thread.line, at: 2)
        defer { anyMark.reset() }
        return try anyMark.step()
    }

    private func look(_ thread: Thread, _ stretch: Stretch, _ updates: inout [Update]) throws {
        // What came up to 72 h before may change its answer; what follows within 24 h ends reply windows.
        let from = stretch.from.adding(seconds: -ThreadLedger.optOutWindowSeconds)
        let to = stretch.to
        outbound.bind(thread.person, at: 1)
        outbound.bind(thread.line, at: 2)
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
        guard let first = messages.first else { return }
        let found = try marks(of: thread, from: first.at, to: to.adding(seconds: ThreadLedger.optOutWindowSeconds))
        let new = ThreadLedger.flags(of: messages, marks: found)
        for index in messages.indices where messages[index].at <= to {
            if old[index].intersection([.windowReply, .stopped]) != new[index] {
                updates.append(Update(row: messages[index].id, flags: new[index]))
            }
        }
    }

    private func marks(of thread: Thread, from: Instant, to: Instant) throws -> [ThreadLedger.Mark] {
        marks.bind(thread.person, at: 1)
        marks.bind(thread.line, at: 2)
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
