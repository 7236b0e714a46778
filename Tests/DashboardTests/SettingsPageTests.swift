import Catalogue
import Domain
import HTTPTypes
import Ledgers
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

@Suite struct SettingsPageTests: Asking {
    static let sections = ["workspace", "calendars", "targets", "prices", "attribution", "rules", "retention"]

    /// Names from outside that would break a page that does not escape them.
    static let hostile = "<b>\"tim'&"

    private func set() -> ListStore {
        var store = ListStore()
        let hours = [
            WorkCalendar.Interval(from: 8 * 60, to: 12 * 60), WorkCalendar.Interval(from: 13 * 60, to: 17 * 60),
        ]
        let calendar = WorkCalendar(
            scope: .workspace, timeZone: "Asia/Jakarta", weekly: [1: hours, 5: [hours[0]]],
            holidays: [
                .init(date: LocalDate(day: 20_812), name: "Natal"), .init(date: LocalDate(day: 20_000), name: "Lama"),
            ],
            specials: [
                .init(name: "Ramadan", from: LocalDate(day: 20_858), to: LocalDate(day: 20_887), weekly: [1: hours])
            ])
        var team = calendar
        team.scope = .team(Self.hostile)
        store.settings = ServiceSettings(
            calendars: [calendar, team],
            targets: [
                ServiceTarget(responder: .human, team: Self.hostile, seconds: 5_400, clock: .business),
                ServiceTarget(responder: .bot, seconds: 45),
            ], recounted: 0.25)
        store.costs = CostSettings(
            rates: [
                RateEntry(
                    effectiveFrom: LocalDate(day: 20_727), currency: "IDR", market: "Indonesia", category: "utility",
                    tierTo: 100_000, rateMicros: 406_500_000),
                RateEntry(
                    effectiveFrom: LocalDate(day: 20_727), currency: "IDR", market: "Indonesia", category: "utility",
                    tierFrom: 100_000, rateMicros: 380_000_000),
            ],
            accounts: [AccountTerms(account: AccountID("42"), timeZone: "Asia/Makassar", currency: "IDR")],
            exchange: [
                ExchangeRate(effectiveFrom: LocalDate(day: 20_727), from: "USD", to: "IDR", rateMicros: 16_250_500_000)
            ],
            budgets: [
                Budget(scope: .campaign(Self.hostile), amount: Money(micros: 5_000_000_000_000, currency: "IDR"))
            ])
        store.outcomeRules = OutcomeSettings(
            rules: [
                OutcomeRule(trigger: .tap(payloadPrefix: Self.hostile), kind: "booking"),
                OutcomeRule(
                    trigger: .flow(tokenPrefix: nil), kind: "lead", value: Money(micros: 50_000, currency: "IDR")),
                OutcomeRule(trigger: .order, kind: "order"),
            ], attribution: AttributionSettings(lookbackByKind: ["payment_confirmed": 14 * 86_400]))
        return store
    }

    @Test func everySectionSpeaksBothLanguagesAndLoadsNothingFromElsewhere() async throws {
        for section in Self.sections {
            for language in ["id", "en"] {
                let page = try await ask(set(), "/settings/\(section)?lang=\(language)")
                #expect(page.status == 200, "\(section)")
                #expect(page.text.contains("<html lang=\"\(language)\">"))
                #expect(page.text.contains("<h1>"))
                #expect(!page.text.contains("<b>\"tim"), "\(section)")
                for address in ["src=\"http", "href=\"http", " style=\"", " onclick=", "<script>"] {
                    #expect(!page.text.contains(address), "\(section) \(address)")
                }
            }
        }
    }

    @Test func theWordsOfOneLanguageDoNotStandOnTheOther() async throws {
        for section in Self.sections {
            let indonesian = try await ask(set(), "/settings/\(section)?lang=id").text
            for word in ["Saved and in force", "Not saved yet", ">Save<", "Undo", "Closed", "Weekly hours"] {
                #expect(!indonesian.contains(word), "\(section) \(word)")
            }
            let english = try await ask(set(), "/settings/\(section)?lang=en").text
            for word in ["Tersimpan", "Belum disimpan", ">Simpan<", "Urungkan", "Hapus", "Tambah"] {
                #expect(!english.contains(word), "\(section) \(word)")
            }
        }
    }

    @Test func emptySettingsTeach() async throws {
        let calendars = try await ask(ListStore(), "/settings/calendars?lang=en").text
        #expect(calendars.contains("There are no opening hours yet"))
        // A calendar to begin with, and what takes it back.
        #expect(calendars.contains("value=\"08:00-17:00\""))
        #expect(calendars.contains("&quot;removed&quot;:true"))
        #expect(try await ask(ListStore(), "/settings/targets?lang=id").text.contains("Belum ada target"))
        let prices = try await ask(ListStore(), "/settings/prices?lang=id").text
        #expect(prices.contains("Belum ada anggaran"))
        #expect(prices.contains("US$\u{A0}0,0411"))
    }

    @Test func hoursAreShownAsTheyAreWritten() async throws {
        let page = try await ask(set(), "/settings/calendars?lang=en").text
        #expect(page.contains("name=\"mon\" data-as=\"hours\" value=\"08:00-12:00, 13:00-17:00\""))
        #expect(page.contains("name=\"tue\" data-as=\"hours\" value=\"\""))
        // 8 + 4 hours a week; Christmas is to come, the other day is over.
        #expect(page.contains("12 hours a week · 1 holidays ahead · Asia/Jakarta"))
        #expect(page.contains("name=\"date\" value=\"2026-12-25\""))
        #expect(page.contains("value=\"Ramadan\""))
        #expect(page.contains("{&quot;team&quot;:&quot;&lt;b&gt;\\&quot;tim&#39;&amp;&quot;}"))
    }

    @Test func aRecountIsTold() async throws {
        let page = try await ask(set(), "/settings/targets?lang=en").text
        #expect(page.contains("data-recounting=\"targets\">Recounting: 25%"))
        let progress = try await ask(set(), "/settings/progress?section=calendars&lang=id")
        #expect(progress.text.contains("\"recounted\":0.25"))
        #expect(progress.text.contains("Menghitung ulang: 25"))
        #expect(!(try await ask(set(), "/settings/rules?lang=en").text.contains("data-recounting")))
    }

    @Test func aStoredChangeIsInForceOnceItIsCounted() async throws {
        var store = set()
        store.status.projected = 7
        #expect(try await ask(store, "/settings/progress?delivery=7").text.contains("\"in_force\":true"))
        #expect(try await ask(store, "/settings/progress?delivery=8").text.contains("\"in_force\":false"))
    }

    @Test func targetsHaveTheirUnitAndOrder() async throws {
        let page = try await ask(set(), "/settings/targets?lang=en").text
        // 5,400 s are 90 minutes; 45 s stay seconds.
        #expect(page.contains("value=\"90\" aria-label=\"Answered within\""))
        #expect(page.contains("value=\"45\" aria-label=\"Answered within\""))
        #expect(page.contains("Move this row up"))
    }

    @Test func pricesTellTiersAndWhereTheyAreFrom() async throws {
        let page = try await ask(set(), "/settings/prices?lang=en").text
        #expect(page.contains("• Rp\u{A0}406.50"))
        #expect(page.contains("from message 100,001: Rp\u{A0}380"))
        #expect(page.contains("value=\"16250.5\""))
        #expect(page.contains("value=\"Asia/Makassar\""))
        #expect(page.contains("value=\"5000000\""))
        let dollars = try await ask(set(), "/settings/prices?card=USD&date=2026-07-15&lang=en").text
        #expect(dollars.contains("In force on 15 Jul 2026, in USD"))
        let none = try await ask(set(), "/settings/prices?date=2020-01-01&lang=en").text
        #expect(none.contains("There is no price for this date"))
    }

    @Test func rulesAndWindowsStandInTheirFields() async throws {
        let rules = try await ask(set(), "/settings/rules?lang=en").text
        #expect(rules.contains("value=\"&lt;b&gt;&quot;tim&#39;&amp;\""))
        #expect(rules.contains("value=\"0.05\""))
        let attribution = try await ask(set(), "/settings/attribution?lang=en").text
        #expect(attribution.contains("value=\"payment_confirmed\""))
        #expect(attribution.contains("value=\"14\""))
        #expect(attribution.contains("Half-life of 7 days"))
    }

    @Test func onlyWhoMayChangeThemSeesSettings() async throws {
        for section in Self.sections {
            let page = try await ask(set(), "/settings/\(section)", isLocal: false)
            #expect(page.status == 403 || page.status == 401 || page.status == 303, "\(section)")
            #expect(!page.text.contains("data-document"), "\(section)")
        }
    }

    @Test func theFirstSectionIsTheWorkspace() async throws {
        let page = try await ask(set(), "/settings")
        #expect((300..<400).contains(page.status))
        #expect(page.headers[.location] == "/settings/workspace")
    }
}

@Suite struct ByteFigureTests {
    @Test func sizesAreShort() throws {
        let clock = try ZoneClock.named("UTC")
        let id = Figures(language: .indonesian, clock: clock)
        #expect(id.bytes(0) == "0\u{A0}B")
        #expect(id.bytes(999) == "999\u{A0}B")
        #expect(id.bytes(28_672) == "29\u{A0}kB")
        #expect(id.bytes(1_234_567) == "1,2\u{A0}MB")
        #expect(id.bytes(186_769_408) == "187\u{A0}MB")
        #expect(id.bytes(2_500_000_000_000) == "2,5\u{A0}TB")
    }
}
