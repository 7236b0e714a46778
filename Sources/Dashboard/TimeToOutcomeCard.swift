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
    let width = CardWidth.half
    let height = CardHeight(9, narrow: 11)

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
        let most = model.delays.bands.map(\.count).max() ?? 1
        let heads = [scope.say("Setelah sentuhan", "After the touch"), scope.say("Hasil", "Outcomes")]
        let rows = model.delays.bands.map { band -> HTML in
            let share = scope.figures.percent(Double(band.count) / Double(total))
            return """
                <tr><th scope="row">\(Self.words(band, scope))</th>\
                <td class="number" data-label="\(heads[1])"><div><strong>\(scope.figures.integer(band.count))</strong> \
                <span class="interval">\(share)</span>\(scope.bar(Double(band.count) / Double(max(1, most)), isCalm: true))\
                </div></td></tr>

                """
        }
        return """
            \(scope.headline(Self.metrics, model.times))
            <div class="table spaced"><table><thead><tr><th scope="col">\(heads[0])</th>\
            <th scope="col" class="number">\(heads[1])</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(scope.notes(model.times.meta.notes))
            """
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
