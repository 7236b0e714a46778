import Domain
import Foundation
import GRDB
import Storage

/// People, their sessions and one-time links, and the audit list, in `settings.sqlite`.
package final class SQLitePeople: PeopleStore {
    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    package convenience init(path: String) throws { self.init(try SettingsFile(path: path)) }

    // MARK: People

    package func people() async throws -> [Person] {
        try await file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM person ORDER BY id").map(Self.person)
        }
    }

    package func person(id: Int64) async throws -> Person? {
        try await file.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM person WHERE id = ?", arguments: [id]).map(Self.person)
        }
    }

    package func person(login: String) async throws -> Person? {
        try await file.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM person WHERE login = ?", arguments: [login]).map(Self.person)
        }
    }

    package func hasPerson(role: String) async throws -> Bool {
        try await file.read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE role = ? AND disabled_at IS NULL)",
                arguments: [role]) ?? false
        }
    }

    package func add(
        _ person: Person, usingLink digest: [UInt8], at instant: Instant
    ) async throws -> AddedPerson {
        try await file.write { db in
            // Asked first, so that a name that is taken does not cost the link.
            let taken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE login = ?)", arguments: [person.login])
            guard let link = try Self.openLink(digest, at: instant, db), link.purpose != .reset else {
                return .linkClosed
            }
            if taken == true { return .loginTaken }
            try Self.use(digest, at: instant, db)
            var added = person
            added.role = link.role ?? person.role
            try db.execute(
                sql: """
                    INSERT INTO person (name, login, role, password, language, created_at) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    added.name, added.login, added.role, added.passwordHash, added.language?.rawValue,
                    added.createdAt.microseconds,
                ])
            added.id = db.lastInsertedRowID
            // Whoever was let in first, by which link ever: the way of the first start is closed behind them.
            try db.execute(
                sql: "DELETE FROM one_time_link WHERE purpose = ? AND used_at IS NULL",
                arguments: [OneTimeLink.Purpose.firstOwner.rawValue])
            return .added(added)
        }
    }

    /// True for everybody but the last owner who may sign in.
    private static let isNotLastOwner = """
        (role <> :owner OR EXISTS (
          SELECT 1 FROM person other WHERE other.role = :owner AND other.disabled_at IS NULL AND other.id <> :id))
        """

    package func setRole(_ role: String, ofPerson id: Int64, owner: String) async throws -> Bool {
        try await file.write { db in
            try db.execute(
                sql: """
                    UPDATE person SET role = :role WHERE id = :id AND (:role = :owner OR \(Self.isNotLastOwner))
                    """,
                arguments: ["role": role, "id": id, "owner": owner])
            return db.changesCount > 0
        }
    }

    package func disable(person id: Int64, owner: String, at instant: Instant) async throws -> Bool {
        try await file.write { db in
            try db.execute(
                sql: """
                    UPDATE person SET disabled_at = coalesce(disabled_at, :at) WHERE id = :id AND \(Self.isNotLastOwner)
                    """,
                arguments: ["at": instant.microseconds, "id": id, "owner": owner])
            guard db.changesCount > 0 else { return false }
            try Self.endSessions(of: id, keeping: nil, at: instant, db)
            try db.execute(sql: "DELETE FROM one_time_link WHERE person = ? AND used_at IS NULL", arguments: [id])
            return true
        }
    }

    package func enable(person id: Int64) async throws -> Bool {
        try await file.write { db in
            try db.execute(sql: "UPDATE person SET disabled_at = NULL WHERE id = ?", arguments: [id])
            return db.changesCount > 0
        }
    }

    package func setLanguage(_ language: Language?, ofPerson id: Int64) async throws {
        try await file.write { db in
            try db.execute(
                sql: "UPDATE person SET language = ? WHERE id = ?", arguments: [language?.rawValue, id])
        }
    }

    package func setPassword(
        _ hash: String, ofPerson id: Int64, keepingSession kept: Int64?, at instant: Instant
    ) async throws {
        try await file.write { db in
            try db.execute(sql: "UPDATE person SET password = ? WHERE id = ?", arguments: [hash, id])
            try Self.endSessions(of: id, keeping: kept, at: instant, db)
        }
    }

    package func renewHash(_ hash: String, ofPerson id: Int64) async throws {
        try await file.write { db in
            try db.execute(sql: "UPDATE person SET password = ? WHERE id = ?", arguments: [hash, id])
        }
    }

    package func setPassword(_ hash: String, usingLink digest: [UInt8], at instant: Instant) async throws -> Bool {
        try await file.write { db in
            guard let link = try Self.openLink(digest, at: instant, db), link.purpose == .reset, let id = link.person
            else { return false }
            try Self.use(digest, at: instant, db)
            try db.execute(sql: "UPDATE person SET password = ? WHERE id = ?", arguments: [hash, id])
            try Self.endSessions(of: id, keeping: nil, at: instant, db)
            return true
        }
    }

    private static func person(_ row: Row) -> Person {
        let disabledAt: Int64? = row["disabled_at"]
        let language: String? = row["language"]
        return Person(
            id: row["id"], name: row["name"], login: row["login"], role: row["role"], passwordHash: row["password"],
            language: language.flatMap(Language.init(rawValue:)), createdAt: Instant(microseconds: row["created_at"]),
            disabledAt: disabledAt.map(Instant.init(microseconds:)))
    }

    // MARK: One-time links

    package func insertLink(_ link: OneTimeLink, digest: [UInt8]) async throws {
        try await file.write { db in
            // Invitations live side by side; of the others only the newest opens anything.
            if link.purpose != .invitation {
                try db.execute(
                    sql: "DELETE FROM one_time_link WHERE purpose = ? AND person IS ? AND used_at IS NULL",
                    arguments: [link.purpose.rawValue, link.person])
            }
            try db.execute(
                sql: """
                    INSERT INTO one_time_link (digest, purpose, role, person, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(digest), link.purpose.rawValue, link.role, link.person, link.createdAt.microseconds,
                    link.expiresAt.microseconds,
                ])
        }
    }

    package func link(digest: [UInt8]) async throws -> OneTimeLink? {
        try await file.read { db in try Self.link(digest, db) }
    }

    package func openInvitations(at instant: Instant) async throws -> [OneTimeLink] {
        try await file.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM one_time_link WHERE purpose = ? AND used_at IS NULL AND expires_at > ?
                    ORDER BY created_at
                    """,
                arguments: [OneTimeLink.Purpose.invitation.rawValue, instant.microseconds]
            ).compactMap(Self.link)
        }
    }

    private static func openLink(_ digest: [UInt8], at instant: Instant, _ db: Database) throws -> OneTimeLink? {
        try link(digest, db).flatMap { $0.isOpen(at: instant) ? $0 : nil }
    }

    private static func link(_ digest: [UInt8], _ db: Database) throws -> OneTimeLink? {
        try Row.fetchOne(db, sql: "SELECT * FROM one_time_link WHERE digest = ?", arguments: [Data(digest)])
            .flatMap(link)
    }

    private static func use(_ digest: [UInt8], at instant: Instant, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE one_time_link SET used_at = ? WHERE digest = ?",
            arguments: [instant.microseconds, Data(digest)])
    }

    private static func link(_ row: Row) -> OneTimeLink? {
        guard let purpose = OneTimeLink.Purpose(rawValue: row["purpose"]) else { return nil }
        let usedAt: Int64? = row["used_at"]
        return OneTimeLink(
            purpose: purpose, role: row["role"], person: row["person"],
            createdAt: Instant(microseconds: row["created_at"]), expiresAt: Instant(microseconds: row["expires_at"]),
            usedAt: usedAt.map(Instant.init(microseconds:)))
    }

    // MARK: Sessions

    package func startSession(
        person: Int64, digest: [UInt8], agent: String, at instant: Instant
    ) async throws -> Session {
        try await file.write { db in
            let expiry = Session.expiry(createdAt: instant, seenAt: instant)
            // What is long over is of no use to anybody.
            try db.execute(
                sql: "DELETE FROM session WHERE expires_at < ?",
                arguments: [instant.adding(seconds: -Session.secondsMax).microseconds])
            try db.execute(
                sql: """
                    INSERT INTO session (digest, person, created_at, seen_at, expires_at, agent)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(digest), person, instant.microseconds, instant.microseconds, expiry.microseconds, agent,
                ])
            return Session(
                id: db.lastInsertedRowID, person: person, createdAt: instant, lastSeenAt: instant, expiresAt: expiry,
                agent: agent)
        }
    }

    package func session(digest: [UInt8]) async throws -> (session: Session, person: Person)? {
        try await file.read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM session WHERE digest = ?", arguments: [Data(digest)]),
                let owner = try Row.fetchOne(
                    db, sql: "SELECT * FROM person WHERE id = ?", arguments: [row["person"] as Int64])
            else { return nil }
            return (Self.session(row), Self.person(owner))
        }
    }

    package func sessions(person: Int64?, at instant: Instant) async throws -> [Session] {
        try await file.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM session
                    WHERE revoked_at IS NULL AND expires_at > :now AND (:person IS NULL OR person = :person)
                    ORDER BY seen_at DESC, id DESC
                    """,
                arguments: ["now": instant.microseconds, "person": person]
            ).map(Self.session)
        }
    }

    package func markSeen(session id: Int64, at instant: Instant, expiresAt: Instant) async throws {
        try await file.write { db in
            try db.execute(
                sql: "UPDATE session SET seen_at = ?, expires_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [instant.microseconds, expiresAt.microseconds, id])
        }
    }

    package func endSession(_ id: Int64, ofPerson person: Int64?, at instant: Instant) async throws -> Bool {
        try await file.write { db in
            try db.execute(
                sql: """
                    UPDATE session SET revoked_at = :at
                    WHERE id = :id AND revoked_at IS NULL AND (:person IS NULL OR person = :person)
                    """,
                arguments: ["at": instant.microseconds, "id": id, "person": person])
            return db.changesCount > 0
        }
    }

    package func endSessions(ofPerson person: Int64, keeping kept: Int64?, at instant: Instant) async throws {
        try await file.write { db in try Self.endSessions(of: person, keeping: kept, at: instant, db) }
    }

    private static func endSessions(
        of person: Int64, keeping kept: Int64?, at instant: Instant, _ db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE session SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL AND id IS NOT ?",
            arguments: [instant.microseconds, person, kept])
    }

    private static func session(_ row: Row) -> Session {
        let revokedAt: Int64? = row["revoked_at"]
        return Session(
            id: row["id"], person: row["person"], createdAt: Instant(microseconds: row["created_at"]),
            lastSeenAt: Instant(microseconds: row["seen_at"]), expiresAt: Instant(microseconds: row["expires_at"]),
            revokedAt: revokedAt.map(Instant.init(microseconds:)), agent: row["agent"])
    }

    // MARK: Audit

    package func note(_ entry: AuditEntry) async throws {
        try await file.write { db in
            try db.execute(
                sql: "INSERT INTO audit (at, person, actor, action, subject, rows) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    entry.at.microseconds, entry.person, entry.actor, entry.action.rawValue, entry.subject, entry.rows,
                ])
        }
    }

    package func audit(_ selection: AuditSelection) async throws -> [AuditEntry] {
        try await file.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM audit
                    WHERE (:actor IS NULL OR actor = :actor) AND (:action IS NULL OR action = :action)
                      AND (:before IS NULL OR id < :before)
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: [
                    "actor": selection.actor, "action": selection.action?.rawValue, "before": selection.before,
                    "limit": selection.limit,
                ]
            ).compactMap(Self.entry)
        }
    }

    package func auditActors() async throws -> [String] {
        try await file.read { db in
            try String.fetchAll(db, sql: "SELECT DISTINCT actor FROM audit ORDER BY actor LIMIT 500")
        }
    }

    private static func entry(_ row: Row) -> AuditEntry? {
        guard let action = AuditAction(rawValue: row["action"]) else { return nil }
        return AuditEntry(
            id: row["id"], at: Instant(microseconds: row["at"]), person: row["person"], actor: row["actor"],
            action: action, subject: row["subject"], rows: row["rows"])
    }
}
