import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Are the service targets kept?
struct PromiseCard: Card {
    struct Model: Sendable {
        var all: Answer
        var parts: [Part]
        var settings: ServiceSettings
    }
    struct Part: Sendable {
        var dimension: Dimension
        var none: Text
        var answer: Answer
    }
    static let columns: [Breakdown.Column] = [.init("sla_attainment"), .init("sla_breaches")]
    static let rowsMax = 30
    private static let dimensions: [(Dimension, Text)] = [
        (.team, Text(id: "tanpa tim", en: "no team")),
        (.phoneNumber, Text(id: "nomor tidak diketahui", en: "number not known")),
        (.priority, Text(id: "tanpa prioritas", en: "no priority")),
    ]

    let name = "sla"
    let title = Text(id: "Target layanan (SLA)", en: "Service targets (SLA)")
    let height = CardHeight(22, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        let metrics = Self.columns.map(\.metric)
        async let all = scope.ask(metrics + ["waits"])
        async let settings = scope.store.serviceSettings()
        let parts = try await withThrowingTaskGroup(of: (Int, Part).self) { group in
            for (index, (dimension, none)) in Self.dimensions.enumerated() {
                group.addTask {
                    let answer = try await scope.ask(
                        metrics, by: [dimension], order: [Query.Order(by: "sla_breaches", isDescending: true)],
                        limit: Self.rowsMax)
                    return (index, Part(dimension: dimension, none: none, answer: answer))
                }
            }
            var found: [Int: Part] = [:]
            for try await (index, part) in group { found[index] = part }
            return Self.dimensions.indices.compactMap { found[$0] }
        }
        return try await Model(all: all, parts: parts, settings: settings)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.settings.recounted < 1 else { return "" }
        let share = scope.figures.percent(model.settings.recounted, places: 0)
        let words = scope.say("Menghitung ulang: \(share)", "Recounting: \(share)")
        return "<span class=\"pill waiting\">\(words)</span>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.settings.targets.isEmpty else { return Self.teach(scope) }
        guard (model.all.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        let tables = model.parts.map { part in
            Breakdown(
                dimension: part.dimension, columns: Self.columns, answer: part.answer, scope: scope, none: part.none,
                isShown: { (scope.sample(part.answer, $0, "sla_attainment")?.count ?? 0) > 0 })
        }
        guard tables.contains(where: { !$0.isEmpty }) else {
            return scope.sentence(
                "Belum ada penantian yang terkena target dan sudah dapat dinilai pada rentang ini.",
                "No wait of this range has a target that can be judged yet.")
        }
        // A split that splits nothing is left out.
        let shown = tables.filter { table in
            table.dimension == .team
                || table.answer.rows.indices.filter(table.isShown).contains {
                    table.answer.cell($0, table.dimension.rawValue).text != nil
                }
        }
        return scope.totals(Self.columns, model.all) + "\(shown.map(\.html))"
    }

    private static func teach(_ scope: Scope) -> HTML {
        let words = scope.say(
            "Belum ada target. Tetapkan janji waktu jawab per penjawab, tim, nomor, atau prioritas dengan "
                + "`PUT /api/v1/service-targets` atau `pantau targets set`; penantian yang sudah lewat ikut dinilai.",
            "No targets are set. Promise a response time by responder, team, number or priority with "
                + "`PUT /api/v1/service-targets` or `pantau targets set`; waits of the past are judged too.")
        let link = scope.say("Bentuk dan contohnya", "Format and example")
        return """
            <div class="empty"><p>\(HTML(prose: words)) <a href="/docs#putApiV1ServiceTargets">\(link)</a></p></div>
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [.answer(model.all, title: Text(id: "Semua", en: "All"))]
            + model.parts.map { .answer($0.answer, name: $0.dimension.rawValue, title: $0.dimension.name) }
    }
}
