/// Somebody who shops here. A person stays with one number of the business, so person and thread are one.
struct Person: Sendable {
    /// What the business is told about who this is.
    enum Visibility: UInt8, Sendable {
        /// An old-style payload: phone number, no user id.
        case phoneOnly
        case both
        /// Hidden number: only the business-scoped user id.
        case userIDOnly
    }
    enum Reach: UInt8, Sendable {
        case active
        /// Phone often off: deliveries take hours or days.
        case seldomOnline
        /// Gone without a word: accepted, sent, never delivered.
        case silent
        /// Not on WhatsApp: 131026.
        case notOnWhatsApp
    }

    var country: String
    var phone: String
    var userID: String
    var visibility: Visibility
    var reach: Reach
    var sendsReceipts: Bool
    var isEnglish: Bool
    /// Meta keeps the person out of marketing for an experiment: 130472.
    var isHoldout: Bool
    var name: String
    /// Index in the scenario's lines.
    var line: Int

    // What changes while the business runs; seconds since the epoch, `Int64.min` = never.
    var stoppedMarketingAt = Int64.min
    /// The business keeps a stale list and goes on sending after the stop.
    var isOnStaleList = false
    var lastInboundAt = Int64.min
    var freeEntryUntil = Int64.min
    var freeEntryNumber = 0
    /// Came from an ad and has not been answered yet.
    var awaitsFreeEntry = false
    var lastMarketingAt = Int64.min
    /// The latest moment of the thread that is taken: no two things of one thread share a second.
    var lastMoment = Int64.min
    /// Conversation in progress; a new one does not begin inside it.
    var busyUntil = Int64.min

    var phoneIfVisible: String? { visibility == .userIDOnly ? nil : phone }
    var userIDIfVisible: String? { visibility == .phoneOnly ? nil : userID }

    private static let markets: [(country: String, prefix: String, digits: Int)] = [
        ("ID", "628", 10), ("MY", "601", 8), ("SG", "658", 7), ("TH", "668", 8), ("PH", "639", 9), ("AU", "614", 8),
    ]
    private static let marketShares = [0.79, 0.12, 0.05, 0.015, 0.015, 0.01]
    private static let names = [
        "Sari", "Budi", "Dewi", "Agus", "Rina", "Putri", "Andi", "Wahyu", "Nur Aini", "Fitri", "Joko", "Siti", "Rizky",
        "Ayu \u{1F338}", "Hendra", "Lestari", "Made", "Ketut", "Yohanes", "Mega", "Tiara ✨", "Bagus", "Zahra", "Farhan",
    ]

    init(index: Int, seed: UInt64, lines: [BusinessLine]) {
        var chance = Chance(seed: seed, stream: 0x0050_4552_0000_0000 &+ UInt64(index))
        let market = Self.markets[chance.weighted(Self.marketShares)]
        country = market.country
        phone = Self.phone(prefix: market.prefix, digits: market.digits, index: index, chance: &chance)
        userID = Self.userID(country: country, chance: &chance)
        visibility = [.phoneOnly, .both, .userIDOnly][chance.weighted([0.25, 0.65, 0.10])]
        reach = [.active, .seldomOnline, .silent, .notOnWhatsApp][chance.weighted([0.86, 0.08, 0.035, 0.025])]
        sendsReceipts = chance.happens(0.74)
        isEnglish = country == "ID" ? chance.happens(0.06) : chance.happens(0.8)
        isHoldout = chance.happens(0.01)
        name = chance.pick(Self.names, or: "Sari")
        line = chance.weighted(lines.map(\.share))
    }

    /// The index is part of the number, so that no two people share one. The first local digit is 1 to 8: numbers
    /// with a 9 there are kept for those who change theirs.
    private static func phone(prefix: String, digits: Int, index: Int, chance: inout Chance) -> String {
        var space: UInt64 = 1
        for _ in 1..<min(digits, 17) { space *= 10 }
        // A product with a number that is a multiple of neither 2 nor 5 permutes the residues of a power of ten.
        let local = (UInt64(truncatingIfNeeded: index) &* 7_654_321 &+ 1_234_567) % space
        return prefix + String(chance.whole(1...8)) + padded(local, to: digits - 1)
    }

    private static func padded(_ number: UInt64, to digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    static func userID(country: String, chance: inout Chance) -> String {
        var text = country + "."
        var bits = chance.next()
        for position in 0..<18 {
            if position == 9 { bits = chance.next() }
            let value = Int(bits % 36)
            bits /= 36
            text.unicodeScalars.append(Unicode.Scalar(UInt8(value < 10 ? 48 + value : 55 + value)))
        }
        return text
    }

    /// A new SIM: another number, and with it another user id.
    mutating func changeNumber(chance: inout Chance) {
        phone = String(phone.prefix(3)) + "9" + String(phone.dropFirst(4))
        userID = Self.userID(country: country, chance: &chance)
    }
}
