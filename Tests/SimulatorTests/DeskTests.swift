import Domain
import Foundation
import Simulator
import Testing

private func business(
    seed: UInt64 = 4, days: Int = 6, hasDesk: Bool = true, appLine: PhoneNumberID? = nil, incidents: [Incident] = []
) -> Scenario {
    Scenario(
        seed: seed, days: days, messagesPerDay: 600, people: 1_500, incidents: incidents, hasDesk: hasDesk,
        appLine: appLine)
}

/// Every record of every body of one source, decoded by Foundation.
private func records(_ deliveries: [SimulatedDelivery], _ source: DeliverySource) throws -> [[String: Any]] {
    try deliveries.filter { $0.source == source }.flatMap { delivery -> [[String: Any]] in
        if let whole = try? JSONSerialization.jsonObject(with: Data(delivery.body)) {
            if let list = whole as? [[String: Any]] { return list }
            return [try #require(whole as? [String: Any])]
        }
        return try delivery.body.split(separator: UInt8(ascii: "\n")).map {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        }
    }
}

/// The values of a member of `value` in every webhook.
private func items(_ deliveries: [SimulatedDelivery], _ member: String) throws -> [[String: Any]] {
    try records(deliveries, .metaWebhook).flatMap { root in
        (root["entry"] as? [[String: Any]] ?? []).flatMap { entry in
            (entry["changes"] as? [[String: Any]] ?? []).flatMap { change in
                (change["value"] as? [String: Any])?[member] as? [[String: Any]] ?? []
            }
        }
    }
}

@Suite struct DeskTests {
    private static let scenario = business(days: 20)
    private static let history = Simulator(scenario).history()

    @Test func sameSeedSameBytes() {
        let again = Simulator(business(days: 3)).history().deliveries
        #expect(again == Simulator(business(days: 3)).history().deliveries)
        #expect(again != Simulator(business(seed: 5, days: 3)).history().deliveries)
        #expect(again == Array(Self.history.deliveries.prefix(again.count)))
    }

    /// A desk looks on: who writes what and when, and how it travels, stays; only the names of agents change. What
    /// customers add while they wait travels by itself.
    @Test func theMessagesAreThoseOfABusinessWithoutADesk() {
        func traffic(_ scenario: Scenario) -> [String] {
            Simulator(scenario).history().deliveries.filter { $0.source != .deskEvents }.map { delivery in
                let body = String(decoding: delivery.body, as: UTF8.self)
                return "\(delivery.receivedAt.microseconds) \(delivery.source) "
                    + body.replacing(/agent-[0-9]/, with: "agent")
            }
        }
        let without = traffic(business(hasDesk: false))
        var place = 0
        var added: [String] = []
        for body in traffic(business(hasDesk: true)) {
            if place < without.count, body == without[place] { place += 1 } else { added.append(body) }
        }
        #expect(place == without.count)
        #expect(added.count > 50)
        #expect(added.allSatisfy { $0.contains(#""messages":[{"from"#) && !$0.contains(#""statuses":["#) })
    }

    /// Whoever waits for a person writes again more often from the fourth minute on, for half an hour.
    @Test func customersLosePatience() {
        let waits = Self.history.truth.waits(asOf: Self.scenario.end).filter { $0.responder == .human }
        /// Messages for each minute of waiting.
        func rate(_ minutes: Range<Int64>) -> Double {
            let (from, to) = (minutes.lowerBound * 60_000_000, minutes.upperBound * 60_000_000)
            let messages = waits.reduce(0) { $0 + $1.repeats.count { $0 >= from && $0 < to } }
            let spent = waits.reduce(0) { $0 + max(0, min($1.responseTime ?? 0, to) - from) }
            return Double(messages) / (Double(spent) / 60_000_000)
        }
        // Whoever writes in pieces has done so by the second minute.
        #expect((0.01...0.05).contains(rate(2..<4)))
        #expect((0.12...0.18).contains(rate(4..<8)) && (0.12...0.18).contains(rate(8..<30)))
        #expect(rate(30..<120) < 0.03 && rate(120..<1_440) < 0.005)
    }

    @Test func withoutADeskNothingComesFromOne() {
        let deliveries = Simulator(business(days: 2, hasDesk: false)).history().deliveries
        #expect(deliveries.allSatisfy { $0.source == .metaWebhook || $0.source == .sendLog })
        #expect(!deliveries.contains { String(decoding: $0.body, as: UTF8.self).contains("message_echoes") })
    }

    @Test func recordsAreThoseOfTheGenericFormat() throws {
        let records = try records(Self.history.deliveries, .deskEvents)
        let known = Set(try items(Self.history.deliveries, "messages").compactMap { $0["id"] as? String })
        var types: [String: Int] = [:]
        var heard: Set<String> = []
        var tellsWhose: Set<String> = []
        var events: [String: Data] = [:]
        for record in records {
            let type = try #require(record["type"] as? String)
            types[type, default: 0] += 1
            #expect(record["source"] as? String == "desk")
            #expect(RFC3339.parse(try #require(record["at"] as? String)) != nil)
            let conversation = try #require(record["conversation_id"] as? String)
            if record["contact"] != nil { tellsWhose.insert(conversation) }
            // The same event is the same whenever it comes.
            let id = try #require(record["id"] as? String)
            let bytes = try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
            #expect(events.updateValue(bytes, forKey: id).map { $0 == bytes } ?? true)
            let author = record["author"] as? [String: Any]
            if type == "message" {
                #expect(record["contact"] != nil)
                let message = try #require(record["message_id"] as? String)
                let kind = try #require(author?["kind"] as? String)
                #expect(["customer", "bot", "human"].contains(kind))
                if kind == "customer" { heard.insert(message) } else { #expect(!known.contains(message)) }
            }
        }
        #expect(
            Set(types.keys) == ["message", "status", "assigned", "handoff", "priority", "rating_asked", "rated"])
        #expect(events.count < records.count)
        // Both tell of the same words, a few late ones apart.
        #expect(heard.subtracting(known).count < heard.count / 100 && known.count > 500)
        let conversations = Set(records.compactMap { $0["conversation_id"] as? String })
        #expect(tellsWhose.count > conversations.count * 99 / 100)
    }

    /// Within one thread no two states of one kind are set in one second: their order would be anybody's guess.
    @Test func noTwoStatesShareASecond() throws {
        var seen: [String: String] = [:]
        for record in try records(Self.history.deliveries, .deskEvents) {
            guard let type = record["type"] as? String, type != "message", let at = record["at"] as? String,
                let conversation = record["conversation_id"] as? String, let id = record["id"] as? String
            else { continue }
            let moment = "\(conversation) \(type) \(at)"
            #expect(seen[moment, default: id] == id, "\(moment)")
            seen[moment] = id
        }
    }

    @Test func someRecordsComeLateAndOutOfOrder() throws {
        var delays: [Int64] = []
        for delivery in Self.history.deliveries where delivery.source == .deskEvents {
            for record in try records([delivery], .deskEvents) {
                let at = try #require((record["at"] as? String).flatMap { RFC3339.parse($0) })
                delays.append(delivery.receivedAt.microseconds(since: at))
            }
        }
        #expect(delays.allSatisfy { $0 > 0 })
        let late = Double(delays.filter { $0 > 300_000_000 }.count) / Double(delays.count)
        #expect((0.001...0.02).contains(late))
        #expect((delays.max() ?? 0) > 6 * 3_600 * 1_000_000)
    }

    // MARK: Service as it is

    @Test func waitsAndConversationsAreThoseOfAShop() throws {
        let waits = Self.history.truth.waits(asOf: Self.scenario.end)
        let totals = TrueWaitTotals(waits)
        #expect(totals.waits == totals.answered + totals.open + totals.abandoned)
        #expect(totals.waits > 1_000 && totals.messages == totals.waits + totals.extraMessages)
        func median(_ responder: Responder) throws -> Int64 {
            let times = totals.sortedResponseTimes(responder)
            return try #require(times.isEmpty ? nil : times[times.count / 2]) / 1_000_000
        }
        #expect((3...10).contains(try median(.bot)))
        #expect((150...1_200).contains(try median(.human)))
        func share(_ part: Int) -> Double { Double(part) / Double(totals.waits) }
        #expect((0.05...0.25).contains(share(totals.abandoned)))
        #expect((0.05...0.30).contains(share(totals.repeated)))
        for entry in TrueWait.Entry.allCases { #expect(waits.contains { $0.entry == entry }) }
        // Field cases 8 and 9: somebody else than the assigned agent answers, or somebody without an assignment.
        #expect(waits.contains { $0.replyAgent != nil && $0.assignedAgent != nil && $0.replyAgent != $0.assignedAgent })
        #expect(waits.contains { $0.responder == .human && $0.assignedAgent == nil })
        #expect(waits.allSatisfy { $0.handoffReplyAt == nil || $0.handoffAt != nil })
        for wait in waits {
            guard let end = wait.endedAt else { continue }
            let split = wait.split
            #expect(split.bot + split.queue + split.agent == end.microseconds(since: wait.startedAt))
        }

        let conversations = Self.history.truth.conversations(asOf: Self.scenario.end)
        let sums = TrueConversationTotals(conversations)
        #expect(sums.inbound == totals.messages)
        #expect(sums.resolved > sums.withCustomer / 4 && sums.resolved < sums.withCustomer)
        #expect(sums.reopened > 0 && sums.reopened < sums.resolved / 5)
        #expect(sums.contained > 0 && sums.handedOff > 0 && sums.contained + sums.handedOff < sums.closed)
        #expect(sums.rated > 0 && sums.rated < sums.ratingAsked && sums.ratingAsked < sums.resolved)
        for handled in TrueConversation.HandledBy.allCases {
            #expect(conversations.contains { $0.handledBy == handled })
        }
    }

    /// Whoever looks earlier knows less, and what was answered stays answered.
    @Test func asOfEarlierKnowsLess() {
        let noon = Self.scenario.startOfDay(10).adding(seconds: 43_200)
        let early = TrueWaitTotals(Self.history.truth.waits(asOf: noon))
        let later = TrueWaitTotals(Self.history.truth.waits(asOf: Self.scenario.end))
        #expect(early.waits < later.waits && early.messages < later.messages)
        #expect(early.open > 0)
        #expect(Self.history.truth.waits(asOf: Self.scenario.start).isEmpty)
        #expect(Self.history.truth.conversations(asOf: Self.scenario.start).isEmpty)
    }

    @Test func aSilentBotLeavesTheWorkToPeople() throws {
        let start = Scenario.usualStart.adding(seconds: 3 * 86_400 + 10 * 3_600)
        let outage = Incident(
            name: Text(id: "Bot mati", en: "Bot outage"), kind: .botOutage,
            window: start..<start.adding(seconds: 18_000))
        let scenario = business(incidents: [outage])
        let waits = Simulator(scenario).history().truth.waits(asOf: scenario.end)
        let inside = waits.filter { outage.window.contains($0.startedAt) }
        #expect(inside.count > 8)
        // A reply to what was written before it began may still come inside.
        let answers = waits.filter { wait in
            wait.responder == .bot && wait.endedAt.map(outage.window.dropFirstMinute.contains) ?? false
        }
        #expect(answers.isEmpty)
        #expect(inside.contains { $0.responder == .human && ($0.responseTime ?? 0) > 240_000_000 })
        #expect(inside.contains { $0.handoffAt != nil && $0.split.bot > 200_000_000 })
    }

    // MARK: The phone

    @Test func answersInThePhoneAreEchoes() throws {
        let line = BusinessLine.usual[1].phoneNumber
        let scenario = business(appLine: line)
        let (deliveries, truth) = Simulator(scenario).history()
        let echoes = try items(deliveries, "message_echoes")
        #expect(echoes.count > 10)
        let ids = Set(echoes.compactMap { $0["id"] as? String })
        for echo in echoes {
            #expect(echo["from"] as? String == BusinessLine.usual[1].display)
            #expect(echo["to"] is String || echo["to_user_id"] is String)
            #expect((echo["timestamp"] as? String).flatMap { Int64($0) } != nil)
        }
        // Meta says nothing else of them, nor does the send log or the desk.
        #expect(try items(deliveries, "statuses").allSatisfy { !ids.contains($0["id"] as? String ?? "") })
        for source in [DeliverySource.sendLog, .deskEvents] {
            #expect(try records(deliveries, source).allSatisfy { !ids.contains($0["message_id"] as? String ?? "") })
        }
        #expect(truth.messages(asOf: scenario.end).allSatisfy { !ids.contains($0.id.value) })
        let typed = truth.waits(asOf: scenario.end).filter { $0.responder == .human && $0.replyAgent == nil }
        #expect(typed.contains { $0.phoneNumber == line })
        #expect(truth.waits(asOf: scenario.end).contains { $0.phoneNumber == line && $0.replyAgent != nil })
    }
}

extension Range<Instant> {
    fileprivate var dropFirstMinute: Range<Instant> { lowerBound.adding(seconds: 60)..<upperBound }
}
