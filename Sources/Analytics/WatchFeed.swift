import Catalogue
import Domain
import Insights
import Storage

/// Additive counts of one segment in one bucket.
struct WatchCounts: Sendable {
    /// In the order of the feed's measures.
    var sums: [Int64]
    /// In the order of the feed's durations.
    var histograms: [Histogram]

    mutating func add(_ other: WatchCounts) {
        for index in sums.indices where other.sums.indices.contains(index) { sums[index] &+= other.sums[index] }
        for index in histograms.indices where other.histograms.indices.contains(index) {
            histograms[index].add(other.histograms[index])
        }
    }
}

/// What a feed reads: measures of one fact by some dimensions.
struct WatchSource: Sendable {
    var measures: [Measure]
    var durations: [FactDuration] = []
    var dimensions: [Dimension]
    var filters: [Filter] = []
    /// Days that are kept by the hour; before them by the local day.
    var hourlyDays: Int64 = 4
}

/// Counts of the finest segments over the last weeks, kept in memory: each look reads only the last hours anew, so that
/// late receipts are taken in and a look stays cheap.
struct WatchFeed: Sendable {
    /// Days that a look is held against.
    static let days: Int64 = 28
    /// Segments that are kept; of more, those with the most.
    static let segmentsMax = 4_000

    let source: WatchSource
    private(set) var keys: [[String?]] = []
    private var places: [[String?]: Int] = [:]
    /// By hours since the epoch.
    private(set) var hours: [Int64: [Int: WatchCounts]] = [:]
    /// By local day.
    private(set) var byDay: [Int64: [Int: WatchCounts]] = [:]
    private var readTo: Instant?
    private var daysReadOn: Int64?

    init(_ source: WatchSource) { self.source = source }

    /// Reads what is new up to `now`.
    ///
    /// - Parameter rereadHours: how far back buckets that are known are read again.
    mutating func read(
        from store: any AnalyticsStore, planner: Planner, now: Instant, rereadHours: Int64
    ) async throws {
        let end = QuarterHour(containing: now).start
        let oldest = end.adding(seconds: -source.hourlyDays * 86_400)
        let known = readTo.map { min($0, end).adding(seconds: -rereadHours * 3600) } ?? oldest
        let from = Self.hour(max(oldest, known))
        if from < end {
            try await readHours(from..<end, store, planner, now)
            readTo = end
        }
        let today = planner.reporting.date(of: now)
        if daysReadOn != today.day {
            let first = daysReadOn == nil ? today.adding(days: -Self.days) : today.adding(days: -8)
            try await readDays(first, today, store, planner, now)
            daysReadOn = today.day
        }
        forget(before: oldest, today: today.day)
    }

    private static func hour(_ instant: Instant) -> Instant {
        Instant(seconds: instant.seconds.flooredDivision(by: 3600) * 3600)
    }

    private mutating func readHours(
        _ range: Range<Instant>, _ store: any AnalyticsStore, _ planner: Planner, _ now: Instant
    ) async throws {
        var bounds: [Instant] = []
        var at = range.lowerBound
        while at < range.upperBound {
            bounds.append(at)
            hours[at.seconds / 3600] = nil
            at = at.adding(seconds: 3600)
        }
        bounds.append(range.upperBound)
        for (bucket, place, counts) in try await run(bounds, store, planner, now) {
            let hour = bounds[bucket].seconds / 3600
            hours[hour, default: [:]].merge([place: counts]) { a, b in
                var sum = a
                sum.add(b)
                return sum
            }
        }
    }

    private mutating func readDays(
        _ first: LocalDate, _ today: LocalDate, _ store: any AnalyticsStore, _ planner: Planner, _ now: Instant
    ) async throws {
        var bounds: [Instant] = []
        for day in first.day...today.day {
            bounds.append(planner.reporting.instant(of: LocalDate(day: day)))
            if day < today.day { byDay[day] = nil }
        }
        guard bounds.count >= 2 else { return }
        for (bucket, place, counts) in try await run(bounds, store, planner, now) {
            byDay[first.day + Int64(bucket), default: [:]].merge([place: counts]) { a, b in
                var sum = a
                sum.add(b)
                return sum
            }
        }
    }

    private mutating func run(
        _ bounds: [Instant], _ store: any AnalyticsStore, _ planner: Planner, _ now: Instant
    ) async throws -> [(bucket: Int, place: Int, counts: WatchCounts)] {
        let order = Planner.Order(
            boundaries: bounds, measures: Set(source.measures), durations: Set(source.durations),
            dimensions: source.dimensions, filters: source.filters, asOf: now)
        var found: [(Int, Int, WatchCounts)] = []
        for part in planner.parts(order) {
            let plan = part.plan
            let measures = source.measures.map { plan.measures.firstIndex(of: $0) }
            let durations = source.durations.map { plan.durations.firstIndex(of: $0) }
            let dimensions = source.dimensions.map { plan.dimensions.firstIndex(of: $0) }
            for row in try await store.run(plan).rows where part.buckets.indices.contains(row.bucket) {
                let key = dimensions.map { place in place.flatMap { row.key.indices.contains($0) ? row.key[$0] : nil } }
                guard let place = place(of: key) else { continue }
                let counts = WatchCounts(
                    sums: measures.map { place in place.map { row.sums[$0] } ?? 0 },
                    histograms: durations.map { place in place.map { row.histograms[$0] } ?? Histogram() })
                found.append((part.buckets[row.bucket], place, counts))
            }
        }
        return found
    }

    private mutating func place(of key: [String?]) -> Int? {
        if let known = places[key] { return known }
        guard keys.count < Self.segmentsMax else { return nil }
        keys.append(key)
        places[key] = keys.count - 1
        return keys.count - 1
    }

    private mutating func forget(before oldest: Instant, today: Int64) {
        let hour = oldest.seconds.flooredDivision(by: 3600)
        hours = hours.filter { $0.key >= hour }
        byDay = byDay.filter { $0.key >= today - Self.days }
    }

    /// Sums by segment over hours.
    func sums(hours range: Range<Int64>) -> [Int: WatchCounts] {
        var sums: [Int: WatchCounts] = [:]
        for hour in range {
            guard let counts = hours[hour] else { continue }
            for (place, count) in counts { Self.add(count, at: place, to: &sums) }
        }
        return sums
    }

    static func add(_ count: WatchCounts, at place: Int, to sums: inout [Int: WatchCounts]) {
        if sums[place] == nil { sums[place] = count } else { sums[place]?.add(count) }
    }

    /// Whether a segment of the feed lies in another.
    func isInside(_ place: Int, _ segment: Segment) -> Bool {
        segment.elements.allSatisfy { element in
            source.dimensions.firstIndex(of: element.dimension).map { keys[place][$0] == element.value } ?? true
        }
    }
}

/// How bad events and what they are counted out of follow from a feed's counts.
struct WatchRate: Sendable {
    var bad: @Sendable ([Int64]) -> Double
    var base: @Sendable ([Int64]) -> Double
}

/// A window of a feed held against the days before it.
struct WatchWindow: Sendable {
    var feed: WatchFeed
    var rate: WatchRate
    /// Hours since the epoch.
    var hours: Range<Int64>
    /// Local days before the window.
    var days: [Int64]
    /// Which segments are alike. A template's kin is the category of most of its messages: that of a single message is
    /// not known before it is delivered, so that it must not tell failures apart.
    var kin: Dimension?

    /// - Parameter clock: of the reporting zone, by which the feed's days are bounded.
    init(feed: WatchFeed, rate: WatchRate, hours: Range<Int64>, kin: Dimension?, clock: ZoneClock) {
        self.feed = feed
        self.rate = rate
        self.hours = hours
        self.kin = kin
        let start = clock.date(of: Instant(seconds: hours.lowerBound * 3600)).day
        days = feed.byDay.keys.filter { $0 < start }.sorted()
    }

    /// Days with anything to count.
    var daysKnown: Int {
        days.count { day in feed.byDay[day]?.values.contains { rate.base($0.sums) > 0 } ?? false }
    }

    /// The columns of the table: all but the category, which depends on how a message fared.
    private var columns: [Int] {
        feed.source.dimensions.indices.filter { feed.source.dimensions[$0] != .category }
    }

    func table() -> WatchTable {
        let (columns, kins) = (columns, kins())
        var leaves: [[String?]: WatchTable.Leaf] = [:]
        func add(_ place: Int, _ sums: [Int64], isNow: Bool) {
            let key = columns.map { feed.keys[place][$0] }
            var leaf =
                leaves[key]
                ?? WatchTable.Leaf(key: key, bad: 0, base: 0, badBefore: 0, baseBefore: 0, kin: kins[place])
            if isNow {
                leaf.bad += rate.bad(sums)
                leaf.base += rate.base(sums)
            } else {
                leaf.badBefore += rate.bad(sums)
                leaf.baseBefore += rate.base(sums)
            }
            leaves[key] = leaf
        }
        for (place, counts) in feed.sums(hours: hours) { add(place, counts.sums, isNow: true) }
        var before: [Int: WatchCounts] = [:]
        for day in days {
            for (place, counts) in feed.byDay[day] ?? [:] { WatchFeed.add(counts, at: place, to: &before) }
        }
        for (place, counts) in before { add(place, counts.sums, isNow: false) }
        let sorted = leaves.values.sorted { a, b in
            a.key.lexicographicallyPrecedes(b.key, by: { ($0 ?? "") < ($1 ?? "") })
        }
        let dimensions = columns.map { feed.source.dimensions[$0] }
        return WatchTable(dimensions: dimensions, leaves: named(sorted, dimensions))
    }

    /// A send whose record is late has no template yet, so that what has none is now this and now that. It is left out
    /// where most of the business's messages are known to be of a template.
    private func named(_ leaves: [WatchTable.Leaf], _ dimensions: [Dimension]) -> [WatchTable.Leaf] {
        guard kin == .category, let template = dimensions.firstIndex(of: .template) else { return leaves }
        let known = leaves.filter { $0.key[template] != nil }
        let base = { (list: [WatchTable.Leaf]) in list.reduce(0) { $0 + $1.baseBefore } }
        return base(known) >= 0.4 * base(leaves) ? known : leaves
    }

    /// By place in the feed.
    private func kins() -> [Int: String] {
        let dimensions = feed.source.dimensions
        guard let kin, let column = dimensions.firstIndex(of: kin) else { return [:] }
        guard kin == .category, let template = dimensions.firstIndex(of: .template) else {
            return Dictionary(uniqueKeysWithValues: feed.keys.indices.map { ($0, feed.keys[$0][column] ?? "") })
        }
        var counts: [String?: [String: Double]] = [:]
        for place in feed.sums(hours: hours) {
            let key = feed.keys[place.key]
            counts[key[template], default: [:]][key[column] ?? "", default: 0] += rate.base(place.value.sums)
        }
        for day in days.suffix(7) {
            for (place, count) in feed.byDay[day] ?? [:] {
                let key = feed.keys[place]
                counts[key[template], default: [:]][key[column] ?? "", default: 0] += rate.base(count.sums)
            }
        }
        let most = counts.mapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "" }
        return Dictionary(
            uniqueKeysWithValues: feed.keys.indices.map { ($0, most[feed.keys[$0][template]] ?? "") })
    }

    /// By how much the days before differ beyond chance in a segment: the variance of a day's count beyond Poisson's as
    /// a share of the squared expectation, without its strangest days.
    func spread(_ segment: Segment, table: WatchTable, floor: Double) -> Double {
        var rates: [[String?]: Double] = [:]
        for (leaf, mean) in zip(table.leaves, table.expected()) where leaf.base > 0 || leaf.baseBefore > 0 {
            rates[leaf.key] = leaf.baseBefore > 0 ? leaf.badBefore / leaf.baseBefore : mean / max(1, leaf.base)
        }
        let columns = columns
        var strange: [(value: Double, square: Double)] = []
        for day in days {
            var (bad, mean) = (0.0, 0.0)
            for (place, counts) in feed.byDay[day] ?? [:] where feed.isInside(place, segment) {
                bad += rate.bad(counts.sums)
                mean += rate.base(counts.sums) * (rates[columns.map { feed.keys[place][$0] }] ?? 0)
            }
            guard mean > 0 else { continue }
            strange.append(((bad - mean) * (bad - mean) - mean, mean * mean))
        }
        strange.sort { $0.value < $1.value }
        let kept = strange.dropLast(strange.count / 8)
        let (value, square) = kept.reduce((0.0, 0.0)) { ($0.0 + $1.value, $0.1 + $1.square) }
        return max(floor, square > 0 ? value / square : 0)
    }

    /// What a segment counts in the window; nil when nothing.
    func shift(of segment: Segment) -> SegmentShift? {
        let table = table()
        var shift = SegmentShift(segment: segment, bad: 0, base: 0, expected: 0, score: 0, share: 1)
        for (leaf, mean) in zip(table.leaves, table.expected()) {
            let isInside = segment.elements.allSatisfy { element in
                table.dimensions.firstIndex(of: element.dimension).map { leaf.key[$0] == element.value } ?? false
            }
            guard isInside else { continue }
            shift.bad += leaf.bad
            shift.base += leaf.base
            shift.expected += mean
        }
        return shift.base > 0 ? shift : nil
    }

    /// The segment by the hour, from some hours before the window on.
    func points(_ segment: Segment, expectedRate: Double, hoursBefore: Int64 = 48) -> [Evidence.Point] {
        var points: [Evidence.Point] = []
        for hour in (hours.lowerBound - hoursBefore)..<hours.upperBound {
            var (bad, base) = (0.0, 0.0)
            for (place, counts) in feed.hours[hour] ?? [:] where feed.isInside(place, segment) {
                bad += rate.bad(counts.sums)
                base += rate.base(counts.sums)
            }
            points.append(
                Evidence.Point(
                    at: Instant(seconds: hour * 3600), value: base > 0 ? bad / base : nil, expected: expectedRate,
                    sample: Int64(base)))
        }
        return points
    }

    /// When it began: the hour from which on the bad events are likeliest to be of another rate (change point by
    /// likelihood, Hinkley 1970).
    static func onset(_ points: [Evidence.Point], expectedRate: Double) -> Instant? {
        var (bad, mean) = (0.0, 0.0)
        var best: (value: Double, at: Instant)?
        for point in points.reversed() {
            bad += (point.value ?? 0) * Double(point.sample)
            mean += expectedRate * Double(point.sample)
            guard bad > mean, point.sample > 0, (point.value ?? 0) > expectedRate else { continue }
            let value = Surprise.gain(bad, expected: mean)
            if value >= best?.value ?? 0 { best = (value, point.at) }
        }
        return best?.at
    }
}
