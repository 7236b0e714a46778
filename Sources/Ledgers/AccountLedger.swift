import Domain

/// The account timeline: marks that are the same however often and in whatever order they come.
package enum AccountLedger {
    /// The identity of a mark. Webhooks carry no id of their own, so what was said, about what and when, is the
    /// identity; where Meta tells no time, the same words on one day (UTC) of receipt are one mark.
    package static func key(of event: AccountEvent, receivedAt: Instant) -> UInt64 {
        var hash = StableHash()
        hash.combine(event.field)
        hash.combine(event.account?.value)
        hash.combine(subject: event.subject)
        hash.combine(event.event)
        hash.combine(event.previous)
        for (key, value) in event.details.sorted(by: { $0.key < $1.key }) {
            hash.combine(key)
            hash.combine(value)
        }
        let time = event.at?.microseconds ?? receivedAt.seconds.flooredDivision(by: 86_400)
        hash.combine(String(time))
        return hash.value
    }
}

extension StableHash {
    fileprivate mutating func combine(subject: AccountEvent.Subject) {
        switch subject {
        case .template(let id, let name, let language): combine("template", id?.value, name, language)
        case .phoneNumber(let id, let display): combine("phone", id?.value, display, nil)
        case .account: combine("account", nil, nil, nil)
        case .flow(let id): combine("flow", id, nil, nil)
        case .group(let id): combine("group", id?.value, nil, nil)
        case .thread(let party): combine("thread", party.phone, party.userID, party.parentUserID)
        case .paymentConfiguration(let name): combine("payment", name, nil, nil)
        case .other(let name): combine("other", name, nil, nil)
        }
    }

    private mutating func combine(_ kind: String, _ a: String?, _ b: String?, _ c: String?) {
        combine(kind)
        combine(a)
        combine(b)
        combine(c)
    }
}
