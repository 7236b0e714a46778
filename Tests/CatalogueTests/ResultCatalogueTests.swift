import Domain
import Testing

@testable import Catalogue

@Suite("Metrics of costs and results")
struct ResultCatalogueTests {
    private static let costs = [
        "cost", "cost_unknown", "messages_charged", "messages_free", "cost_per_delivered", "cost_per_read",
        "cost_per_reply", "cost_per_click", "cost_per_outcome", "cost_wasted", "cost_wasted_share", "messages_wasted",
        "cost_raised", "messages_raised",
    ]
    private static let outcomes = [
        "outcomes", "outcome_value", "outcomes_unattributed", "outcomes_unmatched", "outcomes_cancelled",
        "outcomes_refunded", "refunded_value", "outcome_value_mean", "attribution_rate",
    ]
    private static let credits = [
        "conversion_rate", "messages_converted", "outcomes_credited", "value_credited", "value_per_message",
        "return_on_spend", "time_to_outcome_p50", "time_to_outcome_p90",
    ]

    @Test func theContractIsKept() {
        for id in Self.costs { #expect(Catalogue.metric(id)?.fact == .charge, "\(id)") }
        for id in Self.outcomes { #expect(Catalogue.metric(id)?.fact == .outcome, "\(id)") }
        for id in Self.credits { #expect(Catalogue.metric(id)?.fact == .credit, "\(id)") }
        for id in ["messages_clicked", "messages_engaged", "messages_held_out", "messages_followed"] {
            #expect(Catalogue.metric(id)?.fact == .message, "\(id)")
        }
        #expect(Catalogue.metric("click_rate")?.definitionVersion == 2)
        #expect(Catalogue.metric("read_rate_floor")?.definitionVersion == 2)
    }

    @Test func amountsAreMoney() throws {
        let money = Catalogue.metrics.filter { $0.unit == .money }.map(\.id)
        #expect(
            Set(money) == [
                "cost", "cost_per_delivered", "cost_per_read", "cost_per_reply", "cost_per_click", "cost_per_outcome",
                "cost_wasted", "cost_raised", "outcome_value", "refunded_value", "outcome_value_mean",
                "value_credited", "value_per_message",
            ])
        #expect(try Catalogue.requireMetric("return_on_spend").unit == .number)
        #expect(try Catalogue.requireMetric("cost_wasted_share").unit == .ratio)
    }

    @Test func dimensionsAreThoseOfAllFacts() throws {
        let conversion = try Catalogue.requireMetric("conversion_rate")
        #expect(conversion.facts == [.message, .credit])
        for shared in [Dimension.template, .campaign, .agent, .country, .weekday, .model] {
            #expect(conversion.dimensions.contains(shared), "\(shared)")
        }
        // Delivered messages have no kind; credits have no error.
        for other in [Dimension.kind, .touch, .ad, .sourceSystem, .errorCode, .source, .currency, .shift] {
            #expect(!conversion.dimensions.contains(other), "\(other)")
        }
        #expect(
            Set(conversion.conditions).subtracting(conversion.dimensions) == [
                .kind, .touch, .ad, .sourceSystem, .currency,
            ])
        #expect(try Catalogue.requireMetric("outcomes").dimensions.contains(.kind))
        #expect(try !Catalogue.requireMetric("outcomes").dimensions.contains(.model))
        #expect(try Catalogue.requireMetric("cost").dimensions.contains(.wasteReason))
    }

    @Test func currencyBelongsToAmounts() throws {
        // Both are amounts, or counted by the charge itself.
        for id in ["cost", "cost_per_delivered", "return_on_spend", "value_credited", "outcome_value_mean"] {
            #expect(try Catalogue.requireMetric(id).dimensions.contains(.currency), "\(id)")
        }
        // Outcomes and reads are not paid for in a currency.
        for id in ["cost_per_outcome", "cost_per_read", "cost_per_reply", "cost_per_click"] {
            #expect(try !Catalogue.requireMetric(id).conditions.contains(.currency), "\(id)")
        }
        #expect(try Catalogue.requireMetric("value_per_message").conditions.contains(.currency))
    }

    private func resolved(
        _ metrics: [String], _ dimensions: [Dimension] = [], _ filters: [Filter] = []
    ) throws(Failure) -> ResolvedQuery {
        try Query(metrics: metrics, dimensions: dimensions, filters: filters)
            .resolved(now: Instant(seconds: 1_790_000_000), workspace: Workspace())
    }

    @Test func filtersOnResultsMayStandBesideMessages() throws {
        let paid = Filter(dimension: .kind, op: .isIn, values: ["payment_confirmed"])
        _ = try resolved(["messages", "cost", "conversion_rate"], [.template], [paid])
        let failure = #expect(throws: Failure.self) { try resolved(["messages", "cost"], [], [paid]) }
        #expect(failure?.message.en.contains("\"messages\" cannot be split by \"kind\"") == true)
        #expect(throws: Failure.self) { try resolved(["conversion_rate"], [.kind]) }
        #expect(throws: Failure.self) { try resolved(["outcomes", "cost"], [.kind]) }
        _ = try resolved(["outcomes", "outcomes_credited", "value_credited"], [.kind, .sourceSystem, .touch, .ad])
    }

    @Test func modelsAreNamedOrKeptApart() throws {
        #expect(try resolved(["messages"]).models == [])
        #expect(try resolved(["conversion_rate"]).models == ["last_touch"])
        #expect(try resolved(["conversion_rate"]).understood.filters == [.standardModel])
        #expect(try resolved(["messages", "conversion_rate"], [.model]).models.count == 6)
        let first = Filter(dimension: .model, op: .isIn, values: ["first_touch"])
        #expect(try resolved(["messages", "conversion_rate"], [], [first]).models == ["first_touch"])
        let notClick = Filter(dimension: .model, op: .notIn, values: ["last_click"])
        #expect(try resolved(["conversion_rate"], [.model], [notClick]).models.count == 5)
        let several = #expect(throws: Failure.self) { try resolved(["conversion_rate"], [], [notClick]) }
        #expect(several?.message.en.contains("Models do not add up") == true)
        #expect(throws: Failure.self) {
            try resolved(["conversion_rate"], [.model], [Filter(dimension: .model, op: .isNull)])
        }
        let unknown = #expect(throws: Failure.self) {
            try resolved(["conversion_rate"], [], [Filter(dimension: .model, op: .isIn, values: ["shapley"])])
        }
        #expect(unknown?.message.en.contains("time_decay") == true)
        #expect(throws: Failure.self) { try resolved(["messages"], [.model]) }
        #expect(throws: Failure.self) { try resolved(["outcomes"], [], [first]) }
    }
}

@Suite("Plans of costs and results")
struct ResultPlannerTests {
    private func plans(
        _ measures: Set<Measure>, _ dimensions: [Dimension] = [], _ filters: [Filter] = [],
        durations: Set<FactDuration> = []
    ) throws -> [Plan] {
        let jakarta = try ZoneClock.named("Asia/Jakarta")
        let bounds = try ["2026-10-01", "2026-10-02"].map { jakarta.instant(of: try #require(LocalDate($0))) }
        return Planner(reporting: jakarta).parts(
            Planner.Order(
                boundaries: bounds, measures: measures, durations: durations, dimensions: dimensions, filters: filters)
        ).map(\.plan)
    }

    @Test func theFirstCubeThatHasAll() throws {
        let source = { (measures: Set<Measure>, dimensions: [Dimension]) in
            try self.plans(measures, dimensions).map(\.source)
        }
        #expect(try source([.charge(.cost)], [.template]) == [.cells(.spend, .day)])
        #expect(try source([.charge(.cost)], [.wasteReason, .pricingType]) == [.cells(.spend, .day)])
        #expect(try source([.charge(.cost)], [.market]) == [.cells(.spendPlace, .day)])
        #expect(try source([.charge(.cost)], [.agent]) == [.cells(.spendSender, .day)])
        #expect(try source([.charge(.cost)], [.agent, .country]) == [.facts])
        #expect(try source([.outcome(.outcomes)], [.kind, .campaign]) == [.cells(.result, .day)])
        #expect(try source([.outcome(.value)], [.agent]) == [.cells(.resultHandler, .day)])
        #expect(try source([.outcome(.value)], [.agent, .campaign]) == [.facts])
        #expect(try source([.credit(.share)], [.touch]) == [.cells(.credit, .day)])
        #expect(try source([.credit(.share)], [.team]) == [.cells(.creditHandler, .day)])
        #expect(
            try plans([], [.template], durations: [.credit(.timeToOutcome)]).map(\.source) == [.cells(.credit, .day)])
        #expect(try plans([], [.agent], durations: [.credit(.timeToOutcome)]).map(\.source) == [.facts])
    }

    @Test func amountsAreAskedForByCurrency() throws {
        let hidden = try plans([.charge(.cost), .charge(.charged)], [.template])
        #expect(hidden.map(\.dimensions) == [[.template, .currency]])
        #expect(try plans([.charge(.cost)], [.currency, .template]).map(\.dimensions) == [[.currency, .template]])
        #expect(try plans([.charge(.charged)], [.template]).map(\.dimensions) == [[.template]])
    }

    @Test func creditsGoByOneModel() throws {
        let plan = try plans([.credit(.share)], [.template])
        #expect(plan.map(\.filters) == [[.standardModel]])
        #expect(try plans([.credit(.share)], [.model]).map(\.filters) == [[]])
        let linear = Filter(dimension: .model, op: .isIn, values: ["linear"])
        #expect(try plans([.credit(.share)], [], [linear]).map(\.filters) == [[linear]])
    }

    @Test func whatAFactDoesNotCarryIsLeftOut() throws {
        let paid = Filter(dimension: .kind, op: .isIn, values: ["payment_confirmed"])
        let plans = try plans(
            [.message(.delivered), .charge(.messages), .outcome(.outcomes), .credit(.converted)], [.model, .template],
            [paid])
        #expect(plans.map(\.fact) == [.message, .charge, .outcome, .credit])
        #expect(
            plans.map(\.dimensions) == [[.template], [.template], [.template], [.model, .template]])
        #expect(plans.map(\.filters) == [[], [], [paid], [paid]])
    }
}
