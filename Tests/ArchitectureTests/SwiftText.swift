/// Swift source with everything that is not code blanked out: comments and the insides of string literals become
/// spaces, line breaks stay. Code inside `\( … )` is code. So a search of `code` cannot be fooled by a comment, and
/// an offset means the same place in `raw` and in `code`.
struct SwiftText {
    let raw: [UInt8]
    private(set) var code: [UInt8]
    /// Offset of the first byte of each line.
    private(set) var lineStarts: [Int] = [0]
    /// Lines (from 0) that begin inside a multi-line string literal.
    private(set) var linesInsideStrings: Set<Int> = []

    init(_ source: String) {
        raw = Array(source.utf8)
        code = raw
        for (offset, byte) in raw.enumerated() where byte == Byte.newline { lineStarts.append(offset + 1) }
        var offset = 0
        blankCode(from: &offset, insideInterpolation: false)
    }

    /// 1-based line of an offset.
    func line(at offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line (from 1), without its end.
    func rawLine(_ line: Int) -> ArraySlice<UInt8> { raw[range(ofLine: line)] }

    func codeLine(_ line: Int) -> ArraySlice<UInt8> { code[range(ofLine: line)] }

    private func range(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return 0..<0 }
        let end = line < lineStarts.count ? lineStarts[line] - 1 : raw.count
        return lineStarts[line - 1]..<end
    }

    // MARK: Lexing

    private func byte(_ offset: Int) -> UInt8 { offset < raw.count ? raw[offset] : 0 }

    private mutating func blank(_ offset: Int) {
        if offset < code.count, code[offset] != Byte.newline { code[offset] = Byte.space }
    }

    /// Walks code up to the end, or to the `)` that closes an interpolation.
    private mutating func blankCode(from offset: inout Int, insideInterpolation: Bool) {
        var depth = 0
        while offset < raw.count {
            switch raw[offset] {
            case Byte.slash where byte(offset + 1) == Byte.slash:
                while offset < raw.count, raw[offset] != Byte.newline {
                    blank(offset)
                    offset += 1
                }
            case Byte.slash where byte(offset + 1) == Byte.star:
                blankBlockComment(from: &offset)
            case Byte.quote:
                blankString(from: &offset, hashes: 0)
            case Byte.hash:
                var hashes = 0
                while byte(offset + hashes) == Byte.hash { hashes += 1 }
                offset += hashes
                if byte(offset) == Byte.quote { blankString(from: &offset, hashes: hashes) }
            case Byte.open:
                depth += 1
                offset += 1
            case Byte.close:
                if insideInterpolation, depth == 0 { return }
                depth -= 1
                offset += 1
            default:
                offset += 1
            }
        }
    }

    /// Block comments nest in Swift.
    private mutating func blankBlockComment(from offset: inout Int) {
        var depth = 0
        repeat {
            if byte(offset) == Byte.slash, byte(offset + 1) == Byte.star {
                depth += 1
                blank(offset)
                offset += 1
            } else if byte(offset) == Byte.star, byte(offset + 1) == Byte.slash {
                depth -= 1
                blank(offset)
                offset += 1
            }
            blank(offset)
            offset += 1
        } while depth > 0 && offset < raw.count
    }

    /// `offset` is at the opening quote; the quotes themselves stay, so that a literal is seen as `"   "`.
    private mutating func blankString(from offset: inout Int, hashes: Int) {
        let isMultiline = byte(offset + 1) == Byte.quote && byte(offset + 2) == Byte.quote
        let quotes = isMultiline ? 3 : 1
        offset += quotes
        while offset < raw.count {
            if byte(offset) == Byte.quote, closes(at: offset, quotes: quotes, hashes: hashes) {
                offset += quotes + hashes
                return
            }
            if byte(offset) == Byte.backslash, escapes(at: offset, hashes: hashes) {
                for skipped in offset...(offset + hashes) { blank(skipped) }
                offset += 1 + hashes
                if byte(offset) == Byte.open {
                    offset += 1
                    blankCode(from: &offset, insideInterpolation: true)
                    offset += 1
                } else if raw.indices.contains(offset), raw[offset] != Byte.newline {
                    blank(offset)
                    offset += 1
                }
                continue
            }
            if byte(offset) == Byte.newline {
                // An unfinished one-line literal does not compile; leave it rather than swallow the file.
                if !isMultiline { return }
                linesInsideStrings.insert(line(at: offset + 1) - 1)
            }
            blank(offset)
            offset += 1
        }
    }

    private func closes(at offset: Int, quotes: Int, hashes: Int) -> Bool {
        for index in 0..<quotes where byte(offset + index) != Byte.quote { return false }
        for index in 0..<hashes where byte(offset + quotes + index) != Byte.hash { return false }
        return true
    }

    private func escapes(at offset: Int, hashes: Int) -> Bool {
        for index in 0..<hashes where byte(offset + 1 + index) != Byte.hash { return false }
        return true
    }
}

enum Byte {
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let backslash = UInt8(ascii: "\\")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == newline || byte == 9 || byte == 13 }
}

extension SwiftText {
    /// Offsets in the code at which `phrase` stands. Where the phrase begins or ends with a letter it must not be
    /// part of a longer word.
    func occurrences(of phrase: String) -> [Int] {
        let wanted = Array(phrase.utf8)
        guard let first = wanted.first, let last = wanted.last, wanted.count <= code.count else { return [] }
        var found: [Int] = []
        code.withUnsafeBufferPointer { code in
            for offset in 0...(code.count - wanted.count) where code[offset] == first {
                var matches = true
                for index in 1..<max(wanted.count, 1) where code[offset + index] != wanted[index] {
                    matches = false
                    break
                }
                guard matches else { continue }
                let end = offset + wanted.count
                if Byte.isWord(first), offset > 0, Byte.isWord(code[offset - 1]) { continue }
                if Byte.isWord(last), end < code.count, Byte.isWord(code[end]) { continue }
                found.append(offset)
            }
        }
        return found
    }
}
