import Analytics
import Catalogue
import Domain
import Hummingbird
import Ledgers
import Storage
import Web

/// One message's whole story: what happened and how long it took, what it cost, what it led to.
struct MessagePage {
    static let unknown = Problem(
        Failure(
            .notFound,
            id: "Pesan ini belum dikenal. Periksa ID-nya; pesan yang baru terkirim muncul dalam beberapa detik.",
            en: "This message is not known. Check the id; a message just sent appears within seconds."))

    let story: MessageStory
    let outcomes: [OutcomeRow]
    /// The conversation that it is part of.
    let conversation: String?
    let scope: Scope

    func render(_ frame: PageFrame) -> HTML {
        let title = Text(id: "Satu pesan", en: "One message")
        let back = scope.say("Pesan satu per satu", "Single messages")
        return frame.page(
            title: title, entry: Navigation.delivery, scope: scope, query: URLQuery(), scripts: [RevealButton.script],
            body: """
                <div class="head"><div><p class="kicker">\
                <a href="\(scope.filters.url(path: MessagesPage.path))">← \(back)</a></p>
                <h1>\(title(scope.language)) \(MessageStanding(story.measures).pill(scope))</h1>
                <p class="muted"><code>\(story.id.value)</code></p></div>\
                \(RevealButton(story.id.value, scope).html)</div>
                \(card("facts", scope.say("Ringkasnya", "In short"), facts))
                \(card("steps", scope.say("Yang terjadi", "What happened"), steps))
                \(errors)
                \(card("price", scope.say("Biayanya", "What it cost"), price))
                \(card("outcomes", scope.say("Hasil sesudahnya", "What it led to"), results))
                \(tags)
                """)
    }

    private func card(_ name: String, _ title: String, _ inside: HTML) -> HTML {
        """
        <section class="card" aria-labelledby="title-\(name)"><div class="card-head">\
        <h2 id="title-\(name)">\(title)</h2></div>
        \(inside)
        </section>

        """
    }

    // MARK: In short

    private var facts: HTML {
        let figures = [
            (scope.say("Dikirim", "Sent"), scope.figures.exactTime(story.cohortAt)),
            (scope.say("Sampai dalam", "Delivered in"), between("sent", "delivered")),
            (scope.say("Dibaca setelah", "Read after"), between("delivered", "read")),
        ].map { "<div><dt>\($0)</dt><dd class=\"long\">\($1)</dd></div>" as HTML }
        let shown: [Dimension] = [
            .template, .templateLanguage, .campaign, .variant, .useCase, .category, .messageType, .country,
            .phoneNumber, .senderKind, .agent, .team, .source,
        ]
        let traits = shown.compactMap { dimension -> HTML? in
            story.dimensions[dimension].map { value in
                let words = dimension.word(value, scope)
                let inside: HTML =
                    dimension == .template
                    ? "<a href=\"\(scope.url("/template", .template, value))\">\(words)</a>" : "\(words)"
                return "<li>\(dimension.name(scope.language)): <strong>\(inside)</strong></li>"
            }
        }
        let talk: HTML =
            conversation.map { id in
                let words = scope.say("Buka percakapannya", "Open its conversation")
                return "<p class=\"spaced\"><a href=\"\(ConversationPage.url(id))\">\(words) →</a></p>"
            } ?? ""
        return "<dl class=\"figures\">\(figures)</dl><ul class=\"traits\">\(traits)</ul>\(talk)"
    }

    private func between(_ first: String, _ second: String) -> String {
        // Meta leaves out "sent" now and then, and "delivered" when the chat is open.
        let start = first == "sent" ? story.cohortAt : story.steps.first { $0.name == first }?.at
        guard let start, let end = story.steps.first(where: { $0.name == second })?.at, end >= start else { return "–" }
        return scope.figures.duration(Double(end.microseconds(since: start)) / 1_000_000)
    }

    // MARK: Steps

    private var steps: HTML {
        guard !story.steps.isEmpty else {
            let words = scope.say("Meta belum mengirim status.", "Meta has sent no status yet.")
            return "<p class=\"muted\">\(words)</p>"
        }
        let items = story.steps.indices.map { index -> HTML in
            let step = story.steps[index]
            let tone: HTML
            switch step.name {
            case "failed", "rejected": tone = "bad"
            case "delivered", "read", "played", "replied", "tapped", "link_opened": tone = "good"
            default: tone = ""
            }
            let code: HTML =
                step.errorCode.map { code in
                    " <code>\(code)</code> \(ErrorCatalogue[code].title(scope.language))"
                } ?? ""
            return """
                <li class="\(tone)"><time datetime="\(RFC3339.format(step.at))">\(scope.figures.exactTime(step.at))</time>\
                <div><p><strong>\(Self.name(of: step.name, scope))</strong>\(code)</p>\(interval(before: index))</div></li>

                """
        }
        return "<ul class=\"timeline\">\(items)</ul>\(ending)"
    }

    /// How long it took from the step before, by name.
    private func interval(before index: Int) -> HTML {
        guard index > 0 else { return "" }
        let (last, step) = (story.steps[index - 1], story.steps[index])
        let length = scope.figures.duration(Double(step.at.microseconds(since: last.at)) / 1_000_000)
        let name = Self.name(of: last.name, scope).lowercased()
        return """
            <p class="beside">\(scope.say("\(length) setelah \(name)", "\(length) after \(name)"))</p>
            """
    }

    private var ending: HTML {
        if story.measures.contains(.expired) {
            return sentence(
                "Tidak ada kabar lagi sampai masa berlakunya habis: Meta membuangnya tanpa memberi tahu.",
                "No further word until its time to live was over: Meta dropped it without telling.")
        }
        if story.measures.contains(.pending) {
            return sentence(
                "Belum sampai: ponselnya mati atau tidak daring. Meta masih mencoba sampai masa berlakunya habis.",
                "Not delivered yet: the phone is off or offline. Meta keeps trying until its time to live is over.")
        }
        return ""
    }

    private func sentence(_ id: String, _ en: String) -> HTML { "<p class=\"muted spaced\">\(scope.say(id, en))</p>" }

    static func name(of step: String, _ scope: Scope) -> String {
        switch step {
        case "accepted": scope.say("Diterima Meta", "Accepted by Meta")
        case "rejected": scope.say("Ditolak Meta", "Rejected by Meta")
        case "sent": scope.say("Dikirim", "Sent")
        case "delivered": scope.say("Sampai di ponsel", "Delivered to the phone")
        case "read": scope.say("Dibaca", "Read")
        case "played": scope.say("Diputar", "Played")
        case "failed": scope.say("Gagal", "Failed")
        case "replied": scope.say("Dibalas", "Replied to")
        case "tapped": scope.say("Tombolnya ditekan", "A button was tapped")
        case "link_opened": scope.say("Tautannya dibuka", "Its link was opened")
        case "expired": scope.say("Kedaluwarsa", "Expired")
        case let word where word.hasPrefix("echoed:"):
            scope.say("Ditulis di aplikasi WhatsApp Business", "Written in the WhatsApp Business app")
        default: step
        }
    }

    // MARK: Errors

    private var errors: HTML {
        var seen: Set<Int> = []
        var codes = story.steps.compactMap(\.errorCode).filter { seen.insert($0).inserted }
        if codes.isEmpty, let code = story.dimensions[.errorCode].flatMap({ Int($0) }) { codes = [code] }
        guard !codes.isEmpty else { return "" }
        let parts = codes.map { code -> HTML in
            let error = ErrorCatalogue[code]
            return """
                <h3>\(error.title(scope.language)) <code>\(code)</code> \(error.outlook.pill(scope))</h3>
                <p class="muted">\(error.cause(scope.language))</p>
                <p>\(error.remedy(scope.language)) <span class="muted">\(scope.say("Penanggung jawab", "Who acts")): \
                \(error.owner.name(scope.language))</span></p>
                """
        }
        return card("errors", scope.say("Mengapa gagal", "Why it failed"), "\(parts)")
    }

    // MARK: Price

    private var price: HTML {
        guard let charge = story.charge else {
            return sentence("Belum sampai, jadi tidak ditagih.", "Not delivered, and so not charged.")
        }
        var rows: [(String, String)] = [
            (
                scope.say("Biaya", "Cost"),
                charge.amount.map { scope.figures.money($0) } ?? scope.say("tarifnya tidak diketahui", "price unknown")
            )
        ]
        if let category = story.pricing?.category ?? story.dimensions[.category] {
            rows.append((scope.say("Ditagih sebagai", "Priced as"), Dimension.category.word(category, scope)))
        }
        let own: [(Dimension, String)] = [
            (.pricingType, charge.dimensions[.pricingType] ?? ""), (.market, charge.dimensions[.market] ?? ""),
        ]
        rows += own.filter { !$0.1.isEmpty }.map { ($0.0.name(scope.language), $0.0.word($0.1, scope)) }
        if let raised = charge.raised, raised.micros != 0 {
            rows.append(
                (scope.say("Karena kategori dinaikkan", "Because the category was raised"), scope.figures.money(raised))
            )
        }
        if let reason = charge.dimensions[.wasteReason] {
            let words = WasteReason(rawValue: reason)?.name(scope.language) ?? reason
            rows.append((scope.say("Terbuang", "Wasted"), words))
        }
        return "<ul class=\"traits\">\(rows.map { "<li>\($0): <strong>\($1)</strong></li>" as HTML })</ul>"
    }

    // MARK: Outcomes

    private var results: HTML {
        guard !outcomes.isEmpty else {
            return sentence(
                "Tidak ada hasil yang diatribusikan kepada pesan ini.", "No outcome is credited to this message.")
        }
        let heads = [
            scope.say("Hasil", "Outcome"), scope.say("Kapan", "When"), scope.say("Nilai", "Value"),
            scope.say("Bagiannya", "Its share"),
        ]
        let rows = outcomes.map { row -> HTML in
            let shares = row.credits.filter { $0.message == story.id }.compactMap { $0.shares[.standard] }
            let share = shares.reduce(Int64(0), &+)
            let after = scope.figures.duration(Double(max(0, row.at.microseconds(since: story.cohortAt))) / 1_000_000)
            return """
                <tr><th scope="row">\(KindNames.name(row.kind, scope.language))<span class="interval">\(row.source) · \
                \(row.id)</span></th><td data-label="\(heads[1])"><div>\(scope.figures.time(row.at))\
                <span class="interval">\(scope.say("\(after) setelah dikirim", "\(after) after the send"))</span></div></td>\
                <td class="number" data-label="\(heads[2])">\(scope.figures.money(row.value))</td>\
                <td class="number" data-label="\(heads[3])">\(scope.figures.percent(Double(share) / 1_000_000))</td></tr>

                """
        }
        let note = scope.say(
            "Bagian menurut model sentuhan terakhir.", "Share by the model of the last touch.")
        return """
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            <th scope="col">\(heads[1])</th><th scope="col" class="number">\(heads[2])</th>\
            <th scope="col" class="number">\(heads[3])</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <p class="muted small">\(note)</p>
            """
    }

    private var tags: HTML {
        guard !story.tags.isEmpty else { return "" }
        let items = story.tags.sorted { $0.key < $1.key }.map {
            "<li>\($0.key): <strong>\($0.value)</strong></li>" as HTML
        }
        return card(
            "tags", scope.say("Tanda dari pengirim", "Tags of the sender"), "<ul class=\"traits\">\(items)</ul>")
    }
}

extension Pages {
    func addMessage(to routes: Routes) {
        let prefix = MessagesPage.path + "/"
        routes.add(.get, prefix + "**", access: .page(.conversations)) { request, context in
            let id = MessageID(PercentCoding.decode(request.uri.path.utf8.dropFirst(prefix.utf8.count)))
            let scope = try await scope(request, context, path: MessagesPage.url(id))
            guard !id.value.isEmpty, let story = try await scope.store.message(id) else { throw MessagePage.unknown }
            try await note(.openedMessage, context, subject: id.value)
            async let outcomes = scope.store.outcomes(creditedTo: id)
            async let conversation = scope.store.conversation(id.value)
            let page = MessagePage(
                story: story, outcomes: try await outcomes, conversation: try await conversation?.id, scope: scope)
            return .html(page.render(frame))
        }
    }
}
