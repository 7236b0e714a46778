import Domain
import HTTPTypes
import Hummingbird
import Web

/// The documentation of the API, written from the operations themselves: OpenAPI 3.1 for programs, a page for people.
struct APIDocument: Sendable {
    let operations: [Operation]
    let version: String

    static let openAPIPath = "/openapi.json"

    /// - Parameter gate: knows who reads, so that the page has the navigation that they know.
    func add(to routes: Routes, gate: Gate) {
        routes.add(.get, Self.openAPIPath, access: .open) { _, context in .json(openAPI(in: context.language)) }
        routes.add(.get, "/docs", access: .open) { request, context in
            let page = APIPage(
                operations: operations, language: context.language, query: request.urlQuery,
                viewer: await gate.viewer(request, context))
            return .html(page.render())
        }
    }

    func openAPI(in language: Language) -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 64 * 1024)
        writer.object {
            $0.member("openapi", "3.1.0")
            $0.member(
                "info",
                object: {
                    $0.member("title", "Pantau")
                    $0.member("version", version)
                    $0.member("description", Self.about(language))
                })
            $0.member("servers", array: { $0.object { $0.member("url", "/") } })
            $0.member(
                "tags",
                array: {
                    for group in Operation.Group.allCases {
                        $0.object {
                            $0.member("name", group.rawValue)
                            $0.member("description", group.title(language))
                        }
                    }
                })
            $0.member("paths", object: { writePaths(to: &$0, language) })
            $0.member("components", object: { writeComponents(to: &$0, language) })
        }
        return writer
    }

    static let about = Text(
        id: "Analitik WhatsApp Business API yang dijalankan di server sendiri. Sertakan kunci sebagai "
            + "`Authorization: Bearer KUNCI`; buat di Pengaturan atau dengan `pantau key create`. "
            + "Kesalahan dijawab sebagai `application/problem+json`.",
        en: "Self-hosted analytics of the WhatsApp Business API. Send a key as `Authorization: Bearer KEY`; make one "
            + "in Settings or with `pantau key create`. Errors are answered as `application/problem+json`.")

    /// How pages of Pantau's own ask: scheme, where it is carried, under which name, what it is.
    private static let browserSchemes: [(String, String, String, Text)] = [
        (
            "session", "cookie", Gate.cookie,
            Text(id: "Sesi orang yang masuk di /sign-in.", en: "The session of somebody who signed in at /sign-in.")
        ),
        (
            "form", "header", "X-Pantau-Form",
            Text(
                id: "Tanda formulir sesi itu, dari `<meta name=\"form-token\">` di tiap halaman. Wajib untuk semua "
                    + "selain GET.",
                en: "The form token of that session, from `<meta name=\"form-token\">` in each page. Needed for all "
                    + "but GET.")
        ),
    ]

    private func writePaths(to writer: inout JSONWriter, _ language: Language) {
        var paths: [String] = []
        for operation in operations where !paths.contains(operation.path) { paths.append(operation.path) }
        for path in paths {
            writer.member(
                path,
                object: {
                    for operation in operations where operation.path == path {
                        $0.member(
                            operation.method.rawValue.lowercased(), object: { write(operation, to: &$0, language) })
                    }
                })
        }
    }

    private func write(_ operation: Operation, to writer: inout JSONWriter, _ language: Language) {
        writer.member("operationId", operation.id)
        writer.member("tags", array: { $0.string(operation.group.rawValue) })
        writer.member("summary", operation.summary(language))
        writer.member("description", operation.detail(language))
        writer.member(
            "security",
            array: {
                switch operation.access {
                case .open: break
                case .localOrAnyKey:
                    $0.object { _ in }
                    $0.object { $0.member("key", array: { _ in }) }
                    $0.object { $0.member("session", array: { _ in }) }
                case .page, .roles:
                    $0.object { $0.member("key", array: { _ in }) }
                    $0.object {
                        $0.member("session", array: { _ in })
                        if operation.method != .get { $0.member("form", array: { _ in }) }
                    }
                }
            })
        if !operation.parameters.isEmpty {
            writer.member(
                "parameters", array: { for parameter in operation.parameters { write(parameter, to: &$0, language) } })
        }
        if let body = operation.body {
            writer.member("requestBody", object: { write(body, to: &$0, language) })
        }
        writer.member("responses", object: { writeAnswers(of: operation, to: &$0, language) })
    }

    private func write(_ parameter: Parameter, to writer: inout JSONWriter, _ language: Language) {
        writer.object {
            $0.member("name", parameter.name)
            $0.member("in", parameter.place.rawValue)
            $0.member("required", parameter.isRequired)
            $0.member("description", parameter.detail(language))
            $0.key("schema")
            parameter.schema.write(to: &$0, language: language)
        }
    }

    private func write(_ body: Accepted, to writer: inout JSONWriter, _ language: Language) {
        writer.member("required", true)
        writer.member(
            "content",
            object: {
                $0.member(body.type, object: { writeContent(body.schema, body.example, to: &$0, language) })
                guard let line = body.lineSchema else { return }
                $0.member("application/x-ndjson", object: { writeContent(line, nil, to: &$0, language) })
            })
    }

    private func writeContent(
        _ schema: Schema, _ example: String?, to writer: inout JSONWriter, _ language: Language
    ) {
        writer.key("schema")
        schema.write(to: &writer, language: language)
        guard let example else { return }
        writer.key("example")
        writer.raw(example)
    }

    /// Answers of one status are one entry with several media types.
    private func writeAnswers(of operation: Operation, to writer: inout JSONWriter, _ language: Language) {
        for status in Set(allAnswers(of: operation).map(\.status)).sorted() {
            let answers = allAnswers(of: operation).filter { $0.status == status }
            writer.member(
                String(status),
                object: {
                    $0.member("description", answers.first?.detail(language))
                    let typed = answers.filter { $0.type != nil }
                    guard !typed.isEmpty else { return }
                    $0.member(
                        "content",
                        object: {
                            for answer in typed {
                                guard let type = answer.type, let schema = answer.schema else { continue }
                                $0.member(type, object: { writeContent(schema, answer.example, to: &$0, language) })
                            }
                        })
                })
        }
    }

    /// The declared answers, and those that keys bring with them.
    private func allAnswers(of operation: Operation) -> [Answered] {
        switch operation.access {
        case .open, .page: operation.answers
        case .localOrAnyKey:
            operation.answers + [
                .problem(401, Text(id: "Kunci tidak ada atau tidak dikenal", en: "Key missing or unknown"))
            ]
        case .roles:
            operation.answers + [
                .problem(401, Text(id: "Kunci tidak ada atau tidak dikenal", en: "Key missing or unknown")),
                .problem(403, Text(id: "Peran kunci tidak cukup", en: "The key's role does not suffice")),
            ]
        }
    }

    private func writeComponents(to writer: inout JSONWriter, _ language: Language) {
        writer.member(
            "securitySchemes",
            object: {
                $0.member(
                    "key",
                    object: {
                        $0.member("type", "http")
                        $0.member("scheme", "bearer")
                        $0.member("bearerFormat", "pantau_<role>_<43 characters>")
                    })
                for (name, place, field, about) in Self.browserSchemes {
                    $0.member(
                        name,
                        object: {
                            $0.member("type", "apiKey")
                            $0.member("in", place)
                            $0.member("name", field)
                            $0.member("description", about(language))
                        })
                }
            })
        writer.member(
            "schemas",
            object: {
                for (name, schema) in APISchemas.all {
                    $0.key(name)
                    schema.write(to: &$0, language: language)
                }
            })
    }
}
