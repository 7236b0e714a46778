import Domain

/// An alert as a template message of the Cloud API, so that it arrives outside the 24-hour window too.
package enum WhatsAppNotifier {
    /// Meta refuses body texts above 1024 characters with everything filled in.
    static let titleCharactersMax = 160
    static let bodyCharactersMax = 420
    static let actionCharactersMax = 220

    package static func request(
        _ text: NoticeText, dispatch: Dispatch, channel: WhatsAppChannel, to: String, token: Secret
    ) -> OutgoingRequest {
        let first = text.parts.first
        let isAlone = text.parts.count == 1 && text.more == 0
        var lines = isAlone ? first?.lines ?? [] : text.parts.map(\.heading)
        if let more = text.moreSentence { lines.append(more) }
        if lines.isEmpty { lines = [first?.heading ?? text.subject] }
        let action =
            (isAlone ? first?.action : nil)
            ?? Text(id: "buka temuannya di Pantau", en: "open the finding in Pantau")(text.language)
        let values = WhatsAppTemplate.Values(title: text.subject, body: lines.joined(separator: " · "), action: action)
        let buttons = first.map { part in
            [
                MuteCommand(finding: text.muteReference, hours: AlertLinks.muteHours).map {
                    AlertButton.mute($0).payload
                },
                AlertButton.detail(finding: part.reference).payload,
            ].compactMap { $0 }
        }
        return request(values, buttons ?? [], text.language, dispatch: dispatch, channel, to, token)
    }

    package static func request(
        digest: DigestContent, _ language: Language, dispatch: Dispatch, channel: WhatsAppChannel, to: String,
        token: Secret
    ) -> OutgoingRequest {
        let numbers = digest.headlines.map { "\($0.name(language)) \($0.value(language))" }
        let action = digest.actions.first?.sentence(language) ?? Text(id: "tidak ada", en: "nothing")(language)
        let values = WhatsAppTemplate.Values(
            title: DigestText.subject(digest, language), body: numbers.joined(separator: " · "), action: action)
        let reference = digest.period.reference
        let buttons = [
            MuteCommand(finding: reference, hours: AlertLinks.muteHours).map { AlertButton.mute($0).payload },
            AlertButton.detail(finding: reference).payload,
        ].compactMap { $0 }
        return request(values, buttons, language, dispatch: dispatch, channel, to, token)
    }

    private static func request(
        _ values: WhatsAppTemplate.Values, _ buttons: [String], _ language: Language, dispatch: Dispatch,
        _ channel: WhatsAppChannel, _ to: String, _ token: Secret
    ) -> OutgoingRequest {
        var writer = JSONWriter(reservingBytes: 1024)
        writer.object {
            $0.member("messaging_product", "whatsapp")
            $0.member("recipient_type", "individual")
            $0.member("to", "+" + WhatsAppChannel.digits(to))
            $0.member("type", "template")
            // Comes back in every status, so that Pantau can leave its own messages out of the business's numbers.
            $0.member("biz_opaque_callback_data", "pantau:alert:\(dispatch.id)")
            $0.member(
                "template",
                object: {
                    $0.member("name", channel.template)
                    $0.member("language", object: { $0.member("code", language.rawValue) })
                    $0.member(
                        "components",
                        array: { components in
                            components.object {
                                $0.member("type", "body")
                                $0.member(
                                    "parameters",
                                    array: { parameters in
                                        for value in values.parameters {
                                            parameters.object {
                                                $0.member("type", "text")
                                                $0.member("text", value)
                                            }
                                        }
                                    })
                            }
                            for (index, payload) in buttons.enumerated() { button(index, payload, &components) }
                        })
                })
        }
        let url = "https://graph.facebook.com/\(channel.graphVersion)/\(channel.phoneNumberID)/messages"
        return .json(url, headers: [.init("Authorization", "Bearer \(token.value)")], body: writer.bytes)
    }

    private static func button(_ index: Int, _ payload: String, _ components: inout JSONWriter) {
        components.object {
            $0.member("type", "button")
            $0.member("sub_type", "quick_reply")
            $0.member("index", String(index))
            $0.member(
                "parameters",
                array: { parameters in
                    parameters.object {
                        $0.member("type", "payload")
                        $0.member("payload", payload)
                    }
                })
        }
    }

    /// The answer to “see details”: free text, which the press has just allowed for 24 hours.
    package static func detail(
        _ alert: Alert, language: Language, channel: WhatsAppChannel, to: String, token: Secret
    ) -> OutgoingRequest {
        var lines = [alert.title(language)] + alert.lines.map { $0(language) }
        if let action = alert.action { lines.append("\(NoticeText.actionName(language)): \(action(language))") }
        lines = lines.map { NoticeText.line($0, 700) }
        lines.append(alert.link)
        var writer = JSONWriter(reservingBytes: 1024)
        writer.object {
            $0.member("messaging_product", "whatsapp")
            $0.member("recipient_type", "individual")
            $0.member("to", "+" + WhatsAppChannel.digits(to))
            $0.member("type", "text")
            $0.member(
                "text",
                object: {
                    $0.member("body", String(lines.joined(separator: "\n\n").prefix(4096)))
                    $0.member("preview_url", false)
                })
        }
        let url = "https://graph.facebook.com/\(channel.graphVersion)/\(channel.phoneNumberID)/messages"
        return .json(url, headers: [.init("Authorization", "Bearer \(token.value)")], body: writer.bytes)
    }

    /// By Meta's error code, which says more than the status. Nothing of Meta's text is repeated: it may name numbers.
    package static func verdict(_ response: OutgoingResponse) -> DispatchResult {
        guard response.status != 200 else { return .delivered }
        let code = (try? JSON.parse(response.body))?["error"]?["code"]?.int64
        let asked = AnswerVerdict.seconds(response.retryAfter)
        switch code {
        case 1, 2, 4, 80_007, 130_429, 131_000, 131_016, 131_048, 131_056, 131_057, 133_004:
            return .retry(
                Text(
                    id: "Meta sedang tidak dapat menerima (kode \(code ?? 0)).",
                    en: "Meta cannot take it now (code \(code ?? 0))."), after: asked)
        case 0, 190, 3, 10, 200, 102:
            return .givenUp(
                Text(
                    id: "Meta menolak token aksesnya (kode \(code ?? 0)). Buat token pengguna sistem dengan izin "
                        + "whatsapp_business_messaging dan isikan pada rute ini.",
                    en: "Meta refuses the access token (code \(code ?? 0)). Make a system user token with the "
                        + "permission whatsapp_business_messaging and enter it in this route."))
        case 132_001:
            return .givenUp(
                Text(
                    id: "Template peringatan belum terdaftar atau belum disetujui dalam bahasa rute ini (kode 132001). "
                        + "Daftarkan teks yang ada di pengaturan rute.",
                    en: "The alert template is not registered or not yet approved in the route's language (code "
                        + "132001). Register the text that the route's settings show."))
        case 132_000, 132_005, 132_012, 132_018:
            return .givenUp(
                Text(
                    id:
                        "Template peringatan tidak sama dengan yang dikirim Pantau (kode \(code ?? 0)). Daftarkan "
                        + "ulang teks di pengaturan rute tanpa mengubah variabel dan tombolnya.",
                    en: "The alert template differs from what Pantau sends (code \(code ?? 0)). Register the text of "
                        + "the route's settings again, with its variables and buttons as they are."))
        case 132_015, 132_016:
            return .givenUp(
                Text(
                    id: "Template peringatan dijeda atau dinonaktifkan Meta (kode \(code ?? 0)). Pakai rute lain dulu.",
                    en: "Meta has paused or disabled the alert template (code \(code ?? 0)). Use another route."))
        case 131_026, 131_030, 131_021:
            return .givenUp(
                Text(
                    id: "Penerima ini tidak dapat dikirimi WhatsApp (kode \(code ?? 0)). Periksa nomornya.",
                    en: "This recipient cannot be reached by WhatsApp (code \(code ?? 0)). Check the number."))
        default: return AnswerVerdict.of(response, name: Text(id: "Server Meta", en: "Meta"))
        }
    }
}
