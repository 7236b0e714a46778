import Domain

/// An incoming webhook of Slack, set with Block Kit.
package enum SlackNotifier {
    static let headerCharactersMax = 150
    static let sectionCharactersMax = 2900
    static let urlCharactersMax = 3000

    /// What Slack's mark-up reads as its own: mentions, links and entities begin with these three.
    package static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// Cut so that no entity is halved.
    package static func escape(_ text: String, upTo limit: Int) -> String {
        let whole = escape(text)
        guard whole.count > limit else { return whole }
        var (escaped, count) = ("", 1)
        for character in text {
            let next = escape(String(character))
            count += next.count
            if count > limit { break }
            escaped += next
        }
        return escaped + "…"
    }

    package static func request(_ text: NoticeText, url: Secret) -> OutgoingRequest {
        var writer = JSONWriter(reservingBytes: 2048)
        writer.object { body in
            body.member("text", escape(text.subject))
            body.member("unfurl_links", false)
            body.member(
                "blocks",
                array: { blocks in
                    header(text.subject, &blocks)
                    for part in text.parts { write(part, text, &blocks) }
                    if let more = text.moreSentence {
                        section("\(escape(more)) <\(escape(text.link))|\(NoticeText.allName(text.language))>", &blocks)
                    }
                })
        }
        return .json(url.value, body: writer.bytes)
    }

    /// A digest is one text.
    package static func request(digest: DigestContent, _ language: Language, url: Secret) -> OutgoingRequest {
        let subject = DigestText.subject(digest, language)
        var writer = JSONWriter(reservingBytes: 2048)
        writer.object { body in
            body.member("text", escape(subject))
            body.member("unfurl_links", false)
            body.member(
                "blocks",
                array: { blocks in
                    header(subject, &blocks)
                    for part in DigestText.sections(digest, language) {
                        let lines = escape(part.lines.joined(separator: "\n"), upTo: sectionCharactersMax - 200)
                        section("*\(escape(part.title, upTo: 150))*\n\(lines)", &blocks)
                    }
                    buttons([(DigestText.pageName(language), digest.link, true)], &blocks)
                })
        }
        return .json(url.value, body: writer.bytes)
    }

    private static func write(_ part: NoticeText.Part, _ text: NoticeText, _ blocks: inout JSONWriter) {
        // Names of templates are full of marks that Slack would set in bold or italics: what is data is plain text.
        plain((["[\(part.tag)] \(part.title)"] + part.lines).joined(separator: "\n"), &blocks)
        if let action = part.action {
            section("*\(NoticeText.actionName(text.language)):* \(escape(action, upTo: 2000))", &blocks)
        }
        var links = [(NoticeText.detailName(text.language), part.link, part.severity == .urgent)]
        if let mute = part.muteLink { links.append((NoticeText.muteName(text.language), mute, false)) }
        buttons(links, &blocks)
    }

    private static func header(_ text: String, _ blocks: inout JSONWriter) {
        blocks.object {
            $0.member("type", "header")
            $0.member("text", object: { plainText(NoticeText.line(text, headerCharactersMax), &$0) })
        }
    }

    private static func plain(_ text: String, _ blocks: inout JSONWriter) {
        blocks.object {
            $0.member("type", "section")
            $0.member("text", object: { plainText(String(text.prefix(sectionCharactersMax)), &$0) })
        }
    }

    private static func section(_ markup: String, _ blocks: inout JSONWriter) {
        blocks.object {
            $0.member("type", "section")
            $0.member(
                "text",
                object: {
                    $0.member("type", "mrkdwn")
                    $0.member("text", markup)
                    $0.member("verbatim", true)
                })
        }
    }

    private static func buttons(_ links: [(name: String, url: String, isPrimary: Bool)], _ blocks: inout JSONWriter) {
        let links = links.filter { WebAddress($0.url) != nil && $0.url.utf8.count <= urlCharactersMax }
        guard !links.isEmpty else { return }
        blocks.object {
            $0.member("type", "actions")
            $0.member(
                "elements",
                array: { elements in
                    for link in links {
                        elements.object {
                            $0.member("type", "button")
                            $0.member("text", object: { plainText(link.name, &$0) })
                            $0.member("url", link.url)
                            if link.isPrimary { $0.member("style", "primary") }
                        }
                    }
                })
        }
    }

    private static func plainText(_ text: String, _ writer: inout JSONWriter) {
        writer.member("type", "plain_text")
        writer.member("text", text)
        writer.member("emoji", false)
    }

    /// Slack answers with a word that says what is wrong.
    package static func verdict(_ response: OutgoingResponse) -> DispatchResult {
        let word = String(decoding: response.body.prefix(64), as: UTF8.self).trimmed
        switch (response.status, word) {
        case (400..<500, "no_service"), (400..<500, "no_team"), (400..<500, "invalid_token"),
            (400..<500, "channel_not_found"), (400..<500, "channel_is_archived"), (400..<500, "action_prohibited"),
            (400..<500, "posting_to_general_channel_denied"), (400..<500, "no_active_hooks"):
            return .givenUp(
                Text(
                    id: "Slack menolak: webhook-nya dicabut, atau kanalnya diarsipkan. Buat webhook masuk yang baru di "
                        + "Slack, lalu isikan alamatnya pada rute ini.",
                    en: "Slack refuses: the webhook was revoked or its channel archived. Make a new incoming webhook "
                        + "in Slack and enter its address in this route."))
        default: return AnswerVerdict.of(response, name: Text(id: "Server Slack", en: "Slack"))
        }
    }
}
