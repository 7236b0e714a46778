import Domain
import Testing

@Suite("Instant and quarter hour")
struct InstantTests {
    @Test("Seconds round down on both sides of 1970")
    func secondsRoundDown() {
        #expect(Instant(microseconds: 1_999_999).seconds == 1)
        #expect(Instant(microseconds: 0).seconds == 0)
        #expect(Instant(microseconds: -1).seconds == -1)
        #expect(Instant(microseconds: -1_000_000).seconds == -1)
        #expect(Instant(microseconds: -1_000_001).seconds == -2)
    }

    @Test("Seconds beyond the range are clamped, not wrapped")
    func secondsClamp() {
        // Int64.max microseconds are 9_223_372_036_854 whole seconds.
        #expect(Instant(seconds: 9_223_372_036_854).microseconds == 9_223_372_036_854_000_000)
        #expect(Instant(seconds: 9_223_372_036_855) == .distantFuture)
        #expect(Instant(seconds: .max) == .distantFuture)
        #expect(Instant(seconds: -9_223_372_036_855) == .distantPast)
        #expect(Instant(seconds: .min) == .distantPast)
    }

    @Test("Adding and subtracting saturate")
    func arithmeticSaturates() {
        #expect(Instant(seconds: 10).adding(seconds: -3) == Instant(seconds: 7))
        #expect(Instant.distantFuture.adding(seconds: 1) == .distantFuture)
        #expect(Instant.distantPast.adding(seconds: -1) == .distantPast)
        #expect(Instant.distantFuture.adding(seconds: .min).microseconds == -1)
        #expect(Instant(seconds: 5).microseconds(since: Instant(seconds: 7)) == -2_000_000)
        #expect(Instant.distantFuture.microseconds(since: .distantPast) == .max)
        #expect(Instant.distantPast.microseconds(since: .distantFuture) == .min)
    }

    @Test("Instants order by time")
    func order() {
        #expect(Instant.distantPast < Instant(seconds: -1))
        #expect(Instant(seconds: -1) < Instant(seconds: 0))
        #expect(!(Instant(seconds: 0) < Instant(seconds: 0)))
    }

    @Test(
        "Floored division rounds towards minus infinity",
        arguments: [
            (7, 2, 3), (-7, 2, -4), (7, -2, -4), (-7, -2, 3), (6, 3, 2), (-6, 3, -2), (0, 5, 0), (-1, 900, -1),
        ])
    func flooredDivision(dividend: Int64, divisor: Int64, quotient: Int64) {
        #expect(dividend.flooredDivision(by: divisor) == quotient)
    }

    @Test("Floored division holds at the ends of the range")
    func flooredDivisionExtremes() {
        #expect(Int64.min.flooredDivision(by: 1) == .min)
        #expect(Int64.max.flooredDivision(by: 2) == 4_611_686_018_427_387_903)
        #expect(Int64.min.flooredDivision(by: 2) == -4_611_686_018_427_387_904)
    }

    @Test("A quarter hour holds its start and not its end")
    func quarterHourIsHalfOpen() {
        // 2026-11-22T03:15:00Z is 1_795_317_300 s after the epoch: 1_994_797 quarter hours of 900 s.
        let start = Instant(seconds: 1_795_317_300)
        #expect(QuarterHour(containing: start).index == 1_994_797)
        #expect(QuarterHour(containing: start).start == start)
        #expect(QuarterHour(containing: Instant(microseconds: start.microseconds - 1)).index == 1_994_796)
        #expect(QuarterHour(containing: start.adding(seconds: 899)).index == 1_994_797)
        #expect(QuarterHour(containing: start.adding(seconds: 900)).index == 1_994_798)
    }

    @Test("Quarter hours before 1970 are as wide as those after")
    func quarterHourBeforeEpoch() {
        #expect(QuarterHour(containing: Instant(microseconds: -1)).index == -1)
        #expect(QuarterHour(containing: Instant(seconds: -900)).index == -1)
        #expect(QuarterHour(containing: Instant(seconds: -901)).index == -2)
        #expect(QuarterHour(index: -1).start == Instant(seconds: -900))
    }

    @Test("Quarter hours at the ends of the range do not trap")
    func quarterHourExtremes() {
        #expect(QuarterHour(index: .max).start == .distantFuture)
        #expect(QuarterHour(index: .min).start == .distantPast)
        #expect(QuarterHour(containing: .distantFuture).start <= .distantFuture)
        #expect(QuarterHour(containing: .distantPast) < QuarterHour(containing: .distantFuture))
    }
}
