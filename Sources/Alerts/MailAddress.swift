import Domain

/// `Toko Maju <laporan@toko.example>`, or the address alone. Only what every mail server takes: ASCII addresses.
package struct MailAddress: Hashable, Sendable {
    package let name: String
    package let address: String

    /// Nil for what is no address; above all for anything that would begin a new line in a header.
    package static func parse(_ text: String) -> MailAddress? {
        guard text.utf8.count <= 512, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            return nil
        }
        let text = text.trimmed
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            let name = String(text[..<open]).trimmed
            let address = String(text[text.index(after: open)...].dropLast())
            let isQuoted = name.count >= 2 && name.hasPrefix("\"") && name.hasSuffix("\"")
            return isAddress(address)
                ? MailAddress(name: isQuoted ? String(name.dropFirst().dropLast()) : name, address) : nil
        }
        return isAddress(text) ? MailAddress(name: "", text) : nil
    }

    private init(name: String, _ address: String) {
        self.name = name
        self.address = address
    }

    package var domain: String { address.split(separator: "@").last.map(String.init) ?? "localhost" }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let isLocal = parts[0].utf8.allSatisfy { byte in
            isWord(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let isDomain = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
        }
        return isLocal && isDomain && !parts[0].hasPrefix(".") && !parts[0].hasSuffix(".") && !parts[0].contains("..")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
        default: false
        }
    }

    /// As a header writes it.
    var header: String {
        guard !name.isEmpty else { return address }
        let isPlain = name.utf8.allSatisfy { isWordOrBlank($0) }
        return "\(isPlain ? name : MailEncoding.encodedWords(name, column: 8)) <\(address)>"
    }

    private func isWordOrBlank(_ byte: UInt8) -> Bool { Self.isWord(byte) || byte == 0x20 }
}
