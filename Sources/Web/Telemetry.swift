import Synchronization

/// What this process has done since it started, for `GET /metrics`. Counting never waits for reading.
package final class Telemetry: Sendable {
    /// Upper bounds of the acknowledgement histogram, in seconds.
    package static let acknowledgementBounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    private static let boundsNanoseconds: [Int64] = acknowledgementBounds.map { Int64($0 * 1_000_000_000) }

    /// A counter of its own, so that the request path of webhooks takes no lock and builds no label.
    package final class Counter: Sendable {
        private let value = Atomic<Int64>(0)
        package init() {}
        package func add(_ amount: Int64 = 1) { value.wrappingAdd(amount, ordering: .relaxed) }
        package var count: Int64 { value.load(ordering: .relaxed) }
    }

    private struct Label: Hashable {
        var route: String
        var status: Int
    }
    private let requests = Mutex<[Label: Int64]>([:])
    /// One more than the bounds: the last has none.
    private let buckets: [Counter]
    private let nanoseconds = Counter()
    package let meta = Deliveries(source: "meta")
    package let chatwoot = Deliveries(source: "chatwoot")
    /// Payment and booking providers, and systems of the business's own.
    package let midtrans = Deliveries(source: "midtrans")
    package let xendit = Deliveries(source: "xendit")
    package let stripe = Deliveries(source: "stripe")
    package let calcom = Deliveries(source: "calcom")
    package let calendly = Deliveries(source: "calendly")
    package let custom = Deliveries(source: "custom")
    package var webhooks: [Deliveries] { [meta, chatwoot, midtrans, xendit, stripe, calcom, calendly, custom] }
    package let openings = Openings()
    /// Records of outcomes by the API.
    package let outcomesAccepted = Counter()
    package let outcomesRejected = Counter()
    /// Records of the generic desk format.
    package let deskEventsAccepted = Counter()
    package let deskEventsRejected = Counter()

    /// Deliveries to one webhook, by what became of them.
    package final class Deliveries: Sendable {
        package enum Outcome: String, Sendable, CaseIterable {
            case accepted
            /// No signature, or a wrong one.
            case unsigned
            /// Rightly signed, but too long ago or ahead: a replay or a wrong clock.
            case expired
            case tooLarge = "too_large"
            case unavailable
            /// Ended before it was complete.
            case broken

            var status: Int {
                switch self {
                case .accepted: 200
                case .unsigned, .expired: 401
                case .tooLarge: 413
                case .unavailable: 503
                case .broken: 400
                }
            }
        }
        /// The last part of the webhook's path.
        package let source: String
        private let counters = Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0, Counter()) })

        init(source: String) { self.source = source }

        package func add(_ outcome: Outcome) { counters[outcome]?.add() }
        package var counts: [(outcome: Outcome, count: Int64)] {
            Outcome.allCases.map { ($0, counters[$0]?.count ?? 0) }
        }
    }

    /// Openings of short links, by what they are counted as.
    package final class Openings: Sendable {
        package enum Kind: String, Sendable, CaseIterable {
            case person
            /// A preview or a scanner: led on, not counted.
            case robot
            /// Part of an opening a few seconds before.
            case repeated
            /// Not taken by the disk in time. These are among those above as well.
            case lost
        }
        private let counters = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, Counter()) })

        init() {}

        package func add(_ kind: Kind, _ amount: Int64 = 1) { counters[kind]?.add(amount) }
        package var counts: [(kind: Kind, count: Int64)] { Kind.allCases.map { ($0, counters[$0]?.count ?? 0) } }
    }

    package init() { buckets = (0...Self.acknowledgementBounds.count).map { _ in Counter() } }

    /// One delivery of any webhook answered 200, `duration` after its head came in.
    package func acknowledged(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let elapsed = seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
        var index = 0
        while index < Self.boundsNanoseconds.count, elapsed > Self.boundsNanoseconds[index] { index += 1 }
        buckets[index].add()
        nanoseconds.add(elapsed)
    }

    /// One request of any other route. `route` is the route's pattern, never the path that was asked.
    package func answered(route: String, status: Int) {
        requests.withLock { $0[Label(route: route, status: status), default: 0] += 1 }
    }

    /// Requests by route pattern and status, each pair once. Webhook routes are counted in two places: deliveries by
    /// counters of their own, handshakes and wrong methods with all others.
    package var requestsByRoute: [(route: String, status: Int, count: Int64)] {
        var counts = requests.withLock { $0 }
        for deliveries in webhooks {
            for (outcome, count) in deliveries.counts where count > 0 {
                counts[Label(route: "/webhooks/\(deliveries.source)", status: outcome.status), default: 0] += count
            }
        }
        return counts.map { (route: $0.key.route, status: $0.key.status, count: $0.value) }
            .sorted { ($0.route, $0.status) < ($1.route, $1.status) }
    }

    /// Cumulative counts by bound, then the sum in seconds and the count.
    package var acknowledgements: (cumulative: [Int64], sum: Double, count: Int64) {
        var total: Int64 = 0
        let cumulative = buckets.map { bucket -> Int64 in
            total += bucket.count
            return total
        }
        return (cumulative, Double(nanoseconds.count) / 1_000_000_000, total)
    }
}
