import Catalogue
import Domain
import Storage
import Web

/// Service targets: one list, in its order.
struct TargetSettings {
    let desk: SettingsDesk
    let targets: [ServiceTarget]
    let teams: [String]
    let numbers: [String]
    let priorities: [String]

    static func load(_ desk: SettingsDesk) async throws -> TargetSettings {
        TargetSettings(
            desk: desk, targets: try await desk.store.serviceSettings().targets, teams: await desk.values(.team),
            numbers: await desk.values(.phoneNumber), priorities: await desk.values(.priority))
    }

    var html: HTML {
        let rule = desk.say(
            "Dari target yang cocok, yang syaratnya paling banyak yang berlaku; bila sama banyak, yang lebih atas. "
                + "Isian "
                + "kosong berarti semua.",
            "Of the targets that fit, the one with the most conditions counts; of equals, the one higher up. An empty "
                + "field means any.")
        let form = SettingsForm(
            id: "targets", send: "/api/v1/service-targets", desk: desk,
            fields: """
                <p class="muted small">\(rule)</p>
                \(Control.rows(
                    "service_targets", targets.map(row), blank: row(ServiceTarget(responder: .human, seconds: 900)),
                    add: desk.say("Tambah target", "Add a target"),
                    none: desk.say(
                        "Belum ada target. Mulai dengan satu untuk semua: dijawab orang dalam 15 menit.",
                        "No targets yet. Begin with one for all: answered by a person within 15 minutes."),
                    isOrdered: true, desk))
                """)
        return """
            \(form.html)\(Control.offers("teams", teams))\(Control.offers("numbers", numbers))\
            \(Control.offers("priorities", priorities))
            \(Control.elsewhere(desk, api: "GET | PUT /api/v1/service-targets", command: "pantau targets list | set"))
            """
    }

    private func row(_ target: ServiceTarget) -> HTML {
        let any = desk.say("siapa pun", "anybody")
        let all = desk.say("semua", "any")
        let responders = [
            Control.Choice("", any), .init("human", desk.say("orang", "a person")), .init("bot", "bot"),
            .init("unknown", desk.say("tidak diketahui", "not known")),
        ]
        let clocks = [
            Control.Choice("elapsed", desk.say("setiap detik", "every second")),
            .init("business", desk.say("hanya jam kerja", "open hours only")),
        ]
        return """
            <div class="grid six">\
            \(Control.length(
                "within", desk.say("Dijawab dalam", "Answered within"), seconds: target.seconds,
                units: [.second, .minute, .hour, .day], desk))\
            \(Control.select("clock", desk.say("Yang dihitung", "What counts"), target.clock.rawValue, clocks))\
            \(Control.select("responder", desk.say("Oleh", "By"), target.responder?.rawValue ?? "", responders))\
            \(Control.text("team", desk.say("Tim", "Team"), target.team ?? "", example: all, values: "teams"))\
            \(Control.text(
                "phone_number", desk.say("Nomor bisnis (ID)", "Business number (id)"), target.phoneNumber?.value ?? "",
                example: all, values: "numbers"))\
            \(Control.text(
                "priority", desk.say("Prioritas", "Priority"), target.priority ?? "", example: all,
                values: "priorities"))</div>
            """
    }
}
