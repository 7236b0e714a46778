import Catalogue
import Domain
import Ledgers

/// Compact binary forms of what the service tables keep beside their indexed columns.
enum ServiceRecord {
    // MARK: Thread entries

    /// The column `kind`: never renumber.
    enum EntryKind: Int64 {
        case inbound = 1
        case stop = 2
        case outbound, status, assigned, handoff, botTookOver, priority, ratingAsked, rated, resume
    }

    static func kind(of entry: ThreadEntry.Kind) -> EntryKind {
        switch entry {
        case .inbound: .inbound
        case .outbound: .outbound
        case .status: .status
        case .assigned: .assigned
        case .handoff: .handoff
        case .botTookOver: .botTookOver
        case .priority: .priority
        case .ratingAsked: .ratingAsked
        case .rated: .rated
        case .stop: .stop
        case .resume: .resume
        }
    }

    static func encode(_ entry: ThreadEntry.Kind) -> [UInt8] {
        var writer = ByteWriter()
        switch entry {
        case .inbound(let inbound):
            writer.byte((inbound.isContent ? 1 : 0) | (inbound.isFromAd ? 2 : 0) | (inbound.isFromLink ? 4 : 0))
            writer.optional(number: inbound.repliesTo)
            writer.optional(inbound.country)
            writer.optional(inbound.desk)
        case .outbound(let outbound):
            writer.byte(outbound.isTemplate ? 1 : 0)
            for text in [
                outbound.template, outbound.campaign, outbound.author.rawValue, outbound.agent, outbound.team,
                outbound.country, outbound.desk,
            ] { writer.optional(text) }
        case .status(let status, let author):
            writer.string(status.rawValue)
            writer.optional(author?.rawValue)
        case .assigned(let agent, let team):
            writer.optional(agent)
            writer.optional(team)
        case .priority(let word): writer.optional(word)
        case .rated(let rating): writer.signed(Int64(rating))
        case .handoff, .botTookOver, .ratingAsked, .stop, .resume: break
        }
        return writer.bytes
    }

    /// Nil when the bytes are no record (a damaged page).
    static func decode(_ kind: Int64, _ bytes: UnsafeRawBufferPointer) -> ThreadEntry.Kind? {
        guard let kind = EntryKind(rawValue: kind) else { return nil }
        var reader = ByteReader(bytes)
        let entry: ThreadEntry.Kind?
        switch kind {
        case .inbound: entry = .inbound(inbound(&reader))
        case .outbound: entry = .outbound(outbound(&reader))
        case .status:
            let status = DeskStatus(rawValue: reader.string())
            let author = reader.optional().flatMap(SenderKind.init(rawValue:))
            entry = status.map { .status($0, by: author) }
        case .assigned:
            let agent = reader.optional()
            entry = .assigned(agent: agent, team: reader.optional())
        case .priority: entry = .priority(reader.optional())
        case .rated: entry = .rated(Int(clamping: reader.signed()))
        case .handoff: entry = .handoff
        case .botTookOver: entry = .botTookOver
        case .ratingAsked: entry = .ratingAsked
        case .stop: entry = .stop
        case .resume: entry = .resume
        }
        return reader.failed ? nil : entry
    }

    private static func inbound(_ reader: inout ByteReader) -> ThreadEntry.Inbound {
        let flags = reader.byte()
        var inbound = ThreadEntry.Inbound(
            isContent: flags & 1 != 0, isFromAd: flags & 2 != 0, isFromLink: flags & 4 != 0)
        inbound.repliesTo = reader.optionalNumber()
        inbound.country = reader.optional()
        inbound.desk = reader.optional()
        return inbound
    }

    private static func outbound(_ reader: inout ByteReader) -> ThreadEntry.Outbound {
        var outbound = ThreadEntry.Outbound(isTemplate: reader.byte() & 1 != 0)
        outbound.template = reader.optional()
        outbound.campaign = reader.optional()
        outbound.author = reader.optional().flatMap(SenderKind.init(rawValue:)) ?? .unknown
        outbound.agent = reader.optional()
        outbound.team = reader.optional()
        outbound.country = reader.optional()
        outbound.desk = reader.optional()
        return outbound
    }

    // MARK: Waits

    /// What the table `wait` has no column for.
    static func encode(_ wait: WaitFact) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(UInt64(wait.repeats.count))
        var last: Int64 = 0
        for offset in wait.repeats {
            writer.signed(offset &- last)
            last = offset
        }
        writer.string(wait.responder.rawValue)
        writer.byte(wait.isFirstInConversation ? 1 : 0)
        writer.optional(wait.handoffAt)
        writer.optional(wait.handoffReplyAt)
        for part in [wait.split.bot, wait.split.queue, wait.split.agent, wait.split.closed] { writer.signed(part) }
        writer.optional(number: wait.businessMicroseconds)
        writer.optional(number: wait.businessLastMicroseconds)
        switch wait.target {
        case .none: writer.byte(0)
        case .met: writer.byte(1)
        case .missed: writer.byte(2)
        case .due(let at):
            writer.byte(3)
            writer.signed(at.microseconds)
        }
        return writer.bytes
    }

    static func decode(
        _ bytes: UnsafeRawBufferPointer, startedAt: Instant, key: Int64, ending: WaitFact.Ending, dueAt: Instant?,
        dimensions: [String?]
    ) -> WaitFact? {
        var reader = ByteReader(bytes)
        var repeats: [Int64] = []
        var last: Int64 = 0
        for _ in 0..<reader.count() {
            last &+= reader.signed()
            repeats.append(last)
        }
        guard let responder = Responder(rawValue: reader.string()) else { return nil }
        let isFirst = reader.byte() == 1
        let handoffAt = reader.optionalInstant()
        let handoffReplyAt = reader.optionalInstant()
        let parts = [reader.signed(), reader.signed(), reader.signed(), reader.signed()]
        let business = reader.optionalNumber()
        let businessLast = reader.optionalNumber()
        let target: WaitFact.TargetState
        switch reader.byte() {
        case 1: target = .met
        case 2: target = .missed
        case 3: target = .due(Instant(microseconds: reader.signed()))
        default: target = .none
        }
        guard !reader.failed else { return nil }
        return WaitFact(
            startedAt: startedAt, key: key, repeats: repeats, ending: ending, responder: responder,
            isFirstInConversation: isFirst, handoffAt: handoffAt, handoffReplyAt: handoffReplyAt,
            split: .init(bot: parts[0], queue: parts[1], agent: parts[2], closed: parts[3]),
            businessMicroseconds: business, businessLastMicroseconds: businessLast, target: target, dueAt: dueAt,
            dimensions: dimensions)
    }

    // MARK: Carries

    static func encode(_ carry: ServiceCarry) -> [UInt8] {
        var writer = ByteWriter()
        writer.signed(carry.charge.holder.rawValue)
        for text in [carry.charge.agent, carry.charge.team, carry.charge.priority, carry.desk] { writer.optional(text) }
        guard let last = carry.lastTemplate else {
            writer.byte(0)
            return writer.bytes
        }
        writer.byte(1)
        writer.signed(last.key)
        writer.signed(last.at.microseconds)
        writer.optional(last.template)
        writer.optional(last.campaign)
        return writer.bytes
    }

    static func decodeCarry(_ bytes: UnsafeRawBufferPointer) -> ServiceCarry? {
        var reader = ByteReader(bytes)
        var charge = Charge(holder: Charge.Holder(rawValue: reader.signed()) ?? .unknown)
        charge.agent = reader.optional()
        charge.team = reader.optional()
        charge.priority = reader.optional()
        var carry = ServiceCarry(charge: charge, desk: reader.optional())
        if reader.byte() == 1 {
            let key = reader.signed()
            let at = Instant(microseconds: reader.signed())
            let template = reader.optional()
            carry.lastTemplate = .init(key: key, at: at, template: template, campaign: reader.optional())
        }
        return reader.failed ? nil : carry
    }

    // MARK: Conversations

    /// What the table `conversation` has no column for.
    static func encode(_ fact: ConversationFact) -> [UInt8] {
        var writer = ByteWriter()
        writer.optional(fact.resolvedAt)
        let bits: [Bool] = [
            fact.isReopened, fact.isOver, fact.isAnswered, fact.hasBot, fact.hasHuman, fact.isHandedOff,
            fact.isRatingAsked, fact.isConverted,
        ]
        writer.byte(bits.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        writer.optional(number: fact.rating.map(Int64.init))
        writer.varint(UInt64(fact.activity.count))
        var last: Int64 = 0
        for activity in fact.activity {
            writer.signed(activity.quarter.index &- last)
            writer.signed(activity.inbound)
            writer.signed(activity.outbound)
            last = activity.quarter.index
        }
        return writer.bytes
    }

    static func decode(
        _ bytes: UnsafeRawBufferPointer, startedAt: Instant, key: Int64, lastAt: Instant, dueAt: Instant?,
        dimensions: [String?]
    ) -> ConversationFact? {
        var reader = ByteReader(bytes)
        let resolvedAt = reader.optionalInstant()
        let bits = reader.byte()
        let rating = reader.optionalNumber().map { Int(clamping: $0) }
        var activity: [ConversationFact.Activity] = []
        var quarter: Int64 = 0
        for _ in 0..<reader.count() {
            quarter &+= reader.signed()
            let inbound = reader.signed()
            activity.append(
                .init(quarter: QuarterHour(index: quarter), inbound: inbound, outbound: reader.signed()))
        }
        guard !reader.failed else { return nil }
        let has = { (bit: UInt8) in bits & (1 << bit) != 0 }
        var fact = ConversationFact(
            startedAt: startedAt, key: key, lastAt: lastAt, resolvedAt: resolvedAt, isReopened: has(0), isOver: has(1),
            dueAt: dueAt, activity: activity, isAnswered: has(2), hasBot: has(3), hasHuman: has(4), isHandedOff: has(5),
            isRatingAsked: has(6), rating: rating, dimensions: dimensions)
        fact.isConverted = has(7)
        return fact
    }
}

extension ByteWriter {
    mutating func optional(number: Int64?) {
        guard let number else { return byte(0) }
        byte(1)
        signed(number)
    }
}

extension ByteReader {
    mutating func optionalNumber() -> Int64? { byte() == 0 ? nil : signed() }
}
