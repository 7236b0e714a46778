import Catalogue
import Domain
import Foundation
import GRDB
import Ledgers
import Storage

import enum Catalogue.Dimension

/// Single waits and conversations, for people: who waits, the worst cases, one whole story.
extension SQLiteStore {
    package func serviceSettings() async throws -> ServiceSettings {
        try await pool.read { db in
            ServiceSettings(
                calendars: try ServiceSettingsBook.calendars(db), targets: try ServiceSettingsBook.targets(db),
                recounted: try ServiceSettingsBook.recounted(db))
        }
    }

    // MARK: Lists

    package func openWaits(matching filters: [Filter], limit: Int) async throws -> [OpenWait] {
        try await pool.read { db in
            let names = Dimension.stored(.wait)
            let (condition, values) = Self.condition(filters, among: names)
            // First which, by two narrow indexes; then what is to be told of those few.
            let rows = try Statement(
                db,
                """
                SELECT \(Self.waitColumns(names)) FROM (
                  SELECT w.id AS chosen, w.since FROM (
                    SELECT id, segment, started_at AS since FROM wait
                    WHERE ending = 0 AND handed_off_at IS NULL
                    UNION ALL SELECT id, segment, handed_off_at FROM wait WHERE handed_off_at IS NOT NULL
                  ) w JOIN \(Schema.segmentTable(Fact.wait)) s ON s.id = w.segment
                  WHERE 1\(condition) ORDER BY w.since, w.id LIMIT ?
                ) JOIN wait w ON w.id = chosen JOIN \(Schema.segmentTable(Fact.wait)) s ON s.id = w.segment
                ORDER BY since, w.id
                """)
            Self.bind(values, limit: limit, to: rows)
            var found: [OpenWait] = []
            while try rows.step() {
                let dimensions = Self.values(names, rows, firstColumn: 11)
                guard let row = WaitTable.row(rows, dimensions: { _ in dimensions }) else { continue }
                found.append(Self.openWait(row, names, conversation: rows.optionalInt(10)))
            }
            return found
        }
    }

    private static func openWait(
        _ row: WaitTable.Row, _ names: [Dimension], conversation: Int64?
    ) -> OpenWait {
        let fact = row.fact
        let isOpen = fact.ending == .open
        var dueAt: Instant?
        if case .due(let at) = fact.target { dueAt = at }
        return OpenWait(
            conversation: ConversationName.text(conversation ?? fact.key), startedAt: fact.startedAt,
            lastMessageAt: fact.lastMessageAt, messages: 1 + fact.repeats.count,
            handedOffAt: row.live.handedOffAt,
            waitingFor: row.live.waitsFor ?? .queue, dueAt: isOpen ? dueAt : nil,
            isMissed: isOpen && fact.target == .missed,
            dimensions: named(names, fact.dimensions))
    }

    package func answeredWaits(
        in range: Range<Instant>, aboveBin: [Responder: Int32], matching filters: [Filter], limit: Int
    ) async throws -> [AnsweredWait] {
        guard !aboveBin.isEmpty else { return [] }
        return try await pool.read { db in
            let names = Dimension.stored(.wait)
            let (condition, values) = Self.condition(filters, among: names)
            // A bin's own bounds decide; this only spares rows that cannot be in it.
            let least = aboveBin.values.map { Histogram.value(bin: max(0, $0 - 1)) }.min() ?? 0
            let rows = try Statement(
                db,
                """
                SELECT \(Self.waitColumns(names)) FROM wait w
                JOIN \(Schema.segmentTable(Fact.wait)) s ON s.id = w.segment
                WHERE w.started_at >= ? AND w.started_at < ? AND w.ending = 1
                  AND w.ended_at - w.started_at >= ?\(condition)
                ORDER BY w.ended_at - w.started_at DESC, w.id
                """)
            for (index, value) in [
                range.lowerBound.microseconds, range.upperBound.microseconds, Int64(min(least, 9e12) * 1_000_000),
            ].enumerated() { rows.bind(value, at: Int32(index + 1)) }
            for (index, value) in values.enumerated() { rows.bind(value, at: Int32(index + 4)) }
            var found: [AnsweredWait] = []
            while found.count < limit, try rows.step() {
                let dimensions = Self.values(names, rows, firstColumn: 11)
                guard let row = WaitTable.row(rows, dimensions: { _ in dimensions }),
                    case .answered(let at) = row.fact.ending, let limitBin = aboveBin[row.fact.responder]
                else { continue }
                let response = at.microseconds(since: row.fact.startedAt)
                guard Histogram.bin(microseconds: response) > limitBin else { continue }
                found.append(
                    AnsweredWait(
                        conversation: ConversationName.text(rows.optionalInt(10) ?? row.fact.key),
                        startedAt: row.fact.startedAt,
                        responseMicroseconds: response, messages: 1 + row.fact.repeats.count,
                        dimensions: Self.named(names, dimensions)))
            }
            return found
        }
    }

    private static func waitColumns(_ names: [Dimension]) -> String {
        // The conversation that holds a wait is the last that began by then.
        "w.id, w.segment, w.started_at, w.key, w.ending, w.ended_at, w.handed_off_at, w.record, w.due_at, w.waits_for, "
            + "(SELECT c.key FROM conversation c WHERE c.person = w.person AND c.line = w.line "
            + "AND c.started_at <= w.started_at ORDER BY c.started_at DESC LIMIT 1)"
            + names.map { ", s.\($0.rawValue)" }.joined()
    }

    private static func values(_ names: [Dimension], _ rows: Statement, firstColumn: Int32) -> [String?] {
        names.indices.map { rows.text(firstColumn + Int32($0)) }
    }

    private static func named(_ names: [Dimension], _ values: [String?]) -> [Dimension: String] {
        var named: [Dimension: String] = [:]
        for (name, value) in zip(names, values) { named[name] = value }
        return named
    }

    private static func condition(_ filters: [Filter], among names: [Dimension]) -> (sql: String, values: [String]) {
        var sql = ""
        var values: [String] = []
        for filter in filters where names.contains(filter.dimension) {
            let (part, bound) = PlanRunner.condition(filter)
            sql += part
            values += bound
        }
        return (sql, values)
    }

    private static func bind(_ values: [String], limit: Int, to rows: Statement) {
        for (index, value) in values.enumerated() { rows.bind(value, at: Int32(index + 1)) }
        rows.bind(Int64(limit), at: Int32(values.count + 1))
    }

    // MARK: One story

    package func conversation(_ id: String) async throws -> ConversationStory? {
        try await pool.read { [rules] db in
            let key = ConversationName.key(id) ?? ThreadEntry.key(of: MessageID(id))
            guard let place = try Self.place(of: key, db) else { return nil }
            var found = try StoryTeller(db, rules: rules).story(of: place.thread, holding: key, at: place.at)
            if let story = found {
                found?.messages = try Self.messages(of: story, in: place.thread, db)
                found?.outcomes = try outcomes(after: story, in: place.thread, db)
            }
            return found
        }
    }

    /// In which thread and when the entry with a key is.
    static func place(
        of key: Int64, _ db: Database
    ) throws -> (thread: ThreadBook.Thread, at: Instant)? {
        let places = [
            "SELECT person, line, at FROM inbound_key WHERE hash = ?",
            """
            SELECT m.person, m.line, m.cohort_at FROM message_key k JOIN message m ON m.id = k.message
            WHERE k.hash = ? AND m.line >= 0
            """,
            """
            SELECT c.person, c.line, m.at FROM desk_message m JOIN desk_conversation c ON c.hash = m.conversation
            WHERE m.hash = ?
            """,
        ]
        for sql in places {
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [key]) else { continue }
            return (.init(person: row[0], line: row[1]), Instant(microseconds: row[2]))
        }
        return nil
    }
}

/// Folds one conversation again to tell its story.
private struct StoryTeller {
    private let db: Database
    private let rules: ServiceRules
    private let reader: ThreadReader
    private let asOf: Instant

    init(_ db: Database, rules: ServiceRules) throws {
        self.db = db
        self.rules = rules
        reader = try ThreadReader(db, segments: SegmentDictionary(.message, db))
        asOf = Instant(microseconds: try Int64.fetchOne(db, sql: "SELECT as_of FROM progress") ?? .min)
    }

    func story(
        of thread: ThreadBook.Thread, holding key: Int64, at: Instant
    ) throws -> ConversationStory? {
        let phoneNumber = try String.fetchOne(
            db, sql: "SELECT phone_number FROM line WHERE id = ?", arguments: [thread.line]
        ).map { PhoneNumberID($0) }
        let context = ServiceContext(
            rules: rules, hours: HoursBook(try ServiceSettingsBook.calendars(db)),
            targets: try ServiceSettingsBook.targets(db), phoneNumber: phoneNumber, asOf: asOf)
        let start = try start(of: thread, by: at)
        guard let ends = try reader.ends(of: thread) else { return nil }
        var ledger = ServiceLedger(context: context, carry: start.carry)
        var entries: [ThreadEntry] = []
        var rows: [ThreadReader.Row] = []
        var from = max(start.at, ends.lowerBound)
        var to = max(at, from).adding(seconds: 8 * 86_400)
        while from <= ends.upperBound {
            for entry in try reader.read(thread, from: from, to: to, rows: &rows) {
                if let session = ledger.take(entry) {
                    if let told = tell(session, entries, key, context) { return told }
                    entries.removeAll()
                }
                entries.append(entry)
            }
            from = to
            to = from.adding(seconds: 365 * 86_400)
        }
        return ledger.finish().flatMap { tell($0, entries, key, context) }
    }

    private func tell(
        _ session: ServiceSession, _ entries: [ThreadEntry], _ key: Int64, _ context: ServiceContext
    ) -> ConversationStory? {
        guard entries.contains(where: { $0.key == key }) else { return nil }
        return ConversationStory(
            id: ConversationName.text(session.conversation.key), phoneNumber: context.phoneNumber,
            story: ServiceStory(session: session, entries: entries, context: context),
            conversation: session.conversation, waits: session.waits)
    }

    /// The conversation that began last by then; a lone message is found by the silence before it.
    private func start(of thread: ThreadBook.Thread, by at: Instant) throws -> ConversationTable.Start {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT started_at, carry FROM conversation WHERE person = ? AND line = ? AND started_at <= ?
                ORDER BY started_at DESC LIMIT 1
                """,
            arguments: [thread.person, thread.line, at.microseconds])
        if let row, let data: Data = row[1], let carry = data.withUnsafeBytes(ServiceRecord.decodeCarry) {
            return .init(at: Instant(microseconds: row[0]), carry: carry)
        }
        return .init(at: .distantPast, carry: .none)
    }
}

/// How conversations are named outside: the key of their first entry.
enum ConversationName {
    static func text(_ key: Int64) -> String {
        let digits = String(UInt64(bitPattern: key), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func key(_ text: String) -> Int64? {
        guard text.utf8.count == 16, let value = UInt64(text, radix: 16) else { return nil }
        return Int64(bitPattern: value)
    }
}
