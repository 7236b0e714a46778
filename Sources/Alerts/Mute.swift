import Domain

/// Somebody does not want to hear of something until a time. There is no mute without an end.
package struct Mute: Hashable, Sendable, Codable {
    package var id: String
    /// `Alert.reference` of one finding, or `Alert.groupReference` of a group; nil: all that fit the rest.
    package var finding: String?
    /// Empty: any.
    package var kinds: Set<String>
    /// Empty: any; else an alert must have these values.
    package var segment: [String: String]
    /// Only on this route; nil: on all.
    package var route: String?
    @Stamp package var until: Instant
    /// Who wanted it, as people are named on pages; nil when by a button.
    package var by: String?

    /// Longest time that anything is muted: 30 days.
    package static let hoursMax = 720

    package init(
        id: String, finding: String? = nil, kinds: Set<String> = [], segment: [String: String] = [:],
        route: String? = nil, until: Instant, by: String? = nil
    ) {
        self.id = id
        self.finding = finding
        self.kinds = kinds
        self.segment = segment
        self.route = route
        self.until = until
        self.by = by
    }

    package func covers(_ alert: Alert, on route: String, at now: Instant) -> Bool {
        guard now < until, self.route == nil || self.route == route else { return false }
        if let finding, finding != alert.reference, finding != alert.groupReference { return false }
        if !kinds.isEmpty, !kinds.contains(alert.kind) { return false }
        guard segment.allSatisfy({ alert.segment[$0.key] == $0.value }) else { return false }
        // A mute that names nothing at all would silence everything for ever after a slip of the pen.
        return finding != nil || !kinds.isEmpty || !segment.isEmpty || self.route != nil
    }

    package func covers(_ digest: DigestPeriod, on route: String, at now: Instant) -> Bool {
        now < until && finding == digest.reference && (self.route == nil || self.route == route)
    }
}
