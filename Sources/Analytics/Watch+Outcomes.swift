import Catalogue
import Domain
import Insights
import Storage

/// Whether what comes in leads to what it is for.
extension Watch {
    func outcomeSightings(at now: Instant) async throws -> [Sighting] {
        async let talks = talkSightings(at: now)
        async let clicks = clickSightings(at: now)
        return try await talks + clicks
    }

    // MARK: More conversations, no more outcomes

    /// Sums of the talk feed in a segment.
    private struct Talk {
        var volume = 0.0
        var converted = 0.0
    }

    private func talkSightings(at now: Instant) async throws -> [Sighting] {
        let end = now.seconds.flooredDivision(by: 3600)
        var best: (shift: SegmentShift, hours: Int64, sums: Talk, expected: Double)?
        // The last hours' customers have had no time to buy.
        for hours in [Int64(24), 48] {
            let window = WatchWindow(
                feed: talks, rate: WatchRate(bad: { Double($0[0]) }, base: { Double($0[0]) }),
                hours: (end - hours)..<end, kin: nil, clock: clock)
            guard window.daysKnown >= Self.daysMin else { return [] }
            for place in places(of: window) {
                let now = talk(place, window.feed.sums(hours: window.hours), of: window.feed)
                let days = window.days.suffix(21).map { talk(place, window.feed.byDay[$0] ?? [:], of: window.feed) }
                let volumes = days.map(\.volume).sorted()
                guard let usual = volumes.isEmpty ? nil : volumes[volumes.count * 3 / 4], now.volume >= 20 else {
                    continue
                }
                let scale = Double(hours) / 24
                let ordinary = max(usual, 2) * scale
                guard now.volume >= 2 * ordinary, now.volume - ordinary >= 15 else { continue }
                let all = days.reduce(into: Talk()) {
                    $0.volume += $1.volume
                    $0.converted += $1.converted
                }
                let whole = window.days.suffix(21).reduce(into: Talk()) {
                    let sum = talk(.everything, window.feed.byDay[$1] ?? [:], of: window.feed)
                    $0.volume += sum.volume
                    $0.converted += sum.converted
                }
                guard whole.volume >= 100, whole.converted >= 10 else { continue }
                // A third of what a conversation leads to comes within its first day.
                let rate = (all.converted + 50 * whole.converted / whole.volume) / (all.volume + 50)
                let expected = now.volume * rate * 0.5
                let score = -Surprise.score(now.converted, expected: expected, dispersion: 1 + 0.05 * expected)
                guard score >= 2.3, now.converted <= 0.55 * expected else { continue }
                let volumeScore = Surprise.score(
                    now.volume, expected: ordinary, dispersion: 1 + 0.08 * ordinary)
                guard volumeScore >= 4 else { continue }
                let shift = SegmentShift(
                    segment: place, bad: now.volume, base: now.volume, expected: ordinary, score: volumeScore, share: 1)
                let excess = shift.excess - 0.02 * Double(place.elements.count) * shift.excess
                let known = best.map {
                    $0.shift.excess - 0.02 * Double($0.shift.segment.elements.count) * $0.shift.excess
                }
                // The narrowest that holds nearly all of it says most.
                if known == nil || excess > 1.15 * (known ?? 0)
                    || (excess > 0.85 * (known ?? 0)
                        && place.elements.count > (best?.shift.segment.elements.count ?? 0))
                {
                    best = (shift, hours, now, now.volume * rate)
                }
            }
        }
        guard let best else { return [] }
        return [try await talkSighting(best.shift, best.hours, best.sums, best.expected, end: end, now: now)]
    }

    private func places(of window: WatchWindow) -> [Segment] {
        var seen: Set<Segment> = [.everything]
        for place in window.feed.sums(hours: window.hours).keys {
            for (column, dimension) in window.feed.source.dimensions.enumerated() where dimension != .phoneNumber {
                guard let value = window.feed.keys[place][column] else { continue }
                seen.insert(Segment([dimension: value]))
            }
        }
        return seen.sorted()
    }

    private func talk(_ segment: Segment, _ sums: [Int: WatchCounts], of feed: WatchFeed) -> Talk {
        sums.reduce(into: Talk()) { sum, entry in
            guard feed.isInside(entry.key, segment) else { return }
            sum.volume += Double(entry.value.sums[0])
            sum.converted += Double(entry.value.sums[1])
        }
    }

    private func talkSighting(
        _ shift: SegmentShift, _ hours: Int64, _ sums: Talk, _ expected: Double, end: Int64, now: Instant
    ) async throws -> Sighting {
        var since = end - hours
        for hour in (end - hours)..<end {
            let sum = talk(shift.segment, talks.hours[hour] ?? [:], of: talks)
            if sum.volume >= 3 * max(1, shift.expected / Double(hours)) {
                since = hour
                break
            }
        }
        let query = query(
            ["conversations", "conversation_conversion_rate"], of: shift.segment, Self.range((end - hours)..<end),
            grain: .hour)
        let start = Instant(seconds: since * 3600)
        let play = Playbook.withoutOutcomes(
            Playbook.OutcomeEvidence(
                segment: shift.segment, traffic: .conversations, volume: sums.volume, usualVolume: shift.expected,
                outcomes: sums.converted, expectedOutcomes: expected, hours: Double(hours),
                marks: try await marks(of: shift.segment, near: start, until: now), query: query))
        return Sighting(
            kind: .volumeWithoutOutcomes, metric: "conversations", segment: shift.segment, severity: play.severity,
            since: start, seenAt: Instant(seconds: end * 3600), title: play.title, causes: play.causes,
            impact: play.impact, action: play.action,
            evidence: Evidence(
                value: sums.volume, expected: shift.expected, sample: Int64(sums.volume),
                surprise: Surprise.exponent(ofScore: shift.score), query: query))
    }

    // MARK: Clicks that lead to nothing

    private func clickSightings(at now: Instant) async throws -> [Sighting] {
        let end = now.seconds.flooredDivision(by: 3600)
        var sightings: [Sighting] = []
        for hours in [Int64(24), 48, 72] {
            let window = WatchWindow(
                feed: reads, rate: WatchRate(bad: { Double($0[4]) }, base: { Double($0[1]) }),
                hours: (end - hours)..<(end - 4), kin: nil, clock: clock)
            guard window.daysKnown >= Self.daysMin else { return [] }
            var usual = (clicks: 0.0, outcomes: 0.0)
            for day in window.days {
                usual.clicks += clicks(.everything, reads.byDay[day] ?? [:])
                usual.outcomes += outcomes(.everything, results.byDay[day] ?? [:])
            }
            guard usual.clicks >= 60, usual.outcomes >= 15 else { return [] }
            let rate = min(1, usual.outcomes / usual.clicks)
            for segment in places(of: window) where segment[.campaign] != nil {
                let clicks = clicks(segment, reads.sums(hours: window.hours))
                let came = outcomes(segment, results.sums(hours: (end - hours)..<end))
                let expected = clicks * rate
                guard expected >= 6 else { continue }
                let score = -Surprise.score(came, expected: expected, dispersion: 1 + 0.08 * expected)
                guard score >= 3, came <= 0.35 * expected else { continue }
                guard !sightings.contains(where: { $0.segment == segment }) else { continue }
                sightings.append(
                    try await clickSighting(
                        segment, clicks: clicks, outcomes: came, expected: expected, score: score,
                        hours: (end - hours)..<end, now: now))
            }
        }
        return sightings
    }

    private func clicks(_ segment: Segment, _ sums: [Int: WatchCounts]) -> Double {
        sums.reduce(0) { reads.isInside($1.key, segment) ? $0 + Double($1.value.sums[4]) : $0 }
    }

    private func outcomes(_ segment: Segment, _ sums: [Int: WatchCounts]) -> Double {
        sums.reduce(0) { sum, entry in
            guard results.isInside(entry.key, segment.adding(.touch, TouchKind.click.rawValue)) else { return sum }
            return sum + Double(entry.value.sums[0])
        }
    }

    private func clickSighting(
        _ segment: Segment, clicks: Double, outcomes: Double, expected: Double, score: Double, hours: Range<Int64>,
        now: Instant
    ) async throws -> Sighting {
        let range = Self.range(hours)
        let query = query(["messages_clicked", "outcomes"], of: segment, range, grain: .hour)
        let began = reads.hours.filter { hours.contains($0.key) && self.clicks(segment, $0.value) > 0 }.keys.min()
        let since = Instant(seconds: (began ?? hours.lowerBound) * 3600)
        let play = Playbook.withoutOutcomes(
            Playbook.OutcomeEvidence(
                segment: segment, traffic: .clicks, volume: clicks, usualVolume: clicks, outcomes: outcomes,
                expectedOutcomes: expected, hours: Double(hours.count),
                marks: try await marks(of: segment, near: since, until: now), query: query))
        return Sighting(
            kind: .volumeWithoutOutcomes, metric: "outcomes", segment: segment, severity: play.severity, since: since,
            seenAt: range.upperBound, title: play.title, causes: play.causes, impact: play.impact, action: play.action,
            evidence: Evidence(
                value: outcomes, expected: expected, sample: Int64(clicks),
                surprise: Surprise.exponent(ofScore: score), query: query))
    }
}
