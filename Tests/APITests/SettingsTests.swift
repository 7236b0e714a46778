import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct SettingsTests {
    private let hours = WorkCalendar(
        scope: .workspace, timeZone: "Asia/Jakarta",
        weekly: [1: [.init(from: 480, to: 720), .init(from: 780, to: 1020)]],
        holidays: [.init(date: LocalDate(day: 20_682), name: "Proklamasi")])
    private let team = WorkCalendar(
        scope: .team("cs/1"), timeZone: "Asia/Makassar", weekly: [6: [.init(from: 0, to: 60)]])
    private let target = ServiceTarget(responder: .human, team: "cs/1", seconds: 900, clock: .business)

    private func configured() -> Site {
        var site = Site()
        site.store.settings = ServiceSettings(calendars: [hours, team], targets: [target], recounted: 0.25)
        return site
    }

    // MARK: Calendars

    @Test func whatIsInForceIsTold() async throws {
        let site = configured()
        let key = try await site.key(.analyst)
        let all = try await site.send(.get, "/api/v1/calendars", key: key)
        #expect(all.json?["calendars"]?.elements.count == 2)
        #expect(all.json?["calendars"]?.elements.first?["scope"]?.string == "workspace")
        #expect(
            all.json?["calendars"]?.elements.first?["weekly"]?["mon"]?.elements.map(\.string)
                == ["08:00-12:00", "13:00-17:00"])
        #expect(all.json?["recounted"]?.double == 0.25)
        for path in ["team:cs/1", "team:cs%2F1"] {
            let one = try await site.send(.get, "/api/v1/calendars/\(path)", key: key)
            #expect(one.json?["calendar"]?["timezone"]?.string == "Asia/Makassar")
        }
        let targets = try await site.send(.get, "/api/v1/service-targets", key: key)
        #expect(targets.json?["service_targets"]?.elements.first?["within"]?.string == "15m")
        #expect(targets.json?["recounted"]?.double == 0.25)
    }

    @Test func whatWasReadCanBeSentBack() async throws {
        let site = configured()
        let key = try await site.key(.admin)
        for path in ["/api/v1/calendars", "/api/v1/service-targets"] {
            let read = try await site.send(.get, path, key: key)
            let sent = try await site.send(.put, path, body: read.bytes, key: key)
            #expect(sent.status == 202)
        }
        let stored = site.inbox.stored
        #expect(stored.map(\.source) == [.settings, .settings])
        let events = stored.flatMap { SettingsDelivery.decode($0.body, receivedAt: Site.instant) }
        #expect(
            events == [
                .calendar(CalendarChange(scope: .workspace, calendar: hours)),
                .calendar(CalendarChange(scope: .team("cs/1"), calendar: team)), .serviceTargets([target]),
            ])
    }

    @Test func aChangeIsStoredAndAnsweredAsItWasUnderstood() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let body =
            #"{"calendar":{"scope":"workspace","timezone":"Asia/Jakarta","weekly":{"mon-tue":["8.00 - 17.00"]}}}"#
        let reply = try await site.send(.put, "/api/v1/calendars", body: Array(body.utf8), key: key)
        #expect(reply.status == 202)
        #expect(reply.json?["calendars"]?.elements.first?["weekly"]?["tue"]?.elements.map(\.string) == ["08:00-17:00"])
        #expect(reply.json?["delivery"]?.int64 == 1)
        #expect(site.inbox.stored.map { String(decoding: $0.body, as: UTF8.self) } == [body])
        let none = try await site.send(
            .put, "/api/v1/service-targets", body: Array(#"{"service_targets":[]}"#.utf8), key: key)
        #expect(none.status == 202)
        #expect(none.json?["service_targets"]?.elements.isEmpty == true)
    }

    @Test func nonsenseChangesNothingAndNamesTheMember() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let cases: [(path: String, body: String, status: Int, word: String)] = [
            (
                "calendars",
                #"{"calendar":{"scope":"workspace","timezone":"Asia/Jakarta","weekly":{"mon":["08:00-12:00","noon"]}}}"#,
                422, "calendar.weekly.mon[1]"
            ),
            ("calendars", #"{"calendar":{"scope":"workspace","hours":{}}}"#, 422, "hours"),
            ("calendars", "{", 400, "JSON"),
            ("calendars", #"{"service_targets":[]}"#, 422, "/api/v1/service-targets"),
            ("service-targets", #"{"service_targets":[{"within":"soon"}]}"#, 422, "service_targets[0].within"),
            (
                "service-targets", #"{"calendar":{"scope":"workspace","removed":true}}"#, 422, "/api/v1/calendars"
            ),
        ]
        for (path, body, status, word) in cases {
            let reply = try await site.send(.put, "/api/v1/\(path)", body: Array(body.utf8), key: key)
            #expect(reply.status == status, "\(body)")
            #expect(reply.json?["detail"]?.string?.contains(word) == true, "\(reply.text)")
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func aCalendarIsRemovedByItsScope() async throws {
        var site = configured()
        let key = try await site.key(.admin)
        let reply = try await site.send(.delete, "/api/v1/calendars/team:cs%2F1", key: key)
        #expect(reply.status == 202)
        let events = site.inbox.stored.flatMap { SettingsDelivery.decode($0.body, receivedAt: Site.instant) }
        #expect(events == [.calendar(CalendarChange(scope: .team("cs/1"), calendar: nil))])
        site.inbox = CountingInbox()
        for scope in ["team:nobody", "phone_number:1", "everything", "team:"] {
            #expect(try await site.send(.delete, "/api/v1/calendars/\(scope)", key: key).status == 404, "\(scope)")
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func whatIsNotCountedYetCanBeRemoved() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        try await site.inbox.append(SettingsDelivery.encode([hours]), source: .settings, receivedAt: Site.instant)
        #expect(try await site.send(.delete, "/api/v1/calendars/workspace", key: key).status == 202)
    }
}
