/// The form in which Meta and Chatwoot send an HMAC-SHA256: `sha256=` and 64 hexadecimal digits.
package enum SHA256Header {
    private static let prefix = "sha256="

    /// The 32 bytes in a header; nil for another algorithm, another length, or what is not hexadecimal.
    package static func code(_ header: String) -> [UInt8]? {
        let text = header.trimmed
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        return Hexadecimal.bytes(String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self), count: 32)
    }

    /// The header for a code.
    package static func text(_ code: some Sequence<UInt8>) -> String { prefix + Hexadecimal.text(code) }
}
