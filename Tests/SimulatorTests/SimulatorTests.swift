import Domain
import Foundation
import Simulator
import Testing

/// FNV-1a over times, sources and bodies.
private func fingerprint(_ deliveries: [SimulatedDelivery]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for delivery in deliveries {
        withUnsafeBytes(of: delivery.receivedAt.microseconds.littleEndian) { $0.forEach(take) }
        take(delivery.source.rawValue)
        delivery.body.forEach(take)
    }
    return hash
}

private func small(seed: UInt64 = 1, days: Int = 6) -> Simulator {
    Simulator(Scenario(seed: seed, days: days, messagesPerDay: 300, people: 800))
}

/// Every object in `statuses[]` and `messages[]` of a body, decoded by Foundation, which shares nothing with the
/// writer.
private struct Decoded {
    var statuses: [[String: Any]] = []
    var messages: [[String: Any]] = []
    var fields: Set<String> = []

    init(_ body: [UInt8]) throws {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        #expect(root["object"] as? String == "whatsapp_business_account")
        for entry in try #require(root["entry"] as? [[String: Any]]) {
            #expect(entry["id"] is String)
            for change in try #require(entry["changes"] as? [[String: Any]]) {
                fields.insert(try #require(change["field"] as? String))
                let value = try #require(change["value"] as? [String: Any])
                statuses += value["statuses"] as? [[String: Any]] ?? []
                messages += value["messages"] as? [[String: Any]] ?? []
            }
        }
    }
}

@Suite struct DeterminismTests {
    @Test func sameSeedSameBytes() {
        let first = small().history().deliveries
        let second = small().history().deliveries
        #expect(!first.isEmpty)
        #expect(fingerprint(first) == fingerprint(second))
    }

    @Test func otherSeedOtherBytes() {
        #expect(fingerprint(small(seed: 1).history().deliveries) != fingerprint(small(seed: 2).history().deliveries))
    }

    @Test func aLongerHistoryBeginsLikeAShorterOne() {
        var scenario = Scenario(seed: 3, days: 3, messagesPerDay: 200, people: 500, incidents: [])
        let short = Simulator(scenario).history().deliveries
        scenario.days = 5
        let long = Simulator(scenario).history().deliveries
        #expect(fingerprint(Array(long.prefix(short.count))) == fingerprint(short))
        #expect(long.count > short.count)
    }

    @Test func pausingAtUntilLosesNothing() {
        let simulator = small(days: 3)
        let whole = simulator.history().deliveries
        var run = simulator.run(recordsTruth: false)
        var parts: [SimulatedDelivery] = []
        var until = simulator.scenario.start
        while until < simulator.scenario.end {
            until = min(until.adding(seconds: 1_000), simulator.scenario.end)
            run.until = until
            while let delivery = run.next() { parts.append(delivery) }
        }
        #expect(fingerprint(parts) == fingerprint(whole))
    }

    @Test func aRangeIsTheSameSliceOfTheHistory() {
        let simulator = small(days: 3)
        let range = simulator.scenario.startOfDay(1)..<simulator.scenario.startOfDay(2)
        let slice = Array(simulator.deliveries(in: range))
        let expected = simulator.history().deliveries.filter { range.contains($0.receivedAt) }
        #expect(!slice.isEmpty)
        #expect(fingerprint(slice) == fingerprint(expected))
    }

    @Test func runGoesOnAfterItsHistory() {
        let simulator = small(days: 1)
        let live = simulator.deliveries(in: simulator.scenario.end..<simulator.scenario.end.adding(seconds: 86_400))
        #expect(Array(live).count > 300)
    }
}

@Suite struct WireTests {
    @Test func deliveriesComeInOrderInsideTheDays() {
        let simulator = small()
        let deliveries = simulator.history().deliveries
        for (earlier, later) in zip(deliveries, deliveries.dropFirst()) {
            #expect(earlier.receivedAt <= later.receivedAt)
        }
        #expect(
            deliveries.allSatisfy {
                $0.receivedAt >= simulator.scenario.start && $0.receivedAt < simulator.scenario.end
            })
    }

    @Test func webhooksAreMetasJSON() throws {
        var fields: Set<String> = []
        var types: Set<String> = []
        var words: Set<String> = []
        var largest = 0
        for delivery in small(days: 12).history().deliveries where delivery.source == .metaWebhook {
            let decoded = try Decoded(delivery.body)
            fields.formUnion(decoded.fields)
            largest = max(largest, decoded.statuses.count + decoded.messages.count)
            for status in decoded.statuses {
                let word = try #require(status["status"] as? String)
                words.insert(word)
                #expect((status["id"] as? String)?.hasPrefix("wamid.") == true)
                #expect((status["timestamp"] as? String).flatMap { Int64($0) } != nil)
                #expect(status["recipient_id"] is String || status["recipient_user_id"] is String)
                #expect((status["errors"] != nil) == (word == "failed"))
                if word == "sent" { #expect(status["pricing"] is [String: Any]) }
                if word == "failed" || word == "played" { #expect(status["pricing"] == nil) }
                if let pricing = status["pricing"] as? [String: Any], pricing["type"] as? String != "free_entry_point" {
                    #expect(status["conversation"] == nil)
                }
                if let tags = status["biz_opaque_callback_data"] as? String {
                    let inner = try JSONSerialization.jsonObject(with: Data(tags.utf8)) as? [String: String]
                    #expect(inner?["uc"] != nil && inner?["by"] != nil)
                }
            }
            for message in decoded.messages { types.insert(try #require(message["type"] as? String)) }
        }
        #expect(words.isSuperset(of: ["sent", "delivered", "read", "failed"]))
        #expect(types.isSuperset(of: ["text", "image", "audio", "button", "interactive"]))
        #expect(fields.isSuperset(of: ["messages", "business_status_update", "message_template_status_update"]))
        #expect(largest > 1 && largest <= 20)
    }

    @Test func sendLogIsTheContracts() throws {
        var shapes: Set<String> = []
        for delivery in small(days: 8).history().deliveries where delivery.source == .sendLog {
            var records: [[String: Any]] = []
            if let whole = try? JSONSerialization.jsonObject(with: Data(delivery.body)) {
                if let list = whole as? [[String: Any]] {
                    records = list
                    shapes.insert("array")
                } else {
                    records = [try #require(whole as? [String: Any])]
                    shapes.insert("object")
                }
            } else {
                shapes.insert("lines")
                for line in delivery.body.split(separator: UInt8(ascii: "\n")) {
                    records.append(try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]))
                }
            }
            for record in records {
                let isRejected = record["status"] as? String == "rejected"
                #expect((record["message_id"] is String) != isRejected)
                #expect((record["id"] is String) == isRejected)
                #expect(record["sent_at"] is String)
                #expect(record["to"] is String || record["user_id"] is String)
            }
        }
        #expect(shapes == ["object", "array", "lines"])
    }

    /// Of two percent of bodies sent again, some hundreds of bodies show many.
    @Test func someBodiesComeAgain() {
        let deliveries = small().history().deliveries
        let distinct = Set(deliveries.map(\.body)).count
        let share = Double(deliveries.count - distinct) / Double(deliveries.count)
        #expect(share > 0.01 && share < 0.035)
    }

    @Test func everyPersonHasANumberOfTheirOwn() throws {
        var ownerOfUserID: [String: Set<String>] = [:]
        for delivery in small(days: 2).history().deliveries where delivery.source == .metaWebhook {
            for status in try Decoded(delivery.body).statuses {
                guard let phone = status["recipient_id"] as? String, let id = status["recipient_user_id"] as? String
                else {
                    continue
                }
                ownerOfUserID[phone, default: []].insert(id)
            }
        }
        // One number names one person; an id that changed gives a second name to a few.
        #expect(ownerOfUserID.values.filter { $0.count > 1 }.count <= 5)
    }
}
