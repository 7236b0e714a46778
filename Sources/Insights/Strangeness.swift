#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One signal of a streaming detector, made comparable with others: how rare its present value is among its own past,
/// as −log10 of a p-value.
///
/// The p-value is conformal (Vovk, Gammerman, Shafer 2005: `p = (1 + #{past ≥ s}) / (1 + n)`); above every past value
/// it follows a Pareto tail whose index is Hill's estimate (Hill 1975) over the top 5 %.
struct Strangeness: Sendable {
    private var past = SortedSample()

    static let most = 8.0
    private static let tailShare = 0.05
    private static let tailMin = 5
    private static let indexMin = 0.02

    /// −log10 p of `signal` against what came before it, which it then joins.
    mutating func of(_ signal: Double) -> Double {
        guard signal.isFinite else { return 0 }
        defer { past.insert(signal) }
        let n = past.count
        guard n > 0 else { return 0 }
        let plain = Double(1 + past.countAtLeast(signal)) / Double(1 + n)
        guard let maximum = past.maximum, signal > maximum, n > Self.tailMin else { return -log10(plain) }
        let top = past.largest(max(Self.tailMin, Int(Self.tailShare * Double(n))) + 1)
        guard let threshold = top.last, threshold > 0 else { return -log10(plain) }
        let size = Double(top.count - 1)
        let hill = max(Self.indexMin, top.dropLast().reduce(0) { $0 + log($1 / threshold) } / size)
        let tail = size / Double(n) * pow(signal / threshold, -1 / hill)
        return min(Self.most, -log10(max(min(tail, plain), 1e-12)))
    }
}
