import Domain
import WhatsApp

/// One `changes[]` item as Meta sends it. All numbers, names and ids are invented.
struct Fixture {
    var field: String
    var value: String
    /// `entry[].time`: told for account and template fields.
    var time: String?

    init(_ field: String, time: String? = nil, _ value: String) {
        self.field = field
        self.value = value
        self.time = time
    }

    /// The whole body, as one entry of the account 102290129340398.
    var body: String {
        let time = time.map { #""time":\#($0),"# } ?? ""
        return #"""
            {"object":"whatsapp_business_account","entry":[{"id":"102290129340398",\#(time)"changes":[
            {"field":"\#(field)","value":\#(value)}]}]}
            """#
    }

    var decoded: Decoded { decode(body) }
    var events: [Event] { decoded.events }
    /// The only event, if it is one.
    var event: Event? { events.count == 1 ? events[0] : nil }
}

let receivedAt = Instant(seconds: 1_763_899_999)
let account: AccountID = "102290129340398"
let line = Line(account: account, phoneNumber: "106540352242922", displayPhoneNumber: "6281100000000")
let metadata =
    #""messaging_product":"whatsapp","metadata":{"display_phone_number":"6281100000000","phone_number_id":"106540352242922"}"#
let contact = #""contacts":[{"profile":{"name":"Sari"},"wa_id":"6281234567890","user_id":"ID.9f31c0AA77"}]"#
let sari = Party(phone: "6281234567890", userID: "ID.9f31c0AA77")

func decode(_ body: String) -> Decoded { WebhookDecoder.decode(Array(body.utf8), receivedAt: receivedAt) }
func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

extension Fixture {
    /// A value of the field `messages` with one status.
    static func status(_ item: String, contacts: String? = nil) -> Fixture {
        Fixture("messages", "{\(metadata)\(contacts.map { "," + $0 } ?? ""),\"statuses\":[\(item)]}")
    }
    /// A value of the field `messages` with one inbound message from a known contact.
    static func inbound(_ item: String, contacts: String? = contact) -> Fixture {
        Fixture("messages", "{\(metadata)\(contacts.map { "," + $0 } ?? ""),\"messages\":[\(item)]}")
    }
    /// An inbound message of that type with the usual keys.
    static func message(type: String, _ rest: String) -> Fixture {
        inbound(
            #"{"from":"6281234567890","from_user_id":"ID.9f31c0AA77","id":"wamid.IN1","timestamp":"1763800500","type":"\#(type)",\#(rest)}"#
        )
    }
    var account: AccountEvent? {
        if case .account(let event) = event { event } else { nil }
    }
    var inboundMessage: InboundMessage? {
        if case .inbound(let message) = events.first { message } else { nil }
    }
    var messageStatus: MessageStatus? {
        if case .status(let status) = event { status } else { nil }
    }
}
