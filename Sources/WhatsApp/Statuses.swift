import Domain

/// One item of `statuses[]` under `messages` or `standby`.
extension Reading {
    mutating func readStatus(_ item: JSON.Value, contacts: Contacts, isOnlyItem: Bool) {
        guard let id = item["id"]?.word, let word = item["status"] else { return fail(.missingKey) }
        let type = item["type"]
        if type?.equals("payment") ?? false || item["payment"]?.isObject ?? false {
            return readPayment(item, id: id, contacts: contacts, isOnlyItem: isOnlyItem)
        }
        if type?.equals("call") ?? false || id.hasPrefix("wacid.") {
            return readCallStatus(item, contacts: contacts, isOnlyItem: isOnlyItem)
        }
        guard let status = Self.deliveryStatus(word) else { return fail(.badValue) }
        let (recipient, group) = recipient(of: item)
        add(
            .status(
                MessageStatus(
                    message: MessageID(id), line: line,
                    // A group's contact is whoever read it, which an unnamed status does not say.
                    recipient: contacts.completing(
                        recipient, isOnlyItem: isOnlyItem && (group == nil || !recipient.isAnonymous)
                    ),
                    group: group, status: status, at: time(item), pricing: item["pricing"].flatMap(Self.pricing),
                    conversation: item["conversation"].flatMap(Self.conversation),
                    errors: errors(item["errors"]), tags: tags(item),
                    template: item["template_id"]?.word.map { TemplateID($0) }
                )
            )
        )
    }

    /// `biz_opaque_callback_data`; a string by Meta's contract, an object by an over-eager proxy.
    func tags(_ item: JSON.Value) -> SendTags? {
        guard let data = item["biz_opaque_callback_data"] else { return nil }
        if data.isObject {
            var tags = SendTags()
            tags.set(members: data, naming: .longAndShort)
            return tags == SendTags() ? nil : tags
        }
        return data.word.flatMap { SendTags(callbackData: $0) }
    }

    private static func deliveryStatus(_ word: JSON.Value) -> DeliveryStatus? {
        if word.equals("delivered") { return .delivered }
        if word.equals("sent") { return .sent }
        if word.equals("read") { return .read }
        return word.label.map { DeliveryStatus($0) }
    }

    /// The person, and the group when it is a group's message: there `recipient_id` is the group.
    private func recipient(of item: JSON.Value) -> (Party, GroupID?) {
        let participant = item["recipient_participant_id"] ?? item["participant_recipient_id"]
        let participantUserID = item["recipient_participant_user_id"] ?? item["participant_recipient_user_id"]
        let isGroup =
            item["recipient_type"]?.equals("group") ?? false || item["group_id"] != nil || participant != nil
            || participantUserID != nil
        guard isGroup else {
            var party = item["recipient_id"]?.word.map { Party(metaName: $0) } ?? Party()
            party.userID = item["recipient_user_id"]?.word ?? party.userID
            party.parentUserID = (item["recipient_parent_user_id"] ?? item["parent_recipient_user_id"])?.word
            return (party, nil)
        }
        var party = participant?.word.map { Party(metaName: $0) } ?? Party()
        party.userID = participantUserID?.word ?? party.userID
        party.parentUserID = item["recipient_participant_parent_user_id"]?.word
        return (party, (item["group_id"]?.word ?? item["recipient_id"]?.word).map { GroupID($0) })
    }

    private static func pricing(_ object: JSON.Value) -> Pricing? {
        guard object.isObject else { return nil }
        let cost = object["cost"]
        return Pricing(
            model: object["pricing_model"]?.label, type: object["type"]?.label,
            category: object["category"]?.label.map(category), billable: object["billable"]?.bool,
            estimatedCostMicros: cost?["amount"].flatMap(micros), costCurrency: cost?["currency"]?.label
        )
    }

    /// Lower case, with underscores: Meta spells `authentication-international` in two ways.
    static func category(_ word: String) -> String {
        let isNormal = word.utf8.allSatisfy {
            $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        }
        return isNormal ? word : String(word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    }

    private static func conversation(_ object: JSON.Value) -> ConversationNote? {
        guard object.isObject else { return nil }
        return ConversationNote(
            id: object["id"]?.word, origin: object["origin"]?["type"]?.label.map(category),
            expiresAt: object["expiration_timestamp"].flatMap(instant)
        )
    }

    // MARK: Payments (India, Brazil)

    private mutating func readPayment(_ item: JSON.Value, id: String, contacts: Contacts, isOnlyItem: Bool) {
        guard let status = item["status"]?.label else { return fail(.missingKey) }
        let payment = item["payment"]
        let transaction = payment?["transaction"]
        let (payer, _) = recipient(of: item)
        var refunded: Int64 = 0
        if let refunds = payment?["refunds"] {
            for refund in refunds.elements where refund["status"]?.equals("success") ?? true {
                let (sum, overflow) = refunded.addingReportingOverflow(refund["amount"].flatMap(Self.scaled) ?? 0)
                if !overflow { refunded = sum }
            }
        }
        add(
            .payment(
                PaymentStatus(
                    message: MessageID(id), line: line,
                    payer: contacts.completing(payer, isOnlyItem: isOnlyItem),
                    referenceID: payment?["reference_id"]?.word, status: status.lowercased(),
                    amountMicros: (payment?["amount"] ?? payment?["total_amount"]).flatMap(Self.scaled),
                    currency: payment?["currency"]?.label,
                    transactionID: (transaction?["id"] ?? transaction?["pg_transaction_id"])?.word,
                    refundedMicros: refunded, at: time(item)
                )
            )
        )
    }

    /// `{"value": 21000, "offset": 100}` is 210.00.
    private static func scaled(_ amount: JSON.Value) -> Int64? {
        guard amount.isObject else { return micros(amount) }
        guard let value = amount["value"]?.int64 else { return nil }
        let offset = amount["offset"]?.int64 ?? 1
        guard offset > 0 else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? nil : product / offset
    }
}
