import Domain
import Insights
import Testing

@Suite("Staffing")
struct StaffingPlanTests {
    private let call = StaffingWork(handlingSeconds: 180)

    @Test("Agents for 100 calls in half an hour", arguments: [(0.8, 14), (0.9, 15), (0.95, 16)])
    func required(level: Double, agents: Int) throws {
        let target = try StaffingTarget(serviceLevel: level, within: 20)
        #expect(call.agents(for: ExpectedVolume(mean: 100), inSeconds: 1_800, target: target) == agents)
    }

    @Test("The fewest meet the target and one fewer does not, from one agent to thousands")
    func fewest() throws {
        let target = try StaffingTarget(serviceLevel: 0.8, within: 60, abandonmentMax: 0.05, occupancyMax: 0.9)
        for volume in [0.5, 3, 40, 900, 20_000] {
            let work = StaffingWork(handlingSeconds: 200, patienceSeconds: 150)
            let volume = ExpectedVolume(mean: volume)
            let agents = try #require(work.agents(for: volume, inSeconds: 900, target: target))
            let met = { work.figures(agents: $0, for: volume, inSeconds: 900, within: 60) }
            #expect(target.isMet(by: met(agents)) && !target.isMet(by: met(agents - 1)))
        }
        #expect(call.agents(for: ExpectedVolume(mean: 0), inSeconds: 900, target: target) == 0)
        #expect(call.agents(for: ExpectedVolume(mean: 1e12), inSeconds: 900, target: target) == nil)
    }

    @Test("Uncertain volume is five cases whose mean, width and fourth moment are the normal's")
    func uncertain() throws {
        let sd = 10.0
        let volume = ExpectedVolume(mean: 100, lower80: 100 - 1.2815515655446004 * sd, upper80: 112.815515655446)
        // The service level of the average is more than the average service level.
        let sure = call.figures(agents: 14, for: ExpectedVolume(mean: 100), inSeconds: 1_800, within: 20)
        let unsure = call.figures(agents: 14, for: volume, inSeconds: 1_800, within: 20)
        #expect(unsure.serviceLevel < sure.serviceLevel)
        let target = try StaffingTarget(serviceLevel: 0.8, within: 20)
        // Not knowing the volume costs agents: 14 would do for a sure hundred.
        let wide = ExpectedVolume(mean: 100, lower80: 60, upper80: 140)
        let needed = try #require(call.agents(for: wide, inSeconds: 1_800, target: target))
        #expect(needed > 14 && needed < 18)
        // A fine sum over the same normal law, truncated at zero customers.
        var (sum, weights) = (0.0, 0.0)
        for step in -400...400 {
            let z = Double(step) / 80
            let weight = squareExponential(z)
            weights += weight
            sum +=
                weight
                * call.figures(
                    agents: 15, for: ExpectedVolume(mean: 100 + z * sd), inSeconds: 1_800, within: 20
                ).serviceLevel
        }
        let five = call.figures(agents: 15, for: volume, inSeconds: 1_800, within: 20).serviceLevel
        #expect(abs(five - sum / weights) < 0.01)
    }

    /// e^(−z²/2), by halving until the series is short.
    private func squareExponential(_ z: Double) -> Double {
        let x = -z * z / 2 / 256
        var value = 1 + x + x * x / 2 + x * x * x / 6 + x * x * x * x / 24
        for _ in 0..<8 { value *= value }
        return value
    }

    @Test("Chats at once take longer each; the line is learned from agents' own data")
    func concurrency() throws {
        let seen = [100.0, 125, 150, 175].enumerated().map { index, seconds in
            ChatConcurrency.Observation(chats: index + 1, seconds: seconds)
        }
        let learned = try #require(ChatConcurrency.learned(from: seen))
        #expect(abs(learned.aloneSeconds - 100) < 1e-9 && abs(learned.slowdown - 0.25) < 1e-9)
        #expect(ChatConcurrency.learned(from: [.init(chats: 2, seconds: 100)]) == nil)
        let falling = ChatConcurrency.learned(from: [.init(chats: 1, seconds: 100), .init(chats: 2, seconds: 50)])
        #expect(falling?.slowdown == 0)
        // Three chats at once, each 1.5 times as long: each agent does the work of two.
        let chat = StaffingWork(
            handlingSeconds: 100, concurrency: ChatConcurrency(slots: 3, slowdown: 0.25))
        let target = try StaffingTarget(serviceLevel: 0.8, within: 30)
        let volume = ExpectedVolume(mean: 900)
        let needed = try #require(chat.agents(for: volume, inSeconds: 900, target: target))
        #expect(needed > 50 && needed < 57)  // 100 erlangs of work, over two.
    }

    @Test("A plan: closed hours need nobody, order does not matter, shrinkage and ranges are told")
    func plan() throws {
        let work = StaffingWork(handlingSeconds: 180, shrinkage: 0.3)
        let target = try StaffingTarget(serviceLevel: 0.8, within: 20)
        let hour = StaffingPlan.Demand.quarters(
            ofHour: Instant(seconds: 0), volume: ExpectedVolume(mean: 200, lower80: 160, upper80: 240))
        let night = StaffingPlan.Demand.quarters(
            ofHour: Instant(seconds: 3_600), volume: ExpectedVolume(mean: 5), isOpen: false)
        let plan = try StaffingPlan(hour + night, work: work, target: target)
        #expect(try StaffingPlan((night + hour).reversed(), work: work, target: target) == plan)
        let first = try #require(plan.needs.first)
        #expect(first.demand.volume.mean == 50)
        #expect(first.agentsLower80 < first.agents && first.agents <= first.agentsUpper80)
        #expect(first.rostered == Int((Double(first.agents) / 0.7).rounded(.up)))
        #expect(first.serviceLevelLower80 < first.figures.serviceLevel)
        #expect(plan.needs.suffix(4).allSatisfy { $0.agents == 0 })
        #expect(abs(plan.agentHours - Double(first.rostered)) < 1e-9)
        #expect(throws: Failure.self) {
            try StaffingPlan(hour, work: StaffingWork(handlingSeconds: .nan), target: target)
        }
        #expect(throws: Failure.self) { try StaffingTarget(serviceLevel: 80) }
    }

    @Test("What if: one agent more serves better, one fewer worse")
    func whatIf() throws {
        let target = try StaffingTarget(serviceLevel: 0.8, within: 20)
        let demand = StaffingPlan.Demand(
            start: Instant(seconds: 0), seconds: 1_800, volume: ExpectedVolume(mean: 100))
        let plan = try StaffingPlan([demand], work: call, target: target)
        let what = try #require(plan.whatIf(rostered: 13).first)
        #expect(abs(what.given.serviceLevel - 0.7955947884) < 1e-9 && !what.meetsTarget)
        #expect(abs((what.oneFewer?.serviceLevel ?? 0) - 0.6401580404) < 1e-9)
        #expect(what.oneMore.serviceLevel > 0.8)
        #expect(abs((StaffingPlan.overall([what])?.serviceLevel ?? 0) - what.given.serviceLevel) < 1e-12)
        #expect(StaffingPlan.overall([]) == nil)
        #expect(plan.whatIf(rostered: [-4]).first?.given.serviceLevel == 0)
    }
}
