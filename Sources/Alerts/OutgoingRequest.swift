import Domain

/// One HTTP request, ready to be sent. Addresses and headers may hold secrets, so it describes itself by host alone.
package struct OutgoingRequest: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    package var method: String
    package var url: String
    package var headers: [Header]
    package var body: [UInt8]

    package struct Header: Sendable, Hashable {
        package var name: String
        package var value: String
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(method: String = "POST", url: String, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    static func json(_ url: String, headers: [Header] = [], body: [UInt8]) -> OutgoingRequest {
        let standard = [Header("Content-Type", "application/json; charset=utf-8"), Header("User-Agent", "Pantau")]
        return OutgoingRequest(url: url, headers: standard + headers, body: body)
    }

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var description: String { "\(method) \(WebAddress(url)?.host ?? "?"), \(body.count) bytes" }
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}

package struct OutgoingResponse: Sendable, Hashable {
    package var status: Int
    /// `Retry-After` as it came.
    package var retryAfter: String?
    /// The beginning: enough to tell what went wrong.
    package var body: [UInt8]

    package init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}

/// Why there was no answer at all.
package enum OutgoingFault: Error, Hashable, Sendable {
    case unreachable, slow, untrusted

    package var sentence: Text {
        switch self {
        case .unreachable:
            Text(
                id: "Server tujuan tidak terjangkau. Periksa alamatnya dan apakah server ini boleh ke luar.",
                en: "The receiver cannot be reached. Check its address, and whether this server may reach it.")
        case .slow:
            Text(id: "Server tujuan terlalu lama tidak menjawab.", en: "The receiver took too long to answer.")
        case .untrusted:
            Text(
                id: "Sertifikat server tujuan tidak dipercaya. Perbarui sertifikatnya, atau periksa alamatnya.",
                en: "The receiver's certificate is not trusted. Renew it, or check the address.")
        }
    }
}

/// Sends one request; follows no redirect.
package typealias SendRequest = @Sendable (OutgoingRequest) async throws(OutgoingFault) -> OutgoingResponse

/// The parts of an `http` or `https` address that matter here.
struct WebAddress: Hashable, Sendable {
    let scheme: String
    let host: String

    init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        guard let mark = text.firstRange(of: "://") else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let authority = text[mark.upperBound...].prefix { !"/?#".contains($0) }
        // Credentials in an address end up in logs.
        guard !authority.isEmpty, !authority.contains("@"), !authority.contains("\\") else { return nil }
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end].lowercased()
            guard Self.isPort(authority[authority.index(after: end)...]) else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }.lowercased()
            guard !host.isEmpty, Self.isPort(authority.dropFirst(host.count)) else { return nil }
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        return text.first == ":" && (Int(text.dropFirst()).map { (1...65_535).contains($0) } ?? false)
    }

    /// Of this machine or the network around it: where plain HTTP is nobody else's to read.
    var isNear: Bool {
        if host == "localhost" || host == "[::1]" || !host.contains(".") && !host.hasPrefix("[") { return true }
        if host.hasSuffix(".localhost") || host.hasSuffix(".local") || host.hasSuffix(".internal") { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 4, let a = numbers[0], let b = numbers[1], numbers[2] != nil, numbers[3] != nil else {
            return false
        }
        return a == 127 || a == 10 || (a == 192 && b == 168) || (a == 172 && (16...31).contains(b))
    }
}
