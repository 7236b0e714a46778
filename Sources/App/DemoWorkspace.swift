import API
import Analytics
import Dashboard
import Domain
import Foundation
import Insights
import Logging
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Synchronization
import Web

/// What made-up data are like.
package struct DemoSize: Sendable {
    package var days: Int
    /// A day, about.
    package var messages: Int
    package var seed: UInt64 = 11

    package init(days: Int = 60, messages: Int = 200) {
        self.days = days
        self.messages = messages
    }
}

/// A made-up business in a directory inside the data directory, filled on demand and thrown away likewise. It has an
/// inbox and facts of its own, so that nothing of it can get among the business's own data.
actor DemoWorkspace: DemoSwitch, Service {
    private struct Living {
        var installation: Installation
        var data: PageData
        /// Goes on in real time.
        var life: Task<Void, Never>
    }
    private enum Phase {
        case none
        case filling(Task<Void, Never>)
        case ready(Living)
        case failed(Failure)
    }

    private let directory: URL
    private let size: DemoSize
    private let logger: Logger
    private let share = Mutex(0.0)
    private var phase = Phase.none

    /// Of the Indonesian shop that is simulated.
    private static let workspace = Workspace()
    /// Free space below which no made-up data are added to the disk.
    private static let freeBytesMin: Int64 = 1_000_000_000

    /// - Parameter parent: the data directory.
    init(in parent: URL, size: DemoSize, logger: Logger) {
        directory = parent.appending(path: "demo", directoryHint: .isDirectory)
        self.size = size
        self.logger = logger
    }

    /// Written when all of it is there; holds the first day.
    private var mark: URL { directory.appending(path: "FILLED") }

    // MARK: As the pages see it

    func state() -> DemoState {
        switch phase {
        case .none: .none
        case .filling: .filling(share.withLock { $0 })
        case .ready(let living): .ready(living.data)
        case .failed(let failure): .failed(failure)
        }
    }

    func begin() throws {
        switch phase {
        case .filling, .ready: return
        case .none, .failed: break
        }
        if let free = DataHealth.Disk(directory: directory.deletingLastPathComponent()).freeBytes,
            free < Self.freeBytesMin
        {
            throw Failure(
                .unavailable, id: "Ruang disk kurang dari 1 GB. Kosongkan dahulu, lalu coba lagi.",
                en: "Less than 1 GB of disk space is left. Free some, then try again.")
        }
        share.withLock { $0 = 0 }
        phase = .filling(Task(priority: .utility) { await self.fill() })
    }

    func remove() async throws {
        await stop()
        if FileManager.default.fileExists(atPath: directory.path) { try FileManager.default.removeItem(at: directory) }
    }

    // MARK: As the server runs it

    /// Opens what an earlier run has filled, and stops with the server. What was only half filled is taken away: it
    /// can be asked for again.
    func run() async throws {
        if let text = try? String(contentsOf: mark, encoding: .utf8), let seconds = Int64(text.trimmed) {
            share.withLock { $0 = 1 }
            phase = .filling(Task(priority: .utility) { await self.resume(from: Instant(seconds: seconds)) })
        } else {
            try? FileManager.default.removeItem(at: directory)
        }
        try? await gracefulShutdown()
        await stop()
    }

    private func stop() async {
        let last = phase
        phase = .none
        switch last {
        case .filling(let task):
            task.cancel()
            await task.value
            // It may have come to its end in between.
            if case .ready = phase { await stop() }
            phase = .none
        case .ready(let living):
            living.life.cancel()
            await living.life.value
            await living.installation.close()
        case .none, .failed: break
        }
    }

    // MARK: Filling

    private func open() async throws -> Installation {
        try await Installation(directory: directory.path, zone: Self.workspace.timeZone, as: .owner)
    }

    private func fill() async {
        do {
            try? FileManager.default.removeItem(at: directory)
            let installation = try await open()
            do {
                var business = DemoBusiness(
                    installation: installation, days: size.days, messages: size.messages, seed: size.seed)
                business.onProgress = { progress in
                    self.share.withLock { $0 = max($0, Self.share(of: progress)) }
                }
                let run = try await business.fill()
                try Task.checkCancellation()
                try Data("\(business.start.seconds)\n".utf8).write(to: mark)
                live(run, installation)
            } catch {
                await installation.close()
                throw error
            }
        } catch {
            fail(error)
        }
    }

    private func resume(from start: Instant) async {
        do {
            let installation = try await open()
            do {
                var business = DemoBusiness(
                    installation: installation, days: size.days, messages: size.messages, seed: size.seed)
                business.start = start
                live(try await business.resumed(), installation)
            } catch {
                await installation.close()
                throw error
            }
        } catch {
            fail(error)
        }
    }

    private func fail(_ error: any Error) {
        guard !(error is CancellationError) else { return }
        logger.error("the demo data could not be made", metadata: ["error": "\(type(of: error))"])
        try? FileManager.default.removeItem(at: directory)
        phase = .failed(
            error as? Failure
                ?? Failure(
                    .unavailable, id: "Data contoh tidak dapat dibuat. Periksa ruang disk, lalu coba lagi.",
                    en: "The demo data could not be made. Check the disk's space, then try again."))
    }

    /// Making the deliveries takes about a third of the time, counting them the rest.
    private nonisolated static func share(of progress: DemoBusiness.Progress) -> Double {
        switch progress {
        case .simulated(_, let share): 0.35 * min(1, max(0, share))
        case .counted(let count, let total): 0.35 + 0.64 * Double(count) / Double(max(1, total))
        }
    }

    private func live(_ run: SimulatorRun, _ installation: Installation) {
        let business = LiveBusiness(run: run, inbox: installation.inbox)
        let projector = Projector(
            inbox: installation.inbox, store: installation.store, home: installation.home, now: Clock.now,
            logger: logger)
        let watcher = Watcher(
            store: installation.store, findings: installation.findings, workspace: Self.workspace, now: Clock.now,
            logger: logger)
        let life = Task(priority: .utility) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await watcher.run() }
                group.addTask { try? await business.run() }
                group.addTask { try? await projector.run() }
            }
        }
        phase = .ready(Living(installation: installation, data: Self.data(installation, watcher), life: life))
    }

    private static func data(_ installation: Installation, _ watcher: Watcher) -> PageData {
        let (inbox, store) = (installation.inbox, installation.store)
        var analyst = Analyst(store: store, workspace: workspace, now: Clock.now) {
            let received = try await inbox.lastSequence()
            return received == 0 ? nil : min(1, Double(try await store.cursor()) / Double(received))
        }
        analyst.holidays = PublicHolidays.known(in: installation.directory)
        let look = HealthLook(
            HealthSources(
                inbox: inbox, store: store, keys: installation.keys, timeZone: workspace.timeZone, now: Clock.now,
                connection: { .init(hasSecret: true, hasVerifyToken: true) },
                disk: { [directory = installation.directory] in DataHealth.Disk(directory: directory) }),
            connections: ConnectionLog())
        return PageData(
            store: store, analyst: analyst, arrival: { try await look.look().arrival },
            health: { try await look.look() },
            isDemo: true, workspace: workspace,
            findings: Findings(store: installation.findings, desk: FindingDesk(watcher)))
    }
}

extension DataHealth {
    var arrival: Arrival {
        Arrival(
            received: counting.received, projected: counting.counted,
            undecodable: notUnderstood.reduce(0) { $0 &+ $1.count },
            lagSeconds: counting.waitingSince.map { max(0, Double(asOf.microseconds(since: $0)) / 1_000_000) } ?? 0,
            freshTo: counting.freshTo)
    }
}
