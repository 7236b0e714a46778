import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// The first steps: their page, its lights, and what somebody decides there. They are about the business's own data,
/// whatever the browser shows.
extension Pages {
    func addStart(to routes: Routes) {
        routes.add(.get, StartPage.path, access: .page(.settings)) { request, context in
            let page = try await startPage(request, context)
            return .html(
                frame.page(
                    title: StartPage.title, entry: nil, scope: page.scope, query: URLQuery(),
                    scripts: [Assets.start], body: page.body))
        }
        routes.add(.get, StartPage.livePath, access: .page(.settings)) { request, context in
            let version: @Sendable () async throws -> Int64 = { [store, outside, demo] in
                let share = if case .filling(let share)? = await demo?.state() { Int64(share * 100) } else { Int64(0) }
                return try await store.version() &+ (outside?.connections.changes ?? 0) &+ share
            }
            return try await streams.response("start", version: version) {
                try await startPage(request, context).parts.text
            }
        }
        routes.add(.post, "/start/skip", access: .page(.settings)) { request, context in
            let form = try await OwnForm.read(request, context)
            guard let step = form["step"].flatMap(StartStep.init), let mark = step.skipped, let outside else {
                throw Problem.pathUnknown
            }
            if form["undo"] == "1" {
                try await outside.connections.forget(mark)
            } else {
                try await outside.connections.decide(mark, at: now())
            }
            return .redirect(to: "\(StartPage.path)#step-\(step.rawValue)", type: .normal)
        }
        routes.add(.post, "/start/leave", access: .page(.settings)) { request, context in
            _ = try await OwnForm.read(request, context)
            try await outside?.connections.decide(.started, at: now())
            return .redirect(to: Board.overview.path, type: .normal)
        }
    }

    private func startPage(_ request: Request, _ context: WebContext) async throws -> StartPage {
        guard let outside, let health else { throw Problem.pathUnknown }
        var scope = try await scope(request, context, path: StartPage.path)
        if scope.data.isDemo {
            scope.data = PageData(store: store, analyst: analyst, arrival: arrival, health: health)
            scope.currency = workspace.currency
        }
        let state = try await StartState.load(try await health(), store: store, demo: await demo?.state())
        return StartPage(state: state, scope: scope, outside: outside)
    }

    /// Where the overview leads as long as nothing has ever come; nil when there is something to see, or somebody has
    /// chosen to look all the same.
    func startRedirect(_ scope: Scope) async -> String? {
        guard outside != nil, let health, !scope.data.isDemo, scope.viewer.may(.settings) else { return nil }
        // A fault is told by the cards of the overview.
        guard let look = try? await health(), look.connection.marks[.started] == nil,
            let messages = try? await store.projectionStatus().messages
        else { return nil }
        let state = StartState(health: look, messages: messages, hasTags: false, demo: nil)
        return state.isEmpty ? StartPage.path : nil
    }
}
