import Crypto

/// What the owner of a key may do. Spelt as the key store spells it.
package enum Role: String, Sendable, CaseIterable, Hashable {
    /// Everything, pages included.
    case admin
    /// Queries and message stories.
    case analyst
    /// As analyst, and may list the people behind a number.
    case export
    /// Sends and outcomes in; no answers out.
    case ingest

    /// The roles whose routes its keys open.
    package var granted: Set<Role> { self == .export ? [.export, .analyst] : [self] }
}

/// Who asks, once a key was recognised.
package struct Identity: Sendable, Hashable {
    package var name: String
    package var role: Role
    package init(name: String, role: Role) {
        self.name = name
        self.role = role
    }
}

/// The text of an API key: `pantau_<role>_<43 base64url characters>`, 256 random bits. Only its digest is stored.
package enum APIKeySecret {
    package static let prefix = "pantau_"
    /// Longest text that is looked at; a key is far shorter.
    static let bytesMax = 128

    /// A new key, told once to the person who asked for it. `role` is the role's raw value.
    package static func generate(role: String) -> String {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return "\(prefix)\(role)_\(base64URL(bytes))"
    }

    /// SHA-256 of the key: enough for 256 random bits, where a slow password hash would only slow requests.
    package static func digest(of key: String) -> [UInt8] { Array(SHA256.hash(data: Array(key.utf8))) }

    static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(held >> UInt32(bits) & 63)])
            }
            held &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Comparison that takes as long for a near miss as for a far one.
package enum ConstantTime {
    package static func equal(_ a: String, _ b: String) -> Bool {
        // Digests have one length, so that the length of the secret shows neither.
        let left = SHA256.hash(data: Array(a.utf8))
        let right = SHA256.hash(data: Array(b.utf8))
        var difference: UInt8 = 0
        for (x, y) in zip(left, right) { difference |= x ^ y }
        return difference == 0
    }
}
