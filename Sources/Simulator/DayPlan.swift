import Domain

/// What is known at midnight of the day to come: the trade by the hour, the campaigns, who will write unasked.
extension World {
    mutating func plan(day: Int) {
        let midnight = scenario.startOfDay(day).seconds
        let clock = WallClock(seconds: midnight)
        var chance = Chance(seed: scenario.seed, stream: 0x0044_4159_0000_0000 &+ UInt64(day))
        let volume = Double(scenario.messagesPerDay)
        let busy = Rhythm.day(clock)
        for hour in 0..<24 {
            let share = Rhythm.hours[hour] * busy
            let start = midnight + Int64(hour) * 3600
            for (index, template) in scenario.templates.enumerated() {
                guard case .trade(let part) = template.occasion else { continue }
                for _ in 0..<chance.count(expected: volume * part * share) {
                    agenda.add(
                        .sendTemplate(person: chance.below(people.count), template: index, campaign: nil, variant: nil),
                        at: start + Int64(chance.below(3600)))
                }
            }
            for _ in 0..<chance.count(expected: volume * 0.055 * share) {
                agenda.add(
                    .openConversation(person: chance.below(people.count), isFromAd: chance.happens(0.15)),
                    at: start + Int64(chance.below(3600)))
            }
        }
        planOrganicTrade(midnight: midnight, busy: busy)
        planSurges(day: day, midnight: midnight)
        for campaign in Campaign.on(clock, templates: scenario.templates) {
            plan(campaign, midnight: midnight, chance: &chance)
        }
        planChanges(day: day, midnight: midnight, chance: &chance)
        for (second, mark) in AccountMark.on(day: day, scenario: scenario) { agenda.add(.mark(mark), at: second) }
    }

    private mutating func plan(_ campaign: Campaign, midnight: Int64, chance: inout Chance) {
        let count = min(Int(campaign.size * Double(scenario.messagesPerDay)), people.count * 9 / 10)
        // A stride that shares no factor with the number of people visits everybody once.
        var stride = 7_919
        while Self.commonDivisor(stride, people.count) != 1 { stride += 2 }
        var person = chance.below(people.count)
        var recipients: [(person: Int, variant: String, at: Int64)] = []
        for position in 0..<count {
            person = (person + stride) % people.count
            let variant = chance.happens(0.5) ? "A" : "B"
            let offset = Int64(campaign.startSecond) + Int64(position) * Int64(campaign.spread) / Int64(max(1, count))
            agenda.add(
                .sendTemplate(
                    person: person, template: campaign.template, campaign: campaign.name, variant: variant),
                at: midnight + offset)
            if trade != nil { recipients.append((person, variant, midnight + offset)) }
        }
        planTrade(of: campaign, midnight: midnight, recipients: recipients)
    }

    /// Crowds that an ad brings and that buy nothing. Their random numbers are their own, so that a business without
    /// them stays as it was.
    private mutating func planSurges(day: Int, midnight: Int64) {
        var chance = Chance(seed: scenario.seed, stream: 0x0053_5552_4700_0000 &+ UInt64(day))
        for incident in scenario.incidents {
            guard case .emptySurge(let factor) = incident.kind else { continue }
            for (hour, share) in Rhythm.hours.enumerated() {
                let start = midnight + Int64(hour) * 3600
                guard incident.strikes(start) else { continue }
                for _ in 0..<chance.count(expected: Double(scenario.messagesPerDay) * factor * share) {
                    let person = chance.below(people.count)
                    onlyLooking.insert(person)
                    agenda.add(
                        .openConversation(person: person, isFromAd: true), at: start + Int64(chance.below(3600)))
                }
            }
        }
    }

    private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// New numbers, new ids, phones that become visible, fields nobody knows: rare, and never all on one day.
    private mutating func planChanges(day: Int, midnight: Int64, chance: inout Chance) {
        let crowd = Double(people.count)
        func waking(_ chance: inout Chance) -> Int64 { midnight + Int64(7 * 3600 + chance.below(14 * 3600)) }
        for _ in 0..<chance.count(expected: crowd * 0.0003) {
            agenda.add(.changeNumber(person: chance.below(people.count)), at: waking(&chance))
        }
        for _ in 0..<chance.count(expected: crowd * 0.0002) {
            agenda.add(.changeUserID(person: chance.below(people.count)), at: waking(&chance))
        }
        for _ in 0..<chance.count(expected: crowd * 0.004) {
            agenda.add(.revealPhone(person: chance.below(people.count)), at: waking(&chance))
        }
        if chance.happens(0.5) {
            agenda.add(.unknownField(line: chance.below(scenario.lines.count)), at: waking(&chance))
        }
    }
}
