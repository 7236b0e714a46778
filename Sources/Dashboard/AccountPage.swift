import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

enum AccountPage {
    static let path = "/account"
}

/// One's own account: password, language, and where one is signed in.
extension Accounts {
    func addAccount(to routes: Routes) {
        let path = AccountPage.path
        routes.add(.get, path, access: .page(.numbers)) { request, context in
            try await accountPage(request, context)
        }
        routes.add(.post, path + "/password", access: .page(.numbers)) { request, context in
            try await changePassword(try await form(request), request, context)
        }
        routes.add(.post, path + "/language", access: .page(.numbers)) { request, context in
            let language = try await form(request)["language"].flatMap(Language.init(rawValue:))
            if let person = context.viewer?.person { try await people.setLanguage(language, ofPerson: person) }
            var response = onward(path, .language)
            if let language { response.setCookie(language.kept) }
            return response
        }
        routes.add(.post, path + "/sessions/end", access: .page(.numbers)) { request, context in
            guard let person = context.viewer?.person else { return onward(path) }
            if let id = try await form(request)["session"].flatMap({ Int64($0) }) {
                _ = try await people.endSession(id, ofPerson: person, at: now())
            } else {
                try await people.endSessions(ofPerson: person, keeping: context.session, at: now())
            }
            try await note(.sessionsEnded, context)
            gate.forget()
            return onward(path, .session)
        }
    }

    private func changePassword(
        _ form: URLQuery, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        guard let id = context.viewer?.person, let person = try await people.person(id: id) else {
            return onward(AccountPage.path)
        }
        let subjects: [SignInThrottle.Subject] = [.login(person.login)]
        if let seconds = throttle.wait(subjects, at: now()) {
            let problem = SignInThrottle.refusal(seconds: seconds)
            return try await accountPage(request, context, objection: problem.detail, status: problem.status)
        }
        throttle.failed(subjects, at: now())
        let verdict = try await passwords.check(form["current"] ?? "", against: person.passwordHash)
        guard verdict != .wrong else {
            return try await accountPage(
                request, context,
                objection: Text(id: "Kata sandi yang sekarang tidak cocok.", en: "The present password is not right."))
        }
        throttle.succeeded(subjects, at: now())
        let password = form["password"] ?? ""
        if let objection = PasswordRules.objection(to: password, login: person.login, name: person.name) {
            return try await accountPage(request, context, objection: objection)
        }
        let hash = try await passwords.hash(password)
        try await people.setPassword(hash, ofPerson: id, keepingSession: context.session, at: now())
        try await note(.passwordChanged, context)
        gate.forget()
        return onward(AccountPage.path, .password)
    }

    // MARK: The page

    private func accountPage(
        _ request: Request, _ context: WebContext, objection: Text? = nil,
        status: HTTPResponse.Status = .unprocessableContent
    ) async throws -> Response {
        let language = context.language
        let title = Text(id: "Akun saya", en: "My account")
        let said = objection.map { Notice(text: $0(language), isBad: true).html } ?? Done.notice(request, language)
        let body: HTML
        if let id = context.viewer?.person, let person = try await people.person(id: id) {
            let sessions = try await people.sessions(person: id, at: now())
            body =
                profile(person, language) + passwordForm(person, context)
                + languageForm(person, context) + (try sessionTable(sessions, context))
        } else {
            let words = Text(
                id: "Anda melihat tanpa akun, jadi tidak ada yang dapat diatur di sini.",
                en: "You are looking without an account, so there is nothing to set here.")
            body = "<section class=\"card\"><p>\(words(language))</p></section>"
        }
        return page(
            title, path: AccountPage.path, request, context, status: objection == nil ? .ok : status,
            body: "<div class=\"head\"><h1>\(title(language))</h1></div>\(said)\(body)")
    }

    private func profile(_ person: Person, _ language: Language) -> HTML {
        let role = PersonRole(rawValue: person.role) ?? .viewer
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        return """
            <section class="card" aria-labelledby="title-profile"><div class="card-head">\
            <h2 id="title-profile">\(person.name)</h2></div>
            <dl class="terms"><dt>\(say("Nama masuk", "Login"))</dt><dd>\(person.login)</dd>
            <dt>\(say("Peran", "Role"))</dt><dd>\(role.name(language)). \(role.about(language))</dd></dl>
            </section>

            """
    }

    private func passwordForm(_ person: Person, _ context: WebContext) -> HTML {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let current = FormField(
            name: "current", label: say("Kata sandi sekarang", "Present password"), type: "password",
            fills: "current-password")
        let new = FormField(
            name: "password", label: say("Kata sandi baru", "New password"), type: "password", fills: "new-password",
            hint: PasswordRules.hint(language), lengthMin: PasswordRules.charactersMin)
        return """
            <section class="card" aria-labelledby="title-password"><div class="card-head">\
            <h2 id="title-password">\(say("Kata sandi", "Password"))</h2></div>
            <form method="post" action="\(AccountPage.path)/password" class="sign-in">\
            \(FormToken(context.viewer).html)
            <input class="unseen" name="login" value="\(person.login)" autocomplete="username" readonly \
            tabindex="-1" aria-label="\(say("Nama masuk", "Login"))">
            \(current.html)\(new.html)<button type="submit">\(say("Ganti kata sandi", "Change password"))</button></form>
            </section>

            """
    }

    private func languageForm(_ person: Person, _ context: WebContext) -> HTML {
        let say = { (id: String, en: String) in Text(id: id, en: en)(context.language) }
        let choice = FormChoice(
            name: "language", label: say("Bahasa", "Language"),
            options: Language.allCases.map { ($0.rawValue, $0.ownName) },
            chosen: (person.language ?? context.language).rawValue)
        return """
            <section class="card" aria-labelledby="title-language"><div class="card-head">\
            <h2 id="title-language">\(say("Bahasa", "Language"))</h2></div>
            <form method="post" action="\(AccountPage.path)/language" class="sign-in">\
            \(FormToken(context.viewer).html)\(choice.html)\
            <button type="submit">\(say("Simpan", "Save"))</button></form>
            </section>

            """
    }

    private func sessionTable(_ sessions: [Session], _ context: WebContext) throws -> HTML {
        let figures = try figures(context)
        let say = { (id: String, en: String) in Text(id: id, en: en)(context.language) }
        let heads = [say("Peramban", "Browser"), say("Masuk", "Signed in"), say("Terakhir dipakai", "Last used")]
        let rows = sessions.map { session -> HTML in
            let name = session.agent.isEmpty ? say("Tidak dikenal", "Unknown") : session.agent
            let isThis = session.id == context.session
            let side: HTML =
                isThis
                ? "<span class=\"pill good\">\(say("perangkat ini", "this device"))</span>"
                : ActionButton(
                    path: AccountPage.path + "/sessions/end", title: say("Akhiri", "End"), about: name,
                    fields: [("session", String(session.id))], viewer: context.viewer
                ).html
            return """
                <tr><th scope="row">\(name)</th><td data-label="\(heads[1])">\(figures.time(session.createdAt))</td>\
                <td data-label="\(heads[2])">\(figures.time(session.lastSeenAt))</td><td>\(side)</td></tr>

                """
        }
        let all: HTML =
            sessions.count < 2
            ? ""
            : ActionButton(
                path: AccountPage.path + "/sessions/end",
                title: say("Akhiri semua sesi lain", "End all other sessions"), about: "", viewer: context.viewer
            ).html
        return """
            <section class="card" aria-labelledby="title-sessions"><div class="card-head">\
            <h2 id="title-sessions">\(say("Di mana Anda masuk", "Where you are signed in"))</h2></div>
            <div class="table"><table class="stack two"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col"><span class="unseen">\(say("Tindakan", "Action"))</span></th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\(all)
            </section>

            """
    }
}
