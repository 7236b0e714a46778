import Catalogue
import Domain
import Insights

/// How long customers usually wait, and how many: by segment and hour of the local day, learnt once a day from days
/// that are over for a while, so that a trouble of some days does not become the habit.
struct WaitHabits: Sendable {
    /// Of the waits that are usual at an hour, this share is slower than what counts as slow.
    private static let slowShare = 0.15
    /// Fewest waits to learn from.
    private static let waitsMin: Int64 = 20
    /// Days before today that are not learnt from, when there are enough without them.
    private static let recentDays: Int64 = 4

    struct Habit: Sendable {
        /// Longer than this bin is slow.
        var slowBin: Int32
        var slowShare: Double
        var medianBin: Int32
    }
    private var habits: [Int: [Habit?]] = [:]
    private var loads: [Int: [Double]] = [:]
    private var learntOn: Int64?

    subscript(place: Int, hour: Int) -> Habit? { habits[place]?[hour] }

    /// Waits that usually come in an hour of the day, over the segments chosen.
    func load(at hour: Int, where isInside: (Int) -> Bool) -> Double {
        loads.reduce(0) { isInside($1.key) ? $0 + $1.value[hour] : $0 }
    }

    mutating func learn(from feed: WatchFeed, today: Int64, clock: ZoneClock) {
        guard learntOn != today, let first = feed.hours.keys.min() else { return }
        learntOn = today
        let midnight = clock.instant(of: LocalDate(day: today)).seconds / 3600
        let early = midnight - Self.recentDays * 24
        let end = early - first >= 6 * 24 ? early : midnight
        let days = max(1, Double(end - first) / 24)
        var times: [Int: [Histogram]] = [:]
        loads = [:]
        for (hour, counts) in feed.hours where hour < end {
            let slot = Int(clock.local(Instant(seconds: hour * 3600)).second / 3600) % 24
            for (place, count) in counts {
                loads[place, default: Array(repeating: 0, count: 24)][slot] += Double(count.sums[0]) / days
                guard let answered = count.histograms.first, !answered.isEmpty else { continue }
                times[place, default: Array(repeating: Histogram(), count: 24)][slot].add(answered)
            }
        }
        // A segment of few waits takes the habits of all that are answered by the same.
        let responder = feed.source.dimensions.firstIndex(of: .responder)
        var pooled: [String?: [Histogram]] = [:]
        for (place, hours) in times {
            let key = responder.flatMap { feed.keys[place][$0] }
            for slot in 0..<24 { pooled[key, default: Array(repeating: Histogram(), count: 24)][slot].add(hours[slot]) }
        }
        let common = pooled.mapValues { hours in (0..<24).map { Self.habit(hours, at: $0) } }
        habits = [:]
        for place in feed.keys.indices {
            let ours = common[responder.flatMap { feed.keys[place][$0] }]
            habits[place] = (0..<24).map { slot in
                times[place].flatMap { Self.habit($0, at: slot) } ?? ours?[slot]
            }
        }
    }

    /// Of an hour and its neighbours.
    private static func habit(_ hours: [Histogram], at hour: Int) -> Habit? {
        var sum = hours[hour]
        sum.add(hours[(hour + 23) % 24])
        sum.add(hours[(hour + 1) % 24])
        let total = sum.total
        guard total >= waitsMin, let slow = sum.bin(atQuantile: 1 - slowShare),
            let median = sum.bin(atQuantile: 0.5)
        else { return nil }
        return Habit(
            slowBin: slow, slowShare: (Double(sum.count(above: slow)) + 1) / Double(total + 2), medianBin: median)
    }
}
