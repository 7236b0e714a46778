import API
import Analytics
import ArgumentParser
import Catalogue
import Connectors
import Domain
import Foundation
import Storage
import StoreSQLite

/// `pantau outcomes`: results one by one.
struct OutcomesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcomes", abstract: "List outcomes, or tell one with its share in every attribution model.",
        discussion: """
            pantau outcomes --group unmatched --last 28d
            pantau outcomes show midtrans ORD-77
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List outcomes, the newest first.")

        @OptionGroup var data: DataOptions
        @Option(help: "all, unmatched (of nobody known) or unattributed (no touch before it).") var group = "all"
        @Option(help: "Kind, such as payment_confirmed.") var kind: String?
        @Option(help: "The system that told it, such as midtrans.") var source: String?
        @Option(help: "7d, 4w, or a preset such as last_28_days.") var last: String?
        @Option(help: "First date, or an RFC 3339 instant.") var from: String?
        @Option(help: "End, excluded.") var to: String?
        @Option(help: "Rows at most.") var limit = 50
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if OutcomeSelection.Group(rawValue: group) == nil {
                throw ValidationError("--group is all, unmatched or unattributed.")
            }
            if !(1...10_000).contains(limit) { throw ValidationError("--limit is 1 to 10000.") }
        }

        func run() async throws {
            let asking = try await Asking(data, language: output.language)
            var range = RangeOptions()
            (range.last, range.from, range.to, range.filter) = (last, from, to, [])
            let query = try range.query(of: "outcomes", workspace: asking.workspace)
            let clock = try ZoneClock.named(asking.workspace.timeZone)
            let (first, end) = query.range.resolved(now: Clock.now(), clock: clock)
            guard first < end else { throw ValidationError("The range is empty.") }
            let found = try await asking.store.outcomes(
                OutcomeSelection(
                    range: first..<end, group: OutcomeSelection.Group(rawValue: group) ?? .all, kind: kind,
                    source: source, limit: limit + 1))
            await asking.installation.close()
            OutcomesCommand.table(Array(found.prefix(limit)), clock).write(as: output.format, asking.language) {
                var writer = JSONWriter()
                writer.object { writer in
                    writer.member(
                        "outcomes", array: { for row in found.prefix(limit) { $0.object { row.write(to: &$0) } } })
                    writer.member("more", found.count > limit)
                }
                return writer.bytes
            }
            guard found.count > limit else { return }
            asking.note([
                Text(id: "Masih ada yang lain; naikkan --limit.", en: "There are more; raise --limit.")
            ])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One outcome: the touches before it, and their shares in every model side by side.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The system that told it.") var source: String
        @Argument(help: "Its id there.") var id: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asking = try await Asking(data, language: output.language)
            let clock = try ZoneClock.named(asking.workspace.timeZone)
            let row = try await asking.store.outcome(source: source, id: id)
            await asking.installation.close()
            guard let row else {
                throw Failure(
                    .notFound, id: "Hasil ini tidak dikenal. Lihat `pantau outcomes`.",
                    en: "This outcome is not known. See `pantau outcomes`.")
            }
            let format = output.format
            if format == .table {
                print(OutcomesCommand.table([row], clock).text(asking.language))
                if row.credits.isEmpty {
                    print(asking.say("Tidak ada sentuhan dalam rentang mundurnya.", "No touch lies in its window."))
                    return
                }
            }
            OutcomesCommand.touches(row, clock).write(as: format, asking.language) {
                var writer = JSONWriter()
                writer.object { writer in
                    row.write(to: &writer)
                    writer.member(
                        "touches", array: { for credit in row.credits { $0.object { credit.write(to: &$0) } } })
                }
                return writer.bytes
            }
        }
    }

    private static func table(_ rows: [OutcomeRow], _ clock: ZoneClock) -> OutputTable {
        var table = OutputTable(columns: [
            .text("source", "sumber", "source"), .text("id", "id", "id"), .text("kind", "jenis", "kind"),
            .text("standing", "keadaan", "standing"), .text("at", "waktu", "at"), .number("value", "nilai", "value"),
            .text("currency", "mata uang", "currency"), .text("matched", "dikenal", "matched"),
            .text("hints", "dicari menurut", "looked for by"),
        ])
        table.rows = rows.map { row in
            [
                row.source, row.id, row.kind, row.standing.rawValue, clock.rfc3339(row.at), row.value?.decimal,
                row.value?.currency, row.isMatched ? "yes" : "no", row.hints.joined(separator: " "),
            ]
        }
        return table
    }

    private static func touches(_ row: OutcomeRow, _ clock: ZoneClock) -> OutputTable {
        let models = AttributionModel.allCases.map { OutputTable.Column.number($0.rawValue, $0.rawValue, $0.rawValue) }
        var table = OutputTable(
            columns: [
                .text("touch", "sentuhan", "touch"), .text("at", "waktu", "at"),
                .text("campaign", "kampanye", "campaign"), .text("template", "templat", "template"),
            ] + models)
        table.rows = row.credits.map { credit in
            [
                credit.touch.rawValue, clock.rfc3339(credit.at), credit.dimensions[.campaign],
                credit.dimensions[.template],
            ] + AttributionModel.allCases.map { Money.decimal(credit.shares[$0] ?? 0) }
        }
        return table
    }
}

/// `pantau outcome-rules`: what in the chat is a result, and how far back touches count.
struct OutcomeRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcome-rules",
        abstract: "What in the chat is an outcome, and how far back touches count. Works while the server runs.",
        discussion: """
            pantau outcome-rules show > rules.json
            pantau outcome-rules set rules.json
            {"outcome_rules": [{"when": {"button": "BOOK"}, "kind": "booking"},
                               {"when": {"flow": "lead-"}, "kind": "lead", "value": "50000", "currency": "IDR"}],
             "attribution": {"lookback": "7d", "by_kind": {"payment_confirmed": "14d"}}}
            """,
        subcommands: [Show.self, Set.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the rules as JSON, ready to edit.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let installation = try await Installation(try data.settings(), as: .guest)
            let settings = try await installation.store.outcomeSettings()
            await installation.close()
            var writer = JSONWriter()
            writer.object { settings.write(to: &$0) }
            SettingsOutput.print(writer.bytes)
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the rules of a JSON file; what it does not name stays.")
        @OptionGroup var data: DataOptions
        @Argument(help: "A file as `outcome-rules show` prints it; - reads standard input.") var file: String

        func run() async throws {
            let body = try SettingsInput.read(file)
            let isOurs = try SettingsDelivery.read(body).allSatisfy { event in
                switch event {
                case .outcomeRules, .attribution: true
                default: false
                }
            }
            guard isOurs else {
                throw Failure(
                    .unprocessable, id: "Isinya harus \"outcome_rules\" dan/atau \"attribution\".",
                    en: "It must hold \"outcome_rules\", \"attribution\", or both.")
            }
            try await SettingsInput.deliver(body, data)
        }
    }
}
