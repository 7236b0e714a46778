import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct LinkTests {
    private let path = "/api/v1/links"
    private let phone = "6281234567890"

    private func site() -> Site {
        var site = Site()
        site.linkBaseURL = "https://s.shop.example"
        return site
    }

    private func make(_ body: String, on site: Site, role: APIKey.Role = .ingest) async throws -> Reply {
        try await site.send(.post, path, body: Array(body.utf8), key: try await site.key(role))
    }

    @Test func aLinkIsInTheInboxAndInItsStore() async throws {
        let site = site()
        let reply = try await make(
            #"{"url":"https://shop.example/pay?o=77#x","contact":"+62 812-3456-7890","message_id":"wamid.A","campaign":"11.11","expires_at":"2030-01-01T00:00:00Z"}"#,
            on: site)
        #expect(reply.status == 200)
        let made = try #require(reply.json?["links"]?.elements.first)
        let code = try #require(made["code"]?.string)
        #expect(LinkCode.isWellFormed(code))
        #expect(made["short_url"]?.string == "https://s.shop.example/l/\(code)")
        #expect(!reply.text.contains(phone))
        let stored = try #require(site.links.all.first)
        #expect(stored.target == "https://shop.example/pay?o=77#x")
        #expect(stored.expiresAt == RFC3339.parse("2030-01-01T00:00:00Z"))
        #expect(
            stored.link
                == TrackedLink(
                    code: code, message: "wamid.A", recipient: Party(phone: phone), campaign: "11.11",
                    createdAt: Site.instant))
        let delivery = try #require(site.inbox.stored.first)
        #expect(delivery.source == .links)
        #expect(LinkDelivery.decode(delivery.body, receivedAt: Site.instant) == [.link(stored.link)])
        #expect(LinkDelivery.links(in: delivery.body) == [stored])
    }

    @Test func aCampaignHasOneLinkAndATokenForEach() async throws {
        let site = site()
        let reply = try await make(
            #"{"url":"https://shop.example/","campaign":"c","recipients":[{"contact":"6281234567890"},"ID.9f31c0AA77"]}"#,
            on: site)
        let links = reply.json?["links"]?.elements.map { $0 } ?? []
        #expect(links.count == 1)
        let code = try #require(links.first?["code"]?.string)
        let key = try #require(LinkKey(try await site.links.tokenKey()))
        let addresses = links.first?["recipients"]?.elements.compactMap { $0["short_url"]?.string } ?? []
        let people = addresses.map { address in
            LinkToken.open(String(address.split(separator: "=").last ?? ""), code: code, key: key)
        }
        #expect(people == [Party(phone: phone), Party(userID: "ID.9f31c0AA77")])
        for address in addresses {
            #expect(address.hasPrefix("https://s.shop.example/l/\(code)?t="))
            #expect(!address.contains("812345"))
        }
        #expect(site.links.all.map(\.link.recipient) == [Party()])
        // The tokens' people are nowhere in the inbox: the sender alone handed them out.
        #expect(site.inbox.stored.count == 1)
    }

    @Test func eachRecipientMayHaveALinkOfTheirOwn() async throws {
        let site = site()
        let reply = try await make(
            #"[{"url":"https://shop.example/","one_per":"recipient","recipients":[{"contact":"081234567891","message_id":"wamid.1"},{"contact":"+6281234567892"}]},{"url":"https://shop.example/b"}]"#,
            on: site)
        let links = reply.json?["links"]?.elements.map { $0 } ?? []
        #expect(links.compactMap { $0["index"]?.int64 } == [1, 1, 2])
        #expect(links.map { $0["recipient"]?.int64 } == [1, 2, nil])
        #expect(Set(links.compactMap { $0["code"]?.string }).count == 3)
        #expect(Set(site.links.all.compactMap(\.link.recipient.phone)) == ["6281234567891", "6281234567892"])
        #expect(Set(site.links.all.compactMap(\.link.message)) == ["wamid.1"])
        #expect(site.inbox.stored.count == 1)
    }

    @Test func withoutABaseTheHostOfTheRequestIsIt() async throws {
        var site = site()
        site.linkBaseURL = nil
        let reply = try await make(#"{"url":"https://shop.example/"}"#, on: site)
        let short = reply.json?["links"]?.elements.first?["short_url"]?.string ?? ""
        #expect(short.hasPrefix("http://localhost"))
        #expect(short.contains("/l/"))
    }

    @Test(arguments: [
        #"{"url":"javascript:alert(1)"}"#, #"{"url":"//evil.example/"}"#, #"{"url":"/promo"}"#, #"{"url":""}"#, "{}",
        #"{"url":"ftp://shop.example/"}"#, #"{"url":"https://"}"#, #"{"url":"https:///x"}"#,
        #"{"url":"https://user:pass@shop.example/"}"#, #"{"url":"https://shop.example@evil.example/"}"#,
        #"{"url":"https://shop.example\\@evil.example/"}"#, #"{"url":"https://shop.example/a b"}"#,
        #"{"url":"https://shop.example/\r\nSet-Cookie: a=b"}"#, #"{"url":"https://toko.example/é"}"#,
        #"{"url":"https://shop.example:99999/"}"#, #"{"url":"https://s.shop.example/l/abc"}"#,
        #"{"url":"HTTPS://S.SHOP.EXAMPLE:443/x"}"#, #"{"url":"https://shop.example/","contact":"nobody"}"#,
        #"{"url":"https://shop.example/","user_id":"628"}"#,
        #"{"url":"https://shop.example/","expires_at":"tomorrow"}"#,
        #"{"url":"https://shop.example/","expires_at":"2020-01-01T00:00:00Z"}"#,
        #"{"url":"https://shop.example/","recipients":[]}"#, #"{"url":"https://shop.example/","recipients":[{}]}"#,
        #"{"url":"https://shop.example/","recipients":["6281234567890"],"contact":"6281234567891"}"#,
        #"{"url":"https://shop.example/","recipients":["6281234567890"],"one_per":"day"}"#,
        #"{"url":"https://shop.example/","recipients":[{"contact":"6281234567890","message_id":"wamid.1"}]}"#, "[7]",
    ])
    func whatMakesNoSenseMakesNoLink(body: String) async throws {
        let site = site()
        let reply = try await make(body, on: site)
        #expect(reply.status == 422, "\(reply.text)")
        #expect(reply.json?["rejected"]?.elements.first?["index"]?.int64 == 1)
        #expect(site.inbox.stored.isEmpty)
        #expect(site.links.all.isEmpty)
    }

    @Test func aBadRecordDoesNotHoldBackTheOthers() async throws {
        let site = site()
        let reply = try await make(
            "{\"url\":\"https://a.example/\"}\n{\"url\":\"x\"}\n{\"url\":\"https://b.example/\"}", on: site)
        #expect(reply.status == 200)
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected"]?.elements.first?["index"]?.int64 == 2)
        #expect(reply.json?["links"]?.elements.compactMap { $0["index"]?.int64 } == [1, 3])
    }

    @Test func noRecordAtAllIsMalformed() async throws {
        for body in ["", " ", "[]", "not json", #"{"links":[]}"#] {
            #expect(try await make(body, on: site()).problem == "malformed", "\(body)")
        }
    }

    @Test func moreThanAnAnswerHoldsIsRefused() async throws {
        let site = site()
        let many = Array(repeating: "\"6281234567890\"", count: LinkRequests.addressesMax / 2 + 1).joined(
            separator: ",")
        let record = #"{"url":"https://a.example/","recipients":[\#(many)]}"#
        #expect(try await make("[\(record),\(record)]", on: site).problem == "unprocessable")
        #expect(site.inbox.stored.isEmpty)
    }

    @Test func aFullDiskMakesNoLink() async throws {
        var site = site()
        site.isInboxFull = true
        #expect(try await make(#"{"url":"https://a.example/"}"#, on: site).problem == "unavailable")
        #expect(site.links.all.isEmpty)
    }

    @Test(arguments: [APIKey.Role.analyst, .ingest, .admin])
    func rolesAreAskedFor(role: APIKey.Role) async throws {
        let site = site()
        let made = try await make(#"{"url":"https://a.example/"}"#, on: site, role: role)
        #expect(made.status == (role == .analyst ? 403 : 200))
        try await site.links.insert([
            ShortLink(
                link: TrackedLink(code: "7hKp2mQx9R", recipient: Party(phone: phone), createdAt: Site.instant),
                target: "https://a.example/")
        ])
        let shown = try await site.send(.get, "\(path)/7hKp2mQx9R", key: try await site.key(role))
        #expect(shown.status == (role == .ingest ? 403 : 200))
        #expect(!shown.text.contains(phone))
        if shown.status == 200 {
            #expect(shown.json?["url"]?.string == "https://a.example/")
            #expect(shown.json?["has_recipient"]?.bool == true)
            #expect(shown.json?["clicks"]?.double == 3)
            #expect(shown.json?["people"]?.double == 2)
            #expect(shown.json?["robots"]?.double == 5)
            #expect(shown.json?["short_url"]?.string == "https://s.shop.example/l/7hKp2mQx9R")
        }
        #expect(try await site.send(.post, path, body: Array("{}".utf8)).status == 401)
    }

    @Test func anUnknownLinkIsNotShown() async throws {
        let site = site()
        let key = try await site.key(.analyst)
        for code in ["7hKp2mQx9R", "short", "7hKp2mQx0O"] {
            #expect(try await site.send(.get, "\(path)/\(code)", key: key).problem == "not-found")
        }
    }

    @Test func theExampleOfTheDocumentationIsTaken() async throws {
        let reply = try await make(OutcomeExamples.links, on: site())
        #expect(reply.json?["accepted"]?.int64 == 2)
        #expect(reply.json?["rejected_count"]?.int64 == 0)
    }
}
