import Catalogue
import Domain
import Storage
import Synchronization
import Testing

@testable import Analytics

/// A message as a test spells it.
struct Message {
    var at: Instant
    var measures: Set<MessageMeasure>
    var dimensions: [Dimension: String] = [:]
    /// Seconds.
    var timeToDeliver: Double?
    var timeToRead: Double?
}

/// A store that answers plans by going through a list, and checks that each plan keeps the rules of its source.
final class ListStore: AnalyticsStore {
    let messages: [Message]
    let reporting: ZoneClock
    private let asked = Mutex<[Plan]>([])

    init(_ messages: [Message], reporting: String = "Asia/Jakarta") throws {
        self.messages = messages
        self.reporting = try ZoneClock.named(reporting)
    }

    var plans: [Plan] { asked.withLock { $0 } }

    func run(_ plan: Plan) async throws -> Table {
        asked.withLock { $0.append(plan) }
        check(plan)
        var rows: [[String?]: [Int: Table.Row]] = [:]
        for message in messages {
            guard plan.filters.allSatisfy({ $0.matches(message.dimensions[$0.dimension]) }),
                let bucket = plan.boundaries.lastIndex(where: { $0 <= message.at }), bucket + 1 < plan.boundaries.count
            else { continue }
            let key = plan.dimensions.map { message.dimensions[$0] }
            var row =
                rows[key]?[bucket]
                ?? Table.Row(
                    bucket: bucket, key: key, sums: plan.measures.map { _ in 0 },
                    histograms: plan.durations.map { _ in Histogram() })
            for (index, measure) in plan.measures.enumerated() where message.measures.contains(measure) {
                row.sums[index] += 1
            }
            for (index, duration) in plan.durations.enumerated() {
                let seconds = duration == .timeToDeliver ? message.timeToDeliver : message.timeToRead
                if let seconds { row.histograms[index].add(1, bin: Histogram.bin(microseconds: Int64(seconds * 1e6))) }
            }
            rows[key, default: [:]][bucket] = row
        }
        return Table(rows: rows.values.flatMap(\.values))
    }

    private func check(_ plan: Plan) {
        #expect(plan.boundaries.count >= 2)
        #expect(zip(plan.boundaries, plan.boundaries.dropFirst()).allSatisfy { $0 < $1 })
        #expect(plan.dimensions.allSatisfy { !$0.isTemporal })
        #expect(!plan.measures.isEmpty)
        guard case .cells(let cube, let grain) = plan.source else { return }
        let used = Set(plan.dimensions + plan.filters.map(\.dimension))
        #expect(used.isSubset(of: cube.dimensions))
        #expect(plan.durations.isEmpty || cube.hasDurations)
        for bound in plan.boundaries {
            #expect(grain == .day ? reporting.isMidnight(bound) : QuarterHour(containing: bound).start == bound)
        }
    }

    func version() async throws -> Int64 { 1 }
    func projectionStatus() async throws -> ProjectionStatus {
        ProjectionStatus(
            projected: Int64(messages.count), notUnderstood: 0, notUnderstoodByField: [],
            freshTo: messages.map(\.at).max(), messages: Int64(messages.count),
            firstMessageAt: messages.map(\.at).min(),
            lastMessageAt: messages.map(\.at).max())
    }
    func migrate() async throws {}
    func cursor() async throws -> Int64 { 0 }
    func apply(_ batch: ProjectionBatch) async throws {}
    func reset() async throws {}
    func message(_ id: MessageID) async throws -> MessageStory? { nil }
    func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] { [] }
    func values(of dimension: Dimension, limit: Int) async throws -> [String] { [] }
}

/// An instant as RFC 3339.
func instant(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }

/// A whole range of local dates, the last excluded.
func dates(_ from: String, _ to: String) throws -> QueryRange {
    .dates(from: try #require(LocalDate(from)), to: try #require(LocalDate(to)))
}

/// Messages at one time of which some were delivered, read, failed.
func messages(
    _ count: Int, delivered: Int = 0, read: Int = 0, failed: Int = 0, at: String,
    _ dimensions: [Dimension: String] = [:]
) throws -> [Message] {
    let at = try instant(at)
    return (0..<count).map { index in
        var measures: Set<MessageMeasure> = [.attempted, .accepted]
        if index < delivered { measures.insert(.delivered) }
        if index < read { measures.insert(.read) }
        if index >= count - failed { measures.insert(.failed) }
        return Message(at: at, measures: measures, dimensions: dimensions)
    }
}

/// An analyst who looks at the list at a given time.
func analyst(_ store: ListStore, now: String, zone: String = "Asia/Jakarta") throws -> Analyst {
    let now = try instant(now)
    return Analyst(store: store, workspace: Workspace(timeZone: zone), now: { now })
}
