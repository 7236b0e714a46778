import Catalogue
import Domain

/// Which single messages a list shows, the newest first.
package struct MessageSelection: Hashable, Sendable {
    package var range: Range<Instant>
    /// Dimensions of `message` and `charge`; all must hold.
    package var filters: [Filter]
    /// Those that count in this measure (`failed`, `wasted`, …); nil for all.
    package var measure: Measure?
    /// Only what comes after this place in the list; nil from its beginning.
    package var after: MessageRow.Place?
    package var limit: Int

    package init(
        range: Range<Instant>, filters: [Filter] = [], measure: Measure? = nil, after: MessageRow.Place? = nil,
        limit: Int
    ) {
        self.range = range
        self.filters = filters
        self.measure = measure
        self.after = after
        self.limit = limit
    }
}

/// One message of a list. It names no person.
package struct MessageRow: Hashable, Sendable {
    /// Where it stands in the list, which no other message shares.
    package struct Place: Hashable, Sendable {
        package var sentAt: Instant
        package var row: Int64
        package init(sentAt: Instant, row: Int64) {
            self.sentAt = sentAt
            self.row = row
        }

        /// Whether it stands before another in the list: the newest come first.
        package func precedes(_ other: Place) -> Bool { (sentAt, row) > (other.sentAt, other.row) }
    }
    package var id: MessageID
    package var place: Place
    /// `Party.masked`; nil when nothing is known.
    package var recipient: String?
    package var measures: Set<MessageMeasure>
    package var dimensions: [Dimension: String]
    /// Nil when it was not delivered, or no price is known.
    package var cost: Money?

    package init(
        id: MessageID, place: Place, recipient: String?, measures: Set<MessageMeasure>,
        dimensions: [Dimension: String], cost: Money?
    ) {
        self.id = id
        self.place = place
        self.recipient = recipient
        self.measures = measures
        self.dimensions = dimensions
        self.cost = cost
    }
}
