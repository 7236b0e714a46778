/// A country or territory by its ISO 3166-1 alpha-2 code, upper case.
package struct Country: Hashable, Sendable {
    package let code: String

    package init(code: String) { self.code = code }

    /// The name people use; the code itself when it is not one of ISO's.
    package var name: Text {
        guard let row = Self.rowByCode[code] else { return Text(id: code, en: code) }
        return Text(id: row.id, en: row.en)
    }

    /// True for a code in use: ISO 3166-1, and `XK` (Kosovo).
    package var isKnown: Bool { Self.rowByCode[code] != nil }

    /// Every country, by code.
    package static let all: [Country] = rows.map { Country(code: $0.code) }

    /// The country of an international number, digits without `+`: nil when no country owns its prefix
    /// (satellite and toll-free networks, junk). Shared prefixes go to the larger country, and an area code
    /// of `+1` that no table here lists is taken for the United States, which opens most of the new ones.
    package static func ofPhone(_ digits: String) -> String? {
        var node = 0
        var found: String?
        for byte in digits.utf8 {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
            node = Int(prefixes.next[node * 10 + Int(byte - UInt8(ascii: "0"))])
            if node == 0 { break }
            if let code = prefixes.code[node] { found = code }
        }
        return found
    }

    /// The country that a business-scoped user id begins with (`ID.9f31c0AA77` → `ID`); nil when it names none.
    package static func ofUserID(_ userID: String) -> String? {
        var bytes = userID.utf8.makeIterator()
        guard let first = bytes.next(), let second = bytes.next(), bytes.next() == UInt8(ascii: ".") else { return nil }
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard letters.contains(first), letters.contains(second) else { return nil }
        let (row, column) = (Int(first - letters.lowerBound), Int(second - letters.lowerBound))
        return codeByLetters[row * 26 + column]
    }

    private static let rowByCode = Dictionary(rows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Codes by their two letters: lookups come with every status, so they neither hash nor allocate.
    private static let codeByLetters: [String?] = {
        var table = [String?](repeating: nil, count: 26 * 26)
        for row in rows {
            let letters = row.code.utf8.map { Int($0) - 65 }
            if letters.count == 2 { table[letters[0] * 26 + letters[1]] = row.code }
        }
        return table
    }()

    private static let prefixes = PrefixTree(rows)

    /// The prefixes of all countries as a tree of digits, flat in two arrays.
    private struct PrefixTree: Sendable {
        /// `next[node * 10 + digit]`: the child, or 0 (the root is nobody's child).
        var next = [UInt16](repeating: 0, count: 10)
        /// The country whose prefix ends at the node.
        var code: [String?] = [nil]

        init(_ rows: [Row]) {
            for row in rows {
                for prefix in row.prefixes.split(separator: " ") { insert(prefix, row.code) }
            }
        }

        private mutating func insert(_ prefix: Substring, _ country: String) {
            var node = 0
            for byte in prefix.utf8 {
                let slot = node * 10 + Int(byte - UInt8(ascii: "0"))
                if next[slot] == 0 {
                    next[slot] = UInt16(code.count)
                    code.append(nil)
                    next.append(contentsOf: repeatElement(0, count: 10))
                }
                node = Int(next[slot])
            }
            code[node] = country
        }
    }
}
