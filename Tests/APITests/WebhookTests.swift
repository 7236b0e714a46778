import Domain
import HTTPTypes
import SurfaceSupport
import Testing
import WhatsApp

@testable import API

@Suite struct WebhookTests {
    private let body = Array(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)

    private func signed(_ body: [UInt8], secret: String = Site.secret) -> String {
        Signature.sign(body: body, secret: secret)
    }

    // MARK: Handshake

    @Test func theHandshakeReturnsTheChallengeAsText() async throws {
        let reply = try await Site().send(
            .get, "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify+me+%2B1")
        #expect(reply.status == 200)
        #expect(reply.text == "1158201444")
        #expect(reply.type.hasPrefix("text/plain"))
    }

    @Test(arguments: [
        "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong",
        "?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify+me+%2B1",
        "?hub_mode=subscribe&hub_challenge=1&hub_verify_token=verify+me+%2B1", "",
    ])
    func aWrongHandshakeIsRefused(query: String) async throws {
        let reply = try await Site().send(.get, "/webhooks/meta" + query)
        #expect(reply.status == 403)
        #expect(reply.problem == "forbidden")
    }

    @Test func withoutATokenNoHandshakeSucceeds() async throws {
        var site = Site()
        site.verifyToken = nil
        let reply = try await site.send(.get, "/webhooks/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=")
        #expect(reply.status == 403)
        #expect(reply.text.contains("PANTAU_META_VERIFY_TOKEN"))
    }

    // MARK: Deliveries

    @Test func aSignedBodyIsStoredAsItCame() async throws {
        let site = Site()
        let odd = Array("{\"a\" : \"\\u00e9\"}\n  ".utf8) + [0xFF]
        let reply = try await site.webhook(odd, signature: signed(odd))
        #expect(reply.status == 200)
        #expect(reply.bytes.isEmpty)
        let stored = site.inbox.stored
        #expect(stored.map(\.body) == [odd])
        #expect(stored.map(\.source) == [.metaWebhook])
        #expect(stored.map(\.receivedAt) == [Site.instant])
    }

    @Test func anyConfiguredSecretMaySign() async throws {
        let site = Site()
        #expect(try await site.webhook(body, signature: signed(body, secret: "other")).status == 200)
        #expect(try await site.webhook(body, signature: signed(body)).status == 200)
    }

    @Test func whatIsNotSignedIsNotStored() async throws {
        let site = Site()
        let good = signed(body)
        let bad: [String?] = [
            nil, "", "sha256=", "sha1=" + good.dropFirst(7),
            String(good.dropLast()) + (good.hasSuffix("0") ? "1" : "0"),
            signed(body, secret: "stranger"), signed(body + [0x20]),
        ]
        for signature in bad {
            let reply = try await site.webhook(body, signature: signature)
            #expect(reply.status == 401)
            #expect(reply.problem == "unauthorised")
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func withoutASecretWebhooksAreRefusedWithTheCure() async throws {
        for secrets in [nil, AppSecrets([]), AppSecrets([""])] {
            var site = Site()
            site.secrets = secrets
            let reply = try await site.webhook(body, signature: signed(body, secret: ""))
            #expect(reply.status == 503)
            #expect(reply.problem == "misconfigured")
            #expect(reply.text.contains("PANTAU_META_APP_SECRET"))
            #expect(site.inbox.stored.isEmpty)
        }
    }

    @Test func fourMebibytesPassAndOneByteMoreDoesNot() async throws {
        let site = Site()
        let most = [UInt8](repeating: 0x20, count: 4 * 1024 * 1024)
        #expect(try await site.webhook(most, signature: signed(most)).status == 200)
        let more = most + [0x20]
        let reply = try await site.webhook(more, signature: signed(more))
        #expect(reply.status == 413)
        #expect(reply.problem == "too-large")
        #expect(site.inbox.stored.count == 1)
    }

    @Test func aFullDiskAsksMetaToComeBack() async throws {
        var site = Site()
        site.isInboxFull = true
        let reply = try await site.webhook(body, signature: signed(body))
        #expect(reply.status == 503)
        #expect(reply.problem == "unavailable")
        #expect(reply.headers[.retryAfter] != nil)
    }

    @Test func refusalsSpeakTheCallersLanguage() async throws {
        let site = Site()
        let english = try await site.send(
            .post, "/webhooks/meta", headers: [.acceptLanguage: "en"], body: body)
        #expect(english.json?["title"]?.string == "Not recognised")
        let standard = try await site.send(.post, "/webhooks/meta", body: body)
        #expect(standard.json?["title"]?.string == "Belum dikenali")
    }
}
