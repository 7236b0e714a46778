import Domain
import HTTPTypes
import Hummingbird

extension Language {
    /// Cookie that keeps the choice made with `?lang=`.
    package static let cookie = "pantau_lang"

    /// The language to answer in: `?lang=`, then the cookie, then `Accept-Language`, then `standard`.
    package static func negotiated(for request: Request, standard: Language) -> Language {
        if let query = request.uri.query, let asked = Language(tag: URLQuery(parsing: query)["lang"]) { return asked }
        if let kept = Language(tag: request.cookies[cookie]?.value) { return kept }
        if let accepted = request.headers[.acceptLanguage], let best = preferred(in: accepted) { return best }
        return standard
    }

    /// A language tag's language: `id`, `id-ID`, `en-GB`, and `in`, which old phones send for Indonesian.
    init?(tag: String?) {
        guard let tag else { return nil }
        switch tag.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
        case "id", "in": self = .indonesian
        case "en": self = .english
        default: return nil
        }
    }

    /// The known language with the highest weight of an `Accept-Language` value; the first of equals.
    static func preferred(in header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for part in header.prefix(1024).split(separator: ",").prefix(32) {
            let fields = part.split(separator: ";")
            guard let tag = fields.first, let language = Language(tag: String(tag.filter { $0 != " " })) else {
                continue
            }
            var weight = 1.0
            for field in fields.dropFirst() {
                let parameter = field.filter { $0 != " " }
                if parameter.hasPrefix("q=") { weight = Double(parameter.dropFirst(2)) ?? 0 }
            }
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}

/// Settles the language of a request, and keeps an explicit choice in a cookie.
package struct LanguageMiddleware: RouterMiddleware {
    let standard: Language
    package init(standard: Language) { self.standard = standard }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Language.negotiated(for: request, standard: standard)
        var response = try await next(request, context)
        guard let type = response.headers[.contentType] else { return response }
        if type.hasPrefix("text/html") || type.hasPrefix("application/problem+json") {
            response.headers[.contentLanguage] = context.language.rawValue
            response.headers[.vary] = "Accept-Language, Cookie"
        }
        if type.hasPrefix("text/html"), let query = request.uri.query,
            let asked = Language(tag: URLQuery(parsing: query)["lang"])
        {
            response.setCookie(
                Cookie(
                    name: Language.cookie, value: asked.rawValue, maxAge: 365 * 86_400, path: "/", httpOnly: true,
                    sameSite: .lax))
        }
        return response
    }
}
