import Domain
import Testing

@Suite("RFC 3339")
struct RFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59Z", -1_000_000),
        ("1970-01-01T07:00:00+07:00", 0), ("1970-01-01t07:00:00.5+0700", 500_000), ("1969-12-31 18:30:00-05:30", 0),
        // 30 years with 7 leap days, and 11 years more with 3: known epochs.
        ("2000-01-01T00:00:00Z", 946_684_800_000_000), ("2000-02-29T12:00:00Z", 951_825_600_000_000),
        ("2001-09-09T01:46:40Z", 1_000_000_000_000_000), ("1970-01-01T00:00:60Z", 60_000_000),
        ("1970-01-01T00:00:00.1234567899Z", 123_456), ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ])
    func parses(_ text: String, _ microseconds: Int64) {
        #expect(RFC3339.parse(text) == Instant(microseconds: microseconds))
    }

    @Test(arguments: [
        "", "2026", "2026-11-22", "2026-11-22T03:10:00", "2026-11-22T03:10Z", "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+7",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00Zx", "+026-01-01T00:00:00Z", "2026/01/01T00:00:00Z", "２０２６-01-01T00:00:00Z",
    ])
    func refuses(_ text: String) { #expect(RFC3339.parse(text) == nil) }

    @Test func formats() {
        let instant = Instant(microseconds: 1_000_000_000_250_000)
        #expect(RFC3339.format(instant) == "2001-09-09T01:46:40.25Z")
        #expect(RFC3339.format(instant, offsetSeconds: 7 * 3600) == "2001-09-09T08:46:40.25+07:00")
        #expect(RFC3339.format(Instant(seconds: 0), offsetSeconds: -12_600) == "1969-12-31T20:30:00-03:30")
        #expect(RFC3339.format(Instant(microseconds: -1)) == "1969-12-31T23:59:59.999999Z")
        #expect(RFC3339.format(.distantPast) == "0000-01-01T00:00:00Z")
        #expect(RFC3339.format(.distantFuture) == "9999-12-31T23:59:59.999999Z")
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        // From 1 March 1700 to after the whole cycle of the calendar, in steps that meet every day of the year.
        for day in stride(from: Int64(-98_500), to: 50_000, by: 7) {
            let instant = Instant(seconds: day * 86_400 + 43_210)
            #expect(RFC3339.parse(RFC3339.format(instant, offsetSeconds: 25_200)) == instant)
        }
    }
}
