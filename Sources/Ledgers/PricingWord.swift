import Domain

/// What is known of whether a message is charged and as what: Meta's `pricing` object with what fills its gaps.
struct PricingWord {
    enum Verdict {
        case free, charged, unknown
    }

    var verdict: Verdict
    /// Value of dimension `pricing_type`.
    var type: String
    /// The category whose price it has (`PricedCategory.plain`); nil when nothing tells it.
    var category: String?
    /// Charged by the conversation, not by the message.
    var isConversation: Bool
    /// Meta's own estimate of the price; its currency is the account's when none is told.
    var estimatedMicros: Int64?
    var estimateCurrency: String?

    init(_ state: MessageState, _ assumptions: CostAssumptions) {
        let pricing = state.pricing?.pricing
        let told = pricing?.category.map(PricedCategory.plain)
        let declared = assumptions.declaredCategoryPrices ? Self.declared(state) : nil
        category = told ?? declared
        isConversation = pricing?.model?.uppercased() == Pricing.conversationBased
        if let micros = pricing?.estimatedCostMicros, micros >= 0 {
            estimatedMicros = micros
            estimateCurrency = pricing?.costCurrency.map { $0.uppercased() }.flatMap {
                Money.isCurrencyCode($0) ? $0 : nil
            }
        }
        (verdict, type) = Self.verdict(
            state, pricing, category: category, isAssumed: assumptions.declaredCategoryPrices)
    }

    private static func verdict(
        _ state: MessageState, _ pricing: Pricing?, category: String?, isAssumed: Bool
    ) -> (Verdict, String) {
        let type = pricing?.type?.lowercased()
        if state.echo == .businessApp { return (.free, PricingType.freeBusinessApp) }
        if let type, type.hasPrefix("free") { return (.free, type) }
        if category == PricedCategory.referralConversion { return (.free, PricingType.freeEntryPoint) }
        if type == PricingType.regular { return (.charged, PricingType.regular) }
        // A word that is not known here: what it costs is not, either.
        if let type { return (.unknown, type) }
        switch pricing?.billable {
        case true?: return (.charged, PricingType.regular)
        case false?: return (.free, PricingType.notBillable)
        case nil: break
        }
        guard isAssumed, category != nil else { return (.unknown, PricingType.unknown) }
        return (.charged, PricingType.declared)
    }

    /// The category that the send declared; free text is a service message whatever else is known.
    private static func declared(_ state: MessageState) -> String? {
        if let declared = state.loggedTags.category ?? state.callbackTags?.category {
            return PricedCategory.plain(declared)
        }
        guard let type = state.messageType, type != "template", !state.isKnownTemplate else { return nil }
        return PricedCategory.service
    }
}

extension MessageState {
    /// Something says that it was sent from a template.
    var isKnownTemplate: Bool {
        messageType == "template" || templateID != nil || loggedTags.template != nil || callbackTags?.template != nil
    }
}
