import API
import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import SurfaceSupport
import Testing
import Web
import WhatsApp

@testable import Dashboard

@Suite struct HealthPageTests: Asking {
    private static let token = "form-token-of-the-test"

    /// Everything that a server gives its pages, and a browser that may do all.
    private func page(
        _ store: ListStore, _ uri: String, inbox: CountingInbox = CountingInbox(),
        marks: [ConnectionMark] = [], verifyToken: String? = "kata-rahasia", baseURL: String? = nil,
        demo: (any DemoSwitch)? = nil, method: HTTPRequest.Method = .get, headers: HTTPFields = [:], form: String? = nil
    ) async throws -> Reply {
        let instant = Self.instant
        let now: @Sendable () -> Instant = { instant }
        let workspace = Workspace()
        let analyst = Analyst(store: store, workspace: workspace, now: now)
        var surfaces = Surfaces(
            inbox: inbox, store: store, keys: ListKeys(), links: ListLinks(), analyst: analyst, workspace: workspace,
            secrets: AppSecrets(["secret"]), verifyToken: verifyToken, now: now, version: "1.2.3",
            letsLocalVisitorsIn: true)
        for mark in marks { surfaces.connections.note(mark, at: instant.adding(seconds: -120)) }
        surfaces.disk = {
            DataHealth.Disk(files: [.init(name: "inbox.sqlite", bytes: 12_300_000)], freeBytes: 1_500_000_000)
        }
        let health = surfaces.health
        var pages = Pages(
            store: store, analyst: analyst, workspace: workspace, gate: surfaces.gate, arrival: surfaces.arrival,
            now: now, version: "1.2.3", hasSecret: true, hasVerifyToken: true, streams: surfaces.streams)
        pages.patience = .seconds(60)
        pages.health = { try await health.look() }
        pages.outside = Outside(
            connections: surfaces.connections, verifyToken: verifyToken, baseURL: baseURL, ready: ["midtrans"],
            test: { byAddress in
                WebhookTest(
                    at: instant, address: "https://p.example/webhooks/meta", isPublic: byAddress,
                    steps: [
                        .init(kind: .signed, outcome: .answered(200)), .init(kind: .unsigned, outcome: .answered(200)),
                        .init(kind: .handshake, outcome: .redirected),
                    ])
            })
        pages.demo = demo
        let app = Application(
            router: surfaces.router { [pages] in pages.add(to: $0) },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        return try await app.test(.live) { client in
            var headers = headers
            var body: ByteBuffer?
            if var form {
                if form.contains("TOKEN") {
                    let start = try await client.execute(uri: "/health", method: .get)
                    let text = String(buffer: start.body)
                    let marker = "name=\"form-token\" content=\""
                    let token = text.firstRange(of: marker).map { text[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
                    form = form.replacing("TOKEN", with: token)
                }
                headers[.contentType] = "application/x-www-form-urlencoded"
                body = ByteBuffer(string: form)
            }
            let answer = try await client.execute(uri: uri, method: method, headers: headers, body: body) {
                Reply(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
            }
            guard answer.status == 303, uri == "/health/test" else { return answer }
            return try await client.execute(uri: "/health?lang=en", method: .get) {
                Reply(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
            }
        }
    }

    private func busy() -> ListStore {
        var store = ListStore()
        store.status.projected = 12
        store.status.messages = 9
        store.status.freshTo = Self.instant.adding(seconds: -60)
        store.status.notUnderstoodByField = [
            .init(field: "tracking_events", reason: "unknownField", count: 3, lastAt: Self.instant)
        ]
        let quarter = QuarterHour(containing: Self.instant)
        store.received = Receipts(
            sources: [
                Receipts.Source(
                    source: ReceiptSource(.metaWebhook),
                    total: .init(deliveries: 1_234, events: 1_300, duplicates: 13, outOfOrder: 26),
                    firstAt: Self.instant.adding(seconds: -3 * 86_400), lastAt: Self.instant.adding(seconds: -60),
                    quarters: [
                        .init(
                            quarter: quarter,
                            counts: .init(deliveries: 1_234, events: 1_300, duplicates: 13, outOfOrder: 26))
                    ]),
                Receipts.Source(
                    source: ReceiptSource(.deskEvents, name: "<b>qiscus"), total: .init(deliveries: 5, events: 5),
                    firstAt: Self.instant, lastAt: Self.instant,
                    quarters: [.init(quarter: quarter, counts: .init(deliveries: 5, events: 5))]),
            ], fields: [.init(field: "messages", changes: 1_300, lastAt: Self.instant)])
        return store
    }

    @Test func thePageTellsInBothLanguages() async throws {
        let id = try await page(busy(), "/health?lang=id")
        #expect(id.status == 200)
        #expect(id.text.contains("Kesehatan data"))
        #expect(id.text.contains("1.234"))
        #expect(id.text.contains("&lt;b&gt;qiscus"))
        #expect(!id.text.contains("<b>qiscus"))
        #expect(id.text.contains("message_template_status_update"))
        #expect(id.text.contains("bidang belum dikenal"))
        #expect(id.text.contains("Disk hampir penuh"))
        let en = try await page(busy(), "/health?lang=en")
        #expect(en.text.contains("Data health"))
        // 13 and 26 of 1,300: one and two percent.
        #expect(en.text.contains("1.0%"))
        #expect(en.text.contains("2.0%"))
        #expect(en.text.contains("12.3\u{a0}MB"))
        #expect(!en.text.contains("Kesehatan"))
        // No filter bar: nothing there can be narrowed.
        #expect(!en.text.contains("id=\"filters\""))
    }

    @Test func theExportIsWhatTheCardShows() async throws {
        let csv = try await page(busy(), "/cards/health_order/csv?page=/health")
        #expect(
            csv.text.split(separator: "\r\n").map(String.init) == [
                "source,name,events,duplicates,out_of_order", "meta,,1300,13,26", "desk-events,<b>qiscus,5,0,0",
            ] || csv.text.contains("meta,,1300,13,26"))
    }

    @Test func theTestOfTheDoorSaysWhatToMend() async throws {
        let page = try await page(
            busy(), "/health/test", baseURL: "https://p.example", method: .post, form: "form_token=TOKEN&by=public")
        #expect(page.status == 200)
        #expect(page.text.contains("Safely stored on disk (200)"))
        #expect(page.text.contains("Accepted (200) where it must be refused"))
        #expect(page.text.contains("Meta follows no redirect"))
        #expect(page.text.contains("Something is to be mended."))
    }

    @Test(arguments: ["/health/test", "/start/skip", "/start/leave", "/demo/begin", "/demo/remove", "/demo/leave"])
    func aFormOfAnotherSiteIsRefused(path: String) async throws {
        var headers = HTTPFields()
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        headers[site] = "cross-site"
        let reply = try await page(
            busy(), path, method: .post, headers: headers, form: "form_token=TOKEN&by=direct&step=sends")
        #expect(reply.status == 403)
    }

    // MARK: The first steps

    @Test func withoutDataTheOverviewLeadsToTheFirstSteps() async throws {
        let overview = try await page(ListStore(), "/")
        #expect(overview.status == 303)
        #expect(overview.headers[.location] == "/start")
        #expect(try await page(busy(), "/").status == 200)
        // Somebody has chosen to look all the same.
        #expect(try await page(ListStore(), "/", marks: [.started]).status == 200)
    }

    @Test(arguments: [("id", "Mulai dari sini", "Menunggu…"), ("en", "Start here", "Waiting…")])
    func theFirstStepsAreTaught(language: String, title: String, waiting: String) async throws {
        let start = try await page(ListStore(), "/start?lang=\(language)", baseURL: "https://pantau.example")
        #expect(start.text.contains("<h1>\(title)</h1>"))
        #expect(start.text.contains(waiting))
        #expect(start.text.contains("https://pantau.example/webhooks/meta"))
        #expect(start.text.contains("kata-rahasia"))
        #expect(start.text.contains("https://pantau.example/api/v1/sends"))
        #expect(start.text.contains("CURLOPT_POSTFIELDS"))
        #expect(!start.text.contains("start-warning"))
        #expect(!start.text.contains(" style=\""))
    }

    @Test func anAddressThatMetaCannotReachIsSaidToBeOne() async throws {
        let local = try await page(ListStore(), "/start?lang=en")
        #expect(local.text.contains("This address exists on this machine only"))
        let plain = try await page(ListStore(), "/start?lang=en", baseURL: "http://pantau.example")
        #expect(plain.text.contains("Meta takes https only"))
    }

    @Test func whatWentWrongAtTheDoorIsTold() async throws {
        let start = try await page(
            ListStore(), "/start?lang=en", marks: [.handshakeWrongToken, .webhookWrongSignature])
        #expect(start.text.contains("id=\"light-handshake\" class=\"start-light\" data-part data-light=\"trouble\""))
        #expect(start.text.contains("The token in Meta&#39;s dashboard differs"))
        #expect(start.text.contains("holds the secret of another app"))
    }

    @Test func stepsThatArePassedOverAreNotAskedFor() async throws {
        let start = try await page(busy(), "/start?lang=en", marks: [.skippedOutcomes])
        #expect(start.text.contains("id=\"light-outcomes\" class=\"start-light\" data-part data-light=\"skipped\""))
        #expect(start.text.contains("id=\"light-desk\" class=\"start-light\" data-part data-light=\"done\""))
        #expect(start.text.contains("id=\"light-first\" class=\"start-light\" data-part data-light=\"done\""))
        #expect(start.text.contains("What to look at first?"))
    }

    // MARK: Made-up data

    private struct Demo: DemoSwitch {
        var current: DemoState
        func state() async -> DemoState { current }
        func begin() async throws {}
        func remove() async throws {}
    }

    @Test func madeUpDataAreShownOnlyToThoseWhoAsked() async throws {
        var other = ListStore()
        other.facts = [
            .init(at: Self.instant.adding(seconds: -60), dimensions: [.template: "rekaan"], sums: [.accepted: 7])
        ]
        other.status.messages = 7
        let analyst = Analyst(store: other, workspace: Workspace(), now: { Self.instant })
        let data = PageData(
            store: other, analyst: analyst,
            arrival: { Arrival(received: 1, projected: 1, undecodable: 0, lagSeconds: 0, freshTo: Self.instant) },
            isDemo: true)
        let demo = Demo(current: .ready(data))
        var cookie = HTTPFields()
        cookie[.cookie] = "pantau_view=demo"
        let shown = try await page(busy(), "/?lang=id", demo: demo, headers: cookie)
        #expect(shown.text.contains("Data contoh"))
        #expect(shown.text.contains("Kembali ke data Anda"))
        #expect(shown.text.contains("rekaan"))
        let own = try await page(busy(), "/?lang=id", demo: demo)
        #expect(!own.text.contains("Data contoh"))
        #expect(!own.text.contains("rekaan"))
        // While they are not there the cookie changes nothing.
        let early = try await page(busy(), "/?lang=id", demo: Demo(current: .filling(0.4)), headers: cookie)
        #expect(!early.text.contains("class=\"banner demo\""))
        let filling = try await page(busy(), "/start?lang=en", demo: Demo(current: .filling(0.42)))
        #expect(filling.text.contains("Preparing demo data: 42%"))
    }
}
