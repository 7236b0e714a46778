import CZlib
import HTTPTypes
import Hummingbird
import NIOCore

/// Sends texts compressed to clients that take gzip. Streams and what is short go as they are.
package struct CompressionMiddleware: RouterMiddleware {
    /// Below this, headers weigh more than what is saved.
    static let bytesMin = 1024

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.method != .head, Self.isText(response), let length = response.body.contentLength,
            length >= Self.bytesMin, response.headers[.contentEncoding] == nil
        else { return response }
        response.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
        guard Self.takesGzip(request.headers[.acceptEncoding]) else { return response }
        let collected = Collected()
        try await response.body.write(Collector(collected: collected))
        let plain = collected.bytes
        // A client that cannot be given less is given the same.
        guard let packed = Gzip.packed(plain), packed.count < plain.count else {
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: plain))
            return response
        }
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = String(packed.count)
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: packed))
        return response
    }

    private static func isText(_ response: Response) -> Bool {
        guard let type = response.headers[.contentType], !type.hasPrefix("text/event-stream") else { return false }
        return type.hasPrefix("text/") || type.contains("json") || type.hasPrefix("image/svg")
    }

    /// Whether a client takes gzip: it names it, or everything, and does not refuse it (RFC 9110, 12.5.3).
    static func takesGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        var takes: Bool?
        for part in header.lowercased().prefix(1024).split(separator: ",") {
            let fields = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let name = fields.first else { continue }
            let weight = fields.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if name == "gzip" { return weight > 0 }
            if name == "*" { takes = weight > 0 }
        }
        return takes ?? false
    }

    private final class Collected {
        var bytes: [UInt8] = []
    }

    private struct Collector: ResponseBodyWriter {
        let collected: Collected

        mutating func write(_ buffer: ByteBuffer) async throws {
            buffer.withUnsafeReadableBytes { collected.bytes.append(contentsOf: $0) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// One gzip member (RFC 1952).
enum Gzip {
    /// Of zlib's nine levels: most of the gain for little of the time.
    private static let level: Int32 = 5
    /// Deflate, no flags, no time, unknown system.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// Nil when zlib refuses.
    static func packed(_ bytes: [UInt8]) -> [UInt8]? {
        var length = compressBound(uLong(bytes.count))
        var zlib = [UInt8](repeating: 0, count: Int(length))
        guard compress2(&zlib, &length, bytes, uLong(bytes.count), level) == Z_OK, length > 6 else { return nil }
        // zlib's own frame, two bytes before the stream and four behind it, gives way to gzip's.
        var packed = header
        packed += zlib[2..<Int(length) - 4]
        let check = UInt32(truncatingIfNeeded: crc32(0, bytes, uInt(bytes.count)))
        for value in [check, UInt32(truncatingIfNeeded: bytes.count)] {
            for shift: UInt32 in [0, 8, 16, 24] { packed.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        return packed
    }
}
