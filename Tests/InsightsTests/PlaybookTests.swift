import Catalogue
import Domain
import Insights
import Testing

@Suite("The playbook")
struct PlaybookTests {
    private let place = Segment([.template: "shipping_update", .country: "MY"])

    private func shift(_ bad: Double, _ base: Double, _ expected: Double) -> SegmentShift {
        SegmentShift(segment: place, bad: bad, base: base, expected: expected, score: 8, share: 0.96)
    }

    @Test("Delivery: the error code comes first, with its remedy")
    func delivery() {
        let play = Playbook.delivery(
            Playbook.DeliveryEvidence(
                shift: shift(40, 60, 2),
                codes: [
                    .init(code: 131_049, count: 2, expected: 1), .init(code: 131_026, count: 38, expected: 1),
                ], hours: 6))
        #expect(play.causes.first?.errorCode == 131_026)
        #expect(play.title.id.contains("67% gagal, biasanya 3,3%"))
        #expect(play.title.en.contains("67% fail, usually 3.3%"))
        #expect(play.action.id.contains("daftar"))
        #expect(play.impact.messages == 152)
    }

    @Test("Without a code that explains it, not enough data is said")
    func honesty() {
        let play = Playbook.delivery(Playbook.DeliveryEvidence(shift: shift(12, 60, 2), codes: [], hours: 6))
        #expect(play.causes.last?.kind == .notEnoughData)
    }

    private func response(load: Double?, agents: Double?, usual: Double?) -> Play {
        Playbook.response(
            Playbook.ResponseEvidence(
                segment: Segment([.team: "cs-1"]), isBot: false, median: 1_800, usualMedian: 240, waits: 30, slow: 24,
                expectedSlow: 5, shift: ("sore", 0.9), load: load, agents: agents, usualAgents: usual, hours: 24))
    }

    @Test("Answers: absence, load, or neither, and with how many")
    func answers() {
        let absent = response(load: 1, agents: 2, usual: 5)
        #expect(absent.causes.first?.text.id.contains("hanya 2, biasanya 5") == true)
        #expect(absent.action.id.contains("Pindahkan 3 agen"))
        let busy = response(load: 2, agents: 5, usual: 5)
        #expect(busy.causes.first?.kind == .load)
        #expect(busy.action.id.contains("Tambah 5 agen"))
        let slow = response(load: 1, agents: 5, usual: 5)
        #expect(slow.causes.contains { $0.text.id.contains("tiap jawaban memang lebih lama") })
        #expect(slow.title.id.contains("30 menit, biasanya 4 menit"))
    }

    @Test("Volume without outcomes: a surge or an outage behind it")
    func outcomes() {
        let surge = Playbook.withoutOutcomes(
            .init(
                segment: Segment([.entry: "ad"]), traffic: .conversations, volume: 120, usualVolume: 20, outcomes: 1,
                expectedOutcomes: 9, hours: 24))
        #expect(surge.causes.first?.segment == Segment([.entry: "ad"]))
        let outage = Playbook.withoutOutcomes(
            .init(
                segment: Segment([.campaign: "11.11"]), traffic: .clicks, volume: 90, usualVolume: 90, outcomes: 0,
                expectedOutcomes: 14, hours: 24, value: (200_000, "IDR")))
        #expect(outage.causes.first?.kind == .outage)
        #expect(outage.impact.text?.id.contains("Rp 2.800.000") == true)
    }

    @Test("Numbers as each language writes them")
    func figures() {
        #expect(Figure.percent(0.934) == Text(id: "93%", en: "93%"))
        #expect(Figure.percent(0.0314) == Text(id: "3,1%", en: "3.1%"))
        #expect(Figure.number(1_234_567) == Text(id: "1.234.567", en: "1,234,567"))
        #expect(Figure.number(-0.2) == Text(id: "0", en: "0"))
        #expect(Figure.duration(59).en == "59 seconds")
        #expect(Figure.duration(7_800).id == "2 jam 10 menit")
        #expect(Figure.duration(.nan).en == "–")
        #expect(Figure.money(12.4, "USD").id == "USD 12,40")
    }
}
