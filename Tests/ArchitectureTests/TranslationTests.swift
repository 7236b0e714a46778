import Testing

/// The compiler sees to it that both languages are given; this sees to it that they are two languages.
@Suite("Every sentence is in both languages")
struct TranslationTests {
    /// Words that Indonesian and English share in a product like this. A text made of these alone may be equal.
    static let sharedWords: Set<String> = [
        "api", "auto", "bot", "cta", "csv", "dashboard", "data", "detail", "email", "facebook", "filter", "graph",
        "http",
        "id", "inbox", "indonesia", "instagram", "json", "lag", "marketing", "media", "median", "menu", "meta",
        "modern",
        "normal", "online", "p50", "p90", "p95", "p99", "pantau", "pin", "server", "sip", "status", "tag", "token",
        "total", "unit", "url", "utc", "versi", "video", "volume", "waba", "webhook", "whatsapp", "zoom",
    ]

    /// Whole texts that are values of the API, not words.
    static let values: Set<String> = ["template, text, image, …"]

    @Test("Indonesian and English are both there and differ")
    func pairs() {
        var violations: [String] = []
        for file in SourceTree.sources {
            for pair in literalPairs(in: file.text) {
                let place = file.place(pair.offset)
                if isBlank(pair.id) || isBlank(pair.en) {
                    violations.append("\(place): an empty text")
                } else if pair.id == pair.en, !Self.values.contains(pair.id), !Self.isShared(pair.id) {
                    violations.append("\(place): the same text for both languages: \(pair.en)")
                }
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("There are texts to check")
    func somethingIsRead() {
        #expect(SourceTree.sources.lazy.map { literalPairs(in: $0.text).count }.reduce(0, +) > 400)
    }

    private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    /// Nothing but shared words, numbers, signs and values filled in.
    static func isShared(_ text: String) -> Bool {
        var (plain, depth, previous) = ("", 0, Character(" "))
        for character in text {
            if depth == 0, previous == "\\", character == "(" {
                depth = 1
                plain.removeLast()
            } else if depth > 0 {
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
            } else {
                plain.append(character)
            }
            previous = character
        }
        return plain.split { !$0.isLetter && !$0.isNumber }.allSatisfy { word in
            word.count == 1 || word.allSatisfy(\.isNumber) || sharedWords.contains(word.lowercased())
        }
    }
}

/// `id: "…", en: "…"` wherever it is written with literals, as in `Text(id:en:)` and `Failure(_:id:en:)`.
func literalPairs(in text: SwiftText) -> [(offset: Int, id: String, en: String)] {
    text.occurrences(of: "id:").compactMap { offset in
        var cursor = offset + 3
        guard let id = literal(in: text, at: &cursor) else { return nil }
        skipSpace(in: text, &cursor)
        guard cursor < text.code.count, text.code[cursor] == UInt8(ascii: ",") else { return nil }
        cursor += 1
        skipSpace(in: text, &cursor)
        guard text.code[cursor...].starts(with: "en:".utf8) else { return nil }
        cursor += 3
        guard let en = literal(in: text, at: &cursor) else { return nil }
        return (offset, id, en)
    }
}

private func skipSpace(in text: SwiftText, _ cursor: inout Int) {
    while cursor < text.code.count, Byte.isSpace(text.code[cursor]) { cursor += 1 }
}

/// The text of a literal, or of several joined by `+`; nil when the argument is anything else.
private func literal(in text: SwiftText, at cursor: inout Int) -> String? {
    var value: String?
    while true {
        skipSpace(in: text, &cursor)
        guard cursor < text.code.count, text.code[cursor] == Byte.quote else { return value }
        let start = cursor
        let quotes = text.code[start...].prefix { $0 == Byte.quote }.count
        let width = quotes >= 3 ? 3 : 1
        guard let end = literalEnd(in: text, from: start + width, width: width) else { return value }
        value = (value ?? "") + String(decoding: text.raw[(start + width)..<end], as: UTF8.self)
        cursor = end + width
        skipSpace(in: text, &cursor)
        guard cursor < text.code.count, text.code[cursor] == UInt8(ascii: "+") else { return value }
        cursor += 1
    }
}

/// The closing quote. Quotes of literals inside `\( … )` stand within parentheses, which are seen as code.
private func literalEnd(in text: SwiftText, from start: Int, width: Int) -> Int? {
    var depth = 0
    for offset in start..<text.code.count {
        switch text.code[offset] {
        case Byte.open: depth += 1
        case Byte.close: depth -= 1
        case Byte.quote where depth == 0: return offset
        case Byte.newline where width == 1: return nil
        default: break
        }
    }
    return nil
}
