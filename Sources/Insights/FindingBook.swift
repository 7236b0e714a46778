import Domain

/// All findings, and the rules by which sightings become one: the same trouble is told once, updated while it lasts,
/// resolved when it is out of sight, and opened again when it returns soon.
package struct FindingBook: Sendable {
    /// What happened to a finding.
    package struct Change: Hashable, Sendable {
        package enum Kind: String, Sendable {
            case opened, updated, resolved, reopened, worsened, acted
        }
        package var kind: Kind
        package var finding: Finding
        package init(kind: Kind, finding: Finding) {
            self.kind = kind
            self.finding = finding
        }
    }

    private var byID: [String: Finding]

    package init(_ findings: [Finding] = []) {
        byID = Dictionary(findings.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// The newest first.
    package var findings: [Finding] {
        byID.values.sorted { ($0.openedAt, $0.id) > ($1.openedAt, $1.id) }
    }

    package subscript(id: String) -> Finding? { byID[id] }

    /// Takes in what one look saw, and closes what it no longer saw.
    ///
    /// - Parameter judged: whether the look could tell of a finding's trouble at all. One that it could not is left as
    ///   it is: no data is not good news.
    package mutating func note(
        _ sightings: [Sighting], at now: Instant, judged: (Finding) -> Bool = { _ in true }
    ) -> [Change] {
        var changes: [Change] = []
        var seen: Set<String> = []
        for sighting in sightings.sorted(by: Self.precedes) {
            guard let known = match(sighting, at: now) else {
                let finding = Self.finding(of: sighting, at: now)
                byID[finding.id] = finding
                seen.insert(finding.id)
                changes.append(Change(kind: .opened, finding: finding))
                continue
            }
            // A second sighting of one look that belongs to the same finding adds nothing.
            guard seen.insert(known.id).inserted else { continue }
            changes.append(update(known, with: sighting, at: now))
        }
        for finding in findings where finding.isLasting && !seen.contains(finding.id) {
            if let change = rest(finding, at: now, judged: judged(finding)) { changes.append(change) }
        }
        return changes
    }

    private static func precedes(_ a: Sighting, _ b: Sighting) -> Bool {
        if a.severity != b.severity { return a.severity > b.severity }
        if a.since != b.since { return a.since < b.since }
        if a.segment != b.segment { return a.segment < b.segment }
        return (a.kind.rawValue, a.metric) < (b.kind.rawValue, b.metric)
    }

    /// The finding that a sighting belongs to: of the same kind, about the same metric, over the same segment or one
    /// that holds it or lies in it, and not over for long.
    private func match(_ sighting: Sighting, at now: Instant) -> Finding? {
        let fitting = byID.values.filter { finding in
            guard finding.kind == sighting.kind, finding.metric == sighting.metric else { return false }
            guard isSamePlace(finding, sighting) else { return false }
            guard finding.state == .resolved, let until = finding.until else { return true }
            return sighting.since <= until.adding(seconds: finding.kind.reopenSeconds)
        }
        return fitting.min { a, b in
            let ranks = (a.segment == sighting.segment, b.segment == sighting.segment)
            if ranks.0 != ranks.1 { return ranks.0 }
            if a.isLasting != b.isLasting { return a.isLasting }
            return (b.openedAt, a.id) < (a.openedAt, b.id)
        }
    }

    /// One holds the other; or they overlap, and Meta gives the same code for both.
    private func isSamePlace(_ finding: Finding, _ sighting: Sighting) -> Bool {
        if finding.segment.covers(sighting.segment) || sighting.segment.covers(finding.segment) { return true }
        guard let code = finding.causes.first?.errorCode, code == sighting.causes.first?.errorCode else { return false }
        return finding.segment.elements.contains(where: sighting.segment.elements.contains)
    }

    private mutating func update(_ known: Finding, with sighting: Sighting, at now: Instant) -> Change {
        var finding = known
        finding.since = min(known.since, sighting.since)
        finding.seenAt = max(known.seenAt, sighting.seenAt)
        // The clearest sight of it is what is told: as trouble fades, so does what can be said of it.
        let isClearer = (sighting.evidence.surprise ?? 0) >= 0.9 * (known.evidence.surprise ?? 0)
        if isClearer || known.state == .resolved {
            finding.severity = sighting.severity
            finding.title = sighting.title
            finding.causes = sighting.causes
            finding.impact = sighting.impact
            finding.action = sighting.action
            finding.evidence = sighting.evidence
            finding.segment = sighting.segment
        }
        finding.until = nil
        finding.updatedAt = now
        var kind = Change.Kind.updated
        if known.state == .resolved {
            finding.state = .open
            finding.acknowledgedBy = nil
            finding.since = sighting.since
            finding.notes.append(FindingNote(at: now, act: .reopened))
            kind = .reopened
        } else if known.state == .muted, let end = known.mutedUntil, end <= now {
            finding.state = .open
            finding.mutedUntil = nil
            finding.notes.append(FindingNote(at: now, act: .unmuted))
            kind = .reopened
        } else if finding.severity > known.severity {
            kind = .worsened
        }
        byID[finding.id] = finding
        return Change(kind: kind, finding: finding)
    }

    private mutating func rest(_ known: Finding, at now: Instant, judged: Bool) -> Change? {
        let isOver = known.seenAt.adding(seconds: known.kind.recoverySeconds) <= now
        guard judged, isOver else { return nil }
        var finding = known
        finding.state = .resolved
        finding.mutedUntil = nil
        finding.until = known.seenAt
        finding.updatedAt = now
        finding.notes.append(FindingNote(at: now, act: .resolved))
        byID[finding.id] = finding
        return Change(kind: .resolved, finding: finding)
    }

    private static func finding(of sighting: Sighting, at now: Instant) -> Finding {
        Finding(
            id: id(of: sighting), kind: sighting.kind, metric: sighting.metric, segment: sighting.segment,
            severity: sighting.severity, since: sighting.since, title: sighting.title, causes: sighting.causes,
            impact: sighting.impact, action: sighting.action, evidence: sighting.evidence, openedAt: now,
            updatedAt: now, seenAt: sighting.seenAt, notes: [FindingNote(at: now, act: .opened)])
    }

    /// The same trouble gets the same id however often history is gone through: FNV-1a over what it is about.
    private static func id(of sighting: Sighting) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let text = "\(sighting.kind.rawValue) \(sighting.metric) \(sighting.segment.key) \(sighting.since.seconds)"
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return "f" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    // MARK: What people do

    /// Longest text of a comment, and of a mute in days.
    package static let commentMax = 4_000
    package static let muteDaysMax: Int64 = 366

    @discardableResult
    package mutating func acknowledge(_ id: String, by person: String, at now: Instant) throws(Failure) -> Finding {
        try act(id) { finding in
            guard finding.state != .resolved else { return .over }
            finding.state = .acknowledged
            finding.acknowledgedBy = person
            finding.mutedUntil = nil
            finding.updatedAt = now
            finding.notes.append(FindingNote(at: now, act: .acknowledged, by: person))
            return nil
        }
    }

    /// Takes back an acknowledgement.
    @discardableResult
    package mutating func unacknowledge(_ id: String, by person: String, at now: Instant) throws(Failure) -> Finding {
        try act(id) { finding in
            guard finding.state == .acknowledged else { return nil }
            finding.state = .open
            finding.acknowledgedBy = nil
            finding.updatedAt = now
            finding.notes.append(FindingNote(at: now, act: .unacknowledged, by: person))
            return nil
        }
    }

    @discardableResult
    package mutating func mute(
        _ id: String, until end: Instant, by person: String, at now: Instant
    ) throws(Failure) -> Finding {
        guard now < end, end <= now.adding(seconds: Self.muteDaysMax * 86_400) else {
            throw Failure(
                .unprocessable, id: "\"until\" harus waktu yang akan datang, paling lama setahun lagi.",
                en: "\"until\" must be a time to come, at most a year from now.")
        }
        return try act(id) { finding in
            guard finding.state != .resolved else { return .over }
            finding.state = .muted
            finding.mutedUntil = end
            finding.updatedAt = now
            finding.notes.append(FindingNote(at: now, act: .muted, by: person))
            return nil
        }
    }

    @discardableResult
    package mutating func unmute(_ id: String, by person: String, at now: Instant) throws(Failure) -> Finding {
        try act(id) { finding in
            guard finding.state == .muted else { return nil }
            finding.state = finding.acknowledgedBy == nil ? .open : .acknowledged
            finding.mutedUntil = nil
            finding.updatedAt = now
            finding.notes.append(FindingNote(at: now, act: .unmuted, by: person))
            return nil
        }
    }

    @discardableResult
    package mutating func comment(
        _ id: String, _ text: String, by person: String, at now: Instant
    ) throws(Failure) -> Finding {
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= Self.commentMax else {
            throw Failure(
                .unprocessable, id: "Komentar harus berisi, paling panjang 4.000 bita.",
                en: "A comment must say something, in at most 4,000 bytes.")
        }
        return try act(id) { finding in
            finding.updatedAt = now
            finding.notes.append(FindingNote(at: now, act: .commented, by: person, text: text))
            return nil
        }
    }

    private mutating func act(_ id: String, _ change: (inout Finding) -> Failure?) throws(Failure) -> Finding {
        guard var finding = byID[id] else {
            throw Failure(
                .notFound, id: "Temuan ini tidak ada. Lihat daftarnya di GET /api/v1/findings.",
                en: "There is no such finding. See the list at GET /api/v1/findings.")
        }
        if let failure = change(&finding) { throw failure }
        byID[id] = finding
        return finding
    }
}

extension Failure {
    fileprivate static let over = Failure(
        .unprocessable, id: "Temuan ini sudah selesai, jadi tidak ada yang perlu diubah.",
        en: "This finding is resolved already, so there is nothing to change.")
}
