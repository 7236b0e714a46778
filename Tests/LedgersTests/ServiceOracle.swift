import Catalogue
import Domain
import Ledgers

/// Waits and conversations of a whole thread, definition by definition: every question is answered by looking through
/// the entries again from where it begins. Slow, without state, and knows nothing of the fold.
struct ServiceOracle {
    let entries: [ThreadEntry]
    let context: ServiceContext

    struct Span {
        var words: [Int]
        var reply: Int?
        /// Place of the entry with which it was found to be over; the end of its conversation otherwise.
        var seen: Int
    }

    private var rules: ServiceRules { context.rules }
    func at(_ place: Int) -> Int64 { entries[place].at.microseconds }
    private func expiry(_ place: Int) -> Int64 { at(place) + max(rules.abandonSeconds, 86_400) * 1_000_000 }
    private func limit(_ place: Int) -> Int64 { at(place) + rules.abandonSeconds * 1_000_000 }

    func inbound(_ place: Int) -> ThreadEntry.Inbound? {
        guard case .inbound(let inbound) = entries[place].kind, inbound.isContent else { return nil }
        return inbound
    }
    func outbound(_ place: Int) -> ThreadEntry.Outbound? {
        guard case .outbound(let outbound) = entries[place].kind else { return nil }
        return outbound
    }
    private func isMessage(_ place: Int) -> Bool { inbound(place) != nil || outbound(place) != nil }

    // MARK: Where conversations begin

    /// Places of the entries of each conversation.
    var ranges: [Range<Int>] {
        guard let first = entries.indices.first(where: isMessage) else { return [] }
        var starts = [first]
        for place in (first + 1)..<max(first + 1, entries.count) where isMessage(place) {
            if begins(place, after: starts[starts.count - 1]) { starts.append(place) }
        }
        return zip(starts, starts.dropFirst() + [entries.count]).map { $0..<$1 }
    }

    private func begins(_ place: Int, after start: Int) -> Bool {
        let before = start..<place
        if let resolved = resolution(in: before) {
            guard let outbound = outbound(place), !outbound.isTemplate else { return true }
            return at(place) > at(resolved) + 60_000_000
        }
        guard let last = before.last(where: isMessage), at(place) >= at(last) + rules.silenceSeconds * 1_000_000
        else { return false }
        guard let span = spans(in: before).last, span.reply == nil, span.seen == place else { return true }
        return isTooLate(place, for: span)
    }

    private func isTooLate(_ place: Int, for span: Span) -> Bool {
        guard let last = span.words.last else { return false }
        return at(place) > expiry(last) || (inbound(place) != nil && at(place) > limit(last))
    }

    /// The resolution in force after some entries of a conversation.
    func resolution(in range: Range<Int>) -> Int? {
        let last = range.last { place in
            guard case .status(let status, _) = entries[place].kind else { return false }
            return status != .snoozed
        }
        guard let last, case .status(.resolved, _) = entries[last].kind else { return nil }
        return last
    }

    // MARK: Waits

    func spans(in range: Range<Int>) -> [Span] {
        var spans: [Span] = []
        var from = range.lowerBound
        while let first = (from..<range.upperBound).first(where: { inbound($0) != nil }) {
            var span = Span(words: [first], reply: nil, seen: range.upperBound)
            for place in (first + 1)..<max(first + 1, range.upperBound) {
                if isTooLate(place, for: span) {
                    span.seen = place
                    break
                }
                if inbound(place) != nil { span.words.append(place) }
                if let outbound = outbound(place), !outbound.isTemplate || rules.templatesAnswer {
                    (span.reply, span.seen) = (place, place)
                    break
                }
            }
            spans.append(span)
            from = span.reply.map { $0 + 1 } ?? span.seen
        }
        return spans
    }

    /// When an unanswered wait was given up; nil while it is open.
    func givenUp(_ span: Span, in range: Range<Int>) -> Int64? {
        guard let last = span.words.last else { return nil }
        let resolved = resolution(in: range.lowerBound..<span.seen).map(at)
        let isJudgedByTime = span.seen == entries.count
        if isJudgedByTime, resolved == nil, context.asOf.microseconds < expiry(last) { return nil }
        var end = expiry(last)
        if !isJudgedByTime, at(span.seen) <= end, inbound(span.seen) != nil, at(span.seen) > limit(last) {
            end = limit(last)
        }
        return min(end, resolved ?? .max)
    }

    // MARK: Who wrote, who was in charge

    /// What is in charge after the first entries of the thread.
    func charge(after count: Int) -> Charge {
        var charge = Charge()
        for place in (0..<count).reversed() {
            if case .assigned(let agent, let team) = entries[place].kind {
                (charge.agent, charge.team) = (agent, team)
                break
            }
        }
        for place in (0..<count).reversed() {
            guard case .priority(let word) = entries[place].kind else { continue }
            charge.priority = word
            break
        }
        charge.holder = (0..<count).reversed().lazy.compactMap { holder(from: entries[$0].kind) }.first ?? .unknown
        return charge
    }

    private func holder(from kind: ThreadEntry.Kind) -> Charge.Holder? {
        switch kind {
        case .status(.pending, _), .botTookOver: .bot
        case .status(.open, _), .handoff, .assigned(agent: .some, team: _): .people
        case .status(.resolved, _): .unknown
        default: nil
        }
    }

    func isHandoff(_ place: Int) -> Bool {
        let isWithBot = charge(after: place).holder == .bot
        switch entries[place].kind {
        case .handoff: return true
        case .status(.open, by: let author): return isWithBot && author != .human
        case .assigned(agent: .some, team: _): return isWithBot
        default: return false
        }
    }

    /// Whether an outbound message speaks to the customer rather than notifying them.
    func isAnswer(_ place: Int, in range: Range<Int>) -> Bool {
        guard let outbound = outbound(place) else { return false }
        return !outbound.isTemplate
            || (rules.templatesAnswer && spans(in: range.lowerBound..<place + 1).last?.reply == place)
    }

    func author(_ place: Int, in range: Range<Int>) -> Responder {
        switch outbound(place)?.author {
        case .bot, .system: return .bot
        case .human: return .human
        case .unknown, nil: break
        }
        guard let quick = rules.botReplySeconds else { return .unknown }
        let starts = spans(in: range.lowerBound..<place).map { $0.words[0] }
        for earlier in (range.lowerBound..<place).reversed() {
            if starts.contains(earlier) { return isWithin(quick, earlier, place) }
            guard isAnswer(earlier, in: range) else { continue }
            return author(earlier, in: range) == .bot ? isWithin(quick, earlier, place) : .unknown
        }
        return .unknown
    }

    private func isWithin(_ seconds: Int64, _ from: Int, _ to: Int) -> Responder {
        at(to) - at(from) <= seconds * 1_000_000 ? .bot : .unknown
    }

    // MARK: How the customer came

    struct Origin: Equatable {
        var entry: String
        var template: String?
        var campaign: String?
    }

    func origin(of word: Int, in range: Range<Int>) -> Origin {
        guard let inbound = inbound(word) else { return Origin(entry: "organic") }
        if inbound.isFromAd { return Origin(entry: "ad") }
        if inbound.isFromLink { return Origin(entry: "link") }
        if let quoted = inbound.quoted {
            return Origin(entry: "template_reply", template: quoted.template, campaign: quoted.campaign)
        }
        let quoted = (range.lowerBound..<word).first {
            outbound($0)?.isTemplate == true && entries[$0].key == inbound.repliesTo
        }
        let last = (0..<word).last { outbound($0) != nil }
        for place in [quoted, last].compactMap({ $0 }) {
            guard let outbound = outbound(place), outbound.isTemplate else { continue }
            let isNamed = inbound.repliesTo == entries[place].key
            let isKnown = place >= range.lowerBound || at(range.lowerBound) < at(place) + Tell.day
            if at(word) < at(place) + Tell.day || (isNamed && isKnown) {
                return Origin(entry: "template_reply", template: outbound.template, campaign: outbound.campaign)
            }
        }
        return Origin(entry: "organic")
    }

    /// The desk named last by the first entries of the thread.
    func desk(after count: Int) -> String? {
        (0..<count).reversed().lazy.compactMap { inbound($0)?.desk ?? outbound($0)?.desk }.first
    }
}
