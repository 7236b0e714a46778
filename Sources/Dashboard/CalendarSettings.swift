import Catalogue
import Domain
import Storage
import Web

/// Opening hours: one form for each calendar, and the way to a new one.
struct CalendarSettings {
    let desk: SettingsDesk
    let calendars: [WorkCalendar]
    let teams: [String]
    let numbers: [String]

    static func load(_ desk: SettingsDesk) async throws -> CalendarSettings {
        let calendars = try await desk.store.serviceSettings().calendars
        return CalendarSettings(
            desk: desk, calendars: calendars, teams: await desk.values(.team), numbers: await desk.values(.phoneNumber))
    }

    var html: HTML {
        let forms = calendars.map { fold($0, isNew: false) }
        let none: HTML =
            calendars.isEmpty
            ? """
            <p class="card">\(desk.say(
                "Belum ada jam kerja. Isi jam untuk seluruh bisnis di bawah ini; tim atau nomor yang berbeda menyusul.",
                "There are no opening hours yet. Fill in those of the whole business below; teams or numbers that "
                    + "differ can follow."))</p>
            """ : ""
        return """
            \(none)\(forms)\(new.map { fold($0, isNew: true) })\(chooser)\(offer)
            \(Control.elsewhere(
                desk, api: "GET | PUT /api/v1/calendars", command: "pantau calendar list | set | holidays"))
            """
    }

    // MARK: A new one

    /// The calendar to begin, as the address asks for, or the workspace's when there is none at all.
    private var new: WorkCalendar? {
        let asked = desk.query["new"].map { $0.split(separator: ":", maxSplits: 1).map(String.init) } ?? []
        let scope: WorkCalendar.Scope
        switch (asked.first, asked.dropFirst().first) {
        case ("team", let team?): scope = .team(team)
        case ("phone_number", let number?): scope = .phoneNumber(PhoneNumberID(number))
        default: scope = .workspace
        }
        guard !asked.isEmpty || calendars.isEmpty, !calendars.contains(where: { $0.scope == scope }) else { return nil }
        if var copy = calendars.first(where: { $0.scope == .workspace }) {
            copy.scope = scope
            return copy
        }
        let hours = [WorkCalendar.Interval(from: 8 * 60, to: 17 * 60)]
        return WorkCalendar(
            scope: scope, timeZone: desk.workspace.timeZone,
            weekly: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, hours) }))
    }

    /// Teams and numbers that have no calendar of their own.
    private var chooser: HTML {
        var choices: [Control.Choice] = []
        let taken = Set(calendars.map(\.scope))
        if !taken.contains(.workspace) { choices.append(.init("workspace", name(.workspace))) }
        choices += teams.filter { !taken.contains(.team($0)) }.map { .init("team:\($0)", name(.team($0))) }
        choices += numbers.filter { !taken.contains(.phoneNumber(PhoneNumberID($0))) }
            .map { .init("phone_number:\($0)", name(.phoneNumber(PhoneNumberID($0)))) }
        guard !choices.isEmpty, !calendars.isEmpty else { return "" }
        return """
            <form class="card inline" method="get" action="\(SettingsSection.calendars.path)">
            <label class="field"><span>\(desk.say("Jam kerja sendiri untuk", "Hours of their own for"))</span>
            <select name="new">\(Control.options(choices, chosen: ""))</select></label>
            <button type="submit">\(desk.say("Tambah", "Add"))</button></form>
            """
    }

    private func name(_ scope: WorkCalendar.Scope) -> String {
        switch scope {
        case .workspace: desk.say("Seluruh bisnis", "The whole business")
        case .team(let team): desk.say("Tim \(team)", "Team \(team)")
        case .phoneNumber(let number): desk.say("Nomor \(number)", "Number \(number)")
        }
    }

    // MARK: One calendar

    private func fold(_ calendar: WorkCalendar, isNew: Bool) -> HTML {
        let open: HTML = isNew || calendars.count == 1 ? " open" : ""
        let note = isNew ? desk.say("baru, belum disimpan", "new, not saved yet") : summary(calendar)
        return """
            <details class="calendar"\(open)><summary><strong>\(name(calendar.scope))</strong> \
            <span class="muted">\(note)</span></summary>
            \(form(calendar, isNew: isNew))</details>
            """
    }

    private func summary(_ calendar: WorkCalendar) -> String {
        let minutes = calendar.weekly.values.joined().reduce(0) { $0 + $1.to - $1.from }
        let hours = desk.figures.decimal(Double(minutes) / 60, places: minutes % 60 == 0 ? 0 : 1)
        let upcoming = calendar.holidays.count { $0.date >= desk.today }
        return desk.say(
            "\(hours) jam seminggu · \(upcoming) hari libur di depan · \(calendar.timeZone)",
            "\(hours) hours a week · \(upcoming) holidays ahead · \(calendar.timeZone)")
    }

    private func form(_ calendar: WorkCalendar, isNew: Bool) -> HTML {
        let scope = Self.json(calendar.scope)
        let id = "calendar-" + Self.word(calendar.scope)
        let removal = "{\"calendar\":{\"scope\":\(scope),\"removed\":true}}"
        let away =
            isNew
            ? nil
            : (
                removal, desk.say("Hapus jam kerja ini", "Remove these hours"),
                desk.say("Jam kerja dihapus.", "The hours were removed.")
            )
        return SettingsForm(
            id: id, send: "/api/v1/calendars", desk: desk, back: isNew ? removal : nil, away: away,
            fields: """
                <div data-object="calendar">
                <input type="hidden" name="scope" data-as="json" value="\(scope)">
                <div class="grid one">\(Control.text(
                    "timezone", desk.say("Zona waktu", "Time zone"), calendar.timeZone, example: "Asia/Jakarta",
                    values: "zones"))</div>
                <fieldset><legend>\(desk.say("Jam buka mingguan", "Weekly hours"))</legend>
                \(picture(calendar.weekly))\(week(calendar.weekly))</fieldset>
                <fieldset><legend>\(desk.say("Hari libur", "Holidays"))</legend>\(holidays(calendar))</fieldset>
                <fieldset><legend>\(desk.say("Masa khusus", "Special periods"))</legend>
                <p class="muted small">\(desk.say(
                    "Untuk Ramadan, obral besar, atau jam baru sejak suatu tanggal. Jam mingguan tidak berlaku selama "
                        + "masa ini; hari yang kosong berarti tutup.",
                    "For Ramadan, a big sale, or new hours from a date on. The weekly hours do not hold meanwhile; a "
                        + "day "
                        + "left empty is closed."))</p>
                \(specials(calendar))</fieldset>
                </div>
                """
        ).html
    }

    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private func week(_ weekly: [Int: [WorkCalendar.Interval]]) -> HTML {
        let fields = Self.days.enumerated().map { index, day -> HTML in
            let hours = (weekly[index + 1] ?? []).sorted().map(\.description).joined(separator: ", ")
            let label = WorkCalendar.dayName(index + 1).map { desk.say($0) } ?? day
            return """
                <label class="day"><span>\(label)</span><input type="text" name="\(day)" data-as="hours" \
                value="\(hours)" \
                placeholder="\(desk.say("tutup", "closed"))" autocomplete="off" spellcheck="false"></label>
                """
        }
        return """
            <div data-object="weekly"><div class="week">\(fields)</div>
            <p class="small muted">\(HTML(prose: desk.say(
                "Beberapa rentang dipisah koma: `08:00-12:00, 13:00-17:00`. Kosong berarti tutup.",
                "Several intervals with commas between: `08:00-12:00, 13:00-17:00`. Empty means closed.")))
            <button type="button" \
            data-copy-day>\(desk.say("Senin berlaku sampai Jumat", "Copy Monday to Friday"))</button></p>
            </div>
            """
    }

    /// The week at a glance: a bar for each open interval.
    private func picture(_ weekly: [Int: [WorkCalendar.Interval]]) -> HTML {
        let bars = (1...7).flatMap { day in
            (weekly[day] ?? []).map { interval -> HTML in
                let width = max(1, (interval.to - interval.from) / 6)
                return
                    "<rect x=\"\(interval.from / 6)\" y=\"\(day * 9 - 7)\" width=\"\(width)\" height=\"7\" rx=\"1\"/>"
            }
        }
        let lines = [6, 12, 18].map { "<line x1=\"\($0 * 10)\" x2=\"\($0 * 10)\" y1=\"0\" y2=\"65\"/>" as HTML }
        let hours = [0, 6, 12, 18, 24].map { "<span>\($0)</span>" as HTML }
        return """
            <div class="hours" aria-hidden="true"><svg viewBox="0 0 240 65" preserveAspectRatio="none">\(lines)\(bars)</svg>
            <p>\(hours)</p></div>
            """
    }

    // MARK: Holidays

    private func holidays(_ calendar: WorkCalendar) -> HTML {
        // Those to come first: they are the ones that somebody looks for.
        let days = calendar.holidays.sorted { $0.date < $1.date }
        let rows = (days.filter { $0.date >= desk.today } + days.filter { $0.date < desk.today })
            .map { holiday($0.date.description, $0.name) }
        let hidden: HTML = rows.isEmpty ? "" : " hidden"
        let blank = holiday("", "")
        func row(_ fields: HTML) -> HTML {
            """
            <div class="row" data-row>\(fields)<span class="row-actions"><button type="button" class="icon" \
            data-remove \
            aria-label="\(desk.say("Hapus baris ini", "Remove this row"))">×</button></span></div>
            """
        }
        return """
            <div class="rows compact" data-list="holidays">\(offerButton)
            <p class="muted none" data-none\(hidden)>\(desk.say("Belum ada hari libur.", "No holidays yet."))</p>
            <p class="small muted"><span data-count>\(rows.count)</span> \(desk.say("hari libur", "holidays"))</p>
            <div data-rows class="scroll" tabindex="0" role="group" \
            aria-label="\(desk.say("Daftar hari libur", "List of holidays"))">\(rows.map(row))</div>
            <template>\(row(blank))</template>
            <button type="button" data-add>\(desk.say("Tambah hari libur", "Add a holiday"))</button></div>
            """
    }

    private func holiday(_ date: String, _ name: String) -> HTML {
        """
        <input type="date" name="date" value="\(date)" aria-label="\(desk.say("Tanggal", "Date"))">\
        <input type="text" name="name" value="\(name)" \
        aria-label="\(desk.say("Nama hari libur", "Name of the holiday"))" \
        placeholder="\(desk.say("Nama", "Name"))" autocomplete="off">
        """
    }

    /// Public holidays of this year and later, to be put into a calendar by one click.
    private var coming: [PublicHoliday] {
        desk.installed.holidays.filter { $0.date.civil.year >= desk.today.civil.year }
    }

    private var offerButton: HTML {
        guard let first = coming.first?.date.civil.year, let last = coming.last?.date.civil.year else { return "" }
        let years = first == last ? "\(first)" : "\(first)–\(last)"
        let done = desk.say("# hari ditambahkan; periksa lalu simpan.", "# days added; check them, then save.")
        return """
            <div class="offer"><button type="button" data-holidays="public-holidays" \
            data-done="\(done)">\
            \(desk.say("Tambahkan hari libur nasional \(years)", "Add Indonesian public holidays \(years)"))</button>
            <label class="check"><input type="checkbox" data-joint data-aside checked>\
            <span>\(desk.say("termasuk cuti bersama", "joint leave days too"))</span></label> <output></output></div>
            """
    }

    private var offer: HTML {
        let days = coming.map { day -> HTML in
            let joint: HTML = day.isJointLeave ? " data-joint" : ""
            return "<li data-date=\"\(day.date.description)\"\(joint)>\(desk.say(day.name))</li>"
        }
        let zones = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Asia/Kuala_Lumpur", "UTC"]
        return """
            <template id="public-holidays"><ul>\(days)</ul></template>\(Control.offers("zones", zones))
            """
    }

    // MARK: Special periods

    private func specials(_ calendar: WorkCalendar) -> HTML {
        Control.rows(
            "specials",
            calendar.specials.map { special($0.name, $0.from.description, $0.to.description, $0.weekly) },
            blank: special("", "", "", calendar.weekly),
            add: desk.say("Tambah masa khusus", "Add a special period"),
            none: desk.say("Belum ada masa khusus.", "No special periods yet."), desk)
    }

    private func special(
        _ name: String, _ from: String, _ to: String, _ weekly: [Int: [WorkCalendar.Interval]]
    ) -> HTML {
        """
        <div class="grid">\
        \(Control.text("name", desk.say("Nama", "Name"), name, example: "Ramadan"))\
        \(Control.text("from", desk.say("Dari", "From"), from, type: "date"))\
        \(Control.text("to", desk.say("Sampai, termasuk hari itu", "To, that day included"), to, type: "date"))</div>
        \(week(weekly))
        """
    }

    // MARK: Words

    static func json(_ scope: WorkCalendar.Scope) -> String {
        switch scope {
        case .workspace: return "\"workspace\""
        case .team(let team): return object("team", team)
        case .phoneNumber(let number): return object("phone_number", number.value)
        }
    }

    private static func object(_ key: String, _ value: String) -> String {
        var writer = JSONWriter()
        writer.object { $0.member(key, value) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A word for the id of a form: no two scopes have the same.
    private static func word(_ scope: WorkCalendar.Scope) -> String {
        switch scope {
        case .workspace: "workspace"
        case .team(let team): "team-" + PercentCoding.encode(team).replacing("%", with: "_")
        case .phoneNumber(let number): "number-" + PercentCoding.encode(number.value).replacing("%", with: "_")
        }
    }
}
