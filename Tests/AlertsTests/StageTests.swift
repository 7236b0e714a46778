import Alerts
import Domain
import Testing

@Suite("Stages of alerting")
struct StageTests {
    @Test("What is new is told once, then again after the pause, then that it is over")
    func life() {
        var state = AlertState()
        let route = webhook(repeats: 3600)
        #expect(state.tick([alert("a")], route, at: minutes(0)) == ["a": .told(.first)])
        #expect(state.tick([alert("a")], route, at: minutes(1)) == ["a": .withheld(.alreadyTold(at: noon.seconds))])
        #expect(state.tick([alert("a")], route, at: minutes(60)) == ["a": .told(.repeated)])
        #expect(state.tick([alert("a", severity: .urgent)], route, at: minutes(61)) == ["a": .told(.worsened)])
        #expect(state.tick([alert("a", resolved: true)], route, at: minutes(62)) == ["a": .told(.resolved)])
        let again = state.tick([alert("a")], route, at: minutes(70))
        #expect(again == ["a": .withheld(.flapping(until: minutes(92).seconds))])
        #expect(state.tick([alert("a")], route, at: minutes(92)) == ["a": .told(.reopened)])
        let told = state.drain(at: minutes(93)).flatMap { $0 }
        #expect(told == ["a:first", "a:repeated", "a:worsened", "a:resolved", "a:reopened"])
    }

    @Test("What is over before it was told is not told")
    func overUntold() {
        var state = AlertState()
        let route = webhook(grouping: 120)
        let first = state.tick([alert("a")], route, at: minutes(0))
        #expect(first == ["a": .withheld(.grouping(until: minutes(2).seconds))])
        #expect(state.tick([alert("a", resolved: true)], route, at: minutes(1)) == ["a": .withheld(.overUntold)])
        #expect(state.tick([], route, at: minutes(5)).isEmpty)
        #expect(state.drain(at: minutes(9)).isEmpty)
    }

    @Test("A route that does not tell what is over tells when it comes back")
    func resolvedUnwanted() {
        var state = AlertState()
        let route = webhook(resolved: false)
        state.tick([alert("a")], route, at: minutes(0))
        #expect(state.tick([alert("a", resolved: true)], route, at: minutes(5)) == ["a": .withheld(.resolvedUnwanted)])
        #expect(state.tick([alert("a")], route, at: minutes(50)) == ["a": .told(.reopened)])
    }

    @Test("A route tells only what it selects")
    func selection() {
        var state = AlertState()
        let route = webhook(
            selection: AlertSelection(
                kinds: ["delivery_down"], severity: .warning, segments: ["country": ["ID", "MY"]]))
        let outcome = state.tick(
            [
                alert("kind", kind: "cost_up", segment: ["country": "ID"]),
                alert("mild", severity: .note, segment: ["country": "ID"]),
                alert("there", segment: ["country": "SG"]), alert("nowhere"),
                alert("yes", segment: ["country": "MY", "template": "promo"]),
            ], route, at: noon)
        #expect(
            outcome == [
                "kind": .withheld(.otherKind), "mild": .withheld(.tooMild), "there": .withheld(.otherSegment),
                "nowhere": .withheld(.otherSegment), "yes": .told(.first),
            ])
        var off = route
        off.isOn = false
        #expect(state.tick([alert("later")], off, at: minutes(1)) == ["later": .withheld(.routeOff)])
    }

    @Test("A paused number explains its own delivery, and only as long as it is paused")
    func pausedNumber() {
        var state = AlertState()
        let pause = alert("pause", kind: "number_paused", family: .account, segment: ["phone_number": "1"])
        let mine = alert("mine", segment: ["phone_number": "1", "country": "ID"])
        let other = alert("other", segment: ["phone_number": "2"])
        let all = alert("all")
        let outcome = state.tick([mine, pause, all, other], webhook(), at: noon)
        #expect(
            outcome == [
                "pause": .told(.first), "mine": .withheld(.inhibited(by: "pause")), "other": .told(.first),
                "all": .told(.first),
            ])
        var over = pause
        over.isResolved = true
        #expect(state.tick([mine, over], webhook(), at: minutes(3))["mine"] == .told(.first))
    }

    @Test("Late data hold back what is counted from the same source")
    func lateData() {
        var state = AlertState()
        let late = alert("late", kind: "webhooks_late", family: .data, source: "meta")
        let outcome = state.tick(
            [
                late, alert("rate", source: "meta"), alert("shop", kind: "outcomes_down", source: "shopify"),
                alert("price", kind: "category_raised", family: .account, source: "meta"),
            ], webhook(), at: noon)
        #expect(
            outcome == [
                "late": .told(.first), "rate": .withheld(.inhibited(by: "late")), "shop": .told(.first),
                "price": .told(.first),
            ])
    }

    @Test("A mute holds until its end, also for what was waiting already")
    func mutes() {
        var state = AlertState()
        let route = webhook(grouping: 300)
        state.tick([alert("a"), alert("b", kind: "cost_up")], route, at: minutes(0))
        let mute = MuteCommand(finding: "a", hours: 1)?.mute(at: minutes(1))
        if let mute { state.mute(mute, now: minutes(1)) }
        let outcome = state.tick([alert("a"), alert("b", kind: "cost_up")], route, at: minutes(6))
        #expect(outcome == ["a": .withheld(.muted(until: minutes(61).seconds)), "b": .told(.first)])
        #expect(
            state.tick([alert("a")], route, at: minutes(61))["a"] == .withheld(.grouping(until: minutes(66).seconds)))
        #expect(state.mutes.isEmpty)
        // One that names nothing would silence all there is.
        state.mute(Mute(id: "slip", until: minutes(500)), now: minutes(62))
        #expect(state.tick([alert("a")], route, at: minutes(66)) == ["a": .told(.first)])
    }

    @Test("A mute of a group covers all of it and nothing else")
    func groupMute() {
        var state = AlertState()
        let (a, b, c) = (alert("a", group: "promo"), alert("b", group: "promo"), alert("c", group: "slow"))
        let notice = Notice(
            kind: .alerts, items: [.init(alert: a, reason: .first), .init(alert: b, reason: .first)], at: noon)
        let text = NoticeText(notice, language: .english, links: links)
        if let mute = MuteCommand(finding: text.muteReference, hours: 1)?.mute(at: noon) { state.mute(mute, now: noon) }
        let outcome = state.tick([a, b, c], webhook(), at: noon)
        let muted = AlertDecision.Outcome.withheld(.muted(until: noon.seconds + 3600))
        #expect(outcome == ["a": muted, "b": muted, "c": .told(.first)])
    }

    @Test("A group goes out as one message; what is urgent takes its group along at once")
    func grouping() {
        var state = AlertState()
        let route = webhook(grouping: 300)
        state.tick([alert("a", group: "promo")], route, at: minutes(0))
        state.tick([alert("a", group: "promo"), alert("b", group: "promo")], route, at: minutes(3))
        #expect(state.drain(at: minutes(4)).isEmpty)
        state.tick([], route, at: minutes(5))
        #expect(state.drain(at: minutes(5)) == [["a:first", "b:first"]])
        state.tick([alert("c", group: "slow")], route, at: minutes(6))
        state.tick([alert("d", severity: .urgent, group: "slow"), alert("e", group: "x")], route, at: minutes(7))
        #expect(state.drain(at: minutes(7)) == [["d:first", "c:first"]])
    }

    @Test("Quiet hours hold what is not urgent until morning and summarise it")
    func quietHours() {
        var state = AlertState()
        let route = webhook(quiet: QuietHours())
        let night = jakarta.instant(of: jakarta.date(of: noon), second: 23 * 3600)
        let morning = jakarta.instant(of: jakarta.date(of: noon).adding(days: 1), second: 7 * 3600)
        let alerts = [alert("a"), alert("b"), alert("u", severity: .urgent)]
        let outcome = state.tick(alerts, route, at: night)
        #expect(outcome["a"] == .withheld(.quietHours(until: morning.seconds)))
        #expect(outcome["u"] == .told(.first))
        state.tick(alerts, route, at: morning.adding(seconds: -1))
        #expect(state.drain(at: morning.adding(seconds: -1)) == [["u:first"]])
        state.tick(alerts, route, at: morning)
        let due = state.due(now: morning)
        #expect(due.map(\.told) == [["a:first", "b:first"]])
        guard case .notice(let notice) = due.first?.content else { return #expect(Bool(false)) }
        #expect(notice.kind == .afterQuiet)
        // Held, then urgent before morning: it does not wait any longer.
        state = AlertState()
        state.tick([alert("a")], route, at: night)
        #expect(
            state.tick([alert("a", severity: .urgent)], route, at: night.adding(seconds: 60)) == ["a": .told(.first)])
    }

    @Test("Above the hourly limit all that is left is one summary")
    func hourlyLimit() {
        var state = AlertState()
        let route = webhook(perHour: 3)
        let alerts = (0..<8).map { alert("k\($0)", at: minutes(Int64($0)), group: "g\($0)") }
        state.tick(alerts, route, at: minutes(10))
        #expect(
            state.drain(at: minutes(10)) == [
                ["k0:first"], ["k1:first"], ["k2:first", "k3:first", "k4:first", "k5:first", "k6:first", "k7:first"],
            ])
        let more = alerts + [alert("x", group: "x"), alert("u", severity: .urgent, group: "u")]
        let outcome = state.tick(more, route, at: minutes(20))
        #expect(outcome["u"] == .withheld(.hourlyLimit(until: minutes(70).seconds)))
        #expect(state.drain(at: minutes(69)).isEmpty)
        state.tick(more, route, at: minutes(70))
        #expect(state.drain(at: minutes(70)) == [["u:first", "x:first"]])
    }

    @Test("Nobody is reminded of what somebody has in hand, but told when it is over")
    func acknowledged() {
        var state = AlertState()
        let route = webhook(repeats: 600)
        #expect(state.tick([alert("n", acknowledged: true)], route, at: noon) == ["n": .withheld(.acknowledged)])
        state.tick([alert("a")], route, at: noon)
        #expect(state.tick([alert("a", acknowledged: true)], route, at: minutes(30)) == ["a": .withheld(.acknowledged)])
        #expect(state.tick([alert("a", resolved: true)], route, at: minutes(40)) == ["a": .told(.resolved)])
    }

    @Test("A route that is removed takes what it remembers with it; mutes stay")
    func removedRoute() {
        var state = AlertState()
        state.tick([alert("a")], webhook(), at: noon)
        #expect(!state.due(now: noon).isEmpty)
        _ = state.step(AlertScene(alerts: [alert("a")], routes: [], now: minutes(1)))
        #expect(state.due(now: minutes(1)).isEmpty)
        #expect(state.routes.isEmpty)
    }
}

@Suite("Quiet hours")
struct QuietHoursTests {
    private func at(_ day: Int64, _ hour: Int64, _ minute: Int64 = 0) -> Instant {
        jakarta.instant(of: jakarta.date(of: noon).startOfWeek.adding(days: day), second: hour * 3600 + minute * 60)
    }

    @Test("Nights belong to the weekday on whose evening they begin")
    func nights() {
        let quiet = QuietHours(weekdays: [1, 2, 3, 4])
        #expect(quiet.end(at: at(0, 21, 59), on: jakarta) == nil)
        #expect(quiet.end(at: at(0, 22), on: jakarta) == at(1, 7))
        #expect(quiet.end(at: at(1, 6, 59), on: jakarta) == at(1, 7))
        #expect(quiet.end(at: at(1, 7), on: jakarta) == nil)
        #expect(quiet.end(at: at(4, 23), on: jakarta) == nil)
        #expect(quiet.end(at: at(0, 3), on: jakarta) == nil)
    }

    @Test("A quiet Sunday and the night after it are one quiet")
    func wholeDays() {
        let quiet = QuietHours(wholeDays: [7])
        #expect(quiet.end(at: at(6, 12), on: jakarta) == at(7, 7))
        #expect(quiet.end(at: at(5, 22), on: jakarta) == at(7, 7))
        let day = QuietHours(from: 12 * 60, to: 13 * 60)
        #expect(day.end(at: at(2, 12, 30), on: jakarta) == at(2, 13))
        let none = QuietHours(from: 0, to: 0)
        #expect(none.end(at: at(2, 0), on: jakarta) == nil)
    }

    @Test("They follow the clock where clocks change")
    func daylightSaving() throws {
        let berlin = try ZoneClock.named("Europe/Berlin")
        let date = try #require(LocalDate("2026-03-28"))
        let evening = berlin.instant(of: date, second: 22 * 3600)
        let end = try #require(QuietHours().end(at: evening, on: berlin))
        // Clocks leap over an hour that night: nine hours by the clock are eight.
        #expect(end.seconds - evening.seconds == 8 * 3600)
    }
}
