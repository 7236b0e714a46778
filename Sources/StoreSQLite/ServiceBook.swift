import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// The stored side of `ServiceLedger`: waits and conversations of the threads that a batch touched.
///
/// A thread is folded again from the conversation before the one that changed until the fold falls in step with what
/// is stored, so that a late event costs as much as its surroundings, not as the whole thread.
final class ServiceBook {
    /// A message whose bit `lone` is to change.
    struct LoneChange {
        var row: Int64
        var isLone: Bool
    }

    let waits: WaitTable
    let conversations: ConversationTable
    private let reader: ThreadReader
    private let threads: ThreadBook
    private let lines: LineDictionary
    private let settings: ServiceSettingsBook
    /// Whether an outcome of a person came in `[from, to)`.
    private let hasOutcome: (_ person: Int64, _ from: Instant, _ to: Instant) throws -> Bool

    init(
        _ db: Database, threads: ThreadBook, lines: LineDictionary, messages: SegmentDictionary, rules: ServiceRules,
        hasOutcome: @escaping (_ person: Int64, _ from: Instant, _ to: Instant) throws -> Bool,
        dayStart: @escaping (QuarterHour) -> QuarterHour
    ) throws {
        self.threads = threads
        self.hasOutcome = hasOutcome
        self.lines = lines
        waits = try WaitTable(db, dayStart: dayStart)
        conversations = try ConversationTable(db, dayStart: dayStart)
        reader = try ThreadReader(db, segments: messages)
        settings = try ServiceSettingsBook(db, threads: threads, rules: rules)
    }

    // MARK: Settings

    /// A change of settings is still to be counted into the past.
    var hasStale: Bool { settings.hasStale }

    /// Conversations that were resolved, or are no longer, since the last call.
    func takeResolutions() -> [ConversationTable.Resolution] { conversations.takeResolutions() }

    func apply(_ change: CalendarChange, _ db: Database) throws { try settings.apply(change, db) }
    func apply(_ targets: [ServiceTarget], _ db: Database) throws { try settings.apply(targets, db) }

    /// Has some threads looked at again that a change of settings made stale; false when there are none.
    func touchStale(_ db: Database) throws -> Bool { try settings.touchStale(db) }

    /// Has threads looked at again in which time alone changes something by now; false when there are none.
    func touchDue(asOf: Instant) throws -> Bool {
        let due = try waits.due(asOf: asOf) + conversations.due(asOf: asOf)
        for (thread, at) in due { threads.touch(thread, at) }
        return !due.isEmpty
    }

    // MARK: Folding

    /// Brings the facts of a thread up to date; returns the messages that became or ceased to be lone.
    func refold(
        _ thread: ThreadBook.Thread, _ stretch: ThreadBook.Stretch, asOf: Instant, _ db: Database
    ) throws -> [LoneChange] {
        let hasEntries = try threads.hasEntries(thread)
        if !hasEntries, try standsAlone(thread, stretch) { return [] }
        let fold = try fold(thread, stretch, hasEntries: hasEntries, asOf: asOf)
        try waits.replace(
            try waits.rows(of: thread, from: fold.from, to: fold.to), by: fold.waits, in: thread, db)
        // A lone message needs no row: a bit of its own says it all. One that only a desk knows has no such bit.
        let messages = Set(fold.rows.lazy.map(\.key))
        let (alone, others) = fold.sessions.split { $0.isLone && messages.contains($0.conversation.key) }
        try conversations.replace(
            try conversations.rows(of: thread, from: fold.from, to: fold.to), by: others, in: thread, db)
        let lone = Set(alone.lazy.map(\.conversation.key))
        return fold.rows.compactMap { row in
            guard row.at < fold.to, row.isLone != lone.contains(row.key) else { return nil }
            return LoneChange(row: row.id, isLone: !row.isLone)
        }
    }

    /// The commonest case, a message that stands alone in a thread where nobody ever wrote, needs no fold.
    private func standsAlone(_ thread: ThreadBook.Thread, _ stretch: ThreadBook.Stretch) throws -> Bool {
        let silence = settings.rules.silenceSeconds
        guard stretch.to.microseconds(since: stretch.from) < silence * 1_000_000 else { return false }
        let from = Instant(microseconds: stretch.from.adding(seconds: -silence).microseconds &+ 1)
        let to = stretch.to.adding(seconds: silence)
        // The index alone tells whether there is anything else: rows lie scattered over the whole file.
        let messages = try reader.count(thread, from: from, to: to)
        if messages > 1 { return false }
        if messages == 1, stretch.isFresh { return true }
        var rows: [ThreadReader.Row] = []
        let entries = try reader.read(thread, from: from, to: to, rows: &rows)
        switch entries.count {
        case 0: return try rows.allSatisfy { !$0.isLone } && !conversations.hasAny(thread)
        case 1: return rows.allSatisfy { $0.isLone == ($0.key == entries[0].key) }
        default: return false
        }
    }

    private struct Fold {
        /// What was folded: `[from, to)`.
        var from: Instant
        var to = Instant.distantFuture
        var sessions: [ServiceSession] = []
        var rows: [ThreadReader.Row] = []

        var waits: [(fact: WaitFact, live: WaitTable.Live)] {
            sessions.flatMap { session in
                session.waits.map { wait in
                    let isForgotten = session.conversation.isOver
                    let handedOffAt = wait.isHandoffOpen && !isForgotten ? wait.handoffAt : nil
                    let isLive = wait.ending == .open || handedOffAt != nil
                    let waitsFor = isLive ? session.charge.waitsFor : nil
                    return (wait, WaitTable.Live(handedOffAt: handedOffAt, waitsFor: waitsFor))
                }
            }
        }
    }

    private func fold(
        _ thread: ThreadBook.Thread, _ stretch: ThreadBook.Stretch, hasEntries: Bool, asOf: Instant
    ) throws -> Fold {
        guard let ends = try reader.ends(of: thread) else { return Fold(from: .distantPast) }
        let start = try start(of: thread, by: stretch.from, hasEntries: hasEntries)
        var fold = Fold(from: start.at)
        var ledger = ServiceLedger(context: context(of: thread, asOf: asOf), carry: start.carry)
        var from = max(start.at, ends.lowerBound)
        // Most changes are settled within a few days of what changed; further stretches are read in growing steps.
        var stepSeconds: Int64 = 4 * 86_400
        var to = max(from, min(stretch.to, ends.upperBound)).adding(seconds: stepSeconds)
        while from <= ends.upperBound {
            for entry in try reader.read(thread, from: from, to: to, rows: &fold.rows) {
                guard var session = ledger.take(entry) else { continue }
                try convert(&session, before: entry.at, in: thread)
                if session.conversation.startedAt > stretch.to, try isStored(session, fold.rows, in: thread) {
                    fold.to = session.conversation.startedAt
                    return fold
                }
                fold.sessions.append(session)
            }
            from = to
            stepSeconds = min(stepSeconds &* 2, 3_650 * 86_400)
            to = from.adding(seconds: stepSeconds)
        }
        if var last = ledger.finish() {
            try convert(&last, before: .distantFuture, in: thread)
            fold.sessions.append(last)
        }
        return fold
    }

    /// Says of a conversation in which the customer wrote whether an outcome followed it.
    /// - Parameter next: when the conversation after it began.
    private func convert(
        _ session: inout ServiceSession, before next: Instant, in thread: ThreadBook.Thread
    ) throws {
        guard thread.person > 0, session.conversation.activity.contains(where: { $0.inbound > 0 }) else { return }
        let start = session.conversation.startedAt
        let end = min(next, start.adding(seconds: AttributionLedger.followSeconds))
        session.conversation.isConverted = try hasOutcome(thread.person, start, end)
    }

    /// Whether the fold has fallen in step with what is stored: from here on nothing differs.
    private func isStored(
        _ session: ServiceSession, _ read: [ThreadReader.Row], in thread: ThreadBook.Thread
    ) throws -> Bool {
        if session.isLone, session.carryBefore == .none,
            read.contains(where: { $0.key == session.conversation.key && $0.isLone })
        {
            return true
        }
        let at = session.conversation.startedAt
        let rows = try conversations.rows(of: thread, from: at, to: Instant(microseconds: at.microseconds &+ 1))
        let carry = ServiceRecord.encode(session.carryBefore)
        return rows.count == 1 && rows[0].fact == session.conversation && rows[0].carry == carry
    }

    func context(of thread: ThreadBook.Thread, asOf: Instant) -> ServiceContext {
        ServiceContext(
            rules: settings.rules, hours: settings.hours, targets: settings.targets,
            phoneNumber: lines.phoneNumber(thread.line), asOf: asOf)
    }

    /// Where to begin so that everything at or after an instant comes out right: at the conversation before the one
    /// that holds it, whose resolution may turn out not to have been one.
    private func start(
        of thread: ThreadBook.Thread, by at: Instant, hasEntries: Bool
    ) throws -> ConversationTable.Start {
        // Where only the business ever wrote nothing is resolved or waits: a silence parts one from the other.
        if hasEntries, let start = try conversations.starts(in: thread, by: at).last { return start }
        let beginning = ConversationTable.Start(at: .distantPast, carry: .none)
        guard at > .distantPast, try !reader.hasDeskEntry(thread, before: at) else { return beginning }
        // Before it there are lone messages at most: a long silence is as good as the beginning. What a desk tells
        // belongs to the message before it, however long ago.
        guard var first = try reader.last(thread, before: at) else { return beginning }
        // Long enough, too, that no template before it can be answered after it.
        let silence = max(settings.rules.silenceSeconds, ThreadLedger.replyWindowSeconds)
        while let earlier = try reader.last(thread, before: first) {
            if first.microseconds(since: earlier) >= silence * 1_000_000 {
                return .init(at: first, carry: .none)
            }
            first = earlier
        }
        return beginning
    }

    // MARK: Lone messages

    private var lone: [Int64: ConversationTable.Lone?] = [:]

    /// Counts a lone message as the conversation that it is (`sign` 1), or takes it away (−1).
    func countLone(segment: Int64, at: Instant, sign: Int64, _ db: Database) throws {
        let known: ConversationTable.Lone?
        if let found = lone[segment] {
            known = found
        } else {
            known = try reader.outbound(segment: segment).map {
                try conversations.lone($0, phoneNumber: reader.phoneNumber(segment: segment), db)
            }
            lone[segment] = .some(known)
        }
        if let known { conversations.count(known, at: at, sign: sign) }
    }

    /// Whether a message of this segment is one that somebody reads.
    func isRead(segment: Int64) -> Bool { reader.outbound(segment: segment) != nil }

    /// What a message of this segment says to a conversation.
    func outbound(segment: Int64) -> ThreadEntry.Outbound? { reader.outbound(segment: segment) }

    func flush() throws {
        try waits.flush()
        try conversations.flush()
    }
}

extension Array {
    /// Those of which something holds, and the others.
    fileprivate func split(_ holds: (Element) -> Bool) -> (those: [Element], others: [Element]) {
        (filter(holds), filter { !holds($0) })
    }
}

extension Charge {
    fileprivate var waitsFor: OpenWait.WaitingFor {
        if holder == .bot { return .bot }
        return agent == nil ? .queue : .agent
    }
}
