import Domain
import Hummingbird
import Synchronization

/// Who may use a route.
package enum Access: Sendable, Hashable {
    /// Anyone who can reach the server.
    case open
    /// A key of one of these roles.
    case roles(Set<Role>)
    /// A client on this machine, or any key.
    case localOrAnyKey
    /// A client on this machine, or an admin's key (header, or the cookie of the sign-in form); somebody with that
    /// permission.
    case page(Permission)
}

/// Lets requests through, or says what is missing.
package final class Gate: Sendable {
    /// How long a recognised key is believed without asking the store again: a revoked key works no longer than this.
    static let beliefSeconds: Int64 = 5
    static let believedKeysMax = 1024
    /// Cookie of the sign-in form: HttpOnly, SameSite=Strict, holds the key.
    package static let cookie = "pantau_key"

    private struct Belief {
        var identity: Identity
        var until: ContinuousClock.Instant
    }
    private let identify: @Sendable (_ digest: [UInt8]) async throws -> Identity?
    private let believed = Mutex<[[UInt8]: Belief]>([:])

    /// `identify` looks a SHA-256 digest up; nil when the key is unknown or revoked.
    package init(identify: @escaping @Sendable (_ digest: [UInt8]) async throws -> Identity?) {
        self.identify = identify
    }

    /// Throws a `Problem` unless the request may use a route with that access.
    package func admit(_ request: Request, _ context: inout WebContext, to access: Access) async throws {
        switch access {
        case .open: return
        case .roles(let roles):
            let identity = try await recognised(request, cookieCounts: false)
            guard let identity else { throw Problem.keyMissing }
            guard !roles.isDisjoint(with: identity.role.granted) else { throw Problem.roleLacking(roles) }
            context.identity = identity
        case .localOrAnyKey:
            if let identity = try await recognised(request, cookieCounts: true) {
                context.identity = identity
            } else if !context.isLocal(request) {
                throw Problem.keyMissing
            }
        case .page(let permission):
            // A local client is let in before the key store is asked: a broken store must not hide the page that
            // says so.
            if !context.isLocal(request) {
                let identity = try await recognised(request, cookieCounts: true)
                guard let identity, identity.role == .admin else { throw Problem.pageClosed }
                context.identity = identity
            }
            let viewer = Viewer(person: nil, name: context.identity?.name ?? "", role: .owner, formToken: "")
            guard viewer.may(permission) else { throw Problem.pageClosed }
            context.viewer = viewer
        }
    }

    /// The owner of a key; nil when it is unknown or revoked.
    package func owner(of key: String) async throws -> Identity? {
        guard key.hasPrefix(APIKeySecret.prefix), key.utf8.count <= APIKeySecret.bytesMax else { return nil }
        let digest = APIKeySecret.digest(of: key)
        let now = ContinuousClock.now
        let known = believed.withLock { $0[digest] }
        if let known, known.until > now { return known.identity }
        let identity = try await identify(digest)
        believed.withLock { keys in
            keys[digest] = nil
            guard let identity else { return }
            if keys.count >= Self.believedKeysMax { keys.removeAll(keepingCapacity: true) }
            keys[digest] = Belief(identity: identity, until: now.advanced(by: .seconds(Self.beliefSeconds)))
        }
        return identity
    }

    private func recognised(_ request: Request, cookieCounts: Bool) async throws -> Identity? {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Problem.keyWrong }
            let key = parts[1].drop { $0 == " " }
            guard let identity = try await owner(of: String(key)) else { throw Problem.keyWrong }
            return identity
        }
        guard cookieCounts, let key = request.cookies[Self.cookie]?.value else { return nil }
        return try await owner(of: key)
    }
}
