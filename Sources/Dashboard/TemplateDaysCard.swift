import Analytics
import Catalogue
import Domain
import Storage
import Web

/// How did one template do from day to day, and what happened to it meanwhile?
struct TemplateDaysCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var marks: [TimelineMark]
    }
    static let metrics = ["messages", "delivery_rate", "read_rate_floor", "reply_rate", "click_rate"]

    let name = "template_days"
    let title = Text(id: "Dari hari ke hari", en: "Day by day")
    let height = CardHeight(13, narrow: 14)
    let why = ["delivery_rate", "read_rate_floor", "reply_rate", "click_rate", "messages"]

    func load(_ scope: Scope) async throws -> Model {
        guard let template = scope.filters.only(.template) else { throw Self.nameless }
        async let answer = scope.ask(Self.metrics, grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        async let marks = scope.store.timeline(ofTemplate: template, limit: TemplateLife.momentsMax)
        let found = try await answer
        let range = found.meta.from..<found.meta.to
        return try await Model(answer: found, marks: marks.filter { range.contains($0.at) })
    }

    /// The page asks for one; the card's own address may not.
    static let nameless = Failure(
        .unprocessable, id: "Sebutkan satu templat: /template?template=promo_11_11.",
        en: "Name one template: /template?template=promo_11_11.")

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.answer.totals.contains(where: { ($0.number ?? 0) > 0 }) else { return Empty.messages(scope) }
        let lines = [
            ChartLine("delivery_rate", .delivered), ChartLine("read_rate_floor", .read),
            ChartLine("reply_rate", .replied), ChartLine("click_rate", .clicked),
        ]
        return Chart.overTime(
            model.answer, lines, scope, volume: ChartLine("messages", .volume), marks: model.marks
        ).html + scope.notes(model.answer.meta.notes)
    }
}
