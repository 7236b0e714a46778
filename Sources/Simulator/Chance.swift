/// A seeded source of chance that gives the same numbers on every machine.
///
/// SplitMix64 (Steele, Lea, Flood 2014). Nothing here calls the C library: its `exp` and `log` differ in the
/// last bit between systems, which would be enough to make two runs drift apart.
package struct Chance: Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// An independent stream for one purpose, e.g. one day: the same pair always gives the same numbers.
    package init(seed: UInt64, stream: UInt64) {
        state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(stream &+ 0xD1B5_4A32_D192_ED03)
    }

    package static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Uniform in [0, 1).
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    package mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    /// Uniform in `0..<count`; 0 when `count` is not positive.
    package mutating func below(_ count: Int) -> Int {
        guard count > 0 else { return 0 }
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Uniform whole number of the closed range.
    package mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    package mutating func pick<Element>(_ elements: [Element], or fallback: Element) -> Element {
        elements.isEmpty ? fallback : elements[below(elements.count)]
    }

    /// Index drawn in proportion to the weights.
    package mutating func weighted(_ weights: [Double]) -> Int {
        var total = 0.0
        for weight in weights { total += weight }
        var rest = unit() * total
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return max(0, weights.count - 1)
    }

    /// Close to a standard normal: the sum of twelve uniforms less six (range −6…6), arithmetic only.
    package mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<6 {
            let bits = next()
            sum += Double(bits >> 32) * 0x1p-32 + Double(bits & 0xFFFF_FFFF) * 0x1p-32
        }
        return sum
    }

    /// Log-normal with the given median and shape (sigma of the natural logarithm).
    package mutating func logNormal(median: Double, sigma: Double) -> Double {
        median * Self.exponential(normal() * sigma)
    }

    /// The expected count, rounded up or down by chance so that many small counts keep their sum.
    package mutating func count(expected: Double) -> Int {
        guard expected > 0, expected < 1e9 else { return 0 }
        let whole = Int(expected)
        return whole + (happens(expected - Double(whole)) ? 1 : 0)
    }

    /// e^x for |x| ≤ 700 by halving and a Taylor polynomial: plain IEEE additions and products, so identical
    /// everywhere.
    package static func exponential(_ x: Double) -> Double {
        let clamped = min(700, max(-700, x))
        let halvings = 11
        let small = clamped / Double(1 << halvings)
        var term = 1.0
        var sum = 1.0
        for n in 1...8 {
            term *= small / Double(n)
            sum += term
        }
        for _ in 0..<halvings { sum *= sum }
        return sum
    }
}
