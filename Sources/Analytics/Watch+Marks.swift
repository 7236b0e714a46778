import Catalogue
import Domain
import Insights
import Storage

/// What Meta itself says of the account, and what of it fits to a change.
extension Watch {
    /// Findings that follow from marks alone, as long as the newest word on their subject is bad.
    func markSightings(at now: Instant) async throws -> [Sighting] {
        let marks = try await store.timeline(now.adding(seconds: -7 * 86_400)..<now, limit: 2_000)
        var newest: [String: (mark: TimelineMark, segment: Segment)] = [:]
        for mark in marks {
            guard let segment = Self.segment(of: mark.event.subject) else { continue }
            let topic = mark.event.field.hasPrefix("message_template_status") ? "status" : "quality"
            guard Self.isStatus(mark.event) || Self.isQuality(mark.event) else { continue }
            newest[topic + segment.key] = (mark, segment)
        }
        return newest.sorted { $0.key < $1.key }.compactMap { sighting(of: $0.value.mark, $0.value.segment, now: now) }
    }

    private static func isStatus(_ event: AccountEvent) -> Bool { event.field == "message_template_status_update" }
    private static func isQuality(_ event: AccountEvent) -> Bool {
        event.field == "message_template_quality_update" || event.field == "phone_number_quality_update"
    }

    static func segment(of subject: AccountEvent.Subject) -> Segment? {
        switch subject {
        case .template(_, let name?, _): Segment([.template: name])
        case .phoneNumber(let id?, _): Segment([.phoneNumber: id.value])
        default: nil
        }
    }

    private func sighting(of mark: TimelineMark, _ segment: Segment, now: Instant) -> Sighting? {
        let word = mark.event.event.uppercased()
        let kind: FindingKind
        let play: Play
        if Self.isStatus(mark.event), ["PAUSED", "DISABLED"].contains(word) {
            kind = .templatePaused
            play = Playbook.paused(segment, word: word, at: mark.at)
        } else if Self.isQuality(mark.event), ["YELLOW", "RED", "FLAGGED", "DOWNGRADE"].contains(word) {
            kind = .qualityFalling
            play = Playbook.quality(segment, word: word, at: mark.at)
        } else {
            return nil
        }
        return Sighting(
            kind: kind, metric: kind == .templatePaused ? "delivery_rate" : "read_rate", segment: segment,
            severity: play.severity, since: mark.at, seenAt: now, title: play.title, causes: play.causes,
            impact: play.impact, action: play.action, evidence: Evidence())
    }

    /// Marks of the days around the beginning of a change that could have to do with it, the nearest first.
    func marks(of segment: Segment, near since: Instant, until now: Instant) async throws -> [Cause] {
        let from = since.adding(seconds: -2 * 86_400)
        let to = min(now, since.adding(seconds: 12 * 3600))
        guard from < to else { return [] }
        let marks = try await store.timeline(from..<to, limit: 500)
        let fitting = marks.filter { mark in
            guard Self.isTelling(mark.event), let place = Self.segment(of: mark.event.subject) else { return false }
            return place.elements.allSatisfy { segment.elements.contains($0) }
        }
        return fitting.sorted { abs($0.at.microseconds(since: since)) < abs($1.at.microseconds(since: since)) }
            .prefix(3).map { mark in Self.cause(of: mark) }
    }

    private static func isTelling(_ event: AccountEvent) -> Bool {
        [
            "message_template_status_update", "message_template_quality_update", "template_category_update",
            "phone_number_quality_update", "account_update", "business_capability_update",
        ].contains(event.field) && event.event.uppercased() != "APPROVED"
    }

    static func cause(of mark: TimelineMark) -> Cause {
        let event = mark.event
        let place = segment(of: event.subject) ?? .everything
        let words = place.words
        let before = event.previous.map { Text(id: ", sebelumnya \($0)", en: ", before \($0)") }
        return Cause(
            kind: .mark,
            text: Text(
                id: "Kabar dari Meta untuk \(words.id): \(event.event)\(before?.id ?? "").",
                en: "Meta told of \(words.en): \(event.event)\(before?.en ?? "")."),
            segment: place, at: mark.at)
    }
}
