import Domain
import HTTPTypes
import Hummingbird
import Web

/// Forms that change something.
enum OwnForm {
    private static let bytesMax = 8192

    /// The fields of a form that one of these pages has sent for whoever looks. Throws a `Problem` for a form of
    /// another site.
    static func read(_ request: Request, _ context: WebContext) async throws -> URLQuery {
        for name in HTTPFieldNames.fetchSite {
            guard let site = request.headers[name], site != "same-origin", site != "none" else { continue }
            throw foreign
        }
        let form = URLQuery(parsing: String(decoding: try await request.bytes(upTo: bytesMax), as: UTF8.self))
        guard let viewer = context.viewer, ConstantTime.equal(form["form_token"] ?? "", viewer.formToken) else {
            throw foreign
        }
        return form
    }

    private static let foreign = Problem(
        Failure(
            .forbidden,
            id: "Formulir ini sudah kedaluwarsa atau dari situs lain. Muat ulang halamannya, lalu coba lagi.",
            en: "This form is out of date or from another site. Load the page anew and try again."))
}
