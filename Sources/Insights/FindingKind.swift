import Catalogue
import Domain

/// What a finding is about. The raw value is its id in the contract.
package enum FindingKind: String, Sendable, CaseIterable, Codable {
    case deliveryDown = "delivery_down"
    case responseSlow = "response_slow"
    case volumeWithoutOutcomes = "volume_without_outcomes"
    case costUp = "cost_up"
    case categoryRaised = "category_raised"
    case qualityFalling = "quality_falling"
    case limitNear = "limit_near"
    case readDown = "read_down"
    case repeatsUp = "repeats_up"
    /// Messages are accepted and then nothing is heard of them.
    case silentFailure = "silent_failure"
    /// A problem of the data, never of the business.
    case webhooksLate = "webhooks_late"
    case botSilent = "bot_silent"
    case templatePaused = "template_paused"
    case outcomesDown = "outcomes_down"
    case volumeUp = "volume_up"
    case volumeDown = "volume_down"
    case improving = "improving"
    /// A rule that somebody wrote.
    case rule = "rule"

    package var name: Text {
        switch self {
        case .deliveryDown: Text(id: "Pengiriman turun", en: "Delivery is down")
        case .responseSlow: Text(id: "Balasan melambat", en: "Replies are slow")
        case .volumeWithoutOutcomes: Text(id: "Ramai tanpa hasil", en: "Traffic without outcomes")
        case .costUp: Text(id: "Biaya naik", en: "Cost is up")
        case .categoryRaised: Text(id: "Kategori dinaikkan Meta", en: "Category raised by Meta")
        case .qualityFalling: Text(id: "Kualitas turun", en: "Quality is falling")
        case .limitNear: Text(id: "Batas kirim", en: "Messaging limit")
        case .readDown: Text(id: "Pembacaan turun", en: "Reading is down")
        case .repeatsUp: Text(id: "Pelanggan mengulang pesan", en: "Customers write again")
        case .silentFailure: Text(id: "Gagal tanpa kabar", en: "Failing silently")
        case .webhooksLate: Text(id: "Webhook terlambat", en: "Webhooks are late")
        case .botSilent: Text(id: "Bot tidak menjawab", en: "The bot is silent")
        case .templatePaused: Text(id: "Templat dijeda", en: "Template paused")
        case .outcomesDown: Text(id: "Hasil turun", en: "Outcomes are down")
        case .volumeUp: Text(id: "Volume naik", en: "Volume is up")
        case .volumeDown: Text(id: "Volume turun", en: "Volume is down")
        case .improving: Text(id: "Membaik", en: "Improving")
        case .rule: Text(id: "Aturan", en: "Rule")
        }
    }

    /// Whether it tells of the data and not of the business.
    package var isAboutData: Bool { self == .webhooksLate }

    /// Whether nothing needs to be done about it.
    package var isGoodNews: Bool { self == .improving }

    /// For how long the trouble must be out of sight before the finding is resolved.
    package var recoverySeconds: Int64 {
        switch self {
        case .webhooksLate: 1_800
        case .botSilent, .templatePaused: 6 * 3600
        case .deliveryDown, .silentFailure: 12 * 3600
        case .categoryRaised, .qualityFalling, .limitNear: 3 * 86_400
        // What shows by day is not over because it is night.
        case .responseSlow, .repeatsUp, .readDown, .volumeUp, .volumeDown, .rule: 30 * 3600
        case .volumeWithoutOutcomes, .costUp, .outcomesDown, .improving: 3 * 86_400
        }
    }

    /// Seen again within this time after it was resolved, it is the same trouble.
    package var reopenSeconds: Int64 { max(2 * 86_400, recoverySeconds) }
}

package enum Severity: Int, Sendable, CaseIterable, Comparable {
    case notice, warning, critical

    package var word: String {
        switch self {
        case .notice: "notice"
        case .warning: "warning"
        case .critical: "critical"
        }
    }

    package init?(word: String) {
        guard let severity = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = severity
    }

    package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}
