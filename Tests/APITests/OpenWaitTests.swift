import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import SurfaceSupport
import Testing

@testable import API
@testable import Web

@Suite struct OpenWaitTests {
    private let path = "/api/v1/waits/open"

    private func wait(
        _ id: String, minutes: Int64, for waitingFor: OpenWait.WaitingFor = .queue, dueIn: Int64? = nil,
        team: String = "cs-1"
    ) -> OpenWait {
        let start = Site.instant.adding(seconds: -60 * minutes)
        return OpenWait(
            conversation: id, startedAt: start, lastMessageAt: start, messages: 1, waitingFor: waitingFor,
            dueAt: dueIn.map { Site.instant.adding(seconds: $0) }, dimensions: [.team: team, .phoneNumber: "106"])
    }

    private func busy() -> Site {
        let site = Site()
        site.store.live.waits = [
            // 60 minutes allowed: the last fifth is 12 minutes.
            wait("soon", minutes: 50, dueIn: 600), wait("late", minutes: 90, for: .agent, dueIn: -1),
            wait("calm", minutes: 20, for: .bot, dueIn: 2400), wait("free", minutes: 200, team: "cs-2"),
        ]
        return site
    }

    private func ids(_ reply: Reply) -> [String?] {
        reply.json?["waits"]?.elements.map { $0["conversation"]?.string } ?? []
    }

    // MARK: The list

    @Test func theLongestWaitComesFirst() async throws {
        let site = busy()
        let reply = try await site.send(.get, path, key: try await site.key(.analyst))
        #expect(ids(reply) == ["free", "late", "soon", "calm"])
        let waits = reply.json?["waits"]?.elements.map { $0 } ?? []
        #expect(waits.map { $0["standing"]?.string } == ["no_target", "missed", "due_soon", "in_time"])
        #expect(waits.map { $0["about_to_breach"]?.bool } == [false, false, true, false])
        #expect(waits.map { $0["missed"]?.bool } == [false, true, false, false])
        #expect(waits.map { $0["waiting_for"]?.string } == ["queue", "agent", "queue", "bot"])
        #expect(waits[1]["since"]?.string == "2026-11-23T00:43:20Z")
        #expect(waits[1]["dimensions"]?["team"]?.string == "cs-1")
        #expect(reply.json?["more"]?.bool == false)
    }

    @Test(arguments: [
        ("?team=cs-2", ["free"], false), ("?team=cs-1&team=cs-2&limit=2", ["free", "late"], true),
        ("?waiting_for=agent", ["late"], false), ("?standing=due_soon", ["soon"], false),
        ("?standing=missed&waiting_for=bot", [], false), ("?phone_number=107", [], false),
        ("?waiting_for=queue&limit=1", ["free"], true),
    ])
    func theListIsNarrowed(query: String, expected: [String], more: Bool) async throws {
        let site = busy()
        let reply = try await site.send(.get, path + query, key: try await site.key(.analyst))
        #expect(ids(reply) == expected)
        #expect(reply.json?["more"]?.bool == more)
    }

    @Test(arguments: ["?taem=cs-1", "?waiting_for=me", "?standing=bad", "?limit=0", "?limit=1001"])
    func whatIsNotUnderstoodIsRefused(query: String) async throws {
        let site = busy()
        #expect(try await site.send(.get, path + query, key: try await site.key(.analyst)).status == 400)
    }

    /// From the definition: a fifth of the allowed time, at most an hour, before the target.
    @Test(arguments: [
        (Int64(900), Int64(181), WaitStanding.inTime), (900, 180, .dueSoon), (900, 1, .dueSoon), (900, 0, .missed),
        (100 * 3600, 3601, .inTime), (100 * 3600, 3600, .dueSoon),
    ])
    func theWarningComesInTime(allowed: Int64, left: Int64, expected: WaitStanding) {
        let start = Site.instant
        let wait = OpenWait(
            conversation: "1", startedAt: start, lastMessageAt: start, messages: 1, waitingFor: .queue,
            dueAt: start.adding(seconds: allowed), dimensions: [:])
        #expect(wait.standing(at: start.adding(seconds: allowed - left)) == expected)
    }

    @Test func aHandOffIsWaitedForFromItsTime() async throws {
        let site = Site()
        var handed = wait("1", minutes: 60)
        handed.handedOffAt = Site.instant.adding(seconds: -120)
        site.store.live.waits = [handed]
        let reply = try await site.send(.get, path, key: try await site.key(.analyst))
        #expect(reply.json?["waits"]?.elements.first?["since"]?.string == "2026-11-23T02:11:20Z")
    }

    // MARK: The stream

    private func streaming(life: Duration, seats: Int = 4) -> Site {
        var site = busy()
        var pace = EventStreams.Pace()
        pace.look = .milliseconds(10)
        pace.event = .milliseconds(20)
        pace.heartbeat = .milliseconds(100)
        pace.life = life
        site.streams = EventStreams(pace: pace, seatsMax: seats)
        return site
    }
    private let events: HTTPFields = [.accept: "text/event-stream"]

    @Test func aStreamBeginsWithTheListAndEnds() async throws {
        let site = streaming(life: .seconds(3600))
        // Looks are 10 ms apart at least: a heartbeat is due long before the fault that ends the stream.
        site.store.live.change(to: nil, atLook: 40)
        let reply = try await site.send(.get, path + "?team=cs-2", headers: events, key: try await site.key(.analyst))
        #expect(reply.status == 200)
        #expect(reply.type.hasPrefix("text/event-stream"))
        #expect(reply.headers[.cacheControl] == "no-store")
        let parts = reply.text.split(separator: "\n\n").map(String.init)
        #expect(parts[0] == "retry: 3000")
        #expect(parts[1].hasPrefix("event: waits\nid: 2\ndata: {"))
        let data = try JSON.parse(String(parts[1].split(separator: "data: ")[1]))
        #expect(data["waits"]?.elements.first?["conversation"]?.string == "free")
        // Nothing changed: only heartbeats follow.
        #expect(parts.count > 2)
        #expect(parts.dropFirst(2).allSatisfy { $0 == ": " })
        #expect(site.streams.openCount == 0)
    }

    @Test func aChangeIsTold() async throws {
        let site = streaming(life: .seconds(3600))
        // The first look is for the list at the start; the fault ends the stream.
        site.store.live.change(to: [], atLook: 3)
        site.store.live.change(to: nil, atLook: 6)
        let reply = try await site.send(.get, path, headers: events, key: try await site.key(.analyst))
        let told = reply.text.split(separator: "\n\n").filter { $0.hasPrefix("event: waits") }
        #expect(told.count == 2)
        #expect(told.last?.contains("id: 3\ndata: {\"waits\":[],\"more\":false}") == true)
    }

    @Test func onlySoManyMayStay() async throws {
        let site = streaming(life: .milliseconds(50), seats: 0)
        let key = try await site.key(.analyst)
        let reply = try await site.send(.get, path, headers: events, key: key)
        #expect(reply.problem == "unavailable")
        #expect(reply.headers[.retryAfter] != nil)
        #expect(try await site.send(.get, path, key: key).status == 200)
        let one = streaming(life: .milliseconds(50), seats: 1)
        let oneKey = try await one.key(.analyst)
        // A place is given back, also by an answer whose body is never sent.
        for method in [HTTPRequest.Method.head, .get, .get] {
            #expect(try await one.send(method, path, headers: events, key: oneKey).status == 200)
        }
    }

    @Test(.timeLimit(.minutes(10))) func streamsEndWithTheServer() async throws {
        let site = streaming(life: .seconds(3600))
        let key = try await site.key(.analyst)
        var headers = events
        headers[.authorization] = "Bearer \(key)"
        let (streams, fields, path) = (site.streams, headers, path)
        let app = Application(
            router: site.surfaces.router(), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await app.test(.live) { client in
            Task { try? await client.execute(uri: path, method: .get, headers: fields) { _ in } }
            while streams.openCount == 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(streams.openCount == 0)
    }

    @Test func linesOfAnEventAreKeptApart() {
        #expect(EventStreams.event("card", 7, "a\nb\r\n") == "event: card\nid: 7\ndata: a\ndata: b\ndata: \n\n")
    }
}
