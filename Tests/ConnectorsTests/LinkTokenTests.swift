import Domain
import Testing

@testable import Connectors

@Suite struct LinkTokenTests {
    private let code = "7hKp2mQx9R"
    private let nonce = [UInt8](repeating: 3, count: LinkToken.nonceBytes)

    private func key(_ byte: UInt8 = 1) throws -> LinkKey {
        try #require(LinkKey([UInt8](repeating: byte, count: LinkKey.bytes)))
    }

    @Test(arguments: [
        Party(phone: "6281234567890"), Party(userID: "ID.9f31c0AA77"),
        Party(phone: "6281234567890", userID: "ID.9f31c0AA77", parentUserID: "ID.parent1"),
        Party(userID: "ID." + String(repeating: "a", count: 157)),
    ])
    func whoIsSealedInComesOut(party: Party) throws {
        let token = try #require(LinkToken.seal(party, code: code, key: try key(), nonce: nonce))
        #expect(
            token.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x5F
            })
        if let phone = party.phone { #expect(!token.contains(phone)) }
        #expect(LinkToken.open(token, code: code, key: try key()) == party)
    }

    @Test func nobodyIsNotSealed() throws {
        #expect(LinkToken.seal(Party(), code: code, key: try key(), nonce: nonce) == nil)
        #expect(LinkToken.seal(Party(phone: "62"), code: code, key: try key(), nonce: [1, 2]) == nil)
        #expect(LinkKey([1, 2, 3]) == nil)
    }

    @Test func everyChangedCharacterIsNoticed() throws {
        let token = try #require(
            LinkToken.seal(Party(phone: "6281234567890"), code: code, key: try key(), nonce: nonce))
        for index in token.indices {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(LinkToken.open(changed, code: code, key: try key()) == nil)
        }
        for changed in [String(token.dropLast()), token + "A", token + "=", "", "A", " " + token] {
            #expect(LinkToken.open(changed, code: code, key: try key()) == nil)
        }
    }

    @Test func itWorksWithItsOwnLinkAndKeyAlone() throws {
        let token = try #require(
            LinkToken.seal(Party(phone: "6281234567890"), code: code, key: try key(), nonce: nonce))
        #expect(LinkToken.open(token, code: "7hKp2mQx9S", key: try key()) == nil)
        #expect(LinkToken.open(token, code: code, key: try key(2)) == nil)
    }

    /// RFC 4648, section 10, without padding; `-_` are the two letters of its own.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func bytesAreSpeltAsTheStandardSays(text: String, spelling: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == spelling)
        #expect(Base64URL.decode(spelling) == Array(text.utf8))
    }

    @Test func eachTextHasOneSpelling() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(Base64URL.decode("-_8") == [0xFB, 0xFF])
        for odd in ["Zh", "Zg==", "Z", "Zm9", "Z g", "+/8", "Zm9vY"] { #expect(Base64URL.decode(odd) == nil, "\(odd)") }
    }

    @Test func codesAreOfOneShape() {
        var generator = SystemRandomNumberGenerator()
        let codes = (0..<1_000).map { _ in LinkCode.random(using: &generator) }
        #expect(Set(codes).count == 1_000)
        #expect(codes.allSatisfy { LinkCode.isWellFormed($0) })
        for odd in [
            "", "7hKp2mQx9", "7hKp2mQx9RR", "7hKp2mQx0R", "7hKp2mQxOR", "7hKp2mQxlR", "7hKp2mQx/R", "7hKp2mQxé",
        ] {
            #expect(!LinkCode.isWellFormed(odd))
        }
    }
}
