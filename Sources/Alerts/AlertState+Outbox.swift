import Crypto
import Domain

/// How often and how long a message is tried.
package enum RetryPolicy {
    static let firstPauseSeconds: Int64 = 15
    static let longestPauseSeconds: Int64 = 3600
    /// Longest pause that a receiver may ask for.
    static let longestAskedSeconds: Int64 = 6 * 3600
    package static let attemptsMax = 12
    package static let secondsMax: Int64 = 86_400

    /// The pause after so many failed attempts: doubled each time, and moved by up to a quarter either way, so that
    /// what failed together does not come back together. The same message always waits the same.
    package static func pauseSeconds(afterAttempts attempts: Int, of id: String, asked: Int64?) -> Int64 {
        let doublings = min(max(0, attempts - 1), 20)
        let pause = min(longestPauseSeconds, firstPauseSeconds << Int64(doublings))
        let digest = Array(SHA256.hash(data: Array("\(id)\u{1F}\(attempts)".utf8)))
        let draw = Int64(digest[0]) << 8 | Int64(digest[1])
        let jittered = pause + pause * (draw - 32_768) / 131_072
        return max(jittered, min(asked ?? 0, longestAskedSeconds))
    }
}

extension AlertState {
    /// What is to be sent now. Of each recipient only the oldest: what is told first arrives first.
    package func due(now: Instant) -> [Dispatch] {
        routes.sorted { $0.key < $1.key }.flatMap { _, state in
            var seen: Set<String> = []
            return state.outbox.filter { seen.insert($0.recipient).inserted && $0.nextAt <= now }
        }
    }

    /// When something is to be sent next; nil when nothing is left.
    package var nextDispatch: Instant? { routes.values.flatMap { $0.outbox.map(\.nextAt) }.min() }

    /// Keeps what came of an attempt. One that is not known (any more) changes nothing.
    package mutating func record(_ result: DispatchResult, of dispatch: Dispatch, now: Instant) {
        guard let index = routes[dispatch.route]?.outbox.firstIndex(where: { $0.id == dispatch.id }) else { return }
        routes[dispatch.route]?.record(result, at: index, now: now)
    }

    /// A message to see whether a route works. Goes out now, whatever the hour.
    package mutating func test(_ route: AlertRoute, now: Instant) {
        routes[route.id, default: RouteState()].enqueue(.test, on: route, now: now)
    }
}

extension RouteState {
    fileprivate mutating func record(_ result: DispatchResult, at index: Int, now: Instant) {
        outbox[index].attempts += 1
        let dispatch = outbox[index]
        switch result {
        case .delivered:
            deliveredAt = now.seconds
            outbox.remove(at: index)
        case .retry(let reason, let asked):
            let isOld = now >= dispatch.createdAt.adding(seconds: RetryPolicy.secondsMax)
            if dispatch.attempts >= RetryPolicy.attemptsMax || isOld { return fail(reason, at: index, now: now) }
            let pause = RetryPolicy.pauseSeconds(afterAttempts: dispatch.attempts, of: dispatch.id, asked: asked)
            outbox[index].nextAt = now.adding(seconds: pause)
        case .givenUp(let reason): fail(reason, at: index, now: now)
        }
    }

    private mutating func fail(_ reason: Text, at index: Int, now: Instant) {
        let dispatch = outbox.remove(at: index)
        failures.append(
            FailedDispatch(
                id: dispatch.id, recipient: dispatch.recipient, reason: reason, attempts: dispatch.attempts, at: now))
        if failures.count > AlertState.failuresMax { failures.removeFirst(failures.count - AlertState.failuresMax) }
    }
}

/// A digest that is to be written now.
package struct DigestDue: Hashable, Sendable {
    package var route: String
    package var period: DigestPeriod
    /// The local days that it tells, both ends included: yesterday, or the seven days before today.
    package var from: LocalDate
    package var to: LocalDate
    package var language: Language
    package var zone: String
}

extension AlertState {
    /// The digests whose hour has come today. A route that is new today at a later hour begins with the next one; a
    /// server that was down sends until midnight what it missed.
    package mutating func digestsDue(_ routes: [AlertRoute], now: Instant) -> [DigestDue] {
        var due: [DigestDue] = []
        for route in routes.sorted(by: { $0.id < $1.id }) where route.isOn {
            let clock = (try? ZoneClock.named(route.zone)) ?? .utc
            let today = clock.date(of: now)
            for schedule in route.digests {
                let period = schedule.period.rawValue
                let isHour = now >= clock.instant(of: today, second: Int64(schedule.minute) * 60)
                let last = self.routes[route.id]?.digests[period]
                if last == nil {
                    let before = isHour ? today : today.adding(days: -1)
                    self.routes[route.id, default: RouteState()].digests[period] = before.description
                    continue
                }
                let isDay = schedule.period == .daily || today.weekday == schedule.weekday
                guard isDay, isHour, last != today.description else { continue }
                if mutes.contains(where: { $0.covers(schedule.period, on: route.id, at: now) }) {
                    self.routes[route.id]?.digests[period] = today.description
                    continue
                }
                due.append(
                    DigestDue(
                        route: route.id, period: schedule.period,
                        from: today.adding(days: schedule.period == .daily ? -1 : -7), to: today.adding(days: -1),
                        language: route.language, zone: route.zone))
            }
        }
        return due
    }

    /// Puts a digest into the outbox, once a day and period.
    package mutating func enqueue(_ content: DigestContent, on route: AlertRoute, now: Instant) {
        let clock = (try? ZoneClock.named(route.zone)) ?? .utc
        let today = clock.date(of: now).description
        guard routes[route.id]?.digests[content.period.rawValue] != today else { return }
        routes[route.id, default: RouteState()].digests[content.period.rawValue] = today
        routes[route.id]?.enqueue(.digest(content), on: route, now: now)
    }
}
