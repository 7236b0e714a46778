extension Limits {
    /// Holidays of one calendar: those of half a century.
    package static let calendarHolidaysMax = 1_000
    /// Special periods of one calendar.
    package static let calendarSpecialsMax = 1_000
    /// Intervals of one day: one for each hour.
    package static let calendarIntervalsMax = 24
}

extension WorkCalendar {
    /// Throws `unprocessable` with the first thing that makes no sense, and how it should be.
    package func check() throws(Failure) {
        try checkScope()
        _ = try ZoneClock.named(timeZone)
        try Self.check(weekly, of: Text(id: "jam mingguan", en: "weekly hours"))
        guard holidays.count <= Limits.calendarHolidaysMax else {
            throw Self.failure(
                id: "Paling banyak \(Limits.calendarHolidaysMax) hari libur sekalender, ini \(holidays.count).",
                en: "At most \(Limits.calendarHolidaysMax) holidays a calendar, these are \(holidays.count).")
        }
        for holiday in holidays {
            try Self.check(
                name: holiday.name, of: Text(id: "hari libur \(holiday.date)", en: "holiday \(holiday.date)"))
        }
        guard specials.count <= Limits.calendarSpecialsMax else {
            throw Self.failure(
                id: "Paling banyak \(Limits.calendarSpecialsMax) masa khusus sekalender, ini \(specials.count).",
                en: "At most \(Limits.calendarSpecialsMax) special periods a calendar, these are \(specials.count).")
        }
        for special in specials { try Self.check(special) }
        guard ([weekly] + specials.map(\.weekly)).contains(where: { $0.values.contains { !$0.isEmpty } }) else {
            throw Self.failure(
                id: "Kalender ini tidak pernah buka. Isi jam buka paling sedikit satu hari, atau hapus kalendernya.",
                en: "This calendar is never open. Give hours for at least one day, or remove the calendar.")
        }
    }

    private func checkScope() throws(Failure) {
        let name: String
        switch scope {
        case .workspace: return
        case .phoneNumber(let number): name = number.value
        case .team(let team): name = team
        }
        try Self.check(name: name, of: Text(id: "cakupan kalender", en: "the calendar's scope"))
        guard !name.isEmpty else {
            throw Self.failure(
                id: "Cakupan kalender kosong; sebut tim atau nomornya.",
                en: "The calendar's scope is empty; name the team or the number.")
        }
    }

    private static func check(_ special: Special) throws(Failure) {
        let place = Text(
            id: "masa khusus \(special.from) sampai \(special.to)",
            en: "special period \(special.from) to \(special.to)")
        try check(name: special.name, of: place)
        guard special.from <= special.to else {
            throw failure(
                id: "Masa khusus berakhir (\(special.to)) sebelum mulai (\(special.from)).",
                en: "A special period ends (\(special.to)) before it begins (\(special.from)).")
        }
        try check(special.weekly, of: place)
    }

    private static func check(_ weekly: [Int: [Interval]], of place: Text) throws(Failure) {
        for (weekday, intervals) in weekly.sorted(by: { $0.key < $1.key }) {
            guard let day = dayName(weekday) else {
                throw failure(
                    id: "Hari ke-\(weekday) tidak ada (\(place.id)); hari bernomor 1 (Senin) sampai 7 (Minggu).",
                    en: "There is no weekday \(weekday) (\(place.en)); they are 1 (Monday) to 7 (Sunday).")
            }
            guard intervals.count <= Limits.calendarIntervalsMax else {
                throw failure(
                    id: "\(day.id) (\(place.id)): paling banyak \(Limits.calendarIntervalsMax) rentang jam sehari.",
                    en: "\(day.en) (\(place.en)): at most \(Limits.calendarIntervalsMax) intervals a day.")
            }
            var before: Interval?
            for interval in intervals.sorted() {
                try check(interval, on: day, of: place)
                if let before, interval.from < before.to {
                    throw failure(
                        id: "\(day.id) (\(place.id)): \(before) dan \(interval) bertumpang tindih.",
                        en: "\(day.en) (\(place.en)): \(before) and \(interval) overlap.")
                }
                before = interval
            }
        }
    }

    private static func check(_ interval: Interval, on day: Text, of place: Text) throws(Failure) {
        guard (0...1440).contains(interval.from), (0...1440).contains(interval.to) else {
            throw failure(
                id: "\(day.id) (\(place.id)): jam buka ada di antara 00:00 dan 24:00.",
                en: "\(day.en) (\(place.en)): hours lie between 00:00 and 24:00.")
        }
        guard interval.from < interval.to else {
            throw failure(
                id: """
                    \(day.id) (\(place.id)): \(interval) berakhir sebelum mulai. Jam yang melewati tengah malam ditulis \
                    dua kali: sampai 24:00 pada hari itu, dan mulai 00:00 pada hari berikutnya.
                    """,
                en: """
                    \(day.en) (\(place.en)): \(interval) ends before it begins. Write hours that pass midnight twice: \
                    until 24:00 on the one day and from 00:00 on the next.
                    """)
        }
    }

    private static func check(name: String, of place: Text) throws(Failure) {
        guard name.utf8.count <= Limits.labelBytesMax else {
            throw failure(
                id: "Nama terlalu panjang (\(place.id)): paling banyak \(Limits.labelBytesMax) bita.",
                en: "The name is too long (\(place.en)): at most \(Limits.labelBytesMax) bytes.")
        }
    }

    private static func failure(id: String, en: String) -> Failure { Failure(.unprocessable, id: id, en: en) }

    /// Name of an ISO weekday.
    package static func dayName(_ weekday: Int) -> Text? {
        switch weekday {
        case 1: Text(id: "Senin", en: "Monday")
        case 2: Text(id: "Selasa", en: "Tuesday")
        case 3: Text(id: "Rabu", en: "Wednesday")
        case 4: Text(id: "Kamis", en: "Thursday")
        case 5: Text(id: "Jumat", en: "Friday")
        case 6: Text(id: "Sabtu", en: "Saturday")
        case 7: Text(id: "Minggu", en: "Sunday")
        default: nil
        }
    }
}

extension WorkCalendar.Interval: CustomStringConvertible {
    /// `08:00-12:30`.
    package var description: String { Self.reading(from) + "-" + Self.reading(to) }

    private static func reading(_ minutes: Int) -> String {
        LocalDate.padded(minutes / 60, to: 2) + ":" + LocalDate.padded(abs(minutes % 60), to: 2)
    }
}
