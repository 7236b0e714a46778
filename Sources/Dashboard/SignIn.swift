import Domain
import HTTPTypes
import Hummingbird
import Web

/// How people come in and leave.
extension Pages {
    private static let formBytesMax = 4096
    /// A working month; after it the key is asked for again.
    private static let cookieSeconds = 30 * 86_400

    func addSignIn(to routes: Routes) {
        routes.add(.get, ProblemPage.signInPath, access: .open) { request, context in
            var response = ProblemPage.response(.pageClosed, request: request, language: context.language)
            response.status = .ok
            return response
        }
        routes.add(.post, ProblemPage.signInPath, access: .open) { request, _ in
            try Self.requireOwnForm(request)
            let form = URLQuery(
                parsing: String(decoding: try await request.bytes(upTo: Self.formBytesMax), as: UTF8.self))
            let key = String((form["key"] ?? "").filter { !$0.isWhitespace })
            guard let identity = try await gate.owner(of: key), identity.role == .admin else { throw Self.keyRefused }
            return leave(with: cookie(key, seconds: Self.cookieSeconds))
        }
        routes.add(.post, "/sign-out", access: .open) { request, _ in
            try Self.requireOwnForm(request)
            return leave(with: cookie("", seconds: 0))
        }
    }

    /// SameSite keeps another site from using the cookie, not from planting or clearing one with a form of its own.
    private static func requireOwnForm(_ request: Request) throws {
        for name in HTTPFieldNames.fetchSite {
            guard let site = request.headers[name], site != "same-origin", site != "none" else { continue }
            throw formForeign
        }
    }

    private static let formForeign = Problem(
        Failure(
            .forbidden, id: "Formulir ini dikirim dari situs lain. Masuklah dari halaman ini.",
            en: "This form was sent from another site. Sign in on this page."))

    private func cookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: Gate.cookie, value: value, maxAge: seconds, path: "/", secure: isBehindTLS, httpOnly: true,
            sameSite: .strict)
    }

    private func leave(with cookie: Cookie) -> Response {
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(cookie)
        return response
    }

    private static let keyRefused = Problem(
        Failure(
            .forbidden,
            id: "Kunci itu tidak dikenal, sudah dicabut, atau bukan kunci admin. "
                + "Buat yang baru dengan `pantau key create --role admin`.",
            en: "That key is unknown, revoked, or not an admin's. Make a new one with `pantau key create --role admin`."
        ))
}
