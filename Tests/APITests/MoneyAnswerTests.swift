import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing

@testable import API

@Suite struct MoneyAnswerTests {
    private func get(_ path: String, of site: Site = MoneySite.site) async throws -> Reply {
        try await site.send(.get, path, key: try await site.key(.analyst))
    }

    // MARK: Who may ask

    @Test func readersAskAndOthersDoNot() async throws {
        let site = MoneySite.site
        for (role, status) in [(APIKey.Role.admin, 200), (.analyst, 200), (.export, 200), (.ingest, 403)] {
            let key = try await site.key(role)
            for (path, _) in MoneySite.questions {
                #expect(try await site.send(.get, path, key: key).status == status, "\(role) \(path)")
            }
            // What an analyst reads, an export key reads too.
            #expect(try await site.send(.get, "/api/v1/metrics", key: key).status == status, "\(role)")
        }
        for (path, _) in MoneySite.questions {
            #expect(try await site.send(.get, path).status == 401, "\(path)")
        }
    }

    @Test func misspeltParametersAreRefused() async throws {
        for path in ["outcomes", "link-clicks", "funnel", "lift", "waste", "category-raises", "rate-cards"] {
            let reply = try await get("/api/v1/\(path)?campain=11.11")
            #expect(reply.status == 400, "\(path)")
            #expect(reply.json?["detail"]?.string?.contains("campain") == true, "\(path)")
        }
        for path in [
            "outcomes?group=lost", "outcomes?limit=0", "outcomes?from=yesterday",
            "outcomes?from=2026-10-02&to=2026-10-01",
            "waste?from=2026-10-02&preset=today", "lift?window=soon", "lift?window=0d", "lift?window=91d",
            "rate-cards?date=2026-02-30", "link-clicks?to=2026-10-01",
        ] {
            #expect(try await get("/api/v1/\(path)").status == 400, "\(path)")
        }
        for path in ["funnel?by=colour", "funnel?by=kind", "funnel?model=luck"] {
            #expect(try await get("/api/v1/\(path)").status == 422, "\(path)")
        }
    }

    // MARK: Outcomes

    @Test func outcomesAreListedByGroupKindAndSource() async throws {
        let all = try await get("/api/v1/outcomes")
        let rows = all.json?["outcomes"].map { Array($0.elements) } ?? []
        #expect(rows.map { $0["id"]?.string } == ["3", "2", "ORD/77"])
        #expect(rows.last?["value"]?["amount"]?.int64 == 250_000)
        #expect(rows.last?["value"]?["currency"]?.string == "IDR")
        #expect(rows.first?["value"] == nil)
        #expect(all.json?["more"]?.bool == false)
        for (query, ids) in [
            ("group=unmatched", ["2"]), ("group=unattributed", ["3"]), ("kind=lead", ["3", "2"]),
            ("source=midtrans", ["ORD/77"]), ("limit=1", ["3"]), ("preset=today", []),
        ] {
            let reply = try await get("/api/v1/outcomes?\(query)")
            #expect(reply.json?["outcomes"]?.elements.map { $0["id"]?.string } == ids, "\(query)")
            #expect(reply.json?["more"]?.bool == (query == "limit=1"), "\(query)")
        }
    }

    @Test func anOutcomeShowsEveryModelSideBySide() async throws {
        for path in ["midtrans/ORD/77", "midtrans/ORD%2F77"] {
            let story = try await get("/api/v1/outcomes/\(path)")
            let touches = story.json?["touches"].map { Array($0.elements) } ?? []
            #expect(touches.map { $0["touch"]?.string } == ["message", "click"])
            for model in AttributionModel.allCases {
                let shares = touches.compactMap { $0["shares"]?.member(named: model.rawValue)?.double }
                #expect(abs(shares.reduce(0, +) - 1) < 1e-9, "\(model)")
            }
            #expect(touches.first?["shares"]?["linear"]?.double == 0.5)
            #expect(touches.first?["shares"]?["last_click"]?.int64 == 0)
            #expect(story.json?["lookback_seconds"]?.int64 == 604_800)
        }
        for path in ["midtrans/nothing", "midtrans/", "midtrans"] {
            #expect(try await get("/api/v1/outcomes/\(path)").status == 404, "\(path)")
        }
    }

    @Test func theWindowOfAKindIsTold() async throws {
        var site = MoneySite.site
        site.store.outcomeRules.attribution.lookbackByKind["payment_confirmed"] = 14 * 86_400
        let story = try await get("/api/v1/outcomes/midtrans/ORD/77", of: site)
        #expect(story.json?["lookback_seconds"]?.int64 == 1_209_600)
    }

    @Test func linkClicksOfMetaAreCounted() async throws {
        var site = Site()
        site.store.clickCounts = [
            LinkClickCount(phoneNumber: "106", component: "cta", count: 7),
            LinkClickCount(phoneNumber: nil, component: nil, count: 2),
        ]
        let reply = try await get("/api/v1/link-clicks", of: site)
        #expect(reply.json?["total"]?.int64 == 9)
        #expect(reply.json?["clicks"]?.elements.map { $0["count"]?.int64 } == [7, 2])
    }

    // MARK: Funnel and lift

    @Test func theFunnelPricesEachStep() async throws {
        let reply = try await get("/api/v1/funnel?by=campaign")
        let line = try #require(reply.json?["lines"]?.elements.first)
        #expect(line["key"]?.string == "11.11")
        let steps = line["steps"].map { Array($0.elements) } ?? []
        #expect(steps.map { $0["step"]?.string } == ["sent", "delivered", "read", "engaged", "outcome"])
        // Read: 40 receipts and 30 who answered or clicked, 20 of them both.
        #expect(steps.map { $0["messages"]?.int64 } == [100, 90, 50, 30, 3])
        // Rp 54,000 over each, and over three payments.
        #expect(steps.map { $0["cost_each"]?.double } == [540, 600, 1080, 1800, 18_000])
        #expect(line["cost"]?["amount"]?.int64 == 54_000)
        #expect(line["value"]?["amount"]?.int64 == 750_000)
        #expect(line["outcomes"]?.int64 == 3)
        #expect(abs((line["return_on_spend"]?.double ?? 0) - 750.0 / 54) < 1e-9)
        let whole = try await get("/api/v1/funnel?model=linear&kind=payment_confirmed")
        #expect(whole.json?["lines"] == nil)
        #expect(whole.json?["total"]?["outcomes"]?.int64 == 3)
        let others = try await get("/api/v1/funnel?kind=lead")
        #expect(others.json?["total"]?["steps"]?.elements.map { $0["messages"]?.int64 } == [100, 90, 50, 30, 0])
    }

    @Test func liftComparesWithThoseHeldOut() async throws {
        var site = Site()
        site.store.liftCounts = LiftCounts(treated: 9000, treatedConverted: 450, heldOut: 1000, heldOutConverted: 30)
        let reply = try await get("/api/v1/lift?campaign=11.11&kind=payment_confirmed&window=48h", of: site)
        #expect(reply.json?["treated"]?["rate"]?.double == 0.05)
        #expect(reply.json?["held_out"]?["rate"]?.double == 0.03)
        #expect(abs((reply.json?["difference"]?.double ?? 0) - 0.02) < 1e-12)
        // 2 % of 9,000 people.
        #expect(abs((reply.json?["extra_persons"]?.double ?? 0) - 180) < 1e-9)
        #expect(reply.json?["difference_interval"]?.elements.count == 2)
        #expect(reply.json?["window_seconds"]?.int64 == 172_800)
        #expect(reply.json?["note"] == nil)
        let nobody = try await get("/api/v1/lift")
        #expect(nobody.json?["note"]?["en"]?.string?.contains("held out") == true)
        #expect(nobody.json?["difference"] == nil)
    }

    // MARK: Costs

    @Test func wasteNamesItsReasonAndWhatToDo() async throws {
        let reply = try await get("/api/v1/waste?campaign=11.11")
        let line = try #require(reply.json?["reasons"]?.elements.first)
        #expect(reply.json?["reasons"]?.elements.count == 1)
        #expect(line["reason"]?.string == "unreachable")
        #expect(line["messages"]?.int64 == 10)
        #expect(line["cost"]?["amount"]?.int64 == 6000)
        #expect(line["recoverable"]?["amount"]?.int64 == 6000)
        #expect(line["recovery"]?.string == "all")
        #expect(line["action"]?["id"]?.string?.isEmpty == false)
        #expect(line["action"]?["en"]?.string?.isEmpty == false)
        let total = try #require(reply.json?["totals"]?.elements.first)
        #expect(total["cost"]?["amount"]?.int64 == 54_000)
        #expect(abs((total["share_of_judged"]?.double ?? 0) - 6000.0 / 54_000) < 1e-9)
        #expect(try await get("/api/v1/waste?campaign=other").json?["reasons"]?.elements.isEmpty == true)
    }

    @Test func budgetsTellWhatIsSpent() async throws {
        var site = MoneySite.site
        let amount = Money(micros: 50_000_000_000, currency: "IDR")
        site.store.costs.budgets = [
            Budget(scope: .everything, amount: amount), Budget(scope: .category("utility"), amount: amount),
        ]
        let reply = try await get("/api/v1/budgets", of: site)
        let budgets = reply.json?["budgets"].map { Array($0.elements) } ?? []
        #expect(budgets.map { $0["spent"]?["amount"]?.int64 } == [54_000, 0])
        #expect(budgets.map { $0["used_up"]?.bool } == [true, false])
        #expect(budgets.first?["month"]?.string == "2026-11-01")
        #expect(budgets.last?["category"]?.string == "utility")
        #expect(budgets.last?["name"]?["en"]?.string == "Category utility")
    }

    @Test func quotasTellWhatIsLeft() async throws {
        var site = Site()
        let month = try #require(LocalDate("2026-11-01"))
        site.store.quotaList = [
            QuotaStanding(kind: .freeService, month: month, phoneNumber: "106", used: 640, next: 1000),
            QuotaStanding(kind: .freeService, month: month, phoneNumber: "107", used: 1200, next: nil),
            QuotaStanding(kind: .volumeTier, month: month, market: "Brazil", category: "utility", used: 5, next: nil),
        ]
        let rows = try await get("/api/v1/quotas", of: site).json?["quotas"].map { Array($0.elements) } ?? []
        #expect(rows.map { $0["left"]?.int64 } == [360, 0, nil])
        #expect(rows.map { $0["kind"]?.string } == ["free_service", "free_service", "volume_tier"])
    }

    @Test func aRaisedCategoryIsPricedBeforeAndAfter() async throws {
        var site = MoneySite.site
        site.store.marks = [
            TimelineMark(
                at: MoneySite.sentAt.adding(seconds: -3600),
                event: AccountEvent(
                    field: "template_category_update", account: "1",
                    subject: .template(id: "9", name: "promo", language: nil), event: "MARKETING",
                    previous: "UTILITY"))
        ]
        let raises = try await get("/api/v1/category-raises", of: site).json?["raises"].map { Array($0.elements) } ?? []
        #expect(raises.map { $0["template"]?.string } == ["promo"])
        #expect(raises.first?["from"]?.string == "utility")
        #expect(raises.first?["after"]?["messages"]?.int64 == 90)
        #expect(raises.first?["after"]?["cost"]?["amount"]?.int64 == 54_000)
        #expect(raises.first?["before"]?["messages"]?.int64 == 0)
    }

    @Test func aMessageShowsWhatItCost() async throws {
        var site = Site()
        site.store.story = MessageStory(
            id: "wamid.A", cohortAt: Site.instant, measures: [.accepted, .delivered], dimensions: [:], steps: [],
            pricing: nil, tags: [:],
            charge: ChargeStory(
                amount: Money(micros: 41_100, currency: "USD"), raised: nil,
                dimensions: [
                    .pricingType: "regular", .market: "Indonesia", .currency: "USD", .wasteReason: "duplicate",
                ]))
        let charge = try await get("/api/v1/messages/wamid.A", of: site).json?["charge"]
        #expect(charge?["amount"]?.string == "0.0411")
        #expect(charge?["currency"]?.string == "USD")
        #expect(charge?["pricing_type"]?.string == "regular")
        #expect(charge?["market"]?.string == "Indonesia")
        #expect(charge?["waste_reason"]?.string == "duplicate")
        site.store.story?.charge = nil
        #expect(try await get("/api/v1/messages/wamid.A", of: site).json?["charge"] == nil)
    }

    @Test func theCatalogueTellsMoneyApart() async throws {
        let metrics = try await get("/api/v1/metrics").json?["metrics"].map { Array($0.elements) } ?? []
        for id in ["cost", "cost_per_outcome", "outcome_value", "value_credited"] {
            #expect(metrics.first { $0["id"]?.string == id }?["unit"]?.string == "money", "\(id)")
        }
    }
}

extension SchemaTests {
    @Test func answersAboutMoneyHaveTheShapeOfTheirSchemas() async throws {
        let document = try await document()
        var site = MoneySite.site
        site.store.costs.budgets = [
            Budget(scope: .campaign("11.11"), amount: Money(micros: 1_000_000, currency: "IDR"))
        ]
        let month = try #require(LocalDate("2026-11-01"))
        site.store.quotaList = [QuotaStanding(kind: .volumeTier, month: month, market: "Brazil", used: 5, next: 10)]
        site.store.clickCounts = [LinkClickCount(phoneNumber: nil, component: "cta", count: 1)]
        let key = try await site.key(.admin)
        for (path, name) in MoneySite.questions {
            let reply = try await site.send(.get, path, key: key)
            #expect(reply.status == 200, "\(path)")
            let value = try #require(reply.json, "\(path)")
            let schema = try #require(document["components"]?["schemas"]?.member(named: name))
            #expect(faults(value, schema, document, at: path) == [])
        }
        let money =
            #"{"metrics":["cost","cost_per_delivered"],"dimensions":["category"],"range":{"preset":"last_28_days"}}"#
        let answer = try await site.send(.post, "/api/v1/query", body: Array(money.utf8), key: key)
        let shape = try #require(document["components"]?["schemas"]?["Answer"])
        #expect(faults(try #require(answer.json), shape, document, at: "query") == [])
    }
}
