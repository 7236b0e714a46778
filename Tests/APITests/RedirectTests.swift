import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API
@testable import Web

@Suite struct RedirectTests {
    private static let code = "7hKp2mQx9R"
    private let browser =
        "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile "
        + "Safari/537.36"
    private let target = "https://shop.example/promo?x=1&y=%20#top"

    private func site(
        recipient: Party = Party(), message: MessageID? = nil, expiresAt: Instant? = nil
    ) async throws -> Site {
        let site = Site()
        try await site.links.insert([
            ShortLink(
                link: TrackedLink(
                    code: Self.code, message: message, recipient: recipient, campaign: "11.11",
                    createdAt: Site.instant.adding(seconds: -60)),
                target: target, expiresAt: expiresAt)
        ])
        return site
    }

    private func open(
        _ site: Site, _ uri: String = "/l/\(Self.code)", method: HTTPRequest.Method = .get, agent: String? = nil,
        fields: [(String, String)] = []
    ) async throws -> Reply {
        var headers: HTTPFields = [.userAgent: agent ?? browser]
        for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
        return try await site.send(method, uri, headers: headers)
    }

    private func clicks(_ site: Site) -> [TrackedClick] {
        site.inbox.stored.flatMap { delivery -> [TrackedClick] in
            #expect(delivery.source == .clicks)
            return LinkDelivery.decode(delivery.body, receivedAt: delivery.receivedAt).compactMap { event in
                if case .click(let click) = event { click } else { nil }
            }
        }
    }

    private func token(_ person: Party, code: String = Self.code) throws -> String {
        let key = try #require(LinkKey((0..<32).map { UInt8($0) }))
        return try #require(LinkToken.seal(person, code: code, key: key, nonce: [UInt8](repeating: 7, count: 12)))
    }

    @Test func aVisitorGoesWhereTheLinkLeadsAndIsRemembered() async throws {
        let site = try await site(recipient: Party(phone: "6281234567890"), message: "wamid.A")
        let reply = try await open(site)
        #expect(reply.status == 302)
        #expect(reply.headers[.location] == target)
        #expect(reply.headers[.cacheControl] == "no-store")
        #expect(HTTPField.Name("Referrer-Policy").flatMap { reply.headers[$0] } == "no-referrer")
        #expect(reply.headers[.setCookie] == nil)
        #expect(reply.bytes.isEmpty)
        let click = try #require(clicks(site).first)
        #expect(clicks(site).count == 1)
        #expect(click.code == Self.code)
        #expect(click.at == Site.instant)
        #expect(click.person == Party(phone: "6281234567890"))
        #expect(click.message == "wamid.A")
        #expect(click.campaign == "11.11")
        #expect(!click.isRobot)
        let body = String(decoding: site.inbox.stored[0].body, as: UTF8.self)
        #expect(!body.contains("Mozilla"))
        #expect(!body.contains("127.0.0.1"))
    }

    @Test func aTokenNamesTheRecipientOfACampaignsLink() async throws {
        let site = try await site()
        let person = Party(userID: "ID.9f31c0AA77")
        let reply = try await open(site, "/l/\(Self.code)?t=\(try token(person))")
        #expect(reply.headers[.location] == target)
        #expect(clicks(site).map(\.person) == [person])
    }

    @Test func aTokenThatIsNotGoodCountsForNobody() async throws {
        let good = try token(Party(phone: "6281234567890"))
        let flipped = (good.first == "A" ? "B" : "A") + good.dropFirst()
        let ofAnother = try token(Party(phone: "6281234567890"), code: "Tz4nB8wEsu")
        let key = try #require(LinkKey([UInt8](repeating: 9, count: 32)))
        let ofAnotherKey = try #require(
            LinkToken.seal(
                Party(phone: "6281"), code: Self.code, key: key, nonce: [UInt8](repeating: 7, count: 12)))
        for token in [flipped, ofAnother, ofAnotherKey, "", "x", String(good.dropLast()), good + "A", "%00", "=="] {
            let site = try await site()
            #expect(try await open(site, "/l/\(Self.code)?t=\(token)").headers[.location] == target)
            #expect(clicks(site).map(\.person) == [Party()])
        }
    }

    @Test func theRecipientOfALinkCannotBeTradedForAnother() async throws {
        let site = try await site(recipient: Party(phone: "6281"))
        _ = try await open(site, "/l/\(Self.code)?t=\(try token(Party(phone: "6282")))")
        #expect(clicks(site).map(\.person) == [Party(phone: "6281")])
    }

    @Test(arguments: [
        "/l/%2F%2Fevil.example", "/l/7hKp2mQx9R%0d%0aLocation:%20https:%2F%2Fevil.example", "/l/https:%2F%2Fevil",
        "/l/7hKp2mQx9", "/l/7hKp2mQx9RR", "/l/7hKp2mQx9O", "/l/..%2F..%2Fadmin", "/l/%E2%80%AE7hKp2mQ", "/l/Tz4nB8wEsu",
    ])
    func whatIsNoLinkLeadsNowhere(uri: String) async throws {
        let site = try await site()
        let reply = try await open(site, uri)
        #expect(reply.status == 404)
        #expect(reply.headers[.location] == nil)
        #expect(reply.type.hasPrefix("text/html"))
        #expect(reply.text.contains("Link not found"))
        #expect(reply.text.contains("Tautan tidak ditemukan"))
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: [
        "/l//evil.example", "/l/", "/l/7hKp2mQx9R/x", "/l//7hKp2mQx9R//", "//evil.example/l/7hKp2mQx9R",
    ])
    func otherPathsNeverLeadElsewhere(uri: String) async throws {
        let site = try await site()
        let reply = try await open(site, uri)
        #expect([nil, target].contains(reply.headers[.location]))
        #expect(reply.headers[.location] == nil || reply.status == 302)
    }

    @Test func nothingOfTheRequestGoesIntoTheAddress() async throws {
        let site = try await site()
        let reply = try await open(
            site, "/l/\(Self.code)?url=https://evil.example&next=//evil.example&utm_source=x",
            fields: [("X-Forwarded-Host", "evil.example"), ("Referer", "https://evil.example/")])
        #expect(reply.headers[.location] == target)
    }

    @Test func thePageForNothingSetsNoCookie() async throws {
        let site = try await site()
        let reply = try await open(site, "/l/Tz4nB8wEsu?lang=en")
        #expect(reply.headers[.setCookie] == nil)
        #expect(reply.text.contains("<html lang=\"en\">"))
    }

    @Test func anExpiredLinkIsGone() async throws {
        let atThisMoment = try await site(expiresAt: Site.instant)
        let reply = try await open(atThisMoment)
        #expect(reply.status == 410)
        #expect(reply.headers[.location] == nil)
        #expect(reply.text.contains("expired"))
        #expect(atThisMoment.inbox.stored.isEmpty)
        let later = try await site(expiresAt: Site.instant.adding(seconds: 1))
        #expect(try await open(later).status == 302)
    }

    @Test func headNeverCounts() async throws {
        let site = try await site()
        let reply = try await open(site, method: .head)
        #expect(reply.status == 302)
        #expect(reply.headers[.location] == target)
        #expect(try await open(site, "/l/Tz4nB8wEsu", method: .head).status == 404)
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func otherMethodsAreRefused() async throws {
        let site = try await site()
        for method: HTTPRequest.Method in [.post, .put, .delete] {
            #expect(try await open(site, method: method).status == 405)
        }
        #expect(site.inbox.stored.isEmpty)
    }

    @Test(arguments: [
        ("WhatsApp/2.24.20.89 A", []), ("facebookexternalhit/1.1", []), ("", []),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15", [("Sec-Purpose", "prefetch;prerender")]),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15", [("Purpose", "prefetch")]),
        ("Mozilla/5.0 (X11) Gecko/20100101 Firefox/130.0", [("X-Moz", "prefetch")]),
    ])
    func robotsAreLedOnAndMarked(agent: String, fields: [(String, String)]) async throws {
        let site = try await site(recipient: Party(phone: "6281"))
        #expect(try await open(site, agent: agent, fields: fields).status == 302)
        #expect(clicks(site).map(\.isRobot) == [true])
    }

    @Test func aDoubleTapIsOneClick() async throws {
        let site = try await site(recipient: Party(phone: "6281"))
        let headers: HTTPFields = [.userAgent: browser]
        let robot: HTTPFields = [.userAgent: "WhatsApp/2.24.20.89 A"]
        let uri = "/l/\(Self.code)"
        _ = try await site.sendAll([
            (.get, uri, robot, []), (.get, uri, headers, []), (.get, uri, headers, []),
        ])
        // The preview comes first and must not swallow the person's opening.
        let events = Set(clicks(site))
        #expect(events.count == 2)
        #expect(events.filter { !$0.isRobot }.count == 1)
        #expect(Set(events.map(\.id)).count == 2)
    }

    @Test func openingsByNobodyKnownStayApart() async throws {
        let site = try await site()
        let uri = "/l/\(Self.code)"
        let headers: HTTPFields = [.userAgent: browser]
        _ = try await site.sendAll([(.get, uri, headers, []), (.get, uri, headers, [])])
        #expect(Set(clicks(site).map(\.id)).count == 2)
    }

    @Test func tenSecondsEndATap() {
        let openings = RepeatedOpenings()
        let person = Party(phone: "6281")
        let start = Site.instant
        let first = openings.first("a", by: person, isRobot: false, at: start)
        let within = openings.first(
            "a", by: person, isRobot: false, at: Instant(microseconds: start.microseconds + 9_999_999))
        let after = openings.first("a", by: person, isRobot: false, at: start.adding(seconds: 10))
        #expect(!first.isRepeated)
        #expect(within.isRepeated)
        #expect(within.first == first.first)
        #expect(!after.isRepeated)
        #expect(after.first.id != first.first.id)
        #expect(!openings.first("b", by: person, isRobot: false, at: start.adding(seconds: 10)).isRepeated)
        #expect(
            !openings.first("a", by: Party(phone: "6282"), isRobot: false, at: start.adding(seconds: 10)).isRepeated)
        #expect(openings.first("a", by: person, isRobot: false, at: start.adding(seconds: 19)).isRepeated)
    }

    @Test func aFullDiskDoesNotHoldAVisitorUp() async throws {
        var site = try await site()
        site.isInboxFull = true
        #expect(try await open(site).headers[.location] == target)
    }
}
