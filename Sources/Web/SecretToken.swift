import Crypto

/// 256 random bits that stand for somebody: in the cookie of a session, in a one-time link. Only digests are stored.
package enum SecretToken {
    /// Longest text that is looked at.
    static let bytesMax = 128

    package static func generate() -> String {
        var random = SystemRandomNumberGenerator()
        return APIKeySecret.base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// SHA-256: enough for 256 random bits, where a slow hash would only slow requests. Nil for what is no token.
    package static func digest(of token: String) -> [UInt8]? {
        guard !token.isEmpty, token.utf8.count <= bytesMax else { return nil }
        return Array(SHA256.hash(data: Array(token.utf8)))
    }

    /// What forms of a session carry. It follows from the session's token and says nothing about it, so it need not be
    /// stored and cannot be made from what is stored.
    package static func formToken(of token: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("pantau form".utf8), using: SymmetricKey(data: Array(token.utf8)))
        return APIKeySecret.base64URL(Array(code))
    }
}
