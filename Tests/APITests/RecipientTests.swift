import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct RecipientTests {
    private static let path = "/api/v1/recipients"
    private static let question = Array(#"{"measure":"failed","range":{"preset":"last_28_days"}}"#.utf8)

    private func site() -> Site {
        var site = Site()
        let at = Site.instant.adding(seconds: -86_400)
        site.store.people = [
            Recipient(
                message: "wamid.A", phone: "6281234567890", userID: nil, sentAt: at, measures: [.accepted, .failed],
                dimensions: [.campaign: "=1+1", .errorCode: "131026"]),
            Recipient(
                message: "wamid.B", phone: nil, userID: "ID.77", sentAt: at.adding(seconds: 1),
                measures: [.accepted, .delivered], dimensions: [.campaign: "11.11", .wasteReason: "no_effect"]),
            Recipient(
                message: "wamid.C", phone: "6281300000000", userID: nil, sentAt: at.adding(seconds: 2),
                measures: [.accepted, .failed], dimensions: [.campaign: "11.11"]),
        ]
        return site
    }

    private func ask(_ body: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        let site = site()
        return try await site.send(
            .post, Self.path, headers: headers, body: Array(body.utf8), key: try await site.key(.export))
    }

    @Test func onlyRolesThatMaySeePeople() async throws {
        let site = site()
        for (role, status) in [(APIKey.Role.export, 200), (.admin, 200), (.analyst, 403), (.ingest, 403)] {
            let reply = try await site.send(.post, Self.path, body: Self.question, key: try await site.key(role))
            #expect(reply.status == status, "\(role)")
            #expect(reply.text.contains("6281234567890") == (status == 200), "\(role)")
        }
        #expect(try await site.send(.post, Self.path, body: Self.question).status == 401)
    }

    @Test func anExportKeyChangesNothing() async throws {
        let site = site()
        let key = try await site.key(.export)
        for (method, path) in [
            (HTTPRequest.Method.put, "/api/v1/cost-settings"), (.put, "/api/v1/outcome-settings"),
            (.post, "/api/v1/rate-cards"), (.put, "/api/v1/calendars"), (.post, "/api/v1/sends"),
        ] {
            #expect(try await site.send(method, path, body: Array("{}".utf8), key: key).status == 403, "\(path)")
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func theMeasureAndFiltersChoose() async throws {
        for (body, ids) in [
            (#"{"measure":"failed"}"#, ["wamid.A", "wamid.C"]), (#"{"measure":"wasted"}"#, ["wamid.B"]),
            (#"{}"#, ["wamid.A", "wamid.B", "wamid.C"]),
            (#"{"filters":[{"dimension":"campaign","values":["11.11"]}]}"#, ["wamid.B", "wamid.C"]),
            (#"{"filters":[{"dimension":"waste_reason","op":"not_null"}]}"#, ["wamid.B"]),
            (#"{"measure":"failed","range":{"preset":"today"}}"#, []), (#"{"limit":1}"#, ["wamid.A"]),
        ] {
            let reply = try await ask(body)
            #expect(reply.json?["recipients"]?.elements.map { $0["message"]?.string } == ids, "\(body)")
            #expect(reply.json?["more"]?.bool == body.contains("limit"), "\(body)")
            #expect(reply.headers[.cacheControl] == "no-store")
        }
    }

    @Test func aTableIsSafeForSpreadsheets() async throws {
        let reply = try await ask(#"{"measure":"failed"}"#, [.accept: "text/csv"])
        #expect(reply.type.hasPrefix("text/csv"))
        let lines = reply.text.split(separator: "\r\n").map(String.init)
        #expect(
            lines.first
                == "phone,user_id,message_id,sent_at,phone_number,template,campaign,variant,use_case,country,"
                + "error_code,waste_reason,measures")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("6281234567890,,wamid.A,2026-11-22T02:13:20Z,,,'=1+1,"))
        #expect(lines[1].hasSuffix(",131026,,accepted failed"))
    }

    @Test func nonsenseIsToldApart() async throws {
        for (body, status, word) in [
            ("{", 400, "JSON"), ("[]", 400, "query"), (#"{"measure":7}"#, 400, "measure"),
            (#"{"measure":"faild"}"#, 422, "failed"), (#"{"metrics":["messages"]}"#, 422, "measure"),
            (#"{"limit":0}"#, 422, "limit"), (#"{"limit":100001}"#, 422, "limit"),
            (#"{"filters":[{"dimension":"model","values":["linear"]}]}"#, 422, "model"),
            (#"{"filters":[{"dimension":"hour_of_day","values":["09"]}]}"#, 422, "hour_of_day"),
            (#"{"filters":[{"dimension":"campaign"}]}"#, 422, "campaign"),
        ] as [(String, Int, String)] {
            let reply = try await ask(body)
            #expect(reply.status == status, "\(body) \(reply.text)")
            #expect(reply.json?["detail"]?.string?.contains(word) == true, "\(body) \(reply.text)")
        }
    }
}
