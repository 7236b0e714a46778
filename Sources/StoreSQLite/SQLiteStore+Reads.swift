import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

extension SQLiteStore {
    package func projectionStatus() async throws -> ProjectionStatus {
        try await pool.read { db in
            let progress = try Row.fetchOne(db, sql: "SELECT cursor, received_at FROM progress")
            let fields = try Row.fetchAll(
                db, sql: "SELECT field, reason, count, last_at FROM not_understood ORDER BY count DESC, field")
            let byField = fields.map {
                ProjectionStatus.FieldCount(
                    field: $0[0], reason: $0[1], count: $0[2], lastAt: Instant(microseconds: $0[3]))
            }
            let table = Schema.cellTable(.sender, .day)
            let messages = try Int64.fetchOne(db, sql: "SELECT total(accepted) FROM \(table)") ?? 0
            let days = try Row.fetchOne(db, sql: "SELECT min(day), max(day) FROM span")
            let receivedAt: Int64? = progress?[1]
            return ProjectionStatus(
                projected: progress?[0] ?? 0,
                notUnderstood: byField.reduce(0) { $0 + $1.count },
                notUnderstoodByField: byField,
                freshTo: receivedAt.map(Instant.init(microseconds:)),
                messages: messages,
                firstMessageAt: days.flatMap { $0[0] as Int64? }.map(Self.startOfDay),
                lastMessageAt: days.flatMap { $0[1] as Int64? }.map { Self.startOfDay($0 + 1) })
        }
    }

    private static func startOfDay(_ day: Int64) -> Instant {
        Instant(microseconds: day &* SpanWriter.dayMicroseconds)
    }

    package func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] {
        try await pool.read { db in
            let rows = try Statement(
                db, "SELECT at, event FROM timeline WHERE at >= ? AND at < ? ORDER BY at, key LIMIT ?")
            rows.bind(range.lowerBound.microseconds, at: 1)
            rows.bind(range.upperBound.microseconds, at: 2)
            rows.bind(Int64(limit), at: 3)
            var marks: [TimelineMark] = []
            while try rows.step() {
                guard let event = rows.withBlob(1, AccountEventRecord.decode) else { continue }
                marks.append(TimelineMark(at: Instant(microseconds: rows.int(0)), event: event))
            }
            return marks
        }
    }

    package func timeline(ofTemplate name: String, limit: Int) async throws -> [TimelineMark] {
        try await pool.read { db in
            // All of them are looked at, which are few: Meta names some templates by their id alone.
            let rows = try Statement(
                db, "SELECT at, event FROM timeline WHERE field GLOB '*template*' ORDER BY at DESC, key DESC")
            var ids: Set<TemplateID> = []
            var all: [TimelineMark] = []
            while try rows.step() {
                guard let event = rows.withBlob(1, AccountEventRecord.decode),
                    case .template(let id, let told, _) = event.subject, told == nil || told == name
                else { continue }
                if told != nil, let id { ids.insert(id) }
                all.append(TimelineMark(at: Instant(microseconds: rows.int(0)), event: event))
            }
            let own = all.filter { mark in
                guard case .template(let id, let told, _) = mark.event.subject else { return false }
                return told == name || id.map(ids.contains) ?? false
            }
            return own.prefix(limit).reversed()
        }
    }

    package func values(of dimension: Dimension, limit: Int) async throws -> [String] {
        let narrowest = Cube.allCases.filter { $0.dimensions.contains(dimension) }
            .min { $0.dimensions.count < $1.dimensions.count }
        guard let cube = narrowest else { return [] }
        let size = Measure.all(of: cube.fact)[0]
        return try await pool.read { db in
            let table = Schema.cellTable(cube, .day)
            let last = try Int64.fetchOne(db, sql: "SELECT max(bucket) FROM \(table)") ?? 0
            let column = dimension.rawValue
            return try String.fetchAll(
                db,
                sql: """
                    SELECT s.\(column) FROM \(table) c JOIN \(Schema.segmentTable(cube)) s ON s.id = c.segment
                    WHERE c.bucket > ? AND s.\(column) IS NOT NULL
                    GROUP BY 1 ORDER BY sum(c.\(size.column)) DESC, 1 LIMIT ?
                    """,
                arguments: [last - 90 * 96, limit])
        }
    }

    package func message(_ id: MessageID) async throws -> MessageStory? {
        try await pool.read { db in
            guard let stored = try Self.stored(MessageLedger.Key(id: id), db) else { return nil }
            return Self.story(stored)
        }
    }

    private struct Stored {
        var state: MessageState
        var cohortAt: Instant
        var flags: MessageFlags
        var dimensions: [Dimension: String]
        var charge: ChargeStory?
    }

    static func charge(
        segment: Int64, micros: Int64?, raised: Int64?, _ db: Database
    ) throws -> ChargeStory {
        let own: [Dimension] = [.pricingType, .market, .currency, .wasteReason]
        let columns = own.map(\.rawValue).joined(separator: ", ")
        let row = try Row.fetchOne(
            db, sql: "SELECT \(columns) FROM \(Schema.segmentTable(Fact.charge)) WHERE id = ?", arguments: [segment])
        var dimensions: [Dimension: String] = [:]
        for (index, dimension) in own.enumerated() { dimensions[dimension] = row?[index] as String? }
        let money = { (micros: Int64?) in
            micros.map { Money(micros: $0, currency: dimensions[.currency] ?? "") }
        }
        return ChargeStory(amount: money(micros), raised: money(raised), dimensions: dimensions)
    }

    private static func stored(_ key: MessageLedger.Key, _ db: Database) throws -> Stored? {
        var hash = MessageBook.hash(of: key)
        let columns = Dimension.stored(.message).map { ", s.\($0.rawValue)" }.joined()
        let rows = try Statement(
            db,
            """
            SELECT m.state, m.cohort_at, m.flags, m.charge, m.cost, m.raised\(columns) FROM message_key k
            JOIN message m ON m.id = k.message JOIN \(Schema.segmentTable(Fact.message)) s ON s.id = m.segment WHERE k.hash = ?
            """)
        while true {
            rows.bind(hash, at: 1)
            defer { rows.reset() }
            guard try rows.step() else { return nil }
            guard let state = rows.withBlob(0, StateRecord.decode) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a message's state cannot be read")
            }
            if state.id == key.id, state.participant == key.participant {
                var dimensions: [Dimension: String] = [:]
                for (index, dimension) in Dimension.stored(.message).enumerated() {
                    dimensions[dimension] = rows.text(Int32(6 + index))
                }
                return Stored(
                    state: state, cohortAt: Instant(microseconds: rows.int(1)),
                    flags: MessageFlags(rawValue: rows.int(2)), dimensions: dimensions,
                    charge: try rows.optionalInt(3).map {
                        try charge(segment: $0, micros: rows.optionalInt(4), raised: rows.optionalInt(5), db)
                    })
            }
            hash &+= 1
        }
    }

    private static func story(_ stored: Stored) -> MessageStory {
        let state = stored.state
        var steps: [MessageStory.Step] = []
        func add(_ name: String, _ at: Instant?) {
            if let at { steps.append(.init(name: name, at: at)) }
        }
        add(state.isRejected && !state.isAccepted ? "rejected" : "accepted", state.loggedAt)
        add("sent", state.sentAt)
        add("delivered", state.deliveredAt)
        add("read", state.readAt)
        add("played", state.playedAt)
        add("replied", state.quotedAt)
        add("tapped", state.tappedAt)
        add("link_opened", state.linkOpenedAt)
        for (word, at) in state.otherStatuses { add(word, at) }
        for error in state.errors.sorted() where state.failedAt != nil {
            steps.append(.init(name: "failed", at: error.at, errorCode: error.code))
        }
        if let echo = state.echo { add("echoed:\(echo.rawValue)", state.heardAt) }
        var tags = (state.callbackTags?.other ?? [:]).merging(state.loggedTags.other) { $1 }
        if let templateID = state.templateID { tags["template_id"] = templateID.value }
        return MessageStory(
            id: state.id, cohortAt: stored.cohortAt, measures: stored.flags.measures, dimensions: stored.dimensions,
            steps: steps.sorted { ($0.at, $0.name) < ($1.at, $1.name) }, pricing: state.pricing?.pricing, tags: tags,
            charge: stored.charge)
    }
}
