import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Simulator
import Storage
import StoreSQLite
import Web

extension BenchCommand {
    /// Outcomes of the people that `bench fill` wrote to.
    struct FillOutcomes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fill-outcomes",
            abstract: "Add outcomes to the messages of `bench fill`, and tell how fast they are credited.")
        @Option(help: "Directory made by `bench fill`.") var dir: String
        @Option(help: "Outcomes stored.") var outcomes = 1_000_000
        @Option(help: "Number of the first; those before it are stored already.") var first = 0
        @Option(help: "Days over which they are spread, ending today.") var days = 90

        func run() async throws {
            guard outcomes > 0, days > 0, (0...1_000_000_000).contains(first) else {
                throw ValidationError("--outcomes and --days are above 0, --first is 0 to 1000000000.")
            }
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            try await OutcomeBench.fill(installation, outcomes: outcomes, first: first, days: days)
            await installation.close()
        }
    }

    struct Outcomes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "outcomes",
            abstract: "Figures with money over what `bench fill-outcomes` made, and one more outcome.")
        @Option(help: "Directory made by `bench fill` and `bench fill-outcomes`.") var dir: String
        @Option(help: "Times that each question is asked.") var repeats = 9

        func run() async throws {
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            try await OutcomeBench.ask(installation, repeats: max(1, repeats))
            try await OutcomeBench.one(installation, repeats: max(1, repeats))
            print("memory \(ProcessFigures.residentBytes().map { $0 / 1_000_000 } ?? 0) MB")
            await installation.close()
        }
    }
}

/// Outcomes and questions to measure with.
enum OutcomeBench {
    private static let people = 2_000_000

    private static func outcome(_ number: Int, at: Int64, of person: Int, isPaid: Bool) -> OutcomeEvent {
        OutcomeEvent(
            source: "bench", id: "order-\(number)", kind: isPaid ? OutcomeKind.payment : OutcomeKind.lead,
            at: Instant(seconds: at),
            value: isPaid ? Money(micros: Int64(50_000 + number % 400_000) * 1_000_000, currency: "IDR") : nil,
            identity: OutcomeIdentity(party: Party(phone: "628\(1_000_000_000 + person)")))
    }

    static func fill(_ installation: Installation, outcomes: Int, first: Int, days: Int) async throws {
        let store = installation.store
        let bar = ProgressBar("crediting outcomes", unit: "outcomes", total: Int64(outcomes))
        let end = Clock.now()
        let start = end.seconds - Int64(days) * 86_400
        var cursor = try await store.cursor()
        var items: [ProjectionBatch.Item] = []
        var seconds = 0.0
        for number in 0..<outcomes {
            let at = start + Int64(number) * Int64(days) * 86_400 / Int64(max(1, outcomes))
            var chance = Chance(seed: 31, stream: UInt64(first + number))
            let event = outcome(first + number, at: at, of: chance.below(people), isPaid: chance.happens(0.7))
            items.append(.init(event: .outcome(event), receivedAt: Instant(seconds: at), source: .outcomes))
            guard items.count >= 5_000 || number == outcomes - 1 else { continue }
            cursor += 1
            let begun = ContinuousClock.now
            try await store.apply(.init(items: items, cursor: cursor, receivedAt: end, asOf: end))
            seconds += BenchData.milliseconds(since: begun) / 1_000
            items.removeAll(keepingCapacity: true)
            bar.update(to: Int64(number + 1))
        }
        bar.finish()
        print("\(outcomes) outcomes credited in \(BenchData.round(seconds)) s = \(Int(Double(outcomes) / seconds))/s")
        try await store.checkpoint()
    }

    private static let overview = [
        "messages", "delivery_rate", "read_rate", "click_rate", "conversion_rate", "cost", "cost_per_outcome",
        "cost_wasted", "cost_wasted_share", "outcomes", "outcome_value", "outcomes_unattributed", "value_credited",
        "return_on_spend",
    ]

    private static var questions: [(String, Query)] {
        var total = Query(metrics: overview)
        total.range = .preset(.last90Days)
        var byDay = Query(metrics: ["messages", "cost", "value_credited", "outcomes", "outcome_value"])
        byDay.range = .preset(.last90Days)
        byDay.grain = .day
        var byTemplate = Query(metrics: [
            "messages", "delivery_rate", "conversion_rate", "cost", "cost_per_outcome", "value_credited",
            "return_on_spend",
        ])
        byTemplate.range = .preset(.last90Days)
        byTemplate.dimensions = [.template]
        var byModel = Query(metrics: ["outcomes_credited", "value_credited"])
        byModel.range = .preset(.last90Days)
        byModel.dimensions = [.model]
        var byReason = Query(metrics: ["messages_wasted", "cost_wasted"])
        byReason.range = .preset(.last90Days)
        byReason.dimensions = [.wasteReason]
        return [
            ("90 days, overview with money", total), ("90 days by day", byDay), ("90 days by template", byTemplate),
            ("90 days by model", byModel), ("90 days, waste by reason", byReason),
        ]
    }

    static func ask(_ installation: Installation, repeats: Int) async throws {
        let analyst = Analyst(store: installation.store, workspace: Workspace(), now: Clock.now)
        print("\(try await installation.store.projectionStatus().messages) messages")
        try await BenchData.ask(questions, analyst, repeats: repeats)
    }

    /// One more outcome of somebody with messages, and of somebody with ten thousand outcomes.
    static func one(_ installation: Installation, repeats: Int) async throws {
        let store = installation.store
        let now = Clock.now()
        var cursor = try await store.cursor()
        for (name, person) in [("somebody", 77), ("somebody with 10,000 outcomes", people + 77)] {
            if person > people {
                cursor += 1
                let items = (0..<10_000).map { number in
                    ProjectionBatch.Item(
                        event: .outcome(
                            outcome(
                                2_000_000_000 + number, at: now.seconds - Int64(number) * 777, of: person, isPaid: true)
                        ),
                        receivedAt: now, source: .outcomes)
                }
                try await store.apply(.init(items: items, cursor: cursor, receivedAt: now, asOf: now))
            }
            var number = 0
            let times = try await BenchData.timed(repeats) {
                number += 1
                cursor += 1
                let event = outcome(
                    Int(now.microseconds % 1_000_000_000) &* 100 &+ number, at: now.seconds - 40 * 86_400, of: person,
                    isPaid: true)
                try await store.apply(
                    .init(
                        items: [.init(event: .outcome(event), receivedAt: now, source: .outcomes)], cursor: cursor,
                        receivedAt: now, asOf: now))
            }
            print("one more outcome of \(name): \(times), committed")
        }
    }
}
