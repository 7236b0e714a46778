import HTTPTypes
import Hummingbird

/// Headers that keep a page to itself: nothing from elsewhere is loaded, nothing may frame it, nothing is guessed.
package struct SecurityHeaders: RouterMiddleware {
    package static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
        base-uri 'none'; frame-ancestors 'none'; form-action 'self'
        """
    private let isBehindTLS: Bool

    /// `isBehindTLS`: told by the operator that browsers reach this server by https only.
    package init(isBehindTLS: Bool) { self.isBehindTLS = isBehindTLS }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers.set(HTTPFieldNames.referrerPolicy, "no-referrer")
        response.headers.set(HTTPFieldNames.frameOptions, "DENY")
        response.headers.set(HTTPFieldNames.crossOriginOpener, "same-origin")
        response.headers.set(HTTPFieldNames.permissionsPolicy, "camera=(), geolocation=(), microphone=()")
        if isBehindTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        // Answers are the business's own: no shared cache may keep them. Assets say otherwise themselves.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
