import Connectors
import Domain
import HTTPTypes
import SurfaceSupport
import Testing

@testable import API

@Suite struct ChatwootTests {
    private let body = Array(#"{"event":"message_created","id":7}"#.utf8)

    private func send(
        _ site: Site, _ body: [UInt8], signature: String?, timestamp: String?, language: String = "en"
    ) async throws -> Reply {
        var headers: HTTPFields = [.contentType: "application/json", .acceptLanguage: language]
        if let signature, let name = HTTPField.Name("X-Chatwoot-Signature") { headers[name] = signature }
        if let timestamp, let name = HTTPField.Name("X-Chatwoot-Timestamp") { headers[name] = timestamp }
        return try await site.send(.post, "/webhooks/chatwoot", headers: headers, body: body)
    }

    /// Signed by Chatwoot some seconds before it arrives.
    private func signed(
        _ site: Site, _ body: [UInt8], secret: String = Site.chatwootSecret, secondsAgo: Int64 = 0
    ) async throws -> Reply {
        let (signature, timestamp) = ChatwootSignature.sign(
            body: body, secret: secret, at: Site.instant.adding(seconds: -secondsAgo))
        return try await send(site, body, signature: signature, timestamp: timestamp)
    }

    @Test func aSignedBodyIsStoredAsItCame() async throws {
        let site = Site()
        let odd = Array("{\"a\" : \"\\u00e9\"}\n ".utf8) + [0xFF]
        let reply = try await signed(site, odd)
        #expect(reply.status == 200)
        #expect(reply.bytes.isEmpty)
        #expect(site.inbox.stored.map(\.body) == [odd])
        #expect(site.inbox.stored.map(\.source) == [.chatwoot])
        #expect(site.inbox.stored.map(\.receivedAt) == [Site.instant])
    }

    @Test func anyConfiguredSecretMaySign() async throws {
        let site = Site()
        #expect(try await signed(site, body, secret: "older").status == 200)
        #expect(try await signed(site, body).status == 200)
        // The same delivery again is no mistake: what it says counts once.
        #expect(site.inbox.stored.count == 2)
    }

    @Test(arguments: [(Int64(300), 200), (301, 401), (86_400, 401), (-300, 200), (-301, 401)])
    func onlyTheReplayWindowIsOpen(secondsAgo: Int64, status: Int) async throws {
        let site = Site()
        let reply = try await signed(site, body, secondsAgo: secondsAgo)
        #expect(reply.status == status)
        #expect(site.inbox.stored.count == (status == 200 ? 1 : 0))
        if status == 401 {
            #expect(reply.problem == "unauthorised")
            #expect(reply.text.contains("clocks"))
        }
    }

    @Test func aReplayUnderANewTimestampIsNotSigned() async throws {
        let site = Site()
        let (signature, _) = ChatwootSignature.sign(
            body: body, secret: Site.chatwootSecret, at: Site.instant.adding(seconds: -3600))
        let reply = try await send(site, body, signature: signature, timestamp: String(Site.instant.seconds))
        #expect(reply.status == 401)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func whatIsNotSignedIsNotStored() async throws {
        let site = Site()
        let (good, timestamp) = ChatwootSignature.sign(body: body, secret: Site.chatwootSecret, at: Site.instant)
        let stranger = ChatwootSignature.sign(body: body, secret: "stranger", at: Site.instant).signature
        let flipped = String(good.dropLast()) + (good.hasSuffix("0") ? "1" : "0")
        let cases: [(String?, String?, [UInt8])] = [
            (nil, timestamp, body), (good, nil, body), (nil, nil, body), ("", timestamp, body),
            (stranger, timestamp, body), (flipped, timestamp, body), (good, timestamp, body + [0x20]),
            ("sha1=" + good.dropFirst(7), timestamp, body), (good, "soon", body),
        ]
        for (signature, timestamp, body) in cases {
            let reply = try await send(site, body, signature: signature, timestamp: timestamp)
            #expect(reply.status == 401)
            #expect(reply.problem == "unauthorised")
            #expect(reply.headers[.wwwAuthenticate] == nil)
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func withoutASecretItIsRefusedWithTheCure() async throws {
        for secrets in [nil, ChatwootSecrets([]), ChatwootSecrets([""])] {
            var site = Site()
            site.chatwootSecrets = secrets
            for language in ["id", "en"] {
                let reply = try await send(site, body, signature: "x", timestamp: "1", language: language)
                #expect(reply.status == 503)
                #expect(reply.problem == "misconfigured")
                #expect(reply.text.contains("PANTAU_CHATWOOT_SECRET"))
            }
            #expect(site.inbox.stored.isEmpty)
        }
    }

    @Test func aFullDiskAsksForTheDeliveryAgain() async throws {
        var site = Site()
        site.isInboxFull = true
        let reply = try await signed(site, body)
        #expect(reply.status == 503)
        #expect(reply.problem == "unavailable")
        #expect(reply.headers[.retryAfter] != nil)
    }

    @Test func fourMebibytesPassAndOneByteMoreDoesNot() async throws {
        let site = Site()
        let most = [UInt8](repeating: 0x20, count: 4 * 1024 * 1024)
        #expect(try await signed(site, most).status == 200)
        #expect(try await signed(site, most + [0x20]).status == 413)
        #expect(site.inbox.stored.count == 1)
    }
}
