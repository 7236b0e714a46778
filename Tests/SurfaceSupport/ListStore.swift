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

    /// Costs, outcomes or credits of one time and kind. Durations are in seconds.
    package struct Row: Sendable {
        package var at: Instant
        package var dimensions: [Dimension: String]
        package var sums: [Measure: Int64]
        package var seconds: [FactDuration: [Double]]
        package init(
            at: Instant, dimensions: [Dimension: String], sums: [Measure: Int64],
            seconds: [FactDuration: [Double]] = [:]
        ) {
            self.at = at
            self.dimensions = dimensions
            self.sums = sums
            self.seconds = seconds
        }
    }

    package var facts: [Fact] = []
    package var waits: [Wait] = []
    package var conversations: [Conversation] = []
    package var isBroken = false
    package var status = ProjectionStatus(
        projected: 0, notUnderstood: 0, notUnderstoodByField: [], freshTo: nil, messages: 0, firstMessageAt: nil,
        lastMessageAt: nil)
    package var received = Receipts()
    package var story: MessageStory?
    package var marks: [TimelineMark] = []
    package let live = Live()
    package var answered: [AnsweredWait] = []
    /// Phone numbers of customers by the id of a conversation or message.
    package var phones: [String: String] = [:]
    package var conversationStory: ConversationStory?
    package var settings = ServiceSettings()
    package var charges: [Row] = []
    package var outcomeFacts: [Row] = []
    package var credits: [Row] = []
    package var costs = CostSettings()
    package var quotaList: [QuotaStanding] = []
    package var clickCounts: [LinkClickCount] = []
    package var outcomeRules = OutcomeSettings()
    package var outcomeRows: [OutcomeRow] = []
    package var people: [Recipient] = []
    package var rows: [MessageRow] = []
    package var liftCounts = LiftCounts(treated: 0, treatedConverted: 0, heldOut: 0, heldOutConverted: 0)

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
    package func receipts(since instant: Instant) async throws -> Receipts {
        try check()
        return received
    }
    package func projectionStatus() async throws -> ProjectionStatus {
        try check()
        return status
    }
    package func message(_ id: MessageID) async throws -> MessageStory? { story?.id == id ? story : nil }
    package func timeline(_ range: Range<Instant>, limit: Int) async throws -> [TimelineMark] {
        marks.filter { range.contains($0.at) }
    }
    package func timeline(ofTemplate name: String, limit: Int) async throws -> [TimelineMark] {
        try check()
        let own = marks.filter { mark in
            if case .template(_, name, _) = mark.event.subject { true } else { false }
        }
        return Array(own.sorted { $0.at < $1.at }.suffix(limit))
    }
    package func messages(_ selection: MessageSelection) async throws -> [MessageRow] {
        try check()
        let fitting = rows.filter { row in
            guard selection.range.contains(row.place.sentAt),
                selection.after.map({ $0.precedes(row.place) }) ?? true,
                selection.filters.allSatisfy({ $0.matches(row.dimensions[$0.dimension]) })
            else { return false }
            guard case .message(let measure)? = selection.measure else { return true }
            return row.measures.contains(measure)
        }
        return Array(fitting.sorted { $0.place.precedes($1.place) }.prefix(selection.limit))
    }
    package func outcomes(creditedTo message: MessageID) async throws -> [OutcomeRow] {
        try check()
        return outcomeRows.filter { $0.credits.contains { $0.message == message } }
    }
    package func values(of dimension: Dimension, limit: Int) async throws -> [String] {
        try check()
        let rows = (charges + outcomeFacts + credits).map(\.dimensions)
        let all = facts.map(\.dimensions) + waits.map(\.dimensions) + conversations.map(\.dimensions) + rows
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
        case .charge: sums.add(charges)
        case .outcome: sums.add(outcomeFacts)
        case .credit: sums.add(credits)
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
    package func phone(of id: String) async throws -> String? {
        try check()
        return phones[id]
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

    // MARK: Outcomes and money

    package func costSettings() async throws -> CostSettings {
        try check()
        return costs
    }
    package func quotas(at instant: Instant) async throws -> [QuotaStanding] {
        try check()
        return quotaList
    }
    package func linkClicks(in range: Range<Instant>) async throws -> [LinkClickCount] {
        try check()
        return clickCounts
    }
    package func linkOpenings(code: String) async throws -> LinkOpenings {
        try check()
        return LinkOpenings(clicks: 3, people: 2, robots: 5)
    }
    package func outcomeSettings() async throws -> OutcomeSettings {
        try check()
        return outcomeRules
    }
    package func outcomes(_ selection: OutcomeSelection) async throws -> [OutcomeRow] {
        try check()
        let fitting = outcomeRows.filter { row in
            switch selection.group {
            case .all: break
            case .unmatched: if row.isMatched { return false }
            case .unattributed: if !row.isMatched || row.standing != .confirmed || !row.credits.isEmpty { return false }
            }
            return selection.range.contains(row.at) && selection.kind.map { $0 == row.kind } ?? true
                && selection.source.map { $0 == row.source } ?? true
        }
        return Array(fitting.sorted { $0.at > $1.at }.prefix(selection.limit))
    }
    package func outcome(source: String, id: String) async throws -> OutcomeRow? {
        try check()
        return outcomeRows.first { $0.source == source && $0.id == id }
    }
    package func recipients(_ selection: RecipientSelection) async throws -> [Recipient] {
        try check()
        let fitting = people.filter { person in
            guard selection.range.contains(person.sentAt),
                selection.filters.allSatisfy({ $0.matches(person.dimensions[$0.dimension]) })
            else { return false }
            switch selection.measure {
            case .message(let measure)?: return person.measures.contains(measure)
            case .charge(.wasted)?: return person.dimensions[.wasteReason] != nil
            default: return true
            }
        }
        return Array(fitting.sorted { $0.sentAt < $1.sentAt }.prefix(selection.limit))
    }
    package func lift(
        in range: Range<Instant>, matching filters: [Filter], kinds: [String], windowSeconds: Int64
    ) async throws -> LiftCounts {
        try check()
        return liftCounts
    }
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

    mutating func add(_ facts: [ListStore.Row]) {
        for fact in facts {
            add(at: fact.at, fact.dimensions) {
                fact.sums[$0] ?? 0
            } seconds: {
                fact.seconds[$0] ?? []
            }
        }
    }

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
