import API
import Analytics
import Dashboard
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import StoreSQLite
import SurfaceSupport
import Synchronization
import TestSupport
import Web

/// A server with people in a real `settings.sqlite`, on a clock that tests move. Requests come from no machine at
/// all, so nobody is let in for being near.
final class SignInSite: Sendable {
    struct Visitor: Sendable {
        var person: Person
        var token: String
        var formToken: String { SecretToken.formToken(of: token) }
        var cookie: HTTPFields { [.cookie: "pantau_session=\(token)"] }
    }
    struct Missing: Error {}

    /// Cheap: how much work a hash is has a test of its own.
    static let cost = PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1)
    static let start = Instant(seconds: 1_795_404_800)

    let directory: URL
    let people: any PeopleStore
    let keys: any KeyStore
    let findings: SQLiteFindings
    let links = ListLinks()
    let store: ListStore
    let routes: [(method: HTTPRequest.Method, path: String, access: Access)]
    private let router: @Sendable () -> Router<WebContext>
    private let clock: Clock

    final class Clock: Sendable {
        let instant = Mutex(SignInSite.start)
        var now: Instant { instant.withLock { $0 } }
    }

    init(_ store: ListStore = ListStore(), hasData: Bool = true) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "pantau-people-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = try SettingsFile(path: directory.appending(path: "settings.sqlite").path)
        let people: any PeopleStore = SQLitePeople(file)
        let (keys, links): (any KeyStore, ListLinks) = (SQLiteKeys(file), links)
        let clock = Clock()
        let now: @Sendable () -> Instant = { clock.now }
        let workspace = Workspace()
        let analyst = Analyst(store: store, workspace: workspace, now: now)
        let surfaces = Surfaces(
            inbox: CountingInbox(), store: store, keys: keys, links: links, analyst: analyst, workspace: workspace,
            secrets: nil, verifyToken: nil, now: now, version: "1.2.3", people: people)
        var pages = Pages(
            store: store, analyst: analyst, workspace: workspace, gate: surfaces.gate, arrival: surfaces.arrival,
            now: now, version: "1.2.3", hasSecret: false, hasVerifyToken: false, streams: surfaces.streams)
        pages.audit = people
        let findings = SQLiteFindings(file)
        pages.findings = Findings(store: findings, desk: .keeping(findings, now: now))
        pages.patience = .seconds(60)
        let accounts = Accounts(
            people: people, keys: keys, pages: pages, gate: surfaces.gate, passwords: PasswordWork(cost: Self.cost),
            workspace: workspace, now: now, version: "1.2.3", hasData: { hasData })
        let router: @Sendable () -> Router<WebContext> = { [pages] in
            surfaces.router { routes in
                pages.add(to: routes)
                accounts.add(to: routes)
            }
        }
        var added: [(method: HTTPRequest.Method, path: String, access: Access)] = []
        _ = surfaces.router { routes in
            pages.add(to: routes)
            accounts.add(to: routes)
            added = routes.added
        }
        (self.people, self.keys, self.store, self.clock, self.router, routes) =
            (people, keys, store, clock, router, added)
        self.findings = findings
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var now: Instant { clock.now }
    func pass(seconds: Int64) { clock.instant.withLock { $0 = $0.adding(seconds: seconds) } }

    // MARK: People

    /// Keeps a link and returns its path.
    func link(_ purpose: OneTimeLink.Purpose, role: PersonRole? = nil, person: Int64? = nil) async throws -> String {
        let token = SecretToken.generate()
        guard let digest = SecretToken.digest(of: token) else { throw Missing() }
        try await people.insertLink(
            OneTimeLink(purpose: purpose, role: role?.rawValue, person: person, createdAt: now), digest: digest)
        return Accounts.welcomePath + token
    }

    static let password = "kopi susu pagi hari"

    func add(_ role: PersonRole, login: String) async throws -> Person {
        guard let digest = SecretToken.digest(of: try await link(.invitation, role: role)) else { throw Missing() }
        try await people.insertLink(
            OneTimeLink(purpose: .invitation, role: role.rawValue, createdAt: now), digest: digest)
        let person = Person(
            id: 0, name: login.capitalized, login: login, role: role.rawValue,
            passwordHash: try PasswordHash(of: Self.password, cost: Self.cost).text, createdAt: now)
        guard case .added(let added) = try await people.add(person, usingLink: digest, at: now) else {
            throw Missing()
        }
        return added
    }

    func signedIn(as role: PersonRole, login: String? = nil) async throws -> Visitor {
        let login = login ?? role.rawValue
        let person: Person =
            if let known = try await people.person(login: login) { known } else { try await add(role, login: login) }
        let token = SecretToken.generate()
        guard let digest = SecretToken.digest(of: token) else { throw Missing() }
        _ = try await people.startSession(person: person.id, digest: digest, agent: "Firefox, Linux", at: now)
        return Visitor(person: person, token: token)
    }

    // MARK: Requests

    func send(
        _ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Reply {
        let replies = try await sendAll([(method, uri, headers, body)])
        guard let reply = replies.first else { throw Missing() }
        return reply
    }

    /// To one running server: what it believes and counts carries over from one request to the next.
    func sendAll(
        _ requests: [(method: HTTPRequest.Method, uri: String, headers: HTTPFields, body: String?)]
    ) async throws -> [Reply] {
        try await Application(router: router()).test(.router) { client in
            var replies: [Reply] = []
            for request in requests {
                replies.append(
                    try await client.execute(
                        uri: request.uri, method: request.method, headers: request.headers,
                        body: request.body.map { ByteBuffer(string: $0) }
                    ) {
                        Reply(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
                    })
            }
            return replies
        }
    }

    /// A form as a browser of that visitor sends it.
    func post(_ uri: String, _ fields: [(String, String)], as visitor: Visitor? = nil) async throws -> Reply {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        var fields = fields
        if let visitor {
            headers[.cookie] = "pantau_session=\(visitor.token)"
            fields.append(("form_token", visitor.formToken))
        }
        return try await send(.post, uri, headers: headers, body: URLQuery(fields).encoded)
    }

    func get(_ uri: String, as visitor: Visitor? = nil) async throws -> Reply {
        try await send(.get, uri, headers: visitor?.cookie ?? [:])
    }

    func actions() async throws -> [AuditAction] {
        try await people.audit(AuditSelection(limit: 100)).map(\.action).reversed()
    }
}
