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

    package var name: String {
        switch self {
        case .metaWebhook: "meta"
        case .sendLog: "sends"
        case .chatwoot: "chatwoot"
        case .deskEvents: "desk-events"
        case .settings: "settings"
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
