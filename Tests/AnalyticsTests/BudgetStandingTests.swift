import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite("Budgets")
struct BudgetStandingTests {
    /// Every day since 18 October 2026 costs ten times its weekday: 10 on Mondays, 70 on Sundays, 280 a week. Today,
    /// Sunday 22 November, has cost 20 so far.
    private func store(since first: String = "2026-10-18") throws -> ListStore {
        let start = try #require(LocalDate(first))
        let today = try #require(LocalDate("2026-11-22"))
        var entries = try (start.day..<today.day).map { day in
            let date = LocalDate(day: day)
            return try charge(
                Int64(date.weekday) * 10_000_000, at: "\(date)T05:00:00Z", [.category: "marketing", .campaign: "x"])
        }
        entries.append(try charge(20_000_000, at: "2026-11-22T03:00:00Z", [.category: "marketing"]))
        entries.append(try charge(41_100, "USD", at: "2026-11-03T03:00:00Z", [.category: "utility"]))
        entries.append(try charge(nil, at: "2026-11-04T03:00:00Z", [.category: "marketing"]))
        entries.append(try charge(41_100, "EUR", at: "2026-10-30T03:00:00Z", [.category: "marketing"]))
        return try ListStore(messages(1, at: "\(first)T05:00:00Z"), entries: entries)
    }

    private func standing(
        _ amount: Int64, _ scope: Budget.Scope = .everything, currency: String = "IDR", since: String = "2026-10-18"
    ) async throws -> BudgetStanding {
        let budget = Budget(scope: scope, amount: Money(micros: amount * 1_000_000, currency: currency))
        let standings = try await analyst(try store(since: since), now: "2026-11-22T05:00:00Z")
            .budgetStandings([budget])
        return try #require(standings.first)
    }

    @Test func projectedByWeekday() async throws {
        // 1 to 21 November are three weeks: 840, and today's 20. Today lacks 50 of a Sunday; 23 to 29 are a week of
        // 280, the 30th a Monday of 10: 860 + 50 + 280 + 10.
        let standing = try await standing(1_000)
        #expect(standing.month == LocalDate("2026-11-01"))
        #expect(standing.spent == Money(micros: 860_000_000, currency: "IDR"))
        #expect(standing.projected == Money(micros: 1_200_000_000, currency: "IDR"))
        // 910 after today; 920, 940, 970, and on Thursday 1 010.
        #expect(standing.usedUpOn == LocalDate("2026-11-26"))
        #expect(!standing.isUsedUp)
        #expect(standing.unknownPrices == 1)
        // The euros of October are not of this month.
        #expect(standing.otherCurrencies == ["USD"])
    }

    @Test func usedUpAlready() async throws {
        // 70, 80, 100, 130, 170, 220, 280 on the 7th; 350, 360, 380, 410, 450, and on the 13th 500.
        let standing = try await standing(500)
        #expect(standing.isUsedUp)
        #expect(standing.usedUpOn == LocalDate("2026-11-13"))
    }

    @Test func enough() async throws {
        #expect(try await standing(1_200).usedUpOn == LocalDate("2026-11-30"))
        #expect(try await standing(1_201).usedUpOn == nil)
    }

    @Test func ofACategoryOrCampaign() async throws {
        let category = try await standing(1_000, .category("marketing"))
        #expect(category.spent.micros == 860_000_000 && category.otherCurrencies == [])
        let campaign = try await standing(1_000, .campaign("x"))
        // Today's 20 have no campaign: 840 so far, and all of a Sunday to come.
        #expect(campaign.spent.micros == 840_000_000)
        #expect(campaign.projected?.micros == 1_200_000_000)
        let none = try await standing(1_000, .campaign("y"))
        #expect(none.spent.micros == 0 && none.projected?.micros == 0 && none.usedUpOn == nil)
    }

    @Test func inItsOwnCurrency() async throws {
        let dollars = try await standing(1, currency: "USD")
        #expect(dollars.spent == Money(micros: 41_100, currency: "USD"))
        #expect(dollars.otherCurrencies == ["IDR"])
        // One Tuesday of four cost 0.0411: 0.010275 more on the 24th.
        #expect(dollars.projected == Money(micros: 51_375, currency: "USD"))
    }

    @Test func tooYoungToTell() async throws {
        let young = try await standing(100, since: "2026-11-18")
        // 30 + 40 + 50 + 60 + 20.
        #expect(young.spent.micros == 200_000_000 && young.projected == nil)
        // 30, 70, 120 on the 20th.
        #expect(young.usedUpOn == LocalDate("2026-11-20"))
        #expect(try await standing(1_000, since: "2026-11-18").usedUpOn == nil)
    }
}
