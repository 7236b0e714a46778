import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct OutcomeTests {
    private let path = "/api/v1/outcomes"
    private let good =
        #"{"source":"shop","id":"ORD-77","kind":"payment_confirmed","at":"2026-11-22T03:40:00Z","contact":"081234567890","value":250000,"currency":"IDR"}"#
    private let bad =
        #"{"source":"shop","kind":"payment_confirmed","at":"2026-11-22T03:40:00Z","contact":"6281234567890"}"#

    @Test func aGoodBodyIsStoredAsItCame() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        let body = Array("\(good)\n\(good)\n".utf8)
        let reply = try await site.send(.post, path, body: body, key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(site.inbox.stored.map(\.body) == [body])
        #expect(site.inbox.stored.map(\.source) == [.outcomes])
    }

    @Test(arguments: ["[%,%,%]", #"{"outcomes":[%,%,%]}"#, #"{"records":[%,%,%]}"#, "%\n%\n%"])
    func badRecordsAreReportedAndTheOthersKept(shape: String) async throws {
        let site = Site()
        let key = try await site.key(.admin)
        var records = [good, bad, good][...]
        let body = shape.reduce(into: "") { $0 += $1 == "%" ? records.popFirst() ?? "" : String($1) }
        let reply = try await site.send(.post, path, body: Array(body.utf8), key: key)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected_count"]?.int64 == 1)
        #expect(reply.json?["rejected"]?.elements.first?["index"]?.int64 == 2)
        #expect(!reply.text.contains("81234567890"))
        #expect(site.inbox.stored.map { String(decoding: $0.body, as: UTF8.self) } == ["[\(good),\(good)]"])
    }

    @Test func aBodyWithoutAGoodRecordStoresNothing() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        for body in [bad, "[\(bad),7]", "not json", "[]"] {
            let reply = try await site.send(.post, path, body: Array(body.utf8), key: key)
            #expect(reply.status == 422)
            #expect(!reply.text.contains("6281234567890"))
        }
        #expect(try await site.send(.post, path, body: Array(" \n".utf8), key: key).status == 400)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func onlyWhoMayTellIsHeard() async throws {
        let site = Site()
        #expect(try await site.send(.post, path, body: Array(good.utf8)).status == 401)
        let analyst = try await site.key(.analyst)
        #expect(try await site.send(.post, path, body: Array(good.utf8), key: analyst).status == 403)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func aFullDiskAsksForThemAgain() async throws {
        var site = Site()
        site.isInboxFull = true
        let reply = try await site.send(.post, path, body: Array(good.utf8), key: try await site.key(.ingest))
        #expect(reply.problem == "unavailable")
    }

    @Test func theExampleOfTheDocumentationIsTaken() async throws {
        let site = Site()
        let body = Array(OutcomeExamples.outcome.utf8)
        let reply = try await site.send(.post, path, body: body, key: try await site.key(.ingest))
        #expect(reply.json?["accepted"]?.int64 == 1)
    }
}
