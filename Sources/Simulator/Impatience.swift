import Domain

/// Customers who wait for a person and write once more.
///
/// They do so only where the shop has a desk. Their random numbers, their message ids and the bodies they travel in are
/// their own, so that all else is said and travels as it would without them.
extension World {
    /// The chance in each minute of waiting that one more message is written in it: few before the fourth minute, then
    /// many for as long as people look at the phone, and none after two hours. At most one a minute.
    private static let impatience: [(minutes: Range<Int64>, chance: Double)] = [
        (0..<4, 0.02), (4..<30, 0.15), (30..<120, 0.01),
    ]

    /// Plans what the customer writes until the reply.
    ///
    /// - Parameter since: when the wait began.
    mutating func planImpatience(of person: Int, since: Int64, replyAt: Int64) {
        for (minutes, probability) in Self.impatience {
            for minute in minutes where desk.impatience.happens(probability) {
                let at = since + minute * 60 + 1 + Int64(desk.impatience.below(59))
                guard at < replyAt else { return }
                desk.plan(.writeAgain(since: since), for: person, at: at)
            }
        }
    }

    mutating func writeAgain(_ person: Int, since: Int64, at time: Int64) {
        // Answered sooner than planned.
        guard (desk.threads[person]?.answeredAt ?? .min) < since else { return }
        // No two things of a thread share a second, and nothing else gives way.
        guard people[person].lastMoment < time else {
            desk.plan(.writeAgain(since: since), for: person, at: people[person].lastMoment + 1)
            return
        }
        people[person].lastMoment = time
        people[person].lastInboundAt = time
        let sender = people[person]
        let id = messageID(.max - desk.nextWord(), chance: &desk.impatience)
        var learn = (word: Truth.Reference.nothing, told: Truth.Reference.nothing)
        if recordsTruth {
            learn = (.word(truth.words.count), .deskWord(truth.words.count))
            truth.words.append(
                Truth.Word(
                    person: person, line: sender.line, at: time, quotes: nil, isContent: true, isFromAd: false,
                    country: sender.country))
        }
        var update = Update(line: sender.line, section: .messages, learn: learn.word)
        update.item = WireFormat.inbound(
            id: id, from: sender, line: scenario.lines[sender.line], words: Words(), at: time,
            chance: &desk.impatience)
        update.contact = WireFormat.contact(sender, withName: true)
        transport.postApart(update, at: time, chance: &desk.impatience)
        deskHears(Desk.Message(id: id, at: time, learn: learn.told), from: person, taker: nil)
    }
}
