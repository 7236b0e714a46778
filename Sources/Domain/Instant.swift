/// A point in time: microseconds since 1970-01-01T00:00:00Z, no zone. Zones are applied only when a query
/// groups or a calendar counts.
package struct Instant: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    /// Whole seconds since the epoch; values out of the range of an `Int64` of microseconds are clamped.
    package init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Seconds since the epoch, rounded down.
    package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }

    /// The time `seconds` later (earlier when negative), clamped at the ends of the range.
    package func adding(seconds: Int64) -> Instant {
        let (sum, overflow) = microseconds.addingReportingOverflow(Instant(seconds: seconds).microseconds)
        return Instant(microseconds: overflow ? (seconds < 0 ? .min : .max) : sum)
    }

    /// Microseconds from `earlier` to here; saturates instead of overflowing.
    package func microseconds(since earlier: Instant) -> Int64 {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        return overflow ? (microseconds < earlier.microseconds ? .min : .max) : difference
    }

    package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
    package static let distantPast = Instant(microseconds: .min)
    package static let distantFuture = Instant(microseconds: .max)
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that buckets before 1970 are as wide as those after it.
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return (self % divisor != 0 && (self < 0) != (divisor < 0)) ? quotient - 1 : quotient
    }
}

/// The quarter hour (UTC) that is the finest grain of a cell. 15 minutes divide every offset in use,
/// half-hour and three-quarter-hour zones included, so that local days are sums of whole quarter hours.
package struct QuarterHour: Hashable, Comparable, Sendable {
    /// Quarter hours since the epoch.
    package var index: Int64
    package static let microseconds: Int64 = 15 * 60 * 1_000_000

    package init(index: Int64) { self.index = index }
    package init(containing instant: Instant) {
        index = instant.microseconds.flooredDivision(by: Self.microseconds)
    }
    package var start: Instant {
        let (start, overflow) = index.multipliedReportingOverflow(by: Self.microseconds)
        return Instant(microseconds: overflow ? (index < 0 ? .min : .max) : start)
    }
    package static func < (a: QuarterHour, b: QuarterHour) -> Bool { a.index < b.index }
}
