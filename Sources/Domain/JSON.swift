/// A JSON reader that is strict about syntax and lenient about scalars, because that is what Meta's payloads need:
/// numbers come as strings, booleans come quoted, and the same key changes type from one field to the next.
///
/// A text becomes a flat list of nodes in document order; nothing is decoded until it is asked for. Reading is
/// iterative, so depth costs no stack, and every access is bounds-checked, so no input can trap.
///
/// Where a key occurs twice in one object **the first one wins**.
package enum JSON {
    /// One value of the text. 16 bytes, so that a status webhook fits into a few cache lines.
    struct Node {
        /// Bytes of the value: for strings between the quotes, for containers with the brackets.
        var start: UInt32
        var end: UInt32
        /// The node after this value and all that is in it. While a container is being read: its parent.
        var next: UInt32
        var kind: Kind
        /// For strings: holds a backslash. For numbers: holds a point or an exponent.
        var isIntricate: Bool
    }

    package enum Kind: UInt8, Hashable, Sendable {
        case null, `true`, `false`, number, string, array, object
    }

    /// The bytes and their nodes; shared by every value that is read from them.
    package final class Document: Sendable {
        let bytes: [UInt8]
        let nodes: [Node]

        init(bytes: [UInt8], nodes: [Node]) {
            self.bytes = bytes
            self.nodes = nodes
        }
    }

    /// Reads one JSON text (RFC 8259; a UTF-8 byte order mark in front is tolerated).
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> Value {
        let nodes = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> [Node] in
            var reader = JSONReader(bytes: buffer)
            return try reader.read()
        }
        return Value(document: Document(bytes: bytes, nodes: nodes), index: 0)
    }

    /// Copies the bytes: a value may outlive the buffer.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Value {
        try parse([UInt8](bytes))
    }

    package static func parse(_ text: String) throws(JSONError) -> Value {
        try parse([UInt8](text.utf8))
    }
}

/// Why bytes are not JSON. Offsets are in bytes; no part of the text is repeated, since it may be personal.
package enum JSONError: Error, Hashable, Sendable {
    case syntax(offset: Int)
    /// Nested deeper than `Limits.jsonDepthMax`.
    case tooDeep(offset: Int)
    /// More than 2 GiB: offsets would not fit.
    case tooLarge
}

extension JSON {
    /// One value inside a document. Cheap to copy; subscripts of what is not there are nil, never an error.
    package struct Value: Sendable {
        let document: Document
        let index: Int

        init(document: Document, index: Int) {
            self.document = document
            self.index = index
        }

        var node: Node { document.nodes[index] }

        package var kind: Kind { node.kind }
        package var isNull: Bool { node.kind == .null }
        package var isObject: Bool { node.kind == .object }
        package var isArray: Bool { node.kind == .array }

        /// Where the value lies in the text, without quotes for a string.
        package var byteRange: Range<Int> {
            let node = node
            return Int(node.start)..<Int(max(node.start, node.end))
        }

        /// The member of that name; nil when this is not an object, when there is none, or when it is `null`.
        package subscript(key: StaticString) -> Value? {
            guard key.hasPointerRepresentation else { return nil }
            return member(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        }

        /// Like the subscript, for a name that is only known while running.
        package func member(named name: String) -> Value? {
            var name = name
            return name.withUTF8 { member($0) }
        }

        private func member(_ name: UnsafeBufferPointer<UInt8>) -> Value? {
            let nodes = document.nodes
            let node = nodes[index]
            guard node.kind == .object else { return nil }
            let end = Int(node.next)
            return document.bytes.withUnsafeBufferPointer { bytes -> Value? in
                var at = index + 1
                while at + 1 < end {
                    let key = nodes[at]
                    let isMatch =
                        key.isIntricate
                        ? JSONText.decoded(key, in: bytes).utf8.elementsEqual(name)
                        : JSONText.equal(key, name, in: bytes)
                    if isMatch { return nodes[at + 1].kind == .null ? nil : Value(document: document, index: at + 1) }
                    at = Int(nodes[at + 1].next)
                }
                return nil
            }
        }

        /// The elements of an array; empty for everything else.
        package var elements: Elements {
            let node = node
            return node.kind == .array
                ? Elements(document: document, at: index + 1, end: Int(node.next))
                : Elements(document: document, at: 0, end: 0)
        }

        /// The members of an object in the order of the text, doubled keys included; empty for everything else.
        package var members: Members {
            let node = node
            return node.kind == .object
                ? Members(document: document, at: index + 1, end: Int(node.next))
                : Members(document: document, at: 0, end: 0)
        }

        /// Keys in the order of the text.
        package var keys: [String] { members.map(\.key) }
    }

    package struct Elements: Sequence, IteratorProtocol {
        let document: Document
        var at: Int
        let end: Int

        package mutating func next() -> Value? {
            guard at < end else { return nil }
            let value = Value(document: document, index: at)
            at = Int(document.nodes[at].next)
            return value
        }

        /// Counting walks over the elements, but not into them.
        package var count: Int { reduce(into: 0) { count, _ in count &+= 1 } }
        package var isEmpty: Bool { at >= end }
        package var first: Value? { at < end ? Value(document: document, index: at) : nil }
    }

    package struct Members: Sequence, IteratorProtocol {
        let document: Document
        var at: Int
        let end: Int

        package mutating func next() -> (key: String, value: Value)? {
            guard at + 1 < end else { return nil }
            let key = JSONText.string(document.nodes[at], in: document.bytes)
            let value = Value(document: document, index: at + 1)
            at = Int(document.nodes[at + 1].next)
            return (key, value)
        }
    }
}
