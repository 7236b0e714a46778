import Domain

/// How links, clicks and outcomes reach us: the shop's programs tell in records of their own format, providers in
/// bodies of theirs, some twice, and our own redirect at once.
struct TradeTraffic: Sendable {
    private struct Parcel: Sendable {
        var source: DeliverySource
        var bytes: Bytes
        var learn: [Truth.Reference]
    }
    /// Each a body of its own. Keys are microseconds of arrival.
    private var bodies = Heap<Parcel>()
    /// Records of `POST /api/v1/outcomes` and of the send log, which may share a body with others.
    private var outcomes = Heap<Parcel>()
    private var sends = Heap<Parcel>()
    private var repeats = Heap<SimulatedDelivery>()
    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed, stream: 0x5452_4144_004E_4554) }

    /// A body that arrives some hundred milliseconds after second `at`, or after what delays it.
    mutating func post(
        _ source: DeliverySource, _ bytes: Bytes, at second: Int64, delay: Int64 = 0, learn: [Truth.Reference] = []
    ) {
        let arrival = second * 1_000_000 + delay + Int64(chance.whole(80_000...900_000))
        bodies.add(Parcel(source: source, bytes: bytes, learn: learn), at: arrival)
    }

    /// A provider tells mostly within seconds, now and then only on its later attempts, and some twice.
    mutating func postFromProvider(
        _ source: DeliverySource, _ bytes: Bytes, at second: Int64, learn: Truth.Reference
    ) {
        let draw = chance.unit()
        let delay = draw < 0.02 ? Int64(chance.whole(120...14_400)) * 1_000_000 : Int64(chance.below(4_000_000))
        post(source, bytes, at: second, delay: delay, learn: [learn])
        if chance.happens(0.03) {
            post(source, bytes, at: second + Int64(chance.whole(60...7_200)), delay: delay, learn: [learn])
        }
    }

    /// - Parameter late: days may pass before the shop tells.
    mutating func tell(_ record: Bytes, at second: Int64, late: Double, learn: Truth.Reference) {
        var delay = Int64(chance.whole(300_000...6_000_000))
        if chance.happens(late) { delay += Int64(chance.whole(86_400...6 * 86_400)) * 1_000_000 }
        outcomes.add(Parcel(source: .outcomes, bytes: record, learn: [learn]), at: second * 1_000_000 + delay)
    }

    mutating func log(_ record: Bytes, at second: Int64, learn: Truth.Reference) {
        let delay = Int64(chance.whole(50_000...900_000))
        sends.add(Parcel(source: .sendLog, bytes: record, learn: [learn]), at: second * 1_000_000 + delay)
    }

    /// Everything that arrives before `end` (seconds), in order.
    mutating func drain(before end: Int64, truth: inout Truth) -> [SimulatedDelivery] {
        let horizon = end * 1_000_000
        var deliveries: [SimulatedDelivery] = []
        while let (time, parcel) = bodies.popFirst(before: horizon) {
            deliveries.append(Self.delivery([parcel], at: time, isArray: false, truth: &truth))
        }
        Self.batches(from: &outcomes, before: horizon, &chance, &truth, into: &deliveries)
        Self.batches(from: &sends, before: horizon, &chance, &truth, into: &deliveries)
        for delivery in deliveries where delivery.source != .clicks && chance.happens(0.01) {
            let delay = Int64(min(chance.logNormal(median: 30, sigma: 2), 36 * 3600) * 1e6) + 1
            repeats.add(delivery.received(later: delay), at: delivery.receivedAt.microseconds + delay)
        }
        while let again = repeats.popFirst(before: horizon) { deliveries.append(again.element) }
        return deliveries.enumerated().sorted {
            ($0.element.receivedAt, $0.offset) < ($1.element.receivedAt, $1.offset)
        }.map(\.element)
    }

    private static func batches(
        from queue: inout Heap<Parcel>, before horizon: Int64, _ chance: inout Chance, _ truth: inout Truth,
        into deliveries: inout [SimulatedDelivery]
    ) {
        while let (time, first) = queue.popFirst(before: horizon) {
            var batch = [first]
            var latest = time
            if chance.happens(0.3) {
                while batch.count < 50, let next = queue.popFirst(before: min(horizon, time + 120_000_000)) {
                    batch.append(next.element)
                    latest = next.time
                }
            }
            let isArray = batch.count > 1 && chance.happens(0.6)
            deliveries.append(delivery(batch, at: latest, isArray: isArray, truth: &truth))
        }
    }

    /// One record alone, an array, or one record a line.
    private static func delivery(
        _ batch: [Parcel], at time: Int64, isArray: Bool, truth: inout Truth
    ) -> SimulatedDelivery {
        var bytes: Bytes = []
        if isArray { bytes.add("[") }
        for (index, parcel) in batch.enumerated() {
            if index > 0 { if isArray { bytes.add(",") } else { bytes.add("\n") } }
            bytes.append(contentsOf: parcel.bytes)
            for reference in parcel.learn { truth.learn(reference, at: time) }
        }
        if isArray { bytes.add("]") }
        return SimulatedDelivery(
            receivedAt: Instant(microseconds: time), source: batch.first?.source ?? .outcomes, body: bytes)
    }
}

extension [SimulatedDelivery] {
    /// Both in order of receipt; of equal times the receiver's come first.
    func merged(with others: [SimulatedDelivery]) -> [SimulatedDelivery] {
        guard !others.isEmpty else { return self }
        var result: [SimulatedDelivery] = []
        result.reserveCapacity(count + others.count)
        var rest = others[...]
        for delivery in self {
            while let next = rest.first, next.receivedAt < delivery.receivedAt {
                result.append(next)
                rest.removeFirst()
            }
            result.append(delivery)
        }
        return result + rest
    }
}
