import Domain

/// One finding explains another: while the first is open, the second is not told.
package struct Inhibition: Hashable, Sendable {
    /// Kinds of the finding that explains.
    package var sources: Set<String>
    /// Kinds that it explains; a name with `*` at its end stands for all that begin so. Empty: by family alone.
    package var targets: Set<String>
    package var families: Set<AlertFamily>
    /// Dimensions in which both must agree: those of them that the explaining finding has, and it must have one.
    package var equal: [String]
    /// They must also come from the same source of data.
    package var sameSource: Bool

    package init(
        sources: Set<String>, targets: Set<String> = [], families: Set<AlertFamily> = [], equal: [String] = [],
        sameSource: Bool = false
    ) {
        self.sources = sources
        self.targets = targets
        self.families = families
        self.equal = equal
        self.sameSource = sameSource
    }

    /// A paused number or template explains its delivery, late data everything that is counted from them.
    package static let standard: [Inhibition] = [
        Inhibition(
            sources: ["number_paused", "number_blocked", "template_paused"],
            targets: ["delivery_down", "silent_failure", "read_down", "volume_down"],
            equal: ["phone_number", "template"]),
        Inhibition(sources: ["data_late", "webhooks_late"], families: [.business], sameSource: true),
    ]

    /// Whether `source` explains `target`. Nothing explains itself.
    package func holds(_ target: Alert, by source: Alert) -> Bool {
        guard source.key != target.key, !source.isResolved, sources.contains(source.kind) else { return false }
        guard !sources.contains(target.kind) else { return false }
        if !targets.isEmpty, !targets.contains(where: { Self.matches(target.kind, $0) }) { return false }
        if !families.isEmpty, !families.contains(target.family) { return false }
        if sameSource, let of = source.source, target.source != of { return false }
        guard equal.isEmpty || equal.contains(where: { source.segment[$0] != nil }) else { return false }
        return equal.allSatisfy { dimension in
            guard let value = source.segment[dimension] else { return true }
            return target.segment[dimension] == value
        }
    }

    private static func matches(_ kind: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? kind.hasPrefix(pattern.dropLast()) : kind == pattern
    }

    /// The key of the finding that explains `target`: of several the smallest, so that order does not matter.
    static func explainer(of target: Alert, among alerts: [Alert], rules: [Inhibition]) -> String? {
        var found: String?
        for source in alerts where rules.contains(where: { $0.holds(target, by: source) }) {
            found = min(found ?? source.key, source.key)
        }
        return found
    }
}
