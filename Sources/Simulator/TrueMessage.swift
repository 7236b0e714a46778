import Domain

/// One message as a perfect observer of the deliveries would describe it at an instant.
package struct TrueMessage: Hashable, Sendable {
    /// The wamid; of a rejected send the caller's own id.
    package var id: MessageID
    package var account: AccountID
    package var phoneNumber: PhoneNumberID
    /// Number of the person in the scenario; the same before and after a change of number or id.
    package var person: Int
    /// As the send log or the tags say; nil when the business said nothing.
    package var template: String?
    /// Only the send log tells it.
    package var templateLanguage: String?
    /// By the contract's rule; nil when nothing is known that would decide it.
    package var useCase: String?
    package var campaign: String?
    package var variant: String?
    /// As priced by Meta, else as declared in the send log.
    package var category: String?
    /// ISO 3166-1 alpha-2.
    package var country: String
    package var senderKind: SenderKind
    package var agent: String?
    /// Only the send log and the desk tell it.
    package var team: String?
    /// Send time where logged, else the earliest status.
    package var cohortAt: Instant

    package var isRejected: Bool
    package var isAccepted: Bool
    package var isDelivered: Bool
    package var isRead: Bool
    package var isFailed: Bool
    package var isExpired: Bool
    package var isPending: Bool
    package var isReplied: Bool
    /// Delivered, and the person stopped marketing in the same thread within 72 hours of the send.
    package var isOptedOut: Bool
    /// Of the rejection or the latest failure, also when a delivery followed.
    package var errorCode: Int?
    /// Send to the earliest of delivered, read, played; microseconds.
    package var deliverDelay: Int64?
    /// `delivered` to the earliest of read, played; microseconds.
    package var readDelay: Int64?
}

/// Sums over messages.
package struct TrueTotals: Hashable, Sendable {
    package var attempted = 0
    package var rejected = 0
    package var accepted = 0
    package var delivered = 0
    package var read = 0
    package var failed = 0
    package var pending = 0
    package var expired = 0
    package var replied = 0
    package var optedOut = 0
    /// Microseconds, in no particular order.
    package var deliverDelays: [Int64] = []
    package var readDelays: [Int64] = []

    package init() {}

    mutating func add(_ message: TrueMessage) {
        attempted += 1
        rejected += message.isRejected ? 1 : 0
        accepted += message.isAccepted ? 1 : 0
        delivered += message.isDelivered ? 1 : 0
        read += message.isRead ? 1 : 0
        failed += message.isFailed ? 1 : 0
        pending += message.isPending ? 1 : 0
        expired += message.isExpired ? 1 : 0
        replied += message.isReplied ? 1 : 0
        optedOut += message.isOptedOut ? 1 : 0
        if let delay = message.deliverDelay { deliverDelays.append(delay) }
        if let delay = message.readDelay { readDelays.append(delay) }
    }
}

extension Truth {
    /// Every message that some delivery received at or before `instant` tells of. Linear but for one sort.
    package func messages(asOf instant: Instant) -> [TrueMessage] {
        let known = instant.microseconds
        var result: [TrueMessage] = []
        var threads: [Thread: [Moment]] = [:]
        for story in stories {
            guard let message = describe(story, asOf: known) else {
                guard story.deskKnownAt <= known else { continue }
                let thread = Thread(person: story.outbound.person, line: story.outbound.line)
                threads[thread, default: []].append(Moment(at: story.outbound.at * 1_000_000, what: .elsewhere))
                continue
            }
            if message.isAccepted {
                let thread = Thread(person: story.outbound.person, line: story.outbound.line)
                threads[thread, default: []].append(
                    Moment(at: message.cohortAt.microseconds, what: .outbound(result.count)))
            }
            result.append(message)
        }
        for word in words where min(word.knownAt, word.deskKnownAt) <= known && word.isContent {
            // A desk tells no quotes.
            let quotes = word.knownAt <= known ? word.quotes : nil
            let moment = Moment(at: word.at * 1_000_000, what: .inbound(quotes: quotes))
            threads[Thread(person: word.person, line: word.line), default: []].append(moment)
        }
        // What was typed in the phone, or what only the desk has told of so far, is no message of the API, but it ends
        // the time for an answer to one.
        for echo in echoes where echo.knownAt <= known {
            let moment = Moment(at: echo.at * 1_000_000, what: .elsewhere)
            threads[Thread(person: echo.person, line: echo.line), default: []].append(moment)
        }
        var wishes: [Thread: [Int64]] = [:]
        for stop in stops where stop.knownAt <= known {
            wishes[Thread(person: stop.person, line: stop.line), default: []].append(stop.at * 1_000_000)
        }
        for story in stories where story.failureCode == 131_050 {
            guard let at = story.failed.at(asOf: known) else { continue }
            wishes[Thread(person: story.outbound.person, line: story.outbound.line), default: []].append(at * 1_000_000)
        }
        for (thread, moments) in threads {
            Self.settle(moments.sorted { $0.at < $1.at }, wishes: wishes[thread] ?? [], in: &result)
        }
        return result
    }

    /// Sums over the messages that the predicate chooses.
    package func totals(asOf instant: Instant, where isIncluded: (TrueMessage) -> Bool = { _ in true }) -> TrueTotals {
        var totals = TrueTotals()
        for message in messages(asOf: instant) where isIncluded(message) { totals.add(message) }
        return totals
    }

    /// Sums for each value of a key, e.g. local day and template.
    package func totals<Key: Hashable>(asOf instant: Instant, by key: (TrueMessage) -> Key) -> [Key: TrueTotals] {
        var totals: [Key: TrueTotals] = [:]
        for message in messages(asOf: instant) { totals[key(message), default: TrueTotals()].add(message) }
        return totals
    }

    /// The day of the scenario (0 is the first; WIB) on which a message counts.
    package func day(of message: TrueMessage) -> Int {
        Int(
            message.cohortAt.microseconds(since: scenario.start).flooredDivision(
                by: WallClock.secondsPerDay * 1_000_000))
    }

    struct Thread: Hashable {
        var person: Int
        var line: Int
    }

    private struct Moment {
        enum What {
            case outbound(Int)
            case inbound(quotes: String?)
            case elsewhere
        }
        var at: Int64
        var what: What
    }

    private static func settle(_ moments: [Moment], wishes: [Int64], in result: inout [TrueMessage]) {
        let day: Int64 = 86_400 * 1_000_000
        var byID: [String: Int] = [:]
        var latest: Int?
        for moment in moments {
            switch moment.what {
            case .outbound(let index):
                byID[result[index].id.value] = index
                latest = index
                let isStopped = wishes.contains { $0 >= moment.at && $0 <= moment.at + 3 * day }
                result[index].isOptedOut = result[index].isDelivered && isStopped
            case .inbound(let quotes):
                if let quotes, let index = byID[quotes] { result[index].isReplied = result[index].isDelivered }
                if let index = latest, moment.at - result[index].cohortAt.microseconds <= day {
                    result[index].isReplied = result[index].isDelivered
                }
                // Only the first word after an outbound message is its answer.
                latest = nil
            case .elsewhere: latest = nil
            }
        }
    }

    func describe(_ story: Story, asOf known: Int64) -> TrueMessage? {
        let outbound = story.outbound
        let ticks = [story.sent, story.delivered, story.read, story.played, story.failed]
        let times = ticks.compactMap { $0.at(asOf: known) }
        let hasLog = story.logKnownAt <= known
        let hasTags = outbound.isTagged && !times.isEmpty
        guard hasLog || !times.isEmpty else { return nil }
        let cohort = hasLog ? outbound.at : (times.min() ?? outbound.at)
        let line = scenario.lines[outbound.line]

        let sentOrBetter = [story.sent, story.delivered, story.read].contains {
            $0.carriesPricing && $0.knownAt <= known
        }
        let template = outbound.template.map { scenario.templates[$0] }
        let declared = hasLog ? template?.category.rawValue : nil
        let category = sentOrBetter ? story.pricedCategory : declared
        let isSaid = hasLog || hasTags
        let isToldByDesk = story.deskKnownAt <= known

        let delivered = story.delivered.at(asOf: known)
        let seen = [story.read, story.played].compactMap { $0.at(asOf: known) }.min()
        let reached = [delivered, seen].compactMap { $0 }.min()
        let latestReached = [story.delivered, story.read, story.played].compactMap { $0.at(asOf: known) }.max()
        let failedAt = story.failed.at(asOf: known)
        let isFailed = failedAt.map { failed in latestReached.map { $0 < failed } ?? true } ?? false
        let isOpen = !story.isRejected && reached == nil && !isFailed
        let timeToLive: Int64 = category == "authentication" ? 600 : 30 * 86_400
        let isOver = cohort + timeToLive <= known.flooredDivision(by: 1_000_000)
        let readDelay = delivered.flatMap { delivered in seen.map { ($0 - delivered) * 1_000_000 } }

        return TrueMessage(
            id: MessageID(story.isRejected ? outbound.ownID : outbound.id), account: line.account,
            phoneNumber: line.phoneNumber, person: outbound.person,
            template: isSaid ? template?.name : nil, templateLanguage: hasLog ? outbound.language : nil,
            useCase: useCase(outbound, hasLog: hasLog, hasTags: hasTags, category: category),
            campaign: isSaid ? outbound.campaign : nil, variant: isSaid ? outbound.variant : nil, category: category,
            country: story.country, senderKind: isSaid || isToldByDesk ? outbound.sender : .unknown,
            agent: isSaid || isToldByDesk ? outbound.agent : nil, team: hasLog || isToldByDesk ? outbound.team : nil,
            cohortAt: Instant(seconds: cohort), isRejected: story.isRejected, isAccepted: !story.isRejected,
            isDelivered: reached != nil, isRead: seen != nil, isFailed: isFailed, isExpired: isOpen && isOver,
            isPending: isOpen && !isOver, isReplied: false, isOptedOut: false,
            errorCode: story.rejectionCode ?? (failedAt == nil ? nil : story.failureCode),
            deliverDelay: reached.map { ($0 - cohort) * 1_000_000 }, readDelay: readDelay)
    }

    /// Declared where declared; else by the contract: a template of a campaign or of category marketing is a broadcast,
    /// another template a notification, a free-form message customer service.
    private func useCase(_ outbound: Outbound, hasLog: Bool, hasTags: Bool, category: String?) -> String? {
        if hasTags || (hasLog && outbound.logsUseCase) { return outbound.useCase }
        if hasLog {
            guard outbound.template != nil else { return "customer_service" }
            return outbound.campaign != nil || category == "marketing" ? "broadcast" : "notification"
        }
        switch category {
        case "marketing": return "broadcast"
        case "utility", "authentication": return "notification"
        case "service": return "customer_service"
        default: return nil
        }
    }
}
