import Domain

/// What a message leads to besides the finding itself.
package struct AlertLinks: Sendable {
    /// Public address of this server, without a slash at its end.
    let base: String
    let mutes: MuteLinks?
    /// How long a press on “mute” lasts.
    package static let muteHours = 24
    package static let mutePath = "/mute"

    package init(base: String, mutes: MuteLinks?) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.mutes = mutes
    }

    /// Nil without a key, and for what needs no muting.
    func mute(_ alert: Alert, now: Instant) -> String? {
        guard let mutes, !alert.isResolved,
            let command = MuteCommand(finding: alert.reference, hours: Self.muteHours)
        else { return nil }
        return "\(base)\(Self.mutePath)?token=\(mutes.token(command, now: now))"
    }
}

/// A notice in one language, as plain text in parts; each channel sets and escapes it in its own way.
package struct NoticeText: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var severity: AlertSeverity
        package var isResolved: Bool
        /// `Mendesak`; `Mendesak, memburuk`; `Selesai`.
        package var tag: String
        package var title: String
        package var lines: [String]
        package var action: String?
        package var link: String
        package var muteLink: String?
        package var reference: String

        /// `Mendesak, memburuk: Pengiriman promo turun`.
        package var heading: String { "\(tag): \(title)" }
    }

    package var subject: String
    package var severity: AlertSeverity
    package var parts: [Part]
    /// How many more there are than parts.
    package var more: Int
    /// Where all of them are.
    package var link: String
    package var language: Language
    /// What a button under the whole message mutes: its finding, or the group that all of them are of.
    package var muteReference: String

    /// Findings told in full in one message; of a summary only titles.
    package static let partsMax = 10
    static let titleCharactersMax = 160
    static let lineCharactersMax = 400

    package init(_ notice: Notice, language: Language, links: AlertLinks) {
        let shown = notice.items.prefix(Self.partsMax)
        var isBrief = shown.count > 4
        if case .alerts = notice.kind {} else { isBrief = shown.count > 2 }
        parts = shown.map { item in
            let alert = item.alert
            let isShort = isBrief || alert.isResolved
            return Part(
                severity: alert.severity, isResolved: alert.isResolved, tag: Self.tag(item, language),
                title: Self.line(alert.title(language), Self.titleCharactersMax),
                lines: isShort ? [] : alert.lines.prefix(6).map { Self.line($0(language), Self.lineCharactersMax) },
                action: isShort ? nil : alert.action.map { Self.line($0(language), Self.lineCharactersMax) },
                link: alert.link, muteLink: links.mute(alert, now: notice.at), reference: alert.reference)
        }
        more = notice.items.count - parts.count
        severity = notice.severity
        link = "\(links.base)/findings"
        self.language = language
        let groups = Set(notice.items.map(\.alert.groupReference))
        let isGroup = notice.items.count > 1 && groups.count == 1
        muteReference = (isGroup ? groups.first : parts.first?.reference) ?? "none"
        subject = Self.subject(notice, first: parts.first, language)
    }

    /// What a test message says.
    package init(test language: Language, route: String, links: AlertLinks, at: Instant) {
        let title = Text(id: "Pesan uji dari Pantau", en: "Test message from Pantau")(language)
        let line = Text(
            id: "Rute \"\(route)\" bekerja. Temuan akan datang lewat sini.",
            en: "The route \"\(route)\" works. Findings will come this way.")(language)
        subject = title
        severity = .note
        parts = [
            Part(
                severity: .note, isResolved: false, tag: AlertSeverity.note.name(language), title: title, lines: [line],
                action: nil,
                link: links.base.isEmpty ? "" : "\(links.base)/findings", muteLink: nil, reference: "test")
        ]
        more = 0
        muteReference = "test"
        link = "\(links.base)/findings"
        self.language = language
    }

    /// How grave it is and why it is told now; of what is over only that.
    private static func tag(_ item: Notice.Item, _ language: Language) -> String {
        let severity = item.alert.severity.name(language)
        guard let label = item.reason.label?(language) else { return severity }
        return item.alert.isResolved ? label : "\(severity), \(label.lowercased())"
    }

    /// `Mendesak: Pengiriman promo turun`, `5 temuan selama jam tenang`.
    private static func subject(_ notice: Notice, first: Part?, _ language: Language) -> String {
        let count = notice.items.count
        switch notice.kind {
        case .afterQuiet:
            return Text(id: "\(count) temuan selama jam tenang", en: "\(count) findings during quiet hours")(language)
        case .aboveLimit(let limit):
            return Text(
                id: "\(count) temuan di atas batas \(limit) pesan per jam",
                en: "\(count) findings above the limit of \(limit) messages an hour")(language)
        case .alerts:
            guard let first else { return Text(id: "Temuan baru", en: "New findings")(language) }
            guard count > 1 else { return first.heading }
            return first.heading + Text(id: " (dan \(count - 1) lagi)", en: " (and \(count - 1) more)")(language)
        }
    }

    var moreSentence: String? {
        guard more > 0 else { return nil }
        return Text(id: "Dan \(more) temuan lagi.", en: "And \(more) more findings.")(language)
    }

    static let actionName = Text(id: "Langkah berikutnya", en: "Next step")
    static let detailName = Text(id: "Lihat detail", en: "See details")
    static let allName = Text(id: "Semua temuan", en: "All findings")
    static let muteName = Text(
        id: "Bisukan \(AlertLinks.muteHours) jam", en: "Mute for \(AlertLinks.muteHours) hours")

    /// As a plain letter.
    package var plain: String {
        var lines: [String] = []
        for part in parts {
            lines.append("[\(part.tag)] \(part.title)")
            lines += part.lines
            if let action = part.action { lines.append("\(Self.actionName(language)): \(action)") }
            if !part.link.isEmpty { lines.append("\(Self.detailName(language)): \(part.link)") }
            if let mute = part.muteLink { lines.append("\(Self.muteName(language)): \(mute)") }
            lines.append("")
        }
        if let moreSentence { lines += ["\(moreSentence) \(Self.allName(language)): \(link)", ""] }
        return lines.joined(separator: "\n")
    }

    /// One line without control characters, cut with an ellipsis.
    static func line(_ text: String, _ limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        var isSpace = true
        for scalar in text.unicodeScalars {
            let value = scalar.value
            // Marks that turn the direction of writing would let a name rewrite what stands around it.
            if (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) { continue }
            let blank = value < 0x21 || (0x7F...0xA0).contains(value) || value == 0x2028 || value == 0x2029
            if blank, isSpace { continue }
            scalars.append(blank ? " " : scalar)
            isSpace = blank
        }
        let line = String(scalars).trimmed
        return line.count <= limit ? line : String(line.prefix(max(1, limit - 1))) + "…"
    }
}
