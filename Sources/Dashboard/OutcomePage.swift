import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// One outcome: what came before it, and how each model shares the credit out.
struct OutcomePage {
    static let path = "/outcome"
    static let unknown = Problem(
        Failure(
            .notFound, id: "Hasil ini tidak dikenal. Daftarnya ada di halaman Hasil.",
            en: "This outcome is not known. They are listed on the page Outcomes."))

    let row: OutcomeRow
    let scope: Scope

    /// Its address. An id is whatever the system of the business calls it.
    static func url(_ row: OutcomeRow, _ scope: Scope) -> String {
        scope.filters.query.setting("in", to: row.source).setting("id", to: row.id).url(path: path)
    }

    var title: Text { Text(id: "Hasil \(row.id)", en: "Outcome \(row.id)") }

    var body: HTML {
        let back = scope.say("Semua hasil", "All outcomes")
        return """
            <div class="head"><div><p class="kicker"><a href="\(scope.url(Navigation.outcomes.path))">\(back)</a></p>
            <h1>\(row.id)</h1><p class="muted">\(row.source)</p></div></div>
            <section class="card full"><dl class="figures">\(facts)</dl>\(conversation)</section>
            <section class="card full"><div \
            class="card-head"><h2>\(scope.say("Siapa yang berjasa", "Who gets the credit"))</h2>
            </div>\(credits)</section>
            """
    }

    private var facts: [HTML] {
        let standing =
            switch row.standing {
            case .confirmed: scope.say("terkonfirmasi", "confirmed")
            case .pending: scope.say("menunggu", "pending")
            case .failed: scope.say("gagal", "failed")
            case .cancelled: scope.say("dibatalkan", "cancelled")
            }
        var facts = [
            (scope.say("Jenis", "Kind"), KindNames.name(row.kind, scope.language)),
            (scope.say("Keadaan", "Standing"), standing), (scope.say("Waktu", "Time"), scope.figures.time(row.at)),
            (scope.say("Nilai bersih", "Net value"), scope.figures.money(row.value)),
        ]
        if let refunded = row.refunded, refunded.micros != 0 {
            facts.append((scope.say("Dikembalikan", "Refunded"), scope.figures.money(refunded)))
        }
        return facts.map { "<div><dt>\($0.0)</dt><dd class=\"long\">\($0.1)</dd></div>" as HTML }
    }

    private var conversation: HTML {
        guard let id = row.conversation, scope.viewer.may(.conversations) else { return "" }
        let words = scope.say("Buka percakapannya", "Open the conversation")
        return "<p class=\"spaced\"><a href=\"\(ConversationPage.path)\(PercentCoding.encode(id))\">\(words)</a></p>"
    }

    private var credits: HTML {
        guard row.isMatched else {
            return scope.sentence(
                "Belum diketahui milik siapa, jadi belum ada yang mendapat kredit. Dicocokkan sendiri begitu nomor, "
                    + "ID, "
                    + "atau tautannya muncul.",
                "It is not known whose it is, so nobody gets credit yet. It is matched by itself once the number, id "
                    + "or "
                    + "link appears.")
        }
        guard !row.credits.isEmpty else {
            return scope.sentence(
                "Tidak ada sentuhan di WhatsApp dalam rentang mundurnya.",
                "There was no touch on WhatsApp within its look-back.")
        }
        let heads = AttributionModel.allCases.map { $0.name(scope.language) }
        return """
            <div class="table"><table class="stack three"><thead><tr><th \
            scope="col">\(scope.say("Sentuhan", "Touch"))</th>\
            \(heads.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(row.credits.map { credit($0, heads) })</tbody></table></div>
            """
    }

    private func credit(_ credit: CreditRow, _ heads: [String]) -> HTML {
        let cells = zip(AttributionModel.allCases, heads).map { model, head -> HTML in
            let share = Double(credit.shares[model] ?? 0) / 1_000_000
            return "<td class=\"number\" data-label=\"\(head)\">\(scope.figures.percent(share))</td>"
        }
        let named = [credit.dimensions[.campaign], credit.dimensions[.template], credit.dimensions[.agent]]
            .compactMap { $0 }.joined(separator: " · ")
        let touch = Dimension.touch.word(credit.touch.rawValue, scope)
        let link: HTML =
            credit.message.flatMap { message in
                guard scope.viewer.may(.conversations) else { return nil }
                return "<a href=\"/messages/\(PercentCoding.encode(message.value))\">\(touch)</a>"
            } ?? "\(touch)"
        return """
            <tr><th scope="row">\(link)<span class="interval">\(named)</span>\
            <span class="interval">\(scope.figures.time(credit.at))</span></th>\(cells)</tr>

            """
    }
}

extension Pages {
    func addOutcome(to routes: Routes) {
        routes.add(.get, OutcomePage.path, access: .page(.conversations)) { request, context in
            let query = request.urlQuery
            guard let source = query["in"], let id = query["id"],
                let row = try await data(request, context).store.outcome(source: source, id: id)
            else { throw OutcomePage.unknown }
            let page = OutcomePage(row: row, scope: try await scope(request, context, path: OutcomePage.path))
            return .html(
                frame.page(
                    title: page.title, entry: Navigation.outcomes, scope: page.scope,
                    query: page.scope.filters.query.setting("in", to: source).setting("id", to: id), body: page.body))
        }
    }
}
