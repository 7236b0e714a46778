import GRDB
import GRDBSQLite
import Synchronization

/// Moves the write-ahead log into the file without holding up the writer.
///
/// SQLite's own checkpoint runs inside a commit: at millions of messages each covers thousands of scattered pages,
/// and the projection would stand still for their fsync. Here a connection of its own copies the bulk while the
/// writer goes on; the writer then copies the little that came meanwhile, after which the log starts from its
/// beginning again and does not grow.
final class Checkpointer: Sendable {
    private enum Phase {
        case idle, copying, copied
    }

    /// Pages of 4 KiB in the log before they are moved into the file: 64 MB.
    private static let framesMax = 16_000

    private let queue: DatabaseQueue
    private let phase = Mutex(Phase.idle)
    /// Pages in the log after the writer's last commit.
    private let frames: LogLength

    /// - Parameter frames: as `LogLength.watch` counts them on the writer.
    init(path: String, frames: LogLength) throws {
        self.frames = frames
        queue = try DatabaseQueue(path: path)
    }

    /// To be called after a commit.
    func step(_ pool: DatabasePool) async throws {
        let next: Phase = phase.withLock { phase in
            let now = phase
            if now == .idle, frames.count > Self.framesMax { phase = .copying }
            return now == .idle && phase == .copying ? .copying : now == .copied ? .copied : .idle
        }
        switch next {
        case .idle: return
        case .copying:
            queue.asyncWriteWithoutTransaction { [self] db in
                // A checkpoint that fails leaves the log as it was: the next one does its work.
                _ = try? db.checkpoint(.passive)
                phase.withLock { $0 = .copied }
            }
        case .copied:
            try await pool.writeWithoutTransaction { _ = try? $0.checkpoint(.passive) }
            phase.withLock { $0 = .idle }
        }
    }
}

/// How many pages the write-ahead log holds.
final class LogLength: Sendable {
    private let pages = Atomic<Int>(0)

    var count: Int { pages.load(ordering: .relaxed) }

    /// Counts on a connection in place of SQLite's automatic checkpoint. This object must outlive the connection.
    func watch(_ db: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                if let context {
                    Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().pages
                        .store(Int(pages), ordering: .relaxed)
                }
                return SQLITE_OK
            }, context)
    }
}
