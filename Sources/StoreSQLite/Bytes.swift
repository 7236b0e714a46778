import Domain

/// Writes integers as LEB128 varints (zig-zag when signed) and strings with their length.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func signed(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func string(_ text: String) {
        varint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Nil is 0, a string is its length plus one and its bytes.
    mutating func optional(_ text: String?) {
        guard let text else { return varint(0) }
        varint(UInt64(text.utf8.count) + 1)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func optional(_ instant: Instant?) {
        guard let instant else { return byte(0) }
        byte(1)
        signed(instant.microseconds)
    }
}

/// Reads what `ByteWriter` wrote. Bytes that end too soon set `failed` and give empty values, never a trap.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func byte() -> UInt8 {
        guard position < bytes.count else {
            failed = true
            return 0
        }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let next = byte()
            value |= UInt64(next & 0x7f) << shift
            if next & 0x80 == 0 { return value }
            shift += 7
        }
        failed = true
        return 0
    }

    /// A number of elements: 0 when it cannot be true, so that a damaged record does not loop for long.
    mutating func count() -> Int {
        let value = varint()
        guard value <= UInt64(bytes.count) else {
            failed = true
            return 0
        }
        return Int(value)
    }

    mutating func signed() -> Int64 {
        let value = varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func string() -> String { text(varint()) }

    mutating func optional() -> String? {
        let count = varint()
        return count == 0 ? nil : text(count - 1)
    }

    mutating func optionalInstant() -> Instant? { byte() == 0 ? nil : Instant(microseconds: signed()) }

    private mutating func text(_ count: UInt64) -> String {
        guard count <= UInt64(bytes.count - position) else {
            failed = true
            return ""
        }
        let end = position + Int(count)
        defer { position = end }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[position..<end]), as: UTF8.self)
    }
}
