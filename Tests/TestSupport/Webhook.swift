/// Bodies as Meta sends them, spelt out by hand so that nothing of ours decides how they look.
package enum Webhook {
    package struct Status: Sendable {
        package var id: String
        package var word: String
        /// Seconds since the epoch.
        package var at: Int64
        package var phone: String
        package var error: Int?
        package var category: String?
        package init(
            _ id: String, _ word: String, at: Int64, phone: String = "6281234567890", error: Int? = nil,
            category: String? = nil
        ) {
            self.id = id
            self.word = word
            self.at = at
            self.phone = phone
            self.error = error
            self.category = category
        }

        var json: String {
            var text = #"{"id":"\#(id)","status":"\#(word)","timestamp":"\#(at)","recipient_id":"\#(phone)""#
            if let category {
                text +=
                    #","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"\#(category)"}"#
            }
            if let error { text += #","errors":[{"code":\#(error),"title":"Failed"}]"# }
            return text + "}"
        }
    }

    /// One body with these statuses, of one number of one account.
    package static func statuses(
        _ statuses: [Status], account: String = "waba-1", phoneNumber: String = "pn-1"
    ) -> [UInt8] {
        let list = statuses.map(\.json).joined(separator: ",")
        return body([entry(account: account, value(phoneNumber: phoneNumber, #""statuses":[\#(list)]"#))])
    }

    package static func status(_ id: String, _ word: String, at: Int64, error: Int? = nil) -> [UInt8] {
        statuses([Status(id, word, at: at, error: error)])
    }

    /// A text of a customer, named by phone number, business-scoped id, or both.
    package static func text(
        _ id: String, at: Int64, phone: String? = nil, userID: String? = nil, phoneNumber: String = "pn-1"
    ) -> [UInt8] {
        var message = #"{"id":"\#(id)","timestamp":"\#(at)","type":"text","text":{"body":"x"}"#
        var contact = #"{"profile":{"name":"x"}"#
        if let phone {
            message += #","from":"\#(phone)""#
            contact += #","wa_id":"\#(phone)""#
        }
        if let userID {
            message += #","from_user_id":"\#(userID)""#
            contact += #","user_id":"\#(userID)""#
        }
        return body([
            entry(
                account: "waba-1",
                value(phoneNumber: phoneNumber, #""contacts":[\#(contact)}],"messages":[\#(message)}]"#))
        ])
    }

    package static func body(_ entries: [String]) -> [UInt8] {
        Array(#"{"object":"whatsapp_business_account","entry":[\#(entries.joined(separator: ","))]}"#.utf8)
    }

    package static func entry(account: String, _ value: String, field: String = "messages") -> String {
        #"{"id":"\#(account)","changes":[{"value":\#(value),"field":"\#(field)"}]}"#
    }

    package static func value(phoneNumber: String, _ members: String) -> String {
        #"{"messaging_product":"whatsapp","metadata":{"display_phone_number":"62811","phone_number_id":"\#(phoneNumber)"},"#
            + members + "}"
    }
}
