import Domain

/// The durable inbox: raw deliveries in the order of their arrival.
package protocol Inbox: Sendable {
    /// Commits one delivery with fsync, together with others that arrive at the same moment, and returns its sequence.
    /// Throws a `Failure` with code `unavailable` when the disk is full, too slow, or the queue is at its limit.
    @discardableResult
    func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64
    /// Deliveries after `sequence`, in order: whole groups, at least one if any exists, and no more groups once
    /// `bytesMax` is reached.
    func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery]
    /// Sequence of the last committed delivery; 0 when there is none.
    func lastSequence() async throws -> Int64
    /// Receipt time of the first delivery after `sequence`; nil when there is none.
    func receivedAt(after sequence: Int64) async throws -> Instant?
    /// Compresses groups that were received before `instant` and whose deliveries are all at or before `sequence`.
    /// Returns the number of deliveries compressed. They stay readable.
    @discardableResult
    func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int
}

/// An API key as the store knows it: never the key itself.
package struct APIKey: Hashable, Sendable {
    package enum Role: String, Sendable, CaseIterable, Codable {
        /// Everything, keys and pages included.
        case admin
        /// Queries and message stories.
        case analyst
        /// As analyst, and may list the people behind a number.
        case export
        /// Sends and outcomes in; no answers out.
        case ingest
    }
    package var id: Int64
    package var name: String
    package var role: Role
    package var createdAt: Instant
    package var revokedAt: Instant?
    package init(id: Int64, name: String, role: Role, createdAt: Instant, revokedAt: Instant? = nil) {
        self.id = id
        self.name = name
        self.role = role
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}

/// Keys of the API, kept beside the data. Only a SHA-256 of each key is stored.
package protocol KeyStore: Sendable {
    func insertKey(name: String, role: APIKey.Role, digest: [UInt8], createdAt: Instant) async throws -> APIKey
    func key(digest: [UInt8]) async throws -> APIKey?
    func keys() async throws -> [APIKey]
    /// False when there is no such key.
    func revokeKey(id: Int64, at: Instant) async throws -> Bool
}
