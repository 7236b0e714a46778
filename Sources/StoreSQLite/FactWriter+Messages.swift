import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// Messages: their rows, their place in a thread, and what they add to the cells.
extension FactWriter {
    func write(_ dirty: [MessageEntry], asOf: Instant, _ db: Database) throws {
        var new: [MessageEntry] = []
        for entry in dirty {
            entry.isDirty = false
            // Only something that says nothing datable (a header without a time) has no fact yet.
            guard var fact = MessageFact(entry.state, thread: entry.thread, asOf: asOf) else { continue }
            fact.flags.formUnion(entry.thread.intersection(.judged))
            let isNew = entry.row == 0
            let person = entry.person
            let segment = try segments.entry(fact.dimensions, db)
            let isSaid = ThreadReader.isSaid(fact.flags) && service.isRead(segment: segment.id)
            if try place(entry, fact, segment: segment.id, isSaid: isSaid) {
                // What the old thread said does not hold in the new one. Most messages stand alone there: a look at
                // the thread tells those that do not.
                let thread = ThreadBook.Thread(person: entry.person, line: entry.line)
                var kept = entry.thread.subtracting(.ofThread)
                if entry.person != person { kept.subtract(.ofPerson) }
                entry.thread = isSaid && thread.exists ? kept.union(.lone) : kept
                fact.flags = fact.flags.subtracting(.kept).union(entry.thread).settled
            }
            messages.number(entry)
            let contribution = Contribution(
                cohortAt: fact.cohortAt, segment: segment.id, flags: fact.flags, timeToDeliver: fact.timeToDeliver,
                timeToRead: fact.timeToRead, charge: try charges.price(entry, segment: segment.id, db))
            try messages.write(entry, contribution, expiresAt: fact.expiresAt)
            if isNew { new.append(entry) }
            spans.note(row: entry.row, cohortAt: fact.cohortAt)
            try tell(entry, contribution, isNew: isNew, wasOf: person)
            try count(contribution, of: entry, db)
            if let conversation = entry.state.deskConversation {
                learned.append(
                    .init(conversation: conversation, thread: .init(person: entry.person, line: entry.line)))
            }
        }
        try messages.enterKeys(of: new)
    }

    /// Tells those whose numbers rest on a message what has become of it.
    func tell(_ entry: MessageEntry, _ new: Contribution, isNew: Bool, wasOf person: Int64) throws {
        if isNew || entry.person != person {
            try outcomes.messageAppeared(hash: MessageBook.hash(of: entry.key), person: entry.person)
        }
        guard new != entry.counted else { return }
        for at in [entry.counted?.cohortAt, new.cohortAt].compactMap({ $0 }) {
            try outcomes.touched(person: entry.person, at: at)
            waste.note(row: entry.row, cohortAt: at)
            waste.touched(person: entry.person, from: at)
            if person != entry.person {
                try outcomes.touched(person: person, at: at)
                waste.touched(person: person, from: at)
            }
        }
    }

    /// Puts a message into its thread, and notes which stretch of which threads that changes. True when the message
    /// is not in the thread where it was.
    ///
    /// A copy of a group message is in no thread; the group's message itself is in the group's.
    func place(
        _ entry: MessageEntry, _ fact: MessageFact, segment: Int64, isSaid: Bool
    ) throws -> Bool {
        let group = entry.state.group
        let recipient = entry.state.recipient
        let isKnown = entry.foundBy == recipient && entry.person > 0
        var person = isKnown ? persons.current(entry.person) : try persons.person(recipient)
        entry.foundBy = recipient
        let isOutbound = fact.flags.contains(.outbound)
        let isInThread = isOutbound && (group == nil || entry.key.participant == nil)
        if let group, entry.key.participant == nil { person = try groups.id(group) }
        let line = isInThread ? try lines.id(entry.state.line.phoneNumber) : -1
        let before = ThreadBook.Thread(person: persons.current(entry.person), line: entry.line)
        let after = ThreadBook.Thread(person: person, line: line)
        let old = entry.counted
        let wasOutbound = old?.flags.contains(.outbound) ?? false
        let wasSaid = old.map { ThreadReader.isSaid($0.flags) && service.isRead(segment: $0.segment) } ?? false
        let isElsewhere = before != after || old?.cohortAt != fact.cohortAt || wasOutbound != isOutbound
        // Also what nobody reads (a reaction) is somebody's being in touch, unless it failed.
        let wasInTouch = old.map { ThreadReader.isSaid($0.flags) } ?? false
        let saysOther =
            wasInTouch != ThreadReader.isSaid(fact.flags)
            || old.map { $0.segment != segment && differs($0.segment, segment) } ?? false
        if isElsewhere || wasSaid != isSaid || saysOther {
            if let old, wasOutbound { threads.touch(before, old.cohortAt) }
            if isOutbound { threads.touch(after, fact.cohortAt, isFresh: old == nil && isSaid) }
            // Whoever quoted it answered what it turns out to be.
            for quoted in [entry.state.quotedAt, entry.state.lastQuotedAt] {
                if let quoted { threads.touch(after, quoted) }
            }
        }
        entry.person = person
        entry.line = line
        return before != after || !isOutbound || wasSaid != isSaid
    }

    /// Whether messages of two segments differ in what matters to a conversation.
    func differs(_ a: Int64, _ b: Int64) -> Bool {
        service.outbound(segment: a) != service.outbound(segment: b)
    }

    func count(_ new: Contribution, of entry: MessageEntry, _ db: Database) throws {
        guard new != entry.counted else { return }
        if let old = entry.counted { try add(old, sign: -1, db) }
        try add(new, sign: 1, db)
        entry.counted = new
    }

    func add(_ contribution: Contribution, sign: Int64, _ db: Database) throws {
        guard let segment = segments.entry(id: contribution.segment) else { throw ServiceTableError.unknownSegment }
        let quarter = QuarterHour(containing: contribution.cohortAt)
        cells.add(Self.lanes(contribution.flags, sign: sign), in: quarter, segment)
        for (duration, value) in [contribution.timeToDeliver, contribution.timeToRead].enumerated() {
            if let value { cells.count(value, duration: duration, in: quarter, segment, sign: sign) }
        }
        if let charge = contribution.charge {
            try charges.add(charge, contribution.flags, in: quarter, sign: sign)
        }
        if contribution.flags.contains(.lone) {
            try service.countLone(segment: contribution.segment, at: contribution.cohortAt, sign: sign, db)
        }
    }

    static func lanes(_ flags: MessageFlags, sign: Int64) -> SIMD16<Int64> {
        var lanes = SIMD16<Int64>.zero
        for measure in MessageMeasure.allCases where flags.contains(MessageFlags(measure)) {
            lanes[measure.rawValue] = sign
        }
        return lanes
    }

    /// Changes the flags of a row that is in the table.
    func change(row: Int64, _ db: Database, _ change: (MessageFlags) -> MessageFlags) throws {
        guard let old = try rowFlags.contribution(row: row) else { return }
        var new = old
        new.flags = change(old.flags)
        guard new != old else { return }
        try rowFlags.write(row: row, new.flags)
        try recount(old, new, db)
        waste.note(row: row, cohortAt: new.cohortAt)
        guard let entry = messages.resident(row: row) else { return }
        entry.counted = new
        entry.thread = new.flags.intersection(.kept)
        if !new.flags.contains(.pending) { entry.indexed?.expiresAt = nil }
    }
}
