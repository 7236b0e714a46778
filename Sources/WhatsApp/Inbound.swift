import Domain

/// One item of `messages[]`: something a customer did.
extension Reading {
    enum InboundSource { case live, standby, history }

    mutating func readInbound(_ item: JSON.Value, contacts: Contacts, isOnlyItem: Bool, source: InboundSource) {
        guard let id = item["id"]?.word else { return fail(.missingKey) }
        let type = item["type"]?.label ?? Self.impliedType(of: item)
        let context = item["context"]
        let sender = contacts.completing(sender(of: item), isOnlyItem: isOnlyItem)
        let isForwarded = context?["forwarded"]?.bool ?? false || context?["frequently_forwarded"]?.bool ?? false
        add(
            .inbound(
                InboundMessage(
                    message: MessageID(id), line: line, sender: sender,
                    group: item["group_id"]?.word.map { GroupID($0) }, at: time(item),
                    kind: Self.kind(of: item, type: type), type: type,
                    repliesTo: (context?["id"] ?? context?["message_id"])?.word.map { MessageID($0) },
                    isForwarded: isForwarded, referral: item["referral"].flatMap(Self.referral),
                    errors: errors(item["errors"]), isStandby: source == .standby, isHistory: source == .history,
                    referredProduct: context?["referred_product"]?["product_retailer_id"]?.label
                )
            )
        )
        if let system = item["system"], system.isObject { readChangeOfName(item, system: system, sender: sender) }
    }

    func sender(of item: JSON.Value) -> Party {
        var party = item["from"]?.word.map { Party(metaName: $0) } ?? Party()
        party.userID = item["from_user_id"]?.word ?? party.userID
        party.parentUserID = item["from_parent_user_id"]?.word
        return party
    }

    // MARK: What kind of message it is

    private static func kind(of item: JSON.Value, type: String) -> InboundMessage.Kind {
        let object = item.member(named: type)
        switch type {
        case "text", "image", "audio", "video", "document", "sticker", "location", "contacts", "media_placeholder":
            return .content
        case "button": return .tap(payload: (object?["payload"] ?? object?["text"])?.label)
        case "interactive": return interactive(object, hasErrors: item["errors"] != nil)
        case "order": return order(object)
        case "reaction":
            return .reaction(
                to: object?["message_id"]?.word.map { MessageID($0) }, isRemoved: object?["emoji"]?.word == nil)
        case "system": return .system(object?["type"]?.label)
        case "edit": return .edit(of: object?["original_message_id"]?.word.map { MessageID($0) })
        case "revoke": return .revoke(of: object?["original_message_id"]?.word.map { MessageID($0) })
        case "unsupported", "unknown": return .unsupported((object ?? item["unsupported"])?["type"]?.label)
        case "request_welcome": return .welcome
        default: return .other
        }
    }

    private static func interactive(_ object: JSON.Value?, hasErrors: Bool) -> InboundMessage.Kind {
        // Meta has been seen to send the type without the object.
        guard let object, object.isObject else { return hasErrors ? .unsupported("interactive") : .other }
        if let reply = object["button_reply"] ?? object["list_reply"] {
            return .tap(payload: (reply["id"] ?? reply["title"])?.label)
        }
        if let form = object["nfm_reply"] {
            // Of what was typed only the business's own token is looked at.
            let response = form["response_json"]
            let answers = response?.isObject ?? false ? response : response?.string.flatMap { try? JSON.parse($0) }
            return .form(name: form["name"]?.label, token: answers?["flow_token"]?.label)
        }
        if let reply = object["call_permission_reply"] {
            return .callPermission(isGranted: reply["response"]?.equals("accept") ?? false)
        }
        return .other
    }

    private static func order(_ object: JSON.Value?) -> InboundMessage.Kind {
        var items = 0
        var total: Int64 = 0
        var currency: String?
        guard let products = object?["product_items"] else { return .order(items: 0, totalMicros: 0, currency: nil) }
        for product in products.elements.prefix(10_000) {
            let quantity = min(max(product["quantity"]?.int64 ?? 1, 0), 1_000_000)
            items &+= Int(quantity)
            currency = currency ?? product["currency"]?.label
            let price = product["item_price"].flatMap(micros) ?? 0
            let (cost, overflow) = price.multipliedReportingOverflow(by: quantity)
            let (sum, carry) = total.addingReportingOverflow(overflow ? 0 : cost)
            if !carry { total = sum }
        }
        return .order(items: items, totalMicros: total, currency: currency)
    }

    /// For messages without a type: the key under which their content lies.
    private static func impliedType(of item: JSON.Value) -> String {
        let known = [
            "text", "image", "audio", "video", "document", "sticker", "location", "contacts", "button",
            "interactive", "order", "reaction", "system", "edit", "revoke", "unsupported",
        ]
        return known.first { item.member(named: $0) != nil } ?? "unknown"
    }

    private static func referral(_ object: JSON.Value) -> Referral? {
        guard object.isObject else { return nil }
        return Referral(
            sourceID: object["source_id"]?.word, sourceType: object["source_type"]?.label?.lowercased(),
            sourceURL: object["source_url"]?.word, headline: object["headline"]?.label,
            clickID: object["ctwa_clid"]?.word, ref: object["ref"]?.label
        )
    }

    // MARK: New names

    /// `user_changed_number`, `user_changed_user_id` and their older spelling: the sender is the old name.
    private mutating func readChangeOfName(_ item: JSON.Value, system: JSON.Value, sender: Party) {
        guard let type = system["type"]?.label else { return }
        let reason: IdentityLink.Reason
        switch type {
        case "user_changed_number", "customer_changed_number": reason = .changedNumber
        case "user_changed_user_id", "customer_changed_user_id": reason = .changedUserID
        default: return
        }
        var old = sender
        if old.phone == nil { old.phone = system["customer"]?.word.flatMap(Party.digits) }
        var new = (system["wa_id"] ?? system["new_wa_id"])?.word.map { Party(metaName: $0) } ?? Party()
        new.userID = system["user_id"]?.word ?? new.userID
        new.parentUserID = system["parent_user_id"]?.word
        guard !old.isAnonymous, !new.isAnonymous, old != new else { return }
        add(.identity(IdentityLink(a: old, b: new, reason: reason, at: time(item))))
    }
}
