import Domain

/// Meta's rate cards as they are shipped: list prices in US dollars, with where they are from. What is not here was not
/// found and is unknown until the business imports a card: other currencies, volume tiers, prices before 1 July 2026.
package enum RateCard {
    /// The cards of 1 July and 1 October 2026.
    package static let shipped: [RateEntry] = july + october

    package static let shippedCurrency = "USD"
    /// Where the shipped prices are from.
    package static let source = Text(
        id: "Kartu tarif USD Meta per 1 Juli dan 1 Oktober 2026 (harga dasar, tanpa tingkat volume)",
        en: "Meta's USD rate cards of 1 July and 1 October 2026 (list prices, without volume tiers)")

    /// First day of the shipped prices.
    package static let shippedFrom = firstOfJuly
    /// From this day on service messages are charged beyond the free ones of the month.
    package static let serviceChargedFrom = firstOfOctober
    /// From this day until `serviceChargedFrom` service messages were free without limit.
    package static let serviceFreeFrom = LocalDate(day: 20_028)  // 2024-11-01
    /// Service messages of one business number in one calendar month that cost nothing.
    package static let freeServiceMessages: Int64 = 1_000

    private static let firstOfJuly = LocalDate(day: 20_635)  // 2026-07-01
    private static let firstOfOctober = LocalDate(day: 20_727)  // 2026-10-01

    // MARK: Prices

    private struct Line {
        var market: String
        var marketing: Int64?
        /// Utility and authentication; since October service, too.
        var utility: Int64?
        var international: Int64?
    }

    private static let october: [RateEntry] = octoberLines.flatMap { line in
        entries(line, from: firstOfOctober) + [entry(line.market, PricedCategory.service, line.utility, firstOfOctober)]
    }

    /// The card of July differs in these prices, has no service column, and the markets of October were still parts of
    /// their regions.
    private static let july: [RateEntry] = octoberLines.filter { !newInOctober.contains($0.market) }.flatMap { line in
        var line = line
        switch line.market {
        case "Mexico": line.marketing = 30_500
        case "Pakistan": line.utility = 10_000
        case "Peru": line.utility = 20_000
        case "Saudi Arabia": line.marketing = 50_100
        case "South Africa": line.utility = 7_600
        case "United Arab Emirates": line.marketing = 49_900
        case "Rest of Asia Pacific": line.marketing = 73_200
        case "Rest of Middle East": line.marketing = 34_100
        default: break
        }
        return entries(line, from: firstOfJuly)
    }

    private static let newInOctober: Set<String> = [
        "Bangladesh", "Iraq", "Kazakhstan", "Kuwait", "Morocco", "Nepal", "Oman", "Sri Lanka", "Ukraine",
    ]

    private static func entries(_ line: Line, from day: LocalDate) -> [RateEntry] {
        [
            entry(line.market, PricedCategory.marketing, line.marketing, day),
            entry(line.market, PricedCategory.utility, line.utility, day),
            entry(line.market, PricedCategory.authentication, line.utility, day),
            entry(line.market, PricedCategory.authenticationInternational, line.international, day),
        ]
    }

    private static func entry(_ market: String, _ category: String, _ micros: Int64?, _ day: LocalDate) -> RateEntry {
        RateEntry(
            effectiveFrom: day, currency: shippedCurrency, market: market, category: category, rateMicros: micros)
    }

    private static let octoberLines: [Line] = octoberTable.split(separator: "\n").compactMap { line in
        let cells = line.split(separator: "|").map { String($0).trimmed }
        guard cells.count == 4 else { return nil }
        return Line(
            market: cells[0], marketing: Money.micros(cells[1]), utility: Money.micros(cells[2]),
            international: Money.micros(cells[3]))
    }

    /// Market, marketing, utility and authentication and service, authentication-international.
    private static let octoberTable = """
        Argentina | 0.0618 | 0.0260 | n/a
        Bangladesh | 0.0732 | 0.0037 | 0.0960
        Brazil | 0.0625 | 0.0068 | n/a
        Chile | 0.0889 | 0.0200 | n/a
        Colombia | 0.0125 | 0.0008 | n/a
        Egypt | 0.0644 | 0.0036 | 0.0650
        France | 0.0859 | 0.0300 | n/a
        Germany | 0.1365 | 0.0550 | n/a
        Hong Kong | 0.0732 | 0.0260 | n/a
        Hungary | 0.0860 | 0.0350 | n/a
        India | 0.0118 | 0.0014 | 0.0304
        Indonesia | 0.0411 | 0.0250 | 0.1360
        Iraq | 0.0341 | 0.0079 | 0.1280
        Israel | 0.0353 | 0.0053 | n/a
        Italy | 0.0795 | 0.0300 | n/a
        Kazakhstan | 0.0604 | 0.0180 | 0.1600
        Kuwait | 0.0792 | 0.0440 | 0.1200
        Malaysia | 0.0860 | 0.0140 | 0.0418
        Mexico | 0.0397 | 0.0085 | n/a
        Morocco | 0.0414 | 0.0230 | 0.0811
        Netherlands | 0.1597 | 0.0500 | n/a
        Nepal | 0.0732 | 0.0034 | 0.1120
        Nigeria | 0.0516 | 0.0067 | 0.0750
        Oman | 0.0341 | 0.0247 | 0.0600
        Pakistan | 0.0473 | 0.0150 | 0.0750
        Peru | 0.0703 | 0.0300 | n/a
        Poland | 0.0366 | 0.0122 | n/a
        Qatar | 0.0341 | 0.0120 | n/a
        Romania | 0.0860 | 0.0290 | n/a
        Russia | 0.0802 | 0.0400 | n/a
        Saudi Arabia | 0.0576 | 0.0107 | 0.0598
        Singapore | 0.0732 | 0.0160 | n/a
        South Africa | 0.0379 | 0.0095 | 0.0200
        Spain | 0.0707 | 0.0200 | n/a
        Sri Lanka | 0.0732 | 0.0020 | 0.1440
        Turkey | 0.0109 | 0.0009 | n/a
        Ukraine | 0.0860 | 0.0298 | 0.0746
        United Arab Emirates | 0.0576 | 0.0157 | 0.0510
        United Kingdom | 0.0635 | 0.0220 | n/a
        North America | 0.0250 | 0.0034 | n/a
        Rest of Africa | 0.0225 | 0.0040 | n/a
        Rest of Asia Pacific | 0.0842 | 0.0113 | n/a
        Rest of Central & Eastern Europe | 0.0860 | 0.0212 | n/a
        Rest of Latin America | 0.0740 | 0.0113 | n/a
        Rest of Middle East | 0.0392 | 0.0091 | n/a
        Rest of Western Europe | 0.0592 | 0.0171 | n/a
        Other | 0.0604 | 0.0077 | n/a
        """
}
