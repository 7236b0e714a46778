import Testing

/// A file is one idea and a function fits on a screen or two.
@Suite("Files, functions and lines stay small")
struct SizeTests {
    static let fileLinesMax = 500
    static let functionLinesMax = 90
    static let lineCharactersMax = 120

    /// Longer files, with the length they may not exceed. Entries only shrink or go; none is added for code.
    static let longFiles: [String: Int] = [:]

    @Test("No file is longer than 500 lines")
    func files() {
        var violations: [String] = []
        for file in SourceTree.sources + SourceTree.tests {
            let limit = Self.longFiles[file.path] ?? Self.fileLinesMax
            if file.lineCount > limit { violations.append("\(file.path): \(file.lineCount) lines, limit \(limit)") }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("The list of longer files holds nothing that has become short")
    func longFilesAreLong() {
        let lengths = Dictionary(
            (SourceTree.sources + SourceTree.tests).map { ($0.path, $0.lineCount) },
            uniquingKeysWith: { first, _ in first })
        for path in Self.longFiles.keys {
            #expect((lengths[path] ?? 0) > Self.fileLinesMax, "\(path) is short or gone: take it off the list")
        }
    }

    @Test("No function is longer than 90 lines")
    func functions() {
        var violations: [String] = []
        for file in SourceTree.sources + SourceTree.tests {
            for function in functionBodies(of: file.text) where function.lines > Self.functionLinesMax {
                violations.append("\(file.path):\(function.line): a function of \(function.lines) lines")
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("No line is longer than 120 characters, but for the text of multi-line literals")
    func lines() {
        var violations: [String] = []
        for file in SourceTree.sources {
            for line in 1...file.text.lineStarts.count where !file.text.linesInsideStrings.contains(line - 1) {
                let bytes = file.text.rawLine(line)
                guard bytes.count > Self.lineCharactersMax else { continue }
                let count = String(decoding: bytes, as: UTF8.self).count
                if count > Self.lineCharactersMax { violations.append("\(file.path):\(line): \(count) characters") }
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Files are named for an idea, not for a drawer")
    func names() {
        let drawers = ["Manager", "Helper", "Util"]
        let violations = (SourceTree.sources + SourceTree.tests)
            .filter { file in drawers.contains { file.name.contains($0) } }.map(\.path)
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }
}

/// Where functions and initialisers begin and how many lines they take, signature included.
func functionBodies(of text: SwiftText) -> [(line: Int, lines: Int)] {
    (text.occurrences(of: "func") + text.occurrences(of: "init") + text.occurrences(of: "deinit")).compactMap { start in
        // `.init(…)` and `self.init(…)` are calls.
        if start > 0, text.code[start - 1] == UInt8(ascii: ".") { return nil }
        guard let open = bodyStart(of: text, after: start), let end = matchingBrace(of: text, from: open) else {
            return nil
        }
        let line = text.line(at: start)
        return (line, text.line(at: end) - line + 1)
    }
}

/// The `{` that opens the body, or nil for a requirement of a protocol, which has none.
private func bodyStart(of text: SwiftText, after start: Int) -> Int? {
    let enders: Set<String> = [
        "func", "var", "let", "init", "deinit", "subscript", "static", "case", "associatedtype", "typealias",
        "package", "public", "private", "fileprivate", "internal", "mutating", "nonmutating", "nonisolated",
    ]
    var depth = 0
    var offset = start
    while offset < text.code.count, Byte.isWord(text.code[offset]) { offset += 1 }
    while offset < text.code.count {
        let byte = text.code[offset]
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "{") where depth == 0: return offset
        case UInt8(ascii: "}") where depth == 0, UInt8(ascii: ";") where depth == 0: return nil
        case UInt8(ascii: "@") where depth == 0: return nil
        default:
            guard depth == 0, Byte.isWord(byte) else { break }
            var end = offset
            while end < text.code.count, Byte.isWord(text.code[end]) { end += 1 }
            if enders.contains(String(decoding: text.code[offset..<end], as: UTF8.self)) { return nil }
            offset = end
            continue
        }
        offset += 1
    }
    return nil
}

private func matchingBrace(of text: SwiftText, from open: Int) -> Int? {
    var depth = 0
    for offset in open..<text.code.count {
        if text.code[offset] == UInt8(ascii: "{") { depth += 1 }
        if text.code[offset] == UInt8(ascii: "}") {
            depth -= 1
            if depth == 0 { return offset }
        }
    }
    return nil
}
