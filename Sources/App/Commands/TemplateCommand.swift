import API
import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage

/// `pantau template`: what happened to one template, and how its messages did around it.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "One template's life: status, quality and category, and its rates before and after each change.",
        discussion: """
            pantau template promo_11_11
            Each change is followed by the numbers of the 7 days before it and the 7 days after, by the time of the \
            send. What moved after it need not have moved because of it.
            """)

    @Argument(help: "The template's name.") var name: String
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let life = try await asking.analyst.life(ofTemplate: name)
        await asking.installation.close()
        let clock = try ZoneClock.named(asking.workspace.timeZone)
        Self.table(life, clock).write(as: output.format, asking.language) {
            var writer = JSONWriter()
            writer.object { life.write(to: &$0) }
            return writer.bytes
        }
        asking.note(Self.notes(life))
    }

    private static func table(_ life: TemplateLife, _ clock: ZoneClock) -> OutputTable {
        var table = OutputTable(
            columns: [
                .text("at", "waktu", "time"), .text("kind", "perihal", "about"),
                .text("language", "bahasa", "language"),
                .text("previous", "dari", "from"), .text("event", "menjadi", "to"),
                .text("metric", "metrik", "metric"), .number("before", "7 hari sebelum", "7 days before"),
                .number("sample_before", "sampel", "sample"), .number("after", "7 hari sesudah", "7 days after"),
                .number("sample_after", "sampel", "sample"), .text("currency", "mata uang", "currency"),
            ])
        for moment in life.moments {
            let event = moment.mark.event
            var language: String?
            if case .template(_, _, let told) = event.subject { language = told }
            let head = [
                clock.rfc3339(moment.mark.at), moment.mark.kind.rawValue, language, event.previous, event.event,
            ]
            guard let effect = moment.effect else {
                table.rows.append(head + [nil, nil, nil, nil, nil, nil])
                continue
            }
            table.rows += effect.lines.map { line in
                head + [
                    line.metric.id, value(line.before, line.metric), line.before.sample.map(String.init),
                    value(line.after, line.metric), line.after.sample.map(String.init),
                    line.before.currency ?? line.after.currency,
                ]
            }
        }
        return table
    }

    private static func value(_ side: MarkEffect.Side, _ metric: Metric) -> String? {
        metric.unit == .ratio ? side.value.map(AnswerView.percent) : MoneyView.number(side.value)
    }

    private static func notes(_ life: TemplateLife) -> [Text] {
        guard !life.moments.isEmpty else {
            return [
                Text(
                    id: "Meta belum memberitahukan perubahan apa pun pada templat ini. Langgani message_template_* dan "
                        + "template_category_update pada webhook aplikasi Meta Anda.",
                    en: "Meta has told no change of this template. Subscribe to message_template_* and "
                        + "template_category_update in your Meta app's webhooks.")
            ]
        }
        guard life.moments.contains(where: { $0.effect.map { !$0.isOver } ?? false }) else { return [] }
        return [
            Text(
                id: "7 hari sesudah perubahan terakhir belum lewat: angkanya masih akan berubah.",
                en: "The 7 days after the latest change are not over: its numbers will still change.")
        ]
    }
}
