import Connectors
import Domain
import Testing

/// The codes were computed by another program (Python's hmac and hashlib).
@Suite("signatures of payment and booking providers")
struct WebhookVerdictTests {
    /// 2026-11-22T03:00:00Z.
    private let signedAt = Instant(seconds: 1_795_316_400)
    private static let stripeBody = Array(#"{"id":"evt_1","type":"payment_intent.succeeded"}"#.utf8)
    private static let calendlyBody = Array(#"{"event":"invitee.created"}"#.utf8)
    private static let calComBody = Array(#"{"triggerEvent":"BOOKING_CREATED"}"#.utf8)
    private static let customBody = Array(#"{"id":"ORD-77"}"#.utf8)
    private static let xenditBody = Array(#"{"event":"payment.capture"}"#.utf8)

    private static let stripeCode = "fbbba71953765256bf3fcaeb9babe7888d5451f6e0e2457898c4265675783791"
    private static let stripeOldCode = "7b8919847b8e00ab80de78871099d83a1e35115d4d04aef8df2ca978745bd5e2"
    private static let calendlyCode = "326f7b1741c14868d1cfb0a1105212d7da713fd30ef660ab1b320e7264226f5c"
    private static let calComCode = "404dce69f65e6720ddcb7d3988a4a29d08b182ef41737d59f114765052302a86"
    private static let customCode = "5f9b510d32457c235d577a171125dc8d673276e7f340d105e3dced6d41d372df"
    private static let xenditCode = "0681288c81a9ddb4037cef241514f57798b9423b2c2d77d75f91416093935f45"

    /// A provider with a signature of the kind `t=…,v1=…`.
    struct Timed: Sendable, CustomTestStringConvertible {
        let provider: OutcomeProvider
        let body: [UInt8]
        let secret: String
        let code: String
        let tolerance: Int64
        var testDescription: String { provider.name }
    }

    static let timed = [
        Timed(provider: .stripe, body: stripeBody, secret: "whsec_rahasia", code: stripeCode, tolerance: 300),
        Timed(provider: .calendly, body: calendlyBody, secret: "kunci-calendly", code: calendlyCode, tolerance: 180),
        Timed(provider: .custom, body: customBody, secret: "rahasia-sendiri", code: customCode, tolerance: 300),
    ]

    private func verdict(
        _ provider: OutcomeProvider, body: [UInt8], secrets: [String], after: Int64 = 0, _ headers: [String: String]
    ) -> SignatureVerdict {
        provider.verify(body: body, secrets: WebhookSecrets(secrets), now: signedAt.adding(seconds: after)) {
            headers[$0]
        }
    }

    @Test(arguments: timed) func timedSignatures(_ it: Timed) throws {
        let header = try #require(it.provider.signatureHeader)
        func verdict(
            _ value: String?, body: [UInt8]? = nil, secrets: [String]? = nil, after: Int64 = 0
        ) -> SignatureVerdict {
            self.verdict(
                it.provider, body: body ?? it.body, secrets: secrets ?? ["lain", it.secret], after: after,
                value.map { [header: $0] } ?? [:])
        }
        let good = "t=1795316400,v1=\(it.code)"
        #expect(verdict(good) == .valid)
        #expect(verdict(" t=1795316400, v1=\(it.code.uppercased()) ") == .valid)
        // Any v1 may match; other schemes are passed over.
        #expect(verdict("t=1795316400,v1=\(String(repeating: "0", count: 64)),v1=\(it.code),v0=00") == .valid)
        #expect(verdict("t=1795316400,v0=\(it.code)") == .wrong)

        #expect(verdict(good, after: it.tolerance) == .valid)
        #expect(verdict(good, after: it.tolerance + 1) == .expired)
        #expect(verdict(good, after: -it.tolerance) == .valid)
        #expect(verdict(good, after: -it.tolerance - 1) == .expired)
        // A replay under a new time.
        #expect(verdict("t=1795316900,v1=\(it.code)", after: 500) == .wrong)

        for index in it.body.indices {
            var tampered = it.body
            tampered[index] ^= 1
            #expect(verdict(good, body: tampered) == .wrong)
        }
        #expect(verdict(good, secrets: ["lain"]) == .wrong)
        #expect(verdict(good, secrets: ["", " "]) == .wrong)
        #expect(verdict(nil) == .missing)
        #expect(verdict("  ") == .missing)
        for odd in [
            "v1=\(it.code)", "t=,v1=\(it.code)", "t=now,v1=\(it.code)", "t=1795316400", "t=1795316400,v1=",
            it.code, "t=-1795316400,v1=\(it.code)", "t=1795316400,v1=\(it.code)00", ",,,=", "t=99999999999999999999",
        ] {
            #expect(verdict(odd) == .wrong, "\(odd)")
        }
    }

    @Test func aStripeSecretThatIsBeingChanged() {
        let headers = ["Stripe-Signature": "t=1795316400,v1=\(Self.stripeOldCode),v1=\(Self.stripeCode)"]
        for secrets in [["whsec_rahasia"], ["whsec_lama"], ["whsec_lama", "whsec_rahasia"]] {
            #expect(verdict(.stripe, body: Self.stripeBody, secrets: secrets, headers) == .valid)
        }
        #expect(verdict(.stripe, body: Self.stripeBody, secrets: ["rahasia"], headers) == .wrong)
    }

    @Test func ownSignaturesVerify() {
        #expect(
            CustomOutcomes.sign(body: Self.customBody, secret: "rahasia-sendiri", at: signedAt)
                == "t=1795316400,v1=\(Self.customCode)")
    }

    @Test func calCom() {
        func verdict(
            _ header: String?, body: [UInt8] = Self.calComBody, secrets: [String] = ["lain", "rahasia-cal"]
        ) -> SignatureVerdict {
            self.verdict(
                .calcom, body: body, secrets: secrets, header.map { ["X-Cal-Signature-256": $0] } ?? [:])
        }
        #expect(verdict(Self.calComCode) == .valid)
        #expect(verdict("sha256=" + Self.calComCode) == .valid)
        #expect(verdict(nil) == .missing)
        #expect(verdict("") == .missing)
        #expect(verdict("no-secret-provided") == .missing)
        #expect(verdict("no-secret-provided", secrets: []) == .missing)
        #expect(verdict("sha1=" + Self.calComCode) == .wrong)
        #expect(verdict(Self.calComCode, secrets: ["lain"]) == .wrong)
        #expect(verdict(Self.calComCode, secrets: []) == .wrong)
        for index in Self.calComBody.indices {
            var tampered = Self.calComBody
            tampered[index] ^= 1
            #expect(verdict(Self.calComCode, body: tampered) == .wrong)
        }
    }

    @Test func xenditsToken() {
        func verdict(_ token: String?, secrets: [String] = ["token-lama", "token-xendit"]) -> SignatureVerdict {
            self.verdict(
                .xendit, body: Self.xenditBody, secrets: secrets, token.map { ["X-Callback-Token": $0] } ?? [:])
        }
        #expect(verdict("token-xendit") == .valid)
        #expect(verdict("token-lama") == .valid)
        #expect(verdict("token-xendiT") == .wrong)
        #expect(verdict("token-xendit-lagi") == .wrong)
        #expect(verdict("token-xendit", secrets: ["lain"]) == .wrong)
        #expect(verdict("token-xendit", secrets: []) == .wrong)
        #expect(verdict(nil) == .missing)
        #expect(verdict("") == .missing)
        #expect(verdict("", secrets: [""]) == .missing)
    }

    @Test func xenditsSignature() {
        func verdict(
            _ headers: [String: String], body: [UInt8] = Self.xenditBody, after: Int64 = 0
        ) -> SignatureVerdict {
            self.verdict(.xendit, body: body, secrets: ["token-xendit"], after: after, headers)
        }
        let good = ["X-Callback-Signature": Self.xenditCode, "X-Callback-Timestamp": "1795316400"]
        #expect(verdict(good) == .valid)
        #expect(verdict(good, after: 300) == .valid)
        #expect(verdict(good, after: 301) == .expired)
        #expect(verdict(good, body: Self.xenditBody + [0x20]) == .wrong)
        #expect(verdict(["X-Callback-Signature": Self.xenditCode]) == .missing)
        #expect(verdict(good.merging(["X-Callback-Timestamp": "1795316401"]) { $1 }) == .wrong)
        // A wrong token is not mended by a right signature.
        #expect(verdict(good.merging(["X-Callback-Token": "lain"]) { $1 }) == .wrong)
    }

    /// SHA-512 of `ORD-77`, `200`, `250000.00` and `SB-Mid-server-rahasia`, one behind the other.
    private static let midtransKey = """
        aaa881c2a154104d7551db30e4d144ad65e7661bf2f97a21171d22adce47bff7\
        96b3fcb04cfd4f12b163b5fa08c053bad979e987b7b8eeb6092927291ccc4eff
        """

    private func midtrans(
        order: String = #""ORD-77""#, code: String = #""200""#, amount: String = #""250000.00""#,
        key: String = midtransKey, secrets: [String] = ["lain", "SB-Mid-server-rahasia"]
    ) -> SignatureVerdict {
        let body = """
            {"transaction_status":"settlement","order_id":\(order),"gross_amount":\(amount),"status_code":\(code),
             "signature_key":"\(key)"}
            """
        return verdict(.midtrans, body: Array(body.utf8), secrets: secrets, [:])
    }

    @Test func midtrans() {
        #expect(midtrans() == .valid)
        #expect(midtrans(key: Self.midtransKey.uppercased()) == .valid)
        // As the text that was sent, whatever its type: 250000.00 is not 250000.
        #expect(midtrans(amount: "250000.00") == .valid)
        #expect(midtrans(amount: #""250000""#) == .wrong)
        #expect(midtrans(order: #""ORD-78""#) == .wrong)
        #expect(midtrans(code: #""201""#) == .wrong)
        #expect(midtrans(secrets: ["lain"]) == .wrong)
        #expect(midtrans(secrets: []) == .wrong)
        #expect(midtrans(key: "") == .missing)
        #expect(midtrans(key: "00") == .wrong)
        #expect(verdict(.midtrans, body: Array("{}".utf8), secrets: ["x"], [:]) == .missing)
        #expect(verdict(.midtrans, body: [0xFF], secrets: ["x"], [:]) == .missing)
        #expect(
            verdict(.midtrans, body: Array(#"{"signature_key":"\#(Self.midtransKey)"}"#.utf8), secrets: ["x"], [:])
                == .wrong)
    }

    @Test func everyProviderHasItsSource() {
        for provider in OutcomeProvider.allCases {
            #expect(OutcomeProvider(provider.source) == provider)
            #expect(provider.source.name == provider.name)
        }
        #expect(OutcomeProvider(.metaWebhook) == nil)
    }
}
