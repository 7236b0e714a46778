import Analytics
import Catalogue
import Domain
import Testing
import Web

@testable import Dashboard

@Suite struct FiguresTests {
    private let id: Figures
    private let en: Figures

    init() throws {
        let clock = try ZoneClock.named("Asia/Jakarta")
        id = Figures(language: .indonesian, clock: clock)
        en = Figures(language: .english, clock: clock)
    }

    @Test func numbersFollowTheLanguage() {
        #expect(id.integer(Int64(1_234_567)) == "1.234.567")
        #expect(en.integer(Int64(1_234_567)) == "1,234,567")
        #expect(en.integer(Int64(-999)) == "−999")
        #expect(id.percent(0.934) == "93,4\u{A0}%")
        #expect(en.percent(0.934) == "93.4%")
        #expect(en.decimal(1234.56, places: 1) == "1,234.6")
        #expect(en.percent(nil) == "–")
        #expect(en.percent(.nan) == "–")
    }

    @Test func nearlyAllIsNotAllAndATraceIsNotNothing() {
        #expect(en.percent(0.99999) == "99.9%")
        #expect(en.percent(1) == "100.0%")
        #expect(en.percent(0.00001) == "0.1%")
        #expect(en.percent(0) == "0.0%")
    }

    @Test func timesAreLocal() {
        // 2026-11-22T20:05:00Z is 03:05 the next day in Jakarta.
        let instant = Instant(seconds: 1_795_377_900)
        #expect(id.time(instant) == "23 Nov 2026 03.05")
        #expect(en.time(instant) == "23 Nov 2026 03:05")
        #expect(en.duration(0) == "0 s")
        #expect(en.duration(125) == "2 min 5 s")
        #expect(id.duration(7200) == "2 jam")
        #expect(id.duration(90_000) == "1 hari 1 jam")
        #expect(id.age(59.9) == "59 dtk")
        #expect(en.age(3599) == "59 min")
        #expect(id.age(90_000) == "1 hari")
    }

    @Test func changesAreColouredByWhatIsGood() {
        #expect(en.change(.points(0.02), .higherIsBetter).text.contains("class=\"better\""))
        #expect(en.change(.points(0.02), .lowerIsBetter).text.contains("class=\"worse\""))
        #expect(en.change(.points(0.0001), .lowerIsBetter).text.hasPrefix("<span>"))
        #expect(en.change(.relative(-0.25), .neutral).text.contains("25.0%"))
        #expect(en.change(.none, .neutral).isEmpty)
    }
}
