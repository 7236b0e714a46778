import Crypto
import Domain

/// The secrets of every Meta app whose webhooks are accepted, made ready once.
package struct AppSecrets: Sendable {
    let keys: [SymmetricKey]

    /// Each secret is used as the UTF-8 bytes of its text, as Meta does; it is not decoded from hexadecimal.
    /// Empty ones are left out: an empty key would let anybody sign.
    package init(_ secrets: [String]) {
        keys = secrets.filter { !$0.isEmpty }.map { SymmetricKey(data: Array($0.utf8)) }
    }

    package var isEmpty: Bool { keys.isEmpty }
}

/// `X-Hub-Signature-256`: `sha256=` and the hexadecimal HMAC-SHA256 of the body exactly as received.
package enum Signature {
    /// True when one of the secrets signed these bytes. Takes the same time whichever secret it is and wherever the
    /// first wrong byte lies.
    package static func verify(body: [UInt8], header: String?, secrets: AppSecrets) -> Bool {
        body.withUnsafeBytes { verify(body: $0, header: header, secrets: secrets) }
    }

    package static func verify(body: UnsafeRawBufferPointer, header: String?, secrets: AppSecrets) -> Bool {
        guard let code = header.flatMap(SHA256Header.code) else { return false }
        var isValid = false
        for key in secrets.keys {
            // Not `||`: that would stop at the first match and tell which secret is in use.
            let matches = HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
            isValid = matches ? true : isValid
        }
        return isValid
    }

    /// The header's value for a body, as Meta would send it.
    package static func sign(body: [UInt8], secret: String) -> String {
        SHA256Header.text(HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8))))
    }
}
