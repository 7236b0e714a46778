import Domain

enum StatusWord: Sendable {
    case sent, delivered, read, played, failed

    var text: StaticString {
        switch self {
        case .sent: "sent"
        case .delivered: "delivered"
        case .read: "read"
        case .played: "played"
        case .failed: "failed"
        }
    }
}

/// Meta's JSON, item by item, as apps subscribed to v24.0 and later get it in 2026: timestamps are strings in
/// statuses and messages and numbers elsewhere, `conversation` comes in free entry point windows only, `contacts` on
/// all but failures.
enum WireFormat {
    static let unknown = Bytes(#"{"event":"STATUS_CHANGE","business_status":{"state":"OK","since":1790000000}}"#.utf8)

    static func status(
        _ message: Outbound, person: Person, template: String?, word: StatusWord, at: Int64, price: Price?,
        errorCode: Int?, hasUnknownKey: Bool
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(640)
        bytes.add(#"{"id":""#)
        bytes.add(raw: message.id)
        bytes.add(#"","status":""#)
        bytes.add(word.text)
        bytes.add(#"","timestamp":""#)
        bytes.add(at)
        bytes.add("\"")
        if let phone = person.phoneIfVisible {
            bytes.add(#","recipient_id":""#)
            bytes.add(raw: phone)
            bytes.add("\"")
        }
        // A failure names the recipient only as the send did.
        if let userID = person.userIDIfVisible, word != .failed || person.phoneIfVisible == nil {
            bytes.add(#","recipient_user_id":""#)
            bytes.add(raw: userID)
            bytes.add("\"")
        }
        if hasUnknownKey { bytes.add(#","recipient_logical_id":{"kind":"lid","value":"77120043"}"#) }
        if message.isTagged { addTags(message, template: template, to: &bytes) }
        if let price, price.conversation != nil { addConversation(price, word: word, to: &bytes) }
        if let price { addPricing(price, to: &bytes) }
        if word == .failed, let errorCode { addError(errorCode, to: &bytes) }
        bytes.add("}")
        return bytes
    }

    /// `biz_opaque_callback_data` is a string: the tags' JSON, escaped once more.
    private static func addTags(_ message: Outbound, template: String?, to bytes: inout Bytes) {
        bytes.add(##","biz_opaque_callback_data":"{\"uc\":\""##)
        bytes.add(raw: message.useCase)
        bytes.add(##"\",\"by\":\""##)
        bytes.add(raw: message.sender.rawValue)
        for (key, value) in [("t", template), ("c", message.campaign), ("v", message.variant), ("a", message.agent)] {
            guard let value else { continue }
            bytes.add(##"\",\""##)
            bytes.add(raw: key)
            bytes.add(##"\":\""##)
            bytes.add(raw: value)
        }
        bytes.add(##"\"}""##)
    }

    private static func addConversation(_ price: Price, word: StatusWord, to bytes: inout Bytes) {
        bytes.add(#","conversation":{"id":""#)
        bytes.add(raw: price.conversation ?? "")
        if case .sent = word {
            bytes.add(#"","expiration_timestamp":""#)
            bytes.add(price.conversationExpiresAt)
        }
        bytes.add(#"","origin":{"type":"referral_conversion"}}"#)
    }

    private static func addPricing(_ price: Price, to bytes: inout Bytes) {
        bytes.add(#","pricing":{"billable":"#)
        if price.isBillable { bytes.add("true") } else { bytes.add("false") }
        bytes.add(#","pricing_model":"PMP","type":""#)
        bytes.add(raw: price.type)
        bytes.add(#"","category":""#)
        bytes.add(raw: price.category)
        bytes.add(#""}"#)
    }

    private static func addError(_ code: Int, to bytes: inout Bytes) {
        bytes.add(#","errors":[{"code":"#)
        bytes.add(Int64(code))
        let title = title(of: code)
        bytes.add(#","title":""#)
        bytes.add(title)
        bytes.add(#"","message":""#)
        bytes.add(title)
        bytes.add(#"","error_data":{"details":""#)
        bytes.add(title)
        bytes.add(
            #"."},"href":"https:\/\/developers.facebook.com\/docs\/whatsapp\/cloud-api\/support\/error-codes\/"}]"#)
    }

    static func title(of code: Int) -> StaticString {
        switch code {
        case 131_026: "Message undeliverable"
        case 131_049: "This message was not delivered to maintain healthy ecosystem engagement"
        case 131_050: "User has stopped marketing messages from this business"
        case 130_472: "User's number is part of an experiment"
        case 131_047: "Re-engagement message"
        case 131_042: "Business eligibility payment issue"
        case 131_053: "Media upload error"
        case 131_056: "Pair rate limit hit"
        case 130_429: "Rate limit hit"
        case 132_000: "Number of parameters does not match the expected number of params"
        case 132_015: "Template is paused"
        case 100: "Invalid parameter"
        default: "Something went wrong"
        }
    }

    /// One entry of `contacts[]`. Statuses tell ids; messages tell the profile name too.
    static func contact(_ person: Person, withName: Bool) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(120)
        bytes.add("{")
        if withName {
            bytes.add(#""profile":{"name":"#)
            bytes.add(quoted: person.name)
            bytes.add("},")
        }
        addIdentity(person, phone: #""wa_id":""#, userID: #""user_id":""#, to: &bytes)
        bytes.add("}")
        return bytes
    }

    /// What is visible of a person, under the keys given.
    static func addIdentity(_ person: Person, phone: StaticString, userID: StaticString, to bytes: inout Bytes) {
        if let digits = person.phoneIfVisible {
            bytes.add(phone)
            bytes.add(raw: digits)
            bytes.add("\"")
            if person.userIDIfVisible != nil { bytes.add(",") }
        }
        if let id = person.userIDIfVisible {
            bytes.add(userID)
            bytes.add(raw: id)
            bytes.add("\"")
        }
    }

    /// Ten and a half characters of the URL-safe alphabet would hold 64 bits; eleven are written.
    static func addBase64(_ value: UInt64, to bytes: inout Bytes) {
        var rest = value
        for _ in 0..<11 {
            bytes.append(alphabet[Int(rest & 63)])
            rest >>= 6
        }
    }

    private static let alphabet = Bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
