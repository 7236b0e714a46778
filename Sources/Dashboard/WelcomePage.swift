import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// What a one-time link opens: the first owner, somebody invited, or a new password.
extension Accounts {
    package static let welcomePath = "/welcome/"

    func addWelcome(to routes: Routes) {
        routes.add(.get, Self.welcomePath + "{token}", access: .open) { request, context in
            let (link, _) = try await openLink(request, context)
            return try await welcomePage(link, request, context)
        }
        routes.add(.post, Self.welcomePath + "{token}", access: .open) { request, context in
            try FormCheck.requireOwnSite(request)
            let (link, digest) = try await openLink(request, context)
            let form = try await form(request)
            return switch link.purpose {
            case .firstOwner, .invitation: try await addPerson(form, link, digest, request, context)
            case .reset: try await reset(form, link, digest, request, context)
            }
        }
    }

    private static let linkClosed = Problem(
        .notFound, kind: "not-found", title: Text(id: "Tautan ini tidak berlaku lagi", en: "This link no longer works"),
        detail: Text(
            id: "Tautan sekali pakai ini sudah dipakai, sudah lewat masanya, atau tidak lengkap tersalin. Minta yang "
                + "baru kepada pemilik Pantau ini, atau di server dengan `pantau people`.",
            en: "This one-time link was used, is over, or was not copied whole. Ask an owner of this Pantau for a new "
                + "one, or make one on the server with `pantau people`."))

    private func openLink(
        _ request: Request, _ context: WebContext
    ) async throws -> (link: OneTimeLink, digest: [UInt8]) {
        let subjects = [address(request, context)]
        if let seconds = throttle.wait(subjects, at: now()) { throw SignInThrottle.refusal(seconds: seconds) }
        guard let token = context.parameters.get("token"), let digest = SecretToken.digest(of: token),
            let link = try await people.link(digest: digest), link.isOpen(at: now())
        else {
            throttle.failed(subjects, at: now())
            throw Self.linkClosed
        }
        return (link, digest)
    }

    // MARK: What is sent

    private func addPerson(
        _ form: URLQuery, _ link: OneTimeLink, _ digest: [UInt8], _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let name = (form["name"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let login = Person.login(form["login"] ?? "")
        let password = form["password"] ?? ""
        func again(_ objection: Text) async throws -> Response {
            try await welcomePage(link, request, context, form: form, objection: objection)
        }
        if let objection = Self.objection(toName: name, login: login) { return try await again(objection) }
        if let objection = PasswordRules.objection(to: password, login: login, name: name) {
            return try await again(objection)
        }
        let language = form["language"].flatMap(Language.init(rawValue:)) ?? context.language
        let person = Person(
            id: 0, name: name, login: login, role: link.role ?? PersonRole.viewer.rawValue,
            passwordHash: try await passwords.hash(password), language: language, createdAt: now())
        switch try await people.add(person, usingLink: digest, at: now()) {
        case .linkClosed: throw Self.linkClosed
        case .loginTaken:
            return try await again(
                Text(
                    id: "Nama masuk itu sudah dipakai orang lain. Pilih yang lain.",
                    en: "Somebody else has that login. Choose another."))
        case .added(let person):
            try await people.note(
                AuditEntry(
                    at: now(), person: person.id, actor: person.name, action: .personAdded, subject: person.login))
            let isFirst = person.role == PersonRole.owner.rawValue
            let hasData = await hasData()
            return try await welcome(person, to: isFirst && !hasData ? "/start" : "/", request, context)
        }
    }

    private func reset(
        _ form: URLQuery, _ link: OneTimeLink, _ digest: [UInt8], _ request: Request, _ context: WebContext
    ) async throws -> Response {
        guard let id = link.person, let person = try await people.person(id: id), person.disabledAt == nil else {
            throw Self.linkClosed
        }
        let password = form["password"] ?? ""
        if let objection = PasswordRules.objection(to: password, login: person.login, name: person.name) {
            return try await welcomePage(link, request, context, objection: objection)
        }
        let hash = try await passwords.hash(password)
        guard try await people.setPassword(hash, usingLink: digest, at: now()) else { throw Self.linkClosed }
        gate.forget()
        throttle.succeeded([.login(person.login)], at: now())
        try await people.note(
            AuditEntry(at: now(), person: person.id, actor: person.name, action: .passwordChanged))
        return try await welcome(person, to: "/", request, context)
    }

    private static func objection(toName name: String, login: String) -> Text? {
        if name.isEmpty || name.count > nameCharactersMax || name.unicodeScalars.contains(where: isControl) {
            return Text(
                id: "Tulis nama Anda, paling panjang \(nameCharactersMax) karakter.",
                en: "Write your name, \(nameCharactersMax) characters at most.")
        }
        let hasGap = login.contains(where: \.isWhitespace) || login.unicodeScalars.contains(where: isControl)
        if login.count < 2 || login.count > loginCharactersMax || hasGap {
            return Text(
                id: "Nama masuk berupa alamat e-mail atau satu kata tanpa spasi.",
                en: "The login is an e-mail address or one word without spaces.")
        }
        return nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

    // MARK: The page

    private func welcomePage(
        _ link: OneTimeLink, _ request: Request, _ context: WebContext, form: URLQuery = URLQuery(),
        objection: Text? = nil
    ) async throws -> Response {
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let role = link.role.flatMap(PersonRole.init(rawValue:)) ?? .viewer
        let title: Text
        let lead: Text
        var fields: HTML = ""
        switch link.purpose {
        case .firstOwner:
            title = Text(id: "Selamat datang di Pantau", en: "Welcome to Pantau")
            lead = Text(
                id: "Anda yang pertama di sini. Buat akun Anda sebagai pemilik; orang lain dapat diundang nanti.",
                en: "You are the first here. Make your account as the owner; others can be invited later.")
            fields = personFields(form, language)
        case .invitation:
            title = Text(id: "Anda diundang ke Pantau", en: "You are invited to Pantau")
            lead = Text(
                id: "Peran Anda: \(role.name.id). \(role.about.id)", en: "Your role: \(role.name.en). \(role.about.en)")
            fields = personFields(form, language)
        case .reset:
            title = Text(id: "Kata sandi baru", en: "A new password")
            lead = Text(
                id: "Setelah ini semua perangkat Anda harus masuk lagi.",
                en: "After this all your devices have to sign in again.")
            guard let id = link.person, let person = try await people.person(id: id) else { throw Self.linkClosed }
            fields =
                FormField(
                    name: "login", label: say("Nama masuk", "Login"), value: person.login, fills: "username",
                    isReadOnly: true
                ).html
        }
        let password = FormField(
            name: "password", label: say("Kata sandi", "Password"), type: "password", fills: "new-password",
            hint: PasswordRules.hint(language), isFirst: link.purpose == .reset,
            lengthMin: PasswordRules.charactersMin)
        let choice = FormChoice(
            name: "language", label: say("Bahasa", "Language"),
            options: Language.allCases.map { ($0.rawValue, $0.ownName) },
            chosen: form["language"] ?? language.rawValue)
        let button =
            link.purpose == .reset ? say("Simpan kata sandi", "Save password") : say("Buat akun", "Make account")
        return page(
            title, path: request.uri.path, request, context, status: objection == nil ? .ok : .unprocessableContent,
            body: """
                <section class="card notice">
                <h1>\(title(language))</h1>
                <p>\(lead(language))</p>
                \(objection.map { Notice(text: $0(language), isBad: true).html })
                <form method="post" action="\(request.uri.path)" class="sign-in">
                \(fields)\(password.html)\(link.purpose == .reset ? "" : choice.html)
                <button type="submit">\(button)</button>
                </form>
                </section>
                """)
    }

    private func personFields(_ form: URLQuery, _ language: Language) -> HTML {
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let name = FormField(
            name: "name", label: say("Nama Anda", "Your name"), value: form["name"] ?? "", fills: "name", isFirst: true)
        let login = FormField(
            name: "login", label: say("Nama masuk", "Login"), value: form["login"] ?? "", fills: "username",
            hint: say("Alamat e-mail, atau satu kata tanpa spasi.", "An e-mail address, or one word without spaces."))
        return name.html + login.html
    }
}

extension Language {
    /// As its speakers call it.
    var ownName: String {
        switch self {
        case .indonesian: "Bahasa Indonesia"
        case .english: "English"
        }
    }
}
