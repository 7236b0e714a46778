import Connectors
import Domain
import Storage
import SurfaceSupport
import Synchronization
import Testing

@testable import API
@testable import Web

/// An inbox that a test can stop and fail.
private final class GatedInbox: Inbox {
    struct State {
        var isOpen = true
        var failures = 0
    }
    let state = Mutex(State())
    let stored = CountingInbox()

    func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64 {
        while !state.withLock({ $0.isOpen }) { try await Task.sleep(for: .milliseconds(2)) }
        let fails = state.withLock { state in
            state.failures -= 1
            return state.failures >= 0
        }
        if fails { throw Failure(.unavailable, id: "Disk penuh.", en: "The disk is full.") }
        return try await stored.append(body, source: source, receivedAt: receivedAt)
    }
    func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery] { [] }
    func lastSequence() async throws -> Int64 { try await stored.lastSequence() }
    func receivedAt(after sequence: Int64) async throws -> Instant? { nil }
    func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int { 0 }

    var ids: [String] {
        stored.stored.flatMap { delivery in
            LinkDelivery.decode(delivery.body, receivedAt: delivery.receivedAt).compactMap { event -> String? in
                if case .click(let click) = event { click.id } else { nil }
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ClickQueueTests {
    private let inbox = GatedInbox()
    private let telemetry = Telemetry()

    private func queue() -> ClickQueue {
        ClickQueue(inbox: inbox, now: { Site.instant }, telemetry: telemetry)
    }
    private func click(_ number: Int) -> TrackedClick { Self.click(number) }
    private static func click(_ number: Int) -> TrackedClick {
        TrackedClick(id: "\(number)", code: "7hKp2mQx9R", at: Site.instant)
    }
    private func lost() -> Int64 { telemetry.openings.counts.first { $0.kind == .lost }?.count ?? -1 }

    /// Waits until `run` has begun: from then on nobody waits for the disk.
    private func begun(_ queue: ClickQueue) async throws -> Task<Void, Never> {
        let task = Task { await queue.run() }
        while !queue.isDrained { try await Task.sleep(for: .milliseconds(1)) }
        return task
    }

    @Test func withoutADrainEachIsCommittedAtOnce() async {
        let queue = queue()
        await queue.add(click(1))
        #expect(inbox.ids == ["1"])
    }

    @Test func nobodyWaitsForAStuckDiskAndNothingIsLostWhenItEnds() async throws {
        let queue = queue()
        let run = try await begun(queue)
        inbox.state.withLock { $0.isOpen = false }
        for number in 0..<1_200 { await queue.add(click(number)) }
        #expect(inbox.ids.isEmpty)
        inbox.state.withLock { $0.isOpen = true }
        queue.finish()
        await run.value
        #expect(inbox.ids.count == 1_200)
        #expect(Set(inbox.ids).count == 1_200)
        #expect(queue.waitingCount == 0)
        // Those that gathered behind the first went together.
        #expect(inbox.stored.stored.count <= 5)
        #expect(lost() == 0)
        await queue.add(click(5_000))
        #expect(inbox.ids.contains("5000"))
    }

    @Test func aFullQueueMakesTheNextWaitInsteadOfLosingIt() async throws {
        let queue = queue()
        let run = try await begun(queue)
        inbox.state.withLock { $0.isOpen = false }
        // The first is in hand, and nothing more is taken before the disk has it.
        await queue.add(click(0))
        while queue.waitingCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
        let most = ClickQueue.waitingMax + 1
        let adding = Task { for number in 1...most { await queue.add(Self.click(number)) } }
        while queue.waitingCount < ClickQueue.waitingMax { try await Task.sleep(for: .milliseconds(2)) }
        try await Task.sleep(for: .milliseconds(50))
        #expect(inbox.ids.isEmpty)
        inbox.state.withLock { $0.isOpen = true }
        await adding.value
        queue.finish()
        await run.value
        #expect(Set(inbox.ids).count == most + 1)
        #expect(lost() == 0)
    }

    @Test func aDiskThatRecoversGetsThem() async throws {
        let queue = queue()
        let run = try await begun(queue)
        inbox.state.withLock { $0.failures = 2 }
        await queue.add(click(1))
        queue.finish()
        await run.value
        #expect(inbox.ids == ["1"])
        #expect(lost() == 0)
    }

    @Test func whatTheDiskNeverTakesIsCounted() async {
        inbox.state.withLock { $0.failures = 1_000 }
        await queue().add(click(1))
        #expect(inbox.ids.isEmpty)
        #expect(lost() == 1)
    }
}
