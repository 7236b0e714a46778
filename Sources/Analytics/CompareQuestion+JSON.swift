import Catalogue
import Domain
import Insights

extension CompareQuestion {
    private static let keys = [
        "by", "values", "templates", "measure", "least_difference", "shares", "filters", "range",
    ]

    /// Reads the body of `POST /api/v1/compare`. `templates` is short for `by` template and its `values`.
    package static func parse(_ body: [UInt8]) throws(Failure) -> CompareQuestion {
        guard let value = try? JSON.parse(body), value.isObject else {
            throw Failure(
                .malformed, id: "Isi permintaan bukan objek JSON yang benar.",
                en: "The request body is not a valid JSON object.")
        }
        for key in value.keys where !keys.contains(key) {
            let list = keys.joined(separator: ", ")
            throw Failure(
                .unprocessable, id: "Kunci \"\(String(key.prefix(64)))\" tidak dikenal. Pilihannya: \(list).",
                en: "Unknown key \"\(String(key.prefix(64)))\". Choices: \(list).")
        }
        var question = CompareQuestion()
        if let by = value["by"]?.string { question.dimension = try Catalogue.requireDimension(by) }
        let names = value["templates"] ?? value["values"]
        question.values = names.map { $0.elements.compactMap(\.string) } ?? []
        if let word = value["measure"]?.string { question.measure = try measure(word) }
        if let least = value["least_difference"]?.double { question.leastDifference = least }
        question.shares = value["shares"].map { $0.elements.map { $0.double ?? .nan } } ?? []
        // Filters and range are those of a query.
        var writer = JSONWriter()
        writer.object { writer in
            for key in ["filters", "range"] {
                guard let member = value.member(named: key) else { continue }
                writer.key(key)
                writer.value(member)
            }
        }
        let query = try Query.parse(writer.bytes)
        question.filters = query.filters
        if value["range"] != nil { question.range = query.range }
        return question
    }

    package static func measure(_ word: String) throws(Failure) -> VariantComparison.Measure {
        if let measure = VariantComparison.Measure(rawValue: word) { return measure }
        if let measure = VariantComparison.Measure.allCases.first(where: { $0.metric == word }) { return measure }
        let list = VariantComparison.Measure.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(
            .unprocessable, id: "Ukuran harus salah satu dari: \(list).", en: "The measure is one of: \(list).")
    }
}
