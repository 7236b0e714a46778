import ArgumentParser
import Connectors
import Domain
import Foundation
import Hummingbird
import Logging
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Synchronization

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Serve a simulated business: 60 days of an Indonesian shop.",
        discussion: "Nothing leaves this machine. With --live the business goes on in real time.")

    @OptionGroup var data: DataOptions
    @Option(help: "HOST:PORT.") var listen = "127.0.0.1:8080"
    @Option(help: "Port on 127.0.0.1; short for --listen.") var port: Int?
    @Option(help: "Days of history.") var days = 60
    @Option(help: "Messages a day, about.") var messages = 1_500
    @Option(help: "Another seed is another business.") var seed: UInt64 = 11
    @Flag(help: "Keep the business running in real time.") var live = false
    @Flag(help: "Fill the data directory and stop.") var fillOnly = false

    func validate() throws {
        if !(1...730).contains(days) { throw ValidationError("--days is 1 to 730.") }
        if !(1...200_000).contains(messages) { throw ValidationError("--messages is 1 to 200000.") }
    }

    func run() async throws {
        let directory = data.dataDirectory ?? "demo-data"
        let flags = [
            Setting.dataDirectory.name: directory, Setting.listen.name: port.map { "127.0.0.1:\($0)" } ?? listen,
            // A demonstration needs no word from Meta; the secret lets people try signed webhooks with curl.
            Setting.metaAppSecret.name: "demo-secret", Setting.metaVerifyToken.name: "demo-token",
        ]
        let settings = try Settings(flags: flags, environment: ProcessInfo.processInfo.environment)
        let logger = ServeCommand.logger(settings)
        let installation = try await Installation(settings, as: .owner)
        try Self.refuseRealData(installation.directory, received: try await installation.inbox.lastSequence())

        let business = DemoBusiness(installation: installation, days: days, messages: messages, seed: seed)
        let run = try await business.fill()
        if fillOnly {
            await installation.close()
            return
        }
        let server = Server(installation, settings: settings, logger: logger, isDemo: true)
        let services: [any Service] = live ? [LiveBusiness(run: run, inbox: installation.inbox)] : []
        let host = settings.host
        let people = installation.people
        let application = server.application(
            services: services,
            onReady: { port in
                let origin = OneTimeLinks.origin(host: host, port: port)
                let link = try? await OneTimeLinks.firstOwner(in: people, origin: origin)
                Self.announce(origin, link)
            })
        try await server.run(application)
        await installation.close()
    }

    /// Simulated deliveries must never mix with a business's own.
    private static func refuseRealData(_ directory: URL, received: Int64) throws {
        let mark = directory.appending(path: "DEMO")
        if FileManager.default.fileExists(atPath: mark.path) { return }
        guard received == 0 else {
            throw Failure(
                .unprocessable, id: "Direktori ini berisi data nyata. Pilih direktori lain untuk demo.",
                en: "This directory holds real data. Choose another directory for the demonstration.")
        }
        try Data("This directory holds simulated data.\n".utf8).write(to: mark)
    }

    private static func announce(_ origin: String, _ link: String?) {
        let elsewhere =
            link.map { "From elsewhere make an account with this link, once:\n    \($0)" }
            ?? "From elsewhere sign in with your account."
        let text =
            """

              Pantau is ready:  \(origin)

              Sign in: nothing to do. All data are made up, so browsers on this machine are let in.
              \(elsewhere)
              Stop with Ctrl-C.


            """
        // Not through stdout's buffer: whoever waits for the address in a pipe must see it now.
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}

/// A simulated history in an installation.
struct DemoBusiness {
    let installation: Installation
    let days: Int
    let messages: Int
    let seed: UInt64

    /// The history ends at this moment, so that "today" has data.
    private var scenario: Scenario {
        let zoneSeconds: Int64 = 7 * 3_600
        let today = (Clock.now().seconds + zoneSeconds).flooredDivision(by: 86_400) * 86_400 - zoneSeconds
        let start = Instant(seconds: today - Int64(days - 1) * 86_400)
        return Scenario(
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
        let bar = ProgressBar("counting", unit: "deliveries", total: last)
        _ = try await Replayer.fill(
            installation.store, from: installation.inbox, to: last, home: installation.home, asOf: Clock.now(),
            onProgress: bar.update(to:))
        bar.finish()
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
        let bar = ProgressBar("simulating \(days) days", unit: "deliveries", total: nil)
        var count: Int64 = 0
        var chunk: [SimulatedDelivery] = []
        while true {
            let delivery = run.next()
            if let delivery { chunk.append(delivery) }
            if chunk.count >= 2_000 || (delivery == nil && !chunk.isEmpty) {
                try await installation.inbox.append(all: chunk)
                count += Int64(chunk.count)
                bar.update(to: count)
                chunk.removeAll(keepingCapacity: true)
            }
            if delivery == nil { break }
        }
        bar.finish()
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
