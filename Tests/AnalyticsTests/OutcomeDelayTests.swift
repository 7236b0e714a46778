import Analytics
import Catalogue
import Testing

@Suite struct OutcomeDelayTests {
    private func delays(_ seconds: [Int64]) -> OutcomeDelays {
        var times = Histogram()
        for second in seconds { times.add(1, bin: Histogram.bin(microseconds: second * 1_000_000)) }
        return OutcomeDelays(times)
    }

    @Test func eachTimeIsInOneBand() {
        let delays = delays([0, 30, 500, 2_000, 5_000, 100_000, 400_000, 9_000_000])
        #expect(delays.total == 8)
        // Three under ten minutes, one under an hour, one under three, one on the second day, one on the fifth, one
        // after a month.
        #expect(delays.bands.map(\.count) == [3, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1])
        #expect(delays.bands.last?.toSeconds == nil)
    }

    @Test func bandsEndWithTheLastThatHoldsAnything() {
        #expect(delays([60]).bands.count == 1)
        #expect(delays([]).bands.isEmpty)
        #expect(delays([]).total == 0)
    }
}
