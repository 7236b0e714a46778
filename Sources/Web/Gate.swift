import Domain
import HTTPTypes
import Hummingbird
import Synchronization

/// Lets requests through, or says what is missing.
///
/// Three kinds come: programs with a key in their header, people whose browser holds the cookie of a session, and,
/// where that is so decided, visitors of a demonstration on this very machine. What a browser sends by itself proves
/// nobody's will, so whatever changes something carries the form token of its session as well.
package final class Gate: Sendable {
    /// How long a recognised key or session is believed without asking the store again: a revoked one works no longer
    /// than this.
    static let beliefSeconds: Int64 = 5
    static let believedMax = 1024
    /// HttpOnly, holds the token of a session.
    package static let cookie = "pantau_session"
    /// Largest form that is looked into for its token.
    package static let formBytesMax = 64 * 1024
    /// Name of the hidden field that carries the form token.
    package static let formField = "form_token"

    private struct Belief<Subject: Sendable>: Sendable {
        var subject: Subject
        var until: ContinuousClock.Instant
    }
    private let letsLocalVisitorsIn: Bool
    private let identify: @Sendable (_ digest: [UInt8]) async throws -> Identity?
    private let session: @Sendable (_ digest: [UInt8]) async throws -> SignedIn?
    private let owners: @Sendable () async -> [String]
    private let believedKeys = Mutex<[[UInt8]: Belief<Identity>]>([:])
    private let believedSessions = Mutex<[[UInt8]: Belief<SignedIn>]>([:])
    /// Of visitors without a session: new with every start.
    private let visitorToken = SecretToken.generate()

    /// - Parameters:
    ///   - letsLocalVisitorsIn: whether a browser on this machine needs no account: where all data is made up.
    ///   - identify: looks the SHA-256 of a key up; nil when it is unknown or revoked.
    ///   - session: looks the SHA-256 of a session's token up; nil when it is unknown or over.
    ///   - owners: names of those whom to ask for a permission.
    package init(
        letsLocalVisitorsIn: Bool = false,
        identify: @escaping @Sendable (_ digest: [UInt8]) async throws -> Identity?,
        session: @escaping @Sendable (_ digest: [UInt8]) async throws -> SignedIn? = { _ in nil },
        owners: @escaping @Sendable () async -> [String] = { [] }
    ) {
        self.letsLocalVisitorsIn = letsLocalVisitorsIn
        self.identify = identify
        self.session = session
        self.owners = owners
    }

    /// Throws a `Problem` unless the request may use a route with that access. The body of a form is read to find its
    /// token, and put back.
    package func admit(_ request: inout Request, _ context: inout WebContext, to access: Access) async throws {
        switch access {
        case .open: return
        case .localOrAnyKey:
            if let identity = try await key(of: request) {
                context.identity = identity
            } else if let person = try await signedIn(request) {
                enter(person, &context, request)
            } else if !context.isLocal(request) {
                throw Problem.keyMissing
            }
        case .roles(let roles, _):
            if let identity = try await key(of: request) {
                guard !roles.isDisjoint(with: identity.role.granted) else { throw Problem.roleLacking(roles) }
                context.identity = identity
                return
            }
            guard try await recognise(request, &context, ofPage: false) else { throw Problem.keyMissing }
            try await requireOwnForm(&request, context, fieldCounts: false)
            try await require(access.permission, context)
        case .page(let permission):
            if let identity = try await key(of: request) {
                guard identity.role == .admin else { throw Problem.roleLacking([.admin]) }
                context.identity = identity
                context.viewer = Viewer(person: nil, name: identity.name, role: .owner, formToken: "")
                return
            }
            guard try await recognise(request, &context, ofPage: true) else { throw Problem.signInNeeded }
            try await requireOwnForm(&request, context, fieldCounts: true)
            try await require(permission, context)
        }
    }

    /// Who is signed in by the cookie of a request; nil for nobody.
    package func signedIn(_ request: Request) async throws -> SignedIn? {
        guard let token = request.cookies[Self.cookie]?.value, let digest = SecretToken.digest(of: token) else {
            return nil
        }
        let now = ContinuousClock.now
        if let known = believedSessions.withLock({ $0[digest] }), known.until > now { return known.subject }
        let person = try await session(digest)
        Self.remember(person, digest, in: believedSessions, at: now)
        return person
    }

    /// Who looks at a page, whichever it is; nil for nobody.
    package func viewer(_ request: Request, _ context: WebContext) async -> Viewer? {
        var context = context
        let isKnown = (try? await recognise(request, &context, ofPage: true)) ?? false
        return isKnown ? context.viewer : nil
    }

    /// Asks the store again about everybody: somebody was disabled, or a session ended.
    package func forget() {
        believedSessions.withLock { $0.removeAll(keepingCapacity: true) }
        believedKeys.withLock { $0.removeAll(keepingCapacity: true) }
    }

    // MARK: Who asks

    /// The owner of the key in the header; nil when there is no header.
    private func key(of request: Request) async throws -> Identity? {
        guard let header = request.headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Problem.keyWrong }
        guard let identity = try await owner(of: String(parts[1].drop { $0 == " " })) else { throw Problem.keyWrong }
        return identity
    }

    /// The owner of a key; nil when it is unknown or revoked.
    package func owner(of key: String) async throws -> Identity? {
        guard key.hasPrefix(APIKeySecret.prefix), key.utf8.count <= APIKeySecret.bytesMax else { return nil }
        let digest = APIKeySecret.digest(of: key)
        let now = ContinuousClock.now
        if let known = believedKeys.withLock({ $0[digest] }), known.until > now { return known.subject }
        let identity = try await identify(digest)
        Self.remember(identity, digest, in: believedKeys, at: now)
        return identity
    }

    private static func remember<Subject>(
        _ subject: Subject?, _ digest: [UInt8], in beliefs: borrowing Mutex<[[UInt8]: Belief<Subject>]>,
        at now: ContinuousClock.Instant
    ) {
        beliefs.withLock { beliefs in
            beliefs[digest] = nil
            guard let subject else { return }
            if beliefs.count >= believedMax { beliefs.removeAll(keepingCapacity: true) }
            beliefs[digest] = Belief(subject: subject, until: now.advanced(by: .seconds(beliefSeconds)))
        }
    }

    /// Whether it is somebody with a session, or a visitor who needs none.
    private func recognise(_ request: Request, _ context: inout WebContext, ofPage: Bool) async throws -> Bool {
        if let person = try await signedIn(request) {
            enter(person, &context, request)
            return true
        }
        // A program on this machine shows a key to the API like any other; the pages of a visitor need not.
        guard letsLocalVisitorsIn, context.isLocal(request), ofPage || FormCheck.isFromOwnPage(request) else {
            return false
        }
        context.viewer = Viewer(person: nil, name: "Demo", role: .owner, formToken: visitorToken)
        context.identity = Identity(name: "Demo", role: .admin)
        return true
    }

    private func enter(_ person: SignedIn, _ context: inout WebContext, _ request: Request) {
        let token = request.cookies[Self.cookie]?.value ?? ""
        context.session = person.session
        context.viewer = Viewer(
            person: person.person, name: person.name, role: person.role, formToken: SecretToken.formToken(of: token))
        context.identity = Identity(name: person.name, role: person.role.keyRole)
    }

    // MARK: What they may

    private func require(_ permission: Permission?, _ context: WebContext) async throws {
        guard let permission, let viewer = context.viewer, !viewer.may(permission) else { return }
        throw Problem.permissionLacking(permission, role: viewer.role, owners: await owners())
    }

    private func requireOwnForm(
        _ request: inout Request, _ context: WebContext, fieldCounts: Bool
    ) async throws {
        guard !FormCheck.isReading(request.method) else { return }
        try FormCheck.requireOwnSite(request)
        let given: String?
        if let header = HTTPFieldNames.formToken.first.flatMap({ request.headers[$0] }) {
            given = header
        } else if fieldCounts, FormCheck.isForm(request) {
            let body = try await request.bytes(upTo: Self.formBytesMax)
            request.body = RequestBody(buffer: ByteBuffer(bytes: body))
            given = URLQuery(parsing: String(decoding: body, as: UTF8.self))[Self.formField]
        } else {
            given = nil
        }
        guard let given, let token = context.viewer?.formToken, !token.isEmpty, ConstantTime.equal(given, token) else {
            throw Problem.formStale
        }
    }
}

/// Somebody whose session was recognised.
package struct SignedIn: Sendable, Hashable {
    package var session: Int64
    package var person: Int64
    package var name: String
    package var role: PersonRole

    package init(session: Int64, person: Int64, name: String, role: PersonRole) {
        self.session = session
        self.person = person
        self.name = name
        self.role = role
    }
}
