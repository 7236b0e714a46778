import Domain
import Insights
import Testing

@Suite("Comparing variants while peeking")
struct VariantComparisonTests {
    private func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance }

    @Test("The mixture's published values")
    func mixture() {
        let test = SequentialMixture(tunedFor: 100)
        #expect(near(test.rho, 12.60056, 5e-6))
        #expect(near(test.bound(at: 100), 30.35209, 5e-6))
        #expect(near(test.logMixture(score: 10, information: 100), -0.6510052, 5e-8))
        // The p-value is α exactly where the interval leaves zero.
        #expect(near(test.pValue(difference: test.halfWidth(at: 70), information: 70), 0.05, 1e-12))
        #expect(test.halfWidth(at: 0) == .infinity && test.halfWidth(at: .nan) == .infinity)
    }

    @Test("Group-sequential bounds by integration are those of the table")
    func bounds() {
        let tables: [[Double]] = [
            [3.0902, 2.7141, 2.4727, 2.2798, 2.1140],
            [3.4808, 3.1523, 2.9508, 2.7935, 2.6610, 2.5450, 2.4406, 2.3451, 2.2566, 2.1736],
            [
                3.6571, 3.3465, 3.1594, 3.0145, 2.8933, 2.7876, 2.6932, 2.6073, 2.5281, 2.4543, 2.3850, 2.3194, 2.2571,
                2.1976,
            ],
        ]
        for table in tables {
            let computed = SequentialBounds.bounds(looks: table.count)
            #expect(computed.count == table.count)
            #expect(zip(computed, table).allSatisfy { near($0, $1, 1e-4) })
        }
        #expect(near(SequentialBounds.bounds(looks: 1).first ?? 0, 1.959964, 1e-6))
        #expect(SequentialBounds.bounds(at: [0.5, 0.4]).isEmpty && SequentialBounds.bounds(looks: 0).isEmpty)
    }

    @Test("Shares that are not as planned stop everything; chance does not")
    func sampleRatio() throws {
        // With two messages, one each: B(51, 51)/B(50, 50)·4 = 50·50/(100·101)·4.
        let two = SampleRatio.logEvidence(counts: [1, 1], shares: [1, 1])
        #expect(near(two, -0.00995033, 1e-8))
        #expect(SampleRatio.isMismatch(counts: [5_000, 6_000], shares: [0.5, 0.5]))
        #expect(!SampleRatio.isMismatch(counts: [5_000, 5_150], shares: [0.5, 0.5]))
        #expect(!SampleRatio.isMismatch(counts: [9_000, 1_020], shares: [9, 1]))
        #expect(SampleRatio.logEvidence(counts: [1, -1], shares: [1, 1]) == 0)
        let look = try VariantComparison(
            [.init(name: "A", messages: 5_000, events: 500), .init(name: "B", messages: 6_000, events: 1_200)],
            plan: .init(measure: .reply))
        #expect(look.verdict == .sampleRatioMismatch)
    }

    @Test("Holm's steps")
    func holm() {
        let adjusted = VariantComparison.holm([0.01, 0.04, 0.03, 0.005])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { near($0, $1, 1e-12) })
    }

    @Test("Sample size of two proportions")
    func sampleSize() throws {
        // Fleiss, table A.4 without continuity correction: .5 against .6, α .05, power .8.
        let size = try #require(SampleSize(rate: 0.5, difference: 0.1))
        #expect(size.fixed == 388)
        #expect(size.anytime > 388 && size.anytime < 900)
        #expect(SampleSize(rate: 0.95, difference: 0.1) == nil && SampleSize(rate: .nan, difference: 0.1) == nil)
        #expect(size.days(variants: 2, messagesPerDay: Double(size.anytime)) == 2)
        #expect(SampleSize(rate: 0.5, difference: -0.1)?.fixed == 388)
    }

    private let plan = VariantComparison.Plan(measure: .click, messagesPerArm: 5_000, leastDifference: 0.02)

    private func look(_ arms: [(Int, Int, Int, Int64?)]) throws -> VariantComparison {
        try VariantComparison(
            zip(["A", "B", "C"], arms).map {
                .init(name: $0, messages: $1.0, events: $1.1, optOuts: $1.2, costMicros: $1.3)
            }, plan: plan)
    }

    @Test("Every verdict, with a sentence in both languages")
    func verdicts() throws {
        let cases: [([(Int, Int, Int, Int64?)], VariantVerdict)] = [
            ([(100, 4, 0, nil), (100, 9, 0, nil)], .notEnough),
            ([(1_000, 100, 0, nil), (1_000, 120, 0, nil)], .keepGoing),
            ([(5_000, 500, 9, nil), (5_000, 700, 8, nil)], .different(better: "B")),
            ([(60_000, 6_000, 0, nil), (60_000, 6_020, 0, nil)], .noPracticalDifference),
            (
                [(5_000, 500, 10, nil), (5_000, 700, 40, nil)],
                .guardRail(.init(variant: "B", reason: .optOut))
            ),
            (
                [(5_000, 500, 0, 1_000_000), (5_000, 700, 0, 5_000_000)],
                .guardRail(.init(variant: "B", reason: .cost))
            ),
            ([(5_000, 500, 0, 1_000_000), (5_000, 700, 0, 1_300_000)], .different(better: "B")),
            ([(5_000, 500, 0, nil), (5_000, 700, 0, nil), (5_000, 690, 0, nil)], .keepGoing),
            ([(5_000, 900, 0, nil), (5_000, 700, 0, nil), (5_000, 690, 0, nil)], .different(better: "A")),
        ]
        for (arms, verdict) in cases {
            let look = try look(arms)
            #expect(look.verdict == verdict)
            #expect(!look.sentence.id.isEmpty && look.sentence.id != look.sentence.en)
        }
        #expect(
            try look(cases[2].0).sentence.en
                == "Variant B is better: click rate of 14.0%; the best of the others has 10.0%.")
        #expect(throws: Failure.self) { try look([(1, 1, 0, nil)]) }
    }

    @Test("A p-value never rises from look to look, and a look under another plan is not taken over")
    func running() throws {
        let first = try look([(1_000, 100, 0, nil), (1_000, 150, 0, nil)])
        let arms = [
            VariantComparison.Arm(name: "A", messages: 3_000, events: 400),
            .init(
                name: "B", messages: 3_000, events: 400),
        ]
        let second = try VariantComparison(arms, plan: plan, earlier: first)
        #expect(second.pairs.first?.pValue == first.pairs.first?.pValue)
        let other = try VariantComparison(arms, plan: .init(measure: .read), earlier: first)
        #expect(other.pairs.first?.pValue == 1)
    }

    /// SplitMix64.
    private struct Chance {
        var state: UInt64
        mutating func below(_ share: Double) -> Bool { next() < share }
        mutating func next() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }
    }

    @Test(
        "With a planned end and ten looks, chance alone finds something in fewer than one case of twenty",
        arguments: [5])
    func planned(seed: UInt64) {
        var chance = Chance(state: seed)
        let bounds = SequentialBounds.bounds(looks: 10)
        var (found, fooled) = (0, 0)
        for _ in 0..<3_000 {
            var score = 0.0
            var (hit, plain) = (false, false)
            for look in 1...10 {
                // A sum of twelve uniform numbers is as good as normal.
                score += (0..<12).reduce(-6.0) { sum, _ in sum + chance.next() }
                let z = abs(score) / Double(look).squareRoot()
                if z >= bounds[look - 1] { hit = true }
                if z >= 1.96 { plain = true }
            }
            found += hit ? 1 : 0
            fooled += plain ? 1 : 0
        }
        #expect((0.035..<0.062).contains(Double(found) / 3_000))
        #expect(Double(fooled) / 3_000 > 0.15)
        // The first of five looks: 3.0902.
        let four = { SequentialBounds.isDifferent(difference: $0, information: [20], planned: 100) }
        #expect(four(3.10 / 20.0.squareRoot()) && !four(3.08 / 20.0.squareRoot()))
        #expect(!SequentialBounds.isDifferent(difference: 1, information: [], planned: 100))
        #expect(SequentialBounds.isDifferent(difference: 1, information: [50, 50, 150, 200], planned: 100))
    }

    @Test(
        "Without a difference, looking a hundred times hardly ever finds a winner",
        arguments: [(0.02, 1), (0.3, 2), (0.97, 3)] as [(Double, UInt64)])
    func peeking(rate: Double, seed: UInt64) throws {
        var chance = Chance(state: seed)
        let plan = VariantComparison.Plan(measure: .read, messagesPerArm: 2_000)
        var (winners, plain) = (0, 0)
        let runs = 400
        for _ in 0..<runs {
            var (a, b, n) = (0, 0, 0)
            var (won, fooled) = (false, false)
            var last: VariantComparison?
            for _ in 0..<40 {
                for _ in 0..<50 {
                    if chance.below(rate) { a += 1 }
                    if chance.below(rate) { b += 1 }
                }
                n += 50
                let look = try VariantComparison(
                    [.init(name: "A", messages: n, events: a), .init(name: "B", messages: n, events: b)], plan: plan,
                    earlier: last)
                last = look
                if case .different = look.verdict { won = true }
                let pooled = Double(a + b) / Double(2 * n)
                let z = Double(b - a) / (2 * Double(n) * pooled * (1 - pooled)).squareRoot()
                if abs(z) > 1.96 { fooled = true }
            }
            winners += won ? 1 : 0
            plain += fooled ? 1 : 0
        }
        #expect(Double(winners) / Double(runs) < 0.05)
        #expect(Double(plain) / Double(runs) > 0.15)
    }
}
