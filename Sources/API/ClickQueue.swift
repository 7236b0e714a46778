import Connectors
import Domain
import Logging
import Storage
import Synchronization
import Web

/// Openings of short links on their way to the inbox, so that no visitor waits for the disk.
///
/// While `run` is at work, an opening is queued and the visitor goes on at once; many that come together are one
/// delivery. When the queue is full, or nothing drains it, the visitor waits for the commit instead: openings are
/// late rather than lost. What a power cut can take are those of the last moment.
package final class ClickQueue: Sendable {
    /// A few seconds of the heaviest campaign; about 2 MB.
    static let waitingMax = 10_000
    /// Openings of one delivery.
    static let batchMax = 500
    /// Longest pause between two tries when the disk does not take them.
    static let pauseSecondsMax: Int64 = 5
    /// Tries at the end, a fifth of a second apart, before what the disk does not take is given up.
    static let lastTries = 10

    private struct State {
        var waiting: [TrackedClick] = []
        var isDrained = false
    }
    private let state = Mutex(State())
    private let wake: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let inbox: any Inbox
    private let now: @Sendable () -> Instant
    private let telemetry: Telemetry

    init(inbox: any Inbox, now: @escaping @Sendable () -> Instant, telemetry: Telemetry) {
        self.inbox = inbox
        self.now = now
        self.telemetry = telemetry
        (wake, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether somebody brings openings to the disk, so that nobody waits for it.
    var isDrained: Bool { state.withLock { $0.isDrained } }
    /// Openings that wait for the disk now.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    func add(_ click: TrackedClick) async {
        let isQueued = state.withLock { state in
            guard state.isDrained, state.waiting.count < Self.waitingMax else { return false }
            state.waiting.append(click)
            return true
        }
        if isQueued {
            waker.yield()
        } else {
            await commit([click], tries: 1)
        }
    }

    /// Brings openings to the inbox until `finish`, and then those that are left. To be called once.
    package func run() async {
        state.withLock { $0.isDrained = true }
        for await _ in wake { await drain(tries: nil) }
        await drain(tries: Self.lastTries)
    }

    /// Lets `run` return once the queue is empty. Openings that come later are committed one by one.
    package func finish() {
        state.withLock { $0.isDrained = false }
        waker.finish()
    }

    private func drain(tries: Int?) async {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.waiting.prefix(Self.batchMax))
                state.waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty { return }
            await commit(batch, tries: tries)
        }
    }

    /// - Parameter tries: nil for as many as it takes while `run` is not told to finish.
    private func commit(_ clicks: [TrackedClick], tries: Int?) async {
        let body = LinkDelivery.encode(clicks)
        var done = 0
        while true {
            do {
                try await inbox.append(body, source: .clicks, receivedAt: now())
                return
            } catch {
                done += 1
                let isLast = tries.map { done >= $0 } ?? (!state.withLock { $0.isDrained } && done >= Self.lastTries)
                if isLast {
                    telemetry.openings.add(.lost, Int64(clicks.count))
                    return
                }
                let milliseconds = tries == nil ? min(Self.pauseSecondsMax * 1_000, Int64(done) * 200) : 200
                try? await Task.sleep(for: .milliseconds(milliseconds))
            }
        }
    }
}
