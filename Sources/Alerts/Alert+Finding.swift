import Catalogue
import Domain
import Insights

extension Alert {
    /// A finding as it is told.
    /// - Parameter link: where it is shown in full, an absolute URL.
    package init(_ finding: Finding, link: String) {
        var segment: [String: String] = [:]
        for element in finding.segment.elements { segment[element.dimension.rawValue] = element.value ?? "" }
        let causes = finding.causes.prefix(2).map(\.text)
        self.init(
            key: finding.id, kind: finding.kind.rawValue, family: Self.family(of: finding.kind),
            severity: Self.severity(of: finding.severity), title: finding.title,
            lines: causes + [finding.impact.text].compactMap(\.self),
            action: finding.kind.isGoodNews ? nil : finding.action, link: link, at: finding.since,
            isResolved: finding.state == .resolved, isAcknowledged: finding.state == .acknowledged,
            segment: segment, source: finding.kind == .outcomesDown ? "outcomes" : "webhooks",
            group: Self.group(of: finding))
        if finding.state == .muted { mutedUntil = finding.mutedUntil?.seconds }
    }

    private static func severity(of severity: Severity) -> AlertSeverity {
        switch severity {
        case .notice: .note
        case .warning: .warning
        case .critical: .urgent
        }
    }

    private static func family(of kind: FindingKind) -> AlertFamily {
        if kind.isAboutData { return .data }
        switch kind {
        case .templatePaused, .categoryRaised, .qualityFalling, .limitNear: return .account
        default: return .business
        }
    }

    /// What has one template, number or team in common is looked at together; the rest by its kind.
    private static func group(of finding: Finding) -> String {
        for dimension in ["template", "campaign", "phone_number", "team"] {
            let element = finding.segment.elements.first { $0.dimension.rawValue == dimension }
            if let value = element?.value { return "\(dimension):\(value)" }
        }
        return finding.kind.rawValue
    }
}
