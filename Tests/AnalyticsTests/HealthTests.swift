import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite struct HealthTests {
    /// Monday 2026-06-29, 10:00 in Jakarta.
    private static let now = Instant(seconds: 1_782_702_000)
    private static let week: Int64 = 7 * 96

    /// Deliveries in quarter hours before now, so many in each.
    private static func source(_ quarters: [Int64], deliveries: Int64 = 5, lastAt: Int64) -> Receipts.Source {
        let current = QuarterHour(containing: now).index
        let received = quarters.map {
            Receipts.Quarter(quarter: QuarterHour(index: current - $0), counts: .init(deliveries: deliveries))
        }
        return Receipts.Source(
            source: ReceiptSource(.metaWebhook),
            total: .init(deliveries: Int64(quarters.count) * deliveries),
            firstAt: QuarterHour(index: current - (quarters.max() ?? 0)).start, lastAt: now.adding(seconds: -lastAt),
            quarters: received.sorted { $0.quarter < $1.quarter })
    }

    private static func light(_ source: Receipts.Source) throws -> SourceHealth {
        SourceHealth(source, now: now, clock: try ZoneClock.named("Asia/Jakarta"), days: 90)
    }

    /// Each quarter hour of opening hours (until 20) over five weeks, the last `silent` left out.
    private static func openingHours(from opening: Int64 = 8, silent: Int64) -> [Int64] {
        (silent..<(5 * week)).filter { quarter in
            let hour = (Int64(10 * 4) - quarter).flooredModulo(96) / 4
            return (opening..<20).contains(hour)
        }
    }

    @Test func aNightIsNoAlarm() throws {
        // Last delivery at 19:45 the evening before, now 10:00: two hours of business are missing, 5 each quarter.
        let silent = try Self.light(Self.source(Self.openingHours(silent: 57), lastAt: 57 * 900))
        #expect(silent.light == .silent)
        // Eight quarter hours from 8:00 until now, five deliveries in each, and none at night.
        #expect(silent.usual == 40)
        // A business that opens at 11 is closed now: silence since the evening says nothing.
        let closed = try Self.light(Self.source(Self.openingHours(from: 11, silent: 57), lastAt: 57 * 900))
        #expect(closed.light == .good)
        #expect(closed.usual == 0)
    }

    @Test func fewThatAreMissingAreLateAndNoFault() throws {
        let quarters = (3..<(5 * Self.week)).filter { $0 % 3 == 0 }
        let source = try Self.light(Self.source(quarters, deliveries: 1, lastAt: 9 * 900))
        // Since then two others were usual at this time.
        #expect(source.light == .late)
        #expect((source.usual ?? 0) < 10)
    }

    @Test func whatComesSeldomIsNotWatched() throws {
        let source = try Self.light(Self.source([40, 30 * 96, 60 * 96], deliveries: 1, lastAt: 40 * 900))
        #expect(source.light == .occasional)
        #expect(source.usual == nil)
    }

    @Test func aWeekWithoutAnythingIsSilence() throws {
        let quarters = (Self.week + 10)..<(5 * Self.week)
        let source = try Self.light(Self.source(Array(quarters), lastAt: (Self.week + 10) * 900))
        #expect(source.light == .silent)
    }

    @Test func daysAreLocalAndWithoutGaps() throws {
        // 10:00 in Jakarta: 41 quarter hours ago is 23:45 the day before.
        let source = try Self.light(Self.source([0, 39, 41, 96 * 3], deliveries: 2, lastAt: 60))
        #expect(source.days.map(\.counts.deliveries) == [2, 0, 2, 4])
        #expect(source.days.last?.date.description == "2026-06-29")
        #expect(source.recent(2).deliveries == 6)
    }

    @Test func latenessIsToldInStepsOfPeople() {
        var histogram = Histogram()
        for (seconds, count) in [(2, 50), (30, 20), (300, 10), (1_800, 5), (7_200, 10), (200_000, 5)] {
            histogram.add(Int64(count), bin: Histogram.bin(microseconds: Int64(seconds) * 1_000_000))
        }
        let lateness = SourceHealth.Lateness(histogram)
        #expect(lateness.counts == [50, 20, 10, 5, 10, 5])
        #expect(lateness.total == 100)
        #expect(lateness.median == 2)
    }

    @Test func fieldsThatNeverCameAreToldWithWhatIsLost() {
        let fields = WebhookFieldHealth.all(
            [
                .init(field: "messages", changes: 9, lastAt: Self.now.adding(seconds: -60)),
                .init(field: "flows", changes: 1, lastAt: Self.now),
                .init(field: "account_update", changes: 2, lastAt: Self.now.adding(seconds: -31 * 86_400)),
            ], now: Self.now)
        #expect(fields.first?.field == "messages")
        #expect(fields.first?.isRecent == true)
        #expect(fields.last?.field == "flows")
        #expect(fields.last?.purpose == nil)
        let account = fields.first { $0.field == "account_update" }
        #expect(account?.isRecent == false)
        #expect(account?.changes == 2)
        #expect(fields.filter { $0.changes == 0 }.allSatisfy { $0.purpose != nil })
    }
}

extension Int64 {
    fileprivate func flooredModulo(_ divisor: Int64) -> Int64 { self - flooredDivision(by: divisor) * divisor }
}
