#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A log-spaced histogram of durations in seconds with a relative error of at most 1 % (DDSketch, Masson,
/// Rim & Lee 2019, α = 0.01). Counts add and subtract exactly, in any order, so cells can be corrected and merged.
///
/// Bin 0 holds durations under one second; bin i ≥ 1 holds (γ^(i−2), γ^(i−1)] with γ = (1 + α)/(1 − α).
package struct Histogram: Hashable, Sendable {
    package static let relativeError = 0.01
    static let gamma = (1 + relativeError) / (1 - relativeError)
    static let logGamma = log(gamma)
    /// Largest bin: about 3 years. Longer durations are counted in it.
    package static let binMax: Int32 = 925

    /// Non-zero counts by bin.
    package private(set) var counts: [Int32: Int64]

    package init() { counts = [:] }

    /// The bin of a duration. Negative durations (clocks that disagree) count as zero.
    package static func bin(microseconds: Int64) -> Int32 {
        guard microseconds >= 1_000_000 else { return 0 }
        let seconds = Double(microseconds) / 1_000_000
        let index = Int32((log(seconds) / logGamma).rounded(.up)) + 1
        return min(max(index, 1), binMax)
    }

    /// The value in seconds that stands for a bin: within 1 % of every duration in it. Below 50 s durations are
    /// whole seconds (Meta's clock ticks in seconds), so the value is rounded to them.
    package static func value(bin: Int32) -> Double {
        guard bin > 0 else { return 0 }
        let value = 2 * pow(gamma, Double(bin - 1)) / (1 + gamma)
        return value < 50 ? value.rounded() : value
    }

    /// The longest duration in seconds that belongs to a bin; those beyond the last bin are counted in it.
    package static func upperBound(bin: Int32) -> Double { bin > 0 ? pow(gamma, Double(bin - 1)) : 1 }

    package var isEmpty: Bool { counts.isEmpty }
    package var total: Int64 { counts.values.reduce(0, &+) }

    /// Adds `count` (negative to take away) to one bin.
    package mutating func add(_ count: Int64, bin: Int32) {
        guard count != 0 else { return }
        let sum = counts[bin, default: 0] &+ count
        counts[bin] = sum == 0 ? nil : sum
    }

    package mutating func add(_ other: Histogram) {
        for (bin, count) in other.counts { add(count, bin: bin) }
    }

    /// The duration in seconds at rank q(n − 1), 0 ≤ q ≤ 1; nil when there are none.
    package func quantile(_ q: Double) -> Double? { bin(atQuantile: q).map(Self.value(bin:)) }

    /// The bin of the duration at rank q(n − 1), rounded down; nil when there are none.
    package func bin(atQuantile q: Double) -> Int32? {
        let n = total
        guard n > 0 else { return nil }
        let rank = max(0, min(1, q)) * Double(n - 1)
        var seen: Int64 = 0
        for (bin, count) in counts.sorted(by: { $0.key < $1.key }) where count > 0 {
            seen &+= count
            if Double(seen - 1) >= rank.rounded(.down) { return bin }
        }
        return counts.keys.max()
    }

    /// The longest duration in seconds; nil when there are none.
    package var maximum: Double? {
        counts.filter { $0.value > 0 }.keys.max().map(Self.value(bin:))
    }

    /// How many durations lie in bins after `bin`.
    package func count(above bin: Int32) -> Int64 { counts.reduce(0) { $1.key > bin ? $0 &+ $1.value : $0 } }

    /// The share of durations of at most `seconds`; nil when there are none. The bin that holds `seconds` counts.
    package func share(withinSeconds seconds: Double) -> Double? {
        let n = total
        guard n > 0 else { return nil }
        let last = Self.bin(microseconds: Int64(min(max(seconds, 0), 9e12) * 1_000_000))
        let inside = counts.reduce(Int64(0)) { $1.key <= last ? $0 &+ $1.value : $0 }
        return Double(inside) / Double(n)
    }
}
