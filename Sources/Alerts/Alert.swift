import Crypto
import Domain

/// How soon somebody should look.
package enum AlertSeverity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case note, warning, urgent

    package var name: Text {
        switch self {
        case .note: Text(id: "Catatan", en: "Note")
        case .warning: Text(id: "Peringatan", en: "Warning")
        case .urgent: Text(id: "Mendesak", en: "Urgent")
        }
    }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .urgent: 2
        }
    }
    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// What an alert is about: the business, the account at Meta, or the data that the numbers are made of.
package enum AlertFamily: String, Hashable, Sendable, Codable, CaseIterable {
    case business, account, data
}

/// One finding as it may be sent: words and links, no numbers left to compute.
package struct Alert: Hashable, Sendable, Codable {
    /// What it is the same as from one tick to the next: the finding's id.
    package var key: String
    /// Id of the finding's kind: `delivery_down`, `number_paused`, `data_late`.
    package var kind: String
    package var family: AlertFamily
    package var severity: AlertSeverity
    package var title: Text
    /// Evidence, cause and impact, a sentence each.
    package var lines: [Text]
    /// What to do next.
    package var action: Text?
    /// Where it is told in full: an absolute URL.
    package var link: String
    @Stamp package var at: Instant
    package var isResolved: Bool
    /// Somebody has taken it in hand: nobody need be reminded.
    package var isAcknowledged: Bool
    /// It is muted where it is shown, until then: Unix seconds.
    package var mutedUntil: Int64?
    /// Dimension values by name of the dimension: `phone_number`, `template`, `country`.
    package var segment: [String: String]
    /// Where its data come from; what `data_late` of the same source holds back. Nil: all sources together.
    package var source: String?
    /// Alerts of one group go out together.
    package var group: String

    package init(
        key: String, kind: String, family: AlertFamily = .business, severity: AlertSeverity, title: Text,
        lines: [Text] = [], action: Text? = nil, link: String, at: Instant, isResolved: Bool = false,
        isAcknowledged: Bool = false, segment: [String: String] = [:], source: String? = nil, group: String? = nil
    ) {
        self.key = key
        self.kind = kind
        self.family = family
        self.severity = severity
        self.title = title
        self.lines = lines
        self.action = action
        self.link = link
        self.at = at
        self.isResolved = isResolved
        self.isAcknowledged = isAcknowledged
        self.segment = segment
        self.source = source
        self.group = group ?? kind
    }

    /// The key as buttons and links carry it: short, and of letters that need no escaping.
    package var reference: String { Self.reference(of: key) }

    /// The same for all alerts of its group.
    package var groupReference: String { Self.reference(of: "group:\(group)") }

    package static func reference(of key: String) -> String {
        let isPlain = !key.isEmpty && key.utf8.count <= 48 && !key.hasPrefix("~") && isReference(key)
        return isPlain ? key : "~" + Hexadecimal.text(Array(SHA256.hash(data: Array(key.utf8))).prefix(10))
    }

    static func isReference(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    /// The gravest first, then the oldest; never by the order in which they came.
    static func comesBefore(_ a: Alert, _ b: Alert) -> Bool {
        if a.isResolved != b.isResolved { return b.isResolved }
        if a.severity != b.severity { return a.severity > b.severity }
        return (a.at, a.key) < (b.at, b.key)
    }
}

/// An instant that is stored as whole microseconds.
@propertyWrapper
package struct Stamp: Hashable, Sendable, Codable {
    package var wrappedValue: Instant
    package init(wrappedValue: Instant) { self.wrappedValue = wrappedValue }
    package init(from decoder: any Decoder) throws {
        wrappedValue = Instant(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.microseconds)
    }
}
