import Catalogue
import Domain

/// A wait that is open.
struct Waiting: Sendable {
    enum Ending {
        case answered(Instant, by: ThreadEntry.Outbound, Responder)
        case abandoned(Instant)
        case open
    }

    let startedAt: Instant
    let key: Int64
    let arrival: Arrival
    /// Place of the turn in force at its start.
    let turn: Int
    private(set) var repeats: [Int64] = []
    private(set) var lastAt: Instant
    private var country: String?
    var handoffAt: Instant?

    init(at instant: Instant, key: Int64, arrival: Arrival, country: String?, turn: Int) {
        startedAt = instant
        lastAt = instant
        self.key = key
        self.arrival = arrival
        self.country = country
        self.turn = turn
    }

    /// The customer writes again.
    mutating func take(_ inbound: ThreadEntry.Inbound, at instant: Instant) {
        lastAt = instant
        repeats.append(instant.microseconds(since: startedAt))
        country = country ?? inbound.country
    }

    /// The fact of the wait, ended or not, in the conversation so far.
    func fact(_ ending: Ending, in course: ServiceCourse) -> WaitFact {
        switch ending {
        case .answered(let at, let reply, let responder):
            answered(at, by: reply, responder, in: course)
        case .abandoned(let at):
            unanswered(.abandoned(at), until: at, in: course)
        case .open:
            unanswered(.open, until: nil, in: course)
        }
    }

    private func answered(
        _ at: Instant, by reply: ThreadEntry.Outbound, _ responder: Responder, in course: ServiceCourse
    ) -> WaitFact {
        let charge = course.carry.charge
        let team = reply.team ?? charge.team
        let context = course.context
        var fact = fact(.answered(at), responder, in: course)
        fact.split = course.split(of: self, until: at, responder: responder)
        let hours = context.hours(ofTeam: team)
        fact.businessMicroseconds = hours?.openMicroseconds(from: startedAt, to: at)
        fact.businessLastMicroseconds =
            repeats.isEmpty ? fact.businessMicroseconds : hours?.openMicroseconds(from: lastAt, to: at)
        let promise = context.promise(
            from: startedAt, to: responder, team: team, priority: charge.priority)
        fact.target = promise.map { at <= $0.passesAt ?? .distantFuture ? .met : .missed } ?? .none
        fact.dimensions = dimensions(
            context, responder, agent: reply.agent, team: team, desk: course.carry.desk,
            country: country ?? reply.country, priority: charge.priority)
        return fact
    }

    /// - Parameter end: nil while it is open.
    private func unanswered(_ ending: WaitFact.Ending, until end: Instant?, in course: ServiceCourse) -> WaitFact {
        let charge = end.map { course.charge(of: self, before: $0) } ?? course.carry.charge
        let context = course.context
        let passesAt = context.promise(
            from: startedAt, to: charge.holder == .bot ? .bot : .human, team: charge.team, priority: charge.priority
        )?.passesAt
        var fact = fact(ending, .none, in: course)
        if let end { fact.split = course.split(of: self, until: end, responder: .none) }
        if let passesAt, passesAt <= end ?? context.asOf {
            fact.target = .missed
        } else if let passesAt, end == nil {
            fact.target = .due(passesAt)
        }
        if end == nil {
            let expiry = lastAt.adding(seconds: context.rules.expirySeconds)
            fact.dueAt = if case .due(let at) = fact.target { min(expiry, at) } else { expiry }
        }
        fact.dimensions = dimensions(
            context, .none, agent: charge.agent, team: charge.team, desk: course.carry.desk, country: country,
            priority: charge.priority)
        return fact
    }

    private func fact(_ ending: WaitFact.Ending, _ responder: Responder, in course: ServiceCourse) -> WaitFact {
        WaitFact(
            startedAt: startedAt, key: key, repeats: repeats, ending: ending, responder: responder,
            isFirstInConversation: course.waits.isEmpty, handoffAt: handoffAt, dimensions: [])
    }

    private func dimensions(
        _ context: ServiceContext, _ responder: Responder, agent: String?, team: String?, desk: String?,
        country: String?, priority: String?
    ) -> [String?] {
        [
            context.phoneNumber?.value, responder.rawValue, agent, team, desk, arrival.way.rawValue,
            arrival.template.template, arrival.template.campaign, country, priority,
        ]
    }
}
