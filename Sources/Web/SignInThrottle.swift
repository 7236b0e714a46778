import Domain
import HTTPTypes
import Synchronization

/// Makes whoever guesses wait: a few tries are free, then each failure doubles the wait. In memory and bounded: a
/// restart forgets it, and so does an hour without a failure.
package final class SignInThrottle: Sendable {
    /// What failures are counted for.
    package enum Subject: Hashable, Sendable {
        case login(String)
        case address(String)

        /// One address may be a whole office.
        var freeTries: Int {
            switch self {
            case .login: 5
            case .address: 20
            }
        }
    }
    static let firstWaitSeconds: Int64 = 5
    static let waitSecondsMax: Int64 = 15 * 60
    static let forgottenAfterSeconds: Int64 = 3_600
    static let subjectsMax = 10_000

    private struct Failures {
        var count: Int
        var lastAt: Instant
        var freeAt: Instant
    }
    private let known = Mutex<[Subject: Failures]>([:])

    package init() {}

    /// Seconds that are left to wait; nil when a try is free.
    package func wait(_ subjects: [Subject], at now: Instant) -> Int64? {
        let until = known.withLock { known in subjects.compactMap { known[$0]?.freeAt }.max() }
        guard let until, until > now else { return nil }
        return max(1, (until.microseconds(since: now) + 999_999) / 1_000_000)
    }

    package func failed(_ subjects: [Subject], at now: Instant) {
        known.withLock { known in
            if known.count + subjects.count > Self.subjectsMax { Self.makeRoom(&known, at: now) }
            for subject in subjects {
                var failures = known[subject] ?? Failures(count: 0, lastAt: now, freeAt: now)
                if Self.isForgotten(failures, at: now) { failures.count = 0 }
                failures.count += 1
                failures.lastAt = now
                let beyond = failures.count - subject.freeTries
                if beyond >= 0 {
                    let seconds = min(Self.waitSecondsMax, Self.firstWaitSeconds << Int64(min(beyond, 20)))
                    failures.freeAt = now.adding(seconds: seconds)
                }
                known[subject] = failures
            }
        }
    }

    /// The try that was counted was right. A login is free again; an address only gets the one try back, since
    /// whoever has an account of their own must not guess at others' from there for ever.
    package func succeeded(_ subjects: [Subject], at now: Instant) {
        known.withLock { known in
            for subject in subjects {
                switch subject {
                case .login: known[subject] = nil
                case .address:
                    guard let failures = known[subject], failures.count > 1 else {
                        known[subject] = nil
                        continue
                    }
                    known[subject]?.count -= 1
                    known[subject]?.freeAt = now
                }
            }
        }
    }

    private static func isForgotten(_ failures: Failures, at now: Instant) -> Bool {
        now >= max(failures.freeAt, failures.lastAt.adding(seconds: forgottenAfterSeconds))
    }

    /// The forgotten go first, then those who have failed least: a flood of names cannot push a guesser out.
    private static func makeRoom(_ known: inout [Subject: Failures], at now: Instant) {
        known = known.filter { !isForgotten($0.value, at: now) }
        guard known.count > subjectsMax / 2 else { return }
        let kept = known.sorted { ($0.value.count, $0.value.lastAt) > ($1.value.count, $1.value.lastAt) }
            .prefix(subjectsMax / 2)
        known = Dictionary(kept.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    package static func refusal(seconds: Int64) -> Problem {
        let (minutes, rest) = (seconds / 60, seconds % 60)
        let id = minutes > 0 ? (rest > 0 ? "\(minutes) menit \(rest) detik" : "\(minutes) menit") : "\(rest) detik"
        let en = minutes > 0 ? (rest > 0 ? "\(minutes) min \(rest) s" : "\(minutes) min") : "\(rest) seconds"
        return Problem(
            .tooManyRequests, kind: "too-many-tries",
            title: Text(id: "Terlalu banyak percobaan", en: "Too many tries"),
            detail: Text(
                id: "Terlalu banyak percobaan yang gagal. Coba lagi dalam \(id).",
                en: "Too many tries have failed. Try again in \(en)."),
            headers: [.retryAfter: String(seconds)])
    }
}
