import Domain

/// The lines of all rate cards, laid out for looking one price up.
///
/// Lines of one currency, place and category are versions by their date; the newest that has begun counts. What the
/// business imports replaces the shipped lines of the same currency, market and category from its first date on.
struct RateBook: Sendable {
    struct Tier: Hashable, Sendable {
        var from: Int64
        var to: Int64?
        var micros: Int64?
    }

    /// The price of one date: ascending tiers.
    struct Version: Hashable, Sendable {
        var from: LocalDate
        var tiers: [Tier]

        /// The price of the message of a rank; nil when the card names none.
        func micros(rank: Int64) -> Int64? {
            tiers.last { $0.from <= rank && ($0.to.map { rank < $0 } ?? true) }?.micros
        }
    }

    /// Where a message goes: its country and the market that the country belongs to on the day.
    struct Place: Hashable, Sendable {
        var country: String
        var market: String
    }

    private struct Key: Hashable, Sendable {
        var currency: String
        /// A market, or the ISO code of a country.
        var place: String
        var category: String
    }

    /// What volume tiers are counted by, beside portfolio and month.
    private struct TierKey: Hashable, Sendable {
        var market: String
        var category: String
    }

    /// Bounds of tiers while a version is in force.
    private struct Bounds: Sendable {
        var days: Range<LocalDate>
        var at: Set<Int64>
    }

    /// By date, the oldest first.
    private let versions: [Key: [Version]]
    /// Countries with lines of their own, so that the others are looked up once.
    private let countries: Set<String>
    private let bounds: [TierKey: [Bounds]]
    let currencies: Set<String>

    /// - Parameters:
    ///   - imported: of several for one date, place, category and tier, the last counts.
    init(imported: [RateEntry], shipped: [RateEntry] = RateCard.shipped) {
        let own = Self.versions(imported)
        versions = Self.versions(shipped).merging(own) { shipped, own in
            shipped.filter { version in own.first.map { version.from < $0.from } ?? true } + own
        }
        countries = Set(own.keys.map(\.place).filter { $0.utf8.count == 2 })
        bounds = Self.bounds(versions)
        currencies = Set(versions.keys.map(\.currency))
    }

    private static func versions(_ entries: [RateEntry]) -> [Key: [Version]] {
        var tiers: [Key: [LocalDate: [Int64: Tier]]] = [:]
        for entry in entries {
            let key = Key(
                currency: entry.currency, place: entry.market, category: PricedCategory.spelling(entry.category))
            tiers[key, default: [:]][entry.effectiveFrom, default: [:]][entry.tierFrom] = Tier(
                from: entry.tierFrom, to: entry.tierTo, micros: entry.rateMicros)
        }
        return tiers.mapValues { dates in
            dates.map { Version(from: $0.key, tiers: $0.value.values.sorted { $0.from < $1.from }) }
                .sorted { $0.from < $1.from }
        }
    }

    // MARK: Prices

    /// The line in force for a place; a country's own beats its market's. Nil when no card has one.
    func version(_ category: String, in place: Place, currency: String, on day: LocalDate) -> Version? {
        if countries.contains(place.country) {
            let key = Key(currency: currency, place: place.country, category: category)
            if let version = version(key, on: day) { return version }
        }
        return version(Key(currency: currency, place: place.market, category: category), on: day)
    }

    private func version(_ key: Key, on day: LocalDate) -> Version? { versions[key]?.last { $0.from <= day } }

    // MARK: Tiers

    /// The category whose messages are counted together: authentication, of both kinds.
    static func counted(_ category: String) -> String {
        category == PricedCategory.authenticationInternational ? PricedCategory.authentication : category
    }

    /// Ranks at which any price in force in a month begins or ends, over all cards: ascending; empty when each has one
    /// tier only. The same for every message of the month, so that a new price in its middle does not begin a new
    /// count.
    func thresholds(_ category: String, market: String, month: LocalDate) -> [Int64] {
        guard let known = bounds[TierKey(market: market, category: Self.counted(category))] else { return [] }
        let days = month..<month.startOfNextMonth
        let inForce = known.filter { $0.days.overlaps(days) }
        return inForce.reduce(into: Set<Int64>()) { $0.formUnion($1.at) }.sorted()
    }

    private static func bounds(_ versions: [Key: [Version]]) -> [TierKey: [Bounds]] {
        var bounds: [TierKey: [Bounds]] = [:]
        for (key, versions) in versions where key.category != PricedCategory.service {
            for (index, version) in versions.enumerated() {
                let at = Set((version.tiers.map(\.from) + version.tiers.compactMap(\.to)).filter { $0 > 0 })
                let end = index + 1 < versions.count ? versions[index + 1].from : LocalDate(day: .max)
                guard !at.isEmpty, version.from < end else { continue }
                for (market, days) in markets(of: key.place, in: version.from..<end) {
                    bounds[TierKey(market: market, category: counted(key.category)), default: []].append(
                        Bounds(days: days, at: at))
                }
            }
        }
        return bounds
    }

    /// The market that a line's messages are counted in; several when a country moves meanwhile.
    private static func markets(of place: String, in days: Range<LocalDate>) -> [(String, Range<LocalDate>)] {
        guard place.utf8.count == 2 else { return [(place, days)] }
        let cuts = [days.lowerBound] + Market.moveDays.filter { days.lowerBound < $0 && $0 < days.upperBound }
        return cuts.enumerated().map { index, from in
            let to = index + 1 < cuts.count ? cuts[index + 1] : days.upperBound
            return (Market.of(country: place, on: from), from..<to)
        }
    }
}
