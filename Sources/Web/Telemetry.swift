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
    /// Deliveries by what became of them; `broken` ended before they were complete.
    package let accepted = Counter()
    package let unsigned = Counter()
    package let tooLarge = Counter()
    package let unavailable = Counter()
    package let broken = Counter()

    package init() { buckets = (0...Self.acknowledgementBounds.count).map { _ in Counter() } }

    /// One delivery answered 200, `duration` after its head came in.
    package func acknowledged(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let elapsed = seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
        var index = 0
        while index < Self.boundsNanoseconds.count, elapsed > Self.boundsNanoseconds[index] { index += 1 }
        buckets[index].add()
        nanoseconds.add(elapsed)
        accepted.add()
    }

    /// One request of any other route. `route` is the route's pattern, never the path that was asked.
    package func answered(route: String, status: Int) {
        requests.withLock { $0[Label(route: route, status: status), default: 0] += 1 }
    }

    /// Requests by route pattern and status, each pair once. The webhook route is counted in two places: deliveries by
    /// counters of their own, its handshake and wrong methods with all others.
    package var requestsByRoute: [(route: String, status: Int, count: Int64)] {
        var counts = requests.withLock { $0 }
        let deliveries: [(Int, Counter)] = [
            (200, accepted), (400, broken), (401, unsigned), (413, tooLarge), (503, unavailable),
        ]
        for (status, counter) in deliveries where counter.count > 0 {
            counts[Label(route: "/webhooks/meta", status: status), default: 0] += counter.count
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
