import Analytics
import Catalogue
import Domain
import Web

extension Board {
    /// Can the numbers be trusted: does data arrive, is all of it counted, and what is odd about it?
    static let health = Board(
        Navigation.health,
        about: Text(
            id: "Apakah semua data masuk dan terhitung? 90 hari terakhir, tanpa filter.",
            en: "Does all data arrive, and is all of it counted? The last 90 days, unfiltered."),
        dimensions: [],
        cards: [
            HealthCountingCard(), HealthSourcesCard(), HealthOrderCard(), HealthLatenessCard(), HealthFieldsCard(),
            HealthUnreadCard(), HealthConnectionCard(), HealthStorageCard(), HealthKeysCard(),
        ], hasFilters: false)
}

extension Scope {
    func health() async throws -> DataHealth {
        guard let look = data.health else {
            throw Failure(
                .notFound, id: "Server ini tidak memantau datanya.", en: "This server does not watch its data.")
        }
        return try await look()
    }

    /// `3 mnt lalu`
    func ago(_ instant: Instant) -> String {
        let seconds = Double(max(0, now.microseconds(since: instant)) / 1_000_000)
        return say("\(figures.age(seconds)) lalu", "\(figures.age(seconds)) ago")
    }

    /// How long ago, and exactly when for those who hover.
    func since(_ instant: Instant) -> HTML {
        "<time datetime=\"\(RFC3339.format(instant))\" title=\"\(figures.exactTime(instant))\">\(ago(instant))</time>"
    }

    func pill(_ tone: Tone, _ words: String) -> HTML { "<span class=\"pill \(tone.rawValue)\">\(words)</span>" }

    enum Tone: String { case good, warn, bad, waiting, quiet }
}

/// What the cards of the page share.
enum HealthTable {
    static let api = "/api/v1/health"
    static let command = "pantau health"

    static func export(_ columns: [String], _ rows: [[ExportTable.Value]]) -> Export {
        .table(ExportTable(columns: columns, rows: rows, api: api, command: command))
    }

    /// A table whose cells name their column where it is too narrow for heads.
    static func html(
        _ heads: [String], numeric: Set<Int> = [], _ rows: [[HTML]], caption: String? = nil
    ) -> HTML {
        let head = heads.enumerated().map { index, head -> HTML in
            let number: HTML = numeric.contains(index) ? " class=\"number\"" : ""
            return "<th scope=\"col\"\(number)>\(head)</th>"
        }
        let body = rows.map { cells -> HTML in
            let parts = cells.enumerated().map { index, cell -> HTML in
                guard index > 0 else { return "<th scope=\"row\">\(cell)</th>" }
                let number: HTML = numeric.contains(index) ? " class=\"number\"" : ""
                return "<td\(number) data-label=\"\(heads[index])\">\(cell)</td>"
            }
            return "<tr>\(parts)</tr>\n"
        }
        let caption: HTML = caption.map { "<caption>\($0)</caption>" } ?? ""
        return """
            <div class="table"><table class="stack three">\(caption)<thead><tr>\(head)</tr></thead>
            <tbody>\(body)</tbody></table></div>
            """
    }
}
