import Domain

/// One message as it was decided: which alerts, and why each of them now.
package struct Notice: Hashable, Sendable, Codable {
    package enum Kind: Hashable, Sendable, Codable {
        case alerts
        /// What came in during quiet hours.
        case afterQuiet
        /// What was above the limit of so many messages an hour.
        case aboveLimit(perHour: Int)
    }

    package struct Item: Hashable, Sendable, Codable {
        package var alert: Alert
        package var reason: SendReason
        package init(alert: Alert, reason: SendReason) {
            self.alert = alert
            self.reason = reason
        }
    }

    package var kind: Kind
    /// The gravest first.
    package var items: [Item]
    @Stamp package var at: Instant

    package init(kind: Kind, items: [Item], at: Instant) {
        self.kind = kind
        self.items = items.sorted { Alert.comesBefore($0.alert, $1.alert) }
        self.at = at
    }

    /// That of the gravest open alert; a message of nothing but good news is a note.
    package var severity: AlertSeverity { items.filter { !$0.alert.isResolved }.map(\.alert.severity).max() ?? .note }
}

/// One message to one recipient, on its way. It keeps its id through every attempt, so that a receiver can tell a
/// second attempt from a second message.
package struct Dispatch: Hashable, Sendable, Codable {
    package enum Content: Hashable, Sendable, Codable {
        case notice(Notice)
        case digest(DigestContent)
        /// Sent by hand to see whether a route works.
        case test
    }

    package var id: String
    package var route: String
    /// `AlertChannel.Recipient.id`.
    package var recipient: String
    package var content: Content
    package var attempts: Int
    @Stamp package var createdAt: Instant
    /// Not before.
    @Stamp package var nextAt: Instant

    package init(id: String, route: String, recipient: String, content: Content, at: Instant) {
        self.id = id
        self.route = route
        self.recipient = recipient
        self.content = content
        attempts = 0
        createdAt = at
        nextAt = at
    }
}

/// What came of one attempt.
package enum DispatchResult: Hashable, Sendable {
    case delivered
    /// `after`: seconds that the receiver asked for.
    case retry(Text, after: Int64?)
    case givenUp(Text)
}
