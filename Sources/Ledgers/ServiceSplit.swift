import Domain

/// What a moment of a conversation is spent waiting for.
package enum Awaited: Hashable, Sendable {
    case bot
    /// People, nobody in particular.
    case queue
    /// The assigned agent, by the desk's name.
    case agent(String)
    /// Opening hours of the people.
    case closed
    /// The customer, who has an answer.
    case customer
    /// Nobody: it is resolved, or the customer gave up.
    case nobody
}

/// Where the time of a wait went.
///
/// Each moment goes to whom the desk then had in charge: the bot, else the assigned agent, else the queue. A moment of
/// which no desk tells is the bot's if a bot gave the answer, else the queue's. While people are in charge and their
/// calendar (the assigned team's, the number's, the workspace's) is closed, it is closed; a bot is always open.
extension ServiceCourse {
    /// - Parameters:
    ///   - end: where the wait ended.
    ///   - responder: who answered it; `none` when nobody did.
    func split(of wait: Waiting, until end: Instant, responder: Responder) -> WaitFact.Split {
        var split = WaitFact.Split()
        visit(wait.turn, from: wait.startedAt, to: end, responder: responder) { from, to, awaited in
            split.add(to.microseconds(since: from), for: awaited)
        }
        return split
    }

    /// Where the time of an open wait went until `asOf`.
    func split(of wait: Waiting) -> WaitFact.Split {
        split(of: wait, until: context.asOf, responder: .none)
    }

    /// The charge in which a wait ended. What the desk told at that very instant, a resolution above all, came after.
    func charge(of wait: Waiting, before end: Instant) -> Charge {
        let later = turns[wait.turn...].dropFirst()
        return later.last { $0.at < end }?.charge ?? turns[wait.turn].charge
    }

    /// Visits the stretches of a time of waiting, in order, without gaps.
    /// - Parameter turn: place of a turn in force at or before `start`.
    func visit(
        _ turn: Int, from start: Instant, to end: Instant, responder: Responder,
        _ visit: (Instant, Instant, Awaited) -> Void
    ) {
        for place in turns.indices[turn...] {
            let from = max(start, turns[place].at)
            let to = place + 1 < turns.count ? min(end, turns[place + 1].at) : end
            guard from < to else { continue }
            let awaited = turns[place].charge.awaited(responder)
            guard awaited != .bot, let hours = context.hours(ofTeam: turns[place].charge.team) else {
                visit(from, to, awaited)
                continue
            }
            var shut = from
            for open in hours.openIntervals(from: from, to: to) {
                if shut < open.lowerBound { visit(shut, open.lowerBound, .closed) }
                visit(open.lowerBound, open.upperBound, awaited)
                shut = open.upperBound
            }
            if shut < to { visit(shut, to, .closed) }
        }
    }
}

extension Charge {
    fileprivate func awaited(_ responder: Responder) -> Awaited {
        if holder == .bot { return .bot }
        if let agent { return .agent(agent) }
        return holder == .unknown && responder == .bot ? .bot : .queue
    }
}

extension WaitFact.Split {
    package mutating func add(_ microseconds: Int64, for awaited: Awaited) {
        switch awaited {
        case .bot: bot &+= microseconds
        case .queue: queue &+= microseconds
        case .agent: agent &+= microseconds
        case .closed: closed &+= microseconds
        case .customer, .nobody: break
        }
    }

    /// The whole wait.
    package var total: Int64 { bot &+ queue &+ agent &+ closed }
}
