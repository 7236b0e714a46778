extension JSON.Value {
    /// Millionths of a decimal number, read digit by digit from its text: a number (`24145.00`, `2.5e5`) or the same in
    /// quotes. Nil for anything else, for digits beyond the sixth after the point that are not 0, and for what does not
    /// fit. Nothing passes through a binary fraction on the way.
    package var micros: Int64? {
        guard kind == .number || kind == .string, let text = string?.trimmed, text.utf8.count <= 64 else { return nil }
        guard let exponentAt = text.utf8.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            return Money.micros(text)
        }
        let mantissa = text[..<exponentAt]
        var exponent = text[text.utf8.index(after: exponentAt)...]
        if exponent.utf8.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
        guard let shift = Int(exponent), (-30...30).contains(shift) else { return nil }
        return Self.shifted(mantissa, by: shift).flatMap { Money.micros($0) }
    }

    /// The number with its point moved to the right (to the left when negative).
    private static func shifted(_ mantissa: Substring, by shift: Int) -> String? {
        let isNegative = mantissa.utf8.first == UInt8(ascii: "-")
        let parts = mantissa.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count <= 2 else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty else { return nil }
        let digits = String(whole) + fraction
        let point = whole.utf8.count + shift
        let padded = String(repeating: "0", count: max(0, 1 - point)) + digits
        let head = padded.prefix(max(1, point))
        let tail = padded.dropFirst(max(1, point))
        let zeros = String(repeating: "0", count: max(0, point - digits.utf8.count))
        return (isNegative ? "-" : "") + head + zeros + (tail.isEmpty ? "" : "." + tail)
    }
}
