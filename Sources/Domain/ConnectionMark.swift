/// Something about the connection to the outside that is remembered by its last time. The raw value is stored.
package enum ConnectionMark: String, Hashable, Sendable, CaseIterable {
    /// Meta asked for the handshake, with the right token.
    case handshake
    /// … with another token.
    case handshakeWrongToken = "handshake_wrong_token"
    /// … while no token was set here.
    case handshakeNoToken = "handshake_no_token"
    /// A webhook to Meta's address without any signature: hardly from Meta.
    case webhookUnsigned = "webhook_unsigned"
    /// A webhook to Meta's address with a signature of another secret.
    case webhookWrongSignature = "webhook_wrong_signature"
    /// A webhook to Meta's address while no app secret was set here.
    case webhookNoSecret = "webhook_no_secret"
    /// A copy of the data directory was made.
    case backup
    /// Somebody looked at what to do first, and passed over a step.
    case skippedWebhook = "skipped_webhook"
    case skippedSends = "skipped_sends"
    case skippedDesk = "skipped_desk"
    case skippedOutcomes = "skipped_outcomes"
    /// The first steps need not be shown any more.
    case started
}

/// When something last happened, and how often in all.
package struct ConnectionCount: Hashable, Sendable {
    package var at: Instant
    package var count: Int64
    package init(at: Instant, count: Int64) {
        self.at = at
        self.count = count
    }
}
