import Domain

/// How far the numbers are behind what has arrived.
package struct Arrival: Sendable, Hashable {
    /// Deliveries committed to the inbox.
    package var received: Int64
    /// Deliveries that are in the numbers; equal to `received` when everything is counted.
    package var projected: Int64
    /// Pieces of deliveries that were not understood: kept, not counted.
    package var undecodable: Int64
    /// Age of the oldest delivery that is not counted yet; 0 when there is none.
    package var lagSeconds: Double
    /// Receipt time of the newest delivery that is counted; nil before the first.
    package var freshTo: Instant?

    package init(received: Int64, projected: Int64, undecodable: Int64, lagSeconds: Double, freshTo: Instant?) {
        self.received = received
        self.projected = projected
        self.undecodable = undecodable
        self.lagSeconds = lagSeconds
        self.freshTo = freshTo
    }
}
