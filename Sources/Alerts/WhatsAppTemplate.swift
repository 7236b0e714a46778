import Domain

/// The utility template behind alerts by WhatsApp: what to register at Meta, and the values for it.
package struct WhatsAppTemplate: Hashable, Sendable {
    package let name: String
    package let language: Language

    package init(name: String = WhatsAppChannel.templateStandard, language: Language) {
        self.name = name
        self.language = language
    }

    /// What fills the variables. Meta refuses line breaks, tabs, more than four blanks in a row, and empty ones.
    package struct Values: Hashable, Sendable {
        package let parameters: [String]

        init(title: String, body: String, action: String) {
            parameters = [
                Self.value(title, WhatsAppNotifier.titleCharactersMax),
                Self.value(body, WhatsAppNotifier.bodyCharactersMax),
                Self.value(action, WhatsAppNotifier.actionCharactersMax),
            ]
        }

        private static func value(_ text: String, _ limit: Int) -> String {
            let line = NoticeText.line(text, limit)
            return line.isEmpty ? "–" : line
        }
    }

    /// The body. A variable may stand neither first nor last.
    package var body: String {
        Text(
            id: """
                Pemberitahuan dari Pantau: {{1}}

                {{2}}

                Langkah berikutnya: {{3}}

                Pesan ini dikirim karena nomor Anda terdaftar sebagai penerima peringatan akun bisnis ini.
                """,
            en: """
                Notice from Pantau: {{1}}

                {{2}}

                Next step: {{3}}

                You receive this because your number is registered for alerts about this business account.
                """)(language)
    }

    package var buttons: [String] { [NoticeText.muteName(language), NoticeText.detailName(language)] }

    private var examples: [String] {
        [
            Text(id: "Mendesak: pengiriman promo_11_11 turun", en: "Urgent: delivery of promo_11_11 fell")(language),
            Text(
                id: "Terkirim 61 % sejak 14.00, biasanya 94 %", en: "61 % delivered since 14:00, usually 94 %")(
                    language),
            Text(id: "jeda kampanyenya dan periksa templatenya", en: "pause the campaign and check its template")(
                language),
        ]
    }

    /// For `POST /{waba-id}/message_templates`, or to read the parts from for WhatsApp Manager.
    package var registration: String {
        var writer = JSONWriter(reservingBytes: 1024)
        writer.object {
            $0.member("name", name)
            $0.member("language", language.rawValue)
            $0.member("category", "UTILITY")
            $0.member(
                "components",
                array: { components in
                    components.object {
                        $0.member("type", "BODY")
                        $0.member("text", body)
                        $0.member(
                            "example",
                            object: {
                                $0.member(
                                    "body_text",
                                    array: { rows in
                                        rows.array { row in for example in examples { row.string(example) } }
                                    })
                            })
                    }
                    components.object {
                        $0.member("type", "BUTTONS")
                        $0.member(
                            "buttons",
                            array: { list in
                                for button in buttons {
                                    list.object {
                                        $0.member("type", "QUICK_REPLY")
                                        $0.member("text", button)
                                    }
                                }
                            })
                    }
                })
        }
        return writer.text
    }
}
