import Analytics
import Catalogue
import Domain
import Hummingbird
import Web

/// How times are spread.
extension Surfaces {
    func distributionOperations() -> [Operation] { [distribution, distributionQuestion] }

    private static let summary = Text(id: "Sebaran waktu", en: "How times are spread")
    private static let answers: [Answered] = [
        .json(
            200, Text(id: "Sebarannya", en: "The distribution"), .reference("Distribution"),
            example: ServiceExamples.distribution),
        .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
        .problem(422, Text(id: "Waktu, dimensi, atau filter yang tidak ada", en: "Unknown time, dimension or filter")),
    ]
    /// Whatever rows with times carry.
    private static let conditions = Dimension.allCases.filter { dimension in
        Catalogue.timeFamilies.contains { $0.median.conditions.contains(dimension) }
    }

    private var distribution: Operation {
        Operation(
            .get, "/api/v1/distribution", access: Self.waitReaders, group: .questions, summary: Self.summary,
            detail: Text(
                id: "Banyaknya baris menurut lamanya, di antara batas yang kira-kira berjarak sama pada skala "
                    + "logaritma: waktu jawab, waktu sampai, dan lainnya. Jumlah semua count adalah banyaknya waktu di "
                    + "balik persentil yang sama.",
                en: "Rows by how long they took, between bounds that are about evenly spaced in logarithms: response "
                    + "times, times to deliver and others. All counts together are the times behind the percentiles."),
            parameters: [
                .query(
                    "metric", .word(Catalogue.timeFamilies.map(\.id)),
                    Text(id: "Yang diukur; atau salah satu metriknya.", en: "What is timed; or one of its metrics.")),
                .query("by", .word(Self.conditions.map(\.rawValue)), Text(id: "Dimensi pemilah.", en: "Split by it.")),
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 50.", en: "1 to 1000; 50 by default.")),
            ] + URLRange.parameters() + URLConditions.parameters(Self.conditions),
            answers: Self.answers
        ) { [analyst, now, workspace] request, _ in
            let query = request.urlQuery
            let filters = try URLConditions.read(
                query, Self.conditions, others: URLRange.names + ["metric", "by", "limit"])
            let found = try await analyst.distribution(
                of: query.word("metric") ?? "response_time", by: query.word("by").map(Catalogue.requireDimension),
                filters: filters, range: query.range(now: now(), in: workspace),
                limit: query.count("limit", standard: 50, max: 1000))
            return .json(found.json)
        }
    }

    private var distributionQuestion: Operation {
        Operation(
            .post, "/api/v1/distribution", access: Self.waitReaders, group: .questions, summary: Self.summary,
            detail: Text(
                id: "Seperti GET, dengan isi seperti /api/v1/query: satu metrik, paling banyak satu dimensi, filters, "
                    + "range, timezone, limit.",
                en: "As by GET, with a body as of /api/v1/query: one metric, at most one dimension, filters, range, "
                    + "timezone, limit."),
            body: Accepted(
                type: "application/json", schema: .reference("Query"), example: ServiceExamples.distributionQuestion),
            answers: Self.answers
        ) { [analyst] request, _ in
            let query = try Query.parse(try await request.bytes(upTo: Limits.apiBodyBytesMax))
            let plain = Query(
                metrics: query.metrics, dimensions: query.dimensions, filters: query.filters, range: query.range,
                timezone: query.timezone, limit: query.limit)
            guard query == plain, let metric = query.metrics.first, query.metrics.count == 1,
                query.dimensions.count <= 1
            else {
                throw Failure(
                    .unprocessable,
                    id:
                        "Sebut satu metrik dan paling banyak satu dimensi; grain, compare, dan order tidak dipakai "
                        + "di sini.",
                    en: "Name one metric and at most one dimension; grain, compare and order have no meaning here.")
            }
            let found = try await analyst.distribution(
                of: metric, by: query.dimensions.first, filters: query.filters, range: query.range,
                timezone: query.timezone, limit: min(max(query.limit ?? 50, 1), 1000))
            return .json(found.json)
        }
    }
}

extension Distribution {
    package var json: JSONWriter {
        var writer = JSONWriter(reservingBytes: 1024 + 1024 * (lines.count + 1))
        writer.object { writer in
            writer.member("metric", family)
            writer.member("range", from..<to)
            writer.member("by", dimension?.rawValue)
            if dimension != nil {
                writer.member("lines", array: { for line in lines { $0.object { line.write(to: &$0) } } })
            }
            writer.member("total", object: { total.write(to: &$0) })
        }
        return writer
    }
}

extension Distribution.Line {
    func write(to writer: inout JSONWriter) {
        writer.member("key", key)
        writer.member("count", count)
        writer.member("median_seconds", median)
        writer.member("p90_seconds", p90)
        writer.member("p99_seconds", p99)
        writer.member(
            "bins",
            array: {
                for bin in bins {
                    $0.object {
                        $0.member("from_seconds", bin.fromSeconds)
                        $0.member("to_seconds", bin.toSeconds)
                        $0.member("count", bin.count)
                    }
                }
            })
    }
}
