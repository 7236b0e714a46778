import Hummingbird
import Logging

/// Counts and logs every answer: method, route pattern, status and time. Never the path that was asked, a query, a
/// header or a body, since those may hold a person's data.
package struct RequestLog: RouterMiddleware {
    private let telemetry: Telemetry
    package init(telemetry: Telemetry) { self.telemetry = telemetry }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        // An unknown path is one route, so that a scanner cannot fill the memory with counters.
        let route = context.endpointPath ?? "unknown"
        telemetry.answered(route: route, status: response.status.code)
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let milliseconds = seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000
        let level: Logger.Level = response.status.code >= 500 ? .warning : .debug
        context.logger.log(
            level: level, "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(response.status.code)",
                "ms": "\(milliseconds)",
            ])
        return response
    }
}
