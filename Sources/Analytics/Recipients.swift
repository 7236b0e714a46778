import Catalogue
import Domain
import Storage

extension RecipientSelection {
    /// What recipients may be listed by: words for the measures of single messages, in their order.
    package static let measures: [(word: String, measure: Measure)] =
        MessageMeasure.allCases.map { ($0.column, .message($0)) }
        + [
            ("charged", .charge(.charged)), ("free", .charge(.free)), ("without_price", .charge(.unknown)),
            ("wasted", .charge(.wasted)), ("raised", .charge(.raised)),
        ]

    /// A selection that makes sense. Throws a `Failure` that names what does not.
    /// - Parameter measure: one of the words of `measures`; nil for all messages.
    package static func checked(
        range: QueryRange, filters: [Filter], measure: String?, limit: Int, timezone: String? = nil, now: Instant,
        workspace: Workspace
    ) throws(Failure) -> RecipientSelection {
        let ofMessage = Set(Dimension.stored(.message))
        let known = Dimension.allCases.filter { ofMessage.contains($0) || Dimension.stored(.charge).contains($0) }
        for filter in filters where !known.contains(filter.dimension) {
            let nearest = Catalogue.nearest(to: filter.dimension.rawValue, among: known.map(\.rawValue), count: 5)
                .joined(separator: ", ")
            throw Failure(
                .unprocessable,
                id: "Penerima tidak dapat disaring menurut \"\(filter.dimension.rawValue)\". Yang bisa: \(nearest).",
                en: "Recipients cannot be filtered by \"\(filter.dimension.rawValue)\". Possible: \(nearest).")
        }
        // Resolved as questions about both facts, so that range and values are judged by the same rules.
        let query = { (metric: String, isOfMessage: Bool) in
            Query(
                metrics: [metric], filters: filters.filter { ofMessage.contains($0.dimension) == isOfMessage },
                range: range, timezone: timezone)
        }
        let resolved = try query("messages", true).resolved(now: now, workspace: workspace)
        _ = try query("cost_unknown", false).resolved(now: now, workspace: workspace)
        return RecipientSelection(
            range: resolved.from..<resolved.to, filters: filters, measure: try measure.map(Self.measure), limit: limit)
    }

    private static func measure(_ word: String) throws(Failure) -> Measure {
        if let found = measures.first(where: { $0.word == word }) { return found.measure }
        let nearest = Catalogue.nearest(to: word, among: measures.map(\.word), count: 5).joined(separator: ", ")
        throw Failure(
            .unprocessable, id: "Ukuran \"\(String(word.prefix(64)))\" tidak dikenal. Yang paling mirip: \(nearest).",
            en: "Unknown measure \"\(String(word.prefix(64)))\". Nearest: \(nearest).")
    }
}

/// Recipients as a table.
package enum RecipientTable {
    private static let dimensions: [Dimension] = [
        .phoneNumber, .template, .campaign, .variant, .useCase, .country, .errorCode, .wasteReason,
    ]
    package static let header =
        ["phone", "user_id", "message_id", "sent_at"] + dimensions.map(\.rawValue) + ["measures"]

    package static func row(_ person: Recipient) -> [String?] {
        let measures = MessageMeasure.allCases.filter(person.measures.contains).map(\.column).joined(separator: " ")
        return [person.phone, person.userID, person.message.value, RFC3339.format(person.sentAt)]
            + dimensions.map { person.dimensions[$0] } + [measures]
    }

    package static func csv(_ people: some Sequence<Recipient>) -> String {
        CSVText.table(header, people.map(row))
    }
}
