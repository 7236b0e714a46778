import Analytics
import Catalogue
import Domain
import Web

/// What became of the messages that arrived?
struct EngagementStepsCard: Card {
    struct Model: Sendable {
        var counts: Answer
        var rates: Answer
    }
    /// Each with the rate that says the same as a share of the delivered.
    static let steps: [(count: String, rate: String?, tone: HTML)] = [
        ("messages_delivered", nil, "t-delivered"), ("messages_read", "read_rate", "t-read"),
        ("messages_replied", "reply_rate", "t-replied"), ("messages_clicked", "click_rate", "t-clicked"),
        ("messages_converted", "conversion_rate", "t-outcome"), ("messages_opted_out", "opt_out_rate", "t-failed"),
    ]

    let name = "engagement_steps"
    let title = Text(id: "Dari sampai ke tanggapan", en: "From delivered to reaction")
    let height = CardHeight(14, narrow: 24)
    let why = ["reply_rate", "click_rate", "conversion_rate", "read_rate_floor", "opt_out_rate"]

    func load(_ scope: Scope) async throws -> Model {
        async let counts = scope.ask(Self.steps.map(\.count))
        async let rates = scope.ask(Self.steps.compactMap(\.rate))
        return try await Model(counts: counts, rates: rates)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.counts, title: Text(id: "Jumlah", en: "Counts")),
            .answer(model.rates, name: "rates", title: Text(id: "Tingkat", en: "Rates")),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let delivered = model.counts.cell(0, "messages_delivered").number ?? 0
        guard delivered > 0 else { return Empty.messages(scope) }
        let heads = [
            scope.say("Pesan yang…", "Messages that were…"), scope.say("Jumlah", "Count"),
            scope.say("Dari yang sampai", "Of the delivered"),
            scope.say("Dibanding sebelumnya", "Against before"),
        ]
        let robots = scope.say(
            "Klik adalah orang yang menekan balasan cepat atau membuka tautan terlacak; pratinjau tautan dan robot "
                + "tidak dihitung. Tautan biasa dalam pesan tidak terlihat oleh siapa pun selain Meta.",
            "A click is a person who tapped a quick reply or opened a tracked link; link previews and robots are not "
                + "counted. Plain links in messages are seen by nobody but Meta.")
        return """
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            \(heads.dropFirst().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(Self.steps.map { row($0, delivered, model, heads, scope) })</tbody></table></div>
            <p class="muted small spaced">\(robots)</p>\(scope.notes(model.rates.meta.notes))
            """
    }

    private func row(
        _ step: (count: String, rate: String?, tone: HTML), _ delivered: Double, _ model: Model, _ heads: [String],
        _ scope: Scope
    ) -> HTML {
        guard let metric = Catalogue.metric(step.count) else { return "" }
        let share = (model.counts.cell(0, step.count).number ?? 0) / delivered
        let rate: HTML
        var change: HTML = ""
        if let id = step.rate, let metric = Catalogue.metric(id) {
            let interval: HTML =
                scope.interval(model.rates, 0, id).map { "<span class=\"interval\">\($0)</span>" } ?? ""
            rate = "<strong>\(scope.number(model.rates, 0, id))</strong>\(interval)"
            if model.rates.hasBefore { change = scope.figures.change(model.rates.totalChange(id), metric.direction) }
        } else {
            rate = ""
            if model.counts.hasBefore {
                change = scope.figures.change(model.counts.totalChange(step.count), metric.direction)
            }
        }
        let measure = String(step.count.dropFirst("messages_".count))
        let words = scope.number(model.counts, 0, step.count)
        // What is credited with an outcome is no property of a message, so that no list is of it.
        let count = measure == "converted" ? words : MessagesPage.link(scope, measure, nil, html: words)
        let about = About.metric(step.count, scope)
        return """
            <tr class="\(step.tone)"><th scope="row">\(metric.name(scope.language)) \(about)</th>\
            <td class="number" data-label="\(heads[1])"><div>\(count)\(scope.bar(share, isCalm: true))</div></td>\
            <td class="number" data-label="\(heads[2])"><div>\(rate.isEmpty ? "–" : rate)</div></td>\
            <td class="number" data-label="\(heads[3])">\(change.isEmpty ? "–" : change)</td></tr>

            """
    }
}
