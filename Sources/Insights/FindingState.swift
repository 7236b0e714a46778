import Domain

/// Where a finding stands. The raw value is its id in the contract.
package enum FindingState: String, Sendable, CaseIterable, Codable {
    case open, acknowledged, resolved, muted

    package var name: Text {
        switch self {
        case .open: Text(id: "Terbuka", en: "Open")
        case .acknowledged: Text(id: "Ditangani", en: "Acknowledged")
        case .resolved: Text(id: "Selesai", en: "Resolved")
        case .muted: Text(id: "Dibisukan", en: "Muted")
        }
    }
}

/// Something that a person, or the watch itself, did to a finding.
package struct FindingNote: Hashable, Sendable {
    package enum Act: String, Sendable, CaseIterable {
        case opened, reopened, resolved, acknowledged, unacknowledged, muted, unmuted, commented
    }
    package var at: Instant
    package var act: Act
    /// Who did it; nil for the watch itself.
    package var by: String?
    /// What was said.
    package var text: String?

    package init(at: Instant, act: Act, by: String? = nil, text: String? = nil) {
        self.at = at
        self.act = act
        self.by = by
        self.text = text
    }
}
