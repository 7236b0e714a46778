import Alerts
import Domain
import Storage
import Web

/// Settings → Alert routes: who is told, the mail server, and what became of the last messages.
struct RoutesPage {
    static let path = SettingsSection.routes.path
    static let eventsMax = 50

    let desk: SettingsDesk
    let base: String
    let hasBase: Bool
    let routes: [RouteEntry]
    let server: MailServer?
    let hasPassword: Bool
    let events: [AlertEvent]
    /// What was just done, or why it was not.
    var said: HTML = ""
    /// Fields of the mail server that were refused.
    var mailValues: URLQuery?

    var html: HTML { "\(said)\(addressNote)\(routeTable)\(add)\(mail)\(log)" }

    private var addressNote: HTML {
        guard !hasBase else { return "" }
        let words = desk.say(
            "Tautan dalam pesan memakai \(base). Bila rekan kerja mencapai server ini lewat alamat lain, isi "
                + "`base-url` (PANTAU_BASE_URL) dan jalankan ulang.",
            "Links in messages use \(base). If colleagues reach this server by another address, set `base-url` "
                + "(PANTAU_BASE_URL) and restart.")
        return "<p class=\"card note\">\(HTML(prose: words))</p>\n"
    }

    // MARK: Routes

    private var routeTable: HTML {
        guard !routes.isEmpty else {
            let words = desk.say(
                "Belum ada rute, jadi temuan hanya tampil di Pantau. Mulai dengan satu kanal yang pasti dibaca "
                    + "seseorang; cukup satu menit.",
                "There is no route yet, so findings show in Pantau alone. Begin with one channel that somebody is sure "
                    + "to read; it takes a minute.")
            return "<section class=\"card\"><p>\(words)</p></section>\n"
        }
        let heads = [
            desk.say("Rute", "Route"), desk.say("Keadaan", "State"), desk.say("Terakhir terkirim", "Last sent"),
        ]
        return """
            <section class="card" aria-labelledby="title-routes"><div class="card-head">\
            <h2 id="title-routes">\(desk.say("Rute", "Routes"))</h2></div>
            <div class="table"><table class="stack two"><thead><tr>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col"><span class="unseen">\(desk.say("Tindakan", "Action"))</span></th></tr></thead>
            <tbody>\(routes.map { row($0, heads) })</tbody></table></div>
            </section>

            """
    }

    private func row(_ entry: RouteEntry, _ heads: [String]) -> HTML {
        let route = entry.route
        let edit = URLQuery([("route", route.id)]).url(path: "\(Self.path)/edit")
        let digests = route.digests.map { digest in
            digest.period == .daily
                ? desk.say("rangkuman harian", "daily digest") : desk.say("rangkuman mingguan", "weekly digest")
        }
        let parts = [route.channel.kind.name(desk.language)] + digests
        let last = entry.deliveredAt.map { desk.figures.shortTime($0) } ?? "–"
        let fields = [("route", route.id)]
        return """
            <tr><th scope="row"><a href="\(edit)">\(route.name)</a>\
            <div class="muted small">\(parts.joined(separator: " · "))</div></th>\
            <td data-label="\(heads[1])"><div>\(state(entry))</div></td><td data-label="\(heads[2])">\(last)</td>\
            <td><div class="actions">\
            \(button("test", desk.say("Kirim uji", "Send a test"), route.name, fields))\
            \(button(
                "on", route.isOn ? desk.say("Jeda", "Pause") : desk.say("Nyalakan", "Switch on"), route.name,
                fields + [("on", route.isOn ? "0" : "1")]))\
            \(button("remove", desk.say("Hapus", "Remove"), route.name, fields, isDangerous: true))</div></td></tr>

            """
    }

    private func button(
        _ word: String, _ title: String, _ about: String, _ fields: [(String, String)], isDangerous: Bool = false
    ) -> HTML {
        ActionButton(
            path: "\(Self.path)/\(word)", title: title, about: about, fields: fields, isDangerous: isDangerous,
            viewer: desk.viewer
        ).html
    }

    private func state(_ entry: RouteEntry) -> HTML {
        guard entry.route.isOn else {
            return "<span class=\"pill quiet\">\(desk.say("Dijeda", "Paused"))</span>"
        }
        if let failure = entry.failure {
            return """
                <span class="pill bad">\(desk.say("Gagal", "Failing"))</span>\
                <div class="small">\(failure(desk.language))</div>
                """
        }
        if entry.underway > 0 {
            let words = desk.say("\(entry.underway) menunggu dikirim", "\(entry.underway) waiting to be sent")
            return "<span class=\"pill warn\">\(words)</span>"
        }
        return "<span class=\"pill good\">\(desk.say("Menyala", "On"))</span>"
    }

    private var add: HTML {
        let links = AlertChannel.Kind.allCases.map { kind -> HTML in
            let url = URLQuery([("type", kind.rawValue)]).url(path: "\(Self.path)/new")
            return "<a class=\"button\" href=\"\(url)\">\(kind.name(desk.language))</a>"
        }
        return """
            <section class="card" aria-labelledby="title-add"><div class="card-head">\
            <h2 id="title-add">\(desk.say("Tambah rute", "Add a route"))</h2></div>
            <p class="muted small">\(desk.say("Lewat apa temuan dikirim?", "By what means are findings told?"))</p>
            <div class="actions">\(links)</div></section>

            """
    }

    // MARK: Mail

    private var mail: HTML {
        let values = mailValues ?? Self.values(server)
        let securities: [Control.Choice] = [
            .init("starttls", "STARTTLS (587)"), .init("tls", "TLS (465)"),
            .init("plain", desk.say("tanpa enkripsi, hanya mesin ini", "none, this machine only")),
        ]
        let field = { (name: String, label: String, example: String) in
            Control.text(name, label, values[name] ?? "", example: example)
        }
        let kept = hasPassword ? "••••••••" : ""
        let open: HTML = mailValues != nil || routes.contains { $0.route.channel.kind == .email } ? " open" : ""
        return """
            <details class="card fold" id="mail"\(open)><summary>\(desk.say("Server email", "Mail server"))\
            \(server.map { ": \($0.host)" } ?? "")</summary>
            <form class="document" method="post" action="\(Self.path)/mail">\(FormToken(desk.viewer).html)
            <p class="muted small">\(desk.say(
                "Dipakai rute email. Data ini ada pada penyedia email Anda di bagian SMTP; Gmail dan Microsoft 365 "
                    + "memerlukan app password.",
                "Used by routes of e-mail. Your mail provider tells these under SMTP; Gmail and Microsoft 365 need an "
                    + "app password."))</p>
            <div class="grid">\(field("host", "Server", "smtp.toko.example"))\
            \(Control.text("port", "Port", values["port"] ?? "587", type: "number"))\
            \(Control.select(
                "security", desk.say("Keamanan", "Security"), values["security"] ?? "starttls", securities))\
            \(field("user", desk.say("Nama pengguna", "User name"), "pantau@toko.example"))\
            <label class="field"><span>\(desk.say("Kata sandi", "Password"))</span><input type="password" \
            name="password" value="" placeholder="\(kept)" autocomplete="off"></label>\
            \(field("from", desk.say("Pengirim", "From"), "Pantau <pantau@toko.example>"))</div>
            <div class="actions"><button type="submit" class="primary">\(desk.say("Simpan", "Save"))</button></div>
            </form></details>

            """
    }

    static func values(_ server: MailServer?) -> URLQuery {
        guard let server else { return URLQuery() }
        return URLQuery([
            ("host", server.host), ("port", String(server.port)), ("security", server.security.rawValue),
            ("user", server.user), ("from", server.from),
        ])
    }

    static func server(_ form: URLQuery) -> MailServer {
        let security = form["security"].flatMap(MailServer.Security.init(rawValue:)) ?? .startTLS
        return MailServer(
            host: (form["host"] ?? "").trimmed, port: form["port"].flatMap { Int($0.trimmed) } ?? 0,
            security: security, user: (form["user"] ?? "").trimmed, from: (form["from"] ?? "").trimmed)
    }

    // MARK: The log

    private var log: HTML {
        let title = desk.say("Pesan terakhir", "Last messages")
        guard !events.isEmpty else {
            let words = desk.say(
                "Di sini tampil setiap pesan: terkirim, ditahan, digabung, atau gagal, dengan alasannya.",
                "Every message will show here: sent, held back, grouped or failed, and why.")
            return "<section class=\"card\"><h2>\(title)</h2><p class=\"muted\">\(words)</p></section>"
        }
        let heads = [
            desk.say("Kapan", "When"), desk.say("Rute", "Route"), desk.say("Apa", "What"), desk.say("Hasil", "Result"),
        ]
        let names = Dictionary(routes.map { ($0.route.id, $0.route.name) }, uniquingKeysWith: { first, _ in first })
        let rows = events.map { event -> HTML in
            let name = names[event.route] ?? desk.say("rute yang dihapus", "a removed route")
            let reason: HTML = event.reason.map { "<div class=\"small muted\">\($0(desk.language))</div>" } ?? ""
            return """
                <tr><td data-label="\(heads[0])">\(desk.figures.shortTime(event.at))</td>\
                <td data-label="\(heads[1])">\(name)</td><td data-label="\(heads[2])">\(subject(event))</td>\
                <td data-label="\(heads[3])"><div>\(pill(event.outcome))\(reason)</div></td></tr>

                """
        }
        return """
            <section class="card" aria-labelledby="title-log"><div class="card-head">\
            <h2 id="title-log">\(title)</h2></div>
            <div class="table tall"><table class="stack"><thead><tr>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div>
            </section>

            """
    }

    private func subject(_ event: AlertEvent) -> HTML {
        let title = event.title(desk.language)
        guard event.findings.count == 1, let id = event.findings.first else { return "\(title)" }
        return "<a href=\"/findings/\(id)\">\(title)</a>"
    }

    private func pill(_ outcome: AlertEvent.Outcome) -> HTML {
        switch outcome {
        case .sent: "<span class=\"pill good\">\(desk.say("Terkirim", "Sent"))</span>"
        case .held: "<span class=\"pill quiet\">\(desk.say("Ditahan", "Held"))</span>"
        case .retried: "<span class=\"pill warn\">\(desk.say("Dicoba lagi", "Trying again"))</span>"
        case .failed: "<span class=\"pill bad\">\(desk.say("Gagal", "Failed"))</span>"
        }
    }
}
