import Alerts
import Domain
import Pipeline
import Synchronization
import Testing

/// The whole way from a finding to a message, with a disk and a receiver that can fail.
@Suite("Telling findings")
struct TellerTests {
    private final class World: Sendable {
        struct Inside {
            var saved: [UInt8]?
            var isDiskFull = false
            var status = 200
            /// Idempotency keys as they arrived.
            var keys: [String] = []
        }
        let inside = Mutex(Inside())

        func teller(_ routes: [AlertRoute]) -> Teller {
            let setup = NotifierSetup(
                links: AlertLinks(base: "https://pantau.example", mutes: nil),
                secrets: Dictionary(uniqueKeysWithValues: routes.map { ($0.id, Secret("0123456789abcdef")) }))
            return Teller(
                Teller.Surroundings(
                    load: { self.inside.withLock { $0.saved } },
                    save: { bytes in
                        try self.inside.withLock { inside in
                            if inside.isDiskFull { throw Failure(.unavailable, id: "Disk penuh.", en: "Disk is full.") }
                            inside.saved = bytes
                        }
                    },
                    routes: { (routes, setup) },
                    digest: { due in
                        DigestContent(
                            period: due.period, business: "Toko", span: Text(id: "kemarin", en: "yesterday"),
                            headlines: [], link: "")
                    },
                    send: { (request) throws(OutgoingFault) -> OutgoingResponse in
                        let status = self.inside.withLock { inside in
                            inside.keys.append(request.header("Idempotency-Key") ?? "")
                            return inside.status
                        }
                        return OutgoingResponse(status: status)
                    }, mail: { _ in .delivered }))
        }
    }

    private let noon = Instant(seconds: 1_795_410_000)
    private let route = AlertRoute(
        id: "ops", name: "Ops", channel: .webhook(url: "https://toko.example/hook"), groupingSeconds: 0,
        digests: [DigestSchedule(period: .daily, minute: 18 * 60)])

    private func alert(_ key: String) -> Alert {
        Alert(
            key: key, kind: "cost_up", severity: .warning, title: Text(id: "Biaya naik", en: "Cost is up"),
            link: "https://pantau.example/findings/\(key)", at: noon)
    }

    @Test("What is told is told once, through restarts and ticks at the same time")
    func once() async throws {
        let world = World()
        for minute in 0..<4 {
            let teller = world.teller([route])
            let now = noon.adding(seconds: Int64(minute) * 60)
            try await withThrowingTaskGroup { group in
                for _ in 0..<5 { group.addTask { _ = try await teller.tick([alert("a"), alert("b")], now: now) } }
                try await group.waitForAll()
            }
        }
        #expect(world.inside.withLock { $0.keys.count } == 1)
    }

    @Test("What could not be saved is not sent, and comes when it can")
    func fullDisk() async throws {
        let world = World()
        world.inside.withLock { $0.isDiskFull = true }
        let teller = world.teller([route])
        await #expect(throws: Failure.self) { try await teller.tick([alert("a")], now: noon) }
        #expect(world.inside.withLock { $0.keys }.isEmpty)
        world.inside.withLock { $0.isDiskFull = false }
        #expect(try await teller.tick([alert("a")], now: noon).map(\.outcome) == [.told(.first)])
        #expect(world.inside.withLock { $0.keys.count } == 1)
    }

    @Test("A receiver that is down gets the same message under the same key, after a pause")
    func receiverDown() async throws {
        let world = World()
        world.inside.withLock { $0.status = 503 }
        _ = try await world.teller([route]).tick([alert("a")], now: noon)
        _ = try await world.teller([route]).tick([alert("a")], now: noon.adding(seconds: 5))
        world.inside.withLock { $0.status = 200 }
        let teller = world.teller([route])
        _ = try await teller.tick([alert("a")], now: noon.adding(seconds: 60))
        let keys = world.inside.withLock { $0.keys }
        #expect(keys.count == 2 && Set(keys).count == 1)
        #expect(try await teller.state().nextDispatch == nil)
    }

    @Test("A mute is saved; a digest goes out at its hour")
    func muteAndDigest() async throws {
        let world = World()
        let teller = world.teller([route])
        let command = try #require(MuteCommand(finding: "a", hours: 2))
        try await teller.mute(command.mute(at: noon), now: noon)
        let muted = try await world.teller([route]).tick([alert("a")], now: noon)
        #expect(muted.map(\.outcome) == [.withheld(.muted(until: noon.seconds + 7200))])
        #expect(world.inside.withLock { $0.keys }.isEmpty)
        // 18:00 in Jakarta.
        _ = try await world.teller([route]).tick([], now: noon.adding(seconds: 6 * 3600))
        #expect(world.inside.withLock { $0.keys.count } == 1)
    }
}
