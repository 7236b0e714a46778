import Domain
import GRDB
import Ledgers

/// The conversations of agent desks: which thread each belongs to, and what they told.
///
/// A desk seldom knows Meta's id of the business number. Until a message that both know tells it, what the desk says
/// waits in the thread of the contact with the unnamed number (line 0), or outside any thread.
final class DeskBook {
    private struct Conversation: Equatable {
        var desk: String
        var person: Int64
        var line: Int64
        var told: String?
        var learned: String?
        var thread: ThreadBook.Thread { .init(person: person, line: line) }
    }
    private struct Told {
        var conversation: Int64
        var at: Instant
        var message: MessageID?
    }

    private let threads: ThreadBook
    private let persons: PersonBook
    private let lines: LineDictionary
    private let entries: DeskEntries
    let inbound: InboundBook
    private let find: Statement
    private let write: Statement
    private let ofPerson: Statement
    private let findMessage: Statement
    private let writeMessage: Statement

    init(_ db: Database, threads: ThreadBook, persons: PersonBook, lines: LineDictionary) throws {
        self.threads = threads
        self.persons = persons
        self.lines = lines
        entries = try DeskEntries(db)
        inbound = try InboundBook(db, threads: threads, desk: entries)
        find = try Statement(
            db, "SELECT desk, person, line, told, learned FROM desk_conversation WHERE hash = ?")
        write = try Statement(
            db,
            """
            INSERT OR REPLACE INTO desk_conversation (hash, desk, person, line, told, learned)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        ofPerson = try Statement(db, "SELECT hash FROM desk_conversation WHERE person = ?")
        findMessage = try Statement(db, "SELECT conversation, at, message FROM desk_message WHERE hash = ?")
        writeMessage = try Statement(
            db, "INSERT OR REPLACE INTO desk_message (hash, conversation, at, message) VALUES (?, ?, ?, ?)")
    }

    /// Notes what a desk told; false when all of it was known. `joinMessage` is given what it says of an outbound
    /// message that has Meta's id.
    func hear(
        _ event: DeskEvent, joinMessage: (DeskMessage, Instant, Int64) throws -> Void
    ) throws -> Bool {
        let hash = ThreadEntry.key("desk conversation", event.desk, event.conversation.id)
        let stored = try known(hash)
        var conversation = stored ?? Conversation(desk: event.desk, person: 0, line: 0)
        let before = conversation
        if !event.conversation.contact.isAnonymous {
            conversation.person = try persons.person(event.conversation.contact)
        }
        if let told = event.conversation.line.phoneNumber?.value {
            conversation.told = min(conversation.told ?? told, told)
        }
        try settle(hash, &conversation, before: before, isNew: stored == nil)
        switch event.kind {
        case .message(let message):
            return try hear(message, of: event, hash, conversation, joinMessage) || conversation != before
        default:
            guard let kind = Self.kind(of: event.kind) else { return true }
            let entry = ThreadEntry(at: event.at, key: ThreadEntry.key(event.desk, event.id), kind: kind)
            let isNews = try entries.add(entry, to: hash)
            try threads.put(entry, in: conversation.thread)
            return isNews || conversation != before
        }
    }

    private static func kind(of kind: DeskEvent.Kind) -> ThreadEntry.Kind? {
        switch kind {
        case .message: nil
        case .status(let status, let author): .status(status, by: author)
        case .assigned(let agent, let team): .assigned(agent: agent, team: team)
        case .handoff: .handoff
        case .priority(let word): .priority(word)
        case .ratingAsked: .ratingAsked
        case .rated(let rating): .rated(rating)
        }
    }

    private func hear(
        _ message: DeskMessage, of event: DeskEvent, _ hash: Int64, _ conversation: Conversation,
        _ joinMessage: (DeskMessage, Instant, Int64) throws -> Void
    ) throws -> Bool {
        let key = ThreadEntry.key(event.desk, "message", message.id)
        let told = try told(key)
        let at = min(event.at, told?.at ?? event.at)
        let id = message.message ?? told?.message
        let isNews = told.map { $0.at != at || $0.message != id || $0.conversation != hash } ?? true
        if isNews { try remember(key, Told(conversation: hash, at: at, message: id)) }
        // Told before without Meta's id, or with a later time.
        var earlier: ThreadEntry.Kind?
        if let told, told.message == nil {
            earlier = try entries.take(at: told.at, key: key, of: hash)
            try threads.remove(at: told.at, key: key, from: conversation.thread)
        }
        var entry = ThreadEntry(at: at, key: key, kind: Self.kind(of: message, of: event))
        if let earlier { entry.kind = ThreadEntry.join(entry.kind, earlier) }
        guard let id else {
            try entries.add(entry, to: hash)
            try threads.put(entry, in: conversation.thread)
            return isNews || earlier != entry.kind
        }
        entry.key = ThreadEntry.key(of: id)
        if message.isInbound {
            let learned = try inbound.hear(entry, of: hash, in: conversation.thread)
            if let learned { try learn(learned) }
        } else {
            var message = message
            message.message = id
            if case .outbound(let outbound) = entry.kind { message.join(outbound) }
            try joinMessage(message, at, hash)
        }
        return isNews
    }

    private static func kind(of message: DeskMessage, of event: DeskEvent) -> ThreadEntry.Kind {
        let country = event.conversation.contact.country
        guard !message.isInbound else { return .inbound(.init(country: country, desk: event.desk)) }
        return .outbound(
            .init(
                isTemplate: message.isTemplate, author: message.author, agent: message.agent, team: message.team,
                country: country, desk: event.desk))
    }

    // MARK: Where conversations belong

    /// A message of a desk's conversation turned out to be in a thread.
    func learn(_ learned: InboundBook.Learned) throws {
        let person = persons.current(learned.thread.person)
        guard person > 0, var conversation = try known(learned.conversation) else { return }
        let before = conversation
        if conversation.person == 0 { conversation.person = person }
        if let number = lines.phoneNumber(learned.thread.line) {
            conversation.learned = min(conversation.learned ?? number.value, number.value)
        }
        try settle(learned.conversation, &conversation, before: before, isNew: false)
    }

    /// Persons became one: their conversations follow. The entries in the threads have been moved.
    func merge(_ merge: PersonBook.Merge) throws {
        ofPerson.bind(merge.from, at: 1)
        var hashes: [Int64] = []
        while try ofPerson.step() { hashes.append(ofPerson.int(0)) }
        ofPerson.reset()
        for hash in hashes {
            guard var conversation = try known(hash) else { continue }
            conversation.person = merge.into
            try store(hash, conversation)
        }
    }

    /// Writes what is known of a conversation; what it told moves with it.
    private func settle(
        _ hash: Int64, _ conversation: inout Conversation, before: Conversation, isNew: Bool
    ) throws {
        conversation.line = try (conversation.told ?? conversation.learned).map { try lines.id(PhoneNumberID($0)) } ?? 0
        guard isNew || conversation != before else { return }
        try store(hash, conversation)
        guard conversation.thread != before.thread else { return }
        for entry in try entries.entries(of: hash) {
            try threads.remove(at: entry.at, key: entry.key, from: before.thread)
            try threads.put(entry, in: conversation.thread)
            try inbound.move(entry.key, to: conversation.thread)
        }
    }

    // MARK: Rows

    private func known(_ hash: Int64) throws -> Conversation? {
        find.bind(hash, at: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        return Conversation(
            desk: find.text(0) ?? "", person: persons.current(find.int(1)), line: find.int(2), told: find.text(3),
            learned: find.text(4))
    }

    private func store(_ hash: Int64, _ conversation: Conversation) throws {
        write.bind(hash, at: 1)
        write.bind(conversation.desk, at: 2)
        write.bind(conversation.person, at: 3)
        write.bind(conversation.line, at: 4)
        write.bind(conversation.told, at: 5)
        write.bind(conversation.learned, at: 6)
        try write.run()
    }

    private func told(_ key: Int64) throws -> Told? {
        findMessage.bind(key, at: 1)
        defer { findMessage.reset() }
        guard try findMessage.step() else { return nil }
        return Told(
            conversation: findMessage.int(0), at: Instant(microseconds: findMessage.int(1)),
            message: findMessage.text(2).map { MessageID($0) })
    }

    private func remember(_ key: Int64, _ told: Told) throws {
        writeMessage.bind(key, at: 1)
        writeMessage.bind(told.conversation, at: 2)
        writeMessage.bind(told.at.microseconds, at: 3)
        writeMessage.bind(told.message?.value, at: 4)
        try writeMessage.run()
    }
}

extension DeskMessage {
    /// Takes over what an earlier telling of the same message said.
    fileprivate mutating func join(_ outbound: ThreadEntry.Outbound) {
        author = outbound.author
        agent = outbound.agent
        team = outbound.team
        isTemplate = outbound.isTemplate
    }
}
