import Insights
import Testing

/// Published values: Gans, Koole and Mandelbaum 2003; Garnett, Mandelbaum and Reiman 2002; tables in common use.
@Suite("Erlang B, C and A")
struct ErlangQueueTests {
    private func near(_ a: Double?, _ b: Double, _ tolerance: Double) -> Bool {
        guard let a else { return false }
        return abs(a - b) <= tolerance
    }

    @Test("10 erlangs, 14 agents, 20 s, handling 180 s")
    func tenErlangs() {
        let figures = ErlangQueue(arrivals: 10, inSeconds: 180, handlingSeconds: 180).figures(servers: 14, within: 20)
        #expect(near(figures.waitProbability, 0.1741, 5e-5))
        #expect(near(figures.serviceLevel, 0.8884, 5e-5))
        #expect(near(figures.meanWaitSeconds, 7.84, 5e-3))
        #expect(near(figures.occupancy, 0.714, 5e-4))
        #expect(figures.abandonment == 0)
    }

    @Test(
        "100 calls in half an hour",
        arguments: [
            (11, 0.6821182047, 0.3896138117, 122.7812768), (12, 0.4493882243, 0.6401580404, nil),
            (13, 0.285270453, 0.7955947884, 17.11622718), (16, 0.0573403309, 0.9705604925, nil),
        ] as [(Int, Double, Double, Double?)])
    func hundredCalls(agents: Int, waiting: Double, level: Double, wait: Double?) {
        let figures = ErlangQueue(arrivals: 100, inSeconds: 1_800, handlingSeconds: 180)
            .figures(servers: agents, within: 20)
        #expect(near(figures.waitProbability, waiting, 1e-9))
        #expect(near(figures.serviceLevel, level, 1e-9))
        if let wait { #expect(near(figures.meanWaitSeconds, wait, 1e-6)) }
    }

    @Test("60 calls in half an hour, handling 300 s, a minute")
    func sixtyCalls() {
        let figures = ErlangQueue(arrivals: 60, inSeconds: 1_800, handlingSeconds: 300)
            .figures(servers: 13, within: 60)
        #expect(near(figures.serviceLevel, 0.8434402559, 1e-9))
    }

    @Test("With patience: 48 a minute, a minute each, 50 agents, two minutes of patience")
    func abandonment() {
        let patient = ErlangQueue(arrivals: 48, inSeconds: 60, handlingSeconds: 60).figures(servers: 50, within: 20)
        #expect(near(patient.meanWaitSeconds, 20.8, 0.05))
        #expect(near(patient.occupancy, 0.96, 1e-9))
        let figures = ErlangQueue(arrivals: 48, inSeconds: 60, handlingSeconds: 60, patienceSeconds: 120)
            .figures(servers: 50, within: 20)
        #expect(near(figures.abandonment, 0.031, 5e-4))
        #expect(near(figures.meanWaitSeconds, 3.7, 0.05))
        #expect(near(figures.occupancy, 0.93, 5e-3))
    }

    @Test("Erlang B: the recursion against the sum it stands for")
    func blocking() {
        // 10^5/5! / Σ 10^k/k! with 5 servers and 10 erlangs.
        let terms = [1, 10, 50, 166.6666666667, 416.6666666667, 833.3333333333]
        #expect(near(ErlangQueue.blocking(servers: 5, load: 10), terms[5] / terms.reduce(0, +), 1e-10))
        #expect(ErlangQueue.blocking(servers: 0, load: 3) == 1)
        #expect(ErlangQueue.blocking(servers: 7, load: 0) == 0)
    }

    @Test("Erlang A against the balance equations summed plainly, in and out of balance", arguments: [3, 5, 8])
    func plainSum(servers: Int) {
        // λ = 5 a minute, μ = 1 a minute, θ = 1/2 a minute; served within half a minute by the paths through the queue.
        var weights = [1.0]
        for j in 1...400 {
            let out = j <= servers ? Double(j) : Double(servers) + Double(j - servers) / 2
            weights.append(weights[j - 1] * 5 / out)
        }
        let total = weights.reduce(0, +)
        let queue = weights.enumerated().reduce(0) { $0 + max(0, Double($1.offset - servers)) * $1.element } / total
        let figures = ErlangQueue(arrivals: 5, inSeconds: 60, handlingSeconds: 60, patienceSeconds: 120)
            .figures(servers: servers, within: 1e6)
        #expect(near(figures.abandonment, queue / 2 / 5, 1e-9))
        #expect(near(figures.meanWaitSeconds, queue / 5 * 60, 1e-7))
        // In the end everybody is either served or gone.
        #expect(near(figures.serviceLevel + figures.abandonment, 1, 1e-6))
    }

    @Test("Endless patience is Erlang C")
    func endlessPatience() {
        let patient = ErlangQueue(arrivals: 100, inSeconds: 1_800, handlingSeconds: 180)
            .figures(servers: 13, within: 20)
        let almost = ErlangQueue(arrivals: 100, inSeconds: 1_800, handlingSeconds: 180, patienceSeconds: 1e8)
            .figures(servers: 13, within: 20)
        #expect(near(almost.serviceLevel, patient.serviceLevel, 1e-5))
        #expect(near(almost.waitProbability, patient.waitProbability, 1e-5))
    }

    @Test("Thousands of agents, a queue that never ends, and nobody at all")
    func extremes() {
        let many = ErlangQueue(arrivalsPerSecond: 20, handlingSeconds: 250, patienceSeconds: 300)
        let figures = many.figures(servers: 5_050, within: 20)
        #expect(figures.serviceLevel > 0.8 && figures.serviceLevel < 1 && figures.abandonment < 0.05)
        let short = many.figures(servers: 2_500, within: 20)
        // Half of them must leave, so each waits until half of them have: 300 ln 2 s.
        #expect(near(short.abandonment, 0.5, 1e-6) && near(short.meanWaitSeconds, 150, 1e-3))
        #expect(short.serviceLevel < 1e-6)
        let flooded = ErlangQueue(arrivalsPerSecond: 1_000, handlingSeconds: 300, patienceSeconds: 1e6)
            .figures(servers: 10, within: 20)
        #expect(flooded.abandonment > 0.999 && flooded.serviceLevel == 0)
        let endless = ErlangQueue(arrivals: 100, inSeconds: 60, handlingSeconds: 60).figures(servers: 100, within: 20)
        #expect(endless.meanWaitSeconds == nil && endless.serviceLevel == 0)
        #expect(
            ErlangQueue(arrivals: .nan, inSeconds: 60, handlingSeconds: 60).figures(servers: -3, within: 9)
                .serviceLevel == 1)
        #expect(
            ErlangQueue(arrivals: 5, inSeconds: 60, handlingSeconds: 60, patienceSeconds: 60)
                .figures(servers: 0, within: 9).abandonment == 1)
        #expect(
            ErlangQueue(arrivals: 5, inSeconds: 60, handlingSeconds: 60).figures(servers: .max, within: 9)
                .serviceLevel == 1)
    }

    @Test("Patience is the waiting time of everybody for each who gave up")
    func patience() {
        let patience = Patience(abandonments: 100, totalWaitSeconds: 12_000)
        #expect(near(patience?.seconds, 120, 1e-12))
        #expect(near(patience?.lowerSeconds, 98.64, 0.01) && near(patience?.upperSeconds, 145.98, 0.01))
        #expect(Patience(abandonments: 0, totalWaitSeconds: 9) == nil)
        #expect(Patience(abandonments: 3, totalWaitSeconds: .nan) == nil)
    }
}
