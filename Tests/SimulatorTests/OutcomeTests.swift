import Domain
import Simulator
import Testing

/// More money given back than usual, so that there is enough of it to count.
private let lively: OutcomeRates = {
    var rates = OutcomeRates.usual
    (rates.refunds, rates.cancels) = (0.15, 0.1)
    return rates
}()

private func business(days: Int = 40, seed: UInt64 = 7, outcomes: OutcomeRates? = lively) -> Scenario {
    Scenario(
        seed: seed, days: days, messagesPerDay: 1_000, people: 4_000, hasDesk: true,
        appLine: BusinessLine.usual[2].phoneNumber, outcomes: outcomes)
}

private func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }

/// FNV-1a over times, sources and bodies.
private func fingerprint(_ scenario: Scenario) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for delivery in Simulator(scenario).history().deliveries {
        withUnsafeBytes(of: delivery.receivedAt.microseconds.littleEndian) { $0.forEach(take) }
        take(delivery.source.rawValue)
        delivery.body.forEach(take)
    }
    return hash
}

@Suite struct OutcomesOffTests {
    /// What the simulator wrote before it knew of outcomes. Other numbers mean that recorded runs are worth nothing.
    @Test(
        arguments: [
            (1, 11_936_739_516_740_799_405, 5_796_949_187_713_437_461),
            (5, 1_282_521_890_097_162_421, 10_676_836_781_282_060_113),
            (11, 7_716_653_470_795_677_822, 8_126_955_004_917_341_501),
        ] as [(UInt64, UInt64, UInt64)])
    func everyBodyIsAsItWas(seed: UInt64, plain: UInt64, withDesk: UInt64) {
        #expect(fingerprint(Scenario(seed: seed, days: 8, messagesPerDay: 300, people: 800)) == plain)
        let desk = Scenario(
            seed: seed, days: 8, messagesPerDay: 300, people: 800, hasDesk: true,
            appLine: BusinessLine.usual[2].phoneNumber)
        #expect(fingerprint(desk) == withDesk)
    }

    @Test func thereAreNone() {
        let (deliveries, truth) = Simulator(business(days: 3, outcomes: nil)).history()
        #expect(deliveries.allSatisfy { [.metaWebhook, .sendLog, .deskEvents].contains($0.source) })
        #expect(truth.outcomes(asOf: .distantFuture).isEmpty && truth.clicks(asOf: .distantFuture).isEmpty)
        #expect(truth.holdOuts(asOf: .distantFuture).isEmpty)
    }
}

@Suite struct OutcomeTests {
    static let scenario = business()
    static let history = Simulator(scenario).history()
    static let rates = lively
    static let messages = history.truth.messages(asOf: scenario.end)
    static let outcomes = history.truth.outcomes(asOf: scenario.end)
    static let charges = Dictionary(
        uniqueKeysWithValues: history.truth.charges(asOf: scenario.end).map { ($0.message, $0) })

    @Test func sameSeedSameBytes() {
        let again = Simulator(business(days: 3)).history().deliveries
        #expect(again == Simulator(business(days: 3)).history().deliveries)
        #expect(again != Simulator(business(days: 3, seed: 8)).history().deliveries)
    }

    @Test func pausingLosesNothing() {
        let simulator = Simulator(business(days: 2))
        var run = simulator.run(recordsTruth: false)
        var parts: [SimulatedDelivery] = []
        var until = simulator.scenario.start
        while until < simulator.scenario.end {
            until = min(until.adding(seconds: 1_300), simulator.scenario.end)
            run.until = until
            while let delivery = run.next() { parts.append(delivery) }
        }
        #expect(parts == simulator.history().deliveries)
    }

    @Test func deliveriesComeInOrder() {
        let times = Self.history.deliveries.map(\.receivedAt)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times.allSatisfy { $0 >= Self.scenario.start && $0 < Self.scenario.end })
    }

    // MARK: The truth agrees with itself

    @Test func causesComeBeforeWhatTheyCaused() {
        var without = 0
        let caused = Self.outcomes.filter { $0.cause != nil }
        for outcome in caused {
            guard let cause = outcome.cause, let charge = Self.charges[cause] else {
                // Its statuses are still on their way.
                without += 1
                continue
            }
            #expect(charge.person == outcome.person && charge.deliveredAt < outcome.at)
            #expect(charge.campaign == nil || charge.campaign == outcome.causeCampaign)
            guard outcome.at < charge.sentAt.adding(seconds: 7 * 86_400) else { continue }
            #expect(
                outcome.touches.contains {
                    $0.message == cause && ($0.kind == .message || $0.kind == .agentReply)
                        && $0.at == charge.deliveredAt
                })
        }
        #expect(caused.count > 500 && without < caused.count / 50)
        #expect(Self.outcomes.filter { $0.cause == nil }.allSatisfy { $0.causeCampaign == nil && $0.link == nil })
        #expect(Set(Self.outcomes.map { "\($0.source) \($0.id)" }).count == Self.outcomes.count)
    }

    @Test func touchesLieInTheWindow() {
        var kinds: Set<TouchKind> = []
        for outcome in Self.outcomes {
            let from = outcome.at.adding(seconds: -7 * 86_400)
            #expect(outcome.touches.allSatisfy { ($0.sentAt ?? $0.at) >= from && $0.at <= outcome.at })
            #expect(outcome.touches.allSatisfy { ($0.sentAt ?? $0.at) <= $0.at })
            #expect(outcome.touches.map(\.at) == outcome.touches.map(\.at).sorted())
            if outcome.person == nil { #expect(outcome.touches.isEmpty) }
            kinds.formUnion(outcome.touches.map(\.kind))
        }
        #expect(kinds == Set(TouchKind.allCases))
    }

    @Test func neverMoreIsGivenBackThanWasPaid() {
        var inPart = 0
        var whole = 0
        for outcome in Self.outcomes {
            guard let value = outcome.value, let net = outcome.net else {
                #expect(outcome.value == nil && outcome.net == nil)
                continue
            }
            #expect(value.micros > 0 && net.micros >= 0 && net.micros <= value.micros)
            #expect(net.currency == value.currency)
            if outcome.isCancelled { #expect(net.micros == 0) }
            if outcome.counts, net != value { if net.micros > 0 { inPart += 1 } else { whole += 1 } }
        }
        #expect(inPart > 3 && whole > 3)
        #expect(Set(Self.outcomes.compactMap(\.value?.currency)) == ["IDR", "MYR"])
    }

    @Test func earlierLessIsKnown() {
        let noon = Self.scenario.startOfDay(20).adding(seconds: 43_200)
        let early = Self.history.truth.outcomes(asOf: noon)
        #expect(!early.isEmpty && early.count < Self.outcomes.count)
        #expect(early.allSatisfy { $0.knownAt <= noon && $0.at <= noon })
        let later = Dictionary(
            uniqueKeysWithValues: Self.outcomes.flatMap { outcome in
                ([outcome.id] + outcome.formerIDs).map { ("\(outcome.source) \($0)", outcome) }
            })
        #expect(early.allSatisfy { later["\($0.source) \($0.id)"] != nil })
        let waiting = early.filter { $0.standing == .pending }
        #expect(waiting.allSatisfy { later["\($0.source) \($0.id)"]?.standing != .pending })
    }

    // MARK: Rates

    @Test func clicksAreAsManyAsAskedFor() {
        let linked = Set(["promo_mingguan", "promo_gajian", "promo_10_10"])
        let charged = Self.charges.values.filter { $0.template.map(linked.contains) ?? false }
        let read = Set(Self.messages.filter(\.isRead).map(\.id)).intersection(charged.map(\.message))
        let clicked = Set(Self.history.truth.clicks(asOf: Self.scenario.end).map(\.message))
        #expect(abs(share(clicked.intersection(read).count, of: read.count) - Self.rates.opens) < 0.02)
        let sent = Self.charges.values.count {
            linked.contains($0.template ?? "") || $0.template == "payment_reminder"
        }
        let robots = Self.history.truth.robotOpenings(asOf: Self.scenario.end)
        #expect(abs(share(robots, of: sent) - Self.rates.robotOpens) < 0.02)
    }

    @Test func moneyComesAsOftenAsAskedFor() {
        let organic = Self.outcomes.filter {
            $0.kind == OutcomeKind.payment && $0.cause == nil && $0.standing != .pending
        }
        // Some paydays are busier than the average day.
        let perDay = Double(organic.count) / Double(Self.scenario.days)
        #expect((0.9...1.3).contains(perDay / (Self.rates.organicPerPersonDay * Double(Self.scenario.people))))
        #expect(abs(share(organic.count { $0.person == nil }, of: organic.count) - Self.rates.strangers) < 0.02)
        let begun = organic.filter { $0.source == "midtrans" }
        #expect(abs(share(begun.count { $0.standing == .failed }, of: begun.count) - Self.rates.expires) < 0.03)
        // All refunds of what was paid by then have come.
        let settled = Self.outcomes.filter {
            $0.source == "midtrans" && $0.counts && $0.at < Self.scenario.startOfDay(Self.scenario.days - 14)
        }
        #expect(abs(share(settled.count { $0.net != $0.value }, of: settled.count) - Self.rates.refunds) < 0.05)
        #expect(Set(Self.outcomes.map(\.kind)) == ["payment_confirmed", "booking", "lead", "order"])
        #expect(Set(Self.outcomes.map(\.toldBy)) == Set(TrueOutcome.ToldBy.allCases))
    }

    @Test func theExperimentIsOne() throws {
        let holdOuts = Self.history.truth.holdOuts(asOf: Self.scenario.end)
        #expect(!holdOuts.isEmpty && holdOuts.allSatisfy { $0.template == "promo_gajian" })
        for holdOut in holdOuts {
            #expect(abs(share(holdOut.heldOut, of: holdOut.heldOut + holdOut.treated) - 0.1) < 0.025)
            #expect(holdOut.convertedByCampaign <= holdOut.treatedConverted && holdOut.uplift > 0.01)
            #expect(holdOut.heldOutConverted <= holdOut.heldOut && holdOut.treatedConverted <= holdOut.treated)
            // Chance decides about a few hundred people, so the estimate is near the truth and no nearer.
            let estimate =
                share(holdOut.treatedConverted, of: holdOut.treated)
                - share(holdOut.heldOutConverted, of: holdOut.heldOut)
            #expect(abs(estimate - holdOut.uplift) < 0.06)
        }
        let leads = Self.history.truth.holdOuts(asOf: Self.scenario.end, kinds: [OutcomeKind.lead])
        #expect(leads.map(\.treated) == holdOuts.map(\.treated))
        #expect(leads.reduce(0) { $0 + $1.treatedConverted } < holdOuts.reduce(0) { $0 + $1.treatedConverted })
    }

    @Test func brokenCheckoutTakesNoMoney() throws {
        let incident = try #require(Self.scenario.incidents.first { $0.kind == .paymentOutage })
        let campaign = try #require(incident.segment.campaign)
        let clicks = Self.history.truth.clicks(asOf: Self.scenario.end).filter { $0.campaign == campaign }
        #expect(clicks.count { incident.window.contains($0.at) } > 10)
        let came = Self.outcomes.filter {
            $0.kind == OutcomeKind.payment && $0.link != nil && $0.causeCampaign == campaign
                && incident.window.contains($0.at)
        }
        #expect(!came.isEmpty && came.allSatisfy { !$0.counts })
    }

    // MARK: Waste and prices

    @Test func someSendsAreWasted() {
        var sends: [String: [Instant]] = [:]
        for message in Self.messages {
            guard let campaign = message.campaign else { continue }
            sends["\(message.person) \(campaign)", default: []].append(message.cohortAt)
        }
        let twice = sends.values.count { times in
            let times = times.sorted()
            return zip(times, times.dropFirst()).contains { $1.seconds - $0.seconds < 86_400 }
        }
        #expect((0.008...0.03).contains(share(twice, of: sends.count)))
        let people = Dictionary(grouping: Self.messages.filter(\.isDelivered), by: \.person)
        let often = people.values.filter { $0.count >= 10 }
        let silent = often.count { messages in !messages.contains { $0.isRead || $0.isReplied } }
        // Those whom nothing moves, and some who hide their receipts and have not answered yet.
        #expect((0.08...0.18).contains(share(silent, of: often.count)))
    }

    /// Since 1 October 2026, 00:00 WIB: a thousand free-form messages a number and month are free, and utility in the
    /// window is charged like any other.
    @Test func pricesFollowTheDate() {
        let october = Instant(seconds: 1_790_787_600)
        var free: [String: Int] = [:]
        var charged: [String: Int] = [:]
        for charge in Self.history.truth.charges(asOf: Self.scenario.end) {
            if charge.kind == .freeEntryPoint {
                #expect(charge.category == "referral_conversion")
                continue
            }
            switch charge.category {
            case "service" where charge.sentAt < october: #expect(charge.kind == .freeCustomerService)
            case "service":
                // WIB months: October begins the count, November starts anew.
                let month = charge.sentAt.seconds < 1_793_466_000 ? "10" : "11"
                let key = "\(charge.phoneNumber.value) \(month)"
                if charge.kind == .regular {
                    charged[key, default: 0] += 1
                } else {
                    #expect(charged[key] == nil)
                    free[key, default: 0] += 1
                }
            case "utility" where charge.kind == .freeCustomerService: #expect(charge.sentAt < october)
            default: #expect(charge.kind == .regular)
            }
        }
        #expect(!charged.isEmpty)
        for key in charged.keys { #expect(abs((free[key] ?? 0) - 1_000) <= 5) }
        #expect(free.values.allSatisfy { $0 <= 1_000 })
    }

    @Test func metaRaisesACategory() {
        let day = Self.scenario.templates.compactMap(\.raisedToMarketingFromDay).first ?? 0
        let raised = Self.charges.values.filter { $0.category == "marketing" && $0.declaredCategory == "utility" }
        #expect(day == 30 && raised.count > 50)
        #expect(raised.allSatisfy { $0.template == "payment_reminder" && $0.sentAt >= Self.scenario.startOfDay(day) })
        let told = Self.history.deliveries.filter {
            String(decoding: $0.body, as: UTF8.self).contains(
                #""previous_category":"UTILITY","new_category":"MARKETING""#)
        }
        #expect(!told.isEmpty)
    }
}
