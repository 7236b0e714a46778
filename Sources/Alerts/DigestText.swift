import Domain

/// A digest as plain text, in parts and as a whole.
package enum DigestText {
    package struct Section: Hashable, Sendable {
        package var title: String
        package var lines: [String]
    }

    package static let findingsMax = 8

    package static func subject(_ digest: DigestContent, _ language: Language) -> String {
        let name =
            digest.period == .daily
            ? Text(id: "Rangkuman harian", en: "Daily digest") : Text(id: "Rangkuman mingguan", en: "Weekly digest")
        let business = digest.business.isEmpty ? "" : " \(digest.business)"
        return NoticeText.line("\(name(language))\(business): \(digest.span(language))", 200)
    }

    static let numbersTitle = Text(id: "Angka utama", en: "Main numbers")
    static let openedTitle = Text(id: "Temuan baru", en: "New findings")
    static let resolvedTitle = Text(id: "Temuan selesai", en: "Resolved findings")
    static let noneOpened = Text(id: "Tidak ada temuan baru.", en: "No new findings.")
    static let nothingToDo = Text(
        id: "Tidak ada yang perlu dilakukan hari ini.", en: "There is nothing that needs doing today.")
    static let wastedTitle = Text(id: "Biaya terbuang", en: "Money wasted")
    static let waitsTitle = Text(id: "Pelanggan menunggu jawaban", en: "Customers waiting for an answer")
    static let actionsTitle = Text(id: "Lakukan hari ini", en: "What to do today")
    static let notesTitle = Text(id: "Catatan tentang angkanya", en: "About these numbers")
    package static func pageName(_ language: Language) -> String {
        Text(id: "Buka di Pantau", en: "Open in Pantau")(language)
    }

    static func waits(_ waits: DigestWaits, _ language: Language) -> String {
        guard waits.count > 0 else { return Text(id: "Tidak ada.", en: "None.")(language) }
        let longest = waits.longest.map { Text(id: ", terlama \($0.id)", en: ", the longest \($0.en)")(language) } ?? ""
        return "\(waits.count)\(longest)"
    }

    static func more(_ count: Int, _ language: Language) -> String {
        Text(id: "dan \(count) lagi", en: "and \(count) more")(language)
    }

    /// What to do comes first: it is why somebody opens the letter.
    package static func sections(_ digest: DigestContent, _ language: Language) -> [Section] {
        var sections: [Section] = []
        let actions = digest.actions.enumerated().map { "\($0.offset + 1). \($0.element.sentence(language))" }
        sections.append(
            Section(title: actionsTitle(language), lines: actions.isEmpty ? [nothingToDo(language)] : actions))
        let numbers = digest.headlines.prefix(5).map { headline in
            let parts = [headline.change, headline.outcome, headline.caution].compactMap { $0?(language) }
            let tail = parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
            return "\(headline.name(language)): \(headline.value(language))\(tail)"
        }
        if !numbers.isEmpty { sections.append(Section(title: numbersTitle(language), lines: Array(numbers))) }
        let opened = lines(digest.opened, language)
        sections.append(Section(title: openedTitle(language), lines: opened.isEmpty ? [noneOpened(language)] : opened))
        if !digest.resolved.isEmpty {
            sections.append(Section(title: resolvedTitle(language), lines: lines(digest.resolved, language)))
        }
        if let wasted = digest.wasted {
            let line = "\(wasted.amount(language)): \(wasted.reason(language))"
            sections.append(Section(title: wastedTitle(language), lines: [line]))
        }
        if let waits = digest.waits {
            sections.append(Section(title: waitsTitle(language), lines: [self.waits(waits, language)]))
        }
        if !digest.notes.isEmpty {
            sections.append(Section(title: notesTitle(language), lines: digest.notes.map { $0(language) }))
        }
        return sections.map { Section(title: $0.title, lines: $0.lines.map { NoticeText.line($0, 400) }) }
    }

    private static func lines(_ findings: [DigestFinding], _ language: Language) -> [String] {
        let shown = findings.prefix(findingsMax).map { "[\($0.severity.name(language))] \($0.title(language))" }
        return shown + (findings.count > findingsMax ? [more(findings.count - findingsMax, language)] : [])
    }

    package static func plain(_ digest: DigestContent, _ language: Language) -> String {
        var lines = [subject(digest, language), ""]
        for section in sections(digest, language) { lines += [section.title.uppercased()] + section.lines + [""] }
        if !digest.link.isEmpty { lines += ["\(pageName(language)): \(digest.link)", ""] }
        return lines.joined(separator: "\n")
    }
}
