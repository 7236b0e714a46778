import App
import Domain
import Foundation
import Storage
import TestSupport
import Testing

/// From an empty server to the first status, and the test of the webhook, on real connections.
@Suite struct StartTests {
    private static func light(_ page: String, _ step: String) -> String? {
        let marker = "id=\"light-\(step)\" class=\"start-light\" data-part data-light=\""
        return page.firstRange(of: marker).map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
    }

    private static func token(_ caller: Caller) async throws -> String {
        let text = try await caller.call("GET", "/health").text
        let marker = "name=\"form-token\" content=\""
        return text.firstRange(of: marker).map { String(text[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
    }

    private static func post(_ caller: Caller, _ path: String, _ fields: String) async throws -> Caller.Answer {
        try await caller.call(
            "POST", path, body: Array("form_token=\(try await token(caller))&\(fields)".utf8),
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
    }

    @Test(.timeLimit(.minutes(5))) func lightsTurnInTheirOrder() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let caller = server.caller
                #expect(try await caller.call("GET", "/").headers["location"] == "/start")
                func lights() async throws -> [String?] {
                    let page = try await caller.call("GET", "/start?lang=en").text
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
                #expect(try await Self.post(caller, "/start/skip", "step=sends&undo=").status == 303)
                #expect(try await lights().last == "skipped")
                #expect(try await caller.call("GET", "/").status == 200)
            }
            // What was seen and decided is known after a restart.
            try await InProcess.with(directory) { server in
                let page = try await server.caller.call("GET", "/start").text
                #expect(Self.light(page, "handshake") == "done")
                #expect(Self.light(page, "sends") == "skipped")
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func theServerTestsItsOwnDoor() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory) { server in
                let caller = server.caller
                let answer = try await Self.post(caller, "/health/test", "by=direct")
                #expect(answer.status == 303)
                let page = try await caller.call("GET", "/health?lang=en").text
                #expect(page.contains("The door works as it should."))
                #expect(page.contains("Safely stored on disk (200)"))
                // One delivery, which tells nothing, and nobody is said to have knocked.
                #expect(try await caller.counted(atLeast: 1) == 1)
                #expect(try await caller.status().undecodable == 0)
                let start = try await caller.call("GET", "/start").text
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
                let caller = server.caller
                for number in 0..<5 {
                    let body = Webhook.status("wamid.\(number)", "sent", at: Clock.now().seconds)
                    #expect(try await caller.deliver(body).status == 200)
                }
                try await caller.counted(atLeast: 5)
                let before = try await Self.bytes(server.installation)
                #expect(try await Self.post(caller, "/demo/begin", "x=").status == 303)
                try await eventually("the demo data are ready", seconds: 120) {
                    let page = try await caller.call("GET", "/start?lang=en").text
                    return page.contains("Open the demo data") ? true : nil
                }
                let shown = try await Self.post(caller, "/demo/show", "x=")
                #expect(shown.headers["set-cookie"]?.hasPrefix("pantau_view=demo") == true)
                let cookie = [("Cookie", "pantau_view=demo")]
                let page = try await caller.call("GET", "/cards/arrival?lang=en", headers: cookie)
                #expect(page.status == 200)
                let whole = try await caller.call("GET", "/?lang=en", headers: cookie).text
                #expect(whole.contains("Demo data"))
                // Webhooks and the API stay with the business's own data.
                #expect(
                    try await caller.deliver(
                        Webhook.status("wamid.9", "sent", at: Clock.now().seconds)
                    ).status == 200)
                #expect(try await caller.counted(atLeast: 6) == 6)
                #expect(try await Self.post(caller, "/demo/remove", "x=").status == 303)
                #expect(!FileManager.default.fileExists(atPath: demo))
                let again = try await caller.call("GET", "/?lang=en", headers: cookie).text
                #expect(!again.contains("Demo data"))
                #expect(try await Array(Self.bytes(server.installation).prefix(5)) == before)
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func madeUpDataSurviveARestartWholeOrNotAtAll() async throws {
        try await withDirectory { directory in
            let demo = directory.appending(path: "demo")
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                _ = try await Self.post(server.caller, "/demo/begin", "x=")
                try await Self.ready(server.caller)
            }
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                try await Self.ready(server.caller)
            }
            // As it would be had the process ended in the middle.
            try FileManager.default.removeItem(at: demo.appending(path: "FILLED"))
            try await InProcess.with(directory, demo: .init(days: 2, messages: 20)) { server in
                try await eventually("what is half filled is gone") {
                    FileManager.default.fileExists(atPath: demo.path) ? nil : true
                }
                let page = try await server.caller.call("GET", "/start?lang=en").text
                #expect(page.contains("Show me with demo data"))
            }
        }
    }

    private static func ready(_ caller: Caller) async throws {
        try await eventually("the demo data are ready", seconds: 120) {
            let page = try await caller.call("GET", "/start?lang=en").text
            return page.contains("Open the demo data") ? true : nil
        }
    }
}
