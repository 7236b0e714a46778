import Crypto
import NIOSSL

/// A certificate that signs itself, for `localhost` and 127.0.0.1 or for another name: made anew by each test, so that
/// no key lies about.
struct TestCertificate {
    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey

    init(host: String = "localhost") throws {
        let key = P256.Signing.PrivateKey()
        let name = DER.sequence(DER.set(DER.sequence(DER.oid([0x55, 0x04, 0x03]), DER.node(0x0C, Array(host.utf8)))))
        let algorithm = DER.sequence(DER.oid([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
        let dates = ["200101000000Z", "490101000000Z"].map { DER.node(0x17, Array($0.utf8)) }
        let address = host == "localhost" ? DER.node(0x87, [127, 0, 0, 1]) : []
        let names = DER.sequence(DER.node(0x82, Array(host.utf8)), address)
        let authority = DER.sequence(DER.node(0x01, [0xFF]))
        let extensions = DER.sequence(
            DER.sequence(DER.oid([0x55, 0x1D, 0x13]), DER.node(0x01, [0xFF]), DER.node(0x04, authority)),
            DER.sequence(DER.oid([0x55, 0x1D, 0x11]), DER.node(0x04, names)))
        let content = DER.sequence(
            DER.node(0xA0, DER.node(0x02, [2])), DER.node(0x02, [0x2A]), algorithm, name,
            DER.sequence(dates[0], dates[1]), name, Array(key.publicKey.derRepresentation),
            DER.node(0xA3, extensions))
        let signature = try key.signature(for: content).derRepresentation
        let whole = DER.sequence(content, algorithm, DER.node(0x03, [0] + Array(signature)))
        certificate = try NIOSSLCertificate(bytes: whole, format: .der)
        self.key = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }
}

/// As much of DER as a certificate needs.
private enum DER {
    static func node(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            count < 128
            ? [UInt8(count)] : count < 256 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
        return [tag] + length + content
    }
    static func sequence(_ parts: [UInt8]...) -> [UInt8] { node(0x30, parts.flatMap { $0 }) }
    static func set(_ part: [UInt8]) -> [UInt8] { node(0x31, part) }
    static func oid(_ bytes: [UInt8]) -> [UInt8] { node(0x06, bytes) }
}
