import Domain

/// One message that the business asks Meta to send, with what the business knows about it.
struct Outbound: Sendable {
    var id: String
    /// Index of the person.
    var person: Int
    /// Index of the business number.
    var line: Int
    /// Seconds since the epoch at which Meta took (or refused) it.
    var at: Int64
    /// Index in the scenario's templates; nil for a free-form message.
    var template: Int?
    var type: String
    var language: String?
    var campaign: String?
    var variant: String?
    var sender: SenderKind
    var agent: String?
    var team: String?
    /// Written to the send log.
    var isLogged: Bool
    /// The send-log record says `use_case` and does not leave it to be derived.
    var logsUseCase: Bool
    /// Carries `biz_opaque_callback_data`.
    var isTagged: Bool
    /// Seconds that its statuses come late.
    var statusDelay: Int64 = 0

    /// The shop's own id for the send, which is all there is when Meta refuses it and gives no wamid.
    var ownID: String { "send-" + id.dropFirst(10).prefix(20) }

    /// What the business calls it; the same as the contract's rule would derive.
    var useCase: String {
        if template == nil { return "customer_service" }
        return campaign != nil ? "broadcast" : "notification"
    }
}

/// Meta's `pricing` object and what belongs to it, settled at the send.
struct Price: Hashable, Sendable {
    var type: String
    var category: String
    var isBillable: Bool
    /// Only in a free entry point window.
    var conversation: String?
    var conversationExpiresAt: Int64 = 0

    var isPaid: Bool { type == "regular" }
}

/// What becomes of an accepted message; times in seconds since the epoch.
struct Fate: Sendable {
    var sentAt: Int64?
    var deliveredAt: Int64?
    var readAt: Int64?
    var playedAt: Int64?
    var failedAt: Int64?
    var errorCode: Int?

    var reachedAt: Int64? { deliveredAt ?? readAt }
}
