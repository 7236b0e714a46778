/// Bytes spelt as hexadecimal digits, two for each.
package enum Hexadecimal {
    /// Digits of either case → bytes; nil unless they spell exactly `count`.
    package static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 2 * count else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[at].hexadecimalValue, let low = digits[at + 1].hexadecimalValue else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// In lower case.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            for nibble in [byte >> 4, byte & 0xF] { text.append(nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
