import Testing

/// Calls that would let outside data stop the process, and marks of unfinished work.
@Suite("Banned calls")
struct BannedTests {
    static let trapping = [
        "try!", "as!", "fatalError(", "precondition(", "preconditionFailure(", "assertionFailure", "unowned(unsafe)",
    ]

    @Test("Nothing in the sources may trap")
    func trapping() {
        var violations: [String] = []
        for file in SourceTree.sources {
            for call in Self.trapping {
                violations += file.text.occurrences(of: call).map { "\(file.place($0)): \(call)" }
            }
            violations += forceUnwraps(in: file.text).map { "\(file.place($0)): force unwrap" }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Nothing is public: targets share with `package`")
    func access() {
        var violations: [String] = []
        for file in SourceTree.sources {
            violations += file.text.occurrences(of: "public").map { "\(file.place($0)): public" }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Only App prints")
    func printing() {
        var violations: [String] = []
        for file in SourceTree.sources where file.target != "App" {
            for call in ["print(", "debugPrint(", "dump("] {
                for offset in file.text.occurrences(of: call) where !isMember(offset, in: file.text) {
                    violations.append("\(file.place(offset)): \(call) outside App")
                }
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Whoever steps around the checks of concurrency says why it is safe")
    func uncheckedConcurrency() {
        var violations: [String] = []
        for file in SourceTree.sources {
            for phrase in ["@unchecked Sendable", "nonisolated(unsafe)"] {
                for offset in file.text.occurrences(of: phrase) {
                    let line = file.text.line(at: offset)
                    if hasComment(file.text, line) || isComment(file.text, line - 1) { continue }
                    violations.append("\(file.path):\(line): \(phrase) without a comment directly above")
                }
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Nothing is left to do")
    func unfinished() {
        var violations: [String] = []
        for file in SourceTree.sources {
            let raw = String(decoding: file.text.raw, as: UTF8.self)
            for mark in ["TODO", "FIXME", "XXX:", "HACK:"] where raw.contains(mark) {
                violations.append("\(file.path): \(mark)")
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    private func isComment(_ text: SwiftText, _ line: Int) -> Bool {
        guard line >= 1 else { return false }
        let trimmed = text.rawLine(line).drop { Byte.isSpace($0) }
        return trimmed.starts(with: "//".utf8) || trimmed.starts(with: "*/".utf8)
    }

    private func hasComment(_ text: SwiftText, _ line: Int) -> Bool {
        // A comment is what differs between the line as written and its code, apart from literals.
        let code = text.codeLine(line)
        return zip(text.rawLine(line).indices, text.rawLine(line)).contains { index, byte in
            byte == Byte.slash && code[index] != byte
        }
    }

    /// `.print(` and `func print(` are not the global function.
    private func isMember(_ offset: Int, in text: SwiftText) -> Bool {
        if offset > 0, text.code[offset - 1] == UInt8(ascii: ".") { return true }
        return text.code[..<offset].reversed().drop { Byte.isSpace($0) }.prefix(4).elementsEqual("cnuf".utf8)
    }
}

/// `!` right after a value: `name!`, `call()!`, `list[0]!`. Comparison (`!=`) and negation (`!flag`) are not.
func forceUnwraps(in text: SwiftText) -> [Int] {
    let code = text.code
    guard code.count > 1 else { return [] }
    return (1..<code.count).filter { offset in
        guard code[offset] == UInt8(ascii: "!") else { return false }
        if offset + 1 < code.count, code[offset + 1] == UInt8(ascii: "=") { return false }
        let before = code[offset - 1]
        let endsValue =
            Byte.isWord(before) || [")", "]", "}", ">", "\"", "`", "?"].contains { UInt8(ascii: $0) == before }
        guard endsValue else { return false }
        // `try!` and `as!` have a rule of their own.
        var start = offset
        while start > 0, Byte.isWord(code[start - 1]) { start -= 1 }
        return !["try", "as"].contains(String(decoding: code[start..<offset], as: UTF8.self))
    }
}
