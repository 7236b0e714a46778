import Catalogue
import Domain
import HTTPTypes
import Ledgers
import SurfaceSupport
import Testing

@testable import API

@Suite struct DocumentTests {
    @Test(arguments: Language.allCases)
    func theDocumentIsWholeInEachLanguage(language: Language) async throws {
        let reply = try await Site().send(.get, "/openapi.json?lang=\(language.rawValue)")
        let document = try #require(reply.json)
        #expect(document["openapi"]?.string == "3.1.0")
        let paths = try #require(document["paths"])
        let expected = [
            "/webhooks/meta", "/webhooks/chatwoot", "/webhooks/midtrans", "/webhooks/xendit", "/webhooks/stripe",
            "/webhooks/calcom", "/webhooks/calendly", "/webhooks/custom", "/api/v1/outcomes", "/api/v1/links",
            "/api/v1/links/{code}", "/l/{code}",
            "/api/v1/sends", "/api/v1/desk-events", "/api/v1/query",
            "/api/v1/findings", "/api/v1/findings/{id}", "/api/v1/findings/{id}/acknowledge",
            "/api/v1/findings/{id}/unacknowledge", "/api/v1/findings/{id}/mute", "/api/v1/findings/{id}/unmute",
            "/api/v1/findings/{id}/comments", "/api/v1/why", "/api/v1/rules/simulate", "/api/v1/routes",
            "/api/v1/watch-rules",
            "/api/v1/metrics", "/api/v1/dimensions", "/api/v1/dimensions/{id}/values", "/api/v1/waits/open",
            "/api/v1/waits/outliers", "/api/v1/waits/distribution", "/api/v1/distribution", "/api/v1/repeat-effect",
            "/api/v1/messages/{id}", "/api/v1/conversations/{id}",
            "/api/v1/outcomes", "/api/v1/outcomes/{source}/{id}", "/api/v1/link-clicks", "/api/v1/funnel",
            "/api/v1/lift", "/api/v1/waste", "/api/v1/category-raises", "/api/v1/budgets", "/api/v1/quotas",
            "/api/v1/recipients", "/api/v1/cost-settings", "/api/v1/rate-cards", "/api/v1/outcome-settings",
            "/api/v1/templates/{name}", "/api/v1/timeline", "/api/v1/calendars", "/api/v1/calendars/{scope}",
            "/api/v1/forecast", "/api/v1/messaging-limit", "/api/v1/ask", "/api/v1/compare", "/api/v1/staffing",
            "/api/v1/service-targets", "/api/v1/status", "/api/v1/health", "/healthz", "/readyz", "/version",
            "/metrics",
        ]
        #expect(Set(paths.keys) == Set(expected))
        for (path, item) in paths.members {
            for (method, operation) in item.members {
                #expect(operation["summary"]?.string?.isEmpty == false, "\(method) \(path)")
                #expect(operation["responses"]?.isObject == true, "\(method) \(path)")
                if path.hasPrefix("/api/") { #expect(operation["security"]?.elements.isEmpty == false, "\(path)") }
            }
        }
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        let reply = try await Site().send(.get, "/openapi.json")
        let schemas = Set(reply.json?["components"]?["schemas"]?.keys ?? [])
        let marker = "#/components/schemas/"
        var rest = Substring(reply.text)
        var seen = 0
        while let start = rest.firstRange(of: marker) {
            rest = rest[start.upperBound...]
            let name = String(rest.prefix { $0 != "\"" })
            #expect(schemas.contains(name), "\(name)")
            seen += 1
        }
        #expect(seen > 20)
    }

    @Test func everyMetricAndDimensionIsNamed() async throws {
        let text = try await Site().send(.get, "/openapi.json").text
        for metric in Catalogue.metrics { #expect(text.contains("\"\(metric.id)\"")) }
        for dimension in Dimension.allCases { #expect(text.contains("\"\(dimension.rawValue)\"")) }
    }

    @Test func everySourceOfASendIsExplained() {
        let definition = Dimension.source.definition
        for source in MessageFact.Source.allCases {
            #expect(definition.id.contains("(\(source.rawValue))"))
            #expect(definition.en.contains("(\(source.rawValue))"))
        }
    }

    @Test func everyExampleIsJSONAndTheExampleQuestionIsUnderstood() throws {
        for example in APIExamples.all { #expect((try? JSON.parse(example)) != nil, "\(example)") }
        _ = try Query.parse(Array(APIExamples.query.utf8))
    }

    @Test(arguments: [("id", "Dokumentasi API"), ("en", "API docs")])
    func thePageIsReadableAndAsksNobodyElse(language: String, title: String) async throws {
        let page = try await Site().send(.get, "/docs?lang=\(language)", headers: [.accept: "text/html"])
        #expect(page.status == 200)
        #expect(page.text.contains("<html lang=\"\(language)\">"))
        #expect(page.text.contains("<h1>\(title)</h1>"))
        #expect(page.text.contains("/api/v1/messages/{id}"))
        #expect(!page.text.contains("src=\"http"))
        #expect(!page.text.contains("href=\"http"))
        #expect(page.text.contains("id=\"problem-unprocessable\""))
    }
}
