import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct DeskEventTests {
    private let path = "/api/v1/desk-events"
    private let good =
        #"{"source":"zendesk","id":"1","type":"status","conversation_id":"T","at":"2026-11-22T03:10:00Z","status":"open"}"#
    private let bad =
        #"{"source":"zendesk","id":"2","type":"rated","conversation_id":"T","at":"2026-11-22T03:10:00Z","rating":9,"contact":"6281234567890"}"#

    @Test func aGoodBodyIsStoredAsItCame() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        let body = Array("\(good)\n\(good)\n".utf8)
        let reply = try await site.send(.post, path, body: body, key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(site.inbox.stored.map(\.body) == [body])
        #expect(site.inbox.stored.map(\.source) == [.deskEvents])
    }

    @Test(arguments: ["[%,%,%]", #"{"events":[%,%,%]}"#, "%\n%\n%"])
    func badRecordsAreReportedAndTheOthersKept(shape: String) async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        var records = [good, bad, good][...]
        let body = shape.reduce(into: "") { $0 += $1 == "%" ? records.popFirst() ?? "" : String($1) }
        let reply = try await site.send(.post, path, body: Array(body.utf8), key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected_count"]?.int64 == 1)
        #expect(reply.json?["rejected"]?.elements.first?["index"]?.int64 == 2)
        #expect(!reply.text.contains("6281234567890"))
        #expect(site.inbox.stored.map { String(decoding: $0.body, as: UTF8.self) } == ["[\(good),\(good)]"])
    }

    @Test func aBodyWithoutAGoodRecordStoresNothing() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        for body in [bad, "[\(bad),7]", "not json", "[]"] {
            let reply = try await site.send(.post, path, body: Array(body.utf8), key: key)
            #expect(reply.status == 422)
            #expect(reply.json?["rejected"]?.elements.isEmpty == false)
            #expect(!reply.text.contains("6281234567890"))
        }
        #expect(try await site.send(.post, path, body: Array(" \n".utf8), key: key).status == 400)
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
        let body = Array(ServiceExamples.deskEvent.utf8)
        let reply = try await site.send(.post, path, body: body, key: try await site.key(.ingest))
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected_count"]?.int64 == 0)
    }
}
