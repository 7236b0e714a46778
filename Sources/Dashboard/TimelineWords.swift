import Domain
import Web

/// What a mark of the account's timeline says, in words.
struct TimelineWords {
    let event: AccountEvent
    let language: Language

    init(_ event: AccountEvent, _ language: Language) {
        self.event = event
        self.language = language
    }

    private func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(language) }

    /// `promo_11_11: dijeda Meta (kualitas rendah)`.
    var sentence: String {
        guard let subject else { return happening }
        return "\(subject): \(happening)"
    }

    /// What it is about; nil for the account as a whole.
    var subject: String? {
        switch event.subject {
        case .template(let id, let name, _): name ?? id?.value
        case .phoneNumber(let id, let display): display ?? id?.value
        case .flow(let id): id.map { say("alur \($0)", "flow \($0)") }
        case .group: say("grup", "group")
        case .thread: say("satu percakapan", "a conversation")
        case .paymentConfiguration(let name): name
        case .account: nil
        case .other(let name): name == "workspace" ? nil : name
        }
    }

    var tone: Chart.Mark.Tone {
        switch event.event.uppercased() {
        case "PAUSED", "REJECTED", "DISABLED", "FLAGGED", "RED", "LOW", "DOWNGRADE", "DISABLED_UPDATE",
            "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED":
            .bad
        case "YELLOW", "MEDIUM", "PENDING_DELETION", "LIMIT_EXCEEDED", "IN_APPEAL": .warn
        case "APPROVED", "REINSTATED", "GREEN", "HIGH", "UNPAUSED", "UPGRADE", "ONBOARDING", "UNFLAGGED": .good
        default: isDearer ? .warn : .neutral
        }
    }

    private var isDearer: Bool {
        event.field == "template_category_update" && event.event.uppercased() == "MARKETING"
    }

    /// What happened to it.
    var happening: String {
        switch event.field {
        case "message_template_status_update": status
        case "message_template_quality_update": say("kualitas \(change)", "quality \(change)")
        case "message_template_components_update": say("isinya diubah", "its content was edited")
        case "template_category_update", "template_correct_category_detection": category
        case "phone_number_quality_update": say("batas kirim \(change)", "sending limit \(change)")
        case "phone_number_name_update": say("nama tampilan \(change)", "display name \(change)")
        case "calendar":
            event.event == "removed"
                ? say("jam kerja dihapus", "opening hours removed") : say("jam kerja diubah", "opening hours changed")
        case "service_targets": say("target layanan diubah", "service targets changed")
        default: "\(readable(event.field)): \(change)"
        }
    }

    /// Some are announced a day ahead, or only recommended.
    private var category: String {
        guard event.event == "IMPENDING" || event.field == "template_correct_category_detection" else {
            return say("kategori \(change)", "category \(change)")
        }
        let next = value(event.details["correct_category"] ?? event.event)
        return say("kategori akan menjadi \(next)", "category will become \(next)")
    }

    private var status: String {
        let reason = event.details["reason"].flatMap { $0 == "NONE" || $0.isEmpty ? nil : readable($0) }
        let tail = reason.map { " (\($0))" } ?? ""
        switch event.event.uppercased() {
        case "APPROVED": return say("disetujui Meta", "approved by Meta")
        case "REJECTED": return say("ditolak Meta", "rejected by Meta") + tail
        case "PAUSED": return say("dijeda Meta karena kualitas", "paused by Meta for its quality") + tail
        case "DISABLED": return say("dimatikan Meta", "disabled by Meta") + tail
        case "FLAGGED": return say("diberi peringatan kualitas", "flagged for its quality")
        case "REINSTATED", "UNPAUSED": return say("boleh dikirim lagi", "may be sent again")
        case "PENDING_DELETION": return say("akan dihapus", "is being deleted")
        case "DELETED": return say("dihapus", "deleted")
        default: return readable(event.event) + tail
        }
    }

    private var change: String {
        let now = value(event.event)
        guard let before = event.previous, !before.isEmpty else { return now }
        return "\(value(before)) → \(now)"
    }

    private func value(_ word: String) -> String { Self.value(word, language) }

    /// Meta's words in capitals, as they are said.
    private func readable(_ word: String) -> String { word.replacing("_", with: " ").lowercased() }
}
