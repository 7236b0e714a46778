import Connectors
import Domain
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

@Suite("Holiday files")
struct HolidayFileTests {
    private func parse(_ text: String) -> HolidayFile { HolidayFile.parse(Array(text.utf8)) }
    private let header = "date,kind,name_id,name_en,status\n"

    @Test func commentsQuotesAndLineEnds() throws {
        let file = parse(
            "\u{FEFF}# comment\r\n\r\n" + header
                + "2026-08-17 , National ,\"Hari \"\"Merdeka\"\", RI\",Independence Day,official\r\n"
                + "2026-08-18,joint_leave,Cuti bersama,,estimate")
        #expect(file.problems == [])
        #expect(
            file.days == [
                .init(
                    date: try day("2026-08-17"), kind: .national,
                    name: Text(id: "Hari \"Merdeka\", RI", en: "Independence Day"), status: .official),
                .init(
                    date: try day("2026-08-18"), kind: .jointLeave, name: Text(id: "Cuti bersama", en: "Cuti bersama"),
                    status: .estimate),
            ])
    }

    @Test func aBadLineIsNamedAndTakesNoneWithIt() {
        let file = parse(
            "# Lines count from 1, comments included.\n" + header + """
                2026-02-30,national,a,a,official
                2026-01-01,national,a,a,official
                2026-01-02,holiday,a,a,official
                2026-01-03,national,a,a,maybe
                2026-01-04,national,a,official
                2026-01-05,national,"a,a,official
                2026-01-01,joint_leave,b,b,official
                2026-01-06,national,\(String(repeating: "a", count: 257)),a,official
                2026-01-07,national,a,a,official
                """)
        #expect(file.days.map(\.date.description) == ["2026-01-01", "2026-01-07"])
        #expect(file.problems.map(\.line) == [3, 5, 6, 7, 8, 9, 10])
        #expect(file.problems[1].message.en.contains("national, joint_leave"))
        #expect(file.problems[5].message.en.contains("2026-01-01"))
    }

    @Test func withoutHeader() {
        #expect(parse("2026-01-01,national,a,a,official").problems.map(\.line) == [1])
        #expect(parse("").days == [])
        #expect(HolidayFile.parse([UInt8](repeating: 0x2C, count: 2_000_000)).problems.count == 1)
    }

    @Test func jointLeaveIsAChoice() throws {
        let file = parse(
            header + "2027-01-01,national,Tahun Baru,New Year,official\n"
                + "2026-12-25,national,Natal,Christmas,official\n"
                + "2026-12-24,joint_leave,Cuti bersama Natal,Joint leave,official\n")
        #expect(
            file.holidays(years: 2026...2026, jointLeave: true, language: .indonesian) == [
                .init(date: try day("2026-12-24"), name: "Cuti bersama Natal"),
                .init(date: try day("2026-12-25"), name: "Natal"),
            ])
        #expect(
            file.holidays(years: 2026...2027, jointLeave: false, language: .english) == [
                .init(date: try day("2026-12-25"), name: "Christmas"),
                .init(date: try day("2027-01-01"), name: "New Year"),
            ])
        #expect(file.years == [2026, 2027])
    }
}

/// The file that is shipped, against the decrees (SKB 3 Menteri) whose numbers it names.
@Suite("Indonesian holidays as shipped")
struct IndonesianHolidayTests {
    private let file: HolidayFile

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "Sources/App/Resources/holidays-id.csv")
        file = HolidayFile.parse([UInt8](try Data(contentsOf: path)))
    }

    private func dates(_ year: Int, _ kind: HolidayFile.Kind) -> [String] {
        file.days.filter { $0.kind == kind && $0.date.civil.year == year }.map { String("\($0.date)".dropFirst(5)) }
    }

    @Test func everyLineIsUsed() {
        #expect(file.problems == [])
        #expect(file.years == [2025, 2026, 2027])
        #expect(file.days.map(\.date) == file.days.map(\.date).sorted())
        #expect(file.days.allSatisfy { $0.status == .official && $0.name.id != $0.name.en })
    }

    @Test("17 holidays and 10 days of joint leave were decreed for 2025, and an eleventh in August")
    func year2025() {
        #expect(
            dates(2025, .national) == [
                "01-01", "01-27", "01-29", "03-29", "03-31", "04-01", "04-18", "04-20", "05-01", "05-12", "05-29",
                "06-01", "06-06", "06-27", "08-17", "09-05", "12-25",
            ])
        #expect(
            dates(2025, .jointLeave) == [
                "01-28", "03-28", "04-02", "04-03", "04-04", "04-07", "05-13", "05-30", "06-09", "08-18", "12-26",
            ])
    }

    @Test("17 and 8 for 2026")
    func year2026() {
        #expect(
            dates(2026, .national) == [
                "01-01", "01-16", "02-17", "03-19", "03-21", "03-22", "04-03", "04-05", "05-01", "05-14", "05-27",
                "05-31", "06-01", "06-16", "08-17", "08-25", "12-25",
            ])
        #expect(
            dates(2026, .jointLeave) == [
                "02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24",
            ])
    }

    @Test("18 and 8 for 2027: the Islamic year is shorter, so one of its days comes twice")
    func year2027() {
        #expect(
            dates(2027, .national) == [
                "01-01", "01-05", "02-06", "03-08", "03-10", "03-11", "03-26", "03-28", "05-01", "05-06", "05-17",
                "05-20", "06-01", "06-06", "08-15", "08-17", "12-25", "12-26",
            ])
        #expect(
            dates(2027, .jointLeave) == [
                "02-05", "03-09", "03-12", "03-15", "03-25", "05-18", "05-19", "12-24",
            ])
    }

    @Test("Days that follow from the sun and the week fall where they must")
    func fixedDays() throws {
        // Easter by Gauss: 20 April 2025, 5 April 2026, 28 March 2027.
        for easter in ["2025-04-20", "2026-04-05", "2027-03-28"] {
            let easter = try day(easter)
            let national = Set(file.days.filter { $0.kind == .national }.map(\.date))
            #expect(easter.weekday == 7)
            #expect(national.isSuperset(of: [easter.adding(days: -2), easter, easter.adding(days: 39)]))
            for fixed in ["01-01", "05-01", "06-01", "08-17", "12-25"] {
                #expect(national.contains(try day("\(easter.civil.year)-\(fixed)")))
            }
        }
        // Joint leave makes long weekends: it never falls on one.
        #expect(file.days.filter { $0.kind == .jointLeave }.allSatisfy { $0.date.weekday <= 5 })
    }

    @Test func ownHolidaysStayUnlessReplaced() throws {
        let own = WorkCalendar.Holiday(date: try day("2026-01-01"), name: "Stok opname")
        let party = WorkCalendar.Holiday(date: try day("2026-02-02"), name: "Ulang tahun toko")
        let before = WorkCalendar.Holiday(date: try day("2025-12-25"), name: "Natal")
        let calendar = WorkCalendar(
            scope: .workspace, timeZone: "Asia/Jakarta", weekly: [1: [.init(from: 480, to: 1020)]],
            holidays: [party, own, before])
        let added = file.adding(to: calendar, years: 2026...2026, jointLeave: false, language: .indonesian)
        #expect(added.holidays.count == 17 + 2)
        #expect(added.holidays.prefix(2) == [before, own])
        #expect(added.holidays.contains(party))
        let replaced = file.adding(
            to: calendar, years: 2026...2026, jointLeave: true, language: .english, replacing: true)
        #expect(replaced.holidays.count == 25 + 1)
        #expect(replaced.holidays[1].name == "New Year's Day")
    }

    @Test func fitsACalendar() throws {
        let calendar = WorkCalendar(
            scope: .workspace, timeZone: "Asia/Jakarta", weekly: [1: [.init(from: 480, to: 1020)]],
            holidays: file.holidays(years: 2025...2027, jointLeave: true, language: .indonesian))
        #expect(calendar.holidays.count == 28 + 25 + 26)
        #expect(throws: Never.self) { try OpenHours(calendar) }
    }
}
