import Domain
import Foundation
import Simulator
import Testing

@Suite struct ChanceTests {
    /// The published first outputs of SplitMix64 for this seed.
    @Test func numbersAreThoseOfSplitMix64() {
        var chance = Chance(seed: 1_234_567)
        #expect(chance.next() == 6_457_827_717_110_365_317)
        #expect(chance.next() == 3_203_168_211_198_807_973)
        #expect(chance.next() == 9_817_491_932_198_370_423)
    }

    @Test func exponentialIsClose() {
        for x in [-20.0, -3.2, -0.5, 0, 0.001, 1, 2.5, 9.2, 30] {
            #expect(abs(Chance.exponential(x) / exp(x) - 1) < 1e-9)
        }
    }

    /// Means within five standard errors of what the distributions promise.
    @Test func distributionsKeepTheirPromises() {
        var chance = Chance(seed: 8)
        let draws = 40_000
        let normals = (0..<draws).map { _ in chance.normal() }
        let mean = normals.reduce(0, +) / Double(draws)
        let variance = normals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
        #expect(abs(mean) < 0.025)
        #expect(abs(variance - 1) < 0.05)
        let median = (0..<draws).map { _ in chance.logNormal(median: 230, sigma: 0.95) }.sorted()[draws / 2]
        #expect(abs(median / 230 - 1) < 0.03)
        let counted = (0..<draws).reduce(0) { sum, _ in sum + chance.count(expected: 2.25) }
        #expect(abs(Double(counted) / Double(draws) - 2.25) < 0.011)
        #expect((0..<1_000).allSatisfy { _ in (3...7).contains(chance.whole(3...7)) })
        #expect(chance.below(0) == 0)
    }

    /// The send log's dates are written by hand; Foundation must read the same second that the `sent` status names.
    @Test func datesReadBackAsTheSecondOfTheStatus() throws {
        let deliveries = Simulator(Scenario(seed: 2, days: 3, messagesPerDay: 300, people: 900)).history().deliveries
        var sentAt: [String: Int64] = [:]
        var logged: [String: Int64] = [:]
        let formatter = ISO8601DateFormatter()
        for delivery in deliveries {
            let whole = try? JSONSerialization.jsonObject(with: Data(delivery.body))
            if delivery.source == .sendLog, let record = whole as? [String: Any],
                let id = record["message_id"] as? String
            {
                let text = try #require(record["sent_at"] as? String)
                let date = try #require(formatter.date(from: text))
                logged[id] = Int64(date.timeIntervalSince1970)
            }
            for entry in (whole as? [String: Any])?["entry"] as? [[String: Any]] ?? [] {
                for change in entry["changes"] as? [[String: Any]] ?? [] {
                    let value = change["value"] as? [String: Any]
                    for status in value?["statuses"] as? [[String: Any]] ?? []
                    where status["status"] as? String == "sent" {
                        sentAt[try #require(status["id"] as? String)] = Int64(status["timestamp"] as? String ?? "")
                    }
                }
            }
        }
        let pairs = logged.compactMap { id, at in sentAt[id].map { (at, $0) } }
        #expect(pairs.count > 200)
        #expect(pairs.allSatisfy { (0...1).contains($0.1 - $0.0) })
    }
}
