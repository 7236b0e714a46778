import Domain

/// One likely reason, and how much of the change it accounts for.
package struct Cause: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case segment, error, mark, staffing, load, bot, mix, data, outage
        /// Said when it is true.
        case notEnoughData = "not_enough_data"
    }
    package var kind: Kind
    package var text: Text
    /// Where; everything when it is everywhere.
    package var segment: Segment
    /// Of the change, 0 … 1; nil when it cannot be told.
    package var share: Double?
    /// Meta's.
    package var errorCode: Int?
    /// When something happened that fits: a pause, a new price, another calendar.
    package var at: Instant?
    /// The query (JSON) that shows it.
    package var query: String?

    package init(
        kind: Kind, text: Text, segment: Segment = .everything, share: Double? = nil, errorCode: Int? = nil,
        at: Instant? = nil, query: String? = nil
    ) {
        self.kind = kind
        self.text = text
        self.segment = segment
        self.share = share
        self.errorCode = errorCode
        self.at = at
        self.query = query
    }
}

/// An evidenced statement: what moved, since when, why, what it costs, what to do.
package struct Finding: Hashable, Sendable, Identifiable {
    package var id: String
    package var kind: FindingKind
    /// Id in the catalogue.
    package var metric: String
    package var segment: Segment
    package var severity: Severity
    /// When the trouble began.
    package var since: Instant
    /// When it was last seen, once it is over; nil while it lasts.
    package var until: Instant?
    package var state: FindingState
    package var title: Text
    /// The likeliest first.
    package var causes: [Cause]
    package var impact: Impact
    package var action: Text
    package var evidence: Evidence
    /// When it was first told.
    package var openedAt: Instant
    /// When it was last seen or changed.
    package var updatedAt: Instant
    /// When the trouble was last seen.
    package var seenAt: Instant
    package var acknowledgedBy: String?
    package var mutedUntil: Instant?
    /// What was done to it, the oldest first.
    package var notes: [FindingNote]

    package init(
        id: String, kind: FindingKind, metric: String, segment: Segment, severity: Severity, since: Instant,
        until: Instant? = nil, state: FindingState = .open, title: Text, causes: [Cause], impact: Impact,
        action: Text, evidence: Evidence, openedAt: Instant, updatedAt: Instant, seenAt: Instant,
        acknowledgedBy: String? = nil, mutedUntil: Instant? = nil, notes: [FindingNote] = []
    ) {
        self.id = id
        self.kind = kind
        self.metric = metric
        self.segment = segment
        self.severity = severity
        self.since = since
        self.until = until
        self.state = state
        self.title = title
        self.causes = causes
        self.impact = impact
        self.action = action
        self.evidence = evidence
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.seenAt = seenAt
        self.acknowledgedBy = acknowledgedBy
        self.mutedUntil = mutedUntil
        self.notes = notes
    }

    /// Whether it asks for attention: not over, and nobody has silenced it.
    package var isLasting: Bool { state != .resolved }

    /// What people did to an earlier telling of the same finding holds for this one.
    package mutating func keepActs(of earlier: Finding) {
        let acts = earlier.notes.filter { $0.by != nil }
        guard !acts.isEmpty else { return }
        notes = (notes.filter { $0.by == nil } + acts).sorted { $0.at < $1.at }
        guard state != .resolved else { return }
        state = earlier.state == .resolved ? state : earlier.state
        acknowledgedBy = earlier.acknowledgedBy
        mutedUntil = earlier.mutedUntil
    }

    package var commentCount: Int { notes.count { $0.act == .commented } }
    package var reopenCount: Int { notes.count { $0.act == .reopened } }
}

/// What one look says: the trouble is there now. `FindingBook` makes findings of it.
package struct Sighting: Hashable, Sendable {
    package var kind: FindingKind
    package var metric: String
    package var segment: Segment
    package var severity: Severity
    package var since: Instant
    /// The end of the last bucket in which it shows.
    package var seenAt: Instant
    package var title: Text
    package var causes: [Cause]
    package var impact: Impact
    package var action: Text
    package var evidence: Evidence

    package init(
        kind: FindingKind, metric: String, segment: Segment, severity: Severity, since: Instant, seenAt: Instant,
        title: Text, causes: [Cause], impact: Impact, action: Text, evidence: Evidence
    ) {
        self.kind = kind
        self.metric = metric
        self.segment = segment
        self.severity = severity
        self.since = since
        self.seenAt = seenAt
        self.title = title
        self.causes = causes
        self.impact = impact
        self.action = action
        self.evidence = evidence
    }
}
