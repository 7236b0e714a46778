import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

import enum Catalogue.Dimension

/// Single outcomes for people, and the comparison with those who were left out.
extension SQLiteStore {
    package func linkOpenings(code: String) async throws -> LinkOpenings {
        try await pool.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) FILTER (WHERE NOT is_robot),
                      count(DISTINCT CASE WHEN person > 0 AND NOT is_robot THEN person END),
                      count(*) FILTER (WHERE is_robot)
                    FROM link_click WHERE code = ?
                    """,
                arguments: [ClickBook.hash(ofLink: code)])
            return row.map { LinkOpenings(clicks: $0[0], people: $0[1], robots: $0[2]) } ?? LinkOpenings()
        }
    }

    package func outcomeSettings() async throws -> OutcomeSettings {
        try await pool.read { db in try OutcomeSettingsBook.settings(db) }
    }

    package func outcomes(_ selection: OutcomeSelection) async throws -> [OutcomeRow] {
        try await pool.read { db in
            var sql = "SELECT id FROM outcome WHERE at >= ? AND at < ?"
            var values: [(any DatabaseValueConvertible)?] = [
                selection.range.lowerBound.microseconds, selection.range.upperBound.microseconds,
            ]
            switch selection.group {
            case .all: break
            case .unmatched: sql += " AND person = 0"
            case .unattributed:
                // Counted, not called off, and no touch in its window.
                sql += " AND person > 0 AND marks = \(OutcomeMarks.counted.rawValue)"
            }
            if let kind = selection.kind {
                sql += " AND kind = ?"
                values.append(kind)
            }
            if let source = selection.source {
                sql += " AND source = ?"
                values.append(source)
            }
            sql += " ORDER BY at DESC, id DESC LIMIT ?"
            values.append(selection.limit)
            let ids = try Int64.fetchAll(db, sql: sql, arguments: StatementArguments(values))
            let teller = try OutcomeTeller(db, convert: try outcomeConversion(db))
            return try ids.compactMap { try teller.row($0) }
        }
    }

    package func outcome(source: String, id: String) async throws -> OutcomeRow? {
        try await pool.read { db in
            var hash = OutcomeState.key(source: source, id: id)
            let teller = try OutcomeTeller(db, convert: try outcomeConversion(db))
            while true {
                let found = try Int64.fetchOne(db, sql: "SELECT id FROM outcome WHERE hash = ?", arguments: [hash])
                guard let found else { return nil }
                if let row = try teller.row(found), row.source == source, row.id == id { return row }
                hash &+= 1
            }
        }
    }

    package func outcomes(creditedTo message: MessageID) async throws -> [OutcomeRow] {
        try await pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT m.person, m.cohort_at FROM message_key k JOIN message m ON m.id = k.message
                    WHERE k.hash = ? AND m.person > 0
                    """,
                arguments: [MessageBook.hash(of: MessageLedger.Key(id: message))])
            guard let row = rows.first else { return [] }
            let teller = try OutcomeTeller(db, convert: try outcomeConversion(db))
            let reach = (AttributionSettings.lookbackSecondsMax + Touch.messageSecondsMax) * 1_000_000
            let sentAt: Int64 = row[1]
            // Beside the outcomes of one person there is nothing to search: a few, by an index.
            let ids = try Int64.fetchAll(
                db, sql: "SELECT id FROM outcome WHERE person = ? AND at >= ? AND at <= ? ORDER BY at, id",
                arguments: [row[0] as Int64, sentAt, sentAt + reach])
            return try ids.compactMap { try teller.row($0) }
                .filter { $0.credits.contains { $0.message == message && !$0.shares.isEmpty } }
        }
    }

    /// How amounts are told: as the facts count them.
    func outcomeConversion(_ db: Database) throws -> (Money, Instant) -> Money {
        let book = try CostSettingsBook(db, clock: clock, currency: currency).book
        return { book.converted($0, at: $1) }
    }

    // MARK: Lift

    package func lift(
        in range: Range<Instant>, matching filters: [Filter], kinds: [String], windowSeconds: Int64
    ) async throws -> LiftCounts {
        try await pool.read { db in
            let plan = Plan(
                fact: .message, source: .facts, boundaries: [range.lowerBound, range.upperBound], measures: [],
                filters: filters)
            let runner = PlanRunner(plan, db)
            var counts = LiftCounts(treated: 0, treatedConverted: 0, heldOut: 0, heldOutConverted: 0)
            guard let messages = try runner.factRange() else { return counts }
            let (condition, values) = try runner.filter()
            let kindCondition =
                kinds.isEmpty ? "" : " AND o.kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
            let chosen = MessageFlags([.attempted, .heldOut]).rawValue
            // A person with a message and a mark was not left out.
            let rows = try Statement(
                db,
                """
                SELECT p.held, count(*), sum(EXISTS (
                  SELECT 1 FROM outcome o WHERE o.person = p.person AND o.at >= p.first AND o.at <= p.first + ?
                    AND o.marks & \(OutcomeMarks([.counted, .cancelled]).rawValue) = \(OutcomeMarks.counted.rawValue)
                    \(kindCondition)
                )) FROM (
                  SELECT m.person, min(m.cohort_at) AS first,
                    min((m.flags & \(MessageFlags.heldOut.rawValue)) <> 0 AND (m.flags & \(MessageFlags.attempted.rawValue)) = 0)
                      AS held
                  FROM message m JOIN \(Schema.segmentTable(Fact.message)) s ON s.id = m.segment
                  WHERE \(messages.sql) AND m.person > 0 AND m.flags & \(chosen)\(condition) GROUP BY m.person
                ) p GROUP BY 1
                """)
            let window = Instant(seconds: max(0, windowSeconds)).microseconds
            rows.bind(min(window, Int64.max / 4), at: 1)
            for (index, kind) in kinds.enumerated() { rows.bind(kind, at: Int32(2 + index)) }
            for (index, value) in messages.values.enumerated() { rows.bind(value, at: Int32(2 + kinds.count + index)) }
            let first = 2 + kinds.count + messages.values.count
            for (index, value) in values.enumerated() { rows.bind(value, at: Int32(first + index)) }
            while try rows.step() {
                if rows.int(0) == 1 {
                    counts.heldOut = rows.int(1)
                    counts.heldOutConverted = rows.int(2)
                } else {
                    counts.treated = rows.int(1)
                    counts.treatedConverted = rows.int(2)
                }
            }
            return counts
        }
    }
}

/// Tells single outcomes in full.
struct OutcomeTeller {
    private let table: Statement
    private let conversation: Statement
    private let state: Statement
    private let outcomes: SegmentReader
    private let messages: SegmentReader
    private let convert: (Money, Instant) -> Money

    init(_ db: Database, convert: @escaping (Money, Instant) -> Money) throws {
        self.convert = convert
        outcomes = try SegmentReader(.outcome, db)
        messages = try SegmentReader(.message, db)
        table = try Statement(db, "SELECT person, state, segment, counted FROM outcome WHERE id = ?")
        state = try Statement(db, "SELECT state FROM message WHERE id = ?")
        conversation = try Statement(
            db,
            """
            SELECT key FROM conversation WHERE person = ? AND started_at <= ?2 AND last_at >= ?2 - ?
            ORDER BY started_at DESC, key LIMIT 1
            """)
    }

    func row(_ id: Int64) throws -> OutcomeRow? {
        table.bind(id, at: 1)
        defer { table.reset() }
        guard try table.step(), let state = table.withBlob(1, OutcomeRecord.decodeState) else { return nil }
        let person = table.int(0)
        let segment = table.int(2)
        let dimensions = try outcomes.dimensions(segment)
        let counted = table.withBlob(3) {
            OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
        }
        let amounts = state.amounts
        let money = { (micros: Int64, currency: String) in
            convert(Money(micros: micros, currency: currency), state.at)
        }
        var value = amounts.map { money($0.gross.micros &- $0.returned, $0.gross.currency) }
        if let fact = counted?.fact, let micros = fact.value, let currency = fact.head.currency {
            value = Money(micros: micros, currency: currency)
        }
        return OutcomeRow(
            source: state.source, id: state.id, kind: state.kind?.value ?? "", standing: Self.standing(state.standing),
            at: state.at, value: value,
            refunded: amounts.flatMap { $0.returned > 0 ? money($0.returned, $0.gross.currency) : nil },
            isMatched: person > 0, hints: Self.hints(state), conversation: try conversation(of: person, at: state.at),
            credits: try counted?.credits.map { try credit($0) } ?? [])
    }

    private static func standing(_ standing: OutcomeStanding) -> OutcomeRow.Standing {
        switch standing {
        case .pending: .pending
        case .confirmed: .confirmed
        case .failed: .failed
        case .cancelled: .cancelled
        }
    }

    private static func hints(_ state: OutcomeState) -> [String] {
        let identity = state.identity
        let hints: [(String, Bool)] = [
            ("contact", identity.party.phone != nil),
            ("user_id", identity.party.userID != nil || identity.party.parentUserID != nil),
            ("message_id", identity.message != nil), ("conversation_id", identity.conversation != nil),
            ("link", identity.link != nil), ("click_id", identity.clickID != nil),
        ]
        return hints.filter(\.1).map(\.0)
    }

    /// The conversation that was going on, or ended less than a day before.
    private func conversation(of person: Int64, at: Instant) throws -> String? {
        guard person > 0 else { return nil }
        conversation.bind(person, at: 1)
        conversation.bind(at.microseconds, at: 2)
        conversation.bind(Int64(86_400 * 1_000_000), at: 3)
        defer { conversation.reset() }
        return try conversation.step() ? ConversationName.text(conversation.int(0)) : nil
    }

    private func credit(_ credit: AttributionLedger.Credit) throws -> CreditRow {
        var shares: [AttributionModel: Int64] = [:]
        for (place, model) in AttributionLedger.models.enumerated() where credit.shares[place] > 0 {
            shares[model] = credit.shares[place]
        }
        var dimensions: [Dimension: String] = [:]
        for (name, value) in zip(Dimension.stored(.message), try messages.dimensions(credit.touch.segment)) {
            dimensions[name] = value
        }
        dimensions[.ad] = credit.touch.ad
        return CreditRow(
            touch: credit.touch.kind, at: credit.touch.at, message: try message(credit.touch), dimensions: dimensions,
            shares: shares)
    }

    private func message(_ touch: Touch) throws -> MessageID? {
        guard let row = touch.message?.row else { return nil }
        state.bind(row, at: 1)
        defer { state.reset() }
        return try state.step() ? state.withBlob(0, StateRecord.decode)?.id : nil
    }
}
