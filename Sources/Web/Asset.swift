import Crypto
import HTTPTypes
import Hummingbird

/// A file of a page, carried inside the program so that nothing has to be found after it was installed.
package struct Asset: Sendable {
    package let name: String
    private let type: String
    private let body: ByteBuffer
    private let hash: String

    package init(name: String, type: String, body: StaticString) {
        self.init(name: name, type: type, bytes: body.withUTF8Buffer { Array($0) })
    }

    package init(name: String, type: String, text: String) {
        self.init(name: name, type: type, bytes: Array(text.utf8))
    }

    package init(name: String, type: String, bytes: [UInt8]) {
        self.name = name
        self.type = type
        body = ByteBuffer(bytes: bytes)
        let digest = SHA256.hash(data: bytes)
        let digits = Array("0123456789abcdef".utf8)
        let hexadecimal = digest.prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        hash = String(decoding: hexadecimal, as: UTF8.self)
    }

    /// The address to write into pages: it changes with the content, so that it may be cached for ever.
    package var url: String { "\(path)?v=\(hash)" }
    package var path: String { "/assets/\(name)" }

    package func add(to routes: Routes) {
        routes.add(.get, path, access: .open) { request, _ in
            let isPinned = request.urlQuery["v"] == hash
            var headers: HTTPFields = [.eTag: "\"\(hash)\"", .contentType: type]
            headers[.cacheControl] = isPinned ? "public, max-age=31536000, immutable" : "no-cache"
            if request.headers[.ifNoneMatch]?.contains(hash) ?? false {
                return Response(status: .notModified, headers: headers)
            }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
    }
}
