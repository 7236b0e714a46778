import Alerts
import Domain
import Storage

/// A route as the pages show it.
package struct RouteEntry: Sendable {
    package var route: AlertRoute
    package var hasSecret: Bool
    /// Messages that are on their way.
    package var underway: Int
    package var deliveredAt: Instant?
    /// The last message that could not be brought to its receiver, unless one was since.
    package var failure: Text?

    package init(
        route: AlertRoute, hasSecret: Bool, underway: Int = 0, deliveredAt: Instant? = nil, failure: Text? = nil
    ) {
        self.route = route
        self.hasSecret = hasSecret
        self.underway = underway
        self.deliveredAt = deliveredAt
        self.failure = failure
    }
}

/// What pages may do with routes of alerts; behind it stands the one who keeps and sends.
package protocol AlertDesk: Sendable {
    /// Public address of this server, as links in messages begin.
    var base: String { get }
    /// Whether somebody entered it.
    var hasBase: Bool { get }
    var findings: any FindingStore { get }

    /// In the order in which they were made.
    func routes() async throws -> [RouteEntry]
    /// Keeps a route; without a secret it keeps the one that it has. Throws a `Failure` that says what to mend.
    func save(_ route: AlertRoute, secret: Secret?) async throws
    func setOn(_ isOn: Bool, route id: String) async throws -> AlertRoute?
    func setRemoved(_ isRemoved: Bool, route id: String) async throws -> AlertRoute?
    /// What came of a test message, for each recipient.
    func test(route id: String) async throws -> [DispatchResult]
    func mailServer() async throws -> (server: MailServer?, hasPassword: Bool)
    /// Without a password it keeps the one that it has.
    func save(_ server: MailServer, password: Secret?) async throws
    /// The newest first.
    func events(route: String?, limit: Int) async throws -> [AlertEvent]
    /// What a link asks for; throws a `Failure` when it is not ours or too old.
    func muteCommand(_ token: String) async throws -> MuteCommand
    /// What a mute would silence, in words; nil when nothing of it is known (any more).
    func subject(of command: MuteCommand) async throws -> Text?
    func mute(_ command: MuteCommand, by person: String?) async throws
}
