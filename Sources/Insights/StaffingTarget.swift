import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What customers are promised, and what agents can bear.
package struct StaffingTarget: Hashable, Sendable {
    /// Share of customers served within `seconds`.
    package let serviceLevel: Double
    package let seconds: Double
    package let abandonmentMax: Double?
    package let occupancyMax: Double?

    /// Throws when a share is none.
    package init(
        serviceLevel: Double = 0.8, within seconds: Double = 20, abandonmentMax: Double? = nil,
        occupancyMax: Double? = nil
    ) throws(Failure) {
        let shares = [serviceLevel] + [abandonmentMax, occupancyMax].compactMap { $0 }
        guard shares.allSatisfy({ $0 > 0 && $0 < 1 }), seconds >= 0, seconds.isFinite else {
            throw Failure(
                .unprocessable,
                id: "Target layanan tidak bisa dipakai: bagian harus di antara 0 dan 1 (misalnya 0.8 untuk 80 %), dan "
                    + "batas waktu dalam detik.",
                en: "The service target cannot be used: shares must lie between 0 and 1 (0.8 for 80 %), and the time "
                    + "limit is in seconds.")
        }
        self.serviceLevel = serviceLevel
        self.seconds = seconds
        self.abandonmentMax = abandonmentMax
        self.occupancyMax = occupancyMax
    }

    package func isMet(by figures: ErlangQueue.Figures) -> Bool {
        figures.serviceLevel >= serviceLevel && abandonmentMax.map { figures.abandonment <= $0 } ?? true
            && occupancyMax.map { figures.occupancy <= $0 } ?? true
    }
}

/// How many chats an agent holds at once, and how much longer each of them takes for it.
package struct ChatConcurrency: Hashable, Sendable {
    /// c: chats at once.
    package let slots: Int
    /// s: by how much of itself the time for one chat grows with each further one; 0 when chats do not disturb each
    /// other, 1 when agents do one thing at a time.
    package let slowdown: Double

    package init(slots: Int, slowdown: Double) {
        self.slots = min(max(slots, 1), 50)
        self.slowdown = min(ErlangQueue.usable(slowdown), 10)
    }

    /// One customer at a time: the phone.
    package static let single = ChatConcurrency(slots: 1, slowdown: 0)

    /// AHT₁ (1 + s(c − 1)).
    package func slotSeconds(alone seconds: Double) -> Double { seconds * (1 + slowdown * Double(slots - 1)) }

    /// What agents did: so many chats handled in `seconds` each (the mean) while holding `chats` at once.
    package struct Observation: Hashable, Sendable {
        package var chats: Int
        package var seconds: Double
        package var count: Int
        package init(chats: Int, seconds: Double, count: Int = 1) {
            self.chats = chats
            self.seconds = seconds
            self.count = count
        }
    }

    /// AHT₁ and s from the agents' own data: the weighted least-squares line of the handling time over chats at once.
    /// Nil without two different numbers of chats, or when the line says nothing (no time for one chat alone). A line
    /// that falls is noise: s is 0 then.
    package static func learned(from observations: [Observation]) -> (aloneSeconds: Double, slowdown: Double)? {
        let usable = observations.filter { $0.chats >= 1 && $0.count > 0 && $0.seconds.isFinite && $0.seconds >= 0 }
        let weight = usable.reduce(0.0) { $0 + Double($1.count) }
        guard weight > 0 else { return nil }
        let x = { (o: Observation) in Double(o.chats - 1) }
        let meanX = usable.reduce(0.0) { $0 + Double($1.count) * x($1) } / weight
        let meanY = usable.reduce(0.0) { $0 + Double($1.count) * $1.seconds } / weight
        let spread = usable.reduce(0.0) { $0 + Double($1.count) * (x($1) - meanX) * (x($1) - meanX) }
        guard spread > 0 else { return nil }
        let slope = usable.reduce(0.0) { $0 + Double($1.count) * (x($1) - meanX) * ($1.seconds - meanY) } / spread
        let alone = slope > 0 ? meanY - slope * meanX : meanY
        guard alone > 0 else { return nil }
        return (alone, max(0, slope) / alone)
    }
}

/// How long customers are ready to wait, from those who gave up.
package struct Patience: Hashable, Sendable {
    /// The mean of an exponential patience.
    package let seconds: Double
    /// 95 %.
    package let lowerSeconds: Double
    package let upperSeconds: Double
    package let abandonments: Int

    /// θ = abandonments / waiting time of everybody, those who were answered included: they would have waited longer
    /// still (the censored exponential; Brown et al. 2005). Nil while nobody has given up.
    package init?(abandonments: Int, totalWaitSeconds: Double) {
        guard abandonments > 0, ErlangQueue.usable(totalWaitSeconds) > 0 else { return nil }
        seconds = totalWaitSeconds / Double(abandonments)
        // Of the logarithm of a rate of k events: 1.96/√k.
        let factor = exp(1.959963984540054 / Double(abandonments).squareRoot())
        lowerSeconds = seconds / factor
        upperSeconds = seconds * factor
        self.abandonments = abandonments
    }
}
