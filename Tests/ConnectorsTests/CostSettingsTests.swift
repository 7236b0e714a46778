import Connectors
import Domain
import Testing

private func read(_ body: String) throws -> [Event] { try SettingsDelivery.read(Array(body.utf8)) }

private func failure(_ body: String) -> Failure? {
    do throws(Failure) {
        _ = try SettingsDelivery.read(Array(body.utf8))
        return nil
    } catch {
        return error
    }
}

private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

/// A body, the code and words of the complaint in both languages.
private struct Bad {
    var body: String
    var code = Failure.Code.unprocessable
    var id: String
    var en: String

    func check() {
        let told = failure(body)
        #expect(told?.code == code, "\(body)")
        #expect(told?.message.id.contains(id) == true, "\(body): \(told?.message.id ?? "accepted")")
        #expect(told?.message.en.contains(en) == true, "\(body): \(told?.message.en ?? "accepted")")
    }
}

@Suite("Settings as they are sent: what costs are counted by")
struct CostSettingsTests {
    @Test func accounts() throws {
        let body = #"""
            {"accounts":[{"account":"102290129340398","timezone":"Asia/Jakarta","currency":"usd","portfolio":" main "},
                         {"account":102290129340399}]}
            """#
        let expected = [
            AccountTerms(
                account: "102290129340398", timeZone: "Asia/Jakarta", currency: "USD", portfolio: "main"),
            AccountTerms(account: "102290129340399"),
        ]
        #expect(try read(body) == [.cost(.accounts(expected))])
        #expect(try read(#"{"accounts":[]}"#) == [.cost(.accounts([]))])
    }

    @Test func exchangeRates() throws {
        let body =
            #"{"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":"16250.5"},"#
            + #"{"from":"USD","to":"IDR","effective_from":"2026-11-01","rate":16300.000001}]}"#
        let expected = try [
            ExchangeRate(effectiveFrom: day("2026-10-01"), from: "USD", to: "IDR", rateMicros: 16_250_500_000),
            ExchangeRate(effectiveFrom: day("2026-11-01"), from: "USD", to: "IDR", rateMicros: 16_300_000_001),
        ]
        #expect(try read(body) == [.cost(.exchange(expected))])
    }

    @Test func assumptions() throws {
        #expect(try read(#"{"cost_assumptions":{}}"#) == [.cost(.assumptions(CostAssumptions()))])
        let body =
            #"{"cost_assumptions":{"entry_point_uses_quota":true,"declared_category_prices":true,"#
            + #""marketing_lite_as_marketing":false,"currency":"idr"}}"#
        let all = CostAssumptions(
            entryPointUsesQuota: true, declaredCategoryPrices: true, marketingLiteAsMarketing: false, currency: "IDR")
        #expect(try read(body) == [.cost(.assumptions(all))])
    }

    @Test func budgets() throws {
        let body =
            #"{"budgets":[{"category":"Authentication-International","amount":"5000000","currency":"IDR"},"#
            + #"{"campaign":"11.11","amount":12.5,"currency":"USD"},{"amount":"9000000","currency":"IDR"}]}"#
        let expected = [
            Budget(
                scope: .category("authentication_international"),
                amount: Money(micros: 5_000_000_000_000, currency: "IDR")),
            Budget(scope: .campaign("11.11"), amount: Money(micros: 12_500_000, currency: "USD")),
            Budget(scope: .everything, amount: Money(micros: 9_000_000_000_000, currency: "IDR")),
        ]
        #expect(try read(body) == [.cost(.budgets(expected))])
    }

    @Test func rates() throws {
        let body =
            #"{"rates":["#
            + #"{"effective_from":"2026-10-01","currency":"IDR","market":"indonesia","category":"utility","tier_to":100,"rate":"405.5"},"#
            + #"{"effective_from":"2026-10-01","currency":"IDR","market":"Indonesia","category":"utility","tier_from":100,"tier_to":null,"rate":400},"#
            + #"{"effective_from":"2026-10-01","currency":"IDR","market":"th","category":"Marketing","rate":null}]}"#
        let from = try day("2026-10-01")
        let expected = [
            RateEntry(
                effectiveFrom: from, currency: "IDR", market: "Indonesia", category: "utility", tierTo: 100,
                rateMicros: 405_500_000),
            RateEntry(
                effectiveFrom: from, currency: "IDR", market: "Indonesia", category: "utility", tierFrom: 100,
                rateMicros: 400_000_000),
            RateEntry(effectiveFrom: from, currency: "IDR", market: "TH", category: "marketing", rateMicros: nil),
        ]
        #expect(try read(body) == [.cost(.rates(expected))])
    }

    @Test("Several kinds of change in one body, each an event")
    func together() throws {
        let events = try read(
            #"{"budgets":[],"accounts":[],"service_targets":[],"outcome_rules":[],"attribution":{},"exchange_rates":[]}"#
        )
        #expect(
            events == [
                .serviceTargets([]), .cost(.accounts([])), .cost(.exchange([])), .cost(.budgets([])),
                .outcomeRules([]), .attribution(AttributionSettings()),
            ])
    }

    @Test("What is written reads back as the same")
    func roundTrips() throws {
        let changes: [CostChange] = try [
            .accounts([
                AccountTerms(account: "1", timeZone: "UTC", currency: "USD", portfolio: "p \"q\""),
                AccountTerms(account: "2"),
            ]),
            .exchange([ExchangeRate(effectiveFrom: day("2026-10-01"), from: "USD", to: "IDR", rateMicros: 1)]),
            .assumptions(CostAssumptions(entryPointUsesQuota: true, marketingLiteAsMarketing: false, currency: "EUR")),
            .assumptions(CostAssumptions()),
            .budgets([
                Budget(scope: .category("service"), amount: Money(micros: 1, currency: "IDR")),
                Budget(scope: .campaign("a,b"), amount: Money(micros: 1_500_000, currency: "IDR")),
                Budget(scope: .everything, amount: Money(micros: 2_000_000, currency: "USD")),
            ]),
            .rates([
                RateEntry(
                    effectiveFrom: day("2026-10-01"), currency: "USD", market: "ID", category: "service",
                    rateMicros: nil),
                RateEntry(
                    effectiveFrom: day("2026-10-01"), currency: "USD", market: "Rest of Africa", category: "utility",
                    tierTo: 7, rateMicros: 4_000),
                RateEntry(
                    effectiveFrom: day("2026-10-01"), currency: "USD", market: "Rest of Africa", category: "utility",
                    tierFrom: 7, rateMicros: 0),
            ]),
        ]
        for change in changes { #expect(try SettingsDelivery.read(SettingsDelivery.encode(change)) == [.cost(change)]) }
    }

    // MARK: Complaints

    @Test(
        "Every complaint names the member and what to do, in both languages",
        arguments: [
            Bad(
                body: #"{"accounts":{}}"#, code: .malformed, id: "accounts: harus berupa daftar",
                en: "accounts: must be a list"),
            Bad(
                body: #"{"accounts":[{}]}"#, id: "accounts[0]: account tidak ada", en: "accounts[0]: account is missing"
            ),
            Bad(
                body: #"{"accounts":[{"account":"1"},{"account":"1"}]}"#, id: "accounts[1]: akun ini sudah disebut",
                en: "accounts[1]: this account is named before"),
            Bad(
                body: #"{"accounts":[{"account":"1","timezone":"WIB"}]}"#, id: "accounts[0].timezone: Zona waktu",
                en: "accounts[0].timezone: Unknown time zone"),
            Bad(
                body: #"{"accounts":[{"account":"1","currency":"Rp"}]}"#, id: "kode mata uang tiga huruf",
                en: "accounts[0].currency: must be a currency code"),
            Bad(
                body: #"{"accounts":[{"account":"1","zone":"UTC"}]}"#, id: "isian \"zone\" tidak dikenal",
                en: "unknown member \"zone\""),
            Bad(
                body: #"{"exchange_rates":[{"from":"USD","to":"USD","effective_from":"2026-10-01","rate":"1"}]}"#,
                id: "mata uang yang berbeda", en: "must be different currencies"),
            Bad(
                body: #"{"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"1/10/2026","rate":"1"}]}"#,
                id: "exchange_rates[0].effective_from: harus tanggal", en: "must be a date such as"),
            Bad(
                body:
                    #"{"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":"16.250,5"}]}"#,
                id: "exchange_rates[0].rate: harus angka desimal",
                en: "exchange_rates[0].rate: must be a decimal number"),
            Bad(
                body: #"{"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":0}]}"#,
                id: "0.000001 sampai", en: "0.000001 to"),
            Bad(
                body: #"{"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":1},"#
                    + #"{"from":"usd","to":"idr","effective_from":"2026-10-01","rate":2}]}"#,
                id: "exchange_rates[1]: kurs", en: "exchange_rates[1]: the rate"),
            Bad(
                body: #"{"cost_assumptions":[]}"#, code: .malformed, id: "cost_assumptions: harus berupa objek",
                en: "cost_assumptions: must be a JSON object"),
            Bad(
                body: #"{"cost_assumptions":{"entry_point_uses_quota":"maybe"}}"#, code: .malformed,
                id: "harus true atau false", en: "must be true or false"),
            Bad(
                body: #"{"budgets":[{"amount":"1"}]}"#, id: "budgets[0]: currency tidak ada",
                en: "budgets[0]: currency is missing"),
            Bad(
                body: #"{"budgets":[{"amount":"-1","currency":"IDR"}]}"#, id: "budgets[0].amount",
                en: "budgets[0].amount"),
            Bad(
                body: #"{"budgets":[{"category":"utility","campaign":"a","amount":"1","currency":"IDR"}]}"#,
                id: "bukan keduanya", en: "not both"),
            Bad(
                body: #"{"budgets":[{"category":"promo","amount":"1","currency":"IDR"}]}"#,
                id: "budgets[0].category: harus salah satu dari: marketing",
                en: "budgets[0].category: must be one of: marketing"),
            Bad(
                body: #"{"budgets":[{"amount":"1","currency":"IDR"},{"amount":"2","currency":"USD"}]}"#,
                id: "budgets[1]: anggaran", en: "budgets[1]: the budget"),
            Bad(
                body:
                    #"{"rates":[{"effective_from":"2026-10-01","currency":"IDR","market":"Indonesai","category":"utility","rate":1}]}"#,
                id: "rates[0].market: pasar \"Indonesai\" tidak dikenal; maksudnya \"Indonesia\"?",
                en: "rates[0].market: unknown market \"Indonesai\"; did you mean \"Indonesia\"?"),
            Bad(
                body:
                    #"{"rates":[{"effective_from":"2026-10-01","currency":"IDR","market":"ID","category":"promo","rate":1}]}"#,
                id: "rates[0].category", en: "rates[0].category: must be one of"),
            Bad(
                body:
                    #"{"rates":[{"effective_from":"2026-10-01","currency":"IDR","market":"ID","category":"utility"}]}"#,
                id: "null berarti", en: "rates[0]: rate is missing; null means"),
            Bad(
                body:
                    #"{"rates":[{"effective_from":"2026-10-01","currency":"IDR","market":"ID","category":"utility","tier_from":5,"rate":1}]}"#,
                id: "rates[0]: tier_from untuk ID utility 2026-10-01 harus 0",
                en: "rates[0]: tier_from of ID utility 2026-10-01 must be 0"),
            Bad(
                body:
                    #"{"rates":[{"effective_from":"2026-10-01","currency":"IDR","market":"ID","category":"utility","tier_from":-5,"rate":1}]}"#,
                id: "harus bilangan bulat", en: "rates[0].tier_from: must be a whole number"),
            Bad(body: #"{"budget":[]}"#, id: "\"budget\" tidak dikenal", en: "unknown member \"budget\""),
            Bad(body: "{}", code: .malformed, id: "Tidak ada yang diubah", en: "\"budgets\""),
        ])
    private func complaints(bad: Bad) { bad.check() }

    @Test("A stored body that this version does not understand is an event of its own")
    func decodes() {
        let events = SettingsDelivery.decode(Array(#"{"budgets":1}"#.utf8), receivedAt: Instant(seconds: 0))
        #expect(events == [.notUnderstood(NotUnderstood(field: "settings", reason: .badValue))])
    }
}

@Suite("Settings as they are sent: outcomes")
struct OutcomeSettingsTests {
    @Test func rules() throws {
        let body =
            #"{"outcome_rules":[{"when":{"flow":"lead-"},"kind":"Lead","value":"50000","currency":"IDR"},"#
            + #"{"when":{"button":"BOOK"},"kind":"booking"},{"when":{"order":true},"kind":"order"},"#
            + #"{"when":{"automatic":"LeadSubmitted"},"kind":"lead"},{"when":{"flow":""},"kind":"form"}]}"#
        let expected = [
            OutcomeRule(
                trigger: .flow(tokenPrefix: "lead-"), kind: "lead",
                value: Money(micros: 50_000_000_000, currency: "IDR")),
            OutcomeRule(trigger: .tap(payloadPrefix: "BOOK"), kind: "booking"),
            OutcomeRule(trigger: .order, kind: "order"),
            OutcomeRule(trigger: .automatic(name: "LeadSubmitted"), kind: "lead"),
            OutcomeRule(trigger: .flow(tokenPrefix: nil), kind: "form"),
        ]
        #expect(try read(body) == [.outcomeRules(expected)])
        #expect(try SettingsDelivery.read(SettingsDelivery.encode(expected)) == [.outcomeRules(expected)])
        let standard = OutcomeRule.standard
        #expect(try SettingsDelivery.read(SettingsDelivery.encode(standard)) == [.outcomeRules(standard)])
    }

    @Test func attribution() throws {
        let read = try read(#"{"attribution":{"lookback":"3d","by_kind":{"payment_confirmed":"14d","Lead":3600}}}"#)
        let expected = AttributionSettings(
            lookbackSeconds: 3 * 86_400, lookbackByKind: ["payment_confirmed": 14 * 86_400, "lead": 3_600])
        #expect(read == [.attribution(expected)])
        #expect(try SettingsDelivery.read(SettingsDelivery.encode(expected)) == [.attribution(expected)])
    }

    @Test(
        "Every complaint names the member and what to do, in both languages",
        arguments: [
            Bad(
                body: #"{"outcome_rules":[{"kind":"lead"}]}"#, id: "outcome_rules[0]: when tidak ada",
                en: "outcome_rules[0]: when is missing"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"flow":"a","button":"b"},"kind":"lead"}]}"#,
                id: "outcome_rules[0].when: sebut tepat satu", en: "outcome_rules[0].when: name exactly one of"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"payment":true},"kind":"lead"}]}"#, id: "\"payment\" tidak dikenal",
                en: "unknown member \"payment\""),
            Bad(
                body: #"{"outcome_rules":[{"when":{"button":""},"kind":"lead"}]}"#, id: "1 sampai 256 bita",
                en: "outcome_rules[0].when.button: must have 1 to 256 bytes"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"order":false},"kind":"order"}]}"#, id: "hanya true",
                en: "outcome_rules[0].when.order: can only be true"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"order":true}}]}"#, id: "kind tidak ada", en: "kind is missing"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"order":true},"kind":"order","value":5}]}"#,
                id: "value memerlukan currency", en: "outcome_rules[0]: value needs a currency"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"order":true},"kind":"order","currency":"IDR"}]}"#,
                id: "tidak ada value", en: "outcome_rules[0].currency: there is no value"),
            Bad(
                body: #"{"outcome_rules":[{"when":{"order":true},"kind":"order","value":-5,"currency":"IDR"}]}"#,
                id: "outcome_rules[0].value", en: "outcome_rules[0].value: must be a decimal"),
            Bad(
                body:
                    #"{"outcome_rules":[{"when":{"order":true},"kind":"order"},{"when":{"order":true},"kind":"order"}]}"#,
                id: "outcome_rules[1]: syarat", en: "outcome_rules[1]: has the condition"),
            Bad(
                body: #"{"attribution":{"lookback":"91d"}}"#, id: "attribution.lookback", en: "at most 90 days"),
            Bad(
                body: #"{"attribution":{"by_kind":["lead"]}}"#, code: .malformed, id: "attribution.by_kind: harus",
                en: "attribution.by_kind: must be an object"),
            Bad(
                body: #"{"attribution":{"by_kind":{"lead":"soon"}}}"#, id: "attribution.by_kind.lead",
                en: "attribution.by_kind.lead: must be a length of time"),
            Bad(
                body: #"{"attribution":{"by_kind":{"lead":"1d","LEAD":"2d"}}}"#, id: "disebut dua kali",
                en: "attribution.by_kind.LEAD: this kind is named twice"),
        ])
    private func complaints(bad: Bad) { bad.check() }
}
