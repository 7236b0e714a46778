#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bounds for a comparison with a planned end that is looked at a known number of times: a two-sided α is spent as
/// αt² over the share t of the planned information (Lan and DeMets 1983; Kim and DeMets 1987, ρ = 2), computed by
/// recursive integration (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, chapter 19).
package enum SequentialBounds {
    /// Looks at most: more are no longer "a known number of times".
    package static let looksMax = 100

    /// |z| at or above which the difference is real, for evenly spaced looks. Empty for no looks or a strange α.
    package static func bounds(looks: Int, alpha: Double = 0.05) -> [Double] {
        guard looks >= 1, looks <= looksMax else { return [] }
        return bounds(at: (1...looks).map { Double($0) / Double(looks) }, alpha: alpha)
    }

    /// The same for looks at shares of the planned information, which must rise and end at no more than 1; empty
    /// when they do not.
    package static func bounds(at shares: [Double], alpha: Double = 0.05) -> [Double] {
        guard let first = shares.first, first > 0, shares.count <= looksMax, alpha > 0, alpha < 1,
            zip(shares, shares.dropFirst()).allSatisfy({ $0 < $1 }), let last = shares.last, last <= 1 + 1e-9
        else { return [] }
        var bounds: [Double] = []
        // The score's density at the last look, among the paths that have not crossed; symmetric, so on x ≥ 0 only.
        var density: [(x: Double, mass: Double)] = [(0, 0.5)]
        var before = 0.0
        for share in shares {
            let sd = (share - before).squareRoot()
            let spend = alpha * (share * share - before * before)
            let leaving = { (edge: Double) in
                density.reduce(0) { $0 + 2 * $1.mass * (upperTail((edge - $1.x) / sd) + upperTail((edge + $1.x) / sd)) }
            }
            var (low, high) = (0.0, 12.0 * share.squareRoot())
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if leaving(middle) > spend { low = middle } else { high = middle }
            }
            let edge = (low + high) / 2
            bounds.append(edge / share.squareRoot())
            density = next(density, sd: sd, edge: edge)
            before = share
        }
        return bounds
    }

    /// Whether a difference is real at a look of a comparison with a planned end: |d|·√v against the bound of that
    /// look.
    /// - Parameters:
    ///   - information: one over the variance of the difference, at each look until now.
    ///   - planned: at the planned end. Looks beyond it count as the end.
    package static func isDifferent(
        difference: Double, information: [Double], planned: Double, alpha: Double = 0.05
    ) -> Bool {
        guard planned > 0, planned.isFinite, let now = information.last, now > 0, now.isFinite else { return false }
        var shares: [Double] = []
        for value in information {
            let share = min(1, value / planned)
            // A look that brought nothing new is none.
            if share > shares.last ?? 0 { shares.append(share) }
        }
        guard let bound = bounds(at: shares, alpha: alpha).last else { return false }
        return abs(difference) * now.squareRoot() >= bound
    }

    /// One step on, on an even grid within the bound (Simpson's rule), fine enough for the step's own width.
    private static func next(
        _ density: [(x: Double, mass: Double)], sd: Double, edge: Double
    ) -> [(x: Double, mass: Double)] {
        let panels = min(2_000, max(60, Int(edge / sd * 12) / 2 * 2))
        let step = edge / Double(panels)
        let scale = 1 / (sd * (2 * Double.pi).squareRoot())
        return (0...panels).map { index in
            let x = Double(index) * step
            var value = 0.0
            for point in density {
                let (near, far) = ((x - point.x) / sd, (x + point.x) / sd)
                if abs(near) < 9 { value += point.mass * exp(-near * near / 2) }
                if far < 9 { value += point.mass * exp(-far * far / 2) }
            }
            let weight = index == 0 || index == panels ? 1.0 : (index % 2 == 1 ? 4 : 2)
            return (x, value * scale * weight * step / 3)
        }
    }

    /// P(Z > z).
    static func upperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

    /// The standard normal deviate below which a share lies; nil outside 0 … 1.
    static func quantile(_ share: Double) -> Double? {
        guard share > 0, share < 1 else { return nil }
        var (low, high) = (-39.0, 39.0)
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if upperTail(-middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
