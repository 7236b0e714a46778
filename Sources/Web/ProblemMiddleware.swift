import Domain
import Hummingbird
import Logging

/// Turns every error into an answer: problem JSON, or a small page for a browser that asked for one.
package struct ProblemMiddleware: RouterMiddleware {
    private let gate: Gate

    /// - Parameter gate: knows who looks, so that the page of a problem has the navigation that they know.
    package init(gate: Gate) {
        self.gate = gate
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(translating: error)
            if problem.status.code == 500 {
                context.logger.error(
                    "a request failed",
                    metadata: ["route": "\(context.endpointPath ?? "unknown")", "error": "\(Self.safe(error))"])
            }
            guard Self.wantsPage(request) else { return problem.response(in: context.language) }
            if problem.kind == Problem.signInNeeded.kind, FormCheck.isNavigation(request) {
                return ProblemPage.toSignIn(request)
            }
            let viewer = await gate.viewer(request, context)
            return ProblemPage.response(problem, request: request, language: context.language, viewer: viewer)
        }
    }

    /// Our own messages hold no personal data; of a stranger's error only the type is told.
    static func safe(_ error: any Error) -> String {
        (error as? Failure)?.description ?? String(reflecting: type(of: error))
    }

    package static func wantsPage(_ request: Request) -> Bool {
        guard !request.uri.path.hasPrefix("/api/"), !request.uri.path.hasPrefix("/webhooks/") else { return false }
        return request.headers[.accept]?.contains("text/html") ?? false
    }
}

extension Problem {
    /// The problem that an error of any kind is told as.
    package init(translating error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let failure as Failure: self.init(failure)
        case let error as any HTTPResponseError:
            switch error.status.code {
            case 404: self = .pathUnknown
            case 413: self = .bodyTooLarge(limitBytes: Limits.apiBodyBytesMax)
            case 400..<500: self = .bodyBroken
            default: self = .fault
            }
        default: self = .fault
        }
    }
}
