import Catalogue
import Domain
import Storage

/// One page of the list of single messages behind a number.
package struct MessageList: Hashable, Sendable {
    package var rows: [MessageRow]
    /// All that the list would hold; nil when no metric counts what was chosen.
    package var total: Int64?
    /// Where the next page begins; nil on the last one.
    package var next: MessageRow.Place?
}

extension MessageRow.Place {
    /// As it stands in an address: `1795404800000000-17`.
    package var word: String { "\(sentAt.microseconds)-\(row)" }

    package init?(_ word: String) {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let row = Int64(parts[1]) else { return nil }
        self.init(sentAt: Instant(microseconds: at), row: row)
    }
}

extension Analyst {
    /// The messages that a measure counts, for the range and filters of a question, the newest first. Throws a
    /// `Failure` that says what to change when the selection makes no sense.
    /// - Parameter measure: one of the words of `RecipientSelection.measures`; nil for all that Meta accepted or
    ///   turned down.
    package func messages(
        range: QueryRange, filters: [Filter], measure: String? = nil, after place: MessageRow.Place? = nil, limit: Int
    ) async throws -> MessageList {
        let chosen = try RecipientSelection.checked(
            range: range, filters: filters, measure: measure, limit: limit, now: now(), workspace: workspace)
        let days = try await days(with: chosen.measure ?? .message(.attempted), chosen)
        guard days.total != 0 else { return MessageList(rows: [], total: 0, next: nil) }
        var rows: [MessageRow] = []
        // Day by day from the newest: a store then sorts one day and not the whole range.
        for day in days.ranges.reversed() where rows.count <= limit {
            if let place, day.lowerBound > place.sentAt { continue }
            rows += try await store.messages(
                MessageSelection(
                    range: day, filters: chosen.filters, measure: chosen.measure, after: place,
                    limit: limit + 1 - rows.count))
        }
        let isMore = rows.count > limit
        return MessageList(
            rows: Array(rows.prefix(limit)), total: days.total, next: isMore ? rows[limit - 1].place : nil)
    }

    /// The days of the range on which there is anything to list, and how much there is in all. Where no metric counts
    /// it: every day.
    private func days(
        with measure: Measure, _ chosen: RecipientSelection
    ) async throws -> (ranges: [Range<Instant>], total: Int64?) {
        let metric = Catalogue.metrics.first { $0.expression == .sum(measure) }
        let range = QueryRange.instants(from: chosen.range.lowerBound, to: chosen.range.upperBound)
        let query = Query(metrics: ["messages"], filters: [], range: range, grain: .day)
        let clock = try ZoneClock.named(workspace.timeZone)
        let resolved = try query.resolved(now: now(), workspace: workspace)
        let bounds = resolved.boundaries.isEmpty ? [resolved.from, resolved.to] : resolved.boundaries
        let all = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
        let stored = Set(Dimension.stored(measure.fact))
        guard let metric, chosen.filters.allSatisfy({ stored.contains($0.dimension) }) else { return (all, nil) }
        let answer = try await ask(
            Query(
                metrics: [metric.id], filters: chosen.filters, range: range, grain: .day,
                timezone: clock.identifier))
        let counts = answer.rows.indices.map { answer.cell($0, metric.id).number ?? 0 }
        let full = zip(all, counts).filter { $1 > 0 }.map(\.0)
        return (full, Int64(counts.reduce(0, +)))
    }
}
