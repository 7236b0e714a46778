import Analytics
import Domain

/// What looks ahead and compares.
enum AheadSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Forecast", forecast), ("ForecastPoint", point), ("Staffing", staffing),
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
}
