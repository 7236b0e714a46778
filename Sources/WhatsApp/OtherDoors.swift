import Domain

/// Messages that passed by another door than the business's own API calls: an app that owns the thread
/// (`standby`), the WhatsApp Business app (`smb_message_echoes`), and the time before (`history`).
extension Reading {
    // MARK: standby

    /// While another app owns a thread, its messages and statuses come here instead of under `messages`.
    mutating func readStandby() {
        let standby = value["standby"] ?? value
        let contacts = standby["contacts"].map { Contacts($0) } ?? contacts
        let items = (standby["messages"]?.elements.count ?? 0) &+ (standby["statuses"]?.elements.count ?? 0)
        forEach(in: standby["statuses"]) { $0.readStatus($1, contacts: contacts, isOnlyItem: items == 1) }
        forEach(in: standby["messages"]) {
            $0.readInbound($1, contacts: contacts, isOnlyItem: items == 1, source: .standby)
        }
        forEach(in: standby["message_echoes"]) { $0.readStandbyEcho($1, contacts: contacts) }
        readValueErrors(standby["errors"])
    }

    private mutating func readStandbyEcho(_ item: JSON.Value, contacts: Contacts) {
        guard let id = item["id"]?.word else { return fail(.missingKey) }
        let body = item["message"] ?? item
        let template = item["template"] ?? body["template"]
        // The body is that of a send: a BSUID goes into `recipient`, and `to` wins when both are there.
        var recipient = recipient(ofSend: body)
        if recipient.isAnonymous { recipient = self.recipient(ofSend: item) }
        add(
            .echo(
                EchoedMessage(
                    message: MessageID(id), line: line,
                    recipient: contacts.completing(recipient, isOnlyItem: false), at: time(item),
                    type: body["type"]?.label ?? (template == nil ? "text" : "template"), origin: .otherApp,
                    template: (template?["name"] ?? template)?.label
                )
            )
        )
    }

    // MARK: smb_message_echoes

    /// Typed by a person in the WhatsApp Business app: the only record of such replies.
    mutating func readMessageEchoes() {
        let isOnlyItem = value["message_echoes"]?.elements.count == 1
        forEach(in: value["message_echoes"]) { reading, item in
            guard let id = item["id"]?.word else { return reading.fail(.missingKey) }
            let recipient = reading.recipient(ofSend: item)
            reading.add(
                .echo(
                    EchoedMessage(
                        message: MessageID(id), line: reading.line,
                        recipient: reading.contacts.completing(recipient, isOnlyItem: isOnlyItem),
                        at: reading.time(item), type: item["type"]?.label ?? "unknown", origin: .businessApp
                    )
                )
            )
        }
        readValueErrors(value["errors"])
    }

    func recipient(ofSend item: JSON.Value) -> Party {
        var party = item["to"]?.word.map { Party(metaName: $0) } ?? Party()
        party.userID = item["to_user_id"]?.word ?? item["recipient"]?.word ?? party.userID
        party.parentUserID = item["to_parent_user_id"]?.word
        return party
    }

    // MARK: history

    /// Chunks of up to 180 days of threads; media follow later under `messages[]` of the same field.
    mutating func readHistory() {
        forEach(in: value["history"]) { reading, chunk in
            reading.readValueErrors(chunk["errors"])
            reading.readProgress(chunk["metadata"])
            reading.forEach(in: chunk["threads"]) { reading, thread in
                let customer = reading.customer(of: thread)
                reading.forEach(in: thread["messages"]) { $0.readHistoric($1, customer: customer) }
            }
        }
        forEach(in: value["messages"]) { $0.readHistoric($1, customer: nil) }
        readValueErrors(value["errors"])
    }

    /// `threads[].id` is the customer's number or id; `context` may name the same person otherwise.
    private func customer(of thread: JSON.Value) -> Party {
        var party = thread["id"]?.word.map { Party(metaName: $0) } ?? Party()
        if let context = thread["context"] {
            let told = Contacts.party(context)
            party.phone = party.phone ?? told.phone
            party.userID = party.userID ?? told.userID
            party.parentUserID = party.parentUserID ?? told.parentUserID
        }
        return contacts.completing(party, isOnlyItem: false)
    }

    private mutating func readHistoric(_ item: JSON.Value, customer: Party?) {
        guard let id = item["id"]?.word else { return fail(.missingKey) }
        guard isFromBusiness(item, customer: customer) else {
            let before = sender(of: item)
            let isCustomer = customer.map { $0.phone == before.phone || before.isAnonymous } ?? false
            let contacts = isCustomer ? Contacts(customer) : contacts
            return readInbound(item, contacts: contacts, isOnlyItem: isCustomer, source: .history)
        }
        var recipient = recipient(ofSend: item)
        if let customer, recipient.isAnonymous || recipient.phone == customer.phone {
            recipient = Contacts(customer).completing(recipient, isOnlyItem: true)
        }
        add(
            .echo(
                EchoedMessage(
                    message: MessageID(id), line: line, recipient: recipient, at: time(item),
                    type: item["type"]?.label ?? "unknown", origin: .history,
                    lastStatus: item["history_context"]?["status"]?.label?.lowercased(),
                    template: item["template"]?["name"]?.label
                )
            )
        )
    }

    /// The business's own number writes to the customer; where the payload does not tell that number, whoever is not
    /// the thread's customer is the business.
    private func isFromBusiness(_ item: JSON.Value, customer: Party?) -> Bool {
        guard let from = item["from"]?.word.flatMap(Party.digits) else {
            return item["from_user_id"] == nil && (item["to"] != nil || item["to_user_id"] != nil)
        }
        if let own = line.displayPhoneNumber { return from == own }
        if let phone = customer?.phone { return from != phone }
        return item["to"] != nil || item["to_user_id"] != nil
    }

    /// Chunks come by the hundred; the end of a phase is the one that matters.
    private mutating func readProgress(_ metadata: JSON.Value?) {
        guard let metadata, metadata["progress"]?.int64 == 100 else { return }
        var details: [String: String] = [:]
        collectDetails(of: metadata, into: &details)
        add(
            .account(
                AccountEvent(
                    field: field.rawValue, account: account,
                    subject: .phoneNumber(id: line.phoneNumber, display: line.displayPhoneNumber),
                    event: "progress", details: details, at: entryTime
                )
            )
        )
    }
}
