import Domain

extension Filters {
    /// How a page shows what it shows. Unlike filters these do not go along to other pages.
    enum Option: String, Sendable, CaseIterable {
        /// The dimension that a breakdown is by.
        case by
        /// The column that a table is sorted by.
        case sort
        /// Part of a name that is looked for.
        case search = "q"
        /// What the messages of a list have in common: a word of `RecipientSelection.measures`.
        case measure
        /// What a list of findings is narrowed to.
        case state, about, severity
        /// The count that is forecast, and the day of a planned campaign.
        case forecast, planned
        /// What a staffing plan assumes: the target, how agents work, and how many there are.
        case targetSeconds = "target_seconds"
        case targetShare = "target_share"
        case handling, chats, slowdown, shrinkage, agents
        /// What a comparison of templates is to find: the rate as it is, and the least difference that matters.
        case rate, difference
        /// A question put together from its parts.
        case metrics, grain, when, only
        /// People still to be written to.
        case recipients
        /// Where a page of a list begins.
        case after
    }

    func option(_ option: Option) -> String? { options[option] }

    /// The same, with an option set; nil takes it out. Any change but turning the page leads to the first page.
    func setting(_ option: Option, to value: String?) -> Filters {
        var changed = self
        if option != .after { changed.options[.after] = nil }
        changed.options[option] = value
        return changed
    }

    /// The filters alone, for another page.
    var withoutOptions: Filters {
        var changed = self
        changed.options = [:]
        return changed
    }
}
