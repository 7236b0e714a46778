import Domain

/// From evidence bucket by bucket to something with a beginning and an end.
///
/// Pending until evidence came in `needed` of the last `window` buckets; firing; recovering once `clearNeeded` of the
/// last `clearWindow` are clear; resolved when it stays so for `recoverySeconds`; the same incident, re-opened, when
/// evidence returns within `reopenSeconds`.
package struct Incident: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable, Codable {
        case quiet, pending, firing, recovering, resolved
    }

    package enum Evidence: Hashable, Sendable {
        case anomalous(Anomaly)
        case clear
        /// Late or missing data says neither: the state stays as it is.
        case unknown
    }

    /// What a bucket changed.
    package enum Change: String, Hashable, Sendable, Codable {
        case fired, updated, recovering, resumed, resolved, reopened
    }

    package struct Rule: Hashable, Sendable {
        package var needed = 2
        package var window = 3
        package var clearNeeded = 3
        package var clearWindow = 4
        package var recoverySeconds: Int64 = 3600
        package var reopenSeconds: Int64 = 86_400
        /// Evidence this strong fires at once.
        package var atOnce = 1e-8

        package init() {}
    }

    package let rule: Rule
    package private(set) var phase = Phase.quiet
    /// When it began, as the detectors estimate: the earliest `since` of its evidence.
    package private(set) var since: Instant?
    package private(set) var firedAt: Instant?
    package private(set) var resolvedAt: Instant?
    package private(set) var reopened = 0
    /// The strongest and the latest evidence.
    package private(set) var worst: Anomaly?
    package private(set) var latest: Anomaly?
    private var recent: [Bool] = []
    private var clearSince: Instant?
    private var lastAt: Instant?

    package init(_ rule: Rule = Rule()) { self.rule = rule }

    /// Takes in what a bucket showed. A bucket at or before the last one is ignored: evidence is given once.
    package mutating func observe(_ evidence: Evidence, at: Instant) -> Change? {
        if let lastAt, at <= lastAt { return nil }
        guard evidence != .unknown else { return nil }
        lastAt = at
        let isAnomalous = if case .anomalous = evidence { true } else { false }
        recent.append(isAnomalous)
        let kept = max(rule.window, rule.clearWindow, 1)
        if recent.count > kept { recent.removeFirst(recent.count - kept) }
        if case .anomalous(let anomaly) = evidence { return take(anomaly, at: at) }
        return clear(at: at)
    }

    private mutating func take(_ anomaly: Anomaly, at: Instant) -> Change? {
        clearSince = nil
        switch phase {
        case .quiet:
            begin(anomaly)
            phase = .pending
        case .resolved:
            let isSame = resolvedAt.map { at < $0.adding(seconds: rule.reopenSeconds) } ?? false
            if !isSame {
                let rule = rule
                let (recent, lastAt) = (self.recent.suffix(1), self.lastAt)
                self = Incident(rule)
                (self.recent, self.lastAt) = (Array(recent), lastAt)
                begin(anomaly)
                phase = .pending
            } else {
                note(anomaly)
                guard hasEvidence(anomaly) else { return nil }
                phase = .firing
                resolvedAt = nil
                reopened += 1
                return .reopened
            }
        case .pending, .firing, .recovering: note(anomaly)
        }
        switch phase {
        case .pending where hasEvidence(anomaly):
            phase = .firing
            firedAt = at
            return .fired
        case .recovering:
            phase = .firing
            return .resumed
        case .firing: return .updated
        default: return nil
        }
    }

    private func hasEvidence(_ anomaly: Anomaly) -> Bool {
        anomaly.pValue <= rule.atOnce || recent.suffix(rule.window).count(where: { $0 }) >= rule.needed
    }

    private mutating func begin(_ anomaly: Anomaly) {
        since = anomaly.since
        (worst, latest) = (anomaly, anomaly)
    }

    private mutating func note(_ anomaly: Anomaly) {
        since = min(since ?? anomaly.since, anomaly.since)
        latest = anomaly
        if worst.map({ anomaly.pValue < $0.pValue }) ?? true { worst = anomaly }
    }

    private mutating func clear(at: Instant) -> Change? {
        switch phase {
        case .quiet, .resolved: return nil
        case .pending:
            if !recent.suffix(rule.window).contains(true) {
                phase = .quiet
                (since, worst, latest) = (nil, nil, nil)
            }
            return nil
        case .firing:
            clearSince = clearSince ?? at
            let clear = recent.suffix(rule.clearWindow).count(where: { !$0 })
            guard clear >= min(rule.clearNeeded, rule.clearWindow) else { return nil }
            phase = .recovering
            return .recovering
        case .recovering:
            guard let clearSince, at >= clearSince.adding(seconds: rule.recoverySeconds) else { return nil }
            phase = .resolved
            resolvedAt = at
            return .resolved
        }
    }
}
