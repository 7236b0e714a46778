import Connectors
import Domain
import Testing

@Suite("Chatwoot's signature")
struct ChatwootSignatureTests {
    private let body = Array(#"{"event":"message_created","id":1}"#.utf8)
    /// HMAC-SHA256 with the key `rahasia-1` over `1763781000.{"event":"message_created","id":1}`, by another program.
    private let signature = "sha256=b20d423fba5e30d5b3074d090ba4f88cc4b996b8787f47e3d555ffa8f4b720af"
    private let timestamp = "1763781000"
    private let signedAt = Instant(seconds: 1_763_781_000)
    private let secrets = ChatwootSecrets(["", "rahasia-2", "rahasia-1"])

    private func verdict(
        body: [UInt8]? = nil, signature: String?, timestamp: String?, secrets: ChatwootSecrets? = nil, after: Int64 = 0
    ) -> ChatwootSignature.Verdict {
        ChatwootSignature.verify(
            body: body ?? self.body, signature: signature, timestamp: timestamp, secrets: secrets ?? self.secrets,
            now: signedAt.adding(seconds: after))
    }

    @Test func aValidOne() {
        #expect(verdict(signature: signature, timestamp: timestamp) == .valid)
        #expect(
            verdict(signature: signature.uppercased().replacing("SHA", with: "sha"), timestamp: timestamp) == .valid)
        #expect(ChatwootSignature.sign(body: body, secret: "rahasia-1", at: signedAt) == (signature, timestamp))
    }

    @Test func itHoldsForFiveMinutesEitherWay() {
        #expect(verdict(signature: signature, timestamp: timestamp, after: 300) == .valid)
        #expect(verdict(signature: signature, timestamp: timestamp, after: 301) == .expired)
        #expect(verdict(signature: signature, timestamp: timestamp, after: -300) == .valid)
        #expect(verdict(signature: signature, timestamp: timestamp, after: -301) == .future)
    }

    @Test func whatWasChangedIsWrong() {
        for index in body.indices {
            var tampered = body
            tampered[index] ^= 1
            #expect(verdict(body: tampered, signature: signature, timestamp: timestamp) == .wrong)
        }
        // A replay under a new time.
        #expect(verdict(signature: signature, timestamp: "1763781001") == .wrong)
        #expect(verdict(body: [], signature: signature, timestamp: timestamp) == .wrong)
        #expect(verdict(signature: "sha256=" + String(repeating: "0", count: 64), timestamp: timestamp) == .wrong)
    }

    @Test func aForgedTimeIsWrongBeforeItIsOld() {
        #expect(verdict(signature: signature, timestamp: "1", after: 0) == .wrong)
    }

    @Test func theSecretMustBeOneOfThose() {
        #expect(verdict(signature: signature, timestamp: timestamp, secrets: ChatwootSecrets(["rahasia-2"])) == .wrong)
        let none = ChatwootSecrets(["", ""])
        #expect(none.isEmpty)
        let empty = ChatwootSignature.sign(body: body, secret: "", at: signedAt)
        #expect(verdict(signature: empty.signature, timestamp: empty.timestamp, secrets: none) == .wrong)
    }

    @Test func missing() {
        #expect(verdict(signature: nil, timestamp: timestamp) == .missing)
        #expect(verdict(signature: signature, timestamp: nil) == .missing)
        #expect(verdict(signature: " ", timestamp: timestamp) == .missing)
        #expect(verdict(signature: signature, timestamp: "") == .missing)
    }

    @Test(arguments: [
        "b20d423fba5e30d5b3074d090ba4f88cc4b996b8787f47e3d555ffa8f4b720af", "sha256=", "sha256=b20d", "sha1=b20d",
        "sha256=z20d423fba5e30d5b3074d090ba4f88cc4b996b8787f47e3d555ffa8f4b720af",
        "sha256=b20d423fba5e30d5b3074d090ba4f88cc4b996b8787f47e3d555ffa8f4b720af00",
    ])
    func malformedSignatures(_ header: String) {
        #expect(verdict(signature: header, timestamp: timestamp) == .malformed)
    }

    @Test(arguments: ["now", "-1763781000", "+1763781000", "1763781000.0", "99999999999999999999", "0x10", "١٢٣"])
    func malformedTimes(_ header: String) {
        #expect(verdict(signature: signature, timestamp: header) == .malformed)
    }
}
