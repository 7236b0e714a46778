import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

import enum Catalogue.Dimension

/// The stored side of `OutcomeLedger` and `AttributionLedger`: business results, whose they are, and what they are
/// credited to.
///
/// What is told is noted at once; what follows from it is settled at the end of a batch, person by person, in a window
/// around what changed. For a person without outcomes and clicks nothing is ever looked up.
final class OutcomeBook {
    let settings: OutcomeSettingsBook
    let table: OutcomeTable
    let clicks: ClickBook
    let actions: ActionBook
    let places: PlaceFinder
    let reader: TouchReader
    let convert: (Money, Instant) -> Money
    private let persons: PersonBook
    private let hints: HintBook
    private let repoint: [Statement]

    /// Persons with outcomes or openings of links.
    private var concerned = NumberFilter(bits: 1 << 24)
    /// What must be looked at again before the batch ends.
    private var touched: [Int64: Stretch] = [:]
    /// Messages that something may wait for.
    private var arrived: [Int64] = []
    private var changes: [(person: Int64, at: Instant)] = []
    /// Outcomes of nobody in particular.
    private var loose: Set<Int64> = []

    /// What changed in one person's time.
    struct Stretch {
        /// From the first to the last of the touches, or messages that touches are about.
        var touches: ClosedRange<Instant>?
        /// From the first to the last of the outcomes.
        var outcomes: ClosedRange<Instant>?
        /// Messages that have lost a credit, or an opening of a link.
        var released: Set<Int64> = []
    }

    init(
        _ db: Database, persons: PersonBook, lines: LineDictionary, messages: SegmentDictionary,
        convert: @escaping (Money, Instant) -> Money, dayStart: @escaping (QuarterHour) -> QuarterHour
    ) throws {
        self.persons = persons
        self.convert = convert
        settings = try OutcomeSettingsBook(db)
        table = try OutcomeTable(db, messages: messages, dayStart: dayStart)
        clicks = try ClickBook(db)
        actions = try ActionBook(db)
        places = try PlaceFinder(db)
        hints = try HintBook(db)
        reader = try TouchReader(
            db, actions: actions, clicks: clicks, places: places, segments: messages,
            phoneNumber: { lines.phoneNumber($0) })
        repoint = try ["outcome", "link_click", "customer_action", "tracked_link"].map {
            try Statement(db, "UPDATE \($0) SET person = ? WHERE person = ? AND person > 0")
        }
        let known = try Statement(
            db,
            """
            SELECT DISTINCT person FROM outcome WHERE person > 0
            UNION ALL SELECT DISTINCT person FROM link_click WHERE person > 0
            """)
        while try known.step() { concerned.insert(known.int(0)) }
    }

    // MARK: Outcomes

    /// False, here and below, when all that was told was known.
    func hear(_ event: OutcomeEvent, receivedAt: Instant) throws -> Bool {
        let found = try table.row(source: event.source, id: event.id)
        var state = found.row?.state ?? OutcomeState(source: event.source, id: event.id)
        OutcomeLedger.join(event, receivedAt: receivedAt, into: &state)
        // Names that are told together are one person's, also where another telling outweighs this one.
        _ = try persons.person(event.identity.party)
        guard state != found.row?.state else { return false }
        try put(state, found.row, hash: found.hash, person: try person(of: state))
        return found.row.map { !$0.state.says(sameAs: state) } ?? true
    }

    func hear(_ payment: PaymentStatus, receivedAt: Instant) throws -> Bool {
        let told = OutcomeEvent.told(by: payment)
        return try told.reduce(told.isEmpty) { try hear($1, receivedAt: receivedAt) || $0 }
    }

    /// Writes an outcome and notes what that changes.
    private func put(_ state: OutcomeState, _ old: OutcomeTable.Row?, hash: Int64, person: Int64) throws {
        if let old { release(old) }
        let id = try table.write(state, person: person, row: old?.id, hash: hash)
        noteChange(state, person: person)
        note(id, person: person, at: state.at)
        if state.names == nil {
            for hash in hintHashes(state) { try hints.put(hash, .outcome, id) }
        }
    }

    private func noteChange(_ state: OutcomeState, person: Int64) {
        guard person > 0, state.handler == nil else { return }
        changes.append((person, state.at))
    }

    /// Whether the next `takeChanged` tells anything.
    var hasChanged: Bool { !changes.isEmpty }

    /// Whose outcomes have changed since the last call, and when those came about; conversations before them may have
    /// led to them. Without resolutions, which conversations tell themselves.
    func takeChanged() -> [(person: Int64, at: Instant)] {
        defer { changes.removeAll(keepingCapacity: true) }
        return changes
    }

    /// Whether a person had an outcome in `[from, to)` that counts. The resolution of a conversation is none here: it
    /// would follow every conversation that has one.
    func hasOutcome(of person: Int64, from: Instant, to: Instant) throws -> Bool {
        guard concerned.mayContain(person) else { return false }
        return try table.hasResult(of: person, from: from, to: to)
    }

    private func note(_ id: Int64, person: Int64, at: Instant) {
        if person > 0 {
            concerned.insert(person)
            changed(person, at)
        } else {
            loose.insert(id)
        }
    }

    /// An outcome is about to change: whatever it was credited to is looked at again.
    private func release(_ row: OutcomeTable.Row) {
        guard row.person > 0 else { return }
        noteChange(row.state, person: row.person)
        let at = row.counted?.fact.at ?? row.state.at
        changed(row.person, at)
        let messages = row.counted?.credits.compactMap { $0.touch.message?.row } ?? []
        touched[row.person]?.released.formUnion(messages)
    }

    private func remove(_ row: OutcomeTable.Row) throws {
        release(row)
        loose.remove(row.id)
        try table.remove(row)
    }

    /// A conversation of a desk that is resolved, and was not taken up again, is one outcome.
    func resolve(
        _ thread: ThreadBook.Thread, old: ConversationFact?, new: ConversationFact?
    ) throws {
        let before = old.flatMap { OutcomeState(resolved: $0) }
        let after = new.flatMap { OutcomeState(resolved: $0) }
        let person = max(0, persons.current(thread.person))
        if let before, before.source != after?.source || before.id != after?.id,
            let row = try table.row(source: before.source, id: before.id).row, row.person == person
        {
            try remove(row)
        }
        guard let after else { return }
        let found = try table.row(source: after.source, id: after.id)
        guard found.row?.state != after || found.row?.person != person else { return }
        try put(after, found.row, hash: found.hash, person: person)
    }

    // MARK: Actions

    func hear(_ inbound: InboundMessage) throws {
        try appeared(ThreadEntry.key(of: inbound.message))
        guard let action = CustomerAction(inbound) else { return }
        try hear(action)
    }

    func hear(_ event: AutomaticEvent) throws -> Bool { try hear(CustomerAction(event)) }

    @discardableResult
    private func hear(_ action: CustomerAction) throws -> Bool {
        guard let (old, new) = try actions.put(action, person: { try persons.person($0) }) else {
            return false
        }
        for known in [old, new].compactMap({ $0 }) where concerned.mayContain(known.person) {
            touch(known.person, known.action.at)
        }
        if let id = new.action.ad?.clickID { try appeared(ActionBook.hash(ofClick: id)) }
        try derive(new.action, isNew: old == nil)
        return true
    }

    /// Makes the outcome of an action what the rules say, or takes it away.
    private func derive(_ action: CustomerAction, isNew: Bool) throws {
        guard let deed = action.deed else { return }
        guard let event = OutcomeEvent(action, by: settings.rules) else {
            let source = deed.isAutomatic ? OutcomeSource.automatic : OutcomeSource.chat
            if !isNew, let row = try table.row(source: source, id: action.id).row { try remove(row) }
            return
        }
        var state = OutcomeState(source: event.source, id: event.id)
        OutcomeLedger.join(event, receivedAt: action.at, into: &state)
        let found = try table.row(source: event.source, id: event.id)
        guard found.row?.state != state else { return }
        try put(state, found.row, hash: found.hash, person: try person(of: state))
    }

    // MARK: Links

    func hear(_ link: TrackedLink) throws -> Bool {
        let person = try persons.person(link.recipient)
        guard try clicks.put(link, person: person) else { return false }
        let hash = ClickBook.hash(ofLink: link.code)
        if let message = link.message { try hints.put(ThreadEntry.key(of: message), .link, hash) }
        try appeared(hash)
        return true
    }

    func hear(_ click: TrackedClick) throws -> Bool {
        guard let known = try clicks.put(click) else { return false }
        guard !known.isRobot else { return true }
        try hints.put(known.code, .click, known.row)
        if let message = click.message { try hints.put(ThreadEntry.key(of: message), .click, known.row) }
        try settle(known)
        return true
    }

    /// Looks again whose opening it is, and of which message.
    private func settle(_ click: ClickBook.Click) throws {
        let link = try clicks.link(click.code)
        let hash = (click.click.message ?? link?.link.message).map { ThreadEntry.key(of: $0) }
        let message = try hash.flatMap { try places.message(hash: $0) }
        var person = try persons.person(click.click.person)
        if person == 0 { person = persons.current(link?.person ?? 0) }
        if person == 0, let found = message?.person, found > 0 { person = persons.current(found) }
        // The message of a campaign's link is looked for when the person's time is looked at.
        let row = hash == nil ? click.message : message?.row
        if person != click.person || row != click.message {
            try clicks.settle(click.row, person: person, message: row)
        }
        // Also when neither changed: the campaign may have become known.
        for known in [click.person, person] where known > 0 {
            concerned.insert(known)
            touch(known, click.click.at)
            touched[known]?.released.formUnion([click.message, row].compactMap { $0 })
        }
    }

    // MARK: What appears

    /// A message's row is new, or its person changed. Whoever waits for it is told at the end of the batch, when it can
    /// be found.
    func messageAppeared(hash: Int64, person: Int64) throws {
        if hints.mayWait(for: hash) { arrived.append(hash) }
    }

    /// Tells whoever waits for a message that it can be found.
    func settleArrivals() throws {
        for hash in arrived { try appeared(hash) }
        arrived.removeAll(keepingCapacity: true)
    }

    /// A desk's conversation is known, or its person changed.
    /// - Parameter hash: its number in the store.
    func conversationAppeared(hash: Int64) throws { try appeared(hash) }

    func hear(_ event: DeskEvent) throws {
        try appeared(PlaceFinder.hash(ofConversation: event.conversation.id, desk: event.desk))
    }

    private func appeared(_ hash: Int64) throws {
        for (kind, target) in try hints.waiting(for: hash) {
            switch kind {
            case .outcome:
                guard let row = try table.row(target) else { continue }
                let person = try person(of: row.state)
                if person != row.person { try put(row.state, row, hash: row.hash, person: person) }
            case .click:
                if let click = try clicks.click(target) { try settle(click) }
            case .link:
                try appeared(target)
            }
        }
    }

    /// Whose outcome it is: by names when there are any, else by the first of the other hints that is known.
    private func person(of state: OutcomeState) throws -> Int64 {
        if let names = state.names { return try persons.person(names.value.party) }
        if let message = state.message?.value, let found = try places.person(of: ThreadEntry.key(of: message)) {
            return persons.current(found)
        }
        if let code = state.link?.value, let found = try person(ofLink: code) { return found }
        if let id = state.clickID?.value, let found = try actions.person(ofClick: id) { return persons.current(found) }
        if let id = state.conversation?.value {
            for hash in Self.hashes(ofConversation: id, source: state.source) {
                if let found = try places.person(of: hash) { return persons.current(found) }
            }
        }
        return 0
    }

    private func person(ofLink code: String) throws -> Int64? {
        guard let link = try clicks.link(ClickBook.hash(ofLink: code)) else { return nil }
        if link.person > 0 { return persons.current(link.person) }
        guard let message = link.link.message else { return nil }
        return try places.person(of: ThreadEntry.key(of: message)).map { persons.current($0) }
    }

    private func hintHashes(_ state: OutcomeState) -> [Int64] {
        var hashes: [Int64] = []
        if let message = state.message?.value { hashes.append(ThreadEntry.key(of: message)) }
        if let code = state.link?.value { hashes.append(ClickBook.hash(ofLink: code)) }
        if let id = state.clickID?.value { hashes.append(ActionBook.hash(ofClick: id)) }
        if let id = state.conversation?.value { hashes += Self.hashes(ofConversation: id, source: state.source) }
        return hashes
    }

    /// A conversation is named by the key of its first message, or as the desk that told the outcome names it.
    private static func hashes(ofConversation id: String, source: String) -> [Int64] {
        [ConversationName.key(id), PlaceFinder.hash(ofConversation: id, desk: source)].compactMap { $0 }
    }

    // MARK: What changed

    /// Something at `at` of what outcomes may be credited to came, went or changed: for a message the time of its
    /// send.
    func touched(person: Int64, at: Instant) throws {
        guard person > 0, concerned.mayContain(person) else { return }
        touch(person, at)
    }

    private func touch(_ person: Int64, _ at: Instant) {
        guard person > 0 else { return }
        touched[person, default: Stretch()].touches.extend(to: at)
    }

    /// An outcome that came about at `at` came, went or changed.
    private func changed(_ person: Int64, _ at: Instant) {
        guard person > 0 else { return }
        touched[person, default: Stretch()].outcomes.extend(to: at)
    }

    /// Two persons turned out to be one.
    func merge(_ merge: PersonBook.Merge, _ db: Database) throws {
        for statement in repoint {
            statement.bind(merge.into, at: 1)
            statement.bind(merge.from, at: 2)
            try statement.run()
        }
        let before = touched.removeValue(forKey: merge.from)
        guard concerned.mayContain(merge.from) || concerned.mayContain(merge.into) else { return }
        concerned.insert(merge.into)
        for at in [Instant.distantPast, .distantFuture] {
            touch(merge.into, at)
            changed(merge.into, at)
        }
        touched[merge.into]?.released.formUnion(before?.released ?? [])
    }

    // MARK: Settings

    var hasStale: Bool { settings.hasWork }

    func apply(_ rules: [OutcomeRule], _ db: Database) throws {
        if try settings.set(rules, db) { _ = try touchStale(db) }
    }

    func apply(_ attribution: AttributionSettings, _ db: Database) throws {
        if try settings.set(attribution, db) { _ = try touchStale(db) }
    }

    /// Amounts are shown by other rates from now on.
    func exchangeChanged() throws { try settings.redo(.outcomes) }

    /// Rows that are looked at again in one step.
    private static let rowsAtOnce = 500

    /// Has some of what a change of settings made stale looked at again; false when nothing is left.
    func touchStale(_ db: Database) throws -> Bool {
        guard settings.hasWork else { return false }
        if let next = settings.next(.rules) {
            let rows = try actions.actions(after: next, limit: Self.rowsAtOnce)
            for (_, action) in rows { try derive(action, isNew: false) }
            let last = rows.count < Self.rowsAtOnce ? nil : rows.last?.key
            try settings.proceed(.rules, to: last.flatMap { $0 == .max ? nil : $0 + 1 })
        }
        if let next = settings.next(.outcomes) {
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT id, person, at FROM outcome WHERE id >= ? ORDER BY id LIMIT ?"),
                arguments: [next, Self.rowsAtOnce])
            for row in rows { note(row[0], person: row[1], at: Instant(microseconds: row[2])) }
            let last: Int64? = rows.count < Self.rowsAtOnce ? nil : rows.last?[0]
            try settings.proceed(.outcomes, to: last.map { $0 + 1 })
        }
        return true
    }

    func flush() throws {
        changes.removeAll(keepingCapacity: true)
        try table.flush()
    }

    // MARK: For the end of a batch

    /// The stretches to look at again, in the order of persons, and the outcomes of nobody; forgotten here.
    func takeTouched() -> (stretches: [(person: Int64, stretch: Stretch)], loose: [Int64]) {
        defer {
            touched.removeAll(keepingCapacity: true)
            loose.removeAll(keepingCapacity: true)
        }
        let stretches = touched.sorted { $0.key < $1.key }.map { (person: $0.key, stretch: $0.value) }
        return (stretches, loose.sorted())
    }
}

extension ClosedRange<Instant>? {
    /// The same range, made wide enough to hold an instant.
    mutating func extend(to at: Instant) {
        self = self.map { min($0.lowerBound, at)...max($0.upperBound, at) } ?? at...at
    }
}

extension CustomerAction.Deed {
    fileprivate var isAutomatic: Bool {
        if case .automatic = self { true } else { false }
    }
}

extension OutcomeState {
    /// A desk's conversation that was resolved and not taken up again; nil for any other.
    init?(resolved fact: ConversationFact) {
        func value(_ dimension: Dimension) -> String? {
            Dimension.stored(.conversation).firstIndex(of: dimension).flatMap { fact.dimensions[$0] }
        }
        guard let desk = value(.desk), let at = fact.resolvedAt, !fact.isReopened else { return nil }
        self.init(source: desk, id: ConversationName.text(fact.key))
        kind = Told(revision: at, value: OutcomeKind.ticketResolved)
        confirmedAt = at
        confirmedRevision = at
        firstAt = at
        phoneNumber = value(.phoneNumber).map { Told(revision: at, value: PhoneNumberID($0)) }
        handler = Handler(agent: value(.agent), team: value(.team), desk: desk)
    }
}
