import Alerts
import App
import Catalogue
import Domain
import Foundation
import Insights
import Pipeline
import Storage
import StoreSQLite
import TestSupport
import Testing
import Web

/// Routes, mutes, digests and rules as people meet them: pages and the API of a running server.
@Suite("Pages of alerting")
struct RoutePagesTests {
    private struct Owner {
        var caller: Caller
        var headers: [(String, String)]

        init(_ server: InProcess) async throws {
            caller = server.caller
            let key = APIKeySecret.generate(role: "admin")
            _ = try await server.installation.keys.insertKey(
                name: "test", role: .admin, digest: APIKeySecret.digest(of: key), createdAt: App.Clock.now())
            headers = [("Authorization", "Bearer \(key)")]
        }

        func get(_ path: String) async throws -> Caller.Answer {
            try await caller.call("GET", path, headers: headers)
        }

        func post(_ path: String, _ fields: [(String, String)]) async throws -> Caller.Answer {
            try await caller.call(
                "POST", path, body: Array(URLQuery(fields).encoded.utf8),
                headers: headers + [("Content-Type", "application/x-www-form-urlencoded")])
        }
    }

    private static let secret = "kunci-rahasia-0123456789"

    private func fields(_ url: String) -> [(String, String)] {
        [
            ("type", "webhook"), ("name", "Tim operasi"), ("language", "en"), ("url", url),
            ("secret", Self.secret), ("severity", "warning"), ("per_hour", "12"), ("grouping", "0"),
            ("repeat", "24"), ("daily_at", "07:30"), ("weekly_at", "07:30"),
        ]
    }

    private func id(in page: String) throws -> String {
        let start = try #require(page.firstRange(of: "/edit?route="))
        return String(page[start.upperBound...].prefix { $0 != "\"" && $0 != "&" })
    }

    @Test("A route is made, tried, paused, removed and taken back; its secret is shown nowhere")
    func life() async throws {
        let receiver = FakeReceiver()
        try await withDirectory { directory in
            try await receiver.run { url in
                try await InProcess.with(directory) { server in
                    let owner = try await Owner(server)
                    let path = "/settings/routes"
                    let refused = try await owner.post(path + "/save", fields("ftp://elsewhere"))
                    #expect(refused.status == 422 && refused.text.contains("Tim operasi"))
                    #expect(!refused.text.contains(Self.secret))
                    #expect(try await owner.post(path + "/save", fields(url)).status == 303)
                    let list = try await owner.get(path + "?lang=en").text
                    let id = try id(in: list)
                    let tested = try await owner.post(path + "/test", [("route", id)])
                    #expect(tested.status == 200 && receiver.calls.count == 1)
                    // Saved again without the secret: the kept one holds.
                    let again = fields(url).filter { $0.0 != "secret" } + [("id", id)]
                    #expect(try await owner.post(path + "/save", again).status == 303)
                    _ = try await owner.post(path + "/test", [("route", id)])
                    #expect(receiver.calls.count == 2)
                    receiver.answer(500)
                    let failed = try await owner.post(path + "/test", [("route", id)]).text
                    #expect(failed.contains("500"))
                    _ = try await owner.post(path + "/on", [("route", id), ("on", "0")])
                    let removed = try await owner.post(path + "/remove", [("route", id)])
                    let notice = try await owner.get(removed.headers["location"] ?? "").text
                    #expect(notice.contains(path + "/restore"))
                    #expect(!notice.contains("/edit?route="))
                    _ = try await owner.post(path + "/restore", [("route", id)])
                    let api = try await owner.get("/api/v1/routes").text
                    #expect(api.contains(id) && api.contains("\"has_secret\":true") && api.contains("\"on\":false"))
                    for page in [list, failed, notice, api, try await owner.get(path + "/edit?route=\(id)").text] {
                        #expect(!page.contains(Self.secret))
                    }
                    let audit = try await server.installation.people.audit(AuditSelection(limit: 50))
                    #expect(audit.contains { $0.subject == "route: Tim operasi" })
                    #expect(audit.allSatisfy { $0.subject?.contains(Self.secret) != true })
                }
            }
        }
    }

    @Test("A mute link asks before it mutes, and needs no sign-in")
    func mute() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let now = App.Clock.now()
                let finding = Finding(
                    id: "f1", kind: .costUp, metric: "cost", segment: .everything, severity: .warning, since: now,
                    title: Text(id: "Biaya naik", en: "Cost is up"), causes: [], impact: Impact(),
                    action: Text(id: "Periksa.", en: "Look."), evidence: Evidence(), openedAt: now, updatedAt: now,
                    seenAt: now)
                let findings = server.installation.findings
                try await findings.save([KeptFinding(finding)])
                let book = RouteBook(store: server.installation.alerts, base: "")
                let links = try #require(try await book.muteLinks())
                let token = links.token(try #require(MuteCommand(finding: "f1", hours: 24)), now: now)
                let asked = try await server.caller.call("GET", "/mute?lang=en&token=\(token)")
                #expect(asked.status == 200 && asked.text.contains("Cost is up"))
                #expect(try await findings.finding(id: "f1")?.state == "open")
                let form = [("Content-Type", "application/x-www-form-urlencoded")]
                let body = Array(URLQuery([("token", token)]).encoded.utf8)
                let done = try await server.caller.call("POST", "/mute", body: body, headers: form)
                #expect(done.status == 200)
                #expect(try await findings.finding(id: "f1")?.state == "muted")
                let forged = Array("token=f1:24:9999999999:00".utf8)
                #expect(try await server.caller.call("POST", "/mute", body: forged, headers: form).status == 403)
            }
        }
    }

    @Test("Rules are saved by page and API; the digest of an empty business says so")
    func rulesAndDigest() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let owner = try await Owner(server)
                let saved = try await owner.post(
                    "/settings/watching/save",
                    FindingKind.allCases.map { ("\($0.rawValue).on", "on") }
                        + [("cost_up.sample", "200"), ("cost_up.sensitivity", "clear"), ("cost_up.template", "a, b")])
                #expect(saved.status == 303)
                let rules = try WatchRules(json: try await owner.get("/api/v1/watch-rules").text)
                #expect(
                    rules
                        == WatchRules([
                            .costUp: WatchRule(
                                sensitivity: .clear, sampleMin: 200, segments: [.template: ["a", "b"]])
                        ]))
                let bad = try await owner.caller.call(
                    "PUT", "/api/v1/watch-rules", body: Array(#"{"cost_up":{"sample_min":-1}}"#.utf8),
                    headers: owner.headers)
                #expect(bad.status == 422)
                let tried = try await owner.post("/settings/watching/try", [("cost_up.on", "on")])
                let page = try await owner.get(tried.headers["location"] ?? "")
                #expect(page.status == 200)
                #expect(try WatchRules(json: try await owner.get("/api/v1/watch-rules").text) == rules)
                for path in ["/digest", "/digest?week=2026-11-22", "/digest?day=never"] {
                    #expect(try await owner.get(path).status == 200)
                }
            }
        }
    }
}
