import Catalogue
import Domain

/// Questions in Indonesian or English, understood by words and their order alone: "berapa delivery rate promo_11_11
/// minggu lalu per jam?" Nothing is sent anywhere, and the same question has the same reading.
package struct QuestionGrammar: Sendable {
    /// Values that there are, by dimension: templates, campaigns, agents, …
    let values: QuestionValues
    let time: QuestionTime

    /// - Parameters:
    ///   - values: known values of dimensions, the most used first.
    ///   - clock: of the zone in which today is today.
    package init(values: [Dimension: [String]], now: Instant, clock: ZoneClock) {
        self.values = QuestionValues(values)
        time = QuestionTime(now: now, clock: clock)
    }

    package func read(_ question: String) -> QuestionReading {
        var walk = QuestionWalk(words: QuestionWord.all(of: question), grammar: self)
        walk.mend()
        walk.run()
        let best = walk.draft.built(time)
        var alternatives: [QuestionReading.Alternative] = []
        for (draft, meaning) in walk.draft.variations() {
            guard let query = draft.built(time).query, query != best.query,
                !alternatives.contains(where: { $0.query == query })
            else { continue }
            alternatives.append(QuestionReading.Alternative(query: query, meaning: meaning))
        }
        return QuestionReading(
            question: question, query: best.query, parts: walk.parts + best.parts, gaps: walk.gaps + best.gaps,
            alternatives: Array(alternatives.prefix(5)))
    }
}

/// Known values, found by their words.
struct QuestionValues: Sendable {
    private let byKey: [String: [(dimension: Dimension, value: String)]]
    private let keys: [String]
    let longest: Int
    private let all: [Dimension: [String]]

    /// Dimensions that a bare name is likeliest to be of.
    private static let preference: [Dimension] = [
        .template, .campaign, .agent, .team, .phoneNumber, .country, .variant, .category, .useCase, .errorCode, .kind,
    ]
    /// More values of one dimension are not looked at.
    private static let valuesMax = 5_000

    init(_ values: [Dimension: [String]]) {
        let order = Self.preference + Dimension.allCases.filter { !Self.preference.contains($0) }
        var found: [String: [(dimension: Dimension, value: String)]] = [:]
        var keys: [String] = []
        for dimension in order {
            for value in (values[dimension] ?? []).prefix(Self.valuesMax) {
                let key = QuestionWord.key(value)
                guard !key.isEmpty else { continue }
                if found[key] == nil { keys.append(key) }
                found[key, default: []].append((dimension, value))
            }
        }
        for country in Country.all {
            for language in Language.allCases {
                let key = QuestionWord.key(country.name(language))
                guard key.count >= 4, !(found[key] ?? []).contains(where: { $0.dimension == .country }) else {
                    continue
                }
                found[key, default: []].append((.country, country.code))
            }
        }
        byKey = found
        self.keys = keys
        longest = min(8, found.keys.map { $0.split(separator: " ").count }.max() ?? 1)
        all = values
    }

    func named(_ key: String) -> [(dimension: Dimension, value: String)] { byKey[key] ?? [] }

    /// Keys that a slip of the fingers may have meant.
    var spellings: [String] { keys }

    /// Values that begin with a word, or hold it as one of theirs.
    func beginning(_ key: String, in dimension: Dimension?) -> [(dimension: Dimension, value: String)] {
        guard key.count >= 3 else { return [] }
        return keys.filter { $0.hasPrefix(key) || " \($0) ".contains(" \(key) ") }.flatMap { byKey[$0] ?? [] }
            .filter { dimension == nil || $0.dimension == dimension }
    }

    func names(of dimension: Dimension?) -> [String] {
        dimension.map { all[$0] ?? [] } ?? Self.preference.flatMap { all[$0] ?? [] }
    }
}
