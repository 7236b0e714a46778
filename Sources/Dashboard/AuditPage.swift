import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Settings → Audit list: who saw, exported or changed what.
extension Accounts {
    private static let path = SettingsSection.audit.path
    private static let rowsOfPage = 50
    private static let rowsOfExport = 100_000

    func addAudit(to routes: Routes) {
        routes.add(.get, Self.path, access: .page(.people)) { request, context in
            try await auditPage(request, context)
        }
        routes.add(.get, Self.path + ".csv", access: .page(.people)) { request, context in
            let entries = try await people.audit(Self.selection(request, limit: Self.rowsOfExport))
            try await note(.auditExported, context, rows: entries.count)
            let text = CSVText.table(
                ["time", "who", "action", "subject", "rows"],
                entries.map { entry in
                    [
                        RFC3339.format(entry.at), entry.actor, entry.action.rawValue, entry.subject,
                        entry.rows.map { String($0) },
                    ]
                })
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"pantau-audit.csv\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }

    private static func selection(_ request: Request, limit: Int) -> AuditSelection {
        let query = request.urlQuery
        return AuditSelection(
            actor: query["who"].flatMap { $0.isEmpty ? nil : $0 },
            action: query["action"].flatMap(AuditAction.init(rawValue:)),
            before: query["before"].flatMap { Int64($0) }, limit: limit)
    }

    private func auditPage(_ request: Request, _ context: WebContext) async throws -> Response {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let selection = Self.selection(request, limit: Self.rowsOfPage + 1)
        let found = try await people.audit(selection)
        let entries = found.prefix(Self.rowsOfPage)
        let query = request.urlQuery
        let older: HTML =
            found.count > Self.rowsOfPage
            ? """
            <p><a class="button" href="\(query.setting("before", to: entries.last.map { String($0.id) })
                .url(path: Self.path))">\(say("Yang lebih lama", "Older ones"))</a></p>
            """ : ""
        let newest: HTML =
            selection.before == nil
            ? ""
            : """
            <p><a href="\(query.setting("before", to: nil).url(path: Self.path))">\(say("Ke yang terbaru", "To the newest"))\
            </a></p>
            """
        let body: HTML = """
            <section class="card" aria-labelledby="title-audit"><div class="card-head">\
            <h2 id="title-audit">\(say("Siapa melihat dan mengubah apa", "Who saw and changed what"))</h2></div>
            <p class="note muted">\(say(
                "Nomor telepon dan isi pesan tidak pernah dicatat di sini, hanya ID-nya.",
                "Phone numbers and the words of messages are never noted here, only ids."))</p>
            \(filters(try await people.auditActors(), selection, context))
            \(try auditTable(Array(entries), context))
            \(newest)\(older)
            </section>
            """
        return page(
            SettingsSection.audit.title, path: Self.path, request, context, entry: Navigation.settings,
            body: settings(.audit, body, context))
    }

    private func filters(_ actors: [String], _ selection: AuditSelection, _ context: WebContext) -> HTML {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let everything = say("semua", "all")
        let who = FormChoice(
            name: "who", label: say("Siapa", "Who"), options: [("", everything)] + actors.map { ($0, $0) },
            chosen: selection.actor ?? "")
        let action = FormChoice(
            name: "action", label: say("Tindakan", "Action"),
            options: [("", everything)] + AuditAction.allCases.map { ($0.rawValue, $0.name(language)) },
            chosen: selection.action?.rawValue ?? "")
        let chosen = [("who", selection.actor), ("action", selection.action?.rawValue)].compactMap { name, value in
            value.map { (name, $0) }
        }
        return """
            <form method="get" action="\(Self.path)" class="actions">\(who.html)\(action.html)\
            <button type="submit">\(say("Terapkan", "Apply"))</button>
            <a class="button" href="\(URLQuery(chosen).url(path: Self.path + ".csv"))" download>CSV</a></form>
            """
    }

    private func auditTable(_ entries: [AuditEntry], _ context: WebContext) throws -> HTML {
        let language = context.language
        let figures = try figures(context)
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        guard !entries.isEmpty else {
            return "<p>\(say("Belum ada catatan untuk pilihan ini.", "Nothing is noted for this choice yet."))</p>"
        }
        let heads = [say("Waktu", "Time"), say("Siapa", "Who"), say("Tindakan", "Action"), say("Tentang", "About")]
        let rows = entries.map { entry -> HTML in
            let count =
                entry.rows.map { say(" (\(figures.integer($0)) baris)", " (\(figures.integer($0)) rows)") } ?? ""
            let actor = entry.actor == "?" ? say("tidak dikenal", "unknown") : entry.actor
            return """
                <tr><th scope="row"><time datetime="\(RFC3339.format(entry.at))">\(figures.exactTime(entry.at))</time></th>\
                <td data-label="\(heads[1])">\(actor)</td>\
                <td data-label="\(heads[2])">\(entry.action.name(language))\(count)</td>\
                <td data-label="\(heads[3])"><code>\(entry.subject ?? "–")</code></td></tr>

                """
        }
        return """
            <div class="table spaced"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}

extension AuditAction {
    var name: Text {
        switch self {
        case .revealedNumber: Text(id: "melihat nomor telepon", en: "saw a phone number")
        case .exportedRecipients: Text(id: "mengekspor penerima", en: "exported recipients")
        case .exportedPeopleTable: Text(id: "mengekspor tabel berisi orang", en: "exported a table with people")
        case .openedConversation: Text(id: "membuka percakapan", en: "opened a conversation")
        case .openedMessage: Text(id: "membuka pesan", en: "opened a message")
        case .signedIn: Text(id: "masuk", en: "signed in")
        case .signInFailed: Text(id: "gagal masuk", en: "failed to sign in")
        case .signedOut: Text(id: "keluar", en: "signed out")
        case .passwordChanged: Text(id: "mengganti kata sandi", en: "changed the password")
        case .sessionsEnded: Text(id: "mengakhiri sesi", en: "ended sessions")
        case .personAdded: Text(id: "bergabung", en: "joined")
        case .personChanged: Text(id: "mengganti peran", en: "changed a role")
        case .personDisabled: Text(id: "menonaktifkan akun", en: "disabled an account")
        case .personEnabled: Text(id: "mengaktifkan akun", en: "enabled an account")
        case .linkMade: Text(id: "membuat tautan sekali pakai", en: "made a one-time link")
        case .keyCreated: Text(id: "membuat kunci", en: "made a key")
        case .keyRevoked: Text(id: "mencabut kunci", en: "revoked a key")
        case .settingsChanged: Text(id: "mengubah pengaturan", en: "changed settings")
        case .findingChanged: Text(id: "menangani temuan", en: "dealt with a finding")
        case .auditExported: Text(id: "mengekspor catatan audit", en: "exported the audit list")
        }
    }
}
