import Domain

/// The business and its people at a moment, and what they are about to do.
struct World: Sendable {
    /// One thing that somebody does at a planned time. Everything that Meta would report follows from these.
    enum Action: Sendable {
        case sendTemplate(person: Int, template: Int, campaign: String?, variant: String?)
        case openConversation(person: Int, isFromAd: Bool)
        case write(person: Int, Words)
        case botReply(person: Int, after: Int64)
        case humanReply(person: Int, rounds: Int)
        case preference(person: Int, wish: StaticString)
        case changeNumber(person: Int)
        case changeUserID(person: Int)
        case revealPhone(person: Int)
        case mark(AccountMark)
        case linkClick(line: Int)
        case unknownField(line: Int)
    }

    /// What a customer sends.
    struct Words: Sendable {
        enum Kind: Sendable { case text, image, audio, location, button, interactive, reaction, flow, order }
        struct Item: Sendable {
            var product: Int
            var quantity: Int
            /// Whole rupiah for one.
            var price: Int64
        }
        var kind = Kind.text
        var quotes: String?
        var isFromAd = false
        /// Somebody at the shop takes it up.
        var wantsAnswer = false
        var flowToken: String?
        var basket: [Item] = []
    }

    let scenario: Scenario
    var people: [Person]
    var agenda = Heap<Action>()
    /// Looks on only where the scenario has a desk.
    var desk: Desk
    /// Nil where the scenario has no outcomes.
    var trade: Trade?
    var transport: Transport
    var truth: Truth
    /// Whom an ad brought that promised something else.
    var onlyLooking: Set<Int> = []
    let recordsTruth: Bool
    /// Index of the number on which people also answer in the phone.
    let appLine: Int?
    /// Free-form messages of the calendar month, by line: the first thousand are free. With outcomes those that were
    /// delivered outside free entry points, as Meta counts; without all that were sent.
    var serviceSends: [Int]
    private var serviceMonth = 0
    private var actionCount: UInt64 = 0
    private var messageCount: UInt64 = 0
    private var plannedDays = 0

    /// Actions are played and deliveries drained in steps of this many seconds; it divides a day.
    static let stepSeconds: Int64 = 900

    init(scenario: Scenario, recordsTruth: Bool) {
        self.scenario = scenario
        self.recordsTruth = recordsTruth
        people = (0..<scenario.people).map { Person(index: $0, seed: scenario.seed, lines: scenario.lines) }
        desk = Desk(seed: scenario.seed)
        trade = Trade(scenario: scenario)
        appLine = scenario.appLine.flatMap { line in scenario.lines.firstIndex { $0.phoneNumber == line } }
        transport = Transport(scenario: scenario)
        truth = Truth(scenario: scenario)
        serviceSends = Array(repeating: 0, count: scenario.lines.count)
    }

    /// Plays the next quarter of an hour and hands over what arrived in it, in order.
    mutating func step(_ index: Int64) -> [SimulatedDelivery] {
        let from = scenario.start.seconds + index * Self.stepSeconds
        let end = from + Self.stepSeconds
        if index % (WallClock.secondsPerDay / Self.stepSeconds) == 0 {
            plan(day: plannedDays)
            plannedDays += 1
        }
        while true {
            // What is said comes first, what the desk does about it in the same second after it.
            let tradeTime = min(end, trade?.nextTime ?? end)
            let deskTime = min(end, desk.nextTime ?? end)
            if let (time, action) = agenda.popFirst(before: min(end, min(deskTime, tradeTime) + 1)) {
                actionCount &+= 1
                var chance = Chance(seed: scenario.seed, stream: 0x0041_4354_0000_0000 &+ actionCount)
                perform(action, at: time, chance: &chance)
            } else if let (time, task) = desk.nextTask(before: min(end, tradeTime + 1)) {
                perform(task, at: time)
            } else if let (time, step) = trade?.nextStep(before: end) {
                perform(step, at: time)
            } else {
                break
            }
        }
        let deliveries = transport.drain(before: end, truth: &truth)
        guard let others = trade?.traffic.drain(before: end, truth: &truth) else { return deliveries }
        return deliveries.merged(with: others)
    }

    private mutating func perform(_ action: Action, at time: Int64, chance: inout Chance) {
        switch action {
        case .sendTemplate(let person, let template, let campaign, let variant):
            sendTemplate(template, to: person, campaign: campaign, variant: variant, at: time, chance: &chance)
        case .openConversation(let person, let isFromAd):
            openConversation(person, isFromAd: isFromAd, at: time, chance: &chance)
        case .write(let person, let words):
            write(words, from: person, at: time, chance: &chance)
        case .botReply(let person, let after):
            botReply(to: person, after: after, at: time, chance: &chance)
        case .humanReply(let person, let rounds):
            humanReply(to: person, rounds: rounds, at: time, chance: &chance)
        case .preference(let person, let wish):
            changePreference(of: person, wish: wish, at: time, chance: &chance)
        case .changeNumber(let person):
            changeNumber(of: person, at: time, chance: &chance)
        case .changeUserID(let person):
            changeUserID(of: person, at: time, chance: &chance)
        case .revealPhone(let person):
            if people[person].visibility == .userIDOnly { people[person].visibility = .both }
        case .mark(let mark):
            transport.post(mark.update(scenario: scenario, at: time), at: time, chance: &chance)
        case .linkClick(let line):
            let update = Update(line: line, section: .linkClick, item: WireFormat.linkClick(at: time, chance: &chance))
            transport.post(update, at: time, chance: &chance)
        case .unknownField(let line):
            let update = Update(
                line: line, section: .field("business_status_update", time: time), item: WireFormat.unknown)
            transport.post(update, at: time, chance: &chance)
        }
    }

    /// A moment of the person's thread that nothing else has: the earliest from `time` on.
    mutating func moment(of person: Int, from time: Int64) -> Int64 {
        let moment = people[person].lastMoment >= time ? people[person].lastMoment + 1 : time
        people[person].lastMoment = moment
        return moment
    }

    /// An opaque id that no other message has: the first 64 bits are a permutation of the message's number.
    mutating func nextMessageID(chance: inout Chance) -> String {
        messageCount &+= 1
        return messageID(messageCount, chance: &chance)
    }

    func messageID(_ number: UInt64, chance: inout Chance) -> String {
        var bytes: Bytes = []
        bytes.reserveCapacity(60)
        bytes.add("wamid.HBgN")
        WireFormat.addBase64(Chance.mix(scenario.seed ^ number &* 0x9E37_79B9_7F4A_7C15), to: &bytes)
        for _ in 0..<2 { WireFormat.addBase64(chance.next(), to: &bytes) }
        bytes.add("AA==")
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func countServiceSend(line: Int, at second: Int64) {
        beginServiceMonth(at: second)
        serviceSends[line] += 1
    }

    mutating func beginServiceMonth(at second: Int64) {
        let month = WallClock(seconds: second).monthIndex
        if month != serviceMonth {
            serviceMonth = month
            serviceSends = Array(repeating: 0, count: scenario.lines.count)
        }
    }
}
