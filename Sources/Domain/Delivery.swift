/// Where a delivery came from. The raw value is its key in the inbox file: never renumber.
package enum DeliverySource: UInt8, Hashable, Sendable, CaseIterable {
    /// A webhook body of Meta's, signature checked (or imported).
    case metaWebhook = 1
    /// One send-log record or a batch of them, as the caller sent it.
    case sendLog = 2
    /// A Chatwoot webhook, signature checked, or a page of its API in the same form.
    case chatwoot = 3
    /// One desk event or a batch of them, in the generic format, as the caller sent it.
    case deskEvents = 4
    /// A change of the business's own settings that numbers depend on: calendars, service targets.
    case settings = 5
    /// One outcome or a batch of them, as the caller sent it.
    case outcomes = 6
    /// Webhooks of payment and booking providers, signature checked.
    case midtrans = 7
    case xendit = 8
    case stripe = 9
    case calcom = 10
    case calendly = 11
    /// Outcomes in the format of the API, signed by a system of the business's own.
    case custom = 12
    /// Short links that were made.
    case links = 13
    /// One opening of a short link.
    case clicks = 14
    /// A rate card as a file, Meta's or the plain form.
    case rateCard = 15

    package var name: String {
        switch self {
        case .metaWebhook: "meta"
        case .sendLog: "sends"
        case .chatwoot: "chatwoot"
        case .deskEvents: "desk-events"
        case .settings: "settings"
        case .outcomes: "outcomes"
        case .midtrans: "midtrans"
        case .xendit: "xendit"
        case .stripe: "stripe"
        case .calcom: "calcom"
        case .calendly: "calendly"
        case .custom: "custom"
        case .links: "links"
        case .clicks: "clicks"
        case .rateCard: "rate-card"
        }
    }
}

/// One raw body as it arrived. Never altered.
package struct Delivery: Hashable, Sendable {
    /// Position in the inbox: 1, 2, 3, … without gaps.
    package var sequence: Int64
    package var source: DeliverySource
    package var receivedAt: Instant
    package var body: [UInt8]

    package init(sequence: Int64, source: DeliverySource, receivedAt: Instant, body: [UInt8]) {
        self.sequence = sequence
        self.source = source
        self.receivedAt = receivedAt
        self.body = body
    }
}
