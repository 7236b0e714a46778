import Domain

extension Catalogue {
    /// Plain counts of fact `conversation`.
    static let conversationCounts: [Metric] = [
        count(
            "conversations", .conversations, Text(id: "Percakapan", en: "Conversations"),
            Text(
                id: "Percakapan yang dimulai: pesan pertama setelah 24 jam sunyi, atau setelah percakapan sebelumnya "
                    + "diselesaikan. Berakhir saat diselesaikan atau sunyi.",
                en:
                    "Conversations that began: the first message after 24 hours of silence, or after the one before "
                    + "was resolved. They end by resolution or silence.")),
        count(
            "conversations_active", .active, Text(id: "Percakapan aktif", en: "Active conversations"),
            Text(
                id:
                    "Percakapan berbeda dengan paling sedikit satu pesan di rentang waktu ini. Tidak dapat "
                    + "dijumlahkan: percakapan dua hari aktif di kedua harinya, tetapi satu dalam seminggu.",
                en:
                    "Distinct conversations with at least one message in the period. They do not add up: a "
                    + "conversation over two days is active on both, but is one in the week.")),
        count(
            "contacts_active", .contactsActive, Text(id: "Pelanggan aktif", en: "Active contacts"),
            Text(
                id:
                    "Orang berbeda dengan paling sedikit satu pesan, masuk atau keluar, di rentang waktu ini. Tidak "
                    + "dapat dijumlahkan antarhari.",
                en: "Distinct people with at least one message, in or out, in the period. Days do not add up.")),
        count(
            "contacts_new", .contactsNew, Text(id: "Pelanggan baru", en: "New contacts"),
            Text(
                id: "Orang berbeda yang pesan pertamanya, masuk atau keluar, jatuh di rentang waktu ini.",
                en: "Distinct people whose first message ever, in or out, falls in the period."),
            .higherIsBetter),
        Metric(
            id: "conversations_per_contact",
            name: Text(id: "Percakapan per pelanggan", en: "Conversations per contact"),
            definition: Text(
                id: "Percakapan yang dimulai dibagi pelanggan aktif di rentang waktu yang sama.",
                en: "Conversations that began, for each active contact of the same period."),
            formula: "conversations / contacts_active", unit: .number, direction: .neutral,
            expression: .mean(.conversation(.conversations), over: [.conversation(.contactsActive)]),
            minimumSample: 30),
        count(
            "messages_inbound", .inbound, Text(id: "Pesan masuk", en: "Inbound messages"),
            Text(
                id: "Pesan dari pelanggan, dihitung pada waktunya masing-masing.",
                en: "Messages from customers, each counted at its own time.")),
        count(
            "messages_outbound", .outbound, Text(id: "Pesan keluar dalam percakapan", en: "Outbound messages"),
            Text(
                id: "Pesan kepada pelanggan dalam percakapan, termasuk templat, dihitung pada waktunya masing-masing. "
                    + "Pesan gagal tidak termasuk.",
                en: "Messages to customers in conversations, templates included, each counted at its own time. Failed "
                    + "ones are not among them.")),
    ]

    private static func count(
        _ id: String, _ measure: ConversationMeasure, _ name: Text, _ definition: Text,
        _ direction: Metric.Direction = .neutral
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition,
            formula: measure.isDistinct ? "distinct count: \(measure.column)" : measure.column, unit: .count,
            direction: direction, expression: .sum(.conversation(measure)))
    }
}
