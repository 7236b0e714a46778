import Domain

/// The service target that applies to a wait.
struct ServicePromise: Hashable, Sendable {
    /// The last instant at which an answer keeps it; nil when its hours never come.
    var passesAt: Instant?
}

extension ServiceContext {
    /// The promise to a wait: that of the target with the most conditions of those that fit, the first of equals. A
    /// target in business time runs in the hours of the team; where there are none, every second counts.
    /// - Parameter responder: who answered, or who is to.
    func promise(
        from start: Instant, to responder: Responder, team: String?, priority: String?
    ) -> ServicePromise? {
        var best: ServiceTarget?
        for target in targets where fits(target, responder, team: team, priority: priority) {
            if best.map({ target.conditions > $0.conditions }) ?? true { best = target }
        }
        guard let best else { return nil }
        guard best.clock == .business, let hours = hours(ofTeam: team) else {
            return ServicePromise(passesAt: start.adding(seconds: best.seconds))
        }
        return ServicePromise(
            passesAt: hours.instant(afterOpen: Instant(seconds: best.seconds).microseconds, from: start))
    }

    private func fits(_ target: ServiceTarget, _ responder: Responder, team: String?, priority: String?) -> Bool {
        (target.responder == nil || target.responder == responder)
            && (target.phoneNumber == nil || target.phoneNumber == phoneNumber)
            && (target.team == nil || target.team == team)
            && (target.priority == nil || target.priority == priority)
    }
}

extension ServiceTarget {
    fileprivate var conditions: Int {
        [responder != nil, phoneNumber != nil, team != nil, priority != nil].count { $0 }
    }
}
