import Domain

/// A campaign with a control group, person by person.
package struct TrueHoldOut: Hashable, Sendable {
    package var campaign: String
    package var template: String
    /// People to whom the campaign was sent and Meta took it, delivered or not.
    package var treated = 0
    /// Of these, who had an outcome within seven days of a send.
    package var treatedConverted = 0
    package var heldOut = 0
    package var heldOutConverted = 0
    /// Of the treated, who had an outcome and would have had none without the campaign: what no experiment can see and
    /// every experiment estimates.
    package var convertedByCampaign = 0
    /// People for whom Meta refused every send: neither treated nor held out.
    package var onlyRejected = 0

    /// The true lift: share of the treated that converted because of the campaign.
    package var uplift: Double { treated == 0 ? 0 : Double(convertedByCampaign) / Double(treated) }

    package init(campaign: String, template: String) {
        self.campaign = campaign
        self.template = template
    }
}

extension Truth {
    /// Every campaign that had a control group in a send up to `instant`, by name.
    ///
    /// - Parameter kinds: which outcomes count; nil for all.
    package func holdOuts(asOf instant: Instant, kinds: Set<String>? = nil) -> [TrueHoldOut] {
        let known = instant.microseconds
        var results: [String: Outcome] = [:]
        for mark in heldOut where mark.knownAt <= known {
            let template = scenario.templates[mark.template].name
            results[mark.campaign, default: Outcome(template: template)].heldOut[mark.person, default: []].append(
                mark.at)
        }
        for story in stories where story.outbound.at * 1_000_000 <= known {
            guard let campaign = story.outbound.campaign, results[campaign] != nil else { continue }
            let person = story.outbound.person
            if story.isRejected {
                results[campaign]?.rejected.insert(person)
            } else if describe(story, asOf: known) != nil {
                results[campaign]?.treated[person, default: []].append(story.outbound.at)
            }
        }
        let converted = conversions(asOf: known, kinds: kinds)
        return results.sorted { $0.key < $1.key }.map { campaign, result in
            var holdOut = TrueHoldOut(campaign: campaign, template: result.template)
            holdOut.treated = result.treated.count
            holdOut.heldOut = result.heldOut.count
            holdOut.onlyRejected = result.rejected.count { result.treated[$0] == nil }
            for (person, sends) in result.heldOut
            where converted[person]?.contains(where: { $0.isWithin(sends) }) ?? false {
                holdOut.heldOutConverted += 1
            }
            for (person, sends) in result.treated {
                let mine = (converted[person] ?? []).filter { $0.isWithin(sends) }
                guard !mine.isEmpty else { continue }
                holdOut.treatedConverted += 1
                if mine.allSatisfy({ $0.campaign == campaign }) { holdOut.convertedByCampaign += 1 }
            }
            return holdOut
        }
    }

    private struct Outcome {
        var template: String
        /// Times of sending by person.
        var treated: [Int: [Int64]] = [:]
        var heldOut: [Int: [Int64]] = [:]
        var rejected: Set<Int> = []
    }

    private struct Conversion {
        var at: Int64
        var campaign: String?

        func isWithin(_ sends: [Int64]) -> Bool {
            sends.contains { at >= $0 && at <= $0 + 7 * WallClock.secondsPerDay }
        }
    }

    private func conversions(asOf known: Int64, kinds: Set<String>?) -> [Int: [Conversion]] {
        var conversions: [Int: [Conversion]] = [:]
        for story in outcomeStories where kinds?.contains(story.kind) ?? true {
            guard let person = story.person, let (standing, at, _) = story.standing(asOf: known) else { continue }
            guard standing == .confirmed else { continue }
            conversions[person, default: []].append(Conversion(at: at, campaign: story.causeCampaign))
        }
        return conversions
    }
}
