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
    /// ISO weekday of the cohort time in the query's zone: `1` Monday … `7` Sunday.
    case weekday
    /// Hour of the cohort time in the query's zone: `00` … `23`.
    case hourOfDay = "hour_of_day"

    /// The dimensions that a stored fact carries, in the order of a stored segment: append only.
    package static let stored: [Dimension] = [
        .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType, .useCase, .campaign, .variant,
        .senderKind, .agent, .team, .country, .errorCode, .errorClass, .source,
    ]

    /// Derived from the time of the bucket, not stored.
    package var isTemporal: Bool { self == .weekday || self == .hourOfDay }
}
