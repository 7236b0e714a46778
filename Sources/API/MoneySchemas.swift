import Analytics
import Catalogue
import Domain
import Ledgers
import Storage

/// The named schemas of answers about outcomes and money.
enum MoneySchemas {
    static let all: [(name: String, schema: Schema)] =
        [
            ("Money", money), ("OutcomeList", outcomeList), ("OutcomeStory", outcomeStory), ("Touch", touch),
            ("Quotas", quotas), ("LinkClicks", linkClicks), ("Funnel", funnel), ("FunnelLine", funnelLine),
            ("Lift", lift),
            ("Waste", waste), ("CategoryRaises", categoryRaises), ("BudgetStandings", budgetStandings),
            ("RecipientQuestion", recipientQuestion), ("Recipients", recipients), ("Charge", charge),
        ] + MoneySettingSchemas.all

    static let time: Schema = .formatted("date-time")
    static let range: Schema = .object([.required("from", time), .required("to", time)])

    private static let money: Schema = .object([
        .required("amount", .number, Text(id: "Desimal yang tepat.", en: "An exact decimal.")),
        .required("currency", .string, Text(id: "Kode ISO 4217.", en: "ISO 4217 code.")),
    ])
    static let someMoney: Schema = .nullable(.reference("Money"))

    // MARK: Outcomes

    private static let outcomeMembers: [Schema.Property] = [
        .required("source", .string), .required("id", .string), .required("kind", .string),
        .required("standing", .word(OutcomeRow.Standing.allCases.map(\.rawValue))), .required("at", time),
        .required(
            "value", someMoney,
            Text(id: "Setelah dikurangi yang dikembalikan.", en: "Less what went back.")),
        .required("refunded", someMoney),
        .required("matched", .boolean, Text(id: "Orangnya diketahui.", en: "Somebody is known whose it is.")),
        .required(
            "hints", .array(.string),
            Text(id: "Dicari menurut: contact, user_id, …", en: "Looked for by: contact, user_id, …")),
        .required(
            "conversation", .nullable(.string),
            Text(id: "Untuk GET /api/v1/conversations/{id}.", en: "For GET /api/v1/conversations/{id}.")),
    ]

    private static let outcomeList: Schema = .object([
        .required("range", range), .required("outcomes", .array(.object(outcomeMembers))),
        .required("more", .boolean, Text(id: "Masih ada di luar limit.", en: "There are more beyond the limit.")),
    ])

    private static let outcomeStory: Schema = .object(
        outcomeMembers + [
            .required(
                "lookback_seconds", .integer,
                Text(id: "Rentang mundur jenis ini.", en: "How far back touches count for this kind.")),
            .required("touches", .array(.reference("Touch"))),
        ])

    private static let touch: Schema = .object([
        .required("touch", .word(TouchKind.allCases.map(\.rawValue))), .required("at", time),
        .required("message", .nullable(.string)), .required("dimensions", .anyObject),
        .required(
            "shares", .object(AttributionModel.allCases.map { .required($0.rawValue, .number) }),
            Text(
                id: "Bagiannya di tiap model; semua sentuhan berjumlah 1, atau 0 bila model itu tidak memberi.",
                en: "Its share in each model; all touches add up to 1, or to 0 where the model gives none.")),
    ])

    private static let linkClicks: Schema = .object([
        .required("range", range), .required("total", .integer),
        .required(
            "clicks",
            .array(
                .object([
                    .required("phone_number", .nullable(.string)), .required("component", .nullable(.string)),
                    .required("count", .integer),
                ]))),
    ])

    // MARK: Costs

    private static let quotas: Schema = .object([
        .required(
            "quotas",
            .array(
                .object([
                    .required("kind", .word(QuotaStanding.Kind.allCases.map(\.rawValue))),
                    .required("month", .formatted("date")), .required("phone_number", .nullable(.string)),
                    .required("portfolio", .nullable(.string)), .required("market", .nullable(.string)),
                    .required("category", .nullable(.string)), .required("used", .integer),
                    .required("next", .nullable(.integer)), .required("left", .nullable(.integer)),
                ])))
    ])

    private static let funnel: Schema = .object([
        .required("by", .nullable(.string)), .optional("lines", .array(.reference("FunnelLine"))),
        .required("total", .reference("FunnelLine")), .required("notes", .array(.string)),
    ])

    private static let funnelLine: Schema = .object([
        .required("key", .nullable(.string)),
        .required(
            "steps",
            .array(
                .object([
                    .required("step", .word(Funnel.Step.allCases.map(\.rawValue))),
                    .required("name", .reference("Text")), .required("messages", .integer),
                    .required("of_before", .nullable(.number)), .required("of_sent", .nullable(.number)),
                    .required(
                        "cost_each", .nullable(.number),
                        Text(id: "Dalam mata uang cost.", en: "In the currency of cost.")),
                ]))),
        .required(
            "outcomes", .nullable(.number),
            Text(id: "Jumlah bagian hasil; bisa pecahan.", en: "Sum of shares of outcomes; may be a fraction.")),
        .required("cost", someMoney), .required("value", someMoney),
        .required("return_on_spend", .nullable(.number)), .required("messages_without_price", .integer),
        .required("maturity", .nullable(.number)),
    ])

    private static let side: Schema = .object([
        .required("persons", .integer), .required("converted", .integer), .required("rate", .nullable(.number)),
    ])

    private static let lift: Schema = .object([
        .required("treated", side), .required("held_out", side), .required("difference", .nullable(.number)),
        .required("difference_interval", .nullable(.array(.number))), .required("relative", .nullable(.number)),
        .required("p_value", .nullable(.number)), .required("extra_persons", .nullable(.number)),
        .required("extra_persons_interval", .nullable(.array(.number))),
        .required(
            "enough", .boolean,
            Text(id: "Kelompoknya cukup besar.", en: "The groups are large enough.")),
        .required("note", .nullable(.reference("Text"))), .required("window_seconds", .integer),
    ])

    private static let waste: Schema = .object([
        .required("range", range),
        .required(
            "reasons",
            .array(
                .object([
                    .required("reason", .word(WasteReason.allCases.map(\.rawValue))),
                    .required("name", .reference("Text")), .required("messages", .integer),
                    .required("cost", .reference("Money")), .required("recoverable", someMoney),
                    .required(
                        "recovery", .word(WasteReason.Recovery.allCases.map(\.rawValue)),
                        Text(
                            id: "all: seluruhnya; at_most: paling banyak; raise: selisih kenaikan; none: tidak dapat "
                                + "diketahui sebelum dikirim.",
                            en:
                                "all: all of it; at_most: no more than that; raise: what the raise cost; none: cannot "
                                + "be known before it is sent.")),
                    .required("action", .reference("Text")),
                ]))),
        .required(
            "totals",
            .array(
                .object([
                    .required("messages", .integer), .required("wasted", .reference("Money")),
                    .required("cost", .reference("Money")), .required("share_of_judged", .nullable(.number)),
                ])), Text(id: "Satu per mata uang.", en: "One for each currency.")),
        .required("notes", .array(.string)),
    ])

    private static let raiseSide: Schema = .object([
        .required("range", range), .required("messages", .integer), .required("charged", .integer),
        .required("messages_without_price", .integer), .required("cost", someMoney),
        .required("cost_each", .nullable(.number)), .required("raised", someMoney),
    ])

    private static let categoryRaises: Schema = .object([
        .required(
            "raises",
            .array(
                .object([
                    .required("template", .string), .required("language", .nullable(.string)), .required("at", time),
                    .required("from", .string), .required("to", .string), .required("before", raiseSide),
                    .required("after", raiseSide),
                ])))
    ])

    private static let budgetStandings: Schema = .object([
        .required(
            "budgets",
            .array(
                .object([
                    .optional("category", .string), .optional("campaign", .string),
                    .required("name", .reference("Text")), .required("month", .formatted("date")),
                    .required("budget", .reference("Money")), .required("spent", .reference("Money")),
                    .required(
                        "projected", someMoney,
                        Text(
                            id: "null selama belum ada tujuh hari untuk dipelajari.",
                            en: "null while there are not seven days to learn from.")),
                    .required("projected_low80", .nullable(.number)), .required("projected_high80", .nullable(.number)),
                    .required("chance_of_passing", .nullable(.number)), .required("used_up", .boolean),
                    .required("used_up_on", .nullable(.formatted("date"))),
                    .required("messages_without_price", .integer), .required("other_currencies", .array(.string)),
                ])))
    ])

    static let charge: Schema = .object([
        .required(
            "amount", .nullable(.number),
            Text(id: "null bila tarifnya tidak diketahui.", en: "null when no price is known.")),
        .required("currency", .nullable(.string)),
        .required("raised", .nullable(.number), Text(id: "Karena kategori naik.", en: "Because of a raised category.")),
        .required("pricing_type", .nullable(.string)), .required("market", .nullable(.string)),
        .required("waste_reason", .nullable(.word(WasteReason.allCases.map(\.rawValue)))),
    ])

    // MARK: People

    private static let recipientQuestion: Schema = .object([
        .optional(
            "measure", .word(RecipientSelection.measures.map(\.word)),
            Text(id: "Pesan yang dihitung; bawaan semua.", en: "Which messages count; all by default.")),
        .optional("filters", .array(.reference("Filter"))), .optional("range", .reference("Range")),
        .optional("timezone", .string),
        .optional("limit", .integer, Text(id: "1 sampai 100000.", en: "1 to 100000.")),
    ])

    private static let recipients: Schema = .object([
        .required("range", range),
        .required(
            "recipients",
            .array(
                .object([
                    .required("message", .string),
                    .required(
                        "phone", .nullable(.string),
                        Text(id: "null bila Meta menyembunyikannya.", en: "null when Meta hides it.")),
                    .required("user_id", .nullable(.string)), .required("sent_at", time),
                    .required("measures", .array(.word(MessageMeasure.allCases.map(\.column)))),
                    .required("dimensions", .anyObject),
                ]))), .required("more", .boolean),
    ])
}
