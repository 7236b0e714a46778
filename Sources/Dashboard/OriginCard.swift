import Analytics
import Catalogue
import Domain
import Web

/// Where do conversations come from, and which of them lead to an outcome?
struct OriginCard: Card {
    struct Part: Sendable {
        var dimension: Dimension
        var answer: Answer
    }
    static let columns: [Breakdown.Column] = [
        .init("conversations"), .init("messages_inbound"), .init("resolution_rate"),
        .init("conversation_conversion_rate", Text(id: "Jadi hasil", en: "Led to outcomes")),
    ]
    static let rowsMax = 12
    private static let dimensions: [(dimension: Dimension, none: Text)] = [
        (.entry, Text(id: "pelanggan tidak menulis", en: "the customer did not write")),
        (.openedBy, Text(id: "tidak diketahui", en: "not known")),
        (.phoneNumber, Text(id: "nomor tidak diketahui", en: "number not known")),
        (.country, Text(id: "negara tidak diketahui", en: "country not known")),
    ]

    let name = "origin"
    let title = Text(id: "Asal percakapan", en: "Where conversations come from")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> [Part] {
        try await withThrowingTaskGroup(of: (Int, Part).self) { group in
            for (index, split) in Self.dimensions.enumerated() {
                group.addTask {
                    let answer = try await scope.ask(
                        Self.columns.map(\.metric), by: [split.dimension],
                        order: [Query.Order(by: "conversations", isDescending: true)], limit: Self.rowsMax)
                    return (index, Part(dimension: split.dimension, answer: answer))
                }
            }
            var found: [Int: Part] = [:]
            for try await (index, part) in group { found[index] = part }
            return Self.dimensions.indices.compactMap { found[$0] }
        }
    }

    func view(_ parts: [Part], _ scope: Scope) -> HTML {
        let tables = zip(parts, Self.dimensions).map { part, split in
            Breakdown(
                dimension: part.dimension, columns: Self.columns, answer: part.answer, scope: scope, none: split.none)
        }
        guard tables.contains(where: { !$0.isEmpty }) else { return Empty.conversations(scope) }
        return "\(tables.filter { !$0.isEmpty }.map(\.html))"
    }

    func exports(_ parts: [Part], _ scope: Scope) -> [Export] {
        parts.map { .answer($0.answer, name: $0.dimension.rawValue, title: $0.dimension.name) }
    }
}
