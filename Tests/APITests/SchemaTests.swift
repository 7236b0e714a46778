import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

/// The documentation and the program agree: examples and real answers have the shape that the document promises.
@Suite struct SchemaTests {
    func document() async throws -> JSON.Value {
        try #require(try await Site().send(.get, "/openapi.json").json)
    }

    /// What is wrong with a value, by the part of JSON Schema that the document uses. A member that the schema does
    /// not know is wrong too: it would be undocumented.
    func faults(_ value: JSON.Value, _ schema: JSON.Value, _ document: JSON.Value, at path: String) -> [String] {
        if let reference = schema["$ref"]?.string {
            let name = String(reference.drop { $0 != "s" }.split(separator: "/").last ?? "")
            guard let target = document["components"]?["schemas"]?.member(named: name) else {
                return ["\(path): no schema \(name)"]
            }
            return faults(value, target, document, at: path)
        }
        if let choices = schema["anyOf"] {
            let fits = choices.elements.contains { faults(value, $0, document, at: path).isEmpty }
            return fits ? [] : ["\(path): fits none of anyOf"]
        }
        if let words = schema["enum"], !words.elements.contains(where: { $0.string == value.string }) {
            return ["\(path): not one of the words"]
        }
        switch schema["type"]?.string {
        case "string": return value.kind == .string ? [] : ["\(path): no string"]
        case "integer", "number": return value.kind == .number ? [] : ["\(path): no number"]
        case "boolean": return value.kind == .true || value.kind == .false ? [] : ["\(path): no boolean"]
        case "null": return value.kind == .null ? [] : ["\(path): not null"]
        case "array":
            guard value.isArray, let items = schema["items"] else { return ["\(path): no array"] }
            return value.elements.enumerated().flatMap { faults($1, items, document, at: "\(path)[\($0)]") }
        case "object":
            guard value.isObject else { return ["\(path): no object"] }
            return memberFaults(value, schema, document, at: path)
        default: return []
        }
    }

    private func memberFaults(
        _ value: JSON.Value, _ schema: JSON.Value, _ document: JSON.Value, at path: String
    ) -> [String] {
        var found = (schema["required"].map { Array($0.elements) } ?? []).compactMap(\.string)
            .filter { !value.keys.contains($0) }.map { "\(path): \($0) is missing" }
        for (name, member) in value.members {
            let place = "\(path).\(name)"
            if let known = schema["properties"]?.member(named: name) {
                found += faults(member, known, document, at: place)
            } else if let others = schema["additionalProperties"] {
                if others.isObject { found += faults(member, others, document, at: place) }
            } else {
                found.append("\(place): not documented")
            }
        }
        return found
    }

    @Test func examplesHaveTheShapeOfTheirSchemas() async throws {
        let document = try await document()
        var seen = 0
        for (path, item) in document["paths"]?.members.map({ ($0, $1) }) ?? [] {
            for (method, operation) in item.members.map({ ($0, $1) }) {
                var contents = [operation["requestBody"]?["content"]]
                contents += operation["responses"]?.members.map { $1["content"] } ?? []
                for content in contents.compactMap({ $0 }) {
                    for (_, media) in content.members {
                        guard let example = media["example"], let schema = media["schema"] else { continue }
                        #expect(faults(example, schema, document, at: "\(method) \(path)") == [])
                        seen += 1
                    }
                }
            }
        }
        #expect(seen >= 8)
    }

    @Test func realAnswersHaveTheShapeOfTheirSchemas() async throws {
        let document = try await document()
        var site = Site()
        site.store.facts = [
            .init(
                at: Site.instant.adding(seconds: -3600), dimensions: [.template: "promo"],
                sums: [.accepted: 40, .delivered: 30])
        ]
        site.store.received = Receipts(
            sources: [
                Receipts.Source(
                    source: ReceiptSource(.deskEvents, name: "own"), total: .init(deliveries: 1, events: 1),
                    firstAt: Site.instant, lastAt: Site.instant,
                    quarters: [.init(quarter: QuarterHour(containing: Site.instant), counts: .init(deliveries: 1))])
            ], fields: [.init(field: "messages", changes: 3, lastAt: Site.instant)])
        let key = try await site.key(.admin)
        let question = """
            {"metrics":["messages","delivery_rate","time_to_deliver_p50"],"dimensions":["template"],"grain":"day",
            "filters":[{"dimension":"template","values":["promo"]}],"range":{"preset":"last_7_days"},
            "compare":"previous_period","order":[{"by":"messages","desc":true}]}
            """
        let sends = #"[{"message_id":"wamid.A"},{"to":"62"}]"#
        let asked: [(method: HTTPRequest.Method, path: String, body: String?, schema: String)] = [
            (.post, "/api/v1/query", question, "Answer"), (.post, "/api/v1/sends", sends, "RecordReceipt"),
            (.get, "/api/v1/status", nil, "Status"), (.get, "/api/v1/health", nil, "DataHealth"),
            (.get, "/api/v1/nothing", nil, "Problem"),
        ]
        for (method, path, body, name) in asked {
            let reply = try await site.send(method, path, body: body.map { Array($0.utf8) }, key: key)
            let value = try #require(reply.json, "\(path)")
            let schema = try #require(document["components"]?["schemas"]?.member(named: name))
            #expect(faults(value, schema, document, at: path) == [])
        }
    }

    @Test func serviceAnswersHaveTheShapeOfTheirSchemas() async throws {
        let document = try await document()
        var site = Site()
        site.store.conversationStory = try ServiceAnswerTests.story()
        site.store.live.waits = [
            OpenWait(
                conversation: "1", startedAt: Site.instant, lastMessageAt: Site.instant, messages: 1, waitingFor: .bot,
                dimensions: [.team: "cs-1"])
        ]
        site.store.settings = ServiceSettings(
            calendars: [
                WorkCalendar(scope: .team("cs-1"), timeZone: "Asia/Jakarta", weekly: [1: [.init(from: 0, to: 60)]])
            ],
            targets: [ServiceTarget(responder: .bot, seconds: 30)])
        for index in 0..<9 {
            let at = Site.instant.adding(seconds: -7200 - Int64(index))
            site.store.waits.append(.answered(at: at, after: index == 0 ? 3600 : 60, by: .bot))
        }
        site.store.answered = [
            AnsweredWait(
                conversation: "1", startedAt: Site.instant.adding(seconds: -7200), responseMicroseconds: 3_600_000_000,
                messages: 1, dimensions: [.responder: "bot"])
        ]
        let key = try await site.key(.admin)
        let asked: [(method: HTTPRequest.Method, path: String, body: String, schema: String)] = [
            (.get, "/api/v1/waits/open", "", "OpenWaits"), (.get, "/api/v1/waits/outliers", "", "Outliers"),
            (.get, "/api/v1/waits/distribution", "", "ResponseDistribution"),
            (.post, "/api/v1/repeat-effect", ServiceExamples.repeatQuestion, "RepeatEffect"),
            (.post, "/api/v1/distribution", ServiceExamples.distributionQuestion, "Distribution"),
            (.get, "/api/v1/conversations/c1", "", "ConversationStory"), (.get, "/api/v1/calendars", "", "Calendars"),
            (.put, "/api/v1/calendars", ServiceExamples.calendar, "CalendarsStored"),
            (.delete, "/api/v1/calendars/team:cs-1", "", "CalendarsStored"),
            (.get, "/api/v1/service-targets", "", "ServiceTargets"),
            (.put, "/api/v1/service-targets", ServiceExamples.targets, "ServiceTargetsStored"),
            (.post, "/api/v1/desk-events", ServiceExamples.deskEvent, "RecordReceipt"),
            (.get, "/api/v1/forecast?metric=waits", "", "Forecast"),
            (.get, "/api/v1/staffing?agents=3&team=cs-1", "", "Staffing"),
            (.get, "/api/v1/messaging-limit?limit=TIER_1K&planned=50", "", "MessagingLimit"),
            (.post, "/api/v1/compare", AheadExamples.compare, "Comparison"),
            (.post, "/api/v1/ask", AheadExamples.question, "WordAnswer"),
        ]
        for (method, path, body, name) in asked {
            let reply = try await site.send(method, path, body: Array(body.utf8), key: key)
            #expect(reply.status < 300, "\(path)")
            let value = try #require(reply.json, "\(path)")
            let schema = try #require(document["components"]?["schemas"]?.member(named: name))
            #expect(faults(value, schema, document, at: path) == [])
        }
    }

    @Test func aWholeQuestionHasTheShapeOfItsSchema() async throws {
        let document = try await document()
        let question = """
            {"metrics":["messages","waits"],"dimensions":["team"],"grain":"day",
            "filters":[{"dimension":"team","values":["cs-1"]}],"range":{"preset":"last_7_days"},
            "compare":"previous_period","order":[{"by":"messages","desc":true}]}
            """
        let asking = try #require(document["components"]?["schemas"]?["Query"])
        #expect(faults(try JSON.parse(question), asking, document, at: "query") == [])
    }

    @Test func aFilterNeedsNoOperator() async throws {
        let required = try await document()["components"]?["schemas"]?["Filter"]?["required"]
        #expect(required?.elements.map(\.string) == ["dimension"])
    }
}
