import Analytics
import Catalogue
import Domain
import Insights
import Web

/// How many agents does the next week need?
struct StaffingCard: Card {
    let name = "staffing"
    let title = Text(id: "Kebutuhan agen, tujuh hari ke depan", en: "Agents needed, the next seven days")
    let height = CardHeight(24, narrow: 24)

    /// What the address says; what makes no sense there is as if it were not there.
    static func question(_ scope: Scope) -> StaffingQuestion {
        var question = StaffingQuestion(filters: scope.filters.conditions(for: ["waits"]))
        let number = { (option: Filters.Option, range: ClosedRange<Double>) -> Double? in
            scope.filters.option(option).flatMap(Double.init).flatMap { range.contains($0) ? $0 : nil }
        }
        question.targetSeconds = number(.targetSeconds, 0...604_800)
        if let share = number(.targetShare, 1...99) { question.targetShare = share / 100 }
        if let seconds = number(.handling, 1...86_400) { question.handlingSeconds = seconds }
        if let chats = number(.chats, 1...50) { question.chats = Int(chats) }
        if let slowdown = number(.slowdown, 0...1_000) { question.slowdown = slowdown / 100 }
        if let shrinkage = number(.shrinkage, 0...90) { question.shrinkage = shrinkage / 100 }
        question.agents = number(.agents, 0...Double(StaffingQuestion.agentsMax)).map { Int($0) }
        return question
    }

    func load(_ scope: Scope) async throws -> StaffingOutlook {
        try await scope.analyst.staffing(Self.question(scope))
    }

    func view(_ outlook: StaffingOutlook, _ scope: Scope) -> HTML {
        let notes = scope.notes(outlook.remarks.map { $0 })
        guard let plan = outlook.plan, let peak = outlook.peak, peak.rostered > 0 else { return "\(notes)" }
        return statement(outlook, plan, peak, scope) + form(outlook, scope) + trial(outlook, scope)
            + scope.heading(Text(id: "Agen terjadwal per hari dan jam", en: "Agents on the roster by day and hour"))
            + StaffingMap(outlook: outlook, plan: plan, scope: scope).html + shifts(outlook, scope)
            + assumptions(outlook, scope) + notes
    }

    private func statement(
        _ outlook: StaffingOutlook, _ plan: StaffingPlan, _ peak: StaffingPlan.Need, _ scope: Scope
    ) -> HTML {
        let figures = scope.figures
        let time = StaffingOutlook.duration(outlook.target.seconds)(scope.language)
        let share = figures.percent(outlook.target.serviceLevel, places: 0)
        let start = peak.demand.start
        let date = figures.weekdayDate(figures.clock.date(of: start))
        let clock = figures.time(start).split(separator: " ").last.map(String.init) ?? ""
        let hours = figures.count(plan.agentHours)
        return """
            <p class="statement">\(scope.say(
                "Agar \(share) dijawab dalam \(time), jam tersibuk (\(date) \(clock)) perlu \(peak.rostered) agen "
                    + "terjadwal; sepekan \(hours) jam kerja agen.",
                "For \(share) to be answered within \(time), the busiest time (\(date) \(clock)) needs "
                    + "\(peak.rostered) agents on the roster; the week takes \(hours) agent hours."))</p>
            """
    }

    private func form(_ outlook: StaffingOutlook, _ scope: Scope) -> HTML {
        let question = outlook.question
        let percent = { (share: Double) in String(Int((share * 100).rounded())) }
        let seconds = scope.say("dtk", "s")
        return AskForm(
            card: name,
            fields: [
                .init(
                    option: .targetSeconds, label: scope.say("Dijawab dalam", "Answered within"),
                    value: String(Int(outlook.target.seconds)), range: 0...604_800, unit: seconds),
                .init(
                    option: .targetShare, label: scope.say("Untuk", "For"), value: percent(question.targetShare),
                    range: 1...99, unit: "%"),
                .init(
                    option: .handling, label: scope.say("Waktu tangani", "Handling time"),
                    value: String(Int(question.handlingSeconds)), range: 1...86_400, unit: seconds),
                .init(
                    option: .chats, label: scope.say("Chat sekaligus", "Chats at once"), value: String(question.chats),
                    range: 1...50),
                .init(
                    option: .shrinkage, label: scope.say("Tidak melayani", "Not serving"),
                    value: percent(question.shrinkage), range: 0...90, unit: "%"),
                .init(
                    option: .agents, label: scope.say("Coba dengan", "Try with"),
                    value: question.agents.map { String($0) } ?? "", range: 0...StaffingQuestion.agentsMax,
                    unit: scope.say("agen", "agents")),
            ], button: scope.say("Hitung", "Work it out"), scope: scope
        ).html
    }

    private func trial(_ outlook: StaffingOutlook, _ scope: Scope) -> HTML {
        guard let sentence = outlook.trialSentence else { return "" }
        let figures = scope.figures
        let heads = [
            scope.say("Agen terjadwal", "Agents on the roster"), scope.say("Dijawab tepat waktu", "Answered in time"),
            scope.say("Pergi", "Leave"), scope.say("Kesibukan", "Busy"),
            scope.say("Waktu yang memenuhi target", "Time that meets the target"),
        ]
        let rows = outlook.trials.map { trial -> HTML in
            let now: HTML = trial.agents == outlook.question.agents ? " class=\"marked\"" : ""
            let cells = [
                figures.percent(trial.figures.serviceLevel), figures.percent(trial.figures.abandonment),
                figures.percent(trial.figures.occupancy), figures.percent(trial.met),
            ]
            let data = zip(heads.dropFirst(), cells).map { head, cell in
                "<td class=\"number\" data-label=\"\(head)\">\(cell)</td>" as HTML
            }
            return "<tr\(now)><th scope=\"row\">\(trial.agents)</th>\(data)</tr>\n"
        }
        let tops = heads.dropFirst().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML }
        return """
            <p class="statement">\(sentence(scope.language))</p>
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\(tops)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    // MARK: Shifts

    private func shifts(_ outlook: StaffingOutlook, _ scope: Scope) -> HTML {
        guard let shifts = outlook.shifts, !shifts.rows.isEmpty else { return "" }
        let figures = scope.figures
        let names = outlook.patterns.map { pattern in
            "\(pattern.name) \(clock(pattern.start, scope))–\(clock(pattern.end, scope))"
        }
        let heads = names.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML }
        let rows = Set(shifts.rows.map(\.date)).sorted().map { date -> HTML in
            let cells = zip(outlook.patterns, names).map { pattern, name -> HTML in
                let agents = shifts.rows.first { $0.date == date && $0.pattern == pattern }?.agents
                return "<td class=\"number\" data-label=\"\(name)\">\(agents.map { "\($0)" } ?? "–")</td>"
            }
            return "<tr><th scope=\"row\">\(figures.weekdayDate(date))</th>\(cells)</tr>\n"
        }
        let surplus = figures.percent(shifts.surplus, places: 0)
        return """
            \(scope.heading(Text(id: "Jadwal sif", en: "Shift table")))
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(scope.say("Hari", "Day"))</th>\
            \(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            <p class="muted small">\(scope.say(
                "\(figures.count(shifts.agentHours)) jam agen; \(surplus) di antaranya lebih dari yang perlu, karena "
                    + "sif lebih panjang daripada jam sibuk.",
                "\(figures.count(shifts.agentHours)) agent hours; \(surplus) of them more than needed, since shifts "
                    + "are longer than the busy hours."))</p>
            """
    }

    private func clock(_ minute: Int, _ scope: Scope) -> String {
        let mark = scope.language == .indonesian ? "." : ":"
        let (hour, rest) = (minute / 60 % 24, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour)\(mark)\(rest < 10 ? "0" : "")\(rest)"
    }

    // MARK: Assumptions

    private func assumptions(_ outlook: StaffingOutlook, _ scope: Scope) -> HTML {
        let question = outlook.question
        let figures = scope.figures
        let slowdown = figures.percent(question.slowdown, places: 0)
        let handling = figures.duration(question.handlingSeconds)
        let patience =
            outlook.patience.map { patience in
                let time = figures.duration(patience.seconds)
                return scope.say(
                    "Pelanggan menunggu rata-rata \(time) sebelum pergi (dari \(patience.abandonments) penantian tak "
                        + "terjawab, 28 hari terakhir).",
                    "Customers wait \(time) on average before they leave (from \(patience.abandonments) waits without "
                        + "an answer, last 28 days).")
            }
            ?? scope.say(
                "Terlalu sedikit yang pergi untuk mengetahui kesabaran mereka; dianggap semua menunggu.",
                "Too few left to know how patient customers are; all are taken to wait.")
        let target =
            outlook.isOwnTarget
            ? scope.say("Target diambil dari target layanan.", "The target is that of the service targets.") : ""
        return """
            <p class="muted small">\(scope.say(
                "Anggapan: satu giliran pelanggan makan \(handling) bila ditangani sendiri, dan \(slowdown) lebih lama "
                    + "untuk tiap chat lain yang dipegang bersamaan. Ubah di atas bila kenyataannya lain.",
                "Assumed: one turn of a customer takes \(handling) by itself, and \(slowdown) longer for each other "
                    + "chat held at once. Change it above where the truth is another.")) \(patience) \(target)</p>
            """
    }

    func exports(_ outlook: StaffingOutlook, _ scope: Scope) -> [Export] {
        guard let plan = outlook.plan else { return [] }
        let options: [Filters.Option] = [
            .targetSeconds, .targetShare, .handling, .chats, .slowdown, .shrinkage, .agents,
        ]
        let set = options.compactMap { option in scope.filters.option(option).map { (option.rawValue, $0) } }
        let flags = set.map { name, value in
            " --\(name.replacing("_", with: "-")) \(value)"
        }
        let conditions = outlook.question.filters.map { filter in
            " --filter \(filter.dimension.rawValue)=\(filter.values.joined(separator: ","))"
        }
        let address = URLQuery(
            set + outlook.question.filters.flatMap { filter in filter.values.map { (filter.dimension.rawValue, $0) } }
        ).url(path: "/api/v1/staffing")
        let quarters = ExportTable(
            columns: StaffingOutlook.columns,
            rows: plan.needs.filter(\.demand.isOpen).map { need in
                [.words(outlook.clock.rfc3339(need.demand.start))]
                    + StaffingOutlook.numbers(need).map { .number($0) }
            }, api: address, command: "pantau staffing -o csv" + flags.joined() + conditions.joined())
        let shifts = ExportTable(
            columns: ["date", "shift", "from", "to", "agents"],
            rows: (outlook.shifts?.rows ?? []).map { row in
                [
                    .words(row.date.description), .words(row.pattern.name), .words(outlook.clock.rfc3339(row.from)),
                    .words(outlook.clock.rfc3339(row.to)), .whole(Int64(row.agents)),
                ]
            })
        return [
            .table(quarters, title: Text(id: "Per seperempat jam", en: "By the quarter hour")),
            .table(shifts, name: "shifts", title: Text(id: "Jadwal sif", en: "Shift table")),
        ]
    }
}

/// Agents on the roster by weekday and hour of the next seven days: in each hour, the most of its quarters.
struct StaffingMap {
    let outlook: StaffingOutlook
    let plan: StaffingPlan
    let scope: Scope

    private struct Place: Hashable {
        var date: LocalDate
        var hour: Int
    }

    var html: HTML {
        var needs: [Place: StaffingPlan.Need] = [:]
        for need in plan.needs where need.demand.isOpen {
            let local = outlook.clock.local(need.demand.start)
            let place = Place(date: outlook.clock.date(of: need.demand.start), hour: Int(local.second / 3600) % 24)
            if (needs[place]?.rostered ?? -1) < need.rostered { needs[place] = need }
        }
        let grades = Heatmap.Grades(needs.values.map { Double($0.rostered) }, .count)
        let caption = scope.say("Agen terjadwal menurut hari dan jam", "Agents on the roster by day and hour")
        let heads = (0..<24).map { "<th scope=\"col\">\($0 < 10 ? "0" : "")\($0)</th>" as HTML }
        let dates = Set(plan.needs.map { outlook.clock.date(of: $0.demand.start) }).sorted()
        let body = dates.map { date -> HTML in
            let cells = (0..<24).map { cell(needs[Place(date: date, hour: $0)], date, $0, grades) }
            return "<tr><th scope=\"row\">\(scope.figures.weekday(date.weekday))</th>\(cells)</tr>\n"
        }
        return """
            <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table class="heat">\
            <caption class="unseen">\(caption)</caption>
            <thead><tr><th scope="col"><span class="unseen">\(scope.say("Hari", "Day"))</span></th>\(heads)</tr></thead>
            <tbody>\(body)</tbody></table></div>
            """
    }

    private func cell(_ need: StaffingPlan.Need?, _ date: LocalDate, _ hour: Int, _ grades: Heatmap.Grades) -> HTML {
        let figures = scope.figures
        let place = "\(figures.weekdayDate(date)) \(figures.hours(from: hour, to: hour + 1))"
        guard let need else {
            let words = scope.say("tutup", "closed")
            return "<td class=\"none\" title=\"\(place): \(words)\"><span class=\"unseen\">\(words)</span></td>"
        }
        let customers = figures.decimal(need.demand.volume.mean * 4, places: 1)
        let level = figures.percent(need.figures.serviceLevel, places: 0)
        let words = scope.say(
            "\(place): \(need.rostered) agen (\(need.agents) melayani) untuk \(customers) giliran per jam; \(level) "
                + "tepat waktu",
            "\(place): \(need.rostered) agents (\(need.agents) serving) for \(customers) turns an hour; \(level) in "
                + "time"
        )
        return """
            <td class="q\(grades.step(Double(need.rostered)))" title="\(words)">\(need.rostered)</td>
            """
    }
}
