import Dashboard
import Domain
import Storage
import Web

/// One-time links that are told on a terminal.
enum OneTimeLinks {
    /// Keeps a link and returns its address, which is known only now.
    static func make(
        _ link: OneTimeLink, in people: any PeopleStore, origin: String
    ) async throws -> String {
        let token = SecretToken.generate()
        guard let digest = SecretToken.digest(of: token) else { return "" }
        try await people.insertLink(link, digest: digest)
        return origin + Accounts.welcomePath + token
    }

    /// For whoever starts a new installation: nil when it has an owner.
    static func firstOwner(in people: any PeopleStore, origin: String) async throws -> String? {
        let owner = PersonRole.owner.rawValue
        guard try await !people.hasPerson(role: owner) else { return nil }
        return try await make(
            OneTimeLink(purpose: .firstOwner, role: owner, createdAt: Clock.now()), in: people, origin: origin)
    }

    /// Where a browser reaches a server that listens there.
    static func origin(host: String, port: Int) -> String {
        let name = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)"
    }
}
