import Connectors
import Domain
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Web

/// `GET /l/{code}`: sends a visitor to where the link leads and remembers that it was opened.
///
/// The answer's address is the stored one to the letter; nothing of the request goes into it. Stands outside the
/// middleware, as webhooks do: a campaign opens thousands a second.
struct Redirect: HTTPResponder {
    typealias Context = WebContext

    static let path = "/l/{code}"
    /// Of the sealed recipient in the query.
    static let tokenName = "t"

    let links: any LinkStore
    let clicks: ClickQueue
    let openings: RepeatedOpenings
    let now: @Sendable () -> Instant
    let telemetry: Telemetry
    let language: Language
    let isBehindTLS: Bool

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    private static let robots = HTTPField.Name("X-Robots-Tag")

    func respond(to request: Request, context: WebContext) async throws -> Response {
        var response = await answer(request, context)
        response.headers[.cacheControl] = "no-store"
        if let name = Self.referrerPolicy { response.headers[name] = "no-referrer" }
        if let name = Self.robots { response.headers[name] = "noindex, nofollow" }
        response.headers[.xContentTypeOptions] = "nosniff"
        if isBehindTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        telemetry.answered(route: Self.path, status: response.status.code)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ context: WebContext) async -> Response {
        let language = Language.negotiated(for: request, standard: language)
        guard let code = context.parameters.get("code"), LinkCode.isWellFormed(code) else {
            return LinkPage.response(.unknown, language)
        }
        do {
            guard let link = try await links.link(code: code) else { return LinkPage.response(.unknown, language) }
            let at = now()
            guard !link.isExpired(at: at) else { return LinkPage.response(.expired, language) }
            if request.method == .get { await note(link.link, request, at) }
            return Response(status: .found, headers: [.location: link.target])
        } catch {
            context.logger.error("a link could not be looked up", metadata: ["error": "\(type(of: error))"])
            return LinkPage.response(.unavailable, language)
        }
    }

    private func note(_ link: TrackedLink, _ request: Request, _ at: Instant) async {
        let isRobot = RobotAgents.isRobot(agent: request.headers[.userAgent]) { name in
            HTTPField.Name(name).flatMap { request.headers[$0] }
        }
        var person = link.recipient
        if person.isAnonymous, let query = request.uri.query, let token = URLQuery(parsing: query)[Self.tokenName],
            let key = (try? await links.tokenKey()).flatMap({ LinkKey($0) }),
            let opener = LinkToken.open(token, code: link.code, key: key)
        {
            person = opener
        }
        let (first, isRepeated) = openings.first(link.code, by: person, isRobot: isRobot, at: at)
        telemetry.openings.add(isRobot ? .robot : isRepeated ? .repeated : .person)
        await clicks.add(
            TrackedClick(
                id: first.id, code: link.code, at: first.at, person: person, message: link.message,
                campaign: link.campaign, isRobot: isRobot))
    }

    /// Served here; stands in the list for the documentation.
    static let operation = Operation(
        .get, path, access: .open, group: .links,
        summary: Text(id: "Buka tautan pendek", en: "Open a short link"),
        detail: Text(
            id: "Mengantar ke alamat yang disimpan dan mencatat pembukaannya. Pratinjau tautan dan pemindai diantar "
                + "juga, tetapi tidak dihitung. HEAD tidak pernah dihitung. Alamat IP dan nama peramban tak disimpan.",
            en: "Leads to the stored address and records the opening. Link previews and scanners are led there too but "
                + "are not counted. HEAD never counts. Neither IP address nor user agent is kept."),
        parameters: [
            .path("code", .string, Text(id: "Kode tautan.", en: "The link's code.")),
            .query(
                tokenName, .string,
                Text(
                    id: "Penerima yang disegel, pada tautan kampanye. Yang tidak sah diabaikan.",
                    en: "The sealed recipient, on a campaign's link. One that is not valid is ignored.")),
        ],
        answers: [
            Answered(302, Text(id: "Menuju alamat di Location", en: "On to the address in Location")),
            Answered(
                404, Text(id: "Tidak ada tautan dengan kode ini", en: "No link has this code"), type: "text/html",
                schema: .string),
            Answered(410, Text(id: "Sudah kedaluwarsa", en: "Expired"), type: "text/html", schema: .string),
            Answered(
                503, Text(id: "Belum dapat dibuka: coba lagi", en: "Cannot be opened yet: try again"),
                type: "text/html", schema: .string),
        ],
        handler: nil)
}
