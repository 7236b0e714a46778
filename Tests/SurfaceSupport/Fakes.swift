import Domain
import Storage
import Synchronization

/// An inbox that only counts.
package final class CountingInbox: Inbox {
    private let deliveries = Mutex<[Delivery]>([])
    package init() {}
    package var stored: [Delivery] { deliveries.withLock { $0 } }

    @discardableResult
    package func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64 {
        deliveries.withLock { all in
            let sequence = Int64(all.count + 1)
            all.append(Delivery(sequence: sequence, source: source, receivedAt: receivedAt, body: body))
            return sequence
        }
    }
    package func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery] {
        deliveries.withLock { $0.filter { $0.sequence > sequence } }
    }
    package func lastSequence() async throws -> Int64 { deliveries.withLock { Int64($0.count) } }
    package func receivedAt(after sequence: Int64) async throws -> Instant? {
        deliveries.withLock { $0.first { $0.sequence > sequence }?.receivedAt }
    }
    package func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int { 0 }
}

/// Keys in a list.
package final class ListKeys: KeyStore {
    package init() {}

    private let rows = Mutex<[(key: APIKey, digest: [UInt8])]>([])

    package func insertKey(name: String, role: APIKey.Role, digest: [UInt8], createdAt: Instant) async throws -> APIKey
    {
        rows.withLock { rows in
            let key = APIKey(id: Int64(rows.count + 1), name: name, role: role, createdAt: createdAt)
            rows.append((key, digest))
            return key
        }
    }
    package func key(digest: [UInt8]) async throws -> APIKey? {
        rows.withLock { $0.first { $0.digest == digest }?.key }
    }
    package func keys() async throws -> [APIKey] { rows.withLock { $0.map(\.key) } }
    package func revokeKey(id: Int64, at: Instant) async throws -> Bool {
        rows.withLock { rows in
            guard let index = rows.firstIndex(where: { $0.key.id == id }) else { return false }
            rows[index].key.revokedAt = at
            return true
        }
    }
}
