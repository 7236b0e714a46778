import Catalogue
import Domain
import HTTPTypes
import Ledgers
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct ServiceAnswerTests {
    // MARK: Roles

    @Test func rolesDoWhatTheyAreForAndNoMore() async throws {
        var site = Site()
        site.store.conversationStory = try Self.story()
        let hours = Array(ServiceExamples.calendar.utf8)
        let targets = Array(ServiceExamples.targets.utf8)
        let question = Array(ServiceExamples.repeatQuestion.utf8)
        let event = Array(ServiceExamples.deskEvent.utf8)
        let reads: [(HTTPRequest.Method, String, [UInt8])] = [
            (.get, "/api/v1/waits/open", []), (.get, "/api/v1/waits/outliers", []),
            (.get, "/api/v1/waits/distribution", []),
            (.post, "/api/v1/repeat-effect", question), (.get, "/api/v1/conversations/c1", []),
            (.get, "/api/v1/calendars", []), (.get, "/api/v1/service-targets", []),
        ]
        let writes: [(HTTPRequest.Method, String, [UInt8])] = [
            (.put, "/api/v1/calendars", hours), (.put, "/api/v1/service-targets", targets),
            (.delete, "/api/v1/calendars/workspace", []),
        ]
        for (role, mayRead, mayWrite, maySend) in [
            (APIKey.Role.admin, true, true, true), (.analyst, true, false, false), (.ingest, false, false, true),
        ] {
            let key = try await site.key(role)
            for (method, path, body) in reads {
                let status = try await site.send(method, path, body: body, key: key).status
                #expect(status == (mayRead ? 200 : 403), "\(role) \(path)")
            }
            for (method, path, body) in writes {
                let status = try await site.send(method, path, body: body, key: key).status
                #expect(status == (mayWrite ? 202 : 403), "\(role) \(method) \(path)")
            }
            let sent = try await site.send(.post, "/api/v1/desk-events", body: event, key: key).status
            #expect(sent == (maySend ? 200 : 403))
        }
        for (method, path, body) in reads + writes + [(.post, "/api/v1/desk-events", event)] {
            #expect(try await site.send(method, path, body: body).status == 401, "\(path)")
        }
    }

    // MARK: Questions

    private func busy() -> Site {
        var site = Site()
        // Monday morning: twelve answers of people after a minute, and one after an hour.
        for index in 0..<12 {
            site.store.waits.append(
                .answered(
                    at: Site.instant.adding(seconds: -7200 - Int64(index)), after: 60, by: .human, [.team: "cs-1"]))
        }
        let start = Site.instant.adding(seconds: -7000)
        site.store.waits.append(.answered(at: start, after: 3600, by: .human, [.team: "cs-1"]))
        site.store.waits.append(.open(at: Site.instant.adding(seconds: -600), [.team: "cs-1"]))
        site.store.answered = [
            AnsweredWait(
                conversation: "slow", startedAt: start, responseMicroseconds: 3_600_000_000, messages: 3,
                dimensions: [.responder: "human", .team: "cs-1"])
        ]
        site.store.conversations = [
            .init(
                at: Site.instant.adding(seconds: -7200), dimensions: [.team: "cs-1"],
                sums: [.conversations: 4, .withCustomer: 4, .resolved: 3])
        ]
        site.store.facts = [
            .init(
                at: Site.instant.adding(seconds: -7200), dimensions: [.team: "cs-1"],
                sums: [.accepted: 40, .delivered: 30])
        ]
        return site
    }

    @Test func metricsOfThreeFactsStandInOneTable() async throws {
        let site = busy()
        let key = try await site.key(.analyst)
        let question = """
            {"metrics":["delivery_rate","waits_answered","waits_open","response_time_max","conversations",
            "resolution_rate"],"dimensions":["team"],"range":{"preset":"today"}}
            """
        let reply = try await site.send(.post, "/api/v1/query", body: Array(question.utf8), key: key)
        #expect(reply.status == 200)
        let row = reply.json?["rows"]?.elements.first.map { Array($0.elements) } ?? []
        #expect(row.count == 7)
        #expect(row.first?.string == "cs-1")
        #expect(row.dropFirst().prefix(3).map(\.double) == [0.75, 13, 1])
        // Within the width of a bin of the hour.
        #expect(abs((row[4].double ?? 0) - 3600) < 36)
        #expect(row.suffix(2).map(\.double) == [4, 0.75])
    }

    @Test func aDimensionThatAFactLacksIsRefused() async throws {
        let site = busy()
        let key = try await site.key(.analyst)
        let question = #"{"metrics":["messages","waits"],"dimensions":["responder"],"range":{"preset":"today"}}"#
        let reply = try await site.send(.post, "/api/v1/query", body: Array(question.utf8), key: key)
        #expect(reply.status == 422)
        #expect(reply.text.contains("responder"))
    }

    @Test func theCatalogueNamesFacts() async throws {
        let site = Site()
        let key = try await site.key(.analyst)
        let metrics = try await site.send(.get, "/api/v1/metrics", key: key).json?["metrics"]?.elements.map { $0 } ?? []
        #expect(Set(metrics.map { $0["fact"]?.string }) == Set(Fact.allCases.map(\.rawValue)))
        for metric in metrics { #expect(metric["dimensions"]?.elements.isEmpty == false) }
        let dimensions = try await site.send(.get, "/api/v1/dimensions", key: key).json?["dimensions"]
        let facts = { (id: String) in
            dimensions?.elements.first { $0["id"]?.string == id }?["facts"]?.elements.map(\.string)
        }
        #expect(facts("team") == ["message", "wait", "conversation", "charge", "outcome", "credit"])
        #expect(facts("error_code") == ["message"])
        #expect(facts("opened_by") == ["conversation"])
    }

    // MARK: Outliers

    @Test func outliersAreTheConversationsBehindTheNumber() async throws {
        let site = busy()
        let key = try await site.key(.analyst)
        let reply = try await site.send(.get, "/api/v1/waits/outliers?preset=today", key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["total"]?.int64 == 1)
        let waits = reply.json?["waits"]?.elements.map { $0 } ?? []
        #expect(waits.map { $0["conversation"]?.string } == ["slow"])
        #expect(waits.first?["response_seconds"]?.double == 3600)
        // Quartiles at a minute, spread of a second: three seconds and the width of bins above it.
        let threshold = waits.first?["threshold_seconds"]?.double ?? 0
        #expect(threshold > 60 && threshold < 70)
        for query in ["?team=cs-2&preset=today", "?from=2026-11-22&to=2026-11-23", "?preset=yesterday"] {
            let none = try await site.send(.get, "/api/v1/waits/outliers" + query, key: key)
            #expect(none.json?["total"]?.int64 == 0, "\(query)")
            #expect(none.json?["waits"]?.elements.isEmpty == true)
        }
        for (query, status) in [
            ("?from=yesterday", 400), ("?preset=today&from=2026-11-01", 400), ("?to=2026-11-01", 400),
            ("?shift=pagi", 400), ("?from=2026-11-23&to=2026-11-22", 422),
        ] {
            let reply = try await site.send(.get, "/api/v1/waits/outliers" + query, key: key)
            #expect(reply.status == status, "\(query)")
        }
    }

    // MARK: Repeat effect

    @Test func theRepeatEffectIsAnsweredInWords() async throws {
        let site = busy()
        let key = try await site.key(.analyst)
        let reply = try await site.send(
            .post, "/api/v1/repeat-effect", body: Array(#"{"range":{"preset":"today"}}"#.utf8), key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["waits"]?.int64 == 13)
        #expect(reply.text.contains("\"knee\":null"))
        #expect(reply.json?["sentence"]?["id"]?.string?.isEmpty == false)
        #expect(reply.json?["sentence"]?["en"]?.string?.isEmpty == false)
        let bands = reply.json?["bands"]?.elements.map { $0 } ?? []
        #expect(bands.first?["from_minutes"]?.double == 0)
        #expect(zip(bands, bands.dropFirst()).allSatisfy { $0["to_minutes"]?.double == $1["from_minutes"]?.double })
        for body in [#"{"metrics":["waits"]}"#, #"{"limit":3}"#, #"{"filters":[{"dimension":"template_language"}]}"#] {
            let wrong = try await site.send(.post, "/api/v1/repeat-effect", body: Array(body.utf8), key: key)
            #expect(wrong.status == 422, "\(body)")
        }
    }

    // MARK: One conversation

    /// The customer writes twice, four minutes apart; a person answers ten minutes later, having had it for five.
    static func story() throws -> ConversationStory {
        let start = Site.instant.adding(seconds: -3600)
        let entries = [
            ThreadEntry(at: start, key: 1, kind: .inbound(.init(country: "ID"))),
            ThreadEntry(at: start.adding(seconds: 1), key: 2, kind: .status(.open, by: nil)),
            ThreadEntry(at: start.adding(seconds: 240), key: 3, kind: .inbound(.init(country: "ID"))),
            ThreadEntry(at: start.adding(seconds: 540), key: 4, kind: .assigned(agent: "agent-7", team: "cs-1")),
            ThreadEntry(
                at: start.adding(seconds: 840), key: 5,
                kind: .outbound(.init(author: .human, agent: "agent-7", team: "cs-1"))),
        ]
        let context = ServiceContext(phoneNumber: "106", asOf: Site.instant)
        var ledger = ServiceLedger(context: context)
        for entry in entries { #expect(ledger.take(entry) == nil) }
        let last = ledger.finish()
        let session = try #require(last)
        return ConversationStory(
            id: "c1", phoneNumber: "106", story: ServiceStory(session: session, entries: entries, context: context),
            conversation: session.conversation, waits: session.waits)
    }

    @Test func everyIntervalOfAConversationIsNamed() async throws {
        var site = Site()
        site.store.conversationStory = try Self.story()
        let reply = try await site.send(.get, "/api/v1/conversations/c1", key: try await site.key(.analyst))
        #expect(reply.status == 200)
        let steps = reply.json?["steps"]?.elements.map { $0["what"]?.string } ?? []
        #expect(steps == ["customer_message", "open", "customer_message", "assigned", "reply"])
        let intervals = reply.json?["intervals"]?.elements.map { $0 } ?? []
        #expect(intervals.map { $0["waiting_for"]?.string } == ["queue", "agent", "customer"])
        #expect(intervals.map { $0["seconds"]?.double } == [540, 300, nil])
        #expect(intervals[1]["name"]?["en"]?.string == "Waiting for agent agent-7")
        let wait = reply.json?["waits"]?.elements.first
        #expect(wait?["state"]?.string == "answered")
        #expect(wait?["seconds"]?.double == 840)
        #expect(wait?["messages"]?.int64 == 2)
        #expect(wait?["waited_for"]?["queue"]?.double == 540)
        #expect(wait?["waited_for"]?["agent"]?.double == 300)
        #expect(reply.json?["phone_number"]?.string == "106")
    }

    @Test func anUnknownConversationIsSaidToBeUnknown() async throws {
        var site = Site()
        site.store.conversationStory = try Self.story()
        let key = try await site.key(.analyst)
        for id in ["c2", "", "wamid.A/B=="] {
            let reply = try await site.send(.get, "/api/v1/conversations/\(id)", key: key)
            #expect(reply.status == 404, "\(id)")
            #expect(reply.problem == "not-found")
        }
    }
}
