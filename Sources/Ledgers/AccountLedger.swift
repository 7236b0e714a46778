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

extension AccountEvent {
    /// The mark of a change of opening hours.
    package init(_ change: CalendarChange, at: Instant) {
        let scope: String
        switch change.scope {
        case .workspace: scope = "workspace"
        case .phoneNumber(let number): scope = "phone_number \(number.value)"
        case .team(let team): scope = "team \(team)"
        }
        self.init(
            field: "calendar", account: nil, subject: .other(scope), event: change.calendar == nil ? "removed" : "set",
            at: at)
    }

    /// The mark of a change of service targets.
    package init(_ targets: [ServiceTarget], at: Instant) {
        self.init(
            field: "service_targets", account: nil, subject: .other("workspace"), event: "set",
            details: ["targets": String(targets.count)], at: at)
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
