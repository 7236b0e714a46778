import Catalogue
import Domain

/// A conversation while it is folded: what its entries so far have made of it.
struct ServiceCourse: Sendable {
    /// The charge from an instant on.
    struct Turn: Sendable {
        var at: Instant
        var charge: Charge
    }

    let context: ServiceContext
    let carryBefore: ServiceCarry
    let startedAt: Instant
    let key: Int64
    private(set) var carry: ServiceCarry
    /// Ascending; the first holds at the start.
    private(set) var turns: [Turn]
    private(set) var lastAt: Instant
    private(set) var waits: [WaitFact] = []
    private(set) var waiting: Waiting?

    private var entries = 0
    /// The first message, when the business wrote it.
    private let opening: ThreadEntry.Outbound?
    /// How the customer came, once they wrote.
    private var arrival: Arrival?
    private var country: String?
    /// The last person who wrote and said who they are.
    private var writer: ThreadEntry.Outbound?
    private var activity: [ConversationFact.Activity] = []
    /// Places in `waits` of those handed to people who have not replied yet.
    private var unrepliedHandoffs: [Int] = []
    private var isHandedOff = false
    private var hasBot = false
    private var hasHuman = false
    private var resolvedAt: Instant?
    private var isResolved = false
    private var isReopened = false
    private var isRatingAsked = false
    private var rating: Int?
    /// The templates said in it, by key of their entries.
    private var templates: [Int64: ThreadEntry.Template] = [:]
    /// Until when an unsigned message counts as a bot's, by the rule for quick replies.
    private var quickUntil: Instant?

    /// - Parameter first: a message.
    init(context: ServiceContext, carry: ServiceCarry, first: ThreadEntry) {
        self.context = context
        self.carry = carry
        carryBefore = carry
        startedAt = first.at
        key = first.key
        lastAt = first.at
        turns = [Turn(at: first.at, charge: carry.charge)]
        opening = if case .outbound(let outbound) = first.kind { outbound } else { nil }
        take(first)
    }

    // MARK: Ends

    /// Gives up the open wait if an entry comes too late for it.
    mutating func abandon(before entry: ThreadEntry) {
        guard let waiting else { return }
        let rules = context.rules
        let expiry = waiting.lastAt.adding(seconds: rules.expirySeconds)
        if entry.at > expiry { return abandon(at: expiry) }
        guard case .inbound(let inbound) = entry.kind, inbound.isContent else { return }
        let limit = waiting.lastAt.adding(seconds: rules.abandonSeconds)
        if entry.at > limit { abandon(at: limit) }
    }

    /// Gives up the open wait if its time is over.
    mutating func abandon(asOf: Instant) {
        guard let expiry else { return }
        if isResolved || asOf >= expiry { abandon(at: expiry) }
    }

    /// When the open wait is given up if nobody says anything.
    private var expiry: Instant? { waiting?.lastAt.adding(seconds: context.rules.expirySeconds) }

    /// Whether an entry, the open wait being given up if it comes too late for it, begins another conversation.
    func isLeft(by entry: ThreadEntry) -> Bool {
        guard entry.isMessage else { return false }
        if isResolved { return !isFarewell(entry) }
        return waiting == nil && entry.at >= silentAt
    }

    /// When it is over by silence if nobody waits.
    private var silentAt: Instant { lastAt.adding(seconds: context.rules.silenceSeconds) }

    private func isFarewell(_ entry: ThreadEntry) -> Bool {
        guard let resolvedAt, case .outbound(let outbound) = entry.kind, !outbound.isTemplate else { return false }
        return entry.at <= resolvedAt.adding(seconds: ServiceRules.farewellSeconds)
    }

    /// - Parameter at: by the rules; the conversation's resolution comes first where it is earlier.
    private mutating func abandon(at limit: Instant) {
        guard let waiting = waiting.take() else { return }
        let end = if isResolved, let resolvedAt { min(resolvedAt, limit) } else { limit }
        close(waiting, .abandoned(end))
    }

    private mutating func close(_ waiting: Waiting, _ ending: Waiting.Ending) {
        let fact = waiting.fact(ending, in: self)
        if fact.handoffAt != nil { unrepliedHandoffs.append(waits.count) }
        waits.append(fact)
    }

    // MARK: Entries

    mutating func take(_ entry: ThreadEntry) {
        entries += 1
        switch entry.kind {
        case .inbound(let inbound): if inbound.isContent { take(inbound, of: entry) }
        case .outbound(let outbound): take(outbound, of: entry)
        case .ratingAsked: isRatingAsked = true
        case .rated(let stars): if (1...5).contains(stars) { (isRatingAsked, rating) = (true, stars) }
        case .status, .assigned, .handoff, .botTookOver, .priority, .stop, .resume: follow(entry)
        }
    }

    private mutating func take(_ inbound: ThreadEntry.Inbound, of entry: ThreadEntry) {
        said(at: entry.at, isInbound: true)
        carry.desk = inbound.desk ?? carry.desk
        country = country ?? inbound.country
        if waiting != nil {
            waiting?.take(inbound, at: entry.at)
            return
        }
        let arrival = arrival(of: inbound, at: entry.at)
        self.arrival = self.arrival ?? arrival
        waiting = Waiting(
            at: entry.at, key: entry.key, arrival: arrival, country: inbound.country, turn: turns.count - 1)
        quickUntil = context.rules.botReplySeconds.map { entry.at.adding(seconds: $0) }
    }

    private mutating func take(_ outbound: ThreadEntry.Outbound, of entry: ThreadEntry) {
        said(at: entry.at, isInbound: false)
        carry.desk = outbound.desk ?? carry.desk
        country = country ?? outbound.country
        if outbound.isTemplate {
            let template = ThreadEntry.Template(template: outbound.template, campaign: outbound.campaign)
            templates[entry.key] = template
            carry.lastTemplate = .init(
                key: entry.key, at: entry.at, template: template.template, campaign: template.campaign)
        } else {
            carry.lastTemplate = nil
        }
        let author = author(of: outbound, at: entry.at)
        let isAnswer = !outbound.isTemplate || (context.rules.templatesAnswer && waiting != nil)
        if author != .bot, outbound.agent != nil { writer = outbound }
        guard isAnswer else { return }
        if let waiting = waiting.take() {
            close(waiting, .answered(entry.at, by: outbound, author))
        }
        takePart(author, at: entry.at)
    }

    /// Counts a message, which keeps the conversation going.
    private mutating func said(at instant: Instant, isInbound: Bool) {
        lastAt = instant
        let quarter = QuarterHour(containing: instant)
        if activity.last?.quarter != quarter { activity.append(.init(quarter: quarter, inbound: 0, outbound: 0)) }
        activity[activity.count - 1].inbound += isInbound ? 1 : 0
        activity[activity.count - 1].outbound += isInbound ? 0 : 1
    }

    private mutating func takePart(_ author: Responder, at instant: Instant) {
        guard author == .bot else {
            hasHuman = true
            quickUntil = nil
            for place in unrepliedHandoffs { waits[place].handoffReplyAt = instant }
            unrepliedHandoffs = []
            return
        }
        hasBot = true
        quickUntil = context.rules.botReplySeconds.map { instant.adding(seconds: $0) }
    }

    /// Who wrote an entry, as far as it is told or follows from the rule for quick replies; nil for what is no message
    /// of the business.
    func sender(of entry: ThreadEntry) -> SenderKind? {
        guard case .outbound(let outbound) = entry.kind else { return nil }
        return outbound.author == .unknown && author(of: outbound, at: entry.at) == .bot ? .bot : outbound.author
    }

    /// Who wrote a message: `unknown` is somebody of whom nobody says that it was a bot.
    private func author(of outbound: ThreadEntry.Outbound, at instant: Instant) -> Responder {
        switch outbound.author {
        case .bot, .system: .bot
        case .human: .human
        case .unknown: quickUntil.map { instant <= $0 } ?? false ? .bot : .unknown
        }
    }

    private mutating func follow(_ entry: ThreadEntry) {
        let wasWithBot = carry.charge.holder == .bot
        if carry.charge.apply(entry.kind) {
            isHandedOff = true
            // A bot that passes a customer on without a word took part too.
            if wasWithBot { hasBot = true }
            handOff(at: entry.at)
        }
        if turns[turns.count - 1].charge != carry.charge { turns.append(Turn(at: entry.at, charge: carry.charge)) }
        guard case .status(let status, _) = entry.kind else { return }
        switch status {
        case .resolved: (resolvedAt, isResolved) = (entry.at, true)
        case .open, .pending:
            if isResolved { (isReopened, isResolved) = (true, false) }
        case .snoozed: break
        }
    }

    /// The hand-off belongs to the wait that is open, else to the last one; only its first counts.
    private mutating func handOff(at instant: Instant) {
        if waiting != nil {
            if waiting?.handoffAt == nil { waiting?.handoffAt = instant }
        } else if let last = waits.indices.last, waits[last].handoffAt == nil {
            waits[last].handoffAt = instant
            unrepliedHandoffs.append(last)
        }
    }

    // MARK: How the customer came

    private func arrival(of inbound: ThreadEntry.Inbound, at instant: Instant) -> Arrival {
        if inbound.isFromAd { return Arrival(way: .ad) }
        if inbound.isFromLink { return Arrival(way: .link) }
        guard let template = answered(by: inbound, at: instant) else { return Arrival(way: .organic) }
        return Arrival(way: .templateReply, template: template)
    }

    /// The template that a message answers: the one it quotes, else the one with which the business last spoke, for a
    /// day.
    private func answered(by inbound: ThreadEntry.Inbound, at instant: Instant) -> ThreadEntry.Template? {
        if let quoted = inbound.quoted ?? inbound.repliesTo.flatMap({ templates[$0] }) { return quoted }
        guard let last = carry.lastTemplate else { return nil }
        guard last.isFresh(at: instant) || last.key == inbound.repliesTo else { return nil }
        return ThreadEntry.Template(template: last.template, campaign: last.campaign)
    }

    // MARK: The outcome

    /// The conversation and its waits, the open one being given up where its time is over.
    /// - Parameter next: the message that began the conversation after it; nil for the last one.
    func session(next: ThreadEntry?) -> ServiceSession {
        var course = self
        var openSplit: WaitFact.Split?
        if next != nil, let expiry { course.abandon(at: expiry) }
        if let waiting = course.waiting.take() {
            openSplit = course.split(of: waiting)
            course.close(waiting, .open)
        }
        let isLone = entries == 1 && opening != nil
        return ServiceSession(
            carryBefore: carryBefore, conversation: course.conversation(isLone: isLone, next: next),
            waits: course.waits, openSplit: openSplit, charge: carry.charge, isLone: isLone)
    }

    private func conversation(isLone: Bool, next: ThreadEntry?) -> ConversationFact {
        if isLone, let opening {
            return .lone(at: startedAt, key: key, outbound: opening, phoneNumber: context.phoneNumber)
        }
        let isOver = next != nil || overAt.map { context.asOf >= $0 } ?? true
        return ConversationFact(
            startedAt: startedAt, key: key, lastAt: lastAt, resolvedAt: resolvedAt,
            isReopened: isReopened || isTakenUp(by: next), isOver: isOver, dueAt: isOver ? nil : overAt,
            activity: activity, isAnswered: firstResponder != nil, hasBot: hasBot, hasHuman: hasHuman,
            isHandedOff: isHandedOff, isRatingAsked: isRatingAsked, rating: rating, dimensions: dimensions)
    }

    /// When silence ends it; nil when it is resolved.
    private var overAt: Instant? {
        if isResolved { return nil }
        guard let last = waits.last, last.ending == .open else { return silentAt }
        return max(silentAt, last.lastMessageAt.adding(seconds: context.rules.expirySeconds))
    }

    /// When it was over, if it is.
    /// - Parameter waits: all of it.
    func endIfOver(_ waits: [WaitFact]) -> Instant {
        if isResolved, let resolvedAt { return max(resolvedAt, lastAt) }
        return max(silentAt, waits.last?.endedAt ?? silentAt)
    }

    /// Whether the customer came back so soon that the resolution was none.
    private func isTakenUp(by next: ThreadEntry?) -> Bool {
        guard isResolved, let resolvedAt, let next, case .inbound = next.kind else { return false }
        return next.at <= resolvedAt.adding(seconds: ServiceRules.reopenSeconds)
    }

    private var firstResponder: Responder? { waits.first { $0.responder != .none }?.responder }

    private var dimensions: [String?] {
        let charge = carry.charge
        let handledBy = Handling(hasBot: hasBot, hasHuman: hasHuman)
        return [
            context.phoneNumber?.value,
            opening == nil ? "customer" : "business",
            handledBy.rawValue,
            (firstResponder ?? .none).rawValue,
            writer?.agent ?? charge.agent,
            writer?.team ?? charge.team ?? opening?.team,
            carry.desk,
            arrival?.way.rawValue,
            opening.map(\.template) ?? arrival?.template.template,
            opening.map(\.campaign) ?? arrival?.template.campaign,
            country,
            charge.priority,
        ]
    }
}

/// How a customer came to write.
struct Arrival: Hashable, Sendable {
    /// The raw value is the value of dimension `entry`.
    enum Way: String, Hashable, Sendable {
        case organic, ad, link
        case templateReply = "template_reply"
    }
    var way: Way
    /// Empty unless it answers one.
    var template = ThreadEntry.Template()
}

/// Who took part for the business. The raw value is the value of dimension `handled_by`.
enum Handling: String, Sendable {
    case none, bot, human, both

    init(hasBot: Bool, hasHuman: Bool) {
        self = hasBot ? (hasHuman ? .both : .bot) : (hasHuman ? .human : .none)
    }
}

extension ConversationFact {
    /// A conversation of one message of the business, to which nothing was said and in which nothing happened. It
    /// depends on nothing but that message.
    package static func lone(
        at: Instant, key: Int64, outbound: ThreadEntry.Outbound, phoneNumber: PhoneNumberID?
    ) -> ConversationFact {
        let isBot = outbound.author == .bot || outbound.author == .system
        let (hasBot, hasHuman) = (!outbound.isTemplate && isBot, !outbound.isTemplate && !isBot)
        return ConversationFact(
            startedAt: at, key: key, lastAt: at, isOver: true,
            activity: [.init(quarter: QuarterHour(containing: at), inbound: 0, outbound: 1)], isAnswered: false,
            hasBot: hasBot, hasHuman: hasHuman,
            dimensions: [
                phoneNumber?.value, "business", Handling(hasBot: hasBot, hasHuman: hasHuman).rawValue,
                Responder.none.rawValue, isBot ? nil : outbound.agent, outbound.team, outbound.desk, nil,
                outbound.template, outbound.campaign, outbound.country, nil,
            ])
    }
}
