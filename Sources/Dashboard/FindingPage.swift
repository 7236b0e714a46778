import Analytics
import Catalogue
import Domain
import Insights
import Web

/// One finding: what, since when, why, what it costs, what to do, the numbers behind it, and its life.
struct FindingPage {
    let finding: Finding
    let scope: Scope
    /// Of the request: tells what was just done.
    let asked: URLQuery
    let canAct: Bool

    private var words: FindingWords { FindingWords(finding, scope) }
    private var language: Language { scope.language }
    private func say(_ id: String, _ en: String) -> String { scope.say(id, en) }
    private var path: String { FindingWords.path(finding.id) }

    var body: HTML {
        let back = say("Semua temuan", "All findings")
        return """
            \(notice)
            <div class="head"><div><p class="kicker"><a href="\(scope.url(FindingWords.root))">\(back)</a></p>
            <h1>\(finding.title(language))</h1><p class="muted">\(words.severityPill) \(words.statePill) \
            \(finding.kind.name(language)) · \(words.time)</p></div></div>
            <div class="cards">\(toDo)\(FindingChart(finding: finding, scope: scope).card)\(causes)\(codes)\(life)</div>
            """
    }

    private func card(_ id: String, _ title: String, aside: HTML = "", _ body: HTML) -> HTML {
        """
        <section class="card full" aria-labelledby="title-\(id)"><div class="card-head">\
        <h2 id="title-\(id)">\(title)</h2>\(aside)</div>
        \(body)</section>

        """
    }

    // MARK: What to do

    private var toDo: HTML {
        let place = words.place
        let numbers = words.impacts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" as HTML }
        let figures: HTML = numbers.isEmpty ? "" : "<dl class=\"figures spaced\">\(numbers)</dl>"
        let text: HTML = finding.impact.text.map { "<p class=\"muted spaced\">\($0(language))</p>" } ?? ""
        return card(
            "todo", say("Yang perlu dilakukan", "What to do"), aside: menu,
            """
            <p class="statement">\(finding.action(language))</p>
            <p><a class="button primary" href="\(place.url)">\(place.title)</a></p>
            \(figures)\(text)\(QueryFold(query: finding.impact.query, scope: scope).html)\(buttons)
            """)
    }

    /// The finding as data, and the same elsewhere.
    private var menu: HTML {
        let label = say("Unduh dan bagikan", "Download and share")
        let same = say("Sama lewat API atau terminal", "The same by API or command line")
        return """
            <details class="menu"><summary aria-label="\(label)" title="\(label)">⋯</summary><div>
            <a href="\(path)/csv" download>CSV</a> <a href="\(path)/json" download>JSON</a>
            <details><summary>\(same)</summary><code>GET /api/v1/findings/\(finding.id)</code>\
            <code>pantau findings --output json</code></details></div></details>
            """
    }

    private var buttons: HTML {
        guard canAct else { return "" }
        guard scope.viewer.may(.findings) else {
            return """
                <p class="muted small spaced">\(say(
                    "Peran pembaca melihat temuan; menandai dan membisukan untuk layanan, analis, dan pemilik.",
                    "Viewers see findings; acknowledging and muting are for service, analysts and owners."))</p>
                """
        }
        guard finding.state != .resolved else {
            return "<p class=\"muted small spaced\">\(say("Sudah selesai.", "It is over."))</p>"
        }
        let about = finding.title(language)
        var parts: [HTML] = []
        if finding.state == .acknowledged {
            parts.append(
                act("unacknowledge", say("Batal tandai", "Not dealt with"), about))
        } else {
            parts.append(act("acknowledge", say("Saya tangani", "I deal with it"), about))
        }
        if finding.state == .muted {
            parts.append(act("unmute", say("Batal bisukan", "Unmute"), about))
        } else {
            parts.append(mute)
        }
        return "<div class=\"actions acts\">\(parts)</div>\(standing)"
    }

    private func act(_ word: String, _ title: String, _ about: String) -> HTML {
        ActionButton(path: "\(path)/\(word)", title: title, about: about, viewer: scope.viewer).html
    }

    private var mute: HTML {
        let choices = MuteLength.allCases.map { length -> HTML in
            "<option value=\"\(length.rawValue)\">\(length.name(language))</option>"
        }
        return """
            <form method="post" action="\(path)/mute" class="mute">\(FormToken(scope.viewer).html)\
            <label><span class="unseen">\(say("Sampai kapan", "Until when"))</span>\
            <select name="until">\(choices)</select></label>\
            <button type="submit">\(say("Bisukan", "Mute"))</button></form>
            """
    }

    private var standing: HTML {
        var said: [String] = []
        if finding.state == .acknowledged, let person = finding.acknowledgedBy {
            said.append(say("Ditangani oleh \(person).", "\(person) deals with it."))
        }
        if finding.state == .muted, let end = finding.mutedUntil {
            let time = scope.figures.shortTime(end)
            said.append(
                say(
                    "Tidak mengingatkan siapa pun sampai \(time); sesudahnya terbuka lagi bila masih berlangsung.",
                    "Reminds nobody until \(time); after that it is open again if it lasts."))
        }
        return said.isEmpty ? "" : "<p class=\"muted small spaced\">\(said.joined(separator: " "))</p>"
    }

    // MARK: Why

    private var causes: HTML {
        let items = finding.causes.map { cause -> HTML in
            let share: HTML = cause.share.map { ShareBar(share: $0, scope: scope).html } ?? ""
            let at: HTML = cause.at.map { "<time class=\"muted small\">\(scope.figures.shortTime($0))</time> " } ?? ""
            return """
                <li>\(share)<div><p>\(at)\(cause.text(language)) \(link(cause))</p>\
                \(QueryFold(query: cause.query, scope: scope).html)</div></li>
                """
        }
        let list: HTML =
            items.isEmpty ? "<p>\(Playbook.notEnoughData.text(language))</p>" : "<ol class=\"causes\">\(items)</ol>"
        let why = WhyPanel.url(
            finding.metric, scope,
            filters: FindingWords.narrowed(
                FindingWords.narrowed(scope.filters.withoutOptions.cleared, to: finding.segment),
                from: finding.since, to: finding.until ?? scope.now, scope))
        let again: HTML =
            Catalogue.metric(finding.metric)?.canBeExplained == true
            ? """
            <a class="why" href="\(why)" data-why>\(say("Pecah lagi", "Break it down again"))</a>
            """ : ""
        return card("causes", say("Mengapa", "Why"), aside: again, list)
    }

    /// Where the rows behind a cause are.
    private func link(_ cause: Cause) -> HTML {
        guard !cause.segment.isEverything else { return "" }
        let filters = FindingWords.narrowed(
            FindingWords.narrowed(scope.filters.withoutOptions.cleared, to: cause.segment),
            from: finding.since, to: finding.until ?? scope.now, scope)
        let entry = Navigation.entry(of: Catalogue.metric(finding.metric)?.fact)
        return "<a href=\"\(filters.url(path: entry.path))\">\(say("Lihat angkanya", "See the numbers"))</a>"
    }

    private var codes: HTML {
        var seen: Set<Int> = []
        let codes = finding.causes.compactMap(\.errorCode).filter { seen.insert($0).inserted }
        guard !codes.isEmpty else { return "" }
        let items = codes.map { ErrorCodeItem(code: $0, scope: scope).html }
        return card("codes", say("Kode kesalahan Meta", "Meta's error codes"), "<ul class=\"codes\">\(items)</ul>")
    }

    // MARK: Its life

    private var life: HTML {
        let items = finding.notes.map { note -> HTML in
            let who: HTML = note.by.map { " <span class=\"muted\">\($0)</span>" } ?? ""
            let text: HTML = note.text.map { "<p class=\"comment\">\($0)</p>" } ?? ""
            return """
                <li><time datetime="\(RFC3339.format(note.at))">\(scope.figures.shortTime(note.at))</time>\
                <span>\(note.act.name(language))\(who)</span>\(text)</li>
                """
        }
        let seen = scope.figures.shortTime(finding.seenAt)
        let last: HTML =
            finding.isLasting
            ? "<p class=\"aside\">\(say("Terakhir terlihat \(seen).", "Last seen \(seen)."))</p>" : ""
        return card(
            "life", say("Riwayat dan komentar", "Its life, and comments"),
            "<ol class=\"story\">\(items)</ol>\(last)\(comment)")
    }

    private var comment: HTML {
        guard canAct, scope.viewer.may(.findings) else { return "" }
        return """
            <div class="spaced"><form method="post" action="\(path)/comments" class="stacked">\(FormToken(scope.viewer).html)\
            <div class="field"><label for="comment">\(say("Komentar untuk rekan kerja", "Comment for colleagues"))</label>
            <textarea id="comment" name="text" required maxlength="1000" rows="3"></textarea></div>
            <div><button type="submit">\(say("Kirim komentar", "Comment"))</button></div></form></div>
            """
    }

    // MARK: What was just done

    private var notice: HTML {
        guard let done = asked["done"].flatMap(FindingAct.init) else { return "" }
        let undo: HTML =
            done.undo(asked).map { undo in
                """
                <form method="post" action="\(path)/\(undo.act.rawValue)">\(FormToken(scope.viewer).html)\
                \(undo.until.map { "<input type=\"hidden\" name=\"until\" value=\"\($0)\">" as HTML } ?? "")\
                \(done.said(language)) <button type="submit">\(say("Urungkan", "Undo"))</button></form>
                """
            } ?? "<p>\(done.said(language))</p>"
        return "<div class=\"card banner calm\" role=\"status\">\(undo)</div>\n"
    }
}

extension FindingNote.Act {
    var name: Text {
        switch self {
        case .opened: Text(id: "ditemukan", en: "found")
        case .reopened: Text(id: "muncul lagi", en: "came back")
        case .resolved: Text(id: "selesai", en: "resolved")
        case .acknowledged: Text(id: "ditangani", en: "acknowledged")
        case .unacknowledged: Text(id: "batal ditangani", en: "acknowledgement taken back")
        case .muted: Text(id: "dibisukan", en: "muted")
        case .unmuted: Text(id: "tidak dibisukan lagi", en: "not muted any more")
        case .commented: Text(id: "komentar", en: "comment")
        }
    }
}

/// How much of a change something accounts for, as a bar with its number.
struct ShareBar {
    let share: Double
    let scope: Scope

    var html: HTML {
        let part = min(1, max(0, abs(share)))
        let width = Int((part * 84).rounded())
        return """
            <div class="share"><strong>\(scope.figures.percent(part, places: 0))</strong>\
            <span class="bar calm"><svg width="\(width)" height="6" aria-hidden="true">\
            <rect width="\(width)" height="6"/></svg></span></div>
            """
    }
}

/// An error code with what it means and what to do.
struct ErrorCodeItem {
    let code: Int
    let scope: Scope
    var counts: HTML = ""

    var html: HTML {
        let error = ErrorCatalogue[code]
        let language = scope.language
        return """
            <li><p><strong><code>\(String(code))</code> \(error.title(language))</strong> \(counts)</p>
            <p>\(error.cause(language))</p><p><span class="muted">\(scope.say("Langkah", "To do")):</span> \
            \(error.remedy(language)) <span class="muted">(\(error.owner.name(language)))</span></p></li>
            """
    }
}
