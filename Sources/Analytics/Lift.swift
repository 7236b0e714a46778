import Catalogue
import Domain
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a campaign truly brought: those it was sent to against a control group that was held out from it.
package struct Lift: Hashable, Sendable {
    package let counts: LiftCounts
    /// Share of persons with an outcome; nil for a group of nobody.
    package let treatedRate: Double?
    package let heldOutRate: Double?
    /// Treated less held out, 0.02 is two percentage points, with its 95 % interval (Newcombe 1998, method 10).
    package let difference: Double?
    package let interval: Interval?
    /// The difference as a share of the held-out rate; nil when that is 0.
    package let relative: Double?
    /// Two-sided, of the hypothesis that there is no difference (two proportions, pooled variance); nil where nothing
    /// varies.
    package let pValue: Double?
    /// Persons with an outcome who would not have had one, with the same interval.
    package let extra: Double?
    package let extraInterval: Interval?
    /// Whether both groups are large enough for the p-value: five or more persons expected with and without an outcome
    /// in each (Cochran 1954).
    package let isEnough: Bool

    package init(_ counts: LiftCounts) {
        // Nobody can convert who is not in a group.
        var counts = counts
        counts.treated = max(0, counts.treated)
        counts.heldOut = max(0, counts.heldOut)
        counts.treatedConverted = min(max(0, counts.treatedConverted), counts.treated)
        counts.heldOutConverted = min(max(0, counts.heldOutConverted), counts.heldOut)
        self.counts = counts
        let (n1, n2) = (Double(counts.treated), Double(counts.heldOut))
        let (x1, x2) = (Double(counts.treatedConverted), Double(counts.heldOutConverted))
        treatedRate = n1 > 0 ? x1 / n1 : nil
        heldOutRate = n2 > 0 ? x2 / n2 : nil
        guard let p1 = treatedRate, let p2 = heldOutRate,
            let interval = Interval.difference(
                counts.treatedConverted, of: counts.treated, minus: counts.heldOutConverted, of: counts.heldOut)
        else {
            (difference, interval, relative, pValue) = (nil, nil, nil, nil)
            (extra, extraInterval, isEnough) = (nil, nil, false)
            return
        }
        difference = p1 - p2
        self.interval = interval
        relative = p2 > 0 ? p1 / p2 - 1 : nil
        extra = (p1 - p2) * n1
        extraInterval = interval.scaled(by: n1)
        let pooled = (x1 + x2) / (n1 + n2)
        let deviation = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
        pValue = deviation > 0 ? erfc(abs(p1 - p2) / deviation / 2.0.squareRoot()) : nil
        isEnough = min(n1, n2) * min(pooled, 1 - pooled) >= 5
    }

    /// What a reader should know before believing it; nil when there is nothing.
    package var note: Text? {
        if counts.heldOut == 0 {
            return Text(
                id: "Tidak ada yang ditahan dari kampanye ini, jadi dampaknya tidak dapat diukur. Tandai sebagian "
                    + "orang sebagai kelompok pembanding pada catatan pengiriman.",
                en: "Nobody was held out from this campaign, so its effect cannot be measured. Mark some people as a "
                    + "control group in the send log.")
        }
        guard !isEnough else { return nil }
        return Text(
            id: "Kelompoknya masih terlalu kecil: di tiap kelompok perlu paling sedikit 5 orang dengan dan 5 tanpa "
                + "hasil. Baca rentangnya, bukan selisihnya.",
            en: "The groups are still too small: each needs at least 5 people expected with and 5 without an "
                + "outcome. Read the interval, not the difference.")
    }
}

extension Interval {
    /// Of the difference of two independent proportions, from the Wilson intervals of both (Newcombe 1998, method 10);
    /// nil when one had no trials.
    package static func difference(
        _ first: Int64, of firstTrials: Int64, minus second: Int64, of secondTrials: Int64
    ) -> Interval? {
        guard let a = wilson(first, of: firstTrials), let b = wilson(second, of: secondTrials) else { return nil }
        let p = Double(min(max(first, 0), firstTrials)) / Double(firstTrials)
        let q = Double(min(max(second, 0), secondTrials)) / Double(secondTrials)
        let below = ((p - a.lower) * (p - a.lower) + (b.upper - q) * (b.upper - q)).squareRoot()
        let above = ((a.upper - p) * (a.upper - p) + (q - b.lower) * (q - b.lower)).squareRoot()
        return Interval(lower: max(-1, p - q - below), upper: min(1, p - q + above))
    }
}

extension Analyst {
    /// The effect of the messages of a range that pass the filters (of one campaign, as a rule) on outcomes of some
    /// kinds (any when empty) within `windowSeconds` of the first. Throws a `Failure` when filters or range make no
    /// sense.
    package func lift(
        filters: [Filter] = [], kinds: [String] = [], range: QueryRange,
        windowSeconds: Int64 = Gathering.outcomeSeconds, timezone: String? = nil
    ) async throws -> Lift {
        let query = Query(metrics: ["messages_held_out"], filters: filters, range: range, timezone: timezone)
        let resolved = try query.resolved(now: now(), workspace: workspace)
        if let temporal = filters.first(where: \.dimension.isTemporal) {
            throw Failure(
                .unprocessable,
                id: "Dampak kampanye tidak dapat disaring menurut \"\(temporal.dimension.rawValue)\".",
                en: "Lift cannot be filtered by \"\(temporal.dimension.rawValue)\".")
        }
        guard windowSeconds > 0, windowSeconds <= AttributionSettings.lookbackSecondsMax else {
            let days = AttributionSettings.lookbackSecondsMax / 86_400
            throw Failure(
                .unprocessable, id: "Jendela waktunya harus lebih dari 0 dan paling lama \(days) hari.",
                en: "The window must be more than 0 and at most \(days) days.")
        }
        return Lift(
            try await store.lift(
                in: resolved.from..<resolved.to, matching: filters, kinds: kinds, windowSeconds: windowSeconds))
    }
}
