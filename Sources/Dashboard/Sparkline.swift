import Analytics
import Domain
import Web

/// The course of one number, as small as a word. What is not complete yet is dashed; a gap is a gap.
struct Sparkline: Sendable {
    var values: [Double?]
    var isPartial: [Bool] = []
    var thing: Palette
    /// Told in place of the picture; nil where the numbers stand beside it.
    var label: String?
    /// Beside a number of a table rather than under the number of a card.
    var isInline = false

    private static let width = 120.0
    private static let height = 32.0

    init(
        _ values: [Double?], isPartial: [Bool] = [], _ thing: Palette, label: String? = nil, isInline: Bool = false
    ) {
        self.values = values
        self.isPartial = isPartial
        self.thing = thing
        self.label = label
        self.isInline = isInline
    }

    /// A metric of an answer over time.
    init(_ answer: Answer, _ metric: String, _ thing: Palette, _ scope: Scope, isInline: Bool = false) {
        let buckets = TimeBuckets(answer, scope)
        let values = buckets.rows.map { row in row.flatMap { answer.cell($0, metric).number } }
        self.init(
            values, isPartial: buckets.places(nil).map(\.isPartial), thing, isInline: isInline)
    }

    var html: HTML {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard known.count > 1, let most = known.max() else { return "" }
        let least = min(known.min() ?? 0, most)
        let told: HTML = label.map { "role=\"img\" aria-label=\"\($0)\"" } ?? "aria-hidden=\"true\""
        let inline: HTML = isInline ? " inline" : ""
        let (solid, dashed, area) = paths(least: least, most: most)
        let part: HTML = dashed.isEmpty ? "" : "<path class=\"part\" d=\"\(dashed)\"/>"
        return """
            <svg class="spark\(inline) \(thing.name)" viewBox="0 0 120 32" preserveAspectRatio="none" \(told)>\
            <path class="area" d="\(area)"/><path d="\(solid)"/>\(part)</svg>
            """
    }

    private func paths(least: Double, most: Double) -> (solid: String, dashed: String, area: String) {
        let step = (Self.width - 4) / Double(max(1, values.count - 1))
        let span = max(most - least, 1e-9)
        let at = { (index: Int, value: Double) in
            let y = most == least ? Self.height / 2 : 3 + (1 - (value - least) / span) * (Self.height - 6)
            return "\(Self.tenths(2 + Double(index) * step)) \(Self.tenths(y))"
        }
        var (solid, dashed, area) = ("", "", "")
        var run: [Int] = []
        let close = { (run: [Int]) -> String in
            guard let first = run.first, let last = run.last, run.count > 1 else { return "" }
            let line = run.compactMap { index in values[index].map { at(index, $0) } }.joined(separator: "L")
            let (left, right) = (Self.tenths(2 + Double(first) * step), Self.tenths(2 + Double(last) * step))
            return "M\(left) \(Self.tenths(Self.height))L\(line)L\(right) \(Self.tenths(Self.height))Z"
        }
        for index in values.indices {
            guard let value = values[index], value.isFinite else {
                area += close(run)
                run = []
                continue
            }
            if let before = run.last, let then = values[before] {
                let isOpen = isPartial.indices.contains(index) && isPartial[index]
                let piece = "M\(at(before, then))L\(at(index, value))"
                if isOpen { dashed += piece } else { solid += piece }
            }
            run.append(index)
        }
        return (solid, dashed, area + close(run))
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
