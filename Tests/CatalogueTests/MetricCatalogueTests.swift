import Domain
import Testing

@testable import Catalogue

@Suite("The catalogue of metrics")
struct MetricCatalogueTests {
    @Test func idsAreUnique() {
        #expect(Set(Catalogue.metrics.map(\.id)).count == Catalogue.metrics.count)
        #expect(Set(Catalogue.metrics.map(\.name.en)).count == Catalogue.metrics.count)
        #expect(Set(Catalogue.metrics.map(\.name.id)).count == Catalogue.metrics.count)
    }

    @Test func theContractIsKept() {
        let contract = [
            "messages_attempted", "messages_rejected", "messages", "messages_delivered", "messages_read",
            "messages_failed", "messages_pending", "messages_expired", "delivery_rate", "failure_rate",
            "acceptance_rate", "delivery_rate_expected", "read_rate", "read_rate_floor", "read_rate_expected",
            "reply_rate", "click_rate", "opt_out_rate", "time_to_deliver_p50", "time_to_deliver_p90",
            "time_to_deliver_p99", "time_to_read_p50", "time_to_read_p90",
        ]
        for id in contract { #expect(Catalogue.metric(id) != nil, "\(id)") }
    }

    @Test(arguments: Catalogue.metrics.map(\.id))
    func isWellFormed(_ id: String) throws {
        let metric = try #require(Catalogue.metric(id))
        #expect(metric.id.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        for text in [metric.name, metric.definition] {
            #expect(!text.id.isEmpty && !text.en.isEmpty)
            #expect(text.id != text.en)
        }
        #expect(metric.definition.en.hasSuffix(".") && metric.definition.id.hasSuffix("."))
        #expect(metric.definitionVersion >= 1)
        #expect(!metric.dimensions.isEmpty && !metric.formula.isEmpty)
        #expect(Set(metric.dimensions).count == metric.dimensions.count)
        switch metric.expression {
        case .outliers: #expect(metric.unit == .count)
        case .sum(let measure):
            #expect(metric.unit == (measure.isMoney ? .money : measure.isMillionths ? .number : .count))
        case .mean(let measure, let denominators):
            let isQuotientOfMoney = denominators.contains(where: \.isMoney)
            #expect((metric.unit == .money) == (measure.isMoney && !isQuotientOfMoney))
            #expect(metric.unit != .count && metric.unit != .ratio && metric.minimumSample > 0)
        case .maximum, .medianWithOpen: #expect(metric.unit == .seconds)
        case .ratio, .expectedDelivery, .expectedRead: #expect(metric.unit == .ratio && metric.minimumSample > 0)
        case .quantile(_, let q):
            #expect(metric.unit == .seconds)
            #expect(q > 0 && q < 1)
        }
    }

    @Test(arguments: Dimension.allCases)
    func dimensionsAreNamed(_ dimension: Dimension) {
        for text in [dimension.name, dimension.definition] { #expect(!text.id.isEmpty && !text.en.isEmpty) }
        #expect(dimension.definition.id != dimension.definition.en)
    }

    @Test func definitionsOfDimensionsDiffer() {
        #expect(Set(Dimension.allCases.map(\.definition.en)).count == Dimension.allCases.count)
        #expect(Set(Dimension.allCases.map(\.definition.id)).count == Dimension.allCases.count)
    }

    @Test(arguments: [
        ("delivery_rte", "delivery_rate"), ("mesages", "messages"), ("read_rates", "read_rate"),
        ("templat", "template"),
        ("countyr", "country"),
    ])
    func nearest(_ typed: String, _ meant: String) { #expect(Catalogue.nearest(to: typed).first == meant) }

    @Test func unknownMetricNamesTheNearest() {
        let failure = #expect(throws: Failure.self) { try Catalogue.requireMetric("delivry_rate") }
        #expect(failure?.code == .unprocessable)
        #expect(failure?.message.en.contains("delivery_rate") == true)
        #expect(failure?.message.id.contains("delivery_rate") == true)
    }

    @Test func editDistances() {
        let distance = { (a: String, b: String) in editDistance(Array(a.utf8), Array(b.utf8)) }
        #expect(distance("", "") == 0)
        #expect(distance("abc", "") == 3)
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("ab", "ba") == 1)
        #expect(distance("team", "team") == 0)
    }
}

@Suite("Histograms of durations")
struct HistogramQuantileTests {
    /// A small generator with a fixed seed (SplitMix64, Steele & Lea 2014).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    @Test(arguments: [0.5, 0.9, 0.99])
    func withinOnePercentOfTheSortedList(_ q: Double) throws {
        var generator = Generator(state: 7)
        var histogram = Histogram()
        var exact: [Double] = []
        for _ in 0..<20_000 {
            // From 50 seconds to 30 days, each order of magnitude alike: below 50 s values are whole seconds.
            var seconds = 50.0
            for _ in 0..<Int.random(in: 0..<10, using: &generator) { seconds *= 2.8 }
            seconds *= Double.random(in: 1..<2.8, using: &generator)
            exact.append(seconds)
            histogram.add(1, bin: Histogram.bin(microseconds: Int64(seconds * 1_000_000)))
        }
        exact.sort()
        let truth = exact[Int((q * Double(exact.count - 1)).rounded(.down))]
        let estimate = try #require(histogram.quantile(q))
        #expect(abs(estimate - truth) <= 0.0101 * truth)
    }

    @Test func takingAwayLeavesNothing() {
        var histogram = Histogram()
        histogram.add(3, bin: 10)
        histogram.add(-3, bin: 10)
        #expect(histogram == Histogram())
        #expect(histogram.quantile(0.5) == nil)
    }
}
