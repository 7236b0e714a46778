import Catalogue
import Domain
import Insights
import Simulator

import struct Simulator.Incident

extension FindingBench {
    /// Days that a business lives.
    private static let days = 34
    /// Local midnight of 12 October 2026: a payday, 11.11 and quiet weeks lie ahead.
    private static let start = Instant(seconds: 1_791_738_000)

    /// The same business when nothing goes wrong: campaigns, paydays and double dates all the same.
    package static func quiet(seed: UInt64, messagesPerDay: Int = 900) -> FindingBench {
        FindingBench(scenario: scenario(seed, messagesPerDay, raisedFromDay: nil), troubles: [])
    }

    /// A business of five weeks in which everything goes wrong once, on other days for other seeds.
    package static func troubled(seed: UInt64, messagesPerDay: Int = 900) -> FindingBench {
        let later = Int(seed % 3)
        let raisedDay = 12 + later
        var bench = FindingBench(
            scenario: scenario(seed, messagesPerDay, raisedFromDay: raisedDay), troubles: [])
        bench.addSends(later)
        bench.addService(later)
        bench.addTrade(later)
        bench.addCosts(raisedDay)
        return bench
    }

    private static func scenario(_ seed: UInt64, _ volume: Int, raisedFromDay: Int?) -> Scenario {
        var templates = MessageTemplate.usual
        for index in templates.indices {
            let isRaised = templates[index].name == "payment_reminder"
            templates[index].raisedToMarketingFromDay = isRaised ? raisedFromDay : nil
        }
        return Scenario(
            seed: seed, start: start, days: days, messagesPerDay: volume, people: volume * 4, templates: templates,
            incidents: [], outcomes: .usual)
    }

    private func window(_ day: Int, _ hour: Int64, hours: Int64) -> Range<Instant> {
        let from = scenario.startOfDay(day).adding(seconds: hour * 3600)
        return from..<from.adding(seconds: hours * 3600)
    }

    private mutating func add(
        _ name: String, _ kind: Incident.Kind, _ window: Range<Instant>, _ segment: Incident.Segment = .init(),
        found kinds: Set<FindingKind>, within hours: Int64, isCause: @escaping @Sendable (Finding) -> Bool
    ) {
        scenario.incidents.append(
            Incident(name: Text(id: name, en: name), kind: kind, window: window, segment: segment))
        troubles.append(
            Trouble(name: name, kinds: kinds, window: window, deadlineSeconds: hours * 3600, isCause: isCause))
    }

    private mutating func addSends(_ later: Int) {
        add(
            "delivery drop", .deliveryDrop(errorCode: 131_026, share: 0.65), window(14 + later, 0, hours: 72),
            .init(template: "shipping_update", country: "MY"), found: [.deliveryDown], within: 60,
            isCause: { finding in
                finding.causes.first?.errorCode == 131_026
                    && finding.segment.without(.category) == Segment([.template: "shipping_update", .country: "MY"])
            })
        let number = "106540352242923"
        add(
            "spam limit", .deliveryDrop(errorCode: 131_048, share: 0.9), window(28 + later, 9, hours: 8),
            .init(phoneNumber: "106540352242923"), found: [.deliveryDown], within: 6,
            isCause: { finding in
                finding.causes.first?.errorCode == 131_048 && finding.segment == Segment([.phoneNumber: number])
            })
        add(
            "late webhooks", .lateWebhooks, window(29 + later, 12, hours: 3), found: [.webhooksLate], within: 3,
            isCause: { $0.causes.first?.kind == .data })
    }

    private mutating func addService(_ later: Int) {
        for evening in 0..<4 {
            scenario.incidents.append(
                Incident(
                    name: Text(id: "sif sore lambat", en: "slow evening shift"), kind: .slowReplies(factor: 5),
                    window: window(18 + later + evening, 16, hours: 5), segment: .init(team: "cs-surabaya")))
        }
        troubles.append(
            Trouble(
                name: "slow evening shift", kinds: [.responseSlow], window: window(18 + later, 16, hours: 96),
                deadlineSeconds: 78 * 3600,
                isCause: { finding in
                    let place = finding.causes.first?.segment.key ?? ""
                    return place.contains("cs-surabaya") || place.contains("106540352242923")
                }))
        add(
            "bot outage", .botOutage, window(26 + later, 10, hours: 6), found: [.botSilent], within: 6,
            isCause: { $0.causes.first?.kind == .bot })
    }

    private mutating func addTrade(_ later: Int) {
        add(
            "surge without outcomes", .emptySurge(factor: 0.15), window(23 + later, 8, hours: 48),
            found: [.volumeWithoutOutcomes], within: 40,
            isCause: { $0.causes.first?.segment == Segment([.entry: "ad"]) })
    }

    private mutating func addCosts(_ day: Int) {
        let segment = Segment([.template: "payment_reminder", .category: "marketing"])
        troubles.append(
            Trouble(
                name: "category raised", kinds: [.categoryRaised, .costUp], window: window(day, 0, hours: 24),
                deadlineSeconds: 30 * 3600, isCause: { $0.causes.first?.segment == segment }))
    }
}
