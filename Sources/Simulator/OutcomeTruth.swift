import Domain

/// Outcomes, clicks and what came before them, straight from the definitions.
extension Truth {
    /// Every outcome that the deliveries received at or before `instant` tell of, pending and failed ones included, in
    /// the order in which they were begun. Tickets that a desk closed are in `conversations(asOf:)`.
    package func outcomes(asOf instant: Instant) -> [TrueOutcome] {
        let known = instant.microseconds
        let wanted = Set(outcomeStories.compactMap(\.person))
        let touches = touches(of: wanted, asOf: known)
        return outcomeStories.compactMap { story in
            guard let (standing, second, givenBack) = story.standing(asOf: known) else { return nil }
            let at = Instant(seconds: second)
            let from = at.adding(seconds: -Self.touchDays * WallClock.secondsPerDay)
            // What the business sent must have been sent inside the window, and must have reached the person.
            let before = (story.person.flatMap { touches[$0] } ?? []).filter { touch in
                touch.at <= at && (touch.isOwn ? touch.sentAt ?? touch.at : touch.at) >= from
            }
            let net = story.value.map { value in
                Money(
                    micros: standing == .cancelled ? 0 : max(0, value.micros - givenBack), currency: value.currency)
            }
            let (ids, movedAt) = story.ids(asOf: known)
            return TrueOutcome(
                source: story.source, id: ids.last ?? story.id, formerIDs: ids.dropLast(),
                movedAt: movedAt.map { Instant(seconds: $0) }, kind: story.kind, standing: standing, at: at,
                knownAt: Instant(microseconds: story.tellings.map(\.knownAt).min() ?? known), value: story.value,
                net: net, person: story.person, toldBy: story.toldBy, cause: story.cause.map { MessageID($0) },
                causeCampaign: story.causeCampaign, link: story.link,
                touches: before)
        }
    }

    /// Openings of tracked links by people; what previews and scanners open is no click.
    package func clicks(asOf instant: Instant) -> [TrueClick] {
        openings.filter { !$0.isRobot && $0.knownAt <= instant.microseconds }.map { opening in
            TrueClick(
                id: opening.id, code: opening.code, person: opening.person, at: Instant(seconds: opening.at),
                message: MessageID(opening.message), campaign: opening.campaign)
        }
    }

    /// Openings by robots that the deliveries received at or before `instant` tell of.
    package func robotOpenings(asOf instant: Instant) -> Int {
        openings.count { $0.isRobot && $0.knownAt <= instant.microseconds }
    }

    static let touchDays: Int64 = 7

    /// What the deliveries tell of some people, by person, oldest first.
    private func touches(of people: Set<Int>, asOf known: Int64) -> [Int: [TrueTouch]] {
        var touches: [Int: [TrueTouch]] = [:]
        var moments: [Int: [Moment]] = [:]
        for story in stories where people.contains(story.outbound.person) && !story.isRejected {
            let person = story.outbound.person
            guard let message = describe(story, asOf: known) else {
                guard story.deskKnownAt <= known else { continue }
                let at = Instant(seconds: story.outbound.at)
                moments[person, default: []].append(Moment(at: at, what: .elsewhere))
                if story.outbound.sender == .human { touches[person, default: []].append(TrueTouch(.agentReply, at)) }
                continue
            }
            moments[person, default: []].append(Moment(at: message.cohortAt, what: .sent(message)))
            guard let delay = message.deliverDelay else { continue }
            let isAgent = message.senderKind == .human && story.outbound.template == nil
            var touch = TrueTouch(
                isAgent ? .agentReply : .message, Instant(microseconds: message.cohortAt.microseconds + delay),
                about: message)
            touch.sentAt = message.cohortAt
            touches[person, default: []].append(touch)
        }
        for echo in echoes where echo.knownAt <= known && people.contains(echo.person) {
            let at = Instant(seconds: echo.at)
            moments[echo.person, default: []].append(Moment(at: at, what: .elsewhere))
            touches[echo.person, default: []].append(TrueTouch(.agentReply, at))
        }
        for word in words where people.contains(word.person) && word.isContent {
            guard min(word.knownAt, word.deskKnownAt) <= known else { continue }
            moments[word.person, default: []].append(
                Moment(at: Instant(seconds: word.at), what: .said(word, isWhole: word.knownAt <= known)))
        }
        for (person, moments) in moments {
            touches[person, default: []] += Self.deeds(moments.sorted { $0.at < $1.at })
        }
        for opening in openings where !opening.isRobot && opening.knownAt <= known {
            var touch = TrueTouch(.click, Instant(seconds: opening.at))
            (touch.message, touch.campaign) = (MessageID(opening.message), opening.campaign)
            touches[opening.person, default: []].append(touch)
        }
        return touches.mapValues { list in
            list.enumerated().sorted {
                ($0.element.at, $0.element.rank, $0.offset) < ($1.element.at, $1.element.rank, $1.offset)
            }.map(\.element)
        }
    }

    private struct Moment {
        enum What {
            case sent(TrueMessage)
            case elsewhere
            /// Whole when Meta told it: a desk tells neither quotes nor taps nor ads.
            case said(Word, isWhole: Bool)
        }
        var at: Instant
        var what: What
    }

    /// What the person did: came by an ad, tapped, or answered. An answer quotes, or is the first word after a message
    /// of at most a day ago.
    private static func deeds(_ moments: [Moment]) -> [TrueTouch] {
        var deeds: [TrueTouch] = []
        var sent: [String: TrueMessage] = [:]
        var latest: TrueMessage?
        for moment in moments {
            switch moment.what {
            case .sent(let message):
                sent[message.id.value] = message
                latest = message
            case .elsewhere: latest = nil
            case .said(let word, let isWhole):
                let last = latest.flatMap { moment.at < $0.cohortAt.adding(seconds: 86_400) ? $0 : nil }
                latest = nil
                let quoted = isWhole ? word.quotes.flatMap { sent[$0] } : nil
                if isWhole, word.isFromAd { deeds.append(TrueTouch(.ad, moment.at)) }
                if isWhole, word.isTap {
                    deeds.append(TrueTouch(.click, moment.at, about: quoted))
                } else if let message = quoted ?? last {
                    deeds.append(TrueTouch(.reply, moment.at, about: message))
                }
            }
        }
        return deeds
    }
}

extension TrueTouch {
    fileprivate init(_ kind: TouchKind, _ at: Instant, about message: TrueMessage? = nil) {
        self.init(kind: kind, at: at, message: message?.id, campaign: message?.campaign)
    }

    fileprivate var isOwn: Bool { kind == .message || kind == .agentReply }

    /// Of what happened at one instant, the order in which it makes sense.
    fileprivate var rank: Int {
        switch kind {
        case .ad: 0
        case .message: 1
        case .agentReply: 2
        case .reply: 3
        case .click: 4
        }
    }
}
