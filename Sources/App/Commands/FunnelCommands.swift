import API
import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage

/// `pantau funnel`: how far messages get, and what each step costs.
struct FunnelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel", abstract: "From send to outcome: how many messages got how far, and what it cost.",
        discussion: """
            pantau funnel --last 28d
            pantau funnel --by campaign --filter use_case=broadcast --filter model=linear -o csv
            The last step counts messages that the attribution model credits with an outcome: --filter model=linear, …; \
            last_touch by default.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var range: RangeOptions
    @Option(help: "One dimension, such as campaign or template.") var by: String?
    @Option(help: "Rows at most.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !(1...1_000).contains(limit) { throw ValidationError("--limit is 1 to 1000.") }
    }

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let query = try range.query(of: "messages", workspace: asking.workspace)
        let dimension = try by.map(Catalogue.requireDimension)
        let funnel = try await asking.analyst.funnel(
            by: dimension, filters: query.filters, range: query.range, limit: dimension == nil ? nil : limit)
        await asking.installation.close()
        let table = dimension == nil ? Self.steps(funnel.total, asking.language) : Self.lines(funnel)
        table.write(as: output.format, asking.language) {
            var writer = JSONWriter()
            writer.object { funnel.write(to: &$0, language: asking.language) }
            return writer.bytes
        }
        asking.note(funnel.notes)
    }

    private static func steps(_ line: Funnel.Line, _ language: Language) -> OutputTable {
        var table = OutputTable(columns: [
            .text("step", "langkah", "step"), .number("messages", "pesan", "messages"),
            .number("of_before", "dari sebelumnya", "of the one before"), .number("of_sent", "dari dikirim", "of sent"),
            .number("cost_each", "biaya per pesan", "cost of each"), .text("currency", "mata uang", "currency"),
        ])
        table.rows = line.stages.map { stage in
            [
                stage.step.name(language), "\(stage.count)", stage.ofBefore.map(AnswerView.percent),
                stage.ofFirst.map(AnswerView.percent), MoneyView.number(stage.costEach), line.cost?.currency,
            ]
        }
        return table
    }

    private static func lines(_ funnel: Funnel) -> OutputTable {
        let name = funnel.dimension?.rawValue ?? ""
        let steps = Funnel.Step.allCases.map { step in
            OutputTable.Column(id: step.rawValue, title: step.name, isNumeric: true)
        }
        let money: [OutputTable.Column] = [
            .number("cost", "biaya", "cost"), .number("cost_per_outcome", "biaya per hasil", "cost per outcome"),
            .text("currency", "mata uang", "currency"), .number("value", "nilai", "value"),
            .text("value_currency", "mata uang nilai", "value currency"),
            .number("return_on_spend", "imbal hasil biaya", "return on spend"),
        ]
        var table = OutputTable(columns: [.text(name, name, name)] + steps + money)
        table.rows = (funnel.lines + [funnel.total]).enumerated().map { index, line in
            [index == funnel.lines.count ? "Σ" : line.key] + line.stages.map { "\($0.count)" }
                + [
                    line.cost?.decimal, MoneyView.number(line.stages.last?.costEach), line.cost?.currency,
                    line.value?.decimal, line.value?.currency, MoneyView.number(line.returnOnSpend),
                ]
        }
        return table
    }
}

/// `pantau lift`: what a campaign truly brought.
struct LiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift", abstract: "The true effect of a campaign, against people who were held out from it.",
        discussion: """
            pantau lift --filter campaign=11.11 --kind payment_confirmed --window 7d
            Mark the held-out people in the send log ("status": "held_out"). Attribution tells what came before an \
            outcome; only this tells what caused it.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var range: RangeOptions
    @Option(help: "Kind of outcome; may be repeated; all unless given.") var kind: [String] = []
    @Option(help: "How long an effect is looked for: 7d, 48h.") var window = "7d"
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let seconds = try Self.seconds(window)
        let asking = try await Asking(data, language: output.language)
        let query = try range.query(of: "messages", workspace: asking.workspace)
        let lift = try await asking.analyst.lift(
            filters: query.filters, kinds: kind, range: query.range, windowSeconds: seconds)
        await asking.installation.close()
        Self.table(lift).write(as: output.format, asking.language) {
            var writer = JSONWriter()
            writer.object {
                lift.write(to: &$0)
                $0.member("window_seconds", seconds)
            }
            return writer.bytes
        }
        asking.note([Self.sentence(lift), lift.note].compactMap { $0 })
    }

    static func seconds(_ text: String) throws -> Int64 {
        let unit: Int64? =
            switch text.last {
            case "d": 86_400
            case "h": 3600
            default: nil
            }
        guard let unit, let count = Int64(text.dropLast()), (1...90 * 86_400 / unit).contains(count) else {
            throw ValidationError("--window is written such as 7d or 48h, at most 90d.")
        }
        return count * unit
    }

    private static func table(_ lift: Lift) -> OutputTable {
        var table = OutputTable(columns: [
            .text("group", "kelompok", "group"), .number("persons", "orang", "persons"),
            .number("converted", "dengan hasil", "with an outcome"), .number("rate", "bagian", "share"),
        ])
        let counts = lift.counts
        table.rows = [
            ["treated", "\(counts.treated)", "\(counts.treatedConverted)", lift.treatedRate.map(AnswerView.percent)],
            ["held_out", "\(counts.heldOut)", "\(counts.heldOutConverted)", lift.heldOutRate.map(AnswerView.percent)],
        ]
        return table
    }

    private static func sentence(_ lift: Lift) -> Text? {
        guard let difference = lift.difference, let interval = lift.interval, let extra = lift.extra else { return nil }
        let points = { (share: Double) in
            (share * 100).formatted(.number.precision(.fractionLength(2)).grouping(.never))
        }
        let range = "\(points(interval.lower)) … \(points(interval.upper))"
        let told = Text(
            id: "Selisih \(points(difference)) poin persen (95 %: \(range))",
            en: "A difference of \(points(difference)) percentage points (95 %: \(range))")
        guard lift.isEnough, interval.lower > 0 || interval.upper < 0 else {
            return Text(
                id: told.id + ": belum terbukti ada dampaknya.", en: told.en + ": no effect is shown yet.")
        }
        let people = abs(extra).formatted(.number.precision(.fractionLength(0)).grouping(.never))
        return extra > 0
            ? Text(
                id: told.id + "; sekitar \(people) orang tidak akan mencapai hasil tanpa kampanye ini.",
                en: told.en + "; about \(people) people would not have had an outcome without it.")
            : Text(
                id: told.id + "; sekitar \(people) orang lebih sedikit yang mencapai hasil karena kampanye ini.",
                en: told.en + "; about \(people) fewer people had an outcome because of it.")
    }
}
