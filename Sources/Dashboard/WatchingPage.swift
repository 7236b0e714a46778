import Catalogue
import Domain
import Insights
import Web

/// Settings → Watching: of which kinds of findings one wants to hear, and what that would have said lately.
struct WatchingPage {
    static let path = SettingsSection.watching.path

    let desk: SettingsDesk
    let rules: WatchRules
    /// Whether these rules are only tried.
    let isDraft: Bool
    var trial: WatchTrialState?
    var said: HTML = ""

    static let kinds = FindingKind.allCases.filter { $0 != .rule }
    /// By which a kind can be narrowed.
    static let dimensions: [(dimension: Dimension, name: Text)] = [
        (.template, Text(id: "Templat", en: "Template")), (.campaign, Text(id: "Kampanye", en: "Campaign")),
        (.phoneNumber, Text(id: "Nomor bisnis (ID)", en: "Business number (id)")),
        (.team, Text(id: "Tim", en: "Team")),
    ]

    var html: HTML {
        let note = desk.say(
            "Batasnya dipelajari dari data sendiri dan dijaga agar kebetulan tidak dilaporkan. Di sini hanya "
                + "ditentukan apa yang tidak perlu dikabarkan.",
            "Thresholds are learnt from your own data and kept so that chance is not reported. Here you only decide "
                + "what need not be told.")
        return """
            \(said)\(result)<form class="card document" method="post" action="\(Self.path)/save">\
            \(FormToken(desk.viewer).html)
            <p class="muted small">\(note)</p>
            \(Self.kinds.map(entry))
            <div class="actions"><button type="submit" class="primary">\(desk.say("Simpan", "Save"))</button>\
            <button type="submit" formaction="\(Self.path)/try">\(desk.say(
                "Coba pada 60 hari terakhir", "Try on the last 60 days"))</button></div>
            </form>
            \(Control.elsewhere(desk, api: "GET | PUT /api/v1/watch-rules", command: "pantau findings --refresh"))
            """
    }

    // MARK: One kind

    private func entry(_ kind: FindingKind) -> HTML {
        let rule = rules[kind]
        let name = { (field: String) in "\(kind.rawValue).\(field)" }
        let open: HTML = rule == WatchRule() ? "" : " open"
        let sensitivities: [Control.Choice] = [
            .init("all", desk.say("semua yang terbukti", "all that is evidenced")),
            .init("clear", desk.say("hanya yang jelas", "only what is clear")),
            .init("large", desk.say("hanya yang mencolok", "only what is striking")),
        ]
        let any = desk.say("semua", "any")
        let segments = Self.dimensions.map { dimension, label in
            Control.text(
                name(dimension.rawValue), label(desk.language),
                (rule.segments[dimension] ?? []).sorted().joined(separator: ", "), example: any)
        }
        let date = rule.mutedUntil.map { desk.figures.clock.date(of: $0).description } ?? ""
        return """
            <details class="fold"\(open)><summary>\(kind.name(desk.language)) \(pill(rule))</summary>
            \(Control.check(name("on"), desk.say("Pantau jenis ini", "Watch for this"), rule.isOn, hint: ""))
            <div class="grid">\(Control.select(
                name("sensitivity"), desk.say("Kepekaan", "Sensitivity"), rule.sensitivity.rawValue, sensitivities))\
            \(Control.text(
                name("sample"), desk.say("Sampel paling sedikit", "Least sample"), String(rule.sampleMin),
                type: "number"))\
            \(Control.text(
                name("change"), desk.say("Perubahan paling sedikit (%)", "Least change (%)"),
                Self.percent(rule.changeMin), type: "number"))\
            \(Control.text(
                name("until"), desk.say("Bisukan sampai tanggal", "Mute until"), date, type: "date"))\
            \(segments)</div></details>

            """
    }

    private func pill(_ rule: WatchRule) -> HTML {
        guard rule.isOn else { return "<span class=\"pill quiet\">\(desk.say("dijeda", "paused"))</span>" }
        if let until = rule.mutedUntil, until > desk.now {
            let time = desk.figures.shortTime(until)
            return "<span class=\"pill quiet\">\(desk.say("bisu sampai \(time)", "muted until \(time)"))</span>"
        }
        return rule == WatchRule() ? "" : "<span class=\"pill warn\">\(desk.say("disaring", "narrowed"))</span>"
    }

    private static func percent(_ share: Double) -> String {
        let percent = share * 100
        return percent == percent.rounded() ? String(Int64(percent)) : String(percent)
    }

    // MARK: Trial

    private var result: HTML {
        switch trial {
        case nil: ""
        case .running(let share)?:
            """
            <section class="card" role="status"><h2>\(trialTitle)</h2>
            <progress max="1" value="\(String(share))" aria-label="\(trialTitle)"></progress>
            <p class="muted small">\(desk.say(
                "Menyusuri 60 hari: \(desk.figures.percent(share, places: 0)). Halaman ini memuat ulang sendiri.",
                "Going through 60 days: \(desk.figures.percent(share, places: 0)). This page reloads by itself."))</p>
            </section>

            """
        case .failed?:
            Notice(
                text: desk.say(
                    "Percobaan tidak selesai. Coba lagi; bila berulang, lihat log server.",
                    "The trial did not finish. Try again; if it repeats, see the server's log."), isBad: true
            ).html
        case .done(let trial)?: outcome(trial)
        }
    }

    private var trialTitle: String { desk.say("Percobaan 60 hari", "Trial over 60 days") }

    private func outcome(_ trial: WatchTrial) -> HTML {
        let count = desk.figures.integer(trial.findings.count)
        let now = desk.figures.integer(trial.findingsNow)
        let messages = trial.messages.map { "\($0.route): \(desk.figures.integer($0.count))" }
        let sent =
            messages.isEmpty
            ? desk.say("Belum ada rute, jadi tidak ada pesan.", "There is no route, so no message.")
            : desk.say("Pesan per rute: ", "Messages by route: ") + messages.joined(separator: " · ")
        let heads = [desk.say("Sejak", "Since"), desk.say("Temuan", "Finding"), desk.say("Jenis", "Kind")]
        let rows = trial.findings.prefix(50).map { finding -> HTML in
            """
            <tr><td data-label="\(heads[0])">\(desk.figures.shortTime(finding.since))</td>\
            <th scope="row">\(finding.title(desk.language))</th>\
            <td data-label="\(heads[2])">\(finding.kind.name(desk.language))</td></tr>

            """
        }
        let table: HTML =
            rows.isEmpty
            ? ""
            : """
            <div class="table tall"><table class="stack"><thead><tr>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div>
            """
        let span = "\(desk.figures.shortTime(trial.from)) – \(desk.figures.shortTime(trial.to))"
        return """
            <section class="card" aria-labelledby="title-trial"><div class="card-head">\
            <h2 id="title-trial">\(trialTitle)</h2></div>
            <p>\(desk.say(
                "Dengan aturan ini \(count) temuan; dengan aturan yang berlaku sekarang \(now).",
                "With these rules \(count) findings; with the rules in force \(now).")) \(sent)</p>
            <p class="muted small">\(span). \(desk.say(
                "Dilihat tiap jam, tanpa tindakan orang. Belum disimpan.",
                "Looked at hourly, without what people did. Not saved yet."))</p>
            \(table)</section>

            """
    }

    // MARK: The form

    /// The rules that a form describes. Throws a `Failure` that says what to mend.
    static func rules(_ form: URLQuery, clock: ZoneClock) throws -> WatchRules {
        var byKind: [FindingKind: WatchRule] = [:]
        for kind in kinds {
            let value = { (field: String) in (form["\(kind.rawValue).\(field)"] ?? "").trimmed }
            var rule = WatchRule(isOn: !value("on").isEmpty)
            rule.sensitivity = WatchRule.Sensitivity(rawValue: value("sensitivity")) ?? .all
            guard let sample = Int64(value("sample").isEmpty ? "0" : value("sample")),
                (0...WatchRule.sampleMax).contains(sample),
                let change = Double(value("change").isEmpty ? "0" : value("change")),
                (0...WatchRule.changeMax * 100).contains(change)
            else {
                throw Failure(
                    .unprocessable, id: "\(kind.name.id): sampel dan perubahan adalah angka dari 0 ke atas.",
                    en: "\(kind.name.en): sample and change are numbers from 0 on.")
            }
            (rule.sampleMin, rule.changeMin) = (sample, change / 100)
            rule.mutedUntil = LocalDate(value("until")).map { clock.instant(of: $0) }
            for (dimension, _) in dimensions {
                let values = value(dimension.rawValue).split(separator: ",").map { String($0).trimmed }
                let named = Set(values.filter { !$0.isEmpty })
                if !named.isEmpty { rule.segments[dimension] = named }
            }
            byKind[kind] = rule
        }
        return WatchRules(byKind)
    }
}
