import Connectors
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct MoneySettingsTests {
    private func configured() throws -> Site {
        var site = Site()
        let day = try #require(LocalDate("2026-10-01"))
        site.store.costs = CostSettings(
            rates: [
                RateEntry(
                    effectiveFrom: day, currency: "IDR", market: "Indonesia", category: "utility", tierFrom: 0,
                    tierTo: 1000, rateMicros: 400_500_000),
                RateEntry(
                    effectiveFrom: day, currency: "IDR", market: "Indonesia", category: "utility", tierFrom: 1000,
                    rateMicros: 380_000_000),
            ],
            accounts: [AccountTerms(account: "102", timeZone: "Asia/Jakarta", currency: "USD", portfolio: "main")],
            exchange: [ExchangeRate(effectiveFrom: day, from: "USD", to: "IDR", rateMicros: 16_250_500_000)],
            assumptions: CostAssumptions(entryPointUsesQuota: true),
            budgets: [Budget(scope: .category("marketing"), amount: Money(micros: 5_000_000_000_000, currency: "IDR"))],
            recounted: 0.25)
        return site
    }

    private func events(_ site: Site) -> [Event] {
        site.inbox.stored.flatMap { delivery in
            delivery.source == .rateCard
                ? RateCardFile.decode(delivery.body, receivedAt: Site.instant)
                : SettingsDelivery.decode(delivery.body, receivedAt: Site.instant)
        }
    }

    @Test func whatIsInForceIsToldInBothLanguages() async throws {
        let site = try configured()
        let reply = try await site.send(.get, "/api/v1/cost-settings", key: try await site.key(.analyst))
        #expect(reply.json?["accounts"]?.elements.first?["currency"]?.string == "USD")
        #expect(reply.json?["exchange_rates"]?.elements.first?["rate"]?.string == "16250.5")
        #expect(reply.json?["cost_assumptions"]?["entry_point_uses_quota"]?.bool == true)
        #expect(reply.json?["budgets"]?.elements.first?["amount"]?.string == "5000000")
        #expect(reply.json?["recounted"]?.double == 0.25)
        let told = reply.json?["assumptions_in_words"].map { Array($0.elements) } ?? []
        #expect(
            told.map { $0["id"]?.string } == [
                "entry_point_uses_quota", "declared_category_prices", "marketing_lite_as_marketing", "currency",
            ])
        for one in told {
            let (id, en) = (one["sentence"]?["id"]?.string ?? "", one["sentence"]?["en"]?.string ?? "")
            #expect(!id.isEmpty && !en.isEmpty && id != en)
        }
    }

    @Test func whatWasReadCanBeSentBack() async throws {
        var site = try configured()
        site.store.outcomeRules = OutcomeSettings(
            rules: [OutcomeRule(trigger: .tap(payloadPrefix: "BOOK"), kind: "booking")],
            attribution: AttributionSettings(lookbackSeconds: 3 * 86_400, lookbackByKind: ["lead": 86_400]))
        let key = try await site.key(.admin)
        for path in ["/api/v1/cost-settings", "/api/v1/outcome-settings"] {
            let read = try await site.send(.get, path, key: key)
            #expect(try await site.send(.put, path, body: read.bytes, key: key).status == 202, "\(path)")
        }
        let costs = site.store.costs
        #expect(site.inbox.stored.map(\.source) == [.settings, .settings])
        #expect(
            events(site) == [
                .cost(.accounts(costs.accounts)), .cost(.exchange(costs.exchange)),
                .cost(.assumptions(costs.assumptions)), .cost(.budgets(costs.budgets)),
                .outcomeRules(site.store.outcomeRules.rules), .attribution(site.store.outcomeRules.attribution),
            ])
    }

    @Test func settingsGoRawIntoTheInbox() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let body = #"{ "budgets": [{"amount": "9000000", "currency": "IDR"}] }"#
        let reply = try await site.send(.put, "/api/v1/cost-settings", body: Array(body.utf8), key: key)
        #expect(reply.status == 202)
        #expect(reply.json?["delivery"]?.int64 == 1)
        #expect(site.inbox.stored.map { String(decoding: $0.body, as: UTF8.self) } == [body])
    }

    @Test func onlyAdminsChangeThem() async throws {
        let site = Site()
        let bodies = [
            ("cost-settings", HTTPRequest.Method.put, MoneyExamples.costChange),
            ("outcome-settings", .put, MoneyExamples.outcomeSettings),
            (
                "rate-cards", .post,
                "effective_from,currency,market,category,tier_from,tier_to,rate\n2026-10-01,IDR,Indonesia,utility,0,,400\n"
            ),
        ]
        for (role, status) in [(APIKey.Role.admin, 202), (.analyst, 403), (.export, 403), (.ingest, 403)] {
            let key = try await site.key(role)
            for (path, method, body) in bodies {
                let reply = try await site.send(method, "/api/v1/\(path)", body: Array(body.utf8), key: key)
                #expect(reply.status == status, "\(role) \(path) \(reply.text)")
            }
        }
        #expect(site.inbox.stored.count == 3)
    }

    @Test func nonsenseChangesNothing() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        for (path, body, status, word) in [
            ("cost-settings", "{", 400, "JSON"), ("cost-settings", "{}", 400, "budgets"),
            ("cost-settings", #"{"budgets":[{"amount":"-1","currency":"IDR"}]}"#, 422, "budgets[0].amount"),
            ("cost-settings", #"{"budgets":[{"amount":"1","currency":"rupiah"}]}"#, 422, "budgets[0].currency"),
            ("cost-settings", #"{"outcome_rules":[]}"#, 422, "/api/v1/outcome-settings"),
            ("cost-settings", #"{"rates":[]}"#, 422, "/api/v1/rate-cards"),
            ("cost-settings", #"{"service_targets":[]}"#, 422, "/api/v1/calendars"),
            ("outcome-settings", #"{"budgets":[]}"#, 422, "/api/v1/cost-settings"),
            ("outcome-settings", #"{"attribution":{"lookback":"91d"}}"#, 422, "lookback"),
            ("outcome-settings", #"{"outcome_rules":[{"when":{},"kind":"lead"}]}"#, 422, "outcome_rules[0].when"),
        ] as [(String, String, Int, String)] {
            let reply = try await site.send(.put, "/api/v1/\(path)", body: Array(body.utf8), key: key)
            #expect(reply.status == status, "\(body) \(reply.text)")
            #expect(reply.json?["detail"]?.string?.contains(word) == true, "\(body) \(reply.text)")
        }
        #expect(site.inbox.stored.isEmpty)
    }

    // MARK: Rate cards

    @Test func theCardInForceIsListedWithItsSource() async throws {
        let site = try configured()
        let key = try await site.key(.analyst)
        let all = try await site.send(.get, "/api/v1/rate-cards?market=Indonesia&category=utility", key: key)
        let lines = all.json?["lines"].map { Array($0.elements) } ?? []
        #expect(lines.map { $0["currency"]?.string } == ["IDR", "USD"])
        #expect(lines.map { $0["source"]?.string } == ["imported", "shipped"])
        #expect(lines.first?["tiers"]?.elements.map { $0["rate"]?.string } == ["400.5", "380"])
        #expect(lines.first?["tiers"]?.elements.map { $0["to"]?.int64 } == [1000, nil])
        // The card of 1 October 2026: USD 0.0250 for a utility message to Indonesia.
        #expect(lines.last?["tiers"]?.elements.first?["rate"]?.string == "0.025")
        #expect(all.json?["changes"]?.elements.isEmpty == false)
        let before = try await site.send(.get, "/api/v1/rate-cards?currency=idr&date=2026-09-30", key: key)
        #expect(before.json?["lines"]?.elements.isEmpty == true)
        // Service messages cost nothing before 1 October 2026, so the card of July has no line for them.
        for (date, count) in [("2026-09-30", 0), ("2026-10-01", 1)] {
            let service = try await site.send(
                .get, "/api/v1/rate-cards?currency=USD&market=indonesia&category=service&date=\(date)", key: key)
            #expect(service.json?["lines"]?.elements.count == count, "\(date)")
        }
    }

    @Test func aPlainCardIsTaken() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let card = """
            effective_from,currency,market,category,tier_from,tier_to,rate
            2026-10-01,USD,Indonesia,utility,0,100000,0.0250
            2026-10-01,USD,Indonesia,utility,100000,,0.0237

            """
        let reply = try await site.send(.post, "/api/v1/rate-cards", body: Array(card.utf8), key: key)
        #expect(reply.status == 202)
        #expect(reply.json?["lines"]?.int64 == 2)
        #expect(site.inbox.stored.map(\.source) == [.rateCard])
        let day = try #require(LocalDate("2026-10-01"))
        #expect(
            events(site) == [
                .cost(
                    .rates([
                        RateEntry(
                            effectiveFrom: day, currency: "USD", market: "Indonesia", category: "utility",
                            tierTo: 100_000, rateMicros: 25_000),
                        RateEntry(
                            effectiveFrom: day, currency: "USD", market: "Indonesia", category: "utility",
                            tierFrom: 100_000, rateMicros: 23_700),
                    ]))
            ])
    }

    @Test func metasCardNeedsItsDateAndCurrency() async throws {
        let site = Site()
        let key = try await site.key(.admin)
        let card = "Market,Currency,Marketing,Utility\nIndonesia,IDR,586.33,356.65\n"
        #expect(try await site.send(.post, "/api/v1/rate-cards", body: Array(card.utf8), key: key).status == 422)
        #expect(site.inbox.stored.isEmpty)
        let reply = try await site.send(
            .post, "/api/v1/rate-cards?effective_from=2026-10-01&currency=IDR", body: Array(card.utf8), key: key)
        #expect(reply.status == 202, "\(reply.text)")
        let prices = events(site).flatMap { event -> [RateEntry] in
            if case .cost(.rates(let entries)) = event { entries } else { [] }
        }
        #expect(Set(prices.compactMap(\.rateMicros)) == [586_330_000, 356_650_000])
        #expect(Set(prices.map(\.effectiveFrom.description)) == ["2026-10-01"])
        for query in ["effective_from=soon", "currency=rupiah&effective_from=2026-10-01", "colour=red"] {
            let wrong = try await site.send(.post, "/api/v1/rate-cards?\(query)", body: Array(card.utf8), key: key)
            #expect((400...422).contains(wrong.status), "\(query)")
        }
        #expect(site.inbox.stored.count == 1)
    }
}
