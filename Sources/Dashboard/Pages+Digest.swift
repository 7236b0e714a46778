import Alerts
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// What happened on a day or in a week, as messages bring it, on a page of its own.
extension Pages {
    static let digestPath = "/digest"

    func addDigest(to routes: Routes) {
        routes.add(.get, Self.digestPath, access: .page(.numbers)) { request, context in
            let asked = try AskedDigest(request.urlQuery, writer: try await digestWriter(request, context))
            let scope = try await scope(request, context, path: Self.digestPath)
            let content = try await asked.content()
            let body = asked.page(content, scope, canPrint: printPage != nil)
            return .html(
                frame.page(
                    title: asked.title, entry: Navigation.overview, scope: scope,
                    query: request.urlQuery.setting("lang", to: nil), body: body))
        }
        routes.add(.get, Self.digestPath + ".pdf", access: .page(.numbers)) { request, context in
            guard let printPage else {
                throw Problem(
                    Failure(
                        .unavailable, id: "PDF memerlukan Chromium di server ini (misalnya `apt install chromium`).",
                        en: "PDF needs Chromium on this server (for example `apt install chromium`)."))
            }
            let asked = try AskedDigest(request.urlQuery, writer: try await digestWriter(request, context))
            let html = DigestPage.printable(try await asked.content(), context.language)
            let bytes = try await printPage(html)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/pdf", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"pantau-\(asked.from)-\(asked.to).pdf\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    private func digestWriter(_ request: Request, _ context: WebContext) async throws -> DigestWriter {
        let data = try await data(request, context)
        return DigestWriter(
            store: data.store, analyst: data.analyst, findings: data.findings?.store,
            workspace: data.workspace ?? workspace, base: "", now: now)
    }
}

/// Which digest a page is asked for: `?day=2026-11-22`, `?week=2026-11-22` (its last day), or the newest.
private struct AskedDigest {
    let writer: DigestWriter
    let period: DigestPeriod
    let from: LocalDate
    let to: LocalDate
    private let newest: LocalDate

    init(_ query: URLQuery, writer: DigestWriter) throws {
        self.writer = writer
        period = query["week"] == nil ? .daily : .weekly
        let days = try writer.days(period)
        newest = days.to
        let asked = (query["week"] ?? query["day"]).flatMap { LocalDate($0) } ?? days.to
        // Nothing is told of a day that is not over.
        to = min(asked, days.to)
        from = to.adding(days: period == .weekly ? -6 : 0)
    }

    var title: Text {
        period == .daily
            ? Text(id: "Rangkuman harian", en: "Daily digest") : Text(id: "Rangkuman mingguan", en: "Weekly digest")
    }

    func content() async throws -> DigestContent { try await writer.content(period, from: from, to: to) }

    private var word: String { period == .daily ? "day" : "week" }

    func page(_ content: DigestContent, _ scope: Scope, canPrint: Bool) -> HTML {
        let path = Pages.digestPath
        let step: Int64 = period == .daily ? 1 : 7
        let before = URLQuery([(word, to.adding(days: -step).description)]).url(path: path)
        let after = URLQuery([(word, min(newest, to.adding(days: step)).description)]).url(path: path)
        let next: HTML =
            to < newest
            ? "<a class=\"button\" href=\"\(after)\">\(scope.say("Berikutnya", "Next")) →</a>" : ""
        let print: HTML =
            canPrint
            ? """
            <a class="button" download href="\(URLQuery([(word, to.description)]).url(path: path + ".pdf"))">PDF</a>
            """ : ""
        let kinds: [(String, String, DigestPeriod)] = [
            ("day", scope.say("Harian", "Daily"), .daily), ("week", scope.say("Mingguan", "Weekly"), .weekly),
        ]
        let tabs = kinds.map { word, name, kind -> HTML in
            let current: HTML = kind == period ? " aria-current=\"page\"" : ""
            let url = URLQuery([(word, to.description)]).url(path: path)
            return "<a class=\"button\" href=\"\(url)\"\(current)>\(name)</a>"
        }
        let routes: HTML =
            scope.viewer.may(.settings)
            ? """
            <p class="muted small"><a href="\(RoutesPage.path)">\(scope.say(
                "Kirim rangkuman ini lewat email, Slack, Telegram, atau WhatsApp",
                "Get this digest by e-mail, Slack, Telegram or WhatsApp"))</a></p>
            """ : ""
        let fragment = HTML(stringLiteral: DigestPage.fragment(content, scope.language))
        return """
            <link rel="stylesheet" href="\(Assets.digestStyles.url)">
            <div class="head"><div><h1>\(title(scope.language))</h1>
            <p class="muted">\(content.span(scope.language))</p></div></div>
            <div class="actions digest-actions-bar">\(tabs)<span class="apart"></span>\
            <a class="button" href="\(before)">← \(scope.say("Sebelumnya", "Previous"))</a>\(next)\(print)</div>
            \(fragment)\(routes)
            """
    }
}
