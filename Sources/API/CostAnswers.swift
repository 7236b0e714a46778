import Analytics
import Catalogue
import Connectors
import Domain
import Hummingbird
import Insights
import Ledgers
import Storage
import Web

/// What was spent for nothing, how budgets stand, and what Meta made dearer.
extension Surfaces {
    static let moneyReaders: Access = .roles([.analyst, .admin])

    func outcomeAnswers() -> [Operation] { [outcomeList, outcomeStory, linkClicks] }
    func moneyAnswers() -> [Operation] { [funnel, lift, waste, categoryRaises, budgets, quotas] }

    private static let wasteDimensions = Dimension.stored(.charge)

    private var waste: Operation {
        Operation(
            .get, "/api/v1/waste", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Biaya terbuang menurut sebab", en: "Cost wasted, by reason"),
            detail: Text(
                id:
                    "Pesan berbayar yang tidak dibaca, dibalas, diklik, atau diikuti hasil dalam 7 hari; tiap pesan "
                    + "satu sebab. recoverable: bagian yang dapat dihemat; recovery menyebut seberapa pasti. Daftar "
                    + "orangnya: POST /api/v1/recipients dengan measure wasted.",
                en: "Charged messages neither read, answered, clicked nor followed by an outcome within 7 days; one "
                    + "reason for each message. recoverable: what could have been kept; recovery tells how surely. The "
                    + "people behind it: POST /api/v1/recipients with measure wasted."),
            parameters: URLRange.parameters(standard: .last28Days) + URLConditions.parameters(Self.wasteDimensions),
            answers: [
                .json(
                    200, Text(id: "Menurut sebab", en: "By reason"), .reference("Waste"), example: MoneyExamples.waste),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
            ]
        ) { [analyst, now, workspace] request, context in
            let query = request.urlQuery
            let filters = try URLConditions.read(query, Self.wasteDimensions, others: URLRange.names)
            let waste = try await analyst.waste(
                filters: filters, range: try query.range(now: now(), in: workspace, standard: .last28Days))
            var writer = JSONWriter(reservingBytes: 4096)
            writer.object { waste.write(to: &$0, language: context.language) }
            return .json(writer)
        }
    }

    private var categoryRaises: Operation {
        Operation(
            .get, "/api/v1/category-raises", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Templat yang kategorinya dinaikkan", en: "Templates whose category was raised"),
            detail: Text(
                id: "Yang terbaru lebih dulu, dengan pesan, biaya, dan biaya per pesan 14 hari sebelum dan sesudahnya, "
                    + "serta selisihnya terhadap tarif kategori lama.",
                en: "The latest first, with messages, cost and cost of each in the 14 days before and after, and what "
                    + "they cost more than in the category before."),
            parameters: URLRange.parameters(standard: .last90Days),
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("CategoryRaises"),
                    example: MoneyExamples.categoryRaises),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
            ]
        ) { [analyst, now, workspace] request, _ in
            let query = request.urlQuery
            _ = try URLConditions.read(query, [], others: URLRange.names)
            let raises = try await analyst.categoryRaiseEffects(
                range: try query.range(now: now(), in: workspace, standard: .last90Days))
            var writer = JSONWriter()
            writer.object {
                $0.member("raises", array: { for raise in raises { $0.object { raise.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }

    private var budgets: Operation {
        Operation(
            .get, "/api/v1/budgets", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Anggaran bulan ini", en: "This month's budgets"),
            detail: Text(
                id:
                    "Terpakai sampai sekarang, perkiraan akhir bulan menurut hari yang sama dalam empat minggu "
                    + "terakhir, dan kapan habis. Atur lewat PUT /api/v1/cost-settings.",
                en: "Spent until now, the projected end of the month by the same weekdays of the last four weeks, and "
                    + "when it is used up. Set them with PUT /api/v1/cost-settings."),
            answers: [
                .json(
                    200, Text(id: "Keadaannya", en: "How they stand"), .reference("BudgetStandings"),
                    example: MoneyExamples.budgets)
            ]
        ) { [analyst, store] _, _ in
            let standings = try await analyst.budgetStandings(try await store.costSettings().budgets)
            var writer = JSONWriter()
            writer.object {
                $0.member(
                    "budgets", array: { for standing in standings { $0.object { standing.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }
}

extension Waste {
    package func write(to writer: inout JSONWriter, language: Language) {
        writer.member("range", range)
        writer.member("reasons", array: { for line in lines { $0.object { line.write(to: &$0) } } })
        writer.member(
            "totals",
            array: {
                for total in totals {
                    $0.object {
                        $0.member("messages", total.messages)
                        $0.member("wasted", total.wasted)
                        $0.member("cost", total.cost)
                        $0.member("share_of_judged", total.share)
                    }
                }
            })
        writer.member("notes", array: { for note in notes { $0.string(note(language)) } })
    }
}

extension Waste.Line {
    func write(to writer: inout JSONWriter) {
        let known = WasteReason(rawValue: reason)
        writer.member("reason", reason)
        writer.member("name", known?.name ?? Text(id: reason, en: reason))
        writer.member("messages", messages)
        writer.member("cost", cost)
        writer.member("recoverable", known?.recoverable(of: cost, raised: raised))
        writer.member("recovery", (known?.recovery ?? .none).rawValue)
        if let action = known?.action { writer.member("action", action) }
    }
}

extension CategoryRaiseEffect {
    func write(to writer: inout JSONWriter) {
        writer.member("template", template)
        writer.member("language", language)
        writer.member("at", RFC3339.format(at))
        writer.member("from", from)
        writer.member("to", to)
        writer.member("before", object: { before.write(to: &$0) })
        writer.member("after", object: { after.write(to: &$0) })
    }
}

extension CategoryRaiseEffect.Side {
    func write(to writer: inout JSONWriter) {
        writer.member("range", range)
        writer.member("messages", messages)
        writer.member("charged", charged)
        writer.member("messages_without_price", unknownPrices)
        writer.member("cost", cost)
        writer.member("cost_each", costEach)
        writer.member("raised", raised)
    }
}

extension BudgetStanding {
    package func write(to writer: inout JSONWriter) {
        switch budget.scope {
        case .everything: break
        case .category(let category): writer.member("category", category)
        case .campaign(let campaign): writer.member("campaign", campaign)
        }
        writer.member("name", budget.scope.name)
        writer.member("month", month.description)
        writer.member("budget", budget.amount)
        writer.member("spent", spent)
        writer.member("projected", projected)
        writer.member("projected_low80", projection.map { VolumeForecast.rounded($0.lower80) })
        writer.member("projected_high80", projection.map { VolumeForecast.rounded($0.upper80) })
        writer.member("chance_of_passing", projection.map { VolumeForecast.rounded($0.chanceOfPassing) })
        writer.member("used_up", isUsedUp)
        writer.member("used_up_on", usedUpOn?.description)
        writer.member("messages_without_price", unknownPrices)
        writer.member("other_currencies", array: { for currency in otherCurrencies { $0.string(currency) } })
    }
}

extension CostSettings {
    /// What can be set, as it is set.
    package func write(to writer: inout JSONWriter) {
        writer.key("accounts")
        SettingsDelivery.write(accounts, to: &writer)
        writer.key("exchange_rates")
        SettingsDelivery.write(exchange, to: &writer)
        writer.key("cost_assumptions")
        SettingsDelivery.write(assumptions, to: &writer)
        writer.key("budgets")
        SettingsDelivery.write(budgets, to: &writer)
    }
}

extension OutcomeSettings {
    /// What can be set, as it is set.
    package func write(to writer: inout JSONWriter) {
        writer.key("outcome_rules")
        SettingsDelivery.write(rules, to: &writer)
        writer.key("attribution")
        SettingsDelivery.write(attribution, to: &writer)
    }
}
