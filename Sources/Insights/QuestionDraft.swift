import Catalogue
import Domain

/// What was found in a question, before it is made a query.
struct QuestionDraft {
    struct MetricWord {
        /// Ids or families of ids, the likeliest first.
        var candidates: [String]
        /// Just "messages" or "customers": what is counted, when something else says how.
        var isBare: Bool
        var isJoined: Bool
    }

    struct ValueWord {
        var dimensions: [Dimension]
        /// One, or all that begin with the word.
        var values: [String]
        var isNegated: Bool
        /// By dimension, when the same name is something else there.
        var spellings: [Dimension: [String]] = [:]
    }

    struct SpanWord {
        var span: QuestionTime.Span
        var isCompared: Bool
    }

    enum Ranking {
        case most, least, best, worst
    }

    var metrics: [MetricWord] = []
    var statistic: String?
    var groups: [[Dimension]] = []
    var values: [ValueWord] = []
    var filters: [Filter] = []
    var spans: [SpanWord] = []
    var grain: Grain?
    var isTrend = false
    var isPercent = false
    var isComparing = false
    /// "vs" between two values.
    var isVersus = false
    var comparison: Query.Comparison?
    var ranking: Ranking?
    var isWhich = false
    var limit: Int?

    struct Built {
        var query: Query?
        var parts: [QuestionReading.Part] = []
        var gaps: [QuestionReading.Gap] = []
    }

    func built(_ time: QuestionTime) -> Built {
        var built = Built()
        var ids = metricIDs
        if ids.isEmpty, groups.contains(where: { $0.first == .errorCode || $0.first == .errorClass }) {
            // Only failures have error codes.
            ids = ["messages_failed"]
        }
        if ids.isEmpty {
            guard !(groups.isEmpty && values.isEmpty && spans.isEmpty && filters.isEmpty) else {
                built.gaps.append(Self.noMetric)
                return built
            }
            built.gaps.append(Self.noMetric)
            ids = ["messages"]
        }
        var query = Query(metrics: ids)
        let metrics = ids.compactMap(Catalogue.metric)
        for candidates in groups {
            guard let dimension = candidates.first(where: { d in metrics.allSatisfy { $0.dimensions.contains(d) } })
            else {
                built.gaps.append(Self.impossible(candidates, metrics))
                continue
            }
            if !query.dimensions.contains(dimension) { query.dimensions.append(dimension) }
        }
        addValues(to: &query, metrics, &built)
        addTime(to: &query, time, &built)
        addOrder(to: &query, metrics)
        built.query = query
        return built
    }

    private var metricIDs: [String] {
        let isOnly = metrics.allSatisfy(\.isBare)
        let kept = metrics.filter { !$0.isBare || $0.isJoined || isOnly }
        var ids: [String] = []
        for word in kept {
            guard var id = word.candidates.first else { continue }
            if isPercent, let rate = QuestionLexicon.rates[id] { id = rate }
            if QuestionLexicon.families.contains(id) {
                let asked = "\(id)_\(statistic ?? "p50")"
                id = Catalogue.metric(asked) == nil ? "\(id)_p50" : asked
            } else if statistic == "mean", Catalogue.metric(id + "_mean") != nil {
                id += "_mean"
            }
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    private func addValues(to query: inout Query, _ metrics: [Metric], _ built: inout Built) {
        var named: [(dimension: Dimension, isNegated: Bool, values: [String])] = []
        let fits = { (d: Dimension) in metrics.contains { $0.conditions.contains(d) } }
        for word in values {
            let possible = word.dimensions.filter { d in metrics.allSatisfy { $0.conditions.contains(d) } }
            guard
                let dimension = possible.first
                    ?? word.dimensions.first(where: { fits($0) && Dimension.ofResults.contains($0) })
            else {
                built.gaps.append(Self.impossible(word.dimensions, metrics))
                continue
            }
            let values = word.spellings[dimension] ?? word.values
            if let same = named.firstIndex(where: { $0.dimension == dimension && $0.isNegated == word.isNegated }) {
                named[same].values += values.filter { !named[same].values.contains($0) }
            } else {
                named.append((dimension, word.isNegated, values))
            }
        }
        for item in named {
            query.filters.append(
                Filter(dimension: item.dimension, op: item.isNegated ? .notIn : .isIn, values: item.values))
            // "bot vs manusia": each for itself.
            if isVersus || (isComparing && spans.count < 2 && comparison == nil), !item.isNegated,
                item.values.count > 1,
                !query.dimensions.contains(item.dimension)
            {
                query.dimensions.append(item.dimension)
            }
        }
        query.filters += filters.filter { filter in
            guard !fits(filter.dimension) else { return true }
            built.gaps.append(Self.impossible([filter.dimension], metrics))
            return false
        }
    }

    private func addTime(to query: inout Query, _ time: QuestionTime, _ built: inout Built) {
        let own = spans.filter { !$0.isCompared }.map(\.span)
        var other = spans.first { $0.isCompared }?.span
        let start = { (span: QuestionTime.Span) in span.range.resolved(now: time.now, clock: time.clock).from }
        var main = own.max { start($0) < start($1) }
        if !isComparing { main = own.first }
        // "yesterday vs today": the later one is asked about.
        if let first = main, let second = other, start(second) > start(first) { (main, other) = (second, first) }
        query.compare = comparison
        if let other {
            query.compare = other.unit == .year ? .lastYear : .previousPeriod
            if main == nil {
                switch other.unit {
                case .day: query.range = .preset(.today)
                case .month: query.range = .preset(.monthToDate)
                case .week: query.range = .dates(from: time.today.startOfWeek, to: time.today.adding(days: 1))
                default: break
                }
            }
        } else if isComparing, own.count > 1 {
            query.compare = own.contains { $0.unit == .year && $0 != main } ? .lastYear : .previousPeriod
        } else if isComparing, !isVersus, comparison == nil, query.dimensions.isEmpty {
            query.compare = .previousPeriod
        }
        if !isComparing, own.count > 1 {
            built.gaps.append(
                QuestionReading.Gap(
                    words: "",
                    reason: Text(
                        id: "Hanya satu rentang waktu yang dipakai; untuk dua, tulis \"dibanding\".",
                        en: "Only the first time is used; for two, write \"compared with\"."), suggestions: []))
        }
        if let main {
            query.range = main.range
        } else if other == nil {
            built.parts.append(
                QuestionReading.Part(
                    words: "",
                    meaning: Text(
                        id: "waktu tidak disebut: 7 hari terakhir", en: "no time was named: the last 7 days")))
        }
        if let compare = query.compare {
            built.parts.append(
                QuestionReading.Part(
                    words: "",
                    meaning: compare == .lastYear
                        ? Text(
                            id: "dibandingkan dengan 364 hari sebelumnya", en: "compared with 364 days before")
                        : Text(
                            id: "dibandingkan dengan hari-hari yang sama sebelumnya (mundur minggu penuh)",
                            en: "compared with the same weekdays before (whole weeks back)")))
        }
        if let grain {
            query.grain = grain
        } else if isTrend {
            let (from, to) = query.range.resolved(now: time.now, clock: time.clock)
            query.grain = to.seconds - from.seconds > 2 * 86_400 ? .day : .hour
        }
    }

    private func addOrder(to query: inout Query, _ metrics: [Metric]) {
        guard let first = metrics.first, !query.dimensions.isEmpty else { return }
        let isBetterHigh = first.direction != .lowerIsBetter
        let isDescending: Bool? =
            switch ranking {
            case .most: true
            case .least: false
            case .best: isBetterHigh
            case .worst: !isBetterHigh
            case nil: isWhich || limit != nil ? true : nil
            }
        guard let isDescending else { return }
        query.order = [Query.Order(by: first.id, isDescending: isDescending)]
        if query.grain == .total { query.limit = limit ?? 10 }
    }

    // MARK: What was not understood

    private static let noMetric = QuestionReading.Gap(
        words: "",
        reason: Text(
            id: "Angka yang ditanyakan tidak dikenali; ini jumlah pesan. Sebutkan misalnya \"tingkat sampai\".",
            en: "It does not say which number; this is the count of messages. Name one, such as \"delivery rate\"."),
        suggestions: ["delivery_rate", "read_rate", "response_time_p50", "cost", "conversations"])

    private static func impossible(_ dimensions: [Dimension], _ metrics: [Metric]) -> QuestionReading.Gap {
        let name = dimensions.first?.name ?? Text(id: "itu", en: "that")
        let metric = metrics.first { m in !dimensions.contains { m.conditions.contains($0) } } ?? metrics.first
        return QuestionReading.Gap(
            words: dimensions.first?.rawValue ?? "",
            reason: Text(
                id: "\(metric?.name.id ?? "Angka ini") tidak bisa dirinci menurut \(name.id).",
                en: "\(metric?.name.en ?? "This number") cannot be split by \(name.en)."),
            suggestions: Array((metric?.dimensions ?? []).prefix(3).map(\.rawValue)))
    }

    // MARK: Other ways to take it

    func variations() -> [(QuestionDraft, Text)] {
        var all: [(QuestionDraft, Text)] = []
        for (index, word) in metrics.enumerated() {
            for candidate in word.candidates.dropFirst() {
                var draft = self
                draft.metrics[index].candidates = [candidate]
                let name = (Catalogue.metric(candidate) ?? Catalogue.metric(candidate + "_p50"))?.name
                all.append((draft, name ?? Text(id: candidate, en: candidate)))
            }
            if statistic == nil, let family = word.candidates.first, QuestionLexicon.families.contains(family),
                let mean = Catalogue.metric(family + "_mean")
            {
                var draft = self
                draft.statistic = "mean"
                all.append((draft, mean.name))
            }
        }
        for (index, word) in values.enumerated() {
            for dimension in word.dimensions.dropFirst() {
                var draft = self
                draft.values[index].dimensions = [dimension]
                let value = (word.spellings[dimension] ?? word.values).joined(separator: ", ")
                all.append((draft, Text(id: "\(dimension.name.id): \(value)", en: "\(dimension.name.en): \(value)")))
            }
            guard word.values.count > 1 else { continue }
            for value in word.values.prefix(3) {
                var draft = self
                draft.values[index].values = [value]
                draft.values[index].spellings = [:]
                all.append((draft, Text(id: "hanya \(value)", en: "\(value) only")))
            }
        }
        for (index, word) in spans.enumerated() {
            guard let other = word.span.other else { continue }
            var draft = self
            switch other {
            case .range(let range, let meaning):
                draft.spans[index].span.range = range
                all.append((draft, meaning))
            case .weekday(let day):
                draft.spans.remove(at: index)
                draft.filters.append(Filter(dimension: .weekday, op: .isIn, values: ["\(day)"]))
                all.append((draft, Text(id: "hari itu di setiap minggu", en: "that weekday in every week")))
            }
        }
        return all
    }
}
