/// The form in which Meta and Chatwoot send an HMAC-SHA256: `sha256=` and 64 hexadecimal digits.
package enum SHA256Header {
    private static let prefix = Array("sha256=".utf8)

    /// The 32 bytes in a header; nil for another algorithm, another length, or what is not hexadecimal.
    package static func code(_ header: String) -> [UInt8]? {
        let text = Array(header.trimmed.utf8)
        guard text.count == prefix.count + 64, text.starts(with: prefix) else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        for at in stride(from: prefix.count, to: text.count, by: 2) {
            guard let high = text[at].hexadecimalValue, let low = text[at + 1].hexadecimalValue else { return nil }
            code.append(high << 4 | low)
        }
        return code
    }

    /// The header for a code.
    package static func text(_ code: some Sequence<UInt8>) -> String {
        var text = prefix
        for byte in code {
            for nibble in [byte >> 4, byte & 0xF] { text.append(nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
