import Domain

/// How text travels through mail, which is seven bits wide and short of line.
package enum MailEncoding {
    /// RFC 2047: encoded words of UTF-8 in base64, each at most 75 characters and never half a character, folded.
    package static func encodedWords(_ text: String, column: Int) -> String {
        let open = "=?UTF-8?B?"
        var words: [String] = []
        var bytes: [UInt8] = []
        // 45 bytes are 60 digits; with the frame 72. The first word stands behind the name of the header.
        func limit() -> Int { words.isEmpty ? max(9, min(45, (75 - column - 12) / 4 * 3)) : 45 }
        for character in text.unicodeScalars {
            let next = Array(String(character).utf8)
            if bytes.count + next.count > limit() {
                words.append(open + base64(bytes) + "?=")
                bytes = []
            }
            bytes += next
        }
        if !bytes.isEmpty { words.append(open + base64(bytes) + "?=") }
        return words.joined(separator: "\r\n ")
    }

    /// A header's text: as it is when it is short and plain, else as encoded words. Control characters, and so line
    /// breaks, never get through.
    package static func headerText(_ text: String, name: String) -> String {
        let line = NoticeText.line(text, 400)
        let isPlain = line.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !line.contains("=?")
        if isPlain, name.utf8.count + 2 + line.utf8.count <= 76 { return line }
        return encodedWords(line, column: name.utf8.count + 2)
    }

    /// RFC 2045, 6.7: lines of at most 76 characters, blanks at their ends encoded. Line breaks become CRLF.
    package static func quotedPrintable(_ text: String) -> String {
        var out: [UInt8] = []
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        for index in lines.indices where lines[index].last == 0x0D { lines[index].removeLast() }
        for (index, line) in lines.enumerated() {
            if index > 0 { out += [0x0D, 0x0A] }
            var column = 0
            for (position, byte) in line.enumerated() {
                let isEnd = position == line.count - 1
                let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
                let piece: [UInt8]
                if isPlain || ((byte == 0x20 || byte == 0x09) && !isEnd) {
                    piece = [byte]
                } else {
                    piece = [UInt8(ascii: "="), digit(byte >> 4), digit(byte & 0xF)]
                }
                if column + piece.count > (isEnd ? 76 : 75) {
                    out += [UInt8(ascii: "="), 0x0D, 0x0A]
                    column = 0
                }
                out += piece
                column += piece.count
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x37 + nibble }

    /// RFC 4648, with padding, on one line.
    package static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            for place in 0..<4 {
                out.append(place <= group.count ? digits[word >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
