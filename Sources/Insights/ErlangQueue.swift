#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Customers who come at random to servers that take a random time for each: what they meet.
///
/// A server is an agent on the phone, or one of the chats that an agent holds at the same time. Numbers that make no
/// sense (negative, not a number) count as zero: nobody comes, nobody serves.
package struct ErlangQueue: Hashable, Sendable {
    /// λ.
    package let arrivalsPerSecond: Double
    /// 1/μ, the mean.
    package let handlingSeconds: Double
    /// 1/θ, how long a customer is ready to wait, on average; nil when nobody gives up.
    package let patienceSeconds: Double?

    package init(arrivalsPerSecond: Double, handlingSeconds: Double, patienceSeconds: Double? = nil) {
        self.arrivalsPerSecond = Self.usable(arrivalsPerSecond)
        self.handlingSeconds = Self.usable(handlingSeconds)
        // Nobody waits for four months: longer patience only makes sums longer.
        self.patienceSeconds = patienceSeconds.map(Self.usable).flatMap { $0 > 0 ? min($0, 1e7) : nil }
    }

    package init(arrivals: Double, inSeconds seconds: Double, handlingSeconds: Double, patienceSeconds: Double? = nil) {
        self.init(
            arrivalsPerSecond: seconds > 0 ? arrivals / seconds : 0, handlingSeconds: handlingSeconds,
            patienceSeconds: patienceSeconds)
    }

    /// What customers and servers meet with a number of servers.
    package struct Figures: Hashable, Sendable {
        /// Share of customers who have to wait at all.
        package var waitProbability: Double
        /// Share of all customers who are served within the time asked for.
        package var serviceLevel: Double
        /// Of all customers, those who give up included; nil when the queue grows without end.
        package var meanWaitSeconds: Double?
        /// Share of their time that servers are busy.
        package var occupancy: Double
        /// Share of customers who give up.
        package var abandonment: Double
    }

    /// Mean number of servers that would be busy if there were any number: a = λ/μ, in erlangs.
    package var load: Double { arrivalsPerSecond * handlingSeconds }

    /// Servers beyond which nothing is computed: more than any business has.
    package static let serversMax = 100_000

    /// With patience by Erlang A, else by Erlang C.
    package func figures(servers: Int, within seconds: Double) -> Figures {
        let servers = min(max(servers, 0), Self.serversMax)
        let seconds = Self.usable(seconds)
        guard load > 0 else {
            return Figures(waitProbability: 0, serviceLevel: 1, meanWaitSeconds: 0, occupancy: 0, abandonment: 0)
        }
        if let patienceSeconds { return abandoning(servers, within: seconds, patience: patienceSeconds) }
        return patient(servers, within: seconds)
    }

    // MARK: Everybody waits

    /// Share of customers who find every server busy and are lost (Erlang B; Erlang 1917), by the recursion of its
    /// inverse, which neither overflows nor cancels.
    package static func blocking(servers: Int, load: Double) -> Double {
        let load = usable(load)
        guard servers > 0, load > 0 else { return load > 0 ? 1 : 0 }
        var inverse = 1.0
        for k in 1...min(servers, serversMax) {
            inverse = 1 + inverse * Double(k) / load
            // From here on the inverse only grows: nobody is lost.
            if inverse == .infinity { return 0 }
        }
        return 1 / inverse
    }

    /// Share of customers who have to wait when nobody gives up (Erlang C; Erlang 1917): C = B / (1 − (a/n)(1 − B)).
    /// 1 when there are no more servers than load.
    package static func waiting(servers: Int, load: Double) -> Double {
        let load = usable(load)
        guard load > 0 else { return 0 }
        guard Double(servers) > load else { return 1 }
        let lost = blocking(servers: servers, load: load)
        return lost / (1 - load / Double(servers) * (1 - lost))
    }

    private func patient(_ servers: Int, within seconds: Double) -> Figures {
        let spare = Double(servers) - load
        guard spare > 0 else {
            return Figures(waitProbability: 1, serviceLevel: 0, meanWaitSeconds: nil, occupancy: 1, abandonment: 0)
        }
        let waiting = Self.waiting(servers: servers, load: load)
        return Figures(
            waitProbability: waiting, serviceLevel: 1 - waiting * exp(-spare * seconds / handlingSeconds),
            meanWaitSeconds: waiting * handlingSeconds / spare, occupancy: load / Double(servers), abandonment: 0)
    }

    // MARK: Some give up

    /// Queues longer than this are told by their fluid limit: there chance no longer matters.
    private static let queueMax = 100_000.0

    /// M/M/n+M (Palm 1957; Garnett, Mandelbaum and Reiman 2002).
    private func abandoning(_ servers: Int, within seconds: Double, patience: Double) -> Figures {
        let arrivals = arrivalsPerSecond
        let service = Double(servers) / handlingSeconds
        let leaving = 1 / patience
        guard servers > 0, (arrivals - service) / leaving < Self.queueMax else {
            return fluid(service: service, within: seconds, patience: patience)
        }
        // Logarithms of the stationary probabilities but for a constant, which is their greatest.
        var logs = [0.0]
        logs.reserveCapacity(servers + 64)
        var greatest = 0.0
        for j in 1...servers {
            logs.append(logs[j - 1] + log(load / Double(j)))
            greatest = max(greatest, logs[j])
        }
        var queue = 0
        while true {
            queue += 1
            let ratio = arrivals / (service + Double(queue) * leaving)
            let next = logs[logs.count - 1] + log(ratio)
            logs.append(next)
            greatest = max(greatest, next)
            if (ratio < 1 && next < greatest - 45) || Double(queue) > 4 * Self.queueMax { break }
        }
        var (total, idle, queued) = (0.0, 0.0, 0.0)
        for (j, value) in logs.enumerated() {
            let weight = exp(value - greatest)
            total += weight
            if j < servers { idle += weight } else { queued += weight * Double(j - servers) }
        }
        let free = idle / total
        let meanQueue = queued / total
        let abandonment = min(1, leaving * meanQueue / arrivals)
        let entering = log(arrivals) + logs[servers - 1] - greatest - log(total)
        let later = servedAfterWaiting(entering: entering, service: service, leaving: leaving, within: seconds)
        return Figures(
            waitProbability: min(1, max(0, 1 - free)), serviceLevel: min(1, free + later),
            meanWaitSeconds: meanQueue / arrivals,
            occupancy: min(1, arrivals * (1 - abandonment) / service), abandonment: abandonment)
    }

    /// ∫₀^T λ p_{n−1} exp((λ/θ)(1 − e^{−θx}) − nμx − θx) dx: those who wait, do not give up, and are served by T. The
    /// exponent is concave, so what matters is one stretch around its peak; Simpson's rule over that.
    private func servedAfterWaiting(
        entering: Double, service: Double, leaving: Double, within seconds: Double
    ) -> Double {
        guard seconds > 0 else { return 0 }
        let ratio = arrivalsPerSecond / leaving
        let exponent = { (x: Double) in entering - ratio * expm1(-leaving * x) - (service + leaving) * x }
        let top =
            arrivalsPerSecond > service + leaving
            ? min(seconds, log(arrivalsPerSecond / (service + leaving)) / leaving) : 0
        let floor = exponent(top) - 45
        let edge = { (inside: Double, outside: Double) -> Double in
            guard exponent(outside) < floor else { return outside }
            var (inside, outside) = (inside, outside)
            for _ in 0..<60 {
                let middle = (inside + outside) / 2
                if exponent(middle) < floor { outside = middle } else { inside = middle }
            }
            return outside
        }
        let (from, to) = (edge(top, 0), edge(top, seconds))
        let panels = 400
        let step = (to - from) / Double(panels)
        var sum = 0.0
        for i in 0...panels {
            let weight = i == 0 || i == panels ? 1.0 : (i % 2 == 1 ? 4 : 2)
            sum += weight * exp(exponent(from + Double(i) * step))
        }
        return sum * step / 3
    }

    /// So many in the queue that chance no longer matters (Whitt 2006): all who are served wait as long as it takes
    /// for enough of the others to give up.
    private func fluid(service: Double, within seconds: Double, patience: Double) -> Figures {
        let abandonment = max(0, 1 - service / arrivalsPerSecond)
        let wait = service > 0 ? patience * log(arrivalsPerSecond / service) : Double.infinity
        return Figures(
            waitProbability: 1, serviceLevel: wait <= seconds ? 1 - abandonment : 0,
            meanWaitSeconds: patience * abandonment, occupancy: service > 0 ? 1 : 0, abandonment: abandonment)
    }

    static func usable(_ value: Double) -> Double { value.isFinite && value > 0 ? value : 0 }
}
