import Catalogue
import Domain
import Testing

@testable import Analytics

private func isNear(_ a: Double, _ b: Double, within tolerance: Double = 0.0005) -> Bool { abs(a - b) <= tolerance }

@Suite("Intervals and estimates")
struct StatisticsTests {
    /// Wilson's intervals at 95 %: 8/10 as often published; 0/10 is z²/(n + z²); 81/263 and 15/148 from Newcombe
    /// (1998, table I); 10/10 mirrors 0/10.
    @Test(arguments: [
        (8, 10, 0.490, 0.943), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
    ])
    func wilson(_ successes: Int64, _ trials: Int64, _ lower: Double, _ upper: Double) throws {
        let interval = try #require(Interval.wilson(successes, of: trials))
        #expect(isNear(interval.lower, lower))
        #expect(isNear(interval.upper, upper))
    }

    @Test func wilsonOfNothing() { #expect(Interval.wilson(0, of: 0) == nil) }

    @Test func hiddenReceipts() throws {
        // 599 receipts, 99 replied, 49 of them with a receipt: 600 × 100 ÷ 50 − 1 = 1199 readers of 2000.
        let estimate = try #require(Estimate.readRate(read: 599, proven: 99, both: 49, delivered: 2000))
        #expect(isNear(estimate.value, 1199.0 / 2000, within: 1e-12))
        // Variance 600 · 100 · 550 · 50 ÷ (50² · 51) = 12 941.2; its root 113.76; 1.96 of them 222.97.
        #expect(isNear(estimate.interval.lower, (1199 - 222.97) / 2000, within: 1e-4))
        #expect(isNear(estimate.interval.upper, (1199 + 222.97) / 2000, within: 1e-4))
    }

    @Test func tooFewOnBothLists() {
        #expect(Estimate.readRate(read: 500, proven: 40, both: 19, delivered: 1000) == nil)
        #expect(Estimate.readRate(read: 500, proven: 40, both: 20, delivered: 1000) != nil)
    }

    @Test func noMoreReadersThanMessages() throws {
        let estimate = try #require(Estimate.readRate(read: 90, proven: 80, both: 20, delivered: 100))
        #expect(estimate.value == 1)
        #expect(estimate.interval.upper == 1)
    }

    @Test func deliveriesOnTheirWay() throws {
        // 60 of 100 have come, and of those that will come 75 % are known by now: 60 ÷ 75 = 0.8.
        let estimate = try #require(Estimate.deliveryRate(delivered: 60, accepted: 100, matured: 75))
        #expect(isNear(estimate.value, 0.8, within: 1e-12))
        // √(0.8 · (1 − 0.8 · 0.75) ÷ 75) = √(0.32 ÷ 75) = 0.06532; the lower end not below 0.60.
        #expect(isNear(estimate.interval.lower, 0.8 - 1.96 * 0.06532, within: 1e-4))
        #expect(isNear(estimate.interval.upper, 0.8 + 1.96 * 0.06532, within: 1e-4))
        #expect(Estimate.deliveryRate(delivered: 10, accepted: 100, matured: 19.9) == nil)
        #expect(try #require(Estimate.deliveryRate(delivered: 60, accepted: 100, matured: 50)).value == 1)
    }

    @Test func changes() {
        #expect(Change(from: 0, to: 5, unit: .count) == .new)
        #expect(Change(from: 0, to: 0, unit: .count) == .none)
        #expect(Change(from: 4, to: 5, unit: .count) == .relative(0.25))
        #expect(Change(from: 4, to: 0, unit: .count) == .relative(-1))
        #expect(Change(from: 0.5, to: 0.75, unit: .ratio) == .points(0.25))
        #expect(Change(from: 0, to: 0.5, unit: .ratio) == .points(0.5))
        #expect(Change(from: nil, to: 0.5, unit: .ratio) == .none)
        #expect(Change(from: 8, to: 6, unit: .seconds) == .relative(-0.25))
        #expect(Change.relative(-0.25).isGood(.lowerIsBetter) == true)
        #expect(Change.new.isGood(.neutral) == nil)
        #expect(Change.points(0).isGood(.higherIsBetter) == nil)
    }
}

@Suite("What has not arrived yet")
struct MaturityTests {
    @Test func oldCohortsAlone() {
        // 100 receipts after 10 s, 100 after 1000 s, seen from far away: half are known between the two.
        var delays = Histogram()
        delays.add(100, bin: Histogram.bin(microseconds: 10_000_000))
        delays.add(100, bin: Histogram.bin(microseconds: 1_000_000_000))
        let curve = DelayCurve([DelayCurve.Cohort(age: 86_400_000_000, delays: delays)])
        #expect(curve.share(atAge: 5_000_000) == 0)
        #expect(curve.share(atAge: 60_000_000) == 0.5)
        #expect(curve.share(atAge: 2_000_000_000) == 1)
        #expect((1000...1050).contains(curve.horizonSeconds))
    }

    @Test func youngCohortsDoNotBend() {
        // The young cohort has shown its fast half only; it must not make the fast half look like everything.
        var old = Histogram()
        old.add(100, bin: Histogram.bin(microseconds: 10_000_000))
        old.add(100, bin: Histogram.bin(microseconds: 1_000_000_000))
        var young = Histogram()
        young.add(100, bin: Histogram.bin(microseconds: 10_000_000))
        let curve = DelayCurve([
            DelayCurve.Cohort(age: 86_400_000_000, delays: old), DelayCurve.Cohort(age: 60_000_000, delays: young),
        ])
        #expect(curve.share(atAge: 60_000_000) == 0.5)
    }

    /// 20 days with 100 deliveries each, half after 10 s and half after an hour; and 100 messages half an hour ago, of
    /// which the fast 40 have come.
    private func store() throws -> ListStore {
        var list: [Message] = []
        let now = try instant("2026-10-08T03:07:00Z")
        for day in 1...20 {
            for index in 0..<100 {
                list.append(
                    Message(
                        at: now.adding(seconds: Int64(-day) * 86_400), measures: [.accepted, .delivered],
                        timeToDeliver: index < 50 ? 10 : 3600))
            }
        }
        for index in 0..<100 {
            list.append(
                Message(
                    at: now.adding(seconds: -1800), measures: index < 40 ? [.accepted, .delivered] : [.accepted],
                    dimensions: [.template: "new"], timeToDeliver: index < 40 ? 10 : nil))
        }
        return try ListStore(list)
    }

    @Test func youngCohortsAreWeighed() async throws {
        let answer = try await analyst(try store(), now: "2026-10-08T03:07:00Z").ask(
            Query(
                metrics: ["delivery_rate", "delivery_rate_expected"], dimensions: [.template],
                filters: [Filter(dimension: .template, op: .isIn, values: ["new"])], range: .preset(.today)))
        // Half of what will come is known: 40 ÷ (100 × 0.5) = 0.8.
        #expect(answer.rows == [[.text("new"), .double(0.4), .double(0.8)]])
        #expect(answer.meta.maturity == 0.5)
        #expect(answer.maturities == [0.5])
        #expect(answer.meta.notes.contains { $0.en.contains("50 %") })
    }

    @Test func mixedWithOldOnes() async throws {
        let answer = try await analyst(try store(), now: "2026-10-08T03:07:00Z").ask(
            Query(metrics: ["delivery_rate"], range: .preset(.last7Days)))
        // Six old days of 100, and 100 that are half known: 650 of 700.
        let maturity = try #require(answer.meta.maturity)
        #expect(abs(maturity - 650.0 / 700) < 1e-9)
    }

    @Test func oldRangesAreMature() async throws {
        let answer = try await analyst(try store(), now: "2026-10-08T03:07:00Z").ask(
            Query(metrics: ["delivery_rate", "delivery_rate_expected"], range: .preset(.yesterday)))
        #expect(answer.meta.maturity == 1)
        #expect(answer.rows == [[.double(1), .double(1)]])
        #expect(answer.meta.notes.isEmpty)
    }

    @Test func countsDoNotMature() async throws {
        let answer = try await analyst(try store(), now: "2026-10-08T03:07:00Z").ask(
            Query(metrics: ["messages"], range: .preset(.today)))
        #expect(answer.meta.maturity == 1)
        #expect(answer.meta.notes.isEmpty)
    }

    @Test func withoutExperienceNothingIsClaimed() async throws {
        let store = try ListStore(messages(30, at: "2026-10-08T02:00:00Z"))
        let answer = try await analyst(store, now: "2026-10-08T03:00:00Z").ask(
            Query(metrics: ["delivery_rate", "delivery_rate_expected"], range: .preset(.today)))
        #expect(answer.rows == [[.double(0), .null]])
        #expect(answer.meta.maturity == nil)
    }
}
