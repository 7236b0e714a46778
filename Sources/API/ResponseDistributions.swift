import Analytics
import Catalogue
import Domain
import Hummingbird
import Web

/// How answers are spread over the time that they took.
extension Surfaces {
    private static let distributionDimensions = [Dimension.responder] + URLConditions.ofWaits

    var responseDistribution: Operation {
        Operation(
            .get, "/api/v1/waits/distribution", access: Self.waitReaders, group: .service,
            summary: Text(id: "Sebaran waktu jawab", en: "The distribution of response times"),
            detail: Text(
                id: "Banyaknya penantian terjawab menurut lamanya, untuk tiap penjawab. Batasnya kira-kira berjarak "
                    + "sama pada skala logaritma; jumlah semuanya sama dengan waits_answered.",
                en: "Answered waits by how long they took, for each kind of responder. Bounds are about evenly spaced "
                    + "in logarithms; all together they are waits_answered."),
            parameters: URLRange.parameters() + URLConditions.parameters(Self.distributionDimensions),
            answers: [
                .json(
                    200, Text(id: "Sebarannya", en: "The distribution"), .reference("ResponseDistribution"),
                    example: ServiceExamples.responseDistribution),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
                .problem(422, Text(id: "Rentang kosong", en: "Empty range")),
            ]
        ) { [analyst, now, workspace] request, _ in
            let query = request.urlQuery
            let filters = try URLConditions.read(query, Self.distributionDimensions, others: URLRange.names)
            let found = try await analyst.responseDistribution(
                filters: filters, range: try query.range(now: now(), in: workspace))
            var writer = JSONWriter(reservingBytes: 2048)
            writer.object { found.write(to: &$0) }
            return .json(writer)
        }
    }
}

extension ResponseDistribution {
    func write(to writer: inout JSONWriter) {
        writer.member("waits_answered", total)
        writer.member("bands", array: { for band in bands { $0.object { band.write(to: &$0) } } })
    }
}

extension ResponseDistribution.Band {
    func write(to writer: inout JSONWriter) {
        writer.member("from_seconds", fromSeconds)
        writer.member("to_seconds", toSeconds)
        for responder in [Responder.bot, .human, .unknown] {
            writer.member(responder.rawValue, answers[responder] ?? 0)
        }
    }
}
