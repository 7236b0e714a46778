import Domain

extension Catalogue {
    /// Business results, each by its own time.
    static let outcomes: [Metric] = outcomeCounts + outcomeValues

    private static let outcomeCounts = [
        count(
            "outcomes", .outcomes, Text(id: "Hasil", en: "Outcomes"),
            Text(
                id: "Hasil bisnis yang terjadi, dihitung pada waktunya sendiri: pembayaran, pemesanan, prospek, tiket "
                    + "selesai. Yang dibatalkan tidak dihitung; yang dananya dikembalikan tetap dihitung.",
                en: "Business results, each counted at its own time: payments, bookings, leads, tickets resolved. "
                    + "Cancelled ones do not count; refunded ones still do."),
            .higherIsBetter),
        count(
            "outcomes_unattributed", .unattributed, Text(id: "Hasil tanpa atribusi", en: "Outcomes unattributed"),
            Text(
                id: "Hasil tanpa satu pun sentuhan di WhatsApp dalam rentang mundurnya, termasuk yang orangnya tidak "
                    + "diketahui.",
                en: "Outcomes with no touch on WhatsApp in the window before them, those of nobody known included."),
            .neutral),
        count(
            "outcomes_unmatched", .unmatched, Text(id: "Hasil belum tercocokkan", en: "Outcomes unmatched"),
            Text(
                id: "Hasil yang belum diketahui milik siapa: nomor, ID, atau tautannya tidak cocok dengan pelanggan "
                    + "mana pun. Dicocokkan lagi begitu identitasnya muncul.",
                en: "Outcomes of which nobody knows whose they are: phone, id or link fit no customer. They are "
                    + "matched as soon as the identity appears."),
            .lowerIsBetter),
        count(
            "outcomes_cancelled", .cancelled, Text(id: "Hasil dibatalkan", en: "Outcomes cancelled"),
            Text(
                id: "Hasil yang sudah dikonfirmasi lalu dibatalkan. Tidak termasuk dalam jumlah hasil.",
                en: "Outcomes that were confirmed and then cancelled. They are not among the outcomes."),
            .lowerIsBetter),
        count(
            "outcomes_refunded", .refunded, Text(id: "Hasil dengan pengembalian dana", en: "Outcomes refunded"),
            Text(
                id: "Hasil yang sebagian atau seluruh dananya dikembalikan, atau ditarik kembali oleh bank. Tetap "
                    + "dihitung sebagai hasil.",
                en: "Outcomes of which all or part of the money went back, by refund or chargeback. They still count "
                    + "as outcomes."),
            .lowerIsBetter),
        Metric(
            id: "attribution_rate", name: Text(id: "Tingkat atribusi", en: "Attribution rate"),
            definition: Text(
                id: "Bagian hasil yang didahului paling sedikit satu sentuhan di WhatsApp. Didahului belum tentu "
                    + "disebabkan.",
                en: "Share of outcomes with at least one touch on WhatsApp before them. Before does not mean because."),
            formula: "(outcomes − outcomes_unattributed) / outcomes", unit: .ratio, direction: .higherIsBetter,
            expression: .ratio(
                [.plus(.outcome(.outcomes)), .minus(.outcome(.unattributed))], over: [.outcome(.outcomes)]),
            minimumSample: 30),
    ]

    private static let outcomeValues = [
        Metric(
            id: "outcome_value", name: Text(id: "Nilai hasil", en: "Outcome value"),
            definition: Text(
                id: "Nilai seluruh hasil setelah dikurangi dana yang dikembalikan, dihitung pada waktu hasilnya.",
                en: "Value of all outcomes, less what went back, counted at the time of the outcome."),
            formula: "sum of value", unit: .money, direction: .higherIsBetter, expression: .sum(.outcome(.value))),
        Metric(
            id: "refunded_value", name: Text(id: "Nilai dikembalikan", en: "Value refunded"),
            definition: Text(
                id: "Dana yang dikembalikan atau ditarik kembali oleh bank, dihitung pada waktu hasil asalnya.",
                en: "Money that went back by refund or chargeback, counted at the time of the outcome it belongs to."),
            formula: "sum of refunded_value", unit: .money, direction: .lowerIsBetter,
            expression: .sum(.outcome(.refundedValue))),
        Metric(
            id: "outcome_value_mean", name: Text(id: "Nilai rata-rata hasil", en: "Mean outcome value"),
            definition: Text(
                id: "Rata-rata nilai satu hasil, dari hasil yang punya nilai.",
                en: "The mean value of one outcome, of those that have a value."),
            formula: "outcome_value / outcomes with a value", unit: .money, direction: .higherIsBetter,
            expression: .mean(.outcome(.value), over: [.outcome(.valued)]), minimumSample: 10),
    ]

    private static func count(
        _ id: String, _ measure: OutcomeMeasure, _ name: Text, _ definition: Text, _ direction: Metric.Direction
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: measure.column, unit: .count, direction: direction,
            expression: .sum(.outcome(measure)))
    }
}
