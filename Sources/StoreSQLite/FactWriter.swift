import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// Folds a batch of events into the tables, inside one transaction of the one writing connection.
///
/// It keeps dictionaries and recent messages in memory between batches. When a transaction fails its memory is
/// ahead of the tables: the store then throws the writer away and makes a new one.
final class FactWriter {
    private let segments: SegmentDictionary
    private let persons: PersonBook
    private let messages: MessageBook
    private let threads: ThreadBook
    private let cells: CellWriter
    private let lines: LineDictionary
    private let progress: Progress
    private let rowFlags: RowFlags
    private let spans: SpanWriter
    private let timeline: Statement
    private let notUnderstood: Statement

    init(_ db: Database, zone: String, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        segments = try SegmentDictionary(db)
        persons = try PersonBook(db)
        messages = try MessageBook(db)
        threads = try ThreadBook(db)
        cells = try CellWriter(db, dayStart: dayStart)
        lines = try LineDictionary(db)
        progress = try Progress(db, zone: zone)
        rowFlags = try RowFlags(db)
        spans = try SpanWriter(db)
        timeline = try Statement(
            db,
            """
            INSERT INTO timeline (key, at, field, event) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET at = min(at, excluded.at)
            """)
        notUnderstood = try Statement(
            db,
            """
            INSERT INTO not_understood (field, reason, count, last_at) VALUES (?, ?, 1, ?)
            ON CONFLICT (field, reason) DO UPDATE SET count = count + 1, last_at = max(last_at, excluded.last_at)
            """)
    }

    /// Whether the last batch that was folded here is the last one in the tables.
    func isCurrent(_ db: Database) throws -> Bool { try progress.isCurrent(db) }

    /// Folds and writes one batch. Deliveries at or before the cursor have been counted: nothing is done twice.
    func apply(_ batch: ProjectionBatch, _ db: Database) throws {
        guard batch.cursor > progress.cursor || batch.items.isEmpty else { return }
        messages.age()
        let asOf = max(batch.asOf, progress.asOf)
        // A sweep that finds nothing due must not look like new data.
        if batch.items.isEmpty, batch.cursor == progress.cursor, try rowFlags.expired(asOf: asOf).isEmpty { return }
        var dirty: [MessageEntry] = []
        try messages.prefetch(batch.items.compactMap { Self.key(of: $0.event) })
        for item in batch.items { try fold(item, &dirty) }
        try inheritFromHeaders(&dirty)
        try mergeThreads(db)
        try write(dirty, asOf: asOf, db)
        // Finding a message's recipient may itself have joined persons.
        try mergeThreads(db)
        for update in try threads.takeUpdates() {
            try change(row: update.row) { old in
                var flags = old.subtracting([.windowReply, .stopped])
                flags.formUnion(update.flags)
                return flags.settled
            }
        }
        for row in try rowFlags.expired(asOf: asOf) {
            try change(row: row) { $0.subtracting(.pending).union(.expired) }
        }
        try cells.flush()
        try spans.flush()
        try progress.advance(to: batch, asOf: asOf)
    }

    // MARK: Folding

    private static func key(of event: Event) -> MessageLedger.Key? {
        switch event {
        case .status(let status): MessageLedger.key(of: status)
        case .send(let send): MessageLedger.Key(id: send.message)
        case .echo(let echo): MessageLedger.Key(id: echo.message)
        case .inbound(let inbound): MessageLedger.key(answeredBy: inbound)
        default: nil
        }
    }

    private func fold(_ item: ProjectionBatch.Item, _ dirty: inout [MessageEntry]) throws {
        switch item.event {
        case .status(let status):
            try fold(status, &dirty)
        case .send(let send):
            try join(MessageLedger.Key(id: send.message), &dirty) {
                MessageLedger.join(send, receivedAt: item.receivedAt, into: &$0)
            }
        case .echo(let echo):
            try join(MessageLedger.Key(id: echo.message), &dirty) { MessageLedger.join(echo, into: &$0) }
        case .inbound(let inbound):
            try fold(inbound, &dirty)
        case .identity(let link):
            try persons.join(link.a, link.b)
        case .preference(let change):
            guard change.wish == .stop else { return }
            try mark(change.person, change.line, .init(at: change.at, kind: .stop))
        case .account(let event):
            try write(event, receivedAt: item.receivedAt)
        case .notUnderstood(let piece):
            notUnderstood.bind(piece.field, at: 1)
            notUnderstood.bind(piece.reason.rawValue, at: 2)
            notUnderstood.bind(item.receivedAt.microseconds, at: 3)
            try notUnderstood.run()
        case .linkClick, .call, .payment, .automatic:
            // Decoded, and kept in the inbox; no fact is made of them yet.
            break
        }
    }

    private func fold(_ status: MessageStatus, _ dirty: inout [MessageEntry]) throws {
        let key = MessageLedger.key(of: status)
        try join(key, &dirty) { MessageLedger.join(status, into: &$0) }
        if let header = key.header, let participant = key.participant {
            try join(header, &dirty) { state in
                state.group = status.group
                state.participants.insert(participant)
                // Dates the header even when nothing else is known of it, so that it is kept.
                state.heardAt = earliest(state.heardAt, status.at)
            }
        }
        // 131050: the person has stopped marketing of this business.
        if status.status == .failed, status.errors.contains(where: { $0.code == 131_050 }) {
            try mark(status.recipient, status.line, .init(at: status.at, kind: .stop))
        }
    }

    private func fold(_ inbound: InboundMessage, _ dirty: inout [MessageEntry]) throws {
        if let key = MessageLedger.key(answeredBy: inbound) {
            try join(key, &dirty) { MessageLedger.join(answer: inbound, into: &$0) }
            if let header = key.header, let participant = key.participant {
                try join(header, &dirty) { state in
                    state.participants.insert(participant)
                    state.heardAt = earliest(state.heardAt, inbound.at)
                }
            }
        }
        // A group is no thread of the person with the business.
        guard inbound.group == nil else {
            _ = try persons.person(inbound.sender)
            return
        }
        if inbound.kind.isAnswer { try mark(inbound.sender, inbound.line, .init(at: inbound.at, kind: .inbound)) }
        if inbound.kind.isOptOut { try mark(inbound.sender, inbound.line, .init(at: inbound.at, kind: .stop)) }
        if !inbound.kind.isAnswer { _ = try persons.person(inbound.sender) }
    }

    /// Joins something into a message's state; notes the message when that told something new.
    private func join(
        _ key: MessageLedger.Key, _ dirty: inout [MessageEntry], _ change: (inout MessageState) -> Void
    ) throws {
        let entry = try messages.entry(key)
        var state = entry.state
        change(&state)
        guard state != entry.state || entry.row == 0 else { return }
        entry.state = state
        if !entry.isDirty {
            entry.isDirty = true
            dirty.append(entry)
        }
    }

    private func mark(_ party: Party, _ line: Line, _ mark: ThreadLedger.Mark) throws {
        let person = try persons.person(party)
        try threads.mark(.init(person: person, line: try lines.id(line.phoneNumber)), mark)
    }

    /// What a group message knows goes to the copies of its participants.
    private func inheritFromHeaders(_ dirty: inout [MessageEntry]) throws {
        var headers: Set<MessageLedger.Key> = []
        for entry in dirty {
            if let header = entry.key.header { headers.insert(header) }
            if entry.state.isGroupHeader { headers.insert(entry.key) }
        }
        for key in headers {
            let header = try messages.entry(key)
            for participant in header.state.participants {
                try join(MessageLedger.Key(id: key.id, participant: participant), &dirty) {
                    MessageLedger.inherit(from: header.state, into: &$0)
                    $0.group = header.state.group
                }
            }
        }
    }

    // MARK: Writing

    private func write(_ dirty: [MessageEntry], asOf: Instant, _ db: Database) throws {
        var new: [MessageEntry] = []
        for entry in dirty {
            entry.isDirty = false
            // Only something that says nothing datable (a header without a time) has no fact yet.
            guard var fact = MessageFact(entry.state, thread: entry.thread, asOf: asOf) else { continue }
            let isNew = entry.row == 0
            if try place(entry, fact) {
                // What the old thread said does not hold in the new one.
                entry.thread = []
                fact.flags = fact.flags.subtracting([.windowReply, .stopped]).settled
            }
            let segment = try segments.entry(fact.dimensions, db)
            try messages.write(entry, fact: fact, segment: segment.id)
            if isNew { new.append(entry) }
            spans.note(row: entry.row, cohortAt: fact.cohortAt)
            try count(
                Contribution(
                    cohortAt: fact.cohortAt, segment: segment.id, flags: fact.flags,
                    timeToDeliver: fact.timeToDeliver, timeToRead: fact.timeToRead),
                of: entry)
        }
        try messages.enterKeys(of: new)
    }

    /// Puts a message into its thread, and notes which stretch of which threads that changes. True when the message
    /// is not in the thread where it was.
    private func place(_ entry: MessageEntry, _ fact: MessageFact) throws -> Bool {
        let isGroup = entry.state.group != nil
        let recipient = entry.state.recipient
        let isKnown = entry.foundBy == recipient && entry.person > 0
        let person = isKnown ? persons.current(entry.person) : try persons.person(recipient)
        entry.foundBy = recipient
        let line = isGroup ? -1 : try lines.id(entry.state.line.phoneNumber)
        let before = ThreadBook.Thread(person: persons.current(entry.person), line: entry.line)
        let after = ThreadBook.Thread(person: person, line: line)
        let wasOutbound = entry.counted?.flags.contains(.outbound) ?? false
        let isOutbound = fact.flags.contains(.outbound)
        if before != after || entry.counted?.cohortAt != fact.cohortAt || wasOutbound != isOutbound {
            if let counted = entry.counted, wasOutbound { threads.touch(before, counted.cohortAt) }
            if isOutbound { threads.touch(after, fact.cohortAt) }
        }
        entry.person = person
        entry.line = line
        return before != after || !isOutbound
    }

    private func count(_ new: Contribution, of entry: MessageEntry) throws {
        guard new != entry.counted else { return }
        if let old = entry.counted { try add(old, sign: -1) }
        try add(new, sign: 1)
        entry.counted = new
    }

    private func add(_ contribution: Contribution, sign: Int64) throws {
        guard let segment = segments.entry(id: contribution.segment) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a message names a segment that does not exist")
        }
        cells.add(contribution, segments: segment, sign: sign)
    }

    /// Changes the flags of a row that is in the table.
    private func change(row: Int64, _ change: (MessageFlags) -> MessageFlags) throws {
        guard let old = try rowFlags.contribution(row: row) else { return }
        var new = old
        new.flags = change(old.flags)
        try rowFlags.write(row: row, new.flags)
        try add(old, sign: -1)
        try add(new, sign: 1)
        guard let entry = messages.resident(row: row) else { return }
        entry.counted = new
        entry.thread = new.flags.intersection([.windowReply, .stopped])
        if !new.flags.contains(.pending) { entry.indexed?.expiresAt = nil }
    }

    private func mergeThreads(_ db: Database) throws {
        for merge in persons.takeMerges() {
            try db.execute(
                sql: "UPDATE message SET person = ? WHERE person = ?", arguments: [merge.into, merge.from])
            try threads.merge(merge)
        }
    }

    private func write(_ event: AccountEvent, receivedAt: Instant) throws {
        let key = AccountLedger.key(of: event, receivedAt: receivedAt)
        timeline.bind(Int64(bitPattern: key), at: 1)
        timeline.bind((event.at ?? receivedAt).microseconds, at: 2)
        timeline.bind(event.field, at: 3)
        timeline.bind(AccountEventRecord.encode(event), at: 4)
        try timeline.run()
    }
}
