import Dispatch
import Domain
import Synchronization

/// Makes and checks hashes of passwords beside the event loops: two at a time, and a short queue behind them, so that
/// a flood of sign-ins takes neither the memory nor the time of everything else.
package final class PasswordWork: Sendable {
    static let atOnceMax = 2
    static let waitingMax = 32

    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "pantau.passwords", qos: .utility, attributes: .concurrent)
    package let cost: PasswordCost
    /// What the password of an unknown login is compared with, so that both take as long.
    private let decoy: Mutex<PasswordHash?> = Mutex(nil)

    package init(cost: PasswordCost = .standard) { self.cost = cost }

    /// As it is to be kept.
    package func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await run { try PasswordHash(of: password, cost: cost).text }
    }

    package enum Verdict: Sendable, Hashable {
        case wrong
        case right
        /// Right, and to be kept anew as this: it was made at a lower cost than is usual now.
        case renewed(String)
    }

    /// Compares with a kept hash; nil stands for a login that nobody has, and takes as long.
    package func check(_ password: String, against kept: String?) async throws -> Verdict {
        let cost = cost
        return try await run { [self] in
            guard let kept, let hash = PasswordHash(parsing: kept) else {
                _ = try decoyHash().matches(password)
                return .wrong
            }
            guard try hash.matches(password) else { return .wrong }
            return hash.isCheaper(than: cost) ? .renewed(try PasswordHash(of: password, cost: cost).text) : .right
        }
    }

    private func decoyHash() throws -> PasswordHash {
        if let made = decoy.withLock({ $0 }) { return made }
        let made = try PasswordHash(of: "nobody has this password", cost: cost)
        decoy.withLock { $0 = made }
        return made
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await enter()
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    private func enter() async throws {
        enum Place { case runs, queues, full }
        let place = state.withLock { state -> Place in
            if state.running < Self.atOnceMax {
                state.running += 1
                return .runs
            }
            return state.waiting.count < Self.waitingMax ? .queues : .full
        }
        switch place {
        case .runs: return
        case .full: throw Self.busy
        case .queues: break
        }
        await withCheckedContinuation { continuation in
            let runsNow = state.withLock { state -> Bool in
                // A place may have become free since it was looked for.
                guard state.running >= Self.atOnceMax else {
                    state.running += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if runsNow { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            // The place goes on to the next in line.
            return state.waiting.removeFirst()
        }
        next?.resume()
    }

    static let busy = Failure(
        .unavailable,
        id: "Terlalu banyak yang masuk bersamaan. Coba lagi beberapa detik lagi.",
        en: "Too many are signing in at once. Try again in a few seconds.")
}
