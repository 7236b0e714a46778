import Alerts
import Catalogue
import Domain
import Insights
import Testing

@Suite("Findings as alerts")
struct FindingTests {
    private func finding(_ state: FindingState, _ kind: FindingKind = .deliveryDown) -> Finding {
        Finding(
            id: "f1", kind: kind, metric: "delivery_rate", segment: Segment([.template: "promo", .country: nil]),
            severity: .critical, since: noon, state: state, title: Text(id: "Turun", en: "Down"),
            causes: [Cause(kind: .error, text: Text(id: "Kode 131049.", en: "Code 131049."))],
            impact: Impact(text: Text(id: "1.420 orang.", en: "1,420 people.")),
            action: Text(id: "Jeda.", en: "Pause."),
            evidence: Evidence(), openedAt: noon, updatedAt: noon, seenAt: noon)
    }

    @Test("What is evidenced is told: cause, impact, action, and whose it is")
    func words() {
        let alert = Alert(finding(.open), link: "\(base)/findings/f1")
        #expect(alert.severity == .urgent && alert.family == .business && !alert.isResolved)
        #expect(alert.lines.map(\.en) == ["Code 131049.", "1,420 people."] && alert.action?.en == "Pause.")
        #expect(alert.segment == ["template": "promo", "country": ""] && alert.group == "template:promo")
        #expect(Alert(finding(.open, .webhooksLate), link: "").family == .data)
        #expect(Alert(finding(.open, .improving), link: "").action == nil)
    }

    @Test("Its state decides whether it is told, until its mute ends")
    func states() {
        #expect(
            Alert(finding(.resolved), link: "").isResolved && Alert(finding(.acknowledged), link: "").isAcknowledged)
        var muted = finding(.muted)
        muted.mutedUntil = minutes(30)
        var state = AlertState()
        let alert = Alert(muted, link: "")
        #expect(state.tick([alert], webhook(), at: noon) == ["f1": .withheld(.muted(until: minutes(30).seconds))])
        #expect(state.tick([alert], webhook(), at: minutes(30)) == ["f1": .told(.first)])
    }

    @Test("Late webhooks hold back what is counted from them")
    func late() {
        var state = AlertState()
        var late = finding(.open, .webhooksLate)
        late.id = "late"
        let outcome = state.tick(
            [Alert(late, link: ""), Alert(finding(.open), link: "")], webhook(), at: noon)
        #expect(outcome == ["late": .told(.first), "f1": .withheld(.inhibited(by: "late"))])
    }
}
