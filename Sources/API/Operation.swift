import Domain
import HTTPTypes
import Hummingbird
import Web

/// One thing that the API does: its route, who may use it, its documentation and its code, told in one place, so
/// that the documentation cannot speak of another API.
struct Operation: Sendable {
    enum Group: String, Sendable, CaseIterable {
        case webhooks, sends, desks, outcomes, links, questions, findings, ahead, service, stories, costs, settings,
            process

        var title: Text {
            switch self {
            case .webhooks: Text(id: "Webhook", en: "Webhooks")
            case .sends: Text(id: "Catatan pengiriman", en: "Send log")
            case .desks: Text(id: "Aplikasi layanan", en: "Agent desks")
            case .outcomes: Text(id: "Hasil usaha", en: "Outcomes")
            case .links: Text(id: "Tautan pendek", en: "Short links")
            case .questions: Text(id: "Pertanyaan dan katalog", en: "Questions and the catalogue")
            case .findings: Text(id: "Temuan dan penjelasan", en: "Findings and explanations")
            case .ahead: Text(id: "Melihat ke depan dan membandingkan", en: "Looking ahead and comparing")
            case .service: Text(id: "Penantian pelanggan", en: "Who waits")
            case .stories: Text(id: "Riwayat", en: "Stories")
            case .costs: Text(id: "Biaya dan hasilnya", en: "What it costs and brings")
            case .settings: Text(id: "Pengaturan", en: "Settings")
            case .process: Text(id: "Keadaan server", en: "The server itself")
            }
        }
    }
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    let method: HTTPRequest.Method
    /// As OpenAPI spells it: `/api/v1/messages/{id}`.
    let path: String
    /// As the router spells it, where that differs.
    let pattern: String
    let access: Access
    let group: Group
    let summary: Text
    let detail: Text
    let parameters: [Parameter]
    let body: Accepted?
    let answers: [Answered]
    /// Nil when the route is served elsewhere and only documented here.
    let handler: Handler?

    init(
        _ method: HTTPRequest.Method, _ path: String, pattern: String? = nil, access: Access, group: Group,
        summary: Text, detail: Text, parameters: [Parameter] = [], body: Accepted? = nil, answers: [Answered],
        handler: Handler?
    ) {
        self.method = method
        self.path = path
        self.pattern = pattern ?? path
        self.access = access
        self.group = group
        self.summary = summary
        self.detail = detail
        self.parameters = parameters
        self.body = body
        self.answers = answers
        self.handler = handler
    }

    /// - Parameter onSettings: told the path and who asked, once settings were changed.
    func add(
        to routes: Routes, onSettings: @escaping @Sendable (String, WebContext) async throws -> Void
    ) {
        guard let handler else { return }
        guard group == .settings, method != .get else {
            routes.add(method, pattern, access: access, handler)
            return
        }
        let path = path
        routes.add(method, pattern, access: access) { request, context in
            let response = try await handler(request, context)
            try await onSettings(path, context)
            return response
        }
    }

    /// A name for code generators: `postApiV1Query`.
    var id: String {
        let words = path.split { !$0.isLetter && !$0.isNumber }
        return method.rawValue.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

struct Parameter: Sendable {
    enum Place: String, Sendable {
        case query, path, header
    }
    var name: String
    var place: Place
    var schema: Schema
    var isRequired: Bool
    var detail: Text

    static func query(_ name: String, _ schema: Schema, isRequired: Bool = false, _ detail: Text) -> Parameter {
        Parameter(name: name, place: .query, schema: schema, isRequired: isRequired, detail: detail)
    }
    static func path(_ name: String, _ schema: Schema, _ detail: Text) -> Parameter {
        Parameter(name: name, place: .path, schema: schema, isRequired: true, detail: detail)
    }
    static func header(_ name: String, _ schema: Schema, isRequired: Bool = false, _ detail: Text) -> Parameter {
        Parameter(name: name, place: .header, schema: schema, isRequired: isRequired, detail: detail)
    }
}

/// A request body.
struct Accepted: Sendable {
    var type: String
    var schema: Schema
    /// JSON text.
    var example: String
    /// Of one line, where the body may be NDJSON as well.
    var lineSchema: Schema?
}

/// One possible answer.
struct Answered: Sendable {
    var status: Int
    var detail: Text
    /// Media type; nil for an answer without a body.
    var type: String?
    var schema: Schema?
    /// JSON text; nil for none.
    var example: String?

    init(_ status: Int, _ detail: Text, type: String? = nil, schema: Schema? = nil, example: String? = nil) {
        self.status = status
        self.detail = detail
        self.type = type
        self.schema = schema
        self.example = example
    }

    static func json(_ status: Int, _ detail: Text, _ schema: Schema, example: String? = nil) -> Answered {
        Answered(status, detail, type: "application/json", schema: schema, example: example)
    }
    static func problem(_ status: Int, _ detail: Text) -> Answered {
        Answered(status, detail, type: "application/problem+json", schema: .reference("Problem"))
    }
}
