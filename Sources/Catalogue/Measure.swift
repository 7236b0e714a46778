/// The kind of row that a measure counts.
package enum Fact: String, CaseIterable, Sendable, Codable {
    /// One outbound message (per recipient for a group).
    case message
}

/// An additive measure of fact `message`: 0 or 1 for each row, summed in cells and answers.
///
/// The raw value is the bit of the measure in a stored fact's flags and its place in a cell: append only.
package enum MessageMeasure: Int, CaseIterable, Sendable, Codable {
    /// Sends asked of Meta, rejected ones included.
    case attempted = 0
    /// Meta answered the send with an error.
    case rejected
    /// Accepted by Meta: has a message id, or any status.
    case accepted
    /// A `delivered`, `read` or `played` status exists.
    case delivered
    /// A `read` or `played` status exists.
    case read
    /// The latest word is `failed`.
    case failed
    /// Accepted, nothing final yet, still inside its time-to-live.
    case pending
    /// Accepted, nothing final, time-to-live over.
    case expired
    /// Delivered, and answered by its recipient.
    case replied
    /// Delivered, and its recipient tapped one of its buttons or list rows.
    case tapped
    /// Delivered, and replied or tapped: it was read, receipt or not.
    case proven
    /// Proven and a read receipt came too.
    case provenRead
    /// Delivered, and the recipient stopped marketing within 72 h of the send.
    case optedOut

    /// Column of the measure in the store.
    package var column: String {
        switch self {
        case .attempted: "attempted"
        case .rejected: "rejected"
        case .accepted: "accepted"
        case .delivered: "delivered"
        case .read: "read"
        case .failed: "failed"
        case .pending: "pending"
        case .expired: "expired"
        case .replied: "replied"
        case .tapped: "tapped"
        case .proven: "proven"
        case .provenRead: "proven_read"
        case .optedOut: "opted_out"
        }
    }
}

/// A duration of fact `message`, kept as a histogram in cells.
package enum MessageDuration: Int, CaseIterable, Sendable, Codable {
    /// Send → the earliest of delivered, read, played.
    case timeToDeliver = 0
    /// `delivered` → the earliest of read, played; only where a `delivered` status exists.
    case timeToRead
}
