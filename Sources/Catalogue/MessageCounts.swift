import Domain

extension Catalogue {
    /// Plain counts of fact `message`.
    static let messageCounts: [Metric] = attempts + fates + responses

    private static func count(
        _ id: String, _ measure: MessageMeasure, _ name: Text, _ definition: Text,
        _ direction: Metric.Direction = .neutral, _ maturity: Metric.Maturity = .none
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: measure.column, unit: .count, direction: direction,
            expression: .sum(.message(measure)), maturity: maturity)
    }

    private static let attempts = [
        count(
            "messages_attempted", .attempted, Text(id: "Pesan dicoba", en: "Messages attempted"),
            Text(
                id: "Semua pengiriman yang diminta ke Meta, termasuk yang langsung ditolak. Penolakan hanya diketahui "
                    + "bila bisnis mencatat pengirimannya.",
                en: "Every send asked of Meta, including those it turned down at once. Rejections are known only when "
                    + "the business logs its sends.")),
        count(
            "messages_rejected", .rejected, Text(id: "Pesan ditolak", en: "Messages rejected"),
            Text(
                id: "Pengiriman yang dijawab Meta dengan kesalahan, jadi tidak pernah berangkat. Bukan pesan gagal, "
                    + "yang diterima Meta tetapi tidak sampai.",
                en: "Sends that Meta answered with an error, so that they never left. Not failed messages, which Meta "
                    + "accepted but did not deliver."),
            .lowerIsBetter),
        count(
            "messages", .accepted, Text(id: "Pesan", en: "Messages"),
            Text(
                id: "Pesan keluar yang diterima Meta, dihitung pada waktu pengirimannya. Pesan dari pelanggan dan "
                    + "pengiriman yang ditolak tidak termasuk.",
                en: "Outbound messages that Meta accepted, counted at the time they were sent. Messages from customers "
                    + "and rejected sends are not among them.")),
    ]

    private static let fates = [
        count(
            "messages_delivered", .delivered, Text(id: "Pesan sampai", en: "Messages delivered"),
            Text(
                id: "Pesan yang sampai di ponsel penerima. Pesan yang dibaca pasti sampai, juga bila Meta tidak "
                    + "mengirim tanda sampainya.",
                en: "Messages that reached the recipient's phone. A message that was read was delivered, even when "
                    + "Meta sent no receipt of the delivery."),
            .higherIsBetter, .delivery),
        count(
            "messages_read", .read, Text(id: "Pesan dibaca", en: "Messages read"),
            Text(
                id: "Pesan dengan tanda dibaca. Penerima yang mematikan tanda dibaca tidak terhitung, jadi angka "
                    + "sebenarnya bisa lebih tinggi.",
                en: "Messages with a read receipt. Recipients who switched receipts off are not counted, so the true "
                    + "number may be higher."),
            .higherIsBetter, .read),
        count(
            "messages_failed", .failed, Text(id: "Pesan gagal", en: "Messages failed"),
            Text(
                id: "Pesan yang diterima Meta lalu dinyatakan gagal. Pesan yang gagal kemudian sampai dihitung sampai.",
                en: "Messages that Meta accepted and then declared failed. One that failed and was delivered later "
                    + "counts as delivered."),
            .lowerIsBetter, .delivery),
        count(
            "messages_pending", .pending, Text(id: "Pesan menunggu", en: "Messages pending"),
            Text(
                id: "Pesan yang diterima Meta, belum sampai dan belum gagal, dan masih dalam masa berlakunya.",
                en: "Messages that Meta accepted, neither delivered nor failed yet, and still within their time to "
                    + "live.")),
        count(
            "messages_expired", .expired, Text(id: "Pesan kedaluwarsa", en: "Messages expired"),
            Text(
                id: "Pesan yang masa berlakunya habis tanpa kabar sampai atau gagal. Meta membuangnya tanpa "
                    + "pemberitahuan.",
                en: "Messages whose time to live ran out with no word of delivery or failure. Meta drops these "
                    + "silently."),
            .lowerIsBetter),
    ]

    private static let responses = [
        count(
            "messages_replied", .replied, Text(id: "Pesan dibalas", en: "Messages replied to"),
            Text(
                id: "Pesan sampai yang dijawab penerimanya: mengutipnya, menekan tombolnya, atau menulis dalam 24 jam "
                    + "sebelum pesan berikutnya dikirim.",
                en: "Delivered messages that the recipient answered: by quoting, by tapping a button, or by writing "
                    + "within 24 hours and before the next message was sent."),
            .higherIsBetter, .read),
        count(
            "messages_tapped", .tapped, Text(id: "Pesan ditekan tombolnya", en: "Messages tapped"),
            Text(
                id: "Pesan sampai yang tombol balasan cepat atau baris daftarnya ditekan penerima. Tombol tautan tidak "
                    + "terhitung.",
                en: "Delivered messages whose quick reply or list row the recipient tapped. Link buttons are not "
                    + "counted."),
            .higherIsBetter, .read),
        count(
            "messages_clicked", .clicked, Text(id: "Pesan diklik", en: "Messages clicked"),
            Text(
                id: "Pesan sampai yang tombol balasan cepat atau baris daftarnya ditekan, atau tautan terlacaknya "
                    + "dibuka penerima. Pratinjau tautan dan robot tidak dihitung; tautan biasa tidak terlihat.",
                en: "Delivered messages whose recipient tapped a quick reply or list row, or opened a tracked link. "
                    + "Link previews and robots are not counted; plain links cannot be seen."),
            .higherIsBetter, .read),
        count(
            "messages_engaged", .proven, Text(id: "Pesan ditanggapi", en: "Messages engaged with"),
            Text(
                id: "Pesan sampai yang dibalas atau diklik penerimanya.",
                en: "Delivered messages that the recipient replied to or clicked."),
            .higherIsBetter, .read),
        count(
            "messages_held_out", .heldOut, Text(id: "Pesan ditahan", en: "Messages held out"),
            Text(
                id: "Pesan yang sengaja tidak dikirim karena orangnya masuk kelompok pembanding kampanye. Tidak "
                    + "termasuk pesan dicoba.",
                en: "Messages not sent on purpose, because the person is in a campaign's control group. They are not "
                    + "among those attempted.")),
        count(
            "messages_followed", .followed, Text(id: "Pesan diikuti hasil", en: "Messages followed by an outcome"),
            Text(
                id: "Pesan sampai atau ditahan yang orangnya mencatat hasil dalam 7 hari, dengan atau tanpa atribusi.",
                en: "Messages delivered or held out whose person had an outcome within 7 days, credited or not."),
            .higherIsBetter, .outcome),
        count(
            "messages_opted_out", .optedOut, Text(id: "Berhenti berlangganan", en: "Opt-outs"),
            Text(
                id: "Pesan sampai yang penerimanya menghentikan pesan pemasaran dalam 72 jam setelah pengiriman.",
                en: "Delivered messages whose recipient stopped marketing messages within 72 hours of the send."),
            .lowerIsBetter, .read),
    ]
}
