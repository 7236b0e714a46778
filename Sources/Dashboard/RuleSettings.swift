import Catalogue
import Domain
import Storage
import Web

/// Which happenings in the chat are outcomes.
struct RuleSettings {
    let desk: SettingsDesk
    let rules: [OutcomeRule]
    let kinds: [String]

    static func load(_ desk: SettingsDesk) async throws -> RuleSettings {
        let known = [OutcomeKind.lead, OutcomeKind.booking, OutcomeKind.order, OutcomeKind.click]
        let used = await desk.values(.kind)
        return RuleSettings(
            desk: desk, rules: try await desk.store.outcomeSettings().rules,
            kinds: used + known.filter { !used.contains($0) })
    }

    var html: HTML {
        let form = SettingsForm(
            id: "rules", send: "/api/v1/outcome-settings", desk: desk,
            fields: """
                \(Control.rows(
                    "outcome_rules", rules.map(row),
                    blank: row(OutcomeRule(trigger: .tap(payloadPrefix: ""), kind: "")),
                    add: desk.say("Tambah aturan", "Add a rule"),
                    none: desk.say(
                        "Tanpa aturan, tidak ada kejadian di obrolan yang menjadi hasil.",
                        "Without rules, nothing in the chat is an outcome."), desk))
                """)
        return """
            \(form.html)\(Control.offers("kinds", kinds))
            \(Control.offers("automatic", ["LeadSubmitted", "Purchase"]))
            \(Control.elsewhere(
                desk, api: "GET | PUT /api/v1/outcome-settings (outcome_rules)",
                command: "pantau outcome-rules show | set"))
            """
    }

    private var triggers: [Control.Choice] {
        [
            .init(
                "button", desk.say("Tombol ditekan, payload diawali", "Button tapped, payload begins with"),
                example: "BOOK"),
            .init(
                "flow", desk.say("Flow selesai, flow_token diawali", "Flow completed, flow_token begins with"),
                example: desk.say("kosong: semua flow", "empty: any flow")),
            .init("order", desk.say("Pesanan dari katalog", "Order from the catalogue"), isBare: true),
            .init(
                "automatic", desk.say("Kejadian otomatis Meta", "Automatic event of Meta's"), example: "LeadSubmitted",
                values: "automatic"),
        ]
    }

    private func row(_ rule: OutcomeRule) -> HTML {
        let (key, value): (String, String) =
            switch rule.trigger {
            case .flow(let prefix): ("flow", prefix ?? "")
            case .tap(let prefix): ("button", prefix)
            case .order: ("order", "")
            case .automatic(let name): ("automatic", name)
            }
        return """
            <div class="grid">\
            \(Control.pick("when", desk.say("Bila", "When"), triggers, chosen: key, value: value))\
            \(Control.text(
                "kind", desk.say("menjadi hasil berjenis", "it is an outcome of kind"), rule.kind, example: "lead",
                values: "kinds"))\
            \(Control.text(
                "value", desk.say("senilai (bila kejadiannya tanpa nilai)", "worth (when it has no value itself)"),
                rule.value?.decimal ?? "", example: "50000"))\
            \(Control.text(
                "currency", desk.say("Mata uang", "Currency"), rule.value?.currency ?? "",
                example: desk.workspace.currency))</div>
            """
    }
}
