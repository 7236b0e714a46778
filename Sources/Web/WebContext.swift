// Web holds what every HTTP surface shares: who asks and in which language, errors, keys, headers, counters, and
// the frame of a page. It knows no routes of its own.
import Domain
import Hummingbird
import NIOCore

/// What is known about one request: who sent it, who they are, and which language to answer in.
package struct WebContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Set by `LanguageMiddleware`.
    package var language: Language
    /// Set by `Gate` once a key was recognised.
    package var identity: Identity?
    /// Set by `Gate` for pages, and for the API when somebody is signed in.
    package var viewer: Viewer?
    /// Set by `Gate` when a session was recognised.
    package var session: Int64?
    private let channel: any Channel

    package init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
        language = .indonesian
        identity = nil
        viewer = nil
        session = nil
    }

    /// As the audit list names whoever asks.
    package var actor: (person: Int64?, name: String) {
        (viewer?.person, viewer?.name ?? identity?.name ?? "")
    }

    /// Address of the peer of the connection: the proxy's when there is one.
    package var remoteAddress: SocketAddress? { channel.remoteAddress }

    /// Whether the request was made on this very machine: a loopback peer, no sign of a proxy, and a `Host` that
    /// names this machine. The last keeps out a web page whose own name was made to point at 127.0.0.1.
    package func isLocal(_ request: Request) -> Bool {
        guard let remoteAddress, Self.isLoopback(remoteAddress) else { return false }
        for name in HTTPFieldNames.proxied where request.headers[name] != nil { return false }
        return Self.namesThisMachine(request.head.authority)
    }

    static func isLoopback(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4: return address.ipAddress?.hasPrefix("127.") ?? false
        case .v6:
            guard let text = address.ipAddress else { return false }
            return text == "::1" || text.hasPrefix("::ffff:127.")
        case .unixDomainSocket: return false
        }
    }

    static func namesThisMachine(_ authority: String?) -> Bool {
        guard let authority, !authority.isEmpty else { return true }
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
        // Four numbers, so that `127.0.0.1.example.com` does not pass.
        return name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    }
}
