import Analytics
import Catalogue
import Domain
import Storage
import Synchronization

/// An inbox that only counts.
final class CountingInbox: Inbox {
    private let deliveries = Mutex<[Delivery]>([])
    var stored: [Delivery] { deliveries.withLock { $0 } }

    @discardableResult
    func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64 {
        deliveries.withLock { all in
            let sequence = Int64(all.count + 1)
            all.append(Delivery(sequence: sequence, source: source, receivedAt: receivedAt, body: body))
            return sequence
        }
    }
    func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery] {
        deliveries.withLock { $0.filter { $0.sequence > sequence } }
    }
    func lastSequence() async throws -> Int64 { deliveries.withLock { Int64($0.count) } }
    func receivedAt(after sequence: Int64) async throws -> Instant? {
        deliveries.withLock { $0.first { $0.sequence > sequence }?.receivedAt }
    }
    func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int { 0 }
}

/// Facts in a list, summed when asked; or a store that always fails.
struct ListStore: AnalyticsStore {
    struct Fact: Sendable {
        var at: Instant
        var dimensions: [Dimension: String]
        var sums: [MessageMeasure: Int64]
    }
    struct Broken: Error {}
    var facts: [Fact] = []
    var isBroken = false
    var status = ProjectionStatus(
        projected: 0, notUnderstood: 0, notUnderstoodByField: [], freshTo: nil, messages: 0, firstMessageAt: nil,
        lastMessageAt: nil)
    var story: MessageStory?
    var marks: [TimelineMark] = []

    private func check() throws { if isBroken { throw Broken() } }

    func migrate() async throws {}
    func cursor() async throws -> Int64 {
        try check()
        return status.projected
    }
    func apply(_ batch: ProjectionBatch) async throws {}
    func reset() async throws {}
    func version() async throws -> Int64 { 1 }
    func projectionStatus() async throws -> ProjectionStatus {
        try check()
        return status
    }
    func message(_ id: MessageID) async throws -> MessageStory? { story?.id == id ? story : nil }
    func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] {
        marks.filter { range.contains($0.at) }
    }
    func values(of dimension: Dimension, limit: Int) async throws -> [String] {
        try check()
        return Array(Set(facts.compactMap { $0.dimensions[dimension] }).sorted().prefix(limit))
    }
    func run(_ plan: Plan) async throws -> Table {
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
final class ListKeys: KeyStore {
    private let rows = Mutex<[(key: APIKey, digest: [UInt8])]>([])

    func insertKey(name: String, role: APIKey.Role, digest: [UInt8], createdAt: Instant) async throws -> APIKey {
        rows.withLock { rows in
            let key = APIKey(id: Int64(rows.count + 1), name: name, role: role, createdAt: createdAt)
            rows.append((key, digest))
            return key
        }
    }
    func key(digest: [UInt8]) async throws -> APIKey? { rows.withLock { $0.first { $0.digest == digest }?.key } }
    func keys() async throws -> [APIKey] { rows.withLock { $0.map(\.key) } }
    func revokeKey(id: Int64, at: Instant) async throws -> Bool {
        rows.withLock { rows in
            guard let index = rows.firstIndex(where: { $0.key.id == id }) else { return false }
            rows[index].key.revokedAt = at
            return true
        }
    }
}
