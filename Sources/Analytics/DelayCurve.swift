import Catalogue
import Domain

/// The share of receipts that have come by the age of a message, F(age): learned from the workspace's own receipts.
///
/// Young messages have shown only their short delays. So each delay is judged only by messages old enough to have
/// shown it: g(d) = receipts with delay d ÷ receipts with delay ≤ d, and F(d) = Π over j > d of (1 − g(j)).
struct DelayCurve: Hashable, Sendable {
    /// F by bin of the delay, for the bins that occurred; ascending in both.
    private let steps: [Step]
    /// Receipts that it was learned from.
    let count: Int64

    private struct Step: Hashable {
        var bin: Int32
        var share: Double
    }

    /// Receipts of messages that were sent at least `age` microseconds ago.
    struct Cohort {
        var age: Int64
        var delays: Histogram
    }

    /// Fewer receipts than this teach nothing.
    static let countMin: Int64 = 20

    init(_ cohorts: [Cohort]) {
        var all = Histogram()
        var tallies: [(oldest: Int, at: [Int64], upTo: [Int64])] = []
        for cohort in cohorts where !cohort.delays.isEmpty {
            all.add(cohort.delays)
            var at = [Int64](repeating: 0, count: Int(Histogram.binMax) + 1)
            for (bin, receipts) in cohort.delays.counts where at.indices.contains(Int(bin)) {
                at[Int(bin)] = max(0, receipts)
            }
            var upTo = at
            for bin in 1..<upTo.count { upTo[bin] &+= upTo[bin - 1] }
            tallies.append((Int(Histogram.bin(microseconds: cohort.age)), at, upTo))
        }
        count = all.total
        var steps: [Step] = []
        var share = 1.0
        for bin in all.counts.keys.sorted(by: >) where (0...Histogram.binMax).contains(bin) {
            steps.append(Step(bin: bin, share: share))
            var at: Int64 = 0
            var upTo: Int64 = 0
            for tally in tallies where tally.oldest > Int(bin) {
                at &+= tally.at[Int(bin)]
                upTo &+= tally.upTo[Int(bin)]
            }
            if upTo > 0 { share *= 1 - Double(at) / Double(upTo) }
        }
        self.steps = steps.reversed()
    }

    /// Whether enough receipts came to say anything.
    var isKnown: Bool { count >= Self.countMin }

    /// F at an age in microseconds.
    func share(atAge age: Int64) -> Double {
        guard age > 0 else { return 0 }
        let bin = Histogram.bin(microseconds: age)
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].bin <= bin { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 0 : steps[low - 1].share
    }

    /// The age in seconds from which on messages count as mature: F ≥ 0.999.
    var horizonSeconds: Int64 {
        guard isKnown else { return Self.unknownHorizonSeconds }
        let step = steps.first { $0.share >= 0.999 }
        // One bin more, so that the whole of the bin's delays lies behind it.
        return step.map { Int64(Histogram.value(bin: $0.bin + 1).rounded(.up)) + 1 } ?? Self.windowSeconds
    }

    /// What is learned from, and the longest delay that is looked for.
    static let windowSeconds: Int64 = 28 * 86_400
    /// While no curve is known, messages younger than a day have an unknown maturity.
    static let unknownHorizonSeconds: Int64 = 86_400
}
