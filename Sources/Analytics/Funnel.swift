import Catalogue
import Domain
import Storage

/// From send to outcome: how many messages got how far, what each step cost, and what came of it.
package struct Funnel: Hashable, Sendable {
    package enum Step: String, CaseIterable, Sendable {
        /// Accepted by Meta.
        case sent
        case delivered
        /// Certainly read: a receipt, a reply or a click. So every step but the last is a part of the one before.
        case read
        /// Replied to or clicked.
        case engaged
        /// Credited with at least one outcome, by the model in force; with or without a reply or click before it.
        case outcome

        package var name: Text {
            switch self {
            case .sent: Text(id: "Dikirim", en: "Sent")
            case .delivered: Text(id: "Sampai", en: "Delivered")
            case .read: Text(id: "Dibaca", en: "Read")
            case .engaged: Text(id: "Dibalas atau diklik", en: "Replied or clicked")
            case .outcome: Text(id: "Menghasilkan", en: "Outcome")
            }
        }
    }

    package struct Stage: Hashable, Sendable {
        package var step: Step
        /// Messages.
        package var count: Int64
        /// Share of the step before; nil for the first, when that is 0, and when this is more than that.
        package var ofBefore: Double?
        /// Share of those sent.
        package var ofFirst: Double?
        /// Cost over `count`, in the currency of the line's cost; of outcomes, over the line's `outcomes`. Nil where
        /// there is nothing to share it out over, and where too many prices are not known.
        package var costEach: Double?
    }

    package struct Line: Hashable, Sendable {
        /// Value of the dimension; nil when there is none, and in the total.
        package var key: String?
        /// One for each step, in order.
        package var stages: [Stage]
        /// Credited, in millionths of one; nil when models are mixed.
        package var outcomes: Int64?
        /// Nil when it is of several currencies, or no price is known.
        package var cost: Money?
        package var value: Money?
        /// Value over cost; nil unless both are of one currency.
        package var returnOnSpend: Double?
        /// Delivered messages without a known price: not in `cost`.
        package var unknownPrices: Int64
        /// Share of the delivered messages that are older than seven days.
        package var maturity: Double?
    }

    package var dimension: Dimension?
    /// The most messages first; one without a key when there is no dimension.
    package var lines: [Line]
    /// Over all lines, those beyond the limit included.
    package var total: Line
    package var notes: [Text]
}

extension Analyst {
    /// The funnel of the messages sent in a range, as a whole or split by one dimension. A filter on what only results
    /// have (`kind`, …) holds for the last step. Throws a `Failure` when the question makes no sense.
    package func funnel(
        by dimension: Dimension? = nil, filters: [Filter] = [], range: QueryRange, timezone: String? = nil,
        limit: Int? = nil
    ) async throws -> Funnel {
        let asked = now()
        let query = Query(
            metrics: [
                "messages", "messages_delivered", "messages_engaged", "messages_converted", "outcomes_credited", "cost",
                "value_credited", "return_on_spend",
            ],
            dimensions: dimension.map { [$0] } ?? [], filters: filters, range: range, timezone: timezone, limit: limit,
            order: [Query.Order(by: "messages", isDescending: true)])
        let resolved = try query.resolved(now: asked, workspace: workspace)
        var gathering = Gathering(store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        gathering.measures = [.message(.read), .message(.provenRead)]
        let table = AnswerTable(
            resolved,
            try await gathering.gather(
                Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries)))
        let line = { (key: String?, sums: Sums) in
            try Funnel.Line(key: key, sums: sums, currency: workspace.currency)
        }
        return Funnel(
            dimension: dimension, lines: try table.shown.map { try line($0.slot.key.first ?? nil, $0.sums) },
            total: try line(nil, table.total),
            notes: Notes(query: resolved, table: table, maturities: gathering.maturities, isClipped: false).all)
    }
}

extension Funnel.Line {
    /// - Parameter currency: of amounts that are nothing.
    init(key: String?, sums: Sums, currency: String) throws(Failure) {
        self.key = key
        cost = try Catalogue.requireMetric("cost").money(sums, fallback: currency)
        value = try Catalogue.requireMetric("value_credited").money(sums, fallback: currency)
        returnOnSpend = try Catalogue.requireMetric("return_on_spend").cell(sums).number
        let perOutcome = try Catalogue.requireMetric("cost_per_outcome")
        if case .decimal(let shares) = try Catalogue.requireMetric("outcomes_credited").cell(sums) { outcomes = shares }
        unknownPrices = sums[.charge(.unknown)]
        maturity = sums.maturity(.outcome)
        let counts: [(step: Funnel.Step, count: Int64)] = Funnel.Step.allCases.map { step in
            switch step {
            case .sent: (step, sums[.message(.accepted)])
            case .delivered: (step, sums[.message(.delivered)])
            case .read:
                (step, sums[.message(.read)] &+ sums[.message(.proven)] &- sums[.message(.provenRead)])
            case .engaged: (step, sums[.message(.proven)])
            case .outcome: (step, sums.hasSeveralModels ? 0 : sums[.credit(.converted)])
            }
        }
        let first = counts[0].count
        // The same rule as for every number per cost.
        let cost = perOutcome.lacksPrices(sums) ? nil : cost.map { Double($0.micros) / 1_000_000 }
        stages = counts.indices.map { index in
            let (step, count) = counts[index]
            let before = index > 0 ? counts[index - 1].count : 0
            return Funnel.Stage(
                step: step, count: count,
                ofBefore: before > 0 && count <= before ? Double(count) / Double(before) : nil,
                ofFirst: first > 0 ? Double(count) / Double(first) : nil,
                costEach: step == .outcome
                    ? perOutcome.cell(sums).number : count > 0 ? cost.map { $0 / Double(count) } : nil)
        }
    }
}
