import Domain

/// Meta moved a template to another category: from then on its messages have another price.
package struct CategoryRaise: Hashable, Sendable {
    package var template: TemplateID?
    package var name: String?
    package var language: String?
    package var at: Instant
    /// As `pricing.category` spells it, lower case.
    package var from: String
    package var to: String

    package init(template: TemplateID?, name: String?, language: String?, at: Instant, from: String, to: String) {
        self.template = template
        self.name = name
        self.language = language
        self.at = at
        self.from = from
        self.to = to
    }

    /// Nil unless the event says that a category has changed and when. The notice a day ahead changes nothing yet, and
    /// a change back is kept, too: it ends the raise (see `CostBook`).
    package init?(_ event: AccountEvent) {
        guard event.field == "template_category_update", case .template(let id, let name, let language) = event.subject,
            id != nil || name != nil, let at = event.at, let previous = event.previous, event.event != "IMPENDING"
        else { return nil }
        let from = PricedCategory.spelling(previous)
        let to = PricedCategory.spelling(event.event)
        guard !from.isEmpty, !to.isEmpty, from != to else { return nil }
        self.init(template: id, name: name, language: language, at: at, from: from, to: to)
    }
}
