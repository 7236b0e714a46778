import Crypto
import Domain

/// The key of a workspace for the tokens in its links.
package struct LinkKey: Sendable {
    let key: SymmetricKey
    package static let bytes = 32

    /// Nil for anything but 256 bits.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.bytes else { return nil }
        key = SymmetricKey(data: bytes)
    }
}

/// Who a campaign's link was sent to, sealed: the address of the link names no number, cannot be changed to another
/// recipient's, and works with no other link.
///
/// AES-256-GCM of the party; nonce, ciphertext and tag in base64url. The link's code is authenticated with it.
package enum LinkToken {
    package static let nonceBytes = 12
    /// Longer ones are not ours and are not looked at.
    static let charactersMax = 768

    /// - Parameter nonce: 12 bytes that are never used twice under one key: random ones.
    package static func seal(_ party: Party, code: String, key: LinkKey, nonce: [UInt8]) -> String? {
        guard let plain = encode(party), let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(plain, using: key.key, nonce: nonce, authenticating: Array(code.utf8)),
            let sealed = box.combined
        else { return nil }
        return Base64URL.encode(sealed)
    }

    /// Nil for a token that was altered, made for another code, or made under another key.
    package static func open(_ token: String, code: String, key: LinkKey) -> Party? {
        guard token.utf8.count <= charactersMax, let sealed = Base64URL.decode(token),
            let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: key.key, authenticating: Array(code.utf8))
        else { return nil }
        return decode(Array(plain))
    }

    // MARK: The party

    /// Phone, user id and parent id, each with its length before it; 0 for none.
    private static func encode(_ party: Party) -> [UInt8]? {
        guard !party.isAnonymous else { return nil }
        var bytes: [UInt8] = []
        for name in [party.phone, party.userID, party.parentUserID] {
            let text = Array((name ?? "").utf8)
            guard let length = UInt8(exactly: text.count) else { return nil }
            bytes.append(length)
            bytes.append(contentsOf: text)
        }
        return bytes
    }

    private static func decode(_ bytes: [UInt8]) -> Party? {
        var names: [String?] = []
        var rest = bytes[...]
        while let length = rest.popFirst() {
            guard rest.count >= Int(length), names.count < 3 else { return nil }
            names.append(length == 0 ? nil : String(decoding: rest.prefix(Int(length)), as: UTF8.self))
            rest = rest.dropFirst(Int(length))
        }
        guard names.count == 3 else { return nil }
        let party = Party(phone: names[0], userID: names[1], parentUserID: names[2])
        return party.isAnonymous ? nil : party
    }
}

/// Base64 for addresses (RFC 4648, section 5), without padding.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: .max, count: 256)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var held: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(held >> bits & 63)])
            }
            held &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[Int(held << (6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for other characters, for a length that no text has, and for bits at its end that say nothing: each text has
    /// one spelling.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var bits: UInt32 = 0
        for byte in text.utf8 {
            let value = values[Int(byte)]
            guard value < 64 else { return nil }
            held = held << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: held >> bits))
            held &= (1 << bits) - 1
        }
        return bits < 6 && held == 0 ? bytes : nil
    }
}
