import Domain

/// What people do with what they were told, outside the talk: they open links, pay, book, order.
///
/// Its random numbers are its own. It exists only where the scenario has outcomes.
struct Trade: Sendable {
    /// Something that is going to happen at a planned time.
    enum Step: Sendable {
        case open(Link, isRobot: Bool)
        case buy(Intent)
        case book(Intent)
        case completeFlow(Intent)
        case orderFromCatalogue(Intent)
        /// The list held the recipient twice.
        case sendAgain(person: Int, template: Int, campaign: String, variant: String?)
    }

    /// A link as one recipient got it.
    struct Link: Sendable {
        var code: String
        var person: Int
        var message: String
        var campaign: String?
        /// One for the whole campaign: the address says whose opening it is.
        var isShared: Bool
    }

    /// Why somebody is about to do something.
    struct Intent: Sendable {
        /// Nil for somebody whom the channel does not know.
        var person: Int?
        var cause: String?
        var campaign: String?
        var link: String?
        /// Whole rupiah, when an order says so.
        var amount: Int64?
        /// Nothing is known of the message yet when this is told, by the message's id.
        var namesMessage = false
    }

    let rates: OutcomeRates
    private let seed: UInt64
    /// For plans and for how tellings travel.
    var chance: Chance
    private var agenda = Heap<Step>()
    private var draws: UInt64 = 0
    private var counts: [String: Int64] = [:]
    /// Whose talk with the shop began with an answer to a campaign, and until when that explains what comes of it.
    var talkedInto: [Int: (campaign: String, until: Int64)] = [:]
    /// When the links of a campaign were made last: one of several days has new ones on each.
    var linksMadeAt: [String: Int64] = [:]
    var traffic: TradeTraffic

    init?(scenario: Scenario) {
        guard let rates = scenario.outcomes else { return nil }
        self.rates = rates
        seed = scenario.seed
        chance = Chance(seed: seed, stream: 0x5452_4144_4500_0000)
        traffic = TradeTraffic(seed: seed)
    }

    var nextTime: Int64? { agenda.nextTime }

    mutating func nextStep(before end: Int64) -> (time: Int64, element: Step)? { agenda.popFirst(before: end) }

    mutating func plan(_ step: Step, at second: Int64) { agenda.add(step, at: second) }

    /// A stream for one thing that happens.
    mutating func nextChance() -> Chance {
        draws &+= 1
        return Chance(seed: seed, stream: 0x5452_4144_0000_0000 &+ draws)
    }

    /// 1, 2, 3, … for each kind of name.
    mutating func next(_ kind: String) -> Int64 {
        counts[kind, default: 0] += 1
        return counts[kind, default: 0]
    }

    // MARK: What is settled without chance, so that it is the same whenever it is asked

    private func hash(_ purpose: UInt64, _ text: String, _ number: Int) -> UInt64 {
        var hash = Chance.mix(seed ^ purpose)
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Chance.mix(hash &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15)
    }

    private func isChosen(_ share: Double, _ hash: UInt64) -> Bool { Double(hash >> 11) * 0x1p-53 < share }

    /// Gets everything, never reads or answers.
    func isDormant(_ person: Int) -> Bool { isChosen(rates.dormant, hash(1, "", person)) }

    /// In the control group of the campaign.
    func holdsOut(_ person: Int, from campaign: String) -> Bool {
        isChosen(rates.heldOutShare, hash(2, campaign, person))
    }

    /// Weekly campaigns have a link for each recipient, the others one for all.
    func isShared(_ campaign: String) -> Bool { hash(3, campaign, 0) % 3 == 0 }

    /// What `flow_token` of a flow that makes a lead begins with.
    static let leadToken = "lead-"
    /// Source of outcomes that customers' own messages are.
    static let chatSource = "whatsapp"

    /// Code of a campaign's link for a person, of those that were made last.
    func linkCode(_ campaign: String, person: Int) -> String {
        let batch = UInt64(bitPattern: linksMadeAt[campaign] ?? 0)
        return Self.code(hash(4 ^ batch, campaign, isShared(campaign) ? -1 : person))
    }

    /// Ten letters and digits that are hard to mistake for one another, as codes of links are.
    static func code(_ bits: UInt64) -> String {
        let alphabet = Bytes("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz".utf8)
        var rest = bits
        var bytes: Bytes = []
        for _ in 0..<10 {
            bytes.append(alphabet[Int(rest % UInt64(alphabet.count))])
            rest /= UInt64(alphabet.count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
