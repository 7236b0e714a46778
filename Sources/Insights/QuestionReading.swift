import Catalogue
import Domain

/// What was made of a question in plain words: the query, how each word was understood, and what was not.
package struct QuestionReading: Hashable, Sendable {
    /// Words of the question and what they were taken to mean.
    package struct Part: Hashable, Sendable {
        package let words: String
        package let meaning: Text
    }

    /// Words that were not understood, or that cannot be asked of these metrics.
    package struct Gap: Hashable, Sendable {
        package let words: String
        package let reason: Text
        /// Names that are spelt most like it, nearest first.
        package let suggestions: [String]
    }

    /// Another way to take the question.
    package struct Alternative: Hashable, Sendable {
        package let query: Query
        package let meaning: Text
    }

    package let question: String
    /// The best reading; nil when nothing that can be asked was found.
    package let query: Query?
    package let parts: [Part]
    package let gaps: [Gap]
    package let alternatives: [Alternative]

    /// Every word has a meaning, and there is something to ask.
    package var isComplete: Bool { query != nil && gaps.isEmpty }
}

/// A word of a question.
struct QuestionWord: Hashable, Sendable {
    /// As it was written.
    var text: String
    /// Lower case, spelling mended, hyphens and underscores as spaces: as lexicons have it.
    var key: String
    var isQuoted = false
    var hasCommaAfter = false

    /// Longer questions are cut: nobody reads the rest either.
    static let max = 120

    static func all(of question: String) -> [QuestionWord] {
        var words: [QuestionWord] = []
        var current = ""
        var closing: Character?
        let finish = { (isQuoted: Bool, comma: Bool) in
            let text = isQuoted ? current : trimmed(current)
            current = ""
            guard !text.isEmpty else {
                if comma, !words.isEmpty { words[words.count - 1].hasCommaAfter = true }
                return
            }
            words.append(
                QuestionWord(text: text, key: Self.key(text), isQuoted: isQuoted, hasCommaAfter: comma))
        }
        for character in question.prefix(2_000) {
            if let end = closing {
                if character == end {
                    finish(true, false)
                    closing = nil
                } else {
                    current.append(character)
                }
            } else if let end = quotes[character], current.isEmpty {
                closing = end
            } else if character.isWhitespace || character == "," || character == ";" {
                finish(false, character != " ")
            } else {
                current.append(character)
            }
        }
        finish(closing != nil, false)
        return Array(words.prefix(max))
    }

    private static let quotes: [Character: Character] = [
        "\"": "\"", "'": "'", "“": "”", "‘": "’", "«": "»", "`": "`", "„": "“",
    ]

    private static func trimmed(_ text: String) -> String {
        let edges: Set<Character> = [".", "?", "!", ":", "(", ")", "[", "]", "…", "\"", "'", "“", "”", "’"]
        var text = Substring(text)
        while let first = text.first, edges.contains(first) { text.removeFirst() }
        while let last = text.last, edges.contains(last) { text.removeLast() }
        for ending in ["-nya", "'s", "’s"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
        return String(text)
    }

    static func key(_ text: String) -> String {
        String(text.lowercased().map { $0 == "-" || $0 == "_" || $0 == "–" || $0 == "—" ? " " : $0 })
            .split(separator: " ").joined(separator: " ")
    }
}

/// How far apart two words are in spelling.
enum QuestionSpelling {
    /// Fewest letters to add, take away, change or swap with the next (Damerau 1964), of the first 40.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8.prefix(40)), Array(b.utf8.prefix(40)))
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }

    /// The one of some words that a slip of the fingers makes of it: as many slips as its length bears, the same first
    /// letter. Nil when there is none. Among several as near, the first in order.
    static func slip(_ word: String, among words: [String]) -> (word: String, distance: Int)? {
        let length = word.utf8.count
        guard length >= 4 else { return nil }
        let most = length < 6 ? 1 : length < 10 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in words
        where abs(candidate.utf8.count - length) <= most && candidate.utf8.first == word.utf8.first {
            let distance = distance(word, candidate)
            if distance <= most, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best
    }

    static func nearest(_ word: String, among words: [String], count: Int = 3) -> [String] {
        let word = word.lowercased()
        return words.enumerated().map { (distance(word, $0.element.lowercased()), $0.offset, $0.element) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(count).map(\.2)
    }
}
