import Catalogue
import Domain
import Hummingbird
import Ledgers
import Storage
import Web

/// One conversation's whole story: what happened, and whom everybody waited for in between.
struct ConversationPage {
    static let path = "/conversations/"
    static func url(_ id: String) -> String { path + PercentCoding.encode(id) }

    static let unknown = Problem(
        Failure(
            .notFound,
            id: "Percakapan ini tidak dikenal. Buka dari daftar di halaman Layanan, atau pakai ID pesan (wamid.…) di "
                + "dalamnya.",
            en: "This conversation is not known. Open it from a list of the page Service, or use the id of a message "
                + "(wamid.…) in it."))

    let story: ConversationStory
    let scope: Scope
    /// Of the request: whence the reader came.
    let asked: URLQuery

    /// Beyond this many steps the middle is left out: nobody reads it, and a page stays a page.
    static let stepsMax = 400

    func render(_ frame: PageFrame) -> HTML {
        let title = Text(id: "Percakapan", en: "Conversation")
        let back = Board.at(asked["back"] ?? "") ?? .service
        return frame.page(
            title: title, entry: Navigation.service, scope: scope, query: asked.setting("lang", to: nil),
            scripts: [RevealButton.script],
            body: """
                <div class="head"><div><p class="kicker"><a href="\(scope.url(back.path))">← \(back.title(scope.language))</a></p>
                <h1>\(title(scope.language))</h1>
                <p class="muted"><code>\(story.id)</code> · \(state)</p></div>\(RevealButton(story.id, scope).html)</div>
                \(card("facts", scope.say("Ringkasnya", "In short"), figures))
                \(card("waiting", scope.say("Siapa yang ditunggu", "Whom it was waiting for"), bars))
                \(card("waits", scope.say("Penantian pelanggan", "The customer's waits"), waits))
                \(card("results", scope.say("Hasil dan biaya", "Outcomes and cost"), results))
                \(card("steps", scope.say("Yang terjadi", "What happened"), steps))
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

    private var bars: HTML { StoryBars(story.story.intervals, scope).html }

    private var state: String {
        let fact = story.conversation
        if fact.resolvedAt != nil, !fact.isReopened { return scope.say("diselesaikan", "resolved") }
        return fact.isOver ? scope.say("sudah sunyi", "gone silent") : scope.say("masih berjalan", "still going on")
    }

    private var figures: HTML {
        let (fact, figures) = (story.conversation, scope.figures)
        let inbound = fact.activity.reduce(Int64(0)) { $0 &+ $1.inbound }
        let outbound = fact.activity.reduce(Int64(0)) { $0 &+ $1.outbound }
        var entries: [(name: String, value: String, beside: HTML)] = [
            (scope.say("Dimulai", "Began"), figures.exactTime(fact.startedAt), ""),
            (scope.say("Pesan masuk", "Messages in"), figures.integer(inbound), ""),
            (scope.say("Pesan keluar", "Messages out"), figures.integer(outbound), ""),
        ]
        if let at = fact.resolvedAt {
            let length = figures.duration(Double(at.microseconds(since: fact.startedAt)) / 1_000_000)
            entries.append((scope.say("Selesai setelah", "Resolved after"), length, "\(figures.exactTime(at))"))
        }
        if let rating = fact.rating {
            entries.append((scope.say("Penilaian", "Rating"), "\(figures.integer(rating)) / 5", ""))
        }
        let html = entries.map { Figure(name: $0.name, about: "", value: $0.value, beside: $0.beside) }.html
        let values = zip(Dimension.stored(.conversation), fact.dimensions).compactMap { dimension, value -> HTML? in
            value.map { value in
                let words = dimension.word(value)?(scope.language) ?? value
                return "<li>\(dimension.name(scope.language)): <strong>\(words)</strong></li>"
            }
        }
        return html + "<ul class=\"traits\">\(values)</ul>"
    }

    // MARK: Waits

    private var waits: HTML {
        guard !story.waits.isEmpty else {
            let words = scope.say("Pelanggan tidak menunggu jawaban.", "The customer waited for no answer.")
            return "<p class=\"muted\">\(words)</p>"
        }
        let heads = [
            scope.say("Mulai", "Began"), scope.say("Lamanya", "How long"), scope.say("Dijawab oleh", "Answered by"),
            scope.say("Pesan", "Messages"), scope.say("Target", "Target"),
        ]
        return """
            <div class="table"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(story.waits.prefix(Self.stepsMax).map { row($0, heads) })</tbody></table></div>
            """
    }

    private func row(_ wait: WaitFact, _ heads: [String]) -> HTML {
        let figures = scope.figures
        let (length, answer) = ending(of: wait)
        let business: HTML =
            wait.businessMicroseconds.map { micros in
                let open = figures.duration(Double(micros) / 1_000_000)
                return "<span class=\"interval\">\(scope.say("jam buka: \(open)", "open hours: \(open)"))</span>"
            } ?? ""
        return """
            <tr><th scope="row">\(figures.exactTime(wait.startedAt))</th>\
            <td data-label="\(heads[1])"><div><strong>\(length)</strong>\(business)</div></td>\
            <td data-label="\(heads[2])">\(answer)</td>\
            <td data-label="\(heads[3])">\(figures.integer(wait.repeats.count + 1))</td>\
            <td data-label="\(heads[4])">\(target(of: wait))</td></tr>

            """
    }

    private func ending(of wait: WaitFact) -> (length: String, answer: String) {
        let until: Instant
        let answer: String
        switch wait.ending {
        case .answered(let at): (until, answer) = (at, wait.responder.name(scope.language))
        case .abandoned(let at): (until, answer) = (at, scope.say("tidak pernah", "nobody, ever"))
        case .open: (until, answer) = (scope.now, scope.say("belum ada", "nobody yet"))
        }
        let seconds = Double(max(0, until.microseconds(since: wait.startedAt))) / 1_000_000
        return (scope.figures.duration(seconds), answer)
    }

    private func target(of wait: WaitFact) -> HTML {
        switch wait.target {
        case .none: "–"
        case .due(let at): "<span class=\"pill quiet\">\(scope.say("sampai", "by")) \(scope.figures.time(at))</span>"
        case .met: "<span class=\"pill good\">\(scope.say("terpenuhi", "met"))</span>"
        case .missed: "<span class=\"pill bad\">\(scope.say("lewat", "missed"))</span>"
        }
    }

    // MARK: Results

    private var results: HTML { outcomes + costs }

    private var outcomes: HTML {
        guard !story.outcomes.isEmpty else {
            let words = scope.say(
                "Belum ada hasil dari pelanggan ini dalam 7 hari sejak percakapan dimulai.",
                "No outcome of this customer came within 7 days of the conversation's start.")
            return "<p class=\"muted\">\(words)</p>"
        }
        let heads = [
            scope.say("Hasil", "Outcome"), scope.say("Waktu", "When"), scope.say("Nilai", "Value"),
            scope.say("Sumber", "Source"), "ID",
        ]
        let rows = story.outcomes.map { outcome -> HTML in
            let value = outcome.value.map { scope.figures.money($0) } ?? "–"
            return """
                <tr><th scope="row">\(KindNames.name(outcome.kind, scope.language))</th>\
                <td data-label="\(heads[1])">\(scope.figures.exactTime(outcome.at))</td>\
                <td class="number" data-label="\(heads[2])">\(value)</td>\
                <td data-label="\(heads[3])">\(outcome.source)</td><td data-label="ID"><code>\(outcome.id)</code></td></tr>

                """
        }
        return """
            <div class="table"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// What Meta charged for its messages, by currency.
    private var costs: HTML {
        let charges = story.messages.values.compactMap(\.charge)
        guard !charges.isEmpty else { return "" }
        var sums: [String: Int64] = [:]
        for amount in charges.compactMap(\.amount) { sums[amount.currency, default: 0] += amount.micros }
        let unknown = charges.filter { $0.amount == nil }.count
        let amounts = sums.sorted { $0.key < $1.key }.map { scope.figures.money(Money(micros: $1, currency: $0)) }
        let words = amounts.isEmpty ? "–" : amounts.joined(separator: " + ")
        let count = scope.figures.integer(charges.count)
        let beside = scope.say("untuk \(count) pesan terkirim", "for \(count) delivered messages")
        let missing = scope.say("\(unknown) pesan belum diketahui harganya.", "The price of \(unknown) is not known.")
        let gap: HTML =
            unknown == 0
            ? ""
            : "<p class=\"muted small\">\(missing)</p>"
        return [
            Figure(
                name: scope.say("Biaya pesan", "Cost of messages"), about: "", value: words, beside: "\(beside)")
        ].html + gap
    }

    private func link(to message: ConversationMessage) -> HTML {
        let url = "/messages/" + PercentCoding.encode(message.id.value)
        let amount = message.charge?.amount.map { " · \(scope.figures.money($0))" } ?? ""
        return """
            <a class="small" href="\(url)">\(scope.say("lihat pesan", "see message"))</a>\
            <span class="muted">\(amount)</span>
            """
    }

    // MARK: Steps

    private var steps: HTML {
        let all = story.story.steps
        guard all.count > Self.stepsMax else { return "<ol class=\"story\">\(all.map(step))</ol>" }
        let half = Self.stepsMax / 2
        let hidden = scope.figures.integer(all.count - 2 * half)
        let gap = scope.say(
            "\(hidden) kejadian di tengah tidak ditampilkan", "\(hidden) events in between are not shown")
        return """
            <ol class="story">\(all.prefix(half).map(step))<li class="muted">\(gap)</li>\
            \(all.suffix(half).map(step))</ol>
            """
    }

    private func step(_ step: ServiceStory.Step) -> HTML {
        let details = [step.by?.name(scope.language), step.agent, step.team, step.detail].compactMap { $0 }
        let beside: HTML =
            details.isEmpty ? "" : " <span class=\"muted\">\(details.joined(separator: " · "))</span>"
        let side: HTML
        switch step.what {
        case .customerMessage, .customerSignal, .rated, .stopped, .resumed: side = "customer"
        case .reply, .template: side = "business"
        default: side = "desk"
        }
        let message: HTML = story.messages[step.key].map { " \(link(to: $0))" } ?? ""
        return """
            <li class="\(side)"><time datetime="\(RFC3339.format(step.at))">\(scope.figures.exactTime(step.at))</time>\
            <span>\(step.name(scope.language))\(beside)\(message)</span></li>

            """
    }
}

extension Dimension {
    /// What a value of Pantau's own means; nil for the words of others.
    fileprivate func word(_ value: String) -> Text? {
        switch (self, value) {
        case (.openedBy, "customer"): Text(id: "pelanggan", en: "the customer")
        case (.openedBy, "business"): Text(id: "bisnis", en: "the business")
        case (.handledBy, "both"): Text(id: "bot dan orang", en: "bot and people")
        case (.handledBy, "none"): Text(id: "belum ada", en: "nobody yet")
        case (.handledBy, _), (.responder, _): Responder(rawValue: value)?.name
        case (.entry, "organic"): Text(id: "datang sendiri", en: "on their own")
        case (.entry, "ad"): Text(id: "iklan", en: "an ad")
        case (.entry, "template_reply"): Text(id: "balasan templat", en: "reply to a template")
        case (.entry, "link"): Text(id: "tautan", en: "a link")
        default: nil
        }
    }
}

extension SenderKind {
    /// Who wrote or did it.
    fileprivate var name: Text {
        switch self {
        case .bot: Text(id: "bot", en: "bot")
        case .human: Text(id: "orang", en: "person")
        case .system: Text(id: "otomatis", en: "automatic")
        case .unknown: Text(id: "pengirim tidak diketahui", en: "unknown sender")
        }
    }
}

extension Pages {
    func addConversation(to routes: Routes) {
        routes.add(.get, ConversationPage.path + "**", access: .page(.conversations)) { request, context in
            let id = PercentCoding.decode(request.uri.path.utf8.dropFirst(ConversationPage.path.utf8.count))
            let scope = try await scope(request, context, path: ConversationPage.url(id))
            guard !id.isEmpty, let story = try await scope.store.conversation(id) else {
                throw ConversationPage.unknown
            }
            try await note(.openedConversation, context, subject: story.id)
            return .html(ConversationPage(story: story, scope: scope, asked: request.urlQuery).render(frame))
        }
    }
}
