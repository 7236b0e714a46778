import Domain
import Foundation
import Storage
import StoreSQLite

/// The files of one data directory, opened.
package struct Installation: Sendable {
    package let directory: URL
    package let inbox: SQLiteInbox
    package let store: SQLiteStore
    package let keys: SQLiteKeys

    /// Opens the data directory, making it when it is not there. Throws a `Failure` that says what to mend.
    package init(directory path: String, zone: String) async throws {
        directory = URL(fileURLWithPath: path, isDirectory: true)
        try Self.prepare(directory)
        keys = try SQLiteKeys(path: Self.path(directory, "settings.sqlite"))
        store = try SQLiteStore(path: Self.path(directory, "pantau.sqlite"), zone: zone)
        try await store.migrate()
        inbox = try SQLiteInbox(path: Self.path(directory, "inbox.sqlite"))
    }

    package func close() async { await inbox.close() }

    private static func path(_ directory: URL, _ name: String) -> String { directory.appending(path: name).path }

    /// Makes the directory, readable by its owner only: it holds phone numbers.
    static func prepare(_ directory: URL) throws {
        let files = FileManager.default
        do {
            if !files.fileExists(atPath: directory.path) {
                try files.createDirectory(
                    at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw unusable(directory)
        }
        guard files.isWritableFile(atPath: directory.path) else { throw unusable(directory) }
    }

    private static func unusable(_ directory: URL) -> Failure {
        Failure(
            .misconfigured,
            id: "Direktori data \(directory.path) tidak dapat ditulis. Buat dahulu, atau pilih lain dengan --data-dir.",
            en: "The data directory \(directory.path) cannot be written. Make it, or choose another with --data-dir.")
    }
}

/// The version of this build.
package enum Version {
    package static let number = "0.1.0"
}

/// The real clock. The only place that reads it, but for the pace of background work.
package enum Clock {
    package static func now() -> Instant {
        Instant(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down)))
    }
}
