import Catalogue
import Domain

/// What was paid with nothing to show, by reason.
package struct Waste: Hashable, Sendable {
    /// The messages of one reason, in one currency.
    package struct Line: Hashable, Sendable {
        /// Value of dimension `waste_reason`.
        package var reason: String
        package var messages: Int64
        package var cost: Money
        /// Of the cost: because Meta raised categories; nil where it is not known.
        package var raised: Money?
    }
    /// All messages in one currency.
    package struct Total: Hashable, Sendable {
        package var messages: Int64
        package var wasted: Money
        /// Of all messages, those too young to be judged included.
        package var cost: Money
        /// Wasted, of the cost of those that are old enough to be judged.
        package var share: Double?
    }
    package var range: Range<Instant>
    /// The most money first, each currency by itself.
    package var lines: [Line]
    package var totals: [Total]
    package var notes: [Text]
}

extension Analyst {
    /// What of the messages sent in a range was wasted. Throws a `Failure` when filters or range make no sense.
    package func waste(
        filters: [Filter] = [], range: QueryRange, timezone: String? = nil
    ) async throws -> Waste {
        let byReason = try await ask(
            Query(
                metrics: ["cost_wasted", "messages_wasted", "cost_raised"], dimensions: [.wasteReason, .currency],
                filters: filters + [Filter(dimension: .wasteReason, op: .notNull)], range: range, timezone: timezone))
        let all = try await ask(
            Query(
                metrics: ["cost", "cost_wasted", "messages_wasted", "cost_wasted_share"], dimensions: [.currency],
                filters: filters, range: range, timezone: timezone))
        let lines = byReason.rows.indices.compactMap { row -> Waste.Line? in
            guard let reason = byReason.cell(row, "waste_reason").text, let cost = byReason.money(row, "cost_wasted")
            else { return nil }
            return Waste.Line(
                reason: reason, messages: byReason.whole(row, "messages_wasted"), cost: cost,
                raised: byReason.money(row, "cost_raised"))
        }
        let totals = all.rows.indices.compactMap { row -> Waste.Total? in
            guard let cost = all.money(row, "cost"), let wasted = all.money(row, "cost_wasted") else { return nil }
            return Waste.Total(
                messages: all.whole(row, "messages_wasted"), wasted: wasted, cost: cost,
                share: all.cell(row, "cost_wasted_share").number)
        }
        return Waste(
            range: all.meta.from..<all.meta.to,
            lines: lines.sorted {
                ($0.cost.currency, $1.cost.micros, $0.reason) < ($1.cost.currency, $0.cost.micros, $1.reason)
            },
            totals: totals.sorted { ($1.cost.micros, $0.cost.currency) < ($0.cost.micros, $1.cost.currency) },
            notes: all.meta.notes)
    }
}

extension Answer {
    /// An exact amount in a row that is split by currency; nil where there is none.
    package func money(_ row: Int, _ metric: String) -> Money? {
        guard case .decimal(let micros) = cell(row, metric), let currency = cell(row, "currency").text else {
            return nil
        }
        return Money(micros: micros, currency: currency)
    }

    fileprivate func whole(_ row: Int, _ metric: String) -> Int64 {
        if case .int(let count) = cell(row, metric) { count } else { 0 }
    }
}
