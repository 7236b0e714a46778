import Domain

/// `sendMessage` of Telegram's bot API, set in its HTML.
package enum TelegramNotifier {
    /// Characters after mark-up is read; a little room is left for what UTF-16 counts twice.
    static let unitsMax = 4000

    package static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    package static func request(_ text: NoticeText, chat: String, token: Secret) -> OutgoingRequest {
        var pieces: [Piece] = []
        if text.parts.count > 1 || text.more > 0 { pieces.append(.bold(text.subject + "\n\n")) }
        for part in text.parts {
            pieces.append(.bold("[\(part.tag)] \(part.title)"))
            for line in part.lines { pieces.append(.plain("\n" + line)) }
            if let action = part.action {
                pieces += [.bold("\n\(NoticeText.actionName(text.language)): "), .plain(action)]
            }
            if text.parts.count > 1, WebAddress(part.link) != nil {
                pieces += [.plain("\n"), .link(NoticeText.detailName(text.language), part.link)]
            }
            pieces.append(.plain("\n\n"))
        }
        if let more = text.moreSentence { pieces.append(.plain(more)) }
        var buttons: [(String, String)] = []
        if let part = text.parts.first, text.parts.count == 1 {
            buttons.append((NoticeText.detailName(text.language), part.link))
            if let mute = part.muteLink { buttons.append((NoticeText.muteName(text.language), mute)) }
        } else {
            buttons.append((NoticeText.allName(text.language), text.link))
        }
        return request(pieces, buttons, isSilent: text.severity == .note, chat: chat, token: token)
    }

    package static func request(
        digest: DigestContent, _ language: Language, chat: String, token: Secret
    ) -> OutgoingRequest {
        var pieces: [Piece] = [.bold(DigestText.subject(digest, language)), .plain("\n")]
        for section in DigestText.sections(digest, language) {
            pieces += [.bold("\n\(section.title)"), .plain("\n" + section.lines.joined(separator: "\n") + "\n")]
        }
        let buttons = [(DigestText.pageName(language), digest.link)]
        return request(pieces, buttons, isSilent: true, chat: chat, token: token)
    }

    private enum Piece {
        case plain(String), bold(String), link(String, String)
    }

    private static func request(
        _ pieces: [Piece], _ buttons: [(String, String)], isSilent: Bool, chat: String, token: Secret
    ) -> OutgoingRequest {
        // Telegram refuses buttons that lead to a machine without a public name.
        let buttons = buttons.filter { WebAddress($0.1)?.isNear == false }
        var writer = JSONWriter(reservingBytes: 1024)
        writer.object {
            $0.member("chat_id", chat)
            $0.member("text", markup(pieces))
            $0.member("parse_mode", "HTML")
            $0.member("disable_notification", isSilent)
            $0.member("link_preview_options", object: { $0.member("is_disabled", true) })
            guard !buttons.isEmpty else { return }
            $0.member(
                "reply_markup",
                object: {
                    $0.member(
                        "inline_keyboard",
                        array: { rows in
                            rows.array { row in
                                for button in buttons {
                                    row.object {
                                        $0.member("text", button.0)
                                        $0.member("url", button.1)
                                    }
                                }
                            }
                        })
                })
        }
        return .json("https://api.telegram.org/bot\(token.value)/sendMessage", body: writer.bytes)
    }

    /// Cut before it is marked up, so that no tag is left open and no entity halved.
    private static func markup(_ pieces: [Piece]) -> String {
        var (markup, left) = ("", unitsMax)
        func cut(_ text: String) -> String {
            guard text.utf16.count > left else { return text }
            var cut = ""
            for character in text where cut.utf16.count + character.utf16.count < left { cut.append(character) }
            return cut + "…"
        }
        for piece in pieces where left > 1 {
            switch piece {
            case .plain(let text):
                let text = cut(text)
                left -= text.utf16.count
                markup += escape(text)
            case .bold(let text):
                let text = cut(text)
                left -= text.utf16.count
                markup += "<b>\(escape(text))</b>"
            case .link(let text, let url):
                let text = cut(text)
                left -= text.utf16.count
                markup += "<a href=\"\(escape(url))\">\(escape(text))</a>"
            }
        }
        while markup.last?.isWhitespace == true { markup.removeLast() }
        return markup
    }

    package static func verdict(_ response: OutgoingResponse) -> DispatchResult {
        let answer = try? JSON.parse(response.body)
        let asked = answer?["parameters"]?["retry_after"]?.int64
        switch response.status {
        case 429:
            return .retry(
                Text(id: "Telegram meminta menunggu.", en: "Telegram asks to wait."),
                after: asked ?? AnswerVerdict.seconds(response.retryAfter))
        case 401, 404:
            return .givenUp(
                Text(
                    id: "Telegram tidak mengenal token bot ini. Ambil token yang berlaku dari @BotFather.",
                    en: "Telegram does not know this bot token. Get the current one from @BotFather."))
        case 400, 403:
            return .givenUp(
                Text(
                    id: "Telegram menolak: chat-nya tidak ada, atau bot belum diundang atau diblokir di sana. Undang "
                        + "bot ke chat itu dan kirim /start.",
                    en: "Telegram refuses: there is no such chat, or the bot was not invited or is blocked there. "
                        + "Invite the bot and send /start."))
        default: return AnswerVerdict.of(response, name: Text(id: "Server Telegram", en: "Telegram"))
        }
    }
}
