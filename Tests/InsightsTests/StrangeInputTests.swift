import Domain
import Insights
import Testing

/// Nothing that comes from outside may stop the process.
@Suite("Strange input to staffing, comparison, projection, questions and prose")
struct StrangeInputTests {
    private struct Chance {
        var state: UInt64
        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    private static let numbers: [Double] = [
        0, -1, 1, 1e-300, 1e300, .infinity, -.infinity, .nan, 0.5, 180, 1_800, .leastNonzeroMagnitude,
    ]

    @Test("Queues")
    func queues() {
        for arrivals in Self.numbers {
            for handling in Self.numbers {
                for patience in [Double.nan, 1e-300, 60, 1e300] {
                    let queue = ErlangQueue(
                        arrivalsPerSecond: arrivals, handlingSeconds: handling, patienceSeconds: patience)
                    for servers in [.min, 0, 7] {
                        let figures = queue.figures(servers: servers, within: 20)
                        #expect((0...1).contains(figures.serviceLevel) && (0...1).contains(figures.abandonment))
                    }
                }
            }
        }
    }

    @Test("Counts beyond all measure")
    func counts() throws {
        let arms = [Int.max, Int.min].map { count in
            VariantComparison.Arm(name: "\(count)", messages: count, events: .max, optOuts: .max, costMicros: .min)
        }
        #expect(try !VariantComparison(arms, plan: .init(measure: .click, messagesPerArm: .max)).sentence.id.isEmpty)
        for rate in Self.numbers {
            for difference in Self.numbers {
                _ = SampleSize(rate: rate, difference: difference, alpha: 0.05, power: 0.8)
                _ = BudgetProjection(
                    spent: rate, budget: difference,
                    days: [.init(date: LocalDate(day: .max), mean: rate, lower80: difference, upper80: rate)])
                _ = SequentialMixture(tunedFor: rate, alpha: difference).pValue(difference: rate, information: rate)
                _ = SequentialBounds.isDifferent(difference: rate, information: [difference, rate], planned: rate)
            }
        }
        let now = Instant(seconds: 1_000_000)
        let projection = LimitProjection(
            limit: .recipients(.max),
            sent: [.init(at: now, recipients: .max), .init(at: .distantPast, recipients: .min)], planned: .max,
            pace: .init(perHour: .infinity, lower80: .nan, upper80: 1e300), now: now)
        #expect(!projection.sentence(clock: .utc, now: .distantFuture).en.isEmpty)
        let table = try StaffingShifts(
            stretches: [(now, now.adding(seconds: 900), .max), (.distantPast, .distantFuture, .min)],
            patterns: [.init(name: "", start: 0, end: 0)], clock: .utc)
        #expect(table.needed == [ErlangQueue.serversMax, 0])
    }

    @Test("Words in any order", arguments: [1, 2, 3] as [UInt64])
    func words(seed: UInt64) {
        let pieces = [
            "berapa", "delivery rate", "promo_11_11", "per", "jam", "9", "-", "minggu", "lalu", "antara", "1", "dan",
            "7", "oktober", "2026", "99999999999999999999", "sejak", "vs", "dibanding", "\"", "'x y'", "top", "0",
            "terakhir", "hari", "31", "februari", "1/13/2026", "2026-02-30", "1-9223372036854775807", "template",
            "mana", "tanpa", "selain", ",", "?", "½", "😀", "\u{0}", "last", "days", "week", "before", "bulan", "p95",
            "9999d", "Rp", "1.2.3", "12:60", "%", "juta", "setengah", "\u{00A0}", "November", "٣",
        ]
        var chance = Chance(state: seed)
        for _ in 0..<12 {
            let text = (0..<chance.below(14)).map { _ in pieces[chance.below(pieces.count)] }.joined(separator: " ")
            let reading = Questions.grammar.read(text)
            #expect(reading.question == text)
            let close = text.split(separator: " ").joined()
            for prose in [text, close] {
                _ = Narration.check(prose, against: [], names: ["", "promo_11_11"], date: LocalDate(day: 0))
                _ = Narration.prompt(
                    [.init(sentence: Text(id: prose, en: prose), evidence: [])], date: LocalDate(day: 0),
                    language: .english)
            }
        }
    }
}
