import Domain

/// Where a short link may lead.
///
/// The address goes into a header as it is, so it is checked by hand, byte by byte: a general reader of URLs would
/// accept, and quietly mend, what a browser then reads in another way.
package struct LinkTarget: Hashable, Sendable {
    /// As it was given.
    package let address: String
    /// Lower case; an IPv6 address in its brackets.
    package let host: String
    package let port: Int

    package static let bytesMax = 2048

    /// Throws a sentence that says what is wrong with it.
    package init(_ address: String) throws(LinkTargetProblem) {
        let bytes = Array(address.utf8)
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .notASCII }
        // Browsers read a backslash as a slash, so that the host would not be the one that was checked. The others
        // stand for nothing in an address.
        guard !bytes.contains(where: { Self.unsafe.contains($0) }) else { throw .oddCharacter }
        guard let (scheme, rest) = Self.scheme(bytes) else { throw .notHTTP }
        let authority = rest.prefix { !Self.authorityEnd.contains($0) }
        guard !authority.contains(UInt8(ascii: "@")) else { throw .credentials }
        guard let (host, port) = Self.hostAndPort(authority, standard: scheme) else { throw .noHost }
        self.address = address
        self.host = host
        self.port = port
    }

    /// The same place as another: host and port, whatever the scheme.
    package func isSamePlace(as other: LinkTarget) -> Bool { host == other.host && port == other.port }

    private static let unsafe = Set(#"\"<>^`{|}"#.utf8)
    private static let authorityEnd = Set("/?#".utf8)

    /// The standard port of the scheme, and what follows `://`.
    private static func scheme(_ bytes: [UInt8]) -> (port: Int, rest: ArraySlice<UInt8>)? {
        for (name, port) in [("http://", 80), ("https://", 443)] {
            let name = Array(name.utf8)
            let start = bytes.prefix(name.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            if start == name { return (port, bytes.dropFirst(name.count)) }
        }
        return nil
    }

    private static func hostAndPort(_ authority: ArraySlice<UInt8>, standard: Int) -> (String, Int)? {
        var host = authority
        var digits: ArraySlice<UInt8>?
        // The last colon begins the port, unless it stands within the brackets of an IPv6 address.
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")),
            !authority[colon...].contains(UInt8(ascii: "]"))
        {
            host = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        let name = String(decoding: host, as: UTF8.self).lowercased()
        guard host.first == UInt8(ascii: "[") ? isIPv6(host) : isName(host) else { return nil }
        guard let digits, !digits.isEmpty else { return (name, standard) }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
        else { return nil }
        return (name, port)
    }

    /// A name or an IPv4 address: labels of letters, digits, hyphens and underscores.
    private static func isName(_ host: ArraySlice<UInt8>) -> Bool {
        guard !host.isEmpty, host.count <= 253 else { return false }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        for (index, label) in labels.enumerated() {
            // A full stop may end the name; that is its absolute spelling.
            if label.isEmpty, index == labels.count - 1, labels.count > 1 { continue }
            let isPlain = label.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
            guard isPlain, (1...63).contains(label.count) else { return false }
        }
        return true
    }

    private static func isIPv6(_ host: ArraySlice<UInt8>) -> Bool {
        guard host.count > 4, host.last == UInt8(ascii: "]") else { return false }
        let inside = host.dropFirst().dropLast()
        return inside.contains(UInt8(ascii: ":"))
            && inside.allSatisfy { $0.hexadecimalValue != nil || $0 == 0x3A || $0 == 0x2E }
    }
}

/// Why an address cannot be the target of a short link.
package enum LinkTargetProblem: Error, Hashable, Sendable, CaseIterable {
    case tooLong, notASCII, oddCharacter, notHTTP, credentials, noHost

    /// Goes on after the name of the key: `url …`.
    package var message: Text {
        switch self {
        case .tooLong:
            Text(
                id: "lebih panjang dari \(LinkTarget.bytesMax) bita",
                en: "is longer than \(LinkTarget.bytesMax) bytes")
        case .notASCII:
            Text(
                id: "hanya boleh berisi ASCII tanpa spasi; tulis huruf lain sebagai %XX, nama domain sebagai xn--…",
                en: "may hold only ASCII without spaces; write other letters as %XX and domain names as xn--…")
        case .oddCharacter:
            Text(
                id: "berisi garis miring terbalik, kutip, atau kurung yang tidak sah; tulis sebagai %XX",
                en: "holds a backslash, a quote or a bracket that is not allowed; write it as %XX")
        case .notHTTP:
            Text(
                id: "harus alamat lengkap yang diawali https:// atau http://",
                en: "must be a whole address that begins with https:// or http://")
        case .credentials:
            Text(
                id: "tidak boleh berisi nama pengguna atau sandi (tanda @ sebelum nama host)",
                en: "may not hold a user name or password (an @ before the host)")
        case .noHost:
            Text(id: "tidak menyebut host yang sah", en: "names no valid host")
        }
    }
}
