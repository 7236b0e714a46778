import Domain

extension Catalogue {
    /// Plain counts of fact `wait`, by the time at which the customer began to wait.
    static let waitCounts: [Metric] = [
        count(
            "waits", .waits, Text(id: "Penantian pelanggan", en: "Waits"),
            Text(
                id:
                    "Berapa kali pelanggan menunggu jawaban. Beberapa pesan berturut-turut sebelum dijawab dihitung "
                    + "satu penantian; reaksi dan pesan sistem tidak dihitung.",
                en:
                    "How many times customers waited for an answer. Several messages in a row before the answer are "
                    + "one wait; reactions and system messages are not counted."),
            .neutral),
        count(
            "waits_answered", .answered, Text(id: "Penantian terjawab", en: "Waits answered"),
            Text(
                id:
                    "Penantian yang berakhir dengan jawaban dari bot atau orang. Templat bukan jawaban, kecuali bila "
                    + "bisnis menetapkannya.",
                en: "Waits that ended with an answer by a bot or a person. A template is no answer unless the business "
                    + "says so."),
            .higherIsBetter),
        count(
            "waits_open", .open, Text(id: "Masih menunggu", en: "Waits open"),
            Text(
                id:
                    "Penantian yang belum dijawab dan belum ditinggalkan. Lamanya belum ikut dalam waktu jawab, jadi "
                    + "lihat keduanya berdampingan.",
                en:
                    "Waits that are neither answered nor given up. Their time is not in the response times yet, so "
                    + "read the two side by side."),
            .lowerIsBetter),
        count(
            "waits_abandoned", .abandoned, Text(id: "Penantian tak terjawab", en: "Waits abandoned"),
            Text(
                id:
                    "Penantian yang tidak pernah dijawab: jendela layanan 24 jam tertutup, atau pelanggan baru "
                    + "menulis lagi lama sesudahnya.",
                en:
                    "Waits that were never answered: the 24-hour service window closed, or the customer wrote again "
                    + "only long after."),
            .lowerIsBetter),
        count(
            "sla_breaches", .targetMissed, Text(id: "Pelanggaran SLA", en: "SLA breaches"),
            Text(
                id:
                    "Penantian yang melewati target waktu jawab: dijawab terlambat, atau belum maupun tidak pernah "
                    + "dijawab setelah targetnya lewat. Penantian tanpa target tidak dihitung.",
                en:
                    "Waits that passed their target: answered late, or still or for ever unanswered once it had "
                    + "passed. Waits without a target are not counted."),
            .lowerIsBetter),
        Metric(
            id: "response_outliers", name: Text(id: "Jawaban luar biasa lama", en: "Unusually slow answers"),
            definition: Text(
                id:
                    "Penantian terjawab yang jauh lebih lama dari biasanya untuk penjawab yang sama (bot atau orang) "
                    + "di minggu itu. Bila penjawabnya punya kurang dari 8 jawaban di minggu itu, tidak ada yang "
                    + "dihitung.",
                en:
                    "Answered waits that took far longer than is usual for the same kind of responder (bot or person) "
                    + "in that week. Where there were fewer than 8 answers in the week, none is counted."),
            formula: "waits_answered with ln(response time) > Q3 + 3 × (Q3 − Q1) of their responder and ISO week; the "
                + "spread is taken to be at least one second",
            unit: .count, direction: .lowerIsBetter, expression: .outliers),
    ]

    private static func count(
        _ id: String, _ measure: WaitMeasure, _ name: Text, _ definition: Text, _ direction: Metric.Direction
    ) -> Metric {
        Metric(
            id: id, name: name, definition: definition, formula: measure.column, unit: .count, direction: direction,
            expression: .sum(.wait(measure)))
    }
}
