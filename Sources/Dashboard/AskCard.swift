import Analytics
import Catalogue
import Domain
import Insights
import Web

extension Board {
    /// A question in words, or one put together from its parts.
    static let ask = Board(
        Navigation.ask,
        about: Text(
            id: "Tulis pertanyaan dengan kalimat biasa. Dibaca di server ini saja, dan artinya selalu diperlihatkan.",
            en: "Put a question in plain words. It is read on this server only, and what it means is always shown."),
        dimensions: [], cards: [AskCard()], hasFilters: false)
}

/// What is the answer to this question?
struct AskCard: Card {
    struct Model: Sendable {
        /// Nil when the question was put together from its parts, or none was asked.
        var reading: QuestionReading?
        var query: Query?
        var answer: Answer?
        var failure: Failure?
    }
    let name = "ask"
    let title = Text(id: "Tanya", en: "Ask")
    let height = CardHeight(20, narrow: 24)
    /// Rows shown; exports have all.
    static let rowsMax = 100

    func load(_ scope: Scope) async throws -> Model {
        let parts = AskedParts(scope.filters)
        if !parts.metrics.isEmpty {
            do {
                let query = try parts.query(now: scope.now, clock: scope.figures.clock)
                return Model(query: query, answer: try await scope.analyst.ask(query))
            } catch let failure as Failure where failure.code == .unprocessable {
                return Model(failure: failure)
            }
        }
        guard let question = scope.filters.option(.search) else { return Model() }
        let asked = try await scope.analyst.ask(question: question)
        return Model(
            reading: asked.reading, query: asked.reading.query, answer: asked.answer, failure: asked.failure)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        var html = box(scope)
        if let reading = model.reading { html = html + understood(reading, scope) }
        if let failure = model.failure {
            html = html + "<div class=\"failed\" role=\"alert\"><p>\(failure.message(scope.language))</p></div>"
        } else if model.reading != nil, model.query == nil {
            html =
                html
                + scope.sentence(
                    "Belum ada angka yang dikenali dalam pertanyaan ini. Sebut misalnya pesan masuk, tingkat sampai, "
                        + "waktu jawab, atau biaya.",
                    "No number was recognised in this question. Name one, such as inbound messages, delivery rate, "
                        + "response time or cost.")
        }
        if let answer = model.answer { html = html + AskedAnswer(answer: answer, scope: scope).html }
        if let query = model.query { html = html + edit(query, model, scope) }
        return model.reading == nil && model.query == nil && model.failure == nil ? html + examples(scope) : html
    }

    private func box(_ scope: Scope) -> HTML {
        let label = scope.say("Pertanyaan", "Question")
        let example = scope.say(
            "berapa delivery rate promo_11_11 minggu lalu per jam?", "what was the delivery rate last week by template?"
        )
        return """
            <form class="search ask" method="get" action="\(scope.path)" role="search">\
            <label><span class="unseen">\(label)</span>\
            <input type="search" name="q" value="\(scope.filters.option(.search) ?? "")" placeholder="\(example)" \
            maxlength="\(Limits.labelBytesMax)"></label> \
            <button type="submit">\(scope.say("Tanya", "Ask"))</button></form>

            """
    }

    private func examples(_ scope: Scope) -> HTML {
        let questions =
            scope.language == .indonesian
            ? [
                "pesan masuk kemarin per jam", "tingkat sampai per templat 28 hari terakhir",
                "median waktu jawab per tim minggu lalu", "biaya per kategori bulan ini",
                "templat mana yang paling banyak dibalas",
            ]
            : [
                "inbound messages yesterday by hour", "delivery rate by template last 28 days",
                "median response time by team last week", "cost by category this month",
                "which template has the most replies",
            ]
        let items = questions.map { question -> HTML in
            let url = URLQuery([("q", question)]).url(path: scope.path)
            return "<li><a href=\"\(url)\">\(question)</a></li>"
        }
        return "<p class=\"muted\">\(scope.say("Misalnya:", "For example:"))</p><ul class=\"list\">\(items)</ul>"
    }

    // MARK: What was understood

    private func understood(_ reading: QuestionReading, _ scope: Scope) -> HTML {
        let parts = reading.parts.map { part -> HTML in
            "<dt>\(part.words)</dt><dd>\(part.meaning(scope.language))</dd>"
        }
        let gaps = reading.gaps.map { gap -> HTML in
            let hints =
                gap.suggestions.isEmpty
                ? "" : scope.say(" Maksudnya: ", " Did you mean: ") + gap.suggestions.joined(separator: ", ") + "?"
            return "<dt>\(gap.words)</dt><dd class=\"error\">\(gap.reason(scope.language))\(hints)</dd>"
        }
        guard !parts.isEmpty || !gaps.isEmpty else { return "" }
        return """
            <details class="fold" open><summary>\(scope.say("Dipahami sebagai", "Understood as"))</summary>
            <dl class="terms">\(parts)\(gaps)</dl></details>

            """
    }

    // MARK: Changing it

    private func edit(_ query: Query, _ model: Model, _ scope: Scope) -> HTML {
        let parts = AskedParts(query)
        let metrics = Catalogue.metrics.map { (value: $0.id, name: $0.name(scope.language)) }
        let dimensions =
            [(value: "", name: scope.say("tidak dirinci", "not split"))]
            + Dimension.allCases.map { (value: $0.rawValue, name: $0.name(scope.language)) }
        let grains = Grain.allCases.map { (value: $0.rawValue, name: Self.grain($0, scope)) }
        let others = (model.reading?.alternatives ?? []).compactMap { alternative -> HTML? in
            guard let url = AskedParts(alternative.query).url(path: scope.path) else { return nil }
            return "<li><a href=\"\(url)\">\(alternative.meaning(scope.language))</a></li>"
        }
        let or: HTML =
            others.isEmpty
            ? ""
            : """
            <p class="muted spaced">\(scope.say("Atau maksudnya:", "Or did you mean:"))</p>\
            <ul class="list">\(others)</ul>
            """
        let command: HTML = query.commandLine.map { "<p><code>\($0)</code></p>" } ?? ""
        return """
            \(or)<details class="fold"\(model.reading == nil ? " open" as HTML : "")>\
            <summary>\(scope.say("Ubah pertanyaannya", "Change the question"))</summary>
            <form class="asks" method="get" action="\(scope.path)">
            \(select("metrics", scope.say("Angka", "Number"), metrics, parts.metrics.first ?? ""))\
            \(select("by", scope.say("Dirinci menurut", "Split by"), dimensions, parts.by.first ?? ""))\
            \(select("grain", scope.say("Satuan waktu", "Grain"), grains, parts.grain))\
            \(text("when", scope.say("Waktu", "Time"), parts.when, "last_7_days · 14d · 2026-11-01..2026-11-07"))\
            \(text("only", scope.say("Hanya", "Only"), parts.only, "template=promo_a; country!=ID"))\
            <button type="submit">\(scope.say("Jawab", "Answer"))</button></form>
            \(command)</details>
            """
    }

    private func select(
        _ name: String, _ label: String, _ options: [(value: String, name: String)], _ chosen: String
    ) -> HTML {
        let choices = options.map { option -> HTML in
            let selected: HTML = option.value == chosen ? " selected" : ""
            return "<option value=\"\(option.value)\"\(selected)>\(option.name)</option>"
        }
        return "<label><span>\(label)</span><select name=\"\(name)\">\(choices)</select></label>"
    }

    private func text(_ name: String, _ label: String, _ value: String, _ example: String) -> HTML {
        """
        <label><span>\(label)</span>\
        <input type="text" name="\(name)" value="\(value)" placeholder="\(example)" autocomplete="off"></label>
        """
    }

    private static func grain(_ grain: Grain, _ scope: Scope) -> String {
        switch grain {
        case .total: scope.say("seluruhnya", "all together")
        case .quarterHour: scope.say("seperempat jam", "quarter hour")
        case .hour: scope.say("jam", "hour")
        case .day: scope.say("hari", "day")
        case .week: scope.say("minggu", "week")
        case .month: scope.say("bulan", "month")
        }
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { model.answer.map { [.answer($0)] } ?? [] }
}
