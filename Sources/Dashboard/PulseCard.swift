import Analytics
import Catalogue
import Domain
import Web

/// One of the five cards of the first page: a technical number with the outcome that it is meant to serve beside it.
struct PulseCard: Card {
    struct Model: Sendable {
        var technical: Answer
        var outcome: Answer
        var series: Answer
        /// Money of the outcome split by currency, for when it is of several.
        var amounts: Answer?
    }
    let name: String
    let title: Text
    /// Where the details are.
    let entry: Navigation.Entry
    /// The first is the one that is written large and drawn.
    let technical: [String]
    let outcome: [String]
    let tone: Palette
    let empty: @Sendable (Scope) -> HTML
    var width = CardWidth.third
    var why: [String] { technical }
    var height: CardHeight { CardHeight(width == .third ? 10 : 8, narrow: 9) }

    func load(_ scope: Scope) async throws -> Model {
        async let technical = scope.ask(technical)
        async let outcome = scope.ask(outcome)
        async let series = scope.ask(
            [self.technical[0]], grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        let money = self.outcome.filter { id in
            Catalogue.metric(id).map { $0.unit == .money && $0.dimensions.contains(.currency) } ?? false
        }
        let amounts = money.isEmpty ? nil : try await scope.ask(money, by: [.currency])
        return try await Model(technical: technical, outcome: outcome, series: series, amounts: amounts)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        let words = scope.say("Rincian", "Details")
        return """
            <p><a href="\(scope.url(entry.path))">\(words)<span class="unseen">: \(title(scope.language))</span></a></p>
            """
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard let column = model.technical.index(of: technical[0]), let metric = Catalogue.metric(technical[0]),
            let value = model.technical.totals[column].number, metric.unit != .count || value > 0
        else { return empty(scope) }
        let label = scope.say("Hasilnya", "What it brings")
        return """
            \(headline(model, scope))
            <dl class="pairs">\(technical.dropFirst().map { pair($0, model.technical, model, scope) })</dl>
            <dl class="pairs outcome" aria-label="\(label)">\(outcome.map { pair($0, model.outcome, model, scope) })</dl>
            """
    }

    private func headline(_ model: Model, _ scope: Scope) -> HTML {
        guard let metric = Catalogue.metric(technical[0]) else { return "" }
        let answer = model.technical
        let change = answer.hasBefore ? scope.figures.change(answer.totalChange(metric.id), metric.direction) : ""
        let sample = scope.sample(answer, 0, metric.id)
        let basis: HTML =
            sample.map { sample -> HTML in
                let count = scope.figures.integer(sample.count)
                return "<span class=\"muted small\">n = \(count)</span>"
            } ?? ""
        let line = Sparkline(model.series, metric.id, tone, scope).html
        let few: HTML = sample?.isSmall == true ? " few" : ""
        return """
            <div class="pulse"><div><p class="big\(few)">\(scope.total(answer, metric.id))</p>
            <div class="muted small">\(metric.name(scope.language)) \(About.metric(metric.id, scope))</div>
            <p class="small">\(change) \(basis)</p></div>\(line)</div>
            """
    }

    private func pair(_ id: String, _ answer: Answer, _ model: Model, _ scope: Scope) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "" }
        let change = answer.hasBefore ? scope.figures.change(answer.totalChange(id), metric.direction) : ""
        let few: HTML = scope.sample(answer, 0, id)?.isSmall == true ? " class=\"few\"" : ""
        return """
            <div><dt>\(metric.name(scope.language)) \(About.metric(id, scope))</dt>\
            <dd\(few)>\(scope.total(answer, id, amounts: model.amounts)) <span class="small">\(change)</span></dd></div>
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.technical, title: Text(id: "Angka", en: "Numbers")),
            .answer(model.outcome, name: "outcome", title: Text(id: "Hasil", en: "Outcome")),
            .answer(model.series, name: "over_time", title: Text(id: "Dari waktu ke waktu", en: "Over time")),
        ]
    }
}

extension PulseCard {
    static let delivery = PulseCard(
        name: "pulse_delivery", title: Text(id: "Pengiriman", en: "Delivery"), entry: Navigation.delivery,
        technical: ["delivery_rate", "messages", "messages_failed"], outcome: ["conversion_rate", "cost_per_outcome"],
        tone: .delivered, empty: Empty.messages)
    static let engagement = PulseCard(
        name: "pulse_engagement", title: Text(id: "Keterlibatan", en: "Engagement"), entry: Navigation.engagement,
        technical: ["read_rate_floor", "reply_rate", "click_rate"], outcome: ["outcomes_credited", "opt_out_rate"],
        tone: .read, empty: Empty.messages)
    static let response = PulseCard(
        name: "pulse_response", title: Text(id: "Respons", en: "Response"), entry: Navigation.service,
        technical: ["response_time_p50", "response_time_p90", "sla_attainment"],
        outcome: ["resolution_rate", "csat_mean"], tone: .human, empty: Empty.waits)
    static let volume = PulseCard(
        name: "pulse_volume", title: Text(id: "Percakapan", en: "Conversations"), entry: Navigation.volume,
        technical: ["conversations", "messages_inbound", "handoff_rate"],
        outcome: ["conversation_conversion_rate", "bot_containment_rate"], tone: .volume, empty: Empty.waits,
        width: .half)
    static let outcomes = PulseCard(
        name: "pulse_outcomes", title: Text(id: "Hasil bisnis", en: "Business outcomes"), entry: Navigation.outcomes,
        technical: ["outcomes", "outcomes_unattributed"], outcome: ["value_credited", "cost", "return_on_spend"],
        tone: .outcome, empty: Empty.outcomes, width: .half)
}
