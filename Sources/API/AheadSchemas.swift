import Analytics
import Catalogue
import Domain
import Insights

/// What looks ahead and compares.
enum AheadSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Forecast", forecast), ("ForecastPoint", point), ("Staffing", staffing),
        ("WordQuestion", .object([.required("question", .string)])), ("WordAnswer", wordAnswer),
        ("MessagingLimit", messagingLimit),
        ("CompareQuestion", compareQuestion), ("Comparison", comparison),
    ]

    private static let bounds: [Schema.Property] = ["mean", "lo80", "hi80", "lo95", "hi95"].map {
        .required($0, .number)
    }

    private static let point: Schema = .object([.optional("time", .formatted("date-time"))] + bounds)

    private static let forecast: Schema = .object([
        .required("metric", .string), .required("as_of", .formatted("date-time")), .required("timezone", .string),
        .required(
            "history_days", .integer,
            Text(id: "Lama riwayat yang dipelajari.", en: "How much history it was learnt from.")),
        .required("hours", .array(.reference("ForecastPoint"))),
        .required("days", .array(.object([.required("date", .formatted("date"))] + bounds))),
        .required(
            "effects",
            .array(
                .object([
                    .required("kind", .string), .required("factor", .number), .required("occasions", .integer),
                ])),
            Text(id: "Pengali hari-hari khusus.", en: "What special days multiply by.")),
        .required(
            "trial",
            .nullable(
                .object(
                    ["error", "naive_error", "day_error", "naive_day_error", "inside80", "inside95"].map {
                        .required($0, .number)
                    })),
            Text(
                id: "Tujuh hari terakhir, diperkirakan dari yang diketahui sebelumnya.",
                en: "The last seven days, forecast from what was known before them.")),
        .required("notes", .array(.reference("Text"))),
    ])

    private static let staffing: Schema = .object([
        .required("timezone", .string), .required("assumptions", assumptions),
        .required("customers_expected", .number), .required("customers_while_closed", .number),
        .required("agent_hours", .nullable(.number)), .required("peak_rostered", .nullable(.integer)),
        .required(
            "quarter_hours",
            .array(
                .object(
                    [.required("time", .formatted("date-time"))]
                        + StaffingOutlook.columns.dropFirst().map { .required($0, .number) })),
            Text(
                id: "Hanya yang buka. agents melayani bersamaan; rostered dijadwalkan.",
                en: "Open ones only. agents serve at once; rostered are on the roster.")),
        .required(
            "shifts",
            .array(
                .object([
                    .required("date", .formatted("date")), .required("shift", .string),
                    .required("from", .formatted("date-time")), .required("to", .formatted("date-time")),
                    .required("agents", .integer),
                ]))),
        .required("uncovered", .array(.formatted("date-time"))),
        .required(
            "what_if",
            .array(
                .object([
                    .required("agents", .integer), .required("service_level", .number),
                    .required("abandonment", .number), .required("occupancy", .number),
                    .required("mean_wait_seconds", .nullable(.number)), .required("quarter_hours_met", .number),
                ]))),
        .required("notes", .array(.reference("Text"))),
    ])

    private static let assumptions: Schema = .object([
        .required("target_seconds", .number), .required("target_share", .number),
        .required("target_is_own", .boolean), .required("handling_seconds", .number), .required("chats", .integer),
        .required("slowdown", .number), .required("shrinkage", .number),
        .required("patience_seconds", .nullable(.number)), .required("has_calendar", .boolean),
    ])

    private static let compareQuestion: Schema = .object([
        .optional(
            "by", .word(CompareQuestion.dimensions.map(\.rawValue)),
            Text(id: "Bawaan template.", en: "template by default.")),
        .optional("values", .array(.string), Text(id: "Yang dibandingkan.", en: "What is compared.")),
        .optional("templates", .array(.string), Text(id: "Sama dengan values.", en: "The same as values.")),
        .optional(
            "measure", .word(VariantComparison.Measure.allCases.map(\.rawValue)),
            Text(id: "Bawaan reply.", en: "reply by default.")),
        .optional("least_difference", .number, Text(id: "Bawaan 0.01.", en: "0.01 by default.")),
        .optional("shares", .array(.number)), .optional("filters", .array(.reference("Filter"))),
        .optional("range", .reference("Range")),
    ])

    private static let comparison: Schema = .object([
        .required("measure", .word(VariantComparison.Measure.allCases.map(\.rawValue))),
        .required(
            "verdict",
            .word([
                "sample_ratio_mismatch", "not_enough", "keep_going", "different", "no_practical_difference",
                "guard_rail",
            ])),
        .required("better", .nullable(.string)), .required("sentence", .reference("Text")),
        .required(
            "arms",
            .array(
                .object([
                    .required("name", .string), .required("messages", .integer), .required("events", .integer),
                    .required("rate", .nullable(.number)), .required("opt_outs", .integer),
                    .required("cost_per_event", .nullable(.number)),
                ]))),
        .required(
            "pairs",
            .array(
                .object([
                    .required("first", .string), .required("second", .string), .required("difference", .number),
                    .required("lower", .number), .required("upper", .number), .required("p_value", .number),
                    .required("adjusted_p_value", .number), .required("enough", .boolean),
                ])),
            Text(
                id: "Selisih kedua dikurangi pertama; selangnya berlaku pada setiap saat sekaligus.",
                en: "Second minus first; the interval holds at every moment at once.")),
        .required("notes", .array(.reference("Text"))),
    ])

    private static let wordAnswer: Schema = .object([
        .required("question", .string),
        .required("complete", .boolean, Text(id: "Setiap kata dipahami.", en: "Every word was understood.")),
        .required(
            "understood",
            .array(.object([.required("words", .string), .required("meaning", .reference("Text"))]))),
        .required(
            "gaps",
            .array(
                .object([
                    .required("words", .string), .required("reason", .reference("Text")),
                    .required("suggestions", .array(.string)),
                ]))),
        .required("query", .nullable(.reference("Query"))), .required("command", .nullable(.string)),
        .required(
            "alternatives",
            .array(
                .object([.required("meaning", .reference("Text")), .required("query", .reference("Query"))]))),
        .required("answer", .nullable(.reference("Answer"))), .required("problem", .nullable(.string)),
    ])

    private static let messagingLimit: Schema = .object([
        .required("limit", .nullable(.integer)), .required("unlimited", .boolean),
        .required("told_at", .nullable(.formatted("date-time"))), .required("used", .integer),
        .required("per_hour", .nullable(.number)),
        .required("outcome", .nullable(.word(["unlimited", "reached", "reaches", "stays"]))),
        .required(
            "at", .nullable(.formatted("date-time")),
            Text(
                id: "Saat tercapai; bila sudah tercapai, saat ada ruang lagi.",
                en: "When it is reached; when it is already, when there is room again.")),
        .required("earliest", .nullable(.formatted("date-time"))),
        .required("latest", .nullable(.formatted("date-time"))), .required("left_over", .nullable(.integer)),
        .required("sentence", .reference("Text")),
    ])
}
