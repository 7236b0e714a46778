import Domain

/// Two or more variants, looked at as often as one likes: which is better, if any is.
///
/// Each look takes the counts so far and gives a comparison that remembers the least p-values, to be handed to the
/// next look.
package struct VariantComparison: Hashable, Sendable {
    package enum Measure: String, Sendable, CaseIterable, Codable {
        case delivery, read, reply, click, outcome
    }

    /// One variant: its counts so far.
    package struct Arm: Hashable, Sendable {
        package var name: String
        /// What the rate is a share of: accepted messages of delivery, delivered ones of all else.
        package var messages: Int
        package var events: Int
        package var optOuts: Int
        /// Millionths of the currency; nil when the price is not known.
        package var costMicros: Int64?
        /// Share of all customers that it was planned to get, in any unit.
        package var plannedShare: Double

        package init(
            name: String, messages: Int, events: Int, optOuts: Int = 0, costMicros: Int64? = nil,
            plannedShare: Double = 1
        ) {
            self.name = name
            self.messages = min(max(0, messages), 1_000_000_000_000)
            self.events = min(max(0, events), self.messages)
            self.optOuts = min(max(0, optOuts), self.messages)
            self.costMicros = costMicros
            self.plannedShare = plannedShare
        }

        package var rate: Double { messages > 0 ? Double(events) / Double(messages) : 0 }
        /// Drawn a little to the middle, so that nothing seen is not taken for certain.
        var variance: Double {
            let p = (Double(events) + 0.5) / (Double(messages) + 1)
            return p * (1 - p) / Double(max(1, messages))
        }
        var misses: Int { messages - events }
        package var optOutRate: Double { messages > 0 ? Double(optOuts) / Double(messages) : 0 }
        package var costPerEvent: Double? {
            costMicros.flatMap { events > 0 ? Double($0) / Double(events) / 1_000_000 : nil }
        }
    }

    /// What was settled before the first look.
    package struct Plan: Hashable, Sendable {
        package var measure: Measure
        package var alpha: Double
        /// Messages of each variant at the planned end; nil when there is none.
        package var messagesPerArm: Int?
        /// The least difference that matters, 0 … 1.
        package var leastDifference: Double
        /// How much more an opt-out rate may be before it counts against a variant, 0 … 1.
        package var optOutMargin: Double
        /// How much more an event may cost, as a share.
        package var costMargin: Double

        package init(
            measure: Measure, alpha: Double = 0.05, messagesPerArm: Int? = nil, leastDifference: Double = 0.01,
            optOutMargin: Double = 0, costMargin: Double = 0.1
        ) {
            self.measure = measure
            self.alpha = alpha > 0 && alpha < 1 ? alpha : 0.05
            self.messagesPerArm = messagesPerArm.flatMap { $0 > 0 ? $0 : nil }
            self.leastDifference = ErlangQueue.usable(leastDifference)
            self.optOutMargin = ErlangQueue.usable(optOutMargin)
            self.costMargin = ErlangQueue.usable(costMargin)
        }
    }

    /// Second minus first, of two arms by their places.
    package struct Pair: Hashable, Sendable {
        package let first: Int
        package let second: Int
        package let difference: Double
        /// Holds at every look at once, and for all pairs together.
        package let lower: Double
        package let upper: Double
        package let information: Double
        /// The least over all looks so far.
        package let pValue: Double
        /// For all pairs together, by Holm's steps.
        package let adjusted: Double
        package let hasEnough: Bool
    }

    package let plan: Plan
    package let arms: [Arm]
    package let pairs: [Pair]
    package let verdict: VariantVerdict

    /// Events in total, and of each variant, before anything is said; as many misses, for rates close to 1.
    package static let eventsMin = (total: 20, each: 5)
    package static let armsMax = 20

    /// - Parameter earlier: the look before this, of the same variants under the same plan.
    package init(_ arms: [Arm], plan: Plan, earlier: VariantComparison? = nil) throws(Failure) {
        guard (2...Self.armsMax).contains(arms.count), Set(arms.map(\.name)).count == arms.count else {
            throw Failure(
                .unprocessable,
                id: "Perbandingan perlu 2 sampai \(Self.armsMax) varian dengan nama yang berbeda.",
                en: "A comparison needs 2 to \(Self.armsMax) variants of different names.")
        }
        self.arms = arms
        self.plan = plan
        let before = earlier.flatMap { $0.plan == plan && $0.arms.map(\.name) == arms.map(\.name) ? $0 : nil }
        let pairs = Self.pairs(arms, plan, before)
        self.pairs = pairs
        verdict = VariantVerdict(arms, plan, pairs)
    }

    private static func pairs(_ arms: [Arm], _ plan: Plan, _ earlier: VariantComparison?) -> [Pair] {
        var pairs: [Pair] = []
        let count = arms.count * (arms.count - 1) / 2
        for first in arms.indices {
            for second in arms.indices where second > first {
                let (a, b) = (arms[first], arms[second])
                let information = 1 / (a.variance + b.variance)
                // One message each tells so much; the sequence is tuned for the planned end.
                let perMessage = 1 / (a.variance * Double(max(1, a.messages)) + b.variance * Double(max(1, b.messages)))
                let tuned = perMessage * Double(plan.messagesPerArm ?? 1_000)
                let test = SequentialMixture(tunedFor: tuned, alpha: plan.alpha)
                let together = SequentialMixture(tunedFor: tuned, alpha: plan.alpha / Double(count))
                let difference = b.rate - a.rate
                let hasEnough = Self.hasEnough(a, b)
                let now = hasEnough ? test.pValue(difference: difference, information: information) : 1
                let half = hasEnough ? together.halfWidth(at: information) : 1
                pairs.append(
                    Pair(
                        first: first, second: second, difference: difference, lower: max(-1, difference - half),
                        upper: min(1, difference + half), information: information,
                        pValue: min(now, earlier?.pairs[pairs.count].pValue ?? 1), adjusted: 1, hasEnough: hasEnough))
            }
        }
        let adjusted = holm(pairs.map(\.pValue))
        return zip(pairs, adjusted).map { $0.adjusted($1) }
    }

    private static func hasEnough(_ a: Arm, _ b: Arm) -> Bool {
        let enough = { (x: Int, y: Int) in x + y >= eventsMin.total && min(x, y) >= eventsMin.each }
        return enough(a.events, b.events) && enough(a.misses, b.misses)
    }

    /// p-values that hold together (Holm 1979): in rising order (m − i) p, never falling.
    package static func holm(_ values: [Double]) -> [Double] {
        var adjusted = values
        var greatest = 0.0
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        for (rank, index) in order.enumerated() {
            greatest = max(greatest, min(1, Double(values.count - rank) * values[index]))
            adjusted[index] = greatest
        }
        return adjusted
    }
}

extension VariantComparison.Pair {
    fileprivate func adjusted(_ value: Double) -> Self {
        Self(
            first: first, second: second, difference: difference, lower: lower, upper: upper, information: information,
            pValue: pValue, adjusted: value, hasEnough: hasEnough)
    }
}
