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
        guard let code = header.flatMap(authenticationCode(header:)) else { return false }
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
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        var text = Array("sha256=".utf8)
        for byte in code {
            for nibble in [byte >> 4, byte & 0xF] { text.append(nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The 32 bytes in the header; nil for another algorithm, another length, or what is not hexadecimal.
    private static func authenticationCode(header: String) -> [UInt8]? {
        let text = Array(header.trimmed.utf8)
        let prefix = Array("sha256=".utf8)
        guard text.count == prefix.count + 64, text.starts(with: prefix) else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        for at in stride(from: prefix.count, to: text.count, by: 2) {
            guard let high = text[at].hexadecimalValue, let low = text[at + 1].hexadecimalValue else { return nil }
            code.append(high << 4 | low)
        }
        return code
    }
}
