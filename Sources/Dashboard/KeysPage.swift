import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Settings → Keys: the keys of programs.
extension Accounts {
    private static let path = SettingsSection.keys.path

    func addKeys(to routes: Routes) {
        let path = Self.path
        routes.add(.get, path, access: .page(.people)) { request, context in try await keysPage(request, context) }
        routes.add(.post, path + "/create", access: .page(.people)) { request, context in
            let form = try await form(request)
            guard let role = form["role"].flatMap(APIKey.Role.init(rawValue:)) else { return onward(path) }
            let given = (form["name"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let name = given.isEmpty ? role.rawValue : String(given.prefix(Self.nameCharactersMax))
            let secret = APIKeySecret.generate(role: role.rawValue)
            try await note(.keyCreated, context, subject: name)
            _ = try await keys.insertKey(
                name: name, role: role, digest: APIKeySecret.digest(of: secret), createdAt: now())
            return try await keysPage(request, context, made: (name, secret))
        }
        routes.add(.post, path + "/revoke", access: .page(.people)) { request, context in
            guard let id = try await form(request)["key"].flatMap({ Int64($0) }),
                let key = try await keys.keys().first(where: { $0.id == id })
            else { return onward(path) }
            _ = try await keys.revokeKey(id: id, at: now())
            try await note(.keyRevoked, context, subject: key.name)
            gate.forget()
            return onward(path, .revoked)
        }
    }

    private func keysPage(
        _ request: Request, _ context: WebContext, made: (name: String, secret: String)? = nil
    ) async throws -> Response {
        let language = context.language
        let keys = try await self.keys.keys()
        let secret = made.map { name, secret in
            ShownOnce(
                text: secret, words: Text(id: "Kunci “\(name)” dibuat.", en: "The key “\(name)” is made.")(language),
                language: language
            ).html
        }
        let body: HTML = """
            \(Done.notice(request, language))\(secret)\(createForm(context))\(try keyTable(keys, context))
            """
        return page(
            SettingsSection.keys.title, path: Self.path, request, context, entry: Navigation.settings,
            body: settings(.keys, body, context))
    }

    private func createForm(_ context: WebContext) -> HTML {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let name = FormField(
            name: "name", label: say("Untuk apa", "What for"), fills: "off",
            hint: say("Misalnya: kirim dari toko, dasbor gudang.", "Such as: sends of the shop, warehouse board."))
        let choice = FormChoice(
            name: "role", label: say("Boleh apa", "May do what"),
            options: APIKey.Role.allCases.map { ($0.rawValue, $0.about(language)) },
            chosen: APIKey.Role.ingest.rawValue)
        let lead = say(
            "Untuk program yang mengirim data ke Pantau atau membacanya. Orang masuk dengan akun sendiri.",
            "For programs that send data to Pantau or read from it. People sign in with accounts of their own.")
        return """
            <section class="card" aria-labelledby="title-create"><div class="card-head">\
            <h2 id="title-create">\(say("Buat kunci", "Make a key"))</h2></div>
            <p class="note muted">\(lead)</p>
            <form method="post" action="\(Self.path)/create" class="sign-in">\(FormToken(context.viewer).html)\
            \(name.html)\(choice.html)<button type="submit">\(say("Buat kunci", "Make the key"))</button></form>
            </section>

            """
    }

    private func keyTable(_ keys: [APIKey], _ context: WebContext) throws -> HTML {
        let language = context.language
        let figures = try figures(context)
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        guard !keys.isEmpty else {
            let none = say(
                "Belum ada kunci. Program pertama yang butuh kunci biasanya yang mencatat pengiriman.",
                "There is no key yet. The first program that needs one is usually the one that logs sends.")
            return "<section class=\"card\"><p>\(none)</p></section>"
        }
        let heads = [say("Nama", "Name"), say("Boleh apa", "May do what"), say("Dibuat", "Made")]
        let rows = keys.reversed().map { key -> HTML in
            let side: HTML =
                key.revokedAt.map { at in
                    "<span class=\"pill\">\(say("dicabut", "revoked")) \(figures.time(at))</span>"
                }
                ?? ActionButton(
                    path: Self.path + "/revoke", title: say("Cabut", "Revoke"), about: key.name,
                    fields: [("key", String(key.id))], isDangerous: true, viewer: context.viewer
                ).html
            return """
                <tr><th scope="row">\(key.name)</th><td data-label="\(heads[1])">\(key.role.about(language))</td>\
                <td data-label="\(heads[2])">\(figures.time(key.createdAt))</td><td>\(side)</td></tr>

                """
        }
        return """
            <section class="card" aria-labelledby="title-keys"><div class="card-head">\
            <h2 id="title-keys">\(say("Semua kunci", "All keys"))</h2></div>
            <div class="table"><table class="stack two"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col"><span class="unseen">\(say("Tindakan", "Action"))</span></th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            </section>

            """
    }
}

extension APIKey.Role {
    /// What a key of the role may do.
    fileprivate var about: Text {
        switch self {
        case .admin: Text(id: "semuanya", en: "everything")
        case .analyst: Text(id: "membaca angka dan riwayat", en: "read numbers and stories")
        case .export:
            Text(id: "membaca angka, riwayat, dan nomor telepon", en: "read numbers, stories and phone numbers")
        case .ingest: Text(id: "mengirim data saja", en: "send data only")
        }
    }
}
