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

/// A wait as a test spells it.
struct Wait {
    var at: Instant
    var ending: Ending = .open
    var dimensions: [Dimension: String] = [:]
    /// Seconds after the first message.
    var repeats: [Double] = []
    /// More measures than those that follow from the rest.
    var measures: [WaitMeasure: Int64] = [:]
    var durations: [WaitDuration: [Double]] = [:]

    /// Seconds after the first message.
    enum Ending {
        case answered(Double)
        case abandoned(Double)
        case open
    }

    func sum(_ measure: WaitMeasure) -> Int64 {
        if let given = measures[measure] { return given }
        return switch (measure, ending) {
        case (.waits, _): 1
        case (.answered, .answered), (.open, .open), (.abandoned, .abandoned): 1
        case (.responseTime, .answered(let seconds)): Int64(seconds * 1e6)
        case (.repeated, _): repeats.isEmpty ? 0 : 1
        case (.messages, _): Int64(repeats.count) + 1
        case (.extraMessages, _): Int64(repeats.count)
        default: 0
        }
    }

    func seconds(_ duration: WaitDuration, asOf: Instant) -> [Double] {
        if let given = durations[duration] { return given }
        return switch (duration, ending) {
        case (.response, .answered(let seconds)), (.abandonedAfter, .abandoned(let seconds)): [seconds]
        case (.openFor, .open): [Double(asOf.microseconds - at.microseconds) / 1e6]
        case (.extraMessageAt, _): repeats
        case (.firstRepeatAt, _): Array(repeats.prefix(1))
        default: []
        }
    }
}

/// A conversation as a test spells it.
struct Conversation {
    var at: Instant
    var dimensions: [Dimension: String] = [:]
    var measures: [ConversationMeasure: Int64] = [.conversations: 1]
    /// Seconds.
    var resolution: Double?
    var contact = ""
    /// Of its messages.
    var activity: [Instant] = []
}

/// A row of fact `charge`, `outcome` or `credit` as a test spells it.
struct Entry {
    var at: Instant
    var sums: [Measure: Int64]
    var dimensions: [Dimension: String] = [:]
    /// Seconds.
    var timeToOutcome: Double?
}

/// A store that answers plans by going through lists, and checks that each plan keeps the rules of its source.
final class ListStore: AnalyticsStore {
    let messages: [Message]
    let waits: [Wait]
    let conversations: [Conversation]
    let entries: [Entry]
    let marks: [TimelineMark]
    let rows: [MessageRow]
    let liftCounts: LiftCounts
    let reporting: ZoneClock
    private let asked = Mutex<[Plan]>([])

    init(
        _ messages: [Message] = [], waits: [Wait] = [], conversations: [Conversation] = [],
        entries: [Entry] = [], marks: [TimelineMark] = [], rows: [MessageRow] = [],
        liftCounts: LiftCounts = LiftCounts(treated: 0, treatedConverted: 0, heldOut: 0, heldOutConverted: 0),
        reporting: String = "Asia/Jakarta"
    ) throws {
        self.messages = messages
        self.waits = waits
        self.conversations = conversations
        self.entries = entries
        self.marks = marks
        self.rows = rows
        self.liftCounts = liftCounts
        self.reporting = try ZoneClock.named(reporting)
    }

    var plans: [Plan] { asked.withLock { $0 } }

    func run(_ plan: Plan) async throws -> Table {
        asked.withLock { $0.append(plan) }
        check(plan)
        var sums = RunningTable(plan)
        switch plan.fact {
        case .message:
            for message in messages { sums.add(message) }
        case .wait:
            for wait in waits { sums.add(wait) }
        case .conversation:
            for conversation in conversations { sums.add(conversation) }
            sums.addDistinct(conversations)
        case .charge, .outcome, .credit:
            for entry in entries { sums.add(entry) }
        }
        return sums.table
    }

    private func check(_ plan: Plan) {
        #expect(plan.boundaries.count >= 2)
        #expect(zip(plan.boundaries, plan.boundaries.dropFirst()).allSatisfy { $0 < $1 })
        let used = Set(plan.dimensions + plan.filters.map(\.dimension))
        #expect(used.isSubset(of: Dimension.stored(plan.fact)))
        #expect(plan.measures.allSatisfy { $0.fact == plan.fact })
        #expect(plan.durations.allSatisfy { $0.fact == plan.fact })
        // Amounts without their currency could only be added up.
        #expect(!plan.measures.contains(where: \.isMoney) || plan.dimensions.contains(.currency))
        // Credits of several models do not add up.
        #expect(plan.fact != .credit || used.contains(.model))
        // Distinct measures stand alone, and so do durations that still run.
        #expect(Set(plan.measures.map(\.isDistinct)).count <= 1)
        if plan.durations.contains(.wait(.openFor)) {
            #expect(plan.measures.isEmpty && plan.durations.count == 1 && plan.source == .facts)
        } else {
            #expect(!plan.measures.isEmpty)
        }
        guard case .cells(let cube, let grain) = plan.source else { return }
        #expect(cube.fact == plan.fact)
        #expect(used.isSubset(of: cube.dimensions))
        #expect(plan.measures.allSatisfy { !$0.isDistinct })
        #expect(Set(plan.durations).isSubset(of: cube.durations))
        for bound in plan.boundaries {
            #expect(grain == .day ? reporting.isMidnight(bound) : QuarterHour(containing: bound).start == bound)
        }
    }

    func version() async throws -> Int64 { 1 }
    func receipts(since instant: Instant) async throws -> Receipts { Receipts() }
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
    func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] {
        marks.filter { range.contains($0.at) }
    }
    func timeline(ofTemplate name: String, limit: Int) async throws -> [TimelineMark] {
        marks.filter { mark in
            if case .template(_, name, _) = mark.event.subject { true } else { false }
        }
    }
    func messages(_ selection: MessageSelection) async throws -> [MessageRow] {
        let fitting = rows.filter { row in
            guard selection.range.contains(row.place.sentAt), selection.after.map({ $0.precedes(row.place) }) ?? true,
                selection.filters.allSatisfy({ $0.matches(row.dimensions[$0.dimension]) })
            else { return false }
            guard case .message(let measure)? = selection.measure else { return true }
            return row.measures.contains(measure)
        }
        return Array(fitting.sorted { $0.place.precedes($1.place) }.prefix(selection.limit))
    }
    func outcomes(creditedTo message: MessageID) async throws -> [OutcomeRow] { [] }
    func values(of dimension: Dimension, limit: Int) async throws -> [String] { [] }
    func openWaits(matching filters: [Filter], limit: Int) async throws -> [OpenWait] { [] }
    func answeredWaits(
        in range: Range<Instant>, aboveBin: [Responder: Int32], matching filters: [Filter], limit: Int
    ) async throws -> [AnsweredWait] { [] }
    func phone(of id: String) async throws -> String? { nil }
    func conversation(_ id: String) async throws -> ConversationStory? { nil }
    func serviceSettings() async throws -> ServiceSettings { ServiceSettings() }
    func recountStale() async throws -> Bool { false }
    func costSettings() async throws -> CostSettings { CostSettings() }
    func quotas(at instant: Instant) async throws -> [QuotaStanding] { [] }
    func linkClicks(in range: Range<Instant>) async throws -> [LinkClickCount] { [] }
    func linkOpenings(code: String) async throws -> LinkOpenings { LinkOpenings() }
    func outcomeSettings() async throws -> OutcomeSettings { OutcomeSettings() }
    func outcomes(_ selection: OutcomeSelection) async throws -> [OutcomeRow] { [] }
    func outcome(source: String, id: String) async throws -> OutcomeRow? { nil }
    func recipients(_ selection: RecipientSelection) async throws -> [Recipient] { [] }
    func lift(
        in range: Range<Instant>, matching filters: [Filter], kinds: [String], windowSeconds: Int64
    ) async throws -> LiftCounts { liftCounts }
}

/// Sums of a plan while a list is gone through.
private struct RunningTable {
    let plan: Plan
    private var rows: [[String?]: [Int: Table.Row]] = [:]

    init(_ plan: Plan) { self.plan = plan }

    var table: Table { Table(rows: rows.values.flatMap(\.values)) }

    private func bucket(_ at: Instant) -> Int? {
        plan.boundaries.lastIndex { $0 <= at }.flatMap { $0 + 1 < plan.boundaries.count ? $0 : nil }
    }

    private mutating func add(
        at: Instant, _ dimensions: [Dimension: String], sum: (Measure) -> Int64, seconds: (FactDuration) -> [Double]
    ) {
        guard plan.filters.allSatisfy({ $0.matches(dimensions[$0.dimension]) }), let bucket = bucket(at) else { return }
        let key = plan.dimensions.map { dimensions[$0] }
        var row =
            rows[key]?[bucket]
            ?? Table.Row(
                bucket: bucket, key: key, sums: plan.measures.map { _ in 0 },
                histograms: plan.durations.map { _ in Histogram() })
        for (index, measure) in plan.measures.enumerated() { row.sums[index] += sum(measure) }
        for (index, duration) in plan.durations.enumerated() {
            for seconds in seconds(duration) {
                row.histograms[index].add(1, bin: Histogram.bin(microseconds: Int64(seconds * 1e6)))
            }
        }
        rows[key, default: [:]][bucket] = row
    }

    mutating func add(_ message: Message) {
        add(at: message.at, message.dimensions) {
            guard case .message(let measure) = $0 else { return 0 }
            return message.measures.contains(measure) ? 1 : 0
        } seconds: {
            let seconds = $0 == .message(.timeToDeliver) ? message.timeToDeliver : message.timeToRead
            return seconds.map { [$0] } ?? []
        }
    }

    mutating func add(_ wait: Wait) {
        let asOf = plan.asOf
        add(at: wait.at, wait.dimensions) {
            guard case .wait(let measure) = $0 else { return 0 }
            return wait.sum(measure)
        } seconds: {
            guard case .wait(let duration) = $0 else { return [] }
            return wait.seconds(duration, asOf: asOf)
        }
    }

    mutating func add(_ conversation: Conversation) {
        add(at: conversation.at, conversation.dimensions) {
            guard case .conversation(let measure) = $0, !measure.isDistinct else { return 0 }
            return conversation.measures[measure] ?? 0
        } seconds: { _ in
            conversation.resolution.map { [$0] } ?? []
        }
    }

    mutating func add(_ entry: Entry) {
        guard entry.sums.keys.first?.fact == plan.fact else { return }
        add(at: entry.at, entry.dimensions) {
            entry.sums[$0] ?? 0
        } seconds: { _ in
            entry.timeToOutcome.map { [$0] } ?? []
        }
    }

    /// Who appears in a bucket counts there once.
    mutating func addDistinct(_ conversations: [Conversation]) {
        let first = Dictionary(
            conversations.flatMap { talk in talk.activity.map { (talk.contact, $0) } }, uniquingKeysWith: min)
        var seen: Set<[String]> = []
        for (number, talk) in conversations.enumerated() {
            for at in talk.activity {
                guard let bucket = bucket(at) else { continue }
                let place = plan.dimensions.map { talk.dimensions[$0] ?? "" } + ["\(bucket)"]
                add(at: at, talk.dimensions) { measure in
                    switch measure {
                    case .conversation(.active): seen.insert(place + ["talk", "\(number)"]).inserted ? 1 : 0
                    case .conversation(.contactsActive):
                        seen.insert(place + ["contact", talk.contact]).inserted ? 1 : 0
                    case .conversation(.contactsNew):
                        first[talk.contact] == at && seen.insert(place + ["new", talk.contact]).inserted ? 1 : 0
                    default: 0
                    }
                } seconds: { _ in
                    []
                }
            }
        }
    }
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
