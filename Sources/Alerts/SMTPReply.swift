import Domain

/// One answer of a mail server: a code and its lines.
package struct SMTPReply: Hashable, Sendable {
    package var code: Int
    package var lines: [String]

    package init(code: Int, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    package var isPositive: Bool { (200..<400).contains(code) }
    /// A server that is busy, greylists, or has a full mailbox: try again later.
    package var isTransient: Bool { (400..<500).contains(code) }
}

package enum SMTPReplyError: Error, Hashable, Sendable {
    /// Not what RFC 5321 calls a reply.
    case malformed
    case tooLong
}

/// Reads replies from bytes as they come, in pieces of any size (RFC 5321, 4.2): `250-first`, `250 last`.
package struct SMTPReplyReader: Sendable {
    private var buffer: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    static let lineBytesMax = 4096
    static let linesMax = 200

    package init() {}

    /// Bytes came that no reply has used yet. After `STARTTLS` there must be none: they were not protected.
    package var hasLeftover: Bool { !buffer.isEmpty || code != nil }

    package mutating func feed(_ bytes: some Sequence<UInt8>) { buffer += bytes }

    /// The next whole reply; nil until more bytes come.
    package mutating func next() throws(SMTPReplyError) -> SMTPReply? {
        while let end = buffer.firstIndex(of: 0x0A) {
            var line = Array(buffer[..<end])
            buffer.removeSubrange(...end)
            if line.last == 0x0D { line.removeLast() }
            if let reply = try take(line) { return reply }
        }
        guard buffer.count <= Self.lineBytesMax else { throw .tooLong }
        return nil
    }

    private mutating func take(_ line: [UInt8]) throws(SMTPReplyError) -> SMTPReply? {
        guard line.count <= Self.lineBytesMax, lines.count < Self.linesMax else { throw .tooLong }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .malformed }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (200..<600).contains(number), code == nil || code == number else { throw .malformed }
        let separator = line.count > 3 ? line[3] : 0x20
        guard separator == 0x20 || separator == UInt8(ascii: "-") else { throw .malformed }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        code = number
        guard separator == 0x20 else { return nil }
        defer {
            code = nil
            lines = []
        }
        return SMTPReply(code: number, lines: lines)
    }
}

/// What a server says it can do, from its answer to `EHLO`.
package struct SMTPAbilities: Hashable, Sendable {
    package var startTLS = false
    package var eightBit = false
    /// In capitals: `PLAIN`, `LOGIN`.
    package var signIns: Set<String> = []
    /// Largest message in bytes; nil when it does not say.
    package var sizeMax: Int?

    package init(_ reply: SMTPReply) {
        for line in reply.lines.dropFirst() {
            let words = line.uppercased().split { $0 == " " || $0 == "=" }.map(String.init)
            switch words.first {
            case "STARTTLS": startTLS = true
            case "8BITMIME": eightBit = true
            // Old servers write `AUTH=PLAIN`.
            case "AUTH": signIns.formUnion(words.dropFirst())
            case "SIZE": sizeMax = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            default: break
            }
        }
    }
}

/// How a letter is written behind `DATA`.
package enum SMTPData {
    /// Lines ended by CRLF, a full stop at a line's start doubled, the end marked (RFC 5321, 4.5.2).
    package static func stuffed(_ message: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(message.count + message.count / 64 + 8)
        var isLineStart = true
        var index = 0
        while index < message.count {
            let byte = message[index]
            if byte == 0x0D || byte == 0x0A {
                out += [0x0D, 0x0A]
                // CRLF is one line end, a lone CR or LF too: a server might read either as one.
                if byte == 0x0D, index + 1 < message.count, message[index + 1] == 0x0A { index += 1 }
                isLineStart = true
            } else {
                if isLineStart, byte == UInt8(ascii: ".") { out.append(byte) }
                out.append(byte)
                isLineStart = false
            }
            index += 1
        }
        if !isLineStart { out += [0x0D, 0x0A] }
        return out + Array(".\r\n".utf8)
    }
}
