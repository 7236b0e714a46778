import Domain

/// A page with filters that somebody gave a name.
package struct SavedView: Hashable, Sendable {
    /// Random, for the link that is passed on.
    package var id: String
    package var name: String
    package var path: String
    /// Encoded, without `?`.
    package var query: String
    /// Who saved it; nil for whoever had no account.
    package var person: Int64?
    package var createdAt: Instant

    package init(id: String, name: String, path: String, query: String, person: Int64?, createdAt: Instant) {
        self.id = id
        self.name = name
        self.path = path
        self.query = query
        self.person = person
        self.createdAt = createdAt
    }
}

/// Saved views, kept beside the keys: they cannot be made anew from the inbox.
package protocol ViewStore: Sendable {
    /// Saves it, or saves it again under its id.
    func save(_ view: SavedView) async throws
    /// Everybody's, by name.
    func views() async throws -> [SavedView]
    func view(id: String) async throws -> SavedView?
    /// False when there is no such view.
    func deleteView(id: String) async throws -> Bool
}
