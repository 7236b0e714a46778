import Domain

/// One thing that happened in a thread (business number × person, or a group): the input of `ServiceLedger`.
package struct ThreadEntry: Hashable, Sendable {
    package var at: Instant
    /// Tells entries of one instant apart, the same in every order of arrival: a stable hash of the message's or
    /// event's id.
    package var key: Int64
    package var kind: Kind

    package enum Kind: Hashable, Sendable {
        /// The customer wrote.
        case inbound(Inbound)
        /// The business wrote, and it was not a failure.
        case outbound(Outbound)
        case status(DeskStatus, by: SenderKind?)
        case assigned(agent: String?, team: String?)
        /// To people: by the desk, or by Meta's hand-over to customer service or escalation.
        case handoff
        /// To a bot, by Meta's hand-over to an agent of its own.
        case botTookOver
        case priority(String?)
        case ratingAsked
        case rated(Int)
        /// The customer stopped marketing: no part of service, but of the same timeline.
        case stop
        /// The customer allowed marketing again.
        case resume
    }

    /// What a template message names.
    package struct Template: Hashable, Sendable {
        package var template: String?
        package var campaign: String?

        package init(template: String? = nil, campaign: String? = nil) {
            self.template = template
            self.campaign = campaign
        }
    }

    package struct Inbound: Hashable, Sendable {
        /// Words or a choice of the customer: opens a wait. Reactions, edits and system notes do not.
        package var isContent: Bool
        /// Brought by an ad or post.
        package var isFromAd: Bool
        /// Came by a link or a product button of the business.
        package var isFromLink: Bool
        /// Key of the outbound entry that it quotes or whose button was tapped.
        package var repliesTo: Int64?
        /// What that outbound entry was, when it was a template and lies too far back for a fold to remember: before
        /// the conversation, and not the last thing the business said. A reader that looks it up sets it.
        package var quoted: Template?
        /// ISO code of the customer.
        package var country: String?
        /// The desk that told of it, when one did.
        package var desk: String?

        package init(
            isContent: Bool = true, isFromAd: Bool = false, isFromLink: Bool = false, repliesTo: Int64? = nil,
            quoted: Template? = nil, country: String? = nil, desk: String? = nil
        ) {
            self.isContent = isContent
            self.isFromAd = isFromAd
            self.isFromLink = isFromLink
            self.repliesTo = repliesTo
            self.quoted = quoted
            self.country = country
            self.desk = desk
        }
    }

    package struct Outbound: Hashable, Sendable {
        package var isTemplate: Bool
        package var template: String?
        package var campaign: String?
        /// `unknown` when nobody says; `system` is an automatic message and counts as a bot's.
        package var author: SenderKind
        package var agent: String?
        package var team: String?
        package var country: String?
        package var desk: String?

        package init(
            isTemplate: Bool = false, template: String? = nil, campaign: String? = nil, author: SenderKind = .unknown,
            agent: String? = nil, team: String? = nil, country: String? = nil, desk: String? = nil
        ) {
            self.isTemplate = isTemplate
            self.template = template
            self.campaign = campaign
            self.author = author
            self.agent = agent
            self.team = team
            self.country = country
            self.desk = desk
        }
    }

    package init(at: Instant, key: Int64, kind: Kind) {
        self.at = at
        self.key = key
        self.kind = kind
    }
}

extension ThreadEntry: Comparable {
    /// Of what happened at one instant (Meta's clock ticks in seconds) the customer comes first, what a desk says of
    /// the conversation next, the business's words last: a bot answers within the second.
    private var rank: Int {
        switch kind {
        case .inbound: 0
        case .assigned, .handoff, .botTookOver, .priority, .stop, .resume, .ratingAsked: 1
        case .status(let status, _): status == .resolved || status == .snoozed ? 4 : 1
        case .outbound: 2
        case .rated: 3
        }
    }

    package static func < (a: ThreadEntry, b: ThreadEntry) -> Bool {
        (a.at, a.rank, a.key) < (b.at, b.rank, b.key)
    }
}

/// Choices of the business that decide what waits and conversations are. Changing one rebuilds them.
package struct ServiceRules: Hashable, Sendable {
    /// A wait is given up when the customer writes again later than this after the wait's last message.
    package var abandonSeconds: Int64
    /// A thread that was silent for so long begins a new conversation.
    package var silenceSeconds: Int64
    /// Whether a template ends a wait.
    package var templatesAnswer: Bool
    /// A reply of an unknown author within so many seconds was a bot's; nil leaves it unknown.
    package var botReplySeconds: Int64?

    package init(
        abandonSeconds: Int64 = 24 * 3600, silenceSeconds: Int64 = 24 * 3600, templatesAnswer: Bool = false,
        botReplySeconds: Int64? = nil
    ) {
        self.abandonSeconds = abandonSeconds
        self.silenceSeconds = silenceSeconds
        self.templatesAnswer = templatesAnswer
        self.botReplySeconds = botReplySeconds
    }

    /// WhatsApp's customer service window: who was not answered by then cannot be answered freely any more.
    package static let windowSeconds: Int64 = 24 * 3600
    /// An unanswered wait is given up so long after its last message.
    package var expirySeconds: Int64 { max(abandonSeconds, Self.windowSeconds) }
    /// A resolved conversation that the customer takes up within this time was not resolved.
    package static let reopenSeconds: Int64 = 7 * 24 * 3600
    /// Free-form words of the business within this time of a resolution are the end of that conversation: an agent who
    /// sends and resolves with one click, a farewell, the question how it went.
    package static let farewellSeconds: Int64 = 60
}
