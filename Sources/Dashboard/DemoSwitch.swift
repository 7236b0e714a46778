import Domain
import HTTPTypes
import Hummingbird
import Web

/// Made-up data beside the business's own, in a directory of their own.
package protocol DemoSwitch: Sendable {
    func state() async -> DemoState
    /// Begins to make them in the background; does nothing when they are there or on their way.
    func begin() async throws
    /// Takes them away, with their directory and their memory.
    func remove() async throws
}

package enum DemoState: Sendable {
    case none
    /// The share that is done.
    case filling(Double)
    case ready(PageData)
    /// They could not be made.
    case failed(Failure)
}

/// Above every page that shows made-up data.
enum DemoBanner {
    @Sendable static func html(_ scope: Scope) -> HTML? {
        guard scope.data.isDemo else { return nil }
        let token: HTML = "<input type=\"hidden\" name=\"form_token\" value=\"\(scope.viewer.formToken)\">"
        let remove: HTML =
            scope.viewer.may(.settings)
            ? """
            <form method="post" action="/demo/remove">\(token)\
            <button type="submit" class="quiet">\(scope.say("Hapus data contoh", "Delete the demo data"))</button></form>
            """ : ""
        return """
            <div class="banner demo" role="note"><p><strong>\(scope.say("Data contoh", "Demo data"))</strong> \
            \(scope.say(
                "Angka di halaman ini buatan, bukan milik Anda. Data Anda tidak tersentuh.",
                "The numbers on this page are made up, not yours. Your data are untouched."))</p>
            <div class="actions"><form method="post" action="/demo/leave">\(token)\
            <button type="submit" class="primary">\(scope.say("Kembali ke data Anda", "Back to your data"))</button>\
            </form>\(remove)</div></div>
            """
    }
}

extension Pages {
    /// Which data the pages of a browser show.
    static let viewCookie = "pantau_view"
    static let demoView = "demo"

    /// Made-up data when the browser has asked for them and they are there.
    func demoData(_ request: Request) async -> PageData? {
        guard let demo, request.cookies[Self.viewCookie]?.value == Self.demoView,
            case .ready(let data) = await demo.state()
        else { return nil }
        return data
    }

    func addDemo(to routes: Routes) {
        routes.add(.post, "/demo/begin", access: .page(.settings)) { request, context in
            _ = try await OwnForm.read(request, context)
            guard let demo else { throw Problem.pathUnknown }
            try await demo.begin()
            return .redirect(to: "\(StartPage.path)#demo", type: .normal)
        }
        routes.add(.post, "/demo/show", access: .page(.numbers)) { request, context in
            _ = try await OwnForm.read(request, context)
            guard let demo, case .ready = await demo.state() else { throw Self.demoMissing }
            return leave(to: "/", view: Self.demoView)
        }
        routes.add(.post, "/demo/leave", access: .page(.numbers)) { request, context in
            _ = try await OwnForm.read(request, context)
            return leave(to: "/", view: nil)
        }
        routes.add(.post, "/demo/remove", access: .page(.settings)) { request, context in
            _ = try await OwnForm.read(request, context)
            try await demo?.remove()
            return leave(to: StartPage.path, view: nil)
        }
    }

    private func leave(to path: String, view: String?) -> Response {
        var response = Response.redirect(to: path, type: .normal)
        response.setCookie(
            Cookie(
                name: Self.viewCookie, value: view ?? "", maxAge: view == nil ? 0 : 30 * 86_400, path: "/",
                secure: isBehindTLS, httpOnly: true, sameSite: .lax))
        return response
    }

    private static let demoMissing = Problem(
        Failure(
            .notFound, id: "Data contoh belum siap atau sudah dihapus.",
            en: "The demo data are not ready yet, or were deleted."))
}
