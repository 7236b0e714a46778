import Domain
import HTTPTypes
import Hummingbird

extension Request {
    /// The whole body as it came. Throws a `Problem` when it is longer than `limit` bytes or ends early.
    package func bytes(upTo limit: Int) async throws -> [UInt8] {
        var expected = 0
        if let length = headers[.contentLength] {
            expected = Int(length) ?? 0
            // Refused by its own word, before a byte of it is read.
            guard expected <= limit else { throw Problem.bodyTooLarge(limitBytes: limit) }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(max(0, expected))
        do {
            for try await buffer in body {
                guard buffer.readableBytes <= limit - bytes.count else { throw Problem.bodyTooLarge(limitBytes: limit) }
                buffer.withUnsafeReadableBytes { bytes.append(contentsOf: $0) }
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.bodyBroken
        }
        return bytes
    }

    /// The query of the URL, decoded.
    package var urlQuery: URLQuery { URLQuery(parsing: uri.query ?? "") }
}

extension Response {
    package static func json(_ writer: JSONWriter, status: HTTPResponse.Status = .ok) -> Response {
        json(writer.bytes, status: status)
    }

    package static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    package static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    package static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.text)))
    }
}
