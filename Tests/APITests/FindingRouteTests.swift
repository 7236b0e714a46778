import Domain
import HTTPTypes
import Insights
import Storage
import Synchronization
import Testing

@testable import API

/// Findings in memory.
private final class ListFindings: FindingStore {
    private let kept = Mutex<[String: KeptFinding]>([:])

    func save(_ findings: [KeptFinding]) async throws {
        kept.withLock { for finding in findings { $0[finding.id] = finding } }
    }
    func findings(state: String?, limit: Int) async throws -> [KeptFinding] {
        let all = kept.withLock { Array($0.values) }
        return Array(
            all.filter { state == nil || $0.state == state }.sorted { $0.openedAt > $1.openedAt }.prefix(limit))
    }
    func finding(id: String) async throws -> KeptFinding? { kept.withLock { $0[id] } }
    func deleteFindings(openedSince instant: Instant) async throws {
        kept.withLock { $0 = $0.filter { $0.value.openedAt < instant } }
    }
    func watchedTo() async throws -> Instant? { nil }
    func setWatchedTo(_ instant: Instant) async throws {}
    func version() async throws -> Int64 { 0 }
}

@Suite struct FindingRouteTests {
    private func site() async throws -> Site {
        let list = ListFindings()
        let finding = try #require(Finding(json: FindingExamples.finding))
        try await list.save([
            KeptFinding(
                id: finding.id, kind: finding.kind.rawValue, state: finding.state.rawValue,
                openedAt: finding.openedAt, updatedAt: finding.updatedAt, json: finding.json)
        ])
        var site = Site()
        site.findings = list
        let act = { @Sendable (work: (inout FindingBook) throws -> Finding) async throws -> Finding in
            var book = FindingBook(try await list.findings(state: nil, limit: 9).compactMap { Finding(json: $0.json) })
            return try work(&book)
        }
        site.findingDesk = FindingDesk(
            acknowledge: { id, who in try await act { try $0.acknowledge(id, by: who, at: Site.instant) } },
            unacknowledge: { id, who in try await act { try $0.unacknowledge(id, by: who, at: Site.instant) } },
            mute: { id, until, who in try await act { try $0.mute(id, until: until, by: who, at: Site.instant) } },
            unmute: { id, who in try await act { try $0.unmute(id, by: who, at: Site.instant) } },
            comment: { id, text, who in try await act { try $0.comment(id, text, by: who, at: Site.instant) } })
        return site
    }

    @Test func theExampleIsAFinding() {
        #expect(Finding(json: FindingExamples.finding) != nil)
    }

    @Test func listsOneAndActs() async throws {
        let site = try await site()
        let key = try await site.key(.analyst)
        let id = "f00c1a2b3d4e5f607"
        let list = try await site.send(.get, "/api/v1/findings?state=open&limit=5", key: key)
        #expect(list.status == 200)
        #expect(list.json?["findings"]?.elements.first { _ in true }?["id"]?.string == id)
        #expect(try await site.send(.get, "/api/v1/findings?state=closed", key: key).status == 422)
        #expect(try await site.send(.get, "/api/v1/findings/\(id)", key: key).status == 200)
        #expect(try await site.send(.get, "/api/v1/findings/none", key: key).status == 404)
        let taken = try await site.send(.post, "/api/v1/findings/\(id)/acknowledge", key: key)
        #expect(taken.json?["state"]?.string == "acknowledged")
        let mute = Array(#"{"until":"2026-12-01T00:00:00Z"}"#.utf8)
        let muted = try await site.send(.post, "/api/v1/findings/\(id)/mute", body: mute, key: key)
        #expect(muted.json?["state"]?.string == "muted")
        let bad = try await site.send(
            .post, "/api/v1/findings/\(id)/mute", body: Array("{}".utf8), key: key)
        #expect(bad.status == 422)
        let word = Array(#"{"text":"dicek"}"#.utf8)
        let said = try await site.send(.post, "/api/v1/findings/\(id)/comments", body: word, key: key)
        #expect(said.json?["comments"]?.int64 == 1)
        #expect(try await site.send(.get, "/api/v1/findings").status == 401)
    }

    @Test func whyRefusesWhatMakesNoSense() async throws {
        let site = Site()
        let key = try await site.key(.analyst)
        for body in [#"{"metric":"nonsense"}"#, #"{"segment":{}}"#, #"{"metric":"messages","at":"soon"}"#] {
            let reply = try await site.send(.post, "/api/v1/why", body: Array(body.utf8), key: key)
            #expect(reply.status == 422, "\(body)")
        }
        #expect(try await site.send(.post, "/api/v1/why", body: Array("x".utf8), key: key).status == 400)
    }
}
