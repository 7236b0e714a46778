import Alerts
import Domain

/// Tells findings: decides, saves what it decided, sends, and saves what came of it. In this order a crash repeats at
/// most the messages that were on their way, under the ids they had.
package actor Teller {
    /// What it needs of the program around it.
    package struct Surroundings: Sendable {
        /// The state that was saved last; nil when there is none.
        package var load: @Sendable () async throws -> [UInt8]?
        package var save: @Sendable ([UInt8]) async throws -> Void
        /// Routes as they are now, with their secrets.
        package var routes: @Sendable () async throws -> (routes: [AlertRoute], setup: NotifierSetup)
        package var digest: @Sendable (DigestDue) async throws -> DigestContent
        package var send: SendRequest
        package var mail: SendMail
        /// Told what came of every attempt, once that is saved.
        package var note: @Sendable ([(Dispatch, DispatchResult)]) async -> Void = { _ in }

        package init(
            load: @escaping @Sendable () async throws -> [UInt8]?,
            save: @escaping @Sendable ([UInt8]) async throws -> Void,
            routes: @escaping @Sendable () async throws -> (routes: [AlertRoute], setup: NotifierSetup),
            digest: @escaping @Sendable (DigestDue) async throws -> DigestContent, send: @escaping SendRequest,
            mail: @escaping SendMail
        ) {
            self.load = load
            self.save = save
            self.routes = routes
            self.digest = digest
            self.send = send
            self.mail = mail
        }
    }

    private let surroundings: Surroundings
    private var known: AlertState?
    /// Ids of messages that are being sent.
    private var underway: Set<String> = []
    /// The end of the queue of changes: one at a time, each saved before the next begins.
    private var last: Task<Void, Never>?

    /// Rounds of sending in one tick: of each recipient one message a round.
    static let roundsMax = 20

    package init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What is remembered now: for pages and the API.
    package func state() async throws -> AlertState { try await change { _ in }.state }

    /// One tick. Findings that are open or were just resolved go in; messages go out.
    package func tick(_ alerts: [Alert], now: Instant) async throws -> [AlertDecision] {
        let (routes, setup) = try await surroundings.routes()
        let scene = AlertScene(alerts: alerts, routes: routes, now: now)
        let (decisions, due) = try await change { state in
            (state.step(scene), state.digestsDue(routes, now: now))
        }.value
        for item in due {
            guard let route = routes.first(where: { $0.id == item.route }) else { continue }
            // One digest that cannot be written must not keep the findings; it comes again with the next tick.
            guard let content = try? await surroundings.digest(item) else { continue }
            _ = try await change { $0.enqueue(content, on: route, now: now) }
        }
        try await send(routes, setup, now: now)
        return decisions
    }

    /// Mutes on behalf of a button, a link or a page.
    package func mute(_ mute: Mute, now: Instant) async throws { _ = try await change { $0.mute(mute, now: now) } }

    package func unmute(_ id: String) async throws { _ = try await change { $0.unmute(id) } }

    /// Sends a test by one route and says what came of it, without waiting for a second attempt.
    package func test(_ route: AlertRoute, setup: NotifierSetup, now: Instant) async -> [DispatchResult] {
        await send(.test, by: route, setup: setup, now: now)
    }

    /// Sends something asked for by hand to each recipient, past the outbox.
    package func send(
        _ content: Dispatch.Content, by route: AlertRoute, setup: NotifierSetup, now: Instant
    ) async -> [DispatchResult] {
        let notifier = Notifier(setup: setup, send: surroundings.send, mail: surroundings.mail)
        var results: [DispatchResult] = []
        for recipient in route.channel.recipients {
            let id = "test-\(route.id)-\(recipient.id)-\(now.microseconds)"
            let dispatch = Dispatch(id: id, route: route.id, recipient: recipient.id, content: content, at: now)
            results.append(await notifier.deliver(dispatch, route: route, now: now))
        }
        return results
    }

    // MARK: Sending

    private func send(_ routes: [AlertRoute], _ setup: NotifierSetup, now: Instant) async throws {
        let notifier = Notifier(setup: setup, send: surroundings.send, mail: surroundings.mail)
        for _ in 0..<Self.roundsMax {
            let due = try await change { $0.due(now: now) }.value.filter { underway.insert($0.id).inserted }
            guard !due.isEmpty else { return }
            defer { underway.subtract(due.map(\.id)) }
            let results = await withTaskGroup { group in
                for dispatch in due {
                    let route = routes.first { $0.id == dispatch.route }
                    group.addTask { (dispatch, await notifier.deliver(dispatch, route: route, now: now)) }
                }
                var results: [(Dispatch, DispatchResult)] = []
                for await result in group { results.append(result) }
                return results
            }
            _ = try await change { state in
                for (dispatch, result) in results { state.record(result, of: dispatch, now: now) }
            }
            await surroundings.note(results)
        }
    }

    // MARK: State

    /// Changes the state when it is its turn. What cannot be saved has not happened.
    private func change<Value: Sendable>(
        _ edit: @escaping @Sendable (inout AlertState) -> Value
    ) async throws -> (value: Value, state: AlertState) {
        let before = last
        let turn = Task {
            await before?.value
            let old = try await current()
            var new = old
            let value = edit(&new)
            if new != old { try await surroundings.save(try new.encoded()) }
            known = new
            return (value, new)
        }
        last = Task { _ = try? await turn.value }
        return try await turn.value
    }

    private func current() async throws -> AlertState {
        if let known { return known }
        guard let bytes = try await surroundings.load() else { return AlertState() }
        return try AlertState(encoded: bytes)
    }
}
