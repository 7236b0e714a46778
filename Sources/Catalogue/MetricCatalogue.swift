import Domain

/// Everything that can be asked: the one list of metrics.
package enum Catalogue {
    package static let metrics: [Metric] =
        messageCounts + messageRates + messageDurations + waitCounts + waitTimes + waitRates + conversationCounts
        + conversationOutcomes + costs + outcomes + credits

    private static let byID = Dictionary(metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    package static func metric(_ id: String) -> Metric? { byID[id] }

    /// The metric of an id; throws `unprocessable` with the nearest ids when there is none.
    package static func requireMetric(_ id: String) throws(Failure) -> Metric {
        if let metric = byID[id] { return metric }
        throw unknown(
            Text(id: "Metrik", en: "metric"), id, nearest: nearest(to: id, among: metrics.map(\.id)),
            list: "/api/v1/metrics")
    }

    /// The dimension of an id; throws `unprocessable` with the nearest ids when there is none.
    package static func requireDimension(_ id: String) throws(Failure) -> Dimension {
        if let dimension = Dimension(rawValue: id) { return dimension }
        throw unknown(
            Text(id: "Dimensi", en: "dimension"), id,
            nearest: nearest(to: id, among: Dimension.allCases.map(\.rawValue)), list: "/api/v1/dimensions")
    }

    /// Up to `count` ids of metrics and dimensions that are spelt most like `word`, nearest first.
    package static func nearest(to word: String, count: Int = 3) -> [String] {
        nearest(to: word, among: metrics.map(\.id) + Dimension.allCases.map(\.rawValue), count: count)
    }

    /// Up to `count` of some words that are spelt most like `word`, nearest first.
    package static func nearest(to word: String, among words: [String], count: Int = 3) -> [String] {
        let asked = Array(word.lowercased().utf8.prefix(64))
        let ranked = words.enumerated().map { index, candidate -> (distance: Int, index: Int, word: String) in
            (editDistance(asked, Array(candidate.utf8)), index, candidate)
        }
        return ranked.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(count).map(\.word)
    }

    private static func unknown(_ kind: Text, _ word: String, nearest: [String], list: String) -> Failure {
        let shown = String(word.prefix(64))
        let names = nearest.joined(separator: ", ")
        return Failure(
            .unprocessable,
            id: "\(kind.id) \"\(shown)\" tidak dikenal. Yang paling mirip: \(names). Daftar lengkap: \(list).",
            en: "Unknown \(kind.en) \"\(shown)\". Nearest: \(names). The whole list: \(list).")
    }
}

/// Fewest letters to add, take away, change or swap with the next, to make one word of the other.
func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty else { return b.count }
    guard !b.isEmpty else { return a.count }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + Array(repeating: 0, count: b.count)
        for j in 1...b.count {
            let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(change, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
