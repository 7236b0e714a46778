import Domain
import Testing

@testable import Insights

@Suite("CUSUM: rates and levels")
struct DetectRateTests {
    /// Buckets until the sum passes `h`, on average.
    static func meanRun(_ p: Double, from p0: Double, to p1: Double, n: Int, h: Double, runs: Int, seed: UInt64)
        -> Double
    {
        var chance = DetectChance(seed)
        var total = 0
        for _ in 0..<runs {
            var cusum = RateCusum()
            while cusum.sum <= h {
                cusum.add(Double(chance.binomial(n, p)), of: Double(n), p0: p0, p1: p1)
                total += 1
            }
        }
        return Double(total) / Double(runs)
    }

    /// Tables of the method: threshold, and the mean delay after the drop.
    @Test(arguments: [(0.90, 50, 5.2, 5.9), (0.90, 500, 3.6, 1.1), (0.80, 50, 4.6, 1.4)])
    func dropsAreSeenAfterTheTabledDelay(after: Double, n: Int, h: Double, delay: Double) {
        let runs = n == 500 ? 60 : 300
        let mean = Self.meanRun(after, from: 0.95, to: after, n: n, h: h, runs: runs, seed: 11)
        #expect(abs(mean - delay) < 0.15 * delay, "\(mean)")
    }

    @Test func oneFalseAlarmPerThousandBuckets() {
        // .95 → .90 with 50 a bucket at h = 5.2: run length 1000 in control. 60 runs: ± 26 % at two standard errors.
        let mean = Self.meanRun(0.95, from: 0.95, to: 0.90, n: 50, h: 5.2, runs: 60, seed: 12)
        #expect((700...1500).contains(mean), "\(mean)")
        let step = RateCusum.step(of: 50, p0: 0.95, p1: 0.90)
        // 50 × (.95 ln(.95/.90) + .05 ln(.05/.10)) = 50 × (.051364 − .034657)
        #expect(abs(step.information - 0.83533) < 1e-4)
        let h = RateCusum.threshold(runLength: 1000, information: step.information, deviation: step.deviation)
        #expect(abs(h - 5.2) < 0.1, "\(h)")
    }

    @Test func thresholdsOfTheClassicCusum() {
        // Two sides: half the run length of one.
        #expect(abs(NormalCusum.runLength(threshold: 4) / 2 - 168) < 2)
        #expect(abs(NormalCusum.runLength(threshold: 5) / 2 - 465) < 6)
        #expect(abs(NormalCusum.threshold(runLength: 336) - 4) < 0.02)
        var chance = DetectChance(5)
        for (h, delay) in [(4.0, 8.4), (5.0, 10.4)] {
            var total = 0
            for _ in 0..<300 {
                var cusum = NormalCusum()
                while cusum.sum <= h {
                    cusum.add(1 + chance.normal())
                    total += 1
                }
            }
            #expect(abs(Double(total) / 300 - delay) < 0.6)
        }
    }

    @Test func smallSamplesDoNotShout() {
        // Three of four failing says little where 5 % fail, thirty of forty says all.
        var small = RateCusum()
        small.add(3, of: 4, p0: 0.95, p1: 0.90)
        var large = RateCusum()
        large.add(10, of: 40, p0: 0.95, p1: 0.90)
        #expect(small.sum < 1 && large.sum > 15)
        // Over-dispersion takes its share: exactly.
        var waver = RateCusum()
        waver.add(10, of: 40, p0: 0.95, p1: 0.90, dispersion: 4)
        #expect(abs(waver.sum * 4 - large.sum) < 1e-9)
    }

    @Test func nonsenseAddsNothing() {
        var cusum = RateCusum()
        for (k, n) in [(Double.nan, 5.0), (1, 0), (1, -3), (1, .infinity)] { cusum.add(k, of: n, p0: 0.5, p1: 0.4) }
        cusum.add(1, of: 2, p0: 0, p1: 0.4)
        cusum.add(1, of: 2, p0: 0.4, p1: 1)
        #expect(cusum == RateCusum())
        // More good ones than there are count as all.
        cusum.add(9, of: 2, p0: 0.4, p1: 0.6)
        #expect(cusum.numerator == 2)
        var normal = NormalCusum()
        normal.add(.nan)
        #expect(normal.sum == 0)
    }

    @Test func tailsAgainstKnownValues() {
        #expect(abs(Tail.normal(1.959964) - 0.025) < 1e-7)
        // Poisson with mean 3: P(X ≥ 8) = .0119045, P(X ≤ 0) = e^−3.
        #expect(abs(Tail.count(8, mean: 3, dispersion: 1) - 0.0119045) < 1e-6)
        #expect(abs(Tail.count(0, mean: 3, dispersion: 1) - 0.0497871) < 1e-6)
        // Negative binomial of mean 4, variance 8: shape 4, half each: P(X = 0) = 1/16.
        #expect(abs(Tail.count(0, mean: 4, dispersion: 2) - 0.0625) < 1e-9)
        // Student's t: two-sided 5 % at 2.228139 with 10 degrees of freedom, .001 at 4.586894.
        #expect(abs(Tail.student(2.228139, degrees: 10) - 0.05) < 1e-6)
        #expect(abs(Tail.student(4.586894, degrees: 10) - 0.001) < 1e-7)
        #expect(Tail.student(60, degrees: 10) < 1e-13 && Tail.student(60, degrees: 10) > 0)
    }

    @Test func trendsBySlopeAndChance() throws {
        // Mann–Kendall by hand: 6 ascending values: S = 15, var = 6·5·17/18 = 28.33, z = 14/5.3229 = 2.6302.
        let rising = try #require(Trend.of([1, 2, 3, 4, 5, 6]))
        #expect(abs(rising.slope - 1) < 1e-12 && abs(rising.pValue - 0.008535) < 1e-5)
        #expect(abs(rising.start - 1) < 1e-12 && abs(rising.end - 6) < 1e-12)
        // One outlier does not turn it.
        let outlier = try #require(Trend.of([1, 2, 3, 4, 500, 6, 7, 8]))
        #expect(outlier.slope > 0.9 && outlier.slope < 1.6 && outlier.pValue < 0.01)
        #expect(Trend.of([1, 2, 3, nil, .nan, 4]) == nil)
        #expect(try #require(Trend.of([5, 5, 5, 5, 5, 5, 5])).pValue == 1)
        // Under the null a p-value below .05 comes about once in twenty.
        var chance = DetectChance(21)
        let few = (0..<400).filter { _ in (Trend.of((0..<16).map { _ in chance.normal() })?.pValue ?? 1) < 0.05 }
        #expect((4...34).contains(few.count), "\(few.count)")
    }
}
