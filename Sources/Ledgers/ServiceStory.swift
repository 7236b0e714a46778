import Domain

/// A conversation told from start to end: what happened, and whom everybody was waiting for between. It holds no
/// words, no names of customers and no numbers.
package struct ServiceStory: Hashable, Sendable {
    /// One thing that happened.
    package struct Step: Hashable, Sendable {
        package enum What: String, Hashable, Sendable, CaseIterable {
            case customerMessage = "customer_message"
            /// A reaction, an edit: nothing that asks for an answer.
            case customerSignal = "customer_signal"
            case reply
            case template
            case open, pending, snoozed, resolved
            case assigned
            case handoff
            case botTookOver = "bot_took_over"
            case priority
            case ratingAsked = "rating_asked"
            case rated
            /// The customer wants no more marketing.
            case stopped
            /// The customer allows marketing again.
            case resumed
            /// The wait ended without an answer.
            case gaveUp = "gave_up"
        }
        package var at: Instant
        package var what: What
        /// Of the entry; for `gaveUp` that of the wait.
        package var key: Int64
        /// Who did it, where that is known.
        package var by: SenderKind?
        package var agent: String?
        package var team: String?
        /// Name of the template, word of the priority, number of stars.
        package var detail: String?

        package init(
            at: Instant, what: What, key: Int64, by: SenderKind? = nil, agent: String? = nil, team: String? = nil,
            detail: String? = nil
        ) {
            self.at = at
            self.what = what
            self.key = key
            self.by = by
            self.agent = agent
            self.team = team
            self.detail = detail
        }
    }

    /// A stretch of time and whom it was spent waiting for.
    package struct Interval: Hashable, Sendable {
        package var from: Instant
        /// Nil for the last one of a conversation that goes on.
        package var to: Instant?
        package var waitingFor: Awaited

        package init(from: Instant, to: Instant?, waitingFor: Awaited) {
            self.from = from
            self.to = to
            self.waitingFor = waitingFor
        }
    }

    package var session: ServiceSession
    /// Ascending. What the desk told after the end is among them.
    package var steps: [Step]
    /// From the first message until the conversation was over, each beginning where the one before ends.
    package var intervals: [Interval]

    /// - Parameters:
    ///   - session: as the ledger gave it for these entries.
    ///   - entries: those of the conversation, ascending; what lies before its first message is left out.
    ///   - context: that of the fold.
    package init(session: ServiceSession, entries: [ThreadEntry], context: ServiceContext) {
        self.session = session
        let conversation = session.conversation
        let isFirst = { (entry: ThreadEntry) in
            entry.at == conversation.startedAt && entry.key == conversation.key && entry.isMessage
        }
        guard let first = entries.firstIndex(where: isFirst) else {
            (steps, intervals) = ([], [])
            return
        }
        var course = ServiceCourse(context: context, carry: session.carryBefore, first: entries[first])
        var steps = [Step(entries[first], by: course.sender(of: entries[first]))]
        for entry in entries[first...].dropFirst() {
            course.abandon(before: entry)
            steps.append(Step(entry, by: course.sender(of: entry)))
            course.take(entry)
        }
        for wait in session.waits {
            guard case .abandoned(let at) = wait.ending else { continue }
            let place = steps.firstIndex { $0.at > at } ?? steps.count
            steps.insert(Step(at: at, what: .gaveUp, key: wait.key), at: place)
        }
        self.steps = steps
        intervals = StoryLine(session: session, course: course, steps: steps).intervals
    }
}

/// Lays the waits and what lies between them end to end.
private struct StoryLine {
    let session: ServiceSession
    let course: ServiceCourse
    let steps: [ServiceStory.Step]
    var intervals: [ServiceStory.Interval] = []

    init(session: ServiceSession, course: ServiceCourse, steps: [ServiceStory.Step]) {
        self.session = session
        self.course = course
        self.steps = steps
        lay()
    }

    private mutating func lay() {
        let calm = calm
        let end = end
        var at = session.conversation.startedAt
        for wait in session.waits {
            addCalm(calm, from: at, to: wait.startedAt)
            at = wait.endedAt ?? later(course.context.asOf, than: wait.startedAt)
            addStretches(of: wait, until: at)
        }
        // What follows an open wait is not known yet.
        if session.openSplit == nil { addCalm(calm, from: at, to: end ?? .distantFuture) }
        if end == nil, !intervals.isEmpty { intervals[intervals.count - 1].to = nil }
    }

    /// When it was over; nil while it goes on.
    private var end: Instant? {
        let end = course.endIfOver(session.waits)
        guard session.conversation.isOver, !session.isLone || course.context.asOf >= end else { return nil }
        return end
    }

    /// Whom it waits for, from each instant on, as long as no customer waits: the customer once the business has
    /// spoken, nobody once the customer gave up, and nobody while it is resolved.
    private var calm: [(at: Instant, waitingFor: Awaited)] {
        var isResolved = false
        var told = Awaited.customer
        return steps.map { step in
            switch step.what {
            case .reply, .template: told = .customer
            case .gaveUp: told = .nobody
            case .resolved: isResolved = true
            case .open, .pending: isResolved = false
            default: break
            }
            return (step.at, isResolved ? .nobody : told)
        }
    }

    private mutating func addStretches(of wait: WaitFact, until end: Instant) {
        let course = course
        course.visit(0, from: wait.startedAt, to: end, responder: wait.responder) { add($0, $1, $2) }
    }

    private mutating func addCalm(_ calm: [(at: Instant, waitingFor: Awaited)], from: Instant, to: Instant) {
        for (place, piece) in calm.enumerated() {
            let next = place + 1 < calm.count ? calm[place + 1].at : .distantFuture
            add(max(from, piece.at), min(to, next), piece.waitingFor)
        }
    }

    private mutating func add(_ from: Instant, _ to: Instant, _ waitingFor: Awaited) {
        guard from < to else { return }
        if let last = intervals.last, last.waitingFor == waitingFor, last.to == from {
            intervals[intervals.count - 1].to = to
        } else {
            intervals.append(.init(from: from, to: to, waitingFor: waitingFor))
        }
    }

    private func later(_ instant: Instant, than start: Instant) -> Instant {
        max(instant, Instant(microseconds: start.microseconds &+ 1))
    }
}

extension ServiceStory.Step {
    /// - Parameter by: who wrote it, for a message of the business.
    fileprivate init(_ entry: ThreadEntry, by sender: SenderKind?) {
        self.init(at: entry.at, what: entry.kind.what, key: entry.key, by: sender)
        switch entry.kind {
        case .outbound(let outbound): (agent, team, detail) = (outbound.agent, outbound.team, outbound.template)
        case .status(_, let author): by = author
        case .assigned(let agent, let team): (self.agent, self.team) = (agent, team)
        case .priority(let word): detail = word
        case .rated(let stars): detail = String(stars)
        case .inbound, .handoff, .botTookOver, .ratingAsked, .stop, .resume: break
        }
    }
}

extension ThreadEntry.Kind {
    fileprivate var what: ServiceStory.Step.What {
        switch self {
        case .inbound(let inbound): inbound.isContent ? .customerMessage : .customerSignal
        case .outbound(let outbound): outbound.isTemplate ? .template : .reply
        case .status(.open, _): .open
        case .status(.pending, _): .pending
        case .status(.snoozed, _): .snoozed
        case .status(.resolved, _): .resolved
        case .assigned: .assigned
        case .handoff: .handoff
        case .botTookOver: .botTookOver
        case .priority: .priority
        case .ratingAsked: .ratingAsked
        case .rated: .rated
        case .stop: .stopped
        case .resume: .resumed
        }
    }
}
