#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds what is odd in a bare series of which nothing is known, value by value as they come.
///
/// Seven signals (nearest values, nearest windows of 3 and 20, shifts of the seasonal residual's mean and size,
/// seasonal residual of the logarithm, error of an autoregression) each become the rarity of their present value among
/// their own past; their weighted mean less a term that grows with time, since a longer series has more chances to
/// look odd, is the evidence. Nothing is configured, and nothing of the future is used: the verdict on row n follows
/// from rows up to n alone.
package struct StreamDetector: Sendable {
    /// What is said about one value.
    package struct Verdict: Hashable, Sendable {
        /// 0 … 1. At least .5 where an anomaly is reported; the rows after it, while none is reported again, stay
        /// below .5 however odd they are.
        package var score: Double
        package var isAnomaly: Bool

        package static let nothing = Verdict(score: 0, isAnomaly: false)
    }

    private var values: [Double] = []
    private var sorted = SortedSample()
    private var shortWindow = WindowDistance(length: 3, neighbours: 10, reach: 5000, gap: 3)
    private var longWindow = WindowDistance(length: 20, neighbours: 3, reach: 4000, gap: 20)
    private var level = SlotBaseline(memory: 60)
    private var logarithm = SlotBaseline(memory: 200)
    private var levelShift = RecentMean(length: 15, memory: 3000)
    private var spreadShift = RecentMean(length: 40, memory: 3000)
    private var standard = FadingMoments()
    private var model = RecursiveLeastSquares(order: 10)
    private var strangeness = [Strangeness](repeating: Strangeness(), count: StreamDetector.weights.count)
    private var clock = SlotClock()
    private var rows = 0
    private var lastAnomaly: Int?

    static let weights = [1, 1, 1.5, 2, 2, 2, 0.5]
    private static let weightSum = 10.0
    /// Evidence from which on an anomaly is reported.
    static let alert = 1.15
    /// Rows before which nothing can be known.
    static let warmUp = 150
    /// A value beyond this counts as this: its square is still a number.
    private static let valueMost = 1e100

    package init() {}

    /// The verdict on the next value.
    ///
    /// - Parameters:
    ///   - value: nil where there is none; not finite counts as none.
    ///   - seconds: its time since 1970, used only to know the time of day or, of daily values, the day of the week.
    package mutating func add(_ value: Double?, seconds: Double) -> Verdict {
        let slot = clock.slot(seconds)
        guard let value, value.isFinite else { return .nothing }
        rows += 1
        let x = min(max(value, -Self.valueMost), Self.valueMost)
        let evidence = evidence(of: x, slot: slot)
        return verdict(evidence)
    }

    private mutating func evidence(of x: Double, slot: Int) -> Double {
        values.append(x)
        let needed = max(shortWindow.valuesNeeded, longWindow.valuesNeeded)
        if values.count > 2 * needed { values.removeFirst(values.count - needed) }

        var signals = [Double?](repeating: nil, count: Self.weights.count)
        signals[0] = sorted.meanDistance(from: x, toNearest: 3)
        sorted.insert(x)
        signals[1] = shortWindow.of(values)
        signals[2] = longWindow.of(values)
        let residual = level.residual(x, slot: slot)
        let clipped = min(max(residual, -SlotBaseline.most), SlotBaseline.most)
        signals[3] = levelShift.add(clipped)
        signals[4] = spreadShift.add(abs(clipped))
        signals[5] = abs(logarithm.residual(log(1 + max(x, 0)), slot: slot))
        let deviation = standard.variance.squareRoot()
        signals[6] = model.add(deviation > 0 ? (x - standard.mean) / deviation : 0)
        standard.add(x, memory: 2000)

        var sum = 0.0
        for (place, signal) in signals.enumerated() {
            guard let signal else { continue }
            sum += Self.weights[place] * strangeness[place].of(signal)
        }
        // A longer series has more chances to look odd; a short one has little to compare with.
        let long = 0.5 * log10(max(Double(rows), 400) / 400)
        let short = 0.35 * max(0, 1 - Double(rows) / 500)
        return sum / Self.weightSum - long - short
    }

    private mutating func verdict(_ evidence: Double) -> Verdict {
        // A logistic curve through .5 at the threshold of an alarm.
        let odd = 1 / (1 + exp(-4 * (evidence - Self.alert)))
        guard evidence >= Self.alert else { return Verdict(score: 0.9 * odd, isAnomaly: false) }
        let pause = max(min(100, 0.2 * Double(rows)), 0.03 * Double(rows))
        let isPaused = lastAnomaly.map { Double(rows - $0) < pause } ?? false
        guard rows > Self.warmUp, !isPaused else {
            return Verdict(score: 0.45 + 0.09 * (odd - 0.5), isAnomaly: false)
        }
        lastAnomaly = rows
        return Verdict(score: odd, isAnomaly: true)
    }
}

/// The quarter hour of the day; of series with a value a day or fewer the day of the week.
struct SlotClock: Sendable {
    private var last: Double?
    private var gaps = SortedSample()
    private var typicalGap = 0.0

    private static let gapsMax = 30

    mutating func slot(_ seconds: Double) -> Int {
        guard seconds.isFinite, abs(seconds) < 1e15 else { return 0 }
        if let last, seconds > last, gaps.count < Self.gapsMax {
            gaps.insert(seconds - last)
            typicalGap = gaps.largest(gaps.count / 2 + 1).last ?? 0
        }
        last = seconds
        let day = (seconds / 86_400).rounded(.down)
        if typicalGap > 43_200 {
            let weekday = Int(day.truncatingRemainder(dividingBy: 7) + 7) % 7
            return weekday * 12 + 6
        }
        return min(SlotBaseline.slotCount - 1, Int((seconds - day * 86_400) / 900))
    }
}
