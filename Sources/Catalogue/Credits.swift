import Domain

extension Catalogue {
    /// What outcomes are credited to, by the attribution model in force. Counted at the time of the touch: of the send,
    /// when the touch belongs to a message, so that costs and results of one cohort stand beside each other.
    static let credits: [Metric] = creditCounts + creditValues + creditTimes

    private static let creditCounts = [
        Metric(
            id: "conversion_rate", name: Text(id: "Tingkat konversi", en: "Conversion rate"),
            definition: Text(
                id: "Bagian pesan sampai yang mendapat bagian dari paling sedikit satu hasil. Model yang memberi "
                    + "semuanya kepada satu sentuhan menghitung lebih sedikit pesan daripada yang membaginya.",
                en: "Share of delivered messages that are credited with at least one outcome. A model that gives all "
                    + "to one touch counts fewer messages than one that shares it out."),
            formula: "messages_converted / messages_delivered", unit: .ratio, direction: .higherIsBetter,
            expression: .ratio([.plus(.credit(.converted))], over: [.message(.delivered)]), maturity: .outcome,
            minimumSample: 30),
        Metric(
            id: "messages_converted", name: Text(id: "Pesan terkonversi", en: "Messages converted"),
            definition: Text(
                id: "Pesan sampai yang mendapat bagian dari paling sedikit satu hasil menurut model yang dipakai. Satu "
                    + "pesan dihitung satu kali, berapa pun hasilnya.",
                en: "Delivered messages that the model in force credits with at least one outcome. Each counts once, "
                    + "however many outcomes it led to."),
            formula: "converted", unit: .count, direction: .higherIsBetter, expression: .sum(.credit(.converted)),
            maturity: .outcome),
        Metric(
            id: "outcomes_credited", name: Text(id: "Hasil teratribusi", en: "Outcomes credited"),
            definition: Text(
                id: "Jumlah bagian hasil yang diberikan model atribusi kepada sentuhan. Satu hasil selalu berjumlah 1, "
                    + "jadi angkanya bisa pecahan.",
                en: "Sum of the shares of outcomes that the attribution model gives to touches. One outcome always "
                    + "adds up to 1, so the number may be a fraction."),
            formula: "sum of share", unit: .number, direction: .higherIsBetter, expression: .sum(.credit(.share)),
            maturity: .outcome),
    ]

    private static let creditValues = [
        Metric(
            id: "value_credited", name: Text(id: "Nilai teratribusi", en: "Value credited"),
            definition: Text(
                id: "Nilai hasil, dikurangi dana yang dikembalikan, yang diberikan model atribusi kepada sentuhan.",
                en: "Value of outcomes, less what went back, that the attribution model gives to touches."),
            formula: "sum of value × share", unit: .money, direction: .higherIsBetter,
            expression: .sum(.credit(.value)),
            maturity: .outcome),
        Metric(
            id: "value_per_message", name: Text(id: "Nilai per pesan", en: "Value per message"),
            definition: Text(
                id: "Nilai teratribusi dibagi seluruh pesan sampai.",
                en: "Value credited over all delivered messages."),
            formula: "value_credited / messages_delivered", unit: .money, direction: .higherIsBetter,
            expression: .mean(.credit(.value), over: [.message(.delivered)]), maturity: .outcome, minimumSample: 30),
        Metric(
            id: "return_on_spend", name: Text(id: "Imbal hasil biaya", en: "Return on spend"),
            definition: Text(
                id: "Nilai teratribusi dibagi biaya: 5 berarti setiap Rp 1 biaya pesan diikuti nilai Rp 5. Kosong bila "
                    + "mata uangnya berbeda atau lebih dari 1 % pesannya tidak diketahui tarifnya. Diikuti belum tentu "
                    + "disebabkan.",
                en: "Value credited over cost: 5 means that each 1 spent on messages was followed by a value of 5. "
                    + "Empty when the currencies differ or the price of more than 1 % of the messages is not known. "
                    + "Followed does not mean caused."),
            formula: "value_credited / cost", unit: .number, direction: .higherIsBetter,
            expression: .mean(.credit(.value), over: [.charge(.cost)]), maturity: .outcome, minimumSample: 30),
    ]

    private static let creditTimes = [
        time(
            50, minimumSample: 10, Text(id: "median", en: "median"),
            Text(
                id: "Nilai tengah waktu dari sentuhan sampai hasilnya: separuh lebih cepat, separuh lebih lama.",
                en: "The median of the time from a touch to its outcome: half were faster, half slower.")),
        time(
            90, minimumSample: 50, Text(id: "p90", en: "p90"),
            Text(
                id: "Pada 90 % sentuhan, waktu sampai hasilnya paling lama sebesar ini.",
                en: "For 90 % of touches, the time to the outcome was at most this long.")),
    ]

    private static func time(_ percent: Int, minimumSample: Int64, _ kind: Text, _ sentence: Text) -> Metric {
        Metric(
            id: "time_to_outcome_p\(percent)",
            name: Text(id: "Waktu sampai hasil (\(kind.id))", en: "Time to outcome (\(kind.en))"),
            definition: Text(
                id: sentence.id + " Hanya sentuhan yang mendapat bagian menurut model yang dipakai.",
                en: sentence.en + " Only touches that the model in force gives a share."),
            formula: "quantile \(Double(percent) / 100) of outcome − touch", unit: .seconds, direction: .lowerIsBetter,
            expression: .quantile(.credit(.timeToOutcome), Double(percent) / 100), maturity: .outcome,
            minimumSample: minimumSample)
    }
}
