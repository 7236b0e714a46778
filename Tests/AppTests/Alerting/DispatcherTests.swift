import Alerts
import Analytics
import App
import Catalogue
import Dashboard
import Domain
import Foundation
import Insights
import Logging
import Pipeline
import Storage
import StoreSQLite
import Synchronization
import TestSupport
import Testing
import Web

/// From a kept finding to a message at a real server, with restarts in between.
@Suite("Alerts go out once")
struct DispatcherTests {
    private static let noon = Instant(seconds: 1_795_410_000)

    private final class Clock: Sendable {
        private let instant = Mutex(DispatcherTests.noon)
        var now: Instant { instant.withLock { $0 } }
        func pass(_ seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
    }

    /// The program's parts around one directory, as if it had just been started.
    private struct Started {
        let center: AlertCenter
        let findings: SQLiteFindings
        let store: SQLiteAlerts

        init(_ directory: URL, _ clock: Clock, muted: @escaping @Sendable (String) -> Void = { _ in }) async throws {
            let file = try SettingsFile(path: directory.appending(path: "settings.sqlite").path)
            findings = SQLiteFindings(file)
            store = SQLiteAlerts(file)
            let facts = try SQLiteStore(
                path: directory.appending(path: "pantau.sqlite").path, zone: "Asia/Jakarta")
            try await facts.migrate()
            let now: @Sendable () -> Instant = { clock.now }
            let analyst = Analyst(store: facts, workspace: Workspace(), now: now)
            center = AlertCenter(
                store: store, findings: findings, base: "https://pantau.example", standard: "",
                digests: DigestWriter(
                    store: facts, analyst: analyst, findings: findings, workspace: Workspace(),
                    base: "https://pantau.example", now: now),
                muteFinding: { id, _, _ in muted(id) }, now: now,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    private func finding(_ id: String, state: FindingState = .open) -> Finding {
        Finding(
            id: id, kind: .costUp, metric: "cost", segment: .everything, severity: .warning, since: Self.noon,
            state: state, title: Text(id: "Biaya naik", en: "Cost is up"), causes: [], impact: Impact(),
            action: Text(id: "Periksa.", en: "Look."), evidence: Evidence(), openedAt: Self.noon,
            updatedAt: Self.noon, seenAt: Self.noon)
    }

    private func route(_ url: String) -> AlertRoute {
        AlertRoute(id: "ops", name: "Ops", channel: .webhook(url: url), groupingSeconds: 0)
    }

    @Test("A finding is told once through restarts; a receiver that is down gets it later, under the same key")
    func once() async throws {
        try await withDirectory { directory in
            let (clock, receiver) = (Clock(), FakeReceiver())
            try await receiver.run { url in
                receiver.answer(503)
                let first = try await Started(directory, clock)
                try await first.center.save(route(url), secret: Secret("0123456789abcdef"))
                try await first.findings.save([KeptFinding(finding("f1"))])
                try await first.center.dispatcher.tick(at: clock.now)
                #expect(receiver.calls.count == 1)
                // It waits its pause through a restart.
                clock.pass(1)
                try await Started(directory, clock).center.dispatcher.tick(at: clock.now)
                #expect(receiver.calls.count == 1)
                receiver.answer(200)
                clock.pass(60)
                try await Started(directory, clock).center.dispatcher.tick(at: clock.now)
                #expect(receiver.calls.count == 2 && Set(receiver.calls.map(\.key)).count == 1)
                for _ in 0..<3 {
                    clock.pass(60)
                    try await Started(directory, clock).center.dispatcher.tick(at: clock.now)
                }
                #expect(receiver.calls.count == 2)
                let last = try #require(receiver.calls.last)
                #expect(last.body.contains("https://pantau.example/findings/f1"))
                #expect(!last.signature.isEmpty)
                let events = try await first.store.alertEvents(route: nil, limit: 10)
                #expect(events.map(\.outcome) == [.sent, .retried])
                #expect(events.allSatisfy { $0.findings == ["f1"] })
            }
        }
    }

    @Test("What is held back is in the log once, with the reason")
    func held() async throws {
        try await withDirectory { directory in
            let (clock, receiver) = (Clock(), FakeReceiver())
            try await receiver.run { url in
                let started = try await Started(directory, clock)
                var route = route(url)
                route.quietHours = QuietHours(from: 0, to: 23 * 60)
                try await started.center.save(route, secret: Secret("0123456789abcdef"))
                try await started.findings.save([KeptFinding(finding("f1"))])
                for _ in 0..<3 {
                    try await started.center.dispatcher.tick(at: clock.now)
                    clock.pass(60)
                }
                #expect(receiver.calls.isEmpty)
                let events = try await started.store.alertEvents(route: "ops", limit: 10)
                #expect(events.map(\.outcome) == [.held])
                #expect(events.first?.reason?.en.hasPrefix("Quiet hours") == true)
            }
        }
    }

    @Test("Letters go out by the mail server; its password stays where it is kept")
    func mail() async throws {
        try await withDirectory { directory in
            let clock = Clock()
            try await FakeMailServer.with(.init()) { server in
                let started = try await Started(directory, clock)
                let mail = MailServer(
                    host: "localhost", port: server.port, security: .plain, user: "toko",
                    from: "Pantau <pantau@toko.example>")
                try await started.center.save(mail, password: Secret("rahasia"))
                try await started.center.save(
                    AlertRoute(
                        id: "mail", name: "Surat", channel: .email(to: ["sari@toko.example"]), groupingSeconds: 0),
                    secret: nil)
                try await started.findings.save([KeptFinding(finding("f1"))])
                try await started.center.dispatcher.tick(at: clock.now)
                clock.pass(60)
                try await Started(directory, clock).center.dispatcher.tick(at: clock.now)
                #expect(server.letters.count == 1)
                // Saved again without a password: the kept one holds.
                try await started.center.save(mail, password: nil)
                #expect(try await started.center.test(route: "mail") == [.delivered])
                let told = try await started.center.mailServer()
                #expect(told.hasPassword && told.server == mail)
            }
        }
    }

    @Test("A removed route can be taken back without telling anything twice; after a day its secret is forgotten")
    func removal() async throws {
        try await withDirectory { directory in
            let (clock, receiver) = (Clock(), FakeReceiver())
            try await receiver.run { url in
                let started = try await Started(directory, clock)
                try await started.center.save(route(url), secret: Secret("0123456789abcdef"))
                try await started.findings.save([KeptFinding(finding("f1"))])
                try await started.center.dispatcher.tick(at: clock.now)
                _ = try await started.center.setRemoved(true, route: "ops")
                clock.pass(60)
                try await started.center.dispatcher.tick(at: clock.now)
                #expect(try await started.center.routes().isEmpty)
                _ = try await started.center.setRemoved(false, route: "ops")
                clock.pass(60)
                try await started.center.dispatcher.tick(at: clock.now)
                #expect(receiver.calls.count == 1)
                #expect(try await started.center.routes().map(\.hasSecret) == [true])
                _ = try await started.center.setRemoved(true, route: "ops")
                clock.pass(2 * 86_400)
                try await started.center.dispatcher.tick(at: clock.now)
                #expect(try await started.store.alertRoutes().map(\.secret) == [nil])
            }
        }
    }

    @Test("A link mutes its finding, on every route and where it is shown")
    func mute() async throws {
        try await withDirectory { directory in
            let (clock, receiver) = (Clock(), FakeReceiver())
            let muted = Mutex<[String]>([])
            try await receiver.run { url in
                let started = try await Started(directory, clock, muted: { id in muted.withLock { $0.append(id) } })
                try await started.center.save(route(url), secret: Secret("0123456789abcdef"))
                try await started.findings.save([KeptFinding(finding("f1"))])
                let links = try #require(try await started.center.book.muteLinks())
                let token = links.token(try #require(MuteCommand(finding: "f1", hours: 24)), now: clock.now)
                let command = try await started.center.muteCommand(token)
                #expect(try await started.center.subject(of: command)?.en == "Cost is up")
                try await started.center.mute(command, by: nil)
                try await started.center.dispatcher.tick(at: clock.now)
                #expect(receiver.calls.isEmpty)
                await #expect(throws: Failure.self) { try await started.center.muteCommand(token + "0") }
                clock.pass(8 * 86_400)
                await #expect(throws: Failure.self) { try await started.center.muteCommand(token) }
            }
            #expect(muted.withLock { $0 } == ["f1"])
        }
    }

    @Test("A button pressed by a recipient mutes; by anybody else it does nothing")
    func button() async throws {
        try await withDirectory { directory in
            let clock = Clock()
            let store = try SQLiteAlerts(path: directory.appending(path: "settings.sqlite").path)
            let inbox = try SQLiteInbox(path: directory.appending(path: "inbox.sqlite").path, floor: 0)
            let reader = ButtonReader(inbox: inbox, store: store)
            let route = AlertRoute(
                id: "wa", name: "WA",
                channel: .whatsApp(WhatsAppChannel(phoneNumberID: "1065", to: ["+62 812-3456-7890"])))
            #expect(try await reader.mutes([route], now: clock.now).isEmpty)
            let press = { (sender: String, phone: String, payload: String) in
                Array(
                    """
                    {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":\
                    {"messaging_product":"whatsapp","metadata":{"display_phone_number":"6221","phone_number_id":\
                    "\(phone)"},"contacts":[{"wa_id":"\(sender)"}],"messages":[{"from":"\(sender)","id":"wamid.1",\
                    "timestamp":"\(clock.now.seconds)","type":"button","button":{"payload":"\(payload)",\
                    "text":"Bisukan"}}]}}]}]}
                    """.utf8)
            }
            for body in [
                press("628999", "1065", "pantau:mute:f1:24"), press("6281234567890", "77", "pantau:mute:f1:24"),
                press("6281234567890", "1065", "pantau:mute:f2:24"), press("6281234567890", "1065", "BOOK:1"),
            ] {
                try await inbox.append(body, source: .metaWebhook, receivedAt: clock.now)
            }
            clock.pass(60)
            let heard = try await reader.mutes([route], now: clock.now)
            #expect(heard.map(\.command.finding) == ["f2"])
            // It holds from when the button was pressed.
            #expect(heard.map(\.mute.until) == [Self.noon.adding(seconds: 86_400)])
            #expect(try await reader.mutes([route], now: clock.now).isEmpty)
            await inbox.close()
        }
    }
}
