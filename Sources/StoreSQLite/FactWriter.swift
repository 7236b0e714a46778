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
    private let desks: DeskBook
    private let service: ServiceBook
    private let cells: CellWriter<SIMD16<Int64>>
    private let lines: LineDictionary
    private let groups: GroupDictionary
    private let progress: Progress
    private let rowFlags: RowFlags
    private let spans: SpanWriter
    private let timeline: Statement
    private let notUnderstood: Statement
    /// What desks' conversations learn from messages that have just found their thread.
    private var learned: [InboundBook.Learned] = []

    init(
        _ db: Database, zone: String, rules: ServiceRules, dayStart: @escaping (QuarterHour) -> QuarterHour
    ) throws {
        progress = try Progress(db, zone: zone)
        segments = try SegmentDictionary(.message, db)
        persons = try PersonBook(db)
        messages = try MessageBook(db)
        threads = try ThreadBook(db)
        cells = try CellWriter(.message, db, dayStart: dayStart)
        lines = try LineDictionary(db)
        groups = try GroupDictionary(db)
        desks = try DeskBook(db, threads: threads, persons: persons, lines: lines)
        service = try ServiceBook(
            db, threads: threads, lines: lines, messages: segments, rules: rules, dayStart: dayStart)
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
        let isDue = try service.touchDue(asOf: asOf)
        // A sweep that finds nothing due must not look like new data.
        if batch.items.isEmpty, batch.cursor == progress.cursor, !isDue, try rowFlags.expired(asOf: asOf).isEmpty {
            return
        }
        var dirty: [MessageEntry] = []
        try messages.prefetch(batch.items.compactMap { Self.key(of: $0.event) })
        for item in batch.items { try fold(item, &dirty, db) }
        try inheritFromHeaders(&dirty)
        try mergeThreads(db)
        try write(dirty, asOf: asOf, db)
        // Finding a message's recipient may itself have joined persons.
        try mergeThreads(db)
        for learned in learned { try desks.learn(learned) }
        learned = []
        try followThreads(asOf: asOf, db)
        for row in try rowFlags.expired(asOf: asOf) {
            try change(row: row, db) { $0.subtracting(.pending).union(.expired) }
        }
        try flush()
        try progress.advance(to: batch, asOf: asOf)
    }

    /// Counts a part of what a change of settings has made stale; false when nothing is left.
    func recountStale(_ db: Database) throws -> Bool {
        guard try service.touchStale(db) else { return false }
        try followThreads(asOf: progress.asOf, db)
        try flush()
        try progress.changed()
        return true
    }

    private func flush() throws {
        try cells.flush()
        try service.flush()
        try spans.flush()
    }

    /// Brings everything up to date that depends on what else is said in the touched threads.
    private func followThreads(asOf: Instant, _ db: Database) throws {
        for (thread, stretch) in threads.takeTouched() {
            for lone in try service.refold(thread, stretch, asOf: asOf, db) {
                try change(row: lone.row, db) { lone.isLone ? $0.union(.lone) : $0.subtracting(.lone) }
            }
            guard try threads.hasEntries(thread) else { continue }
            for update in try threads.answers(in: thread, stretch) {
                try change(row: update.row, db) {
                    $0.subtracting([.windowReply, .stopped]).union(update.flags).settled
                }
            }
        }
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

    private func fold(_ item: ProjectionBatch.Item, _ dirty: inout [MessageEntry], _ db: Database) throws {
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
            try fold(inbound, &dirty, db)
        case .identity(let link):
            try persons.join(link.a, link.b)
        case .preference(let change):
            guard change.wish == .stop else { return }
            try note(.stop(at: change.at), change.person, change.line)
        case .handover(let handover):
            guard let entry = ThreadEntry(handover) else { return }
            try note(entry, handover.person, handover.line)
        case .desk(let event):
            try fold(event, &dirty, db)
        case .calendar(let change):
            try service.apply(change, db)
            try write(AccountEvent(change, at: item.receivedAt), receivedAt: item.receivedAt)
        case .serviceTargets(let targets):
            try service.apply(targets, db)
            try write(AccountEvent(targets, at: item.receivedAt), receivedAt: item.receivedAt)
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
            try note(.stop(at: status.at), status.recipient, status.line)
        }
    }

    private func fold(_ inbound: InboundMessage, _ dirty: inout [MessageEntry], _ db: Database) throws {
        if let key = MessageLedger.key(answeredBy: inbound) {
            try join(key, &dirty) { MessageLedger.join(answer: inbound, into: &$0) }
            if let header = key.header, let participant = key.participant {
                try join(header, &dirty) { state in
                    state.participants.insert(participant)
                    state.heardAt = earliest(state.heardAt, inbound.at)
                }
            }
        }
        let sender = try persons.person(inbound.sender)
        // What is known of the message must be where the person now is.
        try mergeThreads(db)
        // A group is a thread of its own, not the person's with the business.
        let person = try inbound.group.map { try groups.id($0) } ?? sender
        let thread = ThreadBook.Thread(person: person, line: try lines.id(inbound.line.phoneNumber))
        if let entry = ThreadEntry(inbound), let learned = try desks.inbound.hear(entry, in: thread) {
            try desks.learn(learned)
        }
        if inbound.kind.isOptOut, inbound.group == nil { try threads.put(.stop(at: inbound.at), in: thread) }
    }

    private func fold(_ event: DeskEvent, _ dirty: inout [MessageEntry], _ db: Database) throws {
        _ = try persons.person(event.conversation.contact)
        try mergeThreads(db)
        var told: (message: DeskMessage, id: MessageID, at: Instant, conversation: Int64)?
        try desks.hear(event) { message, at, conversation in
            told = message.message.map { (message, $0, at, conversation) }
        }
        guard let told else { return }
        try join(MessageLedger.Key(id: told.id), &dirty) {
            MessageLedger.join(
                told.message, of: event.desk, at: told.at, conversation: told.conversation,
                contact: event.conversation.contact,
                line: event.conversation.line, into: &$0)
        }
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

    private func note(_ entry: ThreadEntry, _ party: Party, _ line: Line) throws {
        let person = try persons.person(party)
        try threads.put(entry, in: .init(person: person, line: try lines.id(line.phoneNumber)))
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
            let segment = try segments.entry(fact.dimensions, db)
            let isSaid = ThreadReader.isSaid(fact.flags) && service.isRead(segment: segment.id)
            if try place(entry, fact, segment: segment.id, isSaid: isSaid) {
                // What the old thread said does not hold in the new one. Most messages stand alone there: a look at
                // the thread tells those that do not.
                let thread = ThreadBook.Thread(person: entry.person, line: entry.line)
                entry.thread = isSaid && thread.exists ? .lone : []
                fact.flags = fact.flags.subtracting(.ofThread).union(entry.thread).settled
            }
            try messages.write(entry, fact: fact, segment: segment.id)
            if isNew { new.append(entry) }
            spans.note(row: entry.row, cohortAt: fact.cohortAt)
            try count(
                Contribution(
                    cohortAt: fact.cohortAt, segment: segment.id, flags: fact.flags,
                    timeToDeliver: fact.timeToDeliver, timeToRead: fact.timeToRead),
                of: entry, db)
            if let conversation = entry.state.deskConversation {
                learned.append(
                    .init(conversation: conversation, thread: .init(person: entry.person, line: entry.line)))
            }
        }
        try messages.enterKeys(of: new)
    }

    /// Puts a message into its thread, and notes which stretch of which threads that changes. True when the message
    /// is not in the thread where it was.
    ///
    /// A copy of a group message is in no thread; the group's message itself is in the group's.
    private func place(
        _ entry: MessageEntry, _ fact: MessageFact, segment: Int64, isSaid: Bool
    ) throws -> Bool {
        let group = entry.state.group
        let recipient = entry.state.recipient
        let isKnown = entry.foundBy == recipient && entry.person > 0
        var person = isKnown ? persons.current(entry.person) : try persons.person(recipient)
        entry.foundBy = recipient
        let isOutbound = fact.flags.contains(.outbound)
        let isInThread = isOutbound && (group == nil || entry.key.participant == nil)
        if let group, entry.key.participant == nil { person = try groups.id(group) }
        let line = isInThread ? try lines.id(entry.state.line.phoneNumber) : -1
        let before = ThreadBook.Thread(person: persons.current(entry.person), line: entry.line)
        let after = ThreadBook.Thread(person: person, line: line)
        let old = entry.counted
        let wasOutbound = old?.flags.contains(.outbound) ?? false
        let wasSaid = old.map { ThreadReader.isSaid($0.flags) && service.isRead(segment: $0.segment) } ?? false
        let isElsewhere = before != after || old?.cohortAt != fact.cohortAt || wasOutbound != isOutbound
        let saysOther = old.map { $0.segment != segment && differs($0.segment, segment) } ?? false
        if isElsewhere || wasSaid != isSaid || saysOther {
            if let old, wasOutbound { threads.touch(before, old.cohortAt) }
            if isOutbound { threads.touch(after, fact.cohortAt, isFresh: old == nil && isSaid) }
            // Whoever quoted it answered what it turns out to be.
            for quoted in [entry.state.quotedAt, entry.state.lastQuotedAt] {
                if let quoted { threads.touch(after, quoted) }
            }
        }
        entry.person = person
        entry.line = line
        return before != after || !isOutbound || wasSaid != isSaid
    }

    /// Whether messages of two segments differ in what matters to a conversation.
    private func differs(_ a: Int64, _ b: Int64) -> Bool {
        service.outbound(segment: a) != service.outbound(segment: b)
    }

    private func count(_ new: Contribution, of entry: MessageEntry, _ db: Database) throws {
        guard new != entry.counted else { return }
        if let old = entry.counted { try add(old, sign: -1, db) }
        try add(new, sign: 1, db)
        entry.counted = new
    }

    private func add(_ contribution: Contribution, sign: Int64, _ db: Database) throws {
        guard let segment = segments.entry(id: contribution.segment) else { throw ServiceTableError.unknownSegment }
        let quarter = QuarterHour(containing: contribution.cohortAt)
        cells.add(Self.lanes(contribution.flags, sign: sign), in: quarter, segment)
        for (duration, value) in [contribution.timeToDeliver, contribution.timeToRead].enumerated() {
            if let value { cells.count(value, duration: duration, in: quarter, segment, sign: sign) }
        }
        if contribution.flags.contains(.lone) {
            try service.countLone(segment: contribution.segment, at: contribution.cohortAt, sign: sign, db)
        }
    }

    private static func lanes(_ flags: MessageFlags, sign: Int64) -> SIMD16<Int64> {
        var lanes = SIMD16<Int64>.zero
        for measure in MessageMeasure.allCases where flags.contains(MessageFlags(measure)) {
            lanes[measure.rawValue] = sign
        }
        return lanes
    }

    /// Changes the flags of a row that is in the table.
    private func change(row: Int64, _ db: Database, _ change: (MessageFlags) -> MessageFlags) throws {
        guard let old = try rowFlags.contribution(row: row) else { return }
        var new = old
        new.flags = change(old.flags)
        try rowFlags.write(row: row, new.flags)
        try add(old, sign: -1, db)
        try add(new, sign: 1, db)
        guard let entry = messages.resident(row: row) else { return }
        entry.counted = new
        entry.thread = new.flags.intersection(.ofThread)
        if !new.flags.contains(.pending) { entry.indexed?.expiresAt = nil }
    }

    private func mergeThreads(_ db: Database) throws {
        for merge in persons.takeMerges() {
            try db.execute(
                sql: "UPDATE message SET person = ? WHERE person = ?", arguments: [merge.into, merge.from])
            for table in ["wait", "conversation"] {
                try db.execute(
                    sql: "UPDATE \(table) SET person = ? WHERE person = ?", arguments: [merge.into, merge.from])
            }
            for (key, thread) in try threads.merge(merge) { try desks.inbound.move(key, to: thread) }
            try desks.merge(merge)
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
