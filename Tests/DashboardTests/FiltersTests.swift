import Catalogue
import Domain
import Testing
import Web

@testable import Dashboard

@Suite struct FiltersTests {
    private func read(_ text: String) -> Filters { Filters(URLQuery(parsing: text)) }
    private let jakarta = (try? ZoneClock.named("Asia/Jakarta")) ?? .utc
    /// 23 November 2026, 10:33:20 in Jakarta.
    private let now = Instant(seconds: 1_795_404_800)

    @Test func whatIsNotSaidIsTheStandard() {
        let filters = read("")
        #expect(filters == .standard)
        #expect(filters.url(path: "/delivery") == "/delivery")
        #expect(filters.range == .preset(.last28Days))
        #expect(filters.compare == .previousPeriod)
    }

    @Test(arguments: [
        "range=last_7_days", "range=month_to_date&compare=last_year", "from=2026-10-01&to=2026-10-07&compare=none",
        "template=a&template=b&campaign=11.11", "template=x%26y&none=campaign",
    ])
    func theAddressSaysEverything(text: String) {
        let filters = read(text)
        #expect(filters != .standard)
        #expect(read(filters.query.encoded) == filters)
    }

    @Test func bothDatesOfTheAddressAreIncluded() throws {
        let filters = read("from=2026-10-01&to=2026-10-07")
        let first = try #require(LocalDate("2026-10-01"))
        let end = try #require(LocalDate("2026-10-08"))
        #expect(filters.range == .dates(from: first, to: end))
    }

    @Test(arguments: [
        "range=28", "range=", "from=2026-10-07&to=2026-10-01", "from=2026-10-07", "from=1999-01-01&to=2026-10-01",
        "template=", "compare=previous_period", "none=nonsense", "nonsense=1",
        "template=\(String(repeating: "x", count: 5_000))",
    ])
    func whatIsNotUnderstoodIsAsIfItWereNotThere(text: String) {
        #expect(read(text) == .standard)
    }

    @Test func valuesAreKeptOnceAndBounded() {
        let many = (0..<200).map { "template=t\($0 % 100)" }.joined(separator: "&")
        guard case .values(let values)? = read(many)[.template] else {
            Issue.record("no values")
            return
        }
        #expect(values.count == Filters.valuesMax)
        #expect(Set(values).count == values.count)
    }

    @Test func conditionsAreThoseThatTheMetricsTake() {
        let filters = read("template=a&responder=bot&none=campaign")
        let delivery = filters.conditions(for: ["delivery_rate"])
        #expect(delivery.map(\.dimension) == [.template, .campaign])
        #expect(delivery.map(\.op) == [.isIn, .isNull])
        #expect(filters.conditions(for: ["waits"]).map(\.dimension) == [.template, .campaign, .responder])
        // Of both together, what both take.
        #expect(filters.conditions(for: ["waits", "delivery_rate"]).map(\.dimension) == [.template, .campaign])
    }

    @Test func theRangeMovesByItsOwnLength() throws {
        let week = read("range=last_7_days")
        let back = try #require(week.moved(-1, now: now, clock: jakarta))
        #expect(back.url(path: "/") == "/?from=2026-11-10&to=2026-11-16")
        #expect(week.moved(1, now: now, clock: jakarta) == nil)
        let forth = try #require(back.moved(1, now: now, clock: jakarta))
        #expect(forth.url(path: "/") == "/?from=2026-11-17&to=2026-11-23")
    }

    @Test func clearingKeepsTheTime() {
        let filters = read("range=last_7_days&template=a&compare=none")
        #expect(filters.cleared.query.encoded == "range=last_7_days&compare=none")
        #expect(filters.setting(.template, to: []).query.encoded == "range=last_7_days&compare=none")
        #expect(filters.setting(.template, to: [nil]).query.encoded == "range=last_7_days&compare=none&none=template")
    }
}
