import Domain

/// Something that goes wrong at a known time in a known place: what detection has to find, or rightly leave alone.
package struct Incident: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Messages of the segment fail with one code, this share of them.
        case deliveryDrop(errorCode: Int, share: Double)
        /// No valid payment method: every paid message of the account fails with 131042.
        case billingOutage
        /// Nothing is wrong with the business; its webhooks are held back until the window's end.
        case lateWebhooks
        /// Human replies of one team take this many times as long.
        case slowReplies(factor: Double)
        /// The bot of the team's number is silent: people have to notice and answer.
        case botOutage
        /// Meta paused the template: its sends are answered with 132015.
        case templatePaused
        /// This share of readers stops reading, while delivery is as ever.
        case readDrop(share: Double)
        /// Whoever comes to the checkout by the campaign's link cannot pay there; clicks are as ever.
        case paymentOutage
        /// An ad brings this many conversations for each outbound message of an average day; none of those people buys.
        case emptySurge(factor: Double)
    }

    /// Where it strikes; nil means everywhere.
    package struct Segment: Hashable, Sendable {
        package var template: String?
        /// ISO 3166-1 alpha-2.
        package var country: String?
        package var account: AccountID?
        package var team: String?
        package var campaign: String?
        package var phoneNumber: PhoneNumberID?
        package init(
            template: String? = nil, country: String? = nil, account: AccountID? = nil, team: String? = nil,
            campaign: String? = nil, phoneNumber: PhoneNumberID? = nil
        ) {
            self.template = template
            self.country = country
            self.account = account
            self.team = team
            self.campaign = campaign
            self.phoneNumber = phoneNumber
        }
    }

    package var name: Text
    package var kind: Kind
    /// By time of sending; by time of arrival for late webhooks.
    package var window: Range<Instant>
    package var segment: Segment

    package init(name: Text, kind: Kind, window: Range<Instant>, segment: Segment = Segment()) {
        self.name = name
        self.kind = kind
        self.window = window
        self.segment = segment
    }

    func strikes(_ second: Int64) -> Bool { window.contains(Instant(seconds: second)) }

    func strikes(_ second: Int64, team: String) -> Bool {
        strikes(second) && (segment.team == nil || segment.team == team)
    }

    /// Days spread in proportion, at a local hour of theirs.
    private static func window(
        start: Instant, days: Int, at fraction: Double, hour: Int, hours: Int, later: Int = 0
    ) -> Range<Instant> {
        let day = Int64(Double(days) * fraction) + Int64(later)
        let from = start.adding(seconds: day * WallClock.secondsPerDay + Int64(hour) * 3600)
        return from..<from.adding(seconds: Int64(hours) * 3600)
    }

    /// Troubles of a desk: a bot that is silent for some hours, and a team whose evening shift is slow four days long.
    package static func service(start: Instant, days: Int) -> [Incident] {
        let outage = Incident(
            name: Text(id: "Bot tidak menjawab selama lima jam", en: "The bot does not answer for five hours"),
            kind: .botOutage, window: window(start: start, days: days, at: 0.3, hour: 10, hours: 5))
        let evenings = (0..<min(4, days)).map { evening in
            Incident(
                name: Text(
                    id: "Shift sore cs-surabaya lambat membalas",
                    en: "The evening shift of cs-surabaya is slow to reply"
                ),
                kind: .slowReplies(factor: 5),
                window: window(start: start, days: days, at: 0.5, hour: 16, hours: 5, later: evening),
                segment: Segment(team: "cs-surabaya"))
        }
        return [outage] + evenings
    }

    /// Trouble of the trade: for two days nobody can pay who comes by the link of the largest campaign in the second
    /// half of the days.
    ///
    /// - Parameter except: name of a template whose campaigns are left alone: an experiment is to stay one.
    package static func trade(
        start: Instant, days: Int, templates: [MessageTemplate], except: String? = nil
    ) -> [Incident] {
        var largest: (campaign: Campaign, from: Instant)?
        for day in (days / 2)..<max(days / 2, days - 2) {
            let midnight = start.adding(seconds: Int64(day) * WallClock.secondsPerDay)
            for campaign in Campaign.on(WallClock(seconds: midnight.seconds), templates: templates)
            where templates[campaign.template].name != except && campaign.size > largest?.campaign.size ?? 0 {
                largest = (campaign, midnight.adding(seconds: Int64(campaign.startSecond)))
            }
        }
        guard let (campaign, from) = largest else { return [] }
        return [
            Incident(
                name: Text(
                    id: "Pembayaran dari tautan \(campaign.name) gagal dua hari",
                    en: "Payments from the link of \(campaign.name) fail for two days"),
                kind: .paymentOutage, window: from..<from.adding(seconds: 2 * WallClock.secondsPerDay),
                segment: Segment(campaign: campaign.name))
        ]
    }

    /// The usual troubles, spread over the days in proportion, so that a short run has them too.
    package static func usual(start: Instant, days: Int) -> [Incident] {
        func window(day fraction: Double, hour: Int, hours: Int) -> Range<Instant> {
            Self.window(start: start, days: days, at: fraction, hour: hour, hours: hours)
        }
        return [
            Incident(
                name: Text(
                    id: "Pengiriman shipping_update ke Malaysia turun (131026)",
                    en: "Delivery of shipping_update to Malaysia drops (131026)"),
                kind: .deliveryDrop(errorCode: 131026, share: 0.65),
                window: window(day: 0.7, hour: 0, hours: 72),
                segment: Segment(template: "shipping_update", country: "MY")),
            Incident(
                name: Text(id: "Tagihan bermasalah satu jam (131042)", en: "Billing outage for one hour (131042)"),
                kind: .billingOutage, window: window(day: 0.55, hour: 14, hours: 1),
                segment: Segment(account: BusinessLine.usual[0].account)),
            Incident(
                name: Text(
                    id: "Webhook terlambat tiga jam; bisnis tidak berubah",
                    en: "Webhooks late for three hours; the business is unchanged"),
                kind: .lateWebhooks, window: window(day: 0.8, hour: 9, hours: 3)),
            Incident(
                name: Text(id: "Tim cs-jakarta lambat membalas", en: "Team cs-jakarta is slow to reply"),
                kind: .slowReplies(factor: 6), window: window(day: 0.45, hour: 9, hours: 36),
                segment: Segment(team: "cs-jakarta")),
            Incident(
                name: Text(id: "Template delivery_feedback dijeda Meta", en: "Meta pauses template delivery_feedback"),
                kind: .templatePaused, window: window(day: 0.62, hour: 10, hours: 6),
                segment: Segment(template: "delivery_feedback")),
        ]
    }
}
