import Catalogue
import Domain
import Storage
import SurfaceSupport

@testable import API

/// One campaign of ten days ago, small enough to count by hand: 100 sent, 90 delivered at Rp 600 each, ten of them
/// wasted; three payments of Rp 250,000.
enum MoneySite {
    static let sentAt = Site.instant.adding(seconds: -10 * 86_400)
    static let paidAt = Site.instant.adding(seconds: -9 * 86_400)

    static var site: Site {
        var site = Site()
        let traits: [Dimension: String] = [.campaign: "11.11", .category: "marketing", .template: "promo", .waba: "1"]
        site.store.facts = [
            .init(
                at: sentAt, dimensions: traits,
                sums: [.accepted: 100, .delivered: 90, .read: 40, .proven: 30, .provenRead: 20])
        ]
        let price: Int64 = 600_000_000
        site.store.charges = [
            .init(
                at: sentAt, dimensions: traits.merging([.currency: "IDR", .pricingType: "regular"]) { $1 },
                sums: charged(80, price: price)),
            .init(
                at: sentAt,
                dimensions: traits.merging(
                    [.currency: "IDR", .pricingType: "regular", .wasteReason: "unreachable"]
                ) { $1 },
                sums: charged(10, price: price).merging(
                    [.charge(.wasted): 10, .charge(.wastedCost): 10 * price]
                ) { $1 }),
        ]
        site.store.credits = ["last_touch", "linear"].map { model in
            .init(
                at: sentAt,
                dimensions: traits.merging(
                    [.model: model, .kind: "payment_confirmed", .currency: "IDR"]
                ) { $1 },
                sums: [
                    .credit(.share): 3_000_000, .credit(.value): 750_000_000_000, .credit(.credits): 3,
                    .credit(.converted): 3,
                ])
        }
        site.store.outcomeRows = rows
        return site
    }

    private static func charged(_ count: Int64, price: Int64) -> [Measure: Int64] {
        [
            .charge(.messages): count, .charge(.cost): count * price, .charge(.charged): count,
            .charge(.judged): count, .charge(.judgedCost): count * price,
        ]
    }

    private static var rows: [OutcomeRow] {
        let value = Money(micros: 250_000_000_000, currency: "IDR")
        let credits = [
            CreditRow(
                touch: .message, at: sentAt, message: "wamid.A", dimensions: [.campaign: "11.11"],
                shares: [.firstTouch: 1_000_000, .linear: 500_000, .position: 500_000, .timeDecay: 475_246]),
            CreditRow(
                touch: .click, at: sentAt.adding(seconds: 86_400), message: "wamid.A",
                dimensions: [.campaign: "11.11"],
                shares: [
                    .lastTouch: 1_000_000, .linear: 500_000, .position: 500_000, .timeDecay: 524_754,
                    .lastClick: 1_000_000,
                ]),
        ]
        return [
            OutcomeRow(
                source: "midtrans", id: "ORD/77", kind: "payment_confirmed", standing: .confirmed, at: paidAt,
                value: value, isMatched: true, hints: ["contact"], conversation: "c1", credits: credits),
            OutcomeRow(
                source: "shop", id: "2", kind: "lead", standing: .confirmed, at: paidAt.adding(seconds: 60),
                isMatched: false, hints: ["link"]),
            OutcomeRow(
                source: "shop", id: "3", kind: "lead", standing: .confirmed, at: paidAt.adding(seconds: 120),
                isMatched: true, hints: ["contact"]),
        ]
    }

    /// Every route that answers, with a body where it takes one.
    static let questions: [(path: String, schema: String)] = [
        ("/api/v1/outcomes", "OutcomeList"), ("/api/v1/outcomes/midtrans/ORD/77", "OutcomeStory"),
        ("/api/v1/link-clicks", "LinkClicks"), ("/api/v1/funnel", "Funnel"), ("/api/v1/funnel?by=campaign", "Funnel"),
        ("/api/v1/lift?campaign=11.11", "Lift"), ("/api/v1/waste", "Waste"),
        ("/api/v1/category-raises", "CategoryRaises"), ("/api/v1/budgets", "BudgetStandings"),
        ("/api/v1/quotas", "Quotas"), ("/api/v1/cost-settings", "CostSettings"),
        ("/api/v1/rate-cards", "RateCards"), ("/api/v1/outcome-settings", "OutcomeSettings"),
    ]
}
