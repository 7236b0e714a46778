import Domain

/// An endless, cheap supply of status webhooks, for load: how many a second can be taken in?
///
/// Messages roll: each gets `sent`, 95 % of them `delivered` and 60 % of those `read`, every status once, interleaved
/// with other messages' and out of order in blocks. Nothing is kept per message: all follows from its number.
package struct StatusStream: Sendable {
    /// Statuses handed out so far, to compare with what was counted.
    package private(set) var sentCount = 0
    package private(set) var deliveredCount = 0
    package private(set) var readCount = 0

    private let seed: UInt64
    private let people: UInt64
    private let startSecond: Int64
    private let messagesPerSecond: UInt64
    private let head: Bytes
    /// The closing part of a status, by template: tags, then pricing.
    private let tails: [Bytes]
    private let tailsWithoutPricing: [Bytes]
    private var turn = 0
    private var nextSent: UInt64 = 0
    private var nextDelivered: UInt64 = 0
    private var nextRead: UInt64 = 0

    private static let deliveredBlock: UInt64 = 64
    private static let readBlock: UInt64 = 1_024

    private struct Pick {
        var message: UInt64
        var word: StatusWord
    }

    /// - Parameters:
    ///   - people: how many recipients the messages are spread over.
    ///   - templates: how many templates (`load_1`, `load_2`, …).
    ///   - start: time of the first message.
    ///   - messagesPerSecond: how fast the time of sending advances from message to message.
    package init(
        seed: UInt64, people: Int = 100_000, templates: Int = 20, start: Instant = Scenario.usualStart,
        messagesPerSecond: Int = 100, line: BusinessLine = BusinessLine.usual[0]
    ) {
        self.seed = seed
        self.people = UInt64(max(1, people))
        self.messagesPerSecond = UInt64(max(1, messagesPerSecond))
        startSecond = start.seconds
        var head: Bytes = []
        head.add(#"{"object":"whatsapp_business_account","entry":[{"id":""#)
        head.add(raw: line.account.value)
        head.add(#"","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":""#)
        head.add(raw: line.display)
        head.add(#"","phone_number_id":""#)
        head.add(raw: line.phoneNumber.value)
        head.add(#""},"contacts":["#)
        self.head = head
        let tags = (1...max(1, templates)).map { number in
            ##","biz_opaque_callback_data":"{\"uc\":\"broadcast\",\"by\":\"system\",\"t\":\"load_\##(number)\","##
                + ##"\"c\":\"load-\##(number % 5)\",\"v\":\"\##(number % 2 == 0 ? "A" : "B")\"}""##
        }
        let pricing = #","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}}"#
        tails = tags.map { Bytes(($0 + pricing).utf8) }
        tailsWithoutPricing = tags.map { Bytes(($0 + "}").utf8) }
    }

    /// One body with one status.
    package mutating func next() -> [UInt8] {
        var body: Bytes = []
        body.reserveCapacity(720)
        appendNext(to: &body)
        return body
    }

    /// Appends one body with one status, so that a caller can reuse its buffer.
    package mutating func appendNext(to body: inout [UInt8]) {
        let pick = pickNext()
        body.append(contentsOf: head)
        addContact(pick, to: &body)
        body.add(#"],"statuses":["#)
        addStatus(pick, to: &body)
        body.add(#"]},"field":"messages"}]}]}"#)
    }

    /// One body with `count` statuses, one at least and Meta's thousand at most.
    package mutating func nextBatch(_ count: Int) -> [UInt8] {
        let picks = (0..<min(1_000, max(1, count))).map { _ in pickNext() }
        var body: Bytes = []
        body.reserveCapacity(320 + picks.count * 440)
        body.append(contentsOf: head)
        for (index, pick) in picks.enumerated() {
            if index > 0 { body.add(",") }
            addContact(pick, to: &body)
        }
        body.add(#"],"statuses":["#)
        for (index, pick) in picks.enumerated() {
            if index > 0 { body.add(",") }
            addStatus(pick, to: &body)
        }
        body.add(#"]},"field":"messages"}]}]}"#)
        return body
    }

    private func hash(_ message: UInt64) -> UInt64 {
        Chance.mix(seed &+ (message &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The low byte decides on delivery, the next one on reading.
    private func isDelivered(_ hash: UInt64) -> Bool { hash & 0xFF < 243 }
    private func isRead(_ hash: UInt64) -> Bool { isDelivered(hash) && hash >> 8 & 0xFF < 154 }

    private mutating func pickNext() -> Pick {
        // One in three is a new message; of the rest, receipts go first as far as there are any, so none falls behind.
        turn = turn == 2 ? 0 : turn + 1
        if turn == 2, let message = nextReadMessage() {
            readCount += 1
            return Pick(message: message, word: .read)
        }
        if turn > 0, let message = nextDeliveredMessage() {
            deliveredCount += 1
            return Pick(message: message, word: .delivered)
        }
        sentCount += 1
        nextSent += 1
        return Pick(message: nextSent - 1, word: .sent)
    }

    /// Blocks are finished one after the other; inside a block an exclusive-or with a fixed mask shuffles.
    private mutating func nextDeliveredMessage() -> UInt64? {
        while (nextDelivered / Self.deliveredBlock + 1) * Self.deliveredBlock <= nextSent {
            let message = nextDelivered ^ (seed & (Self.deliveredBlock - 1))
            nextDelivered += 1
            if isDelivered(hash(message)) { return message }
        }
        return nil
    }

    private mutating func nextReadMessage() -> UInt64? {
        let finished = nextDelivered / Self.deliveredBlock * Self.deliveredBlock
        while (nextRead / Self.readBlock + 1) * Self.readBlock <= finished {
            let message = nextRead ^ (seed >> 8 & (Self.readBlock - 1))
            nextRead += 1
            if isRead(hash(message)) { return message }
        }
        return nil
    }

    private func addContact(_ pick: Pick, to bytes: inout Bytes) {
        let person = (hash(pick.message) >> 16) % people
        bytes.add(#"{"wa_id":""#)
        Self.addPhone(person, to: &bytes)
        bytes.add(#"","user_id":""#)
        Self.addUserID(person, to: &bytes)
        bytes.add(#""}"#)
    }

    private func addStatus(_ pick: Pick, to bytes: inout Bytes) {
        let hash = hash(pick.message)
        let person = (hash >> 16) % people
        let sentAt = startSecond &+ Int64(truncatingIfNeeded: pick.message / messagesPerSecond)
        let deliveredAt = sentAt &+ 1 &+ Int64(hash >> 20 & 31)
        bytes.add(#"{"id":"wamid.HBgN"#)
        WireFormat.addBase64(hash, to: &bytes)
        WireFormat.addBase64(Chance.mix(hash), to: &bytes)
        WireFormat.addBase64(Chance.mix(hash ^ seed), to: &bytes)
        bytes.add(#"AA==","status":""#)
        bytes.add(pick.word.text)
        bytes.add(#"","timestamp":""#)
        switch pick.word {
        case .sent: bytes.add(sentAt)
        case .delivered: bytes.add(deliveredAt)
        default: bytes.add(deliveredAt &+ 1 &+ Int64(hash >> 30 & 4_095))
        }
        bytes.add(#"","recipient_id":""#)
        Self.addPhone(person, to: &bytes)
        bytes.add(#"","recipient_user_id":""#)
        Self.addUserID(person, to: &bytes)
        bytes.add("\"")
        let template = Int(truncatingIfNeeded: (hash >> 40) % UInt64(tails.count))
        if case .read = pick.word {
            bytes.append(contentsOf: tailsWithoutPricing[template])
        } else {
            bytes.append(contentsOf: tails[template])
        }
    }

    private static func addPhone(_ person: UInt64, to bytes: inout Bytes) {
        bytes.add("628")
        bytes.add(Int64(truncatingIfNeeded: 1_000_000_000 &+ person % 8_999_999_999))
    }

    private static func addUserID(_ person: UInt64, to bytes: inout Bytes) {
        bytes.add("ID.9F")
        var rest = Chance.mix(person &+ 77)
        for _ in 0..<16 {
            let nibble = UInt8(rest & 15)
            bytes.append(nibble < 10 ? 48 + nibble : 55 + nibble)
            rest >>= 4
        }
    }
}
