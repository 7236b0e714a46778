import Analytics
import Catalogue
import Domain
import Web

/// Do messages arrive, day by day?
struct DeliveryByDayCard: Card {
    struct Day: Sendable, Hashable {
        var date: LocalDate
        var messages: Int64
        var delivered: Double?
        var read: Double?
        var interval: Interval?
        /// The day is not over, or many of its receipts are still on their way.
        var isPartial: Bool
    }
    struct Model: Sendable {
        var days: [Day]
        var answer: Answer
    }
    /// Below this share of known receipts a day is drawn dashed.
    static let maturityMin = 0.95
    static let metrics = ["messages", "delivery_rate", "read_rate", "failure_rate"]

    let name = "delivery"
    let title = Text(id: "Pengiriman per hari", en: "Delivery by day")

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(Self.metrics, grain: .day, order: [Query.Order(by: "time")])
        let today = scope.figures.clock.date(of: scope.now)
        let days = answer.rows.indices.compactMap { row -> Day? in
            guard let date = answer.cell(row, "time").text.flatMap({ LocalDate(String($0.prefix(10))) }) else {
                return nil
            }
            let maturity = answer.maturities.indices.contains(row) ? answer.maturities[row] : nil
            let intervals = answer.intervals["delivery_rate"] ?? []
            return Day(
                date: date, messages: Int64(answer.cell(row, "messages").number ?? 0),
                delivered: answer.cell(row, "delivery_rate").number, read: answer.cell(row, "read_rate").number,
                interval: intervals.indices.contains(row) ? intervals[row] : nil,
                isPartial: date >= today || (maturity ?? 1) < Self.maturityMin)
        }
        return Model(days: days.filter { $0.date <= today }, answer: answer)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard let first = model.days.first, let last = model.days.last else { return "" }
        let figures = scope.figures
        return "<p>\(figures.shortDate(first.date)) – \(figures.date(last.date)) · \(figures.zone(at: scope.now))</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.days.contains(where: { $0.messages > 0 }) else { return Empty.messages(scope) }
        return """
            \(totals(model.answer, scope).html)
            <p class="muted small">\(compared(model.answer, scope))</p>
            \(DayChart(days: model.days, scope: scope).html)
            \(table(model.days, scope))
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

    private func table(_ days: [Day], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let rows = days.reversed().map { day -> HTML in
            let note: HTML =
                day.isPartial
                ? "<span class=\"interval\">\(scope.say("belum lengkap", "not complete yet"))</span>" : ""
            let interval: HTML = day.interval.map { "<span class=\"interval\">\(figures.interval($0))</span>" } ?? ""
            return """
                <tr><th scope="row">\(figures.weekdayDate(day.date))\(note)</th>\
                <td class="number">\(figures.integer(day.messages))</td>\
                <td class="number"><strong>\(figures.percent(day.delivered))</strong>\(interval)</td>\
                <td class="number">\(figures.percent(day.read))</td></tr>
                """
        }
        let caption = scope.say(
            "Di bawah tingkat sampai: selang kepercayaan 95\u{A0}%.", "Below the delivery rate: its 95% interval.")
        return """
            <details class="fold"><summary>\(scope.say("Lihat sebagai tabel", "Show as a table"))</summary>
            <div class="table"><table class="tight"><caption>\(caption)</caption>
            <thead><tr><th scope="col">\(scope.say("Hari", "Day"))</th>\
            <th scope="col" class="number">\(scope.say("Pesan", "Messages"))</th>\
            <th scope="col" class="number">\(scope.say("Sampai", "Delivered"))</th>\
            <th scope="col" class="number">\(scope.say("Dibaca", "Read"))</th></tr></thead>
            <tbody>\(Array(rows))</tbody></table></div></details>
            """
    }
}

extension Answer {
    /// Whether the compared period has any message: before that, every change would only read "new".
    var hasBefore: Bool {
        comparison?.totals.contains { ($0.number ?? 0) > 0 } ?? false
    }
}
