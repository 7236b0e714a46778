import Domain
import GRDB
import Ledgers
import Storage

extension SQLiteStore {
    package func phone(of id: String) async throws -> String? {
        try await pool.read { db in
            let key = ConversationName.key(id) ?? ThreadEntry.key(of: MessageID(id))
            // The message says itself to whom it went; a person may have had several numbers.
            let states = try Statement(
                db, "SELECT m.state FROM message_key k JOIN message m ON m.id = k.message WHERE k.hash = ?")
            states.bind(key, at: 1)
            if try states.step(), let phone = states.withBlob(0, StateRecord.decode)?.recipient.phone { return phone }
            guard let place = try Self.place(of: key, db), place.thread.person > 0 else { return nil }
            let latest = try Statement(
                db,
                "SELECT state FROM message WHERE person = ? AND line = ? AND flags <> 0 ORDER BY cohort_at DESC LIMIT 1"
            )
            latest.bind(place.thread.person, at: 1)
            latest.bind(place.thread.line, at: 2)
            if try latest.step(), let phone = latest.withBlob(0, StateRecord.decode)?.recipient.phone { return phone }
            let name = try String.fetchOne(
                db, sql: "SELECT name FROM person_name WHERE person = ? AND name LIKE 'p:%' ORDER BY name LIMIT 1",
                arguments: [place.thread.person])
            return name.map { String($0.dropFirst(2)) }
        }
    }
}
