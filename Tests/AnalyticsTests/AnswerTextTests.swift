import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Answers as text")
struct AnswerTextTests {
    private func answer() async throws -> Answer {
        let store = try ListStore(
            messages(8, delivered: 4, at: "2026-10-01T03:00:00Z", [.template: "promo, \"11.11\""])
                + messages(4, at: "2026-10-01T03:00:00Z", [.template: "=1+1"])
                + messages(2, at: "2026-09-24T03:00:00Z"))
        return try await analyst(store, now: "2026-12-31T00:00:00Z").ask(
            Query(
                metrics: ["messages", "delivery_rate"], dimensions: [.template],
                range: try dates("2026-10-01", "2026-10-02"), grain: .day, compare: .previousPeriod))
    }

    @Test func jsonIsThatOfTheContract() async throws {
        let json = try JSON.parse(try await answer().json(language: .english))
        #expect(
            json["columns"]?.elements.map { $0["name"]?.string } == ["time", "template", "messages", "delivery_rate"])
        #expect(json["columns"]?.elements.map { $0["kind"]?.string } == ["time", "dimension", "metric", "metric"])
        #expect(json["columns"]?.elements.map { $0["unit"]?.string } == [nil, nil, "count", "ratio"])
        let first = try #require(json["rows"]?.elements.first)
        #expect(first.elements.map(\.string) == ["2026-10-01T00:00:00+07:00", "promo, \"11.11\"", "8", "0.5"])
        #expect(json["comparison"]?["range"]?["from"]?.string == "2026-09-24T00:00:00+07:00")
        #expect(json["comparison"]?["range"]?["to"]?.string == "2026-09-25T00:00:00+07:00")
        #expect(json["comparison"]?["rows"]?.elements.count == 2)
        #expect(json["intervals"]?["delivery_rate"]?.elements.count == 2)
        #expect(json["samples"]?["delivery_rate"]?.elements.map(\.int64) == [8, 4])
        let meta = try #require(json["meta"])
        #expect(meta["plan"]?.string == "cells")
        #expect(meta["definition_version"]?.int64 == 1)
        #expect(meta["fresh_to"]?.string == "2026-10-01T10:00:00+07:00")
        #expect(meta["maturity"]?.double == 1)
        #expect(meta["query"]?["timezone"]?.string == "Asia/Jakarta")
        #expect(meta["query"]?["range"]?["to"]?.string == "2026-10-02T00:00:00+07:00")
        #expect(meta["query"]?["compare"]?.string == "previous_period")
    }

    @Test func theQueryInTheAnswerCanBeAskedAgain() async throws {
        let answer = try await answer()
        let json = try JSON.parse(answer.json(language: .indonesian))
        let again = try Query.parse(try #require(json["meta"]?["query"]))
        #expect(again.metrics == answer.meta.query.metrics)
        #expect(again.dimensions == answer.meta.query.dimensions)
        #expect(again.range == .instants(from: answer.meta.from, to: answer.meta.to))
    }

    @Test func notesSpeakTheLanguageAsked() async throws {
        let answer = try await answer()
        let note = { (language: Language) in
            try JSON.parse(answer.json(language: language))["meta"]?["notes"]?.elements.first?.string
        }
        #expect(try note(.english)?.contains("small samples") == true)
        #expect(try note(.indonesian)?.contains("sampel kecil") == true)
    }

    @Test func csv() async throws {
        let csv = try await answer().csv()
        #expect(
            csv == "time,template,messages,delivery_rate\r\n"
                + "2026-10-01T00:00:00+07:00,\"promo, \"\"11.11\"\"\",8,0.5\r\n"
                + "2026-10-01T00:00:00+07:00,'=1+1,4,0.0\r\n")
    }
}
