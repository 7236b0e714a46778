import Alerts
import Domain
import Testing

/// Generated days: findings open, worsen, resolve and come back; the server restarts; receivers fail.
@Suite("Whatever happens, nothing is told twice or out of turn")
struct StatePropertyTests {
    private struct World {
        var alerts: [String: Alert] = [:]

        mutating func move(_ dice: inout Dice, now: Instant) {
            for _ in 0..<Int.random(in: 0...3, using: &dice) {
                let key = "k\(Int.random(in: 0..<6, using: &dice))"
                if var known = alerts[key] {
                    switch Int.random(in: 0..<4, using: &dice) {
                    case 0: known.isResolved.toggle()
                    case 1: known.severity = .urgent
                    case 2: known.isAcknowledged.toggle()
                    default: break
                    }
                    alerts[key] = known
                } else {
                    let severity = AlertSeverity.allCases.randomElement(using: &dice) ?? .note
                    alerts[key] = alert(
                        key, severity: severity, at: now, group: "g\(Int.random(in: 0..<3, using: &dice))")
                }
            }
        }
    }

    private static let routes = [
        webhook("calm", quiet: QuietHours(), perHour: 2, grouping: 300, repeats: 7200),
        webhook("plain", selection: AlertSelection(severity: .note), perHour: 50, repeats: nil),
    ]

    @Test("Order, doubled input and restarts change nothing", arguments: 1...12)
    func orderAndRestarts(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var world = World()
        var (one, two) = (AlertState(), AlertState())
        for minute in 0..<400 {
            let now = minutes(Int64(minute) * 4)
            world.move(&dice, now: now)
            let alerts = world.alerts.values.sorted { $0.key < $1.key }
            let first = one.step(AlertScene(alerts: alerts, routes: Self.routes, now: now))
            let shuffled = (alerts + alerts.prefix(2)).shuffled(using: &dice)
            let second = two.step(AlertScene(alerts: shuffled, routes: Self.routes.reversed(), now: now))
            #expect(first == second)
            #expect(one == two)
            // Every alert is told or has a reason, on every route.
            #expect(first.count == alerts.count * Self.routes.count)
            if Int.random(in: 0..<5, using: &dice) == 0 {
                two = try AlertState(encoded: try two.encoded())
                #expect(try one.encoded() == (try two.encoded()))
            }
            for dispatch in one.due(now: now) {
                let result: DispatchResult =
                    Int.random(in: 0..<4, using: &dice) == 0
                    ? .retry(Text(id: "nanti", en: "later"), after: nil) : .delivered
                one.record(result, of: dispatch, now: now)
                two.record(result, of: dispatch, now: now)
            }
        }
    }

    @Test("Tellings of a finding alternate as they must, and the hour keeps its limit", arguments: 1...12)
    func grammar(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed) &+ 1000)
        var world = World()
        var state = AlertState()
        var told: [String: [(reason: String, at: Instant)]] = [:]
        var ids: Set<String> = []
        var sent: [String: [Instant]] = [:]
        for minute in 0..<500 {
            let now = minutes(Int64(minute) * 3)
            world.move(&dice, now: now)
            _ = state.step(AlertScene(alerts: Array(world.alerts.values), routes: Self.routes, now: now))
            // A tick that comes twice decides nothing twice.
            let again = state
            _ = state.step(AlertScene(alerts: Array(world.alerts.values), routes: Self.routes, now: now))
            #expect(state.routes.mapValues(\.outbox) == again.routes.mapValues(\.outbox))
            if Int.random(in: 0..<6, using: &dice) == 0 { state = try AlertState(encoded: try state.encoded()) }
            while true {
                let due = state.due(now: now)
                if due.isEmpty { break }
                for dispatch in due {
                    #expect(ids.insert(dispatch.id).inserted)
                    sent[dispatch.route, default: []].append(now)
                    for item in dispatch.told {
                        let parts = item.split(separator: ":").map(String.init)
                        told["\(dispatch.route)/\(parts[0])", default: []].append((parts[1], now))
                    }
                    state.record(.delivered, of: dispatch, now: now)
                }
            }
        }
        #expect(told.count > 6)
        for (key, tellings) in told {
            #expect(tellings.first?.reason == "first", "\(key)")
            for (before, after) in zip(tellings, tellings.dropFirst()) {
                #expect((after.reason == "reopened") == (before.reason == "resolved"), "\(key) \(tellings)")
                #expect(after.reason != "first", "\(key)")
                if after.reason == "repeated" { #expect(after.at >= before.at.adding(seconds: 7200)) }
            }
            #expect(!key.hasPrefix("plain") || !tellings.contains { $0.reason == "repeated" })
        }
        for route in Self.routes {
            for time in sent[route.id] ?? [] {
                let hour = sent[route.id]?.filter { $0 > time.adding(seconds: -3600) && $0 <= time }.count ?? 0
                #expect(hour <= route.perHourMax)
            }
        }
    }

    @Test("A state that cannot be read says what to do")
    func brokenState() {
        #expect(throws: Failure.self) { try AlertState(encoded: Array("{\"routes\":3}".utf8)) }
        #expect(throws: Failure.self) { try AlertState(encoded: []) }
    }
}

@Suite("The outbox")
struct OutboxTests {
    @Test("A message keeps its id and its place until it arrived; others of the same receiver wait behind it")
    func order() {
        var state = AlertState()
        let route = webhook()
        state.tick([alert("a")], route, at: minutes(0))
        state.tick([alert("a"), alert("b")], route, at: minutes(1))
        let first = state.due(now: minutes(1))
        #expect(first.map(\.told) == [["a:first"]])
        state.record(.retry(Text(id: "sibuk", en: "busy"), after: 120), of: first[0], now: minutes(1))
        #expect(state.due(now: minutes(2)).isEmpty)
        let second = state.due(now: minutes(3))
        #expect(second.map(\.id) == first.map(\.id))
        #expect(second.first?.attempts == 1)
        state.record(.delivered, of: second[0], now: minutes(3))
        // Told once more by mistake, it changes nothing.
        state.record(.delivered, of: second[0], now: minutes(3))
        #expect(state.due(now: minutes(3)).map(\.told) == [["b:first"]])
    }

    @Test("Pauses double, differ between messages, heed what was asked, and end")
    func pauses() {
        let pauses = (1...12).map { RetryPolicy.pauseSeconds(afterAttempts: $0, of: "x", asked: nil) }
        for (attempt, pause) in pauses.enumerated() {
            let plain = min(3600.0, 15 * Double(1 << attempt))
            #expect(Double(pause) >= plain * 0.74 && Double(pause) <= plain * 1.26)
        }
        #expect(Set((0..<50).map { RetryPolicy.pauseSeconds(afterAttempts: 8, of: "m\($0)", asked: nil) }).count > 25)
        #expect(RetryPolicy.pauseSeconds(afterAttempts: 1, of: "x", asked: 600) == 600)
        #expect(RetryPolicy.pauseSeconds(afterAttempts: 1, of: "x", asked: .max) == 6 * 3600)
        #expect(RetryPolicy.pauseSeconds(afterAttempts: .max, of: "x", asked: -5) <= 4500)
        var state = AlertState()
        state.tick([alert("a")], webhook(), at: noon)
        var (now, attempts) = (noon, 0)
        while let dispatch = state.due(now: now).first {
            attempts += 1
            state.record(.retry(Text(id: "sibuk", en: "busy"), after: nil), of: dispatch, now: now)
            now = state.nextDispatch ?? now
        }
        #expect(attempts == RetryPolicy.attemptsMax)
        #expect(state.routes["ops"]?.failures.map(\.attempts) == [attempts])
    }

    @Test("Each recipient has a delivery of its own, and none is named in it")
    func recipients() throws {
        var state = AlertState()
        let route = AlertRoute(
            id: "wa", name: "Pemilik",
            channel: .whatsApp(
                WhatsAppChannel(phoneNumberID: "1", to: ["+62 812-3456-7890", "6281234567890", "6281987"])),
            groupingSeconds: 0)
        state.tick([alert("a")], route, at: noon)
        #expect(state.due(now: noon).count == 2)
        let text = String(decoding: try state.encoded(), as: UTF8.self)
        #expect(!text.contains("81234567890") && !text.contains("6281987"))
    }

    @Test("Digests go out once a day at their hour, and not on the day a route is made late")
    func digests() {
        var state = AlertState()
        let route = webhook(digests: [DigestSchedule(period: .daily), DigestSchedule(period: .weekly, weekday: 2)])
        #expect(state.digestsDue([route], now: noon).isEmpty)
        let tomorrow = jakarta.instant(of: jakarta.date(of: noon).adding(days: 1), second: 7 * 3600)
        #expect(state.digestsDue([route], now: tomorrow).isEmpty)
        let due = state.digestsDue([route], now: tomorrow.adding(seconds: 1800))
        #expect(due.map(\.period) == [.daily, .weekly])
        #expect(due.map(\.from.description) == ["2026-11-23", "2026-11-17"])
        #expect(due.map(\.to.description) == ["2026-11-23", "2026-11-23"])
        for item in due {
            state.enqueue(digest(item.period), on: route, now: tomorrow.adding(seconds: 1800))
            state.enqueue(digest(item.period), on: route, now: tomorrow.adding(seconds: 1860))
        }
        #expect(state.digestsDue([route], now: tomorrow.adding(seconds: 1900)).isEmpty)
        #expect(state.drain(at: tomorrow.adding(seconds: 1900)).count == 2)
        let next = tomorrow.adding(seconds: 86_400 + 1800)
        var muted = state
        #expect(state.digestsDue([route], now: next).map(\.period) == [.daily])
        // Whoever mutes a digest for a day means the next one.
        if let mute = MuteCommand(finding: DigestPeriod.daily.reference, hours: 24)?.mute(at: next.adding(seconds: -60))
        {
            muted.mute(mute, now: next)
        }
        #expect(muted.digestsDue([route], now: next).isEmpty)
        #expect(muted.digestsDue([route], now: next.adding(seconds: 86_400)).map(\.period) == [.daily])
    }
}
