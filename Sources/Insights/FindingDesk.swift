import Domain

/// What people may do to findings; behind it stands the one who keeps them.
package struct FindingDesk: Sendable {
    package var acknowledge: @Sendable (_ id: String, _ person: String) async throws -> Finding
    package var unacknowledge: @Sendable (_ id: String, _ person: String) async throws -> Finding
    package var mute: @Sendable (_ id: String, _ until: Instant, _ person: String) async throws -> Finding
    package var unmute: @Sendable (_ id: String, _ person: String) async throws -> Finding
    package var comment: @Sendable (_ id: String, _ text: String, _ person: String) async throws -> Finding

    package init(
        acknowledge: @escaping @Sendable (String, String) async throws -> Finding,
        unacknowledge: @escaping @Sendable (String, String) async throws -> Finding,
        mute: @escaping @Sendable (String, Instant, String) async throws -> Finding,
        unmute: @escaping @Sendable (String, String) async throws -> Finding,
        comment: @escaping @Sendable (String, String, String) async throws -> Finding
    ) {
        self.acknowledge = acknowledge
        self.unacknowledge = unacknowledge
        self.mute = mute
        self.unmute = unmute
        self.comment = comment
    }
}
