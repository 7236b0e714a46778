import Testing
import WhatsApp

@Suite("X-Hub-Signature-256")
struct SignatureTests {
    /// RFC 4231, test case 2.
    static let body = Array("what do ya want for nothing?".utf8)
    static let code = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    static let secrets = AppSecrets(["Jefe"])

    private func isValid(
        _ header: String?, body: [UInt8] = SignatureTests.body, secrets: AppSecrets = SignatureTests.secrets
    ) -> Bool {
        Signature.verify(body: body, header: header, secrets: secrets)
    }

    @Test func aKnownVector() {
        #expect(Signature.sign(body: Self.body, secret: "Jefe") == "sha256=" + Self.code)
        #expect(isValid("sha256=" + Self.code))
    }

    @Test func upperCaseAndSpaceAround() {
        #expect(isValid("sha256=" + Self.code.uppercased()))
        #expect(isValid(" sha256=" + Self.code + " "))
    }

    @Test func tampered() {
        var body = Self.body
        body[0] ^= 1
        #expect(!isValid("sha256=" + Self.code, body: body))
        #expect(!isValid("sha256=" + Self.code, body: Self.body + [0x20]))
    }

    @Test func wrongOrNoSecret() {
        #expect(!isValid("sha256=" + Self.code, secrets: AppSecrets(["jefe"])))
        #expect(!isValid("sha256=" + Self.code, secrets: AppSecrets([])))
        #expect(!isValid(Signature.sign(body: Self.body, secret: ""), secrets: AppSecrets([""])))
    }

    @Test(arguments: [["Jefe", "b", "c"], ["a", "Jefe", "c"], ["a", "b", "Jefe"], ["Jefe", "Jefe"]])
    func anyOfSeveralSecrets(_ secrets: [String]) {
        #expect(isValid("sha256=" + Self.code, secrets: AppSecrets(secrets)))
    }

    static let malformed: [String] = [
        "", "sha256=", "sha1=\(code)", code, "sha256=\(code.dropLast())", "sha256=\(code)0",
        "sha256=\(code.dropLast())g",
        "sha256=\(code.dropLast(2))é", "sha256:\(code)", "SHA256=\(code)",
    ]

    @Test(arguments: malformed)
    func refused(_ header: String) { #expect(!isValid(header)) }

    @Test func missing() { #expect(!isValid(nil)) }
}
