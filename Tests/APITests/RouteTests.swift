import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API
@testable import Web

@Suite struct RouteTests {
    // MARK: Who may do what

    private static let question = Array(#"{"metrics":["messages"],"range":{"preset":"last_7_days"}}"#.utf8)
    private static let record = Array(#"{"message_id":"wamid.A","to":"6281234567890"}"#.utf8)

    @Test func rolesDoWhatTheyAreForAndNoMore() async throws {
        let site = Site()
        let admin = try await site.key(.admin)
        let analyst = try await site.key(.analyst)
        let ingest = try await site.key(.ingest)
        for (key, sends, reads) in [(admin, 200, 200), (analyst, 403, 200), (ingest, 200, 403)] {
            #expect(try await site.send(.post, "/api/v1/sends", body: Self.record, key: key).status == sends)
            #expect(try await site.send(.post, "/api/v1/query", body: Self.question, key: key).status == reads)
            for path in [
                "/api/v1/metrics", "/api/v1/dimensions", "/api/v1/dimensions/template/values", "/api/v1/timeline",
            ] {
                #expect(try await site.send(.get, path, key: key).status == reads)
            }
            #expect(try await site.send(.get, "/api/v1/status", key: key).status == 200)
            #expect(try await site.send(.get, "/metrics", key: key).status == 200)
        }
    }

    @Test func noKeyAndWrongKeysAreToldApartFromLackingRoles() async throws {
        let site = Site()
        for key in [nil, "nonsense", APIKeySecret.generate(role: "admin")] {
            let reply = try await site.send(.get, "/api/v1/metrics", key: key)
            #expect(reply.status == 401)
            #expect(reply.problem == "unauthorised")
            #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
        // The channel of these tests has no loopback peer.
        #expect(try await site.send(.get, "/api/v1/status").status == 401)
        let revoked = try await site.key(.admin)
        _ = try await site.keys.revokeKey(id: 1, at: Site.instant)
        #expect(try await site.send(.get, "/api/v1/metrics", key: revoked).status == 401)
    }

    // MARK: Sends

    @Test func aGoodBodyIsStoredAsItCame() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        let body = Array("{\"message_id\":\"wamid.A\"}\n{\"message_id\":\"wamid.B\"}\n".utf8)
        let reply = try await site.send(.post, "/api/v1/sends", body: body, key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(site.inbox.stored.map(\.body) == [body])
        #expect(site.inbox.stored.map(\.source) == [.sendLog])
    }

    @Test func badRecordsAreReportedAndTheOthersKept() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        let first = #"{"message_id" : "wamid.A"}"#
        let third = #"{"message_id":"wamid.C","tags":{"variant":"B"}}"#
        let body = Array("[\(first),\n {\"to\":\"62\"},\(third)]".utf8)
        let reply = try await site.send(.post, "/api/v1/sends", body: body, key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected_count"]?.int64 == 1)
        #expect(reply.json?["rejected"]?.elements.first?["index"]?.int64 == 2)
        #expect(reply.json?["rejected"]?.elements.first?["detail"]?.string?.contains(" 2: ") == true)
        let stored = site.inbox.stored.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(stored == ["[\(first),\(third)]"])
    }

    @Test func aBodyWithoutAGoodRecordStoresNothing() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        for body in [#"{"to":"62"}"#, #"[{"to":"62"},7]"#, "not json", "[]"] {
            let reply = try await site.send(.post, "/api/v1/sends", body: Array(body.utf8), key: key)
            #expect(reply.status == 422)
            #expect(reply.problem == "unprocessable")
            #expect(reply.json?["rejected"]?.elements.isEmpty == false)
        }
        #expect(try await site.send(.post, "/api/v1/sends", body: Array(" \n".utf8), key: key).status == 400)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func sendsBeyondTheLimitAreRefused() async throws {
        let site = Site()
        let key = try await site.key(.ingest)
        let body = [UInt8](repeating: 0x20, count: 16 * 1024 * 1024 + 1)
        #expect(try await site.send(.post, "/api/v1/sends", body: body, key: key).status == 413)
    }

    // MARK: Questions

    private func siteWithFacts() -> Site {
        var site = Site()
        site.store.facts = [
            .init(
                at: Site.instant.adding(seconds: -3600), dimensions: [.template: "promo, \"11\""],
                sums: [.accepted: 40, .delivered: 30])
        ]
        return site
    }

    @Test func aQuestionIsAnsweredAsJSONAndAsCSV() async throws {
        let site = siteWithFacts()
        let key = try await site.key(.analyst)
        let question = Array(
            #"{"metrics":["messages","delivery_rate"],"dimensions":["template"],"range":{"preset":"last_7_days"}}"#.utf8
        )
        let reply = try await site.send(.post, "/api/v1/query", body: question, key: key)
        #expect(reply.status == 200)
        let row = reply.json?["rows"]?.elements.first.map { Array($0.elements) } ?? []
        #expect(row.map(\.string) == ["promo, \"11\"", "40", "0.75"])
        let csv = try await site.send(
            .post, "/api/v1/query", headers: [.accept: "text/csv"], body: question, key: key)
        #expect(csv.type.hasPrefix("text/csv"))
        #expect(csv.text == "template,messages,delivery_rate\r\n\"promo, \"\"11\"\"\",40,0.75\r\n")
    }

    @Test func wrongQuestionsAreToldWhatIsWrong() async throws {
        let site = Site()
        let key = try await site.key(.analyst)
        let unknown = Array(#"{"metrics":["delivry_rate"],"range":{"preset":"today"}}"#.utf8)
        let reply = try await site.send(.post, "/api/v1/query", body: unknown, key: key)
        #expect(reply.status == 422)
        #expect(reply.json?["detail"]?.string?.contains("delivery_rate") == true)
        #expect(try await site.send(.post, "/api/v1/query", body: Array("{".utf8), key: key).status == 400)
    }

    @Test func valuesOfDimensions() async throws {
        let site = siteWithFacts()
        let key = try await site.key(.analyst)
        let reply = try await site.send(.get, "/api/v1/dimensions/template/values", key: key)
        #expect(reply.json?["values"]?.elements.map(\.string) == ["promo, \"11\""])
        #expect(try await site.send(.get, "/api/v1/dimensions/templat/values", key: key).status == 422)
        #expect(try await site.send(.get, "/api/v1/dimensions/weekday/values", key: key).status == 422)
        #expect(try await site.send(.get, "/api/v1/dimensions/template/values?limit=0", key: key).status == 400)
    }

    // MARK: Stories

    @Test(arguments: ["wamid.HBg/a+b==", "wamid.HBg%2Fa%2Bb%3D%3D"])
    func aMessageIsFoundByAnIdWithSlashes(spelling: String) async throws {
        var site = Site()
        site.store.story = MessageStory(
            id: "wamid.HBg/a+b==", cohortAt: Instant(seconds: 0), measures: [.accepted, .failed],
            dimensions: [.template: "promo"],
            steps: [.init(name: "failed", at: Instant(seconds: 1), errorCode: 131_026)], pricing: nil,
            tags: ["variant": "B"])
        let key = try await site.key(.analyst)
        let reply = try await site.send(.get, "/api/v1/messages/\(spelling)", key: key)
        #expect(reply.status == 200)
        #expect(reply.json?["id"]?.string == "wamid.HBg/a+b==")
        #expect(reply.json?["at"]?.string == "1970-01-01T00:00:00Z")
        let error = reply.json?["steps"]?.elements.first?["error"]
        #expect(error?["code"]?.int64 == 131_026)
        #expect(error?["remedy"]?["id"]?.string?.isEmpty == false)
        let missing = try await site.send(.get, "/api/v1/messages/wamid.other", key: key)
        #expect(missing.problem == "not-found")
    }

    @Test func theTimelineNamesNoPerson() async throws {
        var site = Site()
        site.store.marks = [
            TimelineMark(
                at: Site.instant.adding(seconds: -60),
                event: AccountEvent(
                    field: "messaging_handovers", account: "1", subject: .thread(Party(phone: "6281234567890")),
                    event: "control_passed"))
        ]
        let key = try await site.key(.analyst)
        let reply = try await site.send(.get, "/api/v1/timeline", key: key)
        #expect(reply.json?["marks"]?.elements.first?["subject"]?["kind"]?.string == "thread")
        #expect(!reply.text.contains("6281234567890"))
        let before = try await site.send(
            .get, "/api/v1/timeline?from=2020-01-01&to=2020-02-01T00:00:00+07:00", key: key)
        #expect(before.status == 200)
        #expect(before.json?["marks"]?.elements.isEmpty == true)
        #expect(try await site.send(.get, "/api/v1/timeline?from=yesterday", key: key).status == 400)
        #expect(try await site.send(.get, "/api/v1/timeline?from=2026-02-01&to=2026-01-01", key: key).status == 400)
    }

    // MARK: The server itself

    @Test func theStatusCountsWhatWaits() async throws {
        var site = Site()
        for age in [90, 30] {
            try await site.inbox.append(
                [], source: .metaWebhook, receivedAt: Site.instant.adding(seconds: -Int64(age)))
        }
        site.store.status.projected = 1
        site.store.status.notUnderstood = 4
        site.store.status.notUnderstoodByField = [
            .init(field: "new \"field\"", reason: "unknownField", count: 3, lastAt: Site.instant),
            .init(field: "new \"field\"", reason: "badValue", count: 1, lastAt: Site.instant),
        ]
        let key = try await site.key(.ingest)
        let inbox = try await site.send(.get, "/api/v1/status", key: key).json?["inbox"]
        #expect(inbox?["received"]?.int64 == 2)
        #expect(inbox?["projected"]?.int64 == 1)
        #expect(inbox?["undecodable"]?.int64 == 4)
        #expect(inbox?["lag_seconds"]?.int64 == 30)
        let metrics = try await site.send(.get, "/metrics", key: key).text
        #expect(metrics.contains("pantau_inbox_received_total 2\n"))
        #expect(metrics.contains("pantau_projection_lag_seconds 30\n"))
        #expect(metrics.contains("pantau_undecodable_total{field=\"new \\\"field\\\"\"} 4\n"))
        #expect(metrics.contains("pantau_ack_seconds_count 0\n"))
        #expect(metrics.contains("pantau_build_info{version=\"1.2.3\"} 1\n"))
    }

    @Test func readinessMeansThatWebhooksAreAccepted() async throws {
        var site = Site()
        #expect(try await site.send(.get, "/healthz").status == 200)
        #expect(try await site.send(.get, "/readyz").status == 200)
        site.readiness = { Failure(.unavailable, id: "Disk penuh.", en: "The disk is full.") }
        #expect(try await site.send(.get, "/readyz").problem == "unavailable")
        site.readiness = { nil }
        site.store.isBroken = true
        #expect(try await site.send(.get, "/readyz").status == 503)
        #expect(try await site.send(.get, "/healthz").status == 200)
        site.store.isBroken = false
        site.secrets = nil
        #expect(try await site.send(.get, "/readyz").problem == "misconfigured")
    }

    @Test func aBrokenStoreTellsNothingOfItsInside() async throws {
        var site = Site()
        site.store.isBroken = true
        let key = try await site.key(.analyst)
        let reply = try await site.send(.post, "/api/v1/query", body: Self.question, key: key)
        #expect(reply.status == 500)
        #expect(reply.problem == "internal")
        #expect(!reply.text.contains("Broken"))
        let metrics = try await site.send(.get, "/metrics", key: key)
        #expect(metrics.text.contains("pantau_storage_up 0\n"))
    }

    @Test func versionIsTold() async throws {
        let reply = try await Site().send(.get, "/version")
        #expect(reply.json?["version"]?.string == "1.2.3")
    }

    // MARK: Methods, paths, headers

    @Test func unknownPathsAndMethodsAreProblems() async throws {
        let site = Site()
        #expect(try await site.send(.get, "/nothing/here").problem == "not-found")
        let wrong = try await site.send(.delete, "/api/v1/query")
        #expect(wrong.status == 405)
        #expect(wrong.problem == "method-not-allowed")
        #expect(wrong.headers[.allow] == "POST, OPTIONS")
        #expect(try await site.send(.put, "/webhooks/meta").status == 405)
        let options = try await site.send(.options, "/webhooks/meta")
        #expect(options.status == 204)
        #expect(options.headers[.allow]?.contains("POST") == true)
        #expect(options.headers[.allow]?.contains("GET") == true)
        let head = try await site.send(.head, "/healthz")
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
    }

    @Test func everyAnswerIsKeptToItself() async throws {
        let site = Site()
        for path in ["/docs", "/openapi.json", "/nothing", "/version"] {
            let reply = try await site.send(.get, path)
            #expect(reply.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            #expect(reply.headers[.xContentTypeOptions] == "nosniff")
            #expect(reply.headers[.cacheControl] == "no-store")
            #expect(reply.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test func assetsAreCachedByTheirContent() async throws {
        let site = Site()
        for asset in Assets.all {
            let pinned = try await site.send(.get, asset.url)
            #expect(pinned.status == 200)
            #expect(pinned.headers[.cacheControl]?.contains("immutable") == true)
            let tag = try #require(pinned.headers[.eTag])
            #expect(try await site.send(.get, asset.path, headers: [.ifNoneMatch: tag]).status == 304)
            #expect(try await site.send(.get, asset.path).headers[.cacheControl] == "no-cache")
            // The library names its own site in a comment; the browser suite sees that nothing is fetched from it.
            if asset.name != "chart.js" { #expect(!pinned.text.contains("https://")) }
        }
    }
}
