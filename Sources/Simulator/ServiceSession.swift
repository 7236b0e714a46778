import Domain

/// A timeline cut into conversations and waits.
extension ServiceTimeline {
    /// One wait; places in the timeline.
    struct Span: Sendable {
        var words: [Int]
        var reply: Int?
        /// Microseconds; nil while it is open or answered.
        var givenUpAt: Int64?
    }

    /// One conversation; places in the timeline.
    struct Session: Sendable {
        var messages: [Int] = []
        /// What the desk said from its first message on.
        var notes: [Int] = []
        /// Where a bot gave it to people.
        var handoffs: [Int] = []
        var isPassedOnByBot = false
        var spans: [Span] = []
        /// Resolved, and not reopened by the desk since.
        var isResolved = false
        var isReopened = false
    }

    /// What the business writes so soon after a resolution, other than a template, is its end (microseconds).
    static let farewell: Int64 = 60 * 1_000_000

    /// What answers a customer: anything of the business but templates.
    func answer(at place: Int) -> Reply? {
        guard case .reply(let reply) = entries[place].what, !reply.isTemplate else { return nil }
        return reply
    }

    /// A conversation begins with a message in a thread that was silent for 24 hours or was resolved; a farewell is no
    /// such message. A wait begins with the first word while none is open, and the next answer ends it. It is given up
    /// 24 hours after its last word, or earlier with the resolution of its conversation.
    func sessions(asOf now: Int64) -> [Session] {
        var sessions: [Session] = []
        var waiting: Span?
        var lastMessageAt: Int64 = 0
        var resolvedAt: Int64?
        func giveUp(at limit: Int64) {
            guard var span = waiting else { return }
            span.givenUpAt = min(limit, resolvedAt ?? limit)
            sessions[sessions.count - 1].spans.append(span)
            waiting = nil
        }
        func expiry(_ span: Span) -> Int64 { entries[span.words[span.words.count - 1]].at + Self.day }

        for (place, entry) in entries.enumerated() {
            if case .note(let what) = entry.what {
                guard !sessions.isEmpty else { continue }
                follow(what, at: place, in: &sessions[sessions.count - 1])
                let isResolved = sessions[sessions.count - 1].isResolved
                if case .status(.resolved, _) = what { resolvedAt = entry.at } else if !isResolved { resolvedAt = nil }
                continue
            }
            if let span = waiting, entry.at > expiry(span) { giveUp(at: expiry(span)) }
            let isFarewell = answer(at: place) != nil && resolvedAt.map { entry.at <= $0 + Self.farewell } ?? false
            let isSilent = waiting == nil && entry.at - lastMessageAt >= Self.day
            if sessions.isEmpty || (resolvedAt == nil ? isSilent : !isFarewell) {
                if let span = waiting { giveUp(at: expiry(span)) }
                sessions.append(Session())
                resolvedAt = nil
            }
            sessions[sessions.count - 1].messages.append(place)
            lastMessageAt = entry.at
            if case .word = entry.what {
                waiting = Span(words: (waiting?.words ?? []) + [place])
            } else if answer(at: place) != nil, var span = waiting {
                span.reply = place
                sessions[sessions.count - 1].spans.append(span)
                waiting = nil
            }
        }
        guard let span = waiting else { return sessions }
        if resolvedAt != nil || expiry(span) <= now { giveUp(at: expiry(span)) }
        if let open = waiting { sessions[sessions.count - 1].spans.append(open) }
        return sessions
    }

    private func follow(_ what: Truth.DeskNote.What, at place: Int, in session: inout Session) {
        session.notes.append(place)
        let before = charge(before: place)
        if before.handsOver(by: what) {
            session.handoffs.append(place)
            if before.holder == .bot { session.isPassedOnByBot = true }
        }
        guard case .status(let status, _) = what else { return }
        switch status {
        case .resolved: session.isResolved = true
        case .open, .pending:
            if session.isResolved { session.isReopened = true }
            session.isResolved = false
        case .snoozed: break
        }
    }

    // MARK: Who is in charge

    /// Who looks after a thread by the desk's last word.
    struct Charge: Hashable, Sendable {
        enum Holder: Sendable { case unknown, bot, people }
        var holder = Holder.unknown
        var agent: String?
        var team: String?
        var priority: String?

        /// Whether a bot thereby gives the thread to people.
        func handsOver(by what: Truth.DeskNote.What) -> Bool {
            switch what {
            case .handoff: true
            case .status(.open, let author): holder == .bot && author != .human
            case .assigned(let agent, _): holder == .bot && agent != nil
            case .status, .priority, .ratingAsked, .rated: false
            }
        }

        mutating func follow(_ what: Truth.DeskNote.What) {
            switch what {
            case .status(.pending, _): holder = .bot
            case .status(.open, _), .handoff: holder = .people
            case .status(.resolved, _): holder = .unknown
            case .assigned(let agent, let team):
                (self.agent, self.team) = (agent, team)
                if agent != nil { holder = .people }
            case .priority(let word): priority = word
            case .status(.snoozed, _), .ratingAsked, .rated: break
            }
        }
    }

    /// After everything that the desk said up to a place in the timeline.
    func charge(before place: Int) -> Charge {
        var charge = Charge()
        for entry in entries[..<place] {
            if case .note(let what) = entry.what { charge.follow(what) }
        }
        return charge
    }

    /// The first place that comes after a wait: its reply, or whatever is not before it was given up.
    func end(of span: Span) -> Int {
        span.reply ?? entries.firstIndex { $0.at >= span.givenUpAt ?? .max } ?? entries.count
    }

    /// Who was owed the answer from second to second between a wait's first word and its end. Of what no desk tells, a
    /// bot that answered had it all along.
    func split(of span: Span, until end: Int64, isForBot: Bool) -> TrueWait.Split {
        let first = span.words[0]
        let stretch = entries[first..<max(first + 1, self.end(of: span))]
        var charge = charge(before: first)
        var split = TrueWait.Split()
        for (index, entry) in stretch.enumerated() {
            if case .note(let what) = entry.what { charge.follow(what) }
            let spent = (index + 1 < stretch.count ? stretch[first + index + 1].at : end) - entry.at
            switch charge.holder {
            case .bot: split.bot += spent
            case .people, .unknown:
                if charge.agent != nil {
                    split.agent += spent
                } else if charge.holder == .unknown, isForBot {
                    split.bot += spent
                } else {
                    split.queue += spent
                }
            }
        }
        return split
    }

    // MARK: How the customer came

    /// By an ad, in answer to a template (which), or of their own accord.
    func entry(of place: Int) -> (way: TrueWait.Entry, template: Reply?) {
        guard case .word(let word) = entries[place].what else { return (.organic, nil) }
        if word.isFromAd { return (.ad, nil) }
        let replies = entries[..<place].compactMap { entry -> (reply: Reply, at: Int64)? in
            if case .reply(let reply) = entry.what { (reply, entry.at) } else { nil }
        }
        let quoted = replies.first { $0.reply.isTemplate && $0.reply.id == word.quotes }
        let last = replies.last.flatMap { entries[place].at - $0.at < Self.day && $0.reply.isTemplate ? $0 : nil }
        guard let answered = quoted ?? last else { return (.organic, nil) }
        return (.templateReply, answered.reply)
    }
}
