import Catalogue
import Domain
import GRDB
import Ledgers

/// Reads what a person's outcomes may be credited to: messages that arrived, answers, clicks, words of agents, ads.
final class TouchReader {
    /// A message of the person's as its row tells it.
    struct Message {
        var row: Int64
        var hash: Int64
        var line: Int64
        var cohortAt: Instant
        var segment: Int64
        var flags: MessageFlags
        var reachedAt: Instant?

        fileprivate func place(of person: Int64) -> PlaceFinder.Message {
            PlaceFinder.Message(
                row: row, hash: hash, person: person, cohortAt: cohortAt, segment: segment, flags: flags)
        }
    }
    private typealias Place = PlaceFinder.Message
    private struct Said {
        var line: Int64
        var at: Instant
        var key: Int64
        var kind: ThreadEntry.Kind
    }

    private let isReading: Bool
    /// Of a line.
    private let phoneNumber: (Int64) -> PhoneNumberID?
    private let actions: ActionBook
    private let clicks: ClickBook
    private let places: PlaceFinder
    private let segments: SegmentDictionary
    private let messages: Statement
    private let entries: Statement
    /// What a segment of messages is as a touch; nil when it is none.
    private var kinds: [Int64: TouchKind?] = [:]

    /// One lookup in the index for each number, instead of all of a person's rows.
    private static let lines = "line IN (SELECT -1 UNION ALL SELECT 0 UNION ALL SELECT id FROM line)"

    /// - Parameter isReading: the connection only reads: what has no place among the segments is credited nowhere.
    init(
        _ db: Database, actions: ActionBook, clicks: ClickBook, places: PlaceFinder, segments: SegmentDictionary,
        phoneNumber: @escaping (Int64) -> PhoneNumberID?, isReading: Bool = false
    ) throws {
        self.isReading = isReading
        self.phoneNumber = phoneNumber
        self.actions = actions
        self.clicks = clicks
        self.places = places
        self.segments = segments
        messages = try Statement(
            db,
            """
            SELECT id, hash, line, cohort_at, segment, flags, time_to_deliver FROM message
            WHERE person = ? AND \(Self.lines) AND cohort_at >= ? AND cohort_at <= ?
            """)
        entries = try Statement(
            db,
            """
            SELECT line, at, key, kind, data FROM thread_entry
            WHERE person = ? AND \(Self.lines) AND at >= ? AND at <= ? AND kind IN (1, 3)
            """)
    }

    // MARK: Messages

    /// A person's messages that were sent in a stretch, both ends included.
    func messages(of person: Int64, from: Instant, to: Instant) throws -> [Message] {
        messages.bind(person, at: 1)
        messages.bind(from.microseconds, at: 2)
        messages.bind(to.microseconds, at: 3)
        defer { messages.reset() }
        var found: [Message] = []
        while try messages.step() {
            let cohortAt = Instant(microseconds: messages.int(3))
            let flags = MessageFlags(rawValue: messages.int(5))
            let delay = messages.optionalInt(6) ?? 0
            found.append(
                Message(
                    row: messages.int(0), hash: messages.int(1), line: messages.int(2), cohortAt: cohortAt,
                    segment: messages.int(4), flags: flags,
                    reachedAt: flags.contains(.delivered)
                        ? Instant(microseconds: cohortAt.microseconds &+ delay) : nil))
        }
        return found
    }

    /// The campaign that a message belongs to.
    func campaign(_ message: Message) -> String? {
        let values = segments.dimensions(id: message.segment) ?? []
        return values.indices.contains(Self.campaignIndex) ? values[Self.campaignIndex] : nil
    }

    private static let campaignIndex = Dimension.stored(.message).firstIndex(of: .campaign) ?? 0

    private func kind(segment: Int64) -> TouchKind? {
        if let known = kinds[segment] { return known }
        let outbound = segments.dimensions(id: segment).flatMap { ThreadEntry.Outbound(dimensions: $0) }
        let kind = outbound.map(Self.kind)
        kinds[segment] = .some(kind)
        return kind
    }

    private static func kind(_ outbound: ThreadEntry.Outbound) -> TouchKind {
        outbound.author == .human && !outbound.isTemplate ? .agentReply : .message
    }

    // MARK: Touches

    /// Everything from an instant on, up to another included; ascending.
    func touches(of person: Int64, from: Instant, to: Instant, _ db: Database) throws -> [Touch] {
        let sent = try messages(
            of: person, from: from.adding(seconds: -ThreadLedger.replyWindowSeconds), to: to)
        let byHash = Dictionary(sent.map { ($0.hash, $0.place(of: person)) }) { first, _ in first }
        var touches: [Touch] = []
        for message in sent where message.cohortAt >= from {
            guard let at = message.reachedAt, let kind = kind(segment: message.segment) else { continue }
            touches.append(
                Touch(
                    kind: kind, at: at, key: message.hash,
                    message: .init(row: message.row, cohortAt: message.cohortAt), segment: message.segment))
        }
        for (key, action) in try actions.actions(of: person, from: from, to: to) {
            if case .tap = action.deed {
                touches.append(
                    try touch(.click, at: action.at, key: key, quoting: action.repliesTo, action, byHash, db))
            }
            guard let ad = action.ad else { continue }
            var touch = try touch(.ad, at: action.at, key: key, quoting: nil, action, byHash, db)
            touch.ad = ad.sourceID.map(MessageFact.label)
            touches.append(touch)
        }
        touches += try said(by: person, from: from, to: to, sent, byHash, db)
        for click in try clicks.clicks(of: person, from: from, to: to) {
            touches.append(try touch(click, db))
        }
        return touches.sorted()
    }

    private func touch(
        _ kind: TouchKind, at: Instant, key: Int64, quoting hash: Int64?, _ action: CustomerAction,
        _ known: [Int64: Place], _ db: Database
    ) throws -> Touch {
        var touch = Touch(kind: kind, at: at, key: key)
        if let message = try hash.flatMap({ try sent($0, by: at, known) }) { attach(&touch, to: message) }
        if touch.segment == 0 {
            let line = action.identity.line
            touch.segment = try segment([.waba: line.account?.value, .phoneNumber: line.phoneNumber?.value], db)
        }
        return touch
    }

    /// The message of ours that a name stands for: customers quote their own words too, and very old ones.
    private func sent(_ hash: Int64, by at: Instant, _ known: [Int64: Place]) throws -> Place? {
        guard let place = try known[hash] ?? places.message(hash: hash), place.flags.contains(.outbound),
            Touch.belongs(at: at, sentAt: place.cohortAt)
        else { return nil }
        return place
    }

    private func attach(_ touch: inout Touch, to message: Place) {
        touch.segment = message.segment
        touch.message = .init(row: message.row, cohortAt: message.cohortAt)
    }

    private func touch(_ click: ClickBook.Click, _ db: Database) throws -> Touch {
        var touch = Touch(kind: .click, at: click.click.at, key: click.hash)
        if let message = try click.message.flatMap({ try places.message(row: $0) }),
            Touch.belongs(at: touch.at, sentAt: message.cohortAt)
        {
            attach(&touch, to: message)
        } else if let campaign = try click.click.campaign ?? clicks.link(click.code)?.link.campaign {
            touch.segment = try segment([.campaign: MessageFact.label(campaign)], db)
        }
        return touch
    }

    /// Dimensions that belong to no message are kept where those of messages are.
    private func segment(_ values: [Dimension: String?], _ db: Database) throws -> Int64 {
        let key = Dimension.stored(.message).map { values[$0] ?? nil }
        if isReading { return (try? segments.entry(key, db))?.id ?? -1 }
        return try segments.entry(key, db).id
    }

    // MARK: Words

    /// Answers of the customer, and what people of the business said of which only a desk told.
    private func said(
        by person: Int64, from: Instant, to: Instant, _ sent: [Message], _ byHash: [Int64: Place],
        _ db: Database
    ) throws -> [Touch] {
        var touches: [Touch] = []
        // What came just before the stretch may have been the answer already.
        let earlier = from.adding(seconds: -ThreadLedger.replyWindowSeconds)
        let all = try entries(of: person, from: earlier, to: to)
        for (line, entries) in Dictionary(grouping: all, by: \.line) {
            let inbound = entries.filter { if case .inbound = $0.kind { true } else { false } }
                .sorted { ($0.at, $0.key) < ($1.at, $1.key) }
            let outbound = sent.indices.filter { sent[$0].line == line && sent[$0].flags.contains(.outbound) }
                .map { AnswerLedger.Sent(at: sent[$0].cohortAt, key: sent[$0].hash, index: $0) }
                .sorted { ($0.at, $0.key) < ($1.at, $1.key) }
            let answered = AnswerLedger.answered(by: inbound.map(\.at), among: outbound)
            for (entry, index) in zip(inbound, answered) where entry.at >= from {
                // A tap is a click, at the time that it was told with.
                guard case .inbound(let words) = entry.kind, try !actions.isTap(entry.key) else { continue }
                let quoted = try words.repliesTo.flatMap { try self.sent($0, by: entry.at, byHash) }
                guard let message = quoted ?? index.map({ sent[$0].place(of: person) }) else { continue }
                var touch = Touch(kind: .reply, at: entry.at, key: entry.key)
                attach(&touch, to: message)
                touches.append(touch)
            }
            for entry in entries where entry.at >= from {
                guard case .outbound(let words) = entry.kind, Self.kind(words) == .agentReply else { continue }
                var touch = Touch(kind: .agentReply, at: entry.at, key: entry.key)
                touch.segment = try segment(
                    [
                        .senderKind: words.author.rawValue, .agent: words.agent, .team: words.team,
                        .country: words.country, .desk: words.desk, .phoneNumber: phoneNumber(line)?.value,
                    ], db)
                touches.append(touch)
            }
        }
        return touches
    }

    private func entries(of person: Int64, from: Instant, to: Instant) throws -> [Said] {
        entries.bind(person, at: 1)
        entries.bind(from.microseconds, at: 2)
        entries.bind(to.microseconds, at: 3)
        defer { entries.reset() }
        var found: [Said] = []
        while try entries.step() {
            guard let kind = entries.withBlob(4, { ServiceRecord.decode(entries.int(3), $0) }) else { continue }
            found.append(
                Said(line: entries.int(0), at: Instant(microseconds: entries.int(1)), key: entries.int(2), kind: kind))
        }
        return found
    }
}
