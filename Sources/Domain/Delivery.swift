/// Where a delivery came from. The raw value is its key in the inbox file: never renumber.
package enum DeliverySource: UInt8, Hashable, Sendable, CaseIterable {
    /// A webhook body of Meta's, signature checked (or imported).
    case metaWebhook = 1
    /// One send-log record or a batch of them, as the caller sent it.
    case sendLog = 2

    package var name: String {
        switch self {
        case .metaWebhook: "meta"
        case .sendLog: "sends"
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
