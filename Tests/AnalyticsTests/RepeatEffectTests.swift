import Catalogue
import Domain
import Testing

@testable import Analytics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("What waiting does")
struct RepeatEffectTests {
    private func isNear(_ a: Double?, _ b: Double, within share: Double) -> Bool {
        a.map { abs($0 - b) <= share * b } ?? false
    }

    @Test func oneBandByHand() throws {
        // 100 waits of half a minute, ten of them repeated once, one of these twice.
        let effect = RepeatEffect(
            ends: histogram(seconds: Array(repeating: 30, count: 100)),
            firstRepeats: histogram(seconds: Array(repeating: 15, count: 10)),
            extraMessages: histogram(seconds: Array(repeating: 15, count: 10) + [20]))
        let band = effect.bands[0]
        #expect(band.waiting == 100 && band.exposureMinutes == 50)
        #expect(band.firstRepeats == 10 && band.extraMessages == 11)
        #expect(isNear(band.rate, 0.22, within: 1e-9))
        // 100 (1 − e^(−h/2)) = 10, so h = −2 ln 0.9; nobody who waits a whole minute is silent more often than 0.81.
        #expect(isNear(band.hazard, 0.210721, within: 1e-5))
        #expect(isNear(band.repeatedByEnd, 0.19, within: 1e-6))
        #expect(effect.bands[1].waiting == 0 && effect.bands[1].rate == nil && effect.bands[1].hazard == nil)
        #expect(effect.verdict == .notEnough)
        #expect(effect.sentence.en.contains("Not enough data"))
    }

    @Test func twoBandsByHand() throws {
        // 100 waits of 45 s; 50 of 90 s, which spend a minute in the first band and half a minute in the second.
        let effect = RepeatEffect(
            ends: histogram(seconds: Array(repeating: 45, count: 100) + Array(repeating: 90, count: 50)),
            firstRepeats: histogram(seconds: [10, 75, 75]), extraMessages: histogram(seconds: [10, 75, 75, 80]))
        #expect(effect.waits == 150)
        #expect(effect.bands[0].waiting == 150 && effect.bands[1].waiting == 50)
        #expect(isNear(effect.bands[0].exposureMinutes, 125, within: 0.005))
        #expect(isNear(effect.bands[1].exposureMinutes, 25, within: 0.05))
        #expect(effect.bands.map(\.firstRepeats).prefix(3) == [1, 2, 0])
        #expect(effect.bands.map(\.extraMessages).prefix(3) == [1, 3, 0])
    }

    @Test(arguments: [(0, 0, 3.689), (5, 1.6235, 11.668), (10, 4.7954, 18.390), (100, 81.364, 121.627)])
    func intervalsOfCounts(_ count: Int64, _ lower: Double, _ upper: Double) {
        // Exact limits of Garwood (1936).
        let interval = Interval.poisson(count)
        #expect(abs(interval.lower - lower) <= 0.01 * lower)
        #expect(abs(interval.upper - upper) <= 0.01 * upper)
    }

    private func bands(_ counts: [(minutes: Double, messages: Int64)]) -> [RepeatEffect.Band] {
        zip(counts, zip(RepeatEffect.bounds, RepeatEffect.bounds.dropFirst())).map { count, bounds in
            RepeatEffect.Band(
                fromMinutes: bounds.0, toMinutes: bounds.1, waiting: 1, exposureMinutes: count.minutes,
                firstRepeats: count.messages, extraMessages: count.messages,
                rate: Double(count.messages) / count.minutes, repeatedByEnd: 0)
        }
    }

    @Test func theKneeByHand() throws {
        // 0.05 a minute up to four minutes, 0.3 from there on.
        let verdict = RepeatEffect.verdict(bands([(1000, 50), (1000, 50), (1000, 50), (500, 150), (200, 60)]))
        guard case .rises(let knee) = verdict else {
            Issue.record("no knee: \(verdict)")
            return
        }
        #expect(knee.fromMinutes == 4 && knee.toMinutes == 15)
        #expect(isNear(knee.before, 0.05, within: 1e-9) && isNear(knee.after, 0.3, within: 1e-9))
        // 210 messages in 700 minutes: 0.3 (1 ± 1.96 ÷ √210), a little further on the upper side.
        #expect(isNear(knee.afterInterval.lower, 0.2608, within: 0.005))
        #expect(isNear(knee.afterInterval.upper, 0.3434, within: 0.005))
    }

    @Test func burstsAndNightsAreNoKnee() throws {
        // Half a message a minute while the first thought is typed, and almost none while people sleep.
        let typed = bands([(1000, 500), (1000, 50), (1000, 50), (500, 150), (200, 60), (9000, 9), (9000, 9)])
        guard case .rises(let knee) = RepeatEffect.verdict(typed) else {
            Issue.record("no knee")
            return
        }
        #expect(knee.fromMinutes == 4 && knee.toMinutes == 15)
        #expect(isNear(knee.before, 0.05, within: 1e-9))
    }

    @Test func theFallByHand() throws {
        let typed: [(Double, Int64)] = [(1000, 500), (1000, 50), (1000, 40), (500, 15), (200, 5), (9000, 9)]
        let verdict = RepeatEffect.verdict(bands(typed))
        guard case .falls(let fall) = verdict else {
            Issue.record("no fall: \(verdict)")
            return
        }
        // n (ln rate − 1) on both sides of each cut: −1512 after one minute, −1677 after two, −1781 after fifteen.
        #expect(fall.untilMinutes == 1)
        #expect(isNear(fall.before, 0.5, within: 1e-9) && isNear(fall.after, 119.0 / 11_700, within: 1e-9))
        // 500 messages in 1000 minutes: 0.5 (1 ± 1.96 ÷ √500), a little further on the upper side.
        #expect(isNear(fall.beforeInterval.lower, 0.457, within: 0.005))
        #expect(isNear(fall.beforeInterval.upper, 0.546, within: 0.005))
        let effect = RepeatEffect(waits: 1, bands: [], verdict: verdict)
        #expect(
            effect.sentence.en
                == "Customers write again most often in the first minute of waiting: each minute adds 0.5 extra "
                + "messages there, 0.01 later. No waiting time shows from which they write more often again.")
        #expect(
            effect.sentence.id
                == "Pelanggan paling sering menulis lagi dalam 1 menit pertama menunggu: tiap menit menambah 0,5 "
                + "pesan, sesudahnya 0,01. Tidak tampak batas waktu mulai mereka lebih sering menulis lagi.")

        // Day and night: 0.1 a minute up to eight minutes, and one message in 18 000 minutes.
        let asleep = RepeatEffect.verdict(bands([(1000, 100), (1000, 100), (1000, 100), (1000, 100), (18_000, 1)]))
        guard case .falls(let night) = asleep else {
            Issue.record("no fall: \(asleep)")
            return
        }
        #expect(night.untilMinutes == 8 && isNear(night.before, 0.1, within: 1e-9))
        #expect(
            RepeatEffect(waits: 1, bands: [], verdict: asleep).sentence.en.contains("messages there, almost none later")
        )
    }

    @Test func theKneeWinsWhereItExplainsMore() throws {
        // Both are there: a rise at two minutes, and a fall after eight.
        let both = RepeatEffect.verdict(
            bands([(1000, 50), (1000, 50), (1000, 300), (1000, 300), (5000, 50), (5000, 50), (5000, 50)]))
        guard case .rises(let knee) = both else {
            Issue.record("no knee: \(both)")
            return
        }
        #expect(knee.fromMinutes == 2 && knee.toMinutes == 8)
        // A fall of the same size as chance: 60 against 50 decisions.
        guard case .steady = RepeatEffect.verdict(bands([(1000, 60), (1000, 50), (1000, 55), (1000, 52)])) else {
            Issue.record("a fall out of nothing")
            return
        }
    }

    @Test func bunchesWeighAsOneDecision() throws {
        // A difference that 10 + 25 single messages would show, but two customers who write in dozens do not.
        var counts = bands([(1000, 10), (1000, 10), (1000, 35), (1000, 35)])
        guard case .rises = RepeatEffect.verdict(counts) else {
            Issue.record("no knee")
            return
        }
        for index in counts.indices { counts[index].firstRepeats = 2 }
        guard case .steady = RepeatEffect.verdict(counts) else {
            Issue.record("a knee from eight decisions")
            return
        }
    }

    @Test func theSentence() throws {
        let knee = RepeatEffect.verdict(bands([(1000, 50), (1000, 50), (1000, 50), (500, 150), (200, 60)]))
        let effect = RepeatEffect(waits: 1, bands: [], verdict: knee)
        #expect(
            effect.sentence.en
                == "Each minute beyond 4 minutes of waiting costs 0.3 extra messages (before that 0.05). "
                + "This holds up to 15 minutes.")
        #expect(
            effect.sentence.id
                == "Setelah menunggu 4 menit, tiap menit menambah 0,3 pesan dari pelanggan (sebelumnya 0,05). "
                + "Ini berlaku sampai 15 menit.")
        let steady = RepeatEffect(waits: 1, bands: [], verdict: .steady(0.0125))
        #expect(steady.sentence.en.contains("every 100 minutes of waiting add about 1.3 messages"))
        #expect(steady.sentence.id.contains("1,3 pesan"))
    }

    // MARK: A world whose hazard is known

    /// Waits that end at a constant rate, in which customers write again as a Poisson process whose rate changes once.
    private func world(_ count: Int, before: Double, after: Double, from: Double, seed: UInt64) -> [Wait] {
        var generator = RecountTests.Generator(state: seed)
        let exponential = { (rate: Double) -> Double in -log(1 - Double.random(in: 0..<1, using: &generator)) / rate }
        return (0..<count).map { index in
            let end = exponential(0.1)
            var repeats: [Double] = []
            var at = 0.0
            while true {
                let rate = at < from ? before : after
                let next = at + exponential(rate)
                // The process forgets: at the change of rate it begins anew.
                at = at < from && next > from ? from : next
                if at == from { continue }
                guard at < end else { break }
                repeats.append(at * 60)
            }
            let ending: Wait.Ending = index % 20 == 0 ? .abandoned(end * 60) : .answered(end * 60)
            return Wait(at: Instant(seconds: 1_791_000_000 + Int64(index)), ending: ending, repeats: repeats)
        }
    }

    private func effect(_ waits: [Wait]) async throws -> RepeatEffect {
        try await analyst(try ListStore(waits: waits), now: "2026-12-31T00:00:00Z")
            .repeatEffect(range: try dates("2026-10-01", "2026-10-08"))
    }

    @Test func aKnownHazardIsFound() async throws {
        let effect = try await effect(world(6_000, before: 0.05, after: 0.3, from: 4, seed: 5))
        guard case .rises(let knee) = effect.verdict else {
            Issue.record("no knee: \(effect.verdict)")
            return
        }
        #expect(knee.fromMinutes == 4)
        #expect(isNear(knee.before, 0.05, within: 0.1) && isNear(knee.after, 0.3, within: 0.05))
        // A Poisson process has the same hazard for the first repeat as for any other.
        for band in effect.bands where band.firstRepeats >= 200 {
            #expect(isNear(band.hazard, band.fromMinutes < 4 ? 0.05 : 0.3, within: 0.1), "from \(band.fromMinutes)")
        }
        // 1 − exp(−4 · 0.05), and 1 − exp(−4 · 0.05 − 4 · 0.3).
        #expect(isNear(effect.bands[2].repeatedByEnd, 0.1813, within: 0.06))
        #expect(isNear(effect.bands[3].repeatedByEnd, 0.7534, within: 0.05))
    }

    @Test func aSteadyRateHasNoKnee() async throws {
        for seed in 1...12 {
            let effect = try await effect(world(600, before: 0.15, after: 0.15, from: 4, seed: UInt64(seed)))
            guard case .steady(let rate) = effect.verdict else {
                Issue.record("a knee out of nothing, seed \(seed)")
                continue
            }
            #expect(isNear(rate, 0.15, within: 0.15))
        }
    }

    @Test func aKnownFallIsFound() async throws {
        let effect = try await effect(world(4_000, before: 0.4, after: 0.05, from: 2, seed: 21))
        guard case .falls(let fall) = effect.verdict else {
            Issue.record("no fall: \(effect.verdict)")
            return
        }
        #expect(fall.untilMinutes == 2)
        #expect(isNear(fall.before, 0.4, within: 0.05) && isNear(fall.after, 0.05, within: 0.1))
    }

    @Test func filtersAndOpenWaits() async throws {
        var waits = world(200, before: 0.2, after: 0.2, from: 4, seed: 9)
        for index in waits.indices { waits[index].dimensions = [.team: index < 150 ? "a" : "b"] }
        waits[0].ending = .open
        let store = try ListStore(waits: waits)
        let analyst = try analyst(store, now: "2026-10-08T00:00:00Z")
        let effect = try await analyst.repeatEffect(
            filters: [Filter(dimension: .team, op: .isIn, values: ["a"])], range: try dates("2026-10-01", "2026-10-08"))
        #expect(effect.waits == 150)
        #expect(store.plans.contains { $0.durations == [.wait(.openFor)] && $0.source == .facts })
        await #expect(throws: Failure.self) {
            try await analyst.repeatEffect(
                filters: [Filter(dimension: .handledBy, op: .notNull)], range: try dates("2026-10-01", "2026-10-08"))
        }
    }
}
