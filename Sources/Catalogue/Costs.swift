import Domain

extension Catalogue {
    /// What Meta charges for delivered messages, and what each result costs. All are counted at the time of the send.
    static let costs: [Metric] = spending + eachCosts + raises

    private static let spending = [
        Metric(
            id: "cost", name: Text(id: "Biaya", en: "Cost"),
            definition: Text(
                id: "Biaya yang ditagih Meta untuk pesan sampai, menurut kartu tarif pada hari pengirimannya. Pesan "
                    + "gratis bernilai 0; pesan yang tarifnya tidak diketahui tidak ikut dan tidak dianggap 0.",
                en: "What Meta charges for delivered messages, by the rate card of the day of the send. Free "
                    + "messages cost 0; messages whose rate is not known are left out, not taken for 0."),
            formula: "sum of cost", unit: .money, direction: .neutral, expression: .sum(.charge(.cost)),
            maturity: .delivery),
        count(
            "cost_unknown", .unknown, Text(id: "Pesan tanpa tarif", en: "Messages without a price"),
            Text(
                id: "Pesan sampai yang biayanya tidak diketahui: tarif, kategori, atau data tagihannya tidak ada. "
                    + "Tidak termasuk dalam biaya.",
                en: "Delivered messages whose cost is not known: the rate, the category or Meta's pricing is "
                    + "missing. They are not in the cost."),
            .lowerIsBetter),
        count(
            "messages_charged", .charged, Text(id: "Pesan berbayar", en: "Messages charged"),
            Text(
                id: "Pesan sampai yang biayanya lebih dari nol.",
                en: "Delivered messages that cost more than nothing."),
            .neutral),
        count(
            "messages_free", .free, Text(id: "Pesan gratis", en: "Messages free of charge"),
            Text(
                id: "Pesan sampai yang tidak ditagih: di dalam jendela layanan, dari titik masuk gratis, dalam kuota "
                    + "bulanan, atau dari aplikasi WhatsApp Business.",
                en: "Delivered messages that cost nothing: inside the service window, by a free entry point, within "
                    + "the monthly quota, or from the WhatsApp Business app."),
            .neutral),
    ]

    private static let eachCosts = [
        each(
            "delivered", over: .charge(.messages), "messages_delivered", maturity: .delivery,
            Text(id: "Biaya per pesan sampai", en: "Cost per message delivered"),
            Text(
                id: "Biaya dibagi seluruh pesan sampai, termasuk yang gratis.",
                en: "Cost over all delivered messages, free ones included.")),
        each(
            "read", over: .message(.read), "messages_read", maturity: .read,
            Text(id: "Biaya per pesan dibaca", en: "Cost per message read"),
            Text(
                id: "Biaya dibagi pesan dengan tanda dibaca. Penerima yang menyembunyikan tanda dibaca tidak "
                    + "terhitung, jadi angka sebenarnya bisa lebih rendah.",
                en: "Cost over messages with a read receipt. Readers who hide receipts are not counted, so the true "
                    + "number may be lower.")),
        each(
            "reply", over: .message(.replied), "messages_replied", maturity: .read,
            Text(id: "Biaya per balasan", en: "Cost per reply"),
            Text(
                id: "Biaya dibagi pesan yang dibalas penerimanya.",
                en: "Cost over messages that the recipient answered.")),
        each(
            "click", over: .message(.clicked), "messages_clicked", maturity: .read,
            Text(id: "Biaya per klik", en: "Cost per click"),
            Text(
                id: "Biaya dibagi pesan yang tombol atau tautan terlacaknya dibuka penerima. Beberapa klik pada satu "
                    + "pesan dihitung satu.",
                en: "Cost over messages whose button or tracked link the recipient opened. Several clicks on one "
                    + "message count once.")),
        each(
            "outcome", over: .credit(.share), "outcomes_credited", maturity: .outcome,
            Text(id: "Biaya per hasil", en: "Cost per outcome"),
            Text(
                id: "Biaya dibagi hasil yang diatribusikan menurut model yang dipakai.",
                en: "Cost over the outcomes credited by the attribution model in force.")),
    ]

    private static func each(
        _ id: String, over denominator: Measure, _ formula: String, maturity: Metric.Maturity, _ name: Text,
        _ sentence: Text
    ) -> Metric {
        Metric(
            id: "cost_per_\(id)", name: name,
            definition: Text(
                id: sentence.id + " Kosong bila lebih dari 1 % pesannya tidak diketahui tarifnya.",
                en: sentence.en + " Empty when the price of more than 1 % of the messages is not known."),
            formula: "cost / \(formula)", unit: .money, direction: .lowerIsBetter,
            expression: .mean(.charge(.cost), over: [denominator]), maturity: maturity, minimumSample: 30)
    }

    /// What brought nothing, and what became dearer.
    private static let raises = [
        Metric(
            id: "cost_wasted", name: Text(id: "Biaya terbuang", en: "Cost wasted"),
            definition: Text(
                id: "Biaya pesan yang tidak dibaca, dibalas, diklik, atau diikuti hasil dalam 7 hari. Penerima yang "
                    + "menyembunyikan tanda dibaca ikut terhitung, jadi angka sebenarnya bisa lebih rendah.",
                en: "Cost of messages that were neither read, replied to, clicked nor followed by an outcome within 7 "
                    + "days. Readers who hide receipts are among them, so the true amount may be lower."),
            formula: "sum of wasted_cost", unit: .money, direction: .lowerIsBetter,
            expression: .sum(.charge(.wastedCost)), maturity: .outcome),
        Metric(
            id: "cost_wasted_share", name: Text(id: "Porsi biaya terbuang", en: "Share of cost wasted"),
            definition: Text(
                id: "Bagian biaya yang terbuang, dari biaya pesan yang sudah cukup lama untuk dinilai.",
                en: "Share of the cost that was wasted, of the cost of messages old enough to be judged."),
            formula: "cost_wasted / judged_cost", unit: .ratio, direction: .lowerIsBetter,
            expression: .ratio([.plus(.charge(.wastedCost))], over: [.charge(.judgedCost)]), maturity: .outcome,
            minimumSample: 30),
        count(
            "messages_wasted", .wasted, Text(id: "Pesan terbuang", en: "Messages wasted"),
            Text(
                id: "Pesan berbayar yang tidak dibaca, dibalas, diklik, atau diikuti hasil dalam 7 hari.",
                en: "Charged messages that were neither read, replied to, clicked nor followed by an outcome within 7 "
                    + "days."),
            .lowerIsBetter, .outcome),
        Metric(
            id: "cost_raised", name: Text(id: "Biaya kenaikan kategori", en: "Cost of raised categories"),
            definition: Text(
                id: "Selisih biaya karena Meta menaikkan kategori templat, dibandingkan dengan tarif kategori "
                    + "sebelumnya.",
                en: "What messages cost more because Meta raised their template's category, against the rate of the "
                    + "category before."),
            formula: "sum of raised_cost", unit: .money, direction: .lowerIsBetter,
            expression: .sum(.charge(.raisedCost)), maturity: .delivery),
        count(
            "messages_raised", .raised, Text(id: "Pesan naik kategori", en: "Messages in raised categories"),
            Text(
                id: "Pesan berbayar dari templat yang kategorinya dinaikkan Meta sebelum pengiriman.",
                en: "Charged messages of templates whose category Meta had raised before the send."),
            .lowerIsBetter),
    ]

    private static func count(
        _ id: String, _ measure: ChargeMeasure, _ name: Text, _ definition: Text, _ direction: Metric.Direction,
        _ maturity: Metric.Maturity = .delivery
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: measure.column, unit: .count, direction: direction,
            expression: .sum(.charge(measure)), maturity: maturity)
    }
}
