import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was told last about a finding on a route.
package struct Told: Hashable, Sendable, Codable {
    package var severity: AlertSeverity
    package var isResolved: Bool
    @Stamp package var at: Instant
    @Stamp package var seenAt: Instant
}

/// An alert that will be told, and what it waits for.
package struct Waiting: Hashable, Sendable, Codable {
    package enum Phase: String, Hashable, Sendable, Codable { case grouping, quiet, limited }
    package var alert: Alert
    package var reason: SendReason
    package var phase: Phase
    @Stamp package var since: Instant
}

/// Why an alert is not told, and since when that holds.
package struct Withheld: Hashable, Sendable, Codable {
    package var reason: WithheldReason
    @Stamp package var since: Instant
    @Stamp package var seenAt: Instant
}

/// A message that could not be brought to its receiver.
package struct FailedDispatch: Hashable, Sendable, Codable {
    package var id: String
    package var recipient: String
    package var reason: Text
    package var attempts: Int
    @Stamp package var at: Instant
}

/// Everything that one route remembers.
package struct RouteState: Hashable, Sendable, Codable {
    /// By key of the alert.
    package internal(set) var told: [String: Told] = [:]
    package internal(set) var waiting: [String: Waiting] = [:]
    /// By key of the alert: of each alert that is not told, why.
    package internal(set) var withheld: [String: Withheld] = [:]
    /// Unix microseconds of the messages of the last hour, ascending.
    package internal(set) var sentAt: [Int64] = []
    /// In the order in which they were decided.
    package internal(set) var outbox: [Dispatch] = []
    /// The last ones, oldest first.
    package internal(set) var failures: [FailedDispatch] = []
    /// The local date of the last digest by period.
    package internal(set) var digests: [String: String] = [:]
    /// How many messages were decided: part of their ids.
    package internal(set) var sequence: Int = 0
    /// When a message last reached its receiver: Unix seconds.
    package internal(set) var deliveredAt: Int64?

    package init() {}
}

/// Everything that alerting remembers, as one value: saved before anything is sent, so that a restart repeats nothing.
package struct AlertState: Hashable, Sendable, Codable {
    package internal(set) var routes: [String: RouteState] = [:]
    package internal(set) var mutes: [Mute] = []

    package init() {}

    /// What is forgotten of findings that nobody has spoken of for so long.
    static let memorySeconds: Int64 = 30 * 86_400
    /// Mutes and failures that are kept at most.
    static let mutesMax = 1000
    static let failuresMax = 50

    /// Equal states give equal bytes.
    package func encoded() throws(Failure) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do { return Array(try encoder.encode(self)) } catch {
            throw Failure(
                .internal, id: "Keadaan peringatan tidak dapat disimpan.", en: "The state of alerts cannot be written.")
        }
    }

    package init(encoded bytes: [UInt8]) throws(Failure) {
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
            throw Failure(
                .misconfigured,
                id: "Keadaan peringatan yang tersimpan tidak dapat dibaca; pulihkan dari cadangan, atau hapus agar "
                    + "peringatan mulai dari awal (temuan yang masih terbuka dikirim sekali lagi).",
                en: "The saved state of alerts cannot be read; restore it from a backup, or remove it so that alerts "
                    + "begin anew (findings that are still open are told once more).")
        }
    }

    /// Adds a mute; one of the same id is replaced.
    package mutating func mute(_ mute: Mute, now: Instant) {
        mutes.removeAll { $0.id == mute.id || $0.until <= now }
        var mute = mute
        mute.until = min(mute.until, now.adding(seconds: Int64(Mute.hoursMax) * 3600))
        mutes.append(mute)
        mutes.sort { ($0.until, $0.id) < ($1.until, $1.id) }
        if mutes.count > Self.mutesMax { mutes.removeFirst(mutes.count - Self.mutesMax) }
    }

    package mutating func unmute(_ id: String) { mutes.removeAll { $0.id == id } }
}
