import Analytics
import Domain
import Web

/// Which of Meta's fields are subscribed to, as far as can be told from what came.
struct HealthFieldsCard: Card {
    let name = "health_fields"
    let title = Text(id: "Langganan webhook Meta", en: "Subscriptions of Meta's webhook")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> [WebhookFieldHealth] { try await scope.health().fields }

    func lead(_ fields: [WebhookFieldHealth], _ scope: Scope) -> HTML {
        guard fields.contains(where: { $0.changes > 0 }) else { return "" }
        if fields.contains(where: { $0.need == .required && !$0.isRecent }) {
            return scope.pill(.bad, scope.say("`messages` tidak datang", "`messages` does not come"))
        }
        let never = fields.count { $0.need == .useful && $0.changes == 0 }
        guard never > 0 else { return scope.pill(.good, scope.say("Lengkap", "Complete")) }
        let count = scope.figures.integer(never)
        return scope.pill(.quiet, scope.say("\(count) belum pernah datang", "\(count) never came"))
    }

    func view(_ fields: [WebhookFieldHealth], _ scope: Scope) -> HTML {
        let heads = [
            scope.say("Bidang", "Field"), scope.say("30 hari terakhir", "Last 30 days"),
            scope.say("Terakhir", "Latest"), scope.say("Untuk apa", "What for"),
        ]
        let rows = fields.map { field -> [HTML] in
            [
                "<code class=\"whole\">\(field.field)</code>", state(field, scope),
                field.lastAt.map(scope.since) ?? "–",
                "<span class=\"remedy\">\(field.purpose?(scope.language) ?? other(scope))</span>",
            ]
        }
        return HealthTable.html(heads, numeric: [2], rows)
            + """
            <p class="muted small spaced">\(scope.say(
            "Centang bidang di dasbor aplikasi Meta: WhatsApp → Configuration → Webhook fields. Sebagian hanya datang "
                + "bila ada kejadian, jadi “belum pernah” belum tentu berarti lupa dicentang.",
            "Tick fields in Meta's app dashboard: WhatsApp → Configuration → Webhook fields. Some come only when "
                + "something happens, so “never” need not mean that the tick is missing."))</p>
            """
    }

    private func other(_ scope: Scope) -> String {
        scope.say("Disimpan; tidak ada angka yang bergantung padanya.", "Kept; no number rests on it.")
    }

    private func state(_ field: WebhookFieldHealth, _ scope: Scope) -> HTML {
        if field.isRecent { return scope.pill(.good, scope.say("Datang", "Came")) }
        if field.need == .required { return scope.pill(.bad, scope.say("Tidak ada", "None")) }
        if field.changes > 0 { return scope.pill(.quiet, scope.say("Tidak ada", "None")) }
        return field.isRare
            ? scope.pill(.quiet, scope.say("Belum pernah (memang jarang)", "Never (seldom comes)"))
            : scope.pill(.warn, scope.say("Belum pernah", "Never"))
    }

    func exports(_ fields: [WebhookFieldHealth], _ scope: Scope) -> [Export] {
        [
            HealthTable.export(
                ["field", "need", "seen_in_30_days", "changes", "last_at"],
                fields.map { field in
                    [
                        .words(field.field), .words(field.need.rawValue), .words(field.isRecent ? "true" : "false"),
                        .whole(field.changes), .time(field.lastAt),
                    ]
                })
        ]
    }
}
