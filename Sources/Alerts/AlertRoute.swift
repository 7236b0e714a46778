import Domain

/// Who is told what, how, and when not.
package struct AlertRoute: Hashable, Sendable {
    /// Letters, digits, `-`, `_`; never changes.
    package var id: String
    package var name: String
    package var isOn: Bool
    package var channel: AlertChannel
    package var language: Language
    /// IANA name; quiet hours and digests are read on this clock.
    package var zone: String
    package var selection: AlertSelection
    package var quietHours: QuietHours?
    /// Messages in any sixty minutes; what is above goes out as one summary when there is room again.
    package var perHourMax: Int
    /// How long the first alert of a group waits for others. Urgent ones do not wait.
    package var groupingSeconds: Int64
    /// After how long an open finding is told again; nil: never.
    package var repeatSeconds: Int64?
    package var tellsResolved: Bool
    package var digests: [DigestSchedule]

    package init(
        id: String, name: String, isOn: Bool = true, channel: AlertChannel, language: Language = .indonesian,
        zone: String = "Asia/Jakarta", selection: AlertSelection = AlertSelection(), quietHours: QuietHours? = nil,
        perHourMax: Int = 12, groupingSeconds: Int64 = 60, repeatSeconds: Int64? = 86_400, tellsResolved: Bool = true,
        digests: [DigestSchedule] = []
    ) {
        self.id = id
        self.name = name
        self.isOn = isOn
        self.channel = channel
        self.language = language
        self.zone = zone
        self.selection = selection
        self.quietHours = quietHours
        self.perHourMax = perHourMax
        self.groupingSeconds = groupingSeconds
        self.repeatSeconds = repeatSeconds
        self.tellsResolved = tellsResolved
        self.digests = digests
    }

    /// The one thing about the channel that is secret; nil: nothing is. (Mail uses the password of the mail server.)
    package var secretName: Text? {
        switch channel {
        case .webhook: Text(id: "kunci tanda tangan", en: "signing key")
        case .email: nil
        case .slack: Text(id: "alamat webhook Slack", en: "Slack webhook address")
        case .telegram: Text(id: "token bot", en: "bot token")
        case .whatsApp: Text(id: "token akses", en: "access token")
        }
    }
}

/// Which findings a route tells. What is empty leaves everything in.
package struct AlertSelection: Hashable, Sendable {
    package var kinds: Set<String>
    package var severity: AlertSeverity
    /// Values by name of the dimension; an alert must have one of them in each dimension named here.
    package var segments: [String: Set<String>]

    package init(
        kinds: Set<String> = [], severity: AlertSeverity = .warning, segments: [String: Set<String>] = [:]
    ) {
        self.kinds = kinds
        self.severity = severity
        self.segments = segments
    }

    /// Why an alert is left out; nil: it is told.
    package func refusal(of alert: Alert) -> WithheldReason? {
        if !kinds.isEmpty, !kinds.contains(alert.kind) { return .otherKind }
        if alert.severity < severity { return .tooMild }
        for (dimension, values) in segments where !values.isEmpty {
            guard let value = alert.segment[dimension], values.contains(value) else { return .otherSegment }
        }
        return nil
    }
}

/// When a digest goes out by a route.
package struct DigestSchedule: Hashable, Sendable {
    package var period: DigestPeriod
    /// Minutes after local midnight.
    package var minute: Int
    /// ISO weekday of the weekly digest.
    package var weekday: Int

    package init(period: DigestPeriod, minute: Int = 7 * 60 + 30, weekday: Int = 1) {
        self.period = period
        self.minute = minute
        self.weekday = weekday
    }
}

package enum DigestPeriod: String, Hashable, Sendable, Codable, CaseIterable {
    case daily, weekly

    /// As buttons name it: who presses “mute” under a digest means the next one.
    package var reference: String { "digest-\(rawValue)" }
}
