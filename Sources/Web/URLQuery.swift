import Domain

/// The query of a URL, or the body of a form: names and values in order, decoded, nothing merged.
///
/// Names are kept as they came (`hub.mode` has a dot), and a name may come several times.
package struct URLQuery: Sendable, Hashable {
    package struct Item: Sendable, Hashable {
        package var name: String
        package var value: String
    }
    package var items: [Item]

    package init(_ items: [(String, String)] = []) { self.items = items.map { Item(name: $0.0, value: $0.1) } }

    /// Reads `a=1&b=2`. Broken percent signs are kept as they are; bytes that are no UTF-8 become U+FFFD.
    package init(parsing text: String) {
        items = text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return Item(
                name: PercentCoding.decode(name, plusIsSpace: true),
                value: PercentCoding.decode(pair.dropFirst(name.count + 1), plusIsSpace: true)
            )
        }
    }

    /// The first value of that name; nil when there is none.
    package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// The same query with one value in place of all of that name; nil takes the name out.
    package func setting(_ name: String, to value: String?) -> URLQuery {
        var changed = self
        changed.items.removeAll { $0.name == name }
        if let value { changed.items.append(Item(name: name, value: value)) }
        return changed
    }

    /// `a=1&b=2`, encoded.
    package var encoded: String {
        items.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
    }

    /// The path with this query behind it.
    package func url(path: String) -> String { items.isEmpty ? path : "\(path)?\(encoded)" }
}

package enum PercentCoding {
    package static func decode(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool = false) -> String {
        var decoded: [UInt8] = []
        // Digits seen after a percent sign that is still open; written back when they turn out to be no escape.
        var open: [UInt8] = []
        for byte in bytes {
            if open.isEmpty {
                switch byte {
                case UInt8(ascii: "%"): open.append(byte)
                case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
                default: decoded.append(byte)
                }
                continue
            }
            open.append(byte)
            guard let value = byte.hexadecimalValue else {
                decoded.append(contentsOf: open)
                open.removeAll(keepingCapacity: true)
                continue
            }
            if open.count == 3 {
                decoded.append((open[1].hexadecimalValue ?? 0) << 4 | value)
                open.removeAll(keepingCapacity: true)
            }
        }
        decoded.append(contentsOf: open)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Encodes all but the unreserved characters of RFC 3986.
    package static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
