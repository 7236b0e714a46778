import Domain
import GRDB
import Ledgers

/// Messages of customers by id: Meta and a desk may both tell of one, whichever comes first. Meta's time and thread
/// win over a desk's.
final class InboundBook {
    /// A desk's message that Meta turned out to know.
    struct Learned {
        var conversation: Int64
        var thread: ThreadBook.Thread
    }
    private struct Known {
        var thread: ThreadBook.Thread
        var at: Instant
        var isMeta: Bool
        var conversation: Int64?
    }

    private let threads: ThreadBook
    private let desk: DeskEntries
    private let find: Statement
    private let write: Statement

    init(_ db: Database, threads: ThreadBook, desk: DeskEntries) throws {
        self.threads = threads
        self.desk = desk
        find = try Statement(
            db, "SELECT person, line, at, is_meta, conversation FROM inbound_key WHERE hash = ?")
        write = try Statement(
            db,
            """
            INSERT OR REPLACE INTO inbound_key (hash, person, line, at, is_meta, conversation)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
    }

    /// Meta told of a message. Returns what a desk's conversation learns from that, and whether Meta had told all of it
    /// before.
    func hear(_ entry: ThreadEntry, in thread: ThreadBook.Thread) throws -> (learned: Learned?, isNews: Bool) {
        guard let known = try known(entry.key) else {
            try remember(entry.key, Known(thread: thread, at: entry.at, isMeta: true))
            try threads.put(entry, in: thread)
            return (nil, true)
        }
        guard known.isMeta else {
            // Until now only the desk had told: its entry moves to where Meta says it belongs.
            var entry = entry
            if let conversation = known.conversation {
                let told = try desk.take(at: known.at, key: entry.key, of: conversation)
                if let told { entry.kind = ThreadEntry.join(entry.kind, told) }
            }
            try threads.remove(at: known.at, key: entry.key, from: known.thread)
            try remember(
                entry.key, Known(thread: thread, at: entry.at, isMeta: true, conversation: known.conversation))
            try threads.put(entry, in: thread)
            return (known.conversation.map { Learned(conversation: $0, thread: thread) }, true)
        }
        // Told twice: the earlier time, and there a thread whose number is known.
        let isNewer = entry.at > known.at || (entry.at == known.at && known.thread.line > 0)
        let home = isNewer ? known.thread : thread
        var joined = ThreadEntry(at: min(entry.at, known.at), key: entry.key, kind: entry.kind)
        let isMoved = home != known.thread || joined.at != known.at
        if isMoved {
            let old = try threads.remove(at: known.at, key: entry.key, from: known.thread)
            if let old { joined.kind = ThreadEntry.join(joined.kind, old) }
            try remember(
                entry.key, Known(thread: home, at: joined.at, isMeta: true, conversation: known.conversation))
        }
        let isNews = try threads.put(joined, in: home)
        return (nil, isMoved || isNews && home.exists)
    }

    /// A desk told of a message with Meta's id.
    /// - Parameter home: the thread of the desk's conversation, as far as it is known.
    func hear(
        _ entry: ThreadEntry, of conversation: Int64, in home: ThreadBook.Thread
    ) throws -> Learned? {
        guard var known = try known(entry.key) else {
            try remember(
                entry.key, Known(thread: home, at: entry.at, isMeta: false, conversation: conversation))
            try desk.add(entry, to: conversation)
            try threads.put(entry, in: home)
            return nil
        }
        if known.isMeta {
            try threads.put(ThreadEntry(at: known.at, key: entry.key, kind: entry.kind), in: known.thread)
            if known.conversation == nil {
                known.conversation = conversation
                try remember(entry.key, known)
            }
            return Learned(conversation: conversation, thread: known.thread)
        }
        guard known.conversation == conversation, entry.at < known.at else { return nil }
        try desk.take(at: known.at, key: entry.key, of: conversation)
        try threads.remove(at: known.at, key: entry.key, from: home)
        try remember(entry.key, Known(thread: home, at: entry.at, isMeta: false, conversation: conversation))
        try desk.add(entry, to: conversation)
        try threads.put(entry, in: home)
        return nil
    }

    /// A message that is in a thread by now belongs to another.
    func move(_ key: Int64, to thread: ThreadBook.Thread) throws {
        guard var known = try known(key), known.thread != thread else { return }
        known.thread = thread
        try remember(key, known)
    }

    private func known(_ key: Int64) throws -> Known? {
        find.bind(key, at: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        return Known(
            thread: .init(person: find.int(0), line: find.int(1)), at: Instant(microseconds: find.int(2)),
            isMeta: find.int(3) == 1, conversation: find.optionalInt(4))
    }

    private func remember(_ key: Int64, _ known: Known) throws {
        write.bind(key, at: 1)
        write.bind(known.thread.person, at: 2)
        write.bind(known.thread.line, at: 3)
        write.bind(known.at.microseconds, at: 4)
        write.bind(known.isMeta ? 1 : 0, at: 5)
        write.bind(known.conversation, at: 6)
        try write.run()
    }
}

/// What only desks have told, by conversation.
final class DeskEntries {
    private let insert: Statement
    private let find: Statement
    private let delete: Statement
    private let all: Statement

    init(_ db: Database) throws {
        insert = try Statement(
            db,
            "INSERT OR REPLACE INTO desk_entry (conversation, at, key, kind, data) VALUES (?, ?, ?, ?, ?)")
        find = try Statement(
            db, "SELECT kind, data FROM desk_entry WHERE conversation = ? AND at = ? AND key = ?")
        delete = try Statement(db, "DELETE FROM desk_entry WHERE conversation = ? AND at = ? AND key = ?")
        all = try Statement(db, "SELECT at, key, kind, data FROM desk_entry WHERE conversation = ?")
    }

    /// False when all of it was known.
    @discardableResult
    func add(_ entry: ThreadEntry, to conversation: Int64) throws -> Bool {
        var entry = entry
        if let known = try known(at: entry.at, key: entry.key, of: conversation) {
            entry.kind = ThreadEntry.join(known, entry.kind)
            guard entry.kind != known else { return false }
        }
        bind(entry.at, entry.key, conversation, to: insert)
        insert.bind(ServiceRecord.kind(of: entry.kind).rawValue, at: 4)
        insert.bind(ServiceRecord.encode(entry.kind), at: 5)
        try insert.run()
        return true
    }

    @discardableResult
    func take(at: Instant, key: Int64, of conversation: Int64) throws -> ThreadEntry.Kind? {
        guard let known = try known(at: at, key: key, of: conversation) else { return nil }
        bind(at, key, conversation, to: delete)
        try delete.run()
        return known
    }

    func entries(of conversation: Int64) throws -> [ThreadEntry] {
        all.bind(conversation, at: 1)
        defer { all.reset() }
        var found: [ThreadEntry] = []
        while try all.step() {
            guard let kind = all.withBlob(3, { ServiceRecord.decode(all.int(2), $0) }) else { continue }
            found.append(ThreadEntry(at: Instant(microseconds: all.int(0)), key: all.int(1), kind: kind))
        }
        return found
    }

    private func known(at: Instant, key: Int64, of conversation: Int64) throws -> ThreadEntry.Kind? {
        bind(at, key, conversation, to: find)
        defer { find.reset() }
        guard try find.step() else { return nil }
        return find.withBlob(1) { ServiceRecord.decode(find.int(0), $0) }
    }

    private func bind(_ at: Instant, _ key: Int64, _ conversation: Int64, to statement: Statement) {
        statement.bind(conversation, at: 1)
        statement.bind(at.microseconds, at: 2)
        statement.bind(key, at: 3)
    }
}
