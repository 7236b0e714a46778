import Alerts
import Domain
import Insights
import Web

/// The form of one route: what its channel needs with help on where to get it, what it tells, and when.
struct RouteForm {
    let desk: SettingsDesk
    /// Empty for one that is not kept yet.
    let id: String
    let kind: AlertChannel.Kind
    /// What stands in the fields, by their names.
    let values: URLQuery
    let hasSecret: Bool
    var objection: String?

    static let days = 1...7

    var html: HTML {
        let title =
            id.isEmpty
            ? desk.say("Rute baru: \(kind.name.id)", "New route: \(kind.name.en)") : values["name"] ?? id
        let wrong: HTML = objection.map { Notice(text: $0, isBad: true).html } ?? ""
        let save = id.isEmpty ? desk.say("Simpan rute", "Save the route") : desk.say("Simpan", "Save")
        return """
            \(wrong)<form class="card document" method="post" action="\(RoutesPage.path)/save">\
            \(FormToken(desk.viewer).html)
            <input type="hidden" name="id" value="\(id)"><input type="hidden" name="type" value="\(kind.rawValue)">
            <h2>\(title)</h2>
            <div class="grid">\(text("name", desk.say("Nama", "Name"), example: desk.say("Tim operasi", "Operations")))\
            \(Control.select(
                "language", desk.say("Bahasa pesan", "Language of messages"),
                value("language", desk.language.rawValue),
                [.init("id", "Bahasa Indonesia"), .init("en", "English")]))</div>
            <fieldset><legend>\(kind.name(desk.language))</legend>\(channel)</fieldset>
            <fieldset><legend>\(desk.say("Yang dikirim", "What is told"))</legend>\(selection)</fieldset>
            <fieldset><legend>\(desk.say("Kapan", "When"))</legend>\(timing)</fieldset>
            <fieldset><legend>\(desk.say("Rangkuman", "Digests"))</legend>\(digests)</fieldset>
            <div class="actions"><button type="submit" class="primary">\(save)</button>\
            <a class="button" href="\(RoutesPage.path)">\(desk.say("Batal", "Cancel"))</a></div>
            </form>

            """
    }

    private func value(_ name: String, _ standard: String = "") -> String { values[name] ?? standard }
    private func isOn(_ name: String) -> Bool { values[name] != nil }

    private func text(
        _ name: String, _ label: String, example: String = "", type: String = "text", standard: String = "",
        hint: String? = nil
    ) -> HTML {
        Control.text(name, label, value(name, standard), example: example, type: type, hint: hint)
    }

    // MARK: Channel

    private var channel: HTML {
        switch kind {
        case .webhook: webhook
        case .email: email
        case .slack: slack
        case .telegram: telegram
        case .whatsApp: whatsApp
        }
    }

    private func secret(_ label: String, example: String, hint: String) -> HTML {
        let kept = desk.say(
            "Tersimpan dan tidak ditampilkan lagi. Isi hanya untuk menggantinya.",
            "Kept, and never shown again. Fill in only to replace it.")
        return """
            <label class="field"><span>\(label)</span><input type="password" name="secret" value="" \
            placeholder="\(hasSecret ? "••••••••" : example)" autocomplete="off" spellcheck="false">\
            <small>\(HTML(prose: hasSecret ? kept : hint))</small></label>
            """
    }

    private func steps(_ lines: [String]) -> HTML {
        "<ol class=\"small muted\">\(lines.map { "<li>\(HTML(prose: $0))</li>" as HTML })</ol>"
    }

    private var webhook: HTML {
        let about = desk.say(
            "Pantau mengirim POST berisi JSON. `Pantau-Signature` adalah HMAC-SHA256 dari waktu dan isinya dengan "
                + "kunci ini, dan `Idempotency-Key` tetap sama pada setiap percobaan ulang.",
            "Pantau sends a POST with JSON. `Pantau-Signature` is the HMAC-SHA256 of time and body under this key, and "
                + "`Idempotency-Key` stays the same through every attempt.")
        return """
            <p class="small muted">\(HTML(prose: about))</p>
            <div class="grid">\(text(
                "url", desk.say("Alamat", "Address"), example: "https://toko.example/peringatan", type: "url"))\
            \(secret(
                desk.say("Kunci tanda tangan", "Signing key"), example: "",
                hint: desk.say("Paling sedikit 16 huruf acak.", "At least 16 random letters.")))</div>
            """
    }

    private var email: HTML {
        let hint = desk.say(
            "Pisahkan dengan koma. Tiap penerima mendapat surat sendiri. Server emailnya diisi di halaman rute.",
            "Separated by commas. Everybody gets a letter of their own. The mail server is set on the page of routes.")
        return text(
            "to", desk.say("Penerima", "Recipients"), example: "sari@toko.example, budi@toko.example", hint: hint)
    }

    private var slack: HTML {
        """
        \(steps([
            desk.say(
                "Buka `api.slack.com/apps`, buat app, lalu nyalakan Incoming Webhooks.",
                "Open `api.slack.com/apps`, create an app, and switch Incoming Webhooks on."),
            desk.say(
                "Pilih Add New Webhook to Workspace dan kanalnya.",
                "Choose Add New Webhook to Workspace and the channel."),
            desk.say("Salin Webhook URL ke sini.", "Copy the Webhook URL to here."),
        ]))
        <div class="grid">\(secret(
            "Webhook URL", example: "https://hooks.slack.com/services/…",
            hint: desk.say("Diawali https://hooks.slack.com/.", "Begins with https://hooks.slack.com/.")))</div>
        """
    }

    private var telegram: HTML {
        """
        \(steps([
            desk.say(
                "Kirim `/newbot` ke @BotFather di Telegram; salin token yang diberikannya.",
                "Send `/newbot` to @BotFather in Telegram; copy the token it gives."),
            desk.say(
                "Masukkan bot itu ke grup atau kanal, atau kirim pesan kepadanya.",
                "Add the bot to a group or channel, or write to it."),
            desk.say(
                "Id chat: tambahkan @userinfobot ke grup itu, atau tulis `@nama_kanal` untuk kanal terbuka.",
                "Chat id: add @userinfobot to that group, or write `@channel_name` for a public channel."),
        ]))
        <div class="grid">\(secret(
            desk.say("Token bot", "Bot token"), example: "123456:ABC-DEF…",
            hint: desk.say("Seperti `123456:ABC-DEF`.", "Like `123456:ABC-DEF`.")))\
        \(text("chat", desk.say("Id chat", "Chat id"), example: "-1001234567890"))</div>
        """
    }

    private var whatsApp: HTML {
        let about = desk.say(
            "Pesan lewat Cloud API milik Anda sendiri, memakai templat utilitas agar sampai juga di luar jendela 24 "
                + "jam. Daftarkan templatnya sekali; Meta biasanya menyetujuinya dalam beberapa menit.",
            "Messages through your own Cloud API, by a utility template, so that they arrive outside the 24-hour "
                + "window too. Register the template once; Meta usually approves it within minutes.")
        return """
            <p class="small muted">\(HTML(prose: about))</p>
            <div class="grid">\(text(
                "phone_number_id", desk.say("Phone number ID pengirim", "Sender's phone number ID"),
                example: "106540352242922",
                hint: desk.say(
                    "Di Meta: WhatsApp → API Setup.", "At Meta: WhatsApp → API Setup.")))\
            \(secret(
                desk.say("Token akses", "Access token"), example: "EAAG…",
                hint: desk.say(
                    "Token system user dengan izin whatsapp_business_messaging; jangan token uji 24 jam.",
                    "A system user's token with whatsapp_business_messaging; not the 24-hour test token.")))\
            \(text(
                "to", desk.say("Nomor penerima", "Recipients' numbers"), example: "+62 812 3456 7890",
                hint: desk.say(
                    "Dengan kode negara, dipisah koma.", "With country code, separated by commas.")))\
            \(text(
                "template", desk.say("Nama templat", "Name of the template"),
                standard: WhatsAppChannel.templateStandard))\
            \(text(
                "graph_version", desk.say("Versi Graph API", "Version of the Graph API"),
                standard: WhatsAppChannel.graphVersionStandard))</div>
            \(Language.allCases.map(registration))
            """
    }

    private func registration(_ language: Language) -> HTML {
        let template = WhatsAppTemplate(
            name: value("template", WhatsAppChannel.templateStandard), language: language)
        let name = language == .indonesian ? "Bahasa Indonesia" : "English"
        let copy = desk.say(
            "Salin ke WhatsApp Manager → Templat pesan: kategori Utilitas, dengan dua tombol balasan cepat.",
            "Copy to WhatsApp Manager → Message templates: category Utility, with two quick-reply buttons.")
        return """
            <details class="fold"><summary>\(desk.say("Teks templat", "Template text")): \(name)</summary>
            <p class="small muted">\(copy)</p><pre tabindex="0">\(template.body)</pre>
            <p class="small">\(desk.say("Tombol", "Buttons")): \(template.buttons.joined(separator: " · "))</p>
            <p class="small muted">\(desk.say("Atau lewat API", "Or by API")): \
            <code>POST /{waba-id}/message_templates</code></p><pre tabindex="0">\(template.registration)</pre></details>
            """
    }

    // MARK: What and when

    private var selection: HTML {
        let severities = AlertSeverity.allCases.map { severity in
            Control.Choice(severity.rawValue, desk.say("\(severity.name.id) ke atas", "\(severity.name.en) and above"))
        }
        let chosen = Set(values.items.filter { $0.name == "kind" }.map(\.value))
        let kinds = FindingKind.allCases.filter { $0 != .rule }.map { kind -> HTML in
            let on: HTML = chosen.isEmpty || chosen.contains(kind.rawValue) ? " checked" : ""
            return """
                <label class="check"><input type="checkbox" name="kind" value="\(kind.rawValue)"\(on)>\
                <span>\(kind.name(desk.language))</span></label>
                """
        }
        let any = desk.say("semua", "any")
        return """
            <div class="grid">\(Control.select(
                "severity", desk.say("Tingkat", "Severity"), value("severity", AlertSeverity.warning.rawValue),
                severities))\
            \(Self.segments.map { text($0.dimension, $0.name(desk.language), example: any) })</div>
            <p class="small muted">\(desk.say(
                "Beberapa nilai dipisah koma; kosong berarti semua.",
                "Several values are separated by commas; empty means any."))</p>
            <details class="fold"><summary>\(desk.say("Jenis temuan", "Kinds of findings"))</summary>
            <div class="grid">\(kinds)</div></details>
            \(Control.check(
                "tells_resolved", desk.say("Kabari juga bila selesai", "Tell what is resolved, too"),
                isOn("tells_resolved"),
                hint: desk.say(
                    "Satu pesan pendek setelah temuan berakhir.", "One short message once a finding is over.")))
            """
    }

    static let segments: [(dimension: String, name: Text)] = [
        ("template", Text(id: "Templat", en: "Template")), ("campaign", Text(id: "Kampanye", en: "Campaign")),
        ("phone_number", Text(id: "Nomor bisnis (ID)", en: "Business number (id)")),
        ("country", Text(id: "Negara", en: "Country")), ("team", Text(id: "Tim", en: "Team")),
    ]

    private var timing: HTML {
        let quiet = desk.say(
            "Temuan selama jam tenang dikirim sebagai satu rangkuman sesudahnya. Jam dibaca di "
                + "\(desk.workspace.timeZone).",
            "Findings during quiet hours are told in one summary after them. Times are read in "
                + "\(desk.workspace.timeZone).")
        return """
            \(Control.check("quiet", desk.say("Jam tenang", "Quiet hours"), isOn("quiet"), hint: quiet))
            <div class="grid six">\(text(
                "quiet_from", desk.say("Dari", "From"), type: "time", standard: "21:00"))\
            \(text("quiet_to", desk.say("Sampai", "To"), type: "time", standard: "07:00"))</div>
            \(Control.check(
                "quiet_weekend", desk.say("Sabtu dan Minggu sepanjang hari", "All of Saturday and Sunday"),
                isOn("quiet_weekend"), hint: ""))
            \(Control.check(
                "urgent_passes", desk.say("Yang mendesak tetap dikirim", "Urgent ones go out all the same"),
                isOn("urgent_passes"), hint: ""))
            <div class="grid six">\(text(
                "per_hour", desk.say("Paling banyak per jam", "At most an hour"), type: "number", standard: "12",
                hint: desk.say("Sisanya menjadi satu rangkuman.", "The rest becomes one summary.")))\
            \(text(
                "grouping", desk.say("Tunggu sekelompok (detik)", "Wait for a group (seconds)"), type: "number",
                standard: "60"))\
            \(text(
                "repeat", desk.say("Ingatkan lagi tiap (jam)", "Remind every (hours)"), type: "number",
                standard: "24", hint: desk.say("0 berarti tidak.", "0 means never.")))</div>
            """
    }

    private var digests: HTML {
        let days = Self.days.map { Control.Choice(String($0), desk.figures.weekday($0)) }
        return """
            \(Control.check(
                "daily", desk.say("Harian", "Daily"), isOn("daily"),
                hint: desk.say("Angka, temuan, dan tugas dari kemarin.", "Yesterday's numbers, findings and tasks.")))
            <div class="grid six">\(text(
                "daily_at", desk.say("Jam harian", "Time of the daily one"), type: "time", standard: "07:30"))</div>
            \(Control.check(
                "weekly", desk.say("Mingguan", "Weekly"), isOn("weekly"),
                hint: desk.say("Tujuh hari sebelum hari itu.", "The seven days before that day.")))
            <div class="grid six">\(Control.select(
                "weekly_day", desk.say("Hari", "Day"), value("weekly_day", "1"), days))\
            \(text(
                "weekly_at", desk.say("Jam mingguan", "Time of the weekly one"), type: "time", standard: "07:30"))</div>
            """
    }
}

// MARK: Fields and routes

extension RouteForm {
    /// What a new route begins with.
    static func standard(_ kind: AlertChannel.Kind, language: Language) -> URLQuery {
        URLQuery([
            ("name", ""), ("language", language.rawValue), ("tells_resolved", "on"), ("urgent_passes", "on"),
            ("quiet", "on"), ("daily", "on"),
        ])
    }

    /// The fields of a route that is kept.
    static func values(_ route: AlertRoute) -> URLQuery {
        var items: [(String, String)] = [("name", route.name), ("language", route.language.rawValue)]
        switch route.channel {
        case .webhook(let url): items.append(("url", url))
        case .email(let to): items.append(("to", to.joined(separator: ", ")))
        case .slack: break
        case .telegram(let chat): items.append(("chat", chat))
        case .whatsApp(let channel):
            items += [
                ("phone_number_id", channel.phoneNumberID), ("to", channel.to.joined(separator: ", ")),
                ("template", channel.template), ("graph_version", channel.graphVersion),
            ]
        }
        items.append(("severity", route.selection.severity.rawValue))
        items += route.selection.kinds.sorted().map { ("kind", $0) }
        for (dimension, values) in route.selection.segments {
            items.append((dimension, values.sorted().joined(separator: ", ")))
        }
        if route.tellsResolved { items.append(("tells_resolved", "on")) }
        if let quiet = route.quietHours {
            items += [("quiet", "on"), ("quiet_from", time(quiet.from)), ("quiet_to", time(quiet.to))]
            if !quiet.wholeDays.isEmpty { items.append(("quiet_weekend", "on")) }
            if quiet.urgentPasses { items.append(("urgent_passes", "on")) }
        } else {
            items.append(("urgent_passes", "on"))
        }
        items += [
            ("per_hour", String(route.perHourMax)), ("grouping", String(route.groupingSeconds)),
            ("repeat", String((route.repeatSeconds ?? 0) / 3600)),
        ]
        for digest in route.digests {
            items += [(digest.period.rawValue, "on"), ("\(digest.period.rawValue)_at", time(digest.minute))]
            if digest.period == .weekly { items.append(("weekly_day", String(digest.weekday))) }
        }
        return URLQuery(items)
    }

    private static func time(_ minute: Int) -> String {
        LocalDate.padded(minute / 60, to: 2) + ":" + LocalDate.padded(minute % 60, to: 2)
    }

    /// The route that a form describes. Throws a `Failure` that says what to mend.
    static func route(_ form: URLQuery, id: String, isOn: Bool, zone: String) throws -> AlertRoute {
        let list = { (name: String) in
            (form[name] ?? "").split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }).map {
                String($0).trimmed
            }.filter { !$0.isEmpty }
        }
        let kind = form["type"].flatMap(AlertChannel.Kind.init(rawValue:)) ?? .webhook
        let channel: AlertChannel =
            switch kind {
            case .webhook: .webhook(url: (form["url"] ?? "").trimmed)
            case .email: .email(to: list("to"))
            case .slack: .slack
            case .telegram: .telegram(chat: (form["chat"] ?? "").trimmed)
            case .whatsApp:
                .whatsApp(
                    WhatsAppChannel(
                        phoneNumberID: (form["phone_number_id"] ?? "").trimmed, to: list("to"),
                        template: (form["template"] ?? WhatsAppChannel.templateStandard).trimmed,
                        graphVersion: (form["graph_version"] ?? WhatsAppChannel.graphVersionStandard).trimmed))
            }
        let kinds = Set(form.items.filter { $0.name == "kind" }.map(\.value))
        let all = Set(FindingKind.allCases.filter { $0 != .rule }.map(\.rawValue))
        var segments: [String: Set<String>] = [:]
        for (dimension, _) in Self.segments where !list(dimension).isEmpty {
            segments[dimension] = Set(list(dimension))
        }
        let name = (form["name"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let hours = try number(form, "repeat", Text(id: "Ingatkan lagi", en: "Remind every"))
        return AlertRoute(
            id: id, name: name, isOn: isOn, channel: channel,
            language: form["language"].flatMap(Language.init(rawValue:)) ?? .indonesian, zone: zone,
            selection: AlertSelection(
                kinds: kinds.isSuperset(of: all) ? [] : kinds,
                severity: form["severity"].flatMap(AlertSeverity.init(rawValue:)) ?? .warning, segments: segments),
            quietHours: try quietHours(form),
            perHourMax: Int(try number(form, "per_hour", Text(id: "Paling banyak per jam", en: "At most an hour"))),
            groupingSeconds: try number(form, "grouping", Text(id: "Tunggu sekelompok", en: "Wait for a group")),
            repeatSeconds: hours == 0 ? nil : hours * 3600, tellsResolved: form["tells_resolved"] != nil,
            digests: try digests(form))
    }

    private static func quietHours(_ form: URLQuery) throws -> QuietHours? {
        guard form["quiet"] != nil else { return nil }
        return QuietHours(
            from: try minute(form, "quiet_from"), to: try minute(form, "quiet_to"),
            wholeDays: form["quiet_weekend"] == nil ? [] : [6, 7], urgentPasses: form["urgent_passes"] != nil)
    }

    private static func digests(_ form: URLQuery) throws -> [DigestSchedule] {
        try DigestPeriod.allCases.filter { form[$0.rawValue] != nil }.map { period in
            DigestSchedule(
                period: period, minute: try minute(form, "\(period.rawValue)_at"),
                weekday: form["weekly_day"].flatMap { Int($0) } ?? 1)
        }
    }

    private static func minute(_ form: URLQuery, _ name: String) throws -> Int {
        let parts = (form[name] ?? "").split(separator: ":").compactMap { Int($0) }
        guard parts.count >= 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            throw Failure(.unprocessable, id: "Tulis jam seperti 07:30.", en: "Write times like 07:30.")
        }
        return parts[0] * 60 + parts[1]
    }

    private static func number(_ form: URLQuery, _ name: String, _ label: Text) throws -> Int64 {
        guard let number = Int64((form[name] ?? "").trimmed), (0...1_000_000).contains(number) else {
            throw Failure(
                .unprocessable, id: "“\(label.id)” harus bilangan bulat.", en: "“\(label.en)” must be a whole number.")
        }
        return number
    }
}
