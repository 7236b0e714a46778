import Domain

/// Somebody who may sign in.
package struct Person: Hashable, Sendable {
    package var id: Int64
    package var name: String
    /// What is typed to sign in: an e-mail address or any word, in lower case.
    package var login: String
    /// The raw value of a role that `Web` knows.
    package var role: String
    /// Self-describing: scheme, cost, salt and hash. Never the password.
    package var passwordHash: String
    /// Nil: as the browser asks.
    package var language: Language?
    package var createdAt: Instant
    /// Nil while the person may sign in.
    package var disabledAt: Instant?

    package init(
        id: Int64, name: String, login: String, role: String, passwordHash: String, language: Language? = nil,
        createdAt: Instant, disabledAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.login = login
        self.role = role
        self.passwordHash = passwordHash
        self.language = language
        self.createdAt = createdAt
        self.disabledAt = disabledAt
    }

    /// The one spelling under which a login is kept and looked up.
    package static func login(_ typed: String) -> String {
        typed.trimmed.lowercased()
    }
}

/// One browser that is signed in. Only the digest of its token is kept.
package struct Session: Hashable, Sendable {
    /// Ends after this long without a request …
    package static let idleSeconds: Int64 = 14 * 86_400
    /// … and after this long in any case.
    package static let secondsMax: Int64 = 90 * 86_400
    /// How exactly it is kept when a session was last used: not every request writes.
    package static let seenStepSeconds: Int64 = 300

    package var id: Int64
    package var person: Int64
    package var createdAt: Instant
    package var lastSeenAt: Instant
    package var expiresAt: Instant
    package var revokedAt: Instant?
    /// Browser and system in a few words, such as `Firefox, Linux`.
    package var agent: String

    package init(
        id: Int64, person: Int64, createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant,
        revokedAt: Instant? = nil, agent: String
    ) {
        self.id = id
        self.person = person
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.agent = agent
    }

    package func isOpen(at instant: Instant) -> Bool { revokedAt == nil && instant < expiresAt }

    /// When a session ends that began then and is used now.
    package static func expiry(createdAt: Instant, seenAt: Instant) -> Instant {
        min(seenAt.adding(seconds: idleSeconds), createdAt.adding(seconds: secondsMax))
    }
}

/// A link that lets one person do one thing once. Only the digest of its token is kept.
package struct OneTimeLink: Hashable, Sendable {
    package enum Purpose: String, Sendable, CaseIterable {
        /// Makes the first owner of a new installation.
        case firstOwner = "first_owner"
        /// Makes a person with the role of the link.
        case invitation
        /// Sets a new password for the person of the link.
        case reset

        package var lifeSeconds: Int64 {
            switch self {
            case .firstOwner: 24 * 3_600
            case .invitation, .reset: 72 * 3_600
            }
        }
    }
    package var purpose: Purpose
    /// Of the person to be made; nil for `reset`.
    package var role: String?
    /// Whose password is to be set; nil for the others.
    package var person: Int64?
    package var createdAt: Instant
    package var expiresAt: Instant
    package var usedAt: Instant?

    package init(
        purpose: Purpose, role: String? = nil, person: Int64? = nil, createdAt: Instant, expiresAt: Instant? = nil,
        usedAt: Instant? = nil
    ) {
        self.purpose = purpose
        self.role = role
        self.person = person
        self.createdAt = createdAt
        self.expiresAt = expiresAt ?? createdAt.adding(seconds: purpose.lifeSeconds)
        self.usedAt = usedAt
    }

    package func isOpen(at instant: Instant) -> Bool { usedAt == nil && instant < expiresAt }
}

/// People who may sign in, their sessions, and the list of who saw or changed what.
///
/// What is asked here is asked by few people a day: simple calls, no caching. Every change is one transaction.
package protocol PeopleStore: AuditStore {
    /// In the order in which they came.
    func people() async throws -> [Person]
    func person(id: Int64) async throws -> Person?
    func person(login: String) async throws -> Person?
    /// Whether somebody with that role may sign in.
    func hasPerson(role: String) async throws -> Bool
    /// Uses the link and makes the person, both or neither. `id` of the given person means nothing.
    func add(_ person: Person, usingLink digest: [UInt8], at instant: Instant) async throws -> AddedPerson
    /// False when there is no such person, or it would leave no `owner` who may sign in.
    func setRole(_ role: String, ofPerson id: Int64, owner: String) async throws -> Bool
    /// Ends all sessions as well. False when there is no such person, or it would leave no `owner` who may sign in.
    func disable(person id: Int64, owner: String, at instant: Instant) async throws -> Bool
    func enable(person id: Int64) async throws -> Bool
    func setLanguage(_ language: Language?, ofPerson id: Int64) async throws
    /// Sets the hash and ends all sessions but one.
    func setPassword(
        _ hash: String, ofPerson id: Int64, keepingSession kept: Int64?, at instant: Instant
    ) async throws
    /// The same password at a higher cost: sessions stay.
    func renewHash(_ hash: String, ofPerson id: Int64) async throws
    /// Uses the link, sets the password and ends all sessions; false when the link is used or over.
    func setPassword(_ hash: String, usingLink digest: [UInt8], at instant: Instant) async throws -> Bool

    /// Keeps a link; others of the same purpose and person end.
    func insertLink(_ link: OneTimeLink, digest: [UInt8]) async throws
    func link(digest: [UInt8]) async throws -> OneTimeLink?
    /// Invitations that nobody has used and that are not over.
    func openInvitations(at instant: Instant) async throws -> [OneTimeLink]

    func startSession(person: Int64, digest: [UInt8], agent: String, at instant: Instant) async throws -> Session
    /// The session, whether open or not, and its person.
    func session(digest: [UInt8]) async throws -> (session: Session, person: Person)?
    /// Open sessions, the latest used first.
    func sessions(person: Int64?, at instant: Instant) async throws -> [Session]
    func markSeen(session id: Int64, at instant: Instant, expiresAt: Instant) async throws
    /// False when there is no such open session, or it is another person's than `person` (when given).
    func endSession(_ id: Int64, ofPerson person: Int64?, at instant: Instant) async throws -> Bool
    func endSessions(ofPerson person: Int64, keeping kept: Int64?, at instant: Instant) async throws
}

/// What became of making a person.
package enum AddedPerson: Hashable, Sendable {
    case added(Person)
    /// Another person has that login.
    case loginTaken
    /// The link was used, is over, or never was.
    case linkClosed
}

extension PeopleStore {
    /// Who is signed in by the token with that digest: nil when the session is over or the person may not sign in.
    /// Notes now and then that the session is in use, and so moves its end.
    package func signedIn(digest: [UInt8], at instant: Instant) async throws -> (session: Session, person: Person)? {
        guard let (session, person) = try await session(digest: digest), session.isOpen(at: instant),
            person.disabledAt == nil
        else { return nil }
        if instant.microseconds(since: session.lastSeenAt) > Session.seenStepSeconds * 1_000_000 {
            let expiry = Session.expiry(createdAt: session.createdAt, seenAt: instant)
            // Whoever is let in is let in, also while the disk is full.
            try? await markSeen(session: session.id, at: instant, expiresAt: expiry)
        }
        return (session, person)
    }
}

extension String {
    fileprivate var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
