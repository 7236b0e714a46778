import Catalogue
import Domain
import Web

/// Conditions on waits as a URL spells them: `?team=cs-1&phone_number=1065…`; a name may come several times.
struct WaitFilters {
    /// What single waits may be filtered by, in the order of the documentation.
    static let dimensions: [Dimension] = [
        .phoneNumber, .team, .agent, .desk, .priority, .entry, .template, .campaign, .country,
    ]

    /// Throws for a name that is neither a dimension nor one of `others`: a misspelt condition would silently hold
    /// nothing back.
    static func read(
        _ query: URLQuery, _ dimensions: [Dimension] = dimensions, others: [String]
    ) throws -> [Filter] {
        let known = dimensions.map(\.rawValue) + others
        for item in query.items where !known.contains(item.name) && item.name != "lang" {
            let list = known.joined(separator: ", ")
            throw Failure(
                .malformed, id: "Parameter \"\(String(item.name.prefix(64)))\" tidak dikenal; yang ada: \(list).",
                en: "Unknown parameter \"\(String(item.name.prefix(64)))\"; there are: \(list).")
        }
        return dimensions.compactMap { dimension in
            let values = query.items.filter { $0.name == dimension.rawValue && !$0.value.isEmpty }.map(\.value)
            return values.isEmpty ? nil : Filter(dimension: dimension, op: .isIn, values: values)
        }
    }

    static func parameters(_ dimensions: [Dimension] = dimensions) -> [Parameter] {
        dimensions.map { dimension in
            .query(
                dimension.rawValue, .string,
                Text(id: "\(dimension.name.id). Boleh diulang.", en: "\(dimension.name.en). May be repeated."))
        }
    }
}

extension URLQuery {
    /// One of the words of an enum; nil when it is absent.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws -> Choice?
    where Choice.RawValue == String {
        guard let text = self[name], !text.isEmpty else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let list = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(.malformed, id: "\(name) harus salah satu dari: \(list).", en: "\(name) must be one of: \(list).")
    }
}

extension JSONWriter {
    /// What is known of a wait or conversation, as an object.
    mutating func member(_ name: String, _ dimensions: [Dimension: String]) {
        member(
            name,
            object: {
                for dimension in Dimension.allCases {
                    if let value = dimensions[dimension] { $0.member(dimension.rawValue, value) }
                }
            })
    }
}
