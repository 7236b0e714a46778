import Domain

/// One body as the network would bring it.
package struct SimulatedDelivery: Hashable, Sendable {
    package var receivedAt: Instant
    package var source: DeliverySource
    package var body: [UInt8]

    package init(receivedAt: Instant, source: DeliverySource, body: [UInt8]) {
        self.receivedAt = receivedAt
        self.source = source
        self.body = body
    }

    func received(later microseconds: Int64) -> SimulatedDelivery {
        SimulatedDelivery(
            receivedAt: Instant(microseconds: receivedAt.microseconds + microseconds), source: source, body: body)
    }
}

/// A deterministic business: the same scenario gives the same deliveries, byte for byte, on every machine.
package struct Simulator: Sendable {
    package let scenario: Scenario

    package init(_ scenario: Scenario) { self.scenario = scenario }

    /// The business from its first day on, without end.
    ///
    /// - Parameter recordsTruth: false saves the memory (about 600 bytes a message) where nobody asks for the truth.
    package func run(recordsTruth: Bool = true) -> SimulatorRun {
        SimulatorRun(scenario: scenario, recordsTruth: recordsTruth)
    }

    /// The deliveries received in a range of time. The business lives through what comes before, so a late range costs
    /// the generation of the days ahead of it.
    package func deliveries(in range: Range<Instant>) -> SimulatorRun {
        var run = SimulatorRun(scenario: scenario, recordsTruth: false)
        run.from = range.lowerBound
        run.until = range.upperBound
        return run
    }

    /// All deliveries of the scenario's days and the truth about them, as of the last day's end.
    package func history() -> (deliveries: [SimulatedDelivery], truth: Truth) {
        var run = run()
        run.until = scenario.end
        var deliveries: [SimulatedDelivery] = []
        while let delivery = run.next() { deliveries.append(delivery) }
        return (deliveries, run.truth)
    }
}

/// Deliveries one by one, in order of `receivedAt`, a quarter of an hour in memory at a time.
///
/// Set `until` to stop (say at the end of the history) and move it on to continue where it stopped, which is how a live
/// demonstration goes from history to real time. A `for` loop works on a copy; call `next()` to keep the place and
/// the truth.
package struct SimulatorRun: Sequence, IteratorProtocol, Sendable {
    /// Deliveries received earlier are skipped.
    package var from = Instant.distantPast
    /// Deliveries received at or after this are not handed out yet.
    package var until = Instant.distantFuture
    private var world: World
    private var stepIndex: Int64 = 0
    private var ready: [SimulatedDelivery] = []
    private var position = 0

    init(scenario: Scenario, recordsTruth: Bool) {
        world = World(scenario: scenario, recordsTruth: recordsTruth)
    }

    /// What happened so far, for `Truth.messages(asOf:)` at any instant up to the last delivery handed out.
    package var truth: Truth { world.truth }

    /// The next delivery before `until`, or nil.
    package mutating func next() -> SimulatedDelivery? {
        while true {
            while position < ready.count {
                let delivery = ready[position]
                guard delivery.receivedAt < until else { return nil }
                position += 1
                if delivery.receivedAt >= from { return delivery }
            }
            let start = world.scenario.start.adding(seconds: stepIndex &* World.stepSeconds)
            guard start < until else { return nil }
            ready = world.step(stepIndex)
            position = 0
            stepIndex += 1
        }
    }
}
