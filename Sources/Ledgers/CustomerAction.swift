import Domain

/// What a customer did in the chat that may be an outcome by the business's rules, or a touch before one. No words of
/// theirs: payloads, names and tokens are the business's own.
package struct CustomerAction: Hashable, Sendable {
    package enum Deed: Hashable, Sendable {
        case tap(payload: String?)
        case form(name: String?, token: String?)
        case order(items: Int, totalMicros: Int64, currency: String?)
        /// Meta's guess.
        case automatic(name: String, valueMicros: Int64?, currency: String?)
    }

    /// The ad or post by which somebody came. Its id is not the click's: they are kept apart.
    package struct Ad: Hashable, Sendable {
        package var sourceID: String?
        package var sourceType: String?
        package var clickID: String?

        package init(sourceID: String? = nil, sourceType: String? = nil, clickID: String? = nil) {
            self.sourceID = sourceID
            self.sourceType = sourceType
            self.clickID = clickID
        }
    }

    /// What makes the outcome of it the same when it is told again.
    package var id: String
    package var at: Instant
    package var deed: Deed?
    package var ad: Ad?
    /// Key of the message that was answered or whose button was tapped.
    package var repliesTo: Int64?
    package var identity: OutcomeIdentity

    package init(
        id: String, at: Instant, deed: Deed?, ad: Ad? = nil, repliesTo: Int64? = nil,
        identity: OutcomeIdentity = OutcomeIdentity()
    ) {
        self.id = id
        self.at = at
        self.deed = deed
        self.ad = ad
        self.repliesTo = repliesTo
        self.identity = identity
    }

    /// Nil for what is neither: words, reactions, history.
    package init?(_ inbound: InboundMessage) {
        let deed: Deed?
        switch inbound.kind {
        case .tap(let payload): deed = .tap(payload: payload)
        case .form(let name, let token): deed = .form(name: name, token: token)
        case .order(let items, let micros, let currency):
            deed = .order(items: items, totalMicros: micros, currency: currency)
        default: deed = nil
        }
        let referral = inbound.referral
        let isAd = referral.map { $0.sourceID != nil || $0.clickID != nil || $0.sourceType != nil } ?? false
        guard deed != nil || isAd else { return nil }
        self.init(
            id: inbound.message.value, at: inbound.at, deed: deed,
            ad: isAd
                ? referral.map { Ad(sourceID: $0.sourceID, sourceType: $0.sourceType, clickID: $0.clickID) } : nil,
            repliesTo: inbound.repliesTo.map { ThreadEntry.key(of: $0) },
            identity: OutcomeIdentity(party: inbound.sender, message: inbound.message, line: inbound.line))
    }

    package init(_ event: AutomaticEvent) {
        let name = event.message?.value ?? event.clickID ?? String(event.at.microseconds)
        self.init(
            id: "\(event.name):\(name)", at: event.at,
            deed: .automatic(name: event.name, valueMicros: event.valueMicros, currency: event.currency),
            identity: OutcomeIdentity(message: event.message, clickID: event.clickID, line: event.line))
    }

    /// Stored under this number.
    package var key: Int64 {
        if case .automatic = deed { return ThreadEntry.key("automatic", id) }
        return ThreadEntry.key(of: MessageID(id))
    }

    /// Told twice: the earlier time, and of contradictions the same one in every order.
    package static func join(_ a: CustomerAction, _ b: CustomerAction) -> CustomerAction {
        var joined = a
        joined.at = min(a.at, b.at)
        joined.deed = lesser(a.deed, b.deed) { $0.words }
        joined.ad = lesser(a.ad, b.ad) { [$0.sourceID ?? "", $0.sourceType ?? "", $0.clickID ?? ""] }
        joined.repliesTo = settled(a.repliesTo, b.repliesTo)
        joined.identity.party = lesser(a.identity.party, b.identity.party) { $0.words } ?? Party()
        joined.identity.clickID = settled(a.identity.clickID, b.identity.clickID)
        joined.identity.line.account = settled(a.identity.line.account, b.identity.line.account)
        joined.identity.line.phoneNumber = settled(a.identity.line.phoneNumber, b.identity.line.phoneNumber)
        joined.identity.line.displayPhoneNumber = settled(
            a.identity.line.displayPhoneNumber, b.identity.line.displayPhoneNumber)
        return joined
    }

    private static func lesser<Value>(_ a: Value?, _ b: Value?, _ words: (Value) -> [String]) -> Value? {
        guard let a else { return b }
        guard let b else { return a }
        return words(b).lexicographicallyPrecedes(words(a)) ? b : a
    }
}

extension CustomerAction.Deed {
    /// Tells two tellings apart.
    fileprivate var words: [String] {
        switch self {
        case .tap(let payload): ["0", payload ?? ""]
        case .form(let name, let token): ["1", name ?? "", token ?? ""]
        case .order(let items, let micros, let currency): ["2", String(items), String(micros), currency ?? ""]
        case .automatic(let name, let micros, let currency):
            ["3", name, micros.map { String($0) } ?? "", currency ?? ""]
        }
    }
}

extension Party {
    fileprivate var words: [String] { [phone ?? "", userID ?? "", parentUserID ?? ""] }
}

extension OutcomeRule {
    /// Whether a deed is what the rule waits for.
    package func matches(_ deed: CustomerAction.Deed) -> Bool {
        switch (trigger, deed) {
        case (.flow(let prefix), .form(_, let token)):
            prefix.map { token?.hasPrefix($0) ?? false } ?? true
        case (.tap(let prefix), .tap(let payload)): payload?.hasPrefix(prefix) ?? false
        case (.order, .order): true
        case (.automatic(let wanted), .automatic(let name, _, _)): wanted == name
        default: false
        }
    }
}

extension OutcomeEvent {
    /// The outcome that an action is by the first rule that fits it: one action is one outcome at most.
    package init?(_ action: CustomerAction, by rules: [OutcomeRule]) {
        guard let deed = action.deed, let rule = rules.first(where: { $0.matches(deed) }) else { return nil }
        var source = OutcomeSource.chat
        var value = rule.value
        switch deed {
        case .order(_, let micros, let currency?): value = Money(micros: micros, currency: currency)
        case .automatic(_, let micros, let currency):
            source = OutcomeSource.automatic
            if let micros, let currency { value = Money(micros: micros, currency: currency) }
        default: break
        }
        self.init(
            source: source, id: action.id, kind: rule.kind, at: action.at, value: value, identity: action.identity)
    }
}
