import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Saved views: a page with its filters under a name, with a link to pass on.
extension Pages {
    static let viewPath = "/view/"
    private static let formBytesMax = 8192
    static let viewNameMax = 80
    private static let viewsMax = 500

    func addViews(to routes: Routes) {
        routes.add(.get, Self.viewPath + "{id}", access: .page(.numbers)) { _, context in
            guard let id = context.parameters.get("id"), let view = try await views?.view(id: id) else {
                throw Self.viewUnknown
            }
            return .redirect(to: view.url, type: .normal)
        }
        routes.add(.post, "/views", access: .page(.numbers)) { request, context in
            let form = try await Self.form(request)
            guard let views else { throw Self.viewUnknown }
            let name = (form["name"] ?? "").trimmed
            guard !name.isEmpty, name.count <= Self.viewNameMax else { throw Self.viewNameWrong }
            guard try await views.views().count < Self.viewsMax else { throw Self.viewsFull }
            // Only what pages understand is kept, under a path that is a page.
            guard let board = Board.at(form["page"] ?? "") else { throw Self.viewUnknown }
            let filters = Filters(URLQuery(parsing: form["query"] ?? ""))
            let view = SavedView(
                id: form["id"].flatMap(Self.known) ?? Self.newID(), name: name, path: board.path,
                query: filters.query.encoded, person: context.viewer?.person, createdAt: now())
            try await views.save(view)
            return .redirect(to: view.url(saved: true), type: .normal)
        }
        routes.add(.post, "/views/{id}/delete", access: .page(.numbers)) { _, context in
            guard let id = context.parameters.get("id"), let view = try await views?.view(id: id) else {
                throw Self.viewUnknown
            }
            _ = try await views?.deleteView(id: id)
            return .redirect(to: view.url(deleted: true), type: .normal)
        }
    }

    /// Those that the page shows; none when they cannot be read: the page matters more.
    func kept(_ scope: Scope) async -> [SavedView] { (try? await views?.views()) ?? [] }

    private static func form(_ request: Request) async throws -> URLQuery {
        URLQuery(parsing: String(decoding: try await request.bytes(upTo: formBytesMax), as: UTF8.self))
    }

    /// An id as it comes back from "undo".
    private static func known(_ id: String) -> String? {
        let isID = id.utf8.count == 16 && id.utf8.allSatisfy { $0.hexadecimalValue != nil }
        return isID ? id : nil
    }

    private static func newID() -> String {
        var random = SystemRandomNumberGenerator()
        return Hexadecimal.text((0..<8).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    private static let viewUnknown = Problem(
        Failure(
            .notFound, id: "Tampilan ini tidak ada lagi. Mungkin sudah dihapus.",
            en: "This view is not there any more. Somebody may have deleted it."))
    private static let viewNameWrong = Problem(
        Failure(
            .unprocessable, id: "Beri nama, paling panjang \(viewNameMax) huruf.",
            en: "Give it a name of at most \(viewNameMax) letters."))
    private static let viewsFull = Problem(
        Failure(
            .unprocessable, id: "Sudah ada \(viewsMax) tampilan. Hapus yang tidak dipakai.",
            en: "There are \(viewsMax) views already. Delete those that nobody uses."))
}

extension SavedView {
    var url: String { query.isEmpty ? path : "\(path)?\(query)" }

    func url(saved: Bool = false, deleted: Bool = false) -> String {
        var query = URLQuery(parsing: query)
        if saved { query = query.setting("saved", to: id) }
        if deleted {
            query = query.setting("deleted", to: id).setting("deleted_name", to: name)
        }
        return query.url(path: path)
    }
}

/// The menu of saved views beside a page's title.
struct ViewMenu {
    let views: [SavedView]
    let scope: Scope
    /// Of the request: tells what was just done.
    let asked: URLQuery

    var html: HTML {
        let title = scope.say("Tampilan", "Views")
        let none: HTML =
            views.isEmpty
            ? "<p class=\"muted small\">\(scope.say("Belum ada yang disimpan.", "None is saved yet."))</p>" : ""
        return """
            <details class="menu views"><summary class="button">\(title)</summary><div>\(none)
            <ul>\(views.map(row))</ul>
            <form method="post" action="/views">\(token)
            <input type="hidden" name="page" value="\(scope.path)">
            <input type="hidden" name="query" value="\(scope.filters.query.encoded)">
            <label>\(scope.say("Simpan tampilan ini sebagai", "Save this view as"))
            <input name="name" required maxlength="\(Pages.viewNameMax)"></label>
            <button type="submit">\(scope.say("Simpan", "Save"))</button></form>
            </div></details>
            """
    }

    private var token: HTML { "<input type=\"hidden\" name=\"form_token\" value=\"\(scope.viewer.formToken)\">" }

    private func row(_ view: SavedView) -> HTML {
        let remove = scope.say("Hapus tampilan \(view.name)", "Delete the view \(view.name)")
        return """
            <li><a href="\(view.url)">\(view.name)</a> <form method="post" action="/views/\(view.id)/delete">\(token)\
            <button type="submit" class="quiet" aria-label="\(remove)" title="\(remove)">×</button></form></li>
            """
    }

    /// What was just done, with its link or its undoing.
    var notice: HTML {
        if let id = asked["saved"], let view = views.first(where: { $0.id == id }) {
            let words = scope.say("Tampilan disimpan. Tautannya:", "The view is saved. Its link:")
            return """
                <div class="card banner good" role="status"><p>\(words) <code id="view-link">\(scope.origin)\
                \(Pages.viewPath)\(view.id)</code> <button type="button" data-copy="view-link" \
                data-done="\(scope.say("Tersalin", "Copied"))">\(scope.say("Salin", "Copy"))</button></p></div>
                """
        }
        guard let id = asked["deleted"], let name = asked["deleted_name"] else { return "" }
        return """
            <div class="card banner" role="status"><form method="post" action="/views">\(token)
            <input type="hidden" name="id" value="\(id)"><input type="hidden" name="name" value="\(name)">
            <input type="hidden" name="page" value="\(scope.path)">
            <input type="hidden" name="query" value="\(scope.filters.query.encoded)">
            \(scope.say("Tampilan \(name) dihapus.", "The view \(name) was deleted.")) \
            <button type="submit">\(scope.say("Urungkan", "Undo"))</button></form></div>
            """
    }
}
