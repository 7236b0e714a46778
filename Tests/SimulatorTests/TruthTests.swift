import Domain
import Foundation
import Simulator
import Testing

@Suite struct TruthTests {
    static let scenario = Scenario(seed: 5, days: 30, messagesPerDay: 1_000, people: 4_000)
    static let history = Simulator(scenario).history()
    static let messages = history.truth.messages(asOf: scenario.end)

    @Test func theFlagsOfEachMessageAgree() {
        for message in Self.messages {
            #expect(message.isAccepted != message.isRejected)
            if message.isRejected { #expect(!message.isDelivered && !message.isFailed && message.errorCode != nil) }
            if message.isRead || message.isReplied || message.isOptedOut { #expect(message.isDelivered) }
            if message.isFailed { #expect(message.errorCode != nil) }
            let ends = [
                message.isRejected, message.isDelivered, message.isFailed, message.isExpired, message.isPending,
            ]
            #expect(ends.filter { $0 }.count == 1)
            if let delay = message.deliverDelay { #expect(delay >= 0) }
            if let delay = message.readDelay { #expect(delay > 0 && message.isRead) }
        }
    }

    @Test func totalsAreTheSumsOfTheirParts() {
        let whole = Self.history.truth.totals(asOf: Self.scenario.end)
        let parts = Self.history.truth.totals(asOf: Self.scenario.end, by: { $0.template }).values
        #expect(whole.attempted == Self.messages.count)
        #expect(whole.attempted == whole.accepted + whole.rejected)
        #expect(whole.accepted == whole.delivered + whole.failed + whole.expired + whole.pending)
        #expect(parts.reduce(0) { $0 + $1.delivered } == whole.delivered)
        #expect(whole.deliverDelays.count == whole.delivered)
        let some = Self.history.truth.totals(asOf: Self.scenario.end) { $0.template == "otp_login" }
        #expect(some.attempted == Self.messages.filter { $0.template == "otp_login" }.count)
    }

    @Test func sharesAreThoseOfAShop() {
        let total = Self.history.truth.totals(asOf: Self.scenario.end)
        func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }
        #expect(abs(Double(total.attempted) / 30 / 1_000 - 1.1) < 0.35)
        #expect((0.86...0.94).contains(share(total.delivered, of: total.accepted)))
        #expect((0.50...0.68).contains(share(total.read, of: total.delivered)))
        #expect((0.03...0.07).contains(share(total.failed, of: total.accepted)))
        #expect((0.05...0.20).contains(share(total.replied, of: total.delivered)))
        #expect((0.001...0.01).contains(share(total.optedOut, of: total.delivered)))
        let countries = Dictionary(grouping: Self.messages, by: \.country).mapValues {
            share($0.count, of: Self.messages.count)
        }
        #expect((0.74...0.84).contains(countries["ID"] ?? 0))
        #expect((0.09...0.15).contains(countries["MY"] ?? 0))
        let unknown = Self.messages.filter { $0.template == nil && $0.category != "service" }.count
        #expect(unknown > 0)
        for code in [131_026, 131_049, 130_472, 131_056] {
            #expect(Self.messages.contains { $0.errorCode == code })
        }
        let variants = Self.history.truth.totals(asOf: Self.scenario.end, by: \.variant)
        let a = variants["A"] ?? TrueTotals()
        let b = variants["B"] ?? TrueTotals()
        #expect(share(b.read, of: b.delivered) > share(a.read, of: a.delivered))
    }

    @Test func incidentsShowInTheirWindowsAndNowhereElse() throws {
        let incidents = Self.scenario.incidents
        func window(_ isWanted: (Incident.Kind) -> Bool) throws -> Range<Instant> {
            try #require(incidents.first { isWanted($0.kind) }).window
        }
        let billing = try window { $0 == .billingOutage }
        let unpaid = Self.messages.filter { $0.errorCode == 131_042 }
        #expect(unpaid.count > 5)
        // Cohort time may be the failure's own, a few seconds after the send.
        let margin = billing.lowerBound..<billing.upperBound.adding(seconds: 5)
        #expect(unpaid.allSatisfy { margin.contains($0.cohortAt) && $0.account == BusinessLine.usual[0].account })

        let drop = try window { if case .deliveryDrop = $0 { true } else { false } }
        let segment = Self.messages.filter { $0.template == "shipping_update" && $0.country == "MY" }
        func failedShare(_ messages: [TrueMessage]) -> Double {
            Double(messages.filter(\.isFailed).count) / Double(max(1, messages.count))
        }
        #expect(failedShare(segment.filter { drop.contains($0.cohortAt) }) > 0.45)
        #expect(failedShare(segment.filter { !drop.contains($0.cohortAt) }) < 0.15)

        let late = try window { $0 == .lateWebhooks }
        let heldBack = Self.history.deliveries.filter { $0.source == .metaWebhook && late.contains($0.receivedAt) }
        let flood = Self.history.deliveries.filter {
            (late.upperBound..<late.upperBound.adding(seconds: 600)).contains($0.receivedAt)
        }
        // Only repeats of earlier bodies get through.
        #expect(heldBack.count < flood.count / 10)
        #expect(Self.messages.filter { late.contains($0.cohortAt) }.count > 50)
    }

    /// The truth as of an earlier instant may only use what had been received by then.
    @Test func asOfEarlierKnowsLess() {
        let noon = Self.scenario.startOfDay(10).adding(seconds: 43_200)
        let early = Self.history.truth.messages(asOf: noon)
        let count = Self.messages.count
        #expect(early.count < count)
        #expect(early.allSatisfy { $0.cohortAt <= noon })
        let later = Dictionary(uniqueKeysWithValues: Self.messages.map { ($0.id, $0) })
        for message in early where message.isDelivered { #expect(later[message.id]?.isDelivered == true) }
        #expect(Self.history.truth.messages(asOf: Self.scenario.start).isEmpty)
    }

    /// Counts statuses straight from the bytes: what the truth calls delivered must be there, and nothing more.
    @Test func truthIsWhatTheBytesSay() throws {
        var reached: Set<String> = []
        var read: Set<String> = []
        var rejected: Set<String> = []
        var named: Set<String> = []
        for delivery in Self.history.deliveries where delivery.source == .sendLog {
            for line in String(decoding: delivery.body, as: UTF8.self).components(separatedBy: #"{"id":""#).dropFirst()
            {
                rejected.insert(String(line.prefix { $0 != "\"" }))
            }
        }
        for delivery in Self.history.deliveries where delivery.source == .metaWebhook {
            let root = try JSONSerialization.jsonObject(with: Data(delivery.body)) as? [String: Any]
            for entry in root?["entry"] as? [[String: Any]] ?? [] {
                for change in entry["changes"] as? [[String: Any]] ?? [] {
                    let value = change["value"] as? [String: Any]
                    for message in value?["messages"] as? [[String: Any]] ?? [] {
                        if let id = (message["context"] as? [String: Any])?["id"] as? String { named.insert(id) }
                    }
                    for status in value?["statuses"] as? [[String: Any]] ?? [] {
                        guard let id = status["id"] as? String, let word = status["status"] as? String else { continue }
                        if ["delivered", "read", "played"].contains(word) { reached.insert(id) }
                        if ["read", "played"].contains(word) { read.insert(id) }
                    }
                }
            }
        }
        #expect(reached == Set(Self.messages.filter(\.isDelivered).map(\.id.value)))
        #expect(!rejected.isEmpty && rejected == Set(Self.messages.filter(\.isRejected).map(\.id.value)))
        let replied = Set(Self.messages.filter(\.isReplied).map(\.id.value))
        #expect(!named.isEmpty && named.isSubset(of: replied))
        #expect(replied.count > named.count)
        #expect(read == Set(Self.messages.filter(\.isRead).map(\.id.value)))
    }
}

@Suite struct StatusStreamTests {
    private static func statuses(_ body: [UInt8]) throws -> [(id: String, word: String)] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        let entries = try #require(root["entry"] as? [[String: Any]])
        let changes = try #require(entries.first?["changes"] as? [[String: Any]])
        let value = try #require(changes.first?["value"] as? [String: Any])
        #expect((value["contacts"] as? [Any])?.count == (value["statuses"] as? [Any])?.count)
        return try #require(value["statuses"] as? [[String: Any]]).map {
            (try #require($0["id"] as? String), try #require($0["status"] as? String))
        }
    }

    @Test func countsAreThoseOfTheBodies() throws {
        var stream = StatusStream(seed: 9, people: 50, templates: 3)
        var seen: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for step in 0..<20_000 {
            let body = step % 10 == 0 ? stream.nextBatch(4) : stream.next()
            for (id, word) in try Self.statuses(body) {
                // Never twice the same, and never a receipt before the send.
                #expect(seen[id, default: []].insert(word).inserted)
                #expect(seen[id]?.contains("sent") == true)
                counts[word, default: 0] += 1
            }
        }
        #expect(counts["sent"] == stream.sentCount)
        #expect(counts["delivered"] == stream.deliveredCount)
        #expect(counts["read"] == stream.readCount)
        #expect(abs(Double(stream.deliveredCount) / Double(stream.sentCount) - 0.95) < 0.03)
    }

    @Test func sameSeedSameBodies() {
        var a = StatusStream(seed: 4)
        var b = StatusStream(seed: 4)
        var c = StatusStream(seed: 5)
        let first = (0..<500).map { _ in a.next() }
        #expect(first == (0..<500).map { _ in b.next() })
        #expect(first != (0..<500).map { _ in c.next() })
    }
}
