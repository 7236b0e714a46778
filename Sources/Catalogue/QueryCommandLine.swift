import Domain

extension Query {
    /// The same question for a shell: `pantau query --metrics delivery_rate --by template --last last_28_days`.
    ///
    /// What has a default is left out. A value with a comma cannot be said there and makes it nil.
    package var commandLine: String? {
        var words = ["pantau", "query", "--metrics", metrics.joined(separator: ",")]
        if !dimensions.isEmpty { words += ["--by", dimensions.map(\.rawValue).joined(separator: ",")] }
        switch range {
        case .preset(let preset): words += ["--last", preset.rawValue]
        case .lastDays(let days): words += ["--last", "\(days)d"]
        case .dates(let from, let to): words += ["--from", from.description, "--to", to.description]
        case .instants(let from, let to):
            words += ["--from", ZoneClock.utc.rfc3339(from), "--to", ZoneClock.utc.rfc3339(to)]
        }
        if grain != .total { words += ["--grain", grain.rawValue] }
        for filter in filters {
            guard !filter.values.contains(where: { $0.contains(",") }) else { return nil }
            let sign = filter.op == .isIn || filter.op == .isNull ? "=" : "!="
            words += ["--filter", filter.dimension.rawValue + sign + filter.values.joined(separator: ",")]
        }
        if let timezone { words += ["--timezone", timezone] }
        if let compare { words += ["--compare", compare.rawValue] }
        if let limit { words += ["--limit", String(limit)] }
        if !order.isEmpty {
            let columns = order.map { $0.by + ($0.isDescending ? ":desc" : "") }
            words += ["--order", columns.joined(separator: ",")]
        }
        return words.map(Self.shellWord).joined(separator: " ")
    }

    /// In single quotes where a shell would read more into it.
    package static func shellWord(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.,:=/+".utf8.contains(byte)
            }
        }
        guard !isPlain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
