import Domain
import Hummingbird
import Web

extension Pages {
    /// The page itself is a board; this is the test of the webhook.
    func addHealth(to routes: Routes) {
        routes.add(.post, "/health/test", access: .page(.settings)) { request, context in
            let form = try await OwnForm.read(request, context)
            guard let outside else { throw Problem.pathUnknown }
            await outside.runTest(byPublicAddress: form["by"] == "public")
            let page = form["page"] == StartPage.path ? StartPage.path : Board.health.path
            return .redirect(to: "\(page)#webhook-test", type: .normal)
        }
    }
}
