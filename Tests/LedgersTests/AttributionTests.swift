import Catalogue
import Domain
import TestSupport
import Testing

@testable import Ledgers

/// Credits: worked by hand for each model, and what must hold for any history.
@Suite struct AttributionTests {
    private static let start = Happenings.start
    private static let day: Int64 = 86_400

    private static func touch(_ days: Double, _ kind: TouchKind = .message, row: Int64? = nil) -> Touch {
        let at = start.adding(seconds: Int64(days * 86_400))
        return Touch(
            kind: kind, at: at, key: Int64(days * 1_000), message: row.map { .init(row: $0, cohortAt: at) })
    }

    private static func shares(_ model: AttributionModel, _ touches: [Touch], at days: Double) -> [Int64] {
        Attribution.shares(model, of: touches, at: start.adding(seconds: Int64(days * 86_400)))
    }

    // MARK: Worked examples

    @Test func lastAndFirst() {
        let touches = [Self.touch(0), Self.touch(1, .click), Self.touch(2, .agentReply)]
        #expect(Self.shares(.lastTouch, touches, at: 3) == [0, 0, 1_000_000])
        #expect(Self.shares(.firstTouch, touches, at: 3) == [1_000_000, 0, 0])
        #expect(Self.shares(.lastClick, touches, at: 3) == [0, 1_000_000, 0])
        #expect(Self.shares(.lastClick, [touches[0], touches[2]], at: 3) == [0, 0], "no click, no credit")
    }

    @Test func linear() {
        // 1 000 000 / 3 = 333 333 and 1 left: equal remainders, so the first has it.
        #expect(
            Self.shares(.linear, [Self.touch(0), Self.touch(1), Self.touch(2)], at: 3) == [333_334, 333_333, 333_333])
    }

    @Test func position() {
        #expect(Self.shares(.position, [Self.touch(0)], at: 9) == [1_000_000])
        #expect(Self.shares(.position, [Self.touch(0), Self.touch(1)], at: 9) == [500_000, 500_000])
        let four = (0..<4).map { Self.touch(Double($0)) }
        #expect(Self.shares(.position, four, at: 9) == [400_000, 100_000, 100_000, 400_000])
        // 200 000 / 3 = 66 666 and 2 left for the first two of the three between.
        let five = (0..<5).map { Self.touch(Double($0)) }
        #expect(Self.shares(.position, five, at: 9) == [400_000, 66_667, 66_667, 66_666, 400_000])
    }

    @Test func timeDecay() {
        // Ages 14, 7, 0 days weigh 1/4, 1/2, 1: 1/7, 2/7, 4/7 = 142 857.14…, 285 714.28…, 571 428.57….
        let weeks = [Self.touch(0), Self.touch(7), Self.touch(14)]
        #expect(Self.shares(.timeDecay, weeks, at: 14) == [142_857, 285_714, 571_429])
        // Half a half-life weighs 2^-0.5 = 0.707 106 8: 0.414 213 56 and 0.585 786 44.
        #expect(Self.shares(.timeDecay, [Self.touch(0), Self.touch(3.5)], at: 3.5) == [414_214, 585_786])
    }

    @Test func decayIsExactToAHundredMillionth() {
        let whole = Attribution.decay(ageMicroseconds: 0)
        #expect(whole == 1 << 50)
        #expect(Attribution.decay(ageMicroseconds: Attribution.halfLifeMicroseconds) == 1 << 49)
        // A third of a half-life three times over is a half: 2^(-1/3) cubed.
        let third = Double(Attribution.decay(ageMicroseconds: Attribution.halfLifeMicroseconds / 3)) / Double(whole)
        #expect(abs(third * third * third - 0.5) < 1e-7)
        var last = whole
        for step in Int64(1)...2_000 {
            let next = Attribution.decay(ageMicroseconds: step * 90 * 86_400_000_000 / 2_000)
            #expect(next < last && next > 0)
            last = next
        }
    }

    @Test func valuesAddUpToTheLastUnit() {
        let touches = [Self.touch(0), Self.touch(1), Self.touch(2)]
        let outcome = AttributionLedger.Outcome(
            at: Self.start.adding(seconds: 3 * Self.day), key: 1, lookbackSeconds: 7 * Self.day)
        let credits = AttributionLedger.credits(of: outcome, touches: touches)
        let linear = AttributionLedger.models.firstIndex(of: .linear) ?? 0
        // 100 x 0.333 334 = 33.3334, twice 33.3333: the one that is left goes to the largest remainder.
        #expect(AttributionLedger.values(of: credits, total: 100).map { $0[linear] } == [34, 33, 33])
    }

    @Test func apportioning() {
        #expect(Attribution.apportioned(10, by: [1, 1, 1]) == [4, 3, 3])
        #expect(Attribution.apportioned(10, by: [0, 0]) == [0, 0])
        #expect(Attribution.apportioned(0, by: [1, 2]) == [0, 0])
        let largest = Money.outcomeMicrosMax
        #expect(Attribution.apportioned(largest, by: [333_333, 666_667]).reduce(0, +) == largest)
    }

    // MARK: Windows

    @Test func onlyWhatLiesInTheWindowCounts() {
        let at = Self.start.adding(seconds: 10 * Self.day)
        let outcome = AttributionLedger.Outcome(at: at, key: 1, lookbackSeconds: 7 * Self.day)
        func isIn(_ touch: Touch) -> Bool { !AttributionLedger.touches(before: outcome, among: [touch]).isEmpty }
        #expect(isIn(Self.touch(3, .click)) && !isIn(Self.touch(2.999, .click)))
        #expect(isIn(Self.touch(10, .reply)) && !isIn(Self.touch(10.001, .reply)))
        // A message is as old as its send, and there only once it has arrived.
        var late = Self.touch(4)
        late.message = .init(row: 1, cohortAt: Self.start.adding(seconds: 2 * Self.day))
        #expect(!isIn(late))
        late.at = at.adding(seconds: 1)
        late.message?.cohortAt = Self.start.adding(seconds: 9 * Self.day)
        #expect(!isIn(late))
        // A click on an old message is as old as the click.
        var click = Self.touch(9, .click)
        click.message = .init(row: 1, cohortAt: Self.start)
        #expect(isIn(click) && click.cohortAt == Self.start)
    }

    @Test func tooManyTouchesKeepTheFirstAndTheLatest() {
        let touches = (0..<1_000).map { Self.touch(Double($0) / 1_000) }
        let outcome = AttributionLedger.Outcome(
            at: Self.start.adding(seconds: Self.day), key: 1, lookbackSeconds: 7 * Self.day)
        let kept = AttributionLedger.touches(before: outcome, among: touches)
        #expect(kept.count == Touch.countMax)
        #expect(kept.first == touches.first && kept.last == touches.last && kept[1] == touches[801])
    }

    // MARK: Messages

    @Test func aMessageIsConvertedOnce() {
        let message = Self.touch(0, row: 7)
        var click = Self.touch(1, .click)
        click.message = message.message
        func outcome(_ days: Double, key: Int64) -> AttributionLedger.Outcome {
            .init(
                at: Self.start.adding(seconds: Int64(days * 86_400)), key: key, lookbackSeconds: 7 * Self.day)
        }
        // The later outcome is given first: the order of the list does not matter.
        let credits = AttributionLedger.fold(
            outcomes: [outcome(3, key: 1), outcome(0.5, key: 2)], touches: [message, click])
        func models(_ mask: UInt8) -> Set<AttributionModel> {
            Set(AttributionLedger.models.enumerated().filter { mask & (1 << UInt8($0.offset)) != 0 }.map(\.element))
        }
        // The first outcome has only the message before it: every model but last click.
        #expect(models(credits[1][0].converted) == Set(AttributionModel.allCases).subtracting([.lastClick]))
        #expect(models(credits[0][0].converted) == [])
        #expect(models(credits[0][1].converted) == [.lastClick])
    }

    @Test func followedMeansWithinSevenDays() {
        let sentAt = Self.start
        func isFollowed(_ seconds: Int64...) -> Bool {
            AttributionLedger.isFollowed(sentAt: sentAt, by: seconds.map { sentAt.adding(seconds: $0) })
        }
        #expect(!isFollowed() && !isFollowed(-1) && isFollowed(0) && isFollowed(7 * Self.day))
        #expect(!isFollowed(7 * Self.day + 1) && !isFollowed(-1, 7 * Self.day + 1) && isFollowed(-1, 5, 9_999_999))
    }

    @Test func aCampaignsClickBelongsToItsLatestMessageThatArrived() {
        func message(_ row: Int64, sent: Int64, arrived: Int64) -> AttributionLedger.Delivered {
            .init(
                row: row, key: row, cohortAt: Self.start.adding(seconds: sent),
                reachedAt: Self.start.adding(seconds: arrived))
        }
        let messages = [
            message(1, sent: 0, arrived: 10), message(2, sent: 100, arrived: 5_000),
            message(3, sent: 200, arrived: 300),
        ]
        func row(_ seconds: Int64) -> Int64? {
            AttributionLedger.message(clickedAt: Self.start.adding(seconds: seconds), among: messages)?.row
        }
        #expect(row(9) == nil && row(10) == 1 && row(4_999) == 3 && row(5_000) == 3)
        #expect(row(30 * Self.day) == 3 && row(30 * Self.day + 150) == 3 && row(30 * Self.day + 201) == nil)
    }

    @Test func whichMessageAWordAnswers() {
        func at(_ hours: Int64) -> Instant { Self.start.adding(seconds: hours * 3_600) }
        let sent = [0, 2, 30].enumerated().map { AnswerLedger.Sent(at: at(Int64($1)), key: Int64($0), index: $0) }
        // Before anything; to the first; once more; to the second, a day late; to the third in time.
        #expect(
            AnswerLedger.answered(by: [at(-1), at(1), at(1), at(26), at(31)], among: sent) == [nil, 0, nil, nil, 2])
    }

    // MARK: Generated

    @Test(arguments: 0..<200) func sharesAndValuesAlwaysAddUp(seed: Int) {
        var dice = Dice(seed: UInt64(seed) &+ 400_000)
        let touches = Self.random(&dice, count: Int.random(in: 0..<30, using: &dice))
        let outcomes = Self.outcomes(&dice, count: 6)
        let folded = AttributionLedger.fold(outcomes: outcomes, touches: touches.sorted())
        for (outcome, credits) in zip(outcomes, folded) {
            let before = AttributionLedger.touches(before: outcome, among: touches.sorted())
            let total = Int64.random(in: 0...Money.outcomeMicrosMax, using: &dice)
            let values = AttributionLedger.values(of: credits, total: total)
            for (place, model) in AttributionLedger.models.enumerated() {
                let isCredited = model == .lastClick ? before.contains { $0.kind == .click } : !before.isEmpty
                #expect(credits.reduce(0) { $0 + $1.shares[place] } == (isCredited ? 1_000_000 : 0))
                #expect(values.reduce(0) { $0 + $1[place] } == (isCredited ? total : 0))
                #expect(credits.allSatisfy { $0.shares[place] >= 0 })
            }
        }
        // Each message that is credited at all is converted once by each model that credits it.
        for (place, _) in AttributionLedger.models.enumerated() {
            let all = folded.flatMap { $0 }.filter { $0.shares[place] > 0 }
            let converted = all.filter { $0.converted & (1 << UInt8(place)) != 0 }.compactMap { $0.touch.message?.row }
            #expect(converted.count == Set(converted).count)
            #expect(Set(converted) == Set(all.compactMap { $0.touch.message?.row }))
        }
    }

    @Test(arguments: 0..<100) func orderChangesNothingAndRemovalRestores(seed: Int) {
        var dice = Dice(seed: UInt64(seed) &+ 500_000)
        let touches = Self.random(&dice, count: 20)
        let outcomes = Self.outcomes(&dice, count: 8)
        let expected = Self.byKey(outcomes, AttributionLedger.fold(outcomes: outcomes, touches: touches.sorted()))
        let shuffled = outcomes.shuffled(using: &dice)
        let again = AttributionLedger.fold(
            outcomes: shuffled, touches: touches.shuffled(using: &dice).sorted())
        #expect(Self.byKey(shuffled, again) == expected)
        // An outcome that is called off leaves nothing behind: as if it had never been told.
        let fewer = Array(outcomes.dropLast())
        let without = Self.byKey(fewer, AttributionLedger.fold(outcomes: fewer, touches: touches.sorted()))
        let back = fewer + outcomes.suffix(1)
        #expect(Self.byKey(back, AttributionLedger.fold(outcomes: back, touches: touches.sorted())) == expected)
        #expect(without.keys.count == expected.keys.count - 1)
        for (key, credits) in without {
            #expect(credits.map(\.shares) == expected[key]?.map(\.shares))
        }
    }

    private static func byKey(
        _ outcomes: [AttributionLedger.Outcome], _ credits: [[AttributionLedger.Credit]]
    ) -> [Int64: [AttributionLedger.Credit]] {
        Dictionary(uniqueKeysWithValues: zip(outcomes.map(\.key), credits))
    }

    private static func random(_ dice: inout Dice, count: Int) -> [Touch] {
        (0..<count).map { index in
            var touch = Self.touch(Double(Int.random(in: 0..<20, using: &dice)), dice.pick(TouchKind.allCases))
            touch.key = Int64(index)
            if !dice.one(in: 3) {
                let row = Int64.random(in: 0..<5, using: &dice)
                touch.message = .init(row: row, cohortAt: start.adding(seconds: row * 40_000))
            }
            return touch
        }
    }

    private static func outcomes(_ dice: inout Dice, count: Int) -> [AttributionLedger.Outcome] {
        (0..<count).map { index in
            .init(
                at: start.adding(seconds: Int64.random(in: 0..<25, using: &dice) * day), key: Int64(index),
                lookbackSeconds: dice.pick([day, 7 * day, 30 * day]))
        }
    }
}
