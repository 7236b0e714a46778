/// Bytes → nodes, in one pass and without recursion. The parent of an open container is kept in the container's
/// own node, so depth needs no stack either.
struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var nodes: [JSON.Node] = []
    /// The innermost open container, or `none`.
    private var open = JSONReader.none
    private var depth = 0

    private static let none = UInt32.max

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Swallows the whole text: exactly one value with white space around it.
    mutating func read() throws(JSONError) -> [JSON.Node] {
        guard bytes.count < Int(Int32.max) else { throw .tooLarge }
        // Meta's payloads have a node per 9 to 12 bytes.
        nodes.reserveCapacity(bytes.count / 8 + 8)
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
        try readValue()
        while open != Self.none { try readNext() }
        skipSpace()
        guard at == bytes.count else { throw .syntax(offset: at) }
        return nodes
    }

    /// A scalar, or the opening of a container that then becomes the innermost one.
    private mutating func readValue() throws(JSONError) {
        skipSpace()
        guard at < bytes.count else { throw .syntax(offset: at) }
        switch bytes[at] {
        case UInt8(ascii: "\""): try readString()
        case UInt8(ascii: "{"): try openContainer(.object)
        case UInt8(ascii: "["): try openContainer(.array)
        case UInt8(ascii: "t"): try readWord("true", .true)
        case UInt8(ascii: "f"): try readWord("false", .false)
        case UInt8(ascii: "n"): try readWord("null", .null)
        default: try readNumber()
        }
    }

    /// What follows inside the innermost container: its end, or the next element or member.
    private mutating func readNext() throws(JSONError) {
        let container = nodes[Int(open)]
        let isObject = container.kind == .object
        let isFirst = nodes.count == Int(open) + 1
        skipSpace()
        guard at < bytes.count else { throw .syntax(offset: at) }
        if bytes[at] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            closeContainer()
            return
        }
        if !isFirst {
            guard bytes[at] == UInt8(ascii: ",") else { throw .syntax(offset: at) }
            at &+= 1
        }
        if isObject {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw .syntax(offset: at) }
            try readString()
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw .syntax(offset: at) }
            at &+= 1
        }
        try readValue()
    }

    private mutating func openContainer(_ kind: JSON.Kind) throws(JSONError) {
        guard depth < Limits.jsonDepthMax else { throw .tooDeep(offset: at) }
        depth &+= 1
        let index = UInt32(truncatingIfNeeded: nodes.count)
        let start = UInt32(truncatingIfNeeded: at)
        nodes.append(JSON.Node(start: start, end: start, next: open, kind: kind, isIntricate: false))
        open = index
        at &+= 1
    }

    private mutating func closeContainer() {
        at &+= 1
        depth &-= 1
        let closing = Int(open)
        open = nodes[closing].next
        nodes[closing].end = UInt32(truncatingIfNeeded: at)
        nodes[closing].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    private mutating func append(_ kind: JSON.Kind, from start: Int, to end: Int, isIntricate: Bool = false) {
        nodes.append(
            JSON.Node(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count &+ 1), kind: kind, isIntricate: isIntricate
            )
        )
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
            default: return
            }
        }
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSON.Kind) throws(JSONError) {
        let count = word.utf8CodeUnitCount
        guard at &+ count <= bytes.count else { throw .syntax(offset: at) }
        for offset in 0..<count where bytes[at &+ offset] != word.utf8Start[offset] {
            throw .syntax(offset: at &+ offset)
        }
        append(kind, from: at, to: at &+ count)
        at &+= count
    }

    // MARK: Strings

    private mutating func readString() throws(JSONError) {
        at &+= 1
        let start = at
        var isIntricate = false
        while true {
            skipPlain()
            guard at < bytes.count else { throw .syntax(offset: at) }
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                append(.string, from: start, to: at, isIntricate: isIntricate)
                at &+= 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                isIntricate = true
                try skipEscape()
            } else if byte < 0x20 {
                throw .syntax(offset: at)
            } else {
                at &+= 1
            }
        }
    }

    /// Eight bytes at a time over what is neither quote, backslash nor control character.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        guard let base = bytes.baseAddress else { return }
        while at &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // The high bit of a byte is set where the byte is zero (or below 0x20); borrows can only set bits
            // above a true hit, so the lowest set bit is always right.
            let hits =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word)
            let found = hits & highs
            if found != 0 {
                at &+= found.trailingZeroBitCount / 8
                return
            }
            at &+= 8
        }
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at &+= 1 }
    }

    private mutating func skipEscape() throws(JSONError) {
        guard at &+ 1 < bytes.count else { throw .syntax(offset: at) }
        switch bytes[at &+ 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at &+= 2
        case UInt8(ascii: "u"):
            guard at &+ 6 <= bytes.count else { throw .syntax(offset: at) }
            for offset in 2..<6 where bytes[at &+ offset].hexadecimalValue == nil {
                throw .syntax(offset: at &+ offset)
            }
            at &+= 6
        default: throw .syntax(offset: at)
        }
    }

    // MARK: Numbers

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func readNumber() throws(JSONError) {
        let start = at
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at &+= 1 }
        let digits = at
        try skipDigits()
        if bytes[digits] == UInt8(ascii: "0"), at > digits &+ 1 { throw .syntax(offset: digits &+ 1) }
        var isIntricate = false
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            isIntricate = true
            at &+= 1
            try skipDigits()
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            isIntricate = true
            at &+= 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
            try skipDigits()
        }
        append(.number, from: start, to: at, isIntricate: isIntricate)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") <= 9 { at &+= 1 }
        guard at > start else { throw .syntax(offset: at) }
    }
}
