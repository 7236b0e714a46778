import Domain

extension Catalogue {
    /// How conversations go and end, by the time at which they began.
    static let conversationOutcomes: [Metric] = resolution + conversion + resolutionTime + bots + satisfaction

    private static let resolution = [
        rate(
            "resolution_rate", .resolved, over: .withCustomer, formula: "resolved / with_customer",
            Text(id: "Tingkat selesai", en: "Resolution rate"),
            Text(
                id: "Bagian percakapan dengan pesan pelanggan yang diselesaikan di aplikasi layanan. Tanpa aplikasi "
                    + "layanan tidak ada yang menyebutnya selesai.",
                en: "Share of the conversations with a message of the customer that the desk resolved. Without a desk "
                    + "nobody says that one is resolved."),
            .higherIsBetter),
        rate(
            "reopen_rate", .reopened, over: .resolved, formula: "reopened / resolved",
            Text(id: "Tingkat dibuka lagi", en: "Reopen rate"),
            Text(
                id:
                    "Bagian percakapan selesai yang dilanjutkan lagi: dibuka di aplikasi layanan, atau pelanggan "
                    + "menulis dalam 7 hari.",
                en:
                    "Share of resolved conversations that were taken up again: reopened at the desk, or by the "
                    + "customer within 7 days."),
            .lowerIsBetter),
    ]

    private static let conversion = [
        rate(
            "conversation_conversion_rate", .converted, over: .withCustomer, formula: "converted / with_customer",
            Text(id: "Tingkat konversi percakapan", en: "Conversation conversion rate"),
            Text(
                id: "Bagian percakapan dengan pesan pelanggan yang diikuti hasil dari pelanggan itu dalam 7 hari dan "
                    + "sebelum percakapan berikutnya: pembayaran, pemesanan, prospek. Tiket yang selesai tidak "
                    + "dihitung.",
                en: "Share of the conversations with a message of the customer that an outcome of that customer "
                    + "followed within 7 days and before the next conversation: a payment, a booking, a lead. Resolved "
                    + "tickets do not count."),
            .higherIsBetter)
    ]

    private static let resolutionTime =
        TimeFamily(
            id: "resolution_time", name: Text(id: "Waktu penyelesaian", en: "Resolution time"),
            subject: Text(
                id: "waktu dari awal percakapan sampai diselesaikan",
                en: "the time from a conversation's beginning to its resolution"),
            scope: Text(
                id: "Hanya percakapan yang diselesaikan di aplikasi layanan.",
                en: "Only conversations that the desk resolved."),
            rows: Text(id: "percakapan", en: "conversations"), formula: "resolution − start",
            duration: .conversation(.resolution), sum: .conversation(.resolutionTime), count: .conversation(.resolved)
        ).metrics

    private static let bots = [
        rate(
            "bot_containment_rate", .contained, over: .closed, formula: "contained / closed",
            Text(id: "Tingkat tuntas oleh bot", en: "Bot containment rate"),
            Text(
                id: "Bagian percakapan berakhir yang dijawab tanpa satu pun orang ikut. Bukan bukti pelanggan puas: "
                    + "lihat bersama tingkat dibuka lagi dan penilaian.",
                en:
                    "Share of conversations that are over which were answered without any person. It does not prove "
                    + "that the customer was helped: read it with the reopen rate and ratings."),
            .higherIsBetter),
        rate(
            "handoff_rate", .handedOff, over: .withBot, formula: "handed_off / with_bot",
            Text(id: "Tingkat alih ke orang", en: "Hand-off rate"),
            Text(
                id: "Bagian percakapan dengan bot yang dialihkan bot ke orang.",
                en: "Share of the conversations with a bot that the bot gave to people."),
            .neutral),
    ]

    private static let satisfaction = [
        Metric(
            id: "csat_mean", name: Text(id: "Penilaian pelanggan", en: "Customer rating"),
            definition: Text(
                id:
                    "Rata-rata penilaian pelanggan atas percakapan, 1 (buruk) sampai 5 (baik). Hanya yang memberi "
                    + "nilai.",
                en: "The mean of customers' ratings of conversations, 1 (bad) to 5 (good). Only those who gave one."),
            formula: "sum of rating / rated", unit: .number, direction: .higherIsBetter,
            expression: .mean(.conversation(.rating), over: [.conversation(.rated)]), minimumSample: 30),
        rate(
            "csat_response_rate", .rated, over: .ratingAsked, formula: "rated / rating_asked",
            Text(id: "Tingkat pengisian penilaian", en: "Rating response rate"),
            Text(
                id: "Bagian percakapan yang dimintai penilaian dan mendapatkannya.",
                en: "Share of the conversations asked for a rating that got one."),
            .higherIsBetter),
    ]

    private static func rate(
        _ id: String, _ numerator: ConversationMeasure, over denominator: ConversationMeasure, formula: String,
        _ name: Text, _ definition: Text, _ direction: Metric.Direction
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: formula, unit: .ratio, direction: direction,
            expression: .ratio([.plus(.conversation(numerator))], over: [.conversation(denominator)]),
            minimumSample: 30)
    }
}
