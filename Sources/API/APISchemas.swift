import Catalogue
import Domain

/// The named schemas of the documentation. Words that come from code are taken from it.
enum APISchemas {
    static let all: [(name: String, schema: Schema)] =
        [
            ("Problem", problem), ("Text", text), ("Send", send), ("RecordReceipt", recordReceipt), ("Query", query),
            ("Filter", filter), ("Range", range), ("Order", order), ("Answer", answer), ("Row", row),
            ("Provenance", provenance),
            ("Metric", metric), ("Dimension", dimension), ("MessageStory", story), ("MetaError", metaError),
            ("TimelineMark", mark), ("Status", status),
        ] + TemplateSchemas.all + ServiceSchemas.all + OutcomeSchemas.all + MoneySchemas.all + HealthSchemas.all
        + FindingSchemas.all + AlertSchemas.all + AheadSchemas.all

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
        .optional("parent_user_id", .string),
        .optional("group_id", .string),
        .optional(
            "sent_at", .anyOf([.formatted("date-time"), .number]),
            Text(
                id: "Waktu RFC 3339, atau detik maupun milidetik Unix.",
                en: "An RFC 3339 time, or Unix seconds or milliseconds.")),
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
        .optional("message_send_ttl_seconds", .integer),
        .optional("biz_opaque_callback_data", .string),
        .optional("tags", .anyObject),
        .optional(
            "status", .word(["rejected", "held_out"]),
            Text(
                id: "rejected: Meta menolak pengiriman; held_out: sengaja tidak dikirim, kelompok pembanding.",
                en: "rejected: Meta rejected the send; held_out: not sent on purpose, a control group.")
        ),
        .optional("error", .object([.required("code", .integer)])),
    ])

    private static let recordReceipt: Schema = .object([
        .required("accepted", .integer),
        .required("rejected_count", .integer),
        .required(
            "rejected",
            .array(
                .object([
                    .required(
                        "index", .integer,
                        Text(
                            id: "Urutan catatan dalam isi, mulai dari 1; 0 berarti isi secara keseluruhan.",
                            en: "Position of the record in the body, from 1; 0 is the body as a whole.")),
                    .required("detail", .string),
                ])),
            Text(id: "Paling banyak 100 yang pertama.", en: "The first 100 at most.")),
    ])

    private static let filter: Schema = .object([
        .required("dimension", .word(dimensionIDs)),
        .optional(
            "op", .word(Filter.Op.allCases.map(\.rawValue)),
            Text(id: "Bila tidak disebut: in.", en: "When absent: in.")),
        .optional(
            "values", .array(.anyOf([.string, .integer])),
            Text(
                id: "Wajib untuk in dan not_in; selain itu tidak dipakai.",
                en: "For in and not_in only, and then required.")),
    ])

    private static let range: Schema = .anyOf([
        .object([
            .required("from", .anyOf([.formatted("date"), .formatted("date-time")])),
            .required(
                "to", .anyOf([.formatted("date"), .formatted("date-time")]),
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
        .optional("order", .array(.reference("Order"))),
    ])

    private static let dimensionIDs = Dimension.allCases.map(\.rawValue)

    private static let order: Schema = .object([
        .required("by", .string, Text(id: "time, dimensi, atau metrik.", en: "time, a dimension or a metric.")),
        .optional("desc", .boolean),
    ])

    private static let column: Schema = .object([
        .required("name", .string), .required("kind", .word(["time", "dimension", "metric"])),
        .optional("unit", .word(Metric.Unit.allCases.map(\.rawValue))),
        .optional(
            "currency", .nullable(.string),
            Text(
                id: "Dari uang: mata uang seluruh kolom; null bila barisnya berbeda, lihat currencies.",
                en: "Of money: that of the whole column; null when rows differ, see currencies.")),
    ])

    private static let row: Schema = .array(.anyOf([.string, .number, .null]))

    private static let instants: Schema = .object([
        .required("from", .formatted("date-time")), .required("to", .formatted("date-time")),
    ])

    private static let answer: Schema = .object([
        .required("columns", .array(column)),
        .required("rows", .array(.reference("Row"))),
        .required(
            "totals", .reference("Row"),
            Text(
                id: "Metrik yang sama untuk semua baris, termasuk yang melewati limit; null di kolom lainnya.",
                en: "The same metrics over all rows, those beyond the limit included; null in other columns.")),
        .required(
            "intervals", .map(.array(.nullable(.array(.number)))),
            Text(
                id: "Per metrik, selang kepercayaan 95 % tiap baris [bawah, atas]: hanya untuk rasio.",
                en: "By metric, the 95% interval [lower, upper] of each row: ratios only.")),
        .required(
            "samples", .map(.array(.integer)),
            Text(
                id: "Per metrik, dasar angka tiap baris: penyebut rasio atau banyaknya durasi.",
                en: "By metric, what each row's number rests on: the denominator of a ratio, the count of durations.")),
        .optional(
            "currencies", .map(.array(.nullable(.string))),
            Text(
                id: "Per metrik uang, mata uang tiap baris, bila kolomnya tidak satu mata uang.",
                en: "By metric of money, the currency of each row, where the column is not all in one.")),
        .required(
            "maturities", .array(.nullable(.number)),
            Text(
                id: "Untuk tiap baris, bagian yang sudah diketahui dari hasil akhirnya.",
                en: "For each row, the share of its final result that is known by now.")),
        .required("row_count", .integer, Text(id: "Banyaknya baris sebelum limit.", en: "Rows before the limit.")),
        .optional(
            "comparison",
            .object([
                .required("range", instants), .required("rows", .array(.reference("Row"))),
                .required("totals", .reference("Row")),
                .optional("currencies", .map(.array(.nullable(.string)))),
            ]),
            Text(
                id: "Baris yang sama pada periode pembanding, dalam urutan yang sama.",
                en: "The same rows in the compared period, in the same order.")),
        .required("meta", .reference("Provenance")),
    ])

    private static let provenance: Schema = .object([
        .required(
            "query",
            .object([
                .required("metrics", .array(.string)), .required("dimensions", .array(.string)),
                .required("filters", .array(.reference("Filter"))), .required("range", instants),
                .required("grain", .word(Grain.allCases.map(\.rawValue))), .required("timezone", .string),
                .required("compare", .nullable(.word(Query.Comparison.allCases.map(\.rawValue)))),
                .required("limit", .nullable(.integer)), .required("order", .array(.reference("Order"))),
            ]), Text(id: "Pertanyaan sebagaimana dipahami.", en: "The query as it was understood.")),
        .required("definition_version", .integer),
        .required(
            "fresh_to", .nullable(.formatted("date-time")),
            Text(
                id: "Waktu terima kiriman terbaru yang sudah terhitung.",
                en: "Receipt time of the newest delivery that is counted.")),
        .required("as_of", .formatted("date-time"), Text(id: "Kapan dijawab.", en: "When it was answered.")),
        .required(
            "maturity", .nullable(.number),
            Text(
                id: "Bagian hasil akhir yang sudah diketahui; null bila belum dapat ditentukan.",
                en: "Share of the final result that is known by now; null when it cannot be told yet.")),
        .required(
            "completeness", .nullable(.number),
            Text(
                id: "Bagian kiriman diterima yang sudah terhitung; null bila tidak diketahui.",
                en: "Share of what was received that is counted; null when it is not known.")),
        .required(
            "plan", .word(["cells", "facts"]),
            Text(
                id: "Dihitung dari sel jam atau dari pesan satu per satu.",
                en: "From hourly cells, or from single messages.")
        ),
        .required("elapsed_ms", .number),
        .required("notes", .array(.string)),
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
        .required(
            "facts", .array(.word(Fact.allCases.map(\.rawValue))),
            Text(id: "Yang metriknya dapat dirinci menurutnya.", en: "Whose metrics can be split by it.")),
    ])

    private static let metaError: Schema = .object([
        .required("code", .integer), .required("class", .word(ErrorClass.allCases.map(\.rawValue))),
        .required("title", .reference("Text")), .required("cause", .reference("Text")),
        .required("remedy", .reference("Text")), .required("owner", .word(Owner.allCases.map(\.rawValue))),
        .required(
            "outlook", .word(MetaError.Outlook.allCases.map(\.rawValue)),
            Text(
                id: "Nasib pesan yang sama bila dikirim lagi: transient (nanti berhasil), recoverable (setelah "
                    + "diperbaiki), final (tidak).",
                en: "What becomes of the same message when it is sent again: transient (works later), recoverable "
                    + "(once the remedy is done), final (never).")),
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
        .required("pricing", .nullable(.anyObject)),
        .required(
            "charge", .nullable(.reference("Charge")),
            Text(id: "Biayanya; null bila tidak sampai.", en: "What it cost; null when it was not delivered.")),
        .required("tags", .anyObject),
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
