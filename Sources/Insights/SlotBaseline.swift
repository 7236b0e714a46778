/// A running mean and variance that forget: after `memory` values the old ones fade.
struct FadingMoments: Sendable {
    private(set) var count = 0.0
    private(set) var mean = 0.0
    private(set) var variance = 0.0

    mutating func add(_ value: Double, memory: Double) {
        let share = 1 / min(count + 1, memory)
        let distance = value - mean
        mean += share * distance
        variance = (1 - share) * (variance + share * distance * distance)
        count = min(count + 1, memory)
    }
}

/// What is usual at this time of day: quarter hours, pooled with their neighbours, against the whole series.
struct SlotBaseline: Sendable {
    private var slots = [FadingMoments](repeating: FadingMoments(), count: SlotBaseline.slotCount)
    private var whole = FadingMoments()
    private let memory: Double

    static let slotCount = 96
    private static let wholeMemory = 2000.0
    private static let reach = 2
    private static let visitsMin = 10.0
    /// Share of the whole variance that is added to a slot's, so that a slot that never varied is no trap.
    private static let floor = 0.02
    static let most = 6.0

    init(memory: Double) { self.memory = memory }

    /// How far `value` lies from what is usual in its slot, in standard deviations, before it is learned.
    mutating func residual(_ value: Double, slot: Int) -> Double {
        let slot = min(max(slot, 0), Self.slotCount - 1)
        var (visits, mean) = (0.0, 0.0)
        for near in (slot - Self.reach)...(slot + Self.reach) {
            let moments = slots[(near + Self.slotCount) % Self.slotCount]
            visits += moments.count
            mean += moments.count * moments.mean
        }
        var (centre, variance) = (whole.mean, whole.variance)
        if visits >= Self.visitsMin {
            centre = mean / visits
            variance = 0
            for near in (slot - Self.reach)...(slot + Self.reach) {
                let moments = slots[(near + Self.slotCount) % Self.slotCount]
                let distance = moments.mean - centre
                variance += moments.count * (moments.variance + distance * distance) / visits
            }
        }
        let isFirst = whole.count == 0
        let distance = value - centre
        let deviation = (variance + Self.floor * whole.variance).squareRoot()
        slots[slot].add(value, memory: memory)
        whole.add(value, memory: Self.wholeMemory)
        if isFirst || distance == 0 { return 0 }
        return deviation > 0 ? distance / deviation : (distance < 0 ? -Self.most : Self.most)
    }
}

/// The mean of the last few residuals, as distance from what such means were over a longer while: a shift that no
/// single value shows.
struct RecentMean: Sendable {
    private var recent: RunningWindow
    private var means: RunningWindow

    init(length: Int, memory: Int) {
        recent = RunningWindow(length)
        means = RunningWindow(memory)
    }

    /// |z| of the present mean; nil until there are means to compare it with.
    mutating func add(_ value: Double) -> Double? {
        recent.add(value)
        guard recent.isFull else { return nil }
        let mean = recent.mean
        defer { means.add(mean) }
        guard means.count >= 2 else { return nil }
        let deviation = means.variance.squareRoot()
        return deviation > 1e-9 ? abs(mean - means.mean) / deviation : 0
    }
}

/// The last values of a bounded quantity, their mean and variance.
struct RunningWindow: Sendable {
    private var values: [Double] = []
    private var next = 0
    private let length: Int
    private var sum = 0.0
    private var squares = 0.0

    init(_ length: Int) { self.length = max(1, length) }

    var count: Int { values.count }
    var isFull: Bool { values.count == length }
    var mean: Double { values.isEmpty ? 0 : sum / Double(values.count) }
    var variance: Double {
        values.isEmpty ? 0 : max(0, squares / Double(values.count) - mean * mean)
    }

    mutating func add(_ value: Double) {
        if values.count < length {
            values.append(value)
        } else {
            let old = values[next]
            sum -= old
            squares -= old * old
            values[next] = value
            next = (next + 1) % length
        }
        sum += value
        squares += value * value
        // Summed afresh once a round, so that rounding does not add up.
        if next == 0, isFull {
            sum = values.reduce(0, +)
            squares = values.reduce(0) { $0 + $1 * $1 }
        }
    }
}
