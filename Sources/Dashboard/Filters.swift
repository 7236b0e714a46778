import Catalogue
import Domain
import Web

/// What the pages show: the filters of a URL. Every card of a page has the same.
struct Filters: Sendable, Hashable {
    enum Span: Int, CaseIterable, Sendable {
        case week = 7
        case month = 28
        case quarter = 90

        var range: QueryRange {
            switch self {
            case .week: .preset(.last7Days)
            case .month: .preset(.last28Days)
            case .quarter: .preset(.last90Days)
            }
        }
        var name: Text { Text(id: "\(rawValue) hari", en: "\(rawValue) days") }
    }
    /// The pages of cards, with what each may be narrowed by.
    enum Board: CaseIterable, Sendable {
        case overview, service, outcomes, costs

        var path: String {
            switch self {
            case .overview: "/"
            case .service: "/service"
            case .outcomes: "/outcomes"
            case .costs: "/costs"
            }
        }
        var dimensions: [Dimension] {
            switch self {
            case .overview: [.template, .phoneNumber]
            case .service: [.phoneNumber, .team, .agent]
            case .outcomes: [.kind, .campaign, .template]
            case .costs: [.category, .campaign, .template, .phoneNumber]
            }
        }
    }
    let board: Board
    var span = Span.month
    private var values: [Dimension: String] = [:]

    init(_ board: Board) { self.board = board }

    /// Reads `?range=28&template=…&phone_number=…`; what is not understood is as if it were not there.
    init(_ query: URLQuery, of board: Board) {
        self.board = board
        span = query["range"].flatMap { Int($0) }.flatMap(Span.init) ?? .month
        for dimension in board.dimensions { self[dimension] = Self.value(query[dimension.rawValue]) }
    }

    /// The one value that a dimension is narrowed to; nil for all.
    subscript(dimension: Dimension) -> String? {
        get { values[dimension] }
        set { values[dimension] = newValue }
    }

    private static func value(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text.utf8.count <= Limits.labelBytesMax else { return nil }
        return text
    }

    private var chosen: [(dimension: Dimension, value: String)] {
        board.dimensions.compactMap { dimension in values[dimension].map { (dimension, $0) } }
    }

    var query: URLQuery {
        URLQuery([("range", String(span.rawValue))] + chosen.map { ($0.dimension.rawValue, $0.value) })
    }

    /// The page with these filters.
    var url: String { query.url(path: board.path) }

    /// As conditions of a question.
    var conditions: [Filter] { chosen.map { Filter(dimension: $0.dimension, op: .isIn, values: [$0.value]) } }

    /// Whether anything is left out but by time.
    var isNarrowed: Bool { !values.isEmpty }
}
