import Domain
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Web

/// Signing in, people, keys and the audit list: their pages and what these do.
package struct Accounts: Sendable {
    let people: any PeopleStore
    let keys: any KeyStore
    /// Who decides which data a browser is shown.
    let pages: Pages
    let gate: Gate
    let passwords: PasswordWork
    let throttle = SignInThrottle()
    let workspace: Workspace
    let now: @Sendable () -> Instant
    let version: String
    let isBehindTLS: Bool
    /// Whether any data has come: a new owner without any is led to the first steps.
    let hasData: @Sendable () async -> Bool

    package init(
        people: any PeopleStore, keys: any KeyStore, pages: Pages, gate: Gate,
        passwords: PasswordWork = PasswordWork(), workspace: Workspace, now: @escaping @Sendable () -> Instant,
        version: String, isBehindTLS: Bool = false, hasData: @escaping @Sendable () async -> Bool = { true }
    ) {
        self.people = people
        self.keys = keys
        self.pages = pages
        self.gate = gate
        self.passwords = passwords
        self.workspace = workspace
        self.now = now
        self.version = version
        self.isBehindTLS = isBehindTLS
        self.hasData = hasData
    }

    package func add(to routes: Routes) {
        addSignIn(to: routes)
        addWelcome(to: routes)
        addAccount(to: routes)
        addPeople(to: routes)
        addKeys(to: routes)
        addAudit(to: routes)
        addReveal(to: routes)
    }

    // MARK: What all of them use

    static let formBytesMax = 16 * 1024
    static let nameCharactersMax = 80
    static let loginCharactersMax = 120

    func form(_ request: Request) async throws -> URLQuery {
        URLQuery(parsing: String(decoding: try await request.bytes(upTo: Self.formBytesMax), as: UTF8.self))
    }

    /// Writes into the audit list who did something. What cannot be noted must not be done.
    func note(
        _ action: AuditAction, _ context: WebContext, subject: String? = nil, rows: Int? = nil
    ) async throws {
        let (person, name) = context.actor
        try await people.note(
            AuditEntry(at: now(), person: person, actor: name, action: action, subject: subject, rows: rows))
    }

    func address(_ request: Request, _ context: WebContext) -> SignInThrottle.Subject {
        .address(context.clientAddress(request, isBehindProxy: isBehindTLS))
    }

    func figures(_ context: WebContext) throws -> Figures {
        Figures(language: context.language, clock: try ZoneClock.named(workspace.timeZone))
    }

    /// The address at which whoever asks reaches this server, for links to hand on.
    func origin(_ request: Request) -> String {
        "\(isBehindTLS ? "https" : "http")://\(request.head.authority ?? "localhost")"
    }

    func page(
        _ title: Text, path: String, _ request: Request, _ context: WebContext, entry: Navigation.Entry? = nil,
        status: HTTPResponse.Status = .ok, body: HTML
    ) -> Response {
        let page = Page(
            title: title, language: context.language, path: path, query: request.urlQuery.setting("done", to: nil),
            entry: entry, viewer: context.viewer, foot: "<span>Pantau \(version)</span>", body: body)
        return .html(page.render(), status: status)
    }

    /// A section of the settings, with the others beside it.
    func settings(_ section: SettingsSection, _ body: HTML, _ context: WebContext) -> HTML {
        guard let viewer = context.viewer else { return body }
        return SettingsFrame(section: section, language: context.language, viewer: viewer, body: body).html
    }

    /// After a form: on to a page that may be reloaded without doing it again.
    func onward(_ path: String, _ done: Done? = nil) -> Response {
        let query = URLQuery(done.map { [("done", $0.rawValue)] } ?? [])
        return .redirect(to: query.url(path: path), type: .normal)
    }

    // MARK: Sessions

    /// Lets a browser in as somebody.
    func welcome(
        _ person: Person, to path: String, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let token = SecretToken.generate()
        guard let digest = SecretToken.digest(of: token) else { throw Problem.fault }
        let instant = now()
        _ = try await people.startSession(
            person: person.id, digest: digest, agent: AgentName.coarse(request.headers[.userAgent]), at: instant)
        try await people.note(
            AuditEntry(at: instant, person: person.id, actor: person.name, action: .signedIn))
        var response = Response.redirect(to: path, type: .normal)
        response.setCookie(cookie(token, seconds: Int(Session.secondsMax)))
        if let language = person.language, language != context.language { response.setCookie(language.kept) }
        return response
    }

    /// Lax, so that a link in a mail finds its reader signed in; what changes something asks for the form token.
    func cookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: Gate.cookie, value: value, maxAge: seconds, path: "/", secure: isBehindTLS, httpOnly: true,
            sameSite: .lax)
    }
}

extension Language {
    /// The cookie that keeps a choice of language.
    var kept: Cookie {
        Cookie(
            name: Language.cookie, value: rawValue, maxAge: 365 * 86_400, path: "/", httpOnly: true, sameSite: .lax)
    }
}

/// What was just done, told on the page that follows.
enum Done: String, CaseIterable {
    case password, language, session, sessions, role, disabled, enabled, revoked, out

    var text: Text {
        switch self {
        case .password:
            Text(
                id: "Kata sandi diganti. Perangkat lain harus masuk lagi.",
                en: "The password is changed. Other devices have to sign in again.")
        case .language: Text(id: "Bahasa disimpan.", en: "The language is saved.")
        case .session: Text(id: "Sesi itu diakhiri.", en: "That session has ended.")
        case .sessions: Text(id: "Semua sesi lain diakhiri.", en: "All other sessions have ended.")
        case .role: Text(id: "Peran diganti.", en: "The role is changed.")
        case .disabled:
            Text(
                id: "Akun dinonaktifkan dan semua sesinya diakhiri.",
                en: "The account is disabled and all its sessions have ended.")
        case .enabled: Text(id: "Akun aktif lagi.", en: "The account is active again.")
        case .revoked: Text(id: "Kunci dicabut.", en: "The key is revoked.")
        case .out: Text(id: "Anda sudah keluar.", en: "You are signed out.")
        }
    }

    static func notice(_ request: Request, _ language: Language) -> HTML {
        guard let word = request.urlQuery["done"], let done = Done(rawValue: word) else { return "" }
        return Notice(text: done.text(language)).html
    }
}
