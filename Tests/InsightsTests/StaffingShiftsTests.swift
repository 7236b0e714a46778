import Domain
import Insights
import Testing

@Suite("Shift table")
struct StaffingShiftsTests {
    private typealias Stretch = (from: Instant, to: Instant, needed: Int)
    /// 2026-11-02, a Monday, in UTC.
    private let monday = Int64(20_759) * 86_400

    private func hours(_ needed: [Int]) -> [Stretch] {
        needed.enumerated().map { hour, count in
            let from = Instant(seconds: monday + Int64(hour) * 3_600)
            return (from, from.adding(seconds: 3_600), count)
        }
    }

    private let patterns = [
        StaffingShifts.Pattern(name: "pagi", start: 420, end: 900),
        StaffingShifts.Pattern(name: "tengah", start: 600, end: 1_080),
        StaffingShifts.Pattern(name: "siang", start: 900, end: 1_380),
        StaffingShifts.Pattern(name: "malam", start: 1_380, end: 420),
    ]

    @Test("A day is covered by its shifts, overnight ones from the day before included")
    func day() throws {
        var needed = Array(repeating: 1, count: 24)
        for hour in 7..<23 { needed[hour] = 3 }
        for hour in 12..<16 { needed[hour] = 5 }
        let table = try StaffingShifts(stretches: hours(needed), patterns: patterns, clock: .utc)
        #expect(table.isCovered && table.uncoverable.isEmpty)
        let counts = Dictionary(table.rows.map { ("\($0.date) \($0.pattern.name)", $0.agents) }) { $1 }
        #expect(counts["2026-11-01 malam"] == 1 && counts["2026-11-02 malam"] == 1)
        #expect(table.total == 1 + 3 + 2 + 3 + 1)
        #expect(table.agentHours == Double(table.total * 8))
        let three = try StaffingShifts(
            stretches: hours(Array(repeating: 4, count: 24)), patterns: Shift.threeShifts.map { .init($0) },
            clock: .utc)
        #expect(three.isCovered && three.total == 16 && three.surplus == 0)
    }

    @Test("The total is the least there is: compared with trying everything", arguments: [1, 2, 3, 4, 5, 6])
    func least(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        let random = { (bound: Int) -> Int in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<10 {
            let patterns = (0..<4).map { index in
                let start = random(8)
                return StaffingShifts.Pattern(
                    name: "\(index)", start: start * 60, end: (start + 1 + random(6)) * 60, weekdays: [1])
            }
            let needed = (0..<14).map { hour in
                patterns.contains { $0.start <= hour * 60 && $0.end >= hour * 60 + 60 } ? random(4) : 0
            }
            let table = try StaffingShifts(stretches: hours(needed), patterns: patterns, clock: .utc)
            #expect(table.isCovered)
            var least = Int.max
            for code in 0..<256 {
                let counts = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3]
                let covers = needed.indices.allSatisfy { hour in
                    zip(patterns, counts).reduce(0) {
                        $0 + ($1.0.start <= hour * 60 && $1.0.end >= hour * 60 + 60 ? $1.1 : 0)
                    } >= needed[hour]
                }
                if covers { least = min(least, counts.reduce(0, +)) }
            }
            #expect(table.total == least)
        }
    }

    @Test("Where no shift is on, it says so; shifts keep to their weekdays")
    func gaps() throws {
        let table = try StaffingShifts(
            stretches: hours(Array(repeating: 2, count: 24)),
            patterns: [.init(name: "pagi", start: 480, end: 960, weekdays: [1, 2])], clock: .utc)
        #expect(!table.isCovered && table.uncoverable.count == 16 && table.total == 2)
        let sunday = try StaffingShifts(
            stretches: hours([2]), patterns: [.init(name: "x", start: 0, end: 60, weekdays: [7])], clock: .utc)
        #expect(sunday.rows.isEmpty && sunday.uncoverable.count == 1)
        #expect(try StaffingShifts(stretches: [], patterns: patterns, clock: .utc).total == 0)
        #expect(throws: Failure.self) {
            try StaffingShifts(
                stretches: hours([1]), patterns: [.init(name: "x", start: 9_000, end: 60)], clock: .utc)
        }
    }
}
