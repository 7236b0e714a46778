import Domain
import HTTPTypes
import Hummingbird

/// What a browser says about where a request comes from.
package enum FormCheck {
    static func isReading(_ method: HTTPRequest.Method) -> Bool { [.get, .head, .options].contains(method) }

    static func isForm(_ request: Request) -> Bool {
        request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    /// Throws when the browser says that another site's page sent this. One that says nothing is believed: a form
    /// token or a password is asked for beside this.
    package static func requireOwnSite(_ request: Request) throws {
        if let site = fetchSite(request) {
            guard site == "same-origin" || site == "none" else { throw Problem.formForeign }
            return
        }
        // Sent without TLS, where browsers leave the header above out. `null` is what they say instead of an address
        // that our own policy forbids them to tell.
        guard let origin = request.headers[.origin], origin != "null" else { return }
        let host = origin.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
        guard let host, host.lowercased() == request.head.authority?.lowercased() else { throw Problem.formForeign }
    }

    /// Whether a page of this server made the request by script.
    static func isFromOwnPage(_ request: Request) -> Bool {
        if let site = fetchSite(request) { return site == "same-origin" }
        return HTTPFieldNames.formToken.contains { request.headers[$0] != nil }
    }

    /// Whether the answer will be a page of its own, and not a part that a script puts into one.
    package static func isNavigation(_ request: Request) -> Bool {
        let aim = HTTPFieldNames.fetchDestination.compactMap { request.headers[$0] }.first
        return aim == nil || aim == "document"
    }

    private static func fetchSite(_ request: Request) -> String? {
        HTTPFieldNames.fetchSite.compactMap { request.headers[$0] }.first
    }
}

/// A path of this very site to go on to: what a link brought in as `next` is never trusted to name another.
package enum SameSitePath {
    package static func checked(_ next: String?) -> String {
        guard let next, next.utf8.count <= 2_048, next.hasPrefix("/"), !next.hasPrefix("//"),
            next.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        let path = next.prefix { $0 != "?" && $0 != "#" }
        return ["/sign-in", "/sign-out"].contains(path) || path.hasPrefix("/welcome/") ? "/" : next
    }
}
