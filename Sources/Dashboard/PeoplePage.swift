import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Settings → People: who may sign in, as what, and where they are signed in.
extension Accounts {
    private static let path = SettingsSection.people.path

    func addPeople(to routes: Routes) {
        let path = Self.path
        routes.add(.get, path, access: .page(.people)) { request, context in
            try await peoplePage(request, context)
        }
        routes.add(.post, path + "/invite", access: .page(.people)) { request, context in
            guard let role = try await form(request)["role"].flatMap(PersonRole.init(rawValue:)) else {
                return onward(path)
            }
            let link = OneTimeLink(purpose: .invitation, role: role.rawValue, createdAt: now())
            let url = try await make(link, request, context, subject: role.rawValue)
            let words = Text(
                id: "Kirim tautan ini kepada orangnya. Berlaku 72 jam, satu kali, sebagai \(role.name.id).",
                en: "Send this link to the person. It works for 72 hours, once, as \(role.name.en).")
            return try await peoplePage(request, context, made: (url, words))
        }
        routes.add(.post, path + "/reset", access: .page(.people)) { request, context in
            guard let person = try await person(in: request), person.disabledAt == nil else { return onward(path) }
            let link = OneTimeLink(purpose: .reset, person: person.id, createdAt: now())
            let url = try await make(link, request, context, subject: person.login)
            let words = Text(
                id: "Kirim tautan ini kepada \(person.name). Berlaku 72 jam, satu kali, untuk kata sandi baru.",
                en: "Send this link to \(person.name). It works for 72 hours, once, for a new password.")
            return try await peoplePage(request, context, made: (url, words))
        }
        addPersonChanges(to: routes)
    }

    private func addPersonChanges(to routes: Routes) {
        let (path, owner) = (Self.path, PersonRole.owner.rawValue)
        routes.add(.post, path + "/role", access: .page(.people)) { request, context in
            let form = try await form(request)
            guard let role = form["role"].flatMap(PersonRole.init(rawValue:)),
                let person = try await person(form)
            else { return onward(path) }
            guard try await people.setRole(role.rawValue, ofPerson: person.id, owner: owner) else {
                return try await peoplePage(request, context, objection: Self.lastOwner)
            }
            try await note(.personChanged, context, subject: "\(person.login): \(role.rawValue)")
            gate.forget()
            return onward(path, .role)
        }
        routes.add(.post, path + "/disable", access: .page(.people)) { request, context in
            guard let person = try await person(in: request) else { return onward(path) }
            guard try await people.disable(person: person.id, owner: owner, at: now()) else {
                return try await peoplePage(request, context, objection: Self.lastOwner)
            }
            try await note(.personDisabled, context, subject: person.login)
            gate.forget()
            return onward(path, .disabled)
        }
        routes.add(.post, path + "/enable", access: .page(.people)) { request, context in
            guard let person = try await person(in: request) else { return onward(path) }
            _ = try await people.enable(person: person.id)
            try await note(.personEnabled, context, subject: person.login)
            return onward(path, .enabled)
        }
        routes.add(.post, path + "/sessions/end", access: .page(.people)) { request, context in
            guard let id = try await form(request)["session"].flatMap({ Int64($0) }) else { return onward(path) }
            guard let session = try await people.sessions(person: nil, at: now()).first(where: { $0.id == id }),
                let person = try await people.person(id: session.person),
                try await people.endSession(id, ofPerson: nil, at: now())
            else { return onward(path) }
            try await note(.sessionsEnded, context, subject: person.login)
            gate.forget()
            return onward(path, .session)
        }
    }

    private static let lastOwner = Text(
        id: "Harus ada paling sedikit satu pemilik yang dapat masuk. Jadikan orang lain pemilik dahulu.",
        en: "At least one owner must be able to sign in. Make somebody else an owner first.")

    private func person(in request: Request) async throws -> Person? { try await person(try await form(request)) }

    private func person(_ form: URLQuery) async throws -> Person? {
        guard let id = form["person"].flatMap({ Int64($0) }) else { return nil }
        return try await people.person(id: id)
    }

    /// Keeps a new link and tells its address, which is known only now.
    private func make(
        _ link: OneTimeLink, _ request: Request, _ context: WebContext, subject: String
    ) async throws -> String {
        let token = SecretToken.generate()
        guard let digest = SecretToken.digest(of: token) else { throw Problem.fault }
        try await note(.linkMade, context, subject: subject)
        try await people.insertLink(link, digest: digest)
        return origin(request) + Self.welcomePath + token
    }

    // MARK: The page

    private func peoplePage(
        _ request: Request, _ context: WebContext, made: (url: String, words: Text)? = nil, objection: Text? = nil
    ) async throws -> Response {
        let language = context.language
        let people = try await self.people.people()
        let sessions = try await self.people.sessions(person: nil, at: now())
        let open = try await self.people.openInvitations(at: now())
        let said = objection.map { Notice(text: $0(language), isBad: true).html } ?? Done.notice(request, language)
        let secret = made.map { ShownOnce(text: $0.url, words: $0.words(language), language: language).html }
        let body: HTML = """
            \(said)\(secret)\(invite(open, context))\(try peopleTable(people, sessions, context))\
            \(try sessionsTable(sessions, people, context))
            """
        return page(
            SettingsSection.people.title, path: Self.path, request, context, entry: Navigation.settings,
            status: objection == nil ? .ok : .unprocessableContent,
            body: settings(.people, body, context))
    }

    private func invite(_ open: [OneTimeLink], _ context: WebContext) -> HTML {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let choice = FormChoice(
            name: "role", label: say("Sebagai", "As"),
            options: PersonRole.allCases.map { ($0.rawValue, $0.name(language)) }, chosen: PersonRole.viewer.rawValue)
        let roles = PersonRole.allCases.map { role -> HTML in
            "<dt>\(role.name(language))</dt><dd>\(role.about(language))</dd>"
        }
        let waiting: HTML =
            open.isEmpty
            ? ""
            : """
            <p class="muted small">\(say(
                "\(open.count) undangan belum dipakai.", "Invitations not used yet: \(open.count)."))</p>
            """
        return """
            <section class="card" aria-labelledby="title-invite"><div class="card-head">\
            <h2 id="title-invite">\(say("Undang seseorang", "Invite somebody"))</h2></div>
            <form method="post" action="\(Self.path)/invite" class="actions">\(FormToken(context.viewer).html)\
            \(choice.html)<button type="submit" class="primary">\(say("Buat tautan", "Make a link"))</button></form>
            \(waiting)<dl class="terms">\(roles)</dl>
            </section>

            """
    }

    private func peopleTable(_ people: [Person], _ sessions: [Session], _ context: WebContext) throws -> HTML {
        let language = context.language
        let figures = try figures(context)
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        guard !people.isEmpty else {
            let none = say(
                "Belum ada yang punya akun. Undang orang pertama di atas.",
                "Nobody has an account yet. Invite the first person above.")
            return "<section class=\"card\"><p>\(none)</p></section>"
        }
        let heads = [
            say("Nama", "Name"), say("Nama masuk", "Login"), say("Peran", "Role"),
            say("Terakhir dipakai", "Last used"),
        ]
        let rows = people.map { person -> HTML in
            let seen = sessions.filter { $0.person == person.id }.map(\.lastSeenAt).max()
            let off: HTML =
                person.disabledAt == nil ? "" : " <span class=\"pill\">\(say("nonaktif", "disabled"))</span>"
            return """
                <tr><th scope="row">\(person.name)\(off)</th><td data-label="\(heads[1])">\(person.login)</td>\
                <td data-label="\(heads[2])">\(rolePicker(person, context))</td>\
                <td data-label="\(heads[3])">\(seen.map { figures.time($0) } ?? "–")</td>\
                <td><div class="actions">\(actions(person, context))</div></td></tr>

                """
        }
        return """
            <section class="card" aria-labelledby="title-people"><div class="card-head">\
            <h2 id="title-people">\(say("Orang", "People"))</h2></div>
            <div class="table"><table class="stack two"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col"><span class="unseen">\(say("Tindakan", "Actions"))</span></th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            </section>

            """
    }

    private func rolePicker(_ person: Person, _ context: WebContext) -> HTML {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let options = PersonRole.allCases.map { role -> HTML in
            let selected: HTML = role.rawValue == person.role ? " selected" : ""
            return "<option value=\"\(role.rawValue)\"\(selected)>\(role.name(language))</option>"
        }
        let label = say("Peran \(person.name)", "Role of \(person.name)")
        return """
            <form method="post" action="\(Self.path)/role" class="actions">\(FormToken(context.viewer).html)\
            <input type="hidden" name="person" value="\(person.id)">\
            <select name="role" aria-label="\(label)">\(options)</select>\
            <button type="submit">\(say("Simpan", "Save"))<span class="unseen"> \(label)</span></button></form>
            """
    }

    private func actions(_ person: Person, _ context: WebContext) -> HTML {
        let say = { (id: String, en: String) in Text(id: id, en: en)(context.language) }
        let fields = [("person", String(person.id))]
        guard person.disabledAt == nil else {
            return ActionButton(
                path: Self.path + "/enable", title: say("Aktifkan lagi", "Enable"), about: person.name,
                fields: fields, viewer: context.viewer
            ).html
        }
        let reset = ActionButton(
            path: Self.path + "/reset", title: say("Kata sandi baru", "New password"), about: person.name,
            fields: fields, viewer: context.viewer)
        let disable = ActionButton(
            path: Self.path + "/disable", title: say("Nonaktifkan", "Disable"), about: person.name, fields: fields,
            isDangerous: true, viewer: context.viewer)
        return reset.html + disable.html
    }

    private func sessionsTable(_ sessions: [Session], _ people: [Person], _ context: WebContext) throws -> HTML {
        guard !sessions.isEmpty else { return "" }
        let figures = try figures(context)
        let say = { (id: String, en: String) in Text(id: id, en: en)(context.language) }
        let names = Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let heads = [say("Siapa", "Who"), say("Peramban", "Browser"), say("Terakhir dipakai", "Last used")]
        let rows = sessions.prefix(200).map { session -> HTML in
            let name = names[session.person] ?? "–"
            let button = ActionButton(
                path: Self.path + "/sessions/end", title: say("Akhiri", "End"), about: name,
                fields: [("session", String(session.id))], viewer: context.viewer)
            return """
                <tr><th scope="row">\(name)</th>\
                <td data-label="\(heads[1])">\(session.agent.isEmpty ? "–" : session.agent)</td>\
                <td data-label="\(heads[2])">\(figures.time(session.lastSeenAt))</td>\
                <td>\(button.html)</td></tr>

                """
        }
        return """
            <section class="card" aria-labelledby="title-sessions"><div class="card-head">\
            <h2 id="title-sessions">\(say("Sesi yang terbuka", "Open sessions"))</h2></div>
            <div class="table"><table class="stack two"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col"><span class="unseen">\(say("Tindakan", "Action"))</span></th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            </section>

            """
    }
}

/// A secret that is known only at this moment: a link to hand on, a key.
struct ShownOnce {
    let text: String
    let words: String
    let language: Language

    var html: HTML {
        let once = Text(
            id: "Salin sekarang: setelah halaman ini ditinggalkan, tidak dapat dilihat lagi.",
            en: "Copy it now: once this page is left it cannot be seen again.")
        let copy = Text(id: "Salin", en: "Copy")
        let copied = Text(id: "Tersalin", en: "Copied")
        return """
            <section class="card banner" role="status"><p>\(words)</p>
            <div class="copy"><code id="shown-once">\(text)</code>\
            <button type="button" data-copy="shown-once" data-done="\(copied(language))">\(copy(language))</button></div>
            <p class="small">\(once(language))</p></section>

            """
    }
}
