import Domain

/// How one outcome is shared among the touches before it: whole millionths that always add up to one.
package enum Attribution {
    /// The share of a whole outcome.
    package static let whole: Int64 = 1_000_000
    /// A touch so much older counts half in `time_decay`.
    package static let halfLifeMicroseconds: Int64 = 7 * 86_400 * 1_000_000

    /// The share of each touch, in their order; all 0 when the model gives nothing.
    /// - Parameters:
    ///   - touches: ascending, none after the outcome.
    package static func shares(_ model: AttributionModel, of touches: [Touch], at: Instant) -> [Int64] {
        guard !touches.isEmpty else { return [] }
        return apportioned(whole, by: weights(model, touches, at))
    }

    private static func weights(_ model: AttributionModel, _ touches: [Touch], _ at: Instant) -> [UInt64] {
        let count = touches.count
        func only(_ index: Int?) -> [UInt64] { touches.indices.map { $0 == index ? 1 : 0 } }
        switch model {
        case .lastTouch: return only(count - 1)
        case .firstTouch: return only(0)
        case .lastClick: return only(touches.lastIndex { $0.kind == .click })
        case .linear: return touches.map { _ in 1 }
        case .position:
            guard count > 2 else { return touches.map { _ in 1 } }
            // 40 : 20 : 40, the 20 in as many parts as there are touches between.
            let end = UInt64(2 * (count - 2))
            return touches.indices.map { $0 == 0 || $0 == count - 1 ? end : 1 }
        case .timeDecay:
            return touches.map { decay(ageMicroseconds: max(0, at.microseconds(since: $0.at))) }
        }
    }

    /// Divides a whole number by weights to the last unit: what is left after rounding down goes to the largest
    /// remainders, the first of equal ones. All 0 when no weight is positive.
    package static func apportioned(_ total: Int64, by weights: [UInt64]) -> [Int64] {
        let (sum, isTooLarge) = weights.reduce((UInt64(0), false)) { sum, weight in
            let (next, overflow) = sum.0.addingReportingOverflow(weight)
            return (next, sum.1 || overflow)
        }
        guard sum > 0, total > 0, !isTooLarge else { return weights.map { _ in 0 } }
        var parts: [Int64] = []
        var remainders: [(remainder: UInt64, index: Int)] = []
        var left = total
        for (index, weight) in weights.enumerated() {
            // The weight is part of the sum, so that the quotient is at most the total.
            let product = UInt64(total).multipliedFullWidth(by: weight)
            let (quotient, remainder) = sum.dividingFullWidth(product)
            parts.append(Int64(quotient))
            left -= Int64(quotient)
            if remainder > 0 { remainders.append((remainder, index)) }
        }
        guard left > 0 else { return parts }
        remainders.sort { ($1.remainder, $0.index) < ($0.remainder, $1.index) }
        for (_, index) in remainders.prefix(Int(left)) { parts[index] += 1 }
        return parts
    }

    // MARK: Decay

    /// 2^(−age / half-life) in units of 2^−50, by whole numbers alone, so that every machine gets the same. Exact to
    /// about a hundred-millionth; never 0 inside the longest window.
    static func decay(ageMicroseconds age: Int64) -> UInt64 {
        let halvings = age / halfLifeMicroseconds
        guard halvings < 50 else { return 0 }
        // What is left of a half-life, in units of 2^−24 of it (36 ms).
        let rest = UInt64(age % halfLifeMicroseconds)
        let (fraction, _) = UInt64(halfLifeMicroseconds).dividingFullWidth(rest.multipliedFullWidth(by: 1 << 24))
        var factor: UInt64 = 1 << 30
        for (index, root) in roots.enumerated() where fraction & (1 << UInt64(23 - index)) != 0 {
            factor = (factor &* root) >> 30
        }
        return (factor << 20) >> UInt64(halvings)
    }

    /// 2^(−1/2), 2^(−1/4), 2^(−1/8) … in units of 2^−30, each the square root of the one before.
    private static let roots: [UInt64] = {
        var roots: [UInt64] = []
        var last: UInt64 = 1 << 29
        for _ in 0..<24 {
            last = squareRoot(last << 30)
            roots.append(last)
        }
        return roots
    }()

    /// The largest whole number whose square is at most `value` (below 2^62).
    private static func squareRoot(_ value: UInt64) -> UInt64 {
        var root: UInt64 = 0
        for bit in stride(from: UInt64(30), through: 0, by: -1) {
            let candidate = root | (1 << bit)
            if candidate &* candidate <= value { root = candidate }
        }
        return root
    }
}
