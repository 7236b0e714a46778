import Domain
import Testing

@testable import Insights

@Suite("Many series, incidents, and what has not come yet")
struct DetectDiscoveryTests {
    @Test func benjaminiHochbergsOwnExample() {
        // Benjamini & Hochberg 1995, section 4.1: 15 p-values, the first four are rejected at .05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ]
        #expect(Discovery.benjaminiHochberg(p, q: 0.05) == [0, 1, 2, 3])
        #expect(Discovery.benjaminiHochberg(p.reversed(), q: 0.05) == [11, 12, 13, 14])
        #expect(Discovery.benjaminiHochberg([0.0001, .nan], q: 0.05, tests: 5000) == [])
        #expect(Discovery.benjaminiHochberg([], q: 0.05) == [])
    }

    static func result(_ segment: [String: String], _ observed: Double, _ expected: Double) -> Discovery.SegmentResult {
        Discovery.SegmentResult(
            segment: segment, observed: observed, expected: expected, variance: expected,
            isAnomalous: abs(observed - expected) > 4 * expected.squareRoot())
    }

    @Test func theCoarsestThatExplains() {
        // One template fails in one country: everything above it is only its shadow.
        let one = [
            Self.result([:], 300, 200), Self.result(["template": "a"], 180, 80),
            Self.result(["country": "ID"], 250, 150),
            Self.result(["template": "a", "country": "ID"], 160, 60),
            Self.result(["template": "a", "country": "MY"], 20, 20),
            Self.result(["template": "b"], 120, 120),
        ]
        #expect(Discovery.coarsest(one).map { one[$0].segment } == [["template": "a", "country": "ID"]])
        #expect(Discovery.coarsest(one.reversed()).count == 1)
        // A whole template fails, in every country alike: it is named, not its parts.
        let whole = [
            Self.result(["template": "a"], 400, 100), Self.result(["template": "a", "country": "ID"], 240, 60),
            Self.result(["template": "a", "country": "MY"], 160, 40), Self.result([:], 1300, 1000),
        ]
        #expect(Discovery.coarsest(whole).map { whole[$0].segment } == [["template": "a"]])
        // Everything, with one part far worse than the rest: both.
        let both = [
            Self.result([:], 2000, 1000), Self.result(["template": "a"], 500, 100),
            Self.result(["template": "b"], 1500, 900),
        ]
        #expect(Discovery.coarsest(both) == [0, 1])
        #expect(Discovery.coarsest([]).isEmpty)
    }

    static func anomaly(_ at: Int64, p: Double = 1e-4) -> Anomaly {
        Anomaly(
            metric: "m", segment: [:], kind: .ratio, direction: .down, good: .up, since: Instant(seconds: at - 1800),
            at: Instant(seconds: at), pValue: p, observed: 0.8, expected: 0.95, baseline: 0.93...0.97, sample: 50)
    }

    @Test func anIncidentHasABeginningAndAnEnd() {
        var incident = Incident()
        var changes: [Incident.Change?] = []
        // 15-minute buckets: evidence, clear, evidence, evidence, late, then clear for two hours.
        let pattern = "x.xx?........".map { $0 }
        for (step, mark) in pattern.enumerated() {
            let at = Int64(step) * 900
            let evidence: Incident.Evidence =
                mark == "x" ? .anomalous(Self.anomaly(at)) : mark == "?" ? .unknown : .clear
            changes.append(incident.observe(evidence, at: Instant(seconds: at)))
        }
        #expect(changes == [nil, nil, .fired, .updated, nil, nil, nil, .recovering, nil, .resolved, nil, nil, nil])
        #expect(incident.since == Instant(seconds: -1800))
        #expect(incident.observe(.anomalous(Self.anomaly(20_000)), at: Instant(seconds: 20_000)) == nil)
        #expect(incident.observe(.anomalous(Self.anomaly(20_900)), at: Instant(seconds: 20_900)) == .reopened)
        // Told twice, counted once.
        #expect(incident.observe(.anomalous(Self.anomaly(20_900)), at: Instant(seconds: 20_900)) == nil)
        #expect(incident.reopened == 1 && incident.phase == .firing)
    }

    @Test func pendingGoesAwayAndStrongEvidenceDoesNotWait() {
        var weak = Incident()
        _ = weak.observe(.anomalous(Self.anomaly(0)), at: Instant(seconds: 0))
        for step in 1...3 { _ = weak.observe(.clear, at: Instant(seconds: Int64(step) * 900)) }
        #expect(weak.phase == .quiet && weak.since == nil)
        var strong = Incident()
        #expect(strong.observe(.anomalous(Self.anomaly(0, p: 1e-12)), at: Instant(seconds: 0)) == .fired)
        // A day and more after its end it is another one.
        for step in 1...10 { _ = strong.observe(.clear, at: Instant(seconds: Int64(step) * 900)) }
        #expect(strong.phase == .resolved)
        #expect(strong.observe(.anomalous(Self.anomaly(200_000)), at: Instant(seconds: 200_000)) == nil)
        #expect(strong.phase == .pending && strong.reopened == 0 && strong.since == Instant(seconds: 198_200))
    }

    @Test func delaysAreLearnedFromWhatCouldBeSeen() {
        // Half come at once, a quarter after one step, a quarter after two; young cohorts have shown less.
        let cohorts = [
            DelayDistribution.Cohort(age: 3, arrivals: [50, 25, 25]), .init(age: 3, arrivals: [100, 50, 50]),
            .init(age: 2, arrivals: [60, 30]), .init(age: 1, arrivals: [40]),
        ]
        let learned = DelayDistribution(cohorts, steps: 3)
        #expect(zip(learned.shares, [0.5, 0.75, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(learned.share(-1) == 0 && learned.share(9) == 1)
        // Nothing seen: the prior.
        let drawn = DelayDistribution([], steps: 3, prior: learned)
        #expect(zip(drawn.shares, learned.shares).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func theAdjustedRateCoversTheTruth() throws {
        // 200 messages each at ages where .2, .5 and .9 of receipts have come; true rate .60.
        var chance = DetectChance(31)
        var covered = 0
        var sum = 0.0
        for _ in 0..<300 {
            var count = 0
            for share in [0.2, 0.5, 0.9] { count += chance.binomial(200, 0.6 * share) }
            let shares = [0.2, 0.5, 0.9].map { (share: $0, events: 200.0) }
            let rate = try #require(DelayAdjustedRate(count: Double(count), shares: shares))
            sum += rate.rate
            if abs(rate.rate - 0.6) <= 1.96 * rate.standardError { covered += 1 }
        }
        #expect(abs(sum / 300 - 0.6) < 0.01)
        #expect((0.91...1).contains(Double(covered) / 300), "\(covered)")
        #expect(DelayAdjustedRate(count: 1, shares: []) == nil)
        #expect(DelayAdjustedRate(count: 5, shares: [(0.1, 100)])?.isShowable == false)
    }

    @Test func nowcastOfCounts() {
        let nowcast = Nowcast(level: 100)
        // k = 5, m = 100, f = .5, n = 40: B = .55, total 40 + .5 × 45/.55.
        #expect(abs(nowcast.estimate(40, share: 0.5).total - (40 + 0.5 * 45 / 0.55)) < 1e-9)
        #expect(abs(nowcast.estimate(0, share: 0).total - 100) < 1e-9)
        let done = nowcast.estimate(70, share: 1)
        #expect(done.total == 70 && done.interval == 70...70)
        var huge = Nowcast(level: 1e308)
        huge.learn(1e308, said: huge.estimate(1e308, share: 0.01))
        #expect(huge.estimate(.infinity, share: .nan).total.isFinite)
        var chance = DetectChance(41)
        var learning = Nowcast(level: 50)
        var covered = 0
        for round in 0..<300 {
            let total = chance.poisson(100 * chance.gammaOfMeanOne(shape: 8))
            let seen = chance.binomial(total, 0.4)
            let said = learning.estimate(Double(seen), share: 0.4)
            if round >= 100, said.interval.contains(Double(total)) { covered += 1 }
            learning.learn(Double(total), said: said)
        }
        #expect((0.90...1).contains(Double(covered) / 200), "\(covered)")
    }
}
