import Domain

extension Catalogue {
    /// Rates of fact `message`. All are cohort rates: counted in the bucket of the send, so a late receipt changes the
    /// past and no rate passes 100 %.
    static let messageRates: [Metric] = acceptance + delivery + reading + reaction

    private static func rate(
        _ id: String, _ numerator: [Expression.Term], over denominator: MessageMeasure, formula: String, _ name: Text,
        _ definition: Text, _ direction: Metric.Direction, _ maturity: Metric.Maturity, version: Int = 1
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: formula, unit: .ratio, direction: direction,
            expression: .ratio(numerator, over: [.message(denominator)]), maturity: maturity,
            definitionVersion: version, minimumSample: 30)
    }

    private static let acceptance = [
        rate(
            "acceptance_rate", [.plus(.message(.accepted))], over: .attempted, formula: "messages / messages_attempted",
            Text(id: "Tingkat diterima Meta", en: "Acceptance rate"),
            Text(
                id: "Bagian pengiriman yang diterima Meta dari semua yang dicoba. Tanpa catatan pengiriman, penolakan "
                    + "tidak terlihat dan angkanya 100 %.",
                en: "Share of attempted sends that Meta accepted. Without a send log rejections are unseen and this "
                    + "is 100 %."),
            .higherIsBetter, .none),
        rate(
            "rejection_rate", [.plus(.message(.rejected))], over: .attempted,
            formula: "messages_rejected / messages_attempted",
            Text(id: "Tingkat ditolak Meta", en: "Rejection rate"),
            Text(
                id: "Bagian pengiriman yang langsung ditolak Meta dari semua yang dicoba. Bukan tingkat gagal, yang "
                    + "menghitung pesan yang sudah diterima.",
                en: "Share of attempted sends that Meta turned down at once. Not the failure rate, which is about "
                    + "messages it had accepted."),
            .lowerIsBetter, .none),
    ]

    private static let delivery = [
        rate(
            "delivery_rate", [.plus(.message(.delivered))], over: .accepted, formula: "messages_delivered / messages",
            Text(id: "Tingkat sampai", en: "Delivery rate"),
            Text(
                id: "Bagian pesan yang sampai di ponsel penerima dari semua yang diterima Meta. Pesan yang baru "
                    + "dikirim mungkin masih dalam perjalanan.",
                en: "Share of the messages accepted by Meta that reached the recipient's phone. Messages sent just now "
                    + "may still be on their way."),
            .higherIsBetter, .delivery),
        Metric(
            id: "delivery_rate_expected", name: Text(id: "Perkiraan tingkat sampai", en: "Expected delivery rate"),
            definition: Text(
                id: "Perkiraan tingkat sampai setelah semua tanda terima datang, dari kebiasaan kecepatan pengiriman "
                    + "28 hari terakhir. Kosong bila pesannya terlalu sedikit.",
                en: "The delivery rate that these messages are expected to reach once all receipts are in, from how "
                    + "fast they came over the last 28 days. Empty when there are too few messages."),
            formula: "messages_delivered / sum of F(age), F = share of deliveries that are known at that age",
            unit: .ratio, direction: .higherIsBetter, expression: .expectedDelivery, maturity: .delivery,
            minimumSample: 30),
        rate(
            "failure_rate", [.plus(.message(.failed))], over: .accepted, formula: "messages_failed / messages",
            Text(id: "Tingkat gagal", en: "Failure rate"),
            Text(
                id: "Bagian pesan yang dinyatakan gagal dari semua yang diterima Meta. Pesan yang ditolak atau diam "
                    + "sampai kedaluwarsa tidak termasuk.",
                en: "Share of the messages accepted by Meta that it declared failed. Rejected sends and messages that "
                    + "expired in silence are not among them."),
            .lowerIsBetter, .delivery),
        rate(
            "expired_rate", [.plus(.message(.expired))], over: .accepted, formula: "messages_expired / messages",
            Text(id: "Tingkat kedaluwarsa", en: "Expired rate"),
            Text(
                id: "Bagian pesan yang habis masa berlakunya tanpa kabar, dari semua yang diterima Meta: kegagalan "
                    + "yang tidak dilaporkan.",
                en: "Share of the messages accepted by Meta whose time ran out with no word: the failures that nobody "
                    + "reports."),
            .lowerIsBetter, .none),
    ]

    private static let reading = [
        rate(
            "read_rate", [.plus(.message(.read))], over: .delivered, formula: "messages_read / messages_delivered",
            Text(id: "Tingkat dibaca", en: "Read rate"),
            Text(
                id: "Bagian pesan sampai yang mengirim tanda dibaca. Ini batas bawah, karena penerima boleh "
                    + "menyembunyikan tanda dibaca.",
                en: "Share of delivered messages with a read receipt. It is a lower bound, because readers may hide "
                    + "their receipts."),
            .higherIsBetter, .read),
        rate(
            "read_rate_floor", [.plus(.message(.read)), .plus(.message(.proven)), .minus(.message(.provenRead))],
            over: .delivered,
            formula: "(messages_read + messages_engaged − both) / messages_delivered",
            Text(id: "Tingkat dibaca terbukti", en: "Proven read rate"),
            Text(
                id: "Bagian pesan sampai yang pasti dibaca: ada tanda dibaca, balasan, tombol yang ditekan, atau "
                    + "tautan terlacak yang dibuka. Tetap batas bawah, tetapi lebih dekat dari tanda dibaca saja.",
                en: "Share of delivered messages that were certainly read: a receipt, a reply, a tap or a tracked link "
                    + "opened. Still a lower bound, but closer than receipts alone."),
            .higherIsBetter, .read, version: 2),
        Metric(
            id: "read_rate_expected", name: Text(id: "Perkiraan tingkat dibaca", en: "Expected read rate"),
            definition: Text(
                id: "Perkiraan bagian pesan sampai yang dibaca, termasuk oleh penerima yang menyembunyikan tanda "
                    + "dibaca: dihitung dari berapa penanggap yang mengirim tanda dibaca. Kosong bila kurang dari 20.",
                en: "Estimated share of delivered messages that were read, including by readers who hide receipts: "
                    + "judged by how many of those who replied or clicked had sent one. Empty when fewer than 20 did."),
            formula: "((R + 1)(P + 1) / (B + 1) − 1) / messages_delivered, R read, P replied or clicked, B both",
            unit: .ratio, direction: .higherIsBetter, expression: .expectedRead, maturity: .read, definitionVersion: 2,
            minimumSample: 30),
    ]

    private static let reaction = [
        rate(
            "reply_rate", [.plus(.message(.replied))], over: .delivered,
            formula: "messages_replied / messages_delivered",
            Text(id: "Tingkat dibalas", en: "Reply rate"),
            Text(
                id: "Bagian pesan sampai yang dijawab penerimanya: mengutip, menekan tombol, atau menulis dalam 24 jam "
                    + "sebelum pesan berikutnya. Reaksi emoji tidak dihitung.",
                en: "Share of delivered messages that the recipient answered: by quoting, by tapping a button, or by "
                    + "writing within 24 hours and before the next message. Emoji reactions do not count."),
            .higherIsBetter, .read),
        rate(
            "click_rate", [.plus(.message(.clicked))], over: .delivered,
            formula: "messages_clicked / messages_delivered", Text(id: "Tingkat klik", en: "Click rate"),
            Text(
                id: "Bagian pesan sampai yang tombol balasan cepat atau baris daftarnya ditekan, atau tautan "
                    + "terlacaknya dibuka penerima. Pratinjau tautan dan robot tidak dihitung. Tautan biasa tidak "
                    + "terlihat: Meta tidak memberi tahu siapa yang membukanya.",
                en: "Share of delivered messages whose recipient tapped a quick reply or list row, or opened a "
                    + "tracked link. Link previews and robots are not counted. Plain links cannot be seen: Meta does "
                    + "not say who opened one."),
            .higherIsBetter, .read, version: 2),
        rate(
            "opt_out_rate", [.plus(.message(.optedOut))], over: .delivered,
            formula: "messages_opted_out / messages_delivered",
            Text(id: "Tingkat berhenti", en: "Opt-out rate"),
            Text(
                id: "Bagian pesan sampai yang penerimanya menghentikan pesan pemasaran dalam 72 jam. Sebabnya belum "
                    + "tentu pesan ini sendiri.",
                en: "Share of delivered messages whose recipient stopped marketing messages within 72 hours. This "
                    + "message alone need not be the reason."),
            .lowerIsBetter, .read),
    ]
}
