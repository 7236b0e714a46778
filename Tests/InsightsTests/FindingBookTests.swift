import Catalogue
import Domain
import Insights
import Testing

@Suite("One trouble is one finding")
struct FindingBookTests {
    private let start = Instant(seconds: 1_800_000_000)

    private func hours(_ count: Int64) -> Instant { start.adding(seconds: count * 3600) }

    private func sighting(
        _ segment: Segment, at seen: Instant, since: Instant? = nil, surprise: Double = 6,
        severity: Severity = .warning
    ) -> Sighting {
        Sighting(
            kind: .deliveryDown, metric: "delivery_rate", segment: segment, severity: severity,
            since: since ?? start, seenAt: seen, title: Text(id: "turun", en: "down"), causes: [], impact: Impact(),
            action: Text(id: "jeda", en: "pause"), evidence: Evidence(sample: 40, surprise: surprise))
    }

    private let narrow = Segment([.template: "promo", .country: "MY"])
    private let wide = Segment([.country: "MY"])

    @Test("Opened once, updated while it lasts, resolved when out of sight, opened again when it returns soon")
    func life() {
        var book = FindingBook()
        #expect(book.note([sighting(narrow, at: hours(1))], at: hours(1)).map(\.kind) == [.opened])
        #expect(book.note([sighting(narrow, at: hours(2))], at: hours(2)).map(\.kind) == [.updated])
        #expect(book.note([], at: hours(5)).isEmpty)
        let over = book.note([], at: hours(15))
        #expect(over.map(\.kind) == [.resolved])
        #expect(over.first?.finding.until == hours(2))
        let back = book.note([sighting(narrow, at: hours(20), since: hours(19))], at: hours(20))
        #expect(back.map(\.kind) == [.reopened])
        #expect(book.findings.count == 1)
        #expect(book.findings[0].reopenCount == 1)
    }

    @Test("What lies in another is the same trouble; the clearest sight of it is told")
    func merging() {
        var book = FindingBook()
        _ = book.note([sighting(narrow, at: hours(1), surprise: 9)], at: hours(1))
        _ = book.note([sighting(wide, at: hours(2), surprise: 5)], at: hours(2))
        #expect(book.findings.map(\.segment) == [narrow])
        _ = book.note([sighting(wide, at: hours(3), surprise: 20)], at: hours(3))
        #expect(book.findings.map(\.segment) == [wide])
        _ = book.note([sighting(Segment([.country: "ID"]), at: hours(4))], at: hours(4))
        #expect(book.findings.count == 2)
    }

    @Test("What could not be judged is left as it is")
    func blindness() {
        var book = FindingBook()
        _ = book.note([sighting(narrow, at: hours(1))], at: hours(1))
        #expect(book.note([], at: hours(40), judged: { _ in false }).isEmpty)
        #expect(book.findings[0].state == .open)
    }

    @Test("Long after, it is a new finding")
    func anew() {
        var book = FindingBook()
        _ = book.note([sighting(narrow, at: hours(1))], at: hours(1))
        _ = book.note([], at: hours(14))
        let later = hours(24 * 10)
        #expect(book.note([sighting(narrow, at: later, since: later)], at: later).map(\.kind) == [.opened])
        #expect(book.findings.count == 2)
    }

    @Test("The same history gives the same ids")
    func ids() {
        var (a, b) = (FindingBook(), FindingBook())
        let sights = [sighting(narrow, at: hours(1)), sighting(Segment([.country: "ID"]), at: hours(1))]
        _ = a.note(sights, at: hours(1))
        _ = b.note(sights.reversed(), at: hours(1))
        #expect(a.findings == b.findings)
    }

    @Test("Acknowledged, muted to an end, commented, and taken back")
    func acts() throws {
        var book = FindingBook()
        _ = book.note([sighting(narrow, at: hours(1))], at: hours(1))
        let id = book.findings[0].id
        #expect(try book.acknowledge(id, by: "rina", at: hours(2)).state == .acknowledged)
        _ = book.note([sighting(narrow, at: hours(3))], at: hours(3))
        #expect(book[id]?.state == .acknowledged)
        #expect(try book.unacknowledge(id, by: "rina", at: hours(3)).state == .open)
        #expect(try book.mute(id, until: hours(6), by: "budi", at: hours(4)).state == .muted)
        _ = book.note([sighting(narrow, at: hours(5))], at: hours(5))
        #expect(book[id]?.state == .muted)
        #expect(book.note([sighting(narrow, at: hours(6))], at: hours(6)).map(\.kind) == [.reopened])
        #expect(try book.comment(id, "sedang dicek", by: "rina", at: hours(7)).commentCount == 1)
        #expect(throws: Failure.self) { try book.mute(id, until: hours(1), by: "budi", at: hours(7)) }
        #expect(throws: Failure.self) { try book.comment(id, " \n", by: "budi", at: hours(7)) }
        #expect(throws: Failure.self) { try book.acknowledge("f0", by: "budi", at: hours(7)) }
    }

    @Test("A finding is read back as it was written")
    func json() throws {
        var book = FindingBook()
        var sight = sighting(narrow, at: hours(1))
        sight.causes = [
            Cause(
                kind: .error, text: Text(id: "kode \"131026\"", en: "code"), segment: narrow.adding(.campaign, nil),
                share: 0.5, errorCode: 131_026, at: hours(0), query: #"{"metrics":["messages"]}"#)
        ]
        sight.impact = Impact(messages: 12, money: 3.5, currency: "IDR", text: Text(id: "a", en: "b"))
        sight.evidence = Evidence(
            points: [.init(at: hours(0), value: nil, expected: 0.5, sample: 3)], value: 0.25, sample: 9, surprise: 7.5,
            query: #"{"metrics":["delivery_rate"]}"#)
        _ = book.note([sight], at: hours(1))
        _ = try book.comment(book.findings[0].id, "baris\nbaru", by: "rina", at: hours(2))
        let finding = book.findings[0]
        #expect(Finding(json: finding.json) == finding)
        #expect(Finding(json: "{}") == nil)
        #expect(Finding(json: "nonsense") == nil)
    }
}
