import Catalogue
import Domain
import Insights
import Storage

/// How many agents the next week needs, and under which assumptions.
package struct StaffingQuestion: Hashable, Sendable {
    package var filters: [Filter]
    /// Nil: of the workspace's service targets, else fifteen minutes.
    package var targetSeconds: Double?
    /// Share of customers answered within it.
    package var targetShare: Double
    /// An agent's active time for one turn of one customer, when there is no other.
    package var handlingSeconds: Double
    /// Chats that an agent holds at once.
    package var chats: Int
    /// By how much of itself a turn takes longer with each further chat.
    package var slowdown: Double
    /// Share of paid time in which agents do not serve.
    package var shrinkage: Double
    /// To be tried: so many agents on the roster in every open hour.
    package var agents: Int?

    package init(
        filters: [Filter] = [], targetSeconds: Double? = nil, targetShare: Double = 0.8,
        handlingSeconds: Double = 180, chats: Int = 3, slowdown: Double = 0.3, shrinkage: Double = 0.3,
        agents: Int? = nil
    ) {
        self.filters = filters
        self.targetSeconds = targetSeconds
        self.targetShare = targetShare
        self.handlingSeconds = handlingSeconds
        self.chats = chats
        self.slowdown = slowdown
        self.shrinkage = shrinkage
        self.agents = agents
    }

    package static let agentsMax = 10_000

    func check() throws(Failure) {
        let isUsable =
            (targetSeconds.map { (0...604_800).contains($0) } ?? true) && (0.01...0.99).contains(targetShare)
            && (1...86_400).contains(handlingSeconds) && (1...50).contains(chats) && (0...10).contains(slowdown)
            && (0...0.9).contains(shrinkage) && (agents.map { (0...Self.agentsMax).contains($0) } ?? true)
        guard isUsable else {
            throw Failure(
                .unprocessable,
                id:
                    "Anggapan tidak bisa dipakai: target 0–604800 detik untuk 1–99 %, waktu tangani 1–86400 detik, "
                    + "1–50 chat sekaligus, perlambatan 0–10, waktu tidak melayani 0–90 %, agen 0–\(Self.agentsMax).",
                en:
                    "The assumptions cannot be used: a target of 0–604800 seconds for 1–99%, a handling time of "
                    + "1–86400 "
                    + "seconds, 1–50 chats at once, a slowdown of 0–10, time not serving 0–90%, 0–\(Self.agentsMax) "
                    + "agents.")
        }
    }
}

package struct StaffingOutlook: Sendable {
    /// What customers meet over the whole week with the same number on the roster in every open hour.
    package struct Trial: Hashable, Sendable {
        package var agents: Int
        package var figures: ErlangQueue.Figures
        /// Share of the open quarter hours in which the target is met.
        package var met: Double
    }

    package var question: StaffingQuestion
    package var clock: ZoneClock
    package var target: StaffingTarget
    /// Whether the target is one of the workspace's.
    package var isOwnTarget: Bool
    package var patience: Patience?
    package var hasCalendar: Bool
    /// Customers expected in the seven days, and of them those who write while closed.
    package var expected: Double
    package var expectedClosed: Double
    /// Seven local days by quarter hours, from tomorrow on; nil when they cannot be forecast.
    package var plan: StaffingPlan?
    package var shifts: StaffingShifts?
    package var patterns: [StaffingShifts.Pattern]
    /// The number asked about, one fewer and one more; empty when none was.
    package var trials: [Trial]
    package var notes: [Text]

    /// The most agents needed on the roster at once.
    package var peak: StaffingPlan.Need? { plan?.needs.max { $0.rostered < $1.rostered } }

    package static let days: Int64 = 7
}

extension Analyst {
    /// Agents needed for each quarter hour of the next seven days.
    package func staffing(_ question: StaffingQuestion) async throws -> StaffingOutlook {
        try question.check()
        let settings = try await store.serviceSettings()
        let clock = try ZoneClock.named(workspace.timeZone)
        let team = question.filters.only(.team)
        let phone = question.filters.only(.phoneNumber).map { PhoneNumberID($0) }
        let promised = settings.targets.first {
            ($0.responder == nil || $0.responder == .human) && ($0.team == nil || $0.team == team)
                && ($0.phoneNumber == nil || $0.phoneNumber == phone) && $0.priority == nil
        }
        let target = try StaffingTarget(
            serviceLevel: question.targetShare,
            within: question.targetSeconds ?? promised.map { Double($0.seconds) } ?? 900)
        var people = question.filters
        if !people.contains(where: { $0.dimension == .responder }) {
            people.append(
                Filter(
                    dimension: .responder, op: .isIn,
                    values: [Responder.human, .none, .unknown].map(\.rawValue)))
        }
        let forecast = try await forecast(
            ForecastQuestion(metric: "waits", filters: people, days: Int(StaffingOutlook.days) + 1))
        let hours = HoursBook(settings.calendars).hours(phoneNumber: phone, team: team)
        var outlook = StaffingOutlook(
            question: question, clock: clock, target: target,
            isOwnTarget: question.targetSeconds == nil && promised != nil,
            patience: try await patience(people), hasCalendar: hours != nil, expected: 0, expectedClosed: 0,
            plan: nil, shifts: nil, patterns: workspace.shifts.map { .init($0) }, trials: [], notes: forecast.notes)
        let tomorrow = clock.date(of: now()).adding(days: 1)
        let span = clock.instant(of: tomorrow)..<clock.instant(of: tomorrow.adding(days: StaffingOutlook.days))
        let demands = Self.demands(forecast.hours.filter { span.contains($0.start) }, span, hours)
        guard !demands.isEmpty else { return outlook }
        let expected = { (isIn: (StaffingPlan.Demand) -> Bool) in
            demands.reduce(0) { isIn($1) ? $0 + $1.volume.mean : $0 }
        }
        outlook.expected = expected { _ in true }
        outlook.expectedClosed = expected { !$0.isOpen }
        let work = StaffingWork(
            handlingSeconds: question.handlingSeconds, patienceSeconds: outlook.patience?.seconds,
            concurrency: ChatConcurrency(slots: question.chats, slowdown: question.slowdown),
            shrinkage: question.shrinkage)
        let plan = try StaffingPlan(demands, work: work, target: target)
        outlook.plan = plan
        if !outlook.patterns.isEmpty {
            outlook.shifts = try StaffingShifts(plan, patterns: outlook.patterns, clock: clock)
        }
        if let agents = question.agents {
            outlook.trials = Set([max(0, agents - 1), agents, agents + 1]).sorted().compactMap { count in
                let stretches = plan.whatIf(rostered: count)
                let open = stretches.filter(\.demand.isOpen)
                guard let figures = StaffingPlan.overall(stretches), !open.isEmpty else { return nil }
                return .init(
                    agents: count, figures: figures,
                    met: Double(open.count(where: \.meetsTarget)) / Double(open.count))
            }
        }
        return outlook
    }

    private static func demands(
        _ hours: [VolumeForecast.Hour], _ span: Range<Instant>, _ open: OpenHours?
    ) -> [StaffingPlan.Demand] {
        let intervals = open?.openIntervals(from: span.lowerBound, to: span.upperBound)
        return hours.flatMap { hour in
            let volume = ExpectedVolume(
                mean: hour.point.mean, lower80: hour.point.low80, upper80: hour.point.high80)
            return StaffingPlan.Demand.quarters(ofHour: hour.start, volume: volume).map { quarter in
                var quarter = quarter
                let middle = quarter.start.adding(seconds: 450)
                quarter.isOpen = intervals.map { $0.contains { $0.contains(middle) } } ?? true
                return quarter
            }
        }
    }

    /// How long customers wait before they give up, over the last 28 days. A wait that nobody answered lasted until
    /// its service window closed.
    private func patience(_ filters: [Filter]) async throws -> Patience? {
        let answer = try await ask(
            Query(
                metrics: ["waits_abandoned", "waits_answered", "response_time_mean"], filters: filters,
                range: .preset(.last28Days)))
        let abandoned = answer.totalNumber("waits_abandoned") ?? 0
        let answered = (answer.totalNumber("waits_answered") ?? 0) * (answer.totalNumber("response_time_mean") ?? 0)
        guard abandoned >= 10 else { return nil }
        return Patience(abandonments: Int(abandoned), totalWaitSeconds: answered + abandoned * 86_400)
    }
}

extension [Filter] {
    /// The one value that a dimension is narrowed to.
    fileprivate func only(_ dimension: Dimension) -> String? {
        let own = filter { $0.dimension == dimension && $0.op == .isIn }
        return own.count == 1 && own[0].values.count == 1 ? own[0].values[0] : nil
    }
}

extension Answer {
    func totalNumber(_ metric: String) -> Double? {
        guard let column = columns.firstIndex(where: { $0.name == metric }) else { return nil }
        return totals[column].number
    }
}
