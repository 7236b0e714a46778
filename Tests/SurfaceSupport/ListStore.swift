import Catalogue
import Domain
import Storage
import Synchronization

/// Facts in a list, summed when asked; or a store that always fails.
package struct ListStore: AnalyticsStore {
    /// Messages of one time and kind.
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
    /// One wait. Durations are in seconds.
    package struct Wait: Sendable {
        package var at: Instant
        package var dimensions: [Dimension: String]
        package var sums: [WaitMeasure: Int64]
        package var seconds: [WaitDuration: [Double]]
        package init(
            at: Instant, dimensions: [Dimension: String], sums: [WaitMeasure: Int64],
            seconds: [WaitDuration: [Double]] = [:]
        ) {
            self.at = at
            self.dimensions = dimensions
            self.sums = sums
            self.seconds = seconds
        }

        /// Answered after some seconds by a kind of responder.
        package static func answered(
            at: Instant, after seconds: Double, by responder: Responder, _ dimensions: [Dimension: String] = [:]
        ) -> Wait {
            Wait(
                at: at, dimensions: dimensions.merging([.responder: responder.rawValue]) { given, _ in given },
                sums: [.waits: 1, .answered: 1, .messages: 1, .responseTime: Int64(seconds * 1_000_000)],
                seconds: [.response: [seconds], .responseLast: [seconds]])
        }

        /// Neither answered nor given up.
        package static func open(at: Instant, _ dimensions: [Dimension: String] = [:]) -> Wait {
            Wait(
                at: at, dimensions: dimensions.merging([.responder: "none"]) { given, _ in given },
                sums: [.waits: 1, .open: 1, .messages: 1])
        }
    }
    package struct Conversation: Sendable {
        package var at: Instant
        package var dimensions: [Dimension: String]
        package var sums: [ConversationMeasure: Int64]
        package var resolutionSeconds: [Double]
        package init(
            at: Instant, dimensions: [Dimension: String], sums: [ConversationMeasure: Int64],
            resolutionSeconds: [Double] = []
        ) {
            self.at = at
            self.dimensions = dimensions
            self.sums = sums
            self.resolutionSeconds = resolutionSeconds
        }
    }
    /// Who waits now, and the data version; may change while somebody looks.
    package final class Live: Sendable {
        private struct State {
            var version: Int64 = 1
            var waits: [OpenWait] = []
            /// What the list becomes, nil for a fault, by how often the version has been asked.
            var changes: [Int: [OpenWait]?] = [:]
            var looks = 0
            var isBroken = false
        }
        private let state = Mutex(State())
        package init() {}
        package var version: Int64 {
            state.withLock { state in
                state.looks += 1
                if let change = state.changes.removeValue(forKey: state.looks) {
                    state.version += 1
                    state.isBroken = change == nil
                    state.waits = change ?? state.waits
                }
                return state.version
            }
        }
        package var waits: [OpenWait] {
            get { state.withLock { $0.waits } }
            set { state.withLock { ($0.version, $0.waits) = ($0.version + 1, newValue) } }
        }
        package var isBroken: Bool { state.withLock { $0.isBroken } }
        /// Changes the list, or breaks it (nil), when the version is asked for the `looks`-th time: no clock decides.
        package func change(to waits: [OpenWait]?, atLook looks: Int) {
            state.withLock { _ = $0.changes.updateValue(waits, forKey: looks) }
        }
    }
    package struct Broken: Error {}

    package var facts: [Fact] = []
    package var waits: [Wait] = []
    package var conversations: [Conversation] = []
    package var isBroken = false
    package var status = ProjectionStatus(
        projected: 0, notUnderstood: 0, notUnderstoodByField: [], freshTo: nil, messages: 0, firstMessageAt: nil,
        lastMessageAt: nil)
    package var story: MessageStory?
    package var marks: [TimelineMark] = []
    package let live = Live()
    package var answered: [AnsweredWait] = []
    package var conversationStory: ConversationStory?
    package var settings = ServiceSettings()

    package init() {}

    private func check() throws { if isBroken { throw Broken() } }

    package func migrate() async throws {}
    package func cursor() async throws -> Int64 {
        try check()
        return status.projected
    }
    package func apply(_ batch: ProjectionBatch) async throws {}
    package func reset() async throws {}
    package func version() async throws -> Int64 {
        try check()
        return live.version
    }
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
        let all = facts.map(\.dimensions) + waits.map(\.dimensions) + conversations.map(\.dimensions)
        return Array(Set(all.compactMap { $0[dimension] }).sorted().prefix(limit))
    }

    package func run(_ plan: Plan) async throws -> Table {
        try check()
        var sums = RunningTable(plan)
        switch plan.fact {
        case .message:
            for fact in facts {
                sums.add(at: fact.at, fact.dimensions) {
                    if case .message(let measure) = $0 { fact.sums[measure] ?? 0 } else { 0 }
                } seconds: { _ in
                    []
                }
            }
        case .wait:
            for wait in waits {
                sums.add(at: wait.at, wait.dimensions) {
                    if case .wait(let measure) = $0 { wait.sums[measure] ?? 0 } else { 0 }
                } seconds: {
                    if case .wait(let duration) = $0 { wait.seconds[duration] ?? [] } else { [] }
                }
            }
        case .conversation:
            for talk in conversations {
                sums.add(at: talk.at, talk.dimensions) {
                    if case .conversation(let measure) = $0 { talk.sums[measure] ?? 0 } else { 0 }
                } seconds: { _ in
                    talk.resolutionSeconds
                }
            }
        }
        return sums.table
    }

    package func openWaits(matching filters: [Filter], limit: Int) async throws -> [OpenWait] {
        try check()
        if live.isBroken { throw Broken() }
        let fitting = live.waits.filter { wait in filters.allSatisfy { $0.matches(wait.dimensions[$0.dimension]) } }
        return Array(fitting.sorted { $0.since < $1.since }.prefix(limit))
    }
    package func answeredWaits(
        in range: Range<Instant>, aboveBin: [Responder: Int32], matching filters: [Filter], limit: Int
    ) async throws -> [AnsweredWait] {
        try check()
        let fitting = answered.filter { wait in
            guard range.contains(wait.startedAt), let word = wait.dimensions[.responder],
                let responder = Responder(rawValue: word), let bin = aboveBin[responder]
            else { return false }
            return Histogram.bin(microseconds: wait.responseMicroseconds) > bin
                && filters.allSatisfy { $0.matches(wait.dimensions[$0.dimension]) }
        }
        return Array(fitting.sorted { $0.responseMicroseconds > $1.responseMicroseconds }.prefix(limit))
    }
    package func conversation(_ id: String) async throws -> ConversationStory? {
        try check()
        return conversationStory?.id == id ? conversationStory : nil
    }
    package func serviceSettings() async throws -> ServiceSettings {
        try check()
        return settings
    }
    package func recountStale() async throws -> Bool { false }
}

/// Sums of a plan while lists are gone through.
private struct RunningTable {
    private struct Key: Hashable {
        var bucket: Int
        var values: [String?]
    }
    let plan: Plan
    private var rows: [Key: Table.Row] = [:]

    init(_ plan: Plan) { self.plan = plan }

    var table: Table { Table(rows: Array(rows.values)) }

    mutating func add(
        at: Instant, _ dimensions: [Dimension: String], sum: (Measure) -> Int64, seconds: (FactDuration) -> [Double]
    ) {
        guard plan.filters.allSatisfy({ $0.matches(dimensions[$0.dimension]) }),
            let next = plan.boundaries.firstIndex(where: { at < $0 }), next > 0
        else { return }
        let key = Key(bucket: next - 1, values: plan.dimensions.map { dimensions[$0] })
        var row =
            rows[key]
            ?? Table.Row(
                bucket: key.bucket, key: key.values, sums: plan.measures.map { _ in 0 },
                histograms: plan.durations.map { _ in Histogram() })
        for (index, measure) in plan.measures.enumerated() { row.sums[index] += sum(measure) }
        for (index, duration) in plan.durations.enumerated() {
            for length in seconds(duration) {
                row.histograms[index].add(1, bin: Histogram.bin(microseconds: Int64(length * 1_000_000)))
            }
        }
        rows[key] = row
    }
}
