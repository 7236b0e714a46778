import API
import Analytics
import ArgumentParser
import Connectors
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite

/// `pantau costs`: what costs are counted by.
struct CostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "costs",
        abstract: "Accounts, exchange rates, assumptions, budgets and rate cards. Works while the server runs.",
        discussion: """
            pantau costs show > costs.json
            pantau costs set costs.json
            pantau costs budget --category marketing 5000000 IDR
            pantau costs rates --market Indonesia
            A change counts for all time: costs are counted again.
            """,
        subcommands: [Show.self, Set.self, SetBudget.self, Rates.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the settings as JSON, ready to edit.")
        @OptionGroup var data: DataOptions
        @Option(help: "id or en, for the assumptions.") var language: String?

        func run() async throws {
            let asking = try await Asking(data, language: language)
            let settings = try await asking.store.costSettings()
            await asking.installation.close()
            var writer = JSONWriter()
            writer.object { settings.write(to: &$0) }
            SettingsOutput.print(writer.bytes)
            let told = settings.assumptions.told(workspaceCurrency: asking.workspace.currency)
            asking.note(told.map(\.sentence))
            guard settings.recounted < 1 else { return }
            let share = AnswerView.percent(settings.recounted)
            asking.note([Text(id: "Sudah dihitung ulang: \(share).", en: "Recounted so far: \(share).")])
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set what a JSON file names; each part is replaced as a whole, others stay.")
        @OptionGroup var data: DataOptions
        @Argument(help: "A file as `costs show` prints it; - reads standard input.") var file: String

        func run() async throws {
            let body = try SettingsInput.read(file)
            let isOurs = try SettingsDelivery.read(body).allSatisfy { if case .cost = $0 { true } else { false } }
            guard isOurs else {
                throw Failure(
                    .unprocessable,
                    id: "Isinya harus accounts, exchange_rates, cost_assumptions, budgets, atau rates.",
                    en: "It must hold accounts, exchange_rates, cost_assumptions, budgets or rates.")
            }
            try await SettingsInput.deliver(body, data)
        }
    }

    struct SetBudget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "budget", abstract: "Set one monthly budget; 0 takes it away.")
        @OptionGroup var data: DataOptions
        @Option(help: "Of a category, such as marketing.") var category: String?
        @Option(help: "Of a campaign.") var campaign: String?
        @Argument(help: "Amount for each month, such as 5000000.") var amount: String
        @Argument(help: "Currency, such as IDR.") var currency: String

        func validate() throws {
            if category != nil, campaign != nil { throw ValidationError("--category or --campaign, not both.") }
            guard let micros = Money.micros(amount), micros >= 0 else {
                throw ValidationError("The amount is a number such as 5000000 or 250.50.")
            }
        }

        func run() async throws {
            let scope: Budget.Scope =
                category.map { .category($0) } ?? campaign.map { .campaign($0) } ?? .everything
            let installation = try await Installation(try data.settings(), as: .guest)
            var budgets = try await installation.store.costSettings().budgets
            await installation.close()
            let money = Money(micros: Money.micros(amount) ?? 0, currency: currency.uppercased())
            let budget = Budget(scope: scope, amount: money)
            let place = budgets.firstIndex { $0.scope == scope }
            switch (money.micros, place) {
            case (0, let place?): budgets.remove(at: place)
            case (0, nil): throw Failure(.notFound, id: "Anggaran itu tidak ada.", en: "There is no such budget.")
            case (_, let place?): budgets[place] = budget
            case (_, nil): budgets.append(budget)
            }
            let body = SettingsDelivery.encode(CostChange.budgets(budgets))
            // What the file form would refuse is refused here too.
            _ = try SettingsDelivery.read(body)
            try await SettingsInput.deliver(body, data)
        }
    }

    struct Rates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the prices in force, with where they are from.",
            discussion: "Add a card with `pantau import --format rate-card FILE.csv`.")
        @OptionGroup var data: DataOptions
        @Option(help: "Meta's market, or a country code.") var market: String?
        @Option(help: "ISO 4217.") var currency: String?
        @Option(help: "marketing, utility, authentication, …") var category: String?
        @Option(help: "Another day than today.") var date: String?
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if let date, LocalDate(date) == nil { throw ValidationError("--date is a date such as 2026-10-01.") }
        }

        func run() async throws {
            let asking = try await Asking(data, language: output.language)
            let clock = try ZoneClock.named(asking.workspace.timeZone)
            let day = date.flatMap(LocalDate.init) ?? clock.date(of: Clock.now())
            let settings = try await asking.store.costSettings()
            await asking.installation.close()
            let prices = RateCard.inForce(settings.rates, on: day).filter { price in
                market.map { $0.lowercased() == price.market.lowercased() } ?? true
                    && currency.map { $0.uppercased() == price.currency } ?? true
                    && category.map { $0.lowercased() == price.category } ?? true
            }
            var table = OutputTable(columns: [
                .text("currency", "mata uang", "currency"), .text("market", "pasar", "market"),
                .text("category", "kategori", "category"), .number("tier_from", "dari pesan ke", "from message"),
                .number("tier_to", "sampai", "to"), .number("rate", "tarif", "rate"),
                .text("effective_from", "sejak", "since"), .text("source", "asal", "source"),
            ])
            table.rows = prices.flatMap { price in
                price.tiers.map { tier in
                    [
                        price.currency, price.market, price.category, "\(tier.tierFrom)", tier.tierTo.map { "\($0)" },
                        tier.rateMicros.map { Money.decimal($0) } ?? "n/a", price.effectiveFrom.description,
                        price.isImported ? "imported" : "shipped",
                    ]
                }
            }
            table.write(as: output.format, asking.language) {
                var writer = JSONWriter()
                writer.object { writer in
                    writer.member("date", day.description)
                    writer.member(
                        "lines", array: { for price in prices { $0.object { price.write(to: &$0) } } })
                }
                return writer.bytes
            }
        }
    }
}
