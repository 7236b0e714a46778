import Domain

/// What to simulate: a business, its size, and what goes wrong when. The same scenario always gives the same bytes.
package struct Scenario: Sendable {
    package var seed: UInt64
    /// Local midnight (WIB, UTC+7) of the first day.
    package var start: Instant
    /// Days of history. A run may go on beyond them, for a live demonstration.
    package var days: Int
    /// Outbound messages on an average day; single days range from half of it to several times it (campaigns).
    package private(set) var messagesPerDay: Int
    package private(set) var people: Int
    package private(set) var lines: [BusinessLine]
    package private(set) var templates: [MessageTemplate]
    package var incidents: [Incident]
    /// The shop answers through an agent desk, which tells of what it does (`DeliverySource.deskEvents`). Who writes
    /// what and when stays as it is without one, with two exceptions: the agent who answers is mostly the one who is
    /// assigned, and customers who wait for a person write again, mostly from the fourth minute on.
    package var hasDesk: Bool
    /// The number on which people also answer from the WhatsApp Business app (`smb_message_echoes`); nil for none.
    package var appLine: PhoneNumberID?
    /// What comes of the messages beside talk: clicks, payments, bookings, leads, orders, refunds, a control group.
    /// Nil: none of it, and no delivery says more than it would without.
    package let outcomes: OutcomeRates?

    /// An Indonesian shop with three numbers under two accounts.
    ///
    /// - Parameters:
    ///   - start: local midnight of the first day; the default is 2026-09-24, so that sixty days end on 2026-11-23.
    ///   - incidents: nil places the usual ones (`Incident.usual`) inside the days, and with a desk those of its
    ///     service (`Incident.service`), with outcomes those of its trade (`Incident.trade`).
    package init(
        seed: UInt64 = 1, start: Instant = Scenario.usualStart, days: Int = 60, messagesPerDay: Int = 1_500,
        people: Int = 6_000, lines: [BusinessLine] = BusinessLine.usual,
        templates: [MessageTemplate] = MessageTemplate.usual,
        incidents: [Incident]? = nil, hasDesk: Bool = false, appLine: PhoneNumberID? = nil,
        outcomes: OutcomeRates? = nil
    ) {
        self.seed = seed
        self.start = start
        self.days = min(36_500, max(0, days))
        self.messagesPerDay = min(20_000_000, max(1, messagesPerDay))
        self.people = min(20_000_000, max(1, people))
        self.lines = lines.isEmpty ? BusinessLine.usual : lines
        self.templates = templates
        let span = min(36_500, max(1, days))
        let service = hasDesk ? Incident.service(start: start, days: span) : []
        let trade = outcomes.map {
            Incident.trade(start: start, days: span, templates: templates, except: $0.heldOutTemplate)
        }
        self.incidents = incidents ?? Incident.usual(start: start, days: span) + service + (trade ?? [])
        self.hasDesk = hasDesk
        self.appLine = appLine
        self.outcomes = outcomes
        // A short history has the change of category too.
        guard outcomes != nil else { return }
        for index in self.templates.indices where self.templates[index].raisedToMarketingFromDay ?? 0 >= span {
            self.templates[index].raisedToMarketingFromDay = span * 3 / 4
        }
    }

    /// 2026-09-24T00:00:00+07:00.
    package static let usualStart = Instant(seconds: 1_790_182_800)

    /// First instant after the history: local midnight after the last day.
    package var end: Instant { startOfDay(days) }

    /// Local midnight of day `index` (0 is the first).
    package func startOfDay(_ index: Int) -> Instant { start.adding(seconds: Int64(index) &* WallClock.secondsPerDay) }
}

/// One phone number of the business.
package struct BusinessLine: Hashable, Sendable {
    package var account: AccountID
    package var phoneNumber: PhoneNumberID
    /// Digits as displayed.
    package var display: String
    /// Share of the people who belong to this number.
    package var share: Double
    /// Agents behind the number.
    package var team: String
    package var agents: [String]

    package init(
        account: AccountID, phoneNumber: PhoneNumberID, display: String, share: Double, team: String, agents: [String]
    ) {
        self.account = account
        self.phoneNumber = phoneNumber
        self.display = display
        self.share = share
        self.team = team
        self.agents = agents
    }

    package static let usual = [
        BusinessLine(
            account: "102290129340398", phoneNumber: "106540352242922", display: "6281100000001", share: 0.55,
            team: "cs-jakarta", agents: ["agent-1", "agent-2", "agent-3", "agent-4"]),
        BusinessLine(
            account: "102290129340398", phoneNumber: "106540352242923", display: "6281100000002", share: 0.25,
            team: "cs-surabaya", agents: ["agent-5", "agent-6", "agent-7"]),
        BusinessLine(
            account: "209551448870127", phoneNumber: "118820994451036", display: "6281100000003", share: 0.20,
            team: "cs-regional", agents: ["agent-8", "agent-9"]),
    ]
}

/// A message template of the business.
package struct MessageTemplate: Hashable, Sendable {
    package enum Category: String, Hashable, Sendable, CaseIterable {
        case marketing, utility, authentication
    }
    /// What makes the business send it.
    package enum Occasion: Hashable, Sendable {
        /// Part of the daily trade; the number is its share of an average day's messages.
        case trade(Double)
        case campaign
    }
    /// Meta's template id.
    package var id: TemplateID
    package var name: String
    package var category: Category
    package var occasion: Occasion
    /// True when it has quick-reply buttons.
    package var hasButtons: Bool
    /// Probability that a recipient who got it answers it.
    package var replyRate: Double
    /// Day from which Meta prices it as marketing whatever was declared, or nil.
    package var raisedToMarketingFromDay: Int?

    package init(
        id: TemplateID, name: String, category: Category, occasion: Occasion, hasButtons: Bool = false,
        replyRate: Double = 0.01, raisedToMarketingFromDay: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.occasion = occasion
        self.hasButtons = hasButtons
        self.replyRate = replyRate
        self.raisedToMarketingFromDay = raisedToMarketingFromDay
    }

    package static let usual = [
        MessageTemplate(
            id: "1689556908129801", name: "order_confirmation", category: .utility, occasion: .trade(0.15),
            replyRate: 0.02),
        MessageTemplate(
            id: "1689556908129802", name: "shipping_update", category: .utility, occasion: .trade(0.17),
            replyRate: 0.03),
        MessageTemplate(
            id: "1689556908129803", name: "payment_reminder", category: .utility, occasion: .trade(0.07),
            hasButtons: true, replyRate: 0.09, raisedToMarketingFromDay: 45),
        MessageTemplate(
            id: "1689556908129804", name: "delivery_feedback", category: .utility, occasion: .trade(0.05),
            hasButtons: true, replyRate: 0.16),
        MessageTemplate(
            id: "1689556908129805", name: "otp_login", category: .authentication, occasion: .trade(0.12),
            replyRate: 0.001),
        MessageTemplate(
            id: "1689556908129806", name: "otp_checkout", category: .authentication, occasion: .trade(0.04),
            replyRate: 0.001),
        MessageTemplate(
            id: "1689556908129807", name: "promo_mingguan", category: .marketing, occasion: .campaign, hasButtons: true,
            replyRate: 0.04),
        MessageTemplate(
            id: "1689556908129808", name: "promo_gajian", category: .marketing, occasion: .campaign, hasButtons: true,
            replyRate: 0.06),
        MessageTemplate(
            id: "1689556908129809", name: "promo_10_10", category: .marketing, occasion: .campaign, hasButtons: true,
            replyRate: 0.06),
        MessageTemplate(
            id: "1689556908129810", name: "promo_11_11", category: .marketing, occasion: .campaign, hasButtons: true,
            replyRate: 0.07),
        MessageTemplate(
            id: "1689556908129811", name: "promo_12_12", category: .marketing, occasion: .campaign, hasButtons: true,
            replyRate: 0.07),
    ]
}
