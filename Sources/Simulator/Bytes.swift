/// JSON written straight as bytes: bodies are made by the hundred thousand, and an encoder would be the slowest part.
typealias Bytes = [UInt8]

extension [UInt8] {
    mutating func add(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func add(raw text: String) { append(contentsOf: text.utf8) }

    mutating func add(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits: (UInt64, UInt64) = (0, 0)
        var count = 0
        // At most 20 digits, four bits each, kept in two words so that no buffer is needed.
        repeat {
            let digit = rest % 10
            rest /= 10
            if count < 16 {
                digits.0 |= digit << (UInt64(count) * 4)
            } else {
                digits.1 |= digit << (UInt64(count - 16) * 4)
            }
            count += 1
        } while rest > 0
        for position in stride(from: count - 1, through: 0, by: -1) {
            let digit =
                position < 16
                ? (digits.0 >> (UInt64(position) * 4)) & 15 : (digits.1 >> (UInt64(position - 16) * 4)) & 15
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
        }
    }

    /// A string literal with its quotes, escaped as Meta does: lower-case `\uXXXX` for all that is not ASCII.
    mutating func add(quoted text: String) {
        append(UInt8(ascii: "\""))
        add(escaped: text)
        append(UInt8(ascii: "\""))
    }

    /// The inside of a string literal.
    mutating func add(escaped text: String) {
        for unit in text.utf16 {
            switch unit {
            case 0x22, 0x5C:
                append(UInt8(ascii: "\\"))
                append(UInt8(truncatingIfNeeded: unit))
            case 0x20...0x7E:
                append(UInt8(truncatingIfNeeded: unit))
            default:
                add("\\u")
                for shift in [12, 8, 4, 0] as [UInt16] {
                    append(Self.hexDigits[Int((unit >> shift) & 15)])
                }
            }
        }
    }

    private static let hexDigits = [UInt8]("0123456789abcdef".utf8)

    mutating func add(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// RFC 3339 in UTC, or in WIB with its offset.
    mutating func add(dateTime seconds: Int64, inWIB: Bool) {
        let clock = WallClock(seconds: seconds, offset: inWIB ? WallClock.offsetSeconds : 0)
        add(Int64(clock.year))
        let parts = [clock.month, clock.day, clock.hour, clock.minute, clock.second]
        for (separator, part) in zip("--T::".utf8, parts) {
            append(separator)
            add(twoDigits: part)
        }
        if inWIB { add("+07:00") } else { add("Z") }
    }
}
