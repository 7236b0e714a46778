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
    let segments: SegmentDictionary
    let persons: PersonBook
    let messages: MessageBook
    let threads: ThreadBook
    let desks: DeskBook
    let service: ServiceBook
    let contacts: ContactBook
    let charges: ChargeBook
    let waste: WasteBook
    let outcomes: OutcomeBook
    let cells: CellWriter<SIMD16<Int64>>
    let lines: LineDictionary
    let groups: GroupDictionary
    let progress: Progress
    let rowFlags: RowFlags
    let spans: SpanWriter
    let timeline: Statement
    let metaClicks: Statement
    let notUnderstood: Statement
    let receipts: ReceiptBook
    /// What desks' conversations learn from messages that have just found their thread.
    var learned: [InboundBook.Learned] = []

    /// - Parameters:
    ///   - clock: of the reporting zone.
    ///   - currency: that amounts are told in where they can be.
    ///   - home: kept with the facts, see `Home`.
    init(_ db: Database, clock: ZoneClock, currency: String, home: Home, rules: ServiceRules) throws {
        let dayStart = { clock.startOfDay($0) as QuarterHour }
        progress = try Progress(db, zone: clock.identifier, currency: currency, home: home)
        segments = try SegmentDictionary(.message, db)
        persons = try PersonBook(db)
        messages = try MessageBook(db)
        threads = try ThreadBook(db)
        cells = try CellWriter(.message, db, dayStart: dayStart)
        lines = try LineDictionary(db)
        groups = try GroupDictionary(db)
        desks = try DeskBook(db, threads: threads, persons: persons, lines: lines)
        let charges = try ChargeBook(
            db, clock: clock, currency: currency, messages: segments, dayStart: dayStart)
        self.charges = charges
        waste = try WasteBook(db, messages: segments)
        outcomes = try OutcomeBook(
            db, persons: persons, lines: lines, messages: segments,
            convert: { charges.settings.book.converted($0, at: $1) }, dayStart: dayStart)
        let outcomes = self.outcomes
        service = try ServiceBook(
            db, threads: threads, lines: lines, messages: segments, rules: rules,
            hasOutcome: { try outcomes.hasOutcome(of: $0, from: $1, to: $2) }, dayStart: dayStart)
        contacts = try ContactBook(db, dayStart: dayStart)
        rowFlags = try RowFlags(db)
        spans = try SpanWriter(db)
        timeline = try Statement(
            db,
            """
            INSERT INTO timeline (key, at, field, event) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE excluded.at < at
            """)
        metaClicks = try Statement(
            db, "INSERT OR IGNORE INTO meta_click (key, at, line, component) VALUES (?, ?, ?, ?)")
        receipts = try ReceiptBook(db)
        notUnderstood = try Statement(
            db,
            """
            INSERT INTO not_understood (field, reason, count, last_at) VALUES (?, ?, 1, ?)
            ON CONFLICT (field, reason) DO UPDATE SET count = count + 1, last_at = max(last_at, excluded.last_at)
            """)
        let counted = try String.fetchOne(db, sql: "SELECT currency FROM progress")
        if counted != currency {
            try waste.review.reprice(from: .distantPast)
            try outcomes.exchangeChanged()
            try db.execute(sql: "UPDATE progress SET currency = ?", arguments: [currency])
        }
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
        if batch.items.isEmpty, batch.cursor == progress.cursor, !isDue, !waste.isDue(asOf: asOf),
            try rowFlags.expired(asOf: asOf).isEmpty
        {
            return
        }
        var dirty: [MessageEntry] = []
        try messages.prefetch(batch.items.compactMap { Self.key(of: $0.event) })
        receipts.add(batch.receipts)
        for item in batch.items { receipts.add(item, try fold(item, &dirty, db)) }
        try inheritFromHeaders(&dirty)
        try mergeThreads(db)
        try write(dirty, asOf: asOf, db)
        // Finding a message's recipient may itself have joined persons.
        try mergeThreads(db)
        for learned in learned {
            try desks.learn(learned)
            try outcomes.conversationAppeared(hash: learned.conversation)
        }
        learned = []
        try followThreads(asOf: asOf, db)
        for row in try rowFlags.expired(asOf: asOf) {
            try change(row: row, db) { $0.subtracting(.pending).union(.expired) }
        }
        try followCharges(db)
        try flush()
        try progress.advance(to: batch, asOf: asOf)
    }

    /// Whether something is left that `recountStale` would do.
    var hasWork: Bool {
        service.hasStale || outcomes.hasStale || waste.review.open != nil || waste.isDue(asOf: progress.asOf)
    }

    /// Counts a part of what a change of settings, or time alone, has made stale; false when nothing is left.
    func recountStale(_ db: Database) throws -> Bool {
        messages.age()
        let isServing = try service.touchStale(db)
        let isCrediting = try outcomes.touchStale(db)
        let isJudging = try waste.review.advance(judgedTo: WasteLedger.judgedTo(asOf: progress.asOf))
        let step = try waste.review.next()
        guard isServing || isCrediting || isJudging || step != nil else { return false }
        for row in step?.rows ?? [] {
            if step?.reprices == true { try reprice(row: row, db) }
            waste.note(row: row)
        }
        try followThreads(asOf: progress.asOf, db)
        try followCharges(db)
        try flush()
        try progress.changed()
        return true
    }

    private func flush() throws {
        try cells.flush()
        try service.flush()
        try contacts.flush()
        try charges.flush()
        try outcomes.flush()
        try spans.flush()
        try receipts.flush()
    }

    /// Brings everything up to date that depends on what else is said in the touched threads, and on outcomes. Each may
    /// tell something new to the other: an outcome to the conversation before it, a conversation's resolution is an
    /// outcome.
    private func followThreads(asOf: Instant, _ db: Database) throws {
        try outcomes.settleArrivals()
        repeat {
            for (person, at) in outcomes.takeChanged() { try threads.touch(person: person, at) }
            for (thread, stretch) in threads.takeTouched() { try follow(thread, stretch, asOf: asOf, db) }
            for resolution in service.takeResolutions() {
                try outcomes.resolve(resolution.thread, old: resolution.old, new: resolution.new)
            }
            try outcomes.follow(change: { try self.change(row: $0, db, $1) }, db)
        } while outcomes.hasChanged
    }

    private func follow(
        _ thread: ThreadBook.Thread, _ stretch: ThreadBook.Stretch, asOf: Instant, _ db: Database
    ) throws {
        for lone in try service.refold(thread, stretch, asOf: asOf, db) {
            try change(row: lone.row, db) { lone.isLone ? $0.union(.lone) : $0.subtracting(.lone) }
        }
        try contacts.follow(thread, stretch)
        waste.touched(person: thread.person, from: stretch.from)
        try outcomes.touched(person: thread.person, at: stretch.from)
        try outcomes.touched(person: thread.person, at: stretch.to)
        guard try threads.hasEntries(thread) else { return }
        for update in try threads.answers(in: thread, stretch) {
            try change(row: update.row, db) {
                $0.subtracting([.windowReply, .stopped]).union(update.flags).settled
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

    private func fold(
        _ item: ProjectionBatch.Item, _ dirty: inout [MessageEntry], _ db: Database
    ) throws -> ReceiptBook.Telling {
        if case .status(let status) = item.event { return try fold(status, &dirty) }
        return try tellsNews(item, &dirty, db) ? .news : .known
    }

    /// Folds an event that is no status; false when all that it told was known. What is kept nowhere, and settings,
    /// which hold from when they are told, are news each time.
    private func tellsNews(
        _ item: ProjectionBatch.Item, _ dirty: inout [MessageEntry], _ db: Database
    ) throws -> Bool {
        switch item.event {
        case .send(let send):
            return try join(MessageLedger.Key(id: send.message), &dirty) {
                MessageLedger.join(send, receivedAt: item.receivedAt, into: &$0)
            }
        case .echo(let echo):
            return try join(MessageLedger.Key(id: echo.message), &dirty) { MessageLedger.join(echo, into: &$0) }
        case .inbound(let inbound):
            return try fold(inbound, &dirty, db)
        case .identity(let link):
            try persons.join(link.a, link.b)
        case .preference(let change):
            switch change.wish {
            case .stop: return try note(.stop(at: change.at), change.person, change.line)
            case .resume, .signup: return try note(.resume(at: change.at), change.person, change.line)
            case .other: break
            }
        case .handover(let handover):
            guard let entry = ThreadEntry(handover) else { break }
            return try note(entry, handover.person, handover.line)
        case .desk(let event):
            return try fold(event, &dirty, db)
        case .calendar(let change):
            try service.apply(change, db)
            try write(AccountEvent(change, at: item.receivedAt), receivedAt: item.receivedAt, db)
        case .serviceTargets(let targets):
            try service.apply(targets, db)
            try write(AccountEvent(targets, at: item.receivedAt), receivedAt: item.receivedAt, db)
        case .account(let event):
            return try write(event, receivedAt: item.receivedAt, db)
        case .notUnderstood(let piece):
            notUnderstood.bind(piece.field, at: 1)
            notUnderstood.bind(piece.reason.rawValue, at: 2)
            notUnderstood.bind(item.receivedAt.microseconds, at: 3)
            try notUnderstood.run()
        case .outcome, .link, .click, .automatic, .payment, .cost, .outcomeRules, .attribution:
            return try foldOutcome(item, &dirty, db)
        case .linkClick(let click):
            return try note(click, db)
        case .status, .call:
            // Of calls, decoded and kept in the inbox, no fact is made yet.
            break
        }
        return true
    }

    private func foldOutcome(
        _ item: ProjectionBatch.Item, _ dirty: inout [MessageEntry], _ db: Database
    ) throws -> Bool {
        var isNews = true
        switch item.event {
        case .outcome(let event): isNews = try outcomes.hear(event, receivedAt: item.receivedAt)
        case .link(let link): isNews = try outcomes.hear(link)
        case .click(let click):
            if let message = click.message, !click.isRobot {
                try join(MessageLedger.Key(id: message), &dirty) { MessageLedger.join(click: click, into: &$0) }
            }
            isNews = try outcomes.hear(click)
        case .automatic(let event): isNews = try outcomes.hear(event)
        case .payment(let payment): isNews = try outcomes.hear(payment, receivedAt: item.receivedAt)
        case .outcomeRules(let rules): try outcomes.apply(rules, db)
        case .attribution(let settings): try outcomes.apply(settings, db)
        case .cost(let change):
            if let from = try charges.settings.apply(change, db) { try waste.review.reprice(from: from) }
            if case .exchange = change { try outcomes.exchangeChanged() }
        default: break
        }
        try mergeThreads(db)
        return isNews
    }

    private func fold(_ status: MessageStatus, _ dirty: inout [MessageEntry]) throws -> ReceiptBook.Telling {
        let key = MessageLedger.key(of: status)
        var isBelated = false
        let isNews = try join(key, &dirty) {
            isBelated = $0.lastStatusAt.map { status.at < $0 } ?? false
            MessageLedger.join(status, into: &$0)
        }
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
        return !isNews ? .known : isBelated ? .belatedNews : .news
    }

    private func fold(
        _ inbound: InboundMessage, _ dirty: inout [MessageEntry], _ db: Database
    ) throws -> Bool {
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
        var isNews = true
        if let entry = ThreadEntry(inbound) {
            let heard = try desks.inbound.hear(entry, in: thread)
            isNews = heard.isNews
            if let learned = heard.learned {
                try desks.learn(learned)
                try outcomes.conversationAppeared(hash: learned.conversation)
            }
        }
        if inbound.group == nil { try outcomes.hear(inbound) }
        if inbound.kind.isOptOut, inbound.group == nil { try threads.put(.stop(at: inbound.at), in: thread) }
        return isNews
    }

    private func fold(_ event: DeskEvent, _ dirty: inout [MessageEntry], _ db: Database) throws -> Bool {
        _ = try persons.person(event.conversation.contact)
        try mergeThreads(db)
        var told: (message: DeskMessage, id: MessageID, at: Instant, conversation: Int64)?
        let isNews = try desks.hear(event) { message, at, conversation in
            told = message.message.map { (message, $0, at, conversation) }
        }
        try outcomes.hear(event)
        guard let told else { return isNews }
        let isJoined = try join(MessageLedger.Key(id: told.id), &dirty) {
            MessageLedger.join(
                told.message, of: event.desk, at: told.at, conversation: told.conversation,
                contact: event.conversation.contact,
                line: event.conversation.line, into: &$0)
        }
        return isNews || isJoined
    }

    /// Joins something into a message's state; notes the message when that told something new, and says so.
    @discardableResult
    private func join(
        _ key: MessageLedger.Key, _ dirty: inout [MessageEntry], _ change: (inout MessageState) -> Void
    ) throws -> Bool {
        let entry = try messages.entry(key)
        var state = entry.state
        change(&state)
        let isNews = state != entry.state
        guard isNews || entry.row == 0 else { return false }
        entry.state = state
        if !entry.isDirty {
            entry.isDirty = true
            dirty.append(entry)
        }
        return isNews
    }

    /// Meta names neither message nor person of a link that it counts itself: all that can be told is how many.
    private func note(_ click: LinkClick, _ db: Database) throws -> Bool {
        var hash = StableHash()
        for part in [
            click.clickID, click.trackingToken, click.component, click.productID, click.line.phoneNumber?.value,
        ] {
            hash.combine(part)
        }
        hash.combine(String(click.at.microseconds))
        metaClicks.bind(Int64(bitPattern: hash.value), at: 1)
        metaClicks.bind(click.at.microseconds, at: 2)
        metaClicks.bind(try lines.id(click.line.phoneNumber), at: 3)
        metaClicks.bind(click.component, at: 4)
        try metaClicks.run()
        return db.changesCount > 0
    }

    @discardableResult
    private func note(_ entry: ThreadEntry, _ party: Party, _ line: Line) throws -> Bool {
        let person = try persons.person(party)
        return try threads.put(entry, in: .init(person: person, line: try lines.id(line.phoneNumber)))
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
            try contacts.forget(person: merge.from)
            try outcomes.merge(merge, db)
            waste.touched(person: merge.into, from: .distantPast)
        }
    }

    @discardableResult
    private func write(_ event: AccountEvent, receivedAt: Instant, _ db: Database) throws -> Bool {
        if let raise = CategoryRaise(event), let from = try charges.settings.apply(raise, db) {
            try waste.review.reprice(from: from)
        }
        let key = AccountLedger.key(of: event, receivedAt: receivedAt)
        timeline.bind(Int64(bitPattern: key), at: 1)
        timeline.bind((event.at ?? receivedAt).microseconds, at: 2)
        timeline.bind(event.field, at: 3)
        timeline.bind(AccountEventRecord.encode(event), at: 4)
        try timeline.run()
        return db.changesCount > 0
    }
}
