import API
import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights
import Ledgers
import Storage
import StoreSQLite

/// `pantau waste`: what was paid for nothing.
struct WasteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waste", abstract: "What was paid with nothing to show, by reason, and what to do about it.",
        discussion: """
            pantau waste --last 28d --filter campaign=11.11
            The people behind it: `pantau recipients --measure wasted`.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var range: RangeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let query = try range.query(of: "cost", workspace: asking.workspace)
        let waste = try await asking.analyst.waste(filters: query.filters, range: query.range)
        await asking.installation.close()
        let format = output.format
        Self.table(waste, asking.language).write(as: format, asking.language) {
            var writer = JSONWriter()
            writer.object { waste.write(to: &$0, language: asking.language) }
            return writer.bytes
        }
        guard format == .table else { return }
        for line in waste.lines {
            guard let reason = WasteReason(rawValue: line.reason) else { continue }
            print("\n\(reason.name(asking.language)): \(reason.action(asking.language))", terminator: "")
        }
        print("")
        for total in waste.totals {
            let share = total.share.map(AnswerView.percent) ?? "–"
            let text = MoneyView.text(total.wasted) ?? "–"
            print(asking.say("Terbuang: \(text) (\(share))", "Wasted: \(text) (\(share))"))
        }
        asking.note(waste.notes)
    }

    private static func table(_ waste: Waste, _ language: Language) -> OutputTable {
        var table = OutputTable(columns: [
            .text("reason", "sebab", "reason"), .number("messages", "pesan", "messages"),
            .number("cost", "biaya", "cost"), .number("recoverable", "dapat dihemat", "recoverable"),
            .text("currency", "mata uang", "currency"), .text("recovery", "kepastian", "how surely"),
        ])
        table.rows = waste.lines.map { line in
            let reason = WasteReason(rawValue: line.reason)
            let kept = reason?.recoverable(of: line.cost, raised: line.raised)
            return [
                line.reason, "\(line.messages)", line.cost.decimal, kept?.decimal, line.cost.currency,
                reason?.recovery.rawValue,
            ]
        }
        return table
    }
}

/// `pantau budgets`: will the month's money last?
struct BudgetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budgets", abstract: "This month's budgets: spent, projected, and when they are used up.",
        discussion: "Make one with `pantau costs budget --category marketing 5000000 IDR`.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let standings = try await asking.analyst.budgetStandings(try await asking.store.costSettings().budgets)
        await asking.installation.close()
        let format = output.format
        if standings.isEmpty, format == .table {
            print(
                asking.say(
                    "Belum ada anggaran. Buat dengan `pantau costs budget 5000000 IDR`.",
                    "There is no budget. Make one with `pantau costs budget 5000000 IDR`."))
            return
        }
        var table = OutputTable(columns: [
            .text("budget", "anggaran", "budget"), .number("amount", "jumlah", "amount"),
            .number("spent", "terpakai", "spent"), .number("projected", "perkiraan akhir bulan", "projected"),
            .number("projected_low80", "bawah 80 %", "lo 80 %"), .number("projected_high80", "atas 80 %", "hi 80 %"),
            .number("chance_of_passing", "kemungkinan lewat", "chance of passing"),
            .text("currency", "mata uang", "currency"), .text("used_up_on", "habis", "used up on"),
        ])
        table.rows = standings.map { standing in
            [
                standing.budget.scope.name(asking.language), standing.budget.amount.decimal, standing.spent.decimal,
                standing.projected?.decimal,
                standing.projection.map { VolumeForecast.rounded($0.lower80).description },
                standing.projection.map { VolumeForecast.rounded($0.upper80).description },
                standing.projection.map { VolumeForecast.rounded($0.chanceOfPassing).description },
                standing.spent.currency, standing.usedUpOn?.description,
            ]
        }
        table.write(as: format, asking.language) {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member(
                    "budgets", array: { for standing in standings { $0.object { standing.write(to: &$0) } } })
            }
            return writer.bytes
        }
    }
}
