/// The markets of Meta's rate cards: a country of its own, or a region of several.
///
/// Source: Meta's pricing page (December 2025), with the moves that Meta announced for 1 October 2025, 1 July 2026 and
/// 1 October 2026. A country that no list names belongs to `Other`.
package enum Market {
    /// Where all other countries are.
    package static let other = "Other"

    /// A country that became a market of its own, or changed its region: what it belongs to from a day on.
    package struct Move: Hashable, Sendable {
        package var country: String
        package var from: LocalDate
        package var market: String
    }

    /// Meta's name of the market that a country (ISO 3166-1, upper case) belongs to on a day.
    package static func of(country: String, on day: LocalDate) -> String {
        if let moves = movesByCountry[country] {
            for move in moves.reversed() where move.from <= day { return move.market }
        }
        return marketByCountry[country] ?? other
    }

    /// Every market that any day knows, in alphabetical order, regions behind countries.
    package static let names: [String] = {
        var countries = own.map(\.name)
        countries += allMoves.map(\.market).filter { !regionNames.contains($0) }
        return Set(countries).sorted() + regionNames
    }()

    /// Days on which any country moved, oldest first.
    package static let moveDays: [LocalDate] = Set(allMoves.map(\.from)).sorted()

    /// Meta's spelling of a market however it is written: case, `&` and a few usual short names do not matter.
    package static func named(_ text: String) -> String? { nameByFolded[folded(text)] }

    /// The market or, for the English or Indonesian name of a country, its ISO code that a misspelt word is nearest
    /// to; nil when nothing is near.
    package static func nearest(to text: String) -> String? {
        let word = Array(folded(text).utf8.prefix(64))
        guard word.count > 1 else { return nil }
        // A market before a country of the same name.
        let markets = nameByFolded.map { (distance: distance(word, Array($0.key.utf8)), isCountry: 0, name: $0.value) }
        let countries = countryByFolded.map { (distance: distance(word, $0.0), isCountry: 1, name: $0.1) }
        let best = (markets + countries).min {
            ($0.distance, $0.isCountry, $0.name) < ($1.distance, $1.isCountry, $1.name)
        }
        guard let best, best.distance <= max(1, word.count / 3) else { return nil }
        return best.name
    }

    // MARK: Tables

    /// Markets of one country, as of December 2025.
    private static let own: [(name: String, country: String)] = [
        ("Argentina", "AR"), ("Brazil", "BR"), ("Chile", "CL"), ("Colombia", "CO"), ("Egypt", "EG"), ("France", "FR"),
        ("Germany", "DE"), ("India", "IN"), ("Indonesia", "ID"), ("Israel", "IL"), ("Italy", "IT"),
        ("Malaysia", "MY"), ("Mexico", "MX"), ("Netherlands", "NL"), ("Nigeria", "NG"), ("Pakistan", "PK"),
        ("Peru", "PE"), ("Russia", "RU"), ("Saudi Arabia", "SA"), ("South Africa", "ZA"), ("Spain", "ES"),
        ("Turkey", "TR"), ("United Arab Emirates", "AE"), ("United Kingdom", "GB"),
    ]

    /// Regions as they were before the moves.
    private static let regions: [(name: String, countries: String)] = [
        ("North America", "CA US"),
        (
            "Rest of Africa",
            "DZ AO BJ BW BF BI CM TD CG ER ET GA GM GH GW CI KE LS LR LY MG MW ML MR MA MZ NA NE RW SN SL SO SS SD SZ "
                + "TZ TG TN UG ZM"
        ),
        ("Rest of Asia Pacific", "AF AU BD KH CN HK JP LA MN NP NZ PG PH SG LK TW TJ TH TM UZ VN"),
        ("Rest of Central & Eastern Europe", "AL AM AZ BY BG HR CZ GE GR HU LV LT MD MK PL RO RS SK SI UA"),
        ("Rest of Western Europe", "AT BE DK FI IE NO PT SE CH"),
        ("Rest of Latin America", "BO CR DO EC SV GT HT HN JM NI PA PY PR UY VE"),
        ("Rest of Middle East", "BH IQ JO KW LB OM QA YE"),
    ]

    private static let regionNames = regions.map(\.name) + [other]

    private static let allMoves: [Move] = [
        ("2025-10-01", [("ZW", "Rest of Africa")]),
        (
            "2026-07-01",
            [
                ("HK", "Hong Kong"), ("HU", "Hungary"), ("PL", "Poland"), ("QA", "Qatar"), ("RO", "Romania"),
                ("SG", "Singapore"),
            ]
        ),
        (
            "2026-10-01",
            [
                ("BD", "Bangladesh"), ("IQ", "Iraq"), ("KZ", "Kazakhstan"), ("KW", "Kuwait"), ("MA", "Morocco"),
                ("NP", "Nepal"), ("OM", "Oman"), ("LK", "Sri Lanka"), ("UA", "Ukraine"),
            ]
        ),
    ].flatMap { (day: String, moves: [(String, String)]) in
        moves.compactMap { country, market in
            LocalDate(day).map { Move(country: country, from: $0, market: market) }
        }
    }

    private static let movesByCountry = Dictionary(grouping: allMoves, by: \.country)
        .mapValues { $0.sorted { $0.from < $1.from } }

    private static let marketByCountry: [String: String] = {
        var markets: [String: String] = [:]
        for market in own { markets[market.country] = market.name }
        for region in regions {
            for country in region.countries.split(separator: " ") { markets[String(country)] = region.name }
        }
        return markets
    }()

    // MARK: Spellings

    private static let shortNames = [
        "uae": "United Arab Emirates", "uk": "United Kingdom", "great britain": "United Kingdom",
        "turkiye": "Turkey", "türkiye": "Turkey", "rest of apac": "Rest of Asia Pacific",
        "rest of cee": "Rest of Central & Eastern Europe", "rest of latam": "Rest of Latin America",
        "rest of world": other, "others": other,
    ]

    private static let nameByFolded: [String: String] = {
        var folded = shortNames
        for name in names { folded[Self.folded(name)] = name }
        return folded
    }()

    private static let countryByFolded: [([UInt8], String)] = Country.all.flatMap { country in
        Set([country.name.en, country.name.id]).map { (Array(folded($0).utf8), country.code) }
    }

    /// Lower case, `&` spelt out, one blank between words.
    private static func folded(_ text: String) -> String {
        text.cut(toBytes: 128).lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" }
            .map { $0 == "&" ? "and" : String($0) }.joined(separator: " ")
    }

    /// Levenshtein distance: how many bytes have to be put in, left out or changed.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, byte) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
