import Domain
import GRDB

/// A consistent copy of a SQLite file that may be in use.
package enum SQLiteBackup {
    package static func copy(_ source: String, to destination: String) throws {
        do {
            var readOnly = Configuration()
            readOnly.readonly = true
            readOnly.busyMode = .timeout(15)
            let from = try DatabaseQueue(path: source, configuration: readOnly)
            let to = try DatabaseQueue(path: destination)
            try from.backup(to: to)
            try to.close()
            try from.close()
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, source)
        }
    }

    /// What SQLite finds wrong in a file; empty when it is sound.
    package static func check(_ path: String) -> [String] {
        do {
            var readOnly = Configuration()
            readOnly.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: readOnly)
            let lines = try queue.read { try String.fetchAll($0, sql: "PRAGMA quick_check(10)") }
            return lines == ["ok"] ? [] : lines
        } catch let error as DatabaseError {
            return [SQLiteFile.failure(error, path).message.en]
        } catch {
            return ["cannot be opened"]
        }
    }

    /// The version of SQLite that is in use, as a text and as a number.
    package static func sqliteVersion() throws -> String {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "?" }
    }
}
