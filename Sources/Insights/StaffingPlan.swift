import Domain

/// How many agents each stretch of time needs for a service target.
package struct StaffingPlan: Hashable, Sendable {
    /// What is expected in one stretch, a quarter hour as a rule.
    package struct Demand: Hashable, Sendable {
        package var start: Instant
        package var seconds: Int64
        package var volume: ExpectedVolume
        /// Nobody serves while closed, so nobody is needed.
        package var isOpen: Bool

        package init(start: Instant, seconds: Int64 = 900, volume: ExpectedVolume, isOpen: Bool = true) {
            self.start = start
            self.seconds = seconds
            self.volume = volume
            self.isOpen = isOpen
        }

        /// Four quarter hours of a forecast hour, evenly filled.
        package static func quarters(ofHour start: Instant, volume: ExpectedVolume, isOpen: Bool = true) -> [Demand] {
            (0..<4).map { quarter in
                Demand(
                    start: start.adding(seconds: quarter * 900), volume: volume.scaled(by: 0.25), isOpen: isOpen)
            }
        }
    }

    package struct Need: Hashable, Sendable {
        package let demand: Demand
        /// Serving at the same time.
        package let agents: Int
        /// The same at the ends of the volume's 80 % range.
        package let agentsLower80: Int
        package let agentsUpper80: Int
        /// On the roster: with those on a break, in training, ill.
        package let rostered: Int
        /// With `agents` serving.
        package let figures: ErlangQueue.Figures
        /// Service level at the upper and lower end of the volume's 80 % range.
        package let serviceLevelLower80: Double
        package let serviceLevelUpper80: Double
    }

    package let work: StaffingWork
    package let target: StaffingTarget
    package let needs: [Need]

    /// Stretches needed at most: two weeks of quarter hours and some.
    package static let demandsMax = 3_000

    /// Demands may come in any order; they are put in that of time.
    package init(_ demands: [Demand], work: StaffingWork, target: StaffingTarget) throws(Failure) {
        guard demands.count <= Self.demandsMax else {
            throw Failure(
                .tooLarge,
                id: "Rentang terlalu panjang untuk rencana tenaga: paling banyak \(Self.demandsMax) seperempat jam "
                    + "(31 hari). Pilih rentang yang lebih pendek.",
                en: "The range is too long for a staffing plan: at most \(Self.demandsMax) quarter hours (31 days). "
                    + "Choose a shorter one.")
        }
        guard work.handlingSeconds > 0 else {
            throw Failure(
                .unprocessable,
                id: "Lama melayani satu pelanggan belum diketahui; isi waktu tangani rata-rata dalam detik.",
                en: "How long one customer takes is not known; give the mean handling time in seconds.")
        }
        self.work = work
        self.target = target
        var needs: [Need] = []
        var known: [Demand: Need] = [:]
        for demand in demands.sorted(by: { $0.start < $1.start }) {
            // Stretches alike need the same: nights are computed once.
            var alike = demand
            alike.start = Instant(seconds: 0)
            let need: Need
            if let same = known[alike] {
                need = same
            } else {
                need = try Self.need(demand, work, target)
                known[alike] = need
            }
            needs.append(need.moved(to: demand))
        }
        self.needs = needs
    }

    private static func need(
        _ demand: Demand, _ work: StaffingWork, _ target: StaffingTarget
    ) throws(Failure) -> Need {
        guard demand.isOpen else {
            let nobody = ErlangQueue.Figures(
                waitProbability: 0, serviceLevel: 0, meanWaitSeconds: nil, occupancy: 0, abandonment: 0)
            return Need(
                demand: demand, agents: 0, agentsLower80: 0, agentsUpper80: 0, rostered: 0, figures: nobody,
                serviceLevelLower80: 0, serviceLevelUpper80: 0)
        }
        let seconds = Double(demand.seconds)
        let certain = { ExpectedVolume(mean: $0) }
        let agents = { (volume: ExpectedVolume) in work.agents(for: volume, inSeconds: seconds, target: target) }
        guard let needed = agents(demand.volume), let lower = agents(certain(demand.volume.lower80)),
            let upper = agents(certain(demand.volume.upper80))
        else {
            throw Failure(
                .unprocessable,
                id: "Tidak ada jumlah agen yang memenuhi target ini untuk volume sebesar itu; periksa volume dan waktu "
                    + "tangani.",
                en: "No number of agents meets this target for so much volume; check the volume and handling time.")
        }
        let level = { (volume: Double) in
            work.figures(agents: needed, for: certain(volume), inSeconds: seconds, within: target.seconds).serviceLevel
        }
        return Need(
            demand: demand, agents: needed, agentsLower80: min(lower, needed), agentsUpper80: max(upper, needed),
            rostered: work.rostered(needed),
            figures: work.figures(
                agents: needed, for: demand.volume, inSeconds: seconds, within: target.seconds),
            serviceLevelLower80: level(demand.volume.upper80), serviceLevelUpper80: level(demand.volume.lower80))
    }

    /// Agents on the roster × hours, over all stretches.
    package var agentHours: Double {
        needs.reduce(0) { $0 + Double($1.rostered) * Double($1.demand.seconds) / 3_600 }
    }
}

extension StaffingPlan.Need {
    fileprivate func moved(to demand: StaffingPlan.Demand) -> Self {
        Self(
            demand: demand, agents: agents, agentsLower80: agentsLower80, agentsUpper80: agentsUpper80,
            rostered: rostered, figures: figures, serviceLevelLower80: serviceLevelLower80,
            serviceLevelUpper80: serviceLevelUpper80)
    }
}

extension StaffingPlan {
    /// What happens in one stretch with a given number of agents on the roster, and with one more or one fewer.
    package struct WhatIf: Hashable, Sendable {
        package let demand: Demand
        package let rostered: Int
        package let given: ErlangQueue.Figures
        package let oneMore: ErlangQueue.Figures
        /// Nil when there is none to spare.
        package let oneFewer: ErlangQueue.Figures?
        package let meetsTarget: Bool
    }

    /// The same number on the roster in every open stretch.
    package func whatIf(rostered: Int) -> [WhatIf] {
        whatIf(rostered: needs.map { $0.demand.isOpen ? rostered : 0 })
    }

    /// A number for each stretch, in the order of `needs`; those left out have nobody.
    package func whatIf(rostered: [Int]) -> [WhatIf] {
        needs.enumerated().map { index, need in
            let count = rostered.indices.contains(index) ? min(max(0, rostered[index]), ErlangQueue.serversMax) : 0
            let figures = { (rostered: Int) in
                let (whole, part) = serving(of: rostered)
                let serving = { (agents: Int) in
                    work.figures(
                        agents: agents, for: need.demand.volume, inSeconds: Double(need.demand.seconds),
                        within: target.seconds)
                }
                return part > 0 ? serving(whole).mixed(with: serving(whole + 1), part) : serving(whole)
            }
            let given = figures(count)
            return WhatIf(
                demand: need.demand, rostered: count, given: given, oneMore: figures(count + 1),
                oneFewer: count > 0 ? figures(count - 1) : nil,
                meetsTarget: !need.demand.isOpen || target.isMet(by: given))
        }
    }

    /// Of so many on the roster, those who serve at the same time: so many, and for a part of the time one more.
    private func serving(of rostered: Int) -> (whole: Int, part: Double) {
        let serving = Double(rostered) * (1 - work.shrinkage) + 1e-9
        let whole = serving.rounded(.down)
        return (Int(whole), serving - whole < 1e-6 ? 0 : serving - whole)
    }

    /// Over all open stretches, each weighted by the customers expected in it; nil when none are expected.
    package static func overall(_ stretches: [WhatIf]) -> ErlangQueue.Figures? {
        let open = stretches.filter { $0.demand.isOpen && $0.demand.volume.mean > 0 }
        let total = open.reduce(0) { $0 + $1.demand.volume.mean }
        guard total > 0 else { return nil }
        let mean = { (value: (ErlangQueue.Figures) -> Double) in
            open.reduce(0) { $0 + $1.demand.volume.mean * value($1.given) } / total
        }
        let isBounded = open.allSatisfy { $0.given.meanWaitSeconds != nil }
        return ErlangQueue.Figures(
            waitProbability: mean(\.waitProbability), serviceLevel: mean(\.serviceLevel),
            meanWaitSeconds: isBounded ? mean { $0.meanWaitSeconds ?? 0 } : nil, occupancy: mean(\.occupancy),
            abandonment: mean(\.abandonment))
    }
}

extension ErlangQueue.Figures {
    /// What is met on average when the other figures hold for a part of the time.
    fileprivate func mixed(with other: Self, _ part: Double) -> Self {
        let mean = { (a: Double, b: Double) in a + part * (b - a) }
        let waits = meanWaitSeconds.flatMap { a in other.meanWaitSeconds.map { mean(a, $0) } }
        return Self(
            waitProbability: mean(waitProbability, other.waitProbability),
            serviceLevel: mean(serviceLevel, other.serviceLevel), meanWaitSeconds: waits,
            occupancy: mean(occupancy, other.occupancy), abandonment: mean(abandonment, other.abandonment))
    }
}
