import Catalogue
import Domain

/// Goes through the words of a question from left to right and takes what it knows, the longest first.
struct QuestionWalk {
    var words: [QuestionWord]
    let grammar: QuestionGrammar
    var draft = QuestionDraft()
    var parts: [QuestionReading.Part] = []
    var gaps: [QuestionReading.Gap] = []

    /// What came just before, for words that depend on it.
    private var isAfterSplit = false
    private var isAfterCompare = false
    private var isNegated = false
    private var isNone = false
    private var lastDimension: [Dimension]?
    private var isAfterValue = false
    private var isAfterAnd = false

    init(words: [QuestionWord], grammar: QuestionGrammar) {
        self.words = words
        self.grammar = grammar
    }

    private var keys: [String] { words.map(\.key) }

    // MARK: Spelling

    /// Unknown words become the word that a slip of the fingers makes of them; "biayanya" becomes "biaya".
    mutating func mend() {
        for index in words.indices where !words[index].isQuoted {
            let key = words[index].key
            guard !key.contains(where: { $0.isNumber }) || key.count > 6, !isKnown(key), !isInValue(index) else {
                continue
            }
            if key.hasSuffix("nya"), isKnown(String(key.dropLast(3))) {
                words[index].key = String(key.dropLast(3))
                continue
            }
            guard grammar.values.beginning(key, in: nil).isEmpty else { continue }
            let word = QuestionSpelling.slip(key, among: QuestionLexicon.vocabulary)
            let value = QuestionSpelling.slip(key, among: grammar.values.spellings)
            guard let nearest = [value, word].compactMap({ $0 }).min(by: { $0.distance < $1.distance }) else {
                continue
            }
            words[index].key = nearest.word
            note(index, 1, Text(id: "dibaca sebagai \"\(nearest.word)\"", en: "read as \"\(nearest.word)\""))
        }
    }

    private func isKnown(_ key: String) -> Bool {
        QuestionLexicon.known.contains(key) || QuestionLexicon.phrases[key] != nil
            || !grammar.values.named(key).isEmpty || grammar.time.span([key], at: 0) != nil || Int(key) != nil
            || key.split(separator: " ").allSatisfy { QuestionLexicon.known.contains(String($0)) }
    }

    /// Whether a value of several words holds this word.
    private func isInValue(_ index: Int) -> Bool {
        for start in max(0, index - grammar.values.longest + 1)...index {
            if let found = value(at: start), start + found.length > index { return true }
        }
        return false
    }

    // MARK: The walk

    mutating func run() {
        var index = 0
        while index < words.count {
            let length = max(1, step(index))
            if words.indices.contains(index + length - 1), words[index + length - 1].hasCommaAfter { isAfterAnd = true }
            index += length
        }
    }

    private func key(_ index: Int) -> String { words.indices.contains(index) ? words[index].key : "" }

    private mutating func step(_ index: Int) -> Int {
        if words[index].isQuoted { return quoted(index) }
        if let length = unit(index) ?? hours(index) ?? weekdays(index) ?? number(index) ?? period(index) {
            return length
        }
        let phrase = self.phrase(at: index)
        let value = self.value(at: index)
        let span = grammar.time.span(keys, at: index)
        let lexical = phrase?.length ?? 0
        if let span, span.length >= lexical, span.length >= value?.length ?? 0 {
            take(span, index)
            return span.length
        }
        if let value {
            let isOfLast = lastDimension.map { last in value.found.contains { last.contains($0.dimension) } } ?? false
            if value.length > lexical || (value.length == lexical && isOfLast) {
                return take(value.found, index, value.length)
            }
        }
        if let phrase { return take(phrase.meaning, index, phrase.length) }
        return unknown(index)
    }

    private func phrase(at index: Int) -> (meaning: QuestionLexicon.Meaning, length: Int)? {
        for length in stride(from: min(QuestionLexicon.longest, words.count - index), through: 1, by: -1) {
            guard words[index..<index + length].allSatisfy({ !$0.isQuoted }) else { continue }
            let key = keys[index..<index + length].joined(separator: " ")
            if let meaning = QuestionLexicon.phrases[key] { return (meaning, length) }
        }
        return nil
    }

    private func value(at index: Int) -> (found: [(dimension: Dimension, value: String)], length: Int)? {
        for length in stride(from: min(grammar.values.longest, words.count - index), through: 1, by: -1) {
            let key = keys[index..<index + length].joined(separator: " ")
            let found = grammar.values.named(key)
            // Two letters are a country only as `ID`, not as "id" or "us".
            if key.count <= 2, words[index].text != words[index].text.uppercased(), lastDimension == nil { continue }
            if !found.isEmpty { return (found, length) }
        }
        return nil
    }

    // MARK: Time

    /// "per jam", "tiap minggu", "by day".
    private mutating func unit(_ index: Int) -> Int? {
        guard isAfterSplit, phrase(at: index).map({ $0.length < 2 }) ?? true,
            let unit = QuestionTime.units[key(index)]
        else { return nil }
        let grains: [QuestionTime.Unit: Grain] = [.hour: .hour, .day: .day, .week: .week, .month: .month]
        guard let grain = grains[unit] else { return nil }
        draft.grain = grain
        note(index, 1, Self.told(grain))
        settle()
        return 1
    }

    /// "jam 9", "pukul 10 sampai 12", "jam 9-12": an hour of every day.
    private mutating func hours(_ index: Int) -> Int? {
        guard ["jam", "pukul"].contains(key(index)) else { return nil }
        let numbers = key(index + 1).split(separator: " ").compactMap { Int($0) }
        var (from, to, length) = (numbers.first, numbers.count == 2 ? numbers[1] : nil, 2)
        if numbers.count == 1, QuestionTime.until.contains(key(index + 2)), let end = Int(key(index + 3)) {
            to = end
            length = 4
        }
        // "9 jam terakhir" and "jam 9 terakhir" are lengths, not hours of the day.
        guard var first = from, (0...23).contains(first), !QuestionTime.lastAfter.contains(key(index + length)) else {
            return nil
        }
        if ["malam", "sore", "siang"].contains(key(index + length)), first < 12, to == nil {
            if first > 0, key(index + length) != "siang" || first < 6 { first += 12 }
            length += 1
        } else if key(index + length) == "pagi" {
            length += 1
        }
        from = first
        let end = to.map { min(24, $0) } ?? first + 1
        guard end > first else { return nil }
        let values = (first..<end).map { LocalDate.padded($0, to: 2) }
        draft.filters.append(Filter(dimension: .hourOfDay, op: .isIn, values: values))
        note(index, length, Text(id: "jam \(first)–\(end)", en: "hours \(first)–\(end)"))
        settle()
        return length
    }

    /// "setiap Senin", "Mondays", "akhir pekan", "hari kerja".
    private mutating func weekdays(_ index: Int) -> Int? {
        var days: [Int] = []
        var length = 1
        let one = key(index)
        if isAfterSplit, let day = QuestionTime.weekdays[one] { days = [day] }
        if isAfterSplit, one == "hari", let day = QuestionTime.weekdays[key(index + 1)] {
            (days, length) = ([day], 2)
        }
        if one.hasSuffix("s"), let day = QuestionTime.weekdays[String(one.dropLast())] { days = [day] }
        if ["weekend", "weekends"].contains(one) { days = [6, 7] }
        if one == "akhir", ["pekan", "minggu"].contains(key(index + 1)) { (days, length) = ([6, 7], 2) }
        if one == "hari", key(index + 1) == "kerja" { (days, length) = (Array(1...5), 2) }
        if days.isEmpty, let found = weekdayRange(index) { (days, length) = found }
        guard !days.isEmpty else { return nil }
        draft.filters.append(Filter(dimension: .weekday, op: .isIn, values: days.map(String.init)))
        note(
            index, length,
            Text(
                id: "hari ke-\(days.map(String.init).joined(separator: ", ")) tiap minggu (1 Senin)",
                en: "weekdays \(days.map(String.init).joined(separator: ", ")) (1 Monday)"))
        settle()
        return length
    }

    /// "Senin sampai Jumat", "Monday-Friday", unless these are days of one week that has been.
    private func weekdayRange(_ index: Int) -> ([Int], Int)? {
        let at = index + (key(index) == "hari" ? 1 : 0)
        let both = key(at).split(separator: " ").compactMap { QuestionTime.weekdays[String($0)] }
        if both.count == 2, both[0] <= both[1] { return (Array(both[0]...both[1]), at + 1 - index) }
        guard both.count == 1, QuestionTime.until.contains(key(at + 1)),
            let end = QuestionTime.weekdays[key(at + 2)], both[0] <= end,
            grammar.time.span(keys, at: index).map({ $0.length < 3 }) ?? true
        else { return nil }
        return (Array(both[0]...end), at + 3 - index)
    }

    /// "periode sebelumnya", "the week before", "previous period", "sebelumnya".
    private mutating func period(_ index: Int) -> Int? {
        let (a, b, c) = (key(index), key(index + 1), key(index + 2))
        let units = QuestionTime.units
        var length: Int?
        var unit: QuestionTime.Unit?
        if units[a] != nil || a == "periode" || a == "period", ["before", "sebelumnya", "earlier"].contains(b),
            !(a == "day" && c == "yesterday")
        {
            (length, unit) = (2, units[a])
        } else if ["previous", "prior", "preceding"].contains(a), b == "period" || (isAfterCompare && units[b] != nil) {
            (length, unit) = (2, units[b])
        } else if a == "sebelumnya" || (a == "before" && isAfterCompare) {
            length = 1
        }
        guard let length, draft.isComparing || a.hasPrefix("p") || isAfterCompare else { return nil }
        draft.isComparing = true
        draft.comparison = unit == .year ? .lastYear : .previousPeriod
        note(index, length, Text(id: "periode pembanding", en: "the period to compare with"))
        settle()
        return length
    }

    private mutating func take(_ span: QuestionTime.Span, _ index: Int) {
        draft.spans.append(QuestionDraft.SpanWord(span: span, isCompared: isAfterCompare))
        note(index, span.length, span.meaning)
        settle()
    }

    // MARK: Numbers

    /// "top 5", "5 teratas", "5 template", "lima besar".
    private mutating func number(_ index: Int) -> Int? {
        let isTop = QuestionLexicon.phrases[key(index)] == .top
        let at = isTop ? index + 1 : index
        guard let count = Int(key(at)) ?? QuestionTime.numbers[key(at)], (1...1_000).contains(count) else { return nil }
        var length = isTop ? 2 : 1
        if !isTop {
            switch phrase(at: index + 1)?.meaning {
            case .top, .most, .best, .worst, .least, .dimension: break
            default: return nil
            }
            guard QuestionTime.units[key(index + 1)] == nil else { return nil }
            if case .top = phrase(at: index + 1)?.meaning { length = 2 }
        }
        draft.limit = count
        note(index, length, Text(id: "\(count) teratas", en: "the first \(count)"))
        return length
    }

    // MARK: Values

    private mutating func quoted(_ index: Int) -> Int {
        let found = grammar.values.named(words[index].key)
        if !found.isEmpty { return take(found, index, 1) }
        if let last = lastDimension?.first {
            // Somebody who names the dimension and quotes the value means it, seen or not.
            return take([(last, words[index].text)], index, 1)
        }
        return unknown(index)
    }

    @discardableResult
    private mutating func take(
        _ found: [(dimension: Dimension, value: String)], _ index: Int, _ length: Int
    ) -> Int {
        var found = found
        var length = length
        if let last = lastDimension, found.contains(where: { last.contains($0.dimension) }) {
            found = found.filter { last.contains($0.dimension) }
            if !isAfterSplit, draft.groups.last == last { draft.groups.removeLast() }
        } else if case .dimension(let next) = phrase(at: index + length)?.meaning,
            found.contains(where: { next.contains($0.dimension) })
        {
            // "promo_11_11 template"
            found = found.filter { next.contains($0.dimension) }
            length += phrase(at: index + length)?.length ?? 0
        }
        var spellings: [Dimension: [String]] = [:]
        var dimensions: [Dimension] = []
        for item in found {
            if spellings[item.dimension] == nil { dimensions.append(item.dimension) }
            spellings[item.dimension, default: []].append(item.value)
        }
        let values = dimensions.first.flatMap { spellings[$0] } ?? []
        draft.values.append(
            QuestionDraft.ValueWord(
                dimensions: dimensions, values: values, isNegated: isNegated, spellings: spellings))
        guard let name = dimensions.first?.name else { return length }
        let sign = isNegated ? "≠" : "="
        let shown = values.joined(separator: ", ")
        note(index, length, Text(id: "\(name.id) \(sign) \(shown)", en: "\(name.en) \(sign) \(shown)"))
        let wasNegated = isNegated
        let dimension = lastDimension
        settle()
        // "template a dan b", "selain a dan b"
        if QuestionLexicon.phrases[key(index + length)] == .and || words[index + length - 1].hasCommaAfter {
            isNegated = wasNegated
            lastDimension = dimension
        }
        isAfterValue = true
        return length
    }

    // MARK: Words of the lexicon

    private mutating func take(_ meaning: QuestionLexicon.Meaning, _ index: Int, _ length: Int) -> Int {
        switch meaning {
        case .metric(let candidates): takeMetric(candidates, index, length)
        case .metricOf(let metric, let dimension, let value):
            takeMetric([metric], index, length)
            draft.values.append(QuestionDraft.ValueWord(dimensions: [dimension], values: [value], isNegated: false))
        case .dimension(let dimensions): takeDimension(dimensions, index, length)
        case .value(let dimensions, let value): take(dimensions.map { ($0, value) }, index, length)
        case .grain(let grain):
            draft.grain = grain
            note(index, length, Self.told(grain))
            settle()
        case .statistic(let ending):
            draft.statistic = ending
            note(index, length, Text(id: "ukuran: \(ending)", en: "statistic: \(ending)"))
        case .split, .every:
            isAfterSplit = true
            isAfterValue = false
        case .which: which()
        case .most, .least, .best, .worst, .top: rank(meaning, index, length)
        case .compare:
            draft.isComparing = true
            isAfterCompare = true
        case .versus:
            draft.isVersus = true
            draft.isComparing = draft.isComparing || grammar.time.span(keys, at: index + length) != nil
            isAfterCompare = true
        case .not: isNegated = true
        case .none: isNone = true
        case .percent: draft.isPercent = true
        case .trend: draft.isTrend = true
        case .and: isAfterAnd = true
        case .filler: break
        }
        return length
    }

    private mutating func takeMetric(_ candidates: [String], _ index: Int, _ length: Int) {
        let isJoined =
            isAfterAnd || QuestionLexicon.phrases[key(index + length)] == .and
            || words[index + length - 1].hasCommaAfter
        draft.metrics.append(
            QuestionDraft.MetricWord(
                candidates: candidates, isBare: Self.isBare(candidates), isJoined: isJoined))
        let id = candidates.first ?? ""
        let name = (Catalogue.metric(id) ?? Catalogue.metric(id + "_" + (draft.statistic ?? "p50")))?.name
        note(index, length, name ?? Text(id: id, en: id))
        settle()
    }

    /// What is counted, when another word says how: "messages failed", "how long do customers wait".
    private static func isBare(_ candidates: [String]) -> Bool {
        ["messages", "contacts_active", "waits", "waits_open", "conversations"].contains(candidates.first ?? "")
    }

    private mutating func takeDimension(_ dimensions: [Dimension], _ index: Int, _ length: Int) {
        guard let first = dimensions.first else { return }
        if isNone {
            draft.filters.append(Filter(dimension: first, op: .isNull))
            note(index, length, Text(id: "tanpa \(first.name.id)", en: "without \(first.name.en)"))
            settle()
            return
        }
        let wasSplit = isAfterSplit
        // "marketing templates" are those of a category; "per template" is a split.
        if !(isAfterValue && !wasSplit) {
            draft.groups.append(dimensions)
            note(index, length, Text(id: "rinci menurut \(first.name.id)", en: "split by \(first.name.en)"))
        }
        settle()
        lastDimension = dimensions
        if wasSplit, QuestionLexicon.phrases[key(index + length)] == .and { isAfterSplit = true }
    }

    /// "template mana", "which template".
    private mutating func which() {
        draft.isWhich = true
    }

    private mutating func rank(_ meaning: QuestionLexicon.Meaning, _ index: Int, _ length: Int) {
        let words = keys[index..<index + length].joined(separator: " ")
        switch meaning {
        case .least: draft.ranking = .least
        case .best: draft.ranking = .best
        case .worst: draft.ranking = .worst
        default: draft.ranking = .most
        }
        // "agen paling lambat" is about time, "templat termahal" about cost.
        let implied: [String: String] = [
            "tercepat": "response_time", "fastest": "response_time", "paling cepat": "response_time",
            "terlambat": "response_time", "slowest": "response_time", "paling lambat": "response_time",
            "paling lama": "response_time", "termurah": "cost", "cheapest": "cost", "paling murah": "cost",
            "termahal": "cost", "paling mahal": "cost", "most expensive": "cost",
        ]
        let hasMetric = draft.metrics.contains { !$0.isBare } || hasMetric(after: index + length)
        if let metric = implied[words], !hasMetric {
            draft.metrics.append(QuestionDraft.MetricWord(candidates: [metric], isBare: false, isJoined: false))
        }
        note(index, length, Text(id: "diurutkan", en: "ranked"))
    }

    private func hasMetric(after index: Int) -> Bool {
        (index..<max(index, words.count)).contains { at in
            if case .metric(let candidates) = phrase(at: at)?.meaning { return !Self.isBare(candidates) }
            return false
        }
    }

    private mutating func unknown(_ index: Int) -> Int {
        let word = words[index]
        let last = lastDimension?.first
        let found = grammar.values.beginning(word.key, in: last)
        if !word.isQuoted, !found.isEmpty {
            let dimension = found[0].dimension
            return take(Array(found.filter { $0.dimension == dimension }.prefix(10)), index, 1)
        }
        let names = grammar.values.names(of: last) + (last == nil ? QuestionLexicon.names : [])
        gaps.append(
            QuestionReading.Gap(
                words: word.text,
                reason: Text(
                    id: "\"\(String(word.text.prefix(64)))\" tidak dikenali.",
                    en: "\"\(String(word.text.prefix(64)))\" was not understood."),
                suggestions: QuestionSpelling.nearest(word.text, among: names)))
        settle()
        return 1
    }

    // MARK: Notes

    private mutating func settle() {
        isAfterSplit = false
        isAfterCompare = false
        isNegated = false
        isNone = false
        lastDimension = nil
        isAfterValue = false
        isAfterAnd = false
    }

    private mutating func note(_ index: Int, _ length: Int, _ meaning: Text) {
        let end = min(words.count, index + length)
        guard index < end else { return }
        parts.append(
            QuestionReading.Part(
                words: words[index..<end].map(\.text).joined(separator: " "), meaning: meaning))
    }

    private static func told(_ grain: Grain) -> Text {
        switch grain {
        case .total: Text(id: "seluruhnya", en: "as a whole")
        case .quarterHour: Text(id: "per 15 menit", en: "by quarter hour")
        case .hour: Text(id: "per jam", en: "by hour")
        case .day: Text(id: "per hari", en: "by day")
        case .week: Text(id: "per minggu", en: "by week")
        case .month: Text(id: "per bulan", en: "by month")
        }
    }
}
