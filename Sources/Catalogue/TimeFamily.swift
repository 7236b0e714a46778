import Domain

/// The same time told as a mean, a median, high percentiles and the longest.
struct TimeFamily {
    /// `response_time`: ids are it with `_mean`, `_p50`, …
    var id: String
    var name: Text
    /// What is timed, as a noun phrase without a full stop: "the time from … to …".
    var subject: Text
    /// Whole sentences that say what is left out and how it differs from its neighbours.
    var scope: Text
    /// Whose times are counted, in the plural: "waits".
    var rows: Text
    var formula: String
    var duration: FactDuration
    /// Sum of microseconds, and the rows that it is a sum over.
    var sum: Measure
    var count: Measure

    /// Samples below which fewer than five times lie beyond the percentile.
    private static let percentiles: [(percent: Int, minimumSample: Int64)] = [(50, 10), (90, 50), (95, 100), (99, 500)]

    var metrics: [Metric] {
        [mean] + Self.percentiles.map { percentile($0.percent, minimumSample: $0.minimumSample) } + [longest]
    }

    private var mean: Metric {
        metric(
            "mean", Text(id: "rata-rata", en: "mean"),
            Text(
                id: "Rata-rata \(subject.id). Beberapa yang sangat lama dapat menariknya naik; lihat juga mediannya.",
                en: "The mean of \(subject.en). A few very long ones pull it up; see the median too."),
            formula: "sum of (\(formula)) / \(count.column)", .mean(sum, over: [count]), minimumSample: 10)
    }

    private func percentile(_ percent: Int, minimumSample: Int64) -> Metric {
        let isMedian = percent == 50
        let slow = 100 - percent
        return metric(
            "p\(percent)", isMedian ? Text(id: "median", en: "median") : Text(id: "p\(percent)", en: "p\(percent)"),
            isMedian
                ? Text(
                    id: "Nilai tengah \(subject.id): separuh \(rows.id) lebih cepat, separuh lebih lama.",
                    en: "The median of \(subject.en): half of the \(rows.en) were faster, half slower.")
                : Text(
                    id: "Pada \(percent) % \(rows.id), \(subject.id) paling lama sebesar ini; pada \(slow) % sisanya "
                        + "lebih lama.",
                    en: "For \(percent) % of \(rows.en), \(subject.en) was at most this long; for the other \(slow) % "
                        + "it was longer."),
            formula: "quantile \(Double(percent) / 100) of \(formula)",
            .quantile(duration, Double(percent) / 100), minimumSample: minimumSample)
    }

    private var longest: Metric {
        metric(
            "max", Text(id: "terlama", en: "longest"),
            Text(
                id: "Kasus terlama dari \(subject.id), dengan ketelitian 1 %.",
                en: "The worst case of \(subject.en), within 1 %."),
            formula: "maximum of \(formula)", .maximum(duration), minimumSample: 0)
    }

    private func metric(
        _ suffix: String, _ kind: Text, _ sentence: Text, formula: String, _ expression: Expression,
        minimumSample: Int64
    ) -> Metric {
        Metric(
            id: "\(id)_\(suffix)", name: Text(id: "\(name.id) (\(kind.id))", en: "\(name.en) (\(kind.en))"),
            definition: Text(id: "\(sentence.id) \(scope.id)", en: "\(sentence.en) \(scope.en)"), formula: formula,
            unit: .seconds, direction: .lowerIsBetter, expression: expression, minimumSample: minimumSample)
    }
}
