import Catalogue
import Domain
import Ledgers

extension ServiceOracle {
    struct Session: Equatable {
        var conversation: ConversationFact
        var waits: [WaitFact]
        var openSplit: WaitFact.Split?
        var isLone: Bool
    }

    var sessions: [Session] {
        let ranges = self.ranges
        return ranges.indices.map { index in
            let range = ranges[index]
            let next = index + 1 < ranges.count ? range.upperBound : nil
            let isLone = range.count == 1 && outbound(range.lowerBound) != nil
            let spans = self.spans(in: range)
            let waits = spans.indices.map { wait(spans[$0], isFirst: $0 == 0, in: range) }
            var openSplit: WaitFact.Split?
            if let span = spans.last, waits.last?.ending == .open {
                openSplit = split(span, until: context.asOf.microseconds, isAnsweredByBot: false)
            }
            let fact = isLone ? lone(range.lowerBound) : conversation(range, waits, spans, next: next)
            return Session(
                conversation: fact, waits: handedOff(waits, spans, in: range), openSplit: openSplit, isLone: isLone)
        }
    }

    // MARK: Waits

    private func wait(_ span: Span, isFirst: Bool, in range: Range<Int>) -> WaitFact {
        let first = span.words[0]
        var wait = WaitFact(
            startedAt: entries[first].at, key: entries[first].key,
            repeats: span.words.dropFirst().map { at($0) - at(first) }, ending: .open, responder: .none,
            isFirstInConversation: isFirst, dimensions: [])
        let origin = self.origin(of: first, in: range)
        let country = (span.words.compactMap { inbound($0)?.country } + [span.reply.flatMap { outbound($0)?.country }])
            .compactMap { $0 }.first
        var agent: String?
        var charge: Charge
        if let reply = span.reply, let said = outbound(reply) {
            let end = at(reply)
            charge = self.charge(after: reply)
            charge.team = said.team ?? charge.team
            agent = said.agent
            wait.ending = .answered(entries[reply].at)
            wait.responder = author(reply, in: range)
            wait.split = split(span, until: end, isAnsweredByBot: wait.responder == .bot)
            wait.businessMicroseconds = hours(team: charge.team).map { openTime($0, at(first), end) }
            let last = span.words[span.words.count - 1]
            wait.businessLastMicroseconds = hours(team: charge.team).map { openTime($0, at(last), end) }
            let promise = self.promise(from: at(first), wait.responder, charge)
            wait.target = promise.map { end <= $0 ? .met : .missed } ?? .none
        } else {
            let end = givenUp(span, in: range)
            let untilEnd = end.flatMap { end in entries.firstIndex { $0.at.microseconds >= end } }
            charge = self.charge(after: max(first + 1, untilEnd ?? entries.count))
            agent = charge.agent
            let promise = self.promise(from: at(first), charge.holder == .bot ? .bot : .human, charge)
            let passed = promise.map { $0 <= end ?? context.asOf.microseconds } ?? false
            if passed { wait.target = .missed }
            if let end {
                wait.ending = .abandoned(Instant(microseconds: end))
                wait.split = split(span, until: end, isAnsweredByBot: false)
            } else {
                let expiry = at(span.words[span.words.count - 1]) + context.rules.expirySeconds * 1_000_000
                wait.dueAt = Instant(microseconds: expiry)
                if let promise, !passed, promise < .max {
                    wait.target = .due(Instant(microseconds: promise))
                    wait.dueAt = Instant(microseconds: min(promise, expiry))
                }
            }
        }
        wait.dimensions = [
            context.phoneNumber?.value, wait.responder.rawValue, agent, charge.team,
            desk(after: span.reply.map { $0 + 1 } ?? span.seen), origin.entry, origin.template, origin.campaign,
            country, charge.priority,
        ]
        return wait
    }

    /// Gives each wait its first hand-off: those between its start and the next wait's.
    private func handedOff(_ waits: [WaitFact], _ spans: [Span], in range: Range<Int>) -> [WaitFact] {
        waits.indices.map { index in
            var wait = waits[index]
            let end = index + 1 < spans.count ? spans[index + 1].words[0] : range.upperBound
            let handoff = (spans[index].words[0]..<end).first(where: isHandoff)
            guard let handoff else { return wait }
            wait.handoffAt = entries[handoff].at
            wait.handoffReplyAt = (handoff..<range.upperBound).first {
                isAnswer($0, in: range) && author($0, in: range) != .bot
            }.map { entries[$0].at }
            return wait
        }
    }

    /// Between two neighbouring instants at which anything may change, all is the same: it is looked at in the middle.
    private func split(_ span: Span, until end: Int64, isAnsweredByBot: Bool) -> WaitFact.Split {
        let start = at(span.words[0])
        var split = WaitFact.Split()
        for (from, to) in steps(from: start, to: end) {
            let count = max(span.words[0] + 1, entries.firstIndex { $0.at.microseconds > from } ?? entries.count)
            let charge = self.charge(after: count)
            let isNobodys = charge.holder == .unknown && charge.agent == nil
            if charge.holder == .bot || (isNobodys && isAnsweredByBot) {
                split.bot += to - from
            } else if let hours = self.hours(team: charge.team), !isOpen(hours, from + (to - from) / 2) {
                split.closed += to - from
            } else if charge.agent != nil {
                split.agent += to - from
            } else {
                split.queue += to - from
            }
        }
        return split
    }

    private func steps(from start: Int64, to end: Int64) -> [(Int64, Int64)] {
        var bounds = Set(entries.map(\.at.microseconds)).union([start, end])
        var hour = start / Tell.hour * Tell.hour
        while hour < end {
            bounds.insert(hour)
            hour += Tell.hour
        }
        let inside = bounds.filter { $0 >= start && $0 <= end }.sorted()
        return Array(zip(inside, inside.dropFirst()))
    }

    // MARK: Hours, of the calendars that `TimelineMaker` makes

    private func hours(team: String?) -> [ClosedRange<Int64>]? {
        let scopes = context.hours.calendars.map(\.scope)
        if team == "sales", scopes.contains(.team("sales")) { return [6...22] }
        return scopes.contains(.workspace) ? [9...12, 13...17] : nil
    }

    private func isOpen(_ hours: [ClosedRange<Int64>], _ at: Int64) -> Bool {
        // The epoch was a Thursday: day 4 is the first Monday.
        let weekday = (at / Tell.day - 4) % 7
        let time = at % Tell.day
        return weekday < 5
            && hours.contains { time >= $0.lowerBound * Tell.hour && time < $0.upperBound * Tell.hour }
    }

    private func openTime(_ hours: [ClosedRange<Int64>], _ from: Int64, _ to: Int64) -> Int64 {
        steps(from: from, to: to).filter { isOpen(hours, $0.0) }.reduce(0) { $0 + $1.1 - $1.0 }
    }

    private func promise(from start: Int64, _ responder: Responder, _ charge: Charge) -> Int64? {
        func score(_ target: ServiceTarget) -> Int? {
            let pairs: [(String?, String?)] = [
                (target.responder?.rawValue, responder.rawValue),
                (target.phoneNumber?.value, context.phoneNumber?.value), (target.team, charge.team),
                (target.priority, charge.priority),
            ]
            let set = pairs.filter { $0.0 != nil }
            return set.allSatisfy { $0.0 == $0.1 } ? set.count : nil
        }
        let best = context.targets.compactMap(score).max()
        guard let target = context.targets.first(where: { score($0) == best && best != nil }) else { return nil }
        let length = target.seconds * 1_000_000
        guard target.clock == .business, let hours = self.hours(team: charge.team) else { return start + length }
        var left = length
        var hour = start
        // All hours begin and end on the hour.
        while true {
            let next = (hour / Tell.hour + 1) * Tell.hour
            if isOpen(hours, hour) {
                if left <= next - hour { return hour + left }
                left -= next - hour
            }
            hour = next
        }
    }

    // MARK: Conversations

    private func lone(_ place: Int) -> ConversationFact {
        let said = outbound(place) ?? .init()
        let isBot = said.author == .bot || said.author == .system
        let handledBy = said.isTemplate ? "none" : isBot ? "bot" : "human"
        return ConversationFact(
            startedAt: entries[place].at, key: entries[place].key, lastAt: entries[place].at, isOver: true,
            activity: [.init(quarter: QuarterHour(containing: entries[place].at), inbound: 0, outbound: 1)],
            isAnswered: false, hasBot: handledBy == "bot", hasHuman: handledBy == "human",
            dimensions: [
                context.phoneNumber?.value, "business", handledBy, "none", isBot ? nil : said.agent, said.team,
                said.desk, nil, said.template, said.campaign, said.country, nil,
            ])
    }

    private func conversation(
        _ range: Range<Int>, _ waits: [WaitFact], _ spans: [Span], next: Int?
    ) -> ConversationFact {
        let messages = range.filter { inbound($0) != nil || outbound($0) != nil }
        let answers = range.filter { isAnswer($0, in: range) }
        let authors = answers.map { author($0, in: range) }
        let handoffs = range.filter(isHandoff)
        let hasBot = authors.contains(.bot) || handoffs.contains { charge(after: $0).holder == .bot }
        let hasHuman = authors.contains { $0 != .bot }
        let last = messages.last ?? range.lowerBound
        let resolved = range.last { isStatus($0, [.resolved]) }
        let isResolved = resolution(in: range) != nil
        let isReopened = range.contains {
            isStatus($0, [.open, .pending]) && resolution(in: range.lowerBound..<$0) != nil
        }
        var isTakenUp = false
        if let next, isResolved, let resolved, inbound(next) != nil {
            isTakenUp = at(next) - at(resolved) <= 7 * Tell.day
        }
        var overAt = at(last) + context.rules.silenceSeconds * 1_000_000
        if waits.last?.ending == .open, let word = spans.last?.words.last {
            overAt = max(overAt, at(word) + context.rules.expirySeconds * 1_000_000)
        }
        let isOver = next != nil || isResolved || context.asOf.microseconds >= overAt
        let stars = range.compactMap { place -> Int? in
            guard case .rated(let stars) = entries[place].kind, stars >= 1, stars <= 5 else { return nil }
            return stars
        }
        let isAsked = range.contains { entries[$0].kind == .ratingAsked }
        let quarters = Set(messages.map { QuarterHour(containing: entries[$0].at) }).sorted()
        return ConversationFact(
            startedAt: entries[range.lowerBound].at, key: entries[range.lowerBound].key, lastAt: entries[last].at,
            resolvedAt: resolved.map { entries[$0].at }, isReopened: isReopened || isTakenUp, isOver: isOver,
            dueAt: isOver ? nil : Instant(microseconds: overAt),
            activity: quarters.map { quarter in
                let inQuarter = messages.filter { QuarterHour(containing: entries[$0].at) == quarter }
                return .init(
                    quarter: quarter, inbound: Int64(inQuarter.count { inbound($0) != nil }),
                    outbound: Int64(inQuarter.count { outbound($0) != nil }))
            },
            isAnswered: waits.contains { $0.responder != .none }, hasBot: hasBot, hasHuman: hasHuman,
            isHandedOff: !handoffs.isEmpty, isRatingAsked: isAsked || !stars.isEmpty, rating: stars.last,
            dimensions: dimensions(range, waits, hasBot: hasBot, hasHuman: hasHuman))
    }

    private func isStatus(_ place: Int, _ wanted: [DeskStatus]) -> Bool {
        guard case .status(let status, _) = entries[place].kind else { return false }
        return wanted.contains(status)
    }

    private func dimensions(_ range: Range<Int>, _ waits: [WaitFact], hasBot: Bool, hasHuman: Bool) -> [String?] {
        let charge = self.charge(after: range.upperBound)
        let opening = outbound(range.lowerBound)
        let writer = range.last { place in
            outbound(place)?.agent != nil && author(place, in: range) != .bot
        }.flatMap { outbound($0) }
        let word = range.first { inbound($0) != nil }
        let origin = word.map { self.origin(of: $0, in: range) }
        let country = range.compactMap { inbound($0)?.country ?? outbound($0)?.country }.first
        let handledBy = hasBot && hasHuman ? "both" : hasBot ? "bot" : hasHuman ? "human" : "none"
        return [
            context.phoneNumber?.value, opening == nil ? "customer" : "business", handledBy,
            (waits.first { $0.responder != .none }?.responder ?? .none).rawValue,
            writer?.agent ?? charge.agent, writer?.team ?? charge.team ?? opening?.team,
            desk(after: range.upperBound), origin?.entry,
            opening == nil ? origin?.template : opening?.template,
            opening == nil ? origin?.campaign : opening?.campaign,
            country, charge.priority,
        ]
    }
}
