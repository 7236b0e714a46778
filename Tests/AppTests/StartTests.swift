import App
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing
import Web

/// From an empty server to the first status, and the test of the webhook, on real connections.
@Suite struct StartTests {
    private static func light(_ page: String, _ step: String) -> String? {
        let marker = "id=\"light-\(step)\" class=\"start-light\" data-part data-light=\""
        return page.firstRange(of: marker).map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
    }

    /// Somebody who looks at the pages of a server with an admin's key, which needs no form token.
    private struct Owner {
        var caller: Caller
        var key: String

        init(_ server: InProcess) async throws {
            caller = server.caller
            key = APIKeySecret.generate(role: "admin")
            _ = try await server.installation.keys.insertKey(
                name: "test", role: .admin, digest: APIKeySecret.digest(of: key), createdAt: Clock.now())
        }

        func get(_ path: String, cookie: String? = nil) async throws -> Caller.Answer {
            try await caller.call("GET", path, headers: headers + (cookie.map { [("Cookie", $0)] } ?? []))
        }

        func post(_ path: String, _ fields: String = "x=") async throws -> Caller.Answer {
            try await caller.call(
                "POST", path, body: Array(fields.utf8),
                headers: headers + [("Content-Type", "application/x-www-form-urlencoded")])
        }

        private var headers: [(String, String)] { [("Authorization", "Bearer \(key)")] }
    }

    @Test(.timeLimit(.minutes(5))) func lightsTurnInTheirOrder() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let (caller, owner) = (server.caller, try await Owner(server))
                #expect(try await owner.get("/").headers["location"] == "/start")
                func lights() async throws -> [String?] {
                    let page = try await owner.get("/start?lang=en").text
                    return ["settings", "handshake", "first", "sends"].map { Self.light(page, $0) }
                }
                #expect(try await lights() == ["done", "waiting", "waiting", "open"])
                let query = "hub.mode=subscribe&hub.challenge=42&hub.verify_token="
                #expect(try await caller.call("GET", "/webhooks/meta?\(query)other").status == 403)
                #expect(try await lights() == ["done", "trouble", "waiting", "open"])
                #expect(try await caller.call("GET", "/webhooks/meta?\(query)token").text == "42")
                #expect(try await lights() == ["done", "done", "waiting", "open"])
                let body = Webhook.status("wamid.1", "sent", at: Clock.now().seconds)
                #expect(try await caller.deliver(body, secret: "of another app").status == 401)
                #expect(try await lights() == ["done", "done", "trouble", "open"])
                #expect(try await caller.deliver(body).status == 200)
                try await caller.counted(atLeast: 1)
                try await eventually("the light turns") {
                    try await lights() == ["done", "done", "done", "open"] ? true : nil
                }
                #expect(try await owner.post("/start/skip", "step=sends&undo=").status == 303)
                #expect(try await lights().last == "skipped")
                #expect(try await owner.get("/").status == 200)
            }
            // What was seen and decided is known after a restart.
            try await InProcess.with(directory) { server in
                let page = try await Owner(server).get("/start").text
                #expect(Self.light(page, "handshake") == "done")
                #expect(Self.light(page, "sends") == "skipped")
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func theServerTestsItsOwnDoor() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let (caller, owner) = (server.caller, try await Owner(server))
                let answer = try await owner.post("/health/test", "by=direct")
                #expect(answer.status == 303)
                let page = try await owner.get("/cards/health_connection?page=/health&lang=en").text
                #expect(page.contains("The door works as it should."))
                #expect(page.contains("Safely stored on disk (200)"))
                // One delivery, which tells nothing, and nobody is said to have knocked.
                #expect(try await caller.counted(atLeast: 1) == 1)
                #expect(try await caller.status().undecodable == 0)
                let start = try await owner.get("/start").text
                #expect(Self.light(start, "handshake") == "waiting")
                #expect(Self.light(start, "first") == "waiting")
                #expect(try await server.installation.connections.marks().isEmpty)
            }
        }
    }

    // MARK: Made-up data

    private static func bytes(_ installation: Installation) async throws -> [Delivery] {
        try await installation.inbox.read(after: 0, bytesMax: 1 << 24)
    }

    @Test(.timeLimit(.minutes(10))) func madeUpDataComeAndGoAndLeaveTheOwnAsTheyWere() async throws {
        try await withDirectory { directory in
            let demo = directory.appending(path: "demo").path
            try await InProcess.with(directory, demo: .init(days: 3, messages: 40)) { server in
                let (caller, owner) = (server.caller, try await Owner(server))
                for number in 0..<5 {
                    let body = Webhook.status("wamid.\(number)", "sent", at: Clock.now().seconds)
                    #expect(try await caller.deliver(body).status == 200)
                }
                try await caller.counted(atLeast: 5)
                let before = try await Self.bytes(server.installation)
                #expect(try await owner.post("/demo/begin").status == 303)
                try await Self.ready(owner)
                let shown = try await owner.post("/demo/show")
                #expect(shown.headers["set-cookie"]?.hasPrefix("pantau_view=demo") == true)
                let cookie = "pantau_view=demo"
                let page = try await owner.get("/cards/attention?lang=en", cookie: cookie)
                #expect(page.status == 200)
                let whole = try await owner.get("/?lang=en", cookie: cookie).text
                #expect(whole.contains("Demo data"))
                // Webhooks and the API stay with the business's own data.
                #expect(
                    try await caller.deliver(
                        Webhook.status("wamid.9", "sent", at: Clock.now().seconds)
                    ).status == 200)
                #expect(try await caller.counted(atLeast: 6) == 6)
                #expect(try await owner.post("/demo/remove").status == 303)
                #expect(!FileManager.default.fileExists(atPath: demo))
                let again = try await owner.get("/?lang=en", cookie: cookie).text
                #expect(!again.contains("Demo data"))
                #expect(try await Array(Self.bytes(server.installation).prefix(5)) == before)
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func madeUpDataSurviveARestartWholeOrNotAtAll() async throws {
        try await withDirectory { directory in
            let demo = directory.appending(path: "demo")
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                let owner = try await Owner(server)
                _ = try await owner.post("/demo/begin")
                try await Self.ready(owner)
            }
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                try await Self.ready(Owner(server))
            }
            // As it would be had the process ended in the middle.
            try FileManager.default.removeItem(at: demo.appending(path: "FILLED"))
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                try await eventually("what is half filled is gone") {
                    FileManager.default.fileExists(atPath: demo.path) ? nil : true
                }
                let page = try await Owner(server).get("/start?lang=en").text
                #expect(page.contains("Show me with demo data"))
            }
        }
    }

    private static func ready(_ owner: Owner) async throws {
        try await eventually("the demo data are ready", seconds: 120) {
            let page = try await owner.get("/start?lang=en").text
            return page.contains("Open the demo data") ? true : nil
        }
    }
}
