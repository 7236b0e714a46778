import Crypto
import Domain

/// By what means a route tells. What is secret about it (signing key, webhook address, token) is kept apart; see
/// `AlertRoute.secretName`.
package enum AlertChannel: Hashable, Sendable {
    /// A signed POST to an address of the business's own.
    case webhook(url: String)
    /// Through the mail server of the workspace; each recipient gets a letter of its own.
    case email(to: [String])
    /// An incoming webhook; its address is the secret.
    case slack
    /// A bot's message to a person, group or channel: a number, or `@channel`.
    case telegram(chat: String)
    case whatsApp(WhatsAppChannel)

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case webhook, email, slack, telegram
        case whatsApp = "whatsapp"

        package var name: Text {
            switch self {
            case .webhook: Text(id: "Webhook", en: "Webhook")
            case .email: Text(id: "Email", en: "E-mail")
            case .slack: Text(id: "Kanal Slack", en: "Slack channel")
            case .telegram: Text(id: "Bot Telegram", en: "Telegram bot")
            case .whatsApp: Text(id: "Pesan WhatsApp", en: "WhatsApp message")
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .webhook: .webhook
        case .email: .email
        case .slack: .slack
        case .telegram: .telegram
        case .whatsApp: .whatsApp
        }
    }

    /// Everybody who gets a message of their own, as the outbox names them: never the address or number itself.
    package var recipients: [Recipient] {
        switch self {
        case .webhook, .slack, .telegram: [Recipient(id: "", address: "")]
        case .email(let to): Self.unique(to.map { MailAddress.parse($0)?.address.lowercased() ?? $0 })
        case .whatsApp(let channel): Self.unique(channel.to.map(WhatsAppChannel.digits))
        }
    }

    private static func unique(_ addresses: [String]) -> [Recipient] {
        var seen: Set<String> = []
        return addresses.filter { seen.insert($0).inserted }.map { address in
            let digest = Array(SHA256.hash(data: Array("recipient:\(address)".utf8)))
            return Recipient(id: Hexadecimal.text(digest.prefix(6)), address: address)
        }
    }

    package struct Recipient: Hashable, Sendable {
        package let id: String
        let address: String
    }
}

/// Messages through the Cloud API, by a utility template that the business registers once.
package struct WhatsAppChannel: Hashable, Sendable {
    /// The number that sends.
    package var phoneNumberID: String
    /// Who is told: numbers with country code.
    package var to: [String]
    package var template: String
    package var graphVersion: String

    package static let templateStandard = "pantau_alert"
    package static let graphVersionStandard = "v24.0"

    package init(
        phoneNumberID: String, to: [String], template: String = WhatsAppChannel.templateStandard,
        graphVersion: String = WhatsAppChannel.graphVersionStandard
    ) {
        self.phoneNumberID = phoneNumberID
        self.to = to
        self.template = template
        self.graphVersion = graphVersion
    }

    /// Whether a number, in digits with its country code, is one of those who are told.
    package func isRecipient(_ phone: String) -> Bool { to.contains { Self.digits($0) == Self.digits(phone) } }

    static func digits(_ number: String) -> String {
        String(decoding: number.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
    }
}
