import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API
@testable import Web

/// Signatures were made by another program, for the time `Site.instant`.
@Suite struct OutcomeWebhookTests {
    /// One provider's signed delivery.
    struct Signed: Sendable, CustomTestStringConvertible {
        var provider: OutcomeProvider
        var secret: String
        var body: String
        var header: (name: String, value: String)?
        /// The same bytes, rightly signed for 181 and 301 seconds before `Site.instant`; empty where no time is signed.
        var aged: [Int64: String] = [:]
        var testDescription: String { provider.name }
    }

    static let plain = #"{"any":"bytes"}"#
    static let midtransKey = """
        eb561e06296671b776421d5819296fc89eb1035ed8b03df69279e489cbad99209f4fc010f4fe62cd0f24640be75b225b82d1\
        4d94aadd4e7b730e6a7e765dbe0f
        """
    static let midtrans = """
        {"order_id":"ORD-77","status_code":"200","gross_amount":"250000.00","transaction_status":"settlement",\
        "signature_key":"\(midtransKey)"}
        """

    static let all = [
        Signed(provider: .midtrans, secret: "server-key", body: midtrans, header: nil),
        Signed(provider: .xendit, secret: "token-1", body: plain, header: ("X-Callback-Token", "token-1")),
        Signed(
            provider: .stripe, secret: "whsec_one", body: plain,
            header: (
                "Stripe-Signature",
                "t=1795400000,v1=f7ee6b9b0475fba136cbb01d0c5845975608ce94dbfe9274e213e52825926485"
            ),
            aged: [
                181: "t=1795399819,v1=39c65ab4b85bc2232f586128ce86f68a14be631c37d094d57a120405ce0f6455",
                301: "t=1795399699,v1=12278646d80a2f30aa911a173c45d3f0a7ef938303ff0ddcae34266f8b2e65e4",
            ]),
        Signed(
            provider: .calcom, secret: "cal-secret", body: plain,
            header: (
                "X-Cal-Signature-256",
                "4606ec92eaf18526ac273202f7855f6b72f40f5665b330ee15100d8b9ae65f95"
            )),
        Signed(
            provider: .calendly, secret: "cal-key", body: plain,
            header: (
                "Calendly-Webhook-Signature",
                "t=1795400000,v1=50c1b0377289e861098118ea3d96226156e6adebe310c5d280023471008ddb97"
            ),
            aged: [
                181: "t=1795399819,v1=08757575dad9342d285f2b151672844f8bb4cb6aed22e4e8195fc90e2d053351",
                301: "t=1795399699,v1=b2d39d11fccd98c1518fe22a89b6945a827aa3b3329ab065241e2bf4fc2d0f1f",
            ]),
        Signed(
            provider: .custom, secret: "own-key", body: plain,
            header: (
                "X-Pantau-Signature",
                "t=1795400000,v1=716f77ad9693f3ba3af609b6dc79f391ae58f53b5c6c1547fe80a14e8809536c"
            ),
            aged: [
                181: "t=1795399819,v1=af249d7b22655339c5164f6965d78e03e8b356417a561158e1ca33085224862d",
                301: "t=1795399699,v1=3c5ce1cb7deab2cc9d6505628ec52d647c7debf3d3fa5f765814399ede47294c",
            ]),
    ]

    private func site(_ signed: Signed, secrets: [String]? = nil) -> Site {
        var site = Site()
        site.outcomeSecrets = [signed.provider: WebhookSecrets(secrets ?? ["older", signed.secret])]
        return site
    }

    private func send(
        _ signed: Signed, to site: Site, value: String?? = nil, body: String? = nil, language: String = "en"
    ) async throws -> Reply {
        var headers: HTTPFields = [.contentType: "application/json", .acceptLanguage: language]
        if let header = signed.header, let name = HTTPField.Name(header.name) {
            headers[name] = value ?? header.value
        }
        return try await site.send(
            .post, "/webhooks/\(signed.provider.name)", headers: headers, body: Array((body ?? signed.body).utf8))
    }

    @Test(arguments: all) func whatIsSignedIsStoredAsItCame(signed: Signed) async throws {
        let site = site(signed)
        let reply = try await send(signed, to: site)
        #expect(reply.status == 200)
        #expect(site.inbox.stored.map(\.body) == [Array(signed.body.utf8)])
        #expect(site.inbox.stored.map(\.source) == [signed.provider.source])
    }

    @Test(arguments: all) func aDuplicateIsStoredAgain(signed: Signed) async throws {
        let site = site(signed)
        for _ in 0..<2 { #expect(try await send(signed, to: site).status == 200) }
        #expect(site.inbox.stored.count == 2)
        #expect(Set(site.inbox.stored.map(\.body)).count == 1)
    }

    @Test(arguments: all) func whatIsNotSignedIsNotStored(signed: Signed) async throws {
        let site = site(signed)
        var replies = [try await send(signed, to: self.site(signed, secrets: ["stranger", "older"]))]
        if let header = signed.header {
            replies.append(try await send(signed, to: site, value: .some(nil)))
            let last = header.value.hasSuffix("0") ? "1" : "0"
            for value in ["", " ", "x", String(header.value.dropLast()) + last, header.value + "0"] {
                replies.append(try await send(signed, to: site, value: value))
            }
            // A token is all there is to Xendit's; the others sign the body.
            if signed.provider != .xendit {
                replies.append(try await send(signed, to: site, body: signed.body + " "))
            }
        } else {
            for body in [
                signed.body.replacing("250000.00", with: "950000.00"), signed.body.replacing("ORD-77", with: "ORD-78"),
                signed.body.replacing("\"200\"", with: "\"201\""), signed.body.replacing("signature_key", with: "x"),
                "{}", "", "not json",
            ] {
                replies.append(try await send(signed, to: site, body: body))
            }
        }
        for reply in replies {
            #expect(reply.status == 401, "\(reply.text)")
            #expect(reply.problem == "unauthorised")
            #expect(reply.headers[.wwwAuthenticate] == nil)
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: all.filter { !$0.aged.isEmpty }) func aReplayIsNotStored(signed: Signed) async throws {
        for (age, value) in signed.aged {
            let site = site(signed)
            let reply = try await send(signed, to: site, value: value)
            // Calendly's window is three minutes, the others' are five.
            let isTaken = age < 300 && signed.provider != .calendly
            #expect(reply.status == (isTaken ? 200 : 401))
            #expect(site.inbox.stored.count == (isTaken ? 1 : 0))
            if !isTaken { #expect(reply.text.contains("clock")) }
        }
        // A newer time before an old signature.
        let site = site(signed)
        let code = signed.aged[301]?.split(separator: ",").last ?? ""
        #expect(try await send(signed, to: site, value: "t=\(Site.instant.seconds),\(code)").status == 401)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: all) func withoutASecretItIsRefusedWithTheCure(signed: Signed) async throws {
        for secrets in [[], [""], [" "]] {
            let site = site(signed, secrets: secrets)
            for language in ["id", "en"] {
                let reply = try await send(signed, to: site, language: language)
                #expect(reply.status == 503)
                #expect(reply.problem == "misconfigured")
                #expect(reply.text.contains("PANTAU_"))
            }
            #expect(site.inbox.stored.isEmpty)
        }
        #expect(try await send(signed, to: Site()).status == 503)
    }

    @Test(arguments: all) func onesSecretOpensNoOthersDoor(signed: Signed) async throws {
        var site = Site()
        for other in OutcomeProvider.allCases where other != signed.provider {
            site.outcomeSecrets[other] = WebhookSecrets([signed.secret])
        }
        #expect(try await send(signed, to: site).status == 503)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: all) func aFullDiskAsksForTheDeliveryAgain(signed: Signed) async throws {
        var site = site(signed)
        site.isInboxFull = true
        let reply = try await send(signed, to: site)
        #expect(reply.problem == "unavailable")
        #expect(reply.headers[.retryAfter] != nil)
    }

    @Test(arguments: all) func moreThanFourMebibytesAreRefused(signed: Signed) async throws {
        let site = site(signed)
        let body = String(repeating: " ", count: 4 * 1024 * 1024 + 1)
        #expect(try await send(signed, to: site, body: body).problem == "too-large")
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: all) func deliveriesAreCounted(signed: Signed) async throws {
        let site = site(signed)
        let surfaces = site.surfaces
        let door = try #require(
            OutcomeWebhooks.doors(site.outcomeSecrets, surfaces.telemetry).first {
                $0.source == signed.provider.source
            })
        #expect(door.path == "/webhooks/\(door.deliveries.source)")
        #expect(surfaces.telemetry.webhooks.contains { $0 === door.deliveries })
    }
}
