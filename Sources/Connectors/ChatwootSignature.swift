import Crypto
import Domain

/// The secrets of every Chatwoot webhook that is accepted, made ready once.
package struct ChatwootSecrets: Sendable {
    let keys: [SymmetricKey]

    /// Each secret is used as the UTF-8 bytes of its text. Empty ones are left out: anybody could sign with those.
    package init(_ secrets: [String]) {
        keys = secrets.filter { !$0.isEmpty }.map { SymmetricKey(data: Array($0.utf8)) }
    }

    package var isEmpty: Bool { keys.isEmpty }
}

/// Chatwoot's signature (from version 4.13 on): `X-Chatwoot-Signature: sha256=…`, the hexadecimal HMAC-SHA256 of
/// `X-Chatwoot-Timestamp`, a full stop and the raw body.
package enum ChatwootSignature {
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        case valid
        /// One of the two headers is absent or empty: an older Chatwoot, or somebody else.
        case missing
        /// A header is not of the form that Chatwoot gives it.
        case malformed
        /// None of the secrets signed these bytes at that time.
        case wrong
        /// Rightly signed, but longer ago than `windowSeconds`: a replay, or a clock that is slow.
        case expired
        /// Rightly signed, but for a time further ahead than `windowSeconds`: a clock is wrong.
        case future
    }

    /// Furthest that the time of signing may be from now.
    package static let windowSeconds: Int64 = 300

    /// Takes the same time whichever secret signed and wherever the first wrong byte lies. The time is judged after the
    /// signature, so that nobody without a secret learns about the clock.
    package static func verify(
        body: [UInt8], signature: String?, timestamp: String?, secrets: ChatwootSecrets, now: Instant
    ) -> Verdict {
        guard let signature = signature?.trimmed, let timestamp = timestamp?.trimmed, !signature.isEmpty,
            !timestamp.isEmpty
        else { return .missing }
        guard let code = SHA256Header.code(signature), let signedAt = WebhookSignature.seconds(timestamp) else {
            return .malformed
        }
        var isSigned = false
        for key in secrets.keys {
            // Not `||`: that would stop at the first match and tell which secret is in use.
            let matches = Self.code(of: body, timestamp: timestamp, key: key) == code
            isSigned = matches ? true : isSigned
        }
        guard isSigned else { return .wrong }
        let age = now.seconds &- signedAt
        return age > windowSeconds ? .expired : age < -windowSeconds ? .future : .valid
    }

    /// Both headers' values for a body, as Chatwoot would send them.
    package static func sign(body: [UInt8], secret: String, at: Instant) -> (signature: String, timestamp: String) {
        let timestamp = String(at.seconds)
        let code = code(of: body, timestamp: timestamp, key: SymmetricKey(data: Array(secret.utf8)))
        return (SHA256Header.text(code), timestamp)
    }

    private static func code(
        of body: [UInt8], timestamp: String, key: SymmetricKey
    ) -> HMAC<SHA256>.MAC {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array("\(timestamp).".utf8))
        code.update(data: body)
        return code.finalize()
    }
}
