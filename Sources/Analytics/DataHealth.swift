import Catalogue
import Domain
import Storage

/// Whether data arrives, whether all of it is counted, and what of it was late, repeated or not understood.
package struct DataHealth: Hashable, Sendable {
    /// How far the numbers are behind what has arrived.
    package struct Counting: Hashable, Sendable {
        package var received: Int64
        package var counted: Int64
        /// Receipt time of the oldest delivery that is not counted yet; nil when there is none.
        package var waitingSince: Instant?
        /// Receipt time of the newest delivery that is counted; nil before the first.
        package var freshTo: Instant?
        package var share: Double? { received > 0 ? min(1, Double(counted) / Double(received)) : nil }
        package var waiting: Int64 { max(0, received &- counted) }

        package init(received: Int64, counted: Int64, waitingSince: Instant?, freshTo: Instant?) {
            self.received = received
            self.counted = counted
            self.waitingSince = waitingSince
            self.freshTo = freshTo
        }
    }
    /// What has happened on the way in from Meta.
    package struct Connection: Hashable, Sendable {
        package var hasSecret: Bool
        package var hasVerifyToken: Bool
        package var marks: [ConnectionMark: ConnectionCount]

        package init(hasSecret: Bool, hasVerifyToken: Bool, marks: [ConnectionMark: ConnectionCount] = [:]) {
            self.hasSecret = hasSecret
            self.hasVerifyToken = hasVerifyToken
            self.marks = marks
        }
        /// The latest handshake, whether it went well or not.
        package var handshake: (mark: ConnectionMark, at: Instant)? {
            newest([.handshake, .handshakeWrongToken, .handshakeNoToken])
        }
        /// The latest webhook that was refused.
        package var refusal: (mark: ConnectionMark, at: Instant)? {
            newest([.webhookUnsigned, .webhookWrongSignature, .webhookNoSecret])
        }
        private func newest(_ among: [ConnectionMark]) -> (mark: ConnectionMark, at: Instant)? {
            among.compactMap { mark in marks[mark].map { (mark, $0.at) } }.max { $0.1 < $1.1 }
        }
    }
    /// The data directory.
    package struct Disk: Hashable, Sendable {
        package struct File: Hashable, Sendable {
            package var name: String
            package var bytes: Int64
            package init(name: String, bytes: Int64) {
                self.name = name
                self.bytes = bytes
            }
        }
        package var files: [File]
        /// Nil when the system does not say.
        package var freeBytes: Int64?
        package var bytes: Int64 { files.reduce(0) { $0 &+ $1.bytes } }

        package init(files: [File] = [], freeBytes: Int64? = nil) {
            self.files = files
            self.freeBytes = freeBytes
        }
        /// Below this the server is about to stop taking data in.
        package static let freeBytesMin: Int64 = 2_000_000_000
    }

    package var asOf: Instant
    package var timeZone: String
    package var counting: Counting
    package var sources: [SourceHealth]
    package var fields: [WebhookFieldHealth]
    package var notUnderstood: [ProjectionStatus.FieldCount]
    package var connection: Connection
    package var keys: [APIKey]
    package var disk: Disk

    package init(
        asOf: Instant, timeZone: String, counting: Counting, sources: [SourceHealth], fields: [WebhookFieldHealth],
        notUnderstood: [ProjectionStatus.FieldCount], connection: Connection, keys: [APIKey], disk: Disk
    ) {
        self.asOf = asOf
        self.timeZone = timeZone
        self.counting = counting
        self.sources = sources
        self.fields = fields
        self.notUnderstood = notUnderstood
        self.connection = connection
        self.keys = keys
        self.disk = disk
    }

    package var lastBackupAt: Instant? { connection.marks[.backup]?.at }
}

/// Everything that is looked at to tell how the data is.
package struct HealthSources: Sendable {
    package var inbox: any Inbox
    package var store: any AnalyticsStore
    package var keys: any KeyStore
    package var connection: @Sendable () async throws -> DataHealth.Connection
    package var disk: @Sendable () -> DataHealth.Disk
    package var timeZone: String
    package var now: @Sendable () -> Instant

    /// Days told about, today included.
    package static let days = 90

    package init(
        inbox: any Inbox, store: any AnalyticsStore, keys: any KeyStore, timeZone: String,
        now: @escaping @Sendable () -> Instant,
        connection: @escaping @Sendable () async throws -> DataHealth.Connection,
        disk: @escaping @Sendable () -> DataHealth.Disk
    ) {
        self.inbox = inbox
        self.store = store
        self.keys = keys
        self.connection = connection
        self.disk = disk
        self.timeZone = timeZone
        self.now = now
    }

    package func look() async throws -> DataHealth {
        let clock = try ZoneClock.named(timeZone)
        let asOf = now()
        let today = clock.startOfDay(asOf)
        let first = clock.moved(today, days: -Int64(Self.days - 1))
        let receipts = try await store.receipts(since: first)
        let status = try await store.projectionStatus()
        // Read after the status, so that what arrives in between never makes more counted than received.
        let received = max(try await inbox.lastSequence(), status.projected)
        let waitingSince = received > status.projected ? try await inbox.receivedAt(after: status.projected) : nil
        return DataHealth(
            asOf: asOf, timeZone: timeZone,
            counting: .init(
                received: received, counted: status.projected, waitingSince: waitingSince, freshTo: status.freshTo),
            sources: receipts.sources.map { SourceHealth($0, now: asOf, clock: clock, days: Self.days) },
            fields: WebhookFieldHealth.all(receipts.fields, now: asOf),
            notUnderstood: status.notUnderstoodByField.sorted { ($1.count, $0.field) < ($0.count, $1.field) },
            connection: try await connection(), keys: try await keys.keys(), disk: disk())
    }
}
