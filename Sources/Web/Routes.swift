import HTTPTypes
import Hummingbird

/// The routes of a server while they are put together: each says who may use it, and what no route takes is
/// answered in one way.
package final class Routes {
    private let router: Router<WebContext>
    private let gate: Gate
    private var methods: [(path: String, methods: [HTTPRequest.Method])] = []
    /// Those that were added here, in their order: what a test goes through.
    package private(set) var added: [(method: HTTPRequest.Method, path: String, access: Access)] = []

    package init(router: Router<WebContext>, gate: Gate) {
        self.router = router
        self.gate = gate
    }

    /// Adds a route. `path` is a pattern of Hummingbird's (`{id}`, `**`).
    package func add(
        _ method: HTTPRequest.Method, _ path: String, access: Access,
        _ handler: @escaping @Sendable (Request, WebContext) async throws -> Response
    ) {
        note(method, path)
        added.append((method, path, access))
        let gate = gate
        router.on(RouterPath(path), method: method) { request, context -> Response in
            var (request, context) = (request, context)
            try await gate.admit(&request, &context, to: access)
            return try await handler(request, context)
        }
        guard method == .get else { return }
        note(.head, path)
        router.on(RouterPath(path), method: .head) { request, context -> Response in
            var (request, context) = (request, context)
            try await gate.admit(&request, &context, to: access)
            return try await handler(request, context).createHeadResponse()
        }
    }

    /// Remembers a route that was put on the router past this one.
    package func note(_ method: HTTPRequest.Method, _ path: String) {
        if let index = methods.firstIndex(where: { $0.path == path }) {
            methods[index].methods.append(method)
        } else {
            methods.append((path, [method]))
        }
    }

    /// Answers OPTIONS with what a path takes, and every other method with 405. To be called last.
    package func close() {
        for entry in methods {
            let allowed = (entry.methods + [.options]).map(\.rawValue).joined(separator: ", ")
            router.on(RouterPath(entry.path), method: .options) { _, _ -> Response in
                Response(status: .noContent, headers: [.allow: allowed])
            }
            let others: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .trace, .connect]
            for method in others where !entry.methods.contains(method) {
                router.on(RouterPath(entry.path), method: method) { _, _ -> Response in
                    throw Problem.methodUnknown(allowed: allowed)
                }
            }
        }
    }
}
