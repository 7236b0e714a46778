import Domain

extension RateCard {
    /// The price of one market and category in one currency on a day.
    package struct Price: Hashable, Sendable {
        package var currency: String
        /// Meta's market, or the ISO code of a country.
        package var market: String
        package var category: String
        package var effectiveFrom: LocalDate
        /// Ascending; the only one begins at 0 where there are no volume tiers.
        package var tiers: [RateEntry]
        /// Imported by the business; otherwise shipped.
        package var isImported: Bool
    }

    /// Every price in force on a day: by currency, market and category. What the business imported takes the place of
    /// the shipped line from its first date on.
    package static func inForce(
        _ imported: [RateEntry], on day: LocalDate, shipped: [RateEntry] = RateCard.shipped
    ) -> [Price] {
        struct Key: Hashable {
            var currency: String
            var market: String
            var category: String

            init(_ entry: RateEntry) {
                currency = entry.currency
                market = entry.market
                category = PricedCategory.spelling(entry.category)
            }
        }
        let own = Dictionary(grouping: imported) { Key($0) }
        let standard = Dictionary(grouping: shipped) { Key($0) }
        return Set(own.keys).union(standard.keys).compactMap { key -> Price? in
            let begun = (own[key] ?? []).filter { $0.effectiveFrom <= day }
            let entries = begun.isEmpty ? (standard[key] ?? []).filter { $0.effectiveFrom <= day } : begun
            guard let date = entries.map(\.effectiveFrom).max() else { return nil }
            // Of several lines for one tier the last counts.
            let tiers = entries.filter { $0.effectiveFrom == date }
                .reduce(into: [Int64: RateEntry]()) { $0[$1.tierFrom] = $1 }
            return Price(
                currency: key.currency, market: key.market, category: key.category, effectiveFrom: date,
                tiers: tiers.values.sorted { $0.tierFrom < $1.tierFrom }, isImported: !begun.isEmpty)
        }.sorted { ($0.currency, $0.market, $0.category) < ($1.currency, $1.market, $1.category) }
    }
}
