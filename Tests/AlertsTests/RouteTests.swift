import Alerts
import Domain
import Testing

@Suite("Routes as settings")
struct RouteTests {
    private static let routes: [AlertRoute] = [
        webhook(quiet: QuietHours(wholeDays: [7], urgentPasses: false), digests: [DigestSchedule(period: .weekly)]),
        AlertRoute(
            id: "mail", name: "Pemilik", isOn: false,
            channel: .email(to: ["Sari <sari@toko.example>", "b@toko.example"]),
            language: .english,
            selection: AlertSelection(kinds: ["b", "a"], severity: .urgent, segments: ["country": ["ID"]]),
            repeatSeconds: nil, tellsResolved: false),
        AlertRoute(id: "slack", name: "Slack", channel: .slack),
        AlertRoute(id: "tg", name: "Grup", channel: .telegram(chat: "-100123")),
        AlertRoute(
            id: "wa", name: "WA",
            channel: .whatsApp(WhatsAppChannel(phoneNumberID: "106540", to: ["+62 812 3456 7890"]))),
    ]

    @Test("What is written is read again, to the byte", arguments: routes)
    func roundTrip(route: AlertRoute) throws {
        try route.check()
        let again = try AlertRoute(json: Array(route.json().utf8))
        #expect(again == route)
        #expect(again.json() == route.json())
    }

    @Test("Others see no whole number of a person, and nobody a secret")
    func masking() {
        let text = Self.routes[4].json(masked: true, hasSecret: true)
        #expect(!text.contains("3456") && text.contains("90") && text.contains("\"has_secret\":true"))
        let secret = Secret("xoxb-very-secret")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("very"))
        let request = OutgoingRequest(url: "https://api.telegram.org/bot1:very/sendMessage", body: Array("very".utf8))
        dumped = ""
        dump(request, to: &dumped)
        #expect(!"\(request) \(String(reflecting: request)) \(dumped)".contains("very"))
    }

    @Test(
        "What cannot work is told with what to do",
        arguments: [
            #"{"id":"a b","name":"x","channel":{"type":"slack"}}"#, #"{"id":"a","name":"","channel":{"type":"slack"}}"#,
            #"{"id":"a","name":"x"}"#, #"{"id":"a","name":"x","channel":{"type":"fax"}}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"colour":1}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"zone":"WIB"}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"per_hour_max":0}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"repeat_seconds":5}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"quiet_hours":{"from":"25:00","to":"07:00"}}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"#
                + #""quiet_hours":{"from":"22:00","to":"07:00","whole_days":[1,2,3,4,5,6,7]}}"#,
            #"{"id":"a","name":"x","channel":{"type":"slack"},"digests":[{"period":"daily"},{"period":"daily"}]}"#,
            #"{"id":"a","name":"x","channel":{"type":"webhook","url":"http://toko.example/x"}}"#,
            #"{"id":"a","name":"x","channel":{"type":"webhook","url":"https://u:p@toko.example/x"}}"#,
            #"{"id":"a","name":"x","channel":{"type":"email","to":[]}}"#,
            #"{"id":"a","name":"x","channel":{"type":"email","to":["a@b\r\nBcc: c@d"]}}"#,
            #"{"id":"a","name":"x","channel":{"type":"telegram","chat":"grup"}}"#,
            #"{"id":"a","name":"x","channel":{"type":"whatsapp","phone_number_id":"1","to":["0812345678"]}}"#,
            #"{"id":"a","name":"x","channel":{"type":"whatsapp","phone_number_id":"../x","to":["6281234567"]}}"#,
            #"{"id":"a","name":"x","channel":{"type":"whatsapp","phone_number_id":"1","to":["6281234567"],"#
                + #""graph_version":"v24.0/x"}}"#,
            "[]", "", "{", #"{"id":3,"name":"x","channel":{"type":"slack"}}"#,
        ])
    func refused(json: String) {
        #expect {
            _ = try AlertRoute(json: Array(json.utf8))
        } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.message.id != failure.message.en && failure.message.id.count > 12
        }
    }

    @Test("Plain HTTP stays near")
    func nearness() throws {
        for url in ["http://localhost:8080/x", "http://n8n:5678/hook", "http://192.168.1.4/x", "http://[::1]/x"] {
            try AlertRoute(id: "a", name: "x", channel: .webhook(url: url)).check()
        }
        for url in ["http://172.32.0.1/x", "http://8.8.8.8/", "ftp://n8n/x", "https://", "javascript:alert(1)"] {
            #expect(throws: Failure.self) { try AlertRoute(id: "a", name: "x", channel: .webhook(url: url)).check() }
        }
    }

    @Test("A secret must be of its channel")
    func secrets() throws {
        try webhook().check(secret: Secret("0123456789abcdef"))
        try Self.routes[2].check(secret: Secret("https://hooks.slack.com/services/T/B/x"))
        try Self.routes[3].check(secret: Secret("123:AA-b_c"))
        for (route, secret) in [
            (webhook(), "short"), (Self.routes[2], "https://evil.example/x"), (Self.routes[3], "123:../x"),
            (Self.routes[4], "a b"), (Self.routes[4], ""),
        ] { #expect(throws: Failure.self) { try route.check(secret: Secret(secret)) } }
    }

    @Test("The mail server is read, written and checked")
    func mailServer() throws {
        let server = MailServer(host: "smtp.toko.example", user: "u", from: "Pantau <p@toko.example>")
        #expect(try MailServer(json: JSON.parse(server.json)) == server)
        #expect(server.port == 587)
        try server.check(password: Secret("x"))
        #expect(throws: Failure.self) { try server.check(password: nil) }
        let plain = MailServer(host: "mail.toko.example", security: .plain, from: "p@toko.example")
        #expect(throws: Failure.self) { try plain.check(password: nil) }
        try MailServer(host: "127.0.0.1", security: .plain, from: "p@toko.example").check(password: nil)
    }
}

@Suite("Mute buttons and links")
struct MuteCommandTests {
    @Test("Buttons say what they mean, and nothing else is a button")
    func buttons() throws {
        let command = try #require(MuteCommand(finding: "f-12", hours: 24))
        #expect(AlertButton.mute(command).payload == "pantau:mute:f-12:24")
        #expect(AlertButton(payload: "pantau:mute:f-12:24") == .mute(command))
        #expect(AlertButton(payload: "pantau:detail:f-12") == .detail(finding: "f-12"))
        for payload in [
            "", "STOP", "pantau:mute:f-12", "pantau:mute:f-12:0", "pantau:mute:f-12:721", "pantau:mute:f-12:+5",
            "pantau:mute:f 12:5", "pantau:mute::5", "pantau:detail:a:b", "Pantau:mute:a:5", "pantau:mute:a:5:6",
            "pantau:detail:" + String(repeating: "x", count: 200),
        ] { #expect(AlertButton(payload: payload) == nil, "\(payload)") }
    }

    @Test("A key that does not fit a button is named by a digest")
    func references() {
        #expect(Alert.reference(of: "f-12") == "f-12")
        let long = Alert.reference(of: "delivery_down|template=promo 11|" + String(repeating: "x", count: 300))
        #expect(
            long.utf8.count < 40
                && long == Alert.reference(of: "delivery_down|template=promo 11|" + String(repeating: "x", count: 300)))
        // Nobody can name a finding like another's digest.
        #expect(Alert.reference(of: long) != long)
        #expect((MuteCommand(finding: long, hours: 720).map { AlertButton.mute($0).payload.utf8.count } ?? 999) <= 128)
    }

    @Test("A link is good for its finding, its hours and its week only")
    func links() throws {
        let links = try #require(MuteLinks(key: Secret("a key of more than sixteen bytes")))
        let command = try #require(MuteCommand(finding: "f-12", hours: 24))
        let token = links.token(command, now: noon)
        #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"&?#%+\"<>".utf8.contains($0) })
        #expect(try links.verify(token, now: noon.adding(seconds: 7 * 86_400 - 1)) == command)
        #expect(throws: Failure.self) { try links.verify(token, now: noon.adding(seconds: 7 * 86_400)) }
        let other = try #require(MuteLinks(key: Secret("another key of sixteen bytes")))
        #expect(throws: Failure.self) { try other.verify(token, now: noon) }
        for index in token.indices {
            var changed = token
            let with: Character = token[index] == "1" ? "2" : "1"
            changed.replaceSubrange(index...index, with: [with])
            #expect(throws: Failure.self) { try links.verify(changed, now: noon) }
        }
        #expect(throws: Failure.self) { try links.verify("", now: noon) }
        #expect(MuteLinks(key: Secret("short")) == nil)
    }
}
