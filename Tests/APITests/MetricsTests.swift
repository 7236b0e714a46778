import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing
import WhatsApp

@testable import API

@Suite struct MetricsTests {
    /// What Prometheus holds against an exposition: a series twice, a family twice, a sample before its family.
    private func faults(in text: String) -> [String] {
        var faults: [String] = []
        var helped: Set<String> = []
        var typed: Set<String> = []
        var series: Set<String> = []
        var current = ""
        for line in text.split(separator: "\n").map(String.init) {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                if !helped.insert(words[2]).inserted { faults.append("HELP twice: \(words[2])") }
                continue
            }
            if line.hasPrefix("# TYPE ") {
                current = words[2]
                if !typed.insert(current).inserted { faults.append("TYPE twice: \(current)") }
                if !helped.contains(current) { faults.append("no HELP: \(current)") }
                continue
            }
            guard let end = line.lastIndex(of: " "), Double(line[line.index(after: end)...]) != nil else {
                faults.append("no sample: \(line)")
                continue
            }
            let name = String(line.prefix { $0 != "{" && $0 != " " })
            let names = ["", "_bucket", "_sum", "_count"].map { current + $0 }
            if !names.contains(name) { faults.append("outside its family: \(line)") }
            if !series.insert(String(line[..<end])).inserted { faults.append("series twice: \(line)") }
        }
        return faults
    }

    @Test func handshakesAndDeliveriesAreOneSeries() async throws {
        var site = Site()
        site.store.status.notUnderstoodByField = [
            .init(field: "a", reason: "unknownField", count: 3, lastAt: Site.instant),
            .init(field: "a", reason: "badValue", count: 1, lastAt: Site.instant),
        ]
        let key = try await site.key(.admin)
        let body = Array("{}".utf8)
        let signature = try #require(HTTPField.Name("X-Hub-Signature-256"))
        let signed: HTTPFields = [signature: Signature.sign(body: body, secret: Site.secret)]
        let handshake = "/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify+me+%2B1"
        let replies = try await site.sendAll([
            (.get, handshake, [:], []), (.post, "/webhooks/meta", signed, body),
            (.post, "/webhooks/meta", signed, body),
            (.post, "/webhooks/meta", [:], body), (.put, "/webhooks/meta", [:], []), (.get, "/nothing", [:], []),
            (.get, "/metrics", [.authorization: "Bearer \(key)"], []),
        ])
        #expect(replies.map(\.status) == [200, 200, 200, 401, 405, 404, 200])
        let text = try #require(replies.last?.text)
        #expect(faults(in: text) == [])
        // One handshake and two deliveries.
        #expect(text.contains("pantau_http_requests_total{route=\"/webhooks/meta\",status=\"200\"} 3\n"))
        #expect(text.contains("pantau_http_requests_total{route=\"/webhooks/meta\",status=\"401\"} 1\n"))
        #expect(text.contains("pantau_http_requests_total{route=\"/webhooks/meta\",status=\"405\"} 1\n"))
        #expect(text.contains("pantau_ack_seconds_count 2\n"))
    }

    @Test func desksAreCounted() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let start = Site.instant.adding(seconds: -60)
        site.store.live.waits = (0..<3).map { index in
            OpenWait(
                conversation: "\(index)", startedAt: start, lastMessageAt: start, messages: 1,
                waitingFor: index == 0 ? .bot : .queue, dimensions: [:])
        }
        let signature = try #require(HTTPField.Name("X-Chatwoot-Signature"))
        let timestamp = try #require(HTTPField.Name("X-Chatwoot-Timestamp"))
        let body = Array("{}".utf8)
        let headers = [Int64(0), 400].map { age -> HTTPFields in
            let signed = ChatwootSignature.sign(
                body: body, secret: Site.chatwootSecret, at: Site.instant.adding(seconds: -age))
            return [signature: signed.signature, timestamp: signed.timestamp]
        }
        let authorised: HTTPFields = [.authorization: "Bearer \(key)"]
        let records = Array("[\(ServiceExamples.deskEvent.dropFirst().dropLast()),7]".utf8)
        let replies = try await site.sendAll([
            (.post, "/webhooks/chatwoot", headers[0], body), (.post, "/webhooks/chatwoot", headers[1], body),
            (.post, "/webhooks/chatwoot", [:], body), (.post, "/api/v1/desk-events", authorised, records),
            (.get, "/metrics", authorised, []),
        ])
        #expect(replies.map(\.status) == [200, 401, 401, 200, 200])
        let text = try #require(replies.last?.text)
        #expect(faults(in: text) == [])
        for (outcome, count) in [("accepted", 1), ("expired", 1), ("unsigned", 1), ("too_large", 0)] {
            let series = "pantau_webhook_deliveries_total{source=\"chatwoot\",outcome=\"\(outcome)\"} \(count)\n"
            #expect(text.contains(series), "\(outcome)")
        }
        #expect(text.contains("pantau_http_requests_total{route=\"/webhooks/chatwoot\",status=\"401\"} 2\n"))
        #expect(text.contains("pantau_desk_events_total{outcome=\"accepted\"} 2\n"))
        #expect(text.contains("pantau_desk_events_total{outcome=\"rejected\"} 1\n"))
        #expect(text.contains("pantau_open_waits{waiting_for=\"queue\"} 2\n"))
        #expect(text.contains("pantau_event_streams 0\n"))
    }

    @Test func theCheckItselfSeesFaults() {
        let bad = "# HELP a x\n# TYPE a counter\na{b=\"1\"} 1\na{b=\"1\"} 2\n# HELP a x\n# TYPE a counter\nc 1\na x\n"
        #expect(faults(in: bad).count == 5)
    }
}
