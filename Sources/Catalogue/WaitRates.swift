import Domain

extension Catalogue {
    /// Shares of waits, and messages for each wait.
    static let waitRates: [Metric] = [
        rate(
            "sla_attainment", .targetMet, over: [.targetMet, .targetMissed],
            formula: "target_met / (target_met + target_missed)",
            Text(id: "Pencapaian SLA", en: "SLA attainment"),
            Text(
                id:
                    "Bagian penantian yang dijawab dalam targetnya. Penantian yang targetnya lewat tanpa jawaban "
                    + "dihitung gagal; yang masih berjalan dalam target, dan yang tanpa target, tidak ikut.",
                en: "Share of waits answered within their target. Waits whose target passed without an answer count as "
                    + "missed; those still running inside it, and those without one, are left out."),
            .higherIsBetter),
        rate(
            "unanswered_rate", .abandoned, over: [.answered, .abandoned],
            formula: "waits_abandoned / (waits_answered + waits_abandoned)",
            Text(id: "Tingkat tak terjawab", en: "Unanswered rate"),
            Text(
                id:
                    "Bagian penantian yang tidak pernah dijawab, dari semua yang sudah berakhir. Yang masih menunggu "
                    + "belum ikut.",
                en: "Share of waits that were never answered, of all that are over. Those still open are not among "
                    + "them."),
            .lowerIsBetter),
        rate(
            "repeat_rate", .repeated, over: [.waits], formula: "repeated / waits",
            Text(id: "Tingkat menulis ulang", en: "Repeat rate"),
            Text(
                id: "Bagian penantian di mana pelanggan menulis lebih dari sekali sebelum dijawab.",
                en: "Share of waits in which the customer wrote more than once before an answer."),
            .lowerIsBetter),
        Metric(
            id: "extra_messages_per_wait",
            name: Text(id: "Pesan tambahan per penantian", en: "Extra messages per wait"),
            definition: Text(
                id: "Rata-rata jumlah pesan pelanggan sesudah yang pertama, dalam satu penantian.",
                en: "How many messages customers sent beyond the first in one wait, on average."),
            formula: "extra_messages / waits", unit: .number, direction: .lowerIsBetter,
            expression: .mean(.wait(.extraMessages), over: [.wait(.waits)]), minimumSample: 30),
    ]

    private static func rate(
        _ id: String, _ numerator: WaitMeasure, over denominators: [WaitMeasure], formula: String, _ name: Text,
        _ definition: Text, _ direction: Metric.Direction
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: formula, unit: .ratio, direction: direction,
            expression: .ratio([.plus(.wait(numerator))], over: denominators.map(Measure.wait)), minimumSample: 30)
    }
}
