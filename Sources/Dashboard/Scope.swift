import Analytics
import Catalogue
import Domain
import Logging
import Storage
import Web

/// The data that a request is about: the business's own, or made-up ones.
package struct PageData: Sendable {
    package var store: any AnalyticsStore
    package var analyst: Analyst
    /// How far the numbers are behind what has arrived.
    package var arrival: @Sendable () async throws -> Arrival
    /// How they are; nil where nobody looks after that.
    package var health: (@Sendable () async throws -> DataHealth)?
    /// What the watch found in them; nil where nobody watches.
    package var findings: Findings?
    package var isDemo: Bool
    /// Its zone and currency, where they are not the business's.
    package var workspace: Workspace?

    package init(
        store: any AnalyticsStore, analyst: Analyst, arrival: @escaping @Sendable () async throws -> Arrival,
        health: (@Sendable () async throws -> DataHealth)? = nil, isDemo: Bool = false,
        workspace: Workspace? = nil, findings: Findings? = nil
    ) {
        self.findings = findings
        self.workspace = workspace
        self.health = health
        self.store = store
        self.analyst = analyst
        self.arrival = arrival
        self.isDemo = isDemo
    }
}

/// What a card may use, and for whom it draws.
struct Scope: Sendable {
    var language: Language
    var filters: Filters
    /// Path of the page that the card stands on.
    var path: String
    var viewer: Viewer
    var figures: Figures
    var data: PageData
    var now: Instant
    /// The address that the reader reached this server by: the best guess at what Meta and desks can reach.
    var origin: String
    var hasSecret: Bool
    var hasVerifyToken: Bool
    var hasDesk: Bool
    /// The workspace's.
    var currency: String
    var logger: Logger
    /// Connections to Meta and others; nil where pages are shown without a server.
    var outside: Outside?

    var analyst: Analyst { data.analyst }
    var store: any AnalyticsStore { data.store }
    var arrival: @Sendable () async throws -> Arrival { data.arrival }

    func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(language) }

    /// A question about the range and filters of the page. Filters that the metrics cannot be narrowed by are left
    /// out; the card's frame says which.
    func ask(
        _ metrics: [String], by dimensions: [Dimension] = [], grain: Grain = .total, order: [Query.Order] = [],
        limit: Int? = nil, also conditions: [Filter] = []
    ) async throws -> Answer {
        let narrowed = filters.conditions(for: metrics).filter { filter in
            !conditions.contains { $0.dimension == filter.dimension }
        }
        return try await analyst.ask(
            Query(
                metrics: metrics, dimensions: dimensions, filters: narrowed + conditions, range: filters.range,
                grain: grain, compare: filters.compare, limit: limit, order: order))
    }

    /// The grain in which a series over the range is best read: hours for up to two days, weeks from half a year on.
    var seriesGrain: Grain {
        let (from, to) = filters.dates(now: now, clock: figures.clock)
        switch to.day - from.day {
        case ...2: return .hour
        case 3...180: return .day
        default: return .week
        }
    }

    // MARK: Links

    /// The page as it is, with other filters.
    func url(_ filters: Filters) -> String { filters.url(path: path) }

    /// Another page with the same filters, one more narrowed when it is named.
    func url(_ path: String, _ dimension: Dimension? = nil, _ value: String? = nil) -> String {
        let filters = path == self.path ? filters : filters.withoutOptions
        guard let dimension else { return filters.url(path: path) }
        return filters.setting(dimension, to: [value]).url(path: path)
    }

    /// A value as a link to this page narrowed to it; nil stands for what has none.
    func link(_ dimension: Dimension, _ value: String?, _ words: String) -> HTML {
        "<a href=\"\(url(path, dimension, value))\">\(words)</a>"
    }

    /// At the foot of every page.
    func foot(_ version: String) -> HTML {
        """
        <span>\(say("Zona waktu", "Time zone")): \(figures.zone(at: now))</span><span>Pantau \(version)</span>
        """
    }
}
