import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Insights
import Web

/// How far the business is from Meta's messaging limit.
extension Surfaces {
    var messagingLimit: Operation {
        Operation(
            .get, "/api/v1/messaging-limit", access: Self.aheadReaders, group: .ahead,
            summary: Text(id: "Kapan batas pengiriman tercapai", en: "When the messaging limit is reached"),
            detail: Text(
                id:
                    "Penerima templat dalam 24 jam terakhir terhadap batas yang diberitahukan Meta, dan kapan batas "
                    + "itu tercapai pada laju satu jam terakhir, dengan selang 80 %.",
                en: "Recipients of templates in the last 24 hours against the limit that Meta told, and when it is "
                    + "reached at the pace of the last hour, with an 80% interval."),
            parameters: [
                .query(
                    "planned", .integer,
                    Text(
                        id: "Orang yang masih akan dikirimi; bawaan selama lajunya.",
                        en: "People still to be written to; by default as many as the pace makes.")),
                .query(
                    "limit", .string,
                    Text(
                        id: "Pengganti batas dari Meta, misalnya TIER_10K.",
                        en: "In place of the limit from Meta, such as TIER_10K.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Keadaannya", en: "The standing"), .reference("MessagingLimit"),
                    example: AheadExamples.limit),
                .problem(400, Text(id: "Parameter tidak terbaca", en: "A parameter cannot be read")),
            ]
        ) { [analyst] request, _ in
            let query = request.urlQuery
            let planned = try query.word("planned").map { try Self.whole($0, "planned") }
            let limit = try query.word("limit").map { word in
                guard let limit = MessagingLimit(word) else {
                    throw Failure(
                        .malformed, id: "limit ditulis seperti TIER_10K atau 10000.",
                        en: "limit is written as TIER_10K or 10000.")
                }
                return limit
            }
            return .json(try await analyst.limitStanding(planned: planned, limit: limit).json())
        }
    }
}
