#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Many series watched at once: which of their alarms to believe, and which segment to name.
package enum Discovery {
    /// Places of the p-values that stand when at most a share `q` of those that stand may be false (Benjamini,
    /// Hochberg 1995), in ascending order of place.
    ///
    /// - Parameter tests: how many tests were made, when only the small p-values are given.
    package static func benjaminiHochberg(_ pValues: [Double], q: Double, tests: Int? = nil) -> [Int] {
        let known = pValues.indices.filter { !pValues[$0].isNaN }.sorted {
            (pValues[$0], $0) < (pValues[$1], $1)
        }
        let count = Double(max(tests ?? known.count, known.count))
        guard let last = known.indices.last(where: { pValues[known[$0]] <= q * Double($0 + 1) / count }) else {
            return []
        }
        return known[...last].sorted()
    }

    /// The anomalies of one tick that stand, of `tests` series that were judged. Late data is no test and always
    /// stands.
    package static func standing(_ anomalies: [Anomaly], tests: Int, q: Double = 0.05) -> [Anomaly] {
        let kept = Set(
            benjaminiHochberg(anomalies.map { $0.kind == .lateData ? 0 : $0.pValue }, q: q, tests: tests))
        return anomalies.indices.filter { kept.contains($0) || anomalies[$0].kind == .lateData }.map { anomalies[$0] }
    }

    /// What one segment showed in a bucket or a run of them. Of a ratio the counted thing is the bad events, so that
    /// segments add up.
    package struct SegmentResult: Hashable, Sendable {
        package var segment: [String: String]
        package var observed: Double
        package var expected: Double
        /// Of `observed` when nothing is wrong.
        package var variance: Double
        package var isAnomalous: Bool

        package init(
            segment: [String: String], observed: Double, expected: Double, variance: Double, isAnomalous: Bool
        ) {
            self.segment = segment
            self.observed = observed
            self.expected = expected
            self.variance = variance
            self.isAnomalous = isAnomalous
        }

        var excess: Double { observed - expected }
    }

    /// The places of the anomalous segments worth naming: the coarsest that explain their children.
    ///
    /// A segment whose excess is all in one child gives way to the child; else it stands, and its children are named
    /// beside it only when they are off by more than the segment as a whole is.
    package static func coarsest(_ results: [SegmentResult]) -> [Int] {
        let anomalous = results.indices.filter {
            results[$0].isAnomalous && results[$0].excess.isFinite && results[$0].variance >= 0
        }
        // Coarse before fine; equals by name, so that the order of input does not matter.
        let order = anomalous.sorted {
            (depth(results[$0]), name(results[$0])) < (depth(results[$1]), name(results[$1]))
        }
        var dropped = Set<Int>()
        for place in order.reversed() {
            let parent = results[place]
            let children = order.filter { $0 != place && isPart(results[$0], of: parent) }
            let isShadow = children.contains { child in
                !dropped.contains(child) && explains(results[child], parent)
            }
            if isShadow { dropped.insert(place) }
        }
        for place in order where !dropped.contains(place) {
            for child in order
            where child != place && !dropped.contains(child) && isPart(results[child], of: results[place]) {
                if follows(results[child], results[place]) { dropped.insert(child) }
            }
        }
        return anomalous.filter { !dropped.contains($0) }
    }

    private static func depth(_ result: SegmentResult) -> Int { result.segment.count }

    private static func name(_ result: SegmentResult) -> String {
        result.segment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1}")
    }

    private static func isPart(_ child: SegmentResult, of parent: SegmentResult) -> Bool {
        child.segment.count > parent.segment.count
            && parent.segment.allSatisfy { child.segment[$0.key] == $0.value }
    }

    /// Without the child nothing is left of the parent's excess: neither much of it, nor anything beyond chance. A
    /// child that is nearly the whole parent says nothing new.
    private static func explains(_ child: SegmentResult, _ parent: SegmentResult) -> Bool {
        guard child.excess * parent.excess > 0, child.expected < 0.9 * parent.expected else { return false }
        let rest = parent.excess - child.excess
        let variance = max(parent.variance - child.variance, 0.25 * parent.variance, 1e-12)
        let isLittle = abs(rest) <= 0.25 * abs(parent.excess) || rest * parent.excess < 0
        return isLittle && rest * (parent.excess < 0 ? -1 : 1) < 2.5 * variance.squareRoot()
    }

    /// The child is off in proportion to the parent, or by less than chance beyond that.
    private static func follows(_ child: SegmentResult, _ parent: SegmentResult) -> Bool {
        guard child.excess * parent.excess > 0, parent.expected > 0 else { return false }
        let factor = parent.observed / parent.expected
        let beyond = (child.observed - child.expected * factor) * (parent.excess < 0 ? -1 : 1)
        return beyond < 3 * max(child.variance * max(factor, 1), 1e-12).squareRoot()
    }
}
