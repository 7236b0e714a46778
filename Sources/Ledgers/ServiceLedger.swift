import Domain

/// One conversation of a thread with the waits in it.
package struct ServiceSession: Hashable, Sendable {
    /// With what the conversation began: enough to fold the thread again from here.
    package var carryBefore: ServiceCarry
    package var conversation: ConversationFact
    /// Ascending; only the last can be open.
    package var waits: [WaitFact]
    /// Where the time of the open wait went until `asOf`; nil when none is open.
    package var openSplit: WaitFact.Split?
    /// Who looks after it at its end: whom an open wait waits for.
    package var charge: Charge
    /// One message of the business, and nothing else happened: `ConversationFact.lone` says it all.
    package var isLone: Bool

    package init(
        carryBefore: ServiceCarry, conversation: ConversationFact, waits: [WaitFact],
        openSplit: WaitFact.Split? = nil, charge: Charge = Charge(), isLone: Bool
    ) {
        self.carryBefore = carryBefore
        self.conversation = conversation
        self.waits = waits
        self.openSplit = openSplit
        self.charge = charge
        self.isLone = isLone
    }
}

/// Folds one thread's timeline into conversations and waits.
///
/// A *wait* opens with the customer's first message while none is open and ends with the next answer: anything the
/// business says that is not a template (by choice, templates too). It is given up
/// - `abandonSeconds` after its last message, when the customer writes again later than that;
/// - `expirySeconds` after its last message, when nobody says anything: an answer later than that answers nothing;
/// - with the resolution of its conversation, when that is not reopened before the next message.
///
/// A *conversation* opens with a message in a thread that was resolved, or silent for `silenceSeconds`; it is not
/// silent while a customer waits in it. What the business writes within `ServiceRules.farewellSeconds` of a resolution,
/// other than a template, still belongs to the conversation. What desks tell without a message never opens one: before
/// the first message it only sets who is in charge, later it belongs to the latest conversation.
package struct ServiceLedger: Sendable {
    private let context: ServiceContext
    /// What is known outside a conversation.
    private var carry: ServiceCarry
    private(set) var course: ServiceCourse?

    /// - Parameter carry: that before the conversation with whose first message the entries begin; `none` for those
    ///   from the thread's beginning.
    package init(context: ServiceContext, carry: ServiceCarry = .none) {
        self.context = context
        self.carry = carry
    }

    /// Takes the next entry: entries come in ascending order. Returns the conversation before when this entry begins
    /// a new one.
    package mutating func take(_ entry: ThreadEntry) -> ServiceSession? {
        guard var course = course.take() else {
            begin(with: entry)
            return nil
        }
        course.abandon(before: entry)
        guard course.isLeft(by: entry) else {
            course.take(entry)
            self.course = course
            return nil
        }
        carry = course.carry
        begin(with: entry)
        return course.session(next: entry)
    }

    /// The last conversation, judged by `asOf`.
    package mutating func finish() -> ServiceSession? {
        guard var course = course.take() else { return nil }
        carry = course.carry
        course.abandon(asOf: context.asOf)
        return course.session(next: nil)
    }

    private mutating func begin(with entry: ThreadEntry) {
        if entry.isMessage {
            course = ServiceCourse(context: context, carry: carry.starting(at: entry.at), first: entry)
        } else {
            _ = carry.charge.apply(entry.kind)
        }
    }
}

extension ThreadEntry {
    /// Whether it is something said: only that opens conversations, and keeps them going.
    var isMessage: Bool {
        switch kind {
        case .inbound(let inbound): inbound.isContent
        case .outbound: true
        default: false
        }
    }
}

extension Charge {
    /// Follows what a desk told. Returns whether a bot thereby gave the thread to people.
    mutating func apply(_ kind: ThreadEntry.Kind) -> Bool {
        let wasWithBot = holder == .bot
        switch kind {
        case .status(.pending, _), .botTookOver:
            holder = .bot
        case .status(.open, let author):
            holder = .people
            // A person who opens it took it; otherwise the bot let go of it.
            return wasWithBot && author != .human
        case .status(.resolved, _):
            // Whoever had it is done: the desk says anew who takes up what comes next.
            holder = .unknown
        case .assigned(let agent, let team):
            (self.agent, self.team) = (agent, team)
            guard agent != nil else { return false }
            holder = .people
            return wasWithBot
        case .handoff:
            holder = .people
            return true
        case .priority(let word):
            priority = word
        case .status(.snoozed, _), .inbound, .outbound, .ratingAsked, .rated, .stop, .resume:
            break
        }
        return false
    }
}
