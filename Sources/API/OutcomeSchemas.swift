import Domain

/// Schemas of outcomes and short links.
enum OutcomeSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Outcome", outcome), ("LinkRequest", linkRequest), ("LinksMade", linksMade), ("Link", link),
    ]

    private static let time: Schema = .anyOf([.formatted("date-time"), .number])

    private static let statuses = ["confirmed", "pending", "failed", "cancelled", "refunded", "charged_back"]

    private static let contact: Schema = .anyOf([
        .string,
        .object([
            .optional("phone", .string), .optional("user_id", .string), .optional("parent_user_id", .string),
        ]),
    ])

    private static let amount: Schema = .nullable(.anyOf([.number, .string]))

    private static let kinds = Text(
        id: "ticket_resolved, cta_click, payment_confirmed, booking, lead, atau kata sendiri.",
        en: "ticket_resolved, cta_click, payment_confirmed, booking, lead, or a word of your own.")

    private static let outcome: Schema = .object([
        .required(
            "source", .string,
            Text(id: "Sistem yang menceritakannya, misalnya shop.", en: "The system that tells it, such as shop.")),
        .required(
            "id", .string,
            Text(
                id: "ID pesanan, pemesanan, atau tiket di sana; bersama source dihitung sekali.",
                en: "Id of the order, booking or ticket there; counts once together with source.")),
        .optional("kind", .string, kinds),
        .optional(
            "status", .word(statuses),
            Text(
                id: "Bila tidak disebut: confirmed, dan kind wajib.",
                en: "When absent: confirmed, and kind is required.")),
        .required("at", time, Text(id: "Kapan terjadi.", en: "When it happened.")),
        .optional(
            "contact", .nullable(contact),
            Text(
                id: "Nomor telepon dalam notasi apa pun, atau user_id dari Meta.",
                en: "A phone number in any notation, or Meta's user_id.")),
        .optional("user_id", .nullable(.string)),
        .optional("parent_user_id", .nullable(.string)),
        .optional("message_id", .nullable(.string)),
        .optional("conversation_id", .nullable(.string)),
        .optional(
            "link_id", .nullable(.string), Text(id: "Kode tautan pendek.", en: "Code of a short link.")),
        .optional(
            "click_id", .nullable(.string),
            Text(id: "ID klik iklan (ctwa_clid).", en: "Click id of an ad (ctwa_clid).")),
        .optional("waba_id", .nullable(.string)),
        .optional("phone_number_id", .nullable(.string)),
        .optional(
            "value", amount,
            Text(
                id: "Nilai kotor, dalam satuan mata uangnya.", en: "Gross value, in units of its currency.")),
        .optional("currency", .nullable(.string), Text(id: "Kode ISO 4217.", en: "ISO 4217 code.")),
        .optional(
            "updated_at", time,
            Text(
                id: "Kapan diubah di sumbernya: mendahulukan cerita yang lebih baru.",
                en: "When it was changed at its source: the newer telling wins.")),
        .optional(
            "refunded_value", amount,
            Text(id: "Seluruh uang yang kembali sampai kini.", en: "All money that went back up to now.")),
        .optional(
            "refund_value", amount,
            Text(id: "Uang satu pengembalian, dengan refund_id.", en: "Money of one refund, with its refund_id.")),
        .optional("refund_id", .nullable(.string)),
        .optional(
            "reversed", .boolean,
            Text(id: "Tagihan balik yang dimenangkan kembali.", en: "A chargeback that was won back.")),
        .optional("properties", .anyObject),
    ])

    private static let recipient: Schema = .object([
        .optional("contact", .string), .optional("user_id", .string),
        .optional(
            "message_id", .string,
            Text(id: "Hanya dengan one_per recipient.", en: "With one_per recipient only.")),
    ])

    private static let linkRequest: Schema = .object([
        .required(
            "url", .string,
            Text(
                id: "Alamat tujuan: http atau https, ASCII, paling panjang 2048 bita.",
                en: "Where it leads: http or https, ASCII, 2048 bytes at most.")),
        .optional("campaign", .string),
        .optional(
            "contact", .string,
            Text(
                id: "Nomor telepon atau user_id penerima, untuk tautan satu orang.",
                en: "The recipient's phone number or user_id, for a link of one person.")),
        .optional("user_id", .string),
        .optional(
            "message_id", .string,
            Text(id: "Pesan tempat tautan dikirim.", en: "The message that the link is sent in.")),
        .optional("expires_at", time),
        .optional("recipients", .array(.anyOf([.string, recipient]))),
        .optional(
            "one_per", .word(["campaign", "recipient"]),
            Text(
                id: "Dengan recipients: satu tautan dengan token (campaign, bawaan) atau satu tautan per orang.",
                en: "With recipients: one link with tokens (campaign, the default), or a link for each.")),
    ])

    private static let linksMade: Schema = .object([
        .required("accepted", .integer),
        .required("rejected_count", .integer),
        .required(
            "rejected", .array(.object([.required("index", .integer), .required("detail", .string)])),
            Text(id: "Paling banyak 100 yang pertama.", en: "The first 100 at most.")),
        .required(
            "links",
            .array(
                .object([
                    .required(
                        "index", .integer,
                        Text(id: "Urutan catatannya, mulai dari 1.", en: "Position of its record, from 1.")),
                    .optional(
                        "recipient", .integer,
                        Text(
                            id: "Urutan penerima dalam catatannya, mulai dari 1.",
                            en: "Position of the recipient in its record, from 1.")),
                    .required("code", .string), .required("short_url", .string),
                    .required("expires_at", .nullable(.formatted("date-time"))),
                    .optional(
                        "recipients",
                        .array(.object([.required("recipient", .integer), .required("short_url", .string)]))),
                ]))),
    ])

    private static let link: Schema = .object([
        .required("code", .string), .required("short_url", .nullable(.string)), .required("url", .string),
        .required("campaign", .nullable(.string)), .required("message_id", .nullable(.string)),
        .required("has_recipient", .boolean), .required("created_at", .formatted("date-time")),
        .required("expires_at", .nullable(.formatted("date-time"))), .required("expired", .boolean),
        .required("clicks", .integer), .required("people", .integer), .required("robots", .integer),
    ])
}
