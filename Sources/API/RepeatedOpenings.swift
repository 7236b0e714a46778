import Domain
import Synchronization

/// Which openings are one: a double tap, or a browser that asks twice, must not count as two clicks.
///
/// Remembers who opened what in the last seconds. Openings by nobody known are never joined, since two people would be
/// taken for one.
final class RepeatedOpenings: Sendable {
    /// Openings of one link by one person that lie no further apart are one.
    static let windowMicroseconds: Int64 = 10_000_000
    /// Beyond so many in one window the oldest are forgotten: memory is worth more than a doubled tap.
    static let rememberedMax = 50_000

    private struct Key: Hashable {
        var code: String
        var person: Party
        var isRobot: Bool
    }
    struct First: Hashable, Sendable {
        var id: String
        var at: Instant
    }
    private struct State {
        var young: [Key: First] = [:]
        var old: [Key: First] = [:]
        var youngSince = Instant.distantPast
    }
    private let state = Mutex(State())

    /// The opening that this one repeats, or a new one with an id of its own.
    func first(_ code: String, by person: Party, isRobot: Bool, at: Instant) -> (first: First, isRepeated: Bool) {
        guard !person.isAnonymous else { return (First(id: Self.id(), at: at), false) }
        let key = Key(code: code, person: person, isRobot: isRobot)
        return state.withLock { state in
            if at.microseconds(since: state.youngSince) > Self.windowMicroseconds
                || state.young.count >= Self.rememberedMax
            {
                state.old = state.young
                state.young = [:]
                state.youngSince = at
            }
            if let known = state.young[key] ?? state.old[key],
                (0..<Self.windowMicroseconds).contains(at.microseconds(since: known.at))
            {
                return (known, true)
            }
            let first = First(id: Self.id(), at: at)
            state.young[key] = first
            return (first, false)
        }
    }

    /// 128 random bits.
    private static func id() -> String {
        var generator = SystemRandomNumberGenerator()
        let halves = [generator.next() as UInt64, generator.next() as UInt64]
        return halves.map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
