import Domain

/// One business result as a perfect observer of the deliveries would describe it at an instant, and its true cause,
/// which no observer can see.
package struct TrueOutcome: Hashable, Sendable {
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case pending, confirmed, failed, cancelled
    }
    /// How whoever told of it said whose it is.
    package enum ToldBy: String, Hashable, Sendable, CaseIterable {
        /// `0812-3456-7890`
        case nationalPhone
        /// Digits with country code, with or without a plus.
        case phone
        case userID
        case message
        case link
        /// `wa:…` in a field of the payment provider's.
        case metadata
        /// It is itself a message of the customer's.
        case chat
    }

    package var source: String
    /// The order of a payment, the booking, the message of what was said in the chat.
    package var id: String
    /// Ids that a booking had before it was moved, oldest first. The source calls these bookings off.
    package var formerIDs: [String]
    /// When it was moved last: the time at which the source has the booking of the present id made.
    package var movedAt: Instant?
    package var kind: String
    package var standing: Standing
    /// Of the first confirmation; while there is none of the first telling.
    package var at: Instant
    /// When the first delivery that told of it was received.
    package var knownAt: Instant
    package var value: Money?
    /// What is left of the value after refunds; nothing when it was cancelled.
    package var net: Money?
    /// Number of the person in the scenario; nil for somebody whom the channel does not know.
    package var person: Int?
    package var toldBy: ToldBy
    /// The message without which it would not have come; nil for organic ones.
    package var cause: MessageID?
    /// The campaign without which it would not have come: the cause's, or that which the talk before it began with.
    package var causeCampaign: String?
    /// Code of the tracked link by which the person came to do it.
    package var link: String?
    /// Everything that the deliveries tell of the person in the seven days up to `at`, oldest first: also where they do
    /// not tell whose outcome it is.
    package var touches: [TrueTouch]

    /// It counts: confirmed, and not called off.
    package var counts: Bool { standing == .confirmed }
    package var isCancelled: Bool { standing == .cancelled }
}

/// Something that happened between the business and a person before an outcome.
///
/// What a person of the business wrote outside a template is an `.agentReply`, every other message a `.message`; a
/// tapped button is a `.click` and no `.reply` beside it.
package struct TrueTouch: Hashable, Sendable {
    package var kind: TouchKind
    /// Of a message: when it first was delivered or read.
    package var at: Instant
    /// The message touched by, clicked in or replied to; nil for what only the desk or the phone knows.
    package var message: MessageID?
    /// As the deliveries say it; of a tracked link the one that it was made for.
    package var campaign: String?
    /// Only of what the business sent: it must lie in the window, whenever it arrived.
    package var sentAt: Instant?
}

/// One opening of a tracked link by a person.
package struct TrueClick: Hashable, Sendable {
    package var id: String
    package var code: String
    package var person: Int
    package var at: Instant
    /// The message that the link was in.
    package var message: MessageID
    package var campaign: String?
}

/// The currency of most outcomes.
enum Rupiah {
    static func micros(_ amount: Int64) -> Int64 { amount &* 1_000_000 }
    static func money(_ amount: Int64) -> Money { Money(micros: micros(amount), currency: "IDR") }
}
