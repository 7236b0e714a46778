/// A property by which numbers are split and filtered. The raw value is its id in the contract.
package enum Dimension: String, CaseIterable, Sendable, Codable, Hashable {
    case waba
    case phoneNumber = "phone_number"
    case template
    case templateLanguage = "template_language"
    case category
    case messageType = "message_type"
    case useCase = "use_case"
    case campaign
    case variant
    case senderKind = "sender_kind"
    case agent
    case team
    case country
    case errorCode = "error_code"
    case errorClass = "error_class"
    case source
    /// Who ended a wait: `bot`, `human`, `unknown`, `none`. Of a conversation: who gave its first answer.
    case responder
    /// The agent desk that told of it.
    case desk
    /// How the customer came: `organic`, `ad`, `template_reply`, `link`.
    case entry
    /// Urgency in the desk's word.
    case priority
    /// `customer` or `business`.
    case openedBy = "opened_by"
    /// `bot`, `human`, `both`, `none`.
    case handledBy = "handled_by"
    /// What was achieved: `payment_confirmed`, `booking`, … or the business's own word.
    case kind
    /// The system that told of the outcome.
    case sourceSystem = "source_system"
    /// The attribution model that gave the credit.
    case model
    /// What kind of touch the credit went to (`TouchKind`). Of an outcome: of its last touch; null when it has none.
    case touch
    /// The ad or post that brought the customer, by Meta's id of it (never a click's id).
    case ad
    /// The currency of an amount, ISO 4217.
    case currency
    /// Why a message is charged or free: Meta's `pricing.type`, or `unknown`.
    case pricingType = "pricing_type"
    /// The market of the rate card that the recipient's country belonged to.
    case market
    /// Why a message's cost was wasted; null when it was not.
    case wasteReason = "waste_reason"
    /// The shift in which it began, as the business names it.
    case shift
    /// ISO weekday of the cohort time in the query's zone: `1` Monday … `7` Sunday.
    case weekday
    /// Hour of the cohort time in the query's zone: `00` … `23`.
    case hourOfDay = "hour_of_day"

    /// The dimensions that a stored fact carries, in the order of a stored segment: append only.
    package static func stored(_ fact: Fact) -> [Dimension] {
        switch fact {
        case .message:
            [
                .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType, .useCase, .campaign,
                .variant, .senderKind, .agent, .team, .country, .errorCode, .errorClass, .source, .desk,
            ]
        case .wait: [.phoneNumber, .responder, .agent, .team, .desk, .entry, .template, .campaign, .country, .priority]
        case .conversation:
            [
                .phoneNumber, .openedBy, .handledBy, .responder, .agent, .team, .desk, .entry, .template, .campaign,
                .country, .priority,
            ]
        case .charge:
            [
                .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType, .useCase, .campaign,
                .variant, .senderKind, .agent, .team, .country, .source, .desk, .pricingType, .market, .currency,
                .wasteReason,
            ]
        case .outcome: Self.ofOutcome
        case .credit: [.model] + Self.ofOutcome
        }
    }

    private static let ofOutcome: [Dimension] = [
        .kind, .sourceSystem, .currency, .touch, .ad, .waba, .phoneNumber, .template, .templateLanguage, .category,
        .messageType, .useCase, .campaign, .variant, .senderKind, .agent, .team, .country, .desk,
    ]

    /// Derived from the time of the bucket, not stored.
    package var isTemporal: Bool { self == .weekday || self == .hourOfDay || self == .shift }
}
