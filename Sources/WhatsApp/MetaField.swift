import Domain

/// A webhook field of Meta's that is understood here (`changes[].field`).
///
/// Four more exist by name, but nobody has documented their payload: `message_echoes`, `tracking_events`,
/// `business_status_update`, `consumer_profile`. They are kept raw and counted as unknown, like names never heard of.
package enum MetaField: String, Hashable, Sendable, CaseIterable {
    case messages
    case standby
    case messageEchoes = "smb_message_echoes"
    case history
    case contactSync = "smb_app_state_sync"
    case userPreferences = "user_preferences"
    case userIDUpdate = "user_id_update"
    case calls
    case automaticEvents = "automatic_events"
    case handovers = "messaging_handovers"

    case templateStatus = "message_template_status_update"
    case templateQuality = "message_template_quality_update"
    case templateComponents = "message_template_components_update"
    case templateCategory = "template_category_update"
    case templateCategoryDetection = "template_correct_category_detection"

    case phoneNumberQuality = "phone_number_quality_update"
    case phoneNumberName = "phone_number_name_update"
    case accountUpdate = "account_update"
    case accountAlerts = "account_alerts"
    case accountReview = "account_review_update"
    case accountSettings = "account_settings_update"
    case businessCapability = "business_capability_update"
    case businessUsernames = "business_username_updates"
    /// The spelling that one page of Meta's uses.
    case businessUsername = "business_username_update"
    case security
    case flows
    case partnerSolutions = "partner_solutions"
    case paymentConfiguration = "payment_configuration_update"

    case groupLifecycle = "group_lifecycle_update"
    case groupParticipants = "group_participants_update"
    case groupSettings = "group_settings_update"
    case groupStatus = "group_status_update"
}
