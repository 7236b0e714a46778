import Analytics
import Domain
import Storage

/// Schemas of a template's life.
enum TemplateSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("TemplateLife", templateLife), ("TemplateMark", templateMark), ("MarkEffect", markEffect),
    ]

    private static let templateLife: Schema = .object([
        .required("template", .string),
        .required(
            "states",
            .array(
                .object([
                    .required("language", .nullable(.string)), .required("status", .nullable(.string)),
                    .required("quality", .nullable(.string)), .required("category", .nullable(.string)),
                ])),
            Text(id: "Kata terakhir Meta per bahasa.", en: "Meta's last word, by language.")),
        .required(
            "marks", .array(.reference("TemplateMark")),
            Text(
                id: "Seperti TimelineMark, dengan kind dan effect; yang terlama lebih dulu.",
                en: "As TimelineMark, with kind and effect; oldest first.")),
    ])

    private static let templateMark: Schema = .object([
        .required("at", .formatted("date-time")), .required("field", .string), .required("account", .nullable(.string)),
        .required("subject", .anyObject), .required("event", .string), .required("previous", .nullable(.string)),
        .required("details", .anyObject),
        .required("kind", .word(TimelineMark.Kind.allCases.map(\.rawValue))),
        .required("effect", .nullable(.reference("MarkEffect"))),
    ])

    private static let markEffect: Schema = .object([
        .required("before", effectWindow), .required("after", effectWindow),
        .required(
            "after_is_over", .boolean,
            Text(
                id: "false: 7 hari sesudahnya belum lewat.", en: "false: the 7 days after are not over.")),
        .required("maturity", .nullable(.number)),
        .required(
            "other_marks", .integer,
            Text(
                id: "Perubahan lain pada templat yang sama di kedua jendela.",
                en: "Other changes of the same template in either window.")),
        .required(
            "metrics",
            .array(
                .object([
                    .required("metric", .word(MarkEffect.metrics)), .required("before", effectSide),
                    .required("after", effectSide),
                    .required(
                        "difference_interval", .nullable(.array(.number)),
                        Text(
                            id: "Sesudah dikurangi sebelum, selang 95 %; hanya untuk tingkat.",
                            en: "After less before, 95 % interval; of rates only.")),
                    .required("small_sample", .boolean),
                ]))),
    ])

    private static let effectWindow: Schema = .object([
        .required(
            "range",
            .object([.required("from", .formatted("date-time")), .required("to", .formatted("date-time"))])),
        .required("messages", .integer),
    ])

    private static let effectSide: Schema = .object([
        .required("value", .nullable(.number)), .required("sample", .nullable(.integer)),
        .required("interval", .nullable(.array(.number))), .optional("currency", .string),
    ])
}
