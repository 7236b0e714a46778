import Domain
import Insights
import Testing

@Suite("Projections of the messaging limit and of a budget")
struct ProjectionTests {
    /// 2026-11-11 00:00 in Jakarta.
    private let midnight = Instant(seconds: 20_768 * 86_400 - 7 * 3_600)
    private func at(_ hour: Int64, _ minute: Int64 = 0) -> Instant {
        midnight.adding(seconds: hour * 3_600 + minute * 60)
    }

    @Test("Meta's words for limits")
    func words() {
        #expect(MessagingLimit("TIER_250") == .recipients(250))
        #expect(MessagingLimit("TIER_1K") == .recipients(1_000) && MessagingLimit("TIER_2K") == .recipients(2_000))
        #expect(MessagingLimit("TIER_100K") == .recipients(100_000))
        #expect(MessagingLimit("2000") == .recipients(2_000) && MessagingLimit("-1") == .unlimited)
        #expect(MessagingLimit("TIER_UNLIMITED") == .unlimited)
        for word in ["TIER_NOT_SET", "UNTIERED", "", "TIER_", "0", "-5"] { #expect(MessagingLimit(word) == nil) }
        #expect(MessagingLimit.recipients(250).next == .recipients(2_000))
        #expect(MessagingLimit.recipients(100_000).next == .unlimited && MessagingLimit.unlimited.next == nil)
    }

    @Test("1,000 of 2,000 used at 13:10 and 1,000 an hour: reached at 14:10")
    func reaches() throws {
        let projection = LimitProjection(
            limit: .recipients(2_000), sent: [.init(at: at(12), recipients: 1_000)], planned: 5_000,
            pace: .init(perHour: 1_000, lower80: 800, upper80: 1_250), now: at(13, 10))
        #expect(
            projection.outcome == .reaches(at: at(14, 10), earliest: at(13, 58), latest: at(14, 25)))
        let clock = try ZoneClock.named("Asia/Jakarta")
        let sentence = projection.sentence(clock: clock, now: at(13, 10))
        #expect(
            sentence.en == "This campaign reaches the limit of 2,000 recipients at 14:10 (13:58 at the earliest, "
                + "14:25 at the latest).")
        #expect(
            sentence.id == "Kampanye ini mencapai batas 2.000 penerima pukul 14.10 (paling cepat 13.58, paling "
                + "lambat 14.25).")
        // The others wait until tomorrow noon, when the first thousand leave the count.
        #expect(projection.leftOver > 0 && projection.leftOver < 4_000)
    }

    @Test("People leave the count after 24 hours: a slow campaign never reaches the limit")
    func rolling() {
        // A thousand at 14:00 yesterday are gone before the limit would be reached.
        let projection = LimitProjection(
            limit: .recipients(2_000), sent: [.init(at: at(-10), recipients: 1_000)], planned: 1_500,
            pace: .init(perHour: 600), now: at(13))
        #expect(projection.used == 1_000)
        // 59 minutes of ten each; a minute later the thousand leave.
        #expect(projection.outcome == .stays(most: 1_590, mayReach: nil) && projection.leftOver == 0)
        let small = LimitProjection(
            limit: .recipients(2_000), sent: [], planned: 2_000, pace: .init(perHour: 9_000), now: at(9))
        #expect(small.outcome == .stays(most: 2_000, mayReach: nil) && small.leftOver == 0)
    }

    @Test("A limit that is reached says when there is room; none has no limit")
    func reached() {
        let full = LimitProjection(
            limit: .recipients(250), sent: [.init(at: at(9), recipients: 200), .init(at: at(8), recipients: 60)],
            planned: 10, pace: .init(perHour: 5), now: at(10))
        #expect(full.outcome == .reached(roomAt: at(32)))
        let free = LimitProjection(limit: .unlimited, sent: [], planned: 1_000_000, pace: .init(perHour: 1), now: at(9))
        #expect(free.outcome == .unlimited)
        let odd = LimitProjection(
            limit: .recipients(250), sent: [.init(at: at(99), recipients: 9), .init(at: at(1), recipients: -9)],
            planned: -4, pace: .init(perHour: .nan), now: at(10))
        #expect(odd.used == 0 && odd.outcome == .stays(most: 0, mayReach: nil))
    }

    @Test("Pace from the last stretches, wider the less even they are")
    func pace() throws {
        let even = try #require(LimitProjection.Pace(counts: [100, 100, 100, 100], secondsEach: 300))
        let odd = try #require(LimitProjection.Pace(counts: [10, 190, 20, 180], secondsEach: 300))
        #expect(even.perHour == 1_200 && odd.perHour == 1_200)
        // Poisson: 1.2816 · √(100/4) of 100 each.
        #expect(abs(even.upper80 - 1_200 * (1 + 0.0640776)) < 0.01)
        #expect(odd.upper80 - odd.lower80 > 3 * (even.upper80 - even.lower80))
        #expect(LimitProjection.Pace(counts: [], secondsEach: 300) == nil)
    }

    @Test("A budget at the end of the month, with its range and days")
    func budget() throws {
        let days = (0..<10).map { offset in
            BudgetProjection.Day(
                date: LocalDate(day: 20_778 + offset), mean: 100, lower80: 80, upper80: 130)
        }
        let projection = BudgetProjection(spent: 500, budget: 1_200, days: days.reversed(), correlation: 1)
        #expect(projection.mean == 1_500)
        #expect(abs(projection.lower80 - 1_300) < 1e-9 && abs(projection.upper80 - 1_800) < 1e-9)
        #expect(projection.usedUpOn == LocalDate(day: 20_784))
        #expect(projection.usedUpEarliest == LocalDate(day: 20_783))  // 500 + 6 · 130
        #expect(projection.usedUpLatest == LocalDate(day: 20_786))  // 500 + 9 · 80
        // 300 of a width of 200 at 80 %: z = 1.92.
        #expect(abs(projection.chanceOfPassing - 0.9727) < 1e-3)
        let free = BudgetProjection(spent: 500, budget: 1_200, days: days, correlation: 0)
        #expect(abs(free.upper80 - 1_500 - 30 * 10.0.squareRoot()) < 1e-9)
        #expect(BudgetProjection(spent: 5, budget: 4, days: []).chanceOfPassing == 1)
        #expect(BudgetProjection(spent: .nan, budget: 4, days: []).mean == 0)
    }
}
