import Catalogue
import Domain

/// A combination of dimension values. Empty: everything. The order in which it was told does not matter.
package struct Segment: Hashable, Sendable, Comparable {
    package struct Element: Hashable, Sendable, Comparable {
        package let dimension: Dimension
        /// Nil: what has no value, such as a message without template.
        package let value: String?

        package init(_ dimension: Dimension, _ value: String?) {
            self.dimension = dimension
            self.value = value
        }

        package static func < (a: Element, b: Element) -> Bool {
            if a.dimension != b.dimension { return a.dimension.rawValue < b.dimension.rawValue }
            guard let left = a.value, let right = b.value else { return a.value == nil && b.value != nil }
            return left < right
        }
    }

    /// By the id of the dimension, each once.
    package let elements: [Element]

    /// Of a dimension that is told twice the first counts.
    package init(_ elements: [Element]) {
        var seen: Set<Dimension> = []
        self.elements = elements.filter { seen.insert($0.dimension).inserted }.sorted()
    }

    package init(_ values: KeyValuePairs<Dimension, String?>) {
        self.init(values.map { Element($0.key, $0.value) })
    }

    /// Nil when a filter is more than one value or none.
    package init?(filters: [Filter]) {
        var elements: [Element] = []
        for filter in filters {
            switch filter.op {
            case .isIn where filter.values.count == 1: elements.append(Element(filter.dimension, filter.values[0]))
            case .isNull: elements.append(Element(filter.dimension, nil))
            default: return nil
            }
        }
        guard Set(elements.map(\.dimension)).count == elements.count else { return nil }
        self.init(elements)
    }

    package static let everything = Segment([Element]())

    package var isEverything: Bool { elements.isEmpty }
    package var dimensions: [Dimension] { elements.map(\.dimension) }

    /// Nil when the dimension is not in it; `.some(nil)` when it is there and has no value.
    package subscript(dimension: Dimension) -> String?? {
        elements.first { $0.dimension == dimension }.map(\.value)
    }

    /// Whether all that is in `other` is in this one too.
    package func covers(_ other: Segment) -> Bool { elements.allSatisfy(other.elements.contains) }

    /// With one more dimension, or another value of it.
    package func adding(_ dimension: Dimension, _ value: String?) -> Segment {
        Segment([Element(dimension, value)] + elements)
    }

    package func without(_ dimension: Dimension) -> Segment {
        Segment(elements.filter { $0.dimension != dimension })
    }

    package var filters: [Filter] {
        elements.map { element in
            element.value.map { Filter(dimension: element.dimension, op: .isIn, values: [$0]) }
                ?? Filter(dimension: element.dimension, op: .isNull)
        }
    }

    package static func < (a: Segment, b: Segment) -> Bool {
        a.elements.count == b.elements.count
            ? a.elements.lexicographicallyPrecedes(b.elements) : a.elements.count < b.elements.count
    }

    // MARK: As text

    /// The same text for the same segment, for ever: `country=ID&template=promo`, and `campaign!` where there is no
    /// value. What would be mistaken for a sign is escaped as in a URL.
    package var key: String {
        elements.map { element in
            element.dimension.rawValue + (element.value.map { "=" + Self.escaped($0) } ?? "!")
        }.joined(separator: "&")
    }

    /// Reads a `key`; nil when it is none.
    package init?(key: String) {
        var elements: [Element] = []
        for part in key.split(separator: "&") {
            if let sign = part.firstIndex(of: "=") {
                guard let dimension = Dimension(rawValue: String(part[..<sign])),
                    let value = Self.unescaped(part[part.index(after: sign)...])
                else { return nil }
                elements.append(Element(dimension, value))
            } else {
                guard part.last == "!", let dimension = Dimension(rawValue: String(part.dropLast())) else {
                    return nil
                }
                elements.append(Element(dimension, nil))
            }
        }
        self.init(elements)
    }

    private static let plain = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~:/ ".utf8)

    private static func escaped(_ value: String) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in value.utf8 {
            if plain.contains(byte) || byte >= 0x80 {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
