import Catalogue
import Domain
import Ledgers
import Storage
import Web

/// What costs are counted by: prices, accounts, exchange rates, assumptions; and budgets.
struct PriceSettings {
    let desk: SettingsDesk
    let settings: CostSettings
    let accounts: [String]
    let campaigns: [String]

    static func load(_ desk: SettingsDesk) async throws -> PriceSettings {
        PriceSettings(
            desk: desk, settings: try await desk.store.costSettings(), accounts: await desk.values(.waba),
            campaigns: await desk.values(.campaign))
    }

    private static let api = "/api/v1/cost-settings"

    var html: HTML {
        """
        \(budgets)\(RateTable(desk: desk, settings: settings).html)\(RateImport(desk: desk).html)\(exchange)\(terms)
        \(assumptions)\(Control.offers("campaigns", campaigns))\(Control.offers("accounts", accounts))
        \(Control.offers("currencies", currencies))\(Control.offers("categories", PricedCategory.listed))
        \(Control.elsewhere(
            desk, api: "GET | PUT \(Self.api) · GET | POST /api/v1/rate-cards",
            command: "pantau costs show | set | budget | rates"))
        """
    }

    private var currencies: [String] {
        let used = settings.rates.map(\.currency) + settings.accounts.compactMap(\.currency)
        return Array(Set(used + [desk.workspace.currency, "USD", "IDR"])).sorted()
    }

    // MARK: Budgets

    private var budgets: HTML {
        let scopes = [
            Control.Choice("", desk.say("Semua pesan", "All messages"), isBare: true),
            .init("category", desk.say("Kategori", "Category"), example: "marketing", values: "categories"),
            .init("campaign", desk.say("Kampanye", "Campaign"), example: "11.11", values: "campaigns"),
        ]
        func row(_ budget: Budget?) -> HTML {
            let (key, value): (String, String) =
                switch budget?.scope {
                case .category(let category): ("category", category)
                case .campaign(let campaign): ("campaign", campaign)
                case .everything, nil: ("", "")
                }
            let amount = Control.text(
                "amount", desk.say("Per bulan", "A month"), budget?.amount.decimal ?? "", example: "5000000",
                hint: budget.map { desk.figures.money($0.amount) })
            return """
                <div class="grid">\
                \(Control.pick("", desk.say("Untuk", "For"), scopes, chosen: key, value: value))\(amount)\
                \(currency("currency", budget?.amount.currency ?? desk.workspace.currency))</div>
                """
        }
        return SettingsForm(
            id: "budgets", send: Self.api, desk: desk, title: desk.say("Anggaran bulanan", "Monthly budgets"),
            fields: Control.rows(
                "budgets", settings.budgets.map(row), blank: row(nil),
                add: desk.say("Tambah anggaran", "Add a budget"),
                none: desk.say(
                    "Belum ada anggaran. Dengan anggaran, halaman Biaya menunjukkan kapan uangnya habis.",
                    "No budget yet. With one, the page Costs shows when the money runs out."), desk)
        ).html
    }

    private func currency(_ member: String, _ value: String, _ label: String? = nil) -> HTML {
        Control.text(
            member, label ?? desk.say("Mata uang", "Currency"), value, example: desk.workspace.currency,
            values: "currencies")
    }

    // MARK: Exchange rates

    private var exchange: HTML {
        func row(_ rate: ExchangeRate?) -> HTML {
            """
            <div class="grid">\(currency("from", rate?.from ?? "USD", desk.say("Satu", "One")))\
            \(Control.text(
                "rate", desk.say("sama dengan", "is worth"), rate.map { Money.decimal($0.rateMicros) } ?? "",
                example: "16250.5"))\
            \(currency("to", rate?.to ?? desk.workspace.currency, desk.say("dalam", "in")))\
            \(Control.text(
                "effective_from", desk.say("sejak", "since"), rate?.effectiveFrom.description ?? "",
                type: "date"))</div>
            """
        }
        let note = desk.say(
            "Tanpa kurs, jumlah dalam mata uang lain berdiri sendiri dan tidak pernah dijumlahkan. Kurs hari "
                + "pengiriman "
                + "yang berlaku.",
            "Without a rate, amounts in other currencies stand by themselves and are never added up. The rate of the "
                + "day of the send holds.")
        return SettingsForm(
            id: "exchange", send: Self.api, desk: desk, title: desk.say("Kurs", "Exchange rates"),
            fields: """
                <p class="muted small">\(note)</p>
                \(Control.rows(
                    "exchange_rates", settings.exchange.map(row), blank: row(nil),
                    add: desk.say("Tambah kurs", "Add a rate"),
                    none: desk.say("Belum ada kurs.", "No exchange rate yet."), desk))
                """
        ).html
    }

    // MARK: Accounts

    private var terms: HTML {
        func row(_ terms: AccountTerms?) -> HTML {
            """
            <div class="grid">\
            \(Control.text(
                "account", desk.say("ID akun (WABA)", "Account id (WABA)"), terms?.account.value ?? "",
                example: "102290129340398", values: "accounts"))\
            \(Control.text(
                "timezone", desk.say("Zona waktu akun", "Zone of the account"), terms?.timeZone ?? "",
                example: desk.workspace.timeZone))\
            \(currency("currency", terms?.currency ?? "", desk.say("Ditagih dalam", "Billed in")))\
            \(Control.text(
                "portfolio", desk.say("Portofolio bisnis", "Business portfolio"), terms?.portfolio ?? "",
                example: desk.say("satu untuk semua", "one for all")))</div>
            """
        }
        let note = desk.say(
            "Bulan, tingkat volume, dan harga baru Meta dimulai pada tengah malam akun. Tidak ada webhook yang "
                + "menyebutnya; yang kosong diandaikan.",
            "Meta's months, volume tiers and new prices begin at the account's midnight. No webhook tells it; what is "
                + "left empty is assumed.")
        return SettingsForm(
            id: "accounts-terms", send: Self.api, desk: desk, title: desk.say("Akun WhatsApp", "WhatsApp accounts"),
            fields: """
                <p class="muted small">\(note)</p>
                \(Control.rows(
                    "accounts", settings.accounts.map(row), blank: row(nil),
                    add: desk.say("Tambah akun", "Add an account"),
                    none: desk.say(
                        "Belum ada: semua akun memakai zona dan mata uang ruang kerja.",
                        "None: all accounts have the zone and currency of the workspace."), desk))
                """
        ).html
    }

    // MARK: Assumptions

    private var assumptions: HTML {
        let told = settings.assumptions.told(workspaceCurrency: desk.workspace.currency)
        func sentence(_ id: String) -> String { told.first { $0.id == id }.map { desk.say($0.sentence) } ?? "" }
        let assumed = settings.assumptions
        return SettingsForm(
            id: "assumptions-form", send: Self.api, desk: desk,
            title: desk.say("Asumsi: yang tidak dijelaskan Meta", "Assumptions: what Meta does not say"),
            fields: """
                <div data-object="cost_assumptions">\
                \(Control.check(
                    "entry_point_uses_quota",
                    desk.say(
                        "Pesan di jendela titik masuk gratis memakai kuota 1.000 pesan",
                        "Messages in a free entry point window use up the 1,000 free ones"),
                    assumed.entryPointUsesQuota, hint: sentence("entry_point_uses_quota")))\
                \(Control.check(
                    "declared_category_prices",
                    desk.say(
                        "Hargai pesan tanpa harga menurut kategori pada catatan pengiriman",
                        "Price messages without pricing by the category that was declared"),
                    assumed.declaredCategoryPrices, hint: sentence("declared_category_prices")))\
                \(Control.check(
                    "marketing_lite_as_marketing",
                    desk.say(
                        "marketing_lite berharga sama dengan marketing", "marketing_lite costs what marketing costs"),
                    assumed.marketingLiteAsMarketing, hint: sentence("marketing_lite_as_marketing")))\
                <div class="grid">\(currency(
                    "currency", assumed.currency ?? "",
                    desk.say("Mata uang tagihan akun tanpa keterangan", "Billing currency of accounts without terms")))\
                </div><p class="muted small">\(sentence("currency"))</p></div>
                """
        ).html
    }
}
