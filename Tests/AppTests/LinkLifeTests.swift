import App
import Connectors
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

/// Short links through the whole program: what was opened is kept, and what leads somewhere goes on leading there.
@Suite struct LinkLifeTests {
    private let browser: [(String, String)] = [
        ("User-Agent", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36")
    ]

    private func key(_ data: URL, in directory: URL) async throws -> String {
        let made = try await Program.run(
            ["key", "create", "--role", "ingest", "--data-dir", data.path], in: directory)
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func make(_ body: String, _ server: Caller, key: String) async throws -> [String] {
        let answer = try await server.call(
            "POST", "/api/v1/links", body: Array(body.utf8), headers: [("Authorization", "Bearer \(key)")])
        #expect(answer.status == 200, "\(answer.text)")
        let links = try JSON.parse(answer.body)["links"]
        return links?.elements.compactMap { $0["short_url"]?.string } ?? []
    }

    /// Everything that the inbox of a stopped server holds of openings.
    private func clicks(_ data: URL) async throws -> [TrackedClick] {
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta", as: .guest)
        let deliveries = try await installation.inbox.read(after: 0, bytesMax: .max)
        await installation.close()
        return deliveries.filter { $0.source == .clicks }.flatMap { delivery in
            LinkDelivery.decode(delivery.body, receivedAt: delivery.receivedAt).compactMap { event in
                if case .click(let click) = event { click } else { nil }
            }
        }
    }

    private func path(_ address: String) -> String {
        "/l/" + (address.split(separator: "/").last.map(String.init) ?? "")
    }

    @Test(.timeLimit(.minutes(10))) func everyOpeningThatWasAnsweredIsKept() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(
                data, environment: ["PANTAU_LINK_BASE_URL": "https://s.shop.example/"])
            let key = try await key(data, in: directory)
            let links = try await make(#"{"url":"https://shop.example/x","campaign":"c"}"#, server, key: key)
            #expect(links.first?.hasPrefix("https://s.shop.example/l/") == true)
            let path = path(links.first ?? "")
            let opened = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var count = 0
                        while let answer = try? await server.call("GET", path, headers: browser),
                            answer.status == 302
                        {
                            count += 1
                        }
                        return count
                    }
                }
                try? await Task.sleep(for: .milliseconds(200))
                program.send(SIGTERM)
                return await group.reduce(0, +)
            }
            #expect(try await program.waitForEnd() == .code(0))
            #expect(opened > 0)
            let kept = try await clicks(data)
            #expect(kept.count >= opened)
            #expect(Set(kept.map(\.id)).count == kept.count)
            #expect(kept.allSatisfy { $0.campaign == "c" && !$0.isRobot })
        }
    }

    @Test(.timeLimit(.minutes(10))) func linksComeBackFromTheInboxAndFromABackup() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            let key = try await key(data, in: directory)
            let links = try await make(
                #"[{"url":"https://shop.example/a"},{"url":"https://shop.example/b"}]"#, server, key: key)
            #expect(links.count == 2)
            let copy = directory.appending(path: "copy")
            let backup = try await Program.run(["backup", copy.path, "--data-dir", data.path], in: directory)
            #expect(backup.exit == .code(0))
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            for name in ["links.sqlite", "links.sqlite-wal", "links.sqlite-shm"] {
                try? FileManager.default.removeItem(at: data.appending(path: name))
            }
            for place in [data, copy] {
                let (again, restarted) = try await Program.serve(place)
                for (link, target) in zip(links, ["https://shop.example/a", "https://shop.example/b"]) {
                    let path = path(link)
                    let found = try await eventually("the link leads somewhere") { () -> String? in
                        let answer = try await restarted.call("HEAD", path, headers: browser)
                        return answer.headers["location"]
                    }
                    #expect(found == target)
                }
                again.send(SIGTERM)
                #expect(try await again.waitForEnd() == .code(0))
            }
        }
    }

    /// Signature: SHA-512 of `ORD-77`, `200`, `250000.00` and the key `server-key`, made by another program.
    @Test(.timeLimit(.minutes(10))) func aProvidersSecretComesFromTheEnvironment() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(
                data, environment: ["PANTAU_MIDTRANS_SERVER_KEY": "older, server-key"])
            let body = """
                {"order_id":"ORD-77","status_code":"200","gross_amount":"250000.00","currency":"IDR",\
                "transaction_status":"settlement","transaction_time":"2026-11-22 10:11:12",\
                "custom_field1":"wa:6281234567890","signature_key":"\
                eb561e06296671b776421d5819296fc89eb1035ed8b03df69279e489cbad99209f4fc010f4fe62cd\
                0f24640be75b225b82d14d94aadd4e7b730e6a7e765dbe0f"}
                """
            for _ in 0..<2 {
                let answer = try await server.call("POST", "/webhooks/midtrans", body: Array(body.utf8))
                #expect(answer.status == 200, "\(answer.text)")
            }
            let other = body.replacingOccurrences(of: "250000.00", with: "950000.00")
            #expect(try await server.call("POST", "/webhooks/midtrans", body: Array(other.utf8)).status == 401)
            #expect(try await server.call("POST", "/webhooks/stripe", body: Array(body.utf8)).status == 503)
            #expect(try await server.counted(atLeast: 2) == 2)
            #expect(try await server.status().undecodable == 0)
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            let config = try await Program.run(
                ["config", "--data-dir", data.path], in: directory,
                environment: ["PANTAU_MIDTRANS_SERVER_KEY": "hidden-one"])
            #expect(config.output.contains("midtrans-server-key"))
            #expect(config.output.contains("********"))
            #expect(!config.output.contains("hidden-one"))
        }
    }

    @Test(arguments: [
        ["country": "XX"], ["country": "Indonesia"], ["link-base-url": "s.shop.example"],
        ["link-base-url": "https://s.shop.example/?x=1"], ["link-base-url": "javascript:alert(1)"],
    ])
    func aSettingThatMakesNoSenseIsNamed(flags: [String: String]) throws {
        let failure = #expect(throws: Failure.self) { try Settings(flags: flags, environment: [:]) }
        #expect(failure?.code == .misconfigured)
        for name in flags.keys { #expect(failure?.message.en.contains(name) == true) }
    }

    @Test func settingsAreReadAsTheyAreMeant() throws {
        let settings = try Settings(
            flags: ["link-base-url": "https://s.shop.example/", "country": "my", "stripe-webhook-secret": "a, b"],
            environment: [:])
        #expect(settings.linkBaseURL == "https://s.shop.example")
        #expect(settings.country == Country(code: "MY"))
        #expect(settings.outcomeSecrets[.stripe]?.isEmpty == false)
        #expect(settings.outcomeSecrets[.xendit]?.isEmpty == true)
        #expect(try Settings(flags: [:], environment: [:]).linkBaseURL == nil)
    }
}
