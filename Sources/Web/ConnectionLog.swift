import Domain
import HTTPTypes
import Synchronization

/// What happens at the door where Meta knocks, by its last time: for those who set the connection up, and see here at
/// once why it does not work.
package final class ConnectionLog: Sendable {
    /// Keeps marks; nil functions keep nothing beyond the process.
    package struct Keeper: Sendable {
        package var read: @Sendable () async throws -> [ConnectionMark: ConnectionCount]
        package var note: @Sendable (ConnectionMark, Instant, Int64) async throws -> Void
        package var forget: @Sendable (ConnectionMark) async throws -> Void

        package init(
            read: @escaping @Sendable () async throws -> [ConnectionMark: ConnectionCount],
            note: @escaping @Sendable (ConnectionMark, Instant, Int64) async throws -> Void,
            forget: @escaping @Sendable (ConnectionMark) async throws -> Void
        ) {
            self.read = read
            self.note = note
            self.forget = forget
        }
    }
    private struct State {
        /// Not kept yet.
        var pending: [ConnectionMark: ConnectionCount] = [:]
        /// Being kept.
        var leaving: [ConnectionMark: ConnectionCount] = [:]
        var keptAt: [ConnectionMark: Instant] = [:]
        var isKeeping = false
        /// Without a keeper.
        var marks: [ConnectionMark: ConnectionCount] = [:]
    }
    private let keeper: Keeper?
    private let changeCount = Atomic<Int64>(0)
    /// Sent along by the server's own test of its door, so that the test is not taken for somebody who knocks.
    package let testToken: String
    package static let testField = "X-Pantau-Test"
    private let state = Mutex(State())
    /// One write for all of the same that come within: a flood of wrong signatures costs the disk nothing.
    private static let keepSeconds: Int64 = 5

    package init(keeper: Keeper? = nil) {
        self.keeper = keeper
        var random = SystemRandomNumberGenerator()
        testToken = Hexadecimal.text((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// Grows whenever something is noted.
    package var changes: Int64 { changeCount.load(ordering: .relaxed) }

    /// Something that is shown beside marks has changed.
    package func changed() { changeCount.wrappingAdd(1, ordering: .relaxed) }

    /// Notes what a request has shown, unless it is a test of the server's own.
    package func note(_ mark: ConnectionMark, at: Instant, by headers: HTTPFields) {
        if let name = HTTPField.Name(Self.testField), let token = headers[name],
            ConstantTime.equal(token, testToken)
        {
            return
        }
        note(mark, at: at)
    }

    /// Notes that something happened. Waits for nothing: the request that brought it is answered first.
    package func note(_ mark: ConnectionMark, at: Instant) {
        defer { changed() }
        let shallKeep = state.withLock { state in
            guard keeper != nil else {
                state.marks[mark] = ConnectionCount(at: at, count: (state.marks[mark]?.count ?? 0) + 1)
                return false
            }
            state.pending[mark] = ConnectionCount(at: at, count: (state.pending[mark]?.count ?? 0) + 1)
            guard !state.isKeeping, Self.isDue(mark, at, state) else { return false }
            state.isKeeping = true
            return true
        }
        if shallKeep { Task { await keep() } }
    }

    private static func isDue(_ mark: ConnectionMark, _ at: Instant, _ state: State) -> Bool {
        state.keptAt[mark].map { at.microseconds(since: $0) >= keepSeconds * 1_000_000 } ?? true
    }

    /// Keeps what is due, until nothing is.
    private func keep() async {
        while let due = takeDue() {
            for (mark, count) in due { try? await keeper?.note(mark, count.at, count.count) }
            // A disk that takes nothing has other worries; marks are told again with the next knock.
            state.withLock { $0.leaving = [:] }
        }
    }

    private func takeDue() -> [ConnectionMark: ConnectionCount]? {
        state.withLock { state in
            let due = state.pending.filter { Self.isDue($0.key, $0.value.at, state) }
            guard !due.isEmpty else {
                state.isKeeping = false
                return nil
            }
            for (mark, count) in due {
                state.pending[mark] = nil
                state.keptAt[mark] = count.at
            }
            state.leaving = due
            return due
        }
    }

    package func marks() async throws -> [ConnectionMark: ConnectionCount] {
        // Looked at before what is kept: on its way from one to the other a mark is in both rather than in neither.
        let (others, own) = state.withLock { ([$0.leaving, $0.pending], $0.marks) }
        var marks = try await keeper?.read() ?? own
        for (mark, count) in others.joined() {
            let known = marks[mark]
            marks[mark] = ConnectionCount(
                at: max(count.at, known?.at ?? count.at), count: count.count + (known?.count ?? 0))
        }
        return marks
    }

    /// Remembers a decision of a person.
    package func decide(_ mark: ConnectionMark, at: Instant) async throws {
        guard let keeper else { return note(mark, at: at) }
        try await keeper.note(mark, at, 1)
        changed()
    }

    package func forget(_ mark: ConnectionMark) async throws {
        state.withLock { state in
            state.marks[mark] = nil
            state.pending[mark] = nil
        }
        try await keeper?.forget(mark)
        changed()
    }
}
