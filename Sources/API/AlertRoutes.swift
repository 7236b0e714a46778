import Domain
import Hummingbird
import Insights
import Web

/// What the API tells of routes and rules; behind it stands the one who keeps them.
package struct AlertSource: Sendable {
    /// Routes as JSON, without secrets and with masked numbers.
    package var routes: @Sendable () async throws -> [String]
    package var rules: @Sendable () async throws -> WatchRules
    package var setRules: @Sendable (WatchRules) async throws -> Void

    package init(
        routes: @escaping @Sendable () async throws -> [String],
        rules: @escaping @Sendable () async throws -> WatchRules,
        setRules: @escaping @Sendable (WatchRules) async throws -> Void
    ) {
        self.routes = routes
        self.rules = rules
        self.setRules = setRules
    }
}

extension Surfaces {
    func alertOperations() -> [Operation] { [alertRoutes, watchRules, setWatchRules] }

    private static let rulesPath = "/api/v1/watch-rules"

    private var alertRoutes: Operation {
        Operation(
            .get, "/api/v1/routes", access: .roles([.admin]), group: .settings,
            summary: Text(id: "Rute peringatan", en: "Alert routes"),
            detail: Text(
                id: "Siapa yang diberi tahu tentang temuan. Rahasia tidak pernah disebut; nomor orang disamarkan. Rute "
                    + "dibuat di halaman Pengaturan → Rute peringatan.",
                en: "Who is told about findings. Secrets are never told, people's numbers are masked. Routes are made "
                    + "on the page Settings → Alert routes."),
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("AlertRoutes"),
                    example: AlertExamples.routes)
            ]
        ) { [alerting] _, _ in
            let routes = try await alerting?.routes() ?? []
            var writer = JSONWriter(reservingBytes: 1024)
            writer.object { $0.member("routes", array: { list in routes.forEach { list.raw($0) } }) }
            return .json(writer)
        }
    }

    private var watchRules: Operation {
        Operation(
            .get, Self.rulesPath, access: .roles([.analyst, .admin]), group: .settings,
            summary: Text(id: "Aturan pemantauan", en: "Rules of the watch"),
            detail: Text(
                id: "Untuk tiap jenis temuan yang disaring: apakah dipantau, kepekaan, sampel dan perubahan paling "
                    + "sedikit, segmen, dan sampai kapan dibisukan. Yang tidak disebut tidak disaring.",
                en: "For each kind of finding that is narrowed: whether it is watched, sensitivity, least sample and "
                    + "change, segments, and until when it is muted. What is absent is not narrowed."),
            answers: [
                .json(
                    200, Text(id: "Aturannya", en: "The rules"), .reference("WatchRules"),
                    example: AlertExamples.rules)
            ]
        ) { [alerting] _, _ in try await Self.rules(alerting) }
    }

    private var setWatchRules: Operation {
        Operation(
            .put, Self.rulesPath, access: .roles([.admin]), group: .settings,
            summary: Text(id: "Atur pemantauan", en: "Set the rules of the watch"),
            detail: Text(
                id: "Menggantikan semua aturan; berlaku mulai pemeriksaan berikutnya.",
                en: "Replaces all rules; in force from the next look on."),
            body: Accepted(
                type: "application/json", schema: .reference("WatchRules"), example: AlertExamples.rules),
            answers: [
                .json(
                    200, Text(id: "Aturannya", en: "The rules"), .reference("WatchRules"),
                    example: AlertExamples.rules),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Ada isian yang tidak sah", en: "A value makes no sense")),
            ]
        ) { [alerting] request, _ in
            guard let alerting else {
                throw Failure(.unavailable, id: "Proses ini tidak memantau.", en: "This process does not watch.")
            }
            let body = try await request.bytes(upTo: 64 * 1024)
            try await alerting.setRules(try WatchRules(json: String(decoding: body, as: UTF8.self)))
            return try await Self.rules(alerting)
        }
    }

    private static func rules(_ source: AlertSource?) async throws -> Response {
        var writer = JSONWriter()
        writer.raw(try await source?.rules().json ?? "{}")
        return .json(writer)
    }
}

/// The named schemas of routes and rules.
enum AlertSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("AlertRoutes", .object([.required("routes", .array(.anyObject))])), ("WatchRules", .anyObject),
    ]
}

/// Examples in the documentation, as JSON texts. A test reads each of them.
enum AlertExamples {
    static let routes = #"""
        {"routes":[{"id":"slack-1f2e3d4c","name":"Tim operasi","on":true,"channel":{"type":"slack"},"has_secret":true,"language":"id","zone":"Asia/Jakarta","selection":{"kinds":[],"severity":"warning","segments":{}},"quiet_hours":{"from":"21:00","to":"07:00","weekdays":[1,2,3,4,5,6,7],"whole_days":[],"urgent_passes":true},"per_hour_max":12,"grouping_seconds":60,"repeat_seconds":86400,"tells_resolved":true,"digests":[{"period":"daily","at":"07:30"}]}]}
        """#
    static let rules = #"""
        {"cost_up":{"on":true,"sensitivity":"clear","sample_min":200,"change_min":0.2,"segments":{"template":["promo_11_11"]}},"improving":{"on":false}}
        """#
}
