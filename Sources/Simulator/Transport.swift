import Domain

/// One thing that a webhook body can carry, already written out.
struct Update: Sendable {
    enum Section: Hashable, Sendable {
        case statuses, messages, preferences, userIDUpdates, linkClick, echoes
        /// A field of its own; the item is the whole value.
        case field(String, time: Int64)
    }
    var line: Int
    var section: Section
    var item: Bytes = []
    /// The `contacts[]` entry that comes along; empty for none.
    var contact: Bytes = []
    var learn = Truth.Reference.nothing
}

/// The network between Meta (and the shop's own sender and desk) and us: it batches, repeats, reorders and delays,
/// and loses nothing.
struct Transport: Sendable {
    private struct Record: Sendable {
        var bytes: Bytes
        var learn: Truth.Reference
    }
    /// Updates on their way; keys are microseconds of arrival.
    private var updates = Heap<Update>()
    /// Those of customers who wait, in bodies of their own.
    private var updatesApart = Heap<Update>()
    private var records = Heap<Record>()
    private var deskRecords = Heap<Record>()
    private var repeats = Heap<SimulatedDelivery>()
    private var deskRepeats = Heap<SimulatedDelivery>()
    private var chance: Chance
    /// Of its own, so that a desk changes nothing about how the rest travels.
    private var deskChance: Chance
    private let lines: [BusinessLine]
    private let lateWindows: [Range<Int64>]

    /// Most updates of one body here; Meta's own limit is a thousand.
    static let batchMax = 20
    static let logBatchMax = 100

    init(scenario: Scenario) {
        chance = Chance(seed: scenario.seed, stream: 0x004E_4554)
        deskChance = Chance(seed: scenario.seed, stream: 0x4445_534B_004E_4554)
        lines = scenario.lines
        lateWindows = scenario.incidents.filter { $0.kind == .lateWebhooks }.map {
            $0.window.lowerBound.microseconds..<$0.window.upperBound.microseconds
        }
    }

    /// Sends an update of second `at` on its way.
    mutating func post(_ update: Update, at second: Int64, chance: inout Chance) {
        updates.add(update, at: arrival(second, chance: &chance))
        // Other apps' retries come to us as well: the same update once more, in another body.
        if chance.happens(0.006) {
            updates.add(update, at: arrival(second + Int64(chance.below(600)), chance: &chance))
        }
    }

    /// The same, in bodies that nothing else is in.
    mutating func postApart(_ update: Update, at second: Int64, chance: inout Chance) {
        updatesApart.add(update, at: arrival(second, chance: &chance))
    }

    mutating func log(
        _ bytes: Bytes, line: Int, at second: Int64, learn: Truth.Reference, chance: inout Chance
    ) {
        let delay: Int64
        switch chance.weighted([0.80, 0.13, 0.07]) {
        case 0: delay = Int64(chance.whole(50_000...900_000))
        case 1: delay = Int64(chance.whole(2_000_000...900_000_000))
        default: delay = Int64(chance.whole(1_800...72_000)) * 1_000_000
        }
        records.add(Record(bytes: bytes, learn: learn), at: second * 1_000_000 + delay)
    }

    /// Sends what the desk says on its way: mostly within seconds, now and then days late, sometimes twice.
    mutating func tell(_ bytes: Bytes, at second: Int64, learn: Truth.Reference) {
        let record = Record(bytes: bytes, learn: learn)
        deskRecords.add(record, at: deskArrival(second))
        if deskChance.happens(0.01) {
            deskRecords.add(record, at: deskArrival(second + Int64(deskChance.below(900))))
        }
    }

    private mutating func deskArrival(_ second: Int64) -> Int64 {
        var delay = Int64(150_000 + deskChance.logNormal(median: 900_000, sigma: 0.8))
        let draw = deskChance.unit()
        if draw < 0.004 {
            delay += Int64(min(60 * Chance.exponential(deskChance.unit() * 9.2), 7 * 86_400 - 60) * 1e6)
        } else if draw < 0.03 {
            delay += Int64(deskChance.below(90_000_000))
        }
        return second * 1_000_000 + delay
    }

    /// Microsecond at which an update reaches us: mostly at once, now and then much later, seven days at most.
    private func arrival(_ second: Int64, chance: inout Chance) -> Int64 {
        var delay = Int64(250_000 + chance.logNormal(median: 600_000, sigma: 0.9))
        let draw = chance.unit()
        if draw < 0.004 {
            // From a minute to seven days, evenly on a logarithmic scale (e^9.2 is about 10 000).
            delay += Int64(min(60 * Chance.exponential(chance.unit() * 9.2), 7 * 86_400 - 60) * 1e6)
        } else if draw < 0.03 {
            delay += Int64(chance.below(45_000_000))
        }
        let arrival = second * 1_000_000 + delay
        for window in lateWindows where window.contains(arrival) {
            return window.upperBound + Int64(chance.below(420_000_000))
        }
        return arrival
    }

    /// Everything that arrives before `end` (seconds), in order. Nothing can be posted afterwards that arrives earlier.
    mutating func drain(before end: Int64, truth: inout Truth) -> [SimulatedDelivery] {
        let horizon = end * 1_000_000
        var deliveries: [SimulatedDelivery] = []
        while let first = updates.popFirst(before: horizon) {
            deliveries.append(
                Self.body(
                    from: first.element, at: first.time, before: horizon, queue: &updates, lines: lines,
                    chance: &chance, truth: &truth))
        }
        while let first = records.popFirst(before: horizon) {
            deliveries.append(
                Self.body(
                    from: first.element, at: first.time, before: horizon, queue: &records, source: .sendLog,
                    chance: &chance, truth: &truth))
        }
        let outsideDesk = deliveries.count
        while let first = deskRecords.popFirst(before: horizon) {
            deliveries.append(
                Self.body(
                    from: first.element, at: first.time, before: horizon, queue: &deskRecords, source: .deskEvents,
                    chance: &deskChance, truth: &truth))
        }
        while let first = updatesApart.popFirst(before: horizon) {
            deliveries.append(
                Self.body(
                    from: first.element, at: first.time, before: horizon, queue: &updatesApart, lines: lines,
                    chance: &deskChance, truth: &truth))
        }
        for delivery in deliveries[outsideDesk...] where deskChance.happens(0.01) {
            let delay = Int64(min(deskChance.logNormal(median: 20, sigma: 2.2), 36 * 3600) * 1e6) + 1
            deskRepeats.add(delivery.received(later: delay), at: delivery.receivedAt.microseconds + delay)
        }
        for delivery in deliveries[..<outsideDesk] {
            let isMeta = delivery.source == .metaWebhook
            guard chance.happens(isMeta ? 0.02 : 0.01) else { continue }
            let delay = Int64(min(chance.logNormal(median: 20, sigma: 2.2), 36 * 3600) * 1e6) + 1
            repeats.add(delivery.received(later: delay), at: delivery.receivedAt.microseconds + delay)
        }
        while let again = repeats.popFirst(before: horizon) { deliveries.append(again.element) }
        while let again = deskRepeats.popFirst(before: horizon) { deliveries.append(again.element) }
        // Equal times keep the order above, whatever the sort does with equals: a run has to be repeatable.
        return deliveries.enumerated().sorted {
            ($0.element.receivedAt, $0.offset) < ($1.element.receivedAt, $1.offset)
        }.map(\.element)
    }

    private static func body(
        from first: Update, at time: Int64, before horizon: Int64, queue: inout Heap<Update>, lines: [BusinessLine],
        chance: inout Chance, truth: inout Truth
    ) -> SimulatedDelivery {
        var batch = [first]
        var latest = time
        if chance.happens(0.4) {
            let size = 2 + chance.below(chance.below(batchMax - 1) + 1)
            let patience: Int64 = chance.happens(0.15) ? 60_000_000 : 2_000_000
            while batch.count < size, let next = queue.popFirst(before: min(horizon, time + patience)) {
                batch.append(next.element)
                latest = next.time
            }
            if batch.count > 1, chance.happens(0.1) { batch.reverse() }
        }
        for update in batch { truth.learn(update.learn, at: latest) }
        return SimulatedDelivery(
            receivedAt: Instant(microseconds: latest), source: .metaWebhook,
            body: Envelope.body(batch, lines: lines))
    }

    /// A batch of records of the business's own programs.
    private static func body(
        from first: Record, at time: Int64, before horizon: Int64, queue: inout Heap<Record>,
        source: DeliverySource, chance: inout Chance, truth: inout Truth
    ) -> SimulatedDelivery {
        var batch = [first]
        var latest = time
        if chance.happens(0.3) {
            let patience: Int64 = 30_000_000
            while batch.count < logBatchMax, let next = queue.popFirst(before: min(horizon, time + patience)) {
                batch.append(next.element)
                latest = next.time
            }
        }
        for record in batch { truth.learn(record.learn, at: latest) }
        // One record alone, an array, or one record a line.
        let isArray = batch.count > 1 && chance.happens(0.6)
        var bytes: Bytes = []
        if isArray { bytes.add("[") }
        for (index, record) in batch.enumerated() {
            if index > 0 { if isArray { bytes.add(",") } else { bytes.add("\n") } }
            bytes.append(contentsOf: record.bytes)
        }
        if isArray { bytes.add("]") }
        return SimulatedDelivery(receivedAt: Instant(microseconds: latest), source: source, body: bytes)
    }
}
