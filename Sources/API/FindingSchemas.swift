import Insights

/// The named schemas of findings and explanations.
enum FindingSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Findings", .object([.required("findings", .array(.reference("Finding")))])),
        ("Finding", finding), ("FindingCause", cause), ("FindingMute", mute), ("FindingComment", comment),
        ("Why", why), ("WhyAnswer", whyAnswer), ("WhyReason", reason),
        ("TrialRule", trialRule), ("RuleTrial", ruleTrial),
    ]

    private static let time: Schema = .formatted("date-time")
    private static let someTime: Schema = .nullable(time)
    private static let someNumber: Schema = .nullable(.number)
    private static let text: Schema = .reference("Text")
    private static let someQuery: Schema = .nullable(.anyObject)

    private static let finding: Schema = .object([
        .required("id", .string), .required("kind", .word(FindingKind.allCases.map(\.rawValue))),
        .required("metric", .string), .required("segment", .anyObject),
        .required("severity", .word(Severity.allCases.map(\.word))), .required("since", time),
        .required("until", someTime), .required("state", .word(FindingState.allCases.map(\.rawValue))),
        .required("title", text), .required("causes", .array(.reference("FindingCause"))),
        .required(
            "impact",
            .object([
                .required("messages", someNumber), .required("people", someNumber), .required("money", someNumber),
                .required("currency", .nullable(.string)), .required("text", .nullable(text)),
                .required("query", someQuery),
            ])),
        .required("action", text),
        .required(
            "evidence",
            .object([
                .required("value", someNumber), .required("expected", someNumber), .required("lower", someNumber),
                .required("upper", someNumber), .required("sample", .integer), .required("surprise", someNumber),
                .required("points", .array(.anyObject)), .required("query", someQuery),
            ])),
        .required("opened_at", time), .required("updated_at", time), .required("seen_at", time),
        .required("acknowledged_by", .nullable(.string)), .required("muted_until", someTime),
        .required("comments", .integer), .required("notes", .array(.anyObject)),
    ])

    private static let cause: Schema = .object([
        .required("kind", .word(Cause.Kind.allCases.map(\.rawValue))), .required("text", text),
        .required("segment", .anyObject), .required("share", someNumber),
        .required("error_code", .nullable(.integer)), .required("at", someTime), .required("query", someQuery),
    ])

    private static let mute: Schema = .object([.required("until", time)])
    private static let comment: Schema = .object([.required("text", .string)])

    private static let why: Schema = .object([
        .required("metric", .string), .optional("segment", .anyObject), .optional("filters", .array(.anyObject)),
        .optional("at", .string), .optional("range", .anyObject), .optional("compare", .string),
        .optional("timezone", .string),
    ])

    private static let range: Schema = .object([.required("from", time), .required("to", time)])

    private static let whyAnswer: Schema = .object([
        .required("metric", .string), .required("range", range), .required("compared_with", range),
        .required("value", someNumber), .required("value_before", someNumber), .required("unit", .string),
        .required("currency", .nullable(.string)), .required("rate_effect", someNumber),
        .required("mix_effect", someNumber), .required("causes", .array(.reference("WhyReason"))),
        .required("alternatives", .array(.reference("WhyReason"))),
        .required(
            "error_codes",
            .array(
                .object([
                    .required("code", .integer), .required("count", .number), .required("expected", .number),
                    .required("title", text), .required("remedy", text),
                ]))),
        .required("marks", .array(.reference("FindingCause"))), .required("leaves", .integer),
        .required("notes", .array(text)), .required("query", .anyObject),
    ])

    private static let reason: Schema = .object([
        .required("elements", .array(.anyObject)), .required("share", .number), .required("deviation", .number),
        .required("real", .number), .required("expected", .number), .required("rate", someNumber),
        .required("rate_before", someNumber), .required("outside_rate", someNumber),
        .required("outside_rate_before", someNumber), .required("text", text), .required("query", .anyObject),
    ])

    private static let trialRule: Schema = .object([
        .required("metric", .string), .optional("filters", .array(.anyObject)), .optional("grain", .string),
        .optional("above", .number), .optional("below", .number), .optional("buckets", .integer),
        .optional("minimum_sample", .integer), .optional("days", .integer),
    ])

    private static let ruleTrial: Schema = .object([
        .required("days", .integer), .required("alarms_per_week", .number), .required("judged", .integer),
        .required("passed_over", .integer),
        .required(
            "alarms",
            .array(
                .object([
                    .required("from", .string), .required("to", .string), .required("worst", .number),
                    .required("sample", .nullable(.integer)), .required("buckets", .integer),
                ]))),
    ])
}
