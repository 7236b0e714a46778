import Domain

/// The client's side of one SMTP session as a value: what to write next, from what the server said. It does no I/O.
package struct SMTPDialogue: Sendable {
    package enum Action: Hashable, Sendable {
        case write([UInt8])
        /// Begin TLS now, then call `secured`.
        case startTLS
        /// Over: say `QUIT` if the connection still stands.
        case finish(DispatchResult)
    }

    private enum Stage: Hashable {
        case greeting, hello, helloOld, startTLS, plainSignIn, loginName, loginPassword, sender, recipient, data
        case message, done
    }

    private let order: MailOrder
    private let message: [UInt8]
    private let clientName: String
    private var stage = Stage.greeting
    private var isSecure: Bool
    private var abilities: SMTPAbilities?
    private var mayTryLogin = false

    package init(_ order: MailOrder, clientName: String = "pantau.localdomain") {
        self.order = order
        self.clientName = clientName
        message = order.message.bytes
        isSecure = order.server.security == .tls
    }

    /// Whether the letter itself may already be in the server's hands.
    package var hasHandedOver: Bool { stage == .message || stage == .done }

    /// The connection is encrypted from now on; what the server said before does not count.
    package mutating func secured() -> Action {
        isSecure = true
        abilities = nil
        return hello()
    }

    package mutating func take(_ reply: SMTPReply) -> Action {
        // 421 may come at any time: the server is going away.
        guard reply.code != 421 else { return finish(busy(reply)) }
        switch stage {
        case .greeting: return reply.code == 220 ? hello() : refused(reply)
        case .hello: return takeHello(reply)
        case .helloOld: return reply.isPositive ? ready(SMTPAbilities(SMTPReply(code: 250, lines: []))) : refused(reply)
        case .startTLS: return reply.code == 220 ? .startTLS : finish(reply.isTransient ? busy(reply) : noTLS)
        case .plainSignIn, .loginPassword: return signedIn(reply)
        case .loginName:
            guard reply.code == 334 else { return signedIn(reply) }
            stage = .loginPassword
            return say(MailEncoding.base64(Array((order.password?.value ?? "").utf8)))
        case .sender:
            guard reply.isPositive else { return refused(reply) }
            stage = .recipient
            return say("RCPT TO:<\(order.message.to.address)>")
        case .recipient:
            guard reply.isPositive else { return finish(reply.isTransient ? busy(reply) : unknownRecipient(reply)) }
            stage = .data
            return say("DATA")
        case .data:
            guard reply.code == 354 else { return refused(reply) }
            stage = .message
            return .write(SMTPData.stuffed(message))
        case .message: return reply.isPositive ? finish(.delivered) : refused(reply)
        case .done: return finish(.delivered)
        }
    }

    // MARK: Steps

    private mutating func hello() -> Action {
        stage = .hello
        return say("EHLO \(clientName)")
    }

    private mutating func takeHello(_ reply: SMTPReply) -> Action {
        guard reply.isPositive else {
            // A server that knows no EHLO knows no TLS and no sign-in either.
            guard !reply.isTransient, order.server.security == .plain, order.server.user.isEmpty else {
                return refused(reply)
            }
            stage = .helloOld
            return say("HELO \(clientName)")
        }
        return ready(SMTPAbilities(reply))
    }

    private mutating func ready(_ abilities: SMTPAbilities) -> Action {
        self.abilities = abilities
        if order.server.security == .startTLS, !isSecure {
            // Without this a man in the middle need only strike out the word to read everything.
            guard abilities.startTLS else { return finish(noTLS) }
            stage = .startTLS
            return say("STARTTLS")
        }
        guard isSecure || order.server.isLoopback || order.server.allowsPlain else { return finish(noTLS) }
        guard !order.server.user.isEmpty else { return begin() }
        if abilities.signIns.contains("PLAIN") {
            stage = .plainSignIn
            mayTryLogin = abilities.signIns.contains("LOGIN")
            let secret = [0] + Array(order.server.user.utf8) + [0] + Array((order.password?.value ?? "").utf8)
            return say("AUTH PLAIN \(MailEncoding.base64(secret))")
        }
        guard abilities.signIns.contains("LOGIN") else { return finish(noSignIn) }
        return login()
    }

    private mutating func login() -> Action {
        stage = .loginName
        // RFC 4954 lets the name ride along; old servers know only the question and answer.
        return say("AUTH LOGIN \(MailEncoding.base64(Array(order.server.user.utf8)))")
    }

    private mutating func signedIn(_ reply: SMTPReply) -> Action {
        if reply.code == 235 { return begin() }
        if stage == .plainSignIn, mayTryLogin, reply.code == 504 || reply.code == 334 { return login() }
        // 454: its own trouble. All else is a wrong name or password, which no waiting mends.
        return finish(reply.isTransient ? busy(reply) : wrongPassword(reply))
    }

    private mutating func begin() -> Action {
        if let sizeMax = abilities?.sizeMax, message.count > sizeMax { return finish(tooLarge) }
        let isEightBit = message.contains { $0 > 0x7F }
        if isEightBit, abilities?.eightBit != true { return finish(tooWide) }
        guard let from = MailAddress.parse(order.server.from) else { return finish(noSender) }
        stage = .sender
        return say("MAIL FROM:<\(from.address)>" + (isEightBit ? " BODY=8BITMIME" : ""))
    }

    private func say(_ line: String) -> Action { .write(Array((line + "\r\n").utf8)) }

    private mutating func finish(_ result: DispatchResult) -> Action {
        stage = .done
        return .finish(result)
    }

    // MARK: Results; what the server wrote may name people, so only its code is told

    private mutating func refused(_ reply: SMTPReply) -> Action {
        if reply.isTransient { return finish(busy(reply)) }
        return finish(
            .givenUp(
                Text(
                    id:
                        "Server email menolak pesannya (kode \(reply.code)). Periksa alamat pengirim dan "
                        + "izin kirimnya.",
                    en: "The mail server refuses the message (code \(reply.code)). Check the sender's address and "
                        + "whether it may send.")))
    }

    private func busy(_ reply: SMTPReply) -> DispatchResult {
        .retry(
            Text(
                id: "Server email sedang tidak dapat menerima (kode \(reply.code)).",
                en: "The mail server cannot take it now (code \(reply.code))."), after: nil)
    }

    private func unknownRecipient(_ reply: SMTPReply) -> DispatchResult {
        .givenUp(
            Text(
                id: "Server email menolak penerimanya (kode \(reply.code)). Periksa alamatnya.",
                en: "The mail server refuses the recipient (code \(reply.code)). Check the address."))
    }

    private func wrongPassword(_ reply: SMTPReply) -> DispatchResult {
        .givenUp(
            Text(
                id:
                    "Server email menolak nama pengguna atau kata sandinya (kode \(reply.code)). Gmail dan Microsoft "
                    + "365 meminta kata sandi aplikasi.",
                en: "The mail server refuses the user name or password (code \(reply.code)). Gmail and Microsoft 365 "
                    + "ask for an app password."))
    }

    private var noTLS: DispatchResult {
        .givenUp(
            Text(
                id: "Server email tidak menawarkan STARTTLS, jadi tidak ada yang dikirim. Pakai TLS di port 465, atau "
                    + "izinkan tanpa enkripsi bila servernya di jaringan sendiri.",
                en: "The mail server does not offer STARTTLS, so nothing was sent. Use TLS on port 465, or allow "
                    + "sending without encryption if the server is in your own network."))
    }

    private var noSignIn: DispatchResult {
        .givenUp(
            Text(
                id: "Server email tidak menawarkan cara masuk yang dikenal (PLAIN, LOGIN). Kosongkan nama penggunanya "
                    + "bila tidak perlu masuk.",
                en: "The mail server offers no sign-in that Pantau knows (PLAIN, LOGIN). Leave the user name empty if "
                    + "none is needed."))
    }

    private var tooLarge: DispatchResult {
        .givenUp(
            Text(
                id: "Pesannya lebih besar daripada yang diterima server email ini.",
                en: "The letter is larger than the mail server takes."))
    }

    private var tooWide: DispatchResult {
        .givenUp(
            Text(
                id: "Server email ini hanya menerima pesan tujuh bit.",
                en: "The mail server takes seven-bit letters only."))
    }

    private var noSender: DispatchResult {
        .givenUp(
            Text(
                id: "Alamat pengirim tidak sah; perbaiki di pengaturan email.",
                en: "The sender is not an address; mend it in the mail settings."))
    }
}
