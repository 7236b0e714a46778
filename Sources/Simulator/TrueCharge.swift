import Domain

/// What Meta charges for one delivered message, without the price.
package struct TrueCharge: Hashable, Sendable {
    /// `pricing.type` as Meta spells it.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case regular
        case freeCustomerService = "free_customer_service"
        case freeEntryPoint = "free_entry_point"
    }
    package var message: MessageID
    package var account: AccountID
    package var phoneNumber: PhoneNumberID
    package var person: Int
    /// ISO 3166-1 alpha-2 of the recipient.
    package var country: String
    /// `pricing.category` as Meta spells it.
    package var category: String
    package var kind: Kind
    /// What the send declared; nil for free-form messages. Another `category` means that Meta raised it.
    package var declaredCategory: String?
    package var template: String?
    package var campaign: String?
    package var sentAt: Instant
    /// The earliest of delivered, read, played that is known.
    package var deliveredAt: Instant
    /// False while only statuses without `pricing` have come.
    package var isPriceTold: Bool
}

extension Truth {
    /// One for every message that the deliveries received at or before `instant` say was delivered, in order of
    /// sending.
    package func charges(asOf instant: Instant) -> [TrueCharge] {
        let known = instant.microseconds
        return stories.compactMap { story in
            let reached = [story.delivered, story.read, story.played].compactMap { $0.at(asOf: known) }.min()
            guard let reached, let kind = TrueCharge.Kind(rawValue: story.pricedType) else { return nil }
            let outbound = story.outbound
            let line = scenario.lines[outbound.line]
            let template = outbound.template.map { scenario.templates[$0] }
            return TrueCharge(
                message: MessageID(outbound.id), account: line.account, phoneNumber: line.phoneNumber,
                person: outbound.person, country: story.country, category: story.pricedCategory, kind: kind,
                declaredCategory: template?.category.rawValue, template: template?.name, campaign: outbound.campaign,
                sentAt: Instant(seconds: outbound.at), deliveredAt: Instant(seconds: reached),
                isPriceTold: [story.sent, story.delivered, story.read].contains {
                    $0.carriesPricing && $0.knownAt <= known
                })
        }
    }
}
