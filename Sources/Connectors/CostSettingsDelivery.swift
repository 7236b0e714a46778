import Domain

/// The members of a settings body that change what costs are counted by.
///
/// ```json
/// {"accounts": [{"account": "102290129340398", "timezone": "Asia/Jakarta", "currency": "USD", "portfolio": "main"}]}
/// {"exchange_rates": [{"from": "USD", "to": "IDR", "effective_from": "2026-10-01", "rate": "16250.5"}]}
/// {"cost_assumptions": {"entry_point_uses_quota": true}}
/// {"budgets": [{"category": "marketing", "amount": "5000000", "currency": "IDR"},
///              {"amount": "9000000", "currency": "IDR"}]}
/// {"rates": [{"effective_from": "2026-10-01", "currency": "IDR", "market": "Indonesia", "category": "utility",
///             "tier_from": 0, "tier_to": null, "rate": "405.5"}]}
/// ```
///
/// Accounts, exchange rates and budgets are all that hold from then on, and an assumption that is not named has its
/// usual value; rates are added to those that are known.
enum CostSettingsDelivery {
    static let members = ["accounts", "exchange_rates", "cost_assumptions", "budgets", "rates"]

    static let accountsMax = 1_000
    static let exchangeRatesMax = 10_000
    static let budgetsMax = 500
    /// Every market and category of every currency four times over.
    static let ratesMax = 20_000
    /// Dearest message: a million units.
    static let rateMicros: ClosedRange<Int64> = 0...1_000_000 * 1_000_000
    /// A millionth to ten million units for one.
    static let exchangeMicros: ClosedRange<Int64> = 1...10_000_000 * 1_000_000
    static let budgetMicros: ClosedRange<Int64> = 1...Money.outcomeMicrosMax
    /// Messages of a month.
    static let tierMax: Int64 = 1_000_000_000_000

    static func changes(_ body: SettingsReading) throws(Failure) -> [CostChange] {
        var changes: [CostChange] = []
        if let accounts = body.member("accounts") { changes.append(.accounts(try self.accounts(accounts))) }
        if let rates = body.member("exchange_rates") { changes.append(.exchange(try exchange(rates))) }
        if let assumptions = body.member("cost_assumptions") {
            changes.append(.assumptions(try self.assumptions(assumptions)))
        }
        if let budgets = body.member("budgets") { changes.append(.budgets(try self.budgets(budgets))) }
        if let rates = body.member("rates") { changes.append(.rates(try self.rates(rates))) }
        return changes
    }

    // MARK: Reading

    private static func accounts(_ list: SettingsReading.Element) throws(Failure) -> [AccountTerms] {
        var accounts: [AccountTerms] = []
        var seen: Set<AccountID> = []
        for element in try list.list(atMost: accountsMax) {
            let object = try element.object(known: ["account", "timezone", "currency", "portfolio"])
            let account = AccountID(try object.required("account").name())
            guard seen.insert(account).inserted else {
                throw element.failure(
                    id: "akun ini sudah disebut; satu isian per akun",
                    en: "this account is named before; one entry each")
            }
            var terms = AccountTerms(account: account)
            if let zone = object.member("timezone") { terms.timeZone = try timeZone(zone) }
            terms.currency = try object.member("currency")?.currency()
            terms.portfolio = try object.member("portfolio")?.name()
            accounts.append(terms)
        }
        return accounts
    }

    private static func timeZone(_ element: SettingsReading.Element) throws(Failure) -> String {
        let name = try element.name()
        do throws(Failure) {
            _ = try ZoneClock.named(name)
        } catch {
            throw Failure(
                error.code, id: "\(element.path): \(error.message.id)", en: "\(element.path): \(error.message.en)")
        }
        return name
    }

    private static func exchange(_ list: SettingsReading.Element) throws(Failure) -> [ExchangeRate] {
        var rates: [ExchangeRate] = []
        var seen: Set<String> = []
        for element in try list.list(atMost: exchangeRatesMax) {
            let object = try element.object(known: ["from", "to", "effective_from", "rate"])
            let rate = ExchangeRate(
                effectiveFrom: try object.required("effective_from").date(),
                from: try object.required("from").currency(), to: try object.required("to").currency(),
                rateMicros: try object.required("rate").micros(in: exchangeMicros))
            guard rate.from != rate.to else {
                throw element.failure(
                    id: "from dan to harus mata uang yang berbeda", en: "from and to must be different currencies")
            }
            guard seen.insert("\(rate.from) \(rate.to) \(rate.effectiveFrom)").inserted else {
                throw element.failure(
                    id: "kurs untuk tanggal dan mata uang ini sudah disebut; pilih satu",
                    en: "the rate of these currencies and this date is named before; keep one")
            }
            rates.append(rate)
        }
        return rates
    }

    private static func assumptions(_ element: SettingsReading.Element) throws(Failure) -> CostAssumptions {
        let object = try element.object(known: [
            "entry_point_uses_quota", "declared_category_prices", "marketing_lite_as_marketing", "currency",
        ])
        var assumptions = CostAssumptions()
        if let told = object.member("entry_point_uses_quota") { assumptions.entryPointUsesQuota = try told.bool() }
        if let told = object.member("declared_category_prices") {
            assumptions.declaredCategoryPrices = try told.bool()
        }
        if let told = object.member("marketing_lite_as_marketing") {
            assumptions.marketingLiteAsMarketing = try told.bool()
        }
        assumptions.currency = try object.member("currency")?.currency()
        return assumptions
    }

    private static func budgets(_ list: SettingsReading.Element) throws(Failure) -> [Budget] {
        var budgets: [Budget] = []
        var seen: Set<Budget.Scope> = []
        for element in try list.list(atMost: budgetsMax) {
            let object = try element.object(known: ["category", "campaign", "amount", "currency"])
            let scope: Budget.Scope
            switch (object.member("category"), object.member("campaign")) {
            case (nil, nil): scope = .everything
            case (let category?, nil):
                scope = .category(try self.category(category, of: RateCardFile.countedCategories))
            case (nil, let campaign?): scope = .campaign(try campaign.name())
            case (_?, _?):
                throw element.failure(
                    id: "sebut category atau campaign, bukan keduanya; tanpa keduanya untuk semua",
                    en: "name category or campaign, not both; neither for everything")
            }
            guard seen.insert(scope).inserted else {
                throw element.failure(
                    id: "anggaran untuk cakupan ini sudah disebut; satu isian saja",
                    en: "the budget of this scope is named before; one entry each")
            }
            let micros = try object.required("amount").micros(in: budgetMicros)
            let currency = try object.required("currency").currency()
            budgets.append(Budget(scope: scope, amount: Money(micros: micros, currency: currency)))
        }
        return budgets
    }

    private static func category(
        _ element: SettingsReading.Element, of known: [String]
    ) throws(Failure) -> String {
        let told = try element.text()
        guard let category = RateCardFile.category(told), known.contains(category) else {
            let list = known.joined(separator: ", ")
            throw element.failure(id: "harus salah satu dari: \(list)", en: "must be one of: \(list)")
        }
        return category
    }

    private static func rates(_ list: SettingsReading.Element) throws(Failure) -> [RateEntry] {
        var entries: [RateEntry] = []
        var places: [RateTiers.Line] = []
        for element in try list.list(atMost: ratesMax) {
            let object = try element.object(known: [
                "effective_from", "currency", "market", "category", "tier_from", "tier_to", "rate",
            ])
            guard object.value.keys.contains("rate") else {
                throw object.failure(
                    id: "rate tidak ada; null berarti kartu menyebut n/a",
                    en: "rate is missing; null means that the card says n/a")
            }
            let market = try object.required("market")
            let entry = RateEntry(
                effectiveFrom: try object.required("effective_from").date(),
                currency: try object.required("currency").currency(),
                market: try RateCardFile.market(try market.name()) { market.failure(id: $0.id, en: $0.en) },
                category: try category(try object.required("category"), of: RateCardFile.categories),
                tierFrom: try object.member("tier_from")?.count(in: 0...tierMax) ?? 0,
                tierTo: try object.member("tier_to")?.count(in: 1...tierMax),
                rateMicros: try rate(object.member("rate")))
            entries.append(entry)
            places.append(RateTiers.Line(place: element.path, entry: entry))
        }
        if let problem = RateTiers.problem(places) {
            throw Failure(.unprocessable, id: "\(problem.id).", en: "\(problem.en).")
        }
        return entries
    }

    private static func rate(_ element: SettingsReading.Element?) throws(Failure) -> Int64? {
        guard let element, !RateCardFile.isNone(element.value.string ?? "") || element.value.kind != .string else {
            return nil
        }
        return try element.micros(in: rateMicros)
    }
}

// MARK: Writing

extension SettingsDelivery {
    /// The body that asks for this change.
    package static func encode(_ change: CostChange) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch change {
            case .rates(let entries):
                writer.key("rates")
                write(entries, to: &writer)
            case .accounts(let accounts):
                writer.key("accounts")
                write(accounts, to: &writer)
            case .exchange(let rates):
                writer.key("exchange_rates")
                write(rates, to: &writer)
            case .assumptions(let assumptions):
                writer.key("cost_assumptions")
                write(assumptions, to: &writer)
            case .budgets(let budgets):
                writer.key("budgets")
                write(budgets, to: &writer)
            }
        }
        return writer.bytes
    }

    package static func write(_ accounts: [AccountTerms], to writer: inout JSONWriter) {
        writer.array { writer in
            for terms in accounts {
                writer.object {
                    $0.member("account", terms.account.value)
                    if let zone = terms.timeZone { $0.member("timezone", zone) }
                    if let currency = terms.currency { $0.member("currency", currency) }
                    if let portfolio = terms.portfolio { $0.member("portfolio", portfolio) }
                }
            }
        }
    }

    package static func write(_ rates: [ExchangeRate], to writer: inout JSONWriter) {
        writer.array { writer in
            for rate in rates {
                writer.object {
                    $0.member("from", rate.from)
                    $0.member("to", rate.to)
                    $0.member("effective_from", rate.effectiveFrom.description)
                    $0.member("rate", Money.decimal(rate.rateMicros))
                }
            }
        }
    }

    package static func write(_ assumptions: CostAssumptions, to writer: inout JSONWriter) {
        writer.object {
            $0.member("entry_point_uses_quota", assumptions.entryPointUsesQuota)
            $0.member("declared_category_prices", assumptions.declaredCategoryPrices)
            $0.member("marketing_lite_as_marketing", assumptions.marketingLiteAsMarketing)
            $0.member("currency", assumptions.currency)
        }
    }

    package static func write(_ budgets: [Budget], to writer: inout JSONWriter) {
        writer.array { writer in
            for budget in budgets {
                writer.object {
                    switch budget.scope {
                    case .everything: break
                    case .category(let category): $0.member("category", category)
                    case .campaign(let campaign): $0.member("campaign", campaign)
                    }
                    $0.member("amount", budget.amount.decimal)
                    $0.member("currency", budget.amount.currency)
                }
            }
        }
    }

    package static func write(_ entries: [RateEntry], to writer: inout JSONWriter) {
        writer.array { writer in
            for entry in entries {
                writer.object {
                    $0.member("effective_from", entry.effectiveFrom.description)
                    $0.member("currency", entry.currency)
                    $0.member("market", entry.market)
                    $0.member("category", entry.category)
                    $0.member("tier_from", entry.tierFrom)
                    $0.member("tier_to", entry.tierTo)
                    $0.member("rate", entry.rateMicros.map(Money.decimal))
                }
            }
        }
    }
}
