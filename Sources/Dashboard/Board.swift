import Catalogue
import Domain
import Web

/// A page of cards under the filter bar.
struct Board: Sendable {
    var path: String
    var title: Text
    /// Under the title: which question the page answers.
    var about: Text
    /// The entry of the navigation that it belongs to.
    var entry: Navigation.Entry
    var permission: Permission
    /// Those that the bar offers first; the others are behind "more".
    var dimensions: [Dimension]
    /// A page about one thing: what the address must name.
    var subject: Dimension?
    var cards: [any Card]
    /// Whether its cards can be narrowed: else the page has no filter bar.
    var hasFilters: Bool
    /// Above the cards.
    var banner: @Sendable (Scope) -> HTML? = { _ in nil }

    init(
        _ entry: Navigation.Entry, path: String? = nil, title: Text? = nil, about: Text,
        permission: Permission = .numbers, dimensions: [Dimension], subject: Dimension? = nil, cards: [any Card],
        hasFilters: Bool = true, banner: @escaping @Sendable (Scope) -> HTML? = { _ in nil }
    ) {
        self.path = path ?? entry.path
        self.title = title ?? entry.title
        self.about = about
        self.entry = entry
        self.permission = permission
        self.dimensions = dimensions
        self.subject = subject
        self.cards = cards
        self.hasFilters = hasFilters
        self.banner = banner
    }

    /// Every dimension that filters stored facts, those that are offered first left out.
    var furtherDimensions: [Dimension] {
        Dimension.allCases.filter { !dimensions.contains($0) && $0 != subject && $0 != .errorClass }
    }
}

extension Board {
    static let all: [Board] = [
        overview, findings, delivery, messages, templates, template, compare, engagement, service, volume, outcomes,
        costs, ask, health,
    ]

    static func at(_ path: String) -> Board? { all.first { $0.path == path } }

    static func card(_ name: String) -> (any Card)? {
        all.lazy.flatMap(\.cards).first { $0.name == name }
    }
}
