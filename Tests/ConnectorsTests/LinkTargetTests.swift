import Testing

@testable import Connectors

@Suite struct LinkTargetTests {
    @Test(arguments: [
        ("https://shop.example/", "shop.example", 443), ("http://shop.example", "shop.example", 80),
        ("HTTPS://Shop.Example:8443/a?b=c#d", "shop.example", 8443), ("https://127.0.0.1/x", "127.0.0.1", 443),
        ("https://[2001:db8::1]/x", "[2001:db8::1]", 443), ("https://[2001:db8::1]:8080", "[2001:db8::1]", 8080),
        ("https://xn--bcher-kva.example?q=a@b", "xn--bcher-kva.example", 443),
        ("https://a_b.shop.example.", "a_b.shop.example.", 443),
        ("https://shop.example:/x", "shop.example", 443),
    ])
    func anAddressIsTakenApart(address: String, host: String, port: Int) throws {
        let target = try LinkTarget(address)
        #expect(target.address == address)
        #expect(target.host == host)
        #expect(target.port == port)
    }

    @Test(arguments: [
        ("shop.example", LinkTargetProblem.notHTTP), ("//shop.example", .notHTTP), ("https:/shop.example", .notHTTP),
        ("javascript://shop.example/%0aalert(1)", .notHTTP), ("data:text/html,x", .notHTTP), ("", .notHTTP),
        ("https://", .noHost), ("https:///x", .noHost), ("https://?x", .noHost), ("https://:443/", .noHost),
        ("https://a..b/", .noHost), ("https://shop.example:0/", .noHost), ("https://shop.example:65536/", .noHost),
        ("https://shop.example:x/", .noHost), ("https://[zz]/", .noHost), ("https://[::1", .noHost),
        ("https://%65vil.example/", .noHost), ("https://a:b:c/", .noHost),
        ("https://user@shop.example/", .credentials), ("https://user:pass@shop.example/", .credentials),
        ("https://shop.example\\@evil.example/", .oddCharacter), ("https://shop.example/<x>", .oddCharacter),
        ("https://shop.example/a b", .notASCII), ("https://shop.example/\r\nX: y", .notASCII),
        ("https://shop.example/\u{0}", .notASCII), ("https://shop.example/é", .notASCII),
        ("https://ѕhop.example/", .notASCII),
    ])
    func whatIsNoPlainAddressIsRefused(address: String, problem: LinkTargetProblem) {
        #expect(throws: problem) { try LinkTarget(address) }
    }

    @Test func twoThousandBytesPass() throws {
        let start = "https://shop.example/"
        let most = start + String(repeating: "a", count: LinkTarget.bytesMax - start.utf8.count)
        #expect(try LinkTarget(most).address == most)
        #expect(throws: LinkTargetProblem.tooLong) { try LinkTarget(most + "a") }
    }

    @Test func aPlaceIsHostAndPort() throws {
        let own = try LinkTarget("https://s.shop.example")
        #expect(try LinkTarget("HTTPS://S.Shop.Example:443/l/x").isSamePlace(as: own))
        #expect(try !LinkTarget("https://shop.example/").isSamePlace(as: own))
        #expect(try !LinkTarget("https://s.shop.example:8443/").isSamePlace(as: own))
    }
}
