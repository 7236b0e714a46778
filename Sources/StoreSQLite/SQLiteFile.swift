import Domain
import Foundation
import GRDB

/// How a SQLite file of ours is opened.
enum SQLiteFile {
    /// Oldest SQLite with everything that is used here (upsert, partial indexes, `WITHOUT ROWID`).
    static let versionMin: Int32 = 3_035_000

    enum Checkpoint {
        /// SQLite, inside a commit, once the log has this many pages of 4 KiB.
        case automatic(pages: Int)
        /// A `Checkpointer`, which goes by this length.
        case watched(LogLength)
    }

    /// - Parameters:
    ///   - synchronous: `FULL` to survive a power cut with every commit, `NORMAL` where a lost tail is rebuilt.
    ///   - cacheKilobytes: page cache of each connection.
    ///   - checkpoint: who moves the write-ahead log into the file.
    static func open(
        _ path: String, synchronous: String, cacheKilobytes: Int, checkpoint: Checkpoint
    ) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(15)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = \(synchronous)")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            if db.configuration.readonly {
                try db.execute(sql: "PRAGMA cache_size = -16384")
            } else {
                try db.execute(sql: "PRAGMA cache_size = -\(cacheKilobytes)")
                switch checkpoint {
                case .automatic(let pages): try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
                case .watched(let length): length.watch(db)
                }
                try db.execute(sql: "PRAGMA journal_size_limit = 268435456")
            }
        }
        do {
            return try DatabasePool(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw failure(error, path)
        } catch {
            throw Failure(
                .misconfigured, id: "Berkas \(path) tidak dapat dibuka: periksa izin direktori data.",
                en: "The file \(path) cannot be opened: check the permissions of the data directory.")
        }
    }

    /// What a person can do about an error of SQLite's.
    static func failure(_ error: DatabaseError, _ path: String) -> Failure {
        let name = URL(fileURLWithPath: path).lastPathComponent
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
            return Failure(
                .misconfigured,
                id: "Berkas \(name) tidak dapat ditulis: periksa izin direktori data dan pemilik prosesnya.",
                en: "The file \(name) cannot be written: check the data directory's permissions and owner.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Failure(
                .unavailable,
                id:
                    "Berkas \(name) rusak. Jalankan `pantau doctor`; fakta dapat dibangun lagi dengan `pantau replay`.",
                en: "The file \(name) is damaged. Run `pantau doctor`; facts can be rebuilt with `pantau replay`.")
        case .SQLITE_FULL, .SQLITE_IOERR:
            return Failure(
                .unavailable,
                id: "Penyimpanan penuh atau bermasalah (\(name)). Kosongkan ruang; pengirim akan mencoba lagi.",
                en: "The disk is full or failing (\(name)). Free some space; the sender will try again.")
        default:
            return Failure(
                .unavailable, id: "Basis data \(name) sedang tidak dapat dipakai. Coba lagi.",
                en: "The database \(name) cannot be used right now. Try again.")
        }
    }
}
