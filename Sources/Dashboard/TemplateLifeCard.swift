import Analytics
import Catalogue
import Domain
import Storage
import Web

/// What happened to one template, and what moved around it?
struct TemplateLifeCard: Card {
    let name = "template_life"
    let title = Text(id: "Riwayat dan akibatnya", en: "Its life, and what moved")
    let height = CardHeight(14, narrow: 22)

    func load(_ scope: Scope) async throws -> TemplateLife {
        guard let template = scope.filters.only(.template) else { throw TemplateDaysCard.nameless }
        return try await scope.analyst.life(ofTemplate: template)
    }

    func lead(_ life: TemplateLife, _ scope: Scope) -> HTML {
        guard !life.moments.isEmpty else { return "" }
        return "<p>\(scope.say("seluruh masanya, bukan hanya rentang ini", "all of it, not this range alone"))</p>"
    }

    func exports(_ life: TemplateLife, _ scope: Scope) -> [Export] {
        guard !life.moments.isEmpty else { return [] }
        let clock = scope.figures.clock
        var rows: [[ExportTable.Value]] = []
        for moment in life.moments {
            let event = moment.mark.event
            let head: [ExportTable.Value] = [
                .words(clock.rfc3339(moment.mark.at)), .words(moment.mark.kind.rawValue),
                event.previous.map(ExportTable.Value.words) ?? .none, .words(event.event),
            ]
            guard let effect = moment.effect else {
                rows.append(head + Array(repeating: .none, count: 6))
                continue
            }
            rows += effect.lines.map { line in
                head + [
                    .words(line.metric.id), Self.number(line.before.value), Self.whole(line.before.sample),
                    Self.number(line.after.value), Self.whole(line.after.sample),
                    (line.before.currency ?? line.after.currency).map(ExportTable.Value.words) ?? .none,
                ]
            }
        }
        return [
            .table(
                ExportTable(
                    columns: [
                        "at", "kind", "previous", "event", "metric", "before", "sample_before", "after", "sample_after",
                        "currency",
                    ], rows: rows, api: "/api/v1/templates/\(PercentCoding.encode(life.template))",
                    command: "pantau template \(Query.shellWord(life.template))"))
        ]
    }

    private static func number(_ value: Double?) -> ExportTable.Value { value.map(ExportTable.Value.number) ?? .none }
    private static func whole(_ value: Int64?) -> ExportTable.Value { value.map(ExportTable.Value.whole) ?? .none }

    func view(_ life: TemplateLife, _ scope: Scope) -> HTML {
        guard !life.moments.isEmpty else {
            return scope.sentence(
                "Meta belum memberitahukan perubahan pada templat ini. Langgani `message_template_status_update`, "
                    + "`message_template_quality_update`, `message_template_components_update`, dan "
                    + "`template_category_update` pada webhook aplikasi Meta Anda; perubahan berikutnya muncul di "
                    + "sini.",
                "Meta has told no change of this template. Subscribe to `message_template_status_update`, "
                    + "`message_template_quality_update`, `message_template_components_update` and "
                    + "`template_category_update` in your Meta app's webhooks; the next change appears here.")
        }
        let note = scope.say(
            "Di bawah tiap perubahan: 7 hari sebelumnya dan 7 hari sesudahnya, menurut waktu kirim. Yang berubah "
                + "sesudahnya belum tentu berubah karenanya.",
            "Below each change: the 7 days before and the 7 days after, by the time of the send. What moved after it "
                + "need not have moved because of it.")
        return """
            <p class="muted small note">\(note)</p>
            <ul class="timeline">\(life.moments.reversed().map { item($0, scope) })</ul>
            """
    }

    private func item(_ moment: TemplateLife.Moment, _ scope: Scope) -> HTML {
        let event = moment.mark.event
        let words = TimelineWords(event, scope.language)
        var details: [String] = []
        if case .template(_, _, let language?) = event.subject { details.append(language) }
        if moment.mark.kind == .notice {
            details.append(scope.say("diumumkan, belum berlaku", "announced, not in force yet"))
        }
        let beside: HTML =
            details.isEmpty ? "" : " <span class=\"beside\">\(details.joined(separator: " · "))</span>"
        return """
            <li class="\(words.tone.rawValue)"><time datetime="\(RFC3339.format(moment.mark.at))">\
            \(scope.figures.time(moment.mark.at))</time><div><p><strong>\(Self.sentence(words))</strong>\(beside)</p>\
            \(moment.effect.map { effect($0, scope) } ?? "")</div></li>

            """
    }

    private static func sentence(_ words: TimelineWords) -> String {
        let text = words.happening
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private func effect(_ effect: MarkEffect, _ scope: Scope) -> HTML {
        let figures = scope.figures
        guard effect.messagesBefore > 0 || effect.messagesAfter > 0 else {
            let words = scope.say(
                "Tidak ada pesan 7 hari sebelum dan sesudahnya.", "No messages in the 7 days before or after.")
            return "<p class=\"beside\">\(words)</p>"
        }
        var notes: [String] = []
        if !effect.isOver {
            let days = max(0, scope.now.microseconds(since: effect.after.lowerBound) / 86_400_000_000)
            notes.append(
                scope.say(
                    "Baru \(days) dari 7 hari sesudahnya yang lewat.", "Only \(days) of the 7 days after are over."))
        }
        if effect.neighbours > 0 {
            let count = figures.integer(effect.neighbours)
            notes.append(
                scope.say(
                    "Ada \(count) perubahan lain dalam jendela ini.",
                    effect.neighbours == 1
                        ? "Another change lies in these days." : "\(count) other changes lie in these days."))
        }
        let heads = [
            scope.say("7 hari", "7 days"), scope.say("Sebelum", "Before"), scope.say("Sesudah", "After"),
            scope.say("Selisih", "Difference"),
        ]
        let note: HTML = notes.isEmpty ? "" : "<p class=\"beside\">\(notes.joined(separator: " "))</p>"
        return """
            \(note)<details class="fold"\(effect.lines.contains(where: \.isClear) ? " open" as HTML : "")><summary>\
            \(summary(effect, scope))</summary>
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            \(heads.dropFirst().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(messages(effect, heads, scope))\(effect.lines.map { line($0, heads, scope) })</tbody></table></div>\
            </details>
            """
    }

    private func summary(_ effect: MarkEffect, _ scope: Scope) -> String {
        let clear = effect.lines.filter(\.isClear)
        guard !clear.isEmpty else {
            return scope.say("Tidak ada perubahan yang jelas", "Nothing moved clearly")
        }
        let parts = clear.map { line in
            let (then, now) = (scope.figures.percent(line.before.value), scope.figures.percent(line.after.value))
            return "\(line.metric.name(scope.language)) \(then) → \(now)"
        }
        return parts.joined(separator: " · ")
    }

    private func messages(_ effect: MarkEffect, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        return """
            <tr><th scope="row">\(Catalogue.metric("messages")?.name(scope.language) ?? "")</th>\
            <td class="number" data-label="\(heads[1])">\(figures.integer(effect.messagesBefore))</td>\
            <td class="number" data-label="\(heads[2])">\(figures.integer(effect.messagesAfter))</td>\
            <td class="number" data-label="\(heads[3])">–</td></tr>
            """
    }

    private func line(_ line: MarkEffect.Line, _ heads: [String], _ scope: Scope) -> HTML {
        let change = scope.figures.change(line.change, line.isClear ? line.metric.direction : .neutral)
        let interval: HTML =
            line.difference.map { "<span class=\"interval\">\(points($0, scope))</span>" } ?? ""
        let few: HTML = line.isSmall ? " class=\"few\"" : ""
        let name = line.metric.name(scope.language)
        return """
            <tr\(few)><th scope="row">\(name) \(About.metric(line.metric.id, scope))</th>\
            <td class="number" data-label="\(heads[1])"><div>\(side(line.before, line.metric, scope))</div></td>\
            <td class="number" data-label="\(heads[2])"><div>\(side(line.after, line.metric, scope))</div></td>\
            <td class="number" data-label="\(heads[3])"><div>\(change.isEmpty ? "–" : change)\(interval)</div></td></tr>

            """
    }

    private func side(_ side: MarkEffect.Side, _ metric: Metric, _ scope: Scope) -> HTML {
        let value = scope.figures.value(side.value, metric.unit, currency: side.currency)
        let interval: HTML =
            metric.unit == .ratio
            ? side.interval.map { "<span class=\"interval\">\(scope.figures.interval($0))</span>" } ?? "" : ""
        return "<strong>\(value)</strong>\(interval)"
    }

    /// `−24,1 … −20,5 poin`
    private func points(_ interval: Interval, _ scope: Scope) -> String {
        let low = scope.figures.decimal(interval.lower * 100, places: 1)
        let high = scope.figures.decimal(interval.upper * 100, places: 1)
        return scope.say("\(low) … \(high) poin", "\(low) … \(high) pp")
    }
}
