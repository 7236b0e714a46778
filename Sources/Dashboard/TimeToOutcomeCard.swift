import Analytics
import Catalogue
import Domain
import Web

/// How long does it take from a message to its outcome?
struct TimeToOutcomeCard: Card {
    struct Model: Sendable {
        var times: Answer
        var delays: OutcomeDelays
    }
    static let metrics = ["time_to_outcome_p50", "time_to_outcome_p90"]

    let name = "time-to-outcome"
    let title = Text(id: "Berapa lama sampai berhasil", en: "How long an outcome takes")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let times = scope.ask(Self.metrics)
        async let delays = scope.analyst.outcomeDelays(
            filters: scope.filters.conditions(for: Self.metrics), range: scope.filters.range)
        return try await Model(times: times, delays: delays)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let total = model.delays.total
        guard total > 0 else {
            return scope.sentence(
                "Belum ada hasil yang didahului pesan pada rentang ini, jadi belum ada waktu yang dapat diukur.",
                "No outcome in this range had a message before it, so there is no time to measure yet.")
        }
        return """
            \(scope.headline(Self.metrics, model.times))
            \(chart(model.delays, scope).html)
            \(scope.notes(model.times.meta.notes))
            """
    }

    private func chart(_ delays: OutcomeDelays, _ scope: Scope) -> Chart {
        let name = scope.say("Hasil menurut lamanya", "Outcomes by how long they took")
        let total = Double(max(1, delays.total))
        let points = delays.bands.map { band -> Chart.Point in
            let share = scope.figures.percent(Double(band.count) / total)
            return Chart.Point(value: Double(band.count), words: "\(scope.figures.integer(band.count)) (\(share))")
        }
        return Chart(
            kind: .histogram, title: name, axis: scope.say("Setelah sentuhan", "After the touch"),
            places: delays.bands.map { band in
                let words = Self.words(band, scope)
                return Chart.Place(short: words, name: words)
            },
            series: [Chart.Series(name: scope.say("Hasil", "Outcomes"), thing: .outcome, unit: .count, points: points)],
            size: .low, language: scope.language)
    }

    private static func words(_ band: OutcomeDelays.Band, _ scope: Scope) -> String {
        let from = scope.figures.duration(band.fromSeconds)
        guard let end = band.toSeconds else { return scope.say("lebih dari \(from)", "more than \(from)") }
        let to = scope.figures.duration(end)
        return band.fromSeconds == 0 ? scope.say("kurang dari \(to)", "less than \(to)") : "\(from) – \(to)"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard model.delays.total > 0 else { return [] }
        let rows = model.delays.bands.map { band -> [ExportTable.Value] in
            [.number(band.fromSeconds), band.toSeconds.map { .number($0) } ?? .none, .whole(band.count)]
        }
        return [
            .table(
                ExportTable(columns: ["from_seconds", "to_seconds", "credits"], rows: rows), name: "distribution",
                title: Text(id: "Sebaran", en: "Distribution")),
            .answer(model.times, title: Text(id: "Persentil", en: "Percentiles")),
        ]
    }
}
