import Analytics
import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// The conversations behind `response_outliers`.
extension Surfaces {
    /// Outliers can also be told apart by who answered.
    private static let outlierDimensions = [Dimension.responder] + URLConditions.ofWaits

    var outliers: Operation {
        Operation(
            .get, "/api/v1/waits/outliers", access: Self.waitReaders, group: .service,
            summary: Text(id: "Jawaban luar biasa lama", en: "Unusually slow answers"),
            detail: Text(
                id: "Percakapan di balik metrik response_outliers, yang terlama lebih dulu, masing-masing dengan "
                    + "batasnya. total sama dengan metrik itu untuk rentang dan filter yang sama.",
                en: "The conversations behind the metric response_outliers, the longest first, each with its "
                    + "threshold. total equals that metric for the same range and filters."),
            parameters: URLRange.parameters() + [
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 100.", en: "1 to 1000; 100 by default."))
            ] + URLConditions.parameters(Self.outlierDimensions),
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("Outliers"),
                    example: ServiceExamples.outliers),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
                .problem(422, Text(id: "Rentang kosong", en: "Empty range")),
            ]
        ) { [analyst, now, workspace] request, _ in
            let query = request.urlQuery
            let filters = try URLConditions.read(
                query, Self.outlierDimensions, others: URLRange.names + ["limit"])
            let limit = try query.count("limit", standard: 100, max: 1000)
            let asked = Query(
                metrics: ["response_outliers"], filters: filters, range: try query.range(now: now(), in: workspace))
            let answer = try await analyst.ask(asked)
            let range = answer.meta.from..<answer.meta.to
            let found = try await analyst.outliers(range, filters: filters, limit: limit)
            var writer = JSONWriter(reservingBytes: 1024 + 320 * found.count)
            writer.object {
                $0.member("range", range)
                $0.member("total", Int64(answer.totals.first?.number ?? 0))
                $0.member("waits", array: { for outlier in found { $0.object { outlier.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }
}

extension Outlier {
    func write(to writer: inout JSONWriter) {
        writer.member("conversation", wait.conversation)
        writer.member("started_at", RFC3339.format(wait.startedAt))
        writer.member("response_seconds", Double(wait.responseMicroseconds) / 1_000_000)
        writer.member("threshold_seconds", fenceSeconds)
        writer.member("messages", wait.messages)
        writer.member("dimensions", wait.dimensions)
    }
}
