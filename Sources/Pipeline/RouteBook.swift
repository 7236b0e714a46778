import Alerts
import Domain
import Insights
import Storage

/// Routes and what they send with, as they are kept.
package struct RouteBook: Sendable {
    /// How long a removed route can be taken back.
    package static let undoSeconds: Int64 = 86_400

    private static let mailServerName = "mail_server"
    private static let mailPasswordName = "mail_password"
    private static let muteKeyName = "mute_key"
    private static let watchRulesName = "watch_rules"

    private let store: any AlertStore
    /// Public address of this server.
    package let base: String

    package init(store: any AlertStore, base: String) {
        self.store = store
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    }

    package struct Entry: Sendable {
        package var route: AlertRoute
        package var hasSecret: Bool
        /// Nil while it is in use.
        package var removedAt: Instant?
    }

    // MARK: Routes

    /// All that can be read, removed ones too; what cannot is left as it is.
    private func kept() async throws -> [(entry: Entry, secret: Secret?)] {
        try await store.alertRoutes().compactMap { kept in
            guard let route = try? AlertRoute(json: Array(kept.json.utf8)) else { return nil }
            let entry = Entry(route: route, hasSecret: kept.secret?.isEmpty == false, removedAt: kept.removedAt)
            return (entry, kept.secret.map { Secret($0) })
        }
    }

    /// Those in use, in the order in which they were made.
    package func entries() async throws -> [Entry] {
        try await kept().map(\.entry).filter { $0.removedAt == nil }
    }

    package func entry(_ id: String) async throws -> Entry? {
        try await kept().map(\.entry).first { $0.route.id == id }
    }

    /// Routes for a tick, with what they send with. One that can still be taken back is switched off, so that it
    /// remembers what it told.
    package func routes(now: Instant) async throws -> (routes: [AlertRoute], setup: NotifierSetup) {
        var routes: [AlertRoute] = []
        for (entry, _) in try await kept() {
            var route = entry.route
            if let removedAt = entry.removedAt {
                guard now < removedAt.adding(seconds: Self.undoSeconds) else { continue }
                route.isOn = false
            }
            routes.append(route)
        }
        return (routes, try await setup())
    }

    package func setup() async throws -> NotifierSetup {
        var secrets: [String: Secret] = [:]
        for (entry, secret) in try await kept() { secrets[entry.route.id] = secret }
        let mail = try await mailServer()
        return NotifierSetup(
            links: AlertLinks(base: base, mutes: try await muteLinks()), secrets: secrets, mailServer: mail.server,
            mailPassword: try await store.alertSetting(Self.mailPasswordName).map { Secret($0) })
    }

    /// Keeps a route. Without a secret it keeps the one that it has.
    package func save(_ route: AlertRoute, secret: Secret?) async throws {
        try route.check()
        let old = try await store.alertRoutes().first { $0.id == route.id }
        let known = old.flatMap { try? AlertRoute(json: Array($0.json.utf8)) }
        // Another channel's secret is of no use to this one.
        let isSameKind = known?.channel.kind == route.channel.kind
        let given = secret.flatMap { $0.isEmpty ? nil : $0 }
        let kept = given ?? (isSameKind ? old?.secret.map { Secret($0) } : nil)
        try route.check(secret: kept)
        try await store.saveAlertRoute(KeptRoute(id: route.id, json: route.json(), secret: kept?.value))
    }

    package func setOn(_ isOn: Bool, _ id: String) async throws -> AlertRoute? {
        guard var kept = try await store.alertRoutes().first(where: { $0.id == id && $0.removedAt == nil }),
            var route = try? AlertRoute(json: Array(kept.json.utf8))
        else { return nil }
        route.isOn = isOn
        kept.json = route.json()
        try await store.saveAlertRoute(kept)
        return route
    }

    /// Takes a route out of use, or back into it.
    package func setRemoved(_ removedAt: Instant?, _ id: String) async throws -> AlertRoute? {
        guard var kept = try await store.alertRoutes().first(where: { $0.id == id }) else { return nil }
        kept.removedAt = removedAt
        try await store.saveAlertRoute(kept)
        return try? AlertRoute(json: Array(kept.json.utf8))
    }

    /// What was removed too long ago to be taken back is forgotten for good.
    package func forgetSecrets(now: Instant) async throws {
        for var kept in try await store.alertRoutes() where kept.secret != nil {
            guard let removedAt = kept.removedAt, removedAt.adding(seconds: Self.undoSeconds) <= now else { continue }
            kept.secret = nil
            try await store.saveAlertRoute(kept)
        }
    }

    // MARK: Mail

    package func mailServer() async throws -> (server: MailServer?, hasPassword: Bool) {
        let json = try await store.alertSetting(Self.mailServerName)
        let server = json.flatMap { try? JSON.parse($0) }.flatMap { try? MailServer(json: $0) }
        return (server, try await store.alertSetting(Self.mailPasswordName)?.isEmpty == false)
    }

    /// Without a password it keeps the one that it has; without a user it needs none.
    package func save(_ server: MailServer, password: Secret?) async throws {
        let given = password.flatMap { $0.isEmpty ? nil : $0 }
        var kept = try await store.alertSetting(Self.mailPasswordName).map { Secret($0) }
        if let given { kept = given }
        if server.user.isEmpty { kept = nil }
        try server.check(password: kept)
        try await store.setAlertSetting(Self.mailServerName, to: server.json)
        try await store.setAlertSetting(Self.mailPasswordName, to: kept?.value)
    }

    // MARK: Rules of the watch

    package func watchRules() async throws -> WatchRules { try await Self.watchRules(store) }

    /// What cannot be read holds nothing back.
    package static func watchRules(_ store: any AlertStore) async throws -> WatchRules {
        let json = try await store.alertSetting(watchRulesName)
        return json.flatMap { try? WatchRules(json: $0) } ?? WatchRules()
    }

    package func save(_ rules: WatchRules) async throws {
        try await store.setAlertSetting(Self.watchRulesName, to: rules.json)
    }

    // MARK: Mute links

    /// Signs and checks links that mute. The key is made at the first use.
    package func muteLinks() async throws -> MuteLinks? {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        let key = try await store.alertSetting(Self.muteKeyName, orSet: Hexadecimal.text(bytes))
        return MuteLinks(key: Secret(key))
    }
}
