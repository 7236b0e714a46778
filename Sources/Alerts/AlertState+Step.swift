import Crypto
import Domain

/// What became of one alert on one route in one step.
package struct AlertDecision: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case told(SendReason)
        case withheld(WithheldReason)
    }
    package var route: String
    package var key: String
    package var outcome: Outcome
}

/// The world as a step sees it.
package struct AlertScene: Sendable {
    /// Every open finding, acknowledged ones too, and those that were resolved since the step before (more do no harm).
    package var alerts: [Alert]
    package var routes: [AlertRoute]
    package var inhibitions: [Inhibition]
    package var now: Instant

    package init(
        alerts: [Alert], routes: [AlertRoute], inhibitions: [Inhibition] = Inhibition.standard, now: Instant
    ) {
        self.alerts = alerts
        self.routes = routes
        self.inhibitions = inhibitions
        self.now = now
    }
}

extension AlertState {
    /// One tick: select → inhibit → mute → deduplicate → group → quiet hours → hourly limit → outbox. Nothing is sent
    /// here: save the state, then send what `due` yields.
    ///
    /// The order in which alerts are given does not matter, nor how often it is called.
    package mutating func step(_ scene: AlertScene) -> [AlertDecision] {
        mutes.removeAll { $0.until <= scene.now }
        let alerts = Self.unique(scene.alerts)
        var explained: [String: String] = [:]
        let sources = alerts.filter { alert in scene.inhibitions.contains { $0.sources.contains(alert.kind) } }
        for alert in alerts where !alert.isResolved {
            explained[alert.key] = Inhibition.explainer(of: alert, among: sources, rules: scene.inhibitions)
        }
        var decisions: [AlertDecision] = []
        var routes: [String: RouteState] = [:]
        for route in scene.routes.sorted(by: { $0.id < $1.id }) where routes[route.id] == nil {
            var state = self.routes[route.id] ?? RouteState()
            let clock = (try? ZoneClock.named(route.zone)) ?? .utc
            var step = RouteStep(route: route, clock: clock, now: scene.now, mutes: mutes, explained: explained)
            step.run(&state, alerts)
            decisions += step.decisions(alerts, state)
            routes[route.id] = state
        }
        // A route that was removed takes what it remembers with it.
        self.routes = routes
        return decisions
    }

    /// One alert a key: of doubled ones the gravest open one.
    private static func unique(_ alerts: [Alert]) -> [Alert] {
        var byKey: [String: Alert] = [:]
        for alert in alerts {
            guard let other = byKey[alert.key] else {
                byKey[alert.key] = alert
                continue
            }
            if Alert.comesBefore(alert, other) || (!Alert.comesBefore(other, alert) && alert.title.id < other.title.id)
            {
                byKey[alert.key] = alert
            }
        }
        return byKey.values.sorted(by: Alert.comesBefore)
    }
}

/// One route in one step.
private struct RouteStep {
    let route: AlertRoute
    let clock: ZoneClock
    let now: Instant
    let mutes: [Mute]
    /// Keys of what explains an alert, by its key.
    let explained: [String: String]
    private var told: [String: SendReason] = [:]

    init(route: AlertRoute, clock: ZoneClock, now: Instant, mutes: [Mute], explained: [String: String]) {
        self.route = route
        self.clock = clock
        self.now = now
        self.mutes = mutes
        self.explained = explained
    }

    mutating func run(_ state: inout RouteState, _ alerts: [Alert]) {
        for alert in alerts { take(alert, &state) }
        dropMuted(&state)
        let ready = grouped(&state)
        let notices = afterQuietHours(ready, &state)
        for notice in withinLimit(notices, &state) { post(notice, &state) }
        forget(&state)
    }

    func decisions(_ alerts: [Alert], _ state: RouteState) -> [AlertDecision] {
        Set(alerts.map(\.key)).union(told.keys).sorted().compactMap { key in
            if let reason = told[key] { return AlertDecision(route: route.id, key: key, outcome: .told(reason)) }
            guard let reason = state.withheld[key]?.reason else { return nil }
            return AlertDecision(route: route.id, key: key, outcome: .withheld(reason))
        }
    }

    // MARK: Stages

    /// Select, inhibit, mute, deduplicate.
    private func take(_ alert: Alert, _ state: inout RouteState) {
        state.told[alert.key]?.seenAt = now
        if let reason = refusal(of: alert, state) {
            state.waiting[alert.key] = nil
            return withhold(alert.key, reason, &state)
        }
        switch Deduplication.verdict(alert, told: state.told[alert.key], route: route, now: now) {
        case .withhold(let reason):
            state.waiting[alert.key] = nil
            // Nobody is told, but when it comes back it is back again.
            if reason == .resolvedUnwanted {
                state.told[alert.key]?.isResolved = true
                state.told[alert.key]?.at = now
            }
            withhold(alert.key, reason, &state)
        case .tell(let reason):
            if state.waiting[alert.key] == nil {
                state.waiting[alert.key] = Waiting(alert: alert, reason: reason, phase: .grouping, since: now)
            } else {
                // It is told as it is when it goes out, not as it was when it came in.
                state.waiting[alert.key]?.alert = alert
                state.waiting[alert.key]?.reason = reason
            }
        }
    }

    private func refusal(of alert: Alert, _ state: RouteState) -> WithheldReason? {
        guard route.isOn else { return .routeOff }
        // What was told is told to its end, also when it has become milder than the route's limit meanwhile.
        let isEnd = alert.isResolved && state.told[alert.key]?.isResolved == false
        if !isEnd, let reason = route.selection.refusal(of: alert) { return reason }
        if let by = explained[alert.key] { return .inhibited(by: by) }
        return muted(alert)
    }

    private func muted(_ alert: Alert) -> WithheldReason? {
        var ends = mutes.filter { $0.covers(alert, on: route.id, at: now) }.map(\.until.seconds)
        if let own = alert.mutedUntil, own > now.seconds { ends.append(own) }
        return ends.max().map { .muted(until: $0) }
    }

    /// What waits may have been muted meanwhile, or its route switched off.
    private func dropMuted(_ state: inout RouteState) {
        for (key, waiting) in state.waiting {
            guard let reason = route.isOn ? muted(waiting.alert) : .routeOff else { continue }
            state.waiting[key] = nil
            withhold(key, reason, &state)
        }
    }

    /// The groups whose time has come.
    private func grouped(_ state: inout RouteState) -> [[Waiting]] {
        let groups = Dictionary(grouping: state.waiting.values.filter { $0.phase == .grouping }, by: \.alert.group)
        var ready: [[Waiting]] = []
        for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
            let first = group.map(\.since).min() ?? now
            let due = first.adding(seconds: route.groupingSeconds)
            let isUrgent = group.contains { $0.alert.severity == .urgent && !$0.alert.isResolved }
            if isUrgent || now >= due {
                ready.append(group.sorted { Alert.comesBefore($0.alert, $1.alert) })
            } else {
                for waiting in group { withhold(waiting.alert.key, .grouping(until: due.seconds), &state) }
            }
        }
        return ready
    }

    private func afterQuietHours(_ ready: [[Waiting]], _ state: inout RouteState) -> [Notice] {
        guard let quiet = route.quietHours, let end = quiet.end(at: now, on: clock) else {
            let held = state.waiting.values.filter { $0.phase == .quiet }
            let kind: Notice.Kind = held.count > 1 ? .afterQuiet : .alerts
            return ready.map { notice(.alerts, $0) } + (held.isEmpty ? [] : [notice(kind, held)])
        }
        var passing: [Notice] = []
        for group in ready {
            let passes = group.filter { quiet.urgentPasses && $0.alert.severity == .urgent && !$0.alert.isResolved }
            if !passes.isEmpty { passing.append(notice(.alerts, passes)) }
            for waiting in group where !passes.contains(waiting) { state.waiting[waiting.alert.key]?.phase = .quiet }
        }
        // What was held and has become urgent since is held no longer; the rest is, until morning.
        let held = state.waiting.values.filter { $0.phase == .quiet }
        let woken = held.filter { quiet.urgentPasses && $0.alert.severity == .urgent && !$0.alert.isResolved }
        if !woken.isEmpty { passing.append(notice(.alerts, woken)) }
        for waiting in held where !woken.contains(waiting) {
            withhold(waiting.alert.key, .quietHours(until: end.seconds), &state)
        }
        return passing
    }

    /// Lets as many messages through as the hour has room for. The last one that fits tells all that is left.
    private func withinLimit(_ notices: [Notice], _ state: inout RouteState) -> [Notice] {
        let hourAgo = now.adding(seconds: -3600).microseconds
        state.sentAt.removeAll { $0 <= hourAgo }
        let limit = max(1, route.perHourMax)
        let room = max(0, limit - state.sentAt.count)
        var candidates = notices.sorted(by: comesBefore)
        let fresh = Set(candidates.flatMap { $0.items.map(\.alert.key) })
        var rest = state.waiting.values
            .filter { $0.phase == .limited && !fresh.contains($0.alert.key) }
            .map { Notice.Item(alert: $0.alert, reason: $0.reason) }
        let needed = candidates.count + (rest.isEmpty ? 0 : 1)
        if needed > room {
            let kept = max(0, room - 1)
            rest += candidates.dropFirst(kept).flatMap(\.items)
            candidates = Array(candidates.prefix(kept))
        }
        guard !rest.isEmpty else { return candidates }
        if room > 0 {
            let isPlain = needed == room + 1 && rest.count == 1
            return candidates + [Notice(kind: isPlain ? .alerts : .aboveLimit(perHour: limit), items: rest, at: now)]
        }
        let until = Instant(microseconds: state.sentAt.first ?? now.microseconds).adding(seconds: 3600)
        for item in rest {
            state.waiting[item.alert.key]?.phase = .limited
            withhold(item.alert.key, .hourlyLimit(until: until.seconds), &state)
        }
        return candidates
    }

    /// Into the outbox: one dispatch for each recipient.
    private mutating func post(_ notice: Notice, _ state: inout RouteState) {
        for item in notice.items {
            let alert = item.alert
            state.told[alert.key] = Told(
                severity: alert.severity, isResolved: alert.isResolved, at: now, seenAt: now)
            state.waiting[alert.key] = nil
            state.withheld[alert.key] = nil
            told[alert.key] = item.reason
        }
        state.sentAt.append(now.microseconds)
        state.enqueue(.notice(notice), on: route, now: now)
    }

    private func forget(_ state: inout RouteState) {
        let edge = now.adding(seconds: -AlertState.memorySeconds)
        state.told = state.told.filter { $0.value.seenAt > edge }
        state.withheld = state.withheld.filter { $0.value.seenAt > edge }
    }

    // MARK: Parts

    private func withhold(_ key: String, _ reason: WithheldReason, _ state: inout RouteState) {
        let before = state.withheld[key]
        let since = before?.reason == reason ? before?.since ?? now : now
        state.withheld[key] = Withheld(reason: reason, since: since, seenAt: now)
    }

    private func notice(_ kind: Notice.Kind, _ waiting: [Waiting]) -> Notice {
        Notice(kind: kind, items: waiting.map { Notice.Item(alert: $0.alert, reason: $0.reason) }, at: now)
    }

    private func comesBefore(_ a: Notice, _ b: Notice) -> Bool {
        guard let first = a.items.first?.alert, let second = b.items.first?.alert else { return !a.items.isEmpty }
        return Alert.comesBefore(first, second)
    }
}

extension RouteState {
    mutating func enqueue(_ content: Dispatch.Content, on route: AlertRoute, now: Instant) {
        sequence += 1
        for recipient in route.channel.recipients {
            let name = "\(route.id)\u{1F}\(sequence)\u{1F}\(now.microseconds)\u{1F}\(recipient.id)"
            let id = Hexadecimal.text(Array(SHA256.hash(data: Array(name.utf8))).prefix(16))
            outbox.append(Dispatch(id: id, route: route.id, recipient: recipient.id, content: content, at: now))
        }
    }
}
