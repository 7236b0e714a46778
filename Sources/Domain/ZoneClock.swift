import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
    import FoundationInternationalization
#else
    import Foundation
#endif

/// Wall clocks of one IANA time zone: local dates and times from instants and back, daylight saving included.
package struct ZoneClock: Hashable, Sendable {
    /// As it was asked for: `Asia/Jakarta`, `UTC`.
    package let identifier: String
    private let zone: TimeZone
    /// Offsets in force from each instant on, oldest first, over `known`.
    private let spans: [Span]

    private struct Span: Hashable, Sendable {
        var from: Instant
        var offset: Int64
    }

    /// Offsets are looked up once for these years, in which the WhatsApp Business API lives; others are asked of
    /// the system's database each time.
    private static let known = LocalDate(day: 14_610)...LocalDate(day: 25_567)  // 2010-01-01 … 2040-01-01

    private static let cache = Mutex<[String: ZoneClock]>([:])

    /// The clock of a zone; throws `unprocessable` when there is none of that name.
    package static func named(_ identifier: String) throws(Failure) -> ZoneClock {
        if let known = cache.withLock({ $0[identifier] }) { return known }
        guard let clock = ZoneClock(identifier) else {
            throw Failure(
                .unprocessable,
                id: "Zona waktu \"\(identifier)\" tidak dikenal; pakai nama IANA seperti Asia/Jakarta atau UTC.",
                en: "Unknown time zone \"\(identifier)\"; use an IANA name such as Asia/Jakarta or UTC.")
        }
        cache.withLock { $0[identifier] = clock }
        return clock
    }

    /// Universal time.
    package static let utc = ZoneClock(utc: TimeZone(secondsFromGMT: 0) ?? .gmt)

    private init(utc zone: TimeZone) {
        identifier = "UTC"
        self.zone = zone
        spans = [Span(from: .distantPast, offset: 0)]
    }

    private init?(_ identifier: String) {
        // Only names of the IANA database: offsets such as `GMT+7` and abbreviations such as `EST` say nothing about
        // daylight saving, so a number reported in them would change its meaning twice a year.
        let isName = identifier == "UTC" || identifier == "GMT" || identifier.utf8.contains(UInt8(ascii: "/"))
        guard isName, identifier.utf8.count <= 64, let zone = TimeZone(identifier: identifier) else { return nil }
        self.identifier = identifier
        self.zone = zone
        spans = Self.spans(of: zone)
    }

    /// Samples each day and narrows every change down to its second. No zone changes twice in a day.
    private static func spans(of zone: TimeZone) -> [Span] {
        let first = known.lowerBound.day * 86_400
        let last = known.upperBound.day * 86_400
        var spans = [Span(from: Instant(seconds: first), offset: offset(of: zone, atSecond: first))]
        var before = first
        var offset = spans[0].offset
        for second in stride(from: first + 86_400, through: last, by: 86_400) {
            let next = Self.offset(of: zone, atSecond: second)
            if next != offset {
                var (low, high) = (before, second)
                while high - low > 1 {
                    let middle = low + (high - low) / 2
                    if Self.offset(of: zone, atSecond: middle) == offset { low = middle } else { high = middle }
                }
                spans.append(Span(from: Instant(seconds: high), offset: next))
                offset = next
            }
            before = second
        }
        return spans
    }

    private static func offset(of zone: TimeZone, atSecond second: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }

    /// Seconds that local clocks are ahead of UTC.
    package func offsetSeconds(at instant: Instant) -> Int64 {
        if spans.count == 1, identifier == "UTC" { return 0 }
        let day = instant.seconds.flooredDivision(by: 86_400)
        guard day >= Self.known.lowerBound.day, day < Self.known.upperBound.day else {
            // Out of these years the rules of the end are close enough, and the database answers for all of them.
            let second = min(
                max(instant.seconds, LocalDate.days.lowerBound * 86_400), LocalDate.days.upperBound * 86_400)
            return Self.offset(of: zone, atSecond: second)
        }
        return spans[span(at: instant)].offset
    }

    /// Index of the last span that begins at or before an instant.
    private func span(at instant: Instant) -> Int {
        var (low, high) = (0, spans.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if spans[middle].from <= instant { low = middle } else { high = middle }
        }
        return low
    }

    /// The first change of offset after `instant` and before `end`; nil when there is none.
    package func change(after instant: Instant, before end: Instant) -> Instant? {
        let next = spans.index(after: span(at: instant))
        guard next < spans.endIndex, spans[next].from > instant, spans[next].from < end else { return nil }
        return spans[next].from
    }

    /// What local clocks show: the date, and seconds after its midnight as the clock reads them.
    package func local(_ instant: Instant) -> (date: LocalDate, second: Int64) {
        let seconds = instant.adding(seconds: offsetSeconds(at: instant)).seconds
        let day = seconds.flooredDivision(by: 86_400)
        return (LocalDate(day: day), seconds - day * 86_400)
    }

    package func date(of instant: Instant) -> LocalDate { local(instant).date }

    /// The first instant at which local clocks show `second` of `date`; when they skip it, the instant of the leap.
    package func instant(of date: LocalDate, second: Int64 = 0) -> Instant {
        let wall = date.day * 86_400 + second
        let early = offsetSeconds(at: Instant(seconds: wall - 86_400))
        let late = offsetSeconds(at: Instant(seconds: wall + 86_400))
        for offset in early == late ? [early] : [early, late] {
            let candidate = Instant(seconds: wall - offset)
            if offsetSeconds(at: candidate) == offset { return candidate }
        }
        // Clocks leap over it: between the two readings lies the change.
        let from = Instant(seconds: wall - max(early, late))
        let to = Instant(seconds: wall - min(early, late)).adding(seconds: 1)
        return change(after: from.adding(seconds: -1), before: to) ?? to.adding(seconds: -1)
    }

    /// The first instant of the local day that holds `instant`.
    package func startOfDay(_ instant: Instant) -> Instant { self.instant(of: date(of: instant)) }

    /// The quarter hour with which the local day begins that holds a quarter hour: where its day cell is kept.
    package func startOfDay(_ quarter: QuarterHour) -> QuarterHour {
        QuarterHour(containing: startOfDay(quarter.start))
    }

    /// Whether a local day begins here.
    package func isMidnight(_ instant: Instant) -> Bool { startOfDay(instant) == instant }

    /// The instant `days` local days later at the same reading of the clock.
    package func moved(_ instant: Instant, days: Int64) -> Instant {
        let (date, second) = local(instant)
        let fraction = instant.microseconds &- instant.seconds &* 1_000_000
        let moved = self.instant(of: date.adding(days: days), second: second)
        return Instant(microseconds: moved.microseconds &+ fraction)
    }

    /// RFC 3339 with the offset in force: `2026-10-01T00:00:00+07:00`.
    package func rfc3339(_ instant: Instant) -> String {
        RFC3339.format(instant, offsetSeconds: offsetSeconds(at: instant))
    }

    package static func == (a: ZoneClock, b: ZoneClock) -> Bool { a.identifier == b.identifier }
    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
