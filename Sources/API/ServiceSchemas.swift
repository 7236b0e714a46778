import Analytics
import Catalogue
import Domain
import Ledgers
import Storage

/// The named schemas of service: desks, waits, conversations, settings.
enum ServiceSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("DeskEvent", deskEvent), ("OpenWaits", openWaits), ("Outliers", outliers),
        ("ResponseDistribution", responseDistribution), ("Distribution", distribution),
        ("ConversationStory", story), ("Wait", wait),
        ("RepeatQuestion", repeatQuestion), ("RepeatEffect", repeatEffect), ("Calendar", calendar),
        ("Weekly", weekly), ("Calendars", calendars), ("CalendarsStored", calendarsStored),
        ("ServiceTarget", target), ("ServiceTargets", targets), ("ServiceTargetsStored", targetsStored),
    ]

    static let time: Schema = .formatted("date-time")

    // MARK: Desks

    private static let authors = ["human", "bot", "system", "unknown", "customer"]

    private static let deskEvent: Schema = .object([
        .required(
            "source", .string,
            Text(id: "Aplikasinya: zendesk, qiscus, …", en: "The desk: zendesk, qiscus, …")),
        .required(
            "id", .string,
            Text(id: "Bersama source: kunci idempotensi.", en: "With source: the idempotency key.")),
        .required("type", .word(["message", "status", "assigned", "handoff", "priority", "rating_asked", "rated"])),
        .required("conversation_id", .string, Text(id: "ID percakapan di aplikasi.", en: "The desk's own id of it.")),
        .required(
            "at", .anyOf([time, .number]),
            Text(
                id: "Waktu RFC 3339 dengan zona, atau detik maupun milidetik Unix.",
                en: "An RFC 3339 time with its offset, or Unix seconds or milliseconds.")),
        .optional(
            "contact",
            .anyOf([
                .string,
                .object([
                    .optional("phone", .string), .optional("user_id", .string), .optional("parent_user_id", .string),
                ]),
            ]),
            Text(
                id: "Nomor pelanggan dengan kode negara, atau user_id dari Meta.",
                en: "The customer's number with its country code, or Meta's user_id.")),
        .optional("phone_number_id", .string),
        .optional("waba_id", .string),
        .optional("display_phone_number", .string),
        .optional(
            "message_id", .string,
            Text(id: "Untuk message: ID dari Meta (wamid.…).", en: "For message: Meta's id (wamid.…).")),
        .optional("direction", .word(["inbound", "outbound"])),
        .optional(
            "author",
            .anyOf([
                .word(authors),
                .object([.optional("kind", .word(authors)), .optional("id", .string), .optional("team", .string)]),
            ]), Text(id: "Untuk message dan status: siapa.", en: "For message and status: who.")),
        .optional(
            "template", .anyOf([.boolean, .string]),
            Text(
                id: "true atau namanya bila templat WhatsApp.", en: "true or its name when it was a WhatsApp template.")
        ),
        .optional(
            "status", .word(DeskStatus.allCases.map(\.rawValue)),
            Text(
                id: "open: di orang; pending: di bot.", en: "open: with people; pending: with the bot.")),
        .optional("agent", .nullable(.string), Text(id: "Untuk assigned.", en: "For assigned.")),
        .optional("team", .nullable(.string), Text(id: "Untuk assigned.", en: "For assigned.")),
        .optional("priority", .nullable(.string)),
        .optional("rating", .integer, Text(id: "1 sampai 5.", en: "1 to 5.")),
    ])

    // MARK: Waits

    private static let openWaits: Schema = .object([
        .required(
            "waits",
            .array(
                .object([
                    .required("conversation", .string, conversationID),
                    .required("waiting_for", .word(OpenWait.WaitingFor.allCases.map(\.rawValue))),
                    .required(
                        "since", time,
                        Text(
                            id: "Sejak kapan menunggu yang ditunggu sekarang: pesan pertama, atau saat dialihkan.",
                            en: "From when they wait for what they wait for now: the first message, or the hand-off.")),
                    .required("started_at", time), .required("last_message_at", time),
                    .required("messages", .integer), .required("handed_off_at", .nullable(time)),
                    .required(
                        "due_at", .nullable(time), Text(id: "Kapan target lewat.", en: "When the target passes.")),
                    .required("standing", .word(WaitStanding.allCases.map(\.rawValue))),
                    .required("missed", .boolean), .required("about_to_breach", .boolean),
                    .required("dimensions", .anyObject),
                ]))),
        .required(
            "more", .boolean,
            Text(id: "Masih ada yang lain di luar limit.", en: "There are more beyond the limit.")),
    ])

    private static let conversationID = Text(
        id: "Untuk GET /api/v1/conversations/{id}.", en: "For GET /api/v1/conversations/{id}.")

    private static let outliers: Schema = .object([
        .required("range", .object([.required("from", time), .required("to", time)])),
        .required("total", .integer, Text(id: "Nilai response_outliers.", en: "The value of response_outliers.")),
        .required(
            "waits",
            .array(
                .object([
                    .required("conversation", .string, conversationID), .required("started_at", time),
                    .required("response_seconds", .number),
                    .required(
                        "threshold_seconds", .number,
                        Text(
                            id: "Batas untuk penjawab yang sama di minggu itu.",
                            en: "The threshold of the same responder in that week.")),
                    .required("messages", .integer), .required("dimensions", .anyObject),
                ]))),
    ])

    private static let responseDistribution: Schema = .object([
        .required("waits_answered", .integer),
        .required(
            "bands",
            .array(
                .object([
                    .required("from_seconds", .number),
                    .required("to_seconds", .nullable(.number), Text(id: "Tidak termasuk.", en: "Excluded.")),
                    .required("bot", .integer), .required("human", .integer), .required("unknown", .integer),
                ]))),
    ])

    private static let story: Schema = .object([
        .required("id", .string), .required("phone_number", .nullable(.string)), .required("started_at", time),
        .required("last_message_at", time), .required("resolved_at", .nullable(time)),
        .required("reopened", .boolean),
        .required(
            "over", .boolean, Text(id: "Diselesaikan, atau cukup lama sunyi.", en: "Resolved, or silent long enough.")),
        .required("answered", .boolean), .required("bot", .boolean, Text(id: "Bot ikut.", en: "A bot took part.")),
        .required("human", .boolean, Text(id: "Orang ikut.", en: "A person took part.")),
        .required("handed_off", .boolean), .required("rating", .nullable(.integer)),
        .required("messages_inbound", .integer), .required("messages_outbound", .integer),
        .required("dimensions", .anyObject), .required("waits", .array(.reference("Wait"))),
        .required(
            "steps",
            .array(
                .object([
                    .required("at", time), .required("what", .word(ServiceStory.Step.What.allCases.map(\.rawValue))),
                    .required("name", .reference("Text")),
                    .required("by", .nullable(.word(SenderKind.allCases.map(\.rawValue)))),
                    .required("agent", .nullable(.string)), .required("team", .nullable(.string)),
                    .required("detail", .nullable(.string)),
                ]))),
        .required(
            "intervals",
            .array(
                .object([
                    .required("from", time), .required("to", .nullable(time)),
                    .required("seconds", .nullable(.number)),
                    .required("waiting_for", .word(["bot", "queue", "agent", "closed", "customer", "nobody"])),
                    .required("agent", .nullable(.string)), .required("name", .reference("Text")),
                ])),
            Text(
                id: "Dari pesan pertama sampai selesai, tanpa celah; to null pada yang masih berjalan.",
                en: "From the first message to the end, without gaps; to is null for the one that goes on.")),
    ])

    private static let wait: Schema = .object([
        .required("started_at", time), .required("last_message_at", time), .required("messages", .integer),
        .required("state", .word(["answered", "abandoned", "open"])), .required("ended_at", .nullable(time)),
        .required("seconds", .nullable(.number)), .required("responder", .word(Responder.allCases.map(\.rawValue))),
        .required("first_in_conversation", .boolean), .required("handed_off_at", .nullable(time)),
        .required(
            "person_replied_at", .nullable(time),
            Text(id: "Jawaban orang pertama setelah dialihkan.", en: "A person's first answer after the hand-off.")),
        .required(
            "business_seconds", .nullable(.number),
            Text(id: "Hanya jam buka; null tanpa kalender.", en: "Open hours only; null without a calendar.")),
        .required(
            "waited_for",
            .object([
                .required("bot", .number), .required("queue", .number), .required("agent", .number),
                .required("closed", .number),
            ]), Text(id: "Detik; berjumlah seluruh penantian.", en: "Seconds; they add up to the whole wait.")),
        .required("target", .word(["none", "due", "met", "missed"])), .optional("due_at", time),
        .required("dimensions", .anyObject),
    ])

    private static let distributionLine: Schema = .object([
        .required("key", .nullable(.string)), .required("count", .integer),
        .required("median_seconds", .nullable(.number)), .required("p90_seconds", .nullable(.number)),
        .required("p99_seconds", .nullable(.number)),
        .required(
            "bins",
            .array(
                .object([
                    .required("from_seconds", .number),
                    .required(
                        "to_seconds", .nullable(.number),
                        Text(id: "Tidak termasuk; null pada yang terakhir.", en: "Excluded; null for the last.")),
                    .required("count", .integer),
                ]))),
    ])

    private static let distribution: Schema = .object([
        .required("metric", .string),
        .required("range", .object([.required("from", time), .required("to", time)])),
        .required("by", .nullable(.string)), .optional("lines", .array(distributionLine)),
        .required("total", distributionLine),
    ])

    private static let repeatQuestion: Schema = .object([
        .optional("filters", .array(.reference("Filter"))), .optional("range", .reference("Range")),
        .optional("timezone", .string),
    ])

    private static let repeatEffect: Schema = .object([
        .required("waits", .integer),
        .required("sentence", .reference("Text")),
        .required(
            "knee",
            .nullable(
                .object([
                    .required("from_minutes", .number), .required("to_minutes", .number),
                    .required("extra_messages_per_minute_before", .number),
                    .required("extra_messages_per_minute_after", .number),
                    .required("after_interval", .array(.number)),
                ])),
            Text(
                id: "Sejak lama menunggu berapa pelanggan lebih sering menulis lagi; null bila tidak naik atau datanya "
                    + "kurang.",
                en: "From which waiting time on customers write again more often; null when they do not, or there is "
                    + "too little to tell.")),
        .required("bands", .array(band)),
    ])

    private static let band: Schema = .object([
        .required("from_minutes", .number), .required("to_minutes", .number),
        .required(
            "waiting", .integer, Text(id: "Penantian yang mencapai awal pita ini.", en: "Waits that reached it.")),
        .required("exposure_minutes", .number), .required("first_repeats", .integer),
        .required("extra_messages", .integer),
        .required(
            "repeats_per_minute", .nullable(.number),
            Text(
                id: "Pesan kedua per menit, dari yang belum menulis lagi.",
                en: "Second messages a minute, of those who had not written again.")),
        .required("repeats_per_minute_interval", .nullable(.array(.number))),
        .required("extra_messages_per_minute", .nullable(.number)),
        .required("extra_messages_per_minute_interval", .nullable(.array(.number))),
        .required(
            "repeated_by_end", .number,
            Text(
                id: "Peluang sudah menulis lagi bila masih menunggu di akhir pita.",
                en: "How likely they have written again if they still wait at its end.")),
    ])

    // MARK: Settings

    private static let scope: Schema = .anyOf([
        .word(["workspace"]), .object([.required("team", .string)]), .object([.required("phone_number", .string)]),
    ])

    private static let weekly: Schema = .map(.array(.string))

    private static let calendar: Schema = .object([
        .required("scope", scope),
        .optional("timezone", .string, Text(id: "Nama IANA. Wajib.", en: "IANA name. Required.")),
        .optional(
            "weekly", .reference("Weekly"),
            Text(
                id: "Per hari (mon … sun, atau mon-fri), rentang jam seperti 08:00-17:00. Wajib.",
                en: "By day (mon … sun, or mon-fri), hours such as 08:00-17:00. Required.")),
        .optional("holidays", .array(.object([.required("date", .formatted("date")), .optional("name", .string)]))),
        .optional(
            "specials",
            .array(
                .object([
                    .optional("name", .string), .required("from", .formatted("date")),
                    .required("to", .formatted("date"), Text(id: "Termasuk.", en: "Included.")),
                    .required("weekly", .reference("Weekly")),
                ]))),
        .optional(
            "removed", .boolean,
            Text(
                id: "true menghapus kalender; lalu hanya scope yang disebut.",
                en: "true removes the calendar; then only scope is given.")),
    ])

    private static let recounted = Text(
        id: "Bagian penantian yang sudah dihitung ulang, 0 sampai 1. Diabaikan bila dikirim.",
        en: "Share of waits that are recounted, 0 to 1. Ignored when sent.")
    private static let delivery = Text(
        id: "Urutan di kotak masuk; berlaku begitu inbox.projected di /api/v1/status mencapainya.",
        en: "Its place in the inbox; in force once inbox.projected of /api/v1/status has reached it.")

    private static let calendars: Schema = .object([
        .required("calendars", .array(.reference("Calendar"))), .optional("recounted", .number, recounted),
    ])
    private static let calendarsStored: Schema = .object([
        .required("calendars", .array(.reference("Calendar"))), .required("delivery", .integer, delivery),
    ])

    private static let target: Schema = .object([
        .optional("responder", .word([Responder.human, .bot, .unknown].map(\.rawValue))),
        .optional("team", .string), .optional("phone_number", .string), .optional("priority", .string),
        .required(
            "within", .anyOf([.string, .integer]),
            Text(id: "\"15m\", \"1h30m\", atau detik.", en: "\"15m\", \"1h30m\", or seconds.")),
        .optional(
            "clock", .word(ServiceTarget.Clock.allCases.map(\.rawValue)),
            Text(
                id: "business: hanya jam buka. Bawaan elapsed.", en: "business: open hours only. elapsed by default.")),
    ])
    private static let targets: Schema = .object([
        .required("service_targets", .array(.reference("ServiceTarget"))), .optional("recounted", .number, recounted),
    ])
    private static let targetsStored: Schema = .object([
        .required("service_targets", .array(.reference("ServiceTarget"))), .required("delivery", .integer, delivery),
    ])
}
