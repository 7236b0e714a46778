import Catalogue
import Domain
import GRDB
import Ledgers

/// Reads a thread's timeline: the messages that the table `message` holds and what else happened, in order.
final class ThreadReader {
    /// An outbound message as it stands in the table.
    struct Row {
        var id: Int64
        var key: Int64
        var at: Instant
        var isLone: Bool
    }

    private let segments: SegmentDictionary
    /// What a segment of messages says of each; nil for what is no message to read.
    private var outbounds: [Int64: ThreadEntry.Outbound?] = [:]
    private let messages: Statement
    private let entries: Statement
    private let lastMessage: Statement
    private let lastEntry: Statement
    private let deskEntry: Statement
    private let ends: Statement
    private let count: Statement
    private let quoted: Statement

    init(_ db: Database, segments: SegmentDictionary) throws {
        self.segments = segments
        messages = try Statement(
            db,
            """
            SELECT id, hash, cohort_at, flags, segment FROM message
            WHERE person = ? AND line = ? AND cohort_at >= ? AND cohort_at < ?
            """)
        entries = try Statement(
            db,
            "SELECT at, key, kind, data FROM thread_entry WHERE person = ? AND line = ? AND at >= ? AND at < ?")
        lastMessage = try Statement(
            db,
            """
            SELECT cohort_at FROM message
            WHERE person = ? AND line = ? AND cohort_at < ? AND flags & \(MessageFlags.outbound.rawValue)
              AND NOT (\(Schema.isUnsaid))
            ORDER BY cohort_at DESC LIMIT 1
            """)
        lastEntry = try Statement(
            db,
            """
            SELECT max(at) FROM thread_entry WHERE person = ? AND line = ? AND at < ? AND kind NOT IN (\(Self.wishes))
            """)
        deskEntry = try Statement(
            db,
            """
            SELECT 1 FROM thread_entry WHERE person = ?1 AND line = ?2 AND at < ?3 AND kind <> 1
              AND kind NOT IN (\(Self.wishes)) AND kind <> 3
            UNION ALL SELECT 1 FROM desk_conversation WHERE person = ?1 LIMIT 1
            """)
        count = try Statement(
            db,
            "SELECT count(*) FROM message WHERE person = ? AND line = ? AND cohort_at >= ? AND cohort_at < ?")
        quoted = try Statement(
            db,
            "SELECT m.segment FROM message_key k JOIN message m ON m.id = k.message WHERE k.hash = ?")
        ends = try Statement(
            db,
            """
            SELECT
              (SELECT min(cohort_at) FROM message WHERE person = ?1 AND line = ?2),
              (SELECT min(at) FROM thread_entry WHERE person = ?1 AND line = ?2),
              (SELECT max(cohort_at) FROM message WHERE person = ?1 AND line = ?2),
              (SELECT max(at) FROM thread_entry WHERE person = ?1 AND line = ?2)
            """)
    }

    /// Entries that say nothing to a conversation: wishes about marketing.
    private static let wishes = [ServiceRecord.EntryKind.stop, .resume].map { String($0.rawValue) }
        .joined(separator: ", ")

    /// What is in `[from, to)`, in order; the outbound messages of the table are noted in `rows`.
    func read(
        _ thread: ThreadBook.Thread, from: Instant, to: Instant, rows: inout [Row]
    ) throws -> [ThreadEntry] {
        var found: [ThreadEntry] = []
        messages.bind(thread)
        messages.bind(from.microseconds, at: 3)
        messages.bind(to.microseconds, at: 4)
        while try messages.step() {
            let flags = MessageFlags(rawValue: messages.int(3))
            let row = Row(
                id: messages.int(0), key: messages.int(1), at: Instant(microseconds: messages.int(2)),
                isLone: flags.contains(.lone))
            rows.append(row)
            guard Self.isSaid(flags), let outbound = outbound(segment: messages.int(4)) else { continue }
            found.append(ThreadEntry(at: row.at, key: row.key, kind: .outbound(outbound)))
        }
        messages.reset()
        entries.bind(thread)
        entries.bind(from.microseconds, at: 3)
        entries.bind(to.microseconds, at: 4)
        while try entries.step() {
            guard var kind = entries.withBlob(3, { ServiceRecord.decode(entries.int(2), $0) }) else { continue }
            if kind == .stop { continue }
            if case .inbound(var inbound) = kind, let key = inbound.repliesTo {
                inbound.quoted = try template(key)
                kind = .inbound(inbound)
            }
            found.append(ThreadEntry(at: Instant(microseconds: entries.int(0)), key: entries.int(1), kind: kind))
        }
        entries.reset()
        return found.sorted()
    }

    /// How many messages of the table lie in `[from, to)`, said or not.
    func count(_ thread: ThreadBook.Thread, from: Instant, to: Instant) throws -> Int64 {
        count.bind(thread)
        count.bind(from.microseconds, at: 3)
        count.bind(to.microseconds, at: 4)
        defer { count.reset() }
        return try count.step() ? count.int(0) : 0
    }

    /// What a quoted message names, when it is a template.
    private func template(_ key: Int64) throws -> ThreadEntry.Template? {
        quoted.bind(key, at: 1)
        defer { quoted.reset() }
        guard try quoted.step(), let outbound = outbound(segment: quoted.int(0)), outbound.isTemplate else {
            return nil
        }
        return ThreadEntry.Template(template: outbound.template, campaign: outbound.campaign)
    }

    /// Whether a message with these flags was said: one that failed never reached the customer, unless it had been
    /// delivered before.
    static func isSaid(_ flags: MessageFlags) -> Bool {
        flags.contains(.outbound) && (!flags.contains(.failed) || flags.contains(.delivered))
    }

    /// Nil for what is no message to read: reactions, edits.
    func outbound(segment: Int64) -> ThreadEntry.Outbound? {
        if let known = outbounds[segment] { return known }
        let outbound = segments.dimensions(id: segment).flatMap { ThreadEntry.Outbound(dimensions: $0) }
        outbounds[segment] = .some(outbound)
        return outbound
    }

    /// The business number of a segment of messages.
    func phoneNumber(segment: Int64) -> PhoneNumberID? {
        guard let index = Dimension.stored(.message).firstIndex(of: .phoneNumber) else { return nil }
        return segments.dimensions(id: segment)?[index].map { PhoneNumberID($0) }
    }

    /// The latest thing before an instant that a conversation may begin with or go on by.
    func last(_ thread: ThreadBook.Thread, before: Instant) throws -> Instant? {
        var found: Instant?
        for statement in [lastMessage, lastEntry] {
            statement.bind(thread)
            statement.bind(before.microseconds, at: 3)
            defer { statement.reset() }
            guard try statement.step(), let at = statement.optionalInt(0) else { continue }
            found = latest(found, Instant(microseconds: at))
        }
        return found
    }

    /// Whether a desk or a hand-over may have said something before an instant: it holds until it says otherwise.
    func hasDeskEntry(_ thread: ThreadBook.Thread, before: Instant) throws -> Bool {
        deskEntry.bind(thread)
        deskEntry.bind(before.microseconds, at: 3)
        defer { deskEntry.reset() }
        return try deskEntry.step()
    }

    /// The first and the last thing in the thread.
    func ends(of thread: ThreadBook.Thread) throws -> ClosedRange<Instant>? {
        ends.bind(thread)
        defer { ends.reset() }
        guard try ends.step() else { return nil }
        let times = (0..<4).map { ends.optionalInt($0).map(Instant.init(microseconds:)) }
        guard let first = earliest(times[0], times[1]), let last = latest(times[2], times[3]), first <= last else {
            return nil
        }
        return first...last
    }
}
