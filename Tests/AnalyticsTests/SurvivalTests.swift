import Catalogue
import Testing

@testable import Analytics

func histogram(seconds: [Double]) -> Histogram {
    seconds.reduce(into: Histogram()) { $0.add(1, bin: Histogram.bin(microseconds: Int64($1 * 1e6))) }
}

@Suite("Waits that are not over")
struct SurvivalTests {
    /// Remission of 21 patients on 6-mercaptopurine in weeks (Freireich et al. 1963; Gehan 1965), the example of most
    /// textbooks, with S(t) and Greenwood's standard errors as in Kleinbaum & Klein, Survival Analysis, chapter 2.
    private let events = histogram(seconds: [6, 6, 6, 7, 10, 13, 16, 22, 23])
    private let censored = histogram(seconds: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])

    @Test func theTextbookExample() {
        let survival = Survival(events: events, censored: [censored])
        let times = survival.steps.map { Histogram.value(bin: $0.bin) }
        #expect(times == [6, 7, 10, 13, 16, 22, 23])
        let expected: [(share: Double, error: Double)] = [
            (0.8571, 0.0764), (0.8067, 0.0869), (0.7529, 0.0963), (0.6902, 0.1068), (0.6275, 0.1141), (0.5378, 0.1282),
            (0.4482, 0.1346),
        ]
        for (step, truth) in zip(survival.steps, expected) {
            #expect(abs(step.share - truth.share) < 0.00006)
            #expect(abs(step.share * step.variance.squareRoot() - truth.error) < 0.00006)
        }
        #expect(survival.median == 23)
        // R's survfit tells 16 and no upper limit.
        #expect(survival.medianInterval == nil)
    }

    @Test func anInterval() {
        // 40 of 40 answered after 1 … 40 s. S(20 s) = 1/2, variance of ln S = (1 − S)/(n S): the lower limit
        // S exp(−1.96 √((1 − S)/(40 S))) reaches 1/2 at S = 26/40 (0.65 · 0.797 = 0.518 at 14 s; 0.625 · 0.787 = 0.492
        // at 15 s), the upper at 14/40 (0.35 · 1.525 = 0.534 at 26 s; 0.325 · 1.563 = 0.508 at 27 s; 0.3 · 1.605 =
        // 0.482 at 28 s).
        let survival = Survival(events: histogram(seconds: (1...40).map(Double.init)), censored: [])
        #expect(survival.median == 20)
        #expect(survival.medianInterval == Interval(lower: 15, upper: 28))
    }

    @Test func nobodyAnsweredIsNoMedian() {
        #expect(Survival(events: Histogram(), censored: [censored]).median == nil)
        #expect(Survival(events: Histogram(), censored: []).median == nil)
        // One answered at once, three wait.
        let survival = Survival(events: histogram(seconds: [1]), censored: [histogram(seconds: [30, 40, 50])])
        #expect(survival.steps.map(\.share) == [0.75])
        #expect(survival.median == nil)
    }
}
