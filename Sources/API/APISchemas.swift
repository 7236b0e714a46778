import Catalogue
import Domain

/// The named schemas of the documentation. Words that come from code are taken from it.
enum APISchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Problem", problem), ("Text", text), ("Send", send), ("SendReceipt", sendReceipt), ("Query", query),
        ("Filter", filter), ("Range", range), ("Answer", answer), ("Metric", metric), ("Dimension", dimension),
        ("MessageStory", story), ("MetaError", metaError), ("TimelineMark", mark), ("Status", status),
    ]

    private static let problem: Schema = .object([
        .required(
            "type", .string, Text(id: "Jenis masalah; dijelaskan di /docs.", en: "Kind of problem; explained at /docs.")
        ),
        .required("title", .string),
        .required("status", .integer),
        .required("detail", .string, Text(id: "Apa yang harus dilakukan.", en: "What to do about it.")),
    ])

    private static let text: Schema = .object([.required("id", .string), .required("en", .string)])

    private static let send: Schema = .object([
        .optional(
            "message_id", .string,
            Text(
                id: "Wajib, kecuali untuk pengiriman yang ditolak Meta.",
                en: "Required, except for a send that Meta rejected.")),
        .optional(
            "id", .string,
            Text(
                id: "ID milik pengirim; kunci idempotensi bila ada.",
                en: "The caller's own id; the idempotency key when given.")),
        .optional("phone_number_id", .string),
        .optional(
            "to", .nullable(.string),
            Text(id: "Nomor penerima, hanya angka.", en: "The recipient's number, digits only.")),
        .optional("user_id", .nullable(.string)),
        .optional("sent_at", .formatted("date-time")),
        .optional("type", .string, Text(id: "template, text, image, …", en: "template, text, image, …")),
        .optional(
            "template",
            .object([.required("name", .string), .optional("language", .string), .optional("category", .string)])),
        .optional("use_case", .string),
        .optional("campaign", .string),
        .optional(
            "sender",
            .object([
                .optional("kind", .word(SenderKind.allCases.map(\.rawValue))), .optional("id", .string),
                .optional("team", .string),
            ])),
        .optional("tags", .anyObject),
        .optional(
            "status", .word(["rejected"]), Text(id: "Bila Meta menolak pengiriman.", en: "When Meta rejected the send.")
        ),
        .optional("error", .object([.required("code", .integer)])),
    ])

    private static let sendReceipt: Schema = .object([
        .required("accepted", .integer),
        .required("rejected_count", .integer),
        .required(
            "rejected", .array(.object([.required("index", .integer), .required("detail", .string)])),
            Text(id: "Paling banyak 100 yang pertama.", en: "The first 100 at most.")),
    ])

    private static let filter: Schema = .object([
        .required("dimension", .word(dimensionIDs)),
        .required("op", .word(Filter.Op.allCases.map(\.rawValue))),
        .optional("values", .array(.string)),
    ])

    private static let range: Schema = .oneOf([
        .object([
            .required("from", .oneOf([.formatted("date"), .formatted("date-time")])),
            .required(
                "to", .oneOf([.formatted("date"), .formatted("date-time")]),
                Text(id: "Tidak termasuk.", en: "Excluded.")),
        ]),
        .object([.required("preset", .word(QueryRange.Preset.allCases.map(\.rawValue)))]),
    ])

    private static let query: Schema = .object([
        .required("metrics", .array(.word(Catalogue.metrics.map(\.id)))),
        .optional("dimensions", .array(.word(dimensionIDs))),
        .optional("filters", .array(.reference("Filter"))),
        .optional("range", .reference("Range")),
        .optional("grain", .word(Grain.allCases.map(\.rawValue))),
        .optional(
            "timezone", .string,
            Text(id: "Nama IANA; bawaan zona laporan.", en: "IANA name; the reporting zone by default.")),
        .optional("compare", .word(Query.Comparison.allCases.map(\.rawValue))),
        .optional("limit", .integer),
        .optional("order", .array(.object([.required("by", .string), .optional("desc", .boolean)]))),
    ])

    private static let dimensionIDs = Dimension.allCases.map(\.rawValue)

    private static let answer: Schema = .object([
        .required(
            "columns",
            .array(
                .object([
                    .required("name", .string), .required("kind", .word(["time", "dimension", "metric"])),
                    .optional("unit", .word(Metric.Unit.allCases.map(\.rawValue))),
                ]))),
        .required("rows", .array(.array(.anything))),
        .optional(
            "comparison", .object([.required("range", .anyObject), .required("rows", .array(.array(.anything)))])),
        .required("meta", .anyObject),
    ])

    private static let metric: Schema = .object([
        .required("id", .string), .required("name", .reference("Text")), .required("definition", .reference("Text")),
        .required("formula", .string), .required("unit", .word(Metric.Unit.allCases.map(\.rawValue))),
        .required("direction", .word(Metric.Direction.allCases.map(\.rawValue))),
        .required("fact", .word(Fact.allCases.map(\.rawValue))),
        .required("maturity", .word(Metric.Maturity.allCases.map(\.rawValue))),
        .required("definition_version", .integer), .required("minimum_sample", .integer),
        .required("dimensions", .array(.string)),
    ])

    private static let dimension: Schema = .object([
        .required("id", .string), .required("name", .reference("Text")), .required("definition", .reference("Text")),
        .required("temporal", .boolean),
    ])

    private static let metaError: Schema = .object([
        .required("code", .integer), .required("class", .word(ErrorClass.allCases.map(\.rawValue))),
        .required("title", .reference("Text")), .required("cause", .reference("Text")),
        .required("remedy", .reference("Text")), .required("owner", .word(Owner.allCases.map(\.rawValue))),
    ])

    private static let story: Schema = .object([
        .required("id", .string), .required("at", .formatted("date-time")),
        .required("measures", .array(.word(MessageMeasure.allCases.map(\.column)))),
        .required("dimensions", .anyObject),
        .required(
            "steps",
            .array(
                .object([
                    .required("name", .string), .required("at", .formatted("date-time")),
                    .optional("error", .reference("MetaError")),
                ]))),
        .required("pricing", .nullable(.anyObject)), .required("tags", .anyObject),
    ])

    private static let mark: Schema = .object([
        .required("at", .formatted("date-time")), .required("field", .string), .required("account", .nullable(.string)),
        .required("subject", .anyObject), .required("event", .string), .required("previous", .nullable(.string)),
        .required("details", .anyObject),
    ])

    private static let status: Schema = .object([
        .required(
            "inbox",
            .object([
                .required("received", .integer), .required("projected", .integer), .required("undecodable", .integer),
                .required("lag_seconds", .number),
            ])),
        .required("freshness", .nullable(.formatted("date-time"))),
        .required("version", .string),
    ])
}
