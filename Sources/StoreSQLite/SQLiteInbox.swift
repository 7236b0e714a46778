import Domain
import Foundation
import GRDB
import Storage
import Synchronization

/// The durable inbox on a SQLite file of its own, so that heavy projection never delays an acknowledgement.
///
/// One thread commits whatever has gathered while the last commit was on its way to the disk: one fsync serves
/// all requests of that moment. A group is one row, its deliveries framed one after another, so that the cost of a
/// delivery is a copy of its bytes rather than an insert.
package final class SQLiteInbox: Inbox {
    private struct Pending {
        var body: [UInt8]
        var source: DeliverySource
        var receivedAt: Instant
        var continuation: CheckedContinuation<Int64, any Error>
    }
    private struct State {
        var queue: [Pending] = []
        var bytes = 0
        var isClosed = false
        /// When the running commit began, to notice a disk that hangs.
        var committingSince: ContinuousClock.Instant?
        var lastFailure: Failure?
        var isThreadDone = false
    }

    private let pool: DatabasePool
    private let path: String
    private let floor: Int64
    private let state = Mutex(State())
    private let signal = Signal()

    /// - Parameter floor: sequences up to here are taken, whatever the file holds. Facts remember how far they have
    ///   counted; an inbox that was lost or restored from an older copy must not give a counted number out again, or
    ///   what arrives would be acknowledged and never counted.
    package init(path: String, floor: Int64 = 0) throws {
        self.path = path
        self.floor = floor
        // FULL: a 200 means that the bytes survive a power cut.
        pool = try SQLiteFile.open(
            path, synchronous: "FULL", cacheKilobytes: 4 * 1024, checkpoint: .automatic(pages: 4_000))
        do {
            try InboxSchema.migrator.migrate(pool)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
        let thread = Thread { [self] in commitUntilClosed() }
        thread.name = "inbox-commit"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Commits what is waiting, then refuses more.
    package func close() async {
        state.withLock { $0.isClosed = true }
        signal.raise()
        while !state.withLock({ $0.isThreadDone }) { try? await Task.sleep(for: .milliseconds(2)) }
    }

    @discardableResult
    package func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64 {
        try await withCheckedThrowingContinuation { continuation in
            let refusal: Failure? = state.withLock { state in
                if let refusal = Self.refusal(state) { return refusal }
                state.bytes += body.count
                state.queue.append(
                    Pending(body: body, source: source, receivedAt: receivedAt, continuation: continuation))
                return nil
            }
            if let refusal { continuation.resume(throwing: refusal) } else { signal.raise() }
        }
    }

    private static func refusal(_ state: State) -> Failure? {
        if state.isClosed {
            return Failure(.unavailable, id: "Server sedang berhenti.", en: "The server is stopping.")
        }
        let waited = state.committingSince.map { ContinuousClock.now - $0 } ?? .zero
        if state.bytes > Limits.inboxPendingBytesMax || waited > .seconds(Limits.inboxAppendSecondsMax) {
            return Failure(
                .unavailable, id: "Penyimpanan terlalu lambat saat ini. Coba lagi sebentar.",
                en: "The disk is too slow right now. Try again shortly.")
        }
        return nil
    }

    /// The failure of the last commit; nil when it went well. What `/readyz` tells.
    package var lastFailure: Failure? { state.withLock { $0.lastFailure } }

    package func lastSequence() async throws -> Int64 { try await pool.read(InboxSchema.last) }

    // MARK: The committing thread

    /// Deliveries in a group that count as load; below, nothing waits.
    private static let loadGroupMin = 8

    private func commitUntilClosed() {
        var gathered = 0
        while true {
            signal.wait()
            // Under load a moment of patience makes groups larger, and an fsync costs as much for forty as for ten.
            if gathered >= Self.loadGroupMin { usleep(Limits.groupCommitWaitMicroseconds) }
            let (group, isClosed) = state.withLock { state in
                let group = state.queue
                state.queue = []
                if !group.isEmpty { state.committingSince = .now }
                return (group, state.isClosed)
            }
            gathered = group.count
            if !group.isEmpty { commit(group) }
            let isDone = state.withLock { state in
                state.isThreadDone = isClosed && state.queue.isEmpty
                return state.isThreadDone
            }
            if isDone { return }
        }
    }

    private func commit(_ group: [Pending]) {
        let result: Result<Int64, any Error> = Result {
            let body = InboxFrame.encode(group.lazy.map { ($0.body, $0.source, $0.receivedAt) })
            let newest = group.map(\.receivedAt).max() ?? .distantPast
            return try pool.write { [floor] db in
                // Asked of the file, not remembered: an import may add to the inbox while the server runs.
                let first = max(try InboxSchema.last(db), floor) + 1
                let insert = try db.cachedStatement(
                    sql: "INSERT INTO delivery_group (first, count, received_at, encoding, body) VALUES (?, ?, ?, 0, ?)"
                )
                try insert.execute(arguments: [first, group.count, newest.microseconds, Data(body)])
                return first
            }
        }
        let failure: Failure? =
            switch result {
            case .success: nil
            case .failure(let error as DatabaseError): SQLiteFile.failure(error, path)
            case .failure(let error):
                error as? Failure
                    ?? Failure(.unavailable, id: "Gagal menyimpan. Coba lagi.", en: "Could not store. Try again.")
            }
        state.withLock { state in
            state.bytes -= group.reduce(0) { $0 + $1.body.count }
            state.committingSince = nil
            state.lastFailure = failure
        }
        for (offset, pending) in group.enumerated() {
            switch (result, failure) {
            case (.success(let first), _): pending.continuation.resume(returning: first + Int64(offset))
            case (.failure(let error), let failure): pending.continuation.resume(throwing: failure ?? error)
            }
        }
    }

    // MARK: Reading

    package func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery] {
        try await pool.read { db in
            var deliveries: [Delivery] = []
            var bytes = 0
            let rows = try Row.fetchCursor(
                db,
                sql:
                    """
                    SELECT first, encoding, body FROM delivery_group
                    WHERE first + count > ? AND first >= ? ORDER BY first
                    """,
                arguments: [sequence + 1, try InboxSchema.group(holding: sequence + 1, db)])
            while bytes < bytesMax, let row = try rows.next() {
                let body = try InboxFrame.body(row)
                bytes += body.count
                for delivery in try InboxFrame.decode(body, first: row[0]) where delivery.sequence > sequence {
                    deliveries.append(delivery)
                }
            }
            return deliveries
        }
    }

    package func receivedAt(after sequence: Int64) async throws -> Instant? {
        try await pool.read { db in
            let first = try InboxSchema.group(holding: sequence + 1, db)
            let at = try Int64.fetchOne(
                db,
                sql:
                    """
                    SELECT received_at FROM delivery_group
                    WHERE first >= ? AND first + count > ? ORDER BY first LIMIT 1
                    """,
                arguments: [first, sequence + 1])
            return at.map(Instant.init(microseconds:))
        }
    }

    @discardableResult
    package func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int {
        var compressed = 0
        while true {
            // A few groups at a time, so that acknowledgements wait for no more than that.
            let count = try await pool.write { db in
                try InboxSchema.compactSome(db, before: instant, projectedTo: sequence)
            }
            if count == 0 { return compressed }
            compressed += count
        }
    }
}

/// Wakes the committing thread; a raise while it works is not lost.
private final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isRaised = Atomic<Bool>(false)

    func raise() {
        // One signal for all who come before the thread wakes.
        if !isRaised.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    func wait() {
        semaphore.wait()
        isRaised.store(false, ordering: .sequentiallyConsistent)
    }
}
