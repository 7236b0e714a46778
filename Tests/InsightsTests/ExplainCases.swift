import Foundation

@testable import Insights

/// A generator that gives the same numbers for the same seed everywhere (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func normal() -> Double {
        (-2 * log(max(unit(), 1e-300))).squareRoot() * cos(2 * .pi * unit())
    }

    mutating func poisson(_ mean: Double) -> Double {
        guard mean < 60 else { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
        var product = unit()
        var count = 0.0
        let limit = exp(-mean)
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    mutating func gamma(_ shape: Double) -> Double {
        // Marsaglia and Tsang (2000).
        if shape < 1 { return gamma(shape + 1) * pow(max(unit(), 1e-300), 1 / shape) }
        let d = shape - 1.0 / 3
        while true {
            let x = normal()
            let v = pow(1 + x / (9 * d).squareRoot(), 3)
            if v > 0, log(max(unit(), 1e-300)) < x * x / 2 + d - d * v + d * log(v) { return d * v }
        }
    }
}

/// A generated table whose causes are known.
struct ExplainCase {
    enum Kind: CaseIterable {
        /// Figures with noise in proportion, many leaves empty.
        case proportional
        /// Poisson counts, most of them small.
        case counts
        /// Bad events of a base, sparse; one cause.
        case rates
        /// Ratios of large sums; several causes.
        case largeRates
    }

    var table: LeafTable
    var truth: Set<ExplanationElement>

    struct Plan {
        var kind = Kind.proportional
        var sizes = [10, 12, 10, 8]
        var causes = 1
        var elements = 1
        /// Dimensions of every cause; nil for 1 to 3.
        var layer: Int?
        var noise = 0.03
        var isFall = true
        var empty = 0.3
    }

    private struct Cause {
        var dimensions: [Int]
        var values: [[Int32]]
        var factor: Double
    }

    init(_ plan: Plan, seed: UInt64) throws {
        var numbers = SeededNumbers(seed)
        let leafCount = plan.sizes.reduce(1, *)
        var columns: [LeafTable.Column] = []
        var step = 1
        for (index, size) in plan.sizes.enumerated() {
            columns.append(
                .init(
                    name: "d\(index)", values: (0..<size).map { "v\(index)_\($0)" },
                    codes: (0..<leafCount).map { Int32($0 / step % size) }))
            step *= size
        }
        // Values carry weights, so that some are rare.
        let sizes = plan.sizes.map { size in (0..<size).map { _ in exp(0.7 * numbers.normal()) } }
        var usual = (0..<leafCount).map { leaf -> Double in
            if numbers.unit() < plan.empty { return 0 }
            let weight = columns.indices.reduce(1.0) { $0 * sizes[$1][Int(columns[$1].codes[leaf])] }
            return weight * exp(numbers.normal())
        }
        let scale: Double =
            switch plan.kind {
            case .proportional, .largeRates: 500
            case .counts: 4
            case .rates: 40
            }
        let mean = usual.reduce(0, +) / Double(leafCount)
        usual = usual.map { $0 / mean * scale }
        let causes = Self.causes(plan, columns, usual, &numbers)
        let factors = (0..<leafCount).map { leaf in
            causes.reduce(1.0) { factor, cause in
                let isUnder = cause.values.contains { values in
                    zip(cause.dimensions, values).allSatisfy { columns[$0].codes[leaf] == $1 }
                }
                return isUnder ? factor * cause.factor : factor
            }
        }
        truth = Set(
            causes.flatMap { cause in
                cause.values.map { values in
                    ExplanationElement(
                        zip(cause.dimensions, values).map {
                            .init(dimension: columns[$0].name, value: columns[$0].values[Int($1)])
                        })
                }
            })
        table = try LeafTable(
            columns: columns, figures: Self.figures(plan, usual, factors, &numbers))
    }

    private static func causes(
        _ plan: Plan, _ columns: [LeafTable.Column], _ usual: [Double], _ numbers: inout SeededNumbers
    ) -> [Cause] {
        var causes: [Cause] = []
        var used: Set<[Int]> = []
        var tries = 0
        while causes.count < plan.causes, tries < 500 {
            tries += 1
            let layer = plan.layer ?? 1 + Int(numbers.next() % 3)
            let dimensions = Array(columns.indices.shuffled(using: &numbers).prefix(layer)).sorted()
            guard !used.contains(dimensions) else { continue }
            var values: [[Int32]] = []
            while values.count < plan.elements {
                let value = dimensions.map { Int32(numbers.next() % UInt64(columns[$0].values.count)) }
                if !values.contains(value) { values.append(value) }
            }
            // Each element holds something that can change, and causes do not cover each other.
            let under = values.map { value in
                usual.indices.filter { leaf in
                    usual[leaf] > 0 && zip(dimensions, value).allSatisfy { columns[$0].codes[leaf] == $1 }
                }
            }
            let size = usual.reduce(0, +)
            let isSizeable = under.allSatisfy { leaves in
                leaves.count >= 3 && leaves.reduce(0) { $0 + usual[$1] } > Self.shareMin(plan) * size
            }
            let isApart = causes.allSatisfy { other in
                other.values.allSatisfy { theirs in
                    values.allSatisfy { ours in
                        let a = Set(zip(dimensions, ours).map { $0 * 10_000 + Int($1) })
                        let b = Set(zip(other.dimensions, theirs).map { $0 * 10_000 + Int($1) })
                        return !a.isSubset(of: b) && !b.isSubset(of: a)
                    }
                }
            }
            guard isSizeable, isApart else { continue }
            used.insert(dimensions)
            let strength = 0.25 + 0.65 * numbers.unit()
            let rise = plan.kind == .rates ? 2 + 3 * numbers.unit() : 1 + strength * 1.5
            causes.append(
                Cause(dimensions: dimensions, values: values, factor: plan.isFall ? 1 - strength : rise))
        }
        return causes
    }

    private static func shareMin(_ plan: Plan) -> Double {
        switch plan.kind {
        case .proportional, .largeRates: 0.001
        case .counts: 0.01
        case .rates: 0.02
        }
    }

    private static func figures(
        _ plan: Plan, _ usual: [Double], _ factors: [Double], _ numbers: inout SeededNumbers
    ) -> LeafTable.Figures {
        var real: [Double] = []
        var expected: [Double] = []
        var base: [Double] = []
        var baseBefore: [Double] = []
        for (usual, factor) in zip(usual, factors) {
            switch plan.kind {
            case .proportional:
                expected.append(usual)
                real.append(max(0, usual * factor * (1 + plan.noise * numbers.normal())))
            case .counts:
                expected.append(usual)
                real.append(numbers.poisson(usual * factor))
            case .rates:
                let now = numbers.poisson(usual)
                let before = numbers.poisson(usual * 5)
                base.append(now)
                baseBefore.append(before)
                real.append(min(now, numbers.poisson(now * 0.05 * factor)))
                expected.append(min(before, numbers.poisson(before * 0.05)))
            case .largeRates:
                let rate = 0.3
                base.append((usual * 10 * (1 + plan.noise * numbers.normal())).rounded())
                baseBefore.append((usual * 10).rounded())
                real.append(max(0, base[base.count - 1] * rate * factor * (1 + plan.noise * numbers.normal())))
                expected.append(usual * 10 * rate)
            }
        }
        switch plan.kind {
        case .proportional, .counts: return .sums(real: real, expected: expected)
        case .rates, .largeRates:
            return .ratio(events: real, base: base, expectedEvents: expected, expectedBase: baseBefore)
        }
    }
}

/// Found against known elements, over many cases.
struct ExplainMarks {
    var hit = 0
    var wrong = 0
    var missed = 0
    var firstRight = 0
    var inFive = 0
    var cases = 0

    var f1: Double { Double(2 * hit) / Double(max(1, 2 * hit + wrong + missed)) }

    mutating func add(_ found: Explanation, _ truth: Set<ExplanationElement>) {
        let elements = Set(found.causes.flatMap(\.elements))
        hit += elements.intersection(truth).count
        wrong += elements.subtracting(truth).count
        missed += truth.subtracting(elements).count
        cases += 1
        let ranks = found.alternatives.map { Set($0.elements).isSubset(of: truth) }
        if ranks.first == true { firstRight += 1 }
        if ranks.prefix(5).contains(true) { inFive += 1 }
    }
}
