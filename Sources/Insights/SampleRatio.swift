#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether customers were still shared out among variants as planned. When they were not (Meta paces or pauses one
/// template; a bug sends one to some customers only), the groups are no longer alike and no verdict holds.
package enum SampleRatio {
    /// e-value above which the shares are not as planned. An e-value of 1000 comes by chance at most once in 1000
    /// comparisons, however often one looks.
    package static let alarm = 1_000.0
    /// 100 θ: how firmly the alternative expects the planned shares.
    private static let firmness = 100.0

    /// ln of the multinomial e-value B(100θ + x)/B(100θ)/Πθ^x (Lindon and Malek 2022). 0 (no evidence) for counts or
    /// shares that make no sense.
    package static func logEvidence(counts: [Int], shares: [Double]) -> Double {
        let total = shares.reduce(0, +)
        guard counts.count == shares.count, counts.count > 1, total > 0, total.isFinite,
            shares.allSatisfy({ $0 > 0 && $0.isFinite }), counts.allSatisfy({ $0 >= 0 })
        else { return 0 }
        let all = counts.reduce(0.0) { $0 + Double($1) }
        var log = lgamma(firmness) - lgamma(firmness + all)
        for (count, share) in zip(counts, shares) {
            let share = share / total
            log += lgamma(firmness * share + Double(count)) - lgamma(firmness * share)
            log -= Double(count) * naturalLog(share)
        }
        return log
    }

    /// Whether the shares are not as planned.
    package static func isMismatch(counts: [Int], shares: [Double]) -> Bool {
        logEvidence(counts: counts, shares: shares) > naturalLog(alarm)
    }

    private static func naturalLog(_ value: Double) -> Double { log(value) }
}
