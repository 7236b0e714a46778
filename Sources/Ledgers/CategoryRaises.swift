import Domain

/// Changes of templates' categories, laid out for looking one template up.
struct CategoryRaises: Sendable {
    private let byID: [TemplateID: [CategoryRaise]]
    private let byName: [String: [CategoryRaise]]

    init(_ changes: [CategoryRaise]) {
        let ordered = changes.sorted { ($0.at, $0.from, $0.to) < ($1.at, $1.from, $1.to) }
        byID = Dictionary(grouping: ordered.filter { $0.template != nil }) { $0.template ?? "" }
        byName = Dictionary(grouping: ordered.filter { $0.name != nil }) { $0.name ?? "" }
    }

    /// The latest change of a message's template before it was sent: Meta prices by the category at the send.
    func change(of state: MessageState) -> CategoryRaise? {
        guard !byID.isEmpty || !byName.isEmpty, let sentAt = state.cohortAt else { return nil }
        if let id = state.templateID, let change = byID[id]?.last(where: { $0.at <= sentAt }) { return change }
        guard let name = state.loggedTags.template ?? state.callbackTags?.template else { return nil }
        let language = state.loggedTags.templateLanguage ?? state.callbackTags?.templateLanguage
        return byName[name]?.last { change in
            let isSame = language == nil || change.language == nil || change.language == language
            return isSame && change.at <= sentAt
        }
    }
}
