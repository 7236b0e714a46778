import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

/// The documentation and the program agree: examples and real answers have the shape that the document promises.
@Suite struct SchemaTests {
    private func document() async throws -> JSON.Value {
        try #require(try await Site().send(.get, "/openapi.json").json)
    }

    /// What is wrong with a value, by the part of JSON Schema that the document uses. A member that the schema does
    /// not know is wrong too: it would be undocumented.
    private func faults(_ value: JSON.Value, _ schema: JSON.Value, _ document: JSON.Value, at path: String) -> [String]
    {
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
        let key = try await site.key(.admin)
        let question = """
            {"metrics":["messages","delivery_rate","time_to_deliver_p50"],"dimensions":["template"],"grain":"day",
            "filters":[{"dimension":"template","values":["promo"]}],"range":{"preset":"last_7_days"},
            "compare":"previous_period","order":[{"by":"messages","desc":true}]}
            """
        let sends = #"[{"message_id":"wamid.A"},{"to":"62"}]"#
        let asked: [(method: HTTPRequest.Method, path: String, body: String?, schema: String)] = [
            (.post, "/api/v1/query", question, "Answer"), (.post, "/api/v1/sends", sends, "SendReceipt"),
            (.get, "/api/v1/status", nil, "Status"), (.get, "/api/v1/nothing", nil, "Problem"),
        ]
        for (method, path, body, name) in asked {
            let reply = try await site.send(method, path, body: body.map { Array($0.utf8) }, key: key)
            let value = try #require(reply.json, "\(path)")
            let schema = try #require(document["components"]?["schemas"]?.member(named: name))
            #expect(faults(value, schema, document, at: path) == [])
        }
        let asking = try #require(document["components"]?["schemas"]?["Query"])
        #expect(faults(try JSON.parse(question), asking, document, at: "query") == [])
    }

    @Test func aFilterNeedsNoOperator() async throws {
        let required = try await document()["components"]?["schemas"]?["Filter"]?["required"]
        #expect(required?.elements.map(\.string) == ["dimension"])
    }
}
