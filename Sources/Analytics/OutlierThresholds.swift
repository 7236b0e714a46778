import Catalogue
import Domain
import Storage

/// From when on an answer took far longer than is usual: Q3 + 3 × IQR of the logarithm of the times to answer (Tukey's
/// outer fence, 1977), for each kind of responder and each week of the reporting zone.
///
/// Bins of a histogram are evenly spaced in logarithms, so the fence is b₃ + 3 (b₃ − b₁) with the quartiles' bins.
package struct OutlierThresholds: Hashable, Sendable {
    package struct Threshold: Hashable, Sendable {
        /// Waits that begin here; a week from Monday.
        package var week: Range<Instant>
        package var responder: String?
        /// Times in later bins are outliers.
        package var bin: Int32
        /// Answered waits that it was learned from.
        package var count: Int64
        /// Times to answer above this many seconds are outliers.
        package var seconds: Double { Histogram.upperBound(bin: bin) }
    }

    /// By week, then responder.
    package let all: [Threshold]
    /// Bounds of the weeks, ascending.
    let weeks: [Instant]
    private let byWeek: [[String?: Threshold]]

    /// Fewer answered waits than this have no quartiles worth the name: none of them is an outlier.
    package static let countMin: Int64 = 8

    init(weeks: [Instant], times: [[String?: Histogram]]) {
        self.weeks = weeks
        byWeek = zip(zip(weeks, weeks.dropFirst()), times).map { bounds, times in
            times.reduce(into: [:]) { thresholds, entry in
                let (responder, histogram) = entry
                guard bounds.0 < bounds.1, let bin = Self.bin(histogram) else { return }
                thresholds[responder] = Threshold(
                    week: bounds.0..<bounds.1, responder: responder, bin: bin, count: histogram.total)
            }
        }
        all = byWeek.flatMap { $0.values.sorted { ($0.responder ?? "") < ($1.responder ?? "") } }
    }

    /// The fence of a list of times; nil when they are too few.
    static func bin(_ times: Histogram) -> Int32? {
        guard times.total >= countMin, let first = times.bin(atQuantile: 0.25), let third = times.bin(atQuantile: 0.75)
        else { return nil }
        // Clocks tell whole seconds: times that agree to the second (bots) may still differ by one, so the spread is
        // never taken to be less than that.
        let second = Histogram.bin(microseconds: Int64((Histogram.value(bin: third) + 1) * 1_000_000)) - third
        return min(third + 3 * max(third - first, second), Histogram.binMax)
    }

    /// That of a wait; nil when nothing can be said.
    package func threshold(startedAt: Instant, responder: String?) -> Threshold? {
        guard let week = weeks.lastIndex(where: { $0 <= startedAt }), byWeek.indices.contains(week) else { return nil }
        return byWeek[week][responder]
    }

    /// The weeks as far as they lie in a range, each with the fence of every kind of responder that has one.
    package func fences(in range: Range<Instant>) -> [(range: Range<Instant>, aboveBin: [Responder: Int32])] {
        zip(zip(weeks, weeks.dropFirst()), byWeek).compactMap { bounds, thresholds in
            let from = max(bounds.0, range.lowerBound)
            let to = min(bounds.1, range.upperBound)
            guard from < to else { return nil }
            let bins = thresholds.compactMap { responder, threshold in
                responder.flatMap(Responder.init(rawValue:)).map { ($0, threshold.bin) }
            }
            return (from..<to, Dictionary(bins, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Whether an answered wait is one of those that the metric counts.
    package func isOutlier(startedAt: Instant, responder: String?, microseconds: Int64) -> Bool {
        threshold(startedAt: startedAt, responder: responder).map {
            Histogram.bin(microseconds: microseconds) > $0.bin
        } ?? false
    }

    /// Learned from all answered waits of the weeks that a range touches.
    static func learn(
        from store: any AnalyticsStore, planner: Planner, range: Range<Instant>, now: Instant
    ) async throws -> OutlierThresholds {
        let zone = planner.reporting
        let first = zone.instant(of: zone.date(of: range.lowerBound).startOfWeek)
        let lastDay = zone.date(of: Instant(microseconds: range.upperBound.microseconds &- 1))
        let end = zone.instant(of: lastDay.startOfWeek.adding(days: 7))
        guard first < end else { return OutlierThresholds(weeks: [], times: []) }
        guard let weeks = zone.boundaries(of: first..<end, grain: .week, max: Limits.answerBucketsMax) else {
            throw Failure(
                .unprocessable,
                id: "Rentang ini terlalu panjang untuk mencari jawaban yang luar biasa lama. Pakai rentang yang lebih "
                    + "pendek.",
                en: "The range is too long to look for unusually slow answers. Use a shorter range.")
        }
        var times = Array(repeating: [String?: Histogram](), count: weeks.count - 1)
        let order = Planner.Order(
            boundaries: weeks, measures: [.wait(.answered)], durations: [.wait(.response)], dimensions: [.responder],
            asOf: now)
        for part in planner.parts(order) {
            for row in try await store.run(part.plan).rows where part.buckets.indices.contains(row.bucket) {
                guard let responder = row.key.first, let histogram = row.histograms.first else { continue }
                times[part.buckets[row.bucket]][responder, default: Histogram()].add(histogram)
            }
        }
        return OutlierThresholds(weeks: weeks, times: times)
    }
}
