/// What a value says, whatever type the sender gave it. Nothing here traps: what does not fit is nil.
extension JSON.Value {
    /// A string, or the spelling of a number or boolean. Escapes are decoded; invalid UTF-8 and lone surrogates
    /// become U+FFFD.
    package var string: String? {
        let node = node
        switch node.kind {
        case .string, .number: return JSONText.string(node, in: document.bytes)
        case .true: return "true"
        case .false: return "false"
        case .null, .array, .object: return nil
        }
    }

    /// A whole number: `12`, `"12"`, `12.0`, `1e3`. Nil for fractions and for what an `Int64` cannot hold.
    package var int64: Int64? {
        let node = node
        guard node.kind == .number || node.kind == .string else { return nil }
        let whole = document.bytes.withUnsafeBufferPointer { JSONText.wholeNumber(node, in: $0) }
        if let whole { return whole }
        guard let double, double.rounded(.towardZero) == double else { return nil }
        return Int64(exactly: double)
    }

    /// A finite number, also when quoted.
    package var double: Double? {
        let node = node
        guard node.kind == .number || (node.kind == .string && JSONText.looksNumeric(node, in: document.bytes)) else {
            return nil
        }
        guard let value = Double(JSONText.string(node, in: document.bytes)), value.isFinite else { return nil }
        return value
    }

    /// `true`, `"true"`, `1`, `"1"` and their opposites.
    package var bool: Bool? {
        switch node.kind {
        case .true: return true
        case .false: return false
        case .number, .string:
            switch string?.lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: return nil
            }
        case .null, .array, .object: return nil
        }
    }

    /// A string that holds exactly these bytes; spares the making of a `String` for a comparison.
    package func equals(_ text: StaticString) -> Bool {
        let node = node
        guard node.kind == .string, text.hasPointerRepresentation else { return false }
        if node.isIntricate { return string == text.description }
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return document.bytes.withUnsafeBufferPointer { JSONText.equal(node, expected, in: $0) }
    }
}

/// Bytes of a node → what they spell.
enum JSONText {
    static func slice(_ node: JSON.Node, in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let start = Int(node.start)
        let end = Int(node.end)
        guard start <= end, end <= bytes.count else { return UnsafeBufferPointer(rebasing: bytes[0..<0]) }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    static func equal(
        _ node: JSON.Node, _ expected: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard Int(node.end) &- Int(node.start) == expected.count else { return false }
        let slice = slice(node, in: bytes)
        var at = expected.count
        // From the end: names of one object differ there (`recipient_id`, `recipient_user_id`).
        while at > 0 {
            at &-= 1
            if slice[at] != expected[at] { return false }
        }
        return slice.count == expected.count
    }

    static func string(_ node: JSON.Node, in bytes: [UInt8]) -> String {
        bytes.withUnsafeBufferPointer { bytes in
            node.kind == .string && node.isIntricate
                ? decoded(node, in: bytes)
                : String(decoding: slice(node, in: bytes), as: UTF8.self)
        }
    }

    /// Resolves escapes. The reader has checked them already, so an odd one can only be dropped here.
    static func decoded(_ node: JSON.Node, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let slice = slice(node, in: bytes)
        // No escape is shorter than what it stands for: `\uXXXX` is six bytes for at most three.
        return String(unsafeUninitializedCapacity: slice.count) { output in
            var written = 0
            func put(_ byte: UInt8) {
                guard written < output.count else { return }
                output[written] = byte
                written &+= 1
            }
            var at = 0
            while at < slice.count {
                let byte = slice[at]
                at &+= 1
                guard byte == UInt8(ascii: "\\") else {
                    put(byte)
                    continue
                }
                guard at < slice.count else { break }
                let escape = slice[at]
                at &+= 1
                switch escape {
                case UInt8(ascii: "n"): put(0x0A)
                case UInt8(ascii: "t"): put(0x09)
                case UInt8(ascii: "r"): put(0x0D)
                case UInt8(ascii: "b"): put(0x08)
                case UInt8(ascii: "f"): put(0x0C)
                case UInt8(ascii: "u"):
                    for unit in Unicode.Scalar(escapedIn: slice, at: &at).utf8 { put(unit) }
                default: put(escape)
                }
            }
            return written
        }
    }

    /// Digits with an optional minus, nothing else; overflow is nil.
    static func wholeNumber(_ node: JSON.Node, in bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let slice = slice(node, in: bytes)
        guard !node.isIntricate, !slice.isEmpty, slice.count <= 20 else { return nil }
        let isNegative = slice[0] == UInt8(ascii: "-")
        var at = isNegative ? 1 : 0
        guard at < slice.count else { return nil }
        var magnitude: UInt64 = 0
        while at < slice.count {
            let digit = slice[at] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { return nil }
            magnitude = sum
            at &+= 1
        }
        guard isNegative else { return Int64(exactly: magnitude) }
        return magnitude == UInt64(Int64.max) + 1 ? .min : Int64(exactly: magnitude).map { -$0 }
    }

    /// `Double` also reads "nan", "infinity" and hexadecimal: those are not numbers of JSON.
    static func looksNumeric(_ node: JSON.Node, in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            let slice = slice(node, in: bytes)
            guard !slice.isEmpty, slice.count <= 64 else { return false }
            return slice.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                    UInt8(ascii: "e"), UInt8(ascii: "E"):
                    true
                default: false
                }
            }
        }
    }
}

extension Unicode.Scalar {
    /// The scalar of `\uXXXX` whose digits begin at `at`, with the low surrogate that follows a high one.
    fileprivate init(escapedIn bytes: UnsafeBufferPointer<UInt8>, at: inout Int) {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard let first = Self.hexadecimal(bytes, at) else {
            self = replacement
            return
        }
        at &+= 4
        if let scalar = Unicode.Scalar(first) {
            self = scalar
            return
        }
        guard (0xD800..<0xDC00).contains(first), at &+ 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at &+ 1] == UInt8(ascii: "u"), let second = Self.hexadecimal(bytes, at &+ 2),
            (0xDC00..<0xE000).contains(second)
        else {
            self = replacement
            return
        }
        at &+= 6
        self = Unicode.Scalar(0x10000 &+ ((first &- 0xD800) << 10) &+ (second &- 0xDC00)) ?? replacement
    }

    private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
        guard at &+ 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = bytes[at &+ offset].hexadecimalValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    fileprivate var utf8: String.UTF8View { String(self).utf8 }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit, either case.
    package var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }
}
