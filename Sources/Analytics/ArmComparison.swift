import Catalogue
import Domain
import Insights
import Storage

/// Templates or variants to be compared.
package struct CompareQuestion: Hashable, Sendable {
    /// What tells the arms apart: `template`, `variant`, `template_language`.
    package var dimension: Dimension
    /// The arms; none for those with the most messages, five at most.
    package var values: [String]
    package var filters: [Filter]
    package var range: QueryRange
    package var measure: VariantComparison.Measure
    /// The least difference that matters, 0 … 1.
    package var leastDifference: Double
    /// How recipients were to be shared out, in any unit; empty when that is not known.
    package var shares: [Double]

    package init(
        dimension: Dimension = .template, values: [String] = [], filters: [Filter] = [],
        range: QueryRange = .preset(.last28Days), measure: VariantComparison.Measure = .reply,
        leastDifference: Double = 0.01, shares: [Double] = []
    ) {
        self.dimension = dimension
        self.values = values
        self.filters = filters
        self.range = range
        self.measure = measure
        self.leastDifference = leastDifference
        self.shares = shares
    }

    package static let dimensions: [Dimension] = [.template, .variant, .templateLanguage]
    /// Arms that are taken when none are named.
    package static let offered = 5
}

/// Which of several templates or variants is better, if any is, and what they do besides.
package struct ArmComparison: Sendable {
    package var question: CompareQuestion
    /// The arms' numbers, as anybody may ask for them.
    package var answer: Answer
    /// Nil with fewer than two arms.
    package var comparison: VariantComparison?
    /// Messages of all arms a day.
    package var messagesPerDay: Double
    package var notes: [Text]

    package static let metrics = [
        "messages", "delivery_rate", "read_rate", "reply_rate", "click_rate", "conversion_rate", "opt_out_rate",
        "cost_per_outcome",
    ]
}

extension VariantComparison.Measure {
    /// The rate of the catalogue that it is.
    package var metric: String {
        switch self {
        case .delivery: "delivery_rate"
        case .read: "read_rate"
        case .reply: "reply_rate"
        case .click: "click_rate"
        case .outcome: "conversion_rate"
        }
    }

    fileprivate var events: String {
        switch self {
        case .delivery: "messages_delivered"
        case .read: "messages_read"
        case .reply: "messages_replied"
        case .click: "messages_clicked"
        case .outcome: "messages_converted"
        }
    }

    fileprivate var base: String { self == .delivery ? "messages" : "messages_delivered" }
}

extension Analyst {
    /// Throws a `Failure` that says what to change when the question makes no sense.
    package func compare(_ question: CompareQuestion) async throws -> ArmComparison {
        guard CompareQuestion.dimensions.contains(question.dimension) else {
            let list = CompareQuestion.dimensions.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .unprocessable, id: "Yang dapat dibandingkan: \(list).", en: "What can be compared: \(list).")
        }
        guard question.shares.isEmpty || question.shares.count == question.values.count,
            question.shares.allSatisfy({ $0 > 0 && $0.isFinite }), (0...1).contains(question.leastDifference)
        else {
            throw Failure(
                .unprocessable,
                id: "Sebut satu bagian lebih dari 0 untuk tiap yang dibandingkan, dan beda terkecil antara 0 dan 1.",
                en: "Give one share above 0 for each that is compared, and a least difference between 0 and 1.")
        }
        var filters = question.filters.filter { $0.dimension != question.dimension }
        if question.values.isEmpty {
            filters.append(Filter(dimension: question.dimension, op: .notNull, values: []))
        } else {
            filters.append(Filter(dimension: question.dimension, op: .isIn, values: question.values))
        }
        let limit = question.values.isEmpty ? CompareQuestion.offered : VariantComparison.armsMax
        let order = [Query.Order(by: "messages", isDescending: true)]
        let answer = try await ask(
            Query(
                metrics: ArmComparison.metrics, dimensions: [question.dimension], filters: filters,
                range: question.range, limit: limit, order: order))
        let counts = try await ask(
            Query(
                metrics: Array(
                    Set(["messages", "messages_delivered", "messages_opted_out", question.measure.events, "cost"])
                ).sorted(), dimensions: [question.dimension], filters: filters, range: question.range, limit: limit,
                order: order))
        let names = answer.rows.indices.compactMap { answer.cell($0, question.dimension.rawValue).text }
        var made = ArmComparison(
            question: question, answer: answer, comparison: nil, messagesPerDay: 0, notes: [])
        let days = max(1, Double(min(answer.meta.to, now()).seconds - answer.meta.from.seconds) / 86_400)
        made.messagesPerDay = (answer.totalNumber("messages") ?? 0) / days
        for value in question.values where !names.contains(value) {
            let name = String(value.prefix(64))
            made.notes.append(
                Text(
                    id: "\(name) tidak dikirim dalam rentang ini.", en: "\(name) was not sent in this range."))
        }
        guard names.count > 1 else { return made }
        let arms = names.map { Self.arm($0, question, counts) }
        made.comparison = try VariantComparison(
            arms, plan: .init(measure: question.measure, leastDifference: question.leastDifference))
        if question.shares.isEmpty, try await together(question, filters, names) < 0.5 {
            made.notes.append(ArmComparison.apart)
        } else if question.shares.isEmpty, question.dimension != .variant {
            made.notes.append(ArmComparison.unshared)
        }
        if let maturity = answer.meta.maturity, maturity < 0.95 { made.notes.append(ArmComparison.immature) }
        return made
    }

    private static func arm(
        _ name: String, _ question: CompareQuestion, _ counts: Answer
    ) -> VariantComparison.Arm {
        let row = counts.rows.indices.first { counts.cell($0, question.dimension.rawValue).text == name }
        let count = { (metric: String) in Int(row.flatMap { counts.cell($0, metric).number } ?? 0) }
        let cost = row.flatMap { counts.cell($0, "cost").number }
        let planned = question.values.firstIndex(of: name).flatMap {
            question.shares.indices.contains($0) ? question.shares[$0] : nil
        }
        let base = count(question.measure.base)
        return .init(
            name: name, messages: base, events: count(question.measure.events), optOuts: count("messages_opted_out"),
            costMicros: cost.flatMap { abs($0) < 9e12 ? Int64($0 * 1_000_000) : nil },
            // Where no plan is known, what was sent is taken for it.
            plannedShare: planned ?? Double(max(1, base)))
    }

    /// Which share of their messages the arms sent on the same days, 0 … 1.
    private func together(_ question: CompareQuestion, _ filters: [Filter], _ names: [String]) async throws -> Double {
        let answer = try await ask(
            Query(
                metrics: ["messages"], dimensions: [question.dimension], filters: filters, range: question.range,
                grain: .day, limit: Limits.answerRowsMax))
        var days: [String: [String: Double]] = [:]
        for row in answer.rows.indices {
            guard let name = answer.cell(row, question.dimension.rawValue).text, names.contains(name),
                let day = answer.cell(row, "time").text
            else { continue }
            days[name, default: [:]][day, default: 0] += answer.cell(row, "messages").number ?? 0
        }
        let shares = names.map { name -> [String: Double] in
            let own = days[name] ?? [:]
            let total = max(1, own.values.reduce(0, +))
            return own.mapValues { $0 / total }
        }
        guard let first = shares.first else { return 1 }
        return shares.dropFirst().map { other in
            first.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) }
        }.min() ?? 1
    }
}

extension ArmComparison {
    static let apart = Text(
        id: "Sebagian besar dikirim pada hari yang berbeda. Bedanya bisa berasal dari harinya atau penerimanya, bukan "
            + "dari isinya; untuk memastikan, kirim bersamaan kepada penerima yang dibagi acak.",
        en: "Most were sent on different days. The difference may come from the day or the recipients and not from the "
            + "words; to be sure, send them together to recipients shared out by chance.")
    static let unshared = Text(
        id: "Ini hanya perbandingan yang adil bila penerimanya dibagi acak. Bila dibagi sengaja, bedanya bisa berasal "
            + "dari penerimanya.",
        en: "This is a fair comparison only where recipients were shared out by chance. Where they were chosen, the "
            + "difference may come from them.")
    static let immature = Text(
        id: "Sebagian pesan baru saja dikirim; tanda terima dan balasannya masih akan datang.",
        en: "Some messages were sent just now; receipts and answers are still to come.")

    /// What is proven, in a sentence.
    package var sentence: Text {
        if let comparison, comparison.verdict == .keepGoing, comparison.arms.count > 2,
            comparison.pairs.contains(where: { $0.adjusted <= comparison.plan.alpha })
        {
            return Text(
                id: "Belum ada satu yang terbukti lebih baik dari semua lainnya. Sebagian pasangan sudah terbukti "
                    + "berbeda: yang selangnya tidak memuat 0.",
                en: "None is proven better than all the others yet. Some pairs are proven to differ: those whose "
                    + "interval does not hold 0.")
        }
        return comparison?.sentence
            ?? Text(
                id: "Pilih paling sedikit dua yang dikirim dalam rentang ini untuk dibandingkan.",
                en: "Choose at least two that were sent in this range to compare them.")
    }

    package var verdict: String {
        guard let comparison else { return "not_enough" }
        switch comparison.verdict {
        case .sampleRatioMismatch: return "sample_ratio_mismatch"
        case .notEnough: return "not_enough"
        case .keepGoing: return "keep_going"
        case .different: return "different"
        case .noPracticalDifference: return "no_practical_difference"
        case .guardRail: return "guard_rail"
        }
    }

    /// The arm that is proven better; nil while none is.
    package var better: String? {
        if case .different(let name)? = comparison?.verdict { return name }
        return nil
    }

    package func json() -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 4_096)
        writer.object { writer in
            writer.member("measure", question.measure.rawValue)
            writer.member("verdict", verdict)
            writer.member("better", better)
            writer.member("sentence", object: { sentence.write(to: &$0) })
            writer.member(
                "arms",
                array: { list in
                    for arm in comparison?.arms ?? [] {
                        list.object {
                            $0.member("name", arm.name)
                            $0.member("messages", arm.messages)
                            $0.member("events", arm.events)
                            $0.member("rate", arm.messages > 0 ? arm.rate : nil)
                            $0.member("opt_outs", arm.optOuts)
                            $0.member("cost_per_event", arm.costPerEvent)
                        }
                    }
                })
            writer.member(
                "pairs",
                array: { list in
                    for pair in comparison?.pairs ?? [] {
                        list.object { writer in
                            writer.member("first", comparison?.arms[pair.first].name)
                            writer.member("second", comparison?.arms[pair.second].name)
                            writer.member("difference", pair.difference)
                            writer.member("lower", pair.lower)
                            writer.member("upper", pair.upper)
                            writer.member("p_value", pair.pValue)
                            writer.member("adjusted_p_value", pair.adjusted)
                            writer.member("enough", pair.hasEnough)
                        }
                    }
                })
            writer.member(
                "notes",
                array: { list in
                    for note in notes { list.object { note.write(to: &$0) } }
                })
        }
        return writer
    }
}
