// Dashboard is what people look at: pages made of cards. A card loads a model and shows it; numbers come from
// Analytics and are only written here.
import Analytics
import Catalogue
import Domain
import Web

/// Numbers, times and changes as a reader of the language writes them: `1.234` and `93,4 %` in Indonesian, `1,234`
/// and `93.4%` in English.
struct Figures: Sendable {
    let language: Language
    let clock: ZoneClock

    private var isIndonesian: Bool { language == .indonesian }
    private var group: String { isIndonesian ? "." : "," }
    private var point: String { isIndonesian ? "," : "." }

    func integer(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += group }
            text.append(digit)
        }
        return value < 0 ? "−" + text : text
    }

    func integer(_ value: Int) -> String { integer(Int64(value)) }

    /// With a fixed number of decimals, 0 … 3; a dash for what is no number.
    func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        let scale: Int64 = [1, 10, 100, 1000][min(max(places, 0), 3)]
        let scaled = Int64((abs(value) * Double(scale)).rounded())
        let whole = integer(scaled / scale)
        let sign = value < 0 && scaled > 0 ? "−" : ""
        guard scale > 1 else { return sign + whole }
        let rest = String(scaled % scale)
        return sign + whole + point + String(repeating: "0", count: max(0, places - rest.count)) + rest
    }

    /// A ratio as percent: 0.934 → `93,4 %`; a dash for what does not exist.
    func percent(_ ratio: Double?, places: Int = 1) -> String {
        guard let ratio, ratio.isFinite else { return "–" }
        // A share that is not quite everything must not read as everything, nor a trace as nothing.
        let shown = ratio < 1 && ratio > 0.9995 ? 0.999 : ratio > 0 && ratio < 0.0005 ? 0.001 : ratio
        return decimal(shown * 100, places: places) + (isIndonesian ? "\u{A0}%" : "%")
    }

    func count(_ value: Double?) -> String {
        guard let value, value.isFinite, abs(value) < 9e15 else { return "–" }
        return integer(Int64(value.rounded()))
    }

    /// A metric's value in its unit.
    /// - Parameter currency: of money.
    func value(_ value: Double?, _ unit: Metric.Unit, currency: String? = nil) -> String {
        switch unit {
        case .count: count(value)
        case .ratio: percent(value)
        case .seconds: value.map(duration) ?? "–"
        case .number: value.map { decimal($0, places: 2) } ?? "–"
        case .money: money(value, currency)
        }
    }

    /// `92,1–94,5 %`, the way an interval is read.
    func interval(_ interval: Interval) -> String {
        let lower = decimal(max(0, interval.lower) * 100, places: 1)
        return "\(lower)–\(percent(min(1, interval.upper)))"
    }

    /// Seconds in the one unit that matters, for how long ago something was: `45 dtk`, `3 mnt`, `2 jam`.
    func age(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "–" }
        let unit: Double = seconds < 60 ? 1 : seconds < 3600 ? 60 : seconds < 86_400 ? 3600 : 86_400
        return duration((seconds / unit).rounded(.down) * unit)
    }

    /// Seconds in the two units that matter: `45 dtk`, `3 mnt 5 dtk`, `2 jam 10 mnt`, `3 hari 4 jam`.
    func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "–" }
        if seconds < 10, seconds != seconds.rounded() {
            return "\(decimal(seconds, places: 1)) \(isIndonesian ? "dtk" : "s")"
        }
        let total = Int64(max(0, seconds).rounded())
        let units: [(size: Int64, name: String)] =
            isIndonesian
            ? [(86_400, "hari"), (3600, "jam"), (60, "mnt"), (1, "dtk")]
            : [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { total >= $0.size }) else { return "0 \(units[3].name)" }
        let head = "\(integer(total / units[first].size)) \(units[first].name)"
        guard first + 1 < units.count else { return head }
        let rest = total % units[first].size / units[first + 1].size
        return rest == 0 ? head : "\(head) \(rest) \(units[first + 1].name)"
    }

    // MARK: Time

    private static let months = Text(
        id: "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des", en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    private static let weekdays = Text(id: "Sen Sel Rab Kam Jum Sab Min", en: "Mon Tue Wed Thu Fri Sat Sun")

    private func word(_ index: Int, of words: Text) -> String {
        let list = words(language).split(separator: " ")
        return list.indices.contains(index) ? String(list[index]) : ""
    }

    /// ISO weekday, 1 Monday … 7 Sunday: `Sen`, `Mon`.
    func weekday(_ number: Int) -> String { word(number - 1, of: Self.weekdays) }

    /// `22 Nov`
    func shortDate(_ date: LocalDate) -> String { "\(date.civil.day) \(word(date.civil.month - 1, of: Self.months))" }
    /// `Min, 22 Nov`
    func weekdayDate(_ date: LocalDate) -> String { "\(word(date.weekday - 1, of: Self.weekdays)), \(shortDate(date))" }
    /// `22 Nov 2026`
    func date(_ date: LocalDate) -> String { "\(shortDate(date)) \(date.civil.year)" }

    /// `22 Nov 2026 10.15` in the reporting zone.
    func time(_ instant: Instant) -> String {
        let (date, second) = clock.local(instant)
        return "\(self.date(date)) \(onTheClock([second / 3600, second / 60 % 60]))"
    }

    /// `22 Nov 10.15`, where the year is plain.
    func shortTime(_ instant: Instant) -> String {
        let (date, second) = clock.local(instant)
        return "\(shortDate(date)) \(onTheClock([second / 3600, second / 60 % 60]))"
    }

    /// `22 Nov 2026 10.15.07`
    func exactTime(_ instant: Instant) -> String {
        let (date, second) = clock.local(instant)
        return "\(self.date(date)) \(onTheClock([second / 3600, second / 60 % 60, second % 60]))"
    }

    private func onTheClock(_ numbers: [Int64]) -> String {
        numbers.map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: isIndonesian ? "." : ":")
    }

    /// `Asia/Jakarta (UTC+7)`
    func zone(at instant: Instant) -> String {
        let minutes = clock.offsetSeconds(at: instant) / 60
        let rest = abs(minutes) % 60
        let tail = rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)"
        return "\(clock.identifier) (UTC\(minutes < 0 ? "−" : "+")\(abs(minutes) / 60)\(tail))"
    }

    // MARK: Change

    /// How a number moved against the previous period, coloured by whether that is good.
    func change(_ change: Change, _ direction: Metric.Direction) -> HTML {
        let tone: HTML
        switch Self.isFlat(change) ? nil : change.isGood(direction) {
        case true?: tone = " class=\"better\""
        case false?: tone = " class=\"worse\""
        case nil: tone = ""
        }
        switch change {
        case .none: return ""
        case .new: return "<span\(tone)>\(Text(id: "baru", en: "new")(language))</span>"
        case .relative(let amount):
            let size = decimal(abs(amount) * 100, places: 1) + (isIndonesian ? "\u{A0}%" : "%")
            return "<span\(tone)>\(arrow(amount)) \(size)</span>"
        case .points(let amount):
            let unit = Text(id: "poin", en: "pts")(language)
            return "<span\(tone)>\(arrow(amount)) \(decimal(abs(amount) * 100, places: 1)) \(unit)</span>"
        }
    }

    /// Too little to show in the decimals written: then it has no good or bad side either.
    private static func isFlat(_ change: Change) -> Bool {
        switch change {
        case .none, .new: false
        case .relative(let amount), .points(let amount): abs(amount) < 0.0005
        }
    }

    /// Arrows are read aloud as words.
    private func arrow(_ amount: Double) -> HTML {
        if abs(amount) < 0.0005 { return "<span aria-hidden=\"true\">≈</span>" }
        let word = amount > 0 ? Text(id: "naik", en: "up") : Text(id: "turun", en: "down")
        return
            "<span aria-hidden=\"true\">\(amount > 0 ? "▲" : "▼")</span><span class=\"unseen\">\(word(language))</span>"
    }
}
