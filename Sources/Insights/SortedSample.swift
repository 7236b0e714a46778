/// All values seen so far, in order: ranks, nearest values and the upper tail in a few steps, however long the
/// series. Kept as short sorted runs, so that an insertion moves hundreds of numbers and not all.
struct SortedSample: Sendable {
    private var runs: [[Double]] = []
    private(set) var count = 0

    private static let runMax = 512

    /// NaN has no place in an order and is left out.
    mutating func insert(_ value: Double) {
        guard !value.isNaN else { return }
        count += 1
        guard !runs.isEmpty else {
            runs.append([value])
            return
        }
        let run = runIndex(of: value)
        runs[run].insert(value, at: Self.lowerBound(runs[run], value))
        if runs[run].count > Self.runMax {
            let half = runs[run].count / 2
            let upper = Array(runs[run][half...])
            runs[run].removeSubrange(half...)
            runs.insert(upper, at: run + 1)
        }
    }

    /// How many are `value` or more.
    func countAtLeast(_ value: Double) -> Int {
        guard !runs.isEmpty, !value.isNaN else { return 0 }
        let run = runIndex(of: value)
        var count = runs[run].count - Self.lowerBound(runs[run], value)
        for later in (run + 1)..<max(runs.count, run + 1) { count += runs[later].count }
        return count
    }

    var maximum: Double? { runs.last?.last }

    /// The largest `size` values, largest first.
    func largest(_ size: Int) -> [Double] {
        var found: [Double] = []
        found.reserveCapacity(min(max(size, 0), count))
        for run in runs.reversed() {
            for value in run.reversed() {
                guard found.count < size else { return found }
                found.append(value)
            }
        }
        return found
    }

    /// The mean distance from `value` to the `size` values nearest to it; nil when there is none.
    func meanDistance(from value: Double, toNearest size: Int) -> Double? {
        guard !runs.isEmpty, !value.isNaN, size > 0 else { return nil }
        let run = runIndex(of: value)
        var above = (run: run, at: Self.lowerBound(runs[run], value))
        if above.at == runs[run].count { above = (run + 1, 0) }
        var below = previous(above)
        var sum = 0.0
        var found = 0
        while found < size {
            let up = above.run < runs.count ? runs[above.run][above.at] - value : .infinity
            let down = below.map { value - runs[$0.run][$0.at] } ?? .infinity
            guard up.isFinite || down.isFinite else { break }
            found += 1
            if up <= down {
                sum += up
                above.at += 1
                if above.at == runs[above.run].count { above = (above.run + 1, 0) }
            } else {
                sum += down
                below = below.flatMap(previous)
            }
        }
        return found == 0 ? nil : sum / Double(found)
    }

    private func previous(_ place: (run: Int, at: Int)) -> (run: Int, at: Int)? {
        if place.at > 0 { return (place.run, place.at - 1) }
        return place.run > 0 ? (place.run - 1, runs[place.run - 1].count - 1) : nil
    }

    /// The first run whose last value is not below; the last run when all are below.
    private func runIndex(of value: Double) -> Int {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if let last = runs[middle].last, last >= value { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func lowerBound(_ run: [Double], _ value: Double) -> Int {
        var (low, high) = (0, run.count)
        while low < high {
            let middle = (low + high) / 2
            if run[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
