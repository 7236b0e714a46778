import Catalogue
import Domain
import Insights
import Testing

@Suite("Rules of the watch")
struct WatchRuleTests {
    private let now = Instant(seconds: 1_795_410_000)

    private func sighting(
        surprise: Double? = 12, sample: Int64 = 80, value: Double? = 0.7, segment: Segment = .everything
    ) -> Sighting {
        Sighting(
            kind: .deliveryDown, metric: "delivery_rate", segment: segment, severity: .warning, since: now,
            seenAt: now, title: Text(id: "Turun", en: "Down"), causes: [], impact: Impact(),
            action: Text(id: "Periksa.", en: "Look."),
            evidence: Evidence(value: value, expected: 0.9, sample: sample, surprise: surprise))
    }

    @Test("Without a rule nothing is held back")
    func none() {
        #expect(WatchRules().admitted([sighting(surprise: nil, sample: 0, value: nil)], at: now).count == 1)
        #expect(WatchRules([.costUp: WatchRule()]) == WatchRules())
    }

    @Test("Each wish holds back what it names, and no more")
    func wishes() {
        let admits = { (rule: WatchRule, sighting: Sighting) in
            !WatchRules([.deliveryDown: rule]).admitted([sighting], at: now).isEmpty
        }
        #expect(!admits(WatchRule(isOn: false), sighting()))
        #expect(admits(WatchRule(sensitivity: .clear), sighting()))
        #expect(!admits(WatchRule(sensitivity: .large), sighting()))
        #expect(!admits(WatchRule(sampleMin: 81), sighting()) && admits(WatchRule(sampleMin: 80), sighting()))
        // From 0.9 to 0.7 is 22 % of it.
        #expect(admits(WatchRule(changeMin: 0.2), sighting()) && !admits(WatchRule(changeMin: 0.25), sighting()))
        // What rests on no count, such as a pause by Meta, is told whatever the least sample is.
        #expect(admits(WatchRule(sampleMin: 1_000), sighting(surprise: nil, sample: 0, value: nil)))
        let narrow = WatchRule(segments: [.template: ["promo"]])
        #expect(admits(narrow, sighting(segment: Segment([.template: "promo", .country: "ID"]))))
        #expect(!admits(narrow, sighting(segment: Segment([.template: "lain"]))))
        #expect(!admits(narrow, sighting()) && !admits(narrow, sighting(segment: Segment([.template: nil]))))
        let muted = WatchRule(mutedUntil: now.adding(seconds: 60))
        #expect(!admits(muted, sighting()))
        #expect(WatchRules([.deliveryDown: muted]).admitted([sighting()], at: now.adding(seconds: 60)).count == 1)
    }

    @Test("Rules are read as they were written; what makes no sense is named")
    func json() throws {
        let rules = WatchRules([
            .deliveryDown: WatchRule(
                isOn: false, sensitivity: .large, sampleMin: 50, changeMin: 0.1,
                segments: [.template: ["b", "a"], .country: ["ID"]], mutedUntil: now),
            .costUp: WatchRule(sampleMin: 9),
        ])
        #expect(try WatchRules(json: rules.json) == rules)
        for text in [
            "[]", "{", #"{"other":{}}"#, #"{"cost_up":3}"#, #"{"cost_up":{"sensitivity":"loud"}}"#,
            #"{"cost_up":{"sample_min":-1}}"#, #"{"cost_up":{"change_min":1e9}}"#,
            #"{"cost_up":{"segments":{"weather":["dry"]}}}"#, #"{"cost_up":{"muted_until":"soon"}}"#,
        ] {
            #expect(throws: Failure.self) { try WatchRules(json: text) }
        }
    }
}
