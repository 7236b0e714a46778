import Catalogue
import Domain
import Insights
import Testing

@Suite("Where a rate has shifted")
struct RateScanTests {
    /// Templates × countries, each with as many messages, 3 % bad before; `bad` says how many are bad now.
    private func table(_ base: Double = 60, _ bad: (String, String) -> Double) -> WatchTable {
        var leaves: [WatchTable.Leaf] = []
        for template in ["a", "b", "c", "d"] {
            for country in ["ID", "MY", "SG"] {
                leaves.append(
                    WatchTable.Leaf(
                        key: [template, country], bad: bad(template, country), base: base, badBefore: 30,
                        baseBefore: 1_000))
            }
        }
        return WatchTable(dimensions: [.template, .country], leaves: leaves)
    }

    @Test("One combination")
    func combination() throws {
        let shift = try #require(
            RateScan().worst(of: table { $0 == "b" && $1 == "MY" ? 40 : 2 }, spread: { _ in 0.05 }))
        #expect(shift.segment == Segment([.template: "b", .country: "MY"]))
        #expect(shift.share > 0.9)
        #expect(abs(shift.expectedRate - 0.03) < 0.002)
    }

    @Test("The coarsest segment that says it all")
    func coarsest() throws {
        let country = RateScan().worst(of: table { _, country in country == "MY" ? 30 : 2 }, spread: { _ in 0.05 })
        #expect(country?.segment == Segment([.country: "MY"]))
        let everywhere = RateScan().worst(of: table { _, _ in 30 }, spread: { _ in 0.05 })
        #expect(everywhere?.segment == .everything)
    }

    @Test("Nothing where nothing is wrong, and nothing out of nothing")
    func quiet() {
        #expect(RateScan().worst(of: table { _, _ in 2 }, spread: { _ in 0.05 }) == nil)
        #expect(RateScan().worst(of: table(0) { _, _ in 0 }, spread: { _ in 0 }) == nil)
        #expect(RateScan().worst(of: WatchTable(dimensions: [], leaves: []), spread: { _ in 0 }) == nil)
        #expect(RateScan().worst(of: table(2) { $0 == "a" && $1 == "ID" ? 2 : 0 }, spread: { _ in 0.05 }) == nil)
    }

    @Test("Days that differ anyway must differ more")
    func spread() {
        let table = table { template, _ in template == "b" ? 12 : 2 }
        #expect(RateScan().worst(of: table, spread: { _ in 0 }) != nil)
        #expect(RateScan().worst(of: table, spread: { _ in 1 }) == nil)
    }

    @Test("What is new takes the rate of its kin")
    func kin() {
        var table = table { _, _ in 2 }
        for index in table.leaves.indices { table.leaves[index].kin = "utility" }
        table.leaves.append(
            .init(key: ["old", "ID"], bad: 12, base: 100, badBefore: 480, baseBefore: 4_000, kin: "marketing"))
        table.leaves.append(
            .init(key: ["new", "ID"], bad: 24, base: 200, badBefore: 0, baseBefore: 0, kin: "marketing"))
        #expect(RateScan().worst(of: table, spread: { _ in 0.05 }) == nil)
    }

    @Test("The score is about a standard normal's, and its exponent that of its tail")
    func scores() {
        #expect(abs(Surprise.score(100, expected: 80) - 2.16) < 0.02)
        #expect(Surprise.score(60, expected: 80) < 0)
        #expect(abs(Surprise.exponent(ofScore: 1.6449) - 1.301) < 0.001)
        #expect(abs(Surprise.exponent(ofScore: 10) - 23.118) < 0.02)
        #expect(Surprise.score(.nan, expected: 1) == 0)
        #expect(Surprise.score(-1, expected: 1) == 0)
    }
}
