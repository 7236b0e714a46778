import Domain

/// The field `messages`: what happened to the business's messages, what customers wrote, and taps on links.
extension Reading {
    mutating func readMessages() {
        let items = (value["messages"]?.elements.count ?? 0) &+ (value["statuses"]?.elements.count ?? 0)
        forEach(in: value["statuses"]) { $0.readStatus($1, contacts: $0.contacts, isOnlyItem: items == 1) }
        forEach(in: value["messages"]) {
            $0.readInbound($1, contacts: $0.contacts, isOnlyItem: items == 1, source: .live)
        }
        forEach(in: value["user_actions"]) { $0.readUserAction($1) }
        readValueErrors(value["errors"])
        readConversationContext()
    }

    /// Errors beside the messages concern the number or the app, not one message.
    mutating func readValueErrors(_ list: JSON.Value?) {
        for error in errors(list) {
            var details = ["code": String(error.code)]
            details["title"] = error.title?.cut(toBytes: Limits.labelBytesMax)
            details["error_data.details"] = error.details?.cut(toBytes: Limits.labelBytesMax)
            add(
                .account(
                    AccountEvent(
                        field: field.rawValue, account: account,
                        subject: .phoneNumber(id: line.phoneNumber, display: line.displayPhoneNumber),
                        event: "error", details: details, at: value["timestamp"].flatMap(Self.instant) ?? entryTime
                    )
                )
            )
        }
    }

    private mutating func readUserAction(_ action: JSON.Value) {
        let click = action["marketing_messages_link_click_data"]
        guard click != nil || action["action_type"]?.equals("marketing_messages_link_click") ?? false else {
            return fail(.badValue)
        }
        add(
            .linkClick(
                LinkClick(
                    line: line, at: time(action), component: click?["click_component"]?.label,
                    clickID: click?["click_id"]?.word, trackingToken: click?["tracking_token"]?.word,
                    productID: click?["product_id"]?.word
                )
            )
        )
    }

    /// A hand-over summary. That there was one matters; its text is the customer's and is not kept.
    private mutating func readConversationContext() {
        guard let context = value["conversation_context"] else { return }
        var details: [String: String] = [:]
        details["type"] = context["type"]?.label
        let first = value["messages"]?.elements.first
        let party = first.map { sender(of: $0) } ?? Party()
        add(
            .account(
                AccountEvent(
                    field: field.rawValue, account: account,
                    subject: .thread(contacts.completing(party, isOnlyItem: true)), event: "conversation_context",
                    details: details, at: first?["timestamp"].flatMap(Self.instant) ?? entryTime
                )
            )
        )
    }
}
