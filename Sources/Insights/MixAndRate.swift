/// The change of a ratio R = Σ w r, split into what the rates and what the weights did. The two add up exactly to the
/// change.
///
/// ΔR = Σ (w₁ + w₀)/2 · (r₁ − r₀) + Σ (w₁ − w₀) · ((r₁ + r₀)/2 − R₀)
/// (symmetric decomposition of Kitagawa 1955, centred on R₀ so that a leaf's mix effect says whether weight moved to
/// better or worse than usual).
package struct MixAndRate: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let rateEffect: Double
        package let mixEffect: Double
        package var effect: Double { rateEffect + mixEffect }
    }

    package let before: Double
    package let after: Double
    package let rateEffect: Double
    package let mixEffect: Double
    /// One a leaf (or group), in the order in which they came.
    package let parts: [Part]

    /// Nil when there was no base before or none now: then there is no change of a ratio to split.
    ///
    /// A leaf without base on one side has no rate there; it takes the other side's, so that all it does is mix.
    package init?(events: [Double], base: [Double], eventsBefore: [Double], baseBefore: [Double]) {
        let count = min(events.count, base.count, eventsBefore.count, baseBefore.count)
        let total = base.prefix(count).reduce(0) { $0 + max(0, $1) }
        let totalBefore = baseBefore.prefix(count).reduce(0) { $0 + max(0, $1) }
        guard total > 0, totalBefore > 0, total.isFinite, totalBefore.isFinite else { return nil }
        // From the leaves that have a base, so that the parts add up to it.
        var after = 0.0
        var before = 0.0
        for leaf in 0..<count {
            if base[leaf] > 0 { after += events[leaf] / total }
            if baseBefore[leaf] > 0 { before += eventsBefore[leaf] / totalBefore }
        }
        var parts: [Part] = []
        parts.reserveCapacity(count)
        var rateEffect = 0.0
        var mixEffect = 0.0
        for leaf in 0..<count {
            let weight = max(0, base[leaf]) / total
            let weightBefore = max(0, baseBefore[leaf]) / totalBefore
            let now = base[leaf] > 0 ? events[leaf] / base[leaf] : nil
            let then = baseBefore[leaf] > 0 ? eventsBefore[leaf] / baseBefore[leaf] : nil
            let rate = now ?? then ?? before
            let rateBefore = then ?? now ?? before
            let part = Part(
                rateEffect: (weight + weightBefore) / 2 * (rate - rateBefore),
                mixEffect: (weight - weightBefore) * ((rate + rateBefore) / 2 - before))
            rateEffect += part.rateEffect
            mixEffect += part.mixEffect
            parts.append(part)
        }
        self.before = before
        self.after = after
        self.rateEffect = rateEffect
        self.mixEffect = mixEffect
        self.parts = parts
    }
}
