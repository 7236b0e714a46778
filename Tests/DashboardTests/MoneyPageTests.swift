import Catalogue
import Domain
import HTTPTypes
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

@Suite struct MoneyPageTests: Asking {
    /// Ten days ago: 100 sent, 90 delivered at Rp 600 each, ten of them wasted; three payments of Rp 250,000.
    func busy() -> ListStore {
        var store = ListStore()
        let at = Self.instant.adding(seconds: -10 * 86_400)
        let traits: [Dimension: String] = [.campaign: "11.11 <b>", .category: "marketing", .template: "promo"]
        let paid = traits.merging([.currency: "IDR", .pricingType: "regular"]) { $1 }
        let price: Int64 = 600_000_000
        store.facts = [
            .init(
                at: at, dimensions: traits,
                sums: [.accepted: 100, .delivered: 90, .read: 40, .proven: 30, .provenRead: 20])
        ]
        store.charges = [
            .init(
                at: at, dimensions: paid,
                sums: [
                    .charge(.messages): 80, .charge(.cost): 80 * price, .charge(.charged): 80, .charge(.judged): 80,
                    .charge(.judgedCost): 80 * price,
                ]),
            .init(
                at: at, dimensions: paid.merging([.wasteReason: "free_text_cheaper"]) { $1 },
                sums: [
                    .charge(.messages): 10, .charge(.cost): 10 * price, .charge(.charged): 10, .charge(.judged): 10,
                    .charge(.judgedCost): 10 * price, .charge(.wasted): 10, .charge(.wastedCost): 10 * price,
                ]),
        ]
        for model in AttributionModel.allCases where model != .lastClick {
            store.credits.append(
                .init(
                    at: at,
                    dimensions: traits.merging(
                        [.model: model.rawValue, .kind: "payment_confirmed", .currency: "IDR"]
                    ) { $1 },
                    sums: [
                        .credit(.share): 3_000_000, .credit(.value): 750_000_000_000, .credit(.credits): 3,
                        .credit(.converted): 3,
                    ], seconds: [.credit(.timeToOutcome): [3600, 3600, 7200]]))
        }
        store.outcomeFacts = [
            .init(
                at: at.adding(seconds: 3600),
                dimensions: traits.merging([.kind: "payment_confirmed", .currency: "IDR"]) { $1 },
                sums: [.outcome(.outcomes): 3, .outcome(.value): 750_000_000_000, .outcome(.valued): 3]),
            .init(
                at: at, dimensions: [.kind: "lead"],
                sums: [.outcome(.outcomes): 1, .outcome(.unattributed): 1, .outcome(.unmatched): 1]),
        ]
        store.outcomeRows = [
            OutcomeRow(
                source: "shop", id: "L-<9>", kind: "lead", standing: .confirmed, at: at, isMatched: false,
                hints: ["link"])
        ]
        let amount = Money(micros: 50_000_000_000, currency: "IDR")
        store.costs = CostSettings(
            exchange: [
                ExchangeRate(effectiveFrom: LocalDate(day: 20_727), from: "USD", to: "IDR", rateMicros: 16_250_500_000)
            ],
            budgets: [
                Budget(scope: .everything, amount: amount), Budget(scope: .category("utility"), amount: amount),
            ])
        store.quotaList = [
            QuotaStanding(kind: .freeService, month: LocalDate(day: 20_758), phoneNumber: "106", used: 950, next: 1000)
        ]
        store.marks = [
            TimelineMark(
                at: at.adding(seconds: -3600),
                event: AccountEvent(
                    field: "template_category_update", account: "1",
                    subject: .template(id: "9", name: "promo", language: nil), event: "MARKETING", previous: "UTILITY"))
        ]
        store.status.projected = 1
        store.status.freshTo = Self.instant
        return store
    }

    private static let failed = ["This part could not be loaded", "Bagian ini tidak dapat dimuat"]

    @Test func thePagesSpeakIndonesian() async throws {
        let outcomes = try await ask(busy(), "/outcomes?range=last_28_days&lang=id")
        #expect(outcomes.status == 200)
        #expect(outcomes.text.contains("<h1>Hasil</h1>"))
        #expect(outcomes.text.contains("Rp\u{A0}750.000"))
        #expect(outcomes.text.contains("Pembayaran"))
        #expect(outcomes.text.contains("Sentuhan terakhir"))
        #expect(outcomes.text.contains("L-&lt;9&gt;"))
        #expect(outcomes.text.contains("11.11 &lt;b&gt;"))
        let costs = try await ask(busy(), "/costs?range=last_28_days&lang=id")
        #expect(costs.text.contains("<h1>Biaya</h1>"))
        #expect(costs.text.contains("Rp\u{A0}54.000"))
        #expect(costs.text.contains("Teks biasa lebih murah"))
        #expect(costs.text.contains("paling banyak Rp\u{A0}6.000"))
        #expect(costs.text.contains("habis"))
        for word in ["Reason", "Recoverable", "Spent", "Messages are judged", "Exchange rate"] {
            #expect(!costs.text.contains(word), "\(word)")
        }
        for page in [outcomes, costs] {
            for words in Self.failed { #expect(!page.text.contains(words)) }
            #expect(page.text.contains("<a href=\"/outcomes\""))
            #expect(page.text.contains("<a href=\"/costs\""))
        }
    }

    @Test func thePagesSpeakEnglish() async throws {
        let outcomes = try await ask(busy(), "/outcomes?range=last_28_days&lang=en")
        #expect(outcomes.text.contains("<h1>Outcomes</h1>"))
        #expect(outcomes.text.contains("Rp\u{A0}750,000"))
        #expect(outcomes.text.contains("1 of nobody known"))
        let costs = try await ask(busy(), "/costs?range=last_28_days&lang=en")
        #expect(costs.text.contains("<h1>Costs</h1>"))
        #expect(costs.text.contains("Free text was cheaper"))
        #expect(costs.text.contains("at most Rp\u{A0}6,000"))
        #expect(costs.text.contains("Exchange rate USD → IDR: 16250.5"))
        #expect(costs.text.contains("utility → marketing"))
        for page in [outcomes, costs] {
            for words in Self.failed { #expect(!page.text.contains(words)) }
            for word in ["Sebab", "Terpakai", "Dapat dihemat", "Jenis", "Kurs "] {
                #expect(!page.text.contains(word), "\(word)")
            }
            #expect(page.text.utf8.count < 150_000)
            for address in ["src=\"http", "href=\"http", " style=\"", " onclick=", "<script>"] {
                #expect(!page.text.contains(address), "\(address)")
            }
        }
    }

    @Test func theFunnelCountsAndPricesEachStep() async throws {
        let card = try await ask(busy(), "/cards/funnel?range=last_28_days&lang=en")
        for (step, count) in [("sent", 100), ("delivered", 90), ("read", 50), ("engaged", 30), ("outcome", 3)] {
            #expect(card.text.contains("<data value=\"\(count)\" data-step=\"\(step)\">\(count)</data>"), "\(step)")
        }
        // Rp 54,000 over 90 delivered, 50 read, 30 who answered, 3 payments.
        for price in ["600", "1,080", "1,800", "18,000"] {
            #expect(card.text.contains("Rp\u{A0}\(price)"), "\(price)")
        }
        // 750,000 / 54,000.
        #expect(card.text.contains("13.9×"))
    }

    @Test func modelsStandSideBySide() async throws {
        let card = try await ask(busy(), "/cards/models?range=last_28_days&lang=en")
        let rows = card.text.split(separator: "<tr>").map(String.init)
        let all = try #require(rows.first { $0.contains("<strong>All</strong>") })
        #expect(all.split(separator: "<strong>3.0</strong>", omittingEmptySubsequences: false).count - 1 == 5)
        // No click, no credit.
        #expect(all.contains("data-label=\"Last click\"><div><strong>0.0</strong>"))
        #expect(card.text.contains("7 d"))
    }

    @Test func budgetsSayWhetherTheMoneyLasts() async throws {
        let card = try await ask(busy(), "/cards/budgets?lang=en")
        let rows = card.text.split(separator: "<tr>").map(String.init)
        // Rp 54,000 of 50,000.
        #expect(rows.first { $0.contains("All messages") }?.contains("pill bad\">used up") == true)
        #expect(rows.first { $0.contains("Category utility") }?.contains("too early to tell") == true)
    }

    @Test func aQuotaThatIsNearlyUsedUpIsMarked() async throws {
        let card = try await ask(busy(), "/cards/quota?lang=en")
        #expect(card.text.contains("<strong>950</strong>"))
        #expect(card.text.contains("pill warn\">50"))
    }

    @Test func timesToAnOutcomeAreTold() async throws {
        let card = try await ask(busy(), "/cards/outcomes?range=last_28_days&lang=en")
        #expect(card.text.contains("href=\"#card-unmatched\""))
        // Two took an hour, one took two.
        let times = try await ask(busy(), "/cards/time-to-outcome?range=last_28_days&lang=en")
        #expect(times.text.contains("1 h – 3 h"))
        #expect(times.text.contains("3 (100.0%)"))
        let table = try await ask(busy(), "/cards/time-to-outcome/csv?range=last_28_days")
        #expect(table.text.contains("3600.0,10800.0,3"))
    }

    @Test func whatEachThingBringsAndCosts() async throws {
        let campaign = try await ask(busy(), "/cards/results-campaign?range=last_28_days&lang=en")
        #expect(campaign.text.contains("<data value=\"3\" data-metric=\"outcomes_credited\">"))
        #expect(campaign.text.contains("11.11 &lt;b&gt;"))
        let agents = try await ask(ListStore(), "/cards/results-agent?lang=id")
        #expect(agents.text.contains("Belum ada hasil"))
        // Rp 54,000 over 90 delivered, 30 who answered, 3 payments.
        let cost = try await ask(busy(), "/cards/unit-cost-campaign?range=last_28_days&lang=en")
        for price in ["600", "18,000"] { #expect(cost.text.contains("Rp\u{A0}\(price)</data>"), "\(price)") }
        let priced = try await ask(busy(), "/cards/unpriced?range=last_28_days&lang=en")
        #expect(priced.text.contains("the price of every message in this range is known"))
        let lift = try await ask(busy(), "/cards/lift?range=last_28_days&lang=id")
        #expect(lift.text.contains("held_out"))
    }

    @Test func oneOutcomeTellsItsTouchesAndShares() async throws {
        var store = busy()
        store.outcomeRows.append(
            OutcomeRow(
                source: "shop", id: "P-<7>", kind: "payment_confirmed", standing: .confirmed,
                at: Self.instant.adding(seconds: -86_400), value: Money(micros: 250_000_000_000, currency: "IDR"),
                isMatched: true,
                credits: [
                    CreditRow(
                        touch: .message, at: Self.instant.adding(seconds: -90_000), message: MessageID("wamid.X"),
                        dimensions: [.campaign: "11.11 <b>"], shares: [.lastTouch: 1_000_000, .linear: 500_000])
                ]))
        let page = try await ask(store, "/outcome?in=shop&id=P-%3C7%3E&lang=en")
        #expect(page.status == 200)
        #expect(page.text.contains("<h1>P-&lt;7&gt;</h1>"))
        #expect(page.text.contains("Rp\u{A0}250,000"))
        #expect(page.text.contains("href=\"/messages/wamid.X\""))
        #expect(page.text.contains("data-label=\"Last touch\">100.0%"))
        #expect(page.text.contains("data-label=\"Linear\">50.0%"))
        let nobody = try await ask(store, "/outcome?in=shop&id=L-%3C9%3E&lang=id")
        #expect(nobody.text.contains("Belum diketahui milik siapa"))
        #expect(try await ask(store, "/outcome?in=shop&id=none").status == 404)
        let list = try await ask(store, "/cards/unmatched?range=last_28_days&lang=en")
        #expect(list.text.contains("id=L-%3C9%3E"))
    }

    @Test func theOverviewPutsTheOutcomeBesideDelivery() async throws {
        let card = try await ask(busy(), "/cards/pulse_delivery?range=last_28_days&lang=id")
        #expect(card.text.contains("90,0\u{A0}%"))
        // 3 of 90.
        #expect(card.text.contains("3,3\u{A0}%"))
        let outcomes = try await ask(busy(), "/cards/pulse_outcomes?range=last_28_days&lang=id")
        #expect(outcomes.text.contains("Rp\u{A0}750.000"))
        #expect(outcomes.text.contains("Rp\u{A0}54.000"))
    }

    @Test func emptyPagesTeach() async throws {
        for (language, words) in [
            ("id", ["Belum ada hasil. Hubungkan", "Belum ada anggaran.", "Belum ada pesan berbayar"]),
            ("en", ["There are no outcomes yet. Connect", "There is no budget.", "No charged message"]),
        ] {
            let outcomes = try await ask(ListStore(), "/outcomes?lang=\(language)")
            let costs = try await ask(ListStore(), "/costs?lang=\(language)")
            for words in words { #expect((outcomes.text + costs.text).contains(words), "\(words)") }
            for path in ["midtrans", "xendit", "stripe", "calcom", "calendly"] {
                #expect(outcomes.text.contains("/webhooks/\(path)</code>"), "\(path)")
            }
            #expect(costs.text.contains("2026"))
            for words in Self.failed { #expect(!(outcomes.text + costs.text).contains(words)) }
        }
    }

    @Test func filtersHoldForThePage() async throws {
        let none = try await ask(busy(), "/cards/waste?range=last_28_days&category=utility&lang=en")
        #expect(!none.text.contains("Free text"))
        let kind = try await ask(busy(), "/outcomes?range=last_28_days&kind=lead&lang=en")
        for words in Self.failed { #expect(!kind.text.contains(words)) }
        let narrow = try await ask(busy(), "/costs?range=last_28_days&phone_number=106&campaign=x&template=y&lang=en")
        for words in Self.failed { #expect(!narrow.text.contains(words)) }
    }

    @Test func aBrokenStoreLeavesThePagesStanding() async throws {
        var store = ListStore()
        store.isBroken = true
        for path in ["/outcomes?lang=en", "/costs?lang=en"] {
            let page = try await ask(store, path)
            #expect(page.status == 200)
            #expect(page.text.contains("This part could not be loaded"))
        }
    }
}

@Suite struct MoneyFiguresTests {
    @Test func moneyFollowsTheLanguage() throws {
        let clock = try ZoneClock.named("Asia/Jakarta")
        let id = Figures(language: .indonesian, clock: clock)
        let en = Figures(language: .english, clock: clock)
        let rupiah = Money(micros: 1_250_000_000_000, currency: "IDR")
        #expect(id.money(rupiah) == "Rp\u{A0}1.250.000")
        #expect(en.money(rupiah) == "Rp\u{A0}1,250,000")
        #expect(id.money(Money(micros: 41_100, currency: "USD")) == "US$\u{A0}0,0411")
        #expect(en.money(Money(micros: 1_234_565_000, currency: "USD")) == "US$\u{A0}1,234.57")
        #expect(en.money(Money(micros: -5_000_000, currency: "CHF")) == "−CHF\u{A0}5.00")
        #expect(id.money(Money(micros: 405_500_000, currency: "IDR")) == "Rp\u{A0}405,50")
        #expect(id.money(Money(micros: 600_000_000, currency: "IDR")) == "Rp\u{A0}600")
        #expect(id.money(Money(micros: 0, currency: "IDR")) == "Rp\u{A0}0")
        #expect(id.money(nil) == "–")
        #expect(id.money(.nan, "IDR") == "–")
        #expect(id.money(1080.0, "IDR") == "Rp\u{A0}1.080")
        // Half a cent goes up, and the carry reaches the whole.
        #expect(en.money(Money(micros: 1_999_995_000, currency: "EUR")) == "€\u{A0}2,000.00")
        #expect(id.money(Money(micros: .max, currency: "IDR")).hasPrefix("Rp\u{A0}9.223.372.036.85"))
    }
}

extension MoneyPageTests {
    @Test func currenciesStandSideBySideAndAreNeverAdded() async throws {
        var store = busy()
        let at = Self.instant.adding(seconds: -9 * 86_400)
        let traits: [Dimension: String] = [.campaign: "11.11 <b>", .category: "marketing", .currency: "MYR"]
        store.outcomeFacts.append(
            .init(
                at: at, dimensions: traits.merging([.kind: "payment_confirmed"]) { $1 },
                sums: [.outcome(.outcomes): 1, .outcome(.value): 146_850_000, .outcome(.valued): 1]))
        store.credits.append(
            .init(
                at: at, dimensions: traits.merging([.model: "last_touch", .kind: "payment_confirmed"]) { $1 },
                sums: [
                    .credit(.share): 1_000_000, .credit(.value): 146_850_000, .credit(.credits): 1,
                    .credit(.converted): 1,
                ]))
        let both = "Rp\u{A0}750,000 + RM\u{A0}146.85"
        for path in ["/cards/outcomes", "/cards/funnel", "/cards/models", "/cards/pulse_outcomes"] {
            let card = try await ask(store, path + "?range=last_28_days&lang=en")
            #expect(card.text.contains(both), "\(path)")
            #expect(!card.text.contains("750,146"), "\(path)")
        }
    }
}
