import Domain
import Foundation

/// The right to write facts in a data directory: one process at a time, since a writer remembers between batches
/// what the tables hold. Given back by the system when the process ends, however it ends.
package final class ProcessLock: Sendable {
    private let descriptor: Int32

    /// Nil when another process holds it.
    package init?(directory: URL) throws {
        descriptor = open(directory.appending(path: "projector.lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .misconfigured, id: "Direktori data tidak dapat ditulis.", en: "The data directory cannot be written.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Gives the right back now rather than when nobody holds this object any more.
    package func release() { flock(descriptor, LOCK_UN) }

    /// The lock, or a `Failure` that says that a server is running.
    package static func required(_ directory: URL) throws -> ProcessLock {
        guard let lock = try ProcessLock(directory: directory) else {
            throw Failure(
                .unavailable, id: "Pantau lain sedang berjalan pada direktori data ini. Hentikan dahulu.",
                en: "Another Pantau is running on this data directory. Stop it first.")
        }
        return lock
    }
}
