import Crypto
import Domain

/// “Be quiet about this finding for so many hours”, from a button under a message or from a link.
package struct MuteCommand: Hashable, Sendable {
    /// `Alert.reference`.
    package var finding: String
    package var hours: Int

    package init?(finding: String, hours: Int) {
        guard Alert.isReference(finding), (1...Mute.hoursMax).contains(hours) else { return nil }
        self.finding = finding
        self.hours = hours
    }

    /// The mute that it asks for. Pressed twice, it is the same mute.
    package func mute(at now: Instant, by: String? = nil) -> Mute {
        Mute(id: "finding:\(finding)", finding: finding, until: now.adding(seconds: Int64(hours) * 3600), by: by)
    }
}

/// What a quick-reply button under an alert carries.
package enum AlertButton: Hashable, Sendable {
    case mute(MuteCommand)
    case detail(finding: String)

    /// Bytes that Meta leaves to the payload of a quick reply.
    static let payloadBytesMax = 128

    package var payload: String {
        switch self {
        case .mute(let command): "pantau:mute:\(command.finding):\(command.hours)"
        case .detail(let finding): "pantau:detail:\(finding)"
        }
    }

    /// Nil for anything else that customers' buttons carry.
    package init?(payload: String) {
        guard payload.utf8.count <= Self.payloadBytesMax else { return nil }
        let parts = payload.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts[0] == "pantau", Alert.isReference(parts[2]) else { return nil }
        switch (parts[1], parts.count) {
        case ("mute", 4):
            let isNumber =
                (1...4).contains(parts[3].utf8.count) && parts[3].utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isNumber, let hours = Int(parts[3]), let command = MuteCommand(finding: parts[2], hours: hours) else {
                return nil
            }
            self = .mute(command)
        case ("detail", 3): self = .detail(finding: parts[2])
        default: return nil
        }
    }
}

/// Mute commands as links that need no sign-in: signed, for one finding, with an end.
///
/// Mail scanners and chat previews open links by themselves: a GET must only ask, and the answer (a POST) mute.
package struct MuteLinks: Sendable {
    private let key: SymmetricKey
    /// How long a link may be used.
    package static let secondsValid: Int64 = 7 * 86_400

    /// Nil without a key worth the name: less than 16 bytes.
    package init?(key: Secret) {
        guard key.value.utf8.count >= 16 else { return nil }
        self.key = SymmetricKey(data: Array(key.value.utf8))
    }

    /// `<finding>:<hours>:<expiry>:<code>`, of letters that a query takes as they are.
    package func token(_ command: MuteCommand, now: Instant) -> String {
        let claim = "\(command.finding):\(command.hours):\(now.adding(seconds: Self.secondsValid).seconds)"
        return "\(claim):\(Hexadecimal.text(code(claim)))"
    }

    package func verify(_ token: String, now: Instant) throws(Failure) -> MuteCommand {
        let parts = token.utf8.count <= 256 ? token.split(separator: ":").map(String.init) : []
        guard parts.count == 4, let told = Hexadecimal.bytes(parts[3], count: 32) else { throw Self.broken }
        let claim = parts[0...2].joined(separator: ":")
        // In constant time: CryptoKit's comparison of authentication codes.
        guard HMAC<SHA256>.isValidAuthenticationCode(told, authenticating: message(claim), using: key),
            let hours = Int(parts[1]), let expiry = Int64(parts[2]),
            let command = MuteCommand(finding: parts[0], hours: hours)
        else { throw Self.broken }
        guard now.seconds < expiry else {
            throw Failure(
                .forbidden, id: "Tautan ini sudah kedaluwarsa. Buka temuannya di Pantau untuk membisukannya.",
                en: "This link has expired. Open the finding in Pantau to mute it.")
        }
        return command
    }

    private static var broken: Failure {
        Failure(
            .forbidden, id: "Tautan ini tidak utuh. Salin lagi seluruh tautan dari pesannya.",
            en: "This link is not whole. Copy the whole link from the message again.")
    }

    private func message(_ claim: String) -> [UInt8] { Array("pantau mute:\(claim)".utf8) }
    private func code(_ claim: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message(claim), using: key))
    }
}
