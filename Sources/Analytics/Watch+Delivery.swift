import Catalogue
import Domain
import Insights
import Storage

/// Whether what is sent arrives.
extension Watch {
    /// Days that must be known before anything is judged.
    static let daysMin = 6
    private static let failing = WatchRate(
        bad: { Double($0[1] &+ $0[2]) }, base: { Double($0[0]) })

    func deliverySightings(at now: Instant) async throws -> [Sighting] {
        for hours in [Int64(2), 6, 24, 72] {
            let window = WatchWindow(
                feed: sends, rate: Self.failing, hours: Self.hours(hours, endingAt: now), kin: .category,
                clock: clock)
            guard window.daysKnown >= Self.daysMin else { return [] }
            let table = window.table()
            let scan = RateScan(RateScan.Limits(excessMin: 6, ratioMin: 2, riseMin: 0.06, scoreMin: 4.6))
            let worst = scan.worst(of: table) { window.spread($0, table: table, floor: 0.05) }
            guard let shift = worst else { continue }
            // What ended hours ago is not wrong now.
            guard isFresh(shift, window, now: now) else { continue }
            return [try await deliverySighting(shift, window, now: now)]
        }
        return []
    }

    /// Whether bad events went on until lately, as far as there is anything to see.
    private func isFresh(_ shift: SegmentShift, _ window: WatchWindow, now: Instant) -> Bool {
        var (bad, base) = (0.0, 0.0)
        let points = window.points(shift.segment, expectedRate: shift.expectedRate, hoursBefore: 0)
        for point in points.reversed() {
            bad += (point.value ?? 0) * Double(point.sample)
            base += Double(point.sample)
            if base >= max(8, 3 / max(0.05, shift.rate)) { break }
        }
        guard base > 0, bad / base > (shift.rate + 2 * shift.expectedRate) / 6 else { return false }
        let last = points.last { ($0.value ?? 0) > 0 }?.at
        let patience = max(4, Int64(window.hours.count) / 4)
        return last.map { $0 > now.adding(seconds: -patience * 3600) } ?? false
    }

    private func deliverySighting(_ found: SegmentShift, _ window: WatchWindow, now: Instant) async throws -> Sighting {
        var shift = found
        let points = window.points(shift.segment, expectedRate: shift.expectedRate)
        let since =
            WatchWindow.onset(points, expectedRate: shift.expectedRate)
            ?? Instant(seconds: window.hours.lowerBound * 3600)
        // Told of the time since it began, not of the whole window.
        var lately = window
        lately.hours = min(since.seconds / 3600, window.hours.upperBound - 1)..<window.hours.upperBound
        if let part = lately.shift(of: found.segment), part.excess >= 0.5 * found.excess {
            (shift.bad, shift.base, shift.expected) = (part.bad, part.base, part.expected)
        }
        let range = since..<max(now, since.adding(seconds: 3600))
        let codes = try await codes(of: shift, range: Self.hourly(range), now: now)
        let marks = try await marks(of: shift.segment, near: since, until: now)
        let lasted = max(1, Double(now.seconds - since.seconds) / 3600)
        let all = window.feed.sums(hours: window.hours).values.reduce(0) { $0 + Self.failing.base($1.sums) }
        let query = query(["delivery_rate", "failure_rate", "messages"], of: shift.segment, range, grain: .hour)
        let play = Playbook.delivery(
            Playbook.DeliveryEvidence(
                shift: shift, codes: codes, hours: min(lasted, Double(window.hours.count)), marks: marks,
                shareOfAll: all > 0 ? shift.base / all : 0, query: query,
                codeQuery: self.query(["messages_failed"], by: [.errorCode], of: shift.segment, range)))
        let isRefused = codes.first.map { $0.code == 132_015 && $0.count >= 0.6 * shift.excess } ?? false
        return Sighting(
            kind: isRefused ? .templatePaused : .deliveryDown, metric: "delivery_rate", segment: shift.segment,
            severity: play.severity, since: since, seenAt: QuarterHour(containing: now).start, title: play.title,
            causes: play.causes, impact: play.impact, action: play.action,
            evidence: Evidence(
                points: points.map { point in
                    var point = point
                    point.value = point.value.map { 1 - $0 }
                    point.expected = point.expected.map { 1 - $0 }
                    return point
                },
                value: 1 - shift.rate, expected: 1 - shift.expectedRate,
                lower: Interval.wilson(Int64(shift.base - shift.bad), of: Int64(shift.base))?.lower,
                upper: Interval.wilson(Int64(shift.base - shift.bad), of: Int64(shift.base))?.upper,
                sample: Int64(shift.base), surprise: Surprise.exponent(ofScore: shift.score), query: query))
    }

    private static func hourly(_ range: Range<Instant>) -> Range<Instant> {
        let from = Instant(seconds: range.lowerBound.seconds.flooredDivision(by: 3600) * 3600)
        let to = QuarterHour(index: QuarterHour(containing: range.upperBound).index + 1).start
        return from..<max(to, from.adding(seconds: 900))
    }

    /// Error codes of the failures of a segment, with as many as the weeks before would lead to expect.
    private func codes(of shift: SegmentShift, range: Range<Instant>, now: Instant) async throws -> [Playbook.Code] {
        let before = range.lowerBound.adding(seconds: -14 * 86_400)..<range.lowerBound
        var counts: [Int: (now: Double, before: Double)] = [:]
        var bases = (now: 0.0, before: 0.0)
        for (part, isNow) in [(before, false), (range, true)] {
            let order = Planner.Order(
                boundaries: [part.lowerBound, part.upperBound],
                measures: [.message(.attempted), .message(.failed), .message(.rejected)], dimensions: [.errorCode],
                filters: shift.segment.filters, asOf: now)
            for piece in planner.parts(order) {
                let plan = piece.plan
                guard let attempted = plan.measures.firstIndex(of: .message(.attempted)),
                    let failed = plan.measures.firstIndex(of: .message(.failed)),
                    let rejected = plan.measures.firstIndex(of: .message(.rejected)),
                    let place = plan.dimensions.firstIndex(of: .errorCode)
                else { continue }
                for row in try await store.run(plan).rows {
                    let base = Double(row.sums[attempted])
                    let bad = Double(row.sums[failed] &+ row.sums[rejected])
                    if isNow { bases.now += base } else { bases.before += base }
                    guard let code = row.key[place].flatMap({ Int($0) }) else { continue }
                    if isNow {
                        counts[code, default: (0, 0)].now += bad
                    } else {
                        counts[code, default: (0, 0)].before += bad
                    }
                }
            }
        }
        return counts.map { code, count in
            Playbook.Code(
                code: code, count: count.now,
                expected: bases.before > 0 ? count.before / bases.before * bases.now : 0)
        }.sorted { ($0.count - $0.expected, $1.code) > ($1.count - $1.expected, $0.code) }
    }
}
