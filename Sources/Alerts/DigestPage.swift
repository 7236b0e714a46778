import Domain

/// A digest as part of a page: no inline style, classes only, headings from `h2` on.
package enum DigestPage {
    package static func fragment(_ digest: DigestContent, _ language: Language) -> String {
        var page: Markup = "<article class=\"digest\">\n"
        page += section(DigestText.actionsTitle, "digest-actions", actions(digest, language), language)
        if !digest.headlines.isEmpty {
            page += section(DigestText.numbersTitle, "digest-numbers", numbers(digest, language), language)
        }
        let opened =
            digest.opened.isEmpty
            ? "<p>\(DigestText.noneOpened(language))</p>" : findings(digest.opened, isResolved: false, language)
        page += section(DigestText.openedTitle, "digest-opened", opened, language)
        if !digest.resolved.isEmpty {
            let list = findings(digest.resolved, isResolved: true, language)
            page += section(DigestText.resolvedTitle, "digest-resolved", list, language)
        }
        if let wasted = digest.wasted {
            let line: Markup = """
                <p><strong>\(wasted.amount(language))</strong>: \(Markup.link(wasted.reason(language), wasted.link))</p>
                """
            page += section(DigestText.wastedTitle, "digest-wasted", line, language)
        }
        if let waits = digest.waits {
            let text = DigestText.waits(waits, language)
            let line: Markup = "<p>\(Markup.link(text, waits.count > 0 ? waits.link : nil))</p>"
            page += section(DigestText.waitsTitle, "digest-waits", line, language)
        }
        for note in digest.notes { page += "<p class=\"note\">\(note(language))</p>\n" }
        page += "</article>\n"
        return page.text
    }

    private static func section(_ title: Text, _ name: String, _ body: Markup, _ language: Language) -> Markup {
        "<section class=\"\(name)\"><h2>\(title(language))</h2>\(body)</section>\n"
    }

    private static func actions(_ digest: DigestContent, _ language: Language) -> Markup {
        guard !digest.actions.isEmpty else { return "<p>\(DigestText.nothingToDo(language))</p>" }
        var items: Markup = ""
        for action in digest.actions { items += "<li>\(Markup.link(action.sentence(language), action.link))</li>" }
        return "<ol>\(items)</ol>"
    }

    private static func numbers(_ digest: DigestContent, _ language: Language) -> Markup {
        var rows: Markup = ""
        for headline in digest.headlines.prefix(5) {
            var note: Markup = ""
            for small in [headline.outcome, headline.caution] {
                if let small { note += "<br><small>\(small(language))</small>" }
            }
            let change = headline.change?(language) ?? ""
            rows += """
                <tr><th scope="row">\(Markup.link(headline.name(language), headline.link))\(note)</th>\
                <td class="number">\(headline.value(language))</td>\
                <td class="change \(headline.direction.rawValue)">\(change)</td></tr>
                """
        }
        return "<table class=\"digest-table\"><tbody>\(rows)</tbody></table>"
    }

    private static func findings(_ findings: [DigestFinding], isResolved: Bool, _ language: Language) -> Markup {
        var items: Markup = ""
        for finding in findings {
            let name = isResolved ? SendReason.resolved.label?(language) ?? "" : finding.severity.name(language)
            let kind = isResolved ? "resolved" : finding.severity.rawValue
            let link = Markup.link(finding.title(language), finding.link)
            items += "<li><span class=\"tag \(kind)\">\(name)</span> \(link)</li>"
        }
        return "<ul>\(items)</ul>"
    }

    /// A whole page of its own, for printing.
    package static func printable(_ digest: DigestContent, _ language: Language) -> String {
        LetterHTML.digest(digest, language)
    }
}
