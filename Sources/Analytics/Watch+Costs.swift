import Catalogue
import Domain
import Insights
import Storage

/// Whether a message costs what it used to.
extension Watch {
    private struct Spend {
        var charged = 0.0
        var cost = 0.0
        var byCategory: [String: Double] = [:]
        var price: Double { charged > 0 ? cost / charged / 1_000_000 : 0 }
        /// The category that has most more of the messages than it had; that of most when none has.
        func risen(over before: Spend) -> String? {
            let sums = (max(1, byCategory.values.reduce(0, +)), max(1, before.byCategory.values.reduce(0, +)))
            let rises = byCategory.map { ($0.key, $0.value / sums.0 - (before.byCategory[$0.key] ?? 0) / sums.1) }
            let most = rises.max { ($0.1, $1.0) < ($1.1, $0.0) }
            return most.flatMap { $0.1 >= 0.12 ? $0.0 : nil } ?? category?.name
        }
        func share(of category: String) -> Double {
            (byCategory[category] ?? 0) / max(1, byCategory.values.reduce(0, +))
        }

        /// The category of most.
        var category: (name: String, share: Double)? {
            let most = byCategory.max { ($0.value, $1.key) < ($1.value, $0.key) }
            let all = byCategory.values.reduce(0, +)
            return most.flatMap { all > 0 ? ($0.key, $0.value / all) : nil }
        }
    }

    func costSightings(at now: Instant) async throws -> [Sighting] {
        let end = now.seconds.flooredDivision(by: 3600)
        let hours: Int64 = 24
        let today = clock.date(of: now.adding(seconds: -hours * 3600)).day
        var spent: [[String?]: (now: Spend, before: Spend)] = [:]
        guard let places = columns(.template, .currency, .category) else { return [] }
        func add(_ counts: [Int: WatchCounts], isNow: Bool) {
            for (place, count) in counts {
                let key = charges.keys[place]
                var entry = spent[[key[places[0]], key[places[1]]]] ?? (Spend(), Spend())
                let charged = Double(count.sums[1])
                let category = key[places[2]] ?? ""
                if isNow {
                    entry.now.charged += charged
                    entry.now.cost += Double(count.sums[2])
                    entry.now.byCategory[category, default: 0] += charged
                } else {
                    entry.before.charged += charged
                    entry.before.cost += Double(count.sums[2])
                    entry.before.byCategory[category, default: 0] += charged
                }
                spent[[key[places[0]], key[places[1]]]] = entry
            }
        }
        add(charges.sums(hours: (end - hours)..<end), isNow: true)
        let days = charges.byDay.keys.filter { $0 < today }
        guard days.count >= Self.daysMin else { return [] }
        // Against the two weeks before: after them the new price is the price.
        for day in days where day >= today - 14 { add(charges.byDay[day] ?? [:], isNow: false) }
        var sightings: [Sighting] = []
        for (key, spend) in spent.sorted(by: { ($0.key[0] ?? "") < ($1.key[0] ?? "") }) {
            // What is sent without a template is free up to a quota, so that its price says little.
            guard let template = key[0], let currency = key[1] else { continue }
            if let sighting = try await costSighting(
                template, currency, spend.now, spend.before, (end - hours)..<end, now: now)
            {
                sightings.append(sighting)
            }
        }
        return sightings
    }

    private func columns(_ dimensions: Dimension...) -> [Int]? {
        let places = dimensions.compactMap { charges.source.dimensions.firstIndex(of: $0) }
        return places.count == dimensions.count ? places : nil
    }

    private func costSighting(
        _ template: String, _ currency: String, _ spend: Spend, _ before: Spend, _ hours: Range<Int64>, now: Instant
    ) async throws -> Sighting? {
        guard spend.charged >= 8, before.charged >= 20, before.price > 0 else { return nil }
        guard let from = before.category, let to = spend.risen(over: before) else { return nil }
        let told = try await categoryMark(template, until: now)
        // Two weeks after Meta said so, the new price is the price.
        if let told, told.at < now.adding(seconds: -14 * 86_400) { return nil }
        // Once it is known when, the days before that are what the price is held against.
        let usual = told.flatMap { self.spend(of: template, currency, before: $0.at) } ?? before
        guard spend.price > 1.03 * usual.price else { return nil }
        let isRaised = from.name != to || told.map { spend.share(of: $0.event.event.lowercased()) >= 0.1 } ?? false
        guard isRaised || (spend.charged >= 30 && spend.price > 1.3 * usual.price) else { return nil }
        let segment = Segment([.template: template])
        let range = Self.range(hours)
        let mark = told?.at
        let query = query(
            ["cost", "cost_per_delivered", "messages_delivered"], by: [.category], of: segment,
            range.lowerBound.adding(seconds: -7 * 86_400)..<range.upperBound, grain: .day)
        let since = mark ?? firstRaised(template, to, hours) ?? range.lowerBound
        let play = Playbook.cost(
            Playbook.CostEvidence(
                segment: segment, price: spend.price, usualPrice: usual.price, currency: currency,
                messages: spend.charged, hours: 24,
                category: isRaised ? (told?.event.previous?.lowercased() ?? from.name, to) : nil,
                raisedAt: isRaised ? mark : nil, query: query))
        return Sighting(
            kind: isRaised ? .categoryRaised : .costUp, metric: "cost_per_delivered", segment: segment,
            severity: play.severity, since: since, seenAt: range.upperBound, title: play.title, causes: play.causes,
            impact: play.impact, action: play.action,
            evidence: Evidence(
                value: spend.price, expected: usual.price, sample: Int64(spend.charged), query: query))
    }

    /// Of the two weeks before an instant; nil when too little was charged in them.
    private func spend(of template: String, _ currency: String, before at: Instant) -> Spend? {
        let segment = Segment([.template: template, .currency: currency])
        let end = clock.date(of: at).day
        var spend = Spend()
        for (day, counts) in charges.byDay where day < end && day >= end - 14 {
            for (place, count) in counts where charges.isInside(place, segment) {
                spend.charged += Double(count.sums[1])
                spend.cost += Double(count.sums[2])
            }
        }
        return spend.charged >= 20 ? spend : nil
    }

    private func firstRaised(_ template: String, _ category: String, _ hours: Range<Int64>) -> Instant? {
        let segment = Segment([.template: template, .category: category])
        let first = charges.hours.filter { hour in
            hours.contains(hour.key) && hour.value.keys.contains { charges.isInside($0, segment) }
        }.keys.min()
        return first.map { Instant(seconds: $0 * 3600) }
    }

    /// When Meta said that it changed the category of a template, in the last month.
    private func categoryMark(_ template: String, until now: Instant) async throws -> TimelineMark? {
        try await store.timeline(now.adding(seconds: -30 * 86_400)..<now, limit: 1_000).last { mark in
            // An announcement names both categories too; the template still has the one before.
            guard mark.event.field == "template_category_update", let before = mark.event.previous?.lowercased(),
                CategoryRaiseEffect.isRaise(from: before, to: mark.event.event.lowercased()),
                case .template(_, let name?, _) = mark.event.subject
            else { return false }
            return name == template
        }
    }
}
