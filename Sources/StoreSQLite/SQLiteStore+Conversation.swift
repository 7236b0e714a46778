import Catalogue
import Domain
import Foundation
import GRDB
import Ledgers
import Storage

/// What belongs to one conversation beside its story.
extension SQLiteStore {
    /// More than this nobody reads.
    private static let messagesMax = 1_000
    private static let outcomesMax = 50

    /// The messages of the business in it, by their key.
    static func messages(
        of story: ConversationStory, in thread: ThreadBook.Thread, _ db: Database
    ) throws -> [Int64: ConversationMessage] {
        let keys = Set(story.story.steps.map(\.key))
        let rows = try Statement(
            db,
            """
            SELECT hash, state, charge, cost, raised FROM message
            WHERE person = ? AND line = ? AND cohort_at >= ? AND cohort_at <= ? LIMIT \(messagesMax)
            """)
        rows.bind(thread)
        rows.bind(story.conversation.startedAt.microseconds, at: 3)
        rows.bind(story.conversation.lastAt.microseconds, at: 4)
        var found: [Int64: ConversationMessage] = [:]
        while try rows.step() {
            guard keys.contains(rows.int(0)), let state = rows.withBlob(1, StateRecord.decode) else { continue }
            let charge = try rows.optionalInt(2).map {
                try Self.charge(segment: $0, micros: rows.optionalInt(3), raised: rows.optionalInt(4), db)
            }
            found[rows.int(0)] = ConversationMessage(id: state.id, charge: charge)
        }
        return found
    }

    /// Those that count as its result: `ConversationFact.isConverted` says whether there is one.
    func outcomes(
        after story: ConversationStory, in thread: ThreadBook.Thread, _ db: Database
    ) throws -> [OutcomeRow] {
        guard thread.person > 0, story.conversation.isConverted else { return [] }
        let start = story.conversation.startedAt
        let next = try Int64.fetchOne(
            db,
            sql: "SELECT min(started_at) FROM conversation WHERE person = ? AND line = ? AND started_at > ?",
            arguments: [thread.person, thread.line, start.microseconds])
        let end = min(next ?? .max, start.adding(seconds: AttributionLedger.followSeconds).microseconds)
        let ids = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM outcome WHERE person = ? AND at >= ? AND at < ?
                  AND marks & \(OutcomeMarks([.counted, .cancelled]).rawValue) = \(OutcomeMarks.counted.rawValue)
                ORDER BY at, id LIMIT \(Self.outcomesMax)
                """,
            arguments: [thread.person, start.microseconds, end])
        guard !ids.isEmpty else { return [] }
        let teller = try OutcomeTeller(db, convert: try outcomeConversion(db))
        return try ids.compactMap { try teller.row($0) }
    }
}
