import Alerts
import Domain
import HTTPTypes
import Hummingbird
import Web

/// What the “mute” link of a message opens. Mail scanners open links by themselves, so that opening it only asks.
extension Pages {
    func addMute(to routes: Routes) {
        routes.add(.get, AlertLinks.mutePath, access: .open) { request, context in
            try await mutePage(request, context, token: request.urlQuery["token"] ?? "")
        }
        // The token is the permission: whoever got the message may silence what it is about.
        routes.add(.post, AlertLinks.mutePath, access: .open) { request, context in
            try FormCheck.requireOwnSite(request)
            let token = try await OwnForm.read(request, context)["token"] ?? ""
            guard let alerts else { throw Problem.pathUnknown }
            try await alerts.mute(try await alerts.muteCommand(token), by: nil)
            return try await mutePage(request, context, token: token, isDone: true)
        }
    }

    private func mutePage(
        _ request: Request, _ context: WebContext, token: String, isDone: Bool = false
    ) async throws -> Response {
        guard let alerts else { throw Problem.pathUnknown }
        let language = context.language
        let say = { (id: String, en: String) in Text(id: id, en: en)(language) }
        let command = try await alerts.muteCommand(token)
        let subject = try await alerts.subject(of: command)?(language)
        let hours = command.hours
        let title = Text(id: "Bisukan peringatan", en: "Mute an alert")
        let body: HTML
        switch (subject, isDone) {
        case (let subject, true):
            body = """
                <p role="status">\(say(
                    "Dibisukan \(hours) jam. Temuannya tetap diperbarui di Pantau.",
                    "Muted for \(hours) hours. The finding goes on being updated in Pantau."))</p>
                \(subject.map { "<p><strong>\($0)</strong></p>" as HTML })
                """
        case (nil, false):
            body = """
                <p>\(say(
                    "Temuan ini sudah selesai, jadi tidak ada yang perlu dibisukan.",
                    "This finding is over, so there is nothing to mute."))</p>
                """
        case (let subject?, false):
            body = """
                <p>\(say("Tidak diingatkan selama \(hours) jam tentang:", "No reminders for \(hours) hours about:"))</p>
                <p><strong>\(subject)</strong></p>
                <form method="post" action="\(AlertLinks.mutePath)">\
                <input type="hidden" name="token" value="\(token)">\
                <button type="submit" class="primary">\(say("Bisukan \(hours) jam", "Mute for \(hours) hours"))\
                </button></form>
                """
        }
        let page = Page(
            title: title, language: language, path: AlertLinks.mutePath,
            query: request.urlQuery.setting("lang", to: nil),
            foot: "<span>Pantau \(version)</span>",
            body: """
                <section class="card notice"><h1>\(title(language))</h1>
                \(body)</section>

                """)
        return .html(page.render())
    }
}
