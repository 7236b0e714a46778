import Connectors
import Domain

/// The named schemas of what costs and outcomes are counted by.
enum MoneySettingSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("CostSettings", costSettings), ("OutcomeSettings", outcomeSettings), ("RateCards", rateCards),
        ("SettingsStored", stored),
    ]

    private static let decimal: Schema = .anyOf([.string, .number])

    private static let stored: Schema = .object([
        .optional("lines", .integer, Text(id: "Baris kartu tarif.", en: "Lines of the rate card.")),
        .required(
            "delivery", .integer,
            Text(
                id: "Urutan di kotak masuk; berlaku setelah projected pada /api/v1/status mencapainya.",
                en: "Its place in the inbox; in force once projected in /api/v1/status has reached it.")),
    ])

    private static let costSettings: Schema = .object([
        .optional(
            "accounts",
            .array(
                .object([
                    .required("account", .string, Text(id: "ID WABA.", en: "Id of the WABA.")),
                    .optional("timezone", .string), .optional("currency", .string), .optional("portfolio", .string),
                ]))),
        .optional(
            "exchange_rates",
            .array(
                .object([
                    .required("from", .string), .required("to", .string),
                    .required("effective_from", .formatted("date")), .required("rate", decimal),
                ]))),
        .optional(
            "cost_assumptions",
            .object([
                .optional("entry_point_uses_quota", .boolean), .optional("declared_category_prices", .boolean),
                .optional("marketing_lite_as_marketing", .boolean), .optional("currency", .nullable(.string)),
            ])),
        .optional(
            "budgets",
            .array(
                .object([
                    .optional("category", .string), .optional("campaign", .string), .required("amount", decimal),
                    .required("currency", .string),
                ])), Text(id: "Per bulan.", en: "For each month.")),
        .optional(
            "assumptions_in_words",
            .array(
                .object([
                    .required("id", .string), .required("on", .boolean), .required("sentence", .reference("Text")),
                ])), Text(id: "Hanya pada jawaban.", en: "In answers only.")),
        .optional(
            "recounted", .number,
            Text(
                id: "Hanya pada jawaban: bagian pesan yang sudah dihitung ulang.",
                en: "In answers only: share of messages that are recounted.")),
    ])

    private static let outcomeSettings: Schema = .object([
        .optional(
            "outcome_rules",
            .array(
                .object([
                    .required(
                        "when",
                        .object([
                            .optional(
                                "flow", .string,
                                Text(id: "Awal flow_token; kosong: semua.", en: "Start of flow_token; empty: any.")),
                            .optional(
                                "button", .string,
                                Text(id: "Awal payload tombol.", en: "Start of a button's payload.")),
                            .optional("order", .boolean), .optional("automatic", .string),
                        ]), Text(id: "Tepat satu.", en: "Exactly one.")),
                    .required("kind", .string), .optional("value", decimal), .optional("currency", .string),
                ]))),
        .optional(
            "attribution",
            .object([
                .optional("lookback", .string, Text(id: "Seperti 7d.", en: "Such as 7d.")),
                .optional("by_kind", .map(.string)),
            ])),
        .optional(
            "recounted", .number,
            Text(
                id: "Hanya dalam jawaban: bagian hasil yang sudah dihitung ulang.",
                en: "In answers only: share of outcomes that are recounted.")),
    ])

    private static let rateCards: Schema = .object([
        .required("date", .formatted("date")),
        .required(
            "lines",
            .array(
                .object([
                    .required("currency", .string), .required("market", .string),
                    .required("category", .word(RateCardFile.categories)),
                    .required("effective_from", .formatted("date")),
                    .required("source", .word(["shipped", "imported"])),
                    .required(
                        "tiers",
                        .array(
                            .object([
                                .required("from", .integer), .required("to", .nullable(.integer)),
                                .required("rate", .nullable(.number)),
                            ]))),
                ]))),
        .required("shipped_source", .reference("Text")),
        .required(
            "changes",
            .array(
                .object([
                    .required("effective_from", .formatted("date")), .required("what", .reference("Text")),
                    .required("source", .string),
                ]))),
        .required("recounted", .number),
    ])
}
