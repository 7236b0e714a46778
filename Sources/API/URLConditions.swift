import Catalogue
import Domain
import Web

/// Conditions as a URL spells them: `?team=cs-1&phone_number=1065…`; a name may come several times.
struct URLConditions {
    /// What single waits may be filtered by, in the order of the documentation.
    static let ofWaits: [Dimension] = [
        .phoneNumber, .team, .agent, .desk, .priority, .entry, .template, .campaign, .country,
    ]

    /// Throws for a name that is neither a dimension nor one of `others`: a misspelt condition would silently hold
    /// nothing back.
    static func read(
        _ query: URLQuery, _ dimensions: [Dimension] = ofWaits, others: [String]
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

    static func parameters(_ dimensions: [Dimension] = ofWaits) -> [Parameter] {
        dimensions.map { dimension in
            .query(
                dimension.rawValue, .string,
                Text(id: "\(dimension.name.id). Boleh diulang.", en: "\(dimension.name.en). May be repeated."))
        }
    }
}

/// The time that a question in a URL is about.
enum URLRange {
    static let names = ["from", "to", "preset"]

    /// - Parameter standard: the preset that holds when nothing is said.
    static func parameters(standard: QueryRange.Preset = .last7Days) -> [Parameter] {
        let time: Schema = .anyOf([.formatted("date"), .formatted("date-time")])
        return [
            .query("from", time, Text(id: "Mulai.", en: "Start.")),
            .query("to", time, Text(id: "Sampai sebelum.", en: "End, excluded.")),
            .query(
                "preset", .word(QueryRange.Preset.allCases.map(\.rawValue)),
                Text(
                    id: "Sebagai ganti from dan to; bawaan \(standard.rawValue).",
                    en: "In place of from and to; \(standard.rawValue) by default.")),
        ]
    }
}

extension URLQuery {
    /// `from` and `to`, or `preset`, or the standard when all are absent.
    func range(
        now: Instant, in workspace: Workspace, standard: QueryRange.Preset = .last7Days
    ) throws -> QueryRange {
        let preset: QueryRange.Preset? = try choice("preset")
        let from = try instant("from", in: workspace)
        let to = try instant("to", in: workspace)
        switch (preset, from, to) {
        case (let preset?, nil, nil): return .preset(preset)
        case (nil, let from?, let to): return .instants(from: from, to: to ?? now)
        case (nil, nil, nil): return .preset(standard)
        default:
            throw Failure(
                .malformed, id: "Sebut from dan to, atau preset; to memerlukan from.",
                en: "Give from and to, or preset; to needs from.")
        }
    }

    /// The same as instants. Throws for an empty range.
    func span(
        now: Instant, in workspace: Workspace, standard: QueryRange.Preset = .last7Days
    ) throws -> Range<Instant> {
        let range = try range(now: now, in: workspace, standard: standard)
        let (from, to) = range.resolved(now: now, clock: try ZoneClock.named(workspace.timeZone))
        guard from < to else {
            throw Failure(.malformed, id: "from harus sebelum to.", en: "from must be before to.")
        }
        return from..<to
    }

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
    /// What is known of a row, as an object.
    mutating func member(_ name: String, _ dimensions: [Dimension: String]) {
        member(
            name,
            object: {
                for dimension in Dimension.allCases {
                    if let value = dimensions[dimension] { $0.member(dimension.rawValue, value) }
                }
            })
    }

    /// A range of instants, as an object.
    mutating func member(_ name: String, _ range: Range<Instant>) {
        member(
            name,
            object: {
                $0.member("from", RFC3339.format(range.lowerBound))
                $0.member("to", RFC3339.format(range.upperBound))
            })
    }

    /// An exact amount with its currency, or `null`.
    mutating func member(_ name: String, _ money: Money?) {
        key(name)
        guard let money else { return null() }
        object {
            $0.key("amount")
            $0.raw(money.decimal)
            $0.member("currency", money.currency)
        }
    }
}
