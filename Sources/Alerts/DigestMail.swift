import Domain

/// Letters as HTML. Mail programs know tables and inline styles and little else; colours carry their own ground, so
/// that they hold where a program darkens them, and those that understand it get a dark palette.
package enum LetterHTML {
    private static let font: Markup = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"

    private static func frame(_ title: String, _ language: Language, _ rows: Markup) -> String {
        let page: Markup = """
            <!doctype html>
            <html lang="\(language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <title>\(title)</title>
            <style>
            @media (prefers-color-scheme: dark) {
            .ground { background: #0e1412 !important; }
            .card { background: #151c1a !important; border-color: #2b3733 !important; }
            .text { color: #e6eeeb !important; } .muted { color: #a0b1aa !important; }
            .good { color: #5fd3ae !important; } .bad { color: #ff9d94 !important; }
            .warn { color: #f2c063 !important; }
            .line { border-color: #2b3733 !important; } a { color: #5fd3ae !important; }
            .button a { background: #5fd3ae !important; color: #06231a !important; }
            }
            </style></head>
            <body class="ground" style="margin:0;padding:0;background:#f6f8f7;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="ground" \
            style="background:#f6f8f7;"><tr><td align="center" style="padding:24px 12px;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="card" \
            style="max-width:600px;background:#ffffff;border:1px solid #dce4e0;border-radius:10px;">
            \(rows)
            </table></td></tr></table></body></html>

            """
        return page.text
    }

    private static func row(_ content: Markup, top: Int = 0, bottom: Int = 12) -> Markup {
        let style: Markup =
            "padding:\(String(top))px 24px \(String(bottom))px;\(font)font-size:15px;line-height:1.5;color:#14211d;"
        return "<tr><td class=\"text\" style=\"\(style)\">\(content)</td></tr>\n"
    }

    private static func heading(_ text: String) -> Markup {
        let style: Markup = "margin:0;\(font)font-size:16px;line-height:1.4;"
        return row("<h2 style=\"\(style)\">\(text)</h2>", top: 16)
    }

    private static func title(_ text: String) -> Markup {
        row("<h1 style=\"margin:0;\(font)font-size:20px;line-height:1.3;\">\(text)</h1>", top: 24)
    }

    private static func button(_ text: String, _ url: String) -> Markup {
        guard WebAddress(url) != nil else { return "" }
        let style: Markup = """
            display:inline-block;padding:10px 16px;border-radius:7px;background:#0b6e55;color:#ffffff;\
            text-decoration:none;font-weight:600;
            """
        return row(
            "<span class=\"button\"><a href=\"\(url)\" style=\"\(style)\">\(text)</a></span>", top: 8, bottom: 24)
    }

    private static let linkStyle: Markup = " style=\"color:#0b6e55;\""

    private static func severity(_ severity: AlertSeverity, isResolved: Bool = false) -> (name: Markup, colour: Markup)
    {
        if isResolved { return ("good", "#0b6e55") }
        switch severity {
        case .urgent: return ("bad", "#b3261e")
        case .warning: return ("warn", "#855000")
        case .note: return ("muted", "#54635d")
        }
    }

    private static func tag(_ text: String, _ colour: (name: Markup, colour: Markup)) -> Markup {
        "<span class=\"\(colour.name)\" style=\"color:\(colour.colour);font-weight:600;\">\(text)</span>"
    }

    // MARK: Findings

    package static func notice(_ text: NoticeText) -> String {
        var rows = title(text.subject)
        for part in text.parts {
            let colour = severity(part.severity, isResolved: part.isResolved)
            var content: Markup = "\(tag(part.tag, colour))<br><strong>\(part.title)</strong>"
            for line in part.lines { content += "<br>\(line)" }
            if let action = part.action {
                content += "<br><strong>\(NoticeText.actionName(text.language)):</strong> \(action)"
            }
            content += "<br>\(Markup.link(NoticeText.detailName(text.language), part.link, linkStyle))"
            if let mute = part.muteLink {
                content += " · \(Markup.link(NoticeText.muteName(text.language), mute, linkStyle))"
            }
            rows += row(content, top: 12)
        }
        if let more = text.moreSentence { rows += row("\(more)") }
        rows += button(NoticeText.allName(text.language), text.link)
        return frame(text.subject, text.language, rows)
    }

    // MARK: Digest

    package static func digest(_ digest: DigestContent, _ language: Language) -> String {
        let subject = DigestText.subject(digest, language)
        var rows = title(subject) + heading(DigestText.actionsTitle(language)) + actions(digest, language)
        if !digest.headlines.isEmpty {
            rows += heading(DigestText.numbersTitle(language))
            rows += numbers(digest, language)
        }
        rows += heading(DigestText.openedTitle(language))
        rows +=
            digest.opened.isEmpty
            ? row("\(DigestText.noneOpened(language))") : findings(digest.opened, false, language)
        if !digest.resolved.isEmpty {
            rows += heading(DigestText.resolvedTitle(language))
            rows += findings(digest.resolved, true, language)
        }
        if let wasted = digest.wasted {
            rows += heading(DigestText.wastedTitle(language))
            let reason = Markup.link(wasted.reason(language), wasted.link, linkStyle)
            rows += row("<strong>\(wasted.amount(language))</strong>: \(reason)")
        }
        if let waits = digest.waits {
            rows += heading(DigestText.waitsTitle(language))
            rows += row(Markup.link(DigestText.waits(waits, language), waits.count > 0 ? waits.link : nil, linkStyle))
        }
        for note in digest.notes {
            rows += row("<span class=\"muted\" style=\"color:#54635d;font-size:13px;\">\(note(language))</span>")
        }
        rows += button(DigestText.pageName(language), digest.link)
        return frame(subject, language, rows)
    }

    private static func actions(_ digest: DigestContent, _ language: Language) -> Markup {
        guard !digest.actions.isEmpty else { return row("\(DigestText.nothingToDo(language))") }
        var items: Markup = ""
        for action in digest.actions {
            items +=
                "<li style=\"margin:0 0 6px;\">\(Markup.link(action.sentence(language), action.link, linkStyle))</li>"
        }
        return row("<ol style=\"margin:0;padding-left:20px;\">\(items)</ol>")
    }

    private static func numbers(_ digest: DigestContent, _ language: Language) -> Markup {
        let cell: Markup = "padding:8px 0;border-top:1px solid #e9efec;font-size:14px;line-height:1.4;"
        var lines: Markup = ""
        for headline in digest.headlines.prefix(5) {
            let colour: (Markup, Markup) =
                switch headline.direction {
                case .better: ("good", "#0b6e55")
                case .worse: ("bad", "#b3261e")
                case .even: ("muted", "#54635d")
                }
            var left = Markup.link(headline.name(language), headline.link, linkStyle)
            for small in [headline.outcome, headline.caution] {
                guard let small else { continue }
                left += "<br><span class=\"muted\" style=\"color:#54635d;font-size:13px;\">\(small(language))</span>"
            }
            var right: Markup = "<strong style=\"font-size:18px;\">\(headline.value(language))</strong>"
            if let change = headline.change {
                let style: Markup = "color:\(colour.1);font-size:13px;"
                right += "<br><span class=\"\(colour.0)\" style=\"\(style)\">\(change(language))</span>"
            }
            lines += """
                <tr><td class="text line" style="\(cell)">\(left)</td>\
                <td class="text line" align="right" style="\(cell)white-space:nowrap;">\(right)</td></tr>
                """
        }
        let table: Markup = """
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">\(lines)</table>
            """
        return row(table)
    }

    private static func findings(_ findings: [DigestFinding], _ isResolved: Bool, _ language: Language) -> Markup {
        var lines: Markup = ""
        for finding in findings.prefix(DigestText.findingsMax) {
            let name = isResolved ? SendReason.resolved.label?(language) ?? "" : finding.severity.name(language)
            lines += tag(name, severity(finding.severity, isResolved: isResolved))
            lines += " \(Markup.link(finding.title(language), finding.link, linkStyle))<br>"
        }
        if findings.count > DigestText.findingsMax {
            lines += "\(DigestText.more(findings.count - DigestText.findingsMax, language))"
        }
        return row(lines)
    }
}
