import Domain
import Testing

@testable import Insights

@Suite("Watching a series")
struct DetectWatchTests {
    static let hour: Int64 = 3600
    static let start = Instant(seconds: 1_760_486_400)  // a midnight

    static func at(_ bucket: Int) -> Instant { start.adding(seconds: Int64(bucket) * hour) }

    /// Busier by day, quiet by night.
    static func profile(_ bucket: Int) -> Double {
        let hour = Double(bucket % 24)
        return hour < 7 ? 0.15 : hour < 21 ? 1 : 0.5
    }

    static func rule(_ shape: SeriesRule.Shape, _ good: SeriesRule.Good = .up) -> SeriesRule {
        SeriesRule(metric: "m", segment: ["template": "promo"], shape: shape, good: good, grainSeconds: hour)
    }

    static func counts(_ seed: UInt64, days: Int, mean: Double = 60, factor: (Int) -> Double = { _ in 1 })
        -> [SeriesPoint]
    {
        var chance = DetectChance(seed)
        return (0..<days * 24).map { bucket in
            let rate = mean * profile(bucket) * chance.gammaOfMeanOne(shape: 10) * factor(bucket)
            return SeriesPoint(start: at(bucket), value: Double(chance.poisson(rate)))
        }
    }

    static func ratios(_ seed: UInt64, days: Int, n: Double = 50, p: (Int) -> Double) -> [SeriesPoint] {
        var chance = DetectChance(seed)
        return (0..<days * 24).map { bucket in
            let n = chance.poisson(n * profile(bucket))
            return SeriesPoint(
                start: at(bucket), numerator: Double(chance.binomial(n, p(bucket))), denominator: Double(n))
        }
    }

    static func first(_ found: [[Anomaly]], from: Int) -> (bucket: Int, anomaly: Anomaly)? {
        found.indices.dropFirst(from).lazy.compactMap { bucket in
            found[bucket].first.map { (bucket, $0) }
        }.first
    }

    static func episodes(_ found: [[Anomaly]], from: Int) -> Int {
        var (count, quiet) = (0, true)
        for bucket in found.indices {
            if found[bucket].isEmpty { quiet = true; continue }
            if quiet, bucket >= from { count += 1 }
            quiet = false
        }
        return count
    }

    @Test func quietMonthsAreQuiet() {
        var (counted, rated) = (0, 0)
        for seed in 1...6 as ClosedRange<UInt64> {
            let volume = SeriesWatch.replay(Series(Self.rule(.volume), points: Self.counts(seed, days: 42)))
            counted += Self.episodes(volume, from: 14 * 24)
            let ratio = SeriesWatch.replay(Series(Self.rule(.ratio), points: Self.ratios(seed, days: 42) { _ in 0.95 }))
            rated += Self.episodes(ratio, from: 14 * 24)
        }
        // Six series over 28 days at .25 a month and detector: three expected of two detectors, two of ratios' one way.
        #expect(counted <= 4, "\(counted)")
        #expect(rated <= 4, "\(rated)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func aDropOfDeliveryIsFoundWithinHours(seed: UInt64) throws {
        let drop = 30 * 24 + 10
        let points = Self.ratios(seed, days: 32) { $0 >= drop && $0 < drop + 12 ? 0.80 : 0.95 }
        let found = SeriesWatch.replay(Series(Self.rule(.ratio), points: points))
        let hit = try #require(Self.first(found, from: drop))
        #expect(hit.bucket < drop + 5)
        #expect(hit.anomaly.kind == .ratio && hit.anomaly.direction == .down && !hit.anomaly.isImprovement)
        #expect(hit.anomaly.since >= Self.at(drop - 8) && hit.anomaly.since <= Self.at(drop + 1))
        #expect(abs(hit.anomaly.expected - 0.95) < 0.02 && hit.anomaly.observed < 0.92)
        #expect(hit.anomaly.baseline.contains(0.95) && hit.anomaly.pValue < 0.01)
        #expect(hit.anomaly.segment == ["template": "promo"])
    }

    @Test func immatureBucketsAreCorrectedNotSkipped() {
        // Half of the receipts are still to come: half the numerator is no drop, a fifth of it is.
        var watch = SeriesWatch(Self.rule(.ratio))
        for point in Self.ratios(4, days: 20, p: { _ in 0.9 }) { _ = watch.closed(point) }
        let buckets = (0..<6).map { 20 * 24 + 9 + $0 }
        let young = buckets.map {
            SeriesPoint(start: Self.at($0), numerator: 27, denominator: 60, maturity: 0.5, isComplete: false)
        }
        #expect(watch.open(young).isEmpty)
        let fallen = young.map { point in
            var point = point
            point.numerator = 12
            return point
        }
        let found = watch.open(fallen)
        #expect(found.contains { $0.kind == .ratio && $0.direction == .down && abs($0.observed - 0.4) < 0.1 })
        // Judging open buckets keeps nothing.
        #expect(watch.open(young).isEmpty)
    }

    @Test func aSurgeAndAFallOfVolume() throws {
        for (factor, direction) in [(2.5, Anomaly.Direction.up), (0.3, .down)] {
            let change = 35 * 24 + 9
            let points = Self.counts(7, days: 36) { $0 >= change ? factor : 1 }
            let found = SeriesWatch.replay(Series(Self.rule(.volume), points: points))
            let hit = try #require(Self.first(found, from: change))
            #expect(hit.bucket < change + 8 && hit.anomaly.direction == direction && hit.anomaly.kind == .level)
            #expect(hit.anomaly.isImprovement == (direction == .up))
            #expect(abs(hit.anomaly.observed / hit.anomaly.expected - factor) < 0.6)
        }
    }

    @Test func silenceIsItsOwnKind() throws {
        let stop = 21 * 24 + 10
        let points = Self.counts(8, days: 22, mean: 20) { $0 >= stop ? 0 : 1 }
        let found = SeriesWatch.replay(Series(Self.rule(.volume), points: points))
        let hit = try #require(Self.first(found, from: stop))
        #expect(hit.anomaly.kind == .silence && hit.anomaly.since == Self.at(stop) && hit.bucket <= stop + 3)
        #expect(found[stop...].joined().allSatisfy { $0.kind == .silence })
        // At night, when little comes anyway, an empty hour is none.
        let night = Self.counts(8, days: 22, mean: 4) { $0 >= 21 * 24 && $0 < 21 * 24 + 5 ? 0 : 1 }
        let calm = SeriesWatch.replay(Series(Self.rule(.volume), points: night))
        #expect(calm[(21 * 24)..<(21 * 24 + 5)].joined().isEmpty)
    }

    @Test func lateDataIsNoFall() {
        let lag = 20 * 24 + 9
        var points = Self.counts(9, days: 22)
        for bucket in lag..<lag + 6 {
            points[bucket].value = 0
            points[bucket].isLate = true
        }
        let found = SeriesWatch.replay(Series(Self.rule(.volume), points: points))
        #expect(found[lag..<lag + 6].allSatisfy { $0.map(\.kind) == [.lateData] })
        #expect(found[(lag + 6)...].joined().isEmpty)
    }

    @Test func slowerAnswersByQuantile() throws {
        var chance = DetectChance(10)
        let slow = 30 * 24 + 18
        let points = (0..<31 * 24).map { bucket -> SeriesPoint in
            let n = Double(chance.poisson(40 * Self.profile(bucket)))
            guard n > 0 else { return SeriesPoint(start: Self.at(bucket)) }
            // The median of n lognormal waits, near enough: standard error 1.25 / √n of the logarithm.
            let wobble = 1 + chance.normal() * 1.25 / n.squareRoot()
            return SeriesPoint(
                start: Self.at(bucket), value: 300 * max(wobble, 0.05) * (bucket >= slow ? 4 : 1), denominator: n)
        }
        let found = SeriesWatch.replay(Series(Self.rule(.duration(quantile: 0.5), .down), points: points))
        let hit = try #require(Self.first(found, from: slow))
        #expect(hit.bucket < slow + 6 && hit.anomaly.kind == .quantile && !hit.anomaly.isImprovement)
        #expect(Self.episodes(Array(found[..<slow]), from: 14 * 24) <= 1)
    }

    @Test func aKnownCampaignIsNoAnomaly() {
        let campaign = 30 * 24 + 9
        let points = Self.counts(12, days: 32) { $0 >= campaign && $0 < campaign + 10 ? 6 : 1 }
        let period = SpecialPeriod(name: "campaign", start: Self.at(campaign), end: Self.at(campaign + 10))
        let known = SeriesWatch.replay(Series(Self.rule(.volume), points: points), specials: [period])
        let unknown = SeriesWatch.replay(Series(Self.rule(.volume), points: points))
        #expect(known[campaign...].joined().isEmpty)
        #expect(!unknown[campaign...].joined().isEmpty)
    }

    @Test func whatARuleWouldHaveSaid() throws {
        let drop = 30 * 24 + 10
        let points = Self.ratios(2, days: 34) { $0 >= drop && $0 < drop + 12 ? 0.70 : 0.95 }
        let series = Series(Self.rule(.ratio), points: points)
        let records = Incident.replay(series, from: Self.at(14 * 24))
        let record = try #require(records.first { $0.firedAt >= Self.at(drop) })
        #expect(records.count == 1 && record.worst.kind == .ratio)
        #expect(record.firedAt <= Self.at(drop + 4) && abs(record.since.seconds - Self.at(drop).seconds) <= 2 * 3600)
        #expect(try #require(record.resolvedAt) > Self.at(drop + 12))
        #expect(Incident.replay(series, from: Self.at(33 * 24)).isEmpty)
    }

    @Test func aCampaignsSizeIsLearned() {
        // Every week on the same day six hours at five times as much; the fifth time at nothing.
        let days = [7, 14, 21, 28, 35]
        let periods = days.map {
            SpecialPeriod(name: "campaign", start: Self.at($0 * 24 + 9), end: Self.at($0 * 24 + 15))
        }
        func factor(_ bucket: Int) -> Double {
            guard days.contains(bucket / 24), (9..<15).contains(bucket % 24) else { return 1 }
            return bucket / 24 == 35 ? 0.2 : 5
        }
        let points = Self.counts(14, days: 36, factor: factor)
        let found = SeriesWatch.replay(Series(Self.rule(.volume), points: points), specials: periods)
        #expect(found[(14 * 24)..<(35 * 24)].joined().isEmpty)
        #expect(found[(35 * 24 + 9)..<(35 * 24 + 15)].joined().contains { $0.direction == .down })
    }

    @Test func oddSeriesTrapNothing() {
        for shape in [SeriesRule.Shape.volume, .level, .ratio, .duration(quantile: .nan)] {
            var rule = SeriesRule(metric: "m", shape: shape, good: .neither, grainSeconds: 0)
            rule.alarmsPerMonth = 0
            rule.oddsRatio = -1
            var watch = SeriesWatch(rule)
            for value in [nil, .nan, .infinity, -5, 0, 1e300, 3] as [Double?] {
                for start in [Instant.distantPast, .distantFuture, Instant(seconds: 5), Instant(seconds: 5)] {
                    let point = SeriesPoint(
                        start: start, value: value, numerator: value ?? 0, denominator: value ?? .nan,
                        maturity: value ?? .nan)
                    _ = watch.closed(point)
                    _ = watch.open([point, point])
                }
            }
        }
        let extremes = [0, 1, 1e308, -1e308, 1e30, 1e-300, 5, 5, 5, .infinity]
        for (shape, seed) in zip([SeriesRule.Shape.volume, .level, .ratio, .duration(quantile: 0.9)], 1...) {
            var chance = DetectChance(UInt64(seed))
            let points = (0..<900).map { bucket in
                let value = extremes[Int(chance.bits() % 10)]
                return SeriesPoint(
                    start: Self.at(bucket), value: value, numerator: value,
                    denominator: extremes[Int(chance.bits() % 10)])
            }
            let found = SeriesWatch.replay(Series(Self.rule(shape), points: points)).joined()
            #expect(
                found.allSatisfy { $0.baseline.lowerBound <= $0.baseline.upperBound && (0...1).contains($0.severity) })
        }
        #expect(SeriesWatch.replay(Series(Self.rule(.volume), points: [])).isEmpty)
        let constant = (0..<1000).map { SeriesPoint(start: Self.at($0), value: 7) }
        #expect(SeriesWatch.replay(Series(Self.rule(.level), points: constant)).joined().isEmpty)
    }
}
