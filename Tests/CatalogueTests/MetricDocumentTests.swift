import Domain
import Foundation
import Testing

@testable import Catalogue

/// What `docs/metrics.md` says of each metric and dimension is what the catalogue says.
@Suite("The document about metrics")
struct MetricDocumentTests {
    private static func document() throws -> String {
        try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/metrics.md"), encoding: .utf8)
    }

    @Test func everyMetricIsThere() throws {
        let document = try Self.document()
        #expect(Catalogue.metrics.map(\.id).filter { !document.contains("`\($0)`") } == [])
    }

    @Test func namesAreThoseOfTheCatalogue() throws {
        let rows = try Self.document().split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        for metric in Catalogue.metrics {
            for row in rows where row.count >= 4 && row[0] == "`\(metric.id)`" {
                #expect(Array(row[1...2]) == [metric.name.en, metric.name.id], "\(metric.id)")
            }
        }
        // Times of waits stand in a table of their own shape.
        let named = Set(rows.compactMap(\.first))
        let ids = Catalogue.metrics.filter { [.charge, .outcome, .credit].contains($0.fact) }.map(\.id)
        #expect(ids.filter { !named.contains("`\($0)`") } == [])
    }

    @Test func everyDimensionAndRaisedVersionIsThere() throws {
        let document = try Self.document()
        let names = Set(Catalogue.metrics.flatMap(\.conditions).map(\.rawValue))
        #expect(names.filter { !document.contains("`\($0)`") } == [])
        let history = try #require(document.components(separatedBy: "## When a definition changes").last)
        for metric in Catalogue.metrics where metric.definitionVersion > 1 {
            let row = history.split(separator: "\n").first {
                $0.hasPrefix("| \(metric.definitionVersion) ") && $0.contains("`\(metric.id)`")
            }
            #expect(row != nil, "\(metric.id)")
        }
    }
}
