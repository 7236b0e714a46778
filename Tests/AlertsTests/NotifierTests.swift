import Alerts
import Crypto
import Domain
import Testing

private let nasty = "promo_<b>&\"x\" <!channel> *tebal*\r\nBcc: a@b.example"

@Suite("Notifiers")
struct NotifierTests {
    private static let secrets = [
        "ops": Secret("0123456789abcdef"), "slack": Secret("https://hooks.slack.com/services/T0/B0/very-secret"),
        "tg": Secret("123:very-secret"), "wa": Secret("EAAvery-secret"),
    ]
    private static let slack = AlertRoute(id: "slack", name: "S", channel: .slack, groupingSeconds: 0)
    private static let telegram = AlertRoute(id: "tg", name: "T", channel: .telegram(chat: "-100"), groupingSeconds: 0)
    private static let whatsApp = AlertRoute(
        id: "wa", name: "W", channel: .whatsApp(WhatsAppChannel(phoneNumberID: "106540", to: ["+62 812-3456-7890"])),
        groupingSeconds: 0)

    private static let silent: SendRequest = { (_) throws(OutgoingFault) -> OutgoingResponse in
        throw OutgoingFault.slow
    }

    /// Sends what a state decides; gives the request back.
    private func request(_ route: AlertRoute, _ alerts: [Alert]) async throws -> OutgoingRequest {
        var state = AlertState()
        _ = state.step(AlertScene(alerts: alerts, routes: [route], now: noon))
        return try await request(route, try #require(state.due(now: noon).first))
    }

    private func request(_ route: AlertRoute, _ dispatch: Dispatch) async throws -> OutgoingRequest {
        let (stream, sent) = AsyncStream<OutgoingRequest>.makeStream()
        let notifier = Notifier(
            setup: NotifierSetup(links: links, secrets: Self.secrets),
            send: { request in
                sent.yield(request)
                return OutgoingResponse(status: 200)
            }, mail: { _ in .delivered })
        #expect(await notifier.deliver(dispatch, route: route, now: noon.adding(seconds: 5)) == .delivered)
        sent.finish()
        var requests = stream.makeAsyncIterator()
        return try #require(await requests.next())
    }

    @Test("A webhook is signed over its time and its very bytes, and keeps its key")
    func webhookRequest() async throws {
        let request = try await request(webhook(), [alert("a", title: nasty, segment: ["template": "x"])])
        let body = try JSON.parse(request.body)
        #expect(body["findings"]?.elements.first?["title"]?.string == nasty)
        #expect(body["type"]?.string == "findings")
        #expect(body["findings"]?.elements.first?["segment"]?["template"]?.string == "x")
        #expect(request.header("idempotency-key") == body["id"]?.string)
        let time = noon.seconds + 5
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(time).".utf8) + request.body, using: SymmetricKey(data: Array("0123456789abcdef".utf8)))
        #expect(request.header("Pantau-Signature") == "t=\(time),v1=\(Hexadecimal.text(Array(code)))")
    }

    @Test("Slack's own signs are escaped; what is data is plain text; buttons lead to the finding and its mute")
    func slackRequest() async throws {
        let request = try await request(Self.slack, [alert("a", severity: .urgent, title: nasty)])
        #expect(request.url == "https://hooks.slack.com/services/T0/B0/very-secret")
        let body = try JSON.parse(request.body)
        let text = try #require(body["text"]?.string)
        #expect(text.contains("&lt;!channel&gt;") && !text.contains("<!channel>"))
        let blocks = try #require(body["blocks"]?.elements.map { $0 })
        #expect(blocks[0]["type"]?.string == "header")
        #expect(blocks[1]["text"]?["type"]?.string == "plain_text")
        let urls = blocks.last?["elements"]?.elements.compactMap { $0["url"]?.string } ?? []
        #expect(urls.first == "\(base)/findings/a" && urls.last?.hasPrefix("\(base)/mute?token=a:24:") == true)
        #expect(SlackNotifier.escape("&<>", upTo: 9) == "&amp;…")
    }

    @Test("Telegram's HTML is whole, whatever the titles, and never too long")
    func telegramRequest() async throws {
        let one = try await request(Self.telegram, [alert("a", title: nasty)])
        #expect(one.url == "https://api.telegram.org/bot123:very-secret/sendMessage")
        let body = try JSON.parse(one.body)
        #expect(body["text"]?.string?.contains("promo_&lt;b&gt;&amp;&quot;x&quot;") == true)
        #expect(body["parse_mode"]?.string == "HTML")
        let long = (0..<40).map { index in
            alert("k\(index)", title: String(repeating: "<&>", count: 80), group: "one")
        }
        let many = try JSON.parse(try await request(Self.telegram, long).body)
        let text = try #require(many["text"]?.string)
        #expect(text.count(of: "<b>") == text.count(of: "</b>") && text.count(of: "<b>") > 5)
        #expect(text.count(of: "<a ") == text.count(of: "</a>") && text.count(of: "&") == text.count(of: ";"))
        #expect(
            text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&").utf16.count
                < 5000)
    }

    @Test("WhatsApp gets the template that is registered: values without line breaks, buttons with payloads")
    func whatsAppRequest() async throws {
        let request = try await request(Self.whatsApp, [alert("a", title: nasty)])
        #expect(request.url == "https://graph.facebook.com/v24.0/106540/messages")
        #expect(request.header("Authorization") == "Bearer EAAvery-secret")
        let body = try JSON.parse(request.body)
        #expect(body["to"]?.string == "+6281234567890")
        let template = try #require(body["template"])
        #expect(template["name"]?.string == "pantau_alert" && template["language"]?["code"]?.string == "id")
        let components = try #require(template["components"]?.elements.map { $0 })
        let values = components[0]["parameters"]?.elements.compactMap { $0["text"]?.string } ?? []
        #expect(values.count == 3)
        for value in values {
            #expect(!value.contains("\n") && !value.contains("\t") && !value.contains("    ") && !value.isEmpty)
        }
        let payloads = components.dropFirst().compactMap { $0["parameters"]?.elements.first?["payload"]?.string }
        #expect(payloads == ["pantau:mute:a:24", "pantau:detail:a"])
        #expect(components.dropFirst().compactMap { $0["index"]?.string } == ["0", "1"])
    }

    @Test("The template to register has the variables and buttons that are sent", arguments: Language.allCases)
    func registration(language: Language) throws {
        let template = WhatsAppTemplate(language: language)
        let json = try JSON.parse(template.registration)
        let components = try #require(json["components"]?.elements.map { $0 })
        let text = try #require(components[0]["text"]?.string)
        for variable in ["{{1}}", "{{2}}", "{{3}}"] { #expect(text.contains(variable)) }
        #expect(!text.hasPrefix("{{") && !text.hasSuffix("}}") && !text.hasSuffix("}}."))
        #expect(text.count + 160 + 420 + 220 <= 1024)
        #expect(components[0]["example"]?["body_text"]?.elements.first?.elements.count == 3)
        let buttons = components[1]["buttons"]?.elements.compactMap { $0["text"]?.string } ?? []
        #expect(buttons.count == 2 && buttons.allSatisfy { $0.count <= 25 })
        #expect(json["category"]?.string == "UTILITY")
    }

    @Test("A test message and a digest go by every channel", arguments: [slack, telegram, whatsApp, webhook()])
    func otherContents(route: AlertRoute) async throws {
        for content in [Dispatch.Content.test, .digest(digest())] {
            let recipient = route.channel.recipients[0].id
            let dispatch = Dispatch(id: "d1", route: route.id, recipient: recipient, content: content, at: noon)
            let request = try await request(route, dispatch)
            _ = try JSON.parse(request.body)
            #expect(request.body.count > 60)
        }
    }

    @Test("By its answer a message is sent, tried again or given up; no reason holds a number or a secret")
    func verdicts() async {
        let cases: [(AlertRoute, Int, String, String?, String)] = [
            (webhook(), 204, "", nil, "sent"), (webhook(), 500, "", nil, "again"), (webhook(), 429, "", "7", "again 7"),
            (webhook(), 429, "", "Wed, 21 Oct 2026 07:28:00 GMT", "again"), (webhook(), 301, "", nil, "no"),
            (webhook(), 401, "", nil, "no"), (webhook(), 410, "", nil, "no"), (webhook(), 422, "", nil, "no"),
            (Self.slack, 404, "no_service", nil, "no"), (Self.slack, 429, "", "30", "again 30"),
            (Self.telegram, 429, #"{"ok":false,"parameters":{"retry_after":11}}"#, nil, "again 11"),
            (Self.telegram, 403, "{}", nil, "no"), (Self.telegram, 502, "<html>", nil, "again"),
            (Self.whatsApp, 400, #"{"error":{"code":131056,"message":"+6281234567890"}}"#, nil, "again"),
            (Self.whatsApp, 401, #"{"error":{"code":190}}"#, nil, "no"),
            (Self.whatsApp, 404, #"{"error":{"code":132001}}"#, nil, "no"), (Self.whatsApp, 503, "", nil, "again"),
        ]
        for (route, status, body, retryAfter, expected) in cases {
            let response = OutgoingResponse(status: status, retryAfter: retryAfter, body: Array(body.utf8))
            let notifier = Notifier(
                setup: NotifierSetup(links: links, secrets: Self.secrets), send: { _ in response },
                mail: { _ in .delivered })
            let recipient = route.channel.recipients[0].id
            let dispatch = Dispatch(id: "d", route: route.id, recipient: recipient, content: .test, at: noon)
            let told: String
            var reason = ""
            switch await notifier.deliver(dispatch, route: route, now: noon) {
            case .delivered: told = "sent"
            case .retry(let text, let after):
                told = after.map { "again \($0)" } ?? "again"
                reason = text.id + text.en
            case .givenUp(let text):
                told = "no"
                reason = text.id + text.en
            }
            #expect(told == expected, "\(route.id) \(status) \(body)")
            #expect(!reason.contains("very-secret") && !reason.contains("6281"))
        }
    }

    @Test("What is missing is said, and nothing is sent")
    func missing() async {
        let notifier = Notifier(
            setup: NotifierSetup(links: links), send: Self.silent, mail: { _ in .delivered })
        let mail = AlertRoute(id: "m", name: "M", channel: .email(to: ["a@toko.example"]))
        for (route, recipient) in [(webhook(), ""), (mail, mail.channel.recipients[0].id), (webhook(), "gone")] {
            let dispatch = Dispatch(id: "d", route: route.id, recipient: recipient, content: .test, at: noon)
            guard case .givenUp = await notifier.deliver(dispatch, route: route, now: noon) else {
                return #expect(Bool(false), "\(route.id)")
            }
        }
        let dispatch = Dispatch(id: "d", route: "ops", recipient: "", content: .test, at: noon)
        guard case .givenUp = await notifier.deliver(dispatch, route: nil, now: noon) else {
            return #expect(Bool(false))
        }
        let set = Notifier(
            setup: NotifierSetup(links: links, secrets: Self.secrets), send: Self.silent,
            mail: { _ in .delivered })
        #expect(
            await set.deliver(dispatch, route: webhook(), now: noon) == .retry(OutgoingFault.slow.sentence, after: nil))
    }
}
