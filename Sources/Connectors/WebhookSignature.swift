import Crypto
import Domain

/// What a provider's signature says of a delivery. Only `valid` may be counted.
package enum SignatureVerdict: String, Hashable, Sendable, CaseIterable {
    case valid
    /// There is no signature, or none that holds anything.
    case missing
    /// None of the secrets made it, or it is not of the provider's form.
    case wrong
    /// Rightly signed, but for another time than now: a replay, or a clock that is wrong.
    case expired
}

/// The secrets of one provider, made ready once. Several may be in use while one is being changed; any may sign.
package struct WebhookSecrets: Sendable {
    /// Each as the UTF-8 bytes of its text.
    let texts: [[UInt8]]

    /// Empty ones are left out: anybody could sign with those.
    package init(_ secrets: [String]) {
        texts = secrets.map(\.trimmed).filter { !$0.isEmpty }.map { Array($0.utf8) }
    }

    package var isEmpty: Bool { texts.isEmpty }

    /// True when the check holds for one of the secrets. All are tried, so that the time taken does not tell which.
    func contains(where check: (_ secret: [UInt8]) -> Bool) -> Bool {
        var found = false
        for secret in texts {
            let matches = check(secret)
            found = matches || found
        }
        return found
    }
}

enum WebhookSignature {
    /// Compares without stopping at the first difference; the length is no secret.
    static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for index in a.indices { difference |= a[index] ^ b[index] }
        return difference == 0
    }

    /// HMAC-SHA256 of the parts, one behind the other.
    static func code(_ parts: [UInt8]..., secret: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: SymmetricKey(data: secret))
        for part in parts { code.update(data: part) }
        return Array(code.finalize())
    }

    /// Unix seconds; eleven digits reach the year 5138.
    static func seconds(_ text: some StringProtocol) -> Int64? {
        let digits = text.utf8
        guard !digits.isEmpty, digits.count <= 11, digits.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else {
            return nil
        }
        return Int64(text)
    }

    /// Whether something that was rightly signed for that time may still be taken. A clock may be wrong either way.
    static func verdict(signedAt: Int64, now: Instant, toleranceSeconds: Int64) -> SignatureVerdict {
        let age = now.seconds &- signedAt
        return (-toleranceSeconds...toleranceSeconds).contains(age) ? .valid : .expired
    }
}

/// The form that Stripe began and others took over: `t=<Unix seconds>,v1=<hexadecimal>[,v1=…]`, where each `v1` is an
/// HMAC-SHA256 of the time, a full stop and the raw body. Other schemes (`v0`) are passed over.
enum TimedSignature {
    static func verify(
        body: [UInt8], header: String?, secrets: WebhookSecrets, now: Instant, toleranceSeconds: Int64
    ) -> SignatureVerdict {
        guard let header = header?.trimmed, !header.isEmpty else { return .missing }
        var time: String?
        var codes: [[UInt8]] = []
        for part in header.split(separator: ",").prefix(32) {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard pair.count == 2 else { continue }
            if pair[0] == "t", time == nil { time = pair[1] }
            if pair[0] == "v1", let code = Hexadecimal.bytes(pair[1], count: 32) {
                codes.append(code)
            }
        }
        guard let time, let signedAt = WebhookSignature.seconds(time) else { return .wrong }
        let isSigned = secrets.contains { secret in
            let code = WebhookSignature.code(Array("\(time).".utf8), body, secret: secret)
            return codes.reduce(false) { found, told in
                let matches = WebhookSignature.areEqual(told, code)
                return matches || found
            }
        }
        // The time is judged after the signature, so that nobody without a secret learns about the clock.
        guard isSigned else { return .wrong }
        return WebhookSignature.verdict(signedAt: signedAt, now: now, toleranceSeconds: toleranceSeconds)
    }

    /// The header for a body, as a provider would send it.
    static func sign(body: [UInt8], secret: String, at: Instant) -> String {
        let time = String(at.seconds)
        let code = WebhookSignature.code(Array("\(time).".utf8), body, secret: Array(secret.utf8))
        return "t=\(time),v1=\(Hexadecimal.text(code))"
    }
}
