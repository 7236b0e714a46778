import Domain

/// A finding as it is kept: what lists are ordered and chosen by, and the whole of it as JSON.
package struct KeptFinding: Hashable, Sendable {
    package var id: String
    package var kind: String
    package var state: String
    package var openedAt: Instant
    package var updatedAt: Instant
    package var json: String

    package init(id: String, kind: String, state: String, openedAt: Instant, updatedAt: Instant, json: String) {
        self.id = id
        self.kind = kind
        self.state = state
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.json = json
    }
}

/// Findings, kept beside the keys: what people did to them cannot be made anew from the inbox.
package protocol FindingStore: Sendable {
    /// Saves them, each under its id, as one unit.
    func save(_ findings: [KeptFinding]) async throws
    /// The newest first.
    /// - Parameter state: all when nil.
    func findings(state: String?, limit: Int) async throws -> [KeptFinding]
    func finding(id: String) async throws -> KeptFinding?
    /// Forgets those that were opened at or after an instant, so that history can be gone through again.
    func deleteFindings(openedSince instant: Instant) async throws
    /// How far the watch has looked; nil before its first look.
    func watchedTo() async throws -> Instant?
    func setWatchedTo(_ instant: Instant) async throws
    /// Another number after every change of a finding and every look.
    func version() async throws -> Int64
}
