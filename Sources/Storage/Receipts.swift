import Catalogue
import Domain

/// Where deliveries come from, as the page of data health tells them apart.
package struct ReceiptSource: Hashable, Sendable, Comparable {
    package var source: DeliverySource
    /// The desk or system that a delivery in a general format names; empty where the source says it all.
    package var name: String

    package init(_ source: DeliverySource, name: String = "") {
        self.source = source
        self.name = name
    }

    package static func < (a: Self, b: Self) -> Bool { (a.source.rawValue, a.name) < (b.source.rawValue, b.name) }
}

/// Deliveries of a batch as they were received, whatever they told.
package struct ReceiptTally: Sendable {
    package struct Key: Hashable, Sendable {
        package var source: ReceiptSource
        /// The quarter hour of receipt.
        package var quarter: QuarterHour
        package init(source: ReceiptSource, quarter: QuarterHour) {
            self.source = source
            self.quarter = quarter
        }
    }
    package struct Count: Sendable {
        package var deliveries: Int64 = 0
        package var firstAt: Instant
        package var lastAt: Instant
        package init(at: Instant) { (firstAt, lastAt) = (at, at) }
    }
    package struct Field: Sendable {
        package var changes: Int64 = 0
        package var lastAt: Instant
        package init(at: Instant) { lastAt = at }
    }
    package private(set) var counts: [Key: Count] = [:]
    /// By Meta's `field`, understood or not.
    package private(set) var fields: [String: Field] = [:]

    package init() {}

    package mutating func add(_ source: ReceiptSource, at: Instant) {
        let key = Key(source: source, quarter: QuarterHour(containing: at))
        var count = counts[key] ?? Count(at: at)
        count.deliveries += 1
        count.firstAt = min(count.firstAt, at)
        count.lastAt = max(count.lastAt, at)
        counts[key] = count
    }

    package mutating func add(field: String, changes: Int, at: Instant) {
        var known = fields[field] ?? Field(at: at)
        known.changes += Int64(changes)
        known.lastAt = max(known.lastAt, at)
        fields[field] = known
    }
}

/// What has been received, by source: how much, what of it was new, how late.
package struct Receipts: Hashable, Sendable {
    /// Counts of a source, of a quarter hour or of all time.
    package struct Counts: Hashable, Sendable {
        package var deliveries: Int64 = 0
        /// Things that deliveries told and that were understood.
        package var events: Int64 = 0
        /// Of them: told nothing that was not known.
        package var duplicates: Int64 = 0
        /// Of them: statuses that told something new, though a later one of the same message was known.
        package var outOfOrder: Int64 = 0
        /// Pieces that were not understood; not among the events.
        package var notUnderstood: Int64 = 0

        package init(
            deliveries: Int64 = 0, events: Int64 = 0, duplicates: Int64 = 0, outOfOrder: Int64 = 0,
            notUnderstood: Int64 = 0
        ) {
            self.deliveries = deliveries
            self.events = events
            self.duplicates = duplicates
            self.outOfOrder = outOfOrder
            self.notUnderstood = notUnderstood
        }

        package static func += (a: inout Counts, b: Counts) {
            a.deliveries &+= b.deliveries
            a.events &+= b.events
            a.duplicates &+= b.duplicates
            a.outOfOrder &+= b.outOfOrder
            a.notUnderstood &+= b.notUnderstood
        }
    }
    package struct Quarter: Hashable, Sendable {
        package var quarter: QuarterHour
        package var counts: Counts
        package init(quarter: QuarterHour, counts: Counts) {
            self.quarter = quarter
            self.counts = counts
        }
    }
    package struct Source: Hashable, Sendable {
        package var source: ReceiptSource
        /// Since the beginning.
        package var total: Counts
        package var firstAt: Instant
        package var lastAt: Instant
        /// Of the time asked for, in order.
        package var quarters: [Quarter]
        /// How long after they happened new events were received; of the UTC days asked for.
        package var lateness: Histogram

        package init(
            source: ReceiptSource, total: Counts, firstAt: Instant, lastAt: Instant, quarters: [Quarter] = [],
            lateness: Histogram = Histogram()
        ) {
            self.source = source
            self.total = total
            self.firstAt = firstAt
            self.lastAt = lastAt
            self.quarters = quarters
            self.lateness = lateness
        }
    }
    package struct Field: Hashable, Sendable {
        /// Meta's name of it.
        package var field: String
        package var changes: Int64
        package var lastAt: Instant
        package init(field: String, changes: Int64, lastAt: Instant) {
            self.field = field
            self.changes = changes
            self.lastAt = lastAt
        }
    }
    package var sources: [Source]
    package var fields: [Field]

    /// Days that quarter hours are kept for; totals are kept for good.
    package static let daysKept: Int64 = 100

    package init(sources: [Source] = [], fields: [Field] = []) {
        self.sources = sources
        self.fields = fields
    }
}

extension Event {
    /// Where it counts as received.
    package func receiptSource(_ source: DeliverySource) -> ReceiptSource {
        switch self {
        case .desk(let event) where source == .deskEvents: ReceiptSource(source, name: event.desk)
        case .outcome(let event) where source == .outcomes || source == .custom:
            ReceiptSource(source, name: event.source)
        default: ReceiptSource(source)
        }
    }

    /// When it happened, where the sender says; nil for settings, old history, and what has no time of its own.
    package var happenedAt: Instant? {
        switch self {
        case .status(let status): status.at
        case .send(let send): send.sentAt
        case .inbound(let inbound): inbound.isHistory ? nil : inbound.at
        case .echo(let echo): echo.origin == .history ? nil : echo.at
        case .preference(let change): change.at
        case .linkClick(let click): click.at
        case .account(let event): event.at
        case .call(let call): call.at
        case .payment(let payment): payment.at
        case .automatic(let event): event.at
        case .desk(let event): event.at
        case .handover(let handover): handover.at
        case .outcome(let event): event.at
        case .click(let click): click.at
        case .identity, .link, .calendar, .serviceTargets, .cost, .outcomeRules, .attribution, .notUnderstood: nil
        }
    }
}
