import Analytics
import Domain
import Web

/// What does waiting make customers do?
struct RepeatCard: Card {
    let name = "repeats"
    let title = Text(id: "Menunggu dan menulis lagi", en: "Waiting and writing again")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> RepeatEffect {
        try await scope.analyst.repeatEffect(
            filters: scope.filters.conditions(for: ["waits", "repeat_rate"]), range: scope.filters.range)
    }

    func lead(_ effect: RepeatEffect, _ scope: Scope) -> HTML {
        guard effect.waits > 0 else { return "" }
        let waits = scope.figures.integer(effect.waits)
        return "<p>\(scope.say("dari \(waits) penantian", "from \(waits) waits"))</p>"
    }

    func view(_ effect: RepeatEffect, _ scope: Scope) -> HTML {
        guard effect.waits > 0 else { return Empty.waits(scope) }
        let bands = effect.bands.filter { $0.waiting > 0 }
        let most = max(bands.compactMap(\.rate).max() ?? 0, 1e-9)
        let heads = Self.heads(scope)
        return """
            <p class="statement">\(effect.sentence(scope.language))</p>
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(heads[0])</th>\
            \(heads.dropFirst().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(bands.map { row($0, effect, heads, most: most, scope) })</tbody></table></div>
            """
    }

    private static func heads(_ scope: Scope) -> [String] {
        [
            scope.say("Sudah menunggu", "Waited so far"), scope.say("Masih menunggu", "Still waiting"),
            scope.say("Sudah menulis lagi", "Have written again"),
            scope.say("Pesan tambahan per 100 menit", "Extra messages in 100 minutes"),
        ]
    }

    private func row(
        _ band: RepeatEffect.Band, _ effect: RepeatEffect, _ heads: [String], most: Double, _ scope: Scope
    ) -> HTML {
        let figures = scope.figures
        let span = "\(figures.duration(band.fromMinutes * 60)) – \(figures.duration(band.toMinutes * 60))"
        let rate = band.rate.map { figures.decimal($0 * 100, places: 1) } ?? "–"
        let interval: HTML =
            band.rateInterval.map { interval in
                let lower = figures.decimal(interval.lower * 100, places: 1)
                let upper = figures.decimal(interval.upper * 100, places: 1)
                return "<span class=\"interval\">\(lower)–\(upper)</span>"
            } ?? ""
        let width = Int(((band.rate ?? 0) / most * 84).rounded(.up))
        var isAfterKnee = false
        if case .rises(let knee) = effect.verdict {
            isAfterKnee = band.fromMinutes >= knee.fromMinutes && band.fromMinutes < knee.toMinutes
        }
        return """
            <tr\(isAfterKnee ? " class=\"marked\"" : "")><th scope="row">\(span)</th>\
            <td class="number" data-label="\(heads[1])">\(figures.integer(band.waiting))</td>\
            <td class="number" data-label="\(heads[2])">\(figures.percent(band.repeatedByEnd))</td>\
            <td class="number" data-label="\(heads[3])"><div><strong>\(rate)</strong>\(interval)<span class="bar">\
            <svg width="84" height="6" aria-hidden="true"><rect width="\(width)" height="6"/></svg></span></div></td></tr>

            """
    }

    func exports(_ effect: RepeatEffect, _ scope: Scope) -> [Export] {
        let rows = effect.bands.filter { $0.waiting > 0 }.map { band -> [ExportTable.Value] in
            [
                .number(band.fromMinutes), .number(band.toMinutes), .whole(band.waiting), .whole(band.firstRepeats),
                .whole(band.extraMessages), band.rate.map { .number($0) } ?? .none, .number(band.repeatedByEnd),
            ]
        }
        let table = ExportTable(
            columns: [
                "from_minutes", "to_minutes", "waiting", "first_repeats", "extra_messages",
                "extra_messages_per_minute", "repeated_by_end",
            ], rows: rows, command: "pantau repeat-effect")
        return [.table(table)]
    }
}
