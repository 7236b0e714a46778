import Domain

/// The fields `calls` and `automatic_events`.
extension Reading {
    mutating func readCalls() {
        let items = (value["calls"]?.elements.count ?? 0) &+ (value["statuses"]?.elements.count ?? 0)
        forEach(in: value["calls"]) { $0.readCall($1, isOnlyItem: items == 1) }
        forEach(in: value["statuses"]) { $0.readCallStatus($1, contacts: $0.contacts, isOnlyItem: items == 1) }
        readValueErrors(value["errors"])
    }

    private mutating func readCall(_ item: JSON.Value, isOnlyItem: Bool) {
        guard let id = item["id"]?.word, let event = item["event"]?.label else { return fail(.missingKey) }
        let direction = item["direction"]?.label?.uppercased()
        let party = contacts.completing(customer(of: item, direction: direction), isOnlyItem: isOnlyItem)
        add(
            .call(
                CallEvent(
                    call: CallID(id), line: line, party: party, event: event, isStatus: false, direction: direction,
                    outcome: item["status"]?.label?.uppercased(), durationSeconds: Self.duration(item),
                    errors: errors(item["errors"]), at: time(item), tags: tags(item),
                    payload: (item["cta_payload"] ?? item["deeplink_payload"])?.label
                )
            )
        )
    }

    /// A call's status is not a message's: it must never count as delivered or read.
    mutating func readCallStatus(_ item: JSON.Value, contacts: Contacts, isOnlyItem: Bool) {
        guard let id = item["id"]?.word, let status = item["status"]?.label else { return fail(.missingKey) }
        var party = item["recipient_id"]?.word.map { Party(metaName: $0) } ?? Party()
        party.userID = item["recipient_user_id"]?.word ?? party.userID
        party.parentUserID = (item["recipient_parent_user_id"] ?? item["parent_recipient_user_id"])?.word
        add(
            .call(
                CallEvent(
                    call: CallID(id), line: line, party: contacts.completing(party, isOnlyItem: isOnlyItem),
                    event: status, isStatus: true, errors: errors(item["errors"]), at: time(item), tags: tags(item)
                )
            )
        )
    }

    /// The end of the call that is not the business.
    private func customer(of item: JSON.Value, direction: String?) -> Party {
        let from = item["from"]?.word.flatMap(Party.digits)
        let isToCustomer: Bool
        switch direction {
        case "BUSINESS_INITIATED": isToCustomer = true
        case "USER_INITIATED": isToCustomer = false
        default: isToCustomer = from != nil && from == line.displayPhoneNumber
        }
        var party = isToCustomer ? recipient(ofSend: item) : sender(of: item)
        if let phone = party.phone, phone == line.displayPhoneNumber {
            // A terminate event has been seen with both ends swapped.
            party.phone = isToCustomer ? sender(of: item).phone : recipient(ofSend: item).phone
        }
        return party
    }

    private static func duration(_ item: JSON.Value) -> Int64? {
        if let told = item["duration"]?.int64 { return told >= 0 ? told : nil }
        guard let start = item["start_time"].flatMap(instant), let end = item["end_time"].flatMap(instant), end >= start
        else { return nil }
        return end.microseconds(since: start) / 1_000_000
    }

    // MARK: automatic_events

    mutating func readAutomaticEvents() {
        forEach(in: value["automatic_events"]) { reading, item in
            guard let name = item["event_name"]?.label else { return reading.fail(.missingKey) }
            let data = item["custom_data"]
            reading.add(
                .automatic(
                    AutomaticEvent(
                        message: item["id"]?.word.map { MessageID($0) }, line: reading.line, name: name,
                        clickID: item["ctwa_clid"]?.word, valueMicros: data?["value"].flatMap(Self.micros),
                        currency: data?["currency"]?.label, at: reading.time(item)
                    )
                )
            )
        }
    }
}
