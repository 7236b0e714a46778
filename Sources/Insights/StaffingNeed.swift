/// Customers expected in one stretch of time, with the range that holds them in eight cases of ten.
package struct ExpectedVolume: Hashable, Sendable {
    package let mean: Double
    package let lower80: Double
    package let upper80: Double

    /// A range that does not hold the mean is widened to it; without one the volume is taken as certain.
    package init(mean: Double, lower80: Double? = nil, upper80: Double? = nil) {
        let mean = ErlangQueue.usable(mean)
        self.mean = mean
        self.lower80 = min(mean, lower80.map(ErlangQueue.usable) ?? mean)
        self.upper80 = max(mean, upper80.map(ErlangQueue.usable) ?? mean)
    }

    /// The same in a part of the time, when it is spread evenly.
    package func scaled(by share: Double) -> ExpectedVolume {
        ExpectedVolume(mean: mean * share, lower80: lower80 * share, upper80: upper80 * share)
    }

    /// Standard deviates and weights of the five-point Gauss–Hermite rule for a normal mean (Abramowitz and Stegun
    /// 25.4.46).
    private static let points: [(deviate: Double, weight: Double)] = [
        (-2.8569700138728056, 0.011257411327720688), (-1.3556261799742659, 0.22207592200561266),
        (0, 0.5333333333333333), (1.3556261799742659, 0.22207592200561266),
        (2.8569700138728056, 0.011257411327720688),
    ]
    /// Standard normal deviate of a two-sided 80 % range.
    private static let deviate80 = 1.2815515655446004

    /// Five volumes that stand for all, with their weights. Each side of the mean has a width of its own.
    var cases: [(volume: Double, weight: Double)] {
        guard upper80 > lower80 else { return [(mean, 1)] }
        return Self.points.map { point in
            let width = (point.deviate < 0 ? mean - lower80 : upper80 - mean) / Self.deviate80
            return (max(0, mean + point.deviate * width), point.weight)
        }
    }
}

/// Work of one kind: how long it takes, how long customers wait for it, and how much of their time agents are there.
package struct StaffingWork: Hashable, Sendable {
    /// Active time for one customer's turn when the agent has no other.
    package let handlingSeconds: Double
    package let patienceSeconds: Double?
    package let concurrency: ChatConcurrency
    /// Share of paid time in which an agent does not serve: breaks, training, illness. 0 … 0.9.
    package let shrinkage: Double

    package init(
        handlingSeconds: Double, patienceSeconds: Double? = nil, concurrency: ChatConcurrency = .single,
        shrinkage: Double = 0
    ) {
        self.handlingSeconds = ErlangQueue.usable(handlingSeconds)
        self.patienceSeconds = patienceSeconds
        self.concurrency = concurrency
        self.shrinkage = min(ErlangQueue.usable(shrinkage), 0.9)
    }

    func queue(_ arrivals: Double, inSeconds seconds: Double) -> ErlangQueue {
        ErlangQueue(
            arrivals: arrivals, inSeconds: seconds,
            handlingSeconds: concurrency.slotSeconds(alone: handlingSeconds), patienceSeconds: patienceSeconds)
    }

    /// What customers meet with so many agents serving, on average over an uncertain volume.
    package func figures(agents: Int, for volume: ExpectedVolume, inSeconds seconds: Double, within limit: Double)
        -> ErlangQueue.Figures
    {
        var mean = ErlangQueue.Figures(
            waitProbability: 0, serviceLevel: 0, meanWaitSeconds: 0, occupancy: 0, abandonment: 0)
        let servers = min(max(0, agents), ErlangQueue.serversMax) * concurrency.slots
        for (arrivals, weight) in volume.cases {
            let figures = queue(arrivals, inSeconds: seconds).figures(servers: servers, within: limit)
            mean.waitProbability += weight * figures.waitProbability
            mean.serviceLevel += weight * figures.serviceLevel
            mean.occupancy += weight * figures.occupancy
            mean.abandonment += weight * figures.abandonment
            mean.meanWaitSeconds = mean.meanWaitSeconds.flatMap { sum in
                figures.meanWaitSeconds.map { sum + weight * $0 }
            }
        }
        return mean
    }

    /// Fewest agents serving that meet a target on average over an uncertain volume; nil when no number does.
    package func agents(for volume: ExpectedVolume, inSeconds seconds: Double, target: StaffingTarget) -> Int? {
        guard volume.mean > 0, handlingSeconds > 0, seconds > 0 else { return 0 }
        let meets = { (agents: Int) in
            target.isMet(by: figures(agents: agents, for: volume, inSeconds: seconds, within: target.seconds))
        }
        // More agents never serve worse, so the fewest are found by halving.
        let most = ErlangQueue.serversMax / concurrency.slots
        let start = queue(volume.mean, inSeconds: seconds).load / Double(concurrency.slots)
        guard start < Double(most) else { return nil }
        var high = max(1, Int(start))
        var low = 0
        while !meets(high) {
            guard high < most else { return nil }
            low = high
            high = min(most, high + max(1, high / 2))
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if meets(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// Agents on the roster for so many serving.
    package func rostered(_ serving: Int) -> Int {
        // A hair less, so that 18 / 0.9 stays 20.
        Int((Double(serving) / (1 - shrinkage) - 1e-9).rounded(.up))
    }
}
