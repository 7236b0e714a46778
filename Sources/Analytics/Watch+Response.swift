import Catalogue
import Domain
import Insights
import Storage

/// Whether customers are answered as fast as they use to be, and by the bot at all.
extension Watch {
    private func localHour(_ hour: Int64) -> Int { Int(clock.local(Instant(seconds: hour * 3600)).second / 3600) % 24 }

    func responseSightings(at now: Instant) async throws -> [Sighting] {
        // An hour's waits are answered in the hour after it.
        let end = now.seconds.flooredDivision(by: 3600)
        guard let first = waits.hours.keys.min(), end - first >= Int64(Self.daysMin) * 24 else { return [] }
        for hours in [Int64(3), 8, 24, 48, 96] {
            let window = (end - hours)..<end
            guard let table = slowTable(window) else { continue }
            let scan = RateScan(RateScan.Limits(excessMin: 6, ratioMin: 2, riseMin: 0.2, scoreMin: 3.3, depth: 2))
            guard let shift = scan.worst(of: table, spread: { _ in 0.05 }) else { continue }
            if let sighting = try await responseSighting(shift, window, now: now) { return [sighting] }
        }
        return []
    }

    /// Slow answers of each segment in a window; what is usual is counted at the same hours.
    private func slowTable(_ window: Range<Int64>) -> WatchTable? {
        var leaves: [[String?]: WatchTable.Leaf] = [:]
        for hour in window {
            let shift = shiftName(hour)
            for (place, counts) in waits.hours[hour] ?? [:] {
                guard let times = counts.histograms.first, !times.isEmpty, isPeople(place),
                    let usual = habits[place, localHour(hour)]
                else { continue }
                let key = waits.keys[place] + [shift]
                var leaf =
                    leaves[key] ?? WatchTable.Leaf(key: key, bad: 0, base: 0, badBefore: 0, baseBefore: 0)
                leaf.bad += Double(times.count(above: usual.slowBin))
                leaf.base += Double(times.total)
                // Weighed as the window's waits are spread over the day.
                leaf.badBefore += usual.slowShare * Double(times.total) * 10
                leaf.baseBefore += Double(times.total) * 10
                leaves[key] = leaf
            }
        }
        guard !leaves.isEmpty else { return nil }
        let sorted = leaves.values.sorted { a, b in
            a.key.lexicographicallyPrecedes(b.key, by: { ($0 ?? "") < ($1 ?? "") })
        }
        return WatchTable(dimensions: waits.source.dimensions + [.shift], leaves: sorted)
    }

    private func isPeople(_ place: Int) -> Bool {
        guard let column = waits.source.dimensions.firstIndex(of: .responder) else { return false }
        return !["bot", "none"].contains(waits.keys[place][column])
    }

    private func responseSighting(
        _ shift: SegmentShift, _ window: Range<Int64>, now: Instant
    ) async throws -> Sighting? {
        let named = shift.segment[.shift] ?? nil
        let segment = shift.segment.without(.responder).without(.shift)
        var byShift: [String: Double] = [:]
        var (slow, times, usualTimes) = (0.0, Histogram(), Histogram())
        var (load, usualLoad) = (0.0, 0.0)
        var lastSlow: Int64?
        var points: [Evidence.Point] = []
        for hour in window where named == nil || shiftName(hour) == named {
            var inHour = Histogram()
            var slowInHour = 0.0
            for (place, counts) in waits.hours[hour] ?? [:] where waits.isInside(place, segment) {
                load += Double(counts.sums[0])
                guard isPeople(place), let answered = counts.histograms.first else { continue }
                inHour.add(answered)
                guard let usual = habits[place, localHour(hour)] else { continue }
                let count = Double(answered.count(above: usual.slowBin))
                slowInHour += count
                if count > 0 {
                    times.add(answered)
                    usualTimes.add(answered.total, bin: usual.medianBin)
                }
            }
            usualLoad += habits.load(at: localHour(hour)) { waits.isInside($0, segment) }
            slow += slowInHour
            if slowInHour >= 2 || slowInHour > 0.5 * Double(inHour.total) && slowInHour > 0 { lastSlow = hour }
            if let name = shiftName(hour) { byShift[name, default: 0] += slowInHour }
            points.append(
                Evidence.Point(
                    at: Instant(seconds: hour * 3600), value: inHour.quantile(0.5),
                    expected: usualTimes.quantile(0.5), sample: inHour.total))
        }
        // What was slow a day ago and is well now is no news.
        guard let lastSlow, lastSlow >= window.upperBound - 26 else { return nil }
        let most = byShift.max { ($0.value, $1.key) < ($1.value, $0.key) }
        let range = Self.range(window)
        let since = firstSlow(points, usualTimes.quantile(0.5) ?? 0) ?? range.lowerBound
        let people = try await agents(of: segment, in: window, hoursOf: named ?? most?.key)
        let query = query(
            ["response_time_p50", "response_time_p90", "waits_answered"],
            of: segment, range, grain: .hour)
        let play = Playbook.response(
            Playbook.ResponseEvidence(
                segment: segment, isBot: false, median: times.quantile(0.5), usualMedian: usualTimes.quantile(0.5),
                waits: shift.base, slow: shift.bad, expectedSlow: shift.expected,
                shift: shiftShare(named, most, slow: slow, window),
                load: usualLoad >= 5 ? load / usualLoad : nil, agents: people?.now, usualAgents: people?.usual,
                hours: Double(window.count), marks: try await marks(of: segment, near: since, until: now),
                query: query))
        return Sighting(
            kind: .responseSlow, metric: "response_time_p50", segment: segment, severity: play.severity, since: since,
            seenAt: Instant(seconds: (lastSlow + 1) * 3600), title: play.title, causes: play.causes,
            impact: play.impact, action: play.action,
            evidence: Evidence(
                points: points, value: times.quantile(0.5), expected: usualTimes.quantile(0.5),
                sample: Int64(shift.base), surprise: Surprise.exponent(ofScore: shift.score), query: query))
    }

    private func firstSlow(_ points: [Evidence.Point], _ usual: Double) -> Instant? {
        points.first { $0.sample > 0 && ($0.value ?? 0) > 2 * max(60, usual) }?.at
    }

    private func shiftName(_ hour: Int64) -> String? {
        let minute = localHour(hour) * 60
        return workspace.shifts.first { $0.contains(minute: minute) }?.name
    }

    private func shiftShare(
        _ named: String?, _ most: (key: String, value: Double)?, slow: Double, _ window: Range<Int64>
    ) -> (name: String, share: Double)? {
        if let named { return (named, 1) }
        guard let most, slow > 0, isShiftTelling(most.key, window) else { return nil }
        return (most.key, most.value / slow)
    }

    /// A window of less than a day says little about shifts.
    private func isShiftTelling(_ name: String, _ window: Range<Int64>) -> Bool {
        window.count >= 8 || Set(window.compactMap(shiftName)).count > 1
    }

    /// How many people answered in the hours of a shift in a window, and in the same hours of the two weeks before.
    private func agents(
        of segment: Segment, in window: Range<Int64>, hoursOf shift: String?
    ) async throws -> (now: Double, usual: Double)? {
        let hours = window.filter { shift == nil || shiftName($0) == shift }
        guard let first = hours.first, let last = hours.last, segment[.agent] == nil else { return nil }
        let length = min(24, last + 1 - first)
        let to = last + 1
        var byDay: [Int64: Set<String>] = [:]
        var bounds: [Instant] = []
        for back in (0...14).reversed() {
            bounds.append(Instant(seconds: (to - length - Int64(back) * 24) * 3600))
            bounds.append(Instant(seconds: (to - Int64(back) * 24) * 3600))
        }
        bounds = Array(Set(bounds)).sorted()
        let order = Planner.Order(
            boundaries: bounds, measures: [.wait(.answered)], dimensions: [.agent],
            filters: segment.filters + [Filter(dimension: .responder, op: .isIn, values: ["human"])])
        for part in planner.parts(order) {
            guard let place = part.plan.dimensions.firstIndex(of: .agent) else { continue }
            for row in try await store.run(part.plan).rows where part.buckets.indices.contains(row.bucket) {
                guard let agent = row.key[place], row.sums.first ?? 0 > 0 else { continue }
                let start = bounds[part.buckets[row.bucket]].seconds / 3600
                let back = (to - 1 - start) / 24
                guard start >= to - length - back * 24 else { continue }
                byDay[back, default: []].insert(agent)
            }
        }
        let before = (1...14).map { Double(byDay[Int64($0)]?.count ?? 0) }.sorted()
        guard let now = byDay[0]?.count, before[7] > 0 else { return nil }
        return (Double(now), before[7])
    }

    // MARK: The bot

    func botSightings(at now: Instant) async throws -> [Sighting] {
        let end = now.seconds.flooredDivision(by: 3600) + 1
        guard let first = waits.hours.keys.min(), end - first >= Int64(Self.daysMin) * 24 else { return [] }
        guard let responder = waits.source.dimensions.firstIndex(of: .responder),
            let number = waits.source.dimensions.firstIndex(of: .phoneNumber)
        else { return [] }
        var sightings: [Sighting] = []
        for hours in [Int64(3), 5, 7, 9] {
            let window = (end - hours)..<end
            // By number: waits, and those that the bot answered, now and before.
            var counts: [String?: (all: Double, bot: Double, allBefore: Double, botBefore: Double)] = [:]
            for (hour, places) in waits.hours where hour < end {
                for (place, count) in places {
                    let key = waits.keys[place]
                    let isBot = key[responder] == "bot"
                    let waits = Double(count.sums[0])
                    var sum = counts[key[number]] ?? (0, 0, 0, 0)
                    if window.contains(hour) {
                        sum.all += waits
                        if isBot { sum.bot += waits }
                    } else {
                        sum.allBefore += waits
                        if isBot { sum.botBefore += waits }
                    }
                    counts[key[number]] = sum
                }
            }
            var all = (all: 0.0, bot: 0.0, allBefore: 0.0, botBefore: 0.0)
            for sum in counts.values {
                all.all += sum.all
                all.bot += sum.bot
                all.allBefore += sum.allBefore
                all.botBefore += sum.botBefore
            }
            let places = [(Segment.everything, all)] + counts.map { (Segment([.phoneNumber: $0.key]), $0.value) }
            for (segment, sum) in places {
                guard sum.allBefore >= 100, sum.botBefore >= 0.1 * sum.allBefore else { continue }
                let expected = sum.all * sum.botBefore / sum.allBefore
                let score = -Surprise.score(sum.bot, expected: expected)
                guard expected >= 8, score >= 4, sum.bot <= 0.15 * expected else { continue }
                if !sightings.contains(where: { $0.segment == segment }) {
                    sightings.append(
                        botSighting(segment, sum.bot, expected, window, now: now))
                }
            }
        }
        return sightings.first { $0.segment.isEverything }.map { [$0] } ?? sightings
    }

    private func botSighting(
        _ segment: Segment, _ answered: Double, _ expected: Double, _ window: Range<Int64>, now: Instant
    ) -> Sighting {
        let query = query(["waits", "waits_answered"], by: [.responder], of: segment, Self.range(window), grain: .hour)
        let play = Playbook.botSilent(
            segment, answered: answered, expected: expected, hours: Double(window.count), query: query)
        var since = window.lowerBound
        // It answered last in the hour before.
        for hour in window.lowerBound..<window.upperBound {
            let bot = (waits.hours[hour] ?? [:]).reduce(0.0) { sum, entry in
                let isBot = waits.isInside(entry.key, segment.adding(.responder, "bot"))
                return sum + (isBot ? Double(entry.value.sums[0]) : 0)
            }
            if bot > 0 { since = hour + 1 }
        }
        return Sighting(
            kind: .botSilent, metric: "waits_answered", segment: segment, severity: play.severity,
            since: Instant(seconds: min(since, window.upperBound - 1) * 3600), seenAt: now, title: play.title,
            causes: play.causes, impact: play.impact, action: play.action,
            evidence: Evidence(
                value: answered, expected: expected, sample: Int64(expected.rounded()),
                surprise: Surprise.exponent(ofScore: -Surprise.score(answered, expected: expected)), query: query))
    }
}
