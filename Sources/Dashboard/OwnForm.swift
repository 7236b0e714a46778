import Hummingbird
import Web

/// Forms that change something.
enum OwnForm {
    private static let bytesMax = 8192

    /// The fields of a form. The gate has made sure already that a page of whoever looks has sent it.
    static func read(_ request: Request, _ context: WebContext) async throws -> URLQuery {
        URLQuery(parsing: String(decoding: try await request.bytes(upTo: bytesMax), as: UTF8.self))
    }
}
