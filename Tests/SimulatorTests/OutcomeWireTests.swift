import Domain
import Foundation
import Simulator
import Testing

extension [String: Any] {
    fileprivate func text(_ key: String) throws -> String { try #require(self[key] as? String) }
    fileprivate func time(_ key: String) throws -> Instant { try #require(RFC3339.parse(try text(key))) }
    fileprivate func micros(_ key: String) throws -> Int64 { try #require(Money.micros(try text(key))) }
}

/// What links, clicks and outcomes look like from outside, against the truth.
@Suite struct OutcomeWireTests {
    static let scenario = OutcomeTests.scenario
    static let deliveries = OutcomeTests.history.deliveries
    static let outcomes = OutcomeTests.outcomes

    private static func records(_ source: DeliverySource) throws -> [[String: Any]] {
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

    private static func known(_ source: String) -> [String: TrueOutcome] {
        Dictionary(uniqueKeysWithValues: outcomes.filter { $0.source == source }.map { ($0.id, $0) })
    }

    @Test func recordsOfTheShopAreTheContracts() throws {
        let known = Self.known("shop")
        var seen: Set<String> = []
        var national = 0
        for record in try Self.records(.outcomes) {
            let id = try record.text("id")
            let outcome = try #require(known[id])
            seen.insert(id)
            #expect(record["source"] as? String == "shop" && record["kind"] as? String == outcome.kind)
            #expect(try record.time("at") == outcome.at)
            let value = try #require(record["value"] as? NSNumber)
            #expect(Money.micros(value.description) == outcome.value?.micros)
            #expect(record["currency"] as? String == outcome.value?.currency)
            let names = ["contact", "message_id", "link", "user_id"].filter { record[$0] is String }
            #expect(names.count == 1)
            if outcome.toldBy == .nationalPhone {
                national += 1
                #expect((record["contact"] as? String)?.hasPrefix("08") == true)
            }
            if outcome.toldBy == .message { #expect(record["message_id"] as? String == outcome.cause?.value) }
        }
        #expect(seen == Set(known.keys) && national > 50)
        #expect(Self.outcomes.contains { $0.source == "shop" && $0.knownAt.seconds - $0.at.seconds > 86_400 })
    }

    /// Adds up what the provider said, as its documentation has it, and compares with the truth.
    @Test func notificationsOfMidtransAddUp() throws {
        struct Order {
            var isPaid = false
            var isCancelled = false
            var words: Set<String> = []
            var gross: Int64 = 0
            var givenBack: Int64 = 0
        }
        var orders: [String: Order] = [:]
        for body in try Self.records(.midtrans) {
            let id = try body.text("order_id")
            let word = try body.text("transaction_status")
            let gross = try body.micros("gross_amount")
            let mark = try body.text("custom_field1")
            #expect(mark.hasPrefix("wa:") || mark.hasPrefix("link:"))
            #expect((body["transaction_time"] as? String)?.count == 19 && body["status_code"] is String)
            var order = orders[id, default: Order()]
            order.gross = gross
            order.words.insert(word)
            let isAccepted = word == "capture" && body["fraud_status"] as? String == "accept"
            if word == "settlement" || isAccepted { order.isPaid = true }
            if word == "cancel" { order.isCancelled = true }
            if word == "refund" || word == "partial_refund" {
                let total = try body.micros("refund_amount")
                #expect(total <= gross && (word == "refund") == (total == gross))
                order.givenBack = max(order.givenBack, total)
            }
            orders[id] = order
        }
        let known = Self.known("midtrans")
        #expect(Set(orders.keys) == Set(known.keys))
        for (id, order) in orders {
            let outcome = try #require(known[id])
            #expect(outcome.value == Money(micros: order.gross, currency: "IDR"))
            #expect(outcome.counts == (order.isPaid && !order.isCancelled))
            #expect(outcome.isCancelled == order.isCancelled)
            #expect(outcome.net?.micros == (order.isCancelled ? 0 : order.gross - order.givenBack))
            #expect(order.words.contains("expire") == (outcome.standing == .failed))
        }
        #expect(orders.values.contains { $0.words.isSuperset(of: ["capture", "settlement"]) })
        #expect(orders.values.contains { $0.words.isSuperset(of: ["capture", "cancel"]) })
        #expect(orders.values.contains { $0.words.contains("partial_refund") })
    }

    @Test func aMovedBookingIsOne() throws {
        let known = Self.known("calcom")
        var before: [String: String] = [:]
        var words: [String: Set<String>] = [:]
        for body in try Self.records(.calcom) {
            let payload = try #require(body["payload"] as? [String: Any])
            let id = try payload.text("uid")
            let trigger = try body.text("triggerEvent")
            words[id, default: []].insert(trigger)
            if trigger == "BOOKING_RESCHEDULED" { before[id] = try payload.text("rescheduleUid") }
            let attendee = try #require((payload["attendees"] as? [[String: Any]])?.first)
            #expect(attendee["phoneNumber"] is String || (payload["metadata"] as? [String: Any])?["wa"] is String)
        }
        // Told of one booking: its present id and those before it.
        #expect(Set(known.values.flatMap { [$0.id] + $0.formerIDs }) == Set(words.keys))
        #expect(known.values.reduce(0) { $0 + 1 + $1.formerIDs.count } == words.count)
        for outcome in known.values {
            #expect(outcome.formerIDs.last == before[outcome.id])
            #expect(outcome.movedAt.map { $0 > outcome.at } ?? outcome.formerIDs.isEmpty)
            #expect(outcome.isCancelled == (words[outcome.id]?.contains("BOOKING_CANCELLED") ?? false))
        }
        let rescheduled = Double(before.count) / Double(max(1, known.count))
        #expect(abs(rescheduled - OutcomeTests.rates.reschedules) < 0.08)
    }

    @Test func everyClickIsOfALinkThatWasMadeBefore() throws {
        var links: [String: [String: Any]] = [:]
        for body in try Self.records(.links) {
            for link in try #require(body["links"] as? [[String: Any]]) {
                let code = try link.text("code")
                #expect(code.utf8.count == 10 && (link["url"] as? String)?.hasPrefix("https://") == true)
                links[code] = link
            }
        }
        var people = 0
        var robots: Set<String> = []
        var all: Set<String> = []
        for body in try Self.records(.clicks) {
            for click in try #require(body["clicks"] as? [[String: Any]]) {
                let id = try click.text("id")
                #expect(all.insert(id).inserted)
                let link = try #require(links[try click.text("code")])
                let made = try link.time("created_at")
                let at = try click.time("at")
                #expect(made <= at && (click["phone"] is String || click["user_id"] is String))
                if click["robot"] as? Bool == true { robots.insert(id) } else { people += 1 }
            }
        }
        let clicks = OutcomeTests.history.truth.clicks(asOf: Self.scenario.end)
        #expect(people == clicks.count && robots.count > 100)
        #expect(robots.isDisjoint(with: clicks.map(\.id)))
        // One for each recipient, one for all of a campaign, and one for each message of the daily trade.
        #expect(links.values.contains { $0["campaign"] is String && $0["phone"] is String })
        #expect(links.values.contains { $0["campaign"] is String && $0["phone"] == nil && $0["user_id"] == nil })
        #expect(links.values.contains { $0["message_id"] is String })
    }

    @Test func someNamesAreKnownOnlyLater() {
        let named = Self.outcomes.filter { $0.toldBy == .message }
        let unknown = named.filter { outcome in
            guard let cause = outcome.cause else { return false }
            return !OutcomeTests.history.truth.messages(asOf: outcome.knownAt).contains { $0.id == cause }
        }
        #expect(unknown.count > 2 && unknown.count < named.count)
    }

    @Test func theControlGroupIsOnTheSendLogOnly() throws {
        var heldOut: Set<String> = []
        for record in try Self.records(.sendLog) where record["status"] as? String == "held_out" {
            #expect(record["message_id"] == nil && record["campaign"] is String && record["sent_at"] is String)
            #expect(record["to"] is String || record["user_id"] is String)
            heldOut.insert(try record.text("id"))
        }
        let people = OutcomeTests.history.truth.holdOuts(asOf: Self.scenario.end).reduce(0) { $0 + $1.heldOut }
        // A campaign of two days holds some people out twice.
        #expect(people > 50 && heldOut.count >= people)
        #expect(heldOut.isDisjoint(with: OutcomeTests.messages.map(\.id.value)))
    }

    @Test func leadsAndOrdersAreMessages() throws {
        var flows: Set<String> = []
        var orders: [String: Int64] = [:]
        for body in try Self.records(.metaWebhook) {
            for entry in body["entry"] as? [[String: Any]] ?? [] {
                for change in entry["changes"] as? [[String: Any]] ?? [] {
                    let value = change["value"] as? [String: Any]
                    for message in value?["messages"] as? [[String: Any]] ?? [] {
                        let id = try message.text("id")
                        let reply = (message["interactive"] as? [String: Any])?["nfm_reply"] as? [String: Any]
                        if let text = reply?["response_json"] as? String {
                            let answer = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
                            #expect((answer?["flow_token"] as? String)?.hasPrefix("lead-") == true)
                            flows.insert(id)
                        }
                        guard let order = message["order"] as? [String: Any] else { continue }
                        let items = try #require(order["product_items"] as? [[String: Any]])
                        orders[id] = items.reduce(Int64(0)) { sum, item in
                            sum + Int64(item["quantity"] as? Int ?? 0) * Int64(item["item_price"] as? Int ?? 0)
                        }
                    }
                }
            }
        }
        let known = Self.known("whatsapp")
        #expect(flows == Set(known.values.filter { $0.kind == OutcomeKind.lead }.map(\.id)) && flows.count > 20)
        #expect(Set(orders.keys) == Set(known.values.filter { $0.kind == OutcomeKind.order }.map(\.id)))
        for (id, total) in orders { #expect(known[id]?.value?.micros == total * 1_000_000) }
    }
}
