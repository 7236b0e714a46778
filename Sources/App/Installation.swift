import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite

/// The files of one data directory, opened.
package struct Installation: Sendable {
    /// What a process may do with a data directory.
    package enum Role: Sendable {
        /// Counts: holds the right to write facts. Refused when another process holds it.
        case owner
        /// Counts when nobody else does.
        case ownerIfFree
        /// Reads, and may add to the inbox.
        case guest
    }

    package let directory: URL
    package let inbox: SQLiteInbox
    package let store: SQLiteStore
    package let keys: SQLiteKeys
    package let people: SQLitePeople
    package let views: SQLiteViews
    package let findings: SQLiteFindings
    package let alerts: SQLiteAlerts
    package let links: SQLiteLinks
    package let connections: SQLiteConnections
    /// The zone for whose midnights day cells are kept. Only an owner's settings decide; others go by what is stored.
    package let zone: String
    /// By which waits and conversations are counted; likewise.
    package let rules: ServiceRules
    /// That amounts are told in where they can be; likewise.
    package let currency: String
    /// How phone numbers and amounts are read that do not say: as it was when the facts were begun.
    package let home: Home
    private let lock: ProcessLock?
    /// Name of a damaged file of facts that was put aside, because everything in it is made anew from the inbox.
    package let putAside: String?

    /// Whether this process may write facts.
    package var isOwner: Bool { lock != nil }

    package init(_ settings: Settings, as role: Role) async throws {
        try await self.init(
            directory: settings.dataDirectory, zone: settings.workspace.timeZone, rules: settings.rules,
            home: settings.home, as: role)
    }

    /// Opens the data directory, making it when it is not there. Throws a `Failure` that says what to mend.
    package init(
        directory path: String, zone: String, rules: ServiceRules = ServiceRules(), home: Home = Home(),
        as role: Role = .owner
    ) async throws {
        directory = URL(fileURLWithPath: path, isDirectory: true)
        try Self.prepare(directory)
        lock =
            switch role {
            case .owner: try ProcessLock.required(directory)
            case .ownerIfFree: try ProcessLock(directory: directory)
            case .guest: nil
            }
        putAside = lock == nil ? nil : try Self.putAsideIfDamaged(Self.path(directory, "pantau.sqlite"))
        let settings = try SettingsFile(path: Self.path(directory, "settings.sqlite"))
        keys = SQLiteKeys(settings)
        people = SQLitePeople(settings)
        connections = SQLiteConnections(settings)
        views = SQLiteViews(settings)
        findings = SQLiteFindings(settings)
        alerts = SQLiteAlerts(settings)
        links = try SQLiteLinks(path: Self.path(directory, "links.sqlite"))
        let stored = try SQLiteStore.storedSettings(path: Self.path(directory, "pantau.sqlite"))
        // A command that happens to count keeps to what is stored: it may run in a shell with other settings.
        let isDecisive = if case .owner = role { true } else { false }
        self.zone = isDecisive ? zone : stored?.zone ?? zone
        self.rules = isDecisive ? rules : stored?.rules ?? rules
        currency = isDecisive ? home.currency : stored?.currency ?? home.currency
        self.home = stored?.home ?? home
        store = try SQLiteStore(
            path: Self.path(directory, "pantau.sqlite"), zone: self.zone, rules: self.rules, currency: currency,
            home: self.home)
        try await store.migrate()
        inbox = try SQLiteInbox(path: Self.path(directory, "inbox.sqlite"), floor: try await store.cursor())
    }

    package func close() async {
        await inbox.close()
        lock?.release()
    }

    /// The workspace as the stored day cells see it.
    package func workspace(_ settings: Settings) -> Workspace {
        var workspace = settings.workspace
        workspace.timeZone = zone
        workspace.currency = currency
        return workspace
    }

    /// Deliveries that facts have counted and the inbox does not hold: it was lost, or restored from an older copy.
    package func missingDeliveries() async throws -> Int64 {
        max(0, try await store.cursor() - inbox.lastSequence())
    }

    /// Taking webhooks in must not depend on facts, so a file of facts that cannot be opened makes room for a new one.
    /// It is kept, under another name; what it held is counted again from the inbox.
    private static func putAsideIfDamaged(_ path: String) throws -> String? {
        guard SQLiteStore.isUnreadable(path: path) else { return nil }
        let files = FileManager.default
        let free = (1...).lazy.map { "\(path).damaged-\($0)" }.first { !files.fileExists(atPath: $0) }
        guard let aside = free else { return nil }
        try files.moveItem(atPath: path, toPath: aside)
        for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
            try files.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
        return URL(fileURLWithPath: aside).lastPathComponent
    }

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
        var isDirectory: ObjCBool = false
        guard files.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue,
            files.isWritableFile(atPath: directory.path)
        else { throw unusable(directory) }
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
