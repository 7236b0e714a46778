import Domain

/// What a route needs besides itself to send.
package struct NotifierSetup: Sendable {
    package var links: AlertLinks
    /// Secrets by id of the route.
    package var secrets: [String: Secret]
    package var mailServer: MailServer?
    package var mailPassword: Secret?

    package init(
        links: AlertLinks, secrets: [String: Secret] = [:], mailServer: MailServer? = nil,
        mailPassword: Secret? = nil
    ) {
        self.links = links
        self.secrets = secrets
        self.mailServer = mailServer
        self.mailPassword = mailPassword
    }
}

/// Makes of a dispatch what its channel takes, sends it, and says what came of it. What it says never holds an
/// address, a number or a secret.
package struct Notifier: Sendable {
    private let setup: NotifierSetup
    private let send: SendRequest
    private let mail: SendMail

    package init(setup: NotifierSetup, send: @escaping SendRequest, mail: @escaping SendMail) {
        self.setup = setup
        self.send = send
        self.mail = mail
    }

    /// - Parameter route: nil when it was removed meanwhile.
    package func deliver(_ dispatch: Dispatch, route: AlertRoute?, now: Instant) async -> DispatchResult {
        guard let route, route.isOn || dispatch.content == .test else {
            return .givenUp(
                Text(id: "Rutenya sudah dihapus atau dimatikan.", en: "The route was removed or switched off."))
        }
        guard let recipient = route.channel.recipients.first(where: { $0.id == dispatch.recipient }) else {
            return .givenUp(
                Text(id: "Penerimanya sudah dihapus dari rute.", en: "The recipient was taken off the route."))
        }
        if case .email = route.channel {
            return await sendMail(dispatch, route, to: recipient.address)
        }
        let secret = setup.secrets[route.id]
        do { try route.check(secret: secret) } catch { return .givenUp(error.message) }
        guard let secret, let request = request(dispatch, route, recipient.address, secret, now) else {
            return .givenUp(Self.unreadable)
        }
        do {
            return verdict(try await send(request), route)
        } catch {
            return .retry(error.sentence, after: nil)
        }
    }

    private static let unreadable = Text(
        id: "Pesan ini tidak dapat dibuat; periksa pengaturan rute.",
        en: "The message cannot be made; check the route's settings.")

    private func verdict(_ response: OutgoingResponse, _ route: AlertRoute) -> DispatchResult {
        switch route.channel {
        case .webhook, .email: AnswerVerdict.of(response, name: Text(id: "Server webhook", en: "The webhook"))
        case .slack: SlackNotifier.verdict(response)
        case .telegram: TelegramNotifier.verdict(response)
        case .whatsApp: WhatsAppNotifier.verdict(response)
        }
    }

    /// Nil only for mail.
    package func request(
        _ dispatch: Dispatch, _ route: AlertRoute, _ address: String, _ secret: Secret, _ now: Instant
    ) -> OutgoingRequest? {
        if case .webhook(let url) = route.channel {
            return WebhookNotifier.request(
                dispatch, route: route, url: url, secret: secret, links: setup.links, now: now)
        }
        if case .digest(let digest) = dispatch.content {
            switch route.channel {
            case .webhook, .email: return nil
            case .slack: return SlackNotifier.request(digest: digest, route.language, url: secret)
            case .telegram(let chat):
                return TelegramNotifier.request(digest: digest, route.language, chat: chat, token: secret)
            case .whatsApp(let channel):
                return WhatsAppNotifier.request(
                    digest: digest, route.language, dispatch: dispatch, channel: channel, to: address, token: secret)
            }
        }
        let text = text(dispatch, route)
        switch route.channel {
        case .webhook, .email: return nil
        case .slack: return SlackNotifier.request(text, url: secret)
        case .telegram(let chat): return TelegramNotifier.request(text, chat: chat, token: secret)
        case .whatsApp(let channel):
            return WhatsAppNotifier.request(text, dispatch: dispatch, channel: channel, to: address, token: secret)
        }
    }

    private func text(_ dispatch: Dispatch, _ route: AlertRoute) -> NoticeText {
        if case .notice(let notice) = dispatch.content {
            return NoticeText(notice, language: route.language, links: setup.links)
        }
        return NoticeText(test: route.language, route: route.name, links: setup.links, at: dispatch.createdAt)
    }

    // MARK: Mail

    private func sendMail(_ dispatch: Dispatch, _ route: AlertRoute, to: String) async -> DispatchResult {
        guard let server = setup.mailServer else {
            return .givenUp(
                Text(
                    id: "Server email belum diisi. Isi di Pengaturan, lalu kirim pesan uji.",
                    en: "No mail server is set. Enter it in Settings, then send a test."))
        }
        do { try server.check(password: setup.mailPassword) } catch { return .givenUp(error.message) }
        guard let message = letter(dispatch, route, to: to, from: server.from) else {
            return .givenUp(Self.unreadable)
        }
        return await mail(MailOrder(server: server, password: setup.mailPassword, message: message))
    }

    /// The letter of a dispatch; the same bytes at every attempt.
    package func letter(_ dispatch: Dispatch, _ route: AlertRoute, to: String, from: String) -> MailMessage? {
        guard let from = MailAddress.parse(from), let to = MailAddress.parse(to) else { return nil }
        let language = route.language
        var message = MailMessage(from: from, to: to, subject: "", text: "", at: dispatch.createdAt, id: dispatch.id)
        if case .digest(let digest) = dispatch.content {
            message.subject = DigestText.subject(digest, language)
            message.text = DigestText.plain(digest, language)
            message.html = LetterHTML.digest(digest, language)
        } else {
            let text = text(dispatch, route)
            message.subject = "[Pantau] \(text.subject)"
            message.text = text.plain
            message.html = LetterHTML.notice(text)
        }
        return message
    }
}
