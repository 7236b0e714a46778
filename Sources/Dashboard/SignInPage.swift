import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Coming in with login and password, and going out.
extension Accounts {
    func addSignIn(to routes: Routes) {
        routes.add(.get, ProblemPage.signInPath, access: .open) { request, context in
            let next = SameSitePath.checked(request.urlQuery["next"])
            if try await gate.signedIn(request) != nil { return .redirect(to: next, type: .normal) }
            return try await signInPage(request, context, next: next)
        }
        routes.add(.post, ProblemPage.signInPath, access: .open) { request, context in
            try FormCheck.requireOwnSite(request)
            let form = try await form(request)
            return try await signIn(form, request, context)
        }
        routes.add(.post, "/sign-out", access: .page(.numbers)) { request, context in
            if let session = context.session {
                _ = try await people.endSession(session, ofPerson: context.viewer?.person, at: now())
                try await note(.signedOut, context)
                gate.forget()
            }
            var response = onward(ProblemPage.signInPath, .out)
            response.setCookie(cookie("", seconds: 0))
            return response
        }
    }

    private func signIn(_ form: URLQuery, _ request: Request, _ context: WebContext) async throws -> Response {
        let (typed, password) = (form["login"] ?? "", form["password"] ?? "")
        let next = SameSitePath.checked(form["next"])
        let login = Person.login(String(typed.prefix(Self.loginCharactersMax)))
        let subjects: [SignInThrottle.Subject] = [.login(login), address(request, context)]
        if let seconds = throttle.wait(subjects, at: now()) {
            return try await refused(SignInThrottle.refusal(seconds: seconds), typed, request, context, next: next)
        }
        // Counted before the answer is known: many tries at the same moment must not all pass.
        throttle.failed(subjects, at: now())
        let person = try await people.person(login: login)
        let verdict: PasswordWork.Verdict
        do {
            let known = person?.disabledAt == nil ? person?.passwordHash : nil
            verdict = try await passwords.check(String(password.prefix(PasswordRules.bytesMax)), against: known)
        } catch let failure as Failure {
            return try await refused(Problem(failure), typed, request, context, next: next)
        }
        guard let person, verdict != .wrong else {
            // What was typed is not kept: it may be a password in the wrong field.
            try await people.note(
                AuditEntry(at: now(), person: person?.id, actor: person?.name ?? "?", action: .signInFailed))
            return try await refused(Self.wrong, typed, request, context, next: next)
        }
        throttle.succeeded(subjects, at: now())
        if case .renewed(let hash) = verdict { try await people.renewHash(hash, ofPerson: person.id) }
        return try await welcome(person, to: next, request, context)
    }

    private static let wrong = Problem(
        Failure(
            .forbidden,
            id: "Nama masuk atau kata sandi tidak cocok. Lupa kata sandi? Minta tautan baru kepada pemilik Pantau ini.",
            en: "Login and password do not match. Forgotten it? Ask an owner of this Pantau for a new link."))

    private func refused(
        _ problem: Problem, _ typed: String, _ request: Request, _ context: WebContext, next: String
    ) async throws -> Response {
        var response = try await signInPage(
            request, context, next: next, typed: typed, objection: problem.detail(context.language))
        response.status = problem.status
        if let seconds = problem.headers[.retryAfter] { response.headers[.retryAfter] = seconds }
        return response
    }

    private func signInPage(
        _ request: Request, _ context: WebContext, next: String, typed: String = "", objection: String? = nil
    ) async throws -> Response {
        let language = context.language
        let title = Text(id: "Masuk ke Pantau", en: "Sign in to Pantau")
        guard try await people.hasPerson(role: PersonRole.owner.rawValue) else {
            return page(title, path: ProblemPage.signInPath, request, context, body: noAccount(language))
        }
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let said = objection.map { Notice(text: $0, isBad: true).html } ?? Done.notice(request, language)
        let login = FormField(
            name: "login", label: say("Nama masuk", "Login"), value: typed, fills: "username",
            isFirst: typed.isEmpty)
        let password = FormField(
            name: "password", label: say("Kata sandi", "Password"), type: "password", fills: "current-password",
            isFirst: !typed.isEmpty)
        return page(
            title, path: ProblemPage.signInPath, request, context,
            body: """
                <section class="card notice">
                <h1>\(title(language))</h1>
                \(said)
                <form method="post" action="\(ProblemPage.signInPath)" class="sign-in">
                \(login.html)\(password.html)<input type="hidden" name="next" value="\(next)">
                <button type="submit">\(say("Masuk", "Sign in"))</button>
                </form>
                </section>
                """)
    }

    private func noAccount(_ language: Language) -> HTML {
        let title = Text(id: "Belum ada akun", en: "There is no account yet")
        let first = Text(
            id: "Buka tautan sekali pakai yang dicetak Pantau ketika dijalankan, atau buat yang baru di server:",
            en: "Open the one-time link that Pantau printed when it started, or make a new one on the server:")
        let after = Text(
            id: "Tautan itu meminta nama dan kata sandi Anda, lalu menjadikan Anda pemilik.",
            en: "It asks for your name and a password, and makes you the owner.")
        let copy = Text(id: "Salin", en: "Copy")
        let copied = Text(id: "Tersalin", en: "Copied")
        return """
            <section class="card notice">
            <h1>\(title(language))</h1>
            <p>\(first(language))</p>
            <div class="copy"><code id="command">pantau people add --role owner</code>\
            <button type="button" data-copy="command" data-done="\(copied(language))">\(copy(language))</button></div>
            <p>\(after(language))</p>
            </section>
            """
    }
}
