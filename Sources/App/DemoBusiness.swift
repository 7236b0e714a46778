import Connectors
import Domain
import Foundation
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Synchronization

/// A simulated history in an installation.
struct DemoBusiness {
    /// How far the filling is.
    enum Progress {
        /// Deliveries made, and the share of the time that they tell of.
        case simulated(Int64, Double)
        /// Deliveries counted, of so many.
        case counted(Int64, of: Int64)
    }
    let installation: Installation
    let days: Int
    let messages: Int
    let seed: UInt64
    /// Local midnight of the first day.
    var start: Instant
    var onProgress: @Sendable (Progress) -> Void = { _ in }

    /// A history that ends at this moment, so that "today" has data.
    init(installation: Installation, days: Int, messages: Int, seed: UInt64) {
        self.installation = installation
        self.days = days
        self.messages = messages
        self.seed = seed
        let zoneSeconds: Int64 = 7 * 3_600
        let today = (Clock.now().seconds + zoneSeconds).flooredDivision(by: 86_400) * 86_400 - zoneSeconds
        start = Instant(seconds: today - Int64(days - 1) * 86_400)
    }

    private var scenario: Scenario {
        Scenario(
            seed: seed, start: start, days: days, messagesPerDay: messages, hasDesk: true,
            appLine: BusinessLine.usual.last?.phoneNumber, outcomes: .usual)
    }

    /// Fills an empty installation; one that was filled before is left as it is. Returns the business, ready to go on.
    func fill() async throws -> SimulatorRun {
        let simulator = Simulator(scenario)
        var run = simulator.run(recordsTruth: false)
        run.until = Clock.now()
        let isFilled = try await installation.inbox.lastSequence() > 0
        if isFilled {
            while run.next() != nil {}
        } else {
            try await append(&run)
        }
        let last = try await installation.inbox.lastSequence()
        _ = try await Replayer.fill(
            installation.store, from: installation.inbox, to: last, home: installation.home, asOf: Clock.now(),
            onProgress: { [onProgress] in onProgress(.counted($0, of: last)) })
        return run
    }

    /// The business as it was when the last delivery came, ready to go on from there.
    func resumed() async throws -> SimulatorRun {
        let last = try await installation.inbox.lastSequence()
        var run = Simulator(scenario).run(recordsTruth: false)
        run.until = try await installation.inbox.read(after: max(0, last - 1), bytesMax: 1).last?.receivedAt ?? start
        while run.next() != nil { try Task.checkCancellation() }
        return run
    }

    /// Opening hours with public holidays, service targets, and what outcomes and costs are counted by, as a business
    /// would set them on its first day. The exchange rate and the budgets are made up like all the rest.
    private func settings() -> [[UInt8]] {
        let weekdays = Dictionary(
            uniqueKeysWithValues: (1...6).map { ($0, [WorkCalendar.Interval(from: 8 * 60, to: 21 * 60)]) })
        let weekly = weekdays.merging([7: [WorkCalendar.Interval(from: 9 * 60, to: 18 * 60)]]) { $1 }
        let holidays = HolidayFile.parse(PublicHolidays.shipped)
        let calendar = holidays.adding(
            to: WorkCalendar(scope: .workspace, timeZone: "Asia/Jakarta", weekly: weekly),
            years: (holidays.years.first ?? 1)...(holidays.years.last ?? 9_999), jointLeave: false,
            language: .indonesian)
        let targets = [
            ServiceTarget(responder: .bot, seconds: 30),
            ServiceTarget(responder: .human, seconds: 15 * 60, clock: .business),
        ]
        return [
            SettingsDelivery.encode(CalendarChange(scope: .workspace, calendar: calendar)),
            SettingsDelivery.encode(targets),
            SettingsDelivery.encode([
                OutcomeRule(trigger: .flow(tokenPrefix: "lead-"), kind: OutcomeKind.lead),
                OutcomeRule(trigger: .order, kind: OutcomeKind.order),
            ]),
            SettingsDelivery.encode(
                .exchange([
                    ExchangeRate(
                        effectiveFrom: LocalDate(day: 20_454), from: "USD", to: "IDR", rateMicros: 16_400_000_000),
                    ExchangeRate(
                        effectiveFrom: LocalDate(day: 20_454), from: "MYR", to: "IDR", rateMicros: 3_900_000_000),
                ])),
            SettingsDelivery.encode(
                .budgets([
                    Budget(scope: .everything, amount: Money(micros: 20_000_000_000_000, currency: "IDR")),
                    Budget(scope: .category("marketing"), amount: Money(micros: 12_000_000_000_000, currency: "IDR")),
                ])),
        ]
    }

    private func append(_ run: inout SimulatorRun) async throws {
        for body in settings() {
            _ = try await installation.inbox.append(body, source: .settings, receivedAt: scenario.start)
        }
        let span = Double(max(1, Clock.now().microseconds(since: start)))
        var count: Int64 = 0
        var chunk: [SimulatedDelivery] = []
        while true {
            let delivery = run.next()
            if let delivery { chunk.append(delivery) }
            if chunk.count >= 2_000 || (delivery == nil && !chunk.isEmpty) {
                try await installation.inbox.append(all: chunk)
                count += Int64(chunk.count)
                let at = delivery?.receivedAt ?? Clock.now()
                onProgress(.simulated(count, Double(at.microseconds(since: start)) / span))
                try Task.checkCancellation()
                chunk.removeAll(keepingCapacity: true)
            }
            if delivery == nil { break }
        }
    }
}

extension Inbox {
    /// Appends simulated deliveries in their order.
    package func append(all deliveries: [SimulatedDelivery]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in deliveries {
                group.addTask {
                    _ = try await append(delivery.body, source: delivery.source, receivedAt: delivery.receivedAt)
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Lets the simulated business go on in real time.
struct LiveBusiness: Service {
    let run: SimulatorRun
    let inbox: any Inbox

    func run() async throws {
        let business = Mutex(run)
        try await cancelWhenGracefulShutdown { [inbox] in
            while !Task.isCancelled {
                while let delivery = Self.next(business) {
                    _ = try await inbox.append(
                        delivery.body, source: delivery.source, receivedAt: delivery.receivedAt)
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private static func next(_ business: borrowing Mutex<SimulatorRun>) -> SimulatedDelivery? {
        business.withLock { run in
            run.until = Clock.now()
            return run.next()
        }
    }
}
