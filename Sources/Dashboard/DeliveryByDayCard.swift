import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Do messages arrive, day by day?
struct DeliveryByDayCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var marks: [TimelineMark]
    }
    static let metrics = ["messages", "delivery_rate", "read_rate", "failure_rate"]

    let name = "delivery"
    let title = Text(id: "Pengiriman dari waktu ke waktu", en: "Delivery over time")
    let height = CardHeight(16, narrow: 23)
    let why = ["delivery_rate", "failure_rate", "read_rate_floor", "messages"]

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(Self.metrics, grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        return Model(answer: answer, marks: try await scope.marks(answer))
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.answer.total("messages") ?? 0) > 0 else { return Empty.messages(scope) }
        let chart = Chart.overTime(
            model.answer,
            [
                ChartLine("delivery_rate", .delivered), ChartLine("read_rate", .read),
                ChartLine("failure_rate", .failed),
            ], scope, volume: ChartLine("messages", .volume), marks: model.marks)
        return """
            \(totals(model.answer, scope).html)
            <p class="muted small">\(compared(model.answer, scope))</p>
            \(chart.html)
            """
    }

    private func totals(_ answer: Answer, _ scope: Scope) -> [Figure] {
        let figures = scope.figures
        let messages = answer.index(of: "messages").flatMap { answer.totals[$0].number }
        return Self.metrics.compactMap { id in
            guard let metric = Catalogue.metric(id), let column = answer.index(of: id) else { return nil }
            let change = answer.hasBefore ? figures.change(answer.totalChange(id), metric.direction) : ""
            let sample: HTML =
                metric.unit == .ratio && id != "read_rate"
                ? "\(scope.say("dari \(figures.count(messages)) pesan", "of \(figures.count(messages)) messages"))"
                : ""
            return Figure(
                name: metric.name(scope.language), about: About.metric(id, scope),
                value: figures.value(answer.totals[column].number, metric.unit),
                beside: change + (change.isEmpty || sample.isEmpty ? sample : " · " + sample))
        }
    }

    private func compared(_ answer: Answer, _ scope: Scope) -> String {
        guard let comparison = answer.comparison else { return "" }
        guard answer.hasBefore else {
            return scope.say(
                "Belum ada pesan pada periode sebelumnya, jadi perubahan belum dapat ditunjukkan.",
                "There were no messages in the previous period, so no change can be shown yet.")
        }
        let clock = scope.figures.clock
        let from = scope.figures.shortDate(clock.date(of: comparison.from))
        let to = scope.figures.date(clock.date(of: comparison.to.adding(seconds: -1)))
        return scope.say(
            "Perubahan dihitung terhadap \(from) – \(to), hari-hari yang sama dalam minggu.",
            "Changes are against \(from) – \(to), the same weekdays.")
    }
}

extension Answer {
    /// Whether the compared period has any message: before that, every change would only read "new".
    var hasBefore: Bool {
        comparison?.totals.contains { ($0.number ?? 0) > 0 } ?? false
    }
}
