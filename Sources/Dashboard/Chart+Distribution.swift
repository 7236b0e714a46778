import Analytics
import Catalogue
import Domain
import Web

extension Chart {
    /// How times are spread, on a logarithmic axis, with the percentiles as marks. One line is drawn in counts; several
    /// each as shares of their own, for there may be a hundred times as many answers of bots as of people.
    static func spread(
        _ distribution: Distribution, _ scope: Scope, _ lines: [(line: Distribution.Line, name: String, thing: Palette)]
    ) -> Chart {
        let figures = scope.figures
        let used = Distribution.bounds.indices.filter { index in lines.contains { $0.line.bins[index].count > 0 } }
        let shown = Array((used.first ?? 0)...(used.last ?? 0))
        let places = shown.map { index -> Place in
            let from = figures.duration(Distribution.bounds[index])
            guard let to = distribution.total.bins[index].toSeconds else {
                return Place(short: "≥ \(from)", name: scope.say("\(from) ke atas", "\(from) or more"))
            }
            let end = figures.duration(to)
            return Place(short: from, name: index == 0 ? "< \(end)" : "\(from) – \(end)")
        }
        let isShare = lines.count > 1
        let series = lines.map { line, name, thing -> Series in
            let all = line.count
            let points = shown.map { index -> Point in
                let count = line.bins[index].count
                let share = all > 0 ? Double(count) / Double(all) : nil
                let percent: HTML = share.map { " <span class=\"muted\">\(figures.percent($0))</span>" } ?? ""
                let words: HTML = """
                    <data value="\(String(count))" data-bin="\(index)">\(figures.integer(count))</data>\(percent)
                    """
                return Point(
                    value: isShare ? share : Double(count), words: words,
                    sample: isShare ? count : nil)
            }
            return Series(name: name, thing: thing, unit: isShare ? .ratio : .count, points: points)
        }
        let name = Catalogue.metric("\(distribution.family)_p50")?.name(scope.language) ?? distribution.family
        return Chart(
            kind: .histogram, title: scope.say("Sebaran: \(name)", "Distribution: \(name)"),
            axis: scope.say("Lamanya", "How long"), places: places, series: series,
            marks: lines.flatMap { percentiles($0.line, isShare ? $0.name : nil, from: shown.first ?? 0, scope) },
            language: scope.language)
    }

    /// All times as one.
    static func spread(_ distribution: Distribution, _ scope: Scope, name: String, _ thing: Palette) -> Chart {
        spread(distribution, scope, [(distribution.total, name, thing)])
    }

    private static func percentiles(_ line: Distribution.Line, _ name: String?, from first: Int, _ scope: Scope)
        -> [Mark]
    {
        let all: [(String, Double?)] = [("Median", line.median), ("P90", line.p90), ("P99", line.p99)]
        return all.compactMap { word, seconds in
            guard let seconds else { return nil }
            let index = Distribution.bin(of: seconds)
            let (from, to) = (line.bins[index].fromSeconds, line.bins[index].toSeconds ?? seconds * 2)
            // Inside a bar the place is by eye: even steps between its ends.
            let inside = to > from ? min(0.99, max(0, (seconds - from) / (to - from))) : 0.5
            return Mark(
                position: Double(index - first) + inside, time: scope.figures.duration(seconds),
                words: [name, word].compactMap { $0 }.joined(separator: ": "))
        }
    }
}
