import Domain
import GRDB
import Ledgers
import TestSupport
import Testing

@testable import StoreSQLite

/// Where a message stands among those that its price depends on.
@Suite struct RankBookTests {
    /// Messages come, move and go in any order; at the end every message is on the step that sorting all of them tells,
    /// and whoever changed step on the way was named.
    @Test(arguments: 0..<60) func stepsAreThoseOfTheSortedOrder(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let thresholds: [Int64] = dice.pick([[1], [3], [2, 5], [1, 2, 3, 9]])
        let group = try group(thresholds)
        try database().write { db in
            var book = try RankBook(db)
            var places: [Int64: Int64] = [:]
            var steps: [Int64: Int] = [:]
            for _ in 0..<200 {
                let row = Int64.random(in: 1...25, using: &dice)
                let old = places[row].map { RankBook.Place(group: RankBook.id(of: group), at: Instant(seconds: $0)) }
                // Times collide often; the key decides then.
                let at: Int64? = dice.one(in: 4) ? nil : Int64.random(in: 0..<12, using: &dice)
                let new = at.map {
                    (place: RankBook.Place(group: RankBook.id(of: group), at: Instant(seconds: $0)), group: group)
                }
                let step = try book.move(row: row, key: row % 5, from: old, to: new)
                places[row] = at
                steps[row] = at == nil ? nil : step
                let sorted = places.sorted { ($0.value, $0.key % 5, $0.key) < ($1.value, $1.key % 5, $1.key) }
                let expected = Dictionary(
                    uniqueKeysWithValues: sorted.enumerated().map { rank, place in
                        (place.key, thresholds.count { $0 <= rank })
                    })
                // Whose step has changed without being moved is named.
                for moved in book.takeMoved() { steps[moved] = expected[moved] }
                #expect(steps == expected)
                // What is remembered can be forgotten at any time.
                if dice.one(in: 20) { book = try RankBook(db) }
            }
        }
    }

    @Test func groupsOfOtherTermsAreOtherGroups() throws {
        #expect(RankBook.id(of: try group([2])) != RankBook.id(of: try group([3])))
        #expect(RankBook.id(of: try group([2])) == RankBook.id(of: try group([2])))
    }

    /// The group of one utility message under a card with these tiers.
    private func group(_ thresholds: [Int64]) throws -> RankGroup {
        let day = LocalDate(day: 20_000)
        let bounds = [0] + thresholds
        let rates = bounds.enumerated().map { index, from in
            RateEntry(
                effectiveFrom: day, currency: "USD", market: "Indonesia", category: "utility", tierFrom: from,
                tierTo: bounds.indices.contains(index + 1) ? bounds[index + 1] : nil,
                rateMicros: Int64(30_000 - index * 1_000))
        }
        let book = CostBook(
            rates: rates, accounts: [], exchange: [], assumptions: CostAssumptions(),
            timeZone: try ZoneClock.named("Asia/Jakarta"), currency: "USD", raises: [])
        var state = MessageState(id: "wamid.1")
        MessageLedger.join(
            MessageStatus(
                message: "wamid.1", line: Line(account: "1", phoneNumber: "2"),
                recipient: Party(phone: "6281200000001"),
                status: .delivered, at: Instant(seconds: 20_100 * 86_400),
                pricing: Pricing(model: "PMP", type: "regular", category: "utility")), into: &state)
        return try #require(CostLedger.assess(state, by: book)?.rank)
    }

    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        return queue
    }
}
