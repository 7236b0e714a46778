import Domain
import Foundation
import GRDB
import Storage

/// Short links in `links.sqlite`: a file of their own, so that redirects wait neither for the inbox nor for counting.
package final class SQLiteLinks: LinkStore {
    /// About 15 MB when every one of them names a recipient.
    private static let cachedMax = 50_000

    private let pool: DatabasePool
    private let path: String
    private let cache = LinkCache(capacity: cachedMax)
    private let key: [UInt8]

    package init(path: String) throws {
        self.path = path
        // FULL: an address that was handed out works after a power cut.
        pool = try SQLiteFile.open(
            path, synchronous: "FULL", cacheKilobytes: 2 * 1024, checkpoint: .automatic(pages: 1_000))
        do {
            try Self.migrator.migrate(pool)
            key = try pool.write(Self.keyMadeOnce)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 links") { db in
            // Links of one campaign lead to one address: it is kept once.
            try db.execute(
                sql: """
                    CREATE TABLE target (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
                    CREATE TABLE link (
                      code TEXT PRIMARY KEY,
                      target INTEGER NOT NULL REFERENCES target (id),
                      message TEXT, phone TEXT, user_id TEXT, parent_user_id TEXT, campaign TEXT,
                      created_at INTEGER NOT NULL,    -- microseconds
                      expires_at INTEGER
                    ) WITHOUT ROWID;
                    CREATE TABLE note (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
                    """)
        }
        return migrator
    }

    private static func keyMadeOnce(_ db: Database) throws -> [UInt8] {
        let stored = try Data.fetchOne(db, sql: "SELECT value FROM note WHERE name = 'token key'")
        if let stored { return Array(stored) }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try db.execute(sql: "INSERT INTO note (name, value) VALUES ('token key', ?)", arguments: [Data(key)])
        return key
    }

    package func tokenKey() async throws -> [UInt8] { key }

    package func insert(_ links: [ShortLink]) async throws {
        try await translated {
            try await pool.write { db in
                let addTarget = try db.cachedStatement(sql: "INSERT OR IGNORE INTO target (address) VALUES (?)")
                let addLink = try db.cachedStatement(
                    sql: """
                        INSERT OR IGNORE INTO link
                          (code, target, message, phone, user_id, parent_user_id, campaign, created_at, expires_at)
                        VALUES (?, (SELECT id FROM target WHERE address = ?), ?, ?, ?, ?, ?, ?, ?)
                        """)
                for short in links {
                    try addTarget.execute(arguments: [short.target])
                    let link = short.link
                    try addLink.execute(arguments: [
                        link.code, short.target, link.message?.value, link.recipient.phone, link.recipient.userID,
                        link.recipient.parentUserID, link.campaign, link.createdAt.microseconds,
                        short.expiresAt?.microseconds,
                    ])
                }
            }
        }
    }

    package func link(code: String) async throws -> ShortLink? {
        if let link = cache.link(code: code) { return link }
        let link = try await translated {
            try await pool.read { db in
                let select = try db.cachedStatement(
                    sql: """
                        SELECT code, address, message, phone, user_id, parent_user_id, campaign, created_at, expires_at
                        FROM link JOIN target ON target.id = link.target WHERE code = ?
                        """)
                return try Row.fetchOne(select, arguments: [code]).map(Self.link)
            }
        }
        // Unknown codes are not remembered: whoever tries codes must not push the known ones out.
        if let link { cache.insert(link) }
        return link
    }

    private static func link(_ row: Row) -> ShortLink {
        let message: String? = row[2]
        let expiresAt: Int64? = row[8]
        return ShortLink(
            link: TrackedLink(
                code: row[0], message: message.map { MessageID($0) },
                recipient: Party(phone: row[3], userID: row[4], parentUserID: row[5]), campaign: row[6],
                createdAt: Instant(microseconds: row[7])),
            target: row[1], expiresAt: expiresAt.map(Instant.init(microseconds:)))
    }

    package func taken(_ codes: [String]) async throws -> Set<String> {
        try await translated {
            try await pool.read { db in
                let select = try db.cachedStatement(sql: "SELECT code FROM link WHERE code = ?")
                var taken: Set<String> = []
                for code in codes {
                    if let found = try String.fetchOne(select, arguments: [code]) { taken.insert(found) }
                }
                return taken
            }
        }
    }

    package func coveredSequence() async throws -> Int64 {
        try await translated {
            try await pool.read { db in
                try Int64.fetchOne(db, sql: "SELECT value FROM note WHERE name = 'covered'") ?? 0
            }
        }
    }

    package func cover(to sequence: Int64) async throws {
        try await translated {
            try await pool.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO note (name, value) VALUES ('covered', ?)
                        ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
                        """, arguments: [sequence])
            }
        }
    }

    private func translated<T>(_ work: () async throws -> T) async throws -> T {
        do {
            return try await work()
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }
}
