import Domain

/// Names of categories and of what makes a message free, as Meta spells them or as they are counted here.
package enum PricedCategory {
    package static let marketing = "marketing"
    package static let marketingLite = "marketing_lite"
    package static let utility = "utility"
    package static let authentication = "authentication"
    package static let authenticationInternational = "authentication_international"
    package static let service = "service"
    package static let referralConversion = "referral_conversion"

    /// Those that rate cards have prices for, in the order in which people read them.
    package static let listed = [marketing, utility, authentication, authenticationInternational, service]

    /// Lower case with underscores: Meta writes `authentication-international` both ways.
    package static func spelling(_ category: String) -> String {
        // Nearly always spelt so already.
        let isPlain = category.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x5F }
        return isPlain ? category : String(category.lowercased().map { $0 == "-" ? "_" : $0 })
    }

    /// The category whose price a message has: a group's are those of single messages, for each participant.
    package static func plain(_ category: String) -> String {
        let spelling = spelling(category)
        switch spelling {
        case "group_marketing": return marketing
        case "group_utility": return utility
        case "group_service": return service
        default: return spelling
        }
    }
}

/// Values of dimension `pricing_type`: Meta's `pricing.type`, and what it does not tell.
package enum PricingType {
    package static let regular = "regular"
    package static let freeCustomerService = "free_customer_service"
    package static let freeEntryPoint = "free_entry_point"
    package static let freeGroupCustomerService = "free_group_customer_service"
    /// One of the month's free service messages of a number, although the webhook said `regular`, or nothing.
    package static let freeQuota = "free_quota"
    /// Typed in the WhatsApp Business app.
    package static let freeBusinessApp = "free_business_app"
    /// A further message of a conversation that has been paid for (until 30 Jun 2025).
    package static let freeConversation = "free_conversation"
    /// Meta said only that it is not billable.
    package static let notBillable = "not_billable"
    /// The webhooks said nothing; priced by the category that the send declared, because the business wants it so.
    package static let declared = "declared"
    package static let unknown = "unknown"
}
