import Domain
import HTTPTypes
import Web

/// The documentation of the API as a page, readable without any program.
struct APIPage {
    let operations: [Operation]
    let language: Language
    let query: URLQuery
    /// Who reads; nil for anybody.
    var viewer: Viewer?

    func render() -> HTML {
        let title = Text(id: "Dokumentasi API", en: "API docs")
        let machine = Text(id: "Untuk program", en: "For programs")
        let body: HTML = """
            <div class="head"><div><h1>\(title(language))</h1>
            <p class="muted">\(HTML(prose: APIDocument.about(language)))</p>
            <p>\(machine(language)): <a href="\(APIDocument.openAPIPath)"><code>\(APIDocument.openAPIPath)</code></a>
            (OpenAPI 3.1)</p>
            </div></div>
            \(Operation.Group.allCases.map(section))
            \(problems)
            """
        return Page(
            title: title, language: language, path: "/docs", query: query, entry: Navigation.documentation,
            viewer: viewer, body: body
        ).render()
    }

    private func section(_ group: Operation.Group) -> HTML {
        let members = operations.filter { $0.group == group }
        return """
            <section class="card docs"><h2>\(group.title(language))</h2>
            \(members.map(article))
            </section>
            """
    }

    private func article(_ operation: Operation) -> HTML {
        let rows = operation.parameters.map { parameter -> HTML in
            "<tr><th scope=\"row\"><code>\(parameter.name)</code></th><td>\(parameter.detail(language))</td></tr>"
        }
        let answers = operation.answers.map { answer -> HTML in
            let type: HTML = answer.type.map { " <code class=\"muted\">\($0)</code>" } ?? ""
            return "<tr><th scope=\"row\">\(answer.status)</th><td>\(answer.detail(language))\(type)</td></tr>"
        }
        let sent: HTML? = operation.body.map { example(Text(id: "Contoh isi", en: "Example body"), $0.example) }
        let answered: HTML? = operation.answers.lazy.compactMap(\.example).first.map {
            example(Text(id: "Contoh jawaban", en: "Example answer"), $0)
        }
        return """
            <h3 id="\(operation.id)"><span class="method">\(operation.method.rawValue)</span>\(operation.path)</h3>
            <p><strong>\(operation.summary(language)).</strong> \(HTML(prose: operation.detail(language)))</p>
            <p class="muted small">\(access(operation.access))</p>
            <div class="table"><table><tbody>\(rows)\(answers)</tbody></table></div>
            \(sent)\(answered)
            """
    }

    private func example(_ title: Text, _ json: String) -> HTML {
        "<details class=\"fold\"><summary>\(title(language))</summary><pre>\(Self.spread(json))</pre></details>"
    }

    private func access(_ access: Access) -> String {
        let text: Text
        switch access {
        case .open: text = Text(id: "Tanpa kunci.", en: "No key needed.")
        case .localOrAnyKey:
            text = Text(
                id: "Dari server itu sendiri, dengan kunci apa pun, atau oleh siapa pun yang sudah masuk.",
                en: "From the server itself, with any key, or by anybody signed in.")
        case .page:
            text = Text(
                id: "Oleh yang sudah masuk, atau dengan kunci admin.",
                en: "By somebody signed in, or with an admin key.")
        case .roles(let roles, _):
            let names = Role.allCases.filter(roles.contains).map(\.rawValue)
            let people = PersonRole.allCases.filter { role in
                access.permission.map(role.permissions.contains) ?? false
            }.map { $0.name(language) }.joined(separator: ", ")
            text = Text(
                id: "Kunci dengan peran \(names.joined(separator: " atau ")); dari peramban yang sudah masuk: "
                    + "\(people).",
                en: "A key of the role \(names.joined(separator: " or ")); from a browser that is signed in: "
                    + "\(people).")
        }
        return text(language)
    }

    private var problems: HTML {
        let title = Text(id: "Masalah", en: "Problems")
        let lead = Text(
            id:
                "Bagian akhir dari type memberi tahu program apa yang terjadi; detail "
                + "memberi tahu orang apa yang harus dilakukan.",
            en: "The end of type tells programs what happened; detail tells people what to do.")
        let rows = Failure.Code.allCases.map { code -> HTML in
            """
            <tr id="problem-\(code.kind)"><th scope="row"><code>\(code.kind)</code></th><td>\(code.status.code)</td>\
            <td>\(code.title(language))</td></tr>
            """
        }
        let others = [
            Problem.methodUnknown(allowed: ""), .signInNeeded, .formStale, SignInThrottle.refusal(seconds: 1),
        ].map { problem -> HTML in
            """
            <tr id="problem-\(problem.kind)"><th scope="row"><code>\(problem.kind)</code></th>\
            <td>\(problem.status.code)</td><td>\(problem.title(language))</td></tr>
            """
        }
        return """
            <section class="card docs"><h2>\(title(language))</h2><p>\(lead(language))</p>
            <div class="table"><table><tbody>\(rows)\(others)</tbody></table></div>
            <pre>\(Self.spread(APIExamples.problem))</pre></section>
            """
    }

    /// JSON text with one member a line down to the second level: enough to be read.
    static func spread(_ json: String) -> String {
        var text = ""
        var depth = 0
        var isInString = false
        var isEscaped = false
        for character in json {
            if isInString {
                text.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInString = false
                }
                continue
            }
            switch character {
            case "\"":
                isInString = true
                text.append(character)
            case "{", "[":
                depth += 1
                text.append(character)
                if depth == 1 { text += "\n  " }
            case "}", "]":
                depth -= 1
                if depth == 0 { text += "\n" }
                text.append(character)
            case ",": text += depth == 1 ? ",\n  " : ", "
            case ":": text += ": "
            default: text.append(character)
            }
        }
        return text
    }
}
