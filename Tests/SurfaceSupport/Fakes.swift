import Catalogue
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

/// Facts in a list, summed when asked; or a store that always fails.
package struct ListStore: AnalyticsStore {
    package struct Fact: Sendable {
        package var at: Instant
        package var dimensions: [Dimension: String]
        package var sums: [MessageMeasure: Int64]
        package init(at: Instant, dimensions: [Dimension: String], sums: [MessageMeasure: Int64]) {
            self.at = at
            self.dimensions = dimensions
            self.sums = sums
        }
    }
    package struct Broken: Error {}
    package var facts: [Fact] = []
    package var isBroken = false
    package var status = ProjectionStatus(
        projected: 0, notUnderstood: 0, notUnderstoodByField: [], freshTo: nil, messages: 0, firstMessageAt: nil,
        lastMessageAt: nil)
    package var story: MessageStory?
    package var marks: [TimelineMark] = []

    package init() {}

    private func check() throws { if isBroken { throw Broken() } }

    package func migrate() async throws {}
    package func cursor() async throws -> Int64 {
        try check()
        return status.projected
    }
    package func apply(_ batch: ProjectionBatch) async throws {}
    package func reset() async throws {}
    package func version() async throws -> Int64 { 1 }
    package func projectionStatus() async throws -> ProjectionStatus {
        try check()
        return status
    }
    package func message(_ id: MessageID) async throws -> MessageStory? { story?.id == id ? story : nil }
    package func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] {
        marks.filter { range.contains($0.at) }
    }
    package func values(of dimension: Dimension, limit: Int) async throws -> [String] {
        try check()
        return Array(Set(facts.compactMap { $0.dimensions[dimension] }).sorted().prefix(limit))
    }
    package func run(_ plan: Plan) async throws -> Table {
        try check()
        struct Key: Hashable {
            var bucket: Int
            var values: [String?]
        }
        var rows: [Key: [Int64]] = [:]
        for fact in facts {
            guard plan.filters.allSatisfy({ $0.matches(fact.dimensions[$0.dimension]) }),
                let next = plan.boundaries.firstIndex(where: { fact.at < $0 }), next > 0
            else { continue }
            let key = Key(bucket: next - 1, values: plan.dimensions.map { fact.dimensions[$0] })
            let sums = plan.measures.map { fact.sums[$0] ?? 0 }
            rows[key] = zip(rows[key] ?? Array(repeating: 0, count: sums.count), sums).map(+)
        }
        return Table(
            rows: rows.map { key, sums in
                Table.Row(
                    bucket: key.bucket, key: key.values, sums: sums,
                    histograms: plan.durations.map { _ in Histogram() })
            })
    }
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
