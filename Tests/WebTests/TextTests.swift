import Domain
import Testing

@testable import Web

@Suite struct URLQueryTests {
    @Test func namesKeepTheirDotsAndValuesAreDecoded() {
        let query = URLQuery(parsing: "hub.mode=subscribe&hub.challenge=115%2B8&a=x+y&empty=&bare")
        #expect(query["hub.mode"] == "subscribe")
        #expect(query["hub.challenge"] == "115+8")
        #expect(query["a"] == "x y")
        #expect(query["empty"]?.isEmpty == true)
        #expect(query["bare"]?.isEmpty == true)
        #expect(query["hub_mode"] == nil)
    }

    @Test func brokenEscapesStayAsTheyAre() {
        #expect(PercentCoding.decode("100%".utf8) == "100%")
        #expect(PercentCoding.decode("%zz%4".utf8) == "%zz%4")
        #expect(PercentCoding.decode("%41%2F%3d".utf8) == "A/=")
        #expect(PercentCoding.decode("%FF".utf8) == "\u{FFFD}")
    }

    @Test func encodingComesBack() {
        let value = "promo 11.11 & <script>=\"ü\"+/%"
        let query = URLQuery([("template", value)])
        #expect(URLQuery(parsing: query.encoded)["template"] == value)
        #expect(!query.encoded.contains("<"))
        #expect(query.setting("template", to: nil).url(path: "/") == "/")
    }
}

@Suite struct HTMLTests {
    @Test func interpolatedTextIsEscapedAndMarkupIsNot() {
        let name = "<script>alert('1') & \"2\"</script>"
        let inner: HTML = "<b>\(name)</b>"
        let outer: HTML = "<p title=\"\(name)\">\(inner)\(7)</p>"
        let escaped = "&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;"
        #expect(outer.text == "<p title=\"\(escaped)\"><b>\(escaped)</b>7</p>")
    }
}

@Suite struct ProseTests {
    @Test func codeIsSetAsCodeAndEscaped() {
        #expect(HTML(prose: "run `a <b>` & `c`").text == "run <code>a &lt;b&gt;</code> &amp; <code>c</code>")
        #expect(HTML(prose: "none").text == "none")
        #expect(HTML(prose: "").isEmpty)
    }
}

@Suite struct LanguageTests {
    @Test(arguments: [
        ("id-ID,id;q=0.9,en;q=0.8", Language.indonesian), ("en-GB,en;q=0.9", .english), ("in", .indonesian),
        ("fr,en;q=0.3,id;q=0.5", .indonesian), ("id;q=0,en;q=0.1", .english),
    ])
    func theHeaviestKnownLanguageWins(header: String, expected: Language) {
        #expect(Language.preferred(in: header) == expected)
    }

    @Test func unknownLanguagesAreNobodysChoice() {
        #expect(Language.preferred(in: "fr-FR, de;q=0.5") == nil)
        #expect(Language.preferred(in: ";;q=,,=") == nil)
    }
}

@Suite struct KeyTests {
    @Test func keysHaveTheirShapeAndAreNotRepeated() {
        let keys = (0..<50).map { _ in APIKeySecret.generate(role: "analyst") }
        #expect(Set(keys).count == 50)
        for key in keys {
            #expect(key.hasPrefix("pantau_analyst_"))
            let secret = key.dropFirst("pantau_analyst_".count)
            #expect(secret.count == 43)
            #expect(secret.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
    }

    /// The vectors of RFC 4648 section 10, without padding.
    @Test(arguments: [
        ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func base64URL(plain: String, encoded: String) {
        #expect(APIKeySecret.base64URL(Array(plain.utf8)) == encoded)
        #expect(APIKeySecret.base64URL([0xFB, 0xFF]) == "-_8")
    }

    @Test func comparisonIsExact() {
        #expect(ConstantTime.equal("token", "token"))
        #expect(!ConstantTime.equal("token", "tokem"))
        #expect(!ConstantTime.equal("token", "toke"))
        #expect(!ConstantTime.equal("token", ""))
    }

    @Test func aRecognisedKeyIsBelievedForAMomentAndAnUnknownOneNever() async throws {
        let key = APIKeySecret.generate(role: "admin")
        let asked = Telemetry.Counter()
        let gate = Gate { digest in
            asked.add()
            return digest == APIKeySecret.digest(of: key) ? Identity(name: "ops", role: .admin) : nil
        }
        #expect(try await gate.owner(of: key)?.name == "ops")
        #expect(try await gate.owner(of: key)?.name == "ops")
        #expect(asked.count == 1)
        #expect(try await gate.owner(of: "pantau_admin_guess") == nil)
        #expect(try await gate.owner(of: "pantau_admin_guess") == nil)
        #expect(asked.count == 3)
        #expect(try await gate.owner(of: "something else") == nil)
        #expect(asked.count == 3)
    }
}

@Suite struct LocalityTests {
    @Test(arguments: ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "pantau.localhost", ""])
    func namesOfThisMachine(authority: String) { #expect(WebContext.namesThisMachine(authority)) }

    @Test(arguments: ["example.com", "127.0.0.1.example.com", "localhost.example.com", "10.0.0.1", "[::2]:80"])
    func namesOfOthers(authority: String) { #expect(!WebContext.namesThisMachine(authority)) }
}

@Suite struct MetricsPageTests {
    @Test func histogramsAreCumulative() {
        let telemetry = Telemetry()
        telemetry.acknowledged(after: .microseconds(800))
        telemetry.acknowledged(after: .milliseconds(4))
        telemetry.acknowledged(after: .seconds(60))
        let (cumulative, sum, count) = telemetry.acknowledgements
        // Bounds begin 1 ms, 2.5 ms, 5 ms; the last has none.
        #expect(cumulative[0] == 1)
        #expect(cumulative[1] == 1)
        #expect(cumulative[2] == 2)
        #expect(cumulative.last == 3)
        #expect(cumulative.dropLast().last == 2)
        #expect(count == 3)
        #expect(abs(sum - 60.0048) < 0.000_001)
    }

    @Test func labelsAreEscaped() {
        #expect(MetricsPage.escaped("a\"b\\c\nd") == "a\\\"b\\\\c\\nd")
        #expect(MetricsPage.number(3) == "3")
        #expect(MetricsPage.number(0.25) == "0.25")
    }
}
